"""Types of works: what is told apart, and what is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs.compare.comparison import FieldComparison, State
from lupusrefs.compare.types import class_of, compare_type
from lupusrefs.findings import Severity
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import CROSSREF_TYPES, TYPES
from lupusrefs.model.work import Provenance, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
)


def compared(cited: str, registered: str, agency: str = "Crossref") -> FieldComparison:
    """What becomes of a type, the registry's own name given."""
    reference = Reference.model_validate({"id": "k", "type": cited})
    work = Work.model_validate(
        {
            "id": "10.1234/x",
            "agency": agency,
            "type": CROSSREF_TYPES.get(registered)
            or (registered if registered in TYPES else "document"),
            "registered_type": registered,
            "provenance": PROVENANCE,
        }
    )
    return compare_type(reference, work)


@pytest.mark.parametrize(
    ("cited", "registered", "state"),
    [
        ("article-journal", "journal-article", State.EQUAL),
        ("book", "monograph", State.EQUAL),
        # B108: papers in series and in journals, magazines, entries.
        ("paper-conference", "book-chapter", State.EQUIVALENT),
        ("paper-conference", "journal-article", State.EQUIVALENT),
        ("article-magazine", "journal-article", State.EQUIVALENT),
        ("entry-encyclopedia", "book-chapter", State.EQUIVALENT),
        ("article-journal", "posted-content", State.EQUIVALENT),
        # @misc and web pages say nothing; nor does a component.
        ("document", "journal-article", State.NOT_COMPARABLE),
        ("webpage", "dataset", State.NOT_COMPARABLE),
        ("article-journal", "component", State.NOT_COMPARABLE),
    ],
)
def test_types_that_go_together(cited: str, registered: str, state: State) -> None:
    """The classes are wide, and several of them are one to somebody."""
    found = compared(cited, registered)
    assert found.state is state
    assert not found.findings


def test_a_book_that_is_an_article_is_an_info() -> None:
    """With the registry's own name of the type; another type has other fields."""
    found = compared("book", "journal-article")
    assert found.differs
    [told] = found.findings
    assert told.rule.id == "type-mismatch"
    assert told.severity is Severity.INFO
    assert told.message == "cited as book, registered as journal-article"
    assert told.fix is None
    assert told.evidence is not None
    assert told.evidence.path == "message.type"


def test_datacite_has_its_own_place_of_the_type() -> None:
    """And its own name of it."""
    [told] = compared("thesis", "dataset", "DataCite").findings
    assert told.evidence is not None
    assert told.evidence.path == "attributes.types.resourceTypeGeneral"


def test_every_registered_type_has_a_class() -> None:
    """Of what Crossref registers and CSL can say, all can be compared."""
    assert all(class_of(type_) for type_ in CROSSREF_TYPES.values())
