"""Where the arguments of LaTeX commands begin and end (latexref, 3.1)."""

from __future__ import annotations

import re
from typing import Final

from lupusrefs.formats.bibtex.latex_source import LatexSource
from lupusrefs.model.location import Span

# Between a command and its arguments: no blank line, which would be a paragraph's end.
_GAP: Final = re.compile(r"[ \t]*(?:\r?\n[ \t]*)?")
_MARK: Final = re.compile(r"\\.|[\[\]{}]", re.DOTALL)
_MAX_OPTIONAL: Final = 4000  # characters
_MAX_PARENTHESES: Final = 300
# How far all looks for the ends of optional arguments may go, in lengths of the text.
_BUDGET: Final = 8


class Arguments:
    """The arguments in one text.

    Attributes:
        text: all of it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._source = LatexSource(text)
        self._budget = _BUDGET * len(text) + _MAX_OPTIONAL

    def gap(self, position: int) -> int:
        """Behind the white space that may stand before an argument."""
        match = _GAP.match(self.text, position)
        return match.end() if match else position

    def group(self, position: int) -> Span | None:
        """The content of the ``{...}`` that comes next, if one does."""
        start = self.gap(position)
        end = self._source.end_of_group(start)
        return None if end is None else Span(start + 1, end)

    def optional(self, position: int) -> Span | None:
        """The content of the ``[...]`` that comes next, if one does."""
        start = self.gap(position)
        if not self.text.startswith("[", start):
            return None
        end = self._bracket_end(start + 1)
        return None if end is None else Span(start + 1, end)

    def _bracket_end(self, start: int) -> int | None:
        depth, at = 1, start
        limit = min(start + _MAX_OPTIONAL, start + max(self._budget, 0))
        while match := _MARK.search(self.text, at, limit):
            at = match.end()
            if match[0] == "{":
                close = self._source.end_of_group(match.start())
                at = at if close is None else close + 1
            elif match[0] == "}":
                break
            elif match[0] in "[]":
                depth += 1 if match[0] == "[" else -1
                if depth == 0:
                    self._budget -= at - start
                    return match.start()
        self._budget -= _MAX_OPTIONAL
        return None

    def parenthesis(self, position: int) -> Span | None:
        """The content of the ``(...)`` that comes next, if one does."""
        start = self.gap(position)
        if not self.text.startswith("(", start):
            return None
        end = self.text.find(")", start, start + _MAX_PARENTHESES)
        return None if end < 0 else Span(start + 1, end)

    def behind_optionals(self, position: int) -> int:
        """Behind all ``[...]`` that come next."""
        while found := self.optional(position):
            position = found.end + 1
        return position

    def skip(self, count: int, position: int) -> int:
        """Behind so many groups, and the optional arguments before each of them."""
        for _ in range(count):
            found = self.group(self.behind_optionals(position))
            if found is None:
                break
            position = found.end + 1
        return position

    def behind_length(self, position: int) -> int:
        """Behind the number or length that comes next without braces, if one does."""
        return self._source.skip_dimension(position)

    def written(self, span: Span) -> str:
        """What stands there."""
        return self.text[span.start : span.end]
