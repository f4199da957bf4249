"""Page ranges in the form that a style wants.

Source: CSL 1.0.2 specification, appendix V ("Page Range Formats"); The Chicago Manual
of Style, 15th edition, 9.64, and 16th edition, 9.60.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

# No page is longer; unbounded, a long word would be tried at each of its letters.
_CHARACTERS: Final = r"[^\s,;&–—-]{0,20}"
_END: Final = (
    rf"(?:{_CHARACTERS}[0-9]{_CHARACTERS}|(?<![^\W_])[ivxlcdmIVXLCDM]{{1,12}})"
)
_RANGE: Final = re.compile(
    rf"(?<![-–—])(?P<first>{_END})\s{{0,3}}[-–—]{{1,3}}\s{{0,3}}(?P<last>{_END})(?=[\s,;&.)\]]|$)"
)
# Letters (and what is before them) that both ends of a range may have: "8n11564".
_PAGE: Final = re.compile(r"(?P<letters>(?:[0-9]*[^\W\d_]+)?)(?P<digits>[0-9]+)")
_LONGEST: Final = 100  # characters of a range that can be meant
_TEN: Final = 10
_HUNDRED: Final = 100
_THOUSANDS: Final = 4  # digits
_TOO_MUCH: Final = 3  # changed digits of four


def page_ranges(text: str, form: str, delimiter: str) -> str:
    """A page field with its ranges collapsed or expanded.

    Args:
        text: such as ``321-328, S12``.
        form: ``expanded``, ``minimal``, ``minimal-two``, ``chicago``, ``chicago-15``,
            ``chicago-16``, or empty for as they are.
        delimiter: of the locale, an en dash in most.

    >>> page_ranges("321-328, n5-n12", "minimal", "–")
    '321–8, n5–12'
    """
    if "-" not in text and "–" not in text and "—" not in text:
        return text
    return _RANGE.sub(lambda match: _range(match, form, delimiter), text)


def _range(match: re.Match[str], form: str, delimiter: str) -> str:
    first, last = match["first"], match["last"]
    begin, end = _PAGE.fullmatch(first), _PAGE.fullmatch(last)
    if begin is None or end is None or len(first) + len(last) > _LONGEST:
        return f"{first}{delimiter}{last}"
    if begin["letters"] != end["letters"]:
        # "n11564-1568" is no range that could be counted.
        dash = "-" if not end["letters"] else delimiter
        return f"{first}{dash}{last}"
    if not form:
        return f"{first}{delimiter}{last}"
    low, high = begin["digits"], end["digits"]
    if len(high) < len(low):
        # "321-8" means 328.
        high = low[: len(low) - len(high)] + high
    shorten = _FORMS.get(form)
    if shorten is None or len(low) != len(high):
        return f"{first}{delimiter}{end['letters']}{high}"
    return f"{first}{delimiter}{shorten(low, high)}"


def _minimal(low: str, high: str, least: int = 1) -> str:
    """The digits that change, and at least so many."""
    same = 0
    while same < len(high) - least and low[same] == high[same]:
        same += 1
    return high[same:]


def _minimal_two(low: str, high: str) -> str:
    return _minimal(low, high, 2)


def _chicago_16(low: str, high: str) -> str:
    number = int(low)
    if number < _HUNDRED or number % _HUNDRED == 0:
        return high
    return _minimal(low, high, 1 if number % _HUNDRED < _TEN else 2)


def _chicago_15(low: str, high: str) -> str:
    """As the 16th edition, but four digits of which three change are all given."""
    short = _chicago_16(low, high)
    if len(low) == _THOUSANDS and len(short) >= _TOO_MUCH:
        return high
    return short


_FORMS: Final[dict[str, Callable[[str, str], str]]] = {
    "minimal": _minimal,
    "minimal-two": _minimal_two,
    "chicago": _chicago_15,
    "chicago-15": _chicago_15,
    "chicago-16": _chicago_16,
}
