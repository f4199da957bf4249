"""Records of a mirror by their DOI.

A bucket's footer says with which DOI each row group begins: only the groups that can
hold a wanted one are read, the DOIs first, the records of those that are there next.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.util import find_spec
from itertools import accumulate, groupby
from typing import IO, TYPE_CHECKING, Final, Self

from pydantic import ValidationError

from lupusrefs.errors import MirrorError
from lupusrefs.extras import extra
from lupusrefs.mirror import layout
from lupusrefs.mirror.location import Place, remote_errors
from lupusrefs.mirror.notices import Notices
from lupusrefs.model.work import Provenance, Work
from lupusrefs.services import crossref_record, datacite_record

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

ANSWERED_BY: Final = "mirror"

# A footer takes some 8 KB of memory for every row group, and a few milliseconds to
# read: so many groups are at most 64 MB. And no process may open files without end.
_MOST_GROUPS: Final = 8192
_MOST_FILES: Final = 64
# So many row groups are read at once: a few tens of megabytes, whatever is asked.
_GROUPS_AT_ONCE: Final = 32
_VALUES: Final = ("registry", "indexed", "as_of", "is_alias", "record")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """What a mirror has of one DOI.

    Attributes:
        registry: whose record it is: ``crossref`` or ``datacite``.
        indexed: when the registry last changed or indexed it, UTC.
        as_of: the day up to which it is complete: that of its source, or of all that
            the mirror has of the registry, whichever is later.
        is_alias: whether the record is of the DOI that this one was merged into.
        record: the registry's JSON, as far as it was kept.
    """

    registry: str
    indexed: datetime | None
    as_of: date | None
    is_alias: bool
    record: str

    @property
    def fetched(self) -> datetime:
        """The moment as of which the record stands, UTC."""
        if self.as_of is not None:
            return datetime.combine(self.as_of, time(), UTC)
        return self.indexed or _EPOCH


def read_work(row: Row) -> Work | None:
    """The work of a row; None where its record cannot be read."""
    import msgspec  # noqa: PLC0415 - an extra

    said = Provenance(answered_by=ANSWERED_BY, fetched=row.fetched)
    try:
        record = msgspec.json.decode(row.record)
        if row.registry == "datacite":
            return datacite_record.read_resource(record, "", row.fetched, said)
        return crossref_record.read_record(record, "", row.fetched, said)
    except (msgspec.DecodeError, ValidationError, RecursionError):
        return None


class Mirror:
    """A mirror, open for reading.

    What of it cannot be read counts as not in it, which says nothing about a DOI: the
    others are found all the same, and ``warnings`` tell of it.

    Attributes:
        location: the folder or URL, as it was named.
        description: what there is.
        warnings: which files could not be read, each once.
    """

    def __init__(self, place: Place, description: layout.Description) -> None:
        self.location = place.location
        self.description = description
        self.warnings: list[str] = []
        self._place = place
        self._days: dict[str, date | None] = {
            name: part.as_of for name, part in description.registries.items()
        }
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()
        self._damaged: set[int] = set()
        self._notices: Notices | None = None

    @classmethod
    def open(cls, location: str) -> Self:
        """Read what there is; no bucket is looked at yet.

        Args:
            location: a folder, or a URL that fsspec knows.

        Raises:
            MirrorError: there is no mirror, or none that this version can read.
            MissingPackage: a package that reading needs is not installed.
        """
        with extra("mirror", "a mirror"):
            # Looked for and not imported: a run may come to need nothing of it.
            for package in ("pyarrow", "msgspec"):
                if find_spec(package) is None:
                    raise ModuleNotFoundError(name=package)
        place = Place.of(location)
        return cls(place, _description(place))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files; what is asked for later opens them again."""
        while self._buckets:
            self._buckets.popitem()[1].close()

    def find(self, keys: Iterable[str]) -> dict[str, Work]:
        """The works of DOIs; those that are not there are left out.

        A DOI that was merged into another has the work of that one.

        Args:
            keys: DOIs, folded.
        """
        found: dict[str, Work] = {}
        for key, row in self.rows(keys).items():
            if (work := self.work(key, row)) is not None:
                found[key] = work
        return found

    def work(self, key: str, row: Row) -> Work | None:
        """The work of a row, with Retraction Watch's notices where they are there.

        Args:
            key: the DOI, folded.
            row: what the mirror has of it.

        Returns:
            None where the record cannot be read.
        """
        work = read_work(row)
        if work is None or self.description.retractions is None:
            return work
        if self._notices is None:
            self._notices = self._load_notices()
        return self._notices.added(key, work)

    def rows(self, keys: Iterable[str]) -> dict[str, Row]:
        """What there is of DOIs, in no order; those that are not there are left out.

        Args:
            keys: DOIs, folded.
        """
        number = len(self.description.buckets)
        if not number:
            return {}
        asked = {key for key in keys if key.isascii() or _is_text(key)}
        placed = sorted((layout.bucket_of(key, number), key) for key in asked)
        found: dict[str, Row] = {}
        for bucket, pairs in groupby(placed, key=lambda pair: pair[0]):
            found |= self._rows_of_bucket(bucket, [key for _, key in pairs])
        return found

    def _rows_of_bucket(self, number: int, keys: Sequence[str]) -> dict[str, Row]:
        """What one bucket has of sorted keys."""
        file = self.description.buckets[number]
        if number in self._damaged or not file.rows:
            return {}
        try:
            rows = self._bucket(number, file.name).rows(keys)
            return {key: self._as_of_all(row) for key, row in rows.items()}
        # What Arrow raises is one of the two; text that is no UTF-8, a ValueError.
        except (OSError, ValueError) as error:
            self._damaged.add(number)
            if bucket := self._buckets.pop(number, None):
                bucket.close()
            self._warn(file.name, error, "the DOIs in it count as not in the mirror")
            return {}

    def _as_of_all(self, row: Row) -> Row:
        """The row with its day, where all of its registry is of a later one."""
        day = self._days.get(row.registry)
        if day is None or (row.as_of is not None and row.as_of >= day):
            return row
        return Row(row.registry, row.indexed, day, row.is_alias, row.record)

    def _bucket(self, number: int, name: str) -> _Bucket:
        """An open bucket; those that were used least lately are closed for it."""
        bucket = self._buckets.get(number)
        if bucket is None:
            bucket = self._buckets[number] = _Bucket.open(self._place, name)
        self._buckets.move_to_end(number)
        groups = sum(len(one.firsts) for one in self._buckets.values())
        while len(self._buckets) > 1 and (
            groups > _MOST_GROUPS or len(self._buckets) > _MOST_FILES
        ):
            _, oldest = self._buckets.popitem(last=False)
            groups -= len(oldest.firsts)
            oldest.close()
        return bucket

    def _load_notices(self) -> Notices:
        try:
            return Notices.load(self._place)
        except (OSError, ValueError) as error:
            self._warn(
                layout.RETRACTIONS, error, "what Retraction Watch says is not known"
            )
            return Notices.none()

    def _warn(self, name: str, error: Exception, so: str) -> None:
        reason = " ".join(str(error).split())
        self.warnings.append(
            f"{self._place.shown(name)} cannot be read ({reason}): {so}; "
            f"`lupusrefs mirror verify {self.location}` says more"
        )


@dataclass(frozen=True, slots=True)
class _Bucket:
    """One file of records, open.

    Attributes:
        reader: of the file.
        source: the file where it was opened here, to be closed.
        firsts: the DOI that each row group begins with, sorted.
        sizes: how many rows each has.
    """

    reader: pq.ParquetFile
    source: IO[bytes] | None
    firsts: Sequence[str]
    sizes: Sequence[int]

    @classmethod
    def open(cls, place: Place, name: str) -> _Bucket:
        """Read the footer.

        Raises:
            OSError: the file cannot be read.
            ValueError: it is no Parquet, or no bucket.
        """
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

        source = place.source(name)
        remote = None if isinstance(source, str) else source
        with _errors_of(remote):
            # Elsewhere few large requests are better than many small ones.
            reader = pq.ParquetFile(
                source,
                pre_buffer=remote is not None,
                page_checksum_verification=True,
            )
            if missing := {*_VALUES, "doi"} - set(reader.schema_arrow.names):
                raise ValueError(f"it has no column {min(missing)}")
            groups = map(reader.metadata.row_group, range(reader.num_row_groups))
            sizes = [group.num_rows for group in groups]
            return cls(reader, remote, _firsts(reader, sizes), sizes)

    def close(self) -> None:
        """Close the file."""
        self.reader.close()
        if self.source is not None:
            self.source.close()

    def rows(self, keys: Sequence[str]) -> dict[str, Row]:
        """What there is of sorted keys.

        Raises:
            OSError: the file cannot be read.
            ValueError: its content is damaged.
        """
        import pyarrow as pa  # noqa: PLC0415 - an extra

        # The last group that begins at or before a key, if there is one.
        groups = dict.fromkeys(bisect_right(self.firsts, key) - 1 for key in keys)
        groups.pop(-1, None)
        ordered = list(groups)
        wanted = pa.array(keys, pa.string())
        found: dict[str, Row] = {}
        for start in range(0, len(ordered), _GROUPS_AT_ONCE):
            with _errors_of(self.source):
                part = ordered[start : start + _GROUPS_AT_ONCE]
                found |= self._rows_of_groups(part, wanted)
        return found

    def _rows_of_groups(
        self, groups: Sequence[int], wanted: pa.Array[pa.StringScalar]
    ) -> dict[str, Row]:
        import pyarrow.compute as pc  # noqa: PLC0415 - an extra

        dois = self._read(groups, ("doi",)).column(0)
        found = pc.indices_nonzero(pc.is_in(dois, value_set=wanted))
        hits = [int(one) for one in found.to_pylist() if one is not None]
        if not hits:
            return {}
        # Only groups with a hit are read further, so that the hits move up.
        read: list[int] = []
        at: list[int] = []
        start = kept = next_hit = 0
        for group in groups:
            end = start + self.sizes[group]
            first = next_hit
            while next_hit < len(hits) and hits[next_hit] < end:
                at.append(kept + hits[next_hit] - start)
                next_hit += 1
            if next_hit > first:
                read.append(group)
                kept += self.sizes[group]
            start = end
        names = map(str, dois.take(hits).to_pylist())
        return dict(zip(names, _rows(self._read(read, _VALUES).take(at)), strict=True))

    def _read(self, groups: Sequence[int], columns: Sequence[str]) -> pa.Table:
        # Threads cost more than they save on so little.
        return self.reader.read_row_groups(
            list(groups), columns=list(columns), use_threads=False
        )


def _rows(table: pa.Table) -> Iterator[Row]:
    import pyarrow as pa  # noqa: PLC0415 - an extra

    # As a number: a moment of Arrow would bring a library of time zones with it.
    columns = {name: table.column(name) for name in _VALUES}
    columns["indexed"] = columns["indexed"].cast(pa.int64())
    values = (one.to_pylist() for one in columns.values())
    for registry, milliseconds, as_of, is_alias, record in zip(*values, strict=True):
        yield Row(
            registry=str(registry),
            indexed=None
            if milliseconds is None
            else _EPOCH + timedelta(milliseconds=milliseconds),
            as_of=as_of,
            is_alias=bool(is_alias),
            record=str(record),
        )


def _firsts(reader: pq.ParquetFile, sizes: Sequence[int]) -> list[str]:
    """The DOI that each row group begins with.

    The footer has it as the smallest of the group; not where it is very long.
    """
    column = reader.schema_arrow.get_field_index("doi")
    firsts: list[str] = []
    for group in range(len(sizes)):
        statistics = reader.metadata.row_group(group).column(column).statistics
        if statistics is None or not statistics.has_min_max:
            break
        firsts.append(str(statistics.min))
    else:
        return firsts
    dois = reader.read(columns=["doi"], use_threads=False).column(0)
    starts = (0, *accumulate(sizes[:-1]))
    return [str(dois[start].as_py()) for start in starts]


def _is_text(key: str) -> bool:
    """Whether a DOI can be in a file at all: half a surrogate pair cannot."""
    try:
        key.encode()
    except UnicodeEncodeError:
        return False
    return True


def _errors_of(source: IO[bytes] | None) -> AbstractContextManager[None]:
    """What is raised where a file elsewhere is read, as an OSError."""
    return nullcontext() if source is None else remote_errors()


def _description(place: Place) -> layout.Description:
    """What ``mirror.json`` says.

    Raises:
        MirrorError: it is not there, or does not say what this version can read.
    """
    location = place.location
    try:
        text = place.read(layout.DESCRIPTION)
    except (FileNotFoundError, NotADirectoryError):
        raise _no_mirror(place) from None
    except (OSError, ValueError) as error:  # no path at all, with a null in it
        message = f"{place.shown(layout.DESCRIPTION)} cannot be read: {error}"
        raise MirrorError(message) from None
    try:
        return layout.Description.model_validate_json(text)
    except ValidationError as error:
        reason = error.errors(include_url=False)[0]["msg"]
    version = _schema(text)
    if version not in {None, layout.SCHEMA}:
        raise MirrorError(
            f"{location} is a mirror of another version of lupusrefs: it is "
            f"{version}, and this one reads {layout.SCHEMA}",
            hint="build it again, or use the version that has built it",
        )
    raise MirrorError(
        f"{place.shown(layout.DESCRIPTION)} cannot be read: {reason}",
        hint="a build that is run again writes it anew; what is done is not done twice",
    )


def _schema(text: bytes) -> str | None:
    """The name and version that a description gives its own shape."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    schema = found.get("schema") if isinstance(found, dict) else None
    return schema if isinstance(schema, str) else None


def _no_mirror(place: Place) -> MirrorError:
    location = place.location
    try:
        is_begun = place.exists(layout.WORK)
    except OSError:
        is_begun = False
    if is_begun:
        return MirrorError(
            f"{location} is no mirror yet: its first build is not finished",
            hint="run the same `lupusrefs mirror build` again: it goes on where it "
            "stopped",
        )
    return MirrorError(
        f"{location} is no mirror: it has no {layout.DESCRIPTION}",
        hint=f"`lupusrefs mirror build SOURCE... --to {location}` makes one",
    )
