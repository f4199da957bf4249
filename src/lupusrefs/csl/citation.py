"""Citations: several cites in one place, grouped and collapsed.

Source: CSL 1.0.2 specification, "Cite Grouping", "Cite Collapsing".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from lupusrefs.csl.bibliography import NO_PRINTED_FORM
from lupusrefs.csl.engine import Engine
from lupusrefs.csl.item import Item
from lupusrefs.csl.registry import Registry
from lupusrefs.csl.rendering import CiteItem, Rendering
from lupusrefs.csl.rich_text import parse
from lupusrefs.csl.sort import Places, in_order, places_of
from lupusrefs.csl.stream import (
    NAMES_CLOSE,
    NAMES_OPEN,
    SUFFIX_CLOSE,
    SUFFIX_OPEN,
    Kind,
    Token,
    plain,
    span,
)

_LEAST_RANGE: Final = 3
_EN_DASH: Final = "–"
_TAG: Final = re.compile(r"<[^<>]{1,100}>")
_PUNCTUATION: Final = frozenset(".,;:!?")
_APOSTROPHES: Final = frozenset("'’")
_OPENING: Final = frozenset("[(“‘")
# No "’": it may stand for a letter that is left out ("l’").
_CLOSING: Final = frozenset(")]”")


class Mode(StrEnum):
    """How a citation stands in its sentence (citeproc-js manual, "Citations").

    ``AUTHOR_ONLY`` is for names in running text, ``SUPPRESS_AUTHOR`` for the rest
    behind them, ``COMPOSITE`` for both at once.
    """

    WHOLE = ""
    AUTHOR_ONLY = "author-only"
    SUPPRESS_AUTHOR = "suppress-author"
    COMPOSITE = "composite"


@dataclass(slots=True)
class _Cite:
    """A cite that has been rendered.

    Attributes:
        cite: what was asked for.
        item: the item.
        tokens: what it shows.
        number: its citation number.
        names: the text of its first names, shown or suppressed; empty if it has none.
    """

    cite: CiteItem
    item: Item
    tokens: list[Token]
    number: int
    names: str

    @property
    def suffix(self) -> str:
        """Its year suffix; empty if it shows none."""
        return plain(list(between(self.tokens, SUFFIX_OPEN, SUFFIX_CLOSE)))


def between(tokens: Sequence[Token], opening: Token, closing: Token) -> Sequence[Token]:
    """The tokens between the first mark and the one that closes it."""
    found = span(tokens, opening, closing, 0, len(tokens))
    return tokens[found[0] + 1 : found[1]] if found is not None else ()


class Citations:
    """Renders citations of a registry's items."""

    def __init__(
        self, engine: Engine, items: Mapping[str, Item], registry: Registry
    ) -> None:
        self._engine = engine
        self._items = items
        self._registry = registry
        options = {**engine.style.root.attributes, **engine.citation.options}
        layout = engine.citation.layout.attributes
        self._delimiter = layout.get("delimiter", "")
        self._collapse = options.get("collapse", "")
        self._groups = "cite-group-delimiter" in options or self._collapse in {
            "year",
            "year-suffix",
            "year-suffix-ranged",
        }
        group_delimiter = options.get("cite-group-delimiter", self._delimiter)
        self._suffix_delimiter = options.get("year-suffix-delimiter", group_delimiter)
        default = self._delimiter if engine.style.is_note else ", "
        self._between = options.get("cite-group-delimiter", default)
        self._after_collapse = options.get("after-collapse-delimiter", self._delimiter)

    def order(self, cites: Sequence[CiteItem]) -> list[CiteItem]:
        """The cites as the style sorts them."""
        keys = self._engine.citation.keys
        if not keys:
            return list(cites)

        def places(cite: CiteItem) -> Places:
            rendering = Rendering(
                self._items[cite.id],
                self._registry.more[cite.id],
                cite,
                citation_number=self._registry.numbers[cite.id],
            )
            return places_of(rendering, keys)

        return in_order(cites, keys, places)

    def tokens(self, cites: Sequence[CiteItem]) -> list[Token]:
        """A citation of cites that are in order."""
        shown = [
            self._cite(cite, begins=_begins(cite, is_first=cite is cites[0]))
            for cite in cites
        ]
        if self._groups:
            shown = self._grouped(shown)
        out = self._joined(shown)
        if not plain(out):
            return [NO_PRINTED_FORM]
        if len(cites) == 1 and cites[0].author_only:
            return out
        self._engine.citation.frame.close(out, 0)
        return out

    def in_mode(
        self, cites: Sequence[CiteItem], mode: Mode, infix: str = ""
    ) -> list[Token]:
        """A citation of cites that are in order, as it stands in its sentence.

        Args:
            cites: the first of them gives the names.
            mode: what is shown.
            infix: put between the names and the rest of a composite citation.
        """
        if mode is Mode.WHOLE or not cites:
            return self.tokens(cites)
        first, *others = cites
        if mode is Mode.SUPPRESS_AUTHOR:
            return self.tokens([replace(first, suppress_author=True), *others])
        alone = replace(first, author_only=True, locator="", prefix="", suffix="")
        names = self.tokens([alone])
        if mode is Mode.AUTHOR_ONLY:
            return names
        rest = self.tokens([replace(first, suppress_author=True), *others])
        return [*names, *_infix(infix), *rest]

    def _cite(
        self, cite: CiteItem, *, suppress: bool = False, begins: bool = False
    ) -> _Cite:
        item = self._items[cite.id]
        number = self._registry.numbers[cite.id]
        more = self._registry.more[cite.id]
        tokens = self._engine.cite(
            item, cite, more, number, suppress=suppress, begins=begins
        )
        names = between(tokens, NAMES_OPEN, NAMES_CLOSE)
        if cite.author_only:
            tokens = _unformatted(names or self._engine.short_names(item))
        elif cite.suppress_author and not suppress:
            tokens = self._engine.cite(
                item, cite, more, number, suppress=True, begins=begins
            )
        return _Cite(cite, item, tokens, number, plain(list(names)))

    def _grouped(self, shown: list[_Cite]) -> list[_Cite]:
        """Cites of the same names beside the first of them."""
        groups: dict[str, list[_Cite]] = {}
        for number, one in enumerate(shown):
            key = one.names or f"\0{number}"
            groups.setdefault(key, []).append(one)
        if self._collapse:
            groups = {key: self._by_suffix(group) for key, group in groups.items()}
        return [one for group in groups.values() for one in group]

    def _by_suffix(self, group: list[_Cite]) -> list[_Cite]:
        """Cites that differ by their letters alone in the order of the letters."""
        more, looks = self._registry.more, self._registry.looks
        places: dict[str, list[int]] = {}
        for index, one in enumerate(group):
            if more[one.item.id].suffix is not None:
                places.setdefault(looks[one.item.id], []).append(index)
        ordered = list(group)
        for indices in places.values():
            same = [group[index] for index in indices]
            same.sort(key=lambda one: more[one.item.id].suffix or 0)
            for index, one in zip(indices, same, strict=True):
                ordered[index] = one
        return ordered

    def _joined(self, shown: list[_Cite]) -> list[Token]:
        if self._collapse == "citation-number":
            return self._by_number(shown)
        if self._groups:
            return self._by_names(shown)
        out: list[Token] = []
        for one in shown:
            self._add(out, one.tokens, one.cite, self._delimiter)
        return out

    @staticmethod
    def _add(
        out: list[Token], tokens: Sequence[Token], cite: CiteItem, delimiter: str
    ) -> None:
        """Append a cite with its affixes, and what goes before it."""
        if not tokens and not cite.prefix and not cite.suffix:
            return
        if out and delimiter:
            first = cite.prefix[:1]
            out.append(delimiter if first not in {",", ";"} else "")
        if cite.prefix:
            out += parse(_spaced_prefix(cite.prefix))
        out += tokens
        if cite.suffix:
            out += parse(_spaced_suffix(cite.suffix))

    # --- [1-3] -------------------------------------------------------------------

    def _by_number(self, shown: list[_Cite]) -> list[Token]:
        out: list[Token] = []
        index = 0
        while index < len(shown):
            run = 1
            while index + run < len(shown) and self._continues(
                shown[index + run - 1], shown[index + run]
            ):
                run += 1
            first, last = shown[index], shown[index + run - 1]
            if run >= _LEAST_RANGE:
                self._add(out, first.tokens, first.cite, self._delimiter)
                out.append(_EN_DASH)
                out += last.tokens
            else:
                for one in shown[index : index + run]:
                    self._add(out, one.tokens, one.cite, self._delimiter)
            index += run
        return out

    def _continues(self, before: _Cite, one: _Cite) -> bool:
        """Whether a cite goes on with the numbers of the one before."""
        if one.number != before.number + 1:
            return False
        if before.cite.suffix or one.cite.prefix or one.cite.suffix:
            return False
        # A locator that the style does not show changes nothing.
        shows_locator = self._engine.citation.environment.has_locator
        return not (shows_locator and (before.cite.locator or one.cite.locator))

    # --- (Doe 1999, 2000a, b; Roe 2001) --------------------------------------------

    def _by_names(self, shown: list[_Cite]) -> list[Token]:
        out: list[Token] = []
        index = 0
        delimiter = self._delimiter
        while index < len(shown):
            run = 1
            names = shown[index].names
            while (
                index + run < len(shown) and names and shown[index + run].names == names
            ):
                run += 1
            group = shown[index : index + run]
            self._add(out, group[0].tokens, group[0].cite, delimiter)
            delimiter = self._delimiter
            if run > 1:
                self._rest(out, group)
                if self._collapse:
                    delimiter = self._after_collapse
            index += run
        return out

    def _rest(self, out: list[Token], group: list[_Cite]) -> None:
        """The cites behind the first one of the same names."""
        between_cites = self._between
        if not self._collapse:
            for one in group[1:]:
                self._add(out, one.tokens, one.cite, between_cites)
            return
        bare = [self._cite(one.cite, suppress=True) for one in group]
        index = 1
        while index < len(group):
            run = self._suffix_run(bare, index)
            if run:
                self._add_suffixes(out, bare[index : index + run], bare[index - 1])
                index += run
                continue
            one = bare[index]
            self._add(out, one.tokens, one.cite, between_cites)
            index += 1

    def _suffix_run(self, bare: list[_Cite], index: int) -> int:
        """How many cites from here on differ from the one before by their letter."""
        if not self._collapse.startswith("year-suffix"):
            return 0
        run = 0
        before = bare[index - 1]
        while index + run < len(bare) and _same_year(before, bare[index + run]):
            before = bare[index + run]
            run += 1
        return run

    def _add_suffixes(
        self, out: list[Token], run: Sequence[_Cite], before: _Cite
    ) -> None:
        ranged = self._collapse == "year-suffix-ranged"
        more = self._registry.more
        index = 0
        previous = before
        while index < len(run):
            length = 1
            while (
                ranged
                and index + length < len(run)
                and (
                    (more[run[index + length].item.id].suffix or 0)
                    == (more[run[index + length - 1].item.id].suffix or 0) + 1
                )
            ):
                length += 1
            joins = ranged and (more[run[index].item.id].suffix or 0) == (
                (more[previous.item.id].suffix or 0) + 1
            )
            if joins and length >= _LEAST_RANGE - 1:
                last = run[index + length - 1]
                out.append(_EN_DASH)
                out.append(last.suffix)
                previous = last
                index += length
                continue
            one = run[index]
            letters = between(one.tokens, SUFFIX_OPEN, SUFFIX_CLOSE)
            self._add(out, list(letters), one.cite, self._suffix_delimiter)
            previous = one
            index += 1


def _unformatted(tokens: Sequence[Token]) -> list[Token]:
    """Names in running text look like it (citeproc-js manual, "author-only")."""
    formatting = {Kind.OPEN, Kind.CLOSE}
    return [one for one in tokens if isinstance(one, str) or one.kind not in formatting]


def _infix(text: str) -> list[Token]:
    """What stands between names and the rest; ``'s work`` follows them at once.

    Source: citeproc-js manual, "composite".
    """
    text = text.strip()
    if not text:
        return [" "]
    space = "" if text[0] in _PUNCTUATION or text[0] in _APOSTROPHES else " "
    return [*parse(f"{space}{text}"), " "]


def _begins(cite: CiteItem, *, is_first: bool) -> bool:
    """Whether a cite begins a sentence."""
    if cite.prefix:
        return cite.prefix.rstrip()[-1:] in {".", "!", "?"}
    return is_first


def _same_year(before: _Cite, one: _Cite) -> bool:
    """Whether two cites without their names differ by nothing but their letter."""
    if not before.suffix or not one.suffix:
        return False
    if before.cite.locator or one.cite.locator or before.cite.suffix:
        return False
    return _without_suffix(before.tokens) == _without_suffix(one.tokens)


def _without_suffix(tokens: Sequence[Token]) -> str:
    text: list[str] = []
    inside = 0
    for token in tokens:
        if token is SUFFIX_OPEN:
            inside += 1
        elif token is SUFFIX_CLOSE:
            inside -= 1
        elif isinstance(token, str) and not inside:
            text.append(token)
    return "".join(text)


def _spaced_prefix(prefix: str) -> str:
    """A word, punctuation or what closes before a cite has a space behind it."""
    last = _TAG.sub("", prefix)[-1:]
    return f"{prefix} " if last.isalnum() or last in _PUNCTUATION | _CLOSING else prefix


def _spaced_suffix(suffix: str) -> str:
    """A word or what opens behind a cite has a space before it."""
    first = _TAG.sub("", suffix)[:1]
    return f" {suffix}" if first.isalnum() or first in _OPENING else suffix
