"""Links, cited keys and entries of reference lists, as markup has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lupusrefs.documents.document import Citation, Link, Listed
from lupusrefs.documents.markup.tags import (
    attribute_place,
    content_end,
    end_of_start_tag,
)
from lupusrefs.documents.markup.text import one_line
from lupusrefs.documents.placed_text import PlacedText
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.xml_tree import Element
from lupusrefs.model.identifier_text import find_identifiers
from lupusrefs.model.item import Item
from lupusrefs.model.location import Location

#: How many links, and how many cited keys, of one document are kept.
MOST: Final = 200_000
_LONGEST: Final = 4000  # characters of a link; beyond that it carries data
_ABSOLUTE: Final = re.compile(
    r"(?:https?|ftp)://|//|doi:|info:|urn:|hdl:", re.IGNORECASE
)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:|#", re.IGNORECASE)
_KEY: Final = re.compile(r"[^\s#]+")
_TAGS: Final = r"(?:\s|<[^<>]{1,200}>)*"
_DASH: Final = re.compile(
    rf"{_TAGS}(?:[-\u2010-\u2015\u2212]|&(?:[nm]dash|#82(?:0[89]|1[0-3])|#x201[0-5]);)"
    rf"{_TAGS}",
    re.IGNORECASE,
)
_LONGEST_DASH: Final = 400  # characters of markup
_LONGEST_RANGE: Final = 300  # entries


def link_target(target: str) -> str | None:
    """Where a link goes to; None where that is in the document or on its own site.

    A path that has an identifier in it is kept: ``/doi/full/10.1000/1``.
    """
    target = target.strip()
    if not target or len(target) > _LONGEST:
        return None
    if _ABSOLUTE.match(target):
        return f"https:{target}" if target.startswith("//") else target
    if _SCHEME.match(target):  # mail, scripts, data, a place in this page
        return None
    return target if find_identifiers(target) else None


def element_link(source: SourceText, element: Element, attribute: str) -> Link | None:
    """The link that an attribute is; None where it leads to nothing outside."""
    target = link_target(element.attributes.get(attribute, ""))
    if target is None:
        return None
    return Link(target, attribute_place(source, element, attribute), element.text)


def content_place(source: SourceText, element: Element) -> Location:
    """Where the text of an element stands."""
    start = end_of_start_tag(source.text, element)
    return source.location(start, max(content_end(source.text, element), start))


def cited_keys(
    source: SourceText, element: Element, attribute: str
) -> Iterator[Citation]:
    """The keys in an attribute, apart from the ``#`` that may stand before each."""
    place = attribute_place(source, element, attribute)
    if attribute in element.attributes and place.span is not None:
        for key in _KEY.finditer(source.text, place.span.start, place.span.end):
            yield Citation(key[0], source.location(*key.span()))


def with_ranges(
    source: SourceText,
    cited: Iterable[tuple[Element, tuple[Citation, ...]]],
    keys: Sequence[str],
) -> Iterator[Citation]:
    """What a text cites, the entries between two that a dash connects too: "3–7".

    Args:
        source: the file.
        cited: the elements that cite, in order, with the keys in them.
        keys: of the reference list, in its order.
    """
    order = {key: number for number, key in enumerate(keys)}
    end, last = 0, -1
    for element, found in cited:
        between = source.text[end : element.start] if found and last >= 0 else ""
        if 0 < len(between) <= _LONGEST_DASH and _DASH.fullmatch(between):
            first = order.get(found[0].key, -1)
            for key in keys[last + 1 : first] if first - last <= _LONGEST_RANGE else ():
                yield Citation(key, found[0].location)
        yield from found
        if found:
            end, last = element.end, order.get(found[-1].key, -1)


def entry(
    source: SourceText,
    element: Element,
    placed: PlacedText,
    *,
    key: str | None,
    item: Item | None = None,
    links: tuple[Link, ...] = (),
    label: int = 0,
) -> Listed | None:
    """An entry of a reference list; None where there is nothing in it.

    Args:
        source: the file.
        element: that it is in.
        placed: its text.
        key: by what it is cited.
        item: what the markup says of it.
        links: where it points to.
        label: how many characters of the text are its number or label.
    """
    text = one_line(placed.text[label:])
    if text:
        place = placed.location(label, len(placed.text))
    elif item is None and not links:
        return None
    else:
        place = source.location(element.start, element.end)
    return Listed(text, place, key or None, item, links)
