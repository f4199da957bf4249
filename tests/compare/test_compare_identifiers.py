"""ISBN and ISSN: check digits, and whose number it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.compare.comparison import FieldComparison, State
from lupusrefs.compare.identifiers import (
    compare_identifiers,
    identifier_findings,
    read_isbns,
    read_issns,
)
from lupusrefs.compare.publishers import compare_publisher
from lupusrefs.findings import Change, Severity
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
)


def registered(**fields: object) -> Work:
    """A Crossref record."""
    known = {"id": "10.1234/x", "agency": "Crossref", "provenance": PROVENANCE}
    return Work.model_validate({**known, **fields})


def isbn(cited: str, **fields: object) -> FieldComparison:
    """What becomes of a cited ISBN."""
    reference = Reference(id="k", type="book", isbn=cited, title="Wolves")
    work = registered(**{"type": "book", "titles": ("Wolves",), **fields})
    return compare_identifiers(reference, work)[0]


def issn(cited: str, known: str | None) -> FieldComparison:
    """What becomes of a cited ISSN."""
    work = registered(issn=known) if known is not None else None
    return compare_identifiers(Reference(id="k", issn=cited), work)[1]


def rules(found: FieldComparison) -> list[str]:
    """The rules that speak."""
    return [told.rule.id for told in found.findings]


@pytest.mark.parametrize(
    "text",
    [
        "978-0-306-40615-7",
        "0306406152",
        "0-306-40615-2",
        "ISBN 978 0 306 40615 7",
        "ISBN-13: 978-0-306-40615-7",
        "978‐0‐306‐40615‐7",
        "978-0-306-40615-7 (hbk.)",
        "10 0-306-40615-2",
        "306406152",
    ],
)
def test_right_isbns_are_read_however_they_are_written(text: str) -> None:
    """Ten or thirteen digits, hyphens, notes, and the nine of an SBN."""
    valid, invalid = read_isbns(text)
    assert not invalid
    assert [one.isbn13 for one in valid] in ([], ["9780306406157"])
    assert not rules(isbn(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0-306-40615-2, 978-3-16-148410-0", 2),
        ("9780306406157 9783161484100", 2),
        ("0306406152; 9783161484100", 2),
        ("0306406152 (pbk.) 9783161484100 (hbk.)", 2),
        ("0306406152 and 978-0-306-40615-7", 1),
        ("none", 0),
    ],
)
def test_a_field_may_hold_several(text: str, count: int) -> None:
    """Separated by commas, semicolons, blanks, with notes between."""
    assert len(read_isbns(text)[0]) == count


def test_a_wrong_check_digit_needs_no_work() -> None:
    """An ISBN and an ISSN are right or wrong by themselves."""
    reference = Reference(id="k", isbn="978-0-306-40615-8", issn="0028-0835")
    bad = identifier_findings(reference)
    assert [told.rule.id for told in bad] == ["isbn-invalid", "issn-invalid"]
    assert bad[0].message == (
        "cited ISBN 978-0-306-40615-8, which cannot be one: its check digit is wrong"
    )
    assert bad[0].severity is Severity.WARNING
    assert bad[0].hint


def test_a_number_of_wrong_length_is_no_isbn() -> None:
    """The message says how many digits there are."""
    [told] = isbn("0-12-415050").findings
    assert "9 digits, and not ten or thirteen" in told.message


def test_isbns_agree_in_either_length() -> None:
    """Any of those registered will do (B107)."""
    found = isbn("0-306-40615-2", isbn="9783161484100, 9780306406157")
    assert found.state is State.EQUIVALENT
    assert isbn("9780306406157", isbn="9780306406157").state is State.EQUAL
    assert isbn("", isbn="9780306406157").state is State.ABSENT_CITED
    assert isbn("9780306406157").state is State.ABSENT_REGISTERED


def test_another_book_by_its_isbn() -> None:
    """All numbers are of another house, and the title is another one."""
    found = isbn("978-3-16-148410-0", isbn="9780306406157", titles=("Railways",))
    assert rules(found) == ["isbn-of-another-work"]
    assert found.differs
    [told] = found.findings
    assert told.fix is not None
    assert told.fix.changes == (Change("ISBN", "9780306406157"),)
    assert told.evidence is not None
    assert told.evidence.path == "message.ISBN"


@pytest.mark.parametrize(
    "fields",
    [
        {"titles": ("Wolves",)},
        {"titles": ("Wolves: A History",)},
        {"titles": ("Railways",), "edition": "2"},
        {"titles": ("Railways",), "isbn": "9783161484117"},
        {"titles": ()},
        {"titles": ("Railways",), "type": "article-journal"},
    ],
)
def test_editions_and_formats_are_no_other_book(fields: dict[str, object]) -> None:
    """Hardback, paperback and e-book have numbers of their own."""
    found = isbn("978-3-16-148410-0", **{"isbn": "9780306406157", **fields})
    assert not found.findings
    assert not found.differs


def test_without_a_title_there_is_no_other_book() -> None:
    """Nothing says then that it is not another edition."""
    reference = Reference(id="k", type="book", title="?!", isbn="978-3-16-148410-0")
    work = registered(type="book", titles=("Railways",), isbn="9780306406157")
    assert not rules(compare_identifiers(reference, work)[0])


def test_a_chapter_is_compared_by_its_book() -> None:
    """The ISBN of a chapter is that of the book it is in."""
    reference = Reference(
        id="k", type="chapter", container_title="Wolves", isbn="978-3-16-148410-0"
    )
    work = registered(
        type="chapter", container_titles=("Railways",), isbn="9780306406157"
    )
    assert rules(compare_identifiers(reference, work)[0]) == ["isbn-of-another-work"]


@pytest.mark.parametrize(
    "text", ["0028-0836", "00280836", "ISSN 0028-0836", "2434561X"]
)
def test_right_issns_are_silent(text: str) -> None:
    """With and without the hyphen, and with an X."""
    assert not rules(issn(text, "0028-0836"))
    assert not rules(issn(text, None))


def test_a_wrong_issn_is_told_with_the_right_one() -> None:
    """Where one is registered, it is proposed."""
    [told] = issn("0028-0835", "0028-0836, 1476-4687").findings
    assert told.message == (
        "cited ISSN 0028-0835, whose check digit is wrong, registered 0028-0836"
    )
    assert told.fix is not None
    assert told.fix.changes == (Change("ISSN", "0028-0836"),)
    [alone] = issn("0028-0835", None).findings
    assert alone.fix is None


def test_a_wrong_number_that_is_registered_is_no_error_of_the_citation() -> None:
    """The registry has it as well (comparison.md, P2)."""
    assert not rules(issn("0028-0835", "0028-0835"))
    assert not rules(isbn("9780306406158", isbn="9780306406158"))


def test_another_issn_proves_nothing() -> None:
    """Print and electronic, former names: registries have one or two of them."""
    found = issn("1476-4687", "0028-0836")
    assert found.state is State.NOT_COMPARABLE
    assert not found.findings
    assert issn("0028-0836 (print)", "0028-0836").state is State.EQUIVALENT


@given(st.text(max_size=60))
def test_no_field_breaks_the_reading(text: str) -> None:
    """Whatever stands there, what is read from it stands in it."""
    for read in (read_isbns, read_issns):
        numbers, invalid = read(text)
        assert all(part in text for part in invalid)
        assert bool(text.strip()) or not (numbers or invalid)


def publisher(cited: str | None, known: str | None, type_: str = "book") -> list[str]:
    """The rules that speak of a publisher."""
    reference = Reference.model_validate({"id": "k", "type": type_, "publisher": cited})
    work = registered(type=type_, publisher=known)
    return rules(compare_publisher(reference, work))


@pytest.mark.parametrize(
    ("cited", "known"),
    [
        ("Wolf Books", "Wolf Books"),
        ("Wolf Books", "Wolf Publishers, Ltd"),
        ("Springer", "Springer Science and Business Media LLC"),
        ("American Medical Association", "American Medical Association (AMA)"),
        ("OUP", "Oxford University Press"),
        ("Academic Press", "Elsevier"),
        ("Jossey-Bass", "John Wiley & Sons, Ltd"),
        ("CRC Press", "Informa UK Limited"),
        ("Association for Computing Machinery", "ACM"),
        ("Press", "Wolf Books"),
        ("Wolf", "n/a"),
        (None, "Wolf"),
    ],
)
def test_publishers_by_other_names_are_silent(
    cited: str | None, known: str | None
) -> None:
    """Legal forms, acronyms, imprints and takeovers (B106)."""
    assert publisher(cited, known) == []


def test_another_publisher_of_a_book_is_an_info() -> None:
    """And of an article nobody asks."""
    assert publisher("Meteor Press", "Wolf Books") == ["publisher-mismatch"]
    assert publisher("Meteor Press", "Wolf Books", "article-journal") == []
