"""The type of the work: cited beside registered (comparison.md 2.2 and B108)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from lupusrefs.compare.comparison import (
    FieldComparison,
    Grade,
    State,
    finding,
)
from lupusrefs.compare.record_path import record_path
from lupusrefs.findings import Confidence
from lupusrefs.model.item import Item
from lupusrefs.model.variables import ItemType
from lupusrefs.model.work import Work

FIELD: Final = "type"


class WorkClass(StrEnum):
    """What kinds of works a reader tells apart."""

    ARTICLE = "article"
    CHAPTER = "chapter"
    BOOK = "book"
    PAPER = "conference paper"
    PREPRINT = "preprint"
    REPORT = "report"
    THESIS = "thesis"
    DATASET = "dataset"
    SOFTWARE = "software"
    REVIEW = "review"
    CONTAINER = "container"


_CLASSES: Final[dict[ItemType, WorkClass]] = {
    "article-journal": WorkClass.ARTICLE,
    "article-magazine": WorkClass.ARTICLE,
    "article-newspaper": WorkClass.ARTICLE,
    "chapter": WorkClass.CHAPTER,
    "entry": WorkClass.CHAPTER,
    "entry-dictionary": WorkClass.CHAPTER,
    "entry-encyclopedia": WorkClass.CHAPTER,
    "paper-conference": WorkClass.PAPER,
    "book": WorkClass.BOOK,
    "collection": WorkClass.BOOK,
    "classic": WorkClass.BOOK,
    "article": WorkClass.PREPRINT,
    "report": WorkClass.REPORT,
    "standard": WorkClass.REPORT,
    "thesis": WorkClass.THESIS,
    "dataset": WorkClass.DATASET,
    "software": WorkClass.SOFTWARE,
    "review": WorkClass.REVIEW,
    "review-book": WorkClass.REVIEW,
    "periodical": WorkClass.CONTAINER,
}
# Pairs that are one thing to somebody: papers of proceedings are registered as
# articles and as chapters, reviews as articles, working papers as preprints,
# monographs in parts, handbooks by entry; and so on (comparison.md B108).
_COMPATIBLE: Final = frozenset(
    frozenset(pair)
    for pair in (
        (WorkClass.ARTICLE, WorkClass.PAPER),
        (WorkClass.ARTICLE, WorkClass.CHAPTER),
        (WorkClass.ARTICLE, WorkClass.REVIEW),
        # preprint-cited-as-article says more of it.
        (WorkClass.ARTICLE, WorkClass.PREPRINT),
        (WorkClass.PAPER, WorkClass.CHAPTER),
        (WorkClass.PAPER, WorkClass.PREPRINT),
        (WorkClass.BOOK, WorkClass.REPORT),
        (WorkClass.BOOK, WorkClass.CONTAINER),
        (WorkClass.BOOK, WorkClass.THESIS),
        (WorkClass.REPORT, WorkClass.PREPRINT),
        (WorkClass.REPORT, WorkClass.CHAPTER),
        (WorkClass.THESIS, WorkClass.PREPRINT),
        (WorkClass.REVIEW, WorkClass.PREPRINT),
        (WorkClass.DATASET, WorkClass.SOFTWARE),
        (WorkClass.DATASET, WorkClass.PREPRINT),
        # Data papers, and articles that are cited for their software.
        (WorkClass.ARTICLE, WorkClass.DATASET),
    )
)


def class_of(type_: ItemType) -> WorkClass | None:
    """The class of a CSL type; None where it says nothing, as ``document`` does.

    >>> str(class_of("entry-encyclopedia")), class_of("webpage")
    ('chapter', None)
    """
    return _CLASSES.get(type_)


def compare_type(reference: Item, work: Work) -> FieldComparison:
    """Compare what kind of work is cited with what kind is registered.

    What is cited or registered as ``document``, web page or the like says nothing.
    """
    cited, registered = class_of(reference.type), class_of(work.type)
    told = work.registered_type or work.type
    form = (str(cited or ""), str(registered or ""))
    if cited is None or registered is None:
        return _compared(reference, told, State.NOT_COMPARABLE, form)
    if reference.type == work.type:
        return _compared(reference, told, State.EQUAL, form)
    if cited is registered or frozenset((cited, registered)) in _COMPATIBLE:
        return _compared(reference, told, State.EQUIVALENT, form)
    mismatch = finding(
        "type-mismatch",
        reference,
        f"cited as {reference.type}, registered as {told}",
        field=FIELD,
        cited=reference.type,
        registered=told,
        forms=form,
        path=record_path(work, FIELD),
        confidence=Confidence.LIKELY,
    )
    return FieldComparison(
        field=FIELD,
        state=State.DIFFERENT,
        grade=Grade.SLIGHT,
        cited=reference.type,
        registered=told,
        cited_form=form[0],
        registered_form=form[1],
        findings=(mismatch,),
    )


def _compared(
    reference: Item, registered: str, state: State, forms: tuple[str, str]
) -> FieldComparison:
    return FieldComparison(
        field=FIELD,
        state=state,
        cited=reference.type,
        registered=registered,
        cited_form=forms[0],
        registered_form=forms[1],
        reason="of the same kind" if state is State.EQUIVALENT else None,
    )
