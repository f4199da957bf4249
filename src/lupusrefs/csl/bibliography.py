"""The bibliography of a registry's items.

Source: CSL 1.0.2 specification, "Bibliography", "Reference Grouping".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lupusrefs.csl.engine import Engine
from lupusrefs.csl.numbers import count_of
from lupusrefs.csl.output.tree import Layout, RenderedEntry, Tag, Tagged, text_of
from lupusrefs.csl.registry import Registry
from lupusrefs.csl.stream import (
    LIST_CLOSE,
    LIST_OPEN,
    NAME_CLOSE,
    NAME_OPEN,
    NAMES_CLOSE,
    NAMES_OPEN,
    Token,
    plain,
    span,
)

# What stands for something that a style shows nothing of (citeproc-js has the same).
NO_PRINTED_FORM: Final = "[CSL STYLE ERROR: reference with no printed form.]"
_COMPLETE: Final = "complete-all"


def layout_of(engine: Engine, rendered: Sequence[RenderedEntry]) -> Layout:
    """How the entries stand on the page."""
    options = engine.bibliography.options
    widths = [_width(entry) for entry in rendered]
    return Layout(
        hanging_indent=options.get("hanging-indent") == "true",
        second_field_align=options.get("second-field-align"),
        line_spacing=_number(options.get("line-spacing"), 1),
        entry_spacing=_number(options.get("entry-spacing"), 1),
        max_offset=max(widths, default=0),
    )


def _width(entry: RenderedEntry) -> int:
    """The width of the field in the margin, in characters."""
    first = entry.content[0] if entry.content else ""
    if not isinstance(first, Tagged) or first.tag is not Tag.LEFT_MARGIN:
        return 0
    return len(text_of(first.children).strip())


def _number(text: str | None, default: int) -> int:
    return count_of(text, default)


def entries(
    engine: Engine,
    registry: Registry,
    missing: dict[str, list[str]],
) -> Iterator[tuple[str, list[Token]]]:
    """The entries in order: (item id, tokens).

    Args:
        engine: the compiled style.
        registry: the items.
        missing: filled with the variables that the style wanted and an item lacks.
    """
    substitute = engine.bibliography.options.get("subsequent-author-substitute")
    rule = engine.bibliography.options.get(
        "subsequent-author-substitute-rule", _COMPLETE
    )
    before: _Names | None = None
    for item in registry.items:
        wanted: list[str] = []
        tokens = engine.entry(
            item, registry.more[item.id], registry.numbers[item.id], wanted
        )
        if wanted:
            missing[item.id] = wanted
        if not plain(tokens):
            # A numbered list has no gaps; any other does without the entry.
            number = registry.numbers[item.id]
            is_numbered = engine.bibliography.environment.has_citation_number
            yield item.id, [f"{number}. {NO_PRINTED_FORM}"] if is_numbered else []
            continue
        if substitute is not None:
            names = _Names.find(tokens)
            if names is not None and before is not None:
                tokens = names.substituted(tokens, before, substitute, rule)
            before = names
        yield item.id, tokens


class _Names:
    """The first names of an entry.

    Attributes:
        start: the index of the mark that opens the first list of names, or of all that
            stands for names where there is no list.
        end: that of the closing mark.
        text: what is between them.
        each: (start, end, text) of each name.
    """

    def __init__(self, tokens: Sequence[Token], start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.text = plain(list(tokens[start:end]))
        self.each: list[tuple[int, int, str]] = []
        opened = 0
        for index in range(start, end):
            if tokens[index] is NAME_OPEN:
                opened = index
            elif tokens[index] is NAME_CLOSE:
                name = plain(list(tokens[opened:index]))
                self.each.append((opened, index, name))

    @classmethod
    def find(cls, tokens: Sequence[Token]) -> _Names | None:
        """The first names among tokens, or None."""
        outer = span(tokens, NAMES_OPEN, NAMES_CLOSE, 0, len(tokens))
        if outer is None:
            return None
        inner = span(tokens, LIST_OPEN, LIST_CLOSE, *outer)
        return cls(tokens, *(inner or outer))

    def substituted(
        self, tokens: list[Token], before: _Names, text: str, rule: str
    ) -> list[Token]:
        """The tokens with a sign for the names that the entry before has, too."""
        if rule == _COMPLETE:
            if self.text != before.text:
                return tokens
            return [*tokens[: self.start + 1], text, *tokens[self.end :]]
        same = 0
        while (
            same < len(self.each)
            and same < len(before.each)
            and self.each[same][2] == before.each[same][2]
        ):
            same += 1
        if rule == "complete-each" and self.text != before.text:
            same = 0
        if rule == "partial-first":
            same = min(same, 1)
        out = list(tokens)
        for first, last, _ in reversed(self.each[:same]):
            out[first : last + 1] = [text]
        return out
