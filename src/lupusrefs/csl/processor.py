"""The door to the processor: a style, items, and what comes of them.

Nothing in it reads files or asks anybody; a :class:`Processor` is complete when it is
made, and may be used from any number of threads.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from lupusrefs.csl import bibliography as bibliographies
from lupusrefs.csl.citation import Citations, Mode
from lupusrefs.csl.engine import Engine
from lupusrefs.csl.errors import UnknownItem
from lupusrefs.csl.item import Item
from lupusrefs.csl.locale import FALLBACK, LocaleSource, locale_of, read
from lupusrefs.csl.output.tree import Inline, Layout, RenderedEntry
from lupusrefs.csl.output_options import DEFAULT_OUTPUT, OutputOptions
from lupusrefs.csl.punctuation import tree
from lupusrefs.csl.registry import Registrar, Registry
from lupusrefs.csl.rendering import CiteItem
from lupusrefs.csl.stream import Token
from lupusrefs.csl.style import Style
from lupusrefs.csl.xml import Element


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A rendered bibliography.

    Attributes:
        entries: in the order of the style.
        layout: how they stand on the page.
        missing: item id -> variables that the style wanted and the item lacks.
    """

    entries: Sequence[RenderedEntry]
    layout: Layout
    missing: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Processor:
    """A style for a set of items.

    Args:
        style: an independent style.
        items: mappings in the shape of CSL-JSON, with an ``id`` each.
        locales: language -> text of the locale file, or None.
        language: wanted instead of the style's own.
        options: what is wanted beyond the style, such as links.

    Raises:
        StyleError: a locale file cannot be read.
    """

    def __init__(
        self,
        style: Style,
        items: Iterable[Mapping[str, object]],
        locales: LocaleSource,
        language: str | None = None,
        options: OutputOptions = DEFAULT_OUTPUT,
    ) -> None:
        wanted = language or style.default_locale or FALLBACK
        roots = _files(locales)
        locale = locale_of(wanted, style.locales, roots)
        self.engine = Engine(style, locale, options)
        self.items: dict[str, Item] = {}
        for data in items:
            item = Item(data)
            self.items.setdefault(item.id, item)
        self._registrar = Registrar(self.engine)
        self._registry: Registry | None = None

    @property
    def registry(self) -> Registry:
        """All items, as if each were cited."""
        if self._registry is None:
            self._registry = self.register(self.items)
        return self._registry

    def register(self, ids: Iterable[str], *, is_sorted: bool = True) -> Registry:
        """Some of the items, in the order in which they are cited.

        Raises:
            UnknownItem: an id is of no item.
        """
        wanted = list(ids)
        self.require(wanted)
        items = [self.items[one] for one in wanted]
        return self._registrar.register(items, is_sorted=is_sorted)

    def require(self, ids: Iterable[str]) -> None:
        """Refuse ids of which there is no item.

        Raises:
            UnknownItem: for the first of them.
        """
        for one in ids:
            if one not in self.items:
                raise UnknownItem(one)

    def inline(self, tokens: Sequence[Token]) -> list[Inline]:
        """Tokens as a tree for a writer."""
        return tree(tokens, self.engine.quotes)

    def term(self, name: str) -> str:
        """A term of the locale in the plural; empty where there is none."""
        return self.engine.locale.term(name, plural=True)

    def bibliography(
        self,
        registry: Registry | None = None,
        marks: Mapping[str, str] | None = None,
        only: Collection[str] | None = None,
    ) -> Bibliography:
        """The bibliography of all items, or of those of a registry.

        Args:
            registry: the items that are cited.
            marks: item id -> text that is put behind its entry.
            only: the ids of the entries that are wanted, as of a section of it; they
                keep the numbers that they have in the whole.

        Raises:
            StyleError: the style has no bibliography.
        """
        if not self.engine.has_bibliography:
            raise self.engine.style.error("the style has citations only")
        registry = registry or self.registry
        missing: dict[str, list[str]] = {}
        entries = []
        rendered = bibliographies.entries(self.engine, registry, missing)
        for item_id, tokens in rendered:
            if tokens and (only is None or item_id in only):
                content = self.inline(tokens)
                if marks and item_id in marks:
                    content = [*content, f" {marks[item_id]}"]
                entries.append(RenderedEntry(item_id, content))
        layout = bibliographies.layout_of(self.engine, entries)
        return Bibliography(entries, layout, missing)

    def citation(
        self, cites: Sequence[CiteItem], registry: Registry | None = None
    ) -> list[Inline]:
        """A citation of some items, as in a text that cites all of them.

        Raises:
            UnknownItem: an id is of no item.
        """
        self.require(cite.id for cite in cites)
        citations = Citations(self.engine, self.items, registry or self.registry)
        return self.inline(citations.tokens(citations.order(cites)))

    def composite(
        self, cites: Sequence[CiteItem], registry: Registry | None = None
    ) -> list[Inline]:
        """A citation whose names stand in the text before it: Doe (2020).

        The first cite gives the names; all of them make the rest.

        Raises:
            UnknownItem: an id is of no item.
        """
        self.require(cite.id for cite in cites)
        citations = Citations(self.engine, self.items, registry or self.registry)
        tokens = citations.in_mode(citations.order(cites), Mode.COMPOSITE)
        return self.inline(tokens)


@lru_cache(maxsize=64)
def _parsed(text: str, name: str) -> Element:
    return read(text, name)


def _files(locales: LocaleSource) -> Callable[[str], Element | None]:
    def find(language: str) -> Element | None:
        text = locales(language)
        return None if text is None else _parsed(text, f"locales-{language}.xml")

    return find
