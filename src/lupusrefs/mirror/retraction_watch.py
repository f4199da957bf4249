"""Retraction Watch's database -> ``retractions.parquet`` (registries.md 2.4).

It is one CSV file, a line a notice. Of its columns these are read:

- ``OriginalPaperDOI``: the work; ``unavailable`` or nothing where it has none.
- ``RetractionDOI``: the notice, likewise.
- ``RetractionNature``: Retraction, Expression of concern, Correction, Reinstatement.
- ``RetractionDate``: ``M/D/YYYY 0:00``.

Where a work or a notice has several DOIs they stand with semicolons between.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lupusrefs.errors import InputError, InvalidDoi, MirrorError
from lupusrefs.files import write_atomically
from lupusrefs.mirror.layout import RETRACTIONS, Retractions
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.location import Location

if TYPE_CHECKING:
    import pyarrow as pa

_DOI: Final = "OriginalPaperDOI"
_NOTICE: Final = "RetractionDOI"
_NATURE: Final = "RetractionNature"
_DATE: Final = "RetractionDate"
_COLUMNS: Final = (_DOI, _NOTICE, _NATURE, _DATE)
# Crossref's names of the same, which comparison knows.
_TYPES: Final = {
    "retraction": "retraction",
    "expression of concern": "expression_of_concern",
    "correction": "correction",
    "reinstatement": "reinstatement",
}
_NO_DOI: Final = frozenset(("", "unavailable", "n/a", "na", "none", "0"))
# A semicolon may belong to a DOI: only one before the next DOI, or the end, separates.
_BETWEEN: Final = re.compile(
    r";\s*(?=10\.|https?:|doi:|unavailable\b|$)", re.IGNORECASE
)
_AMERICAN: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+\d{1,2}:\d{2}.*)?")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_SHOWN: Final = 3  # bad rows that are shown


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice about one work.

    Attributes:
        doi: the work's key, folded.
        notice: the notice's DOI; empty where it has none.
        type: by Crossref's name: ``retraction``, ``expression_of_concern`` ...
        date: of the notice; None where it is not known.
    """

    doi: str
    notice: str
    type: str
    date: date | None


@dataclass(slots=True)
class RetractionsRead:
    """What was read of the file.

    Attributes:
        notices: each once, sorted by the work's key.
        without_doi: how many rows are about works without a DOI.
        bad: how many rows could not be read.
        problems: what is wrong with the first of them.
    """

    notices: list[Notice] = field(default_factory=list)
    without_doi: int = 0
    bad: int = 0
    problems: list[str] = field(default_factory=list)


def read_file(path: str) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}",
            location=Location.of_file(path),
        ) from None


def read_csv(data: bytes, name: str) -> RetractionsRead:
    """Read the file; what cannot be read of it is counted.

    Args:
        data: its bytes; UTF-8 with faults, as it is published, or UTF-16.
        name: what it is called in messages.

    Raises:
        MirrorError: it is something else, or nothing in it can be used.
    """
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    # Faults are in names, which are not read.
    text = data.decode("utf-16" if wide else "utf-8-sig", "replace")
    rows = csv.reader(io.StringIO(text, newline=""))
    header = [one.strip() for one in next(_readable(rows, RetractionsRead()), [])]
    missing = [column for column in _COLUMNS if column not in header]
    if missing:
        raise MirrorError(
            f"{name} is not Retraction Watch's CSV: it has no column {missing[0]}",
            hint="it is published at gitlab.com/crossref/retraction-watch-data, as "
            "retraction_watch.csv",
        )
    places = [header.index(column) for column in _COLUMNS]
    read = RetractionsRead()
    for row in _readable(rows, read):
        if not any(row):
            continue
        if len(row) <= max(places):
            _set_aside(read, rows.line_num, "the row ends early")
            continue
        _read_row(read, rows.line_num, [row[place].strip() for place in places])
    if not read.notices:
        raise MirrorError(
            f"{name} has no notice that can be used: {read.without_doi} rows without a "
            f"DOI, {read.bad} that cannot be read",
            hint="what the mirror had before is still there",
        )
    read.notices = sorted(set(read.notices), key=_order)
    return read


def write(folder: Path, notices: list[Notice]) -> Retractions:
    """Write ``retractions.parquet`` in one step.

    Args:
        folder: the mirror.
        notices: sorted.

    Returns:
        What ``mirror.json`` is to say of it.

    Raises:
        InputError: it cannot be written.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pa.table(
        {
            "doi": [one.doi for one in notices],
            "notice": [one.notice for one in notices],
            "type": [one.type for one in notices],
            "date": [one.date for one in notices],
        },
        schema=retractions_schema(),
    )
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    content = sink.getvalue().to_pybytes()
    write_atomically(folder / RETRACTIONS, content)
    return Retractions(
        rows=len(notices),
        as_of=max((one.date for one in notices if one.date), default=None),
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def retractions_schema() -> pa.Schema:
    """The columns of ``retractions.parquet``: those of :class:`Notice`."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    columns: Mapping[str, pa.DataType] = {
        "doi": pa.string(),
        "notice": pa.string(),
        "type": pa.string(),
        "date": pa.date32(),
    }
    return pa.schema(columns)


def parse_date(text: str) -> date | None:
    """A date as it is in the file; None where it is none.

    >>> parse_date("3/1/2024 0:00")
    datetime.date(2024, 3, 1)
    """
    if found := _AMERICAN.fullmatch(text):
        month, day, year = map(int, found.groups())
    elif found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_row(read: RetractionsRead, line: int, row: list[str]) -> None:
    names, notices, nature, day = row
    works = [one.strip() for one in _BETWEEN.split(names)]
    works = [one for one in works if one.casefold() not in _NO_DOI]
    if not works:
        read.without_doi += 1
        return
    kind = _TYPES.get(nature.casefold())
    if kind is None:
        _set_aside(read, line, f"{_NATURE} is `{nature[:40]}`")
        return
    notice = next(filter(None, map(_doi, _BETWEEN.split(notices))), "")
    for work in works:
        doi = _doi(work)
        if doi:
            read.notices.append(Notice(fold(doi), notice, kind, parse_date(day)))
        else:
            _set_aside(read, line, f"{_DOI} is `{work[:40]}`, which is none")


def _doi(text: str) -> str:
    """A DOI; empty where it is none."""
    try:
        return Doi.parse(text).name
    except InvalidDoi:
        return ""


def _readable(rows: Iterator[list[str]], read: RetractionsRead) -> Iterator[list[str]]:
    """The rows that are CSV; the others are counted."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            # The reader goes on behind it.
            read.bad += 1
            if len(read.problems) < _SHOWN:
                read.problems.append(str(error))


def _set_aside(read: RetractionsRead, line: int, why: str) -> None:
    read.bad += 1
    if len(read.problems) < _SHOWN:
        read.problems.append(f"line {line}: {why}")


def _order(one: Notice) -> tuple[str, str, str, str]:
    return one.doi, str(one.date or ""), one.type, one.notice
