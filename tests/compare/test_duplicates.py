"""References that cite one work twice, and references that are known already."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs import snapshot
from lupusrefs.compare.duplicates import Duplicates
from lupusrefs.compare.recognise import known_work
from lupusrefs.findings import Finding, Severity
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.location import Location
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Relation, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 11, 22, tzinfo=UTC)
)
TITLE = "On the howling of wolves by night"


def cited(key: str, **fields: object) -> Reference:
    """An article by one person, in a file."""
    line = 10 * len(key)
    base = {"id": key, "type": "article-journal", "title": TITLE}
    people = {"author": (Name(family="Lupin", given="R"), OTHERS)}
    place = {"issued": Date(PartialDate(2020)), "location": Location("a.bib", line, 1)}
    return Reference.model_validate(base | people | place | fields)


def work(doi: str, **fields: object) -> Work:
    """A registered work."""
    return Work.model_validate(
        {"id": doi, "doi": doi, "provenance": PROVENANCE} | fields
    )


def repeated(*references: Item, works: tuple[Work | None, ...] = ()) -> list[Finding]:
    """What is found when they are read one after the other."""
    library = Duplicates()
    known = works or (None,) * len(references)
    return [
        one
        for reference, of in zip(references, known, strict=True)
        for one in library.seen(reference, of)
    ]


def rules(*references: Item, works: tuple[Work | None, ...] = ()) -> list[str]:
    """The rules of what is found."""
    return [one.rule.id for one in repeated(*references, works=works)]


def test_one_doi_twice_is_told_of_the_later_one() -> None:
    """In any spelling; the place of the first is related."""
    first = cited("a", doi="10.1000/W")
    (found,) = repeated(first, cited("bb", doi="https://doi.org/10.1000/w"))
    assert found.rule.id == "duplicate-doi"
    assert found.key == "bb"
    assert found.severity is Severity.WARNING
    assert found.related == (Location("a.bib", 10, 1),)
    assert "`a`" in found.message


def test_two_dois_that_lead_to_one_work_are_one() -> None:
    """An alias, or a PMID, counts as the DOI that is registered."""
    one = work("10.1000/w")
    assert rules(
        cited("a", doi="10.1000/w"),
        cited("bb", title="Another title", pmid="1"),
        works=(one, one),
    ) == ["duplicate-doi"]


def test_parts_of_one_doi_are_no_duplicates() -> None:
    """Chapters of a book with one DOI, or different places in it."""
    book = {"doi": "10.1000/b", "type": "chapter"}
    assert rules(cited("a", **book), cited("bb", title="On foxes", **book)) == []
    places = ({"locator": "12"}, {"locator": "40"})
    assert rules(*(cited(f"k{p}", doi="10.1000/b", **p) for p in places)) == []
    assert rules(cited("a", **book), cited("bb", **book)) == ["duplicate-doi"]


def test_one_key_twice_is_an_error() -> None:
    """An entry that is there twice is told once."""
    (found,) = repeated(cited("a"), cited("a", title="On foxes and on hens"))
    assert found.rule.id == "duplicate-key"
    assert found.severity is Severity.ERROR
    assert rules(cited("a", doi="10.1/a"), cited("a", doi="10.1/a")) == [
        "duplicate-key"
    ]
    assert rules(cited("a"), cited("a")) == ["duplicate-key"]


def test_the_same_title_author_and_year_are_one_work() -> None:
    """In any dress, with the DOI on one side only."""
    other = cited("bb", title=TITLE.upper() + ".", author=(Name(family="LUPIN"),))
    (found,) = repeated(cited("a", doi="10.1000/w"), other)
    assert found.rule.id == "duplicate-reference"
    assert found.field == "title"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"issued": Date(PartialDate(2021))}),
        ({}, {"author": (Name(family="Fox"),)}),
        ({}, {"author": ()}),
        ({"doi": "10.1000/a"}, {"doi": "10.1000/b"}),
        ({"volume": "7"}, {"volume": "8"}),
        ({"page": "1-9"}, {"page": "A43"}),
        ({"title": "Editorial Board"}, {"title": "Editorial Board"}),
        ({"title": "Wolves"}, {"title": "Wolves"}),
        ({"chapter_number": "1"}, {"chapter_number": "2"}),
    ],
)
def test_what_is_cited_may_deny_that_two_are_one(
    first: dict[str, object], second: dict[str, object]
) -> None:
    """A meeting abstract has its article's title, an editorial that of every year."""
    assert rules(cited("a", **first), cited("bb", **second)) == []


def test_one_place_in_a_journal_is_one_work() -> None:
    """Under two DOIs, with a slip in the year, or with a short title."""
    place = {"volume": "7", "page": "101-109"}
    assert rules(
        cited("a", doi="10.1000/a", **place), cited("bb", doi="10.1000/b", **place)
    ) == ["duplicate-reference"]
    year = {"issued": Date(PartialDate(2019))}
    assert rules(cited("a", **place), cited("bb", **place, **year)) == [
        "duplicate-reference"
    ]
    short = {"title": "Wolves"}
    assert rules(cited("a", **place, **short), cited("bb", **place, **short)) == [
        "duplicate-reference"
    ]


def test_a_preprint_and_its_article_are_an_info() -> None:
    """By what is registered, in either order, whatever their titles are."""
    became = Relation(type="is-preprint-of", id="10.1000/w", id_type="doi")
    preprint = work("10.1101/1", registered_type="posted-content", relations=(became,))
    article = work("10.1000/w", registered_type="journal-article")
    pair = (cited("a", title="Howling"), cited("bb"))
    for works in ((preprint, article), (article, preprint)):
        (found,) = repeated(*pair, works=works)
        assert found.rule.id == "preprint-and-article"
        assert found.severity is Severity.INFO
        assert found.key == "bb"


def test_a_preprint_is_known_by_its_server_too() -> None:
    """Without a relation the titles and authors have to be equal, years near."""
    preprint = cited("a", type="article", publisher="bioRxiv")
    article = cited("bb", issued=Date(PartialDate(2021)), container_title="J Wolves")
    assert rules(preprint, article) == ["preprint-and-article"]
    late = cited("bb", issued=Date(PartialDate(2040)), container_title="J Wolves")
    assert rules(preprint, late) == []


def test_a_library_without_repetitions_is_silent() -> None:
    """Whatever is absent: titles, authors, years, DOIs that are none."""
    bare = [Item(id=f"k{n}") for n in range(3)]
    broken = [Item(id=f"b{n}", doi="none") for n in range(3)]
    named = [cited(f"n{n}", title=f"On wolf number {n}") for n in range(3)]
    assert repeated(*bare, *broken, *named) == []


def test_a_reference_without_a_place_has_no_related_one() -> None:
    """It came from no file."""
    (found,) = repeated(
        cited("a", doi="10.1/a", location=None), cited("b", doi="10.1/a")
    )
    assert found.related == ()


def seed(**fields: object) -> Item:
    """The PNAS seed as it is cited: no DOI, and the year is wrong."""
    base = {
        "id": "humrich2007",
        "type": "article-journal",
        "title": "Homeostatic imbalance of regulatory and effector T cells due to IL-2 "
        "deprivation amplifies murine lupus",
        "author": (Name(family="Humrich", given="JY"), OTHERS),
        "container_title": "Proc Natl Acad Sci USA",
        "issued": Date(PartialDate(2007)),
        "volume": "107",
        "issue": "1",
        "page": "204–209",
    }
    return Item.model_validate(base | fields)


def test_a_reference_is_recognised_by_volume_and_page() -> None:
    """A wrong year is no hindrance."""
    known = known_work(seed(), snapshot.works())
    assert known is not None
    assert known.pmcid == "PMC2806746"


@pytest.mark.parametrize(
    "fields",
    [
        {"volume": "69", "issue": "Suppl 2", "page": "A43"},
        {"author": (Name(family="Morbach", given="H"),)},
        {"title": "Homeostatic imbalance"},
        {"title": None},
        {"volume": None, "page": None},
        {"volume": None, "page": None, "container_title": "Ann Rheum Dis"},
    ],
)
def test_the_meeting_abstract_of_the_same_title_is_not_the_article(
    fields: dict[str, object],
) -> None:
    """Nor is what agrees in too little (registries.md 6)."""
    assert known_work(seed(**fields), snapshot.works()) is None


def test_a_reference_is_recognised_by_journal_and_year() -> None:
    """Where it has no numbers that could deny it."""
    fields = {"volume": None, "page": None, "issue": None}
    right = {"container_title": "PNAS", "issued": Date(PartialDate(2010))}
    assert known_work(seed(**fields, **right), snapshot.works()) is not None


def test_a_reference_that_two_works_fit_is_not_recognised() -> None:
    """One of them is not enough to choose from."""
    works = [one for one in snapshot.works() if one.pmcid]
    assert known_work(seed(), works * 2) is None
