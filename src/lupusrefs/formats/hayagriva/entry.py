"""One entry with its parents -> the variables of CSL.

Source: hayagriva's description of its file format, "Fields"; where a variable may come
from several of them, how hayagriva itself fills it in.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.formats.hayagriva import kinds
from lupusrefs.formats.hayagriva.fields import Fields, Findings
from lupusrefs.formats.hayagriva.people import (
    EVENT_ROLES,
    ROLES,
    read_affiliated,
    read_names,
)
from lupusrefs.formats.hayagriva.values import is_plain_date, read_date
from lupusrefs.formats.tree import Mapping, Scalar, Sequence, kind
from lupusrefs.model.dates import Date
from lupusrefs.model.variables import ItemType

# Formattable strings of an entry: field, variable, variable of the short form.
_STRINGS: Final = (
    ("title", "title", "title-short"),
    ("genre", "genre", None),
    ("archive", "archive", None),
    ("archive-location", "archive_location", None),
    ("call-number", "call-number", None),
    ("abstract", "abstract", None),
    # Until version 0.6.
    ("annote", "annote", None),
    ("note", "note", None),
)
_TEXTS: Final = (
    ("volume", "volume"),
    ("issue", "issue"),
    ("volume-total", "number-of-volumes"),
    ("chapter", "chapter-number"),
    ("edition", "edition"),
    ("page-range", "page"),
    ("page-total", "number-of-pages"),
    ("runtime", "dimensions"),
    ("language", "language"),
    # Until version 0.4; now they are serial numbers.
    ("doi", "DOI"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
)
_OF_CONTAINER: Final = (
    ("issue", "issue"),
    ("volume-total", "number-of-volumes"),
    ("edition", "edition"),
    ("language", "language"),
)
#: Serial numbers that CSL has a variable for.
SERIAL_NUMBERS: Final = {
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "printing": "printing-number",
    "serial": "number",
    "version": "version",
}
_OF_BOOK: Final = frozenset(("isbn", "issn"))
_FIELDS: Final = frozenset(
    (
        *(name for name, *_ in (*_STRINGS, *_TEXTS)),
        *("type", "author", "editor", "affiliated", "date", "parent", "publisher"),
        *("location", "organization", "url", "serial-number", "time-range"),
    )
)
#: Types of which ``location`` is where they take place.
PLACED: Final = frozenset(("conference", "exhibition", "performance"))
#: Types whose organization is what CSL and its styles call the publisher.
PUBLISHED_BY_ORGANIZATION: Final = frozenset(("report", "thesis"))


@dataclass(frozen=True, slots=True)
class _Parent:
    kind: str
    fields: Fields


@dataclass(slots=True)
class _Parents:
    """The parents of an entry by what they are to it."""

    container: _Parent | None = None
    series: _Parent | None = None
    event: _Parent | None = None
    original: _Parent | None = None
    source: _Parent | None = None
    others: list[_Parent] = field(default_factory=list)

    def __iter__(self) -> Iterator[_Parent]:
        known = (self.container, self.series, self.event, self.original, self.source)
        yield from (parent for parent in known if parent is not None)
        yield from self.others


def read_entry(node: Mapping, findings: Findings) -> tuple[ItemType, str]:
    """Read all of an entry; returns its CSL type, and its own."""
    fields = Fields(node, "")
    entry_kind = _kind(fields, "misc", findings)
    parents = _parents(fields, entry_kind, findings)
    container = parents.container
    if container is not None:
        # An article's volume is that of its journal, not the article's own.
        findings.text(container.fields, "volume", "volume")
    _read_own(fields, entry_kind, findings)
    if container is not None:
        _read_container(container.fields, findings)
    _read_organization(fields, entry_kind, findings)
    _read_others(parents, findings)
    csl_type = kinds.item_type(entry_kind, container.kind if container else None)
    _keep_kinds(parents, entry_kind, csl_type, findings)
    for left in (fields, *(parent.fields for parent in parents)):
        _tell_slips(left, findings)
        findings.leave(left)
    return csl_type, entry_kind


def _kind(fields: Fields, default: str, findings: Findings) -> str:
    """The type of an entry or a parent; an unknown one is reported."""
    path, node = fields.path("type"), fields.take("type")
    if node is None:
        return default
    word = node.text.strip().lower() if isinstance(node, Scalar) else kind(node)
    word = kinds.OLD_KINDS.get(word, word)
    if word in kinds.KINDS:
        return word
    near = difflib.get_close_matches(word[:40], kinds.KINDS, n=1)
    hint = (
        f"did you mean `{near[0]}`?" if near else "hayagriva's manual lists the types"
    )
    message = f"`{word[:60]}` is not a type of hayagriva; read as `{default}`"
    findings.wrong(path, message, node, hint)
    return default


# --- parents ------------------------------------------------------------------


def _parents(fields: Fields, entry_kind: str, findings: Findings) -> _Parents:
    path, node = fields.path("parent"), fields.take("parent")
    parents = _Parents()
    nodes = node.items if isinstance(node, Sequence) else (node,) if node else ()
    for number, item in enumerate(nodes, 1):
        if isinstance(item, Mapping):
            _assign(parents, number, item, entry_kind, findings)
        else:
            hint = "write its fields below `parent:`, indented"
            message = f"a parent must be a mapping of fields, not {kind(item)}"
            findings.wrong(path, message, item, hint)
    return parents


def _assign(
    parents: _Parents, number: int, node: Mapping, entry_kind: str, findings: Findings
) -> None:
    """Put a parent where it belongs; of each sort there is one."""
    # The type decides on the path, so it is looked at before.
    word = _kind(Fields(node, "parent"), kinds.default_parent(entry_kind), findings)

    def parent(path: str) -> _Parent:
        fields = Fields(node, path)
        fields.take("type")
        return _Parent(word, fields)

    if word == kinds.ORIGINAL and parents.original is None:
        parents.original = parent("parent(original)")
    elif word in kinds.EVENTS and parents.event is None:
        parents.event = parent("parent(event)")
    elif word == kinds.SOURCE and parents.source is None:
        parents.source = parent("parent(source)")
    elif parents.container is not None or parents.series is not None:
        parents.others.append(parent(f"parent[{number}]"))
    elif kinds.is_series(entry_kind, word):
        parents.series = parent("parent")
    else:
        parents.container = parent("parent")
        parents.series = _series_of(parents.container, findings)


def _series_of(container: _Parent, findings: Findings) -> _Parent | None:
    """The series that the container belongs to: its own only parent."""
    node = container.fields.take("parent")
    if isinstance(node, Sequence) and len(node.items) == 1:
        node = node.items[0]
    path = container.fields.path("parent")
    if not isinstance(node, Mapping):
        if node is not None:
            findings.rest.append((path, node))
        return None
    fields = Fields(node, path)
    return _Parent(
        _kind(fields, kinds.default_parent(container.kind), findings), fields
    )


def _keep_kinds(
    parents: _Parents, entry_kind: str, csl_type: ItemType, findings: Findings
) -> None:
    """Remember types of parents that a writer would not guess."""
    shape = kinds.usual_shape(csl_type, edited=findings.has("editor"))
    container = parents.container.kind if parents.container else None
    event = kinds.usual_event(entry_kind)
    series = kinds.series_of(container or entry_kind)
    for parent, usual in (
        (parents.container, shape.container),
        (parents.series, series),
        (parents.event, event),
        *((other, "") for other in parents.others),
    ):
        if parent is not None and parent.kind != usual:
            node = Scalar(parent.kind, parent.kind, parent.fields.node.span)
            findings.rest.append((parent.fields.path("type"), node))


# --- fields -------------------------------------------------------------------


def _read_own(fields: Fields, entry_kind: str, findings: Findings) -> None:
    for name, variable, short in _STRINGS:
        findings.string(fields, name, variable, short)
    for name, variable in _TEXTS:
        findings.text(fields, name, variable)
    for name in ("author", "editor"):
        read_names(findings, fields, name, name)
    read_affiliated(findings, fields, ROLES)
    _read_date(fields, "date", "issued", findings)
    _read_publisher(fields, "publisher", findings)
    place = "event-place" if entry_kind in PLACED else "publisher-place"
    findings.string(fields, "location", place)
    _read_url(fields, findings)
    _read_serial_numbers(fields, findings)


def _read_container(fields: Fields, findings: Findings) -> None:
    findings.string(fields, "title", "container-title", "container-title-short")
    read_names(findings, fields, "author", "container-author")
    read_names(findings, fields, "editor", "editor")
    read_affiliated(findings, fields, ROLES)
    for name, variable in _OF_CONTAINER:
        findings.text(fields, name, variable)
    _read_date(fields, "date", "issued", findings)
    _read_publisher(fields, "publisher", findings)
    findings.string(fields, "location", "publisher-place")
    _read_url(fields, findings)
    _read_serial_numbers(fields, findings, _OF_BOOK)


def _read_organization(fields: Fields, entry_kind: str, findings: Findings) -> None:
    publishes = entry_kind in PUBLISHED_BY_ORGANIZATION
    variable = "authority"
    if publishes and not findings.has("publisher"):
        variable = "publisher"
    findings.string(fields, "organization", variable)


def _read_others(parents: _Parents, findings: Findings) -> None:
    if parents.series is not None:
        series = parents.series.fields
        findings.string(series, "title", "collection-title")
        findings.text(series, "volume", "collection-number")
        read_names(findings, series, "editor", "collection-editor")
        _read_serial_numbers(series, findings, _OF_BOOK)
    if parents.event is not None:
        event = parents.event.fields
        findings.string(event, "title", "event-title")
        findings.string(event, "location", "event-place")
        _read_date(event, "date", "event-date", findings)
        read_affiliated(findings, event, EVENT_ROLES)
    if parents.original is not None:
        original = parents.original.fields
        findings.string(original, "title", "original-title")
        read_names(findings, original, "author", "original-author")
        _read_date(original, "date", "original-date", findings)
        _read_publisher(original, "original-publisher", findings)
    if parents.source is not None:
        findings.string(parents.source.fields, "title", "source")
    for parent in (parents.source, parents.event, *parents.others):
        if parent is not None:
            _read_url(parent.fields, findings)


def _read_date(fields: Fields, name: str, variable: str, findings: Findings) -> None:
    if findings.has(variable) or not fields.has(name):
        return
    path, node = fields.path(name), fields.take(name)
    if isinstance(node, Scalar):
        findings.put(variable, _date(node, path, findings), node)
    elif node is not None:
        hint = "write `2021-08-05`, `2021-08` or `2021`"
        findings.wrong(path, f"must be a date, not {kind(node)}", node, hint)


def _date(node: Scalar, path: str, findings: Findings) -> Date:
    date = read_date(node.text)
    if not is_plain_date(node.text):
        hint = "hayagriva refuses the file; it knows `2021-08-05`, `2021-08` and `2021`"
        findings.odd(path, f"`{node.text[:40]}` is not a date", node, hint)
    return date or Date(literal=node.text)


def _read_publisher(fields: Fields, variable: str, findings: Findings) -> None:
    """A publisher: its name, or a mapping of name and location."""
    place = f"{variable}-place"
    if findings.has(variable):
        return
    path, node = fields.path("publisher"), fields.take("publisher")
    if isinstance(node, Mapping) and (node.get("name") or node.get("location")):
        parts = Fields(node, path)
        findings.string(parts, "name", variable)
        findings.string(parts, "location", place)
        findings.leave(parts)
    elif node is not None:
        findings.string_at(path, node, variable)


def _read_url(fields: Fields, findings: Findings) -> None:
    """An address, or a mapping of it and the day it was visited."""
    if findings.has("URL") or not fields.has("url"):
        return
    path, node = fields.path("url"), fields.take("url")
    if isinstance(node, Mapping):
        parts = Fields(node, path)
        findings.text(parts, "value", "URL")
        _read_date(parts, "date", "accessed", findings)
        findings.leave(parts)
    elif node is not None:
        findings.text_at(path, node, "URL")


def _read_serial_numbers(
    fields: Fields,
    findings: Findings,
    wanted: frozenset[str] = frozenset(SERIAL_NUMBERS),
) -> None:
    """Serial numbers by their scheme; one without is the number of the item."""
    path, node = fields.path("serial-number"), fields.take("serial-number")
    if isinstance(node, Mapping):
        parts = Fields(node, path)
        for scheme, variable in SERIAL_NUMBERS.items():
            if scheme in wanted:
                findings.text(parts, scheme, variable)
        findings.leave(parts)
    elif node is None:
        return
    elif "serial" in wanted and not findings.has("number"):
        findings.text_at(path, node, "number")
    else:
        findings.rest.append((path, node))


def _tell_slips(fields: Fields, findings: Findings) -> None:
    """Name what was probably meant by a field that hayagriva does not have."""
    for path, key, _ in fields.left():
        if key.text in _FIELDS:
            continue
        name = key.text[:40]
        if near := difflib.get_close_matches(name, _FIELDS, n=1, cutoff=0.8):
            message = "hayagriva has no such field; it is ignored"
            findings.odd(path, message, key, f"did you mean `{near[0]}`?")
