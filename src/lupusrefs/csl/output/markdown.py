r"""Markdown: CommonMark, with Pandoc's superscripts, subscripts and spans.

Text is escaped where it would be markup to either of the two. CommonMark sections are
those of version 0.31.2, Pandoc's those of its user's guide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby
from typing import ClassVar, Final

from lupusrefs.csl.output.runs import Run, nested, spaces_outside
from lupusrefs.csl.output.tree import Inline, Link, Tag, Tagged
from lupusrefs.csl.output.urls import encoded
from lupusrefs.csl.output.writer import LineWriter

_MARKUP: Final = re.compile(
    # The @ is Pandoc's, for citations.
    r"[\\`*\[\]~^$|@]"
    # Within a word an underscore is one (CommonMark, "Emphasis", rule 2).
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|&(?=\#?\w+;)"
    r"|<(?=[\w/!?])"
    # Pandoc, "smart": dashes and an ellipsis.
    r"|-(?=-)|\.(?=\.\.)"
)
# At the start of a line: headings, quotes, lists, rules; Pandoc's definitions, titles.
_BLOCK_MARK: Final = re.compile(r"[#>=:%]|[-+](?=\s|$)|-(?=-)")
# List markers with their delimiter: numbers, and Pandoc's "fancy_lists", where a
# capital and a full stop need two blanks, so that "B. Russell" is a name.
_ENUMERATOR: Final = re.compile(
    r"(\(?(?:[0-9]+|[a-z]|[ivxlcdm]+|[IVXLCDM]{2,}|[A-Z](?=\)|\.(?:\s\s|\s*$))))([.)])(?=\s|$)"
)
_AUTOLINK: Final = re.compile(r"https?://[!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~]+")
_ENTITY: Final = re.compile(r"&(?=\#?\w+;)")


class _Kind(Enum):
    TEXT = auto()
    # Emphasis, whose marks depend on what stands around them.
    OPEN = auto()
    CLOSE = auto()
    # Brackets and the like.
    SYNTAX = auto()


@dataclass(slots=True)
class _Piece:
    kind: _Kind
    text: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """The indices of the pieces around emphasised text."""

    begin: int
    end: int


# Tag -> how often an asterisk or an underscore is written.
_EMPHASIS: Final = {Tag.ITALIC: 1, Tag.BOLD: 2}
_SPANS: Final = {Tag.SMALL_CAPS: ".smallcaps", Tag.UNDERLINE: ".underline"}
_VERTICALS: Final[Mapping[Tag, tuple[str, str]]] = {
    Tag.SUPERSCRIPT: ("^", "sup"),
    Tag.SUBSCRIPT: ("~", "sub"),
}


class MarkdownWriter(LineWriter):
    """A paragraph for each entry."""

    line_break: ClassVar[str] = "\\\n"

    def phrase(self, runs: Sequence[Run]) -> str:
        """The runs with emphasis that holds wherever it begins and ends."""
        pieces = _Pieces(spaces_outside(nested(_oblique_as_italic(runs)))).finished()
        while _flank(pieces):
            # A letter that was alone between two signs is punctuation to both.
            pass
        return "".join([piece.text for piece in pieces]).strip(" ")


def _oblique_as_italic(runs: Sequence[Run]) -> list[Run]:
    """The same: side by side the two are one emphasis."""
    return [
        replace(
            run,
            marks=tuple(
                Tag.ITALIC if mark is Tag.OBLIQUE else mark for mark in run.marks
            ),
        )
        if Tag.OBLIQUE in run.marks
        else run
        for run in runs
    ]


class _Pieces:
    """Text and markup in their order."""

    def __init__(self, tree: Sequence[Inline]) -> None:
        self._pieces: list[_Piece] = []
        # Emphasis, and what is emphasised within.
        self._nested: list[tuple[_Pair, list[_Pair]]] = []
        self._inner: list[_Pair] = []
        self._walk(tree)

    def finished(self) -> list[_Piece]:
        for outer, inner in self._nested:
            for pair in inner:
                if self._is_crowded(pair, outer):
                    for at in (pair.begin, pair.end):
                        piece = self._pieces[at]
                        piece.text = piece.text.replace("*", "_")
        return self._pieces

    def _is_crowded(self, inner: _Pair, outer: _Pair) -> bool:
        """Whether more than three asterisks would meet, or three before others.

        Which of them are paired depends on their number and on the punctuation around
        (CommonMark, "Emphasis", rules 9 and 10). One by one they are safe: a single
        asterisk never pairs with two.
        """
        pieces = self._pieces
        after = pieces[outer.end + 1] if outer.end + 1 < len(pieces) else None
        return (
            inner.begin == outer.begin + 1
            or (outer.begin > 0 and pieces[outer.begin - 1].kind is _Kind.CLOSE)
            or bool(inner.end == outer.end - 1 and after and after.kind is _Kind.OPEN)
        )

    def _walk(self, tree: Sequence[Inline]) -> None:
        for node in tree:
            if isinstance(node, str):
                self._text(node)
            elif isinstance(node, Link):
                self._link(node)
            elif node.tag in _VERTICALS:
                self._vertical(node)
            elif node.tag in _EMPHASIS:
                self._emphasis(node)
            elif node.tag in _SPANS:
                self._bracket(node, f"]{{{_SPANS[node.tag]}}}")
            else:
                self._walk(node.children)

    def _text(self, text: str) -> None:
        if self._pieces:
            escaped = _MARKUP.sub(r"\\\g<0>", text)
            if escaped.startswith("{") and self._pieces[-1].kind is _Kind.SYNTAX:
                escaped = f"\\{escaped}"  # no attributes of a link
        else:
            escaped = _line_start(text)
        self._pieces.append(_Piece(_Kind.TEXT, escaped))

    def _emphasis(self, node: Tagged) -> None:
        siblings, self._inner = self._inner, []
        begin = len(self._pieces)
        marks = "*" * _EMPHASIS[node.tag]
        self._pieces.append(_Piece(_Kind.OPEN, marks))
        self._walk(node.children)
        pair = _Pair(begin, len(self._pieces))
        self._pieces.append(_Piece(_Kind.CLOSE, marks))
        if self._inner:
            self._nested.append((pair, self._inner))
        self._inner = [*siblings, pair]

    def _bracket(self, node: Tagged | Link, closing: str) -> None:
        if self._pieces and (last := self._pieces[-1]).kind is _Kind.TEXT:
            # With the bracket it would begin an image.
            last.text = re.sub("!$", r"\!", last.text)
        self._syntax("[", node, closing)

    def _syntax(self, opening: str, node: Tagged | Link, closing: str) -> None:
        self._pieces.append(_Piece(_Kind.SYNTAX, opening))
        self._walk(node.children)
        self._pieces.append(_Piece(_Kind.SYNTAX, closing))

    def _link(self, link: Link) -> None:
        if link.children == [link.href] and _AUTOLINK.fullmatch(link.href):
            self._pieces.append(_Piece(_Kind.SYNTAX, f"<{link.href}>"))
            return
        href = _ENTITY.sub("&amp;", encoded(link.href))
        # Brackets around it, since parentheses need not be balanced in a DOI.
        where = f"<{href}>" if "(" in href or ")" in href else href
        self._bracket(link, f"]({where})")

    def _vertical(self, node: Tagged) -> None:
        mark, element = _VERTICALS[node.tag]
        begin = len(self._pieces)
        self._syntax(mark, node, mark)
        inner = self._pieces[begin + 1 : -1]
        if any(p.kind is _Kind.SYNTAX or "\\" in p.text for p in inner):
            # "^[" would be Pandoc's footnote, "~~" struck out; Pandoc 3.9 reads what
            # is escaped within as markup.
            self._pieces[begin].text = f"<{element}>"
            self._pieces[-1].text = f"</{element}>"
            return
        for piece in inner:
            # Pandoc, "Superscripts and subscripts": blanks in them are escaped.
            piece.text = piece.text.replace(" ", "\\ ")


def _line_start(text: str) -> str:
    """The text escaped, where it may be the first of a line."""
    blank = text[: len(text) - len(text.lstrip())]
    text = text.lstrip()
    if found := _ENUMERATOR.match(text):
        rest = _MARKUP.sub(r"\\\g<0>", text[found.end() :])
        return f"{blank}{found[1]}\\{found[2]}{rest}"
    if _BLOCK_MARK.match(text):
        return f"{blank}\\{text[0]}" + _MARKUP.sub(r"\\\g<0>", text[1:])
    return blank + _MARKUP.sub(r"\\\g<0>", text)


def _flank(pieces: list[_Piece]) -> bool:
    """Make emphasis begin and end where its signs stand; whether text was changed.

    CommonMark, "Left-flanking delimiter run": a sign between a letter and a punctuation
    mark belongs to the letter's side, and an underscore between two letters is text. As
    a numeric reference a letter ends in a semicolon and begins with an ampersand, so
    that punctuation is on both sides.
    """
    end = 0
    changed = False
    for sign, found in groupby(pieces, key=_sign):
        run = list(found)
        begin, end = end, end + len(run)
        if not sign or begin == 0 or end == len(pieces):
            continue
        before, after = pieces[begin - 1], pieces[end]
        left, right = before.text[-1], after.text[0]
        kinds = {piece.kind for piece in run}
        if (
            _Kind.OPEN in kinds
            and _is_wordlike(left)
            and (sign == "_" or _is_mark(right))
        ):
            rest = re.sub(r"(?<!\\)_$", r"\\_", before.text[:-1])
            before.text = f"{rest}&#{ord(left)};"
            changed = True
        if (
            _Kind.CLOSE in kinds
            and _is_wordlike(right)
            and (sign == "_" or _is_mark(left))
        ):
            rest = re.sub("^_", r"\\_", after.text[1:])
            after.text = f"&#{ord(right)};{rest}"
            changed = True
    return changed


def _sign(piece: _Piece) -> str:
    """Of a piece of emphasis, by which those that meet are one run to a reader."""
    return piece.text[0] if piece.kind in {_Kind.OPEN, _Kind.CLOSE} else ""


def _is_mark(char: str) -> bool:
    """Whether a reader may take it for punctuation; versions differ in symbols."""
    return unicodedata.category(char)[0] in "PS"


def _is_wordlike(char: str) -> bool:
    """Whether it is surely neither blank nor punctuation to every reader."""
    return not (
        char.isspace() or unicodedata.category(char)[0] == "P" or char in "$+<=>^`|~"
    )
