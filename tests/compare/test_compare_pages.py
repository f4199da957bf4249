"""Pages and article numbers: spellings, places they stand in, and differences."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.compare.comparison import State
from lupusrefs.compare.locators import parse_locator
from lupusrefs.compare.pages import compare_pages
from lupusrefs.findings import Change, Confidence, Severity
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import ItemType
from lupusrefs.model.work import Provenance, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
)


def registered(
    page: str | None = None,
    article: str | None = None,
    *,
    doi: str = "10.1234/x",
    volume: str | None = "5",
    kind: ItemType = "article-journal",
) -> Work:
    """A record of a journal article."""
    return Work(
        id=doi,
        type=kind,
        agency="Crossref",
        volume=volume,
        issue="2",
        page=page,
        article_number=article,
        number=None if page else article,
        provenance=PROVENANCE,
    )


def cited(
    page: str | None = None,
    number: str | None = None,
    *,
    issue: str | None = None,
    kind: ItemType = "article-journal",
) -> Reference:
    """A reference to a journal article."""
    return Reference(id="k", type=kind, page=page, number=number, issue=issue)


@pytest.mark.parametrize(
    ("page", "in_record"),
    [
        ("204-9", "204-209"),
        ("204–209", "204-209"),
        ("204--209", "204-209"),
        ("pp. 204-209", "204-209"),
        ("S. 204-209", "204-209"),
        ("S44-5", "S44-S45"),
        ("s44-s45", "S44-S45"),
        ("1407-15", "1407-1415"),
        ("460", "460-460"),
        ("460-465", "460-460"),
        ("95", "95-101"),
        ("95-101", "95"),
        ("515", "515b-515"),
        ("515b", "515b-515"),
        ("1271", "1271.1-1271"),
        ("1197-1199", "1197-1180"),
        ("998", "998-100"),
        ("1", "1-5, 9, 11"),
        ("1-11", "1-5, 9, 11"),
        ("29", "29-5410-29-5410"),
        ("29-5410", "29-5410-29-5410"),
        ("233-240", "233-240.e2"),
        ("21,891", "21891-21897"),
        ("14661 LP - 14666", "14661-14666"),
        ("85???86", "85-86"),
        ("30: 2114-20", "2114-2120"),
        ("VII-IX", "vii-ix"),
        ("24", "24-es"),
        ("755", "R755-R758"),
        ("e0162213", "0162213"),
        ("162213", "e0162213"),
        ("Article 162213", "e0162213"),
        ("Art. no. e162213", "e0162213"),
        ("rec088286", "pdb.rec088286"),
        ("72106", "072106"),
        ("072106-1-072106-5", "072106"),
        ("072106-5", "072106"),
        ("220501(R)", "220501"),
        ("5LT01", "05LT01"),
        ("AIAA-2004-4300", "4300"),
        ("1-8", "e0162213"),
    ],
)
def test_spellings_of_pages(page: str, in_record: str) -> None:
    """Shortened, labelled, padded, damaged: nothing is reported."""
    result = compare_pages(cited(page), registered(in_record))
    assert result.state is not State.DIFFERENT
    assert result.findings == ()


@pytest.mark.parametrize(
    ("reference", "work"),
    [
        (cited("e37"), registered(article="37")),
        (cited(number="e162213"), registered("e0162213")),
        (cited(number="37", issue="2"), registered(article="37")),
        (cited("1-6", number="e696893"), registered("1-6", doi="10.1155/2014/696893")),
        (cited("696893"), registered("1-6", doi="10.1155/2014/696893")),
        (cited("3804742"), registered("1-6", "3804742")),
        (cited("avs0070275"), registered("275-283", "avs0070275")),
        (cited("10.1371/journal.pone.0162213"), registered("e0162213")),
        (cited("1-6", number="e696893"), registered(article="696893")),
        (
            cited("5410"),
            registered("29-5410-29-5410", doi="10.5860/choice.29-5410"),
        ),
        (cited("825"), registered("826", doi="10.1002/(sici)1-4(199907)55:7<825::x")),
    ],
)
def test_the_number_may_stand_elsewhere(reference: Reference, work: Work) -> None:
    """In the pages, in a field of its own, at the end of the DOI."""
    assert compare_pages(reference, work).agrees


def test_another_first_page_is_reported() -> None:
    """The proposal is the registered range."""
    result = compare_pages(cited("24-78"), registered("67-78"))
    assert result.differs
    (found,) = result.findings
    assert (found.rule.id, found.severity) == ("page-mismatch", Severity.WARNING)
    assert found.message == "cited pages 24-78, registered 67-78"
    assert found.field == "page"
    assert found.evidence is not None
    assert found.evidence.path == "message.page"
    assert found.fix is not None
    assert found.fix.changes == (Change("page", "67-78"),)


@pytest.mark.parametrize(
    ("page", "in_record"),
    [
        ("S12", "R12"),
        ("515a", "515b"),
        ("12A529", "12A528"),
        ("7", "vii"),
        ("xiv", "xiii-xv, xx"),
        ("9999999999999999999", "5"),
    ],
)
def test_what_differs_slightly_differs(page: str, in_record: str) -> None:
    """Letters, columns and Roman pages count where both sides have them."""
    assert compare_pages(cited(page), registered(in_record)).differs


def test_a_page_within_is_an_info() -> None:
    """A place within the article may be meant."""
    (found,) = compare_pages(cited("424"), registered("423-434")).findings
    assert (found.rule.id, found.severity) == ("page-mismatch", Severity.INFO)
    assert found.message.endswith("a page within the registered ones")
    (found,) = compare_pages(cited("424-426"), registered("423-434")).findings
    assert found.severity is Severity.INFO


def test_a_range_that_ends_alike_is_no_place_within() -> None:
    """Then it is the first page that is mistaken."""
    (found,) = compare_pages(cited("424-434"), registered("423-434")).findings
    assert found.severity is Severity.WARNING
    assert found.confidence is Confidence.LIKELY


def test_another_last_page_is_an_info() -> None:
    """The end of an article is a matter of what is counted."""
    (found,) = compare_pages(cited("567-8"), registered("567-569")).findings
    assert (found.rule.id, found.severity) == ("last-page-mismatch", Severity.INFO)
    assert found.message == "cited pages 567-8, registered 567-569: last page differs"


@pytest.mark.parametrize(
    ("reference", "work", "variable", "path"),
    [
        (cited("e0162231"), registered("e0162213"), "page", "message.page"),
        (cited("38"), registered(article="37"), "page", "message.article-number"),
        (
            cited(number="e38", issue="2"),
            registered(article="37"),
            "number",
            "message.article-number",
        ),
    ],
)
def test_another_article_number_is_reported(
    reference: Reference, work: Work, variable: str, path: str
) -> None:
    """In the variable where it is cited."""
    (found,) = compare_pages(reference, work).findings
    assert found.rule.id == "article-number-mismatch"
    assert found.severity is Severity.WARNING
    assert found.field == variable
    assert found.evidence is not None
    assert found.evidence.path == path
    assert found.fix is not None
    assert found.fix.changes == (Change(variable, work.page or "37"),)


def test_page_and_number_are_both_compared() -> None:
    """Where both are cited, one does not excuse the other."""
    work = registered("107580", "107580")
    (found,) = compare_pages(cited("107581", "107580", issue="2"), work).findings
    assert (found.field, found.cited) == ("page", "107581")
    (found,) = compare_pages(cited("107580", "107581", issue="2"), work).findings
    assert (found.field, found.cited) == ("number", "107581")
    assert found.rule.id == "article-number-mismatch"
    assert compare_pages(cited("107580", "107580", issue="2"), work).agrees
    assert compare_pages(cited("1-9", "107580", issue="2"), work).agrees


@pytest.mark.parametrize(
    ("page", "in_record"), [("e123", "345-352"), ("345-352", "e0162213")]
)
def test_number_beside_pages_is_an_info(page: str, in_record: str) -> None:
    """Some journals have both; a record has one of them."""
    (found,) = compare_pages(cited(page), registered(in_record)).findings
    assert (found.severity, found.confidence) == (Severity.INFO, Confidence.POSSIBLE)


@pytest.mark.parametrize(
    ("in_record", "proposed"),
    [("460-460", "460"), ("998-100", "998"), ("1-5, 9", "1-5, 9"), ("31-35", "31-35")],
)
def test_damage_is_not_proposed(in_record: str, proposed: str) -> None:
    """An impossible or repeated last page is left out."""
    (found,) = compare_pages(cited("7777"), registered(in_record)).findings
    assert found.fix is not None
    assert found.fix.changes == (Change("page", proposed),)


def test_page_first_gets_a_first_page() -> None:
    """The variable holds nothing else."""
    reference = Reference(id="k", type="article-journal", page_first="7777")
    (found,) = compare_pages(reference, registered("31-35")).findings
    assert found.fix is not None
    assert found.fix.changes == (Change("page-first", "31"),)


def test_pages_before_the_issue_are_not_compared() -> None:
    """Early access is paged from 1, without a volume (comparison.md B90)."""
    early = registered("1-13", volume=None)
    result = compare_pages(cited("512-524"), early)
    assert result.reason == "registered before issue assignment"
    assert compare_pages(cited("3-13"), early).differs
    chapter = registered("1-13", volume=None, kind="chapter")
    assert compare_pages(cited("512-524"), chapter).differs


def test_pages_of_books_are_not_compared() -> None:
    """They are those that are meant, or all of them."""
    result = compare_pages(cited("17", kind="book"), registered("i-xx"))
    assert result.reason == "pages of a whole book"


@pytest.mark.parametrize("count", ["574 p", "574 pp.", "viii+88", "xii, 345 p."])
def test_a_number_of_pages_is_no_page(count: str) -> None:
    """It is not compared."""
    result = compare_pages(cited(count), registered("17-30"))
    assert (result.state, result.reason) == (
        State.NOT_COMPARABLE,
        "number of pages cited",
    )


@pytest.mark.parametrize("nothing", [None, "n/a-n/a", "no-no", "-", ""])
def test_what_is_missing_is_no_disagreement(nothing: str | None) -> None:
    """Placeholders are missing, too."""
    absent = compare_pages(cited(nothing), registered("17-30"))
    assert absent.state is State.ABSENT_CITED
    unknown = compare_pages(cited("17"), registered(nothing))
    assert unknown.state is State.ABSENT_REGISTERED


@pytest.mark.parametrize(
    "junk", ["Nr. 3 (1954)", "No 1 (2012)", "Spain; 3353", "Korea"]
)
def test_junk_is_not_compared(junk: str) -> None:
    """What repositories write into the field for the first page."""
    assert not compare_pages(cited("17"), registered(junk)).findings
    result = compare_pages(cited(junk), registered("17"))
    assert (result.state, result.reason) == (
        State.NOT_COMPARABLE,
        "no page to compare",
    )


@pytest.mark.parametrize(
    ("number", "kind"),
    [("2", "article-journal"), ("77", "article-journal"), ("e1", "report")],
)
def test_other_numbers_are_no_article_numbers(number: str, kind: ItemType) -> None:
    """That of the issue, one of which nobody knows what it is, that of a report."""
    result = compare_pages(cited(number=number, kind=kind), registered("17-30"))
    assert result.state is State.ABSENT_CITED


def test_the_running_number_of_a_doi_is_no_page() -> None:
    """Chapters and issues are counted in DOIs."""
    for doi in ("10.1017/cbo9780511543500.012", "10.1016/j.future.2015.12.005"):
        assert compare_pages(cited("12"), registered("102-106", doi=doi)).differs
        assert compare_pages(cited("5"), registered("102-106", doi=doi)).differs


HOSTILE = [
    "1" * 99999,
    "1-" * 50000,
    "v" * 99999,
    "i" * 99999,
    "(" * 99999,
    "1," * 50000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_pages_are_bounded(text: str) -> None:
    """No run time grows with the length of what is written."""
    work = registered(text, text, doi=f"10.1234/{text}")
    assert not compare_pages(cited(text, text), registered("5-9")).agrees
    assert not compare_pages(cited("5-9", "e44"), work).agrees


@given(st.text(max_size=40))
def test_a_work_agrees_with_itself(page: str) -> None:
    """Whatever is registered: citing it verbatim gives no finding."""
    assert compare_pages(cited(page), registered(page)).findings == ()
    assert compare_pages(cited(f"pp. {page}"), registered(page)).state is not None


@given(st.integers(1, 99999), st.integers(0, 400))
def test_a_shortened_range_is_the_range(first: int, length: int) -> None:
    """``1407-15`` is ``1407-1415`` wherever the digits allow it."""
    last = first + length
    shared = 0
    texts = str(first), str(last)
    if len(texts[0]) == len(texts[1]) and first != last:
        while texts[0][shared] == texts[1][shared]:
            shared += 1
    shortened = f"{first}-{texts[1][shared:]}"
    assert parse_locator(shortened) == parse_locator(f"{first}-{last}")
