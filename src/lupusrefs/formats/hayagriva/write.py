"""Writing hayagriva YAML.

Source: hayagriva's description of its file format. Hayagriva refuses a file for one
value that it cannot read, so that such a value is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from lupusrefs.formats.hayagriva import kinds
from lupusrefs.formats.hayagriva.entry import (
    PLACED,
    PUBLISHED_BY_ORGANIZATION,
    SERIAL_NUMBERS,
)
from lupusrefs.formats.hayagriva.paths import Tree, graft
from lupusrefs.formats.hayagriva.people import EVENT_ROLES, ROLES
from lupusrefs.formats.hayagriva.persons import write_person
from lupusrefs.formats.hayagriva.read import FAMILY
from lupusrefs.formats.hayagriva.strings import read_string, write_string
from lupusrefs.formats.hayagriva.values import (
    is_duration,
    is_language,
    is_numeric,
    is_url,
    write_date,
)
from lupusrefs.formats.hayagriva.yaml_text import write_yaml
from lupusrefs.model.dates import Date
from lupusrefs.model.item import Item
from lupusrefs.model.keys import citation_keys
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Origin, Reference
from lupusrefs.model.variables import field_name

_NO_ORIGIN: Final = Origin(FAMILY, "")
_CONTAINER, _SERIES = "parent", "parent.parent"
_EVENT, _ORIGINAL, _SOURCE = "parent(event)", "parent(original)", "parent(source)"
# Variables that a parent is written for.
_OF_CONTAINER: Final = ("container_title", "container_title_short", "container_author")
_OF_SERIES: Final = ("collection_title", "collection_number", "collection_editor")
_OF_EVENT: Final = ("event_title", "event_date", "chair", "curator")
_BROADCASTS: Final = frozenset(("audio", "video"))


def dump(items: Iterable[Item]) -> str:
    """A hayagriva file of the items, what contains them as their ``parent``."""
    listed = list(items)
    keys = citation_keys(listed)
    return write_yaml(
        {key: _Entry(item).tree() for key, item in zip(keys, listed, strict=True)}
    )


class _Entry:
    """One item on its way to a tree.

    Attributes:
        rest: path -> text of what the item's own hayagriva file had beyond CSL.
    """

    def __init__(self, item: Item) -> None:
        self._item = item
        origin = item.origin if isinstance(item, Reference) else None
        if origin is None or origin.family != FAMILY:
            origin = _NO_ORIGIN
        self._origin = origin
        self._rest = dict(origin.fields)
        self._tree: Tree = {}
        self._kind, self._container = self._shape()

    def tree(self) -> Tree:
        """The fields of the item, its parents among them."""
        self._put("type", self._kind)
        self._write_own()
        self._write_shared()
        self._write_parents()
        for path, text in self._rest.items():
            graft(self._tree, path, text)
        self._name_kinds()
        return self._tree

    def _shape(self) -> tuple[str, str | None]:
        """The type, and that of the container where there is one."""
        item = self._item
        shape = kinds.usual_shape(item.type, edited=bool(item.editor))
        known = self._has(*_OF_CONTAINER, *_OF_SERIES) or self._has_rest(_CONTAINER)
        kind, container = self._origin.kind, self._rest.get(f"{_CONTAINER}.type")
        if kind in kinds.KINDS:
            if container is None or kinds.is_series(kind, container):
                container = shape.container
            # Not if the type was changed since.
            needed = known or shape.needs_container
            if kinds.item_type(kind, container if needed else None) == item.type:
                return kind, container if needed else None
            self._rest.pop(f"{_CONTAINER}.type", None)
        if known or shape.needs_container:
            return shape.kind, shape.container
        return shape.kind, None

    def _has(self, *fields: str) -> bool:
        return any(getattr(self._item, field) for field in fields)

    def _has_rest(self, path: str) -> bool:
        return any(one == path or one.startswith(f"{path}.") for one in self._rest)

    # --- values --------------------------------------------------------------

    def _put(self, path: str, text: str | None) -> None:
        if text:
            graft(self._tree, path, text)

    def _string(self, path: str, variable: str, short: str = "") -> None:
        """A formattable string; the short form alone is better than nothing."""
        text = self._formattable(variable)
        brief = self._formattable(short) if short else None
        self._put(f"{path}.value", text or brief)
        self._put(f"{path}.short", brief if text else None)

    def _formattable(self, variable: str) -> str | None:
        text: str | None = getattr(self._item, field_name(variable))
        if not text:
            return None
        as_read = self._origin.titles.get(variable)
        if as_read is not None and read_string(as_read).text == text:
            return as_read
        return write_string(text)

    def _names(self, path: str, names: Iterable[Name]) -> None:
        persons = [person for name in names if (person := write_person(name))]
        for number, person in enumerate(persons, 1):
            if isinstance(person, str):
                self._put(f"{path}[{number}]", person)
                continue
            for part, text in person.items():
                self._put(f"{path}[{number}].{part}", text)

    def _date(self, path: str, date: Date | None) -> None:
        self._put(path, write_date(date) if date else None)

    # --- the entry -----------------------------------------------------------

    def _write_own(self) -> None:
        item = self._item
        self._string("title", "title", "title-short")
        self._names("author", item.author)
        for role, variable in ROLES.items():
            at = _CONTAINER if self._is_series_founder(role) else ""
            names = getattr(item, field_name(variable))
            self._names(_under(at, f"affiliated.{role}"), names)
        self._date("date", item.issued)
        self._put("page-range", item.page)
        self._put("chapter", item.chapter_number)
        self._put("volume-total", _if(is_numeric, item.number_of_volumes))
        self._put("page-total", _if(is_numeric, item.number_of_pages))
        self._put("runtime", _if(is_duration, item.dimensions))
        for name in ("genre", "archive", "archive-location", "call-number"):
            self._string(name, name.replace("archive-l", "archive_l"))
        for name in ("note", "annote", "abstract"):
            self._string(name, name)
        if item.publisher or self._kind not in PUBLISHED_BY_ORGANIZATION:
            self._string("organization", "authority")
        self._put("language", _if(is_language, item.language))
        for scheme, variable in SERIAL_NUMBERS.items():
            text = getattr(item, field_name(variable))
            self._put(f"serial-number.{scheme}", text)
        if url := _if(is_url, item.url):
            self._put("url.value", url)
            self._date("url.date", item.accessed)

    def _is_series_founder(self, role: str) -> bool:
        return role == "founder" and self._container in _BROADCASTS

    def _write_shared(self) -> None:
        """What the entry or its container may have, the other one's being kept."""
        item = self._item
        for field in ("volume", "issue", "edition"):
            self._put(_under(self._at(field), field), getattr(item, field))
        self._names(_under(self._at("editor"), "editor"), item.editor)
        publisher = _under(self._at("publisher"), "publisher")
        self._string(f"{publisher}.name", "publisher")
        self._string(f"{publisher}.location", "publisher-place")

    def _at(self, field: str) -> str:
        """The path of whom a shared field is written to: the entry or its container."""
        if self._container is None or self._has_rest(f"{_CONTAINER}.{field}"):
            return ""
        mine = any(path.startswith(f"{field}[") for path in self._rest)
        if self._kind in kinds.IN_CONTAINER or mine or self._has_rest(field):
            return _CONTAINER
        return ""

    # --- parents -------------------------------------------------------------

    def _write_parents(self) -> None:
        item = self._item
        series = _CONTAINER
        if self._container is not None:
            self._put(f"{_CONTAINER}.type", self._container)
            title = f"{_CONTAINER}.title"
            self._string(title, "container-title", "container-title-short")
            self._names(f"{_CONTAINER}.author", item.container_author)
            series = _SERIES
        self._string(f"{series}.title", "collection-title")
        self._put(f"{series}.volume", item.collection_number)
        self._names(f"{series}.editor", item.collection_editor)
        self._write_event()
        self._string(f"{_ORIGINAL}.title", "original-title")
        self._names(f"{_ORIGINAL}.author", item.original_author)
        self._date(f"{_ORIGINAL}.date", item.original_date)
        self._string(f"{_ORIGINAL}.publisher.name", "original-publisher")
        self._string(f"{_ORIGINAL}.publisher.location", "original-publisher-place")
        self._string(f"{_SOURCE}.title", "source")

    def _write_event(self) -> None:
        item = self._item
        if self._kind in PLACED and not self._has(*_OF_EVENT):
            self._string("location", "event-place")
            return
        self._string(f"{_EVENT}.title", "event-title")
        self._string(f"{_EVENT}.location", "event-place")
        self._date(f"{_EVENT}.date", item.event_date)
        for role, variable in EVENT_ROLES.items():
            names = getattr(item, field_name(variable))
            self._names(f"{_EVENT}.affiliated.{role}", names)

    def _name_kinds(self) -> None:
        """Every parent has its type, be it written only for what the file had."""
        container = self._container or kinds.series_of(self._kind)
        for part, kind in (
            (_CONTAINER, container),
            (_EVENT, kinds.usual_event(self._kind)),
            (_ORIGINAL, kinds.ORIGINAL),
            (_SOURCE, kinds.SOURCE),
        ):
            parent = self._tree.get(part)
            if isinstance(parent, dict):
                parent.setdefault("type", kind)
                series = parent.get("parent")
                if part == _CONTAINER and isinstance(series, dict):
                    series.setdefault("type", kinds.series_of(container))


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _if(holds: Callable[[str], bool], text: str | None) -> str | None:
    """The text, where hayagriva can read it."""
    return text if text and holds(text) else None
