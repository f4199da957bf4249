"""How citers write the year."""

from __future__ import annotations

from random import Random
from typing import Final

from accuracy.case import Case, Step, cited, dialects
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.work import Work

_PUBLISHED: Final = frozenset(("print", "online", "posted", "published", "other"))


def other_years(work: Work) -> tuple[int, ...]:
    """Years of publication that are registered besides the preferred one."""
    preferred = work.issued.year if work.issued else None
    years = {
        entry.date.year
        for entry in work.dates
        if entry.kind in _PUBLISHED and entry.date.year
    }
    return tuple(sorted(years - {preferred, None}))


def _other_year(case: Case, random: Random) -> Case | None:
    """The print year for the online year, or the reverse."""
    years = other_years(case.work)
    if not years:
        return None
    return cited(case, issued=Date(PartialDate(random.choice(years))))


def _full_date(case: Case, _: Random) -> Case | None:
    return cited(case, issued=case.work.issued)


def _month(case: Case, _: Random) -> Case | None:
    start = case.work.issued.start if case.work.issued else None
    if start is None or start.month is None:
        return None
    return cited(case, issued=Date(PartialDate(start.year, start.month)))


def _season(case: Case, _: Random) -> Case | None:
    year = _year(case)
    return cited(case, issued=Date(PartialDate(year, season=1))) if year else None


def _literal(pattern: str) -> Step:
    """The year in a text that no date can be read from."""

    def step(case: Case, _: Random) -> Case | None:
        year = _year(case)
        return cited(case, issued=Date(literal=pattern.format(year))) if year else None

    return step


def _suffix(case: Case, _: Random) -> Case | None:
    return cited(case, year_suffix="a")


def _circa(case: Case, _: Random) -> Case | None:
    year = _year(case)
    return cited(case, issued=Date(PartialDate(year), circa=True)) if year else None


def _year(case: Case) -> int | None:
    return case.reference.issued.year if case.reference.issued else None


DIALECTS: Final = dialects(
    "date",
    {
        "print or online year": _other_year,
        "full date": _full_date,
        "year and month": _month,
        "season": _season,
        "year in brackets": _literal("[{}]"),
        "year in parentheses": _literal("({})"),
        "year with letter": _literal("{}a"),
        "copyright year": _literal("c{}"),
        "year suffix": _suffix,
        "circa": _circa,
    },
)
