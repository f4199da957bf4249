"""Works cited as ahead of print, and what has become of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs.compare.stage import cited_stage, compare_stage, find_marker
from lupusrefs.findings import Change, Confidence, Severity
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.work import Provenance, RegisteredDate, Work

FETCHED = datetime(2026, 11, 22, tzinfo=UTC)


def work(**fields: object) -> Work:
    """A registered article."""
    by = Provenance(answered_by="crossref", fetched=FETCHED)
    return Work.model_validate({"id": "10.1000/w", "provenance": by} | fields)


def cited(**fields: object) -> Item:
    """A cited article."""
    return Item.model_validate(
        {"id": "lupin", "type": "article-journal", "title": "On wolves"} | fields
    )


IN_ISSUE = work(volume="28", issue="10", page="2124-2132")


@pytest.mark.parametrize(
    ("variable", "text", "rest"),
    [
        ("status", "Online ahead of print", None),
        ("status", "in press", None),
        ("status", "inpress", None),
        ("status", "Accepted for publication", None),
        ("status", "soon to appear in this journal", None),
        ("note", "Epub ahead of print", None),
        ("note", "Epub 2015 Aug 31", None),
        ("note", "PMID: 1. Epub ahead of print.", "PMID: 1."),
        ("note", "[Epub ahead of print] PMID: 1", "PMID: 1"),
        ("note", "Advance online publication, doi", "doi"),
        ("volume", "In press", None),
        ("page", "(in press)", None),
        ("issue", "ahead-of-print", None),
        ("title", "On wolves [Epub ahead of print]", "On wolves"),
        ("title", "On wolves. Epub ahead of print", "On wolves"),
        ("container_title", "J Wolves (in press)", "J Wolves"),
        ("genre", "Article in press", None),
        ("note", "sous presse", None),
    ],
)
def test_a_marker_is_found_in_every_field(
    variable: str, text: str, rest: str | None
) -> None:
    """And what stands beside it stays."""
    marker = find_marker(cited(**{variable: text}))
    assert marker is not None
    assert marker.variable == variable.replace("_", "-")
    assert marker.rest == rest


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("title", "Wolves in press"),
        ("title", "Wolves (published online and in print)"),
        ("title", "Ahead of print: wolves"),
        ("container_title", "Advances in Wolves"),
        ("container_title", "Early Online Studies"),
        ("note", "In press conferences wolves are rare"),
        ("note", "Accepted by all but one"),
        ("status", "published"),
        ("status", "retracted"),
        ("volume", "12"),
        ("page", "e123"),
    ],
)
def test_other_words_are_no_marker(variable: str, text: str) -> None:
    """A word that a marker has, too, is not enough."""
    assert cited_stage(cited(**{variable: text})) is None


def test_a_literal_date_may_be_a_marker() -> None:
    """``issued: in press``."""
    assert cited_stage(cited(issued=Date(literal="in press"))) == "in press"
    assert cited_stage(cited(issued=Date(literal="about 1900"))) is None


def test_an_article_that_is_in_an_issue_gets_its_numbers() -> None:
    """The fix is safe if title and first author agree (the seed, mackensen2022)."""
    reference = cited(status="Online ahead of print")
    (found,) = compare_stage(reference, IN_ISSUE, agrees=True)
    assert found.rule.id == "ahead-of-print-now-in-issue"
    assert found.severity is Severity.WARNING
    assert found.field == "status"
    assert found.registered == "28(10):2124-2132"
    assert found.fix is not None
    assert found.fix.safe
    assert found.fix.changes == (
        Change("volume", "28"),
        Change("issue", "10"),
        Change("page", "2124-2132"),
        Change("status", None),
    )
    (unsure,) = compare_stage(reference, IN_ISSUE, agrees=False)
    assert unsure.fix is not None
    assert not unsure.fix.safe


def test_what_is_cited_already_stays() -> None:
    """Only what is missing is added."""
    reference = cited(status="in press", volume="28", page="2124")
    (found,) = compare_stage(reference, IN_ISSUE, agrees=True)
    assert found.fix is not None
    assert found.fix.changes == (Change("issue", "10"), Change("status", None))


def test_a_marker_in_a_number_is_replaced_by_the_number() -> None:
    """``volume: in press`` becomes ``volume: 28``."""
    (found,) = compare_stage(cited(volume="in press"), IN_ISSUE, agrees=True)
    assert found.fix is not None
    assert found.fix.changes[0] == Change("volume", "28")
    assert [one.variable for one in found.fix.changes] == ["volume", "issue", "page"]


def test_a_marker_in_a_title_is_taken_out_of_it() -> None:
    """The rest of the title is the title."""
    reference = cited(title="On wolves [Epub ahead of print]")
    (found,) = compare_stage(reference, IN_ISSUE, agrees=True)
    assert found.fix is not None
    assert found.fix.changes[-1] == Change("title", "On wolves")


def test_a_marker_beside_all_numbers_misleads_nobody() -> None:
    """A forgotten one is an info; a date of the electronic edition is nothing."""
    numbers = {"volume": "28", "issue": "10", "page": "2124-32"}
    forgotten = cited(note="Epub ahead of print", **numbers)
    (found,) = compare_stage(forgotten, IN_ISSUE, agrees=True)
    assert found.severity is Severity.INFO
    assert found.fix is not None
    assert found.fix.changes == (Change("note", None),)
    assert (
        compare_stage(cited(note="Epub 2015", **numbers), IN_ISSUE, agrees=True) == ()
    )


def test_an_article_number_counts_as_a_page() -> None:
    """Journals without pages number their articles."""
    numbered = work(volume="7", article_number="e1234")
    (found,) = compare_stage(cited(status="in press"), numbered, agrees=True)
    assert found.fix is not None
    assert found.fix.changes[1] == Change("number", "e1234")


def test_early_access_is_not_in_an_issue() -> None:
    """Pages of the file without a volume say nothing (B90)."""
    early = work(page="1-13", issued=Date(PartialDate(2026, 3)))
    assert compare_stage(cited(status="in press"), early, agrees=True) == ()
    placeholder = work(volume="null", page="n/a-n/a", issued=Date(PartialDate(2026)))
    assert compare_stage(cited(status="in press"), placeholder, agrees=True) == ()
    only_volume = work(volume="7", issued=Date(PartialDate(2010)))
    assert compare_stage(cited(status="in press"), only_volume, agrees=True) == ()


@pytest.mark.parametrize(
    ("online", "is_stale"),
    [
        (PartialDate(2015, 8, 31), True),
        (PartialDate(2024, 11, 21), True),
        (PartialDate(2024, 11, 22), False),
        (PartialDate(2024, 11), False),
        (PartialDate(2024), False),
        (PartialDate(2023), True),
        (PartialDate(2026), False),
    ],
)
def test_nothing_is_ahead_of_print_for_years(
    online: PartialDate, *, is_stale: bool
) -> None:
    """Counted to the day the registry answered, not to today (P12)."""
    dates = (RegisteredDate(kind="online", date=Date(online)),)
    reference = cited(status="Epub ahead of print")
    found = compare_stage(reference, work(dates=dates), agrees=True)
    assert bool(found) is is_stale
    if found:
        assert found[0].severity is Severity.WARNING
        assert found[0].confidence is Confidence.LIKELY
        assert found[0].fix is None
        assert f"online since {online}" in found[0].message


def test_without_a_marker_there_is_nothing_to_say() -> None:
    """Missing numbers are another rule's."""
    assert compare_stage(cited(), IN_ISSUE, agrees=True) == ()
    assert compare_stage(cited(status="in press"), work(), agrees=True) == ()
