"""Affixes, quotation marks and formatting around what an element emits.

Affixes are outside quotation marks and formatting, but for those of ``cs:layout``, and
``display`` is around everything (CSL 1.0.2 specification, "Affixes", "Formatting").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lupusrefs.csl import stream
from lupusrefs.csl.output.tree import Tag
from lupusrefs.csl.rendering import Renderer, Rendering
from lupusrefs.csl.rich_text import parse
from lupusrefs.csl.stream import Token
from lupusrefs.csl.text_case import convert

# Innermost first.
_FORMATS: Final = (
    (
        "font-style",
        {"italic": Tag.ITALIC, "oblique": Tag.OBLIQUE, "normal": Tag.NO_ITALIC},
    ),
    ("font-variant", {"small-caps": Tag.SMALL_CAPS, "normal": Tag.NO_SMALL_CAPS}),
    ("font-weight", {"bold": Tag.BOLD, "light": Tag.LIGHT, "normal": Tag.NO_BOLD}),
    ("text-decoration", {"underline": Tag.UNDERLINE, "none": Tag.NO_UNDERLINE}),
    (
        "vertical-align",
        {"sup": Tag.SUPERSCRIPT, "sub": Tag.SUBSCRIPT, "baseline": Tag.BASELINE},
    ),
)
_DISPLAYS: Final = {
    "block": Tag.BLOCK,
    "left-margin": Tag.LEFT_MARGIN,
    "right-inline": Tag.RIGHT_INLINE,
    "indent": Tag.INDENT,
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What goes around the output of an element.

    Attributes:
        head: before it.
        tail: behind it.
        text_case: a change of case of what is in it; empty for none.
        strip_periods: whether its full stops are removed.
        is_english: whether title case applies.
    """

    head: tuple[Token, ...]
    tail: tuple[Token, ...]
    text_case: str = ""
    strip_periods: bool = False
    is_english: bool = True

    @property
    def changes(self) -> bool:
        """Whether what is in it is changed, not only framed."""
        return bool(self.text_case) or self.strip_periods

    @property
    def is_empty(self) -> bool:
        """Whether it does nothing."""
        return not (self.head or self.tail or self.changes)

    def close(self, out: list[Token], start: int, language: str = "") -> None:
        """Put the frame around all from a place on, if there is anything."""
        if len(out) == start:
            return
        if self.text_case or self.strip_periods:
            out[start:] = self.changed(out[start:], language)
        if self.head:
            out[start:start] = self.head
        if self.tail:
            out.extend(self.tail)

    def changed(self, tokens: Sequence[Token], language: str = "") -> list[Token]:
        """Tokens in the case of the frame, without periods if it strips them."""
        changed = list(tokens)
        if self.strip_periods:
            changed = [
                token.replace(".", "") if isinstance(token, str) else token
                for token in changed
            ]
        if self.text_case:
            changed = convert(
                self.text_case,
                changed,
                is_english=is_english(language, default=self.is_english),
            )
        return changed


def is_english(language: str, *, default: bool) -> bool:
    """Whether text of a language is English; of none, whether the style is."""
    return language[:2].lower() == "en" if language else default


def frame_of(
    attributes: Mapping[str, str], *, is_english: bool = True, affixes: bool = True
) -> Frame:
    """The frame that an element's attributes ask for.

    Args:
        attributes: of the element.
        is_english: whether the style's own language is English.
        affixes: whether prefix and suffix belong to it.
    """
    opening: list[Token] = []
    closing: list[Token] = []
    for name, tags in _FORMATS:
        tag = tags.get(attributes.get(name, ""))
        if tag is not None:
            opening.insert(0, stream.OPEN[tag])
            closing.append(stream.CLOSE[tag])
    if attributes.get("quotes") == "true":
        opening.insert(0, stream.QUOTE_OPEN)
        closing.append(stream.QUOTE_CLOSE)
    if affixes:
        opening = [*affix(attributes.get("prefix", "")), *opening]
        closing += affix(attributes.get("suffix", ""))
    display = _DISPLAYS.get(attributes.get("display", ""))
    if display is not None:
        opening.insert(0, stream.OPEN[display])
        closing.append(stream.CLOSE[display])
    return Frame(
        tuple(opening),
        tuple(closing),
        attributes.get("text-case", ""),
        attributes.get("strip-periods") == "true",
        is_english,
    )


def affix(text: str) -> tuple[Token, ...]:
    """An affix as tokens; none if it is empty."""
    return (text,) if text else ()


def framed(render: Renderer, frame: Frame) -> Renderer:
    """A renderer whose output stands in a frame."""
    if frame.is_empty:
        return render

    def in_frame(rendering: Rendering) -> None:
        start = len(rendering.out)
        render(rendering)
        frame.close(rendering.out, start, rendering.item.language)

    return in_frame


@lru_cache(maxsize=4_096)
def in_case(kind: str, text: str, is_english: bool) -> tuple[Token, ...]:
    """A value's tokens in another case."""
    return tuple(convert(kind, parse(text), is_english=is_english))
