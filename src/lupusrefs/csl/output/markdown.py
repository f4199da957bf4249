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
from typing import ClassVar, Final

from lupusrefs.csl.output.runs import Run, nested
from lupusrefs.csl.output.tree import Inline, Link, Tag, Tagged
from lupusrefs.csl.output.urls import encoded
from lupusrefs.csl.output.writer import LineWriter

_MARKUP: Final = re.compile(
    # The @ is Pandoc's, for citations.
    r"[\\`*\[\]~^$|@]"
    # Within a word an underscore is one (CommonMark, "Emphasis", rule 2).
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|&(?=\#?\w+;)"
    r"|<(?=[A-Za-z/!?])"
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
    # Asterisks, whose meaning depends on what stands around them.
    OPEN = auto()
    CLOSE = auto()
    # Brackets and the like.
    SYNTAX = auto()


@dataclass(slots=True)
class _Piece:
    kind: _Kind
    text: str


_EMPHASIS: Final = {Tag.ITALIC: "*", Tag.OBLIQUE: "*", Tag.BOLD: "**"}
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
        pieces = _Pieces(_spaces_outside(nested(runs))).pieces
        _flank(pieces)
        return "".join([piece.text for piece in pieces]).strip(" ")


class _Pieces:
    """Text and markup in their order."""

    def __init__(self, tree: Sequence[Inline]) -> None:
        self.pieces: list[_Piece] = []
        self._walk(tree)

    def _walk(self, tree: Sequence[Inline]) -> None:
        for node in tree:
            if isinstance(node, str):
                self._text(node)
            elif isinstance(node, Link):
                self._link(node)
            elif node.tag in _VERTICALS:
                self._vertical(node)
            elif node.tag in _EMPHASIS:
                mark = _EMPHASIS[node.tag]
                self._around(_Kind.OPEN, mark, node.children, _Kind.CLOSE, mark)
            elif node.tag in _SPANS:
                self._syntax("[", node.children, f"]{{{_SPANS[node.tag]}}}")
            else:
                self._walk(node.children)

    def _text(self, text: str) -> None:
        if self.pieces:
            escaped = _MARKUP.sub(r"\\\g<0>", text)
            if escaped.startswith("{") and self.pieces[-1].kind is _Kind.SYNTAX:
                escaped = f"\\{escaped}"  # no attributes of a link
        else:
            escaped = _line_start(text)
        self.pieces.append(_Piece(_Kind.TEXT, escaped))

    def _around(
        self,
        begin: _Kind,
        opening: str,
        children: Sequence[Inline],
        end: _Kind,
        closing: str,
    ) -> None:
        self.pieces.append(_Piece(begin, opening))
        self._walk(children)
        self.pieces.append(_Piece(end, closing))

    def _syntax(self, opening: str, children: Sequence[Inline], closing: str) -> None:
        last = self.pieces[-1] if self.pieces else None
        if opening == "[" and last and last.kind is _Kind.TEXT:
            # With the bracket it would begin an image.
            last.text = re.sub("!$", r"\\!", last.text)
        self._around(_Kind.SYNTAX, opening, children, _Kind.SYNTAX, closing)

    def _link(self, link: Link) -> None:
        if link.children == [link.href] and _AUTOLINK.fullmatch(link.href):
            self.pieces.append(_Piece(_Kind.SYNTAX, f"<{link.href}>"))
            return
        href = _ENTITY.sub("&amp;", encoded(link.href))
        # Brackets around it, since parentheses need not be balanced in a DOI.
        where = f"<{href}>" if "(" in href or ")" in href else href
        self._syntax("[", link.children, f"]({where})")

    def _vertical(self, node: Tagged) -> None:
        mark, element = _VERTICALS[node.tag]
        begin = len(self.pieces)
        self._syntax(mark, node.children, mark)
        inner = self.pieces[begin + 1 : -1]
        if any(p.kind is _Kind.SYNTAX or "\\" in p.text for p in inner):
            # "^[" would be Pandoc's footnote, "~~" struck out; Pandoc 3.9 reads what
            # is escaped within as markup.
            self.pieces[begin].text = f"<{element}>"
            self.pieces[-1].text = f"</{element}>"
            return
        for piece in inner:
            # Pandoc, "Superscripts and subscripts": blanks in them are escaped.
            piece.text = piece.text.replace(" ", "\\ ")


def _spaces_outside(tree: Sequence[Inline]) -> list[Inline]:
    """The tree with no blank at the beginning or end of a tag or link.

    Asterisks beside one are no emphasis, and Pandoc drops it from a span.
    """
    moved: list[Inline] = []
    for node in tree:
        if isinstance(node, str):
            _append(moved, node)
            continue
        inner = _spaces_outside(node.children)
        before = after = ""
        if inner and isinstance(text := inner[0], str):
            inner[0] = bare = text.lstrip()
            before = text.removesuffix(bare)
        if inner and isinstance(text := inner[-1], str):
            inner[-1] = bare = text.rstrip()
            after = text.removeprefix(bare)
        _append(moved, before)
        if any(inner):
            moved.append(replace(node, children=[part for part in inner if part]))
        _append(moved, after)
    return moved


def _append(tree: list[Inline], text: str) -> None:
    if text and tree and isinstance(last := tree[-1], str):
        tree[-1] = last + text
    elif text:
        tree.append(text)


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


def _flank(pieces: list[_Piece]) -> None:
    """Make emphasis begin and end where its asterisks stand.

    CommonMark, "Left-flanking delimiter run": asterisks between a letter and a
    punctuation mark belong to the letter's side. As a numeric reference the letter ends
    in a semicolon and begins with an ampersand, so that both sides are punctuation.
    """
    at = 0
    while at < len(pieces):
        end = at
        while end < len(pieces) and pieces[end].kind in {_Kind.OPEN, _Kind.CLOSE}:
            end += 1
        if end == at:
            at += 1
            continue
        kinds = {piece.kind for piece in pieces[at:end]}
        if at > 0 and end < len(pieces):
            before, after = pieces[at - 1], pieces[end]
            left, right = before.text[-1], after.text[0]
            if _Kind.CLOSE in kinds and _is_mark(left) and _is_wordlike(right):
                rest = re.sub("^_", r"\\_", after.text[1:])
                after.text = f"&#{ord(right)};{rest}"
            if _Kind.OPEN in kinds and _is_mark(right) and _is_wordlike(left):
                rest = re.sub(r"(?<!\\)_$", r"\\_", before.text[:-1])
                before.text = f"{rest}&#{ord(left)};"
        at = end


def _is_mark(char: str) -> bool:
    """Whether a reader may take it for punctuation; versions differ in symbols."""
    return unicodedata.category(char)[0] in "PS"


def _is_wordlike(char: str) -> bool:
    """Whether it is surely neither blank nor punctuation to every reader."""
    return not (
        char.isspace() or unicodedata.category(char)[0] == "P" or char in "$+<=>^`|~"
    )
