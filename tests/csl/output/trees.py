"""Trees for the writers' tests, and what a reader of their output should find."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hypothesis import strategies as st

from lupusrefs.csl.output.characters import one_line
from lupusrefs.csl.output.runs import blocks
from lupusrefs.csl.output.tree import Inline, Link, RenderedEntry, Tag, Tagged

# A character with the formattings that hold for it; of a blank they are not seen.
Seen = list[tuple[str, frozenset[str]]]

# All that is markup somewhere, between letters that show where it was.
_ATOMS: Final = [
    *"ab1 é\\*_`[](){}#+-.!|<>~^$@&;:=%/,?'\"–—’“”\u00a0",
    *("a_b", "1. ", "A. ", "(1) ", "i) ", "--", "...", "&amp;", "<b>", "::", "//"),
    *("@key", "[1]", "![x](y)", "- ", "# ", "http://a.b/c", "$x$", "^[n]", "-1", "?`"),
]
HREFS: Final = (
    "https://doi.org/10.1000/a_b(c)",
    "https://example.org/?a=1&b=2#c%20d",
    "https://doi.org/10.1002/x<1::AID>3.0.CO;2-#",
)
FACES: Final = (
    *(Tag.ITALIC, Tag.NO_ITALIC, Tag.BOLD, Tag.NO_BOLD, Tag.SMALL_CAPS),
    *(Tag.UNDERLINE, Tag.SUPERSCRIPT, Tag.SUBSCRIPT, Tag.BASELINE, Tag.OBLIQUE),
)


# Line breaks become one blank where they meet: how many is a test of its own.
_ANY: Final = st.characters(exclude_characters="\t\n\r\x85\u2028\u2029")


def texts() -> st.SearchStrategy[str]:
    """Texts full of markup, and texts of nearly any characters."""
    marked = st.lists(st.sampled_from(_ATOMS), max_size=5).map("".join)
    return marked | st.text(_ANY, max_size=6)


def trees(tags: Sequence[Tag] = FACES) -> st.SearchStrategy[list[Inline]]:
    """Contents with these tags and links."""

    def around(
        inner: st.SearchStrategy[list[Inline]],
    ) -> st.SearchStrategy[list[Inline]]:
        node: st.SearchStrategy[Inline] = st.one_of(
            texts(),
            st.builds(Tagged, st.sampled_from(tags), inner),
            st.builds(Link, st.sampled_from(HREFS), inner),
        )
        return st.lists(node, max_size=4)

    leaves: st.SearchStrategy[list[Inline]] = st.lists(texts(), max_size=3)
    return st.recursive(leaves, around, max_leaves=8)


def said(content: Sequence[Inline]) -> str:
    """The text of a content, on one line."""
    parts = [n if isinstance(n, str) else said(n.children) for n in content]
    return one_line("".join(parts))


def seen(content: Sequence[Inline]) -> Seen:
    """The characters of a content with their formattings."""
    return squeezed(
        [
            (char, frozenset({*run.marks, *(["link"] if run.href else [])}))
            for block in blocks(content)
            for run in block.runs
            for char in run.text
        ]
    )


def squeezed(found: Seen) -> Seen:
    """Blanks as one, without formatting, and none at the ends."""
    kept: Seen = []
    for char, marks in found:
        if not char.isspace():
            kept.append((char, marks))
        elif kept and kept[-1][0] != " ":
            kept.append((" ", frozenset()))
    if kept and kept[-1][0] == " ":
        kept.pop()
    return kept


def entries(*contents: Sequence[Inline]) -> list[RenderedEntry]:
    """Entries of these contents."""
    return [RenderedEntry(str(at), content) for at, content in enumerate(contents)]


def numbered(number: str, *rest: Inline) -> list[Inline]:
    """An entry with a number in its margin."""
    return [Tagged(Tag.LEFT_MARGIN, [number]), Tagged(Tag.RIGHT_INLINE, rest)]


def italic(*children: Inline) -> Tagged:
    """In italics."""
    return Tagged(Tag.ITALIC, children)


def bold(*children: Inline) -> Tagged:
    """In bold."""
    return Tagged(Tag.BOLD, children)
