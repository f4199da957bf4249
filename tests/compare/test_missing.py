"""What is registered and not cited."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs.compare.missing import (
    compare_doi_missing,
    compare_missing,
    missing_doi,
)
from lupusrefs.compare.stage import compare_stage
from lupusrefs.findings import Change, Severity
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.location import Location
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, RegisteredDate, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 11, 22, tzinfo=UTC)
)
PEOPLE = (Name(family="Lupin", given="R"), Name(family="Fox", given="A"))


def work(**fields: object) -> Work:
    """A registered article."""
    base = {"id": "10.1000/w", "doi": "10.1000/w", "type": "article-journal"}
    return Work.model_validate(base | {"provenance": PROVENANCE} | fields)


def cited(**fields: object) -> Reference:
    """An article cited in a file, with an author and a year."""
    base = {"id": "lupin", "type": "article-journal", "title": "On wolves"}
    place = {"location": Location("wolves.yaml", 3, 1), "author": (PEOPLE[0], OTHERS)}
    year = {"issued": Date(PartialDate(2020))}
    return Reference.model_validate(base | place | year | fields)


FULL = work(
    volume="74",
    issue="4",
    page="791-795",
    container_title="Journal of Wolves &amp; Dogs",
    issued=Date(PartialDate(2020, 4)),
    author=PEOPLE,
)


def changes(reference: Reference, registered: Work) -> tuple[Change, ...]:
    """What the fix of the one finding would add."""
    found = compare_missing(reference, registered, certain=True)
    assert len(found) <= 1
    return found[0].fix.changes if found and found[0].fix else ()


def test_one_finding_names_every_missing_field() -> None:
    """One cause, one finding, one fix (P11)."""
    (found,) = compare_missing(cited(doi="10.1000/w"), FULL, certain=True)
    assert found.rule.id == "field-missing"
    assert found.severity is Severity.INFO
    assert found.field is None
    assert "not cited: volume, issue, page, journal or book" in found.message
    assert found.fix is not None
    assert found.fix.safe
    assert found.fix.changes == (
        Change("volume", "74"),
        Change("issue", "4"),
        Change("page", "791-795"),
        Change("container-title", "Journal of Wolves & Dogs"),
    )
    (unsure,) = compare_missing(cited(), FULL, certain=False)
    assert unsure.fix is not None
    assert not unsure.fix.safe


def test_a_reference_with_everything_is_silent() -> None:
    """However it writes it."""
    numbers = {"volume": "74", "issue": "4", "page": "791–5"}
    whole = cited(container_title="J Wolves", **numbers)
    assert compare_missing(whole, FULL, certain=True) == ()
    numbered = cited(container_title="J", volume="74", issue="4", number="e791")
    assert compare_missing(numbered, FULL, certain=True) == ()


def test_year_and_authors_are_added_too() -> None:
    """The year of the issue, where both are registered."""
    printed = Date(PartialDate(2021, 1))
    registered = FULL.model_copy(
        update={"dates": (RegisteredDate(kind="print", date=printed),)}
    )
    bare = Reference(id="x", type="article-journal", title="On wolves")
    found = {one.variable: one.value for one in changes(bare, registered)}
    assert found["issued"] == printed
    assert found["author"] == PEOPLE


@pytest.mark.parametrize(
    ("registered", "added"),
    [
        ({"volume": "null", "issue": "0", "page": "n/a-n/a"}, {}),
        ({"page": "1-13"}, {}),
        ({"volume": "7", "page": "1-13"}, {"volume": "7", "page": "1-13"}),
        (
            {"volume": "7", "page": "1-6", "article_number": "3804742"},
            {"volume": "7", "number": "3804742"},
        ),
        ({"volume": "7", "page": "460-460"}, {"volume": "7", "page": "460"}),
        ({"volume": "7", "page": "1197-1180"}, {"volume": "7", "page": "1197"}),
        ({"volume": "7", "page": "998-100"}, {"volume": "7", "page": "998"}),
        ({"volume": "7", "page": "204-9"}, {"volume": "7", "page": "204-9"}),
        ({"volume": "7", "page": "29-5410-29-5410"}, {"volume": "7"}),
        ({"volume": "7", "page": "1-5, 9, 11"}, {"volume": "7", "page": "1-5, 9, 11"}),
        ({"volume": "7", "page_first": "791"}, {"volume": "7", "page": "791"}),
        ({"volume": "in press", "issue": "Suppl 1"}, {"issue": "Suppl 1"}),
        (
            {"volume": "334-335", "page": "S44–S45"},
            {"volume": "334-335", "page": "S44–S45"},
        ),
        ({"volume": "x" * 100, "page": "<b>1</b>" * 9000}, {}),
    ],
)
def test_only_clean_numbers_are_proposed(
    registered: dict[str, str], added: dict[str, str]
) -> None:
    """Placeholders and numbers of the file are no numbers of the journal."""
    found = changes(cited(container_title="J"), work(**registered))
    assert {one.variable: one.value for one in found} == added


def test_a_book_needs_no_volume() -> None:
    """What is missing depends on the type."""
    assert changes(cited(type="book"), FULL) == ()
    assert changes(cited(type="webpage"), FULL.model_copy(update={"type": "map"})) == ()
    assert {one.variable for one in changes(cited(type="chapter"), FULL)} == {
        "page",
        "container-title",
    }


def test_what_another_fix_adds_is_not_missing() -> None:
    """An article that is in an issue by now gets its numbers once."""
    reference = cited(status="in press")
    stage = compare_stage(reference, FULL, agrees=True)
    (found,) = compare_missing(reference, FULL, certain=True, already=stage)
    assert found.fix is not None
    assert [one.variable for one in found.fix.changes] == ["container-title"]
    assert found.field == "container-title"


def test_a_doi_in_the_url_is_cited_as_such() -> None:
    """The URL stays: it is the user's."""
    reference = cited(url="https://dx.doi.org/10.1000/W")
    (found,) = compare_doi_missing(reference, FULL, certain=True)
    assert found.rule.id == "url-instead-of-doi"
    assert found.field == "URL"
    assert found.fix is not None
    assert found.fix.changes == (Change("DOI", "10.1000/w"),)


def test_a_doi_that_is_registered_is_named() -> None:
    """The work was found by its PMID, or recognised."""
    (found,) = compare_doi_missing(cited(pmid="1"), FULL, certain=True)
    assert found.rule.id == "doi-missing-but-registered"
    assert found.fix is not None
    assert found.fix.safe
    elsewhere = cited(url="https://example.org/10.1000/other")
    (unsure,) = compare_doi_missing(elsewhere, FULL, certain=False)
    assert unsure.fix is not None
    assert not unsure.fix.safe
    assert compare_doi_missing(cited(doi="10.1000/w"), FULL, certain=True) == ()
    arxiv = work(id="10.48550/arxiv.1", doi="10.48550/arxiv.1")
    assert compare_doi_missing(cited(number="arXiv:1"), arxiv, certain=True) == ()


def test_an_article_without_any_identifier_is_told() -> None:
    """Books, pages and what came from no file are left in peace."""
    (found,) = missing_doi(cited())
    assert found.rule.id == "doi-missing"
    assert found.severity is Severity.INFO
    known = work(id="PMC1", doi=None, pmcid="PMC1")
    (found,) = missing_doi(cited(), known)
    assert "PMC1" in found.message
    for fields in (
        {"type": "book"},
        {"type": "webpage"},
        {"pmid": "1"},
        {"isbn": "978-3-16-148410-0"},
        {"url": "https://example.org"},
        {"location": None},
        {"location": Location.of_file("-")},
    ):
        assert missing_doi(cited(**fields)) == ()
