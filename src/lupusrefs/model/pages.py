"""Page ranges as they are cited and registered."""

from __future__ import annotations

import re
from typing import Final

# Every dash that stands between two pages in the wild: hyphen, non-breaking hyphen,
# figure, en and em dash, horizontal bar, minus, and BibTeX's "--".
_DASH: Final = re.compile(r"\s*(?:-{1,3}|[\u2010-\u2015\u2212])\s*")
_PAGE: Final = re.compile(r"[^\W_]+(?:[.:][^\W_]+)*")


def split_range(pages: str) -> tuple[str, str] | None:
    """First and last page as written, or ``None`` where there is no plain range.

    Lists such as ``1-5, 9`` and odd records such as ``29-5410-29-5410`` (both
    registered at Crossref) are not plain ranges.

    >>> split_range("204–209")
    ('204', '209')
    """
    parts = _DASH.split(pages.strip())
    if len(parts) != len(("first", "last")):
        return None
    first, last = parts
    if not (_PAGE.fullmatch(first) and _PAGE.fullmatch(last)):
        return None
    return first, last


def with_dash(pages: str, dash: str) -> str:
    """The same pages with ``dash`` in every plain range of a list.

    >>> with_dash("1-5, 9", "--")
    '1--5, 9'
    """
    pieces = re.split(r"(\s*[,;]\s*)", pages)
    return "".join(
        dash.join(split) if (split := split_range(piece)) else piece for piece in pieces
    )
