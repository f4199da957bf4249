"""The reference lists of a page: those that their markup or their heading shows.

Source: W3C, Digital Publishing WAI-ARIA Module 1.1; EPUB Structural Semantics
Vocabulary; what citation processors and journals call these lists and their entries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from lupusrefs.documents.headings import Heading, heading
from lupusrefs.documents.html.vocabulary import SKIPPED
from lupusrefs.formats.xml_tree import Element

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LOWEST: Final = 7  # the level of what is a heading by its words alone
_CONTAINERS: Final = frozenset(
    ("div", "section", "ol", "ul", "dl", "aside", "table", "footer", "details", "tbody")
)
# Short blocks that may be a heading without being marked as one.
_MAYBE_HEADINGS: Final = frozenset(
    ("p", "div", "span", "strong", "b", "summary", "dt", "legend", "center", "header")
)
_OPENINGS: Final = frozenset((Heading.OPENS, Heading.MAY_OPEN))
_ENDS: Final = _OPENINGS | {Heading.CLOSES}
_SHORT: Final = 600  # characters of the markup of a heading
_MOST_LOOKS: Final = 6  # at each character of a page
_MOST_LEVELS: Final = 3  # elements that a heading alone may stand in
_LIST_ROLES: Final = frozenset(("doc-bibliography", "bibliography"))
# What citeproc and LaTeXML call them.
_MADE: Final = frozenset(("csl-bib-body", "ltx_biblist"))
_ENTRY_ROLES: Final = frozenset(("doc-biblioentry", "biblioentry"))
# Names of classes and ids, without what is not a letter.
_LIST_NAME: Final = re.compile(
    r"(?:article|c|cited|content|csl|full|html|journal|js|list|ltx|of|main|page|sec"
    r"|section|tab|the|works)*"
    r"(?:references|reference(?=list|s?section)|refs|refl(?=ist)|ref(?=list|section)"
    r"|bibliograph(?:y|ie|ies|ia)|biblist|biblio|bibbody|workscited|literaturecited"
    r"|literatur|literaturverzeichnis|literaturliste|citationlist|citationslist)"
    r"(?:block|body|container|content|group|ist|items|list|ol|section|ul|wrapper)*"
)
_ENTRY_NAME: Final = re.compile(
    r"cslentry|(?:ltx)?bibitem|bib(?:lio)?(?:reference|entry)|(?:article|c)?"
    r"(?:ref|reference|references)(?:item|entry)"
)
_WEAK_ENTRY_NAME: Final = re.compile(r"ref|reference|citation|citationitem|cite")
_LETTERS: Final = re.compile(r"[\W\d_]+")
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|10\.\d{4}|https?:")
_FEW: Final = 60  # characters of what may stand beside a heading: "[edit]"
_LEAST: Final = 15  # characters of a reference
_LONGEST: Final = 50_000  # characters of its markup


def find_entries(root: Element) -> list[Element]:
    """The entries of all lists of a page, in the order of the file."""
    finder = _Finder(_MOST_LOOKS * (root.end - root.start))
    finder.visit(root)
    return finder.entries


class _Finder:
    """Goes through a page; a heading that stands alone waits for what follows it.

    Args:
        left: how many characters are looked at; lists in lists are told apart often.
    """

    def __init__(self, left: int) -> None:
        self.entries: list[Element] = []
        self._left = left

    def visit(self, parent: Element) -> tuple[int, int] | None:
        """Look into an element.

        Returns:
            The level of a heading at its end that opens a list, and in how many
            elements it stands.
        """
        siblings = [one for one in parent.elements if one.name not in SKIPPED]
        position = 0
        while position < len(siblings):
            element = siblings[position]
            position += 1
            if _is_list(element) and self._take([element], is_sure=_has_role(element)):
                continue
            level = _opening_level(element)
            waiting = (level, 0) if level else self.visit(element)
            if waiting is None:
                continue
            region = _region(siblings[position:], waiting[0])
            if self._take(region, is_sure=False):
                position += len(region)
            elif (
                waiting[1] < _MOST_LEVELS
                and position + len(region) == len(siblings)
                and sum(len(one.text) for one in region) < _FEW
            ):
                return waiting[0], waiting[1] + 1
        return None

    def _take(self, region: list[Element], *, is_sure: bool) -> bool:
        """Keep the entries of a region; whether there are some."""
        self._left -= sum(one.end - one.start for one in region)
        if self._left < 0:
            return False
        for found in _candidates(region):
            good = sum(map(_is_reference, found))
            if found and (is_sure or 2 * good >= len(found)):
                self.entries += [one for one in found if is_sure or one.text]
                return True
        return False


def _candidates(region: list[Element]) -> Iterator[list[Element]]:
    """What may be the entries, the surest first."""
    yield _outermost(region, _is_entry)
    yield _outermost(region, lambda one: one.name == "li")
    yield _outermost(region, lambda one: one.name == "dd")
    yield _outermost(region, _is_weak_entry)
    yield _outermost(region, lambda one: one.name == "tr")
    paragraphs = _outermost(region, lambda one: one.name == "p")
    yield [one for one in paragraphs if _is_reference(one)]
    while len(region) == 1:
        region = list(region[0].elements)
        yield [one for one in region if one.name == "div" and _is_reference(one)]


def _outermost(
    region: Iterable[Element], is_wanted: Callable[[Element], bool]
) -> list[Element]:
    """The elements of a kind, the innermost of which stand in none of them."""
    found: list[Element] = []
    waiting = list(region)[::-1]
    while waiting:
        element = waiting.pop()
        if element.name in SKIPPED or element.name == "nav":
            continue
        if is_wanted(element):
            found.append(element)
        else:
            waiting.extend(list(element.elements)[::-1])
    return found


def _region(siblings: list[Element], level: int) -> list[Element]:
    """What follows a heading, up to the next one that is as high."""
    region: list[Element] = []
    for element in siblings:
        first = element if element.name in _HEADINGS else _first_heading(element)
        if first is not None:
            text = first.text
            is_higher = _HEADINGS[first.name] <= level < _LOWEST
            if is_higher or heading(text) in _ENDS:
                break
        region.append(element)
    return region


def _first_heading(element: Element) -> Element | None:
    """The heading that an element begins with."""
    if element.name not in _CONTAINERS | {"article", "header"}:
        return None
    first = next(element.elements, None)
    while first is not None and first.name not in _HEADINGS:
        first = next(first.elements, None)
    return first


# --- what an element is -----------------------------------------------------------


def _has_role(element: Element) -> bool:
    """Whether an element is a list for sure: by its role, or by who wrote it."""
    is_made = not _MADE.isdisjoint(element.attributes.get("class", "").split())
    return is_made or bool(_LIST_ROLES & _roles(element))


def _roles(element: Element) -> set[str]:
    attributes = element.attributes
    return {
        *attributes.get("role", "").split(),
        *attributes.get("epub:type", "").split(),
    }


def _names(element: Element) -> Iterator[str]:
    """The classes and the id of an element, letters only."""
    attributes = element.attributes
    for name in (*attributes.get("class", "").split(), attributes.get("id", "")):
        yield _LETTERS.sub("", name).lower()


def _is_list(element: Element) -> bool:
    if element.name not in _CONTAINERS:
        return False
    return _has_role(element) or any(map(_LIST_NAME.fullmatch, _names(element)))


def _is_entry(element: Element) -> bool:
    if _ENTRY_ROLES & _roles(element):
        return True
    return any(map(_ENTRY_NAME.fullmatch, _names(element)))


def _is_weak_entry(element: Element) -> bool:
    is_block = element.name in {"div", "p", "section", "article"}
    return is_block and any(map(_WEAK_ENTRY_NAME.fullmatch, _names(element)))


def _is_reference(element: Element) -> bool:
    if element.end - element.start > _LONGEST:
        return False
    text = element.text
    return len(text) >= _LEAST and _YEAR.search(text) is not None


def _opening_level(element: Element) -> int | None:
    """The level of a heading that opens a reference list; None of anything else."""
    if element.name in _HEADINGS or "heading" in _roles(element):
        level = _HEADINGS.get(element.name, _LOWEST)
        return level if heading(element.text) in _OPENINGS else None
    if element.name not in _MAYBE_HEADINGS or element.end - element.start > _SHORT:
        return None
    # A link to the list, in a menu, is not its heading; nor is what has one in it.
    if any(True for _ in element.descendants("a", *_HEADINGS)):
        return None
    return _LOWEST if heading(element.text) is Heading.OPENS else None
