"""A style compiled for a language: what citation and bibliography do with one item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from lupusrefs.csl.environment import Environment
from lupusrefs.csl.formatting import Frame, affix, frame_of
from lupusrefs.csl.item import Item
from lupusrefs.csl.locale import Locale
from lupusrefs.csl.output.tree import Tag
from lupusrefs.csl.output_options import DEFAULT_OUTPUT, OutputOptions
from lupusrefs.csl.punctuation import Quotes
from lupusrefs.csl.rendering import (
    CiteItem,
    Disambiguation,
    NamesShown,
    Position,
    Renderer,
    Rendering,
)
from lupusrefs.csl.sort import SortKey, compile_sort
from lupusrefs.csl.stream import CLOSE, OPEN, Token, plain
from lupusrefs.csl.style import Style
from lupusrefs.csl.xml import Element

_NO_AREA: Final = Element("bibliography", {}, 0, 0)
_NOTHING: Final = Disambiguation()
_SHORT_NAME: Final = {
    "form": "short",
    "and": "text",
    "et-al-min": "3",
    "et-al-use-first": "1",
}
# Marks are singletons, compared by identity.
_BLOCK_ENDS: Final = tuple(
    CLOSE[tag] for tag in (Tag.BLOCK, Tag.LEFT_MARGIN, Tag.RIGHT_INLINE, Tag.INDENT)
)


class Area:
    """A compiled ``cs:citation`` or ``cs:bibliography``.

    Attributes:
        options: its attributes.
        layout: the attributes of its layout.
        environment: what its elements know.
        keys: what it is sorted by.
        frame: what goes around the layout.
        suffix: of the layout.
        frame_without_suffix: the frame but for it.
    """

    def __init__(
        self, area: Element, style: Style, locale: Locale, options: OutputOptions
    ) -> None:
        self.options = area.attributes
        self.environment = Environment(
            locale,
            style.macros,
            style.root.attributes,
            area,
            locale.language,
            options_of_output=options,
        )
        layout = area.find("layout")
        self.layout = layout if layout is not None else Element("layout", {}, 0, 0)
        self.frame = layout_frame(self.layout.attributes)
        self.suffix = affix(self.layout.get("suffix"))
        self.frame_without_suffix = layout_frame(
            {**self.layout.attributes, "suffix": ""}
        )
        self._area = area

    @cached_property
    def render(self) -> Renderer:
        """All of the layout."""
        return self.environment.sequence(self.layout.children)

    @cached_property
    def fields(self) -> Sequence[Renderer]:
        """The layout, element by element."""
        return [self.environment.compile(child) for child in self.layout.children]

    @property
    def has_numbers(self) -> bool:
        """Whether what it shows, or its order, depends on citation numbers."""
        return self.environment.has_citation_number or any(
            key.is_number for key in self.keys
        )

    @cached_property
    def keys(self) -> list[SortKey]:
        """What the area is sorted by."""
        return compile_sort(self._area, self.environment)


def layout_frame(attributes: dict[str, str]) -> Frame:
    """The frame of a layout, whose formatting is around its affixes, too."""
    bare = frame_of(attributes, affixes=False)
    return Frame(
        (*bare.head, *affix(attributes.get("prefix", ""))),
        (*affix(attributes.get("suffix", "")), *bare.tail),
    )


class Engine:
    """A style and a language, ready to render.

    Args:
        style: an independent style.
        locale: the language, with the style's own terms.
        options: what the caller wants beyond the style.
    """

    def __init__(
        self, style: Style, locale: Locale, options: OutputOptions = DEFAULT_OUTPUT
    ) -> None:
        self.style = style
        self.locale = locale
        citation = style.citation if style.citation is not None else _NO_AREA
        self.citation = Area(citation, style, locale, options)
        self.has_bibliography = style.bibliography is not None
        bibliography = style.bibliography
        self.bibliography = Area(
            bibliography if bibliography is not None else _NO_AREA,
            style,
            locale,
            options,
        )
        # A style that shows year suffixes in one area shows them itself in both.
        areas = (self.citation.environment, self.bibliography.environment)
        shows_suffix = any(area.has_year_suffix for area in areas)
        for area in areas:
            area.has_year_suffix = shows_suffix
        self.quotes = replace(quotes_of(locale), is_tidy=options.is_tidy)

    def cite(
        self,
        item: Item,
        cite: CiteItem,
        more: Disambiguation,
        number: int,
        *,
        suppress: bool = False,
        begins: bool = False,
    ) -> list[Token]:
        """What one cite shows, without the affixes of the cite and the layout."""
        rendering = Rendering(item, more, cite, citation_number=number)
        rendering.suppress = suppress
        rendering.capitalizes = begins
        self.citation.render(rendering)
        return rendering.out

    def short_names(self, item: Item) -> list[Token]:
        """Who an item is by, for running text, where the style's cites do not say."""
        rendering = Rendering(item, _NOTHING)
        self._short_names(rendering)
        return rendering.out

    @cached_property
    def _short_names(self) -> Renderer:
        name = Element("name", _SHORT_NAME, 0, 0)
        others = [
            Element("names", {"variable": variable}, 0, 0)
            for variable in ("editor", "translator")
        ]
        title = Element("text", {"variable": "title", "form": "short"}, 0, 0)
        substitute = Element("substitute", {}, 0, 0, [*others, title])
        names = Element("names", {"variable": "author"}, 0, 0, [name, substitute])
        return self.citation.environment.compile(names)

    def ambiguous_cite(
        self, item: Item, more: Disambiguation, number: int
    ) -> tuple[str, list[NamesShown]]:
        """The text of a cite that is compared with those of others.

        It is that of a later cite nearby: what tells works apart has to be in it.
        """
        cite = CiteItem(item.id, position=Position.SUBSEQUENT, near_note=True)
        rendering = Rendering(item, more, cite, citation_number=number)
        rendering.comparing = True
        lists: list[NamesShown] = []
        rendering.names_lists = lists
        self.citation.render(rendering)
        return plain(rendering.out), lists

    def entry(
        self, item: Item, more: Disambiguation, number: int, missing: list[str]
    ) -> list[Token]:
        """What an entry of the bibliography shows, with the affixes of the layout.

        Args:
            item: the item.
            more: what it shows to be told from others.
            number: its citation number.
            missing: takes the variables that are wanted and not there.
        """
        area = self.bibliography
        rendering = Rendering(item, more, in_bibliography=True, citation_number=number)
        rendering.missing = missing
        out = rendering.out
        if area.options.get("second-field-align") and len(area.fields) > 1:
            return self._aligned(rendering)
        area.render(rendering)
        if out and out[-1] in _BLOCK_ENDS:
            # The full stop of the layout belongs into the last block.
            block_end = out.pop()
            out += area.suffix
            out.append(block_end)
            area.frame_without_suffix.close(out, 0)
        else:
            area.frame.close(out, 0)
        return out

    def _aligned(self, rendering: Rendering) -> list[Token]:
        """The first field in the margin, the others beside it."""
        area = self.bibliography
        out = rendering.out
        first, *others = area.fields
        first(rendering)
        prefix = affix(area.layout.get("prefix"))
        if out:
            out[0:0] = (OPEN[Tag.LEFT_MARGIN], *prefix)
            out.append(CLOSE[Tag.LEFT_MARGIN])
        start = len(out)
        for render in others:
            render(rendering)
        if len(out) > start:
            out += area.suffix
            out.insert(start, OPEN[Tag.RIGHT_INLINE])
            out.append(CLOSE[Tag.RIGHT_INLINE])
        return out


def quotes_of(locale: Locale) -> Quotes:
    """The quotation marks of a locale."""
    term = locale.term
    outer = (term("open-quote") or "“", term("close-quote") or "”")
    inner = (
        term("open-inner-quote") or "‘",
        term("close-inner-quote") or "’",
    )
    return Quotes(outer, inner, locale.punctuation_in_quote)
