r"""LaTeX -> CSL rich text, in one pass over the source and without recursion.

A field is a line of text with braces, commands, accents and formulas ("LaTeX 2e: An
unofficial reference manual"; ``btxhak`` for what braces mean to BibTeX). pylatexenc's
walker would build a tree of objects, at many times the price, and recurse over it; its
tables of symbols are used (``latex_symbols``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar, Final

from lupusrefs.formats.bibtex import latex_accents as accents
from lupusrefs.formats.bibtex import latex_commands as commands
from lupusrefs.formats.bibtex.latex_commands import Tags
from lupusrefs.formats.bibtex.latex_output import NO_TAGS, Case, LatexOutput
from lupusrefs.formats.bibtex.latex_source import LatexSource
from lupusrefs.formats.bibtex.latex_symbols import symbol
from lupusrefs.formats.bibtex.parse_math import ARGUMENTS, formula
from lupusrefs.formats.bibtex.parse_verbatim import verbatim

_TOKEN: Final = re.compile(
    r"\\(?:(?P<word>[A-Za-z]+)(?:\*(?=\s*[\[{]))?[ \t\r\n]*|(?P<symbol>.)|$)"
    r"|(?P<mark>[{}$~])|(?P<ligature>``|''|-{2,}|,,|[!?]`)|(?P<quote>[`'])"
    r"|(?P<script>[\^_]\{)",
    re.DOTALL,
)
_FORMULAS: Final = {"(": r"\)", "[": r"\]"}
# A formula is in no case that its braces could protect.
_ONLY_FORMULA: Final = re.compile(r"\s*\$[^$]{1,300}\$\s*\}")
_MAX_COMMAND: Final = 100  # characters of arguments that may be a formula's
# Characters that may be named by number: no controls, no halves of a pair.
_PRINTABLE: Final = (range(0x20, 0xD800), range(0xE000, 0x110000))


class LatexReader:
    """Reads one field.

    Attributes:
        unknown: commands without braces that nobody knows; they are left out.
    """

    def __init__(self, source: str, *, markup: bool, protect: bool) -> None:
        self.unknown: list[str] = []
        self._source = LatexSource(source)
        self._markup = markup
        self._protect = protect
        self._out = LatexOutput(markup=markup)
        self._argument = -1  # where a command's argument begins
        self._single_quotes = 0

    def read(self) -> str:
        """The text; spaces and composition are the caller's."""
        text, search, write = self._source.text, _TOKEN.search, self._out.write
        position = 0
        while match := search(text, position):
            if position < match.start():
                write(text[position : match.start()])
            position = self._token(match)
        write(text[position:])
        return self._out.finished()

    def _token(self, match: re.Match[str]) -> int:
        """Read one token; the position after it."""
        kind, end = match.lastgroup, match.end()
        if kind == "word":
            return self._command(match["word"], end)
        if kind == "mark":
            return self._mark(match[0], end)
        if kind == "symbol":
            return self._control_symbol(match["symbol"], end)
        if kind == "ligature":
            self._out.write(commands.LIGATURES.get(match[0], match[0]))
        elif kind == "quote":
            self._quote(match[0], self._source.text[end : end + 1])
        elif kind == "script":
            raised = match[0] == "^{"
            self._out.open(commands.SUPERSCRIPT if raised else commands.SUBSCRIPT)
        return end

    def _mark(self, mark: str, end: int) -> int:
        if mark == "{":
            self._brace(end)
        elif mark == "}":
            self._out.close()
        elif mark == "$":
            return self._dollar(end)
        else:
            self._out.write(commands.LIGATURES[mark])
        return end

    def _brace(self, end: int) -> None:
        """A group: grouping, an argument, or protection from BibTeX.

        A brace that a backslash follows is a "special character", whose letters do
        change case (btxhak, "change.case$").
        """
        protects = (
            self._protect
            and not self._out.is_protected
            and self._argument != end - 1
            and not self._source.has("\\", end)
            and not _ONLY_FORMULA.match(self._source.text, end)
        )
        self._out.open(commands.NOCASE if protects else NO_TAGS, protects=protects)

    def _quote(self, mark: str, after: str) -> None:
        """A single quotation mark, or an apostrophe, which stays what it is."""
        if mark == "`":
            self._single_quotes += 1
            self._out.write("‘")
        elif self._single_quotes and not after.isalnum():
            self._single_quotes -= 1
            self._out.write("’")
        else:
            self._out.write("'")

    # Formulas

    def _dollar(self, end: int) -> int:
        """``$...$`` or ``$$...$$``; a dollar that begins none is a dollar."""
        text = self._source.text
        is_double = self._source.has("$", end)
        start = end + is_double
        close = self._source.closing_dollar(start)
        if close is not None:
            after = close + 1
            if is_double and self._source.has("$", after):
                after += 1
            # "$5 and $10" are prices, whatever TeX says.
            is_price = text[start].isdigit() and (
                text[close - 1].isspace() or text[after : after + 1].isdigit()
            )
            if not is_price and self._formula(text[start:close]):
                return after
        self._out.write("$")
        return end

    def _formula(self, content: str) -> bool:
        """Write a formula; False if it is none."""
        text = formula(content, markup=self._markup)
        if text is not None:
            self._out.write_formula(text)
        return text is not None

    # Commands

    def _control_symbol(self, char: str, end: int) -> int:
        if char in accents.SYMBOLS:
            return self._accent(accents.SYMBOLS[char], end)
        if char in _FORMULAS:
            close = self._source.find_near(_FORMULAS[char], end)
            if close is not None and self._formula(self._source.text[end:close]):
                return close + 2
        self._out.write(commands.CONTROL_SYMBOLS.get(char, char))
        return self._source.skip_optional(end) if char == "\\" else end

    def _accent(self, mark: str, end: int) -> int:
        self._out.accent(mark)
        end = self._source.skip_space(end)
        char = self._source.text[end : end + 1]
        if char == "{":
            self._argument = end
        elif char != "\\" and not char.isalnum():
            self._out.end_accents()
        return end

    def _command(self, name: str, end: int) -> int:
        handler = self._HANDLERS.get(name)
        if handler is not None:
            return handler(self, name, end)
        text = symbol(name)
        if text is not None:
            self._out.write(text)
        elif self._source.has("{", end) and not self._source.has("{}", end):
            # Nobody knows it: what is in its braces is text.
            self._argument = end
        elif (name.isupper() and len(name) > 1) or "TeX" in name:
            self._out.write(name)  # an author's own \XML, \VAX or \TeXLive
        else:
            self.unknown.append(name)
        return end

    def _accent_command(self, name: str, end: int) -> int:
        return self._accent(accents.WORDS[name], end)

    def _numbered_accent(self, _: str, end: int) -> int:
        r"""``\accent23 u``: TeX's own, by the place in its fonts."""
        number = self._source.number(end)
        if number is None or number[0] not in accents.NUMBERED:
            return end
        return self._accent(accents.NUMBERED[number[0]], number[1])

    def _style_command(self, name: str, end: int) -> int:
        return self._style(commands.STYLES[name], end)

    def _quotation(self, _: str, end: int) -> int:
        marks = commands.QUOTE_MARKS[self._out.quotes % 2]
        return self._style(marks, end, is_quote=True)

    def _change_case(self, name: str, end: int) -> int:
        case = str.upper if name in commands.UPPER else str.lower
        return self._style(NO_TAGS, end, case=case)

    def _style(
        self, tags: Tags, end: int, *, case: Case | None = None, is_quote: bool = False
    ) -> int:
        """A command with one argument: a group, or the next character."""
        start = self._source.skip_space(end)
        char = self._source.text[start : start + 1]
        if char == "{":
            self._out.open(tags, case=case, is_quote=is_quote)
            return start + 1
        if char.isalnum():
            self._out.open(tags, case=case)
            self._out.write(char)
            self._out.close()
            return start + 1
        return end

    def _switch(self, name: str, end: int) -> int:
        self._out.switch(commands.SWITCHES[name])
        return end

    def _plain_command(self, name: str, end: int) -> int:
        """A command that is worth a space or nothing, and some of its arguments."""
        self._out.write(commands.SPACES.get(name, ""))
        if name in commands.OPTIONAL:
            end = self._source.skip_optional(end)
        end = self._source.skip_groups(commands.DROPPED.get(name, 0), end)
        self._argument = end
        return end

    def _ensuremath(self, _: str, end: int) -> int:
        close = self._source.end_of_group(end)
        if close is not None and self._formula(self._source.text[end + 1 : close]):
            return close + 1
        return end

    def _math_command(self, name: str, end: int) -> int:
        r"""``\frac{1}{2}`` and the like outside of a formula."""
        after = self._source.skip_groups(ARGUMENTS[name], end)
        if 0 < after - end <= _MAX_COMMAND:
            content = f"\\{name}{self._source.text[end:after]}"
            text = formula(content, markup=self._markup)
            # A line over several words is no formula, a long fraction is one.
            is_text = text is not None and not text.startswith("$")
            if text is not None and (is_text or ARGUMENTS[name] > 1):
                self._out.write_formula(text)
                return after
        self._argument = end
        return end

    def _verbatim(self, _: str, end: int) -> int:
        close = self._source.end_of_group(end)
        if close is None:
            return end
        self._out.write(verbatim(self._source.text[end + 1 : close]))
        return close + 1

    def _verb(self, _: str, end: int) -> int:
        delimiter = self._source.text[end : end + 1]
        close = self._source.find_near(delimiter, end + 1, verb=True)
        if close is None:
            return end
        self._out.write(self._source.text[end + 1 : close])
        return close + 1

    def _dimension(self, _: str, end: int) -> int:
        self._out.write(" ")
        return self._source.skip_dimension(end)

    def _character(self, _: str, end: int) -> int:
        r"""``\char"7E``, a character by its number."""
        number = self._source.number(end)
        if number is None:
            return end
        if any(number[0] in characters for characters in _PRINTABLE):
            self._out.write(chr(number[0]))
        return number[1]

    _HANDLERS: ClassVar[dict[str, Callable[[LatexReader, str, int], int]]] = {
        **dict.fromkeys(commands.SPACES, _plain_command),
        **dict.fromkeys(commands.DROPPED, _plain_command),
        **dict.fromkeys(commands.OPTIONAL, _plain_command),
        **dict.fromkeys(commands.TRANSPARENT, _plain_command),
        **dict.fromkeys(ARGUMENTS, _math_command),
        **dict.fromkeys(accents.WORDS, _accent_command),
        **dict.fromkeys(commands.STYLES, _style_command),
        **dict.fromkeys(commands.SWITCHES, _switch),
        **dict.fromkeys(commands.QUOTES, _quotation),
        **dict.fromkeys(commands.VERBATIM, _verbatim),
        **dict.fromkeys(commands.UPPER | commands.LOWER, _change_case),
        **dict.fromkeys(commands.DIMENSIONS, _dimension),
        "accent": _numbered_accent,
        "ensuremath": _ensuremath,
        "char": _character,
        "verb": _verb,
    }
