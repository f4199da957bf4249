"""One style by its name, and the text that renders it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lupusrefs.errors import AmbiguousStyle, InputError, UnknownStyle
from lupusrefs.styles.catalogue import Catalogue
from lupusrefs.styles.packages import installed_styles
from styles.making import journals, make_styles, style_text


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """A handful of styles, in an empty folder."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return Catalogue(tmp_path / "cache", journals(tmp_path / "s"))


@pytest.mark.parametrize(
    ("name", "style_id"),
    [
        ("apa", "apa"),
        ("APA", "apa"),
        (" apa.csl ", "apa"),
        ("apa.CSL", "apa"),
        ("http://www.zotero.org/styles/apa", "apa"),
        ("https://www.zotero.org/styles/nature-medicine/", "nature-medicine"),
        ("https://www.zotero.org/styles/vancouver?source=1", "nlm-citation-sequence"),
        ("vancouver", "nlm-citation-sequence"),
        ("Vancouver", "nlm-citation-sequence"),
        ("Nature Medicine", "nature-medicine"),
        ("nat med", "nature-medicine"),
        ("APA style, 7th edition", "apa"),
        ("lancet", "the-lancet"),
        ("The Lancet", "the-lancet"),
        ("zeitschrift fur rheumatologie", "zeitschrift-fur-rheumatologie"),
        ("Lupus Science and Medicine", "lupus-science-and-medicine"),
        ("Lupus Sci. Med.", "lupus-science-and-medicine"),
        ("Ann Rheum Dis", "annals-of-the-rheumatic-diseases"),
        ("Annals of Rheumatic Diseases", "annals-of-the-rheumatic-diseases"),
        ("1476-4687", "nature"),
        ("journal of childrens health", "journal-of-childrens-health"),
    ],
)
def test_every_kind_of_name(catalogue: Catalogue, name: str, style_id: str) -> None:
    """Id, former id, URL, title, short title, ISSN, abbreviation."""
    assert catalogue.find(name).id == style_id


def test_an_id_needs_no_index(catalogue: Catalogue, tmp_path: Path) -> None:
    """Rendering in a fresh container need not look at ten thousand files."""
    for name in ("apa", "vancouver", "lupus-science-and-medicine"):
        catalogue.find(name).resolve()
    assert not (tmp_path / "cache").exists()
    assert catalogue.warnings == []
    catalogue.find("Lupus Sci Med")
    assert (tmp_path / "cache" / "styles.sqlite3").is_file()
    assert catalogue.warnings == []
    catalogue.close()
    assert catalogue.find("lancet").id == "the-lancet"


def test_a_present_id_comes_before_a_former_one(tmp_path: Path) -> None:
    """The repository forbids it, but one's own folder may have it."""
    styles = {"a": style_text("A"), "b": style_text("B")}
    files = make_styles(tmp_path / "s", styles, renamed={"a": "b"})
    assert Catalogue(None, files).find("a").title == "A"


# --- no such style --------------------------------------------------------------


def test_a_name_of_several_styles_is_an_error(catalogue: Catalogue) -> None:
    """It says whose name it is, and names them."""
    with pytest.raises(AmbiguousStyle, match="`JMR` is the short title of 2") as caught:
        catalogue.find("JMR")
    both = ("journal-of-marketing-research", "journal-of-molecular-recognition")
    assert caught.value.nearest == both
    assert caught.value.hint == f"name one by its id: `{both[0]}` or `{both[1]}`"


def test_an_abbreviation_of_several_titles_is_an_error(catalogue: Catalogue) -> None:
    """No guess is made."""
    with pytest.raises(AmbiguousStyle, match="is an abbreviation of the title of 2"):
        catalogue.find("J M R")


def test_many_styles_of_one_name_are_not_all_listed(tmp_path: Path) -> None:
    """Five of them, and how many more."""
    styles = {f"s{n}": style_text(f"Title {n}", short="Same") for n in range(8)}
    files = make_styles(tmp_path / "s", styles)
    with pytest.raises(AmbiguousStyle) as caught:
        Catalogue(None, files).find("same")
    assert len(caught.value.nearest) == 5
    assert caught.value.hint is not None
    assert caught.value.hint.endswith("`s3` or `s4` and 3 more")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("natrue", "nature"),
        ("lupus", "lupus-science-and-medicine"),
        ("anals of the reumatic diseases", "annals-of-the-rheumatic-diseases"),
        ("Nature (London)", "nature"),
        ("ap", "apa"),
    ],
)
def test_an_unknown_name_names_the_nearest(
    catalogue: Catalogue, name: str, nearest: str
) -> None:
    """By the same words, or by much the same letters."""
    with pytest.raises(UnknownStyle, match="there is no style") as caught:
        catalogue.find(name)
    assert caught.value.name == name
    assert caught.value.nearest[0] == nearest
    assert len(caught.value.nearest) <= 5
    assert caught.value.hint is not None
    assert caught.value.hint.startswith(f"did you mean `{nearest}`")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "`` is not the name of a style"),
        ("?!", "is not the name of a style"),
        ("\udcff\0", "is not the name of a style"),
        ("x" * 1000, "is not the name of a style"),
        ("qqqqq", "there is no style `qqqqq`"),
        ("q" * 300, "there is no style `qqq"),
        ("../../../etc/hosts\0", "there is no style"),
        ("https://example.org/apa", "styles are not fetched from the web"),
        ("https://example.org/styles/unheard-of", "not fetched"),
        ("https://[", "not fetched"),
        ("file:///etc/passwd", "not fetched"),
    ],
)
def test_what_is_no_name(catalogue: Catalogue, name: str, message: str) -> None:
    """One sentence of bearable length, and a hint."""
    with pytest.raises(UnknownStyle) as caught:
        catalogue.find(name)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 150
    assert caught.value.hint is not None


def test_a_style_that_cannot_be_read_is_told_with_its_file(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    """An installation may be damaged."""
    (tmp_path / "s" / "bmj.csl").unlink()
    (tmp_path / "s" / "bmj.csl").mkdir()
    (tmp_path / "s" / "nature.csl").write_text("<html/>", encoding="utf-8")
    with pytest.raises(InputError, match="this is a folder") as caught:
        catalogue.find("bmj")
    assert str(caught.value.location) == str(tmp_path / "s" / "bmj.csl")
    with pytest.raises(InputError, match="no CSL style"):
        catalogue.find("nature")


# --- the text of a style ----------------------------------------------------------


def test_an_independent_style_is_its_own(catalogue: Catalogue) -> None:
    """Its text is its file, its language its own."""
    found = catalogue.find("nature")
    assert (found.title, found.parent, found.default_locale) == (
        "Nature",
        None,
        "en-GB",
    )
    resolved = found.resolve()
    assert resolved.text == found.text == found.path.read_text(encoding="utf-8")
    assert (resolved.id, resolved.path, resolved.default_locale) == (
        "nature",
        found.path,
        "en-GB",
    )


@pytest.mark.parametrize(
    ("name", "parent", "language"),
    [
        ("annals-of-the-rheumatic-diseases", "bmj", "en-US"),
        ("lupus-science-and-medicine", "bmj", None),
        ("nature-medicine", "nature", "en-GB"),
    ],
)
def test_a_dependent_style_is_its_parent_in_its_own_language(
    catalogue: Catalogue, name: str, parent: str, language: str | None
) -> None:
    """CSL 1.0.2: its default-locale comes before that of its parent."""
    found = catalogue.find(name)
    resolved = found.resolve()
    assert found.parent == resolved.id == parent
    assert resolved.text == catalogue.find(parent).text
    assert resolved.default_locale == language


def test_a_parent_may_have_been_renamed(tmp_path: Path) -> None:
    """The link of a local style may be older than the repository."""
    files = make_styles(
        tmp_path / "s",
        {"bmj": style_text("BMJ")},
        {"lupus": style_text("Lupus", parent="old-bmj")},
        renamed={"old-bmj": "bmj"},
    )
    assert Catalogue(None, files).find("lupus").resolve().id == "bmj"


def test_a_missing_parent_is_an_error(tmp_path: Path) -> None:
    """At the style that has none."""
    lupus = style_text("Lupus", parent="gone")
    files = make_styles(tmp_path / "s", {}, {"lupus": lupus})
    with pytest.raises(UnknownStyle, match="those of `gone`, which is not") as caught:
        Catalogue(None, files).find("lupus").resolve()
    assert caught.value.name == "gone"
    assert str(caught.value.location).endswith("lupus.csl")


def test_styles_that_depend_on_each_other_are_an_error(tmp_path: Path) -> None:
    """And not an endless search."""
    styles = {name: style_text(name, parent=other) for name, other in ("ab", "ba")}
    files = make_styles(tmp_path / "s", {}, styles)
    with pytest.raises(UnknownStyle, match="which depends on it in turn"):
        Catalogue(None, files).find("a").resolve()


def test_every_installed_dependent_style_resolves() -> None:
    """To an independent one that is there."""
    catalogue = Catalogue()
    independent, dependent = map(set, installed_styles().ids)
    parents = set()
    for style_id in dependent:
        found = catalogue.get(style_id)
        assert found is not None
        assert found.parent is not None, style_id
        parents.add(found.parent)
    assert parents <= independent
    assert catalogue.find("lupus-science-and-medicine").resolve().id == "bmj"


# --- files of the user's own --------------------------------------------------------


def test_a_file_comes_before_a_style_of_its_name(catalogue: Catalogue) -> None:
    """Whoever puts an apa.csl into the folder wants this one."""
    text = style_text("My own", locale="fr-FR")
    Path("apa.csl").write_text(text, encoding="utf-8")
    found = catalogue.find("apa.csl")
    assert (found.id, found.title, found.path) == ("apa", "My own", Path("apa.csl"))
    assert found.resolve().text == text
    assert catalogue.find("apa").title == "APA Style 7th edition"


def test_a_dependent_file_may_have_the_name_of_its_parent(
    catalogue: Catalogue,
) -> None:
    """A style in another language is made so."""
    text = style_text("My own", parent="apa", locale="fr-FR")
    Path("apa.csl").write_text(text, encoding="utf-8")
    resolved = catalogue.find("./apa.csl").resolve()
    assert "APA Style 7th edition" in resolved.text
    assert resolved.default_locale == "fr-FR"


def test_a_file_needs_no_suffix_if_it_is_a_path(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    """An absolute path is one, too."""
    path = tmp_path / "work" / "mine.xml"
    path.write_text(style_text("My own"), encoding="utf-8")
    assert catalogue.find(str(path)).title == "My own"
    assert catalogue.find("./mine.xml").title == "My own"
    with pytest.raises(UnknownStyle):
        catalogue.find("mine.xml")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_a_file_may_have_another_encoding(catalogue: Catalogue, encoding: str) -> None:
    """What it says, or its byte order mark."""
    text = style_text("Zeitschrift für Rheumatologie")
    if encoding == "latin-1":
        text = text.replace('encoding="utf-8"', 'encoding="iso-8859-1"')
    Path("mine.csl").write_bytes(text.encode(encoding))
    found = catalogue.find("mine.csl")
    assert found.title == "Zeitschrift für Rheumatologie"
    assert found.text == text


@pytest.mark.parametrize("name", ["./none", "../none", "a/none.csl", "/none", "~/no"])
def test_a_path_to_nothing_is_told_as_such(catalogue: Catalogue, name: str) -> None:
    """It cannot mean a style of the catalogue."""
    with pytest.raises(InputError, match="there is no such file") as caught:
        catalogue.find(name)
    assert not isinstance(caught.value, UnknownStyle)
    assert str(caught.value.location) == str(Path(name))


def test_a_title_may_have_a_slash(tmp_path: Path) -> None:
    """It is no path then."""
    title = "Cite Them Right (author-date/Harvard)"
    files = make_styles(tmp_path / "s", {"harvard-ctr": style_text(title)})
    assert Catalogue(None, files).find(title).id == "harvard-ctr"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no CSL style"),
        (b"title: none\n", "no CSL style"),
        (b"%PDF-1.7", "this is a PDF file, no CSL style"),
        (b" " * 10_000_001, "larger than 10 MB"),
    ],
)
def test_a_file_that_is_no_style(
    catalogue: Catalogue, content: bytes, message: str
) -> None:
    """The error has its name and what to do."""
    Path("mine.csl").write_bytes(content)
    with pytest.raises(InputError) as caught:
        catalogue.find("mine.csl")
    assert message in str(caught.value)
    assert caught.value.location is not None
    assert caught.value.location.file == "mine.csl"
    assert caught.value.hint is not None


def test_a_folder_is_no_style(catalogue: Catalogue) -> None:
    """Even if it has the name of one."""
    Path("mine.csl").mkdir()
    with pytest.raises(InputError, match="this is a folder"):
        catalogue.find("mine.csl")


def test_a_link_that_leads_nowhere_is_told(catalogue: Catalogue) -> None:
    """The system's own words, where we have none."""
    Path("mine.csl").symlink_to("mine.csl")
    with pytest.raises(InputError, match="symbolic link") as caught:
        catalogue.find("mine.csl")
    assert caught.value.hint == "check the file"
