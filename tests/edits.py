"""Generated edits: inside a text, in any order, none over another."""

from __future__ import annotations

from hypothesis import strategies as st

from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Span


@st.composite
def edited(
    draw: st.DrawFn,
    texts: st.SearchStrategy[str],
    news: st.SearchStrategy[str] | None = None,
) -> tuple[str, list[Edit]]:
    """A text and edits inside it that do not overlap, in any order."""
    text = draw(texts)
    edits = draw(edits_in(len(text), news))
    return text, edits


@st.composite
def edits_in(
    draw: st.DrawFn, length: int, news: st.SearchStrategy[str] | None = None
) -> list[Edit]:
    """Edits inside a text of this length; ``news`` is what they put in."""
    news = st.text(max_size=5) if news is None else news
    borders = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    spans = [Span(*pair) for pair in zip(borders[::2], borders[1::2], strict=False)]
    return draw(st.permutations([Edit(span, draw(news)) for span in spans]))
