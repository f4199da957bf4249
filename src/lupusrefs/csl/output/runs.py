"""A tree as runs of text in one formatting each, and runs as the least nested tree.

Runs have no ``NO_*`` tag: what such a tag takes back is just not among the marks of its
run. So a format needs no command for "upright again", and one that cannot nest is
written run by run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final

from lupusrefs.csl.output.characters import one_line
from lupusrefs.csl.output.tree import Inline, Link, Tag, Tagged
from lupusrefs.csl.output.urls import is_safe

DISPLAYS: Final = frozenset({Tag.BLOCK, Tag.LEFT_MARGIN, Tag.RIGHT_INLINE, Tag.INDENT})
_VERTICALS: Final = frozenset({Tag.SUPERSCRIPT, Tag.SUBSCRIPT})
# Tag -> what no longer holds within it. Two values of one CSL attribute exclude each
# other; superscripts alone add up, as in 2^{n^2}.
_LIFTS: Final = {
    Tag.ITALIC: {Tag.ITALIC, Tag.OBLIQUE},
    Tag.OBLIQUE: {Tag.ITALIC, Tag.OBLIQUE},
    Tag.NO_ITALIC: {Tag.ITALIC, Tag.OBLIQUE},
    Tag.BOLD: {Tag.BOLD, Tag.LIGHT},
    Tag.LIGHT: {Tag.BOLD, Tag.LIGHT},
    Tag.NO_BOLD: {Tag.BOLD, Tag.LIGHT},
    Tag.SMALL_CAPS: {Tag.SMALL_CAPS},
    Tag.NO_SMALL_CAPS: {Tag.SMALL_CAPS},
    Tag.UNDERLINE: {Tag.UNDERLINE},
    Tag.NO_UNDERLINE: {Tag.UNDERLINE},
    Tag.BASELINE: _VERTICALS,
}
_RESETS: Final = frozenset(
    {Tag.NO_ITALIC, Tag.NO_BOLD, Tag.NO_SMALL_CAPS, Tag.NO_UNDERLINE, Tag.BASELINE}
)


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one formatting.

    Attributes:
        text: on one line, never empty.
        marks: the formatting tags that hold, each once, from the outermost; only
            superscripts and subscripts may come more than once.
        href: where the text leads, if anywhere.
    """

    text: str
    marks: tuple[Tag, ...] = ()
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Runs in one display.

    Attributes:
        display: one of :data:`DISPLAYS`; None for what just goes on.
        runs: never empty.
    """

    display: Tag | None
    runs: list[Run]


def blocks(content: Sequence[Inline]) -> list[Block]:
    """The content by display, each part in runs; displays never nest."""
    flattener = _Flattener()
    flattener.walk(content, (), None)
    return flattener.finished()


class _Flattener:
    """Collects text until its formatting or display changes."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        # Of the current block; two blocks of one display in a row are still two.
        self._display: Tag | None = None
        self._runs: list[Run] = []
        # Of the current run.
        self._texts: list[str] = []
        self._marks: tuple[Tag, ...] = ()
        self._href: str | None = None

    def walk(
        self, content: Sequence[Inline], marks: tuple[Tag, ...], href: str | None
    ) -> None:
        for node in content:
            if isinstance(node, str):
                if marks != self._marks or href != self._href:
                    self._end_run()
                    self._marks, self._href = marks, href
                self._texts.append(node)
            elif isinstance(node, Link):
                # A link in a link leads where the outer one does: no format nests them.
                leads = href or (node.href if is_safe(node.href) else None)
                self.walk(node.children, marks, leads)
            elif node.tag in DISPLAYS:
                outer = self._display
                self._turn(node.tag)
                self.walk(node.children, marks, href)
                self._turn(outer)
            else:
                self.walk(node.children, _within(marks, node.tag), href)

    def finished(self) -> list[Block]:
        self._turn(None)
        return self._blocks

    def _end_run(self) -> None:
        if text := one_line("".join(self._texts)):
            self._runs.append(Run(text, self._marks, self._href))
        self._texts = []

    def _turn(self, display: Tag | None) -> None:
        self._end_run()
        if self._runs:
            self._blocks.append(Block(self._display, self._runs))
            self._runs = []
        self._display = display


def _within(marks: tuple[Tag, ...], tag: Tag) -> tuple[Tag, ...]:
    """The marks that hold inside of the tag."""
    lifted = _LIFTS.get(tag)
    if lifted and not lifted.isdisjoint(marks):
        if tag in marks:
            return marks
        marks = tuple(mark for mark in marks if mark not in lifted)
    return marks if tag in _RESETS else (*marks, tag)


def nested(runs: Sequence[Run]) -> list[Inline]:
    """The tree of the runs in which each formatting goes as far as it can.

    >>> nested([Run("a ", (Tag.ITALIC,)), Run("b"), Run(" c", (Tag.ITALIC,))])[1]
    'b'
    """
    tree: list[Inline] = []
    at = 0
    while at < len(runs):
        stretches = [(_stretch(runs, at, key), key) for key in _keys(runs[at])]
        if stretches:
            end, key = max(stretches, key=itemgetter(0))
            inner = nested([_without(run, key) for run in runs[at:end]])
            tree.append(
                Tagged(key, inner) if isinstance(key, Tag) else Link(key, inner)
            )
            at = end
            continue
        _append(tree, runs[at].text)
        at += 1
    return tree


def _keys(run: Run) -> Iterator[Tag | str]:
    """What may stand outermost: the URL, the marks, of verticals only the first."""
    if run.href is not None:
        yield run.href
    vertical = False
    for mark in run.marks:
        if mark not in _VERTICALS:
            yield mark
        elif not vertical:
            vertical = True
            yield mark


def _stretch(runs: Sequence[Run], at: int, key: Tag | str) -> int:
    """The index after the last of the runs from ``at`` on that have the key."""
    while at < len(runs) and key in _keys(runs[at]):
        at += 1
    return at


def _without(run: Run, key: Tag | str) -> Run:
    if not isinstance(key, Tag):
        return Run(run.text, run.marks)
    at = run.marks.index(key)
    return Run(run.text, run.marks[:at] + run.marks[at + 1 :], run.href)


def spaces_outside(tree: Sequence[Inline]) -> list[Inline]:
    """The tree with no blank at the beginning or end of a tag or link.

    In Markdown, signs beside one are no emphasis; Pandoc drops it from a span; Typst
    may drop it at the end of a content block.
    """
    moved: list[Inline] = []
    for node in tree:
        if isinstance(node, str):
            _append(moved, node)
            continue
        inner = spaces_outside(node.children)
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
