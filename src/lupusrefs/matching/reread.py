"""The text of a reference read again by one who knows the work.

Whoever reads a reference without knowing what it cites takes a volume for an issue now
and then. That is no mistake of the reference: where the registered value stands in the
text, the text has it, whatever was read at first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from lupusrefs.compare.family_names import first_family
from lupusrefs.compare.years import registered_years
from lupusrefs.findings import Finding
from lupusrefs.matching.cited_text import CitedText
from lupusrefs.matching.evidence import Agreement, FieldEvidence
from lupusrefs.matching.found_container import find_container
from lupusrefs.matching.found_numbers import find_numbers
from lupusrefs.matching.found_people import find_people
from lupusrefs.matching.found_title import find_title
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import field_name
from lupusrefs.model.work import Work

_OTHERS: Final = Name(literal="others")


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
    """The variables that the findings are about."""
    variables: set[str] = set()
    for found in findings:
        if found.field is not None:
            variables.add(found.field)
        if found.fix is not None:
            variables.update(change.variable for change in found.fix.changes)
    # What is said to be another work's is judged by its title and its people.
    if "DOI" in variables:
        variables |= {"title", "author", "issued"}
    return variables


def _said(
    reference: Reference, text: str, work: Work, wanted: Collection[str]
) -> dict[str, object]:
    """The registered values that stand in the text."""
    cited = CitedText.of(text)
    title = find_title(cited, work)
    people = find_people(cited, work, title.span)
    container = find_container(cited, work, title.span)
    elsewhere = {*(title.span or ()), *(container.span or ())}
    numbers = find_numbers(cited, work, elsewhere)
    said: dict[str, object] = {}
    if "title" in wanted and title.agreement is Agreement.AGREES:
        said["title"] = title.registered
    if (
        "author" in wanted
        and people.first.agreement is Agreement.AGREES
        and first_family(reference) != first_family(work)
    ):
        # A wrong initial is no misreading, and stays what it is.
        said["author"] = _people(work, people.others)
    if "container-title" in wanted and container.agreement is Agreement.AGREES:
        said["container-title"] = container.registered
    for one in numbers.fields:
        if one.field in wanted and one.agreement is Agreement.AGREES:
            said[one.field] = _number(one, work)
    return said


def _people(work: Work, others: int) -> tuple[Name, ...]:
    """The first author, and as many of the next ones as the text has, in a row."""
    named = work.author[: 1 + others]
    return named if len(named) == len(work.author) else (*named, _OTHERS)


def _number(found: FieldEvidence, work: Work) -> object:
    if found.field != "issued":
        return found.registered
    registered = registered_years(work).years
    years = (int(year) for year in found.cited.split(", "))
    return Date(PartialDate(next(year for year in years if year in registered)))
