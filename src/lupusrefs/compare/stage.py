"""Works cited as not yet in an issue, and what has become of them.

"In press", "Epub ahead of print" and their like are put into every field there is
(comparison.md, 2.2 "in press").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lupusrefs.compare.comparison import finding, proposal, safe_fix
from lupusrefs.compare.record_path import record_path
from lupusrefs.compare.registered_numbers import RegisteredNumbers
from lupusrefs.compare.text import clean
from lupusrefs.findings import Change, Confidence, Finding, Fix, Severity
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

# So long after its publication online, nothing is "ahead of print" any more.
_STALE_YEARS: Final = 2

_AHEAD: Final = (
    r"(?:(?:e-?pub(?:lication)?|online|published(?:\s+online)?|publish)\W{1,3})?"
    r"ahead[\s-]+of[\s-]+(?:print|publication|issue|inclusion)"
    r"|(?:electronic|e-?pub|online|advance[d]?)(?:\s+\w+)?\s+ahead"
    r"|advance[d]?[\s-]+(?:online|access|articles?|publications?)"
    r"(?:[\s-]+(?:publications?|articles?))?"
    r"|early[\s-]+(?:view|access|online)|(?:first[\s-]+online|online[\s-]+first)"
    r"|firstview|(?:article|articles|manuscript)[\s-]+in[\s-]+press|in[\s-]?press"
    r"|corrected[\s-]+proofs?|just[\s-]+accepted|prepublished|pre-?publication"
    r"|forthcoming|to[\s-]+appear|im[\s-]+(?:druck|erscheinen)|en[\s-]+prensa"
    r"|sous[\s-]+presse|à[\s-]+paraître|no[\s-]+prelo|in[\s-]+stampa"
    r"|accepted(?:[\s-]+(?:for[\s-]+publication|manuscript|article|author[\s-]+manuscript))?"
)
# With a date behind it: "Epub 2015 Aug 31", "published online 31 August 2015".
_MONTH: Final = (
    r"jan\w*|feb\w*|m[aä]r\w*|apr\w*|ma[iy]|june?|july?|aug\w*|sept?\w*|o[ck]t\w*"
    r"|nov\w*|de[cz]\w*"
)
_DATE: Final = rf"(?:\W{{0,3}}\b(?:(?:on|in)\s+)?(?:\d{{1,4}}|{_MONTH})\b){{0,4}}"
_MARKER: Final = re.compile(rf"(?:{_AHEAD}){_DATE}", re.IGNORECASE)
_DATED: Final = re.compile(
    rf"(?:e-?pub|published\s+online|available\s+online)\b{_DATE}", re.IGNORECASE
)
_WORD: Final = re.compile(rf"\b(?:{_AHEAD})(?!\w)", re.IGNORECASE)
_QUICK: Final = re.compile(  # over lower case, as in notices.py
    "ahead|press|epub|e-pub|advance|early|first|online|proof|accepted|publi|forthc"
    "|appear|druck|erschein|prensa|paraître|prelo|stampa"
)
_BRACKETS: Final = re.compile(r"\s*[\[(]([^\[\]()]{4,80})[\])]\s*\.?\s*\Z")
_SENTENCE: Final = re.compile(r"[.;]\s+([^.;]{4,80})\.?\s*\Z")
_SEGMENTS: Final = re.compile(r"(\s*[.;,\n]\s*|\s*[\[\]()]\s*)")
_ENDS: Final = re.compile(r"[\])]\s*\.?\s*\Z|[.;]\s+\S")
_TITLE_END: Final = 100  # characters of a title in which a marker is sought
_LONGEST: Final = 2000  # characters of a note that are looked at
_STRIP: Final = " \t\r\n.,;:[]()"


@dataclass(frozen=True, slots=True)
class Marker:
    """Where a citation says that its work is not yet in an issue.

    Attributes:
        variable: the CSL variable it stands in.
        text: what it says, verbatim.
        rest: the value without it; None where nothing else stands there.
    """

    variable: str
    text: str
    rest: str | None

    @property
    def removal(self) -> Change:
        """What takes it away."""
        return Change(self.variable, self.rest)


def cited_stage(reference: Item) -> str | None:
    """What a citation says of its work not being in an issue yet, verbatim.

    >>> cited_stage(Item(id="x", status="Online ahead of print"))
    'Online ahead of print'
    """
    marker = find_marker(reference)
    return marker.text if marker else None


def find_marker(reference: Item) -> Marker | None:
    """The first place where a citation says so, or None."""
    for variable, text in (
        ("status", reference.status),
        ("volume", reference.volume),
        ("issue", reference.issue),
        ("page", reference.page),
        ("number", reference.number),
    ):
        if text and _QUICK.search(text.lower()) and (found := _whole(variable, text)):
            return found
    for variable, text in (
        ("note", reference.note),
        ("annote", reference.annote),
        ("genre", reference.genre),
        ("medium", reference.medium),
    ):
        if (
            text
            and _QUICK.search(text.lower())
            and (found := _in_segments(variable, text))
        ):
            return found
    for variable, text in (
        ("title", reference.title),
        ("container-title", reference.container_title),
    ):
        if text and (found := _at_end(variable, text)):
            return found
    return _in_date(reference.issued)


def _is_marker(text: str, *, dated: bool = True) -> bool:
    text = text.strip(_STRIP)
    if _MARKER.fullmatch(text):
        return True
    return dated and _DATED.fullmatch(text) is not None


def _whole(variable: str, text: str) -> Marker | None:
    """A short field that holds nothing else, or the marker among little else."""
    if _is_marker(text):
        return Marker(variable, text, None)
    if variable == "status":
        return _in_segments(variable, text) or _in_words(variable, text)
    return None


def _in_words(variable: str, text: str) -> Marker | None:
    """A status is about the stage and nothing else, however it is worded."""
    found = _WORD.search(text[:_LONGEST])
    return Marker(variable, text, None) if found else None


def _in_segments(variable: str, text: str) -> Marker | None:
    """One of the statements of a note: ``Epub ahead of print; PMID: 1``."""
    if len(text) > _LONGEST:
        return None
    pieces = _SEGMENTS.split(text)
    for index in range(0, len(pieces), 2):
        if _is_marker(pieces[index]):
            before, behind = pieces[: max(index - 1, 0)], pieces[index + 2 :]
            joint = pieces[index + 1] if before and behind else ""
            rest = "".join((*before, joint.strip("[]()"), *behind)).strip(" \t\n;,[]()")
            return Marker(variable, pieces[index].strip(), rest or None)
    return None


def _at_end(variable: str, text: str) -> Marker | None:
    """In brackets or as a sentence behind a title."""
    tail = text[-_TITLE_END:].lower()
    if not (_ENDS.search(tail) and _QUICK.search(tail)):
        return None
    for pattern in (_BRACKETS, _SENTENCE):
        found = pattern.search(text, max(0, len(text) - _TITLE_END))
        if found and _is_marker(found[1], dated=pattern is _BRACKETS):
            rest = text[: found.start()].rstrip()
            return Marker(variable, found[0].strip(), rest) if rest else None
    return None


def _in_date(issued: Date | None) -> Marker | None:
    if issued is None or not issued.literal or not _is_marker(issued.literal):
        return None
    # The date itself is the year's business: there is nothing to remove here.
    return Marker("issued", issued.literal, None)


def compare_stage(reference: Item, work: Work, *, agrees: bool) -> tuple[Finding, ...]:
    """Whether a work that is cited as ahead of print is in an issue by now.

    Args:
        reference: what is cited.
        work: what is registered.
        agrees: whether the titles and the first authors' family names agree.
    """
    marker = find_marker(reference)
    if marker is None:
        return ()
    numbers = RegisteredNumbers.of(work)
    if numbers.volume and (numbers.page or numbers.number):
        return tuple(_in_issue(reference, work, marker, numbers, agrees=agrees))
    if numbers.volume is None:
        return tuple(_long_online(reference, work, marker))
    return ()


def _in_issue(
    reference: Item,
    work: Work,
    marker: Marker,
    numbers: RegisteredNumbers,
    *,
    agrees: bool,
) -> Iterator[Finding]:
    added = numbers.missing_in(reference, marker.variable)
    replaced = {change.variable for change in added}
    if not added and _DATED.fullmatch(marker.text.strip(_STRIP)):
        return  # "Epub 2015 Aug 31" beside volume and page: history, no claim
    removal = () if marker.variable in replaced | {"issued"} else (marker.removal,)
    changes = (*added, *removal)
    yield finding(
        "ahead-of-print-now-in-issue",
        reference,
        f"cited as `{clean(marker.text)}`, registered in {numbers.citation()}",
        field=marker.variable,
        cited=marker.text,
        registered=numbers.citation(),
        forms=("ahead of print", "in an issue"),
        path=record_path(work, "volume"),
        # Beside volume and page a forgotten marker misleads nobody.
        severity=None if added else Severity.INFO,
        confidence=Confidence.CERTAIN if agrees else Confidence.LIKELY,
        fix=_fix(changes, agrees=agrees),
    )


def _fix(changes: tuple[Change, ...], *, agrees: bool) -> Fix | None:
    if not changes:
        return None
    return safe_fix(*changes) if agrees else proposal(*changes)


def _long_online(reference: Item, work: Work, marker: Marker) -> Iterator[Finding]:
    since = _online_since(work)
    if since is None or not _is_stale(since, work.provenance.fetched):
        return
    yield finding(
        "ahead-of-print-now-in-issue",
        reference,
        f"cited as `{clean(marker.text)}`, but online since {since}; "
        "no volume is registered",
        field=marker.variable,
        cited=marker.text,
        registered=str(since),
        forms=("ahead of print", f"online since {since}"),
        path=record_path(work, "online"),
        confidence=Confidence.LIKELY,
        hint="look up volume, issue and pages at the journal",
    )


def _online_since(work: Work) -> PartialDate | None:
    """The earliest date of publication in any form."""
    kinds = {"online", "published", "print", "posted", "other", "Available", "Issued"}
    dates = [one.date.start for one in work.dates if one.kind in kinds]
    dates.append(work.issued.start if work.issued else None)
    return min((date for date in dates if date is not None), default=None)


def _is_stale(since: PartialDate, fetched: datetime) -> bool:
    """By the latest day that the date can mean."""
    latest = (since.year + _STALE_YEARS, since.month or 12, since.day or 31)
    return latest < (fetched.year, fetched.month, fetched.day)
