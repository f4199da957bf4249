"""Which BibTeX entry a CSL item is (btxdoc, section 3.1)."""

from __future__ import annotations

import re
from typing import Final

from lupusrefs.model.item import Item
from lupusrefs.model.variables import ItemType

ARTICLE: Final = "article"
BOOK: Final = "book"
BOOKLET: Final = "booklet"
INCOLLECTION: Final = "incollection"
INPROCEEDINGS: Final = "inproceedings"
MANUAL: Final = "manual"
MASTERSTHESIS: Final = "mastersthesis"
MISC: Final = "misc"
PHDTHESIS: Final = "phdthesis"
PROCEEDINGS: Final = "proceedings"
TECHREPORT: Final = "techreport"
UNPUBLISHED: Final = "unpublished"

# Entries inside something that has a title of its own, in ``booktitle``.
IN_A_BOOK: Final = frozenset((INCOLLECTION, INPROCEEDINGS))
THESES: Final = frozenset((PHDTHESIS, MASTERSTHESIS))

# Every type that is not here is what BibTeX has no entry for: misc.
_TYPES: Final[dict[ItemType, str]] = {
    "article-journal": ARTICLE,
    "article-magazine": ARTICLE,
    "article-newspaper": ARTICLE,
    "review": ARTICLE,
    "review-book": ARTICLE,
    "book": BOOK,
    "classic": BOOK,
    "chapter": INCOLLECTION,
    "entry": INCOLLECTION,
    "entry-dictionary": INCOLLECTION,
    "entry-encyclopedia": INCOLLECTION,
    "paper-conference": INPROCEEDINGS,
    "thesis": PHDTHESIS,
    "report": TECHREPORT,
    # The standard styles print the number of a techreport only: "Standard 9001".
    "standard": TECHREPORT,
    "manuscript": UNPUBLISHED,
    "pamphlet": BOOKLET,
}
_MANUAL: Final = re.compile(
    r"\b(?:manual|handbuch|user.?s? guide|documentation)\b", re.IGNORECASE
)
_LOWER_THESIS: Final = re.compile(
    r"\b(?:master\w*|magister\w*|diplom\w*|bachelor\w*|licentiat\w*|maîtrise"
    r"|[bm]\.?\s?(?:a|sc|s|phil|ed|eng)\b)",
    re.IGNORECASE,
)


def entry_type(item: Item) -> str:
    """The entry type, by the item's type and, where that is too coarse, its variables.

    >>> entry_type(Item(id="x", type="thesis", genre="Master's thesis"))
    'mastersthesis'
    """
    entry = _TYPES.get(item.type, MISC)
    genre = item.genre or ""
    if entry == PHDTHESIS and _LOWER_THESIS.search(genre):
        return MASTERSTHESIS
    if item.type in {"book", "report", "document"} and _MANUAL.search(genre):
        return MANUAL
    if entry == BOOK and not item.author and _is_proceedings(item):
        return PROCEEDINGS
    if item.type == "article" and _is_in_journal(item):
        return ARTICLE
    # A reference entry or review that stands in nothing is a page somewhere.
    if item.type.startswith(("entry", "review")) and not item.container_title:
        return MISC
    return entry


def _is_proceedings(item: Item) -> bool:
    title = (item.title or "").lstrip().casefold()
    return bool(item.event_title) or title.startswith("proceedings")


def _is_in_journal(item: Item) -> bool:
    """Whether an ``article``, CSL's type of preprints, has come out in a journal."""
    place = item.volume or item.issue or item.page
    return bool(item.container_title and place)
