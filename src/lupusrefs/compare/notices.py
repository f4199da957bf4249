"""Corrections, retractions and other notices, told by their titles and update entries.

A status such as ``RETRACTED:`` marks the article itself; a noun such as
``Retraction—`` marks the notice (registries.md 2.4). A word alone is neither: "jet
retraction" and "Teeth Retraction" are subjects of articles (comparison.md, U11).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from lupusrefs.compare.text import clean, words
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.names import Name
from lupusrefs.model.pages import split_range
from lupusrefs.model.work import Update, Work


class Kind(IntEnum):
    """What a notice does to a work; of several the smallest is told."""

    REPLACEMENT = 1
    RETRACTION = 2
    WITHDRAWAL = 3
    PARTIAL = 4
    CONCERN = 5
    REINSTATEMENT = 6
    CORRECTION = 7
    NEW_VERSION = 8
    OTHER = 9


_NOTHING: Final[Mapping[str, Work]] = MappingProxyType({})
#: Kinds after which nobody should rely on the work as it was.
FATAL: Final = frozenset((Kind.REPLACEMENT, Kind.RETRACTION, Kind.WITHDRAWAL))

# The registries' names of types vary (comparison.md, U9).
_TYPES: Final = {
    "retraction": Kind.RETRACTION,
    "retracted": Kind.RETRACTION,
    "retractionandreplacement": Kind.REPLACEMENT,
    "retractionandrepublication": Kind.REPLACEMENT,
    "retractedandreplaced": Kind.REPLACEMENT,
    "withdrawal": Kind.WITHDRAWAL,
    "withdrawn": Kind.WITHDRAWAL,
    "removal": Kind.WITHDRAWAL,
    "partialretraction": Kind.PARTIAL,
    "expressionofconcern": Kind.CONCERN,
    "concern": Kind.CONCERN,
    "reinstatement": Kind.REINSTATEMENT,
    "correction": Kind.CORRECTION,
    "erratum": Kind.CORRECTION,
    "err": Kind.CORRECTION,
    "corrigendum": Kind.CORRECTION,
    "addendum": Kind.CORRECTION,
    "clarification": Kind.CORRECTION,
    "newversion": Kind.NEW_VERSION,
    "newedition": Kind.NEW_VERSION,
}
_NOT_LETTERS: Final = re.compile(r"[^a-z]+")
_HEAD: Final = 400  # characters of a title in which its lead is sought
_TAIL: Final = 160

# One quick search over every title, in lower case; what it finds is looked at more
# closely. (Without IGNORECASE the engine skips to the first letters by itself.)
_HINT: Final = re.compile(
    "retra|rétra|withd|remov|correc|correz|rigend|errat|error|concern|addend"
    "|publisher|bericht|korrekt|reinst|rectif|notice"
)
# Nouns that a subject of research can have too are `weak`: they need more around them.
_NOUNS: Final = (
    r"(?P<replacement>retractions?(?:\s+notice)?\s+(?:and|with)\s+"
    r"(?:replacement|republication))"
    r"|(?P<partial>partial\s+retractions?)"
    r"|(?P<weak_retraction>retractions?|retractación|rétractation)"
    r"|(?P<weak_withdrawal>withdrawals?|removals?)"
    r"|(?P<concern>(?:expressions?|notices?)\s+of\s+concern)"
    r"|(?P<weak_reinstatement>reinstatements?)"
    r"|(?P<weak_correction>corrections?|correcci[óo]n|correcciones|correzione"
    r"|korrektur(?:en)?|rectificati(?:fs?|on))"
    r"|(?P<addendum>addend(?:um|a)|publisher['’]?s\s+notes?)"
    r"|(?P<correction>erratum|errata|corr?igend(?:um|a)|berichtigung(?:en)?"
    r"|fe\s+de\s+(?:errores|erratas?)|departments?\s+of\s+error)"
)
_LEAD: Final = re.compile(
    r"\W*(?:(?:an?|the|full|formal|online|second|third|authors?['’]?s?['’]?"
    r"|publishers?['’]?s?['’]?|editors?['’]?s?['’]?|editorial"
    r"|(?:statement|notice|notification)\s+of)\s+)*"
    rf"(?:{_NOUNS})\b(?P<form>\s+(?:notice|note|statement)s?\b)?",
    re.IGNORECASE,
)
# What may stand behind a lead: the end, a mark, or the title that it is about.
_MARK: Final = re.compile(
    r"\W*\Z|\s*[:—–.\[(“\"«]|\s+[-'‘`]|\s+(?:to|for|of|in|on|zu|à|au|de|del|al)"
    r"(?:\s+(?:the|an?))?(?:\s*[:“\"‘'`«\[(]|\s+(?:article|paper|publication|letter)\b"
    r"|[^:]{1,100}?\bet\s+al\b)",
    re.IGNORECASE,
)
_PREPOSITION: Final = re.compile(
    r"\s+(?:to|for|in|of|on|regarding|zu|zum|zur|à|au|de|del|al|a|en|di)\b",
    re.IGNORECASE,
)
_END: Final = re.compile(
    r"(?:(?P<colon>:)\s*|[.—–]\s*|\s-\s*|[\[(]\s*)(?:an?\s+)?"
    r"(?:(?:author|publisher)\s+)?"
    rf"(?:{_NOUNS})(?:\s+(?:notice|note))?\W*\Z",
    re.IGNORECASE,
)
_STATUS: Final = re.compile(
    # A meeting's number may stand in front: "ISDN2014_0001: REMOVED: ...".
    r"\W*(?:[A-Za-z]*\d[\w.-]{0,20}:\s*)?"
    r"(?:(?P<retracted>retracted)|(?P<withdrawn>withdrawn|(?-i:REMOVED)"
    r"|temporar(?:y|ily)\s+remov(?:al|ed)))"
    r"(?:\s+(?:article|paper|chapter|manuscript|publication|preprint|report|letter))?"
    r"(?P<replaced>\s+and\s+(?:replaced|republished))?"
    r"(?:\s*[:\]—–]|\s*\)|\.\s|\s+-\s)",
    re.IGNORECASE,
)
_STATUS_END: Final = re.compile(
    r"[\[(]\s*(?:this\s+(?:article|paper)\s+(?:has\s+been|was)\s+)?"
    r"(?:(?P<retracted>retracted)|(?P<withdrawn>withdrawn))"
    r"(?P<replaced>\s+and\s+(?:replaced|republished))?\b[^\])]{0,120}[\])]\W*\Z",
    re.IGNORECASE,
)


def kind_of_type(update: Update) -> Kind:
    """What an update entry does, by its type, else by its label."""
    for text in (update.type, update.label):
        if text and (kind := _TYPES.get(_NOT_LETTERS.sub("", text.casefold()))):
            return kind
    return Kind.OTHER


@lru_cache(maxsize=1024)
def may_tell(title: str) -> bool:
    """Whether a title has a word that a notice or a status could have."""
    return _HINT.search(title.lower()) is not None


def kind_of_title(title: str | None) -> Kind | None:
    """What the notice of this title does, or None where it is no notice's title.

    >>> kind_of_title("Retraction—Ileal-lymphoid-nodular hyperplasia")
    <Kind.RETRACTION: 2>
    >>> kind_of_title("Correction of scoliosis with rods") is None
    True
    """
    return _kind_of_title(title) if title and may_tell(title) else None


@lru_cache(maxsize=1024)
def _kind_of_title(title: str) -> Kind | None:
    title = clean(title)
    if lead := _LEAD.match(title, 0, _HEAD):
        kind = _noun(lead)
        rest = title[lead.end() : lead.end() + _HEAD]
        if lead["form"] or _MARK.match(rest):
            return kind
        if lead["correction"] or (not _is_weak(lead) and _PREPOSITION.match(rest)):
            return kind
    end = _END.search(title[-_TAIL:])
    # "Scoliosis: correction" is a subject; ": erratum" is none.
    if end and not (end["colon"] and _is_weak(end)):
        return _noun(end)
    return None


_KIND_OF_NOUN: Final = {
    "replacement": Kind.REPLACEMENT,
    "partial": Kind.PARTIAL,
    "weak_retraction": Kind.RETRACTION,
    "weak_withdrawal": Kind.WITHDRAWAL,
    "concern": Kind.CONCERN,
    "weak_reinstatement": Kind.REINSTATEMENT,
    "weak_correction": Kind.CORRECTION,
    "addendum": Kind.CORRECTION,
    "correction": Kind.CORRECTION,
}


def _noun(match: re.Match[str]) -> Kind:
    return next(kind for name, kind in _KIND_OF_NOUN.items() if match[name])


def _is_weak(match: re.Match[str]) -> bool:
    return any(match[name] for name in _KIND_OF_NOUN if name.startswith("weak_"))


def status_of_title(title: str | None) -> Kind | None:
    """The status that an article's own title states: retracted, withdrawn, or None.

    >>> status_of_title("RETRACTED ARTICLE: A study"), status_of_title("Retracted jets")
    (<Kind.RETRACTION: 2>, None)
    """
    return _status_of_title(title) if title and may_tell(title) else None


@lru_cache(maxsize=1024)
def _status_of_title(title: str) -> Kind | None:
    title = clean(title)
    found = _STATUS.match(title, 0, _HEAD) or _STATUS_END.search(title[-_TAIL:])
    if found is None:
        return None
    if found["replaced"]:
        return Kind.REPLACEMENT
    return Kind.RETRACTION if found["retracted"] else Kind.WITHDRAWAL


def has_notice_words(title: str | None) -> bool:
    """Whether a title says that it is a notice's."""
    return kind_of_title(title) is not None


def is_notice(work: Work, related: Mapping[str, Work] = _NOTHING) -> bool:
    """Whether a registered work is a notice about another one."""
    return notice_kind(work, related) is not None


def notice_kind(work: Work, related: Mapping[str, Work] = _NOTHING) -> Kind | None:
    """What a notice does to the work it is about; None where this is no notice.

    Only a title can prove it: a comment linked as an update is no notice (U4), and a
    retracted article may name others as if it retracted them (U2).

    Args:
        work: what is registered.
        related: works that the record names, by folded DOI, as far as they are known.
    """
    for title in work.titles or (work.title,):
        if kind := kind_of_title(title):
            return min((kind, *_kinds(others(work)))) if kind > Kind.PARTIAL else kind
        if (status := status_of_title(title)) and _is_notice_of_status(work, related):
            return status
    return None


def is_own_notice(work: Work) -> bool:
    """Whether a notice took the place of its article: it updates its own DOI only."""
    return bool(work.updates) and not others(work)


def _kinds(updates: Iterable[Update]) -> list[Kind]:
    """Only what Retraction Watch has looked at may make a correction worse."""
    checked = (one for one in updates if one.source == RETRACTION_WATCH)
    return [kind_of_type(update) for update in checked]


RETRACTION_WATCH: Final = "retraction-watch"


def own_doi(work: Work) -> str:
    """The work's DOI as a key."""
    return fold(work.doi or work.id)


def others(work: Work) -> tuple[Update, ...]:
    """The entries of a notice that are about another work than itself (U6)."""
    own = own_doi(work)
    return tuple(update for update in work.updates if fold(update.doi) != own)


def claimed_kind(work: Work) -> Kind | None:
    """What a work does to others by its update entries alone, whatever its title is.

    New versions and retracted works (U2) are no notices.
    """
    kinds = [kind_of_type(update) for update in others(work)]
    kinds = [kind for kind in kinds if kind is not Kind.NEW_VERSION]
    if not kinds or any(map(status_of_title, work.titles or (work.title,))):
        return None
    return min(kinds)


def _is_notice_of_status(work: Work, related: Mapping[str, Work]) -> bool:
    """``Retracted: ...`` is the notice's title, too, with some publishers.

    Without persons on one page (U10); or where it updates a work of the same title.
    """
    if any(kind_of_type(update) in FATAL for update in work.updated_by):
        return False
    if not _has_persons(work) and _is_one_page(work.page):
        return True
    targets = (related.get(fold(update.doi)) for update in others(work))
    return any(target and is_about(work, target) for target in targets)


def is_about(notice: Work, work: Work) -> bool:
    """Whether a title with a status is the title of a work, which is no notice."""
    title = words(work.title or "")
    own = words(notice.title or "")
    if not title or kind_of_title(work.title) is not None:
        return False
    return own[-len(title) :] == title or own == title[-len(own) :]


def _has_persons(work: Work) -> bool:
    journal = {word for title in work.container_titles for word in words(title)}
    return any(_is_person(name, journal) for name in work.author)


def _is_person(name: Name, journal: set[str]) -> bool:
    # A journal can stand as given and family name (10.1155/2020/5109831).
    return name.literal is None and not journal.issuperset(words(str(name)))


def _is_one_page(page: str | None) -> bool:
    if not page:
        return True
    pair = split_range(page)
    return pair is None or pair[0] == pair[1]
