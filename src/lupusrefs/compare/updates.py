"""Whether a work is retracted, corrected or superseded (comparison.md, section 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from lupusrefs.compare.comparison import finding, proposal
from lupusrefs.compare.notices import (
    FATAL,
    RETRACTION_WATCH,
    Kind,
    is_own_notice,
    kind_of_title,
    kind_of_type,
    notice_kind,
    others,
    own_doi,
    status_of_title,
)
from lupusrefs.compare.record_path import record_path
from lupusrefs.compare.relations import published_versions
from lupusrefs.compare.text import clean
from lupusrefs.compare.update_entries import STATE_PATH, Entry, entries
from lupusrefs.findings import Change, Confidence, Finding, Severity
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

_RULES: Final = {
    Kind.REPLACEMENT: ("retracted-and-replaced", "retracted and replaced"),
    Kind.RETRACTION: ("retracted", "retracted"),
    Kind.WITHDRAWAL: ("withdrawn", "withdrawn"),
    Kind.PARTIAL: ("partially-retracted", "retracted in part"),
    Kind.CONCERN: ("expression-of-concern", "under an expression of concern"),
    Kind.REINSTATEMENT: ("reinstated", "reinstated after a retraction"),
    Kind.CORRECTION: ("corrected", "corrected"),
    Kind.NEW_VERSION: ("new-version-exists", "superseded by a newer version"),
    Kind.OTHER: ("corrected", "updated"),
}
_NOUNS: Final = {
    Kind.REPLACEMENT: "retraction and replacement",
    Kind.RETRACTION: "retraction",
    Kind.WITHDRAWAL: "withdrawal",
    Kind.PARTIAL: "partial retraction",
    Kind.CONCERN: "expression of concern",
    Kind.REINSTATEMENT: "reinstatement",
    Kind.CORRECTION: "correction",
    Kind.NEW_VERSION: "new version",
    Kind.OTHER: "update",
}
# What a notice says it is about, before it names the article: "Author Name Correction".
# Nature's "Author Correction" tells who corrects, not what.
_OF_AUTHORS_OR_DATA: Final = re.compile(
    r"\bauthors?['’]?s?\s+(?:names?|lists?|order|affiliations?)|\bauthorship\b"
    r"|\b(?:names?|list|order)\s+of\s+(?:the\s+)?authors?\b|\bdata\b",
    re.IGNORECASE,
)
_LEAD_END: Final = re.compile(r"[:—–“\"]|\bto\s+the\s+(?:article|paper)\b")
_KNOWING: Final = re.compile(r"\b(?:retract|withdr)", re.IGNORECASE)
_MANY: Final = 8  # notices of one work that are worth a request


def compare_status(
    reference: Item, work: Work, related: Mapping[str, Work]
) -> tuple[Finding, ...]:
    """What has happened to a work since it was published: the gravest thing only.

    Args:
        reference: what is cited.
        work: what is registered.
        related: works that the record names, by folded DOI, as far as they are known.
    """
    kind = notice_kind(work, related)
    if kind is not None:
        return tuple(_cited_notice(reference, work, kind))
    found = list(entries(work, related))
    if not found:
        return ()
    return (_finding(reference, _verdict(found), found, related),)


def related_dois(work: Work) -> tuple[str, ...]:
    """The DOIs whose own records can change what is said of this one.

    Notices (a retraction can be typed as an erratum), the article of a preprint, and
    what a work without a notice's title says it updates.
    """
    if not (work.updates or work.updated_by or work.relations):
        return ()
    names = [*published_versions(work)]
    if notice_kind(work) is None and not _is_settled(work):
        updates = (*others(work), *work.updated_by)
        names += [one.doi for one in updates if kind_of_type(one) in _DOUBTFUL]
    distinct: dict[str, str] = {own_doi(work): ""}
    for name in names:
        distinct.setdefault(fold(name), name)
    return tuple(filter(None, distinct.values()))[:_MANY]


# A partial retraction, a concern and a new version are what they say they are.
_DOUBTFUL: Final = FATAL | {Kind.CORRECTION, Kind.OTHER, Kind.CONCERN}


def _is_settled(work: Work) -> bool:
    return any(
        kind_of_type(update) in FATAL and update.source == RETRACTION_WATCH
        for update in work.updated_by
    )


# -- the verdict --------------------------------------------------------------------


def _verdict(found: list[Entry]) -> Entry:
    """The gravest entry that can be believed, else the gravest at all."""
    believed = [entry for entry in found if entry.is_credible] or found
    back = [one for one in believed if one.kind is Kind.REINSTATEMENT]
    if back and not _is_retracted_again(believed, back[-1]):
        return back[-1]
    gravest = min(believed, key=lambda entry: entry.kind)
    return _confirmed(gravest, found)


def _is_retracted_again(found: list[Entry], back: Entry) -> bool:
    dates = [one.date.start for one in found if one.kind in FATAL and one.date]
    if back.date is None or back.date.start is None:
        return False
    since = back.date.start
    return any(date is not None and date > since for date in dates)


def _confirmed(gravest: Entry, found: list[Entry]) -> Entry:
    """Title and update entry together leave no doubt; the entry has the notice."""
    if gravest.kind not in FATAL:
        return gravest
    same = [entry for entry in found if entry.kind in FATAL]
    if len({entry.path for entry in same}) == 1:
        return gravest
    believed = [entry for entry in same if entry.is_credible]
    named = next((entry for entry in believed if entry.doi), None) or next(
        (entry for entry in same if entry.date), gravest
    )
    # A record titled WITHDRAWN that says of itself "retraction" tells of one event.
    own = (entry.kind for entry in same if entry.doi is None)
    kind = min(gravest.kind, *own, gravest.kind)
    return replace(named, kind=kind, confidence=Confidence.CERTAIN)


def _finding(
    reference: Item,
    entry: Entry,
    beside: list[Entry],
    related: Mapping[str, Work],
) -> Finding:
    rule, participle = _RULES[entry.kind]
    newer = entry.kind is Kind.NEW_VERSION and entry.doi is not None
    return finding(
        rule,
        reference,
        _message(entry, participle),
        field="DOI" if reference.doi else None,
        registered=entry.doi or entry.label,
        forms=("", _NOUNS[entry.kind]),
        path=entry.path,
        severity=_severity(reference, entry, related),
        confidence=entry.confidence,
        fix=proposal(Change("DOI", entry.doi)) if newer else None,
        hint=_hint(entry, beside),
    )


def _message(entry: Entry, participle: str) -> str:
    if entry.path == STATE_PATH:
        return "the registry keeps the record, but no longer shows it"
    if entry.path is not None and entry.path.endswith("title"):
        return f"the registered title says that the work is {participle}"
    doubt = "may be" if entry.confidence is Confidence.POSSIBLE else "is"
    verb = "was" if entry.kind is Kind.REINSTATEMENT else doubt
    date = f" ({entry.date})" if entry.date else ""
    where = f"by {entry.doi}{date}" if entry.doi else f"says its own record{date}"
    if entry.kind is Kind.NEW_VERSION:
        return f"a newer version is registered: {entry.doi}{date}"
    if entry.kind in {Kind.CORRECTION, Kind.OTHER} and entry.doi:
        return f"a notice is registered ({entry.label}): {entry.doi}{date}"
    told = f", says {_SOURCES.get(entry.source, entry.source)}" if entry.source else ""
    if entry.doi is None and entry.source == RETRACTION_WATCH:
        return f"the work {verb} {participle}{told}{date}; the notice has no DOI"
    if entry.doi is None:
        return f"the work {verb} {participle}, {where}; there is no notice"
    return f"the work {verb} {participle} {where}{told}"


_SOURCES: Final = {
    "publisher": "the publisher",
    RETRACTION_WATCH: "Retraction Watch",
    f"publisher and {RETRACTION_WATCH}": "the publisher and Retraction Watch",
    f"{RETRACTION_WATCH} and publisher": "Retraction Watch and the publisher",
}


def _severity(
    reference: Item, entry: Entry, related: Mapping[str, Work]
) -> Severity | None:
    """None where the rule's own severity stands."""
    if entry.kind in FATAL and _says_so(reference):
        return Severity.INFO
    if entry.kind is Kind.CORRECTION and entry.doi is not None:
        notice = related.get(fold(entry.doi))
        texts = (entry.label, notice.title if notice else None)
        return Severity.WARNING if any(map(_is_about_authors, texts)) else None
    if entry.confidence is not Confidence.POSSIBLE or entry.path == STATE_PATH:
        return None
    # The registry says so of the work itself, which is more than a doubtful link (U6).
    if entry.doi is None and entry.kind <= Kind.CONCERN:
        return Severity.WARNING
    return None


def _says_so(reference: Item) -> bool:
    """Whether the citation itself says that the work is retracted (U13).

    A prefix of the title does not count: programs copy it from the registry.
    """
    texts = (reference.status, reference.note, reference.annote)
    return any(text and _KNOWING.search(text) for text in texts)


def _is_about_authors(text: str | None) -> bool:
    if not text:
        return False
    lead = _LEAD_END.split(clean(text), maxsplit=1)[0]
    return _OF_AUTHORS_OR_DATA.search(lead) is not None


def _hint(entry: Entry, found: list[Entry]) -> str | None:
    """What else there is: one finding tells of all notices (P11)."""
    also = [
        f"{'' if one.is_credible else 'possible '}{_NOUNS[one.kind]} {one.doi}"
        for one in sorted(found, key=lambda one: one.kind)
        if one.doi and one.doi != entry.doi
    ]
    if also:
        return "registered as well: " + ", ".join(also[:_MANY])
    if entry.kind in FATAL:
        return "if it is cited knowingly, say so with an ignore and its reason"
    return None


def _cited_notice(reference: Item, work: Work, kind: Kind) -> Iterator[Finding]:
    """Citing a notice is legitimate (U13); by mistake, it is ``doi-is-notice``."""
    title = reference.title
    if kind_of_title(title) is None and status_of_title(title) is None:
        if kind in FATAL and is_own_notice(work):
            path = record_path(work, "title")
            entry = Entry(kind, Confidence.LIKELY, label=work.title, path=path)
            yield _finding(reference, entry, [entry], {})
        return
    targets = list(dict.fromkeys(update.doi for update in others(work)))
    about = f" of {', '.join(targets[:_MANY])}" if targets else ""
    yield finding(
        "notice-cited-instead-of-work",
        reference,
        f"what is cited is a notice: the {_NOUNS[kind]}{about}",
        field="title",
        cited=title,
        registered=work.title,
        forms=("notice", _NOUNS[kind]),
        path=record_path(work, "title"),
    )
