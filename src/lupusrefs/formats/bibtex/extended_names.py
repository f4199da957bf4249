"""biblatex's extended name format: ``family=Goethe, given=Johann, prefix=von``.

Source: the biblatex manual, 3.4 ("Entry and name lists", "extended name format"): parts
are ``key=value`` between commas; a value, or the whole part, that holds commas or "and"
is in braces or in double quotes.
"""

from __future__ import annotations

import re
from typing import Final

_PARTS: Final = frozenset(("family", "given", "prefix", "suffix"))
_START: Final = re.compile(
    r'\s*"?\s*(?:family|given|prefix|suffix|useprefix|id|hash)(?:-i|-un)?\s*=',
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r'\\.|[{}",]', re.DOTALL)


def is_extended(source: str) -> bool:
    """Whether a name is in this format."""
    return "=" in source and _START.match(source) is not None


def extended_parts(source: str) -> dict[str, str]:
    """Keys in small letters and values in LaTeX source, without their quotes.

    >>> extended_parts('given=Jan, "family={van, der}"')
    {'given': 'Jan', 'family': '{van, der}'}
    """
    parts: dict[str, str] = {}
    for part in _split(source):
        key, _, value = _unquoted(part).partition("=")
        parts.setdefault(key.strip().lower(), _unquoted(value))
    return parts


def own_useprefix(parts: dict[str, str]) -> bool | None:
    """The name's own option, if it has it."""
    value = parts.get("useprefix")
    return None if value is None else value.lower() not in {"false", "0"}


def _split(source: str) -> list[str]:
    parts: list[str] = []
    depth = start = 0
    quoted = False
    for match in _TOKEN.finditer(source):
        mark = match[0]
        if mark in "{}":
            depth = depth + 1 if mark == "{" else max(depth - 1, 0)
        elif mark == '"' and depth == 0:
            quoted = not quoted
        elif mark == "," and depth == 0 and not quoted:
            parts.append(source[start : match.start()])
            start = match.end()
    parts.append(source[start:])
    return [part for part in parts if part.strip()]


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].strip()
    return text
