"""The text of a reference read again by one who knows the work.

Whoever reads a reference without knowing what it cites takes a volume for an issue now
and then. That is no mistake of the reference: where the registered value stands in the
text, the text has it, whatever was read at first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import Final

from lupusrefs.compare.family_names import family_key
from lupusrefs.compare.numbering import roman
from lupusrefs.compare.text import words
from lupusrefs.compare.years import registered_years
from lupusrefs.findings import Finding
from lupusrefs.matching.cited_text import CitedText
from lupusrefs.matching.evidence import Agreement, FieldEvidence
from lupusrefs.matching.found_container import FoundContainer, find_container
from lupusrefs.matching.found_numbers import find_numbers
from lupusrefs.matching.found_people import place_of
from lupusrefs.matching.found_title import find_title
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import field_name
from lupusrefs.model.work import Work

_OTHER_WORK: Final = "doi-of-another-work"
_CUTS: Final = frozenset((("et", "al"), ("and", "others"), ("u", "a"), ("y", "col")))
_ELLIPSES: Final = ("…", "...", ". . .")
_NUMBERS: Final = ("issued", "volume", "issue", "page")
_DIGITS: Final = re.compile(r"\d+")
_INITIALS: Final = 3  # letters: more make a name


def reread(
    reference: Reference, work: Work, findings: Iterable[Finding]
) -> Reference | None:
    """The reference with what its text says of the fields that are found fault with.

    Args:
        reference: as it was read at first.
        work: the work that it is of.
        findings: what comparing the two came to.

    Returns:
        None where the text says nothing else, or there is none.
    """
    wanted = _questioned(findings)
    if reference.text is None or not wanted:
        return None
    changes = _said(reference, reference.text, work, wanted)
    changed = {
        field_name(variable): value
        for variable, value in changes.items()
        if getattr(reference, field_name(variable)) != value
    }
    return reference.model_copy(update=changed) if changed else None


def _questioned(findings: Iterable[Finding]) -> set[str]:
    """The variables that the findings are about; and whether the work is doubted."""
    variables: set[str] = set()
    for found in findings:
        if found.field is not None:
            variables.add(found.field)
        if found.fix is not None:
            variables.update(change.variable for change in found.fix.changes)
        # What is said to be another work's is judged by its title and its people.
        if found.rule.id == _OTHER_WORK:
            variables |= {"title", "author", "issued", _OTHER_WORK}
    return variables


def _said(
    reference: Reference, text: str, work: Work, wanted: Collection[str]
) -> dict[str, object]:
    """The registered values that stand in the text."""
    cited = CitedText.of(text)
    title = find_title(cited, work)
    container = find_container(cited, work, title.span)
    elsewhere = {*(title.span or ()), *(container.span or ())}
    numbers = find_numbers(cited, work, elsewhere)
    said: dict[str, object] = {}
    if "title" in wanted and title.agreement is Agreement.AGREES:
        said["title"] = title.registered
    elif _OTHER_WORK in wanted and _is_place(reference, cited, container):
        # Chemists cite without titles, and a journal alone looks like one.
        said |= {"title": None, "container-title": container.registered}
    if "author" in wanted and (author := _people(cited, reference, work, title.span)):
        said["author"] = author
    if "container-title" in wanted and container.agreement is Agreement.AGREES:
        said["container-title"] = container.registered
    for one in numbers.fields:
        # Any number may stand in a text for another reason, as the day of the month.
        if (
            _is_open(reference, one, work)
            and one.field in wanted
            and one.agreement is Agreement.AGREES
        ):
            said[one.field] = _number(one, work)
    return said


def _is_open(reference: Reference, found: FieldEvidence, work: Work) -> bool:
    """Whether a number may have been misread: doubtful, missing, or another one's.

    Of a year also, where it stands in the title or the journal's name alone.
    """
    variable = found.field
    read = _first_number(getattr(reference, field_name(variable)))
    if variable in reference.doubts or not read:
        return True
    if variable == "issued" and read not in found.cited.split(", "):
        return True
    others = (getattr(work, name) for name in _NUMBERS if name != field_name(variable))
    return read in map(_first_number, others)


def _first_number(value: object) -> str:
    """The first number of a volume, of pages, of a date."""
    found = _DIGITS.search(str(value or ""))
    return found[0].lstrip("0") if found else ""


def _is_place(reference: Reference, text: CitedText, container: FoundContainer) -> bool:
    """Whether what was read as the title is the journal, or may well be no title."""
    if container.agreement is not Agreement.AGREES or container.span is None:
        return False
    named = {text.words[at].form for at in container.span}
    is_named = all(
        word in named or roman(word) for word in words(reference.title or "")
    )
    return is_named or "title" in reference.doubts


def _people(
    text: CitedText, reference: Reference, work: Work, title: range | None
) -> tuple[Name, ...]:
    """The people of the text; none where somebody of them is not registered.

    Somebody is cited as he was read, initials and all, where his family name is right;
    else as he is registered. Of a list that is cut short those that it has are cited.
    """
    there = [place_of(text, name, title) is not None for name in work.author]
    named = there.index(False) if False in there else len(there)
    is_whole = named == len(there)
    # Behind an ellipsis the last one may be named (APA, 7th edition, 9.8).
    if not named or any(there[named:-1]) or not (is_whole or _is_cut(text)):
        return ()
    if _strangers(text, reference, work, title):
        return ()
    read: dict[str, list[Name]] = {}
    for name in reference.author:
        read.setdefault(family_key(name), []).append(name)
    people = [
        _as_read(name, read.get(family_key(name), [])) for name in work.author[:named]
    ]
    return tuple(people) if is_whole else (*people, OTHERS)


def _is_cut(text: CitedText) -> bool:
    """Whether the list of people ends in "et al.", or has an ellipsis."""
    if any(mark in text.text for mark in _ELLIPSES):
        return True
    return any(pair in _CUTS for pair in pairwise(text.forms))


def _as_read(registered: Name, read: list[Name]) -> Name:
    """The next name that was read with this family name, unless it was torn apart."""
    if not read:
        return registered
    name = read.pop(0)
    # "Brink, given van den" is what becomes of "van den Brink, M. E.".
    is_torn = set(words(name.given or "")) & set(words(registered.family or ""))
    return registered if is_torn else name


def _strangers(
    text: CitedText, reference: Reference, work: Work, title: range | None
) -> bool:
    """Whether the text names somebody who is not registered, before its title.

    Behind it stand editors, publishers and journals, which may have been taken for
    people; and what is part of a registered name is nobody else.
    """
    registered = {word for name in work.author for word in words(str(name))}
    head = text.forms[: title.start] if title is not None else text.forms
    return any(
        part in head
        for name in reference.author
        if not name.is_others
        for part in words(name.family_with_particle)
        if len(part) > _INITIALS and part not in registered
    )


def _number(found: FieldEvidence, work: Work) -> object:
    if found.field != "issued":
        return found.registered
    registered = registered_years(work).years
    years = (int(year) for year in found.cited.split(", "))
    return Date(PartialDate(next(year for year in years if year in registered)))
