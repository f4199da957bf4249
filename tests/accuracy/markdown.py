"""Pieces of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_LONGEST: Final = 110  # characters of a value that is shown


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table; a cell that begins with a digit is set to the right by its column."""
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '¦') for cell in row)} |"


def quoted(text: str) -> str:
    """A value, shortened, as code; "nothing" for none."""
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 1]}…"
    return code(text) if text else "nothing"


def code(text: str) -> str:
    """A text as Markdown's code, whatever it has in it."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if "`" in (text[:1], text[-1:]) else ""
    return f"{fence}{space}{text}{space}{fence}"
