"""The references of a partition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from lupusrefs.bulk.folder import open_file
from lupusrefs.bulk.items import Entry, ItemReader
from lupusrefs.bulk.plan import Partition
from lupusrefs.errors import InputError
from lupusrefs.extras import extra
from lupusrefs.formats.catalogue import FORMATS, recognise
from lupusrefs.formats.text import decode
from lupusrefs.input_files import SourceFile
from lupusrefs.model.location import Diagnostic, Location
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import DATES, NAMES

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_BOM: Final = b"\xef\xbb\xbf"
# A column that has whole items, as JSON.
_ITEM_COLUMNS: Final = ("csl", "item")
_STRUCTURED: Final = frozenset((*NAMES, *DATES, "custom", "categories"))
_MEGABYTE: Final = 1_000_000


@dataclass(slots=True)
class Group:
    """References that are looked at together.

    Attributes:
        references: them.
        is_one_list: whether one work in it twice is one too many: so in a file of
            references; not in JSON Lines and tables, which have the lists of many
            papers.
        file: the file, where it may have ignores beside entries.
        name: of that file.
    """

    references: Iterator[Reference]
    is_one_list: bool = False
    file: SourceFile | None = None
    name: str = ""


@dataclass(slots=True)
class Reading:
    """Reads a partition.

    Attributes:
        partition: what to read.
        max_bytes: the size of the largest file of references that is read.
        problems: what could not be read, so far.
    """

    partition: Partition
    max_bytes: int = 100 * _MEGABYTE
    problems: list[Diagnostic] = field(default_factory=list)

    def groups(self) -> Iterator[Group]:
        """The references, each group before the next is begun."""
        if self.partition.kind == "files":
            yield from filter(None, map(self._group_of_file, self.partition.files))
            return
        reader = ItemReader(self.partition.file, self.problems)
        yield Group(reader.reference(entry) for entry in self.entries(reader))

    def entries(self, reader: ItemReader) -> Iterator[Entry]:
        """The items of JSON Lines or of a table."""
        entries = self._lines if self.partition.kind == "lines" else self._rows
        try:
            yield from entries(reader)
        except (OSError, ValueError) as error:
            # ValueError: Arrow's word for damaged content.
            self._fail(self.partition.file, f"cannot be read: {error}")

    def _fail(self, name: str, message: str) -> None:
        self.problems.append(Diagnostic(message, Location.of_file(name)))

    def _lines(self, reader: ItemReader) -> Iterator[Entry]:
        for number, line in self.lines():
            if entry := reader.entry(number, line):
                yield entry

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """The numbers and the lines of JSON Lines, but for the blank ones.

        Raises:
            OSError: the file cannot be read.
        """
        partition = self.partition
        with open_file(partition.path) as file:
            file.seek(partition.start)
            data = file.read(partition.end - partition.start)
        if partition.first == 1:
            data = data.removeprefix(_BOM)
        # Not `splitlines`: that knows ends of lines that JSON does not.
        for number, line in enumerate(data.split(b"\n"), start=partition.first):
            if found := line.strip():
                yield number, found

    def _rows(self, reader: ItemReader) -> Iterator[Entry]:
        with extra("mirror", "a bulk check"):
            import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
        partition = self.partition
        with open_file(partition.path) as file, pq.ParquetFile(file) as table:
            groups, skipped = _row_groups(table, partition.start, partition.end)
            rows = table.read_row_groups(groups, use_threads=False)
        rows = rows.slice(skipped, partition.end - partition.start)
        column = next((one for one in _ITEM_COLUMNS if one in rows.column_names), None)
        for number, row in enumerate(rows.to_pylist(), start=partition.first):
            if column is None:
                yield Entry(number, _item(row))
                continue
            match row[column]:
                case str(text) if text.strip():
                    entry = reader.entry(number, text.encode(errors="surrogatepass"))
                    if entry is not None:
                        yield entry
                case dict() as item:
                    yield Entry(number, _item(item))
                case _:
                    place = Location(partition.file, number, 1)
                    message = f"the column `{column}` has no item"
                    self.problems.append(Diagnostic(message, place))

    def _group_of_file(self, name: str) -> Group | None:
        try:
            with open_file(name) as file:
                data = file.read(self.max_bytes + 1)
        except OSError as error:
            self._fail(name, f"cannot be read: {error.strerror or error}")
            return None
        if len(data) > self.max_bytes:
            message = f"larger than {self.max_bytes // _MEGABYTE} MB"
            self._fail(name, f"{message}: raise `max_file_mb` in the settings")
            return None
        source = decode(data, name)
        file_ = SourceFile(source, recognise(name, source.text))
        return Group(self._references(file_), is_one_list=True, file=file_, name=name)

    def _references(self, file: SourceFile) -> Iterator[Reference]:
        reading = FORMATS[file.name].read(file.source)
        try:
            yield from reading
        except InputError as error:
            self._fail(file.source.file, str(error))
        self.problems += [one for one in reading.diagnostics if one.is_error]


def _row_groups(table: pq.ParquetFile, start: int, end: int) -> tuple[list[int], int]:
    """The row groups that have these rows, and how many others before them."""
    groups: list[int] = []
    skipped = position = 0
    for group in range(table.metadata.num_row_groups):
        behind = position + table.metadata.row_group(group).num_rows
        if position < end and behind > start:
            if not groups:
                skipped = start - position
            groups.append(group)
        position = behind
    return groups, skipped


def _item(row: dict[str, object]) -> dict[str, object]:
    """A row as an item: what is null in a table is not there in JSON."""
    return {
        name: _parsed(value) if name in _STRUCTURED else value
        for name, found in row.items()
        if (value := _plain(found)) is not None
    }


def _plain(value: object) -> object:
    """A value of a table as one of JSON."""
    match value:
        case dict():
            return {
                key: plain
                for key, one in value.items()
                if (plain := _plain(one)) is not None
            }
        case list():
            return [_plain(one) for one in value]
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes():
            return value.decode("utf-8", "replace")
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)


def _parsed(value: object) -> object:
    """The JSON in a text, where it is some."""
    if not isinstance(value, str) or value[:1] not in {"[", "{"}:
        return value
    import msgspec  # noqa: PLC0415 - an extra

    try:
        parsed: object = msgspec.json.decode(value)
    except ValueError:
        return value
    return parsed
