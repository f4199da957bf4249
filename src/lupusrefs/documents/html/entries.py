"""An entry of a reference list on a page: its text, its links, what is known of it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Final

from lupusrefs.documents.document import Link, Listed
from lupusrefs.documents.html.coins import coins_item, is_coins
from lupusrefs.documents.html.links import page_links
from lupusrefs.documents.html.vocabulary import VOCABULARY
from lupusrefs.documents.markup.links import MOST, entry
from lupusrefs.documents.markup.text import each_element, one_line, read_text
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.xml_tree import Element

_LABEL: Final = re.compile(
    r"(?:\[[\w.+-]{1,12}\]|\(\d{1,4}\)|\d{1,4}[.)](?=\s)|[\^↑•·*†‡]+)[\s\u00a0]*"
)
# Classes of numbers, and of links back into the text.
_ASIDE: Final = frozenset(
    "csl-left-margin label order ref-label ref-number reference-number title-label"  # noqa: SIM905 - a list of words
    " citation-label citation-number ltx_tag ltx_tag_bibitem mw-cite-backlink"
    " backlink footnote-backref".split()
)
# What pages write on their links beside a reference.
_SERVICE: Final = re.compile(
    r"(?:view |open |find |see |search |go to |get |download )?"
    r"(?:the |this |full |free |online )*"
    r"(?:article|abstract|full[- ]?text|pdf|html|link|cross-?ref|pub-?med|medline"
    r"|google(?: scholar)?|scholar|web of science|isi|scopus|cas|ads|doi|pmc|pmid|url"
    r"|mathscinet|math ?review|zbmath|zentralblatt|inspire|semantic scholar|worldcat"
    r"|publisher|text|central|adsabs|open ?url|find ?it|record)"
    r"(?:(?: |/|, )(?:in|at|on|full|text|free|article|central|google|scholar|scopus"
    r"|pubmed|ncbi|crossref|pmc|abstract|view|web|of|science|the|a|new|tab))*"
    r"|(?:return|back|jump) .{0,40}|view in article|open in new (?:tab|window)"
    r"|show (?:in )?context|\W*",
    re.IGNORECASE,
)
_LONGEST_SERVICE: Final = 60  # characters
_LONGEST_LINK: Final = 4000  # characters of its markup
_AROUND: Final = " \t\r\n[]()|·→↗,;:."
# "doi" in "doi: 10.1000/1" may be a link, too.
_NAMES_WHAT_FOLLOWS: Final = re.compile(r"\s{0,20}:")
_EMPTY: Final = re.compile(r"[\[(]\s*[\])]|(?<=\s)[|·](?=\s|\Z)")
_IDS: Final = ("id", "data-bib-id")
_NEAR: Final = 300  # characters within which an entry's anchor stands


def read_entry(source: SourceText, element: Element) -> Listed | None:
    """The entry that an element is; None where it says nothing."""
    placed = read_text(source, element, VOCABULARY, partial(_is_aside, source.text))
    label = _LABEL.match(placed.text)
    key = _key(element)
    items = (coins_item(one) for one in each_element(element) if is_coins(one))
    item = next((one for one in items if one is not None), None)
    if item is not None:
        item = item.model_copy(update={"id": key or ""})
    listed = entry(
        source,
        element,
        placed,
        key=key,
        item=item,
        links=_links(source, element),
        label=label.end() if label else 0,
    )
    if listed is None:
        return None
    return replace(listed, text=one_line(_EMPTY.sub(" ", listed.text)))


def _links(source: SourceText, element: Element) -> tuple[Link, ...]:
    return tuple(islice(page_links(source, element), MOST))


def _is_aside(page: str, element: Element) -> bool:
    """Whether an element is no part of the reference that it stands in."""
    attributes = element.attributes
    if "class" in attributes and not _ASIDE.isdisjoint(attributes["class"].split()):
        return True
    if element.name != "a" or element.end - element.start > _LONGEST_LINK:
        return False
    if _NAMES_WHAT_FOLLOWS.match(page, element.end):
        return False
    text = element.text.strip(_AROUND)
    return len(text) <= _LONGEST_SERVICE and _SERVICE.fullmatch(text) is not None


def _key(element: Element) -> str | None:
    """The id of an entry, or of the anchor at its begin."""
    own = [value for name in _IDS if (value := element.attributes.get(name))]
    if own:
        return own[0]
    for inner in each_element(element):
        if inner.start > element.start + _NEAR:
            break
        name = inner.attributes.get("name") if inner.name == "a" else None
        if found := inner.attributes.get("id") or name:
            return found
    return None
