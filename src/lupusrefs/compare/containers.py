"""The journal, book or proceedings: cited beside registered (comparison.md 2.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lupusrefs.compare.abbreviations import align
from lupusrefs.compare.comparison import (
    FieldComparison,
    Grade,
    State,
    finding,
    proposal,
)
from lupusrefs.compare.conferences import says_little
from lupusrefs.compare.container_kinship import (
    ACRONYM,
    Kinship,
    Relation,
    relate,
    share_words,
)
from lupusrefs.compare.container_names import ContainerName, read_name
from lupusrefs.compare.journals import is_known, is_preprint_server, names_of
from lupusrefs.compare.record_path import record_path
from lupusrefs.compare.text import clean, is_absent
from lupusrefs.findings import Change, Confidence, Finding, Severity
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

FIELD: Final = "container-title"

# Of these the name of the container is nearly fixed; a book is cited by its own title
# or that of its series, and a conference in a dozen ways.
_JOURNAL_TYPES: Final = frozenset(
    (
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "periodical",
        "review",
        "review-book",
    )
)
# What they are cited by need not be what is registered.
_LOOSE_TYPES: Final = frozenset(
    ("dataset", "software", "document", "graphic", "figure")
)
# Series that a chapter may be cited by though only its book is registered.
_SERIES: Final = re.compile(
    r"lect(?:ure|\.)? notes|\blnc?s\b|\bln[ab]i\b|ifip|ccis|ceur|procedia|springer"
    r"|advances? in|adv\.|methods in|topics in|studies in|progress in"
    r"|proc(?:eedings|\.)? (?:of )?(?:the )?spie"
    r"|(?:ieee|acm|aip|iop) (?:conf|proc|intern|press)"
    r"|communications in comp|graduate texts|\bseries\b|\bser\.",
    re.IGNORECASE,
)
# High-energy physicists put the section of a journal in front of the volume.
_SECTION_IN_VOLUME: Final = re.compile(r"([A-Z])\s?[0-9]+[A-Z]?\Z")


_MANY: Final = 8  # registered titles that are looked at


class _Match(NamedTuple):
    relation: Relation
    cited: ContainerName
    registered: ContainerName


def compare_container(reference: Item, work: Work) -> FieldComparison:
    """Compare what a work is said to have appeared in with where it is registered.

    Any registered title will do, full, short or of the series. A difference is
    asserted only on positive evidence: words on either side that the other has not.
    """
    cited = list(_cited(reference))
    registered = list(_registered(work))
    if not cited or not registered:
        return _absent(reference, work, cited, registered)
    compared = _compared(reference, work, cited[0], registered)
    if compared.agrees or compared.differs or len(cited) == 1:
        return compared
    # A short title may help to recognise a name, and never excuses another one.
    short = _compared(reference, work, cited[1], registered)
    return short if short.agrees else compared


def _compared(
    reference: Item, work: Work, cited: ContainerName, registered: list[ContainerName]
) -> FieldComparison:
    for name in registered:
        if cited.tokens == name.tokens:
            return _agreeing(State.EQUAL, _Match(_EQUAL, cited, name), None)
    match = _best(cited, registered, work)
    if match.relation.kinship is Kinship.SAME:
        return _agreeing(State.EQUIVALENT, match, match.relation.reason)
    if (named := _otherwise(reference, work, cited)) is not None:
        return _agreeing(State.EQUIVALENT, *named)
    return _differing(reference, work, match)


_EQUAL: Final = Relation(Kinship.SAME)


def _cited(reference: Item) -> Iterator[ContainerName]:
    """What is cited: the container, its short form; the series where it has neither."""
    texts = [reference.container_title, reference.container_title_short]
    if all(map(is_absent, texts)):
        texts = [reference.collection_title]
    for text in dict.fromkeys(texts):
        if text and not is_absent(text) and (name := read_name(text)).tokens:
            yield name


def _registered(work: Work) -> Iterator[ContainerName]:
    texts = (
        work.container_title,
        *work.container_titles[:_MANY],
        work.container_title_short,
        work.collection_title,
    )
    for text in dict.fromkeys(texts):
        if text and not is_absent(text) and (name := read_name(text)).tokens:
            yield name


def _absent(
    reference: Item,
    work: Work,
    cited: list[ContainerName],
    registered: list[ContainerName],
) -> FieldComparison:
    state = State.ABSENT_REGISTERED if cited else State.ABSENT_CITED
    if cited and (named := _otherwise(reference, work, cited[0])) is not None:
        return _agreeing(State.EQUIVALENT, *named)
    return FieldComparison(
        field=FIELD,
        state=state,
        cited=cited[0].text if cited else "",
        registered=registered[0].text if registered else "",
        cited_form=cited[0].form if cited else "",
        registered_form=registered[0].form if registered else "",
    )


def _agreeing(state: State, match: _Match, reason: str | None) -> FieldComparison:
    return FieldComparison(
        field=FIELD,
        state=state,
        cited=match.cited.text,
        registered=match.registered.text,
        cited_form=match.cited.form,
        registered_form=match.registered.form,
        reason=reason,
    )


# --- the best match -----------------------------------------------------------


def _best(cited: ContainerName, registered: list[ContainerName], work: Work) -> _Match:
    """The nearest of all pairs; acronyms and abbreviations prove no difference."""
    matches = [_Match(relate(cited, name), cited, name) for name in registered]
    for match in matches:
        if match.relation.kinship is Kinship.SAME:
            return match
    if (renamed := _renamed(cited, registered, work)) is not None:
        return renamed
    telling = set(_telling(registered))
    best = min(
        (match for match in matches if match.registered in telling),
        key=lambda match: match.relation.kinship,
    )
    for name in (best.cited, best.registered):
        if name.is_acronym and not is_known(name.tokens):
            return best._replace(relation=Relation(Kinship.UNCLEAR, ACRONYM))
    return best


def _telling(registered: list[ContainerName]) -> Iterator[ContainerName]:
    """The registered names but codes and abbreviations of others, or else all."""
    full = [one for one in registered if not one.is_acronym] or registered
    for one in full:
        abbreviated = any(
            len(other.form) > len(one.form) and align(one.tokens, other.tokens).complete
            for other in full
        )
        is_code = len(one.tokens) == 1 < max(len(other.tokens) for other in full)
        if not abbreviated and not is_code:
            yield one


def _renamed(
    cited: ContainerName, registered: list[ContainerName], work: Work
) -> _Match | None:
    """Whether it is another name of the registered journal."""
    issns = tuple((work.issn or "").split(", "))
    mine = cited.readings if cited.head is None else (*cited.readings, cited.head)
    for theirs in registered:
        head = () if theirs.head is None else (theirs.head,)
        for reading in (*theirs.readings, *head):
            for name in names_of(reading, issns):
                if any(align(one, name).complete for one in mine):
                    same = Relation(Kinship.SAME, "another name of the journal")
                    return _Match(same, cited, theirs)
    return None


def _otherwise(
    reference: Item, work: Work, cited: ContainerName
) -> tuple[_Match, str] | None:
    """Whether the container is named by what is registered elsewhere."""
    others = [
        (work.publisher, "the publisher is named"),
        (work.event_title, "the conference is named"),
    ]
    if work.type not in _JOURNAL_TYPES:
        others.append((work.title, "the book is named"))
    for text, reason in others:
        if not text or is_absent(text) or not (name := read_name(text)).tokens:
            continue
        # Not by acronyms: "ACM" are the initials of "Access Control Models".
        relation = relate(cited, name)
        if relation.kinship is Kinship.SAME and relation.reason != ACRONYM:
            return _Match(relation, cited, name), reason
    return _by_series(reference, work) or _by_section(reference, work)


def _by_series(reference: Item, work: Work) -> tuple[_Match, str] | None:
    """A book of a series: the series is cited, and it is all that is registered."""
    series = reference.collection_title
    if not series or is_absent(series) or len(work.container_titles) != 1:
        return None
    mine, name = read_name(series), read_name(work.container_titles[0])
    if mine.tokens and name.tokens and relate(mine, name).kinship is Kinship.SAME:
        return _Match(_EQUAL, mine, name), "matched series"
    return None


def _by_section(reference: Item, work: Work) -> tuple[_Match, str] | None:
    """``Phys. Rev.`` and volume ``D45``: the section stands in the volume."""
    found = _SECTION_IN_VOLUME.match((reference.volume or "").strip())
    if not found or not reference.container_title:
        return None
    mine = read_name(f"{reference.container_title} {found[1]}")
    for name in _registered(work):
        if relate(mine, name).kinship is Kinship.SAME:
            return _Match(_EQUAL, mine, name), "the section stands in the volume"
    return None


# --- what is to be reported ---------------------------------------------------


def _differing(reference: Item, work: Work, match: _Match) -> FieldComparison:
    if is_preprint_server(match.cited.text):
        return _unrecognised(match, "a preprint server is cited", ())
    if not _has_common_script(match):
        return _unrecognised(match, "the names are in different scripts", ())
    kinship = _judged(work, match)
    if kinship is Kinship.OTHER:
        return _different(match, Grade.WHOLE, _mismatch(reference, work, match))
    if kinship is Kinship.SISTER:
        return _different(match, Grade.PART, _offshoot(reference, work, match))
    reason = match.relation.reason or "the name is not recognised"
    told = _not_recognised(reference, work, match)
    return _unrecognised(match, reason, (told,))


def _judged(work: Work, match: _Match) -> Kinship:
    kinship = match.relation.kinship
    is_journal = work.type in _JOURNAL_TYPES or work.registered_type == "journal-issue"
    if is_journal or kinship < Kinship.SISTER:
        return kinship
    mine, theirs = match.cited.tokens, match.registered.tokens
    unclear = (
        work.type in _LOOSE_TYPES
        or _SERIES.search(match.cited.text)
        or says_little(match.registered)
    )
    return Kinship.UNCLEAR if unclear or share_words(mine, theirs) else kinship


def _has_common_script(match: _Match) -> bool:
    """Whether both are Latin, or neither is."""
    return _is_latin(match.cited) == _is_latin(match.registered)


def _is_latin(name: ContainerName) -> bool:
    return any("a" <= letter <= "z" for letter in name.form)


def _unrecognised(
    match: _Match, reason: str, findings: tuple[Finding, ...]
) -> FieldComparison:
    return FieldComparison(
        field=FIELD,
        state=State.NOT_COMPARABLE,
        cited=match.cited.text,
        registered=match.registered.text,
        cited_form=match.cited.form,
        registered_form=match.registered.form,
        reason=reason,
        findings=findings,
    )


def _different(match: _Match, grade: Grade, told: Finding) -> FieldComparison:
    return FieldComparison(
        field=FIELD,
        state=State.DIFFERENT,
        grade=grade,
        cited=match.cited.text,
        registered=match.registered.text,
        cited_form=match.cited.form,
        registered_form=match.registered.form,
        findings=(told,),
    )


def _mismatch(reference: Item, work: Work, match: _Match) -> Finding:
    sure = not match.relation.is_sharing or is_known(match.cited.tokens)
    confidence = Confidence.CERTAIN if sure else Confidence.LIKELY
    return _told("container-mismatch", reference, work, match, confidence)


def _offshoot(reference: Item, work: Work, match: _Match) -> Finding:
    return _told("container-is-offshoot", reference, work, match, Confidence.CERTAIN)


def _not_recognised(reference: Item, work: Work, match: _Match) -> Finding:
    return _told("container-unrecognised", reference, work, match, Confidence.POSSIBLE)


def _told(
    rule: str,
    reference: Item,
    work: Work,
    match: _Match,
    confidence: Confidence,
) -> Finding:
    name = " ".join(clean(match.registered.text).split())
    return finding(
        rule,
        reference,
        f"cited in {_shown(match.cited)}, registered in {_shown(match.registered)}",
        field=FIELD,
        cited=match.cited.text,
        registered=match.registered.text,
        forms=(match.cited.form, match.registered.form),
        path=record_path(work, FIELD),
        confidence=confidence,
        severity=Severity.INFO if confidence is Confidence.POSSIBLE else None,
        fix=proposal(Change(FIELD, name)),
    )


def _shown(name: ContainerName) -> str:
    text = " ".join(clean(name.text).split())
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[:_SHOWN]}…”"


_SHOWN: Final = 120
