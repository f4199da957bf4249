"""JSON-LD in a page: schema.org's description of a scholarly work.

Source: schema.org, ``ScholarlyArticle``, ``PublicationIssue``, ``PublicationVolume``,
``Periodical``, ``PropertyValue``; W3C, JSON-LD 1.1, 7 (in HTML).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, TypeAlias

from lupusrefs.documents.markup.item_fields import ItemFields, linked_doi
from lupusrefs.model.variables import ItemType

_Node: TypeAlias = dict[str, object]

_LONGEST: Final = 2_000_000  # characters
_MOST_NODES: Final = 2000  # that are looked at for the work
_MOST_LEVELS: Final = 5  # of issue, volume, journal
_TYPES: Final[dict[str, ItemType]] = {
    "ScholarlyArticle": "article-journal",
    "MedicalScholarlyArticle": "article-journal",
    "Chapter": "chapter",
    "Thesis": "thesis",
    "Report": "report",
    "Dataset": "dataset",
    "Book": "book",
}


def read_linked_data(text: str, fields: ItemFields) -> None:
    """Let a piece of JSON-LD fill the fields that are not known yet."""
    if len(text) > _LONGEST:
        return
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError):  # broken, or nested to break a reader
        return
    for node in _nodes(data):
        for name in _texts(node.get("@type")):
            if kind := _TYPES.get(name.rpartition("/")[2]):
                fields.kind = fields.kind or kind
                _read_work(node, fields)
                return


def _nodes(data: object) -> Iterator[_Node]:
    """The objects of a graph that may be the work, the outer ones first."""
    waiting = [data]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting.extend(one[:_MOST_NODES])
        elif isinstance(one, dict):
            yield one
            waiting.extend(one.get(key) for key in ("@graph", "mainEntity"))


def _read_work(node: _Node, fields: ItemFields) -> None:
    fields.text("title", _text(node.get("headline")) or _text(node.get("name")))
    if "author" not in fields:
        for person in _many(node.get("author") or node.get("creator")):
            _read_person(person, fields)
    fields.date("issued", _text(node.get("datePublished")))
    for key in ("identifier", "sameAs", "@id", "url"):
        for identifier in _many(node.get(key)):
            _read_identifier(identifier, fields)
    first, last = _text(node.get("pageStart")), _text(node.get("pageEnd"))
    fields.pages(first or _text(node.get("pagination")), last if first else None)
    fields.text("publisher", _name(node.get("publisher")))
    fields.text("language", _text(node.get("inLanguage")))
    container = node
    for _ in range(_MOST_LEVELS):
        fields.text("issue", _text(container.get("issueNumber")))
        fields.text("volume", _text(container.get("volumeNumber")))
        for serial in _texts(container.get("issn")):
            fields.serial("issn", serial)
        parents = [one for one in _many(container.get("isPartOf")) if _is_node(one)]
        if not parents or not isinstance(parents[0], dict):
            break
        container = parents[0]
        if "Periodical" in _texts(container.get("@type")) or "name" in container:
            fields.text("container_title", _name(container))


def _read_person(person: object, fields: ItemFields) -> None:
    if not isinstance(person, dict):
        fields.written_name("author", _text(person))
    elif family := _text(person.get("familyName")):
        fields.person("author", family, _text(person.get("givenName")))
    elif "Organization" in _texts(person.get("@type")):
        fields.literal("author", _name(person))
    else:
        fields.written_name("author", _name(person))


def _read_identifier(identifier: object, fields: ItemFields) -> None:
    value = _text(identifier)
    if isinstance(identifier, dict):
        value = _text(identifier.get("value")) or _text(identifier.get("@id"))
    doi = linked_doi(value or "")
    if doi or (value or "").startswith("10."):
        fields.doi(doi or value)


def _is_node(value: object) -> bool:
    return isinstance(value, dict)


def _many(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str | None:
    """A text, or a number as text; of several the first."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value).split()) or None


def _texts(value: object) -> list[str]:
    return [text for one in _many(value) if (text := _text(one))]


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)
