"""The values of hayagriva's fields that are not free text.

Hayagriva refuses a whole file for one value that it cannot read; a writer has to know
what it can. ``chapter``, ``edition``, ``issue``, ``page-range`` and ``volume`` take any
text.

Source: hayagriva's description of its file format, "Numeric", "Date", "Timestamp",
"Unicode Language Identifier"; Unicode Technical Standard 35, 3.1 (unicode_language_id);
WHATWG URL Standard, 3.5 (host parsing).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from lupusrefs.model.dates import Date, PartialDate, parse_edtf, partial_date

_NUMERIC: Final = re.compile(
    r"(?:[^\s\d-]*)\s*-?[0-9]{1,9}(?:\s*[,&–-]\s*[0-9]{1,9})*\s*[^\s\d,&–-]*"
)
_DATE: Final = re.compile(
    r"\s*(?P<circa>~)?\s*(?P<year>[+-]?[0-9]{4}|[+-]?[0-9]{1,9}(?!-))"
    r"(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?\s*"
)
_FOUR_DIGITS: Final = 9999
_DURATION: Final = re.compile(
    r"(?:[0-9]{1,4}(?::(?:[01][0-9]|2[0-3]):[0-5][0-9])?|[0-9]{1,4}:[0-5][0-9])"
    r":[0-5][0-9](?:,[0-9]{1,3})?"
)
_LANGUAGE: Final = re.compile(
    r"(?:[A-Za-z]{2,3}|[A-Za-z]{5,8})(?:[-_][A-Za-z]{4})?"
    r"(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:[-_](?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
)
_WEB_ADDRESS: Final = re.compile(
    r"(?:https?|ftp)://(?:[\w.~%!$&'()*+,;=:-]*@)?(?P<host>[\w.-]+)"
    r"(?::(?P<port>[0-9]{0,5}))?(?:[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
# Without a host: ``urn:isbn:...``, ``mailto:...``.
_OTHER_ADDRESS: Final = re.compile(
    r"(?!(?:https?|ftp|wss?|file):)[a-z][a-z0-9+.-]*:(?!//)[^\s\\].*",
    re.IGNORECASE | re.DOTALL,
)
_HIGHEST_PORT: Final = 65_535
_LEFT_TO_RIGHT: Final = frozenset(("L", "EN"))


def is_numeric(text: str) -> bool:
    """Whether hayagriva finds a number in it: ``300``, ``xii, 300``, ``12 vols``."""
    # To hayagriva "²" and "Ⅻ" are parts of a number, but of none that it can read.
    return _NUMERIC.fullmatch(text) is not None and not any(
        char.isnumeric() and not char.isascii() for char in text
    )


def is_duration(text: str) -> bool:
    """Whether it is a timestamp: ``13:42``, ``01:42:21,802``."""
    return _DURATION.fullmatch(text) is not None


def is_language(text: str) -> bool:
    """Whether it is a language identifier: ``de``, ``zh-Hans``, ``en-US``."""
    return _LANGUAGE.fullmatch(text) is not None


def is_url(text: str) -> bool:
    """Whether it is a whole address that every reader of URLs accepts."""
    match = _WEB_ADDRESS.fullmatch(text)
    if match is None:
        return _OTHER_ADDRESS.fullmatch(text) is not None
    return _is_host(match["host"]) and int(match["port"] or 0) <= _HIGHEST_PORT


def _is_host(host: str) -> bool:
    labels = host.rstrip(".").split(".")
    # A name that ends in a number is an IPv4 address, or nothing.
    if labels[-1].isdigit() or not labels[-1]:
        return (
            re.fullmatch(r"(?:(?:[1-9]?\d|1\d\d|2[0-4]\d|25[0-5])(?:\.|$)){4}", host)
            is not None
        )
    return all(_is_label(label) for label in labels)


def _is_label(label: str) -> bool:
    if not label or label.startswith("-") or label[2:4] == "--":
        return False
    return label.isascii() or all(
        char.isalnum() and unicodedata.bidirectional(char) in _LEFT_TO_RIGHT
        for char in label.replace("-", "")
    )


def read_date(text: str) -> Date | None:
    """A date as hayagriva has it, or in EDTF; None where it is no date.

    >>> str(read_date("~2003-06"))
    '2003-06~'
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return parse_edtf(text)
    numbers = [int(part) for part in match.group("year", "month", "day") if part]
    try:
        return Date(partial_date(numbers), circa=match["circa"] is not None)
    except ValueError:
        return None


def is_plain_date(text: str) -> bool:
    """Whether hayagriva itself reads it as a date."""
    date = read_date(text) if _DATE.fullmatch(text) else None
    return date is not None and date.start is not None and date.start.season is None


def write_date(date: Date) -> str | None:
    """The date, or the first of a range; None where there is none.

    Hayagriva has neither ranges nor seasons nor words.
    """
    start = date.start
    if start is None:
        return None
    if abs(start.year) > _FOUR_DIGITS:
        # Such a year is a number, with nothing before or behind it.
        return str(start.year)
    text = str(PartialDate(start.year, start.month, start.day))
    return f"~{text}" if date.circa else text
