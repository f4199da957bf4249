"""Volumes and issues: spellings that mean the same, and numbers that do not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.compare.comparison import FieldComparison, State
from lupusrefs.compare.numbering import parse_numbering, roman
from lupusrefs.compare.numbers import compare_numbers
from lupusrefs.findings import Change, Confidence, Severity
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work

NONE: Mapping[str, str] = MappingProxyType({})
PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
)


def registered(
    volume: str | None = None,
    issue: str | None = None,
    *,
    year: int = 2010,
    doi: str = "10.1234/x",
) -> Work:
    """A record of a journal article."""
    return Work(
        id=doi,
        type="article-journal",
        agency="Crossref",
        volume=volume,
        issue=issue,
        issued=Date(PartialDate(year)),
        provenance=PROVENANCE,
    )


def compared(
    volume: str | None, issue: str | None, work: Work, other: Mapping[str, str] = NONE
) -> tuple[FieldComparison, FieldComparison]:
    """Both comparisons of a reference with these numbers."""
    reference = Reference(id="k", type="article-journal", volume=volume, issue=issue)
    reference = reference.model_copy(update=dict(other))
    return compare_numbers(reference, work)


@pytest.mark.parametrize(
    ("cited", "in_record"),
    [
        ("13", "Volume 13"),
        ("Vol. 13", "13"),
        ("Bd. 13", "13"),
        ("013", "13"),
        ("n° 95", "95"),
        ("XXX", "30"),
        ("xl", "40"),
        ("50", "L"),
        ("2", "Tome II"),
        ("25C", "25"),
        ("312", "312B"),
        ("B103", "103"),
        ("115-B", "115B"),
        ("334", "334-335"),
        ("334-5", "334-335"),
        ("334/335", "334-335"),
        ("59 & 60", "59"),
        ("PAS-89", "89"),
        ("10097 LNAI", "10097"),
        ("V", "5"),
        ("v. 5", "5"),
        ("XX(3)", "20"),
        ("132(4)", "132"),
        ("9: 777", "9"),
        ("24 Suppl 1", "24"),
        ("50, supplement 1", "50"),
    ],
)
def test_spellings_of_a_volume(cited: str, in_record: str) -> None:
    """Words, numerals, zeros, parts and combined volumes are benign."""
    volume, _ = compared(cited, None, registered(in_record))
    assert volume.agrees
    assert volume.findings == ()


SUPPLEMENTS = ["S1", "Suppl 1", "suppl_1", "sup1", "Supplement_1", "Suppl. 1", "S-1"]


@pytest.mark.parametrize("cited", [*SUPPLEMENTS, "Suppl I", "1_suppl", "Suppl", "1"])
@pytest.mark.parametrize("in_record", SUPPLEMENTS)
def test_spellings_of_a_supplement(cited: str, in_record: str) -> None:
    """However it is written, with or without its number."""
    _, issue = compared("5", cited, registered("5", in_record))
    assert issue.agrees
    assert issue.findings == ()


@pytest.mark.parametrize(
    ("cited", "in_record"),
    [
        ("15 Suppl", "15_suppl"),
        ("15", "15_suppl"),
        ("170", "170supp"),
        ("4 Suppl 2", "4(Suppl 2)"),
        ("1", "1-2"),
        ("1/2", "1-2"),
        ("1–2", "1-2"),
        ("3 & 4", "3"),
        ("No. 3", "03"),
        ("(4)", "4"),
        ("4es", "4"),
        ("99", "4(99)"),
        ("4(99)", "99"),
        ("2 bis", "2"),
        ("Suppl A", "Supplement A"),
    ],
)
def test_spellings_of_an_issue(cited: str, in_record: str) -> None:
    """Combined issues, continuous numbers, words."""
    _, issue = compared("5", cited, registered("5", in_record))
    assert issue.agrees


@pytest.mark.parametrize(
    ("cited", "in_record"),
    [
        ("72", "9"),
        ("25B", "25C"),
        ("4-6", "5-7"),
        ("336", "334-335"),
        ("XIX", "21"),
        ("2", "1-1000000000000"),
        ("0", "1"),
    ],
)
def test_another_volume_is_reported(cited: str, in_record: str) -> None:
    """The finding quotes both sides."""
    volume, _ = compared(cited, None, registered(in_record))
    assert volume.differs
    (found,) = volume.findings
    assert found.rule.id == "volume-mismatch"
    assert found.severity is Severity.WARNING
    assert found.message == f"cited volume {cited}, registered {in_record}"
    assert (found.cited, found.registered) == (cited, in_record)
    assert found.evidence is not None
    assert found.evidence.path == "message.volume"
    assert found.fix is not None
    assert found.fix.changes == (Change("volume", in_record),)


@pytest.mark.parametrize(
    ("cited", "in_record"),
    [("4", "5"), ("S1", "S2"), ("Suppl A", "Suppl B"), ("4", "S2"), ("4 S1", "4 S2")],
)
def test_another_issue_is_an_info(cited: str, in_record: str) -> None:
    """It is the least of the numbers."""
    _, issue = compared("5", cited, registered("5", in_record))
    (found,) = issue.findings
    assert (found.rule.id, found.severity) == ("issue-mismatch", Severity.INFO)
    assert found.message == f"cited issue {cited}, registered {in_record}"


def test_issue_and_volume_together_are_two_warnings() -> None:
    """With another volume, the issue says the same."""
    volume, issue = compared("6", "4", registered("5", "3"))
    found = (*volume.findings, *issue.findings)
    assert [one.rule.id for one in found] == ["volume-mismatch", "issue-mismatch"]
    assert {one.severity for one in found} == {Severity.WARNING}


def test_an_exchange_is_one_finding() -> None:
    """One cause: both fields differ, and one fix mends both."""
    volume, issue = compared("3", "42", registered("42", "3"))
    assert volume.differs
    assert issue.differs
    (found,) = (*volume.findings, *issue.findings)
    assert found.rule.id == "volume-mismatch"
    assert found.message.endswith("registered volume 42 and issue 3: exchanged")
    assert found.fix is not None
    assert found.fix.changes == (Change("volume", "42"), Change("issue", "3"))


def test_the_registry_may_have_made_the_exchange() -> None:
    """The DOI has the numbers as they are cited (comparison.md B78)."""
    work = registered("1", "28", doi="10.1093/nar/28.1.235")
    for one in compared("28", "1", work):
        assert one.reason == "volume and issue exchanged in the registry"
        assert one.findings == ()


@pytest.mark.parametrize(
    ("volume", "issue", "work", "reason"),
    [
        ("19", None, registered("null", "19"), "volume registered as issue"),
        ("2014", None, registered("13", year=2014), "the year in place of the volume"),
        (
            "4",
            None,
            registered("2009", "04", year=2009),
            "the year is registered as volume",
        ),
        (
            "0904",
            None,
            registered("2009", "04", year=2009),
            "year and issue in place of the volume",
        ),
        ("25C", None, registered("25"), "part letter omitted"),
    ],
)
def test_reasons_for_another_volume(
    volume: str, issue: str | None, work: Work, reason: str
) -> None:
    """Each is named."""
    result, _ = compared(volume, issue, work)
    assert (result.state, result.reason) == (State.EQUIVALENT, reason)


def test_a_year_as_volume_says_little_against_a_small_one() -> None:
    """The journal may have been numbered since; another year is another volume."""
    work = registered("2014", year=2014)
    (found,) = compared("7", None, work)[0].findings
    assert (found.confidence, found.severity) == (Confidence.POSSIBLE, Severity.INFO)
    (found,) = compared("2013", None, work)[0].findings
    assert found.severity is Severity.WARNING
    assert compared("13", "5", registered("2009", "04", year=2009))[0].differs


def test_the_supplement_may_stand_in_the_volume() -> None:
    """Or the issue, or the issue of another record's volume."""
    for cited in ("25(Suppl 1)", "25 Suppl. 1"):
        volume, issue = compared(cited, None, registered("25", "S1"))
        assert volume.agrees
        assert issue.agrees
    _, issue = compared("132(4)", None, registered("132", "4"))
    assert issue.agrees
    _, issue = compared("132(4)", None, registered("132", "5"))
    assert issue.findings[0].message == "cited issue 132(4), registered 5"


def test_other_variables_may_say_it() -> None:
    """Supplement, part, series and number have variables of their own."""
    work = registered("25", "4 Suppl 1")
    assert compared("25", "4", work, {"supplement_number": "1"})[1].state is State.EQUAL
    assert compared("25", None, work, {"supplement_number": "S1"})[1].agrees
    assert compared("25", "4", work, {"supplement_number": "2"})[1].differs
    assert compared("312", None, registered("312B"), {"part_number": "B"})[0].agrees
    assert compared("312", None, registered("312B"), {"part_number": "A"})[0].differs
    assert compared("3", None, registered("1234"), {"collection_number": "1234"})[
        0
    ].agrees
    _, issue = compared("5", None, registered("5", "4"), {"number": "4"})
    assert issue.reason == "number 4 is the issue"
    _, issue = compared("5", None, registered("5", "4"), {"number": "77"})
    assert issue.state is State.ABSENT_CITED


def test_a_journal_may_count_issues_only() -> None:
    """Its registered volume is then the cited issue."""
    _, issue = compared(None, "42", registered("42"))
    assert issue.reason == "issue registered as volume"


@pytest.mark.parametrize("nothing", [None, "null", "n/a", "-", ""])
def test_what_is_missing_is_no_disagreement(nothing: str | None) -> None:
    """Placeholders are missing, too; and a registered 0."""
    for one in compared(nothing, nothing, registered("5", "4")):
        assert one.state is State.ABSENT_CITED
    for work in (registered(nothing, nothing), registered("0", "0")):
        for one in compared("5", "4", work):
            assert one.state is State.ABSENT_REGISTERED


@pytest.mark.parametrize("words", ["November", "Database issue", "1-5 September 2008"])
def test_words_are_not_compared(words: str) -> None:
    """Months and names have no number to compare."""
    volume, issue = compared(words, words, registered("5", "4"))
    assert volume.state is State.NOT_COMPARABLE
    assert issue.state is State.NOT_COMPARABLE
    assert compared(words, words, registered(words, words))[0].state is State.EQUAL


def test_one_name_is_the_other_only_if_equal() -> None:
    """Two issues without numbers are compared by nothing."""
    _, issue = compared("5", "ed. esp.", registered("5", "ed.esp."))
    assert issue.state is State.EQUAL


@pytest.mark.parametrize(
    ("text", "value"),
    [("i", 1), ("iv", 4), ("xc", 90), ("mcmxcix", 1999), ("", None), ("iix", None)],
)
def test_roman_numerals(text: str, value: int | None) -> None:
    """Only those that are well formed."""
    assert roman(text) == value


HOSTILE = [
    "1" * 99999,
    "1-" * 50000,
    "(" * 99999,
    "i" * 99999,
    "1&" * 50000,
    "<i>" * 9999,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_numbers_are_bounded(text: str) -> None:
    """No run time grows with the length or the width of what is written."""
    work = registered(text, text, doi=f"10.1234/{text}")
    wide = "1-999999999999999999"
    for results in (
        compared(text, text, registered("5", "4")),
        compared("5", "4", work),
        compared(wide, wide, work),
    ):
        assert [one.field for one in results] == ["volume", "issue"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_work_agrees_with_itself(volume: str, issue: str) -> None:
    """Whatever is registered: citing it verbatim gives no finding."""
    work = registered(volume, issue)
    for one in compared(volume, issue, work):
        assert one.findings == ()
    assert parse_numbering(volume) == parse_numbering(volume)
