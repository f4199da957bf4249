"""What kind of work a reference is, by the fields that it has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lupusrefs.freetext import labels as l
from lupusrefs.model.variables import ItemType

_PATTERNS: Final[tuple[tuple[str, ItemType], ...]] = (
    (r"thes[ie]s|dissert|thèse|tesis|habilit|diplomarbeit|mémoire|ph\.?d", "thesis"),
    (r"patent", "patent"),
    (r"data ?set|data file", "dataset"),
    (r"software|computer program", "software"),
    (r"motion picture|\bfilm\b|dvd|video", "motion_picture"),
    (r"preprint", "article"),
    (r"report|rapport|bericht|working paper|policy brief|memo|discussion", "report"),
)
_GENRES: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in _PATTERNS
)
_PROCEEDINGS: Final = re.compile(
    r"proceedings|\bproc\b|conference|\bconf\b|symposi|workshop|congress|meeting|\bint"
    r"|colloqu|actes|tagung|cvpr|iccv|eccv|neurips|\bnips\b|\bicml\b|\biclr\b|\bacl\b"
    r"|advances in neural|\bacm\b|\bsig[a-z]{2,6}\b|\bieee int",
    re.IGNORECASE,
)
_JOURNAL: Final = re.compile(
    r"journal|\bj\b|rev(?:iew|ue|ista)?\b|letters?\b|annals|bulletin|quarterly|magazine"
    r"|zeitschrift|proc(?:eedings)? (?:of the )?(?:nat|roy|r\b|ieee|lond)|transactions",
    re.IGNORECASE,
)
_ARCHIVES: Final = re.compile(
    r"arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn|preprint|research square|osf",
    re.IGNORECASE,
)


def item_type(fields: Mapping[str, str], *, is_in: bool) -> ItemType:
    """The type that fits best.

    Args:
        fields: label -> the text of the field.
        is_in: the container is introduced by "In".
    """
    genre = " ".join((fields.get(l.GENRE, ""), fields.get(l.NOTE, "")))
    for pattern, kind in _GENRES:
        if pattern.search(genre):
            return kind
    container = fields.get(l.CONTAINER, "")
    if container:
        return _contained(fields, container, is_in=is_in)
    if "arXiv" in fields:
        return "article"
    if l.VOLUME in fields and l.PAGE in fields and l.PUBLISHER not in fields:
        return "article-journal"
    if {l.PUBLISHER, l.PLACE, l.EDITION, "ISBN"} & set(fields):
        return "report" if l.NUMBER in fields else "book"
    if l.URL in fields:
        return "webpage"
    return "document"


def _contained(fields: Mapping[str, str], container: str, *, is_in: bool) -> ItemType:
    if _ARCHIVES.search(container) and l.ISSUE not in fields:
        return "article"
    is_book = bool({l.PUBLISHER, l.PLACE, l.EDITOR, "ISBN"} & set(fields))
    numbered = l.VOLUME in fields or l.ISSUE in fields
    if _PROCEEDINGS.search(container) and (is_in or is_book or not numbered):
        return "paper-conference"
    if numbered and not is_book:
        return "article-journal"
    if _JOURNAL.search(container) and not (is_in and is_book):
        return "article-journal"
    return "chapter" if is_in or is_book else "article-journal"
