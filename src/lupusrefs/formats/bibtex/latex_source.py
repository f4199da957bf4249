"""A field's LaTeX source, and where its arguments, formulas and numbers end."""

from __future__ import annotations

import re
from typing import Final

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_OPTIONAL: Final = re.compile(r"[ \t\r\n]*\[[^\[\]{}]{0,200}\]")
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_DOLLAR: Final = re.compile(r"(?:[^$\\]+|\\.)*+\$", re.DOTALL)
# The TeXbook, chapter 24: hexadecimal, octal, a character's own, decimal.
_NUMBER: Final = re.compile(r"\"([0-9A-Fa-f]{1,5})|'([0-7]{1,6})|`\\?(.)|(\d{1,7})")
# Lengths as in ``\hskip 1em plus 0.5em minus 0.4em``.
_DIMENSION: Final = re.compile(
    r"=?\s*-?[\d.,]+\s*(?:[a-z]{2})?(?:\s*(?:plus|minus)\s*-?[\d.,]+\s*[a-z]{2,4})*"
)
# The end of a formula or of \verb is not looked for farther than this.
_MAX_FORMULA: Final = 1000
_MAX_VERB: Final = 500


class LatexSource:
    """The source of one field.

    Attributes:
        text: all of it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends: dict[int, int] | None = None

    def has(self, text: str, position: int) -> bool:
        """Whether this stands there."""
        return self.text.startswith(text, position)

    def skip_space(self, position: int) -> int:
        """Behind the white space that is there."""
        match = _SPACE.match(self.text, position)
        return match.end() if match else position

    def skip_optional(self, position: int) -> int:
        """Behind the optional argument, if there is one."""
        match = _OPTIONAL.match(self.text, position)
        return match.end() if match else position

    def skip_dimension(self, position: int) -> int:
        """Behind a length, if there is one."""
        match = _DIMENSION.match(self.text, position)
        return match.end() if match else position

    def skip_groups(self, count: int, position: int) -> int:
        """Behind so many arguments in braces, or as many as there are."""
        for _ in range(count):
            close = self.end_of_group(self.skip_space(position))
            if close is None:
                break
            position = close + 1
        return position

    def end_of_group(self, start: int) -> int | None:
        """Where the group that begins here ends; None if none begins, or ends."""
        if not self.text.startswith("{", start):
            return None
        if self._ends is None:
            self._ends = _group_ends(self.text)
        return self._ends.get(start)

    def closing_dollar(self, start: int) -> int | None:
        """The dollar that ends the formula that begins here."""
        match = _DOLLAR.match(self.text, start, start + _MAX_FORMULA)
        return match.end() - 1 if match else None

    def find_near(self, text: str, start: int, *, verb: bool = False) -> int | None:
        """The next place of a text, if it is near enough."""
        limit = start + (_MAX_VERB if verb else _MAX_FORMULA)
        found = self.text.find(text, start, limit) if text else -1
        return found if found >= 0 else None

    def number(self, position: int) -> tuple[int, int] | None:
        """A number of TeX, and where it ends."""
        match = _NUMBER.match(self.text, position)
        if match is None:
            return None
        hexadecimal, octal, character, decimal = match.groups()
        if character:
            return ord(character), match.end()
        base = 16 if hexadecimal else 8 if octal else 10
        return int(hexadecimal or octal or decimal, base), match.end()


def _group_ends(source: str) -> dict[int, int]:
    """The closing brace of each opening one."""
    ends: dict[int, int] = {}
    starts: list[int] = []
    for match in _BRACE.finditer(source):
        if match[0] == "{":
            starts.append(match.start())
        elif match[0] == "}" and starts:
            ends[starts.pop()] = match.start()
    return ends
