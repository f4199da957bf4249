"""First phase: which DOIs the references of a partition cite.

A row is a DOI that is to be looked up; a reference whose DOI can be read in several
ways has several. A PMID or PMCID is no DOI and no mirror has it: it goes along, to be
among what is missing in the end.
"""

from __future__ import annotations

import io
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from lupusrefs.bulk.context import Context
from lupusrefs.bulk.items import Entry, ItemReader, text_of
from lupusrefs.bulk.plan import Partition
from lupusrefs.bulk.reading import Reading
from lupusrefs.formats.csl_values import ValueProblem
from lupusrefs.identify import Identified, identify
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.identifiers import ArxivId, Pmcid, Pmid

if TYPE_CHECKING:
    import pyarrow as pa

_SEPARATOR: Final = "\n"


@dataclass(frozen=True, slots=True)
class KeysTask:
    """Find the keys of a partition.

    Attributes:
        context: of the run.
        partition: what to read.
        to: the file to write them to.
    """

    context: Context
    partition: Partition
    to: str

    def __str__(self) -> str:
        """What was looked at, where nobody came to its end."""
        return f"the DOIs of {self.partition}"


@dataclass(frozen=True, slots=True)
class Key:
    """One DOI to look up.

    Attributes:
        key: the DOI, folded; or ``pmid:`` and the number, or ``pmc:``.
        names: all readings of what is cited, the best first.
    """

    key: str
    names: tuple[str, ...]


class _Members(msgspec.Struct):
    """The members of an item that can name it; others are passed over unread."""

    DOI: object = None
    URL: object = None
    PMID: object = None
    PMCID: object = None
    ISBN: object = None
    archive: object = None
    archive_location: object = None
    number: object = None
    publisher: object = None


@dataclass(frozen=True, slots=True)
class _Cited:
    doi: str | None
    url: str | None
    pmid: str | None
    pmcid: str | None
    isbn: str | None
    archive: str | None
    archive_location: str | None
    number: str | None
    publisher: str | None


_DECODER: Final = msgspec.json.Decoder(_Members)


def find_keys(task: KeysTask) -> int:
    """Write the keys of a partition; gives how many references were looked at."""
    reading = Reading(task.partition, task.context.options.max_bytes)
    keys: dict[str, Key] = {}
    number = 0
    for number, identified in enumerate(_identified(reading), start=1):  # noqa: B007
        for key in keys_of(identified):
            keys.setdefault(key.key, key)
    content = keys_file((task.partition.number, key) for key in keys.values())
    task.context.folder.write(task.to, content)
    return number


def keys_of(identified: Identified) -> tuple[Key, ...]:
    """What to look up for an identifier."""
    match identified:
        case ArxivId():
            names = identified.doi.candidates
        case Doi():
            names = identified.candidates
        case Pmid():
            names = (f"pmid:{identified}",)
        case Pmcid():
            names = (f"pmc:{identified}",)
        case _:
            return ()
    return tuple(Key(fold(name), names) for name in names)


def identifier_of(names: tuple[str, ...]) -> Doi | Pmid | Pmcid:
    """The identifier that a row is of."""
    kind, colon, number = names[0].partition(":")
    if colon and kind == "pmid":
        return Pmid.parse(number)
    if colon and kind == "pmc":
        return Pmcid.parse(number)
    return Doi(names[0], names[0], names)


def subject_of(key: Key) -> str:
    """A key as the store names it."""
    return key.key if key.key.startswith(("pmid:", "pmc:")) else f"doi:{key.key}"


def keys_schema() -> pa.Schema:
    """The columns of a file of keys."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    columns: Mapping[str, pa.DataType] = {
        "partition": pa.int32(),
        "key": pa.string(),
        # As of layout.bucket_of: which bucket a key is in, whatever their number.
        "crc": pa.int64(),
        "names": pa.string(),
    }
    return pa.schema(columns)


def keys_file(keys: Iterable[tuple[int, Key]]) -> bytes:
    """Keys of partitions as a Parquet file."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    rows = list(keys)
    table = pa.table(
        {
            "partition": [number for number, _ in rows],
            "key": [key.key for _, key in rows],
            "crc": [
                zlib.crc32(key.key.encode("utf-8", "surrogatepass")) for _, key in rows
            ],
            "names": [_SEPARATOR.join(key.names) for _, key in rows],
        },
        schema=keys_schema(),
    )
    out = io.BytesIO()
    pq.write_table(table, out, compression="lz4")
    return out.getvalue()


def read_keys(
    content: bytes, partitions: range | None = None
) -> Iterator[tuple[int, Key]]:
    """The partitions and keys of such a file, in its order.

    Args:
        content: of the file, whose partitions are in their order.
        partitions: those whose keys are wanted; None for all.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pq.ParquetFile(pa.BufferReader(content)).read(use_threads=False)
    if partitions is not None:
        numbers = [int(one or 0) for one in table.column("partition").to_pylist()]
        start = bisect_left(numbers, partitions.start)
        table = table.slice(start, bisect_left(numbers, partitions.stop) - start)
    columns = (table.column(name).to_pylist() for name in ("partition", "key", "names"))
    for number, key, names in zip(*columns, strict=True):
        yield int(number), Key(str(key), tuple(str(names).split(_SEPARATOR)))


def _identified(reading: Reading) -> Iterator[Identified]:
    if reading.partition.kind == "files":
        for group in reading.groups():
            yield from map(identify, group.references)
    elif reading.partition.kind == "lines":
        reader = ItemReader(reading.partition.file)
        for number, line in reading.lines():
            try:
                members = _DECODER.decode(line)
            except (ValueError, RecursionError):
                # The slow way may read it; if not, the comparison tells of it.
                entry = reader.entry(number, line)
                if entry is None:
                    continue
            else:
                entry = Entry(number, msgspec.structs.asdict(members))
            yield _identified_of(entry)
    else:
        yield from map(_identified_of, reading.entries(ItemReader("")))


def _identified_of(entry: Entry) -> Identified:
    cited = _Cited(
        _text(entry, "DOI"),
        _text(entry, "URL"),
        _text(entry, "PMID"),
        _text(entry, "PMCID"),
        _text(entry, "ISBN"),
        _text(entry, "archive"),
        _text(entry, "archive_location"),
        _text(entry, "number"),
        _text(entry, "publisher"),
    )
    return identify(cited)


def _text(entry: Entry, variable: str) -> str | None:
    try:
        return text_of(entry.data, variable)
    except ValueProblem:
        return None
