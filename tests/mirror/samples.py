"""Small data files of made-up records, in the shapes in which registries publish them.

.. code-block:: text

    write_lines(folder / "0.jsonl.gz", map(crossref, range(100)))   one record a line
    write_items(folder / "1.json.gz", map(crossref, range(100)))   {"items": [...]}
    write_tar(folder / "2.tar", {"a/0.json": as_items(...)})        files in a tar
    write_sample(folder)                                            a bit of each
"""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from registry.synthetic import synthetic_work

if TYPE_CHECKING:
    from registry.messages import Json, Record

DATACITE_PREFIX = "10.5555/data."
# 2023-11-14T22:13:20Z, in milliseconds: when the first made-up record was indexed.
EPOCH_MS = 1_700_000_000_000


def stamp(moment_ms: int) -> Json:
    """A moment as Crossref writes it.

    Args:
        moment_ms: milliseconds since 1970, UTC.
    """
    moment = datetime.fromtimestamp(moment_ms / 1000, UTC)
    return {
        "date-parts": [[moment.year, moment.month, moment.day]],
        "date-time": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "timestamp": moment_ms,
    }


def crossref(
    index: int, *, doi: str | None = None, indexed_ms: int | None = None
) -> Record:
    """A record of Crossref; its DOI is ``10.5555/bench.<index>`` unless given.

    Args:
        index: the same index gives the same record.
        doi: another DOI for it.
        indexed_ms: when it was indexed; else ``index`` seconds after ``EPOCH_MS``.
    """
    record = synthetic_work(index)
    if doi is not None:
        record["DOI"] = doi
    record["indexed"] = stamp(
        EPOCH_MS + 1000 * index if indexed_ms is None else indexed_ms
    )
    return record


def datacite(index: int, *, doi: str | None = None, updated: str = "") -> Record:
    """A resource of DataCite; its DOI is ``10.5555/data.<index>`` unless given."""
    name = doi or f"{DATACITE_PREFIX}{index}"
    return {
        "id": name,
        "type": "dois",
        "attributes": {
            "doi": name,
            "titles": [{"title": f"Measurements of invented cells, part {index}"}],
            "creators": [
                {
                    "name": "Fiction, Ada",
                    "nameType": "Personal",
                    "givenName": "Ada",
                    "familyName": "Fiction",
                    "affiliation": ["Institute of Inventions"],
                }
            ],
            "publisher": "Bench Repository (Invented)",
            "publicationYear": 2000 + index % 25,
            "dates": [{"date": str(2000 + index % 25), "dateType": "Issued"}],
            "types": {"resourceTypeGeneral": "Dataset", "citeproc": "dataset"},
            "container": {},
            "relatedIdentifiers": [],
            "descriptions": [{"description": "Nothing was measured. " * 20}],
            "url": f"https://bench.example/data/{index}",
            "state": "findable",
            "updated": updated
            or f"2024-01-01T00:{index // 60 % 60:02}:{index % 60:02}Z",
        },
        "relationships": {"client": {"data": {"id": "bench.test", "type": "clients"}}},
    }


def as_lines(records: Iterable[Record]) -> bytes:
    """JSON Lines: one record a line."""
    return b"".join(_dump(one) + b"\n" for one in records)


def as_items(records: Iterable[Record]) -> bytes:
    """One document ``{"items": [...]}``, as in Crossref's older data files."""
    return b'{"items":[' + b",".join(map(_dump, records)) + b"]}"


def write_lines(path: Path, records: Iterable[Record]) -> Path:
    """Write JSON Lines, gzipped if the name ends so."""
    return write_data(path, as_lines(records))


def write_items(path: Path, records: Iterable[Record]) -> Path:
    """Write one document with ``items``, gzipped if the name ends so."""
    return write_data(path, as_items(records))


def write_data(path: Path, data: bytes) -> Path:
    """Write bytes, gzipped if the name ends so; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed(data) if path.suffix == ".gz" else data)
    return path


def write_tar(path: Path, members: Mapping[str, bytes]) -> Path:
    """Write a tar, gzipped if the name ends so.

    Args:
        path: the tar.
        members: the content by name; that of a name with ``.gz`` is gzipped first.
    """
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        for name, data in members.items():
            content = packed(data) if name.endswith(".gz") else data
            about = tarfile.TarInfo(name)
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    return write_data(path, file.getvalue())


def write_sample(folder: Path, *, crossref_records: int = 120) -> Path:
    """A folder with data files of every shape, each DOI once.

    Args:
        folder: where they are written; it is made.
        crossref_records: how many records of Crossref; of DataCite there are 40.

    Returns:
        The folder.
    """
    works = [crossref(index) for index in range(crossref_records)]
    quarter = max(1, crossref_records // 4)
    write_lines(folder / "crossref" / "0.jsonl.gz", works[:quarter])
    write_items(folder / "crossref" / "1.json.gz", works[quarter : 2 * quarter])
    write_lines(folder / "crossref" / "2.jsonl", works[2 * quarter : 3 * quarter])
    write_tar(
        folder / "crossref" / "3.tar",
        {
            "all/a.json.gz": as_items(works[3 * quarter :: 2]),
            "all/b.jsonl": as_lines(works[3 * quarter + 1 :: 2]),
        },
    )
    resources = [datacite(index) for index in range(40)]
    write_lines(folder / "datacite" / "part_0000.jsonl.gz", resources)
    return folder


def packed(data: bytes) -> bytes:
    """Gzip, the same bytes at any time."""
    return gzip.compress(data, compresslevel=6, mtime=0)


def _dump(record: Record) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
