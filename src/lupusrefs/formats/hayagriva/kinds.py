"""Hayagriva's entry types and CSL's item types, both ways.

Hayagriva has fewer types than CSL, and says the rest by the type of an entry's parent:
an article in a periodical is an ``article-journal``, one in a blog a ``post-weblog``.

Source: hayagriva's description of its file format, "Entry Type"; and how hayagriva
answers when a CSL style asks for the type of an entry, which the pairs follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lupusrefs.model.variables import ItemType

# What an entry is that has no parent, or one that does not matter.
_ALONE: Final[dict[str, ItemType]] = {
    "anthology": "collection",
    "anthos": "chapter",
    "article": "article",
    "artwork": "graphic",
    "audio": "song",
    "blog": "webpage",
    "book": "book",
    "case": "legal_case",
    "chapter": "chapter",
    # "implies that the item referenced has been an event at the conference itself"
    "conference": "speech",
    "entry": "entry",
    "exhibition": "event",
    "legislation": "legislation",
    "manuscript": "manuscript",
    "misc": "document",
    "newspaper": "periodical",
    "original": "document",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "post": "post",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "repository": "software",
    "scene": "motion_picture",
    "thesis": "thesis",
    "thread": "webpage",
    "video": "motion_picture",
    "web": "webpage",
}
KINDS: Final = frozenset(_ALONE)
# Names of before version 0.4.
OLD_KINDS: Final = {"tweet": "post"}

_IN_CONTAINER: Final[dict[tuple[str, str], ItemType]] = {
    ("article", "blog"): "post-weblog",
    ("article", "newspaper"): "article-newspaper",
    ("article", "periodical"): "article-journal",
    ("article", "proceedings"): "paper-conference",
    ("article", "reference"): "entry-encyclopedia",
    ("article", "thread"): "post",
    ("article", "web"): "webpage",
    ("artwork", "article"): "figure",
    ("entry", "reference"): "entry-encyclopedia",
    ("web", "blog"): "post-weblog",
    ("web", "thread"): "post",
    # An album and a collection of films, as other parents mean a broadcast.
    ("audio", "anthology"): "song",
    ("video", "anthology"): "motion_picture",
    **dict.fromkeys(
        (
            ("audio", sheet)
            for sheet in ("blog", "book", "misc", "periodical", "reference", "web")
        ),
        "musical_score",
    ),
}
_BROADCAST: Final = frozenset(("audio", "video"))

# The type of a parent that does not name it.
_DEFAULT_PARENTS: Final = {
    "anthos": "anthology",
    "article": "periodical",
    "artwork": "exhibition",
    "audio": "audio",
    "chapter": "book",
    "entry": "reference",
    "legislation": "anthology",
    "post": "post",
    "scene": "video",
    "video": "video",
    "web": "web",
}

EVENTS: Final = frozenset(("conference", "exhibition"))
ORIGINAL: Final = "original"
SOURCE: Final = "repository"
# Works whose parent of the same type is the series that they belong to.
_IN_SERIES: Final = frozenset(
    ("anthology", "book", "newspaper", "periodical", "proceedings", "reference")
)
_SERIES: Final = "anthology"
# Entries whose volume, publisher and so on hayagriva looks up in the container.
IN_CONTAINER: Final = frozenset(
    ("anthos", "article", "case", "chapter", "report", "scene", "web")
)


def default_parent(kind: str) -> str:
    """The type of a parent that names none, by the type of its child."""
    return _DEFAULT_PARENTS.get(kind, "misc")


def is_series(kind: str, parent: str) -> bool:
    """Whether the parent is the series of its child, not what contains it.

    >>> is_series("book", "book"), is_series("chapter", "book")
    (True, False)
    """
    if kind == "exhibition":
        return parent == _SERIES
    return kind in _IN_SERIES and parent in {kind, _SERIES}


def series_of(kind: str) -> str:
    """The type of the series of an entry of this type."""
    return kind if kind in _IN_SERIES else _SERIES


def usual_event(kind: str) -> str:
    """The type of the event that an entry of this type belongs to."""
    return "exhibition" if kind == "artwork" else "conference"


def item_type(kind: str, container: str | None) -> ItemType:
    """CSL's type of an entry.

    Args:
        kind: the entry's type.
        container: the type of the parent that contains it, if one does.

    >>> item_type("article", "proceedings"), item_type("article", None)
    ('paper-conference', 'article')
    """
    if container is not None:
        if found := _IN_CONTAINER.get((kind, container)):
            return found
        if kind in _BROADCAST:
            return "broadcast"
    return _ALONE[kind]


@dataclass(frozen=True, slots=True)
class Shape:
    """How an item is written.

    Attributes:
        kind: the entry's type.
        container: the type of the parent that has the container's title; None where
            hayagriva has no place for one.
        needs_container: the parent is written even if nothing is known of it, because
            it makes the type.
    """

    kind: str
    container: str | None
    needs_container: bool = False


_SHAPES: Final[dict[ItemType, Shape]] = {
    # A parent that keeps the type: in a periodical it would be a journal's article.
    "article": Shape("article", "book"),
    **dict.fromkeys(
        ("article-journal", "article-magazine", "review", "review-book"),
        Shape("article", "periodical", needs_container=True),
    ),
    "article-newspaper": Shape("article", "newspaper", needs_container=True),
    **dict.fromkeys(("book", "classic"), Shape("book", None)),
    "broadcast": Shape("video", "video", needs_container=True),
    "chapter": Shape("chapter", "book", needs_container=True),
    "collection": Shape("anthology", None),
    **dict.fromkeys(("dataset", "software"), Shape("repository", "anthology")),
    "entry": Shape("entry", "anthology"),
    **dict.fromkeys(
        ("entry-dictionary", "entry-encyclopedia"),
        Shape("entry", "reference", needs_container=True),
    ),
    "event": Shape("exhibition", None),
    "figure": Shape("artwork", "article", needs_container=True),
    **dict.fromkeys(("graphic", "map"), Shape("artwork", "anthology")),
    "legal_case": Shape("case", "anthology"),
    **dict.fromkeys(
        ("bill", "legislation", "regulation", "treaty"),
        Shape("legislation", "anthology"),
    ),
    "manuscript": Shape("manuscript", "anthology"),
    "motion_picture": Shape("video", "anthology"),
    "musical_score": Shape("audio", "book", needs_container=True),
    "paper-conference": Shape("article", "proceedings", needs_container=True),
    "patent": Shape("patent", "anthology"),
    "performance": Shape("performance", "anthology"),
    "periodical": Shape("periodical", None),
    "post": Shape("post", "post"),
    "post-weblog": Shape("article", "blog", needs_container=True),
    **dict.fromkeys(("report", "standard"), Shape("report", "anthology")),
    "song": Shape("audio", "anthology"),
    "speech": Shape("conference", "proceedings"),
    "thesis": Shape("thesis", "anthology"),
    "webpage": Shape("web", "web"),
}
_OTHER: Final = Shape("misc", "anthology")
_EDITED_CHAPTER: Final = Shape("anthos", "anthology", needs_container=True)


def usual_shape(item: ItemType, *, edited: bool) -> Shape:
    """How an item of this type is written.

    Args:
        item: its CSL type; several types share a shape, for want of a better one.
        edited: it has editors: a chapter of such a book is a text on its own.
    """
    if item == "chapter" and edited:
        return _EDITED_CHAPTER
    return _SHAPES.get(item, _OTHER)
