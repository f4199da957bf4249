"""What the YAML metadata of a Markdown file says.

Sources: pandoc's manual ("Metadata blocks", "Specifying bibliographic data"); Quarto's
guide ("Front matter": ``author`` with ``name`` and ``affiliations``, ``citation``); the
MyST guide (``authors``); distill for R Markdown (``first_name``, ``last_name``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from lupusrefs.documents.bylines import names_of_byline
from lupusrefs.documents.description import described
from lupusrefs.documents.document import (
    EVERYTHING,
    Citation,
    Listed,
    NamedLibrary,
)
from lupusrefs.documents.markdown.citations import keys_between
from lupusrefs.documents.markdown.source import MarkdownView, blanked, slice_of
from lupusrefs.errors import InvalidDoi
from lupusrefs.formats.bibtex.parse_dates import parse_date
from lupusrefs.formats.csl_items import read_items
from lupusrefs.formats.text import Diagnostics, Silence, SourceText
from lupusrefs.formats.tree import Mapping, Node, Part, Scalar, Sequence
from lupusrefs.formats.yaml_tree import parse_yaml
from lupusrefs.model.dates import Date
from lupusrefs.model.doi import Doi
from lupusrefs.model.item import Item
from lupusrefs.model.location import Diagnostic, Span
from lupusrefs.model.names import Name

_AUTHORS: Final = ("author", "authors")
# Footnotes and marks of affiliation behind a name.
_ASIDE: Final = re.compile(
    r"\^\[[^\]]{0,500}\]|\[\^[^\]]{1,80}\]|\^[^\^\s]{1,20}\^|\$[^$]{0,80}\$"
)
_GIVEN: Final = (
    "given",
    "given-name",
    "given-names",
    "first_name",
    "first",
    "firstname",
)
_FAMILY: Final = ("family", "surname", "family-name", "last_name", "last", "lastname")
_LITERAL: Final = ("literal", "name")


@dataclass(frozen=True, slots=True)
class Metadata:
    """All YAML blocks of a file together.

    Attributes:
        work: what the file says of itself; None where that is nothing.
        libraries: the files under ``bibliography``.
        listed: the entries under ``references``.
        citations: the keys under ``nocite``.
        diagnostics: what is wrong with it, and with the file's bytes.
    """

    work: Item | None = None
    libraries: tuple[NamedLibrary, ...] = ()
    listed: tuple[Listed, ...] = ()
    citations: tuple[Citation, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_metadata(source: SourceText, seen: MarkdownView) -> Metadata:
    """What the YAML blocks of a file say; of two that say the same the first counts."""
    found = Metadata(diagnostics=source.diagnostics)
    for number, span in enumerate(seen.metadata):
        # All before the block is blank, so that its values keep their places.
        blank = blanked(seen.text[: span.start], [Span(0, span.start)])
        text = SourceText(source.file, blank + seen.text[slice_of(span)])
        tell = Diagnostics(text) if number == 0 else Silence(text)
        for root in parse_yaml(text, tell):
            if isinstance(root, Mapping):
                found = _together(found, _of(root, text, tell))
        found = replace(found, diagnostics=found.diagnostics + tell.collected())
    return found


def _together(first: Metadata, second: Metadata) -> Metadata:
    return Metadata(
        first.work or second.work,
        first.libraries + second.libraries,
        first.listed + second.listed,
        first.citations + second.citations,
        first.diagnostics,
    )


def _of(root: Mapping, source: SourceText, tell: Diagnostics) -> Metadata:
    return Metadata(
        _work(root),
        tuple(_libraries(root, source)),
        tuple(_listed(root, source, tell)),
        tuple(_nocite(root, source)),
    )


# --- references and libraries


def _texts(node: Node | None) -> Iterator[Scalar]:
    """The texts of a value: itself, or those of its list or mapping."""
    match node:
        case Scalar(value=str()):
            yield node
        case Sequence():
            for item in node.items:
                yield from _texts(item) if isinstance(item, Scalar) else ()
        case Mapping():
            for _, item in node:
                if not isinstance(item, Mapping):
                    yield from _texts(item)


def _libraries(root: Mapping, source: SourceText) -> Iterator[NamedLibrary]:
    for one in _texts(root.get("bibliography")):
        place = source.location(one.span.start, one.span.end)
        yield NamedLibrary(one.text.strip(), place)


def _listed(root: Mapping, source: SourceText, tell: Diagnostics) -> Iterator[Listed]:
    entries = root.get("references")
    if not isinstance(entries, Sequence):
        return
    parts = [Part(node, is_entry=True) for node in entries.items]
    for one in read_items(parts, source, tell):
        place = one.location or source.location(entries.span.start)
        yield Listed(described(one), place, one.id, one)


def _nocite(root: Mapping, source: SourceText) -> Iterator[Citation]:
    for one in _texts(root.get("nocite")):
        if one.text.strip() == f"@{EVERYTHING}":
            place = source.location(one.span.start, one.span.end)
            yield Citation(EVERYTHING, place)
        for key, start, end in keys_between(source.text, one.span.start, one.span.end):
            yield Citation(key, source.location(start, end))


# --- the work itself


def _work(root: Mapping) -> Item | None:
    citation = root.get("citation")
    own = citation if isinstance(citation, Mapping) else Mapping((), root.span)
    title = _title(root)
    doi = _doi(root) or _doi(own)
    authors = tuple(name for key in _AUTHORS for name in _names(root.get(key), depth=0))
    if not (title or authors or doi):
        return None
    return Item(
        id="",
        title=title,
        author=authors,
        issued=_date(root.get("date")) or _date(own.get("issued")),
        container_title=_text(own.get("container-title")),
        doi=doi,
    )


def _text(node: Node | None) -> str | None:
    """A text in one line; None where there is none."""
    if isinstance(node, Scalar) and node.value is not None:
        return " ".join(node.text.split()) or None
    return None


def _title(root: Mapping) -> str | None:
    title, subtitle = _text(root.get("title")), _text(root.get("subtitle"))
    if title and subtitle:
        return f"{title.rstrip(':')}: {subtitle}"
    return title


def _doi(node: Mapping) -> str | None:
    for key in ("doi", "DOI"):
        if text := _text(node.get(key)):
            try:
                return Doi.parse(text).name
            except InvalidDoi:
                continue
    return None


def _date(node: Node | None) -> Date | None:
    """A date; ``today`` and the code of a report are none."""
    text = _text(node)
    date = parse_date(text) if text else None
    return date if date is not None and date.start is not None else None


def _names(node: Node | None, *, depth: int) -> Iterator[Name]:
    match node:
        case Scalar(value=str()):
            yield from names_of_byline(_ASIDE.sub("", node.text))
        case Sequence() if depth == 0:
            for item in node.items:
                yield from _names(item, depth=1)
        case Mapping():
            yield from _person(node)


def _person(node: Mapping) -> Iterator[Name]:
    """A person with affiliation and the like; the name may be one text or parts."""
    parts = node
    if isinstance(inner := node.get("name"), Mapping):
        parts = inner
    family, given = _member(parts, _FAMILY), _member(parts, _GIVEN)
    if family:
        particle = _member(parts, ("non-dropping-particle", "particle"))
        suffix = _member(parts, ("suffix",))
        yield Name(family, given, non_dropping_particle=particle, suffix=suffix)
    elif literal := _member(parts, _LITERAL):
        yield from names_of_byline(_ASIDE.sub("", literal))
    elif len(node.entries) == 1 and isinstance(node.entries[0][1], Mapping):
        # ``- Jane Doe: {institute: x}``
        yield from names_of_byline(_ASIDE.sub("", node.entries[0][0].text))


def _member(node: Mapping, keys: tuple[str, ...]) -> str | None:
    return next((text for key in keys if (text := _text(node.get(key)))), None)
