"""The links of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.document import Link
from lupusrefs.documents.html.coins import coins_link, is_coins
from lupusrefs.documents.html.vocabulary import SKIPPED
from lupusrefs.documents.markup.links import element_link
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.xml_tree import Element

HREF: Final = "href"


def page_links(
    source: SourceText, root: Element, without: frozenset[Element] = frozenset()
) -> Iterator[Link]:
    """The links in an element, and the works that a COinS in it is about.

    Args:
        source: the page.
        root: the element.
        without: elements that are left out, with all that is in them.
    """
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element in without or element.name in SKIPPED:
            continue
        link = None
        if element.name in {"a", "area"}:
            link = element_link(source, element, HREF)
        elif is_coins(element):
            link = coins_link(source, element)
        if link is not None:
            yield link
        waiting.extend(list(element.elements)[::-1])
