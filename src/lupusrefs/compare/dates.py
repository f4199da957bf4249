"""The year that is cited beside every registered date (comparison.md, 2.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lupusrefs.compare.comparison import (
    FieldComparison,
    Grade,
    State,
    finding,
    proposal,
)
from lupusrefs.compare.record_path import record_path
from lupusrefs.compare.stage import cited_stage
from lupusrefs.compare.year_reasons import reason_for
from lupusrefs.compare.years import (
    RegisteredYears,
    Years,
    cited_years,
    registered_years,
)
from lupusrefs.findings import Change, Confidence, Fix
from lupusrefs.model.dates import Date, PartialDate

if TYPE_CHECKING:
    from lupusrefs.findings import Finding
    from lupusrefs.model.item import Item
    from lupusrefs.model.work import Work

_FIELD: Final = "issued"
_YEAR_ALONE: Final = re.compile(r"-?\d+")


def compare_year(
    reference: Item, work: Work, *, this_year: int | None = None
) -> FieldComparison:
    """Compare the year; month and day never decide (comparison.md B71).

    Args:
        reference: what is cited.
        work: what is registered.
        this_year: the current year, where years in the future are to be reported.
    """
    cited = cited_years(reference)
    if cited is None:
        return _without_cited(reference, work)
    registered = registered_years(work)
    if cited.agrees_with_any(registered.years):
        return _registered_year(reference, work, cited, registered)
    if this_year is not None and cited.first > this_year + 1:
        return _future(reference, work, cited, registered)
    if not registered.years:
        return FieldComparison(
            field=_FIELD,
            state=State.ABSENT_REGISTERED,
            cited=cited.text,
            cited_form=cited.form,
            reason="the registry has no date",
        )
    return _unregistered_year(reference, work, cited, registered)


def _without_cited(reference: Item, work: Work) -> FieldComparison:
    registered = registered_years(work)
    text = str(reference.issued or "")
    stage = cited_stage(reference)
    reason = "cited as not yet in print" if stage else "the cited date has no year"
    return FieldComparison(
        field=_FIELD,
        state=State.NOT_COMPARABLE if text or stage else State.ABSENT_CITED,
        cited=text or stage or "",
        registered=registered.text,
        registered_form=registered.form,
        reason=reason if text or stage else None,
    )


def _registered_year(
    reference: Item, work: Work, cited: Years, registered: RegisteredYears
) -> FieldComparison:
    """The year is a registered one; only that of digitisation is worth a word."""
    if registered.is_digitisation(cited):
        reason = "the year in which the work was put online"
        return _equivalent(reference, work, cited, registered, reason)
    kind = registered.kind_of(cited)
    return FieldComparison(
        field=_FIELD,
        state=State.EQUAL if cited.is_one else State.EQUIVALENT,
        cited=cited.text,
        registered=registered.text_of(cited) or registered.text,
        cited_form=cited.form,
        registered_form=registered.form,
        reason=f"the {kind} year" if kind else None,
    )


def _unregistered_year(
    reference: Item, work: Work, cited: Years, registered: RegisteredYears
) -> FieldComparison:
    if reason := reason_for(reference, work, cited, registered):
        return _equivalent(reference, work, cited, registered, reason)
    off = cited.distance_to(registered.years)
    return FieldComparison(
        field=_FIELD,
        state=State.DIFFERENT,
        grade=Grade.SLIGHT if off == 1 else Grade.WHOLE,
        cited=cited.text,
        registered=registered.text,
        cited_form=cited.form,
        registered_form=registered.form,
        findings=(_mismatch(reference, work, cited, registered),),
    )


def _equivalent(
    reference: Item,
    work: Work,
    cited: Years,
    registered: RegisteredYears,
    reason: str,
) -> FieldComparison:
    """An explained year: it agrees, and is shown for what it is."""
    return FieldComparison(
        field=_FIELD,
        state=State.EQUIVALENT,
        cited=cited.text,
        registered=registered.text,
        cited_form=cited.form,
        registered_form=registered.form,
        reason=reason,
        findings=(_mismatch(reference, work, cited, registered, reason),),
    )


def _future(
    reference: Item, work: Work, cited: Years, registered: RegisteredYears
) -> FieldComparison:
    known = registered.described
    message = f"cited {cited.shown}, which lies in the future"
    found = finding(
        "year-in-future",
        reference,
        f"{message}, registered {known}" if known else message,
        field=_FIELD,
        cited=cited.text,
        registered=registered.text or None,
        forms=(cited.form, registered.form),
        path=record_path(work, _FIELD) if known else None,
        fix=_fix(reference, work),
    )
    return FieldComparison(
        field=_FIELD,
        state=State.DIFFERENT if known else State.ABSENT_REGISTERED,
        grade=Grade.WHOLE if known else Grade.NONE,
        cited=cited.text,
        registered=registered.text,
        cited_form=cited.form,
        registered_form=registered.form,
        findings=(found,),
    )


def _mismatch(
    reference: Item,
    work: Work,
    cited: Years,
    registered: RegisteredYears,
    reason: str | None = None,
) -> Finding:
    message = f"cited {cited.shown}, registered {registered.described}"
    return finding(
        "year-mismatch",
        reference,
        f"{message}: {reason}" if reason else message,
        field=_FIELD,
        cited=cited.text,
        registered=registered.text,
        forms=(cited.form, registered.form),
        path=record_path(work, registered.preferred_kind),
        confidence=Confidence.POSSIBLE if reason else Confidence.CERTAIN,
        # What is explained is no error to be mended.
        fix=None if reason else _fix(reference, work),
    )


def _fix(reference: Item, work: Work) -> Fix | None:
    """The registered date as precise as the cited one: a year for a year."""
    issued, cited = work.issued, reference.issued
    if issued is None or issued.start is None:
        return None
    start = issued.start
    given = cited.start if cited else None
    if given is None or given.month is None or start.month is None:
        start = PartialDate(start.year)
    elif given.day is None:
        start = PartialDate(start.year, start.month)
    return proposal(Change(_FIELD, Date(start)))
