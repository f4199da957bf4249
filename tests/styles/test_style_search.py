"""Finding styles by words: what matches, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from lupusrefs.styles.catalogue import Catalogue
from styles.making import journals, make_styles, style_text


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """A handful of styles."""
    return Catalogue(tmp_path, journals(tmp_path / "s"))


def ids(catalogue: Catalogue, text: str, limit: int | None = None) -> list[str]:
    """What a search finds, best first."""
    return [style.id for style in catalogue.search(text, limit).styles]


@pytest.mark.parametrize(
    "text",
    [
        "annals of the rheumatic",
        "Annals of Rheumatic Diseases",
        "ann rheum dis",
        "Ann. Rheum. Dis.",
        "disease annals",
        "ANNALS-OF",
        "0003-4967",
        "00034967",
    ],
)
def test_words_are_found_by_their_begin(catalogue: Catalogue, text: str) -> None:
    """Small words, order, case and punctuation do not matter; an ISSN does."""
    assert ids(catalogue, text) == ["annals-of-the-rheumatic-diseases"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fur rheumatologie", ["zeitschrift-fur-rheumatologie"]),
        ("Zeitschrift für", ["zeitschrift-fur-rheumatologie"]),
        ("science and medicine", ["lupus-science-and-medicine"]),
        ("lupus", ["lupus-science-and-medicine"]),
        ("Nat Med", ["nature-medicine"]),
        ("vancouver", ["nlm-citation-sequence"]),
        ("old bmj", ["bmj"]),
        ("childrens", ["journal-of-childrens-health"]),
        ("children's", ["journal-of-childrens-health"]),
        ("citation sequence", ["nlm-citation-sequence"]),
        ("upus", []),
        ("annals lupus", []),
        ("0003-4968", []),
        ("", []),
        ("?%_", []),
        ("x" * 100_000, []),
    ],
)
def test_what_is_found(catalogue: Catalogue, text: str, found: list[str]) -> None:
    """By title, id, short title and former id."""
    assert ids(catalogue, text) == found


@pytest.mark.parametrize("text", ["%", "_", "a%", "'", '"', "n_ture", "* OR 1"])
def test_no_character_means_anything_to_sql(catalogue: Catalogue, text: str) -> None:
    """They are no letters, and thus not there."""
    plain = "".join(c if c.isalnum() else " " for c in text)
    assert ids(catalogue, text) == ids(catalogue, plain)


def test_the_best_match_comes_first(tmp_path: Path) -> None:
    """From the id itself to words that stand anywhere."""
    independent = {
        "anywhere": style_text("Science of Bees"),
        "reversed": style_text("Keeping of Bee Hives"),
        "bee-keeping": style_text("A Guide", fields=["generic-base"]),
        "exact": style_text("Bee Keeping"),
        "former": style_text("Other Title"),
        "abbreviated": style_text("The Beehive of Keepings"),
        "starting": style_text("Bee Keeping Today"),
        "in-order": style_text("Beer for Zookeepers and Keepings"),
        "later": style_text("New Bee and Zoo Keeping"),
    }
    short = {"short-title": style_text("X", parent="exact", short="Bee-Keeping")}
    renamed = {"bee_keeping": "former"}
    files = make_styles(tmp_path / "s", independent, short, renamed=renamed)
    assert ids(Catalogue(None, files), "bee keeping") == [
        "bee-keeping",
        "exact",
        "former",
        "short-title",
        "abbreviated",
        "starting",
        "in-order",
        "later",
        "reversed",
    ]


def test_the_order_among_equals(tmp_path: Path) -> None:
    """Independent before dependent, general before special, short, then by id."""
    general = ["generic-base"]
    files = make_styles(
        tmp_path / "s",
        {
            "b": style_text("Bee 12"),
            "a": style_text("Bee 12"),
            "short": style_text("Bee 1"),
            "general": style_text("Bee 12345", fields=general),
        },
        {"dependent": style_text("Bee", parent="a")},
    )
    catalogue = Catalogue(None, files)
    assert ids(catalogue, "be") == ["dependent", "general", "short", "a", "b"]
    assert ids(catalogue, "bee 1") == ["short", "general", "a", "b"]


def test_a_limit_leaves_the_total(catalogue: Catalogue) -> None:
    """So that one can say how many there are."""
    found = catalogue.search("journal", 2)
    assert (len(found.styles), found.total) == (2, 3)
    assert len(catalogue.search("journal").styles) == 3
    assert catalogue.search("journal", -5).styles == ()


def test_a_match_is_the_whole_style(catalogue: Catalogue) -> None:
    """The same as what is read from its file."""
    (found,) = catalogue.search("vancouver").styles
    read = catalogue.get("nlm-citation-sequence")
    assert read is not None
    assert found == read.style
    (dependent,) = catalogue.search("nature medicine").styles
    assert (dependent.parent, dependent.title_short) == ("nature", "Nat Med")


def test_the_installed_styles_are_found(tmp_path: Path) -> None:
    """By what people know of them."""
    with Catalogue(tmp_path) as catalogue:
        for text, style_id in [
            ("ann rheum dis", "annals-of-the-rheumatic-diseases"),
            ("lupus", "lupus-science-and-medicine"),
            ("apa", "apa"),
            ("mla", "modern-language-association"),
            ("vancouver", "nlm-citation-sequence"),
            ("chicago", "chicago-author-date"),
            ("harvard", "harvard-cite-them-right"),
            ("N Engl J Med", "the-new-england-journal-of-medicine"),
        ]:
            assert ids(catalogue, text, 1) == [style_id], text
        independent, dependent = catalogue.counts
        found = catalogue.search("a").total + catalogue.search("j").total
        assert 1_000 < found < independent + dependent
