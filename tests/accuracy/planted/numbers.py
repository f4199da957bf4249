"""Mistakes in year, volume, issue, pages and article number."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from accuracy.case import Case, cited
from accuracy.planted.corruption import YEAR, Corruption, Plant, Skip
from accuracy.pool import Pool
from lupusrefs.findings import Severity
from lupusrefs.model.dates import Date, PartialDate

_FAR: Final = 2090
_PAGES: Final = re.compile(r"([A-Za-z]?)(\d+)(?:\s*[-–]\s*[A-Za-z]?(\d+))?")
_NUMBER: Final = re.compile(r"(e?)(\d{2,})")
_FILE_PAGES: Final = frozenset(("0", "1"))


def _year(shift: int) -> Plant:
    def plant(case: Case, _: Random, __: Pool) -> Case | Skip | None:
        year = case.reference.issued.year if case.reference.issued else None
        if year is None:
            return None
        other = year + shift if shift else _FAR
        registered = {
            entry.date.year for entry in case.work.dates if entry.kind != "created"
        }
        if other in registered:
            return Skip.REGISTERED
        return cited(case, issued=Date(PartialDate(other)))

    return plant


def _volume(shift: int) -> Plant:
    def plant(case: Case, _: Random, __: Pool) -> Case | None:
        volume = case.reference.volume or ""
        # Volume 0 is none: the work was registered before it was in an issue.
        if not volume.isdecimal() or not int(volume) or int(volume) + shift < 1:
            return None
        return cited(case, volume=str(int(volume) + shift))

    return plant


def _exchanged(case: Case, _: Random, __: Pool) -> Case | Skip | None:
    volume, issue = case.reference.volume, case.reference.issue
    if not (volume and issue and volume.isdecimal() and issue.isdecimal()):
        return None
    if int(volume) == int(issue):
        return Skip.REGISTERED
    return cited(case, volume=issue, issue=volume)


def _other_volume(case: Case, random: Random, _: Pool) -> Case | None:
    """A volume from elsewhere, as in the 72 that was copied for 9."""
    volume = case.reference.volume or ""
    if not volume.isdecimal() or not int(volume):
        return None
    return cited(case, volume=str(int(volume) + random.randrange(11, 90)))


def _issue(case: Case, random: Random, _: Pool) -> Case | None:
    issue = case.reference.issue or ""
    if not issue.isdecimal() or not int(issue):
        return None
    return cited(case, issue=str(int(issue) + random.randrange(1, 6)))


def _first_page(case: Case, random: Random, _: Pool) -> Case | None:
    """Another first page before the span, the last one as far behind it."""
    parts = _pages(case)
    if parts is None or parts[1] in _FILE_PAGES:
        return None
    prefix, first, last = parts
    shift = random.choice([-3, -2, -1]) * random.randrange(1, 20)
    other = int(first) + shift
    if other < 1:
        other = int(last or first) + random.randrange(2, 40)
        return cited(case, page=f"{prefix}{other}-{prefix}{other + 4}")
    return cited(case, page=f"{prefix}{other}" + (f"-{prefix}{last}" if last else ""))


def _digits(case: Case, _: Random, __: Pool) -> Case | None:
    """Two digits of the first page exchanged, so that it leaves the span."""
    parts = _pages(case)
    if parts is None:
        return None
    prefix, first, last = parts
    for at in range(len(first) - 1):
        other = first[:at] + first[at + 1] + first[at] + first[at + 2 :]
        inside = int(first) <= int(other) <= int(last or first)
        if not (inside or other.startswith("0")):
            tail = f"-{prefix}{last}" if last else ""
            return cited(case, page=f"{prefix}{other}{tail}")
    return None


def _last_page(case: Case, random: Random, _: Pool) -> Case | None:
    parts = _pages(case)
    if parts is None or not parts[2] or parts[1] == parts[2]:
        return None
    prefix, first, last = parts
    other = int(last) + random.randrange(1, 9)
    return cited(case, page=f"{prefix}{first}-{prefix}{other}")


def _pages(case: Case) -> tuple[str, str, str] | None:
    """Prefix, first and last page, where it is no article number."""
    page = case.reference.page or ""
    found = _PAGES.fullmatch(page)
    if not found or page == case.work.article_number or found[1].lower() == "e":
        return None
    if found[3] and int(found[3]) < int(found[2]):
        return None
    return found[1], found[2], found[3] or ""


def _article_number(case: Case, random: Random, _: Pool) -> Case | None:
    page = case.reference.page or ""
    found = _NUMBER.fullmatch(page)
    if not found or not (found[1] or page == case.work.article_number):
        return None
    at = random.randrange(len(found[2]))
    digit = random.choice([d for d in "123456789" if d != found[2][at]])
    return cited(case, page=found[1] + found[2][:at] + digit + found[2][at + 1 :])


_VOLUME: Final = frozenset({"volume-mismatch"})
_VOLUME_FIELD: Final = frozenset({"volume"})
_PAGE: Final = frozenset({"page-mismatch", "article-number-mismatch"})
_PAGE_FIELD: Final = frozenset({"page", "number"})
CORRUPTIONS: Final = (
    *(
        Corruption(
            f"year {shift:+d}",
            "year",
            YEAR,
            frozenset({"issued"}),
            _year(shift),
            bar=0.85 if abs(shift) == 1 else 0.99,
            together=f"year off by {abs(shift)}",
        )
        for shift in (-1, 1, -2, 2, -3, 3, -10)
    ),
    Corruption(
        "year in the future", "year", YEAR, frozenset({"issued"}), _year(0), bar=0.99
    ),
    *(
        Corruption(name, "numbers", _VOLUME, _VOLUME_FIELD, plant, bar=0.95)
        for name, plant in (
            ("volume -1", _volume(-1)),
            ("volume +1", _volume(1)),
            ("another volume", _other_volume),
        )
    ),
    Corruption(
        "volume and issue exchanged",
        "numbers",
        _VOLUME | {"issue-mismatch"},
        _VOLUME_FIELD | {"issue"},
        _exchanged,
        severity=Severity.INFO,
    ),
    Corruption(
        "another issue",
        "numbers",
        frozenset({"issue-mismatch"}),
        frozenset({"issue"}),
        _issue,
        severity=Severity.INFO,
        bar=0.95,
    ),
    *(
        Corruption(name, "numbers", _PAGE, _PAGE_FIELD, plant, bar=0.95)
        for name, plant in (
            ("another first page", _first_page),
            ("digits of the first page exchanged", _digits),
            ("digit of the article number", _article_number),
        )
    ),
    Corruption(
        "another last page",
        "numbers",
        frozenset({"last-page-mismatch"}),
        _PAGE_FIELD,
        _last_page,
        severity=Severity.INFO,
        bar=0.95,
    ),
)
