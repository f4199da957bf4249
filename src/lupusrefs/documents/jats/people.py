"""The names in JATS -> the name variables of an item.

Source: JATS Archiving and Interchange Tag Library 1.3, ``<name>``, ``<string-name>``,
``<collab>``, ``<contrib>``, ``<person-group>``; NLM Archiving Tag Library 2.3 and 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.markup.item_fields import ItemFields
from lupusrefs.formats.xml_tree import Element

# What a person is to a work -> field of an item; others are contributors.
_ROLES: Final = {
    **dict.fromkeys(
        ("author", "allauthors", "all-authors", "inventor", "corresp", "developer"),
        "author",
    ),
    **dict.fromkeys(("editor", "guest-editor", "ed", "volume-editor"), "editor"),
    **dict.fromkeys(("series-editor", "collection-editor"), "collection_editor"),
    **dict.fromkeys(("translator", "transed", "trans"), "translator"),
    "compiler": "compiler",
    "curator": "curator",
    "director": "director",
    "illustrator": "illustrator",
    "recipient": "recipient",
}
_NAMES: Final = (
    *("name", "string-name", "collab", "anonymous", "etal"),
    *("name-alternatives", "collab-alternatives"),
)
_GROUPS: Final = ("person-group", "institution-wrap")
# What a <collab> has beside its own name.
_NOT_OF_GROUP: Final = frozenset(("contrib-group", "aff", "address", "fn", "xref"))


def read_citation_names(citation: Element, fields: ItemFields) -> None:
    """The names of a citation: those of its groups, and those that stand alone."""
    for element in _in_runs(citation):
        if element.name == "person-group":
            _read_group(element, fields)
        else:
            read_name(element, "author", fields)


def _in_runs(element: Element) -> Iterator[Element]:
    """The names and groups in an element, whatever styles stand around them."""
    for child in element.elements:
        if child.name in _NAMES or child.name == "person-group":
            yield child
        elif child.name not in {"article-title", "source", "chapter-title", "comment"}:
            yield from _in_runs(child)


def _read_group(group: Element, fields: ItemFields) -> None:
    role = group.attributes.get("person-group-type", "author").lower()
    field = _ROLES.get(role, "contributor")
    names = [child for child in _in_runs(group) if child.name in _NAMES]
    for name in names:
        read_name(name, field, fields)
    if not names and group.text:
        fields.written_name(field, group.text)


def read_contributors(meta: Element, fields: ItemFields) -> None:
    """The contributors of an article or a book."""
    for group in meta.each("contrib-group"):
        for contributor in group.each("contrib"):
            role = contributor.attributes.get("contrib-type", "author").lower()
            # Reviewers, and whoever is thanked, have no hand in the work.
            if (field := _ROLES.get(role)) is None:
                continue
            for name in contributor.each(*_NAMES):
                read_name(name, field, fields)


def read_name(element: Element, field: str, fields: ItemFields) -> None:
    """A name element of any kind."""
    match element.name:
        case "etal":
            fields.others(field)
        case "anonymous":
            fields.literal(field, element.text or "Anonymous")
        case "collab":
            fields.literal(field, _group_name(element))
        case "name-alternatives" | "collab-alternatives":
            # The first one is that of the language of the article.
            for name in list(element.each(*_NAMES))[:1]:
                read_name(name, field, fields)
        case _:
            _read_person(element, field, fields)


def _read_person(element: Element, field: str, fields: ItemFields) -> None:
    family = _inner(element, "surname")
    given = _inner(element, "given-names", "given-name", "forename")
    if family or given:
        fields.person(field, family, given, suffix=_inner(element, "suffix"))
    else:
        fields.written_name(field, element.text)


def _inner(element: Element, *names: str) -> str | None:
    found = next(element.descendants(*names), None)
    return found.text or None if found is not None else None


def _group_name(collab: Element) -> str:
    """The name of a group, without its members."""
    named = collab.get("institution")
    if named and not any(isinstance(c, str) and c.strip() for c in collab.children):
        return named
    return "".join(
        child
        if isinstance(child, str)
        else ("" if child.name in _NOT_OF_GROUP else child.raw_text)
        for child in collab.children
    )
