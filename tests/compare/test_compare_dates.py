"""Years: which are registered, which are explained, which differ."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs.compare.comparison import State
from lupusrefs.compare.dates import compare_year
from lupusrefs.findings import Change, Confidence, Severity
from lupusrefs.model.dates import OPEN_END, Date, PartialDate
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, RegisteredDate, Relation, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
)


def day(text: str) -> Date:
    """A date from its numbers: ``2015-11``."""
    return Date(PartialDate(*map(int, text.split("-"))))


def registered(doi: str = "10.1234/x", **dates: str) -> Work:
    """A Crossref record with some dates by kind; the earliest is the issued one."""
    published = [date for kind, date in dates.items() if kind != "created"]
    return Work(
        id=doi,
        type="article-journal",
        agency="Crossref",
        registered_type="journal-article",
        issued=day(min(published)) if published else None,
        dates=tuple(RegisteredDate(kind=k, date=day(d)) for k, d in dates.items()),
        provenance=PROVENANCE,
    )


def from_datacite(issued: str, **dates: str) -> Work:
    """A DataCite record."""
    return registered().model_copy(
        update={
            "agency": "DataCite",
            "registered_type": "Text",
            "issued": day(issued),
            "dates": tuple(
                RegisteredDate(kind=k, date=day(d)) for k, d in dates.items()
            ),
        }
    )


def cited(year: int) -> Reference:
    """A reference with a year."""
    return Reference(id="k", type="article-journal", issued=Date(PartialDate(year)))


def as_text(literal: str, status: str | None = None) -> Reference:
    """A reference whose date is text."""
    return Reference(
        id="k", type="article-journal", issued=Date(literal=literal), status=status
    )


BOTH = registered(online="2004-12-20", print="2005-1", created="2004-12-20")


@pytest.mark.parametrize("year", [2004, 2005])
def test_every_registered_year_is_right(year: int) -> None:
    """Print or online, nothing is to be said."""
    result = compare_year(cited(year), BOTH)
    assert result.state is State.EQUAL
    assert result.findings == ()


def test_the_other_registered_year_is_named() -> None:
    """Which of them it is stands in the reason only."""
    assert compare_year(cited(2004), BOTH).reason is None
    assert compare_year(cited(2005), BOTH).reason == "the print year"


def test_another_year_is_reported_with_all_registered_ones() -> None:
    """The fix is a year where a year is cited."""
    result = compare_year(cited(2014), registered(online="2015-11-3", print="2016-1"))
    assert result.state is State.DIFFERENT
    (found,) = result.findings
    assert found.rule.id == "year-mismatch"
    assert found.severity is Severity.WARNING
    assert found.message == "cited 2014, registered 2015 (online) and 2016 (print)"
    assert (found.cited, found.registered) == ("2014", "2015-11-03")
    assert found.evidence is not None
    assert found.evidence.path == "message.issued.date-parts"
    assert found.fix is not None
    assert not found.fix.safe
    assert found.fix.changes == (Change("issued", Date(PartialDate(2015))),)


@pytest.mark.parametrize(
    ("given", "proposed"),
    [("2011-5", "2015-11"), ("2011-5-2", "2015-11-3"), ("2011", "2015")],
)
def test_the_proposal_is_as_precise_as_the_citation(given: str, proposed: str) -> None:
    """Whoever cites a day gets a day."""
    reference = Reference(id="k", issued=day(given))
    (found,) = compare_year(reference, registered(online="2015-11-3")).findings
    assert found.fix is not None
    assert found.fix.changes == (Change("issued", day(proposed)),)


EXPLAINED = [
    (2010, registered(print="2011-6", created="2010-11-2"), "probably the online year"),
    (2009, registered(online="2008-10-1"), "probably the print year"),
    (
        2005,
        registered(online="2004-1", print="2006-1"),
        "between the online and the print year",
    ),
    (
        2009,
        registered(online="2009-1", print="1975-1"),
        "the year in which the work was put online",
    ),
    (2013, from_datacite("2014", Created="2013-5"), "the year in which it was created"),
]
IN_DOI = "the year in the DOI; the registered one may be that of the deposit"
BY_DOI = [
    (1987, "10.1111/j.1439-0469.1987.tb00914.x"),
    (1987, "10.1097/00005053-198705000-00006"),
    (1994, "10.1016/0891-5849(94)90151-1"),
]


@pytest.mark.parametrize(("year", "work", "reason"), EXPLAINED)
def test_a_year_that_can_be_explained_is_an_info(
    year: int, work: Work, reason: str
) -> None:
    """It agrees, and the finding says what the year probably is."""
    result = compare_year(cited(year), work)
    assert (result.state, result.reason) == (State.EQUIVALENT, reason)
    (found,) = result.findings
    assert found.rule.id == "year-mismatch"
    assert found.severity is Severity.INFO
    assert found.confidence is Confidence.POSSIBLE
    assert found.message.endswith(reason)


@pytest.mark.parametrize(("year", "doi"), BY_DOI)
def test_the_year_in_the_doi_explains(year: int, doi: str) -> None:
    """Back files are registered with the date of their deposit."""
    assert compare_year(cited(year), registered(doi, online="2009-3")).reason == IN_DOI


@pytest.mark.parametrize(
    ("year", "work"),
    [
        # The DOI is younger than the cited year.
        (2010, registered(print="2011-6", created="2011-2")),
        # A date online is registered.
        (2010, registered(online="2011-1", print="2012-1", created="2010-11")),
        # Print is registered.
        (2012, registered(print="2011-6")),
        # Too far apart for the one in the middle.
        (2005, registered(online="2003-1", print="2006-1")),
        # A handle server's number, half an ISSN, a longer number.
        (1912, registered("10.1575/1912/1234", online="2005")),
        (1932, registered("10.1234/1932-6203.5", online="2005")),
        (1622, registered("10.1371/journal.pone.0162213", online="2016")),
    ],
)
def test_a_year_without_an_explanation_differs(year: int, work: Work) -> None:
    """Near is not near enough."""
    assert compare_year(cited(year), work).differs


def test_print_is_not_expected_of_what_is_never_printed() -> None:
    """Preprints, data and numbered articles have no later year of print."""
    online = registered(online="2016-8-31")
    for update in (
        {"registered_type": "posted-content"},
        {"page": "e0162213"},
        {"article_number": "37"},
        {"agency": "DataCite"},
    ):
        assert compare_year(cited(2017), online.model_copy(update=update)).differs


def test_the_conference_may_have_been_earlier() -> None:
    """Its year stands in the name of the proceedings."""
    work = registered(online="2014-2").model_copy(
        update={
            "type": "paper-conference",
            "container_titles": ("2013 Conference on Wolves",),
        }
    )
    assert compare_year(cited(2013), work).reason == "the year of the conference"
    assert compare_year(cited(2012), work).differs


def test_article_and_preprint_may_lend_each_other_their_year() -> None:
    """A preprint's DOI with the article's journal and year, and the reverse."""
    preprint = registered(posted="2017-3").model_copy(
        update={
            "registered_type": "posted-content",
            "relations": (Relation(type="is-preprint-of", id="10.1/x", id_type="doi"),),
        }
    )
    as_article = cited(2018).model_copy(update={"container_title": "J Neurosci"})
    expected = "perhaps the year of the published article"
    assert compare_year(as_article, preprint).reason == expected
    assert compare_year(cited(2018), preprint).differs
    article = registered(online="2018-7").model_copy(
        update={
            "relations": (Relation(type="has-preprint", id="10.1/y", id_type="doi"),)
        }
    )
    assert (
        compare_year(cited(2017), article).reason == "perhaps the year of the preprint"
    )


@pytest.mark.parametrize(
    "literal", ["2010a", "[2010]", "c2010", "17.6.2010", "2010, June", "2009/10"]
)
def test_years_are_read_from_text(literal: str) -> None:
    """Letters, brackets and days do not hide the year."""
    assert compare_year(as_text(literal), registered(print="2010")).agrees
    assert compare_year(as_text(literal), registered(print="2015")).differs


@pytest.mark.parametrize(
    "literal", ["continuously updated", "n.d.", "1990, 2004, 2011"]
)
def test_text_without_one_year_is_not_compared(literal: str) -> None:
    """There is nothing to compare."""
    result = compare_year(as_text(literal), BOTH)
    assert result.state is State.NOT_COMPARABLE
    assert result.reason == "the cited date has no year"


def test_in_press_is_not_compared() -> None:
    """Whether it still is in press is another rule's affair."""
    result = compare_year(as_text("in press"), BOTH)
    assert (result.state, result.reason) == (
        State.NOT_COMPARABLE,
        "cited as not yet in print",
    )
    forthcoming = cited(2010).model_copy(update={"status": "in press"})
    result = compare_year(forthcoming, registered(online="2011-1", print="2011-6"))
    assert result.reason == "cited as in press"


def test_ranges_and_approximate_dates_agree_within() -> None:
    """An open range goes on; "about" is five years."""
    work = registered(print="2005")
    assert compare_year(
        Reference(id="k", issued=Date(PartialDate(2003), PartialDate(2006))), work
    ).agrees
    assert compare_year(
        Reference(id="k", issued=Date(PartialDate(2003), OPEN_END)), work
    ).agrees
    about = Reference(id="k", issued=Date(PartialDate(2001), circa=True))
    assert compare_year(about, work).agrees
    before = Reference(id="k", issued=Date(PartialDate(1), PartialDate(3)))
    (found,) = compare_year(before, work).findings
    assert found.message == "cited 1 to 3, registered 2005 (print)"


def test_registered_ranges_count_with_both_ends() -> None:
    """A dataset of several years is cited by either."""
    work = from_datacite("2003").model_copy(
        update={"issued": Date(PartialDate(2003), PartialDate(2006))}
    )
    assert compare_year(cited(2006), work).agrees


def test_what_is_missing_is_no_disagreement() -> None:
    """Neither side owes a date."""
    nothing = Reference(id="k")
    assert compare_year(nothing, BOTH).state is State.ABSENT_CITED
    result = compare_year(cited(2005), registered())
    assert result.state is State.ABSENT_REGISTERED
    assert result.reason == "the registry has no date"


@pytest.mark.parametrize("year", ["1", "2999"])
def test_an_impossible_registered_year_says_nothing(year: str) -> None:
    """The registry can be wrong."""
    assert compare_year(cited(2005), registered(print=year)).findings == ()


def test_years_in_the_future_are_errors() -> None:
    """Next year is allowed, and what the registry says as well."""
    (found,) = compare_year(cited(2031), BOTH, this_year=2026).findings
    assert found.rule.id == "year-in-future"
    assert found.severity is Severity.ERROR
    assert found.message == (
        "cited 2031, which lies in the future, registered 2004 (online) and 2005"
        " (print)"
    )
    (found,) = compare_year(cited(2031), registered(), this_year=2026).findings
    assert (found.rule.id, found.fix) == ("year-in-future", None)
    (found,) = compare_year(cited(2027), BOTH, this_year=2026).findings
    assert found.rule.id == "year-mismatch"
    assert not compare_year(
        cited(2031), registered(online="2031"), this_year=2026
    ).findings


def test_datacite_has_two_years_of_publication() -> None:
    """The publication year and the date of issue differ at times; either is right."""
    work = from_datacite("1932", Issued="2017", Available="2009", Updated="2021")
    for year in (1932, 2009, 2017):
        assert compare_year(cited(year), work).state is State.EQUAL
    assert compare_year(cited(2021), work).differs
    dataset = work.model_copy(update={"type": "dataset"})
    assert (
        compare_year(cited(2021), dataset).reason == "the year in which it was updated"
    )
    (found,) = compare_year(cited(2000), work).findings
    assert found.evidence is not None
    assert found.evidence.path == "attributes.publicationYear"
    assert found.message == "cited 2000, registered 1932 and 2009 (available) and 2017"
