"""Registries' JSON -> the rows of a mirror: which record it is, and what is kept of it.

Shapes that are read:

- a record of Crossref: an object with ``DOI``;
- a resource of DataCite: an object with ``attributes``, or these alone, with ``doi``;
- either of them in an answer of a REST API: ``message``, ``data``, and ``items`` or
  lists in those.

What is kept are the fields that ``services.crossref_record`` and
``services.datacite_record`` read. They are copied as they were written: a field is
looked into when its record is asked for, not before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import repeat
from operator import contains
from typing import Final, Protocol, TypeAlias, TypeVar, cast

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import UNSET, Raw, UnsetType

from lupusrefs.mirror.json_blocks import (
    SHOWN_BYTES,
    Block,
    Piece,
    TooLong,
    Unit,
    WholeList,
)
from lupusrefs.mirror.layout import RegistryName
from lupusrefs.model.doi_spelling import fold

_COLUMNS: Final[Mapping[str, pa.DataType]] = {
    "doi": pa.string(),
    "registry": pa.string(),
    "indexed": pa.timestamp("ms", tz="UTC"),
    "is_alias": pa.bool_(),
    "record": pa.string(),
}
ROW_SCHEMA: Final = pa.schema(_COLUMNS)
# Shorter texts are no DOIs: `services.crossref_record` takes none, either.
_SHORTEST_DOI: Final = 4
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
# 9999-12-31T23:59:59.999Z: what is later is no moment.
_LAST_MS: Final = 253_402_300_799_999
# An answer's message's items' record.
_DEEPEST: Final = 3
_UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

_T_co = TypeVar("_T_co", covariant=True)
_Kept: TypeAlias = Raw | UnsetType


class _Decodes(Protocol[_T_co]):
    def decode(self, value: bytes, /) -> _T_co: ...


class _Indexed(msgspec.Struct, gc=False):
    """``indexed``; the timestamp is an object in exports of some databases."""

    moment: str | UnsetType = msgspec.field(default=UNSET, name="date-time")
    timestamp: object = UNSET


class CrossrefFields(msgspec.Struct, gc=False, kw_only=True, rename="kebab"):
    """What is kept of a record of Crossref, in the order in which it writes it.

    In that order the names are found fastest.
    """

    publisher: _Kept = UNSET
    publisher_location: _Kept = UNSET
    issue: _Kept = UNSET
    short_container_title: _Kept = UNSET
    published_print: _Kept = UNSET
    doi: str = msgspec.field(name="DOI")
    type: _Kept = UNSET
    subtype: _Kept = UNSET
    created: _Kept = UNSET
    page: _Kept = UNSET
    update_to: _Kept = UNSET
    updated_by: _Kept = UNSET
    edition_number: _Kept = UNSET
    title: _Kept = UNSET
    volume: _Kept = UNSET
    author: _Kept = UNSET
    published_online: _Kept = UNSET
    event: _Kept = UNSET
    container_title: _Kept = UNSET
    original_title: _Kept = UNSET
    language: _Kept = UNSET
    posted: _Kept = UNSET
    degree: _Kept = UNSET
    editor: _Kept = UNSET
    translator: _Kept = UNSET
    chair: _Kept = UNSET
    subtitle: _Kept = UNSET
    short_title: _Kept = UNSET
    issued: _Kept = UNSET
    isbn: _Kept = msgspec.field(default=UNSET, name="ISBN")
    relation: _Kept = UNSET
    issn: _Kept = msgspec.field(default=UNSET, name="ISSN")
    published: _Kept = UNSET
    published_other: _Kept = UNSET
    article_number: _Kept = UNSET
    aliases: _Kept = UNSET


class _Crossref(CrossrefFields, gc=False, kw_only=True):
    indexed: _Indexed | UnsetType | None = UNSET


class _OddCrossref(CrossrefFields, gc=False, kw_only=True):
    """A record whose ``indexed`` is not what it should be."""

    indexed: _Kept = UNSET


class DataCiteFields(msgspec.Struct, gc=False, kw_only=True, rename="camel"):
    """What is kept of a resource's attributes."""

    doi: str
    creators: _Kept = UNSET
    titles: _Kept = UNSET
    publisher: _Kept = UNSET
    container: _Kept = UNSET
    publication_year: _Kept = UNSET
    contributors: _Kept = UNSET
    dates: _Kept = UNSET
    language: _Kept = UNSET
    types: _Kept = UNSET
    related_identifiers: _Kept = UNSET
    version: _Kept = UNSET
    url: _Kept = UNSET
    state: _Kept = UNSET
    updated: object = UNSET


class _Resource(msgspec.Struct, gc=False, kw_only=True):
    id: _Kept = UNSET
    type: _Kept = UNSET
    attributes: DataCiteFields


class _Envelope(msgspec.Struct, gc=False):
    """What a value is told by."""

    crossref_doi: _Kept = msgspec.field(default=UNSET, name="DOI")
    attributes: _Kept = UNSET
    doi: _Kept = UNSET
    message: _Kept = UNSET
    data: _Kept = UNSET
    items: _Kept = UNSET


_CROSSREF: Final = msgspec.json.Decoder(_Crossref)
_CROSSREFS: Final = msgspec.json.Decoder(list[_Crossref])
_ODD_CROSSREF: Final = msgspec.json.Decoder(_OddCrossref)
_RESOURCE: Final = msgspec.json.Decoder(_Resource)
_ENVELOPE: Final = msgspec.json.Decoder(_Envelope)
_VALUES: Final[_Decodes[list[Raw]]] = msgspec.json.Decoder(list[Raw])
_ANYTHING: Final = msgspec.json.Decoder()
_ENCODER: Final = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that no record could be made of.

    Attributes:
        number: which it was in its data file, counted from 1.
        unit: what is counted: lines, or elements of a list.
        reason: what is wrong with it.
        text: its begin.
    """

    number: int
    unit: Unit
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class _One:
    """One record.

    Attributes:
        registry: whose it is.
        doi: as registered.
        moment_ms: when it was indexed, in milliseconds since 1970, UTC.
        text: what is kept.
        aliases: further DOIs that lead to it.
    """

    registry: RegistryName
    doi: str
    moment_ms: int | None
    text: bytes
    aliases: Sequence[str]


class _Unusable(Exception):  # noqa: N818
    """No record can be made of a value; the message says why."""


class RecordReader:
    """Reads the records of one data file.

    Args:
        whole: whether all of a record is kept.
    """

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole
        # A file has records of one registry: which is known after its first block.
        self._registry: RegistryName = "crossref"

    def read(self, piece: Piece) -> tuple[pa.RecordBatch | None, list[Refused]]:
        """The rows of some values, in their order, and what none could be made of.

        A list, or a block that is a guess, may be refused as a whole: its values then
        come again.
        """
        if isinstance(piece, TooLong):
            text = piece.begin.decode("utf-8", "replace")
            return None, [Refused(piece.number, piece.unit, "it is too long", text)]
        if isinstance(piece, WholeList):
            rows = self._read_list(piece)
            piece.is_refused = rows is None
            return rows, []
        rows = self._read_fast(piece)
        if rows is not None:
            return rows, []
        if piece.is_guess:
            piece.is_refused = True
            return None, []
        return self._read_each(piece)

    def _read_fast(self, block: Block) -> pa.RecordBatch | None:
        """All of a block at once, if it has only good records of one registry."""
        try:
            if self._registry == "crossref":
                found = _CROSSREF.decode_lines(block.lines)
                return self._crossref_rows(found, block.lines, block.count)
            return self._datacite_rows(block)
        # Arrow says so of a text that is no UTF-8.
        except (*_UNREADABLE, pa.ArrowInvalid, _Unusable):
            return None

    def _read_list(self, values: WholeList) -> pa.RecordBatch | None:
        """All of a list at once, if it has only good records of Crossref."""
        if self._whole or self._registry != "crossref":
            return None
        try:
            found = _CROSSREFS.decode(values.text)
            return self._crossref_rows(found, b"", len(found))
        except (*_UNREADABLE, pa.ArrowInvalid, _Unusable):
            return None

    def _crossref_rows(
        self, found: Sequence[_Crossref], lines: bytes, count: int
    ) -> pa.RecordBatch:
        dois = [one.doi for one in found]
        _check_each(count, dois)
        aliases = {
            number: _aliases(one)
            for number, one in enumerate(found)
            if one.aliases is not UNSET
        }
        texts = self._texts(lines, found)
        return _rows("crossref", dois, _crossref_moments(found), texts, aliases)

    def _datacite_rows(self, block: Block) -> pa.RecordBatch:
        found = _RESOURCE.decode_lines(block.lines)
        dois = [one.attributes.doi for one in found]
        _check_each(block.count, dois)
        moments = [_parsed_moment(one.attributes.updated) for one in found]
        return _rows("datacite", dois, moments, self._texts(block.lines, found), {})

    def _texts(
        self, lines: bytes, found: Sequence[msgspec.Struct]
    ) -> pa.Array[pa.StringScalar]:
        """What is kept of each, as text."""
        kept = lines if self._whole else _ENCODER.encode_lines(found)[:-1]
        pieces = pc.split_pattern(pa.array([kept], pa.string()), "\n").flatten()
        return pc.ascii_trim_whitespace(pieces) if self._whole else pieces

    def _read_each(self, block: Block) -> tuple[pa.RecordBatch | None, list[Refused]]:
        """Value by value."""
        found: list[_One] = []
        refused: list[Refused] = []
        for number, value in block.values():
            text = value[:SHOWN_BYTES].decode("utf-8", "replace")
            try:
                for one in self._records(value):
                    if isinstance(one, _One):
                        found.append(one)
                    else:
                        refused.append(Refused(number, block.unit, str(one), text))
            except _Unusable as unusable:
                refused.append(Refused(number, block.unit, str(unusable), text))
        if not found:
            return None, refused
        self._registry = found[-1].registry
        return _batch(found), refused

    def _records(self, value: bytes, depth: int = 0) -> Iterator[_One | _Unusable]:
        """The records in a value.

        Raises:
            _Unusable: there are none, and why.
        """
        envelope = _decoded(_ENVELOPE, value)
        if envelope.crossref_doi is not UNSET:
            yield self._crossref(value)
            return
        if envelope.attributes is not UNSET:
            yield self._resource(value)
            return
        if envelope.doi is not UNSET:
            head = b'{"id":' + bytes(envelope.doi) + b',"type":"dois","attributes":'
            yield self._resource(head + value + b"}")
            return
        for inner in (envelope.message, envelope.data, envelope.items):
            if inner is not UNSET and depth < _DEEPEST:
                yield from self._inner(bytes(inner), depth + 1)
                return
        raise _Unusable("it has neither a DOI of Crossref nor attributes of DataCite")

    def _inner(self, value: bytes, depth: int) -> Iterator[_One | _Unusable]:
        if not value.startswith(b"["):
            yield from self._records(value, depth)
            return
        for number, element in enumerate(_decoded(_VALUES, value), start=1):
            try:
                yield from self._records(bytes(element), depth)
            except _Unusable as unusable:
                yield _Unusable(f"item {number}: {unusable}")

    def _crossref(self, value: bytes) -> _One:
        moment = None
        record: _Crossref | _OddCrossref
        try:
            record = _CROSSREF.decode(value)
            moment = _crossref_moment(record.indexed)
        except _UNREADABLE:
            record = _decoded(_ODD_CROSSREF, value)
        return _One(
            "crossref",
            _checked(record.doi),
            moment,
            self._text(value, record),
            _aliases(record),
        )

    def _resource(self, value: bytes) -> _One:
        resource = _decoded(_RESOURCE, value)
        doi = _checked(resource.attributes.doi)
        moment = _parsed_moment(resource.attributes.updated)
        return _One("datacite", doi, moment, self._text(value, resource), ())

    def _text(self, value: bytes, record: msgspec.Struct) -> bytes:
        text = value if self._whole else _ENCODER.encode(record)
        try:
            text.decode("utf-8")
        except UnicodeDecodeError:
            raise _Unusable("it is not UTF-8") from None
        return text


def _rows(
    registry: RegistryName,
    dois: Sequence[str],
    moments: Sequence[int | None],
    texts: pa.Array[pa.StringScalar],
    aliases: dict[int, Sequence[str]],
) -> pa.RecordBatch:
    """Rows of one registry; those of aliases follow the others.

    Args:
        registry: whose records they are.
        dois: as registered.
        moments: when they were indexed, in milliseconds since 1970, UTC.
        texts: what is kept of them.
        aliases: further DOIs, by the number of their record.
    """
    keys = list(dois)
    numbers = list(range(len(dois)))
    for number, others in aliases.items():
        keys += others
        numbers += [number] * len(others)
    count = len(keys)
    if count > len(dois):
        texts = texts.take(pa.array(numbers, pa.int64()))
        moments = [moments[number] for number in numbers]
    return pa.RecordBatch.from_arrays(
        [
            # The fold of a DOI is that of ASCII (`model.doi_spelling.fold`).
            pc.ascii_lower(pa.array(keys, pa.string())),
            pa.repeat(pa.scalar(registry, pa.string()), count),
            pa.array(moments, pa.int64()).cast(ROW_SCHEMA.field("indexed").type),
            pa.array([False] * len(dois) + [True] * (count - len(dois)), pa.bool_()),
            texts,
        ],
        schema=ROW_SCHEMA,
    )


def _batch(found: Sequence[_One]) -> pa.RecordBatch:
    """Rows of records of any registries, in their order."""
    rows = [(one, one.doi, False) for one in found]
    rows += [(one, alias, True) for one in found for alias in one.aliases]
    moments = pa.array([one.moment_ms for one, _, _ in rows], pa.int64())
    return pa.RecordBatch.from_arrays(
        [
            pa.array([fold(doi) for _, doi, _ in rows], pa.string()),
            pa.array([one.registry for one, _, _ in rows], pa.string()),
            moments.cast(ROW_SCHEMA.field("indexed").type),
            pa.array([is_alias for _, _, is_alias in rows], pa.bool_()),
            pa.array([one.text for one, _, _ in rows], pa.binary()).cast(pa.string()),
        ],
        schema=ROW_SCHEMA,
    )


def _check_each(count: int, dois: Sequence[str]) -> None:
    """See that there is one record a line, each with a DOI.

    Raises:
        _Unusable: there is not.
    """
    if len(dois) != count:
        raise _Unusable("a line is no record")
    # Faster than a look at each: a slash in all of them, and none too short.
    if not all(map(contains, dois, repeat("/"))) or min(map(len, dois)) < _SHORTEST_DOI:
        raise _Unusable("a DOI is none")


def _checked(doi: str) -> str:
    if not doi:
        raise _Unusable("its DOI is empty")
    if "/" not in doi or len(doi) < _SHORTEST_DOI:
        raise _Unusable(f"its DOI is none: {doi[:80]}")
    return doi


def _aliases(record: CrossrefFields) -> Sequence[str]:
    """The DOIs that were merged into this one, other than itself."""
    if isinstance(record.aliases, UnsetType):
        return ()
    value = _ANYTHING.decode(record.aliases)
    named = value if isinstance(value, list) else [value]
    usable = (
        one
        for one in named
        if isinstance(one, str) and "/" in one and len(one) >= _SHORTEST_DOI
    )
    return [one for one in dict.fromkeys(usable) if fold(one) != fold(record.doi)]


def _crossref_moments(found: Sequence[_Crossref]) -> list[int | None]:
    """When records were indexed, in milliseconds since 1970, UTC."""
    with suppress(AttributeError):
        stamps = [one.indexed.timestamp for one in found]  # type: ignore[union-attr]
        # Nearly always all of them are numbers.
        if set(map(type, stamps)) == {int}:
            numbers = cast("list[int]", stamps)
            if min(numbers) >= 0 and max(numbers) <= _LAST_MS:
                return [*numbers]
    return [_crossref_moment(one.indexed) for one in found]


def _crossref_moment(indexed: _Indexed | UnsetType | None) -> int | None:
    if not isinstance(indexed, _Indexed):
        return None
    stamp = indexed.timestamp
    if type(stamp) is int and 0 <= stamp <= _LAST_MS:
        return stamp
    return _parsed_moment(indexed.moment)


def _parsed_moment(text: object) -> int | None:
    """A moment in milliseconds since 1970; None where it is unknown."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        milliseconds = (moment - _EPOCH) // _MILLISECOND
    except (ValueError, OverflowError):
        return None
    return milliseconds if 0 <= milliseconds <= _LAST_MS else None


def _decoded(decoder: _Decodes[_T_co], value: bytes) -> _T_co:
    """Decode, or say why that cannot be done.

    Raises:
        _Unusable: it cannot.
    """
    try:
        return decoder.decode(value)
    except msgspec.ValidationError as error:
        raise _Unusable(f"it is no record: {error}") from None
    except msgspec.DecodeError as error:
        raise _Unusable(f"it is no JSON: {error}") from None
    except UnicodeDecodeError:
        raise _Unusable("it is not UTF-8") from None
    except RecursionError:
        raise _Unusable("it is nested too deeply") from None
