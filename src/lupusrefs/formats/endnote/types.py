"""Reference types of RIS and EndNote, and the CSL types they mean.

Both formats are views of one program's records: each type has a code in RIS and a name
in EndNote's own export.

Source: "RIS Format Specifications" of Reference Manager (2001) and of EndNote (2011)
for the codes; EndNote's manual, "Creating a Tagged EndNote Import File", for the names.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lupusrefs.model.item import Item
from lupusrefs.model.reference import Origin, Reference
from lupusrefs.model.variables import ItemType


@dataclass(frozen=True, slots=True)
class Kind:
    """One reference type.

    Attributes:
        code: after ``TY`` in RIS.
        name: after ``%0`` in EndNote's export.
        type: the CSL type.
    """

    code: str
    name: str
    type: ItemType


KINDS: Final = tuple(
    Kind(*row)
    for row in (
        ("ABST", "Abstract", "article-journal"),
        ("ADVS", "Audiovisual Material", "motion_picture"),
        ("AGGR", "Aggregated Database", "dataset"),
        ("ANCIENT", "Ancient Text", "classic"),
        ("ART", "Artwork", "graphic"),
        ("BILL", "Bill", "bill"),
        ("BLOG", "Blog", "post-weblog"),
        ("BOOK", "Book", "book"),
        ("CASE", "Case", "legal_case"),
        ("CHAP", "Book Section", "chapter"),
        ("CHART", "Chart or Table", "figure"),
        ("CLSWK", "Classical Work", "classic"),
        ("COMP", "Computer Program", "software"),
        ("CONF", "Conference Proceedings", "paper-conference"),
        ("CPAPER", "Conference Paper", "paper-conference"),
        ("CTLG", "Catalog", "book"),
        ("DATA", "Dataset", "dataset"),
        ("DBASE", "Online Database", "dataset"),
        ("DICT", "Dictionary", "entry-dictionary"),
        ("EBOOK", "Electronic Book", "book"),
        ("ECHAP", "Electronic Book Section", "chapter"),
        ("EDBOOK", "Edited Book", "book"),
        ("EJOUR", "Electronic Article", "article-journal"),
        ("ELEC", "Web Page", "webpage"),
        ("ENCYC", "Encyclopedia", "entry-encyclopedia"),
        ("EQUA", "Equation", "figure"),
        ("FIGURE", "Figure", "figure"),
        ("GEN", "Generic", "document"),
        ("GOVDOC", "Government Document", "report"),
        ("GRANT", "Grant", "document"),
        ("HEAR", "Hearing", "hearing"),
        ("ICOMM", "Internet Communication", "personal_communication"),
        ("INPR", "In Press", "article-journal"),
        ("JFULL", "Journal", "periodical"),
        ("JOUR", "Journal Article", "article-journal"),
        ("LEGAL", "Legal Rule or Regulation", "regulation"),
        ("MANSCPT", "Manuscript", "manuscript"),
        ("MAP", "Map", "map"),
        ("MGZN", "Magazine Article", "article-magazine"),
        ("MPCT", "Film or Broadcast", "motion_picture"),
        ("MULTI", "Online Multimedia", "broadcast"),
        ("MUSIC", "Music", "musical_score"),
        ("NEWS", "Newspaper Article", "article-newspaper"),
        ("PAMP", "Pamphlet", "pamphlet"),
        ("PAT", "Patent", "patent"),
        ("PCOMM", "Personal Communication", "personal_communication"),
        ("RPRT", "Report", "report"),
        ("SER", "Serial", "book"),
        ("SLIDE", "Slide", "speech"),
        ("SOUND", "Sound Recording", "song"),
        ("STAND", "Standard", "standard"),
        ("STAT", "Statute", "legislation"),
        ("THES", "Thesis", "thesis"),
        ("UNBILL", "Unenacted Bill", "bill"),
        ("UNPB", "Unpublished Work", "manuscript"),
        ("VIDEO", "Video Recording", "motion_picture"),
    )
)
BY_CODE: Final = {kind.code: kind for kind in KINDS}
GENERIC: Final = BY_CODE["GEN"]
IN_PRESS: Final = "in press"
_LONGEST: Final = 60  # characters of a misspelled type that are looked at

# How a CSL type is written where more than one kind means it, or none quite does.
_CODES: Final[dict[ItemType, str]] = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "bill": "BILL",
    "book": "BOOK",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "collection": "GEN",
    "dataset": "DATA",
    "document": "GEN",
    "entry": "ENCYC",
    "event": "GEN",
    "figure": "FIGURE",
    "interview": "PCOMM",
    "manuscript": "MANSCPT",
    "motion_picture": "VIDEO",
    "paper-conference": "CONF",
    "performance": "ADVS",
    "personal_communication": "PCOMM",
    "post": "BLOG",
    "report": "RPRT",
    "review": "JOUR",
    "review-book": "JOUR",
    "treaty": "LEGAL",
}
# Names that exporters use beside EndNote's own.
_NAMES: Final = {
    "article": "JOUR",
    "audiovisual": "ADVS",
    "bookchapter": "CHAP",
    "chapter": "CHAP",
    "conference": "CONF",
    "conferencearticle": "CPAPER",
    "conferencepapers": "CPAPER",
    "conferenceproceeding": "CONF",
    "data": "DATA",
    "dissertation": "THES",
    "electronicsource": "ELEC",
    "film": "MPCT",
    "inbook": "CHAP",
    "incollection": "CHAP",
    "inproceedings": "CPAPER",
    "internet": "ELEC",
    "letter": "PCOMM",
    "misc": "GEN",
    "newspaper": "NEWS",
    "magazine": "MGZN",
    "pressrelease": "NEWS",
    "preprint": "UNPB",
    "program": "COMP",
    "report/workingpaper": "RPRT",
    "serialpublication": "SER",
    "software": "COMP",
    "techreport": "RPRT",
    "unpublished": "UNPB",
    "video": "VIDEO",
    "web": "ELEC",
    "website": "ELEC",
    "workingpaper": "RPRT",
}
_GAPS: Final = re.compile(r"[\s_-]+")


def _key(name: str) -> str:
    return _GAPS.sub("", name).casefold()


_BY_NAME: Final = {
    **{_key(kind.name): kind for kind in KINDS},
    **{name: BY_CODE[code] for name, code in _NAMES.items()},
}
_BY_TYPE: Final = {
    **{kind.type: kind for kind in KINDS},
    **{csl: BY_CODE[code] for csl, code in _CODES.items()},
}


def find_kind(text: str) -> Kind | None:
    """The kind of a code or a name, however it is spelled; None for any other.

    >>> find_kind("jour"), find_kind("Journal Article") == find_kind("JOUR")
    (Kind(code='JOUR', name='Journal Article', type='article-journal'), True)
    """
    return BY_CODE.get(text.strip().upper()) or _BY_NAME.get(_key(text.strip()))


@lru_cache(maxsize=64)
def near_code(text: str) -> str | None:
    """The code that a misspelled one may mean."""
    near = difflib.get_close_matches(text.upper()[:_LONGEST], BY_CODE, n=1)
    return near[0] if near else None


@lru_cache(maxsize=64)
def near_name(text: str) -> str | None:
    """The name that a misspelled one may mean."""
    names = {kind.name.casefold(): kind.name for kind in KINDS}
    near = difflib.get_close_matches(text.casefold()[:_LONGEST], names, n=1)
    return names[near[0]] if near else None


def csl_type(kind: Kind, *, is_available: bool) -> ItemType:
    """The CSL type of a record.

    Args:
        kind: of the record.
        is_available: whether it has a DOI or URL. CSL's "article" is a work made
            widely available without a journal, its "manuscript" one that is not.
    """
    return "article" if kind.code == "UNPB" and is_available else kind.type


def kind_of(item: Item, family: str) -> tuple[Kind, str | None]:
    """The kind as which an item is written, and the file's own word for it.

    Args:
        item: any item. What came from a file of the family stays the kind that it
            was, as long as that is the item's type.
        family: ``ris`` or ``enw``.
    """
    origin = item.origin if isinstance(item, Reference) else None
    if origin is not None and origin.family == family and origin.kind:
        known = _kept(item, origin)
        if known is not None:
            return known, origin.kind
    if item.type == "article-journal" and _is_in_press(item):
        return BY_CODE["INPR"], None
    if item.type == "motion_picture" and item.director and not item.author:
        return BY_CODE["MPCT"], None
    if item.type == "paper-conference" and item.translator:
        # The fourth authors of proceedings sponsored them.
        return BY_CODE["CPAPER"], None
    return _BY_TYPE[item.type], None


def _kept(item: Item, origin: Origin) -> Kind | None:
    known = find_kind(origin.kind)
    if known is None:
        return GENERIC if item.type == GENERIC.type else None
    is_available = bool(item.doi or item.url)
    if csl_type(known, is_available=is_available) != item.type:
        return None
    if (known.code == "INPR") != _is_in_press(item) and known.type == "article-journal":
        return None
    return known


def _is_in_press(item: Item) -> bool:
    return (item.status or "").strip().casefold() == IN_PRESS
