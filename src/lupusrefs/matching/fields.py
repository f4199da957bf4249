"""The fields of a structured reference beside those of a registered work.

What counts as the same is what :mod:`lupusrefs.compare` says; only what a field is
worth for finding the work is decided here.
"""

from __future__ import annotations

import re
from typing import Final

from lupusrefs.compare.comparison import FieldComparison, Grade, State
from lupusrefs.compare.containers import compare_container
from lupusrefs.compare.dates import compare_year
from lupusrefs.compare.family_names import family_key
from lupusrefs.compare.journals import is_preprint_server
from lupusrefs.compare.languages import may_be_translation
from lupusrefs.compare.numbers import compare_numbers
from lupusrefs.compare.pages import compare_pages
from lupusrefs.compare.people import first_author_state
from lupusrefs.compare.text import joined
from lupusrefs.compare.title_generic import is_generic
from lupusrefs.compare.titles import compare_title
from lupusrefs.compare.years import cited_years, registered_years
from lupusrefs.matching.cited_text import CitedText
from lupusrefs.matching.evidence import Agreement, Facts, FieldEvidence
from lupusrefs.matching.found_container import find_container
from lupusrefs.matching.found_people import find_people
from lupusrefs.matching.kinds import is_preprint, is_whole, trouble
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

_DIGITS: Final = re.compile(r"\d+")
_GRADES: Final = {
    Grade.SLIGHT: Agreement.SLIGHT,
    Grade.PART: Agreement.PART,
    Grade.WHOLE: Agreement.DIFFERS,
    Grade.NONE: Agreement.DIFFERS,
}


def facts_of_reference(reference: Item, work: Work) -> Facts:
    """The evidence of a structured reference on a work."""
    first = first_author_state(reference, work)
    year = compare_year(reference, work)
    corroborated = first in _SAME and year.agrees
    title = compare_title(reference, work, corroborated=corroborated)
    volume, issue = compare_numbers(reference, work)
    page = compare_pages(reference, work)
    others, more = _others(reference, work)
    fields = (
        _title(title),
        _author(reference, work, first, others, more),
        _container(reference, work),
        _year(reference, work, year),
        _volume(reference, volume),
        _number(issue),
        _number(page),
    )
    named = joined(title.registered)
    return Facts(
        fields={one.field: one for one in fields},
        letters=len(named),
        is_generic=is_generic(named) or is_generic(joined(reference.title or "")),
        others=others,
        more=more,
        digits=_digits_of(reference, volume, page),
        trouble=trouble([reference.title or ""], work),
        is_whole=is_whole(work),
        may_be_translated=may_be_translation(title.cited, title.registered),
    )


_SAME: Final = frozenset((State.EQUAL, State.EQUIVALENT))


def _digits_of(reference: Item, volume: FieldComparison, page: FieldComparison) -> int:
    """How many digits of volume and first page agree that are no year, and no 1."""
    year = str(reference.issued.year) if reference.issued else ""
    firsts = (_DIGITS.search(one.cited) for one in (volume, page) if one.agrees)
    return sum(len(one[0]) for one in firsts if one and one[0] not in {year, "1"})


def _evidence(
    compared: FieldComparison, agreement: Agreement, note: str | None = None
) -> FieldEvidence:
    return FieldEvidence(
        compared.field,
        agreement,
        compared.cited,
        compared.registered,
        note or compared.reason,
    )


def _title(title: FieldComparison) -> FieldEvidence:
    if title.agrees:
        is_cut = title.reason is not None and "subtitle" in title.reason
        return _evidence(title, Agreement.SLIGHT if is_cut else Agreement.AGREES)
    if title.differs:
        return _evidence(title, _GRADES[title.grade])
    return _evidence(title, Agreement.ABSENT)


def _author(
    reference: Item, work: Work, first: State, others: int, more: int
) -> FieldEvidence:
    cited, registered = (
        names[0].family_with_particle if names else ""
        for names in (reference.creators, work.creators)
    )
    agreement, note = Agreement.ABSENT, None
    if first in _SAME:
        agreement = Agreement.AGREES
    elif first is State.DIFFERENT:
        agreement = Agreement.DIFFERS
        # Half of a double name, or names that are not taken apart, are found as text.
        names = CitedText.of("; ".join(map(str, reference.creators)))
        found = find_people(names, work, None).first
        if found.agreement.is_good and found.note is None:
            agreement, note = Agreement.SLIGHT, "found within the names"
        elif others > 1 and others == more:
            agreement, note = Agreement.PART, "the other authors only"
    return FieldEvidence("author", agreement, cited, registered, note)


def _others(reference: Item, work: Work) -> tuple[int, int]:
    """How many of the authors cited behind the first are registered, and are cited."""
    registered = {family_key(name) for name in work.creators}
    cited = [name for name in reference.creators[1:] if not name.is_others]
    return sum(family_key(name) in registered for name in cited), len(cited)


def _year(reference: Item, work: Work, year: FieldComparison) -> FieldEvidence:
    if not year.differs:
        return _evidence(year, Agreement.AGREES if year.agrees else Agreement.ABSENT)
    cited, registered = cited_years(reference), registered_years(work).years
    is_near = cited is not None and registered and cited.distance_to(registered) == 1
    return _evidence(year, Agreement.SLIGHT if is_near else Agreement.DIFFERS)


def _volume(reference: Item, volume: FieldComparison) -> FieldEvidence:
    """A year that stands for the volume excuses the citer, and proves nothing."""
    year = reference.issued.year if reference.issued else None
    if volume.agrees and volume.cited == str(year) != volume.registered:
        return _evidence(volume, Agreement.ABSENT)
    return _number(volume)


def _number(number: FieldComparison) -> FieldEvidence:
    if number.differs:
        return _evidence(number, Agreement.DIFFERS)
    return _evidence(number, Agreement.AGREES if number.agrees else Agreement.ABSENT)


def _container(reference: Item, work: Work) -> FieldEvidence:
    compared = compare_container(reference, work)
    if compared.agrees:
        return _evidence(compared, Agreement.AGREES)
    cited = reference.container_title or reference.container_title_short or ""
    # A name with something around it is found in it all the same.
    found = find_container(CitedText.of(cited), work) if cited else None
    if found is not None and found.agreement.is_good:
        return _evidence(compared, Agreement.SLIGHT, found.note)
    if compared.differs:
        return _evidence(compared, Agreement.DIFFERS)
    if compared.state is State.ABSENT_REGISTERED and not is_whole(work):
        server = is_preprint_server(cited)
        if is_preprint(work) and not server:
            return _evidence(compared, Agreement.DIFFERS, "cited in something else")
        if server and is_preprint(work):
            return _evidence(compared, Agreement.SLIGHT, "on a preprint server")
    return _evidence(compared, Agreement.ABSENT)
