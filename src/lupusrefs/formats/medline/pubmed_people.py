"""The names in PubMed's XML -> the name fields of MEDLINE's display format.

Source: MEDLINE PubMed XML Element Descriptions, ``<AuthorList>``,
``<InvestigatorList>``, ``<PersonalNameSubjectList>``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lupusrefs.formats.medline.people import MedlineField
from lupusrefs.formats.medline.terms import full_name, short_name
from lupusrefs.formats.xml_tree import Element
from lupusrefs.model.names import Name

#: The ``Type`` of a book's list of its editors.
EDITORS: Final = "editors"
# Tag of the full name -> of the short one, and of the affiliation.
_TAGS: Final = {
    "FAU": ("AU", "AD"),
    "FED": ("ED", "AD"),
    "FIR": ("IR", "IRAD"),
    "FPS": ("PS", "AD"),
}


def author_fields(names: Element) -> Iterator[MedlineField]:
    """The fields of an AuthorList, in order; of editors, of their tags."""
    authors = [
        author
        for author in names.each("Author")
        # A misspelt name stays in the record, beside the right one.
        if author.attributes.get("ValidYN") != "N"
    ] or list(names.each("Author"))
    tag = "FED" if names.attributes.get("Type") == EDITORS else "FAU"
    for author in authors:
        yield from person_fields(tag, author)
    if authors and tag == "FAU" and names.attributes.get("CompleteYN") == "N":
        yield MedlineField("AU", "et al.", authors[-1].span)


def book_author_fields(names: Element) -> Iterator[MedlineField]:
    """The authors of the book that a part with authors of its own stands in."""
    for author in names.each("Author"):
        group = author.get("CollectiveName")
        name = person_name(author)
        text = group or (full_name(name) if name else "")
        yield MedlineField("BookAuthor", text, author.span)


def person_fields(tag: str, element: Element) -> Iterator[MedlineField]:
    """A person's name in full and with initials, or a group's; affiliations."""
    short_tag, affiliation_tag = _TAGS[tag]
    span = element.span
    name = person_name(element)
    if name is not None:
        initials = element.get("Initials") or name.given
        short = Name(family=name.family, given=initials, suffix=name.suffix)
        yield MedlineField(tag, full_name(name), span, name)
        yield MedlineField(short_tag, short_name(short), span, name)
    elif group := element.get("CollectiveName"):
        literal = Name(literal=group)
        yield MedlineField("CN" if tag == "FAU" else tag, group, span, literal)
    else:
        return
    if tag == "FAU":
        for identifier in element.each("Identifier"):
            source = identifier.attributes.get("Source", "")
            text = f"{source}: {identifier.text}"
            yield MedlineField("AUID", text, identifier.span)
    if tag in {"FAU", "FIR"}:
        for path in (("Affiliation",), ("AffiliationInfo", "Affiliation")):
            for affiliation in element.find_all(*path):
                text = affiliation.text
                yield MedlineField(affiliation_tag, text, affiliation.span)


def person_name(element: Element) -> Name | None:
    """The name in the children of an Author, Investigator or PersonalNameSubject."""
    given = element.get("ForeName") or " ".join(
        part for part in map(element.get, ("FirstName", "MiddleName")) if part
    )
    given = given or element.get("Initials") or ""
    family, suffix = element.get("LastName"), element.get("Suffix")
    if not (family or given):
        return None
    return Name(family=family, given=given or None, suffix=suffix)
