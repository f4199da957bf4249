r"""A LaTeX file as TeX sees it: comments and what is switched off are blanked.

Nothing is moved: every character keeps its place, so that what is found in the view
stands just there in the file. Sources: "LaTeX 2e: An unofficial reference manual"
(latexref), 8.6 (``filecontents``), 8.28 (``verbatim``) and 12; the TeXbook, chapter 20
(conditionals); verbatim.sty (``comment``); url.sty for ``%`` in addresses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lupusrefs.documents.latex.arguments import Arguments
from lupusrefs.formats.text import SourceText
from lupusrefs.model.location import Span

_VERBATIM: Final = frozenset(
    (
        *("verbatim", "verbatim*", "Verbatim", "Verbatim*", "BVerbatim", "LVerbatim"),
        *("lstlisting", "minted", "tcblisting", "listing", "spverbatim", "pycode"),
    )
)
_DEAD: Final = frozenset(("comment", "filecontents", "filecontents*"))
# Addresses may have "%" in them, and \verb everything.
_SIGN: Final = re.compile(
    r"""
    \\(?:url|path|nolinkurl|href|doi|burl)[ \t]*
        \{(?:[^{}\r\n]|\{[^{}\r\n]*\})*+\}
    | \\(?:verb|lstinline|mintinline(?:\{\w{1,20}\})?)\*?(?![A-Za-z])
        (?P<mark>[^A-Za-z0-9\s*{\[])(?P<verb>[^\r\n]{0,500}?)(?P=mark)
    | \\begin[ \t]*\{(?P<begin>[A-Za-z]{1,20}\*?)\}
    | (?P<finish>\\end[ \t]*\{document\})
    | (?P<iffalse>\\iffalse(?![A-Za-z@]))
    | \\.
    | (?P<comment>%[^\r\n]*(?:\r?\n(?![ \t]*\r?\n)[ \t]*)?)
    """,
    re.VERBOSE | re.DOTALL,
)
_EMBEDDED: Final = re.compile(
    r"[ \t]*(?:\[[^\]\r\n]{0,80}\])?[ \t]*\{(?P<name>[^{}\r\n]{1,200}\.bib)\}"
)
_CONDITION: Final = re.compile(
    r"\\(?:(?P<if>if[A-Za-z@]*)|(?P<else>else)|(?P<fi>fi))(?![A-Za-z@])"
    r"|\\newif[ \t]*\\[A-Za-z@]+|\\.|%[^\r\n]*",
    re.DOTALL,
)
# Their names begin so, but no \fi ends them: a symbol, and etoolbox, ifthen, ...
_NO_CONDITION: Final = re.compile(
    r"iff|ifthen\w*|iftoggle|ifbool|ifstr\w+|ifnum\w{3,}|ifdef\w{3,}|ifundef|ifblank"
    r"|ifboolexpr|ifcite\w+|iffield\w+|ifx\w{3,}"
)


@dataclass(frozen=True)
class LatexView:
    r"""One file, and what of it is alive.

    Attributes:
        source: the file.
        code: of the same length; what TeX skips is blank, and what is set verbatim.
        dead: what TeX skips, in order.
        embedded: the reference files that it holds, by name (``filecontents``).
        body: behind ``\begin{document}``; 0 where there is none.
    """

    source: SourceText
    code: str
    dead: tuple[Span, ...]
    embedded: tuple[tuple[str, Span], ...]
    body: int

    @cached_property
    def arguments(self) -> Arguments:
        """Where the arguments of its commands end."""
        return Arguments(self.code)

    @cached_property
    def _dead_ends(self) -> list[int]:
        return [span.end for span in self.dead]

    def living(self, start: int, end: int) -> Iterator[Span]:
        """The parts of a stretch that TeX does not skip."""
        index = bisect_right(self._dead_ends, start)
        while index < len(self.dead) and self.dead[index].start < end:
            dead = self.dead[index]
            if start < dead.start:
                yield Span(start, dead.start)
            start = max(start, dead.end)
            index += 1
        if start < end:
            yield Span(start, end)


def view(source: SourceText) -> LatexView:
    """What of a file is alive."""
    return _Scanner(source).view()


class _Scanner:
    """One pass over one file."""

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._text = source.text
        self._dead: list[Span] = []
        self._verbatim: list[Span] = []
        self._embedded: list[tuple[str, Span]] = []
        self._body = 0
        # Ends that were looked for in vain: they need not be looked for again.
        self._missing: set[str] = set()

    def view(self) -> LatexView:
        text, position = self._text, 0
        while match := _SIGN.search(text, position):
            position = self._sign(match)
        code = _blanked(_blanked(text, self._dead), self._verbatim)
        dead, embedded = tuple(self._dead), tuple(self._embedded)
        return LatexView(self._source, code, dead, embedded, self._body)

    def _sign(self, match: re.Match[str]) -> int:
        """Read on behind a sign; the position from which to look for the next."""
        if match["comment"]:
            self._dead.append(Span(match.start(), match.end()))
        elif match["mark"]:
            start, end = match.span("verb")
            self._verbatim.append(Span(start, end))
            self._dead += [Span(match.start(), start), Span(end, match.end())]
        elif match["begin"]:
            return self._environment(match["begin"], match)
        elif match["finish"]:
            self._dead.append(Span(match.start(), len(self._text)))
            return len(self._text)
        elif match["iffalse"]:
            return self._switched_off(match)
        return match.end()

    def _environment(self, name: str, match: re.Match[str]) -> int:
        if name == "document" and not self._body:
            self._body = match.end()
        if name not in _DEAD | _VERBATIM or name in self._missing:
            return match.end()
        finish = f"\\end{{{name}}}"
        at = self._text.find(finish, match.end())
        if at < 0:
            self._missing.add(name)
            return match.end()
        if name in _DEAD:
            self._dead.append(Span(match.start(), at + len(finish)))
            if head := _EMBEDDED.match(self._text, match.end(), at):
                self._embedded.append((head["name"], Span(head.end(), at)))
        else:
            self._verbatim.append(Span(match.end(), at))
        return at + len(finish)

    def _switched_off(self, match: re.Match[str]) -> int:
        r"""``\iffalse … \else … \fi``, other conditionals inside it."""
        depth = 1
        if "iffalse" in self._missing:
            return match.end()
        for found in _CONDITION.finditer(self._text, match.end()):
            if found["if"] and not _NO_CONDITION.fullmatch(found["if"]):
                depth += 1
            elif found["fi"]:
                depth -= 1
            if depth == 0 or (depth == 1 and found["else"]):
                self._dead.append(Span(match.start(), found.end()))
                return found.end()
        self._missing.add("iffalse")
        return match.end()


def _blanked(text: str, spans: list[Span]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in ((span.start, span.end) for span in spans):
        pieces += [text[done:start], " " * (end - start)]
        done = end
    return "".join([*pieces, text[done:]])
