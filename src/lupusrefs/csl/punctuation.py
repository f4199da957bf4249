"""What meets at the seams of an entry: punctuation, spaces, quotation marks.

A style's affixes and delimiters meet the ends of values: ``Who?`` and ``. `` make
``Who? ``, and in languages that want it a comma goes before a closing quotation mark.

Source: CSL 1.0.2 specification, "Style Options" (punctuation-in-quote), "Affixes"; the
pairs that are kept are those of citeproc-js.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lupusrefs.csl.output.tree import Inline, Link, Tag, Tagged
from lupusrefs.csl.stream import (
    JOIN,
    QUOTE_CLOSE,
    QUOTE_OPEN,
    SINGLE_CLOSE,
    SINGLE_OPEN,
    Kind,
    Mark,
    Token,
)

_SPACE: Final = " "
_SPACES: Final = frozenset(" \u00a0\u202f")
# (last character, first of what follows) -> what the two become. What is not here
# stays as it is; the same character is never doubled.
_PAIRS: Final = {
    "!": {".": "!", ":": "!"},
    "?": {".": "?", ":": "?"},
    ":": {"!": "!", "?": "?", ".": ":"},
    ";": {"!": "!", "?": "?", ":": ";", ".": ";"},
    ".": {},
    ",": {},
}
_SEAM: Final = frozenset(" .,:;!?")
_PUNCTUATION: Final = frozenset(".,:;!?")
# What may follow a mark that stands alone; nothing at the end of a string.
_BEHIND_A_MARK: Final = ("", " ", "\u00a0", ")", "]", "”", "»", "’")
_MOVED: Final = frozenset(".,")
_TOGGLES: Final = {
    Tag.ITALIC: Tag.NO_ITALIC,
    Tag.OBLIQUE: Tag.NO_ITALIC,
    Tag.BOLD: Tag.NO_BOLD,
    Tag.SMALL_CAPS: Tag.NO_SMALL_CAPS,
    Tag.UNDERLINE: Tag.NO_UNDERLINE,
}
_DISPLAYS: Final = frozenset((Tag.BLOCK, Tag.LEFT_MARGIN, Tag.RIGHT_INLINE, Tag.INDENT))
# What takes a formatting back does nothing where there is none.
_RESETS: Final = {
    Tag.NO_ITALIC: (Tag.ITALIC, Tag.OBLIQUE),
    Tag.NO_BOLD: (Tag.BOLD, Tag.LIGHT),
    Tag.NO_SMALL_CAPS: (Tag.SMALL_CAPS,),
    Tag.NO_UNDERLINE: (Tag.UNDERLINE,),
}


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotation marks of a language.

    Attributes:
        outer: opening and closing.
        inner: of quotations in quotations.
        takes_punctuation: whether full stops and commas go before the closing one.
        is_tidy: whether punctuation goes that is left over where a field is missing.
    """

    outer: tuple[str, str]
    inner: tuple[str, str]
    takes_punctuation: bool
    is_tidy: bool = False


def settled(tokens: Sequence[Token], quotes: Quotes) -> list[Token]:
    """Tokens whose strings have nothing at their seams that should not be there."""
    done: list[Token] = []
    last = -1
    joins = False
    for token in tokens:
        if isinstance(token, Mark):
            if token is JOIN:
                joins = True
            elif not token.is_place:
                done.append(token)
            continue
        text: str = token
        if not text:
            continue
        if joins:
            joins = False
        elif last >= 0 and text[0] in _SEAM:
            text, last = _met(done, last, text, quotes)
        if text:
            last = len(done)
            done.append(text)
    return done


def _tidied(done: list[Token], last: int, text: str) -> tuple[str, int]:
    """What is left of a full stop or comma behind a blank: no field was between them.

    Only one that stands alone counts: ".NET" and "..." are text.

    Returns:
        The rest of the text, and the index of the last string before it.
    """
    place, before = last, str(done[last])
    if before[-1] != _SPACE or text[1:2] not in _BEHIND_A_MARK:
        return text, last
    while not (bare := before.rstrip(_SPACE)):
        place = next((i for i in range(place - 1, -1, -1) if _is_text(done[i])), -1)
        if place < 0:
            return text, last
        before = str(done[place])
    for index in range(place + 1, last + 1):
        if _is_text(done[index]):
            done[index] = ""
    mark, char = bare[-1], text[0]
    is_affix = bare == mark  # the mark is all there is of its string
    if mark == char or (mark in "?!" and char == "."):
        merged = mark
    elif mark in ":;" or (mark == "," and char == ".") or (mark == "." and is_affix):
        merged = char
    else:
        merged = mark + char
    done[place] = bare[:-1] + merged
    return text[1:], place


def _is_text(token: Token) -> bool:
    return isinstance(token, str) and bool(token)


def _met(done: list[Token], last: int, text: str, quotes: Quotes) -> tuple[str, int]:
    """What is left of a text where it meets what went before.

    Returns:
        The rest of the text, and the index of the last string before it.
    """
    if quotes.is_tidy and text[0] in _MOVED:
        text, last = _tidied(done, last, text)
        if not text:
            return text, last
    before = done[last]
    assert isinstance(before, str)  # noqa: S101 - ``last`` is that of a string
    if text[0] == _SPACE:
        return (text.lstrip(_SPACE) if before[-1] in _SPACES else text), last
    between = done[last + 1 :]
    quoted = bool(between) and any(map(_closes_quotation, between))
    while text and text[0] in _PUNCTUATION:
        mark, char = before[-1], text[0]
        if quoted and not (quotes.takes_punctuation and char in _MOVED):
            break
        if mark == char:
            text = text[1:]
            continue
        merged = _PAIRS[mark].get(char) if mark in _PAIRS else None
        if merged is not None:
            before = before[:-1].removesuffix(merged) + merged
        elif quoted:
            before += char
        else:
            break
        done[last] = before
        text = text[1:]
    if text and text[0] == _SPACE and before[-1] in _SPACES and not quoted:
        text = text.lstrip(_SPACE)
    return text, last


def _closes_quotation(token: Token) -> bool:
    return token is QUOTE_CLOSE or token is SINGLE_CLOSE


class _Level:
    """A formatting or link that is open, and what is in it so far."""

    __slots__ = ("children", "href", "tag")

    def __init__(self, tag: Tag | None, href: str = "") -> None:
        self.tag = tag
        self.href = href
        self.children: list[Inline] = []

    def add(self, text: str) -> None:
        children = self.children
        if children and children[-1].__class__ is str:
            children[-1] += text
        else:
            children.append(text)

    def put(self, child: Inline) -> None:
        if isinstance(child, str):
            self.add(child)
        else:
            self.children.append(child)


def tree(tokens: Sequence[Token], quotes: Quotes) -> list[Inline]:
    """Tokens as a tree: tags in pairs, quotation marks by their depth."""
    builder = _Builder(quotes)
    for token in settled(tokens, quotes):
        if isinstance(token, str):
            builder.levels[-1].add(token)
        elif token.tag is not None:
            builder.format(token.kind, token.tag)
        else:
            builder.mark(token)
    return _with_spaces_outside(builder.content())


class _Builder:
    """A tree that grows by tokens.

    Attributes:
        levels: what is open, the outermost first.
    """

    def __init__(self, quotes: Quotes) -> None:
        self.levels = [_Level(None)]
        self._quotes = quotes
        self._quoted: list[bool] = []  # of each quotation: has it the inner marks
        self._active: dict[Tag, int] = {}

    def format(self, kind: Kind, tag: Tag) -> None:
        """Open or close a formatting."""
        active = self._active
        if kind is Kind.OPEN:
            active[tag] = active.get(tag, 0) + 1
            self.levels.append(_Level(_shown(tag, active)))
        else:
            active[tag] -= 1
            _close(self.levels)

    def mark(self, mark: Mark) -> None:
        """Open or close a link or a quotation; other marks leave no trace."""
        quotes, quoted = self._quotes, self._quoted
        if mark is QUOTE_OPEN or mark is SINGLE_OPEN:
            # Of quotations in quotations each has the marks that the outer has not.
            is_inner = mark is SINGLE_OPEN
            if quoted and quoted[-1] == is_inner:
                is_inner = not is_inner
            quoted.append(is_inner)
            self.levels[-1].add((quotes.inner if is_inner else quotes.outer)[0])
        elif _closes_quotation(mark) and quoted:
            self.levels[-1].add((quotes.inner if quoted.pop() else quotes.outer)[1])
        elif mark.kind is Kind.LINK_OPEN:
            self.levels.append(_Level(None, mark.href))
        elif mark.kind is Kind.LINK_CLOSE:
            _close(self.levels)

    def content(self) -> list[Inline]:
        """The tree, with everything closed."""
        while len(self.levels) > 1:
            _close(self.levels)
        return self.levels[0].children


def _shown(tag: Tag, active: dict[Tag, int]) -> Tag | None:
    """The tag that has the effect, where others are open; None if none has."""
    if tag in _RESETS:
        return tag if any(active.get(one, 0) % 2 for one in _RESETS[tag]) else None
    opposite = _TOGGLES.get(tag)
    return opposite if opposite is not None and active[tag] % 2 == 0 else tag


def _with_spaces_outside(content: list[Inline]) -> list[Inline]:
    """The same; spaces at the ends of the first and the last block stand outside it."""
    if not content:
        return content
    first = content[0]
    if isinstance(first, Tagged) and first.tag in _DISPLAYS:
        start = first.children[0]
        if isinstance(start, str) and start.startswith(_SPACE):
            bare = start.lstrip(_SPACE)
            content[0] = Tagged(first.tag, [bare, *first.children[1:]])
            content.insert(0, _SPACE)
    last = content[-1]
    if isinstance(last, Tagged) and last.tag in _DISPLAYS and len(content) > 1:
        end = last.children[-1]
        if isinstance(end, str) and end.endswith(_SPACE):
            bare = end.rstrip(_SPACE)
            content[-1] = Tagged(last.tag, [*last.children[:-1], bare])
            content.append(_SPACE)
    return content


def _close(levels: list[_Level]) -> None:
    level = levels.pop()
    if level.href and level.children:
        levels[-1].children.append(Link(level.href, level.children))
    elif level.tag is None:
        for child in level.children:
            levels[-1].put(child)
    elif level.children:
        levels[-1].children.append(Tagged(level.tag, level.children))
