"""A library that works are added to: what is new, its keys, and the file around it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lupusrefs.errors import InputError
from lupusrefs.formats.names import FormatName
from lupusrefs.library_file import LibraryFile
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import Item
from lupusrefs.model.keys import KeyStyle
from lupusrefs.model.location import Span
from lupusrefs.model.names import Name

MAX_BYTES = 1_000_000
DOI = "10.1056/NEJMc2107725"


def work(
    doi: str = "10.1000/1", family: str = "Ng", year: int = 2020, title: str = "Title"
) -> Item:
    """A registered work: its id is its DOI."""
    date = Date(PartialDate(year))
    return Item(id=doi, author=(Name(family),), issued=date, title=title, doi=doi)


def added(path: Path, *works: Item) -> list[str]:
    """Add works to the file; the keys of what was added."""
    return [item.id for item in LibraryFile.open(path, MAX_BYTES).append(works)]


def written(tmp_path: Path, content: str | bytes, name: str = "refs.yaml") -> Path:
    """A file with this content."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# -- what is new -----------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    [
        DOI,
        DOI.upper(),
        f"doi:{DOI}",
        f"DOI: {DOI}",
        f"https://doi.org/{DOI}",
        f"http://dx.doi.org/{DOI.lower()}",
    ],
)
def test_a_doi_that_is_there_is_left_out_in_any_spelling(
    tmp_path: Path, spelling: str
) -> None:
    """The file is not touched, and the work can be told as present."""
    path = written(tmp_path, f"- id: a\n  DOI: '{spelling}'\n")
    before = path.stat()
    library = LibraryFile.open(path, MAX_BYTES)
    assert library.append([work(DOI)]) == []
    assert library.present([work(DOI), work("10.1000/2")]) == [work(DOI)]
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_doi_given_twice_is_added_once_at_its_first_place(tmp_path: Path) -> None:
    """Also in two spellings; the others keep their order."""
    path = tmp_path / "refs.yaml"
    first, again = work("10.1000/a"), work("10.1000/A", "Again")
    keys = added(path, first, work("10.1000/b", "Oh"), again)
    assert keys == ["ng2020", "oh2020"]
    assert path.read_text(encoding="utf-8").count("DOI:") == 2


def test_works_without_a_doi_are_told_apart_by_their_id(tmp_path: Path) -> None:
    """A PubMed record may have none."""
    path = written(tmp_path, "- id: PMID1\n")
    one, two = Item(id="PMID1", title="One"), Item(id="PMID2", title="Two")
    assert added(path, one, two, two) == ["anon"]


def test_a_pmcid_tells_works_without_a_doi(tmp_path: Path) -> None:
    """Adding PMC2806746 twice adds it once, whatever key it got."""
    path = tmp_path / "refs.yaml"
    paper = Item(id="PMC2806746", title="Homeostatic imbalance", pmcid="PMC2806746")
    assert added(path, paper) == ["anon"]
    assert added(path, paper) == []


def test_nothing_to_add_makes_no_file(tmp_path: Path) -> None:
    """An empty library would be a surprise."""
    assert added(tmp_path / "refs.yaml") == []
    assert list(tmp_path.iterdir()) == []


# -- the file --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "format_name", "start"),
    [
        ("refs.yaml", FormatName.CSL_YAML, "references:\n- id: ng2020\n"),
        ("refs.json", FormatName.CSL_JSON, '[\n  {\n    "id": "ng2020",\n'),
        ("refs", FormatName.CSL_YAML, "references:\n- id: ng2020\n"),
    ],
)
def test_a_new_file_is_begun(
    tmp_path: Path, name: str, format_name: FormatName, start: str
) -> None:
    """In the format of its name; reading it gives the work."""
    path = tmp_path / name
    assert added(path, work()) == ["ng2020"]
    assert path.read_text(encoding="utf-8").startswith(start)
    library = LibraryFile.open(path, MAX_BYTES)
    assert library.name is format_name
    assert [one.doi for one in library.references] == ["10.1000/1"]


def test_a_file_is_told_by_its_content_before_its_name(tmp_path: Path) -> None:
    """JSON in a file called .yaml is added to as JSON."""
    path = written(tmp_path, '[\n  {"id": "a"}\n]\n')
    added(path, work())
    assert path.read_text(encoding="utf-8").startswith('[\n  {"id": "a"},\n  {\n')


@pytest.mark.parametrize(
    "bom", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"], ids=repr
)
def test_every_byte_before_the_new_entry_stays(tmp_path: Path, bom: bytes) -> None:
    """Encoding, byte order mark, line ends, comments, odd spacing, long lines."""
    text = (
        "# Müller's refs \U0001f600\r\nreferences:   # all\r\n"
        "-   id:   a\r\n    title: 'two\r\n\r\n      lines'\r\n\r\n"
        f"-   id: b\r\n    note: {'x ' * 200}\r\n    volume: 012"
    )
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(bom, "utf-8")
    before = bom + text.encode(encoding)
    path = written(tmp_path, before)
    assert added(path, work()) == ["ng2020"]
    after = path.read_bytes()
    assert after.startswith(before)
    new = after[len(before) :].decode(encoding)
    assert new.startswith("\r\n\r\n- id: ng2020\r\n")
    references = LibraryFile.open(path, MAX_BYTES).references
    assert [one.id for one in references] == ["a", "b", "ng2020"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("- id: a\n- id: [\n", "refs.yaml:"),
        ("- id: a\n- id: a\n", "refs.yaml:2:7"),
        ("- id: a\n  id: b\n", "refs.yaml:2:3"),
        ('[{"id": "a"},]', "refs.yaml:1:14"),
        (b"%PDF-1.7 ...", "refs.yaml"),
        (b"\xff\xfe-\x00 \x00a", "refs.yaml"),
        ("just words\n", "refs.yaml:1:1"),
    ],
)
def test_a_broken_file_is_refused_and_left_alone(
    tmp_path: Path, content: str | bytes, place: str
) -> None:
    """What is not understood must not be written to."""
    path = written(tmp_path, content)
    before = path.read_bytes()
    with pytest.raises(InputError, match="nothing was added") as caught:
        LibraryFile.open(path, MAX_BYTES)
    assert str(caught.value.location).startswith(f"{tmp_path}/{place}")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("refs.yaml", "references: [{id: a}]\n", "no list of references"),
        ("refs.bib", "@book{a,\n title = {A\n", "has no end"),
    ],
)
def test_a_file_that_cannot_be_added_to_is_left_alone(
    tmp_path: Path, name: str, content: str, says: str
) -> None:
    """With a hint at what can be done."""
    path = written(tmp_path, content, name)
    library = LibraryFile.open(path, MAX_BYTES)
    with pytest.raises(InputError, match=says) as caught:
        library.append([work()])
    assert caught.value.hint
    assert path.read_text(encoding="utf-8") == content


def test_a_warning_does_not_keep_from_adding(tmp_path: Path) -> None:
    """A misspelt field loses nothing."""
    path = written(tmp_path, "- id: a\n  titel: T\n")
    assert added(path, work()) == ["ng2020"]
    assert path.read_text(encoding="utf-8").startswith("- id: a\n  titel: T\n")


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    """Half of it would be read otherwise, and the rest overwritten."""
    path = written(tmp_path, "- id: a\n" * 10)
    with pytest.raises(InputError, match="larger than"):
        LibraryFile.open(path, 79)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """It is no file."""
    with pytest.raises(InputError, match="this is a folder"):
        LibraryFile.open(tmp_path, MAX_BYTES)


@pytest.mark.parametrize("before", [None, "- id: a\n"])
def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(
    tmp_path: Path, before: str | None
) -> None:
    """Asking the registries takes time; an editor, or a second `add`, may be faster."""
    path = tmp_path / "refs.yaml"
    if before is not None:
        written(tmp_path, before)
    library = LibraryFile.open(path, MAX_BYTES)
    written(tmp_path, "- id: b\n")
    with pytest.raises(InputError, match="changed in the meantime") as caught:
        library.append([work()])
    assert caught.value.hint == "run the command again"
    assert path.read_text(encoding="utf-8") == "- id: b\n"
    assert added(path, work()) == ["ng2020"]


def test_a_file_that_was_deleted_meanwhile_is_not_begun_anew(tmp_path: Path) -> None:
    """Somebody did not want it there."""
    path = written(tmp_path, "- id: a\n")
    library = LibraryFile.open(path, MAX_BYTES)
    path.unlink()
    with pytest.raises(InputError, match="changed in the meantime"):
        library.append([work()])
    assert not path.exists()


def test_a_write_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk costs the new entry only."""

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    path = written(tmp_path, "- id: a\n")
    library = LibraryFile.open(path, MAX_BYTES)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(InputError, match="No space left"):
        library.append([work()])
    assert path.read_bytes() == b"- id: a\n"
    assert [one.name for one in tmp_path.iterdir()] == ["refs.yaml"]


# -- keys ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("existing", "new"),
    [
        ("mackensen2022", "ng2020"),
        ("Mackensen2022", "Ng2020"),
        ("mackensen22", "ng20"),
        ("mackensen_2022", "ng_2020"),
        ("Mackensen-2022", "Ng-2020"),
        ("mackensen:2022", "ng:2020"),
        ("mackensen2022anti", "ng2020rapid"),
        ("Mackensen2022Anti", "Ng2020Rapid"),
        ("mackensen_2022_anti", "ng_2020_rapid"),
        ("Mackensen:22:Anti", "Ng:20:Rapid"),
        ("mackensen2022b", "ng2020"),
        ("smith-cells-paper", "ng2020"),
        ("ref1", "ng2020"),
    ],
)
def test_the_style_of_the_file_s_own_keys_is_followed(existing: str, new: str) -> None:
    """Where somebody's own invention is no style, the default is taken."""
    old = work("10.1/1", "Mackensen", 2022, "Anti-CD19 CAR T cell therapy")
    style = KeyStyle.of([old.model_copy(update={"id": existing})])
    added = work("10.1/2", "Ng", 2020, "The rapid induction of remission")
    assert style.keys([added], taken=[existing]) == [new]


def test_the_style_of_most_keys_is_followed() -> None:
    """Half is too few: two of three decide, one of two does not."""
    titles = [("Ng", 2001), ("Oh", 2002), ("Li", 2003)]
    made = [work(f"10.1/{year}", family, year) for family, year in titles]
    keys = ["Ng_2001", "Oh_2002", "my-paper"]
    old = [
        item.model_copy(update={"id": key})
        for item, key in zip(made, keys, strict=True)
    ]
    assert KeyStyle.of(old) == KeyStyle(separator="_", capital=True)
    assert KeyStyle.of(old[1:]) == KeyStyle()
    assert KeyStyle.of([]) == KeyStyle()


def test_a_key_that_is_taken_gets_a_letter(tmp_path: Path) -> None:
    """Also between the new ones, and where keys differ in case alone (BibTeX)."""
    path = written(tmp_path, "- id: NG2020\n- id: ng2020a\n")
    works = [work(f"10.1/{number}") for number in range(2)]
    assert added(path, *works) == ["ng2020b", "ng2020c"]


def test_a_file_keeps_its_style_from_one_addition_to_the_next(tmp_path: Path) -> None:
    """The second run sees what the first one wrote."""
    path = written(
        tmp_path, "- id: Oh_2001\n  author: [{family: Oh}]\n  issued: 2001\n"
    )
    assert added(path, work("10.1/1")) == ["Ng_2020"]
    assert added(path, work("10.1/2")) == ["Ng_2020a"]
    assert added(path, work("10.1/3"), work("10.1/1")) == ["Ng_2020b"]


@pytest.mark.parametrize(
    ("item", "key"),
    [
        (Item(id="10.1/x", issued=Date(PartialDate(-44))), "anon44"),
        (Item(id="10.1/x", title="<i>Drosophila</i> wings"), "anon"),
        (Item(id="10.1/x", author=(Name(literal="The World Bank"),)), "world"),
        (
            Item(
                id="10.1/x",
                author=(Name("Spee-Mayer", non_dropping_particle="von"),),
                issued=Date(PartialDate(2015, 8, 31)),
            ),
            "speemayer2015",
        ),
    ],
)
def test_a_key_of_what_is_known(item: Item, key: str) -> None:
    """Whatever is missing is left out."""
    assert KeyStyle().keys([item], taken=[]) == [key]


# -- other formats ---------------------------------------------------------------


def test_an_entry_is_added_to_a_bibtex_file_with_errors(tmp_path: Path) -> None:
    """Repeated keys and broken entries are common; the end of the file is clear."""
    before = (
        "@book{a,\n  title = {A},\n}\n\n@book{a,\n  title = {B},\n}\n\n"
        "@book{c,\n  title = {C,\n}\n\n@book{d,\n  title = {D},\n}\n"
    )
    path = written(tmp_path, before, "refs.bib")
    assert added(path, work()) == ["ng2020"]
    after = path.read_text(encoding="utf-8")
    assert after.startswith(f"{before}\n@misc{{ng2020,\n  author = {{Ng}},\n")


def test_keys_of_entries_that_are_not_read_are_not_taken_again(tmp_path: Path) -> None:
    """Data-only entries, broken ones, other names of an entry."""
    path = written(
        tmp_path,
        "@xdata{NG2020, year = 2020}\n@book{x, ids = {ng2020a}, title = {X}}\n",
        "refs.bib",
    )
    assert added(path, work()) == ["ng2020b"]


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("refs.bib", b"@book{a,\r\n  title = {M\xfcller}\r\n}\r\n"),
        ("refs.bib", b"\xef\xbb\xbf@book{a,\n\ttitle = {A}}"),
        ("refs.bib", "@book{a,\n  title = {é".encode() + b"\xe9}\n}\n% end\n"),
        ("refs.ris", b"TY  - BOOK\r\nTI  - M\xfcller\r\nER  - \r\n"),
        ("refs.nbib", b"PMID- 1\nTI  - Old\n"),
        ("refs.enw", b"%0 Book\n%T Old\n"),
        ("refs.yaml", "old:\n  type: book\n  title: Ö\n".encode()),
    ],
)
def test_every_format_keeps_every_byte(
    tmp_path: Path, name: str, before: bytes
) -> None:
    """What is added stands between two parts of the old file."""
    path = written(tmp_path, before, name)
    works = [work(family="Müller"), work("10.1/2", "Oh", 2021, "Ödem")]
    assert len(added(path, *works)) == 2
    after = path.read_bytes()
    assert any(
        after.startswith(before[:cut]) and after.endswith(before[cut:])
        for cut in range(len(before) + 1)
    )
    library = LibraryFile.open(path, MAX_BYTES)
    assert len(library.present(works)) == 2
    assert len(library.references) == 3


def test_a_format_that_is_only_read_is_refused_before_anybody_is_asked(
    tmp_path: Path,
) -> None:
    """And not after a thousand requests."""
    path = written(tmp_path, "FN Clarivate\nPT J\nTI T\nER\n", "refs.ciw")
    with pytest.raises(InputError, match="of the format isi"):
        LibraryFile.open(path, MAX_BYTES)


def test_nothing_is_written_that_is_not_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last guard: whatever went wrong before, nobody loses a reference."""
    path = written(tmp_path, "@book{a,\n title = {A}\n}\n", "refs.bib")
    library = LibraryFile.open(path, MAX_BYTES)
    edit = Edit(Span(8, 8), "@book{b, title = {B}}")
    monkeypatch.setattr("lupusrefs.library_file.append_items", lambda *_: edit)
    with pytest.raises(InputError, match="would not be read back"):
        library.append([work()])
    assert path.read_text(encoding="utf-8") == "@book{a,\n title = {A}\n}\n"


# -- what would be written -------------------------------------------------------


def test_an_addition_is_shown_before_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a diff from the current folder; the file is not touched."""
    monkeypatch.chdir(tmp_path)
    path = written(tmp_path, "- id: a\n", "refs.yaml")
    library = LibraryFile.open(path, MAX_BYTES)
    addition = library.addition([Item(id="PMID1", title="One")])
    diff = (
        "--- a/refs.yaml\n+++ b/refs.yaml\n@@ -1 +1,4 @@\n - id: a\n"
        "+- id: anon\n+  type: document\n+  title: One\n"
    )
    assert library.diff(addition) == diff
    assert library.patch(addition) == diff.encode()
    assert path.read_text(encoding="utf-8") == "- id: a\n"
    library.write(addition)
    assert path.read_text(encoding="utf-8") == (
        "- id: a\n- id: anon\n  type: document\n  title: One\n"
    )


def test_a_new_file_is_shown_as_new(tmp_path: Path) -> None:
    """And nothing new as nothing."""
    library = LibraryFile.open(tmp_path / "new.bib", MAX_BYTES)
    assert library.diff(library.addition([])) == ""
    shown = library.diff(library.addition([work()]))
    assert shown.startswith(f"--- /dev/null\n+++ b{tmp_path}/new.bib\n@@ -0,0 +1,")
    assert list(tmp_path.iterdir()) == []
