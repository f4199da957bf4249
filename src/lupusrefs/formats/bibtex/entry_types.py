"""Which BibTeX entry a CSL item is, and the other way round.

Source: ``btxdoc``, section 3.1; the biblatex manual, sections 2.1.1 ("Regular Types"),
2.1.2 ("Type Aliases") and 2.1.3 ("Non-standard Types").
"""

from __future__ import annotations

import re
from typing import Final, cast

from lupusrefs.model.item import Item
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import TYPES, ItemType

# What the origin of a reference is called, whichever of the two dialects it was.
FAMILY: Final = "bibtex"

ARTICLE: Final = "article"
BOOK: Final = "book"
BOOKLET: Final = "booklet"
COLLECTION: Final = "collection"
INBOOK: Final = "inbook"
INCOLLECTION: Final = "incollection"
INPROCEEDINGS: Final = "inproceedings"
MANUAL: Final = "manual"
MASTERSTHESIS: Final = "mastersthesis"
MISC: Final = "misc"
PHDTHESIS: Final = "phdthesis"
PROCEEDINGS: Final = "proceedings"
TECHREPORT: Final = "techreport"
UNPUBLISHED: Final = "unpublished"

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
# Of BibTeX, of BibLaTeX, and what people add. A type that is not here is a document.
_CSL_TYPES: Final[dict[str, ItemType]] = {
    **dict.fromkeys(("article", "suppperiodical"), "article-journal"),
    "periodical": "periodical",
    **dict.fromkeys(
        ("book", "mvbook", "collection", "mvcollection", "proceedings"), "book"
    ),
    **dict.fromkeys(("mvproceedings", "reference", "mvreference"), "book"),
    **dict.fromkeys(("booklet", "pamphlet"), "pamphlet"),
    **dict.fromkeys(
        ("inbook", "incollection", "bookinbook", "suppbook", "suppcollection"),
        "chapter",
    ),
    "inreference": "entry-encyclopedia",
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(
        ("thesis", "phdthesis", "mastersthesis", "bachelorsthesis", "bathesis"),
        "thesis",
    ),
    **dict.fromkeys(("report", "techreport", "manual"), "report"),
    "unpublished": "manuscript",
    **dict.fromkeys(("online", "electronic", "www", "webpage"), "webpage"),
    "patent": "patent",
    "dataset": "dataset",
    **dict.fromkeys(("software", "softwareversion", "codefragment"), "software"),
    **dict.fromkeys(("audio", "music"), "song"),
    **dict.fromkeys(("video", "movie"), "motion_picture"),
    **dict.fromkeys(("image", "artwork"), "graphic"),
    "letter": "personal_communication",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "legal": "treaty",
    "performance": "performance",
    "review": "review",
    "standard": "standard",
    "map": "map",
    **dict.fromkeys(("talk", "presentation", "speech"), "speech"),
    **dict.fromkeys(("preprint", "eprint"), "article"),
    **dict.fromkeys(("misc", "other"), "document"),
}
# Where BibLaTeX has a type of its own; else it is BibTeX's.
_BIBLATEX_TYPES: Final[dict[ItemType, str]] = {
    **dict.fromkeys(("entry", "entry-dictionary", "entry-encyclopedia"), "inreference"),
    "thesis": "thesis",
    **dict.fromkeys(("report", "standard"), "report"),
    **dict.fromkeys(("webpage", "post", "post-weblog"), "online"),
    "patent": "patent",
    "dataset": "dataset",
    "software": "software",
    **dict.fromkeys(("song", "musical_score"), "audio"),
    **dict.fromkeys(("motion_picture", "broadcast"), "video"),
    **dict.fromkeys(("graphic", "figure"), "image"),
    "personal_communication": "letter",
    "legal_case": "jurisdiction",
    **dict.fromkeys(("legislation", "bill", "regulation"), "legislation"),
    **dict.fromkeys(("treaty", "hearing"), "legal"),
    "performance": "performance",
    "speech": "unpublished",
    "periodical": "periodical",
}
_SUBTYPES: Final[dict[str, ItemType]] = {
    "magazine": "article-magazine",
    "newspaper": "article-newspaper",
}
# Books that a part of has its own title.
MULTIVOLUME: Final = frozenset(("book", "collection", "proceedings", "reference"))
# Entries that others take fields from, and that nobody cites.
DATA_ONLY: Final = frozenset(("xdata", "set"))


def item_type(kind: str, subtype: str = "") -> ItemType:
    """The CSL type of an entry type, by its ``entrysubtype`` where it has one.

    The biblatex manual, section 2.2.3, leaves free what a subtype is: one that is a
    CSL type is that.

    >>> item_type("inproceedings"), item_type("article", "magazine")
    ('paper-conference', 'article-magazine')
    """
    if kind == ARTICLE and subtype in _SUBTYPES:
        return _SUBTYPES[subtype]
    if subtype in TYPES:
        return cast("ItemType", subtype)
    return _CSL_TYPES.get(kind, "document")


def is_known(kind: str) -> bool:
    """Whether BibTeX, BibLaTeX or many people have such an entry type."""
    return kind in _CSL_TYPES or kind in DATA_ONLY


_MANUAL: Final = re.compile(
    r"\b(?:manual|handbuch|user.?s? guide|documentation)\b", re.IGNORECASE
)
_LOWER_THESIS: Final = re.compile(
    r"\b(?:master\w*|magister\w*|diplom\w*|bachelor\w*|licentiat\w*|maîtrise"
    r"|[bm]\.?\s?(?:a|sc|s|phil|ed|eng)\b)",
    re.IGNORECASE,
)


def entry_type(item: Item) -> str:
    """The BibTeX entry type, by the item's type and, where needed, its variables.

    >>> entry_type(Item(id="x", type="thesis", genre="Master's thesis"))
    'mastersthesis'
    """
    if kept := _own_type(item):
        return kept
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


def biblatex_type(item: Item) -> str:
    """The BibLaTeX entry type, by the item's type and, where needed, its variables.

    >>> biblatex_type(Item(id="x", type="webpage"))
    'online'
    """
    if kept := _own_type(item):
        return kept
    if item.type == "chapter":
        return INBOOK if item.container_author else INCOLLECTION
    if item.type == "book" and not item.author:
        if _is_proceedings(item):
            return PROCEEDINGS
        return COLLECTION if item.editor else BOOK
    return _BIBLATEX_TYPES.get(item.type) or entry_type(item)


def subtype(item: Item, entry: str) -> str:
    """``entrysubtype``: the CSL type, where the entry type does not say it.

    >>> subtype(Item(id="x", type="map"), "misc")
    'map'
    """
    if item_type(entry) == item.type:
        return ""
    if entry == ARTICLE and item.type in _SUBTYPES.values():
        return item.type.removeprefix("article-")
    return item.type


def _own_type(item: Item) -> str | None:
    """The entry type that the user's own file has, if it is still the same thing."""
    origin = item.origin if isinstance(item, Reference) else None
    if origin is None or origin.family != FAMILY or not origin.kind.isalpha():
        return None
    kind = origin.kind.lower()
    same = is_known(kind) and item_type(kind) == item.type
    return kind if same or _is_subtyped(kind, item) else None


def _is_subtyped(kind: str, item: Item) -> bool:
    """Whether an entry type is a coarser one that reading made a finer one of."""
    finer = {"misc": {"article"}, "unpublished": {"article", "speech"}}
    return item.type in finer.get(kind, ()) or (
        kind == ARTICLE and item.type in _SUBTYPES.values()
    )


def _is_proceedings(item: Item) -> bool:
    title = (item.title or "").lstrip().casefold()
    return bool(item.event_title) or title.startswith("proceedings")


def _is_in_journal(item: Item) -> bool:
    """Whether an ``article``, CSL's type of preprints, has come out in a journal."""
    place = item.volume or item.issue or item.page
    return bool(item.container_title and place)
