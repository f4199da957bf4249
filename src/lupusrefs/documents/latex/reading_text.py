r"""The text of a LaTeX document as a reader sees it, each piece in its place.

What stands in the file just so is kept; accents, symbols and short formulas become the
characters that they are (by the reader of BibTeX's fields); commands go, and the text
in their braces stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lupusrefs.documents.latex.citations import citation_commands
from lupusrefs.documents.latex.inclusion import Segment
from lupusrefs.documents.placed_text import PlacedText, TextBuilder
from lupusrefs.formats.bibtex.latex_commands import (
    CONTROL_SYMBOLS,
    DIMENSIONS,
    VERBATIM,
)
from lupusrefs.formats.bibtex.latex_symbols import symbol
from lupusrefs.formats.bibtex.parse_latex import plain, verbatim
from lupusrefs.model.location import Span

_ACCENT: Final = (
    r"\\(?:[`'^~=.\"]\s*|[uvHckdrbt](?:[ \t]+|(?=\{)))"
    r"(?:\{\s*\\?[A-Za-z]\s*\}|\\[ij](?![A-Za-z])|[A-Za-z])"
)
_TOKEN: Final = re.compile(
    rf"(?P<accent>\{{{_ACCENT}\}}|{_ACCENT})"
    r"|\\(?P<word>[A-Za-z@]+)\*?[ \t]*"
    r"|\\(?P<symbol>.)"
    r"|(?P<math>\$[^$]{1,200}\$)"
    r"|(?P<mark>[{}~&$]|-{2,3}|``|'')",
    re.DOTALL,
)
_MARKS: Final = {"~": " ", "&": " ", "--": "–", "---": "—", "``": "“", "''": "”"}
# How many arguments say nothing to a reader; optional ones before them neither.
_DROPPED: Final[dict[str, int]] = {
    **dict.fromkeys(
        (
            *("label", "ref", "eqref", "pageref", "autoref", "cref", "Cref", "nameref"),
            *("bibliography", "bibliographystyle", "nobibliography", "addbibresource"),
            *("vspace", "hspace", "includegraphics", "documentclass", "usepackage"),
            *("pagestyle", "thispagestyle", "pagenumbering", "index", "glossary"),
            *("color", "textcolor", "hypertarget", "hyperlink", "foreignlanguage"),
            *("selectlanguage", "href", "href@noop", "end", "graphicspath"),
            *("captionsetup", "bibitem", "phantom", "DeclareMathOperator"),
            *("input", "include", "hypersetup", "tikzset", "sisetup", "stepcounter"),
            *("bibinfo", "bibfield", "BibitemShut", "natexlab", "includeonly"),
        ),
        1,
    ),
    **dict.fromkeys(
        (
            *("newcommand", "renewcommand", "providecommand", "setlength", "rule"),
            *("setcounter", "addtocounter", "addtolength", "fontsize", "resizebox"),
        ),
        2,
    ),
    **dict.fromkeys(
        ("newenvironment", "renewenvironment", "addcontentsline", "bib"), 3
    ),
}
_HEADINGS: Final = frozenset(
    "part chapter section subsection subsubsection paragraph subparagraph title author"  # noqa: SIM905 - a list of words
    " date caption bibsection".split()
)
_NOTES: Final = frozenset(
    ("footnote", "footnotetext", "endnote", "marginpar", "sidenote", "thanks")
)
_PARAGRAPH: Final = "\n\n"
_BREAKS: Final = {
    **dict.fromkeys(
        ("par", "newpage", "clearpage", "bigskip", "medskip", "bibitem"), _PARAGRAPH
    ),
    **dict.fromkeys(("item", "newline", "newblock", "linebreak"), "\n"),
}
_SPACES: Final = dict.fromkeys(("quad", "qquad", "space", "enspace", "hfill"), " ")
_LIST: Final = "thebibliography"
_FIRST_ENTRY: Final = re.compile(r"\\bibitem[ \t%\r\n]*[\[{]")
_MEASURED: Final = DIMENSIONS | {"penalty"}


def reading_text(
    segments: Iterable[Segment], own: frozenset[str] = frozenset()
) -> PlacedText:
    """The text of what is printed, in reading order.

    Args:
        segments: the document.
        own: its own citation commands.
    """
    builder = TextBuilder()
    for segment in segments:
        if segment.is_body:
            _Reader(segment, builder, own).read()
    return builder.build()


class _Reader:
    """Reads one stretch of a file."""

    def __init__(
        self, segment: Segment, builder: TextBuilder, own: frozenset[str]
    ) -> None:
        self._view = segment.view
        self._arguments = segment.view.arguments
        self._start, self._end = segment.start, segment.end
        self._out = builder
        # Where a heading or a note ends, and what parts it from what follows.
        self._ends: dict[int, str] = {}
        self._cited = {
            command.span.start: command.span.end
            for command in citation_commands(
                self._arguments, segment.start, segment.end, own
            )
        }

    def read(self) -> None:
        """Write all of it."""
        code, at = self._view.code, self._start
        self._out.gap("\n")
        while match := _TOKEN.search(code, at, self._end):
            self._copy(at, match.start())
            at = max(self._token(match), match.end())
        self._copy(at, self._end)

    def _copy(self, start: int, end: int) -> None:
        """What stands there, without what is dead in it."""
        for span in self._view.living(start, end):
            self._out.verbatim(self._view.source, span.start, span.end)

    def _put(self, text: str, match: re.Match[str]) -> None:
        self._out.decoded(text, self._view.source, match.start(), match.end())

    def _token(self, match: re.Match[str]) -> int:
        """Write one token; the position behind it."""
        kind = match.lastgroup
        if kind == "word":
            return self._word(match)
        if kind == "symbol":
            return self._symbol(match)
        if kind == "mark":
            self._put(_MARKS.get(match[0], ""), match)
            if match[0] == "}":
                self._end_group(match.start())
        else:  # an accent or a formula
            self._put(plain(match[0]), match)
        return match.end()

    def _end_group(self, at: int) -> None:
        if at in self._ends:
            self._out.gap(self._ends[at])
        elif self._view.code.startswith("{", at + 1):
            self._out.gap(" ")  # two arguments of a command that nobody knows

    def _symbol(self, match: re.Match[str]) -> int:
        char = match["symbol"]
        if char == "\\":
            self._out.gap("\n")
            return self._arguments.behind_optionals(match.end())
        if char not in "()[]":
            self._put(CONTROL_SYMBOLS.get(char, char), match)
        return match.end()

    def _word(self, match: re.Match[str]) -> int:
        name, end = match["word"], match.end()
        if match.start() in self._cited:
            return self._cited[match.start()]
        if name in VERBATIM:
            return self._address(end)
        if name == "begin":
            return self._environment(end)
        if name in _HEADINGS:
            return self._apart(end, _PARAGRAPH)
        if name in _NOTES:
            return self._apart(end, " ")
        if name in _BREAKS:
            self._out.gap(_BREAKS[name])
        if name in _DROPPED:
            behind = self._arguments.skip(_DROPPED[name], end)
            text = self._arguments.gap(behind)
            return text if self._view.code.startswith("{", text) else behind
        if name in _MEASURED:
            return self._arguments.behind_length(end)
        shown = _SPACES.get(name) or symbol(name)
        if shown is not None:
            self._put(shown, match)
        return end

    def _apart(self, end: int, gap: str) -> int:
        """What is no part of the line around it: a heading, a note below the page."""
        self._out.gap(gap)
        end = self._arguments.behind_optionals(end)
        if group := self._arguments.group(end):
            self._ends[group.end] = gap
        return end

    def _address(self, end: int) -> int:
        r"""``\url{…}``: verbatim, where nothing in it is escaped."""
        group = self._arguments.group(end)
        if group is None:
            return end
        written = self._view.source.text[group.start : group.end]
        text = verbatim(written)
        if text == written:
            self._out.verbatim(self._view.source, group.start, group.end)
        else:
            self._out.decoded(text, self._view.source, group.start, group.end)
        return group.end + 1

    def _environment(self, end: int) -> int:
        """Begin of an environment: its arguments, if they stand close, are layout."""
        group = self._arguments.group(end)
        if group is None:
            return end
        self._out.gap("\n")
        at, text = group.end + 1, self._view.code
        while text.startswith(("[", "{"), at):
            found: Span | None = self._arguments.optional(at)
            found = found or self._arguments.group(at)
            if found is None:
                break
            at = found.end + 1
        if self._arguments.written(group) == _LIST:
            # Styles put their macros before the first entry.
            first = _FIRST_ENTRY.search(text, at, self._end)
            at = first.start() if first else at
        return at
