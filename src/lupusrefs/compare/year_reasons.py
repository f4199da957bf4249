"""Why a year may be right that is not registered (comparison.md, 2.4 and 3.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lupusrefs.compare.stage import cited_stage
from lupusrefs.compare.years import (
    FAR_YEARS,
    RegisteredYears,
    Years,
)
from lupusrefs.model.work import Agency

if TYPE_CHECKING:
    from lupusrefs.model.item import Item
    from lupusrefs.model.work import Work

# 10.1575/1912/...: the number of a handle server, not a year.
_HANDLE_NUMBERS: Final = ("10.1575/1912/",)
_ISSN: Final = re.compile(r"(?<!\d)\d{4}-\d{3}[\dx](?!\d)", re.IGNORECASE)
# Elsevier's publisher item identifiers have two digits of the year in brackets:
# s0140-6736(97)11096-0, 0891-5849(94)90151-1.
_PII_YEAR: Final = re.compile(r"\d{4}-\d{3}[\dx]\((\d\d)\)", re.IGNORECASE)
# 00005053-198705000-00006, (199907)55:7, nejm199001183220303: year and month.
_YEAR_MONTH: Final = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)(?:0[1-9]|1[0-2])\d{0,9}")
_PII_YEARS: Final = range(1950, 2050)
# DOIs and names of journals are not read beyond.
_LONGEST: Final = 500
# Kinds of work of which nothing is printed.
_UNPRINTED: Final = frozenset(("dataset", "software", "webpage", "post", "post-weblog"))
_CONFERENCE: Final = frozenset(("paper-conference", "chapter", "book"))
_LETTER_FIRST: Final = re.compile(r"[eE]\d")
# DataCite's dates of a work's making; its publication is none of them.
_MAKING: Final = {
    "Created": "created",
    "Copyrighted": "copyrighted",
    "Submitted": "submitted",
    "Accepted": "accepted",
}
_VERSION: Final = {"Updated": "updated"}


def reason_for(
    reference: Item, work: Work, cited: Years, registered: RegisteredYears
) -> str | None:
    """Why the cited year may be right though no registered date has it, or None."""
    if not cited.is_one:
        return None
    year = cited.first
    by_record = (
        _online_before_print,
        _print_after_online,
        _between,
        _in_doi,
        _of_making,
        _of_conference,
    )
    for reason in by_record:
        if found := reason(year, work, registered):
            return found
    if found := _of_other_version(year, reference, work, registered):
        return found
    if year == registered.years[0] - 1 and cited_stage(reference):
        return "cited as in press"
    return None


def _online_before_print(
    year: int, work: Work, registered: RegisteredYears
) -> str | None:
    """2.4 (a): the DOI existed before the year of print, and no date online is told."""
    del work
    if registered.of_kind("online", "posted") is not None:
        return None
    created = registered.created
    if created is None or created > year or year != registered.years[0] - 1:
        return None
    return "probably the online year"


def _print_after_online(
    year: int, work: Work, registered: RegisteredYears
) -> str | None:
    """2.4 (b): only the date online is registered, and print may have followed."""
    if year != registered.years[-1] + 1 or registered.of_kind("print") is not None:
        return None
    return "probably the print year" if _may_be_printed(work) else None


def _may_be_printed(work: Work) -> bool:
    """Not so of preprints, data, and journals that number their articles."""
    if work.agency == Agency.DATACITE or work.type in _UNPRINTED:
        return False
    if work.registered_type == "posted-content" or work.article_number:
        return False
    return not (work.page and _LETTER_FIRST.match(work.page))


def _between(year: int, work: Work, registered: RegisteredYears) -> str | None:
    """2.4 (d): strictly between online and print, which are near one another."""
    del work
    online, printed = registered.of_kind("online"), registered.of_kind("print")
    if online is None or printed is None or abs(printed - online) > FAR_YEARS:
        return None
    if min(online, printed) < year < max(online, printed):
        return "between the online and the print year"
    return None


def _in_doi(year: int, work: Work, registered: RegisteredYears) -> str | None:
    """2.4 (c): the DOI has the year, the registered one is that of the deposit."""
    del registered
    doi = (work.doi or work.id)[:_LONGEST].lower()
    if doi.startswith(_HANDLE_NUMBERS):
        return None
    suffix = doi.partition("/")[2]
    said = "the year in the DOI; the registered one may be that of the deposit"
    if any(int(found) == year % 100 for found in _PII_YEAR.findall(suffix)):
        return said if year in _PII_YEARS else None
    suffix = _ISSN.sub("", suffix)
    if re.search(rf"(?<!\d){year}(?!\d)", suffix):
        return said
    if any(int(found) == year for found in _YEAR_MONTH.findall(suffix)):
        return said
    return None


def _of_making(year: int, work: Work, registered: RegisteredYears) -> str | None:
    """A year of DataCite's other dates; B70 says to take either."""
    del registered
    if work.agency != Agency.DATACITE:
        return None
    # Of an article it is the day when somebody touched the record.
    kinds = _MAKING | _VERSION if work.type in _UNPRINTED else _MAKING
    for entry in work.dates:
        if entry.kind in kinds and entry.date.year == year:
            return f"the year in which it was {kinds[entry.kind]}"
    return None


def _of_conference(year: int, work: Work, registered: RegisteredYears) -> str | None:
    """The proceedings came out after the conference that gives them their name."""
    if work.type not in _CONFERENCE:
        return None
    if not 0 < registered.years[0] - year <= FAR_YEARS:
        return None
    texts = (*work.container_titles, work.event_title or "")
    if any(re.search(rf"(?<!\d){year}(?!\d)", text[:_LONGEST]) for text in texts):
        return "the year of the conference"
    return None


def _of_other_version(
    year: int, reference: Item, work: Work, registered: RegisteredYears
) -> str | None:
    """B69: of a preprint that of its article, of an article that of its preprint."""
    kinds = {relation.type for relation in work.relations}
    later = year - registered.years[-1]
    names_journal = reference.container_title is not None
    if "is-preprint-of" in kinds and names_journal and 0 < later <= FAR_YEARS:
        return "perhaps the year of the published article"
    if "has-preprint" in kinds and year == registered.years[0] - 1:
        return "perhaps the year of the preprint"
    return None
