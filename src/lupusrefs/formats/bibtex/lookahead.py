"""What lies ahead in a text, searched for once however often it is asked."""

from __future__ import annotations

import re
from typing import Final

BRACE: Final = re.compile(r"[{}]")


class NextMatch:
    """Where a pattern matches next; what was found is not searched for again."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._search = pattern.search
        self._text = text
        self._from, self._to = 0, -1

    def at(self, position: int) -> int:
        """The first match at or behind ``position``, or the end of the text."""
        if not self._from <= position <= self._to:
            match = self._search(self._text, position)
            self._to = match.start() if match else len(self._text)
            self._from = position
        return self._to


class Braces:
    """Which brace closes which, in the part of a text where one does not."""

    def __init__(self) -> None:
        self._start, self._stop = 0, -1
        self._closing: dict[int, int] = {}

    def knows(self, start: int, stop: int) -> bool:
        """Whether this part has been looked at."""
        return stop == self._stop and self._start <= start

    def learn(self, text: str, start: int, stop: int) -> None:
        """Look at a part in which the brace at ``start`` is not closed."""
        self._start, self._stop, self._closing = start, stop, {}
        open_braces: list[int] = []
        for match in BRACE.finditer(text, start, stop):
            if match[0] == "{":
                open_braces.append(match.start())
            elif open_braces:
                self._closing[open_braces.pop()] = match.start()

    def closing(self, brace: int) -> int:
        """The brace that closes this one, or -1."""
        return self._closing.get(brace, -1)
