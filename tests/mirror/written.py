"""A small mirror, written down without a build: as the layout says it is."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lupusrefs.mirror import layout
from lupusrefs.mirror.layout import BucketFile, Description, RegistryPart

INDEXED = datetime(2026, 3, 1, tzinfo=UTC)
AS_OF = date(2026, 3, 31)
Rows = list[dict[str, object]]


def row(
    doi: str, registry: str = "crossref", *, is_alias: bool = False
) -> dict[str, object]:
    """A row of a bucket."""
    return {
        "doi": doi,
        "registry": registry,
        "indexed": INDEXED,
        "as_of": AS_OF,
        "is_alias": is_alias,
        "record": json.dumps({"DOI": doi}),
    }


def write_mirror(folder: Path, rows: Rows, *, buckets: int = 4) -> Description:
    """Write rows into the buckets where they belong, and ``mirror.json``."""
    parts: list[Rows] = [[] for _ in range(buckets)]
    for one in sorted(rows, key=lambda one: str(one["doi"])):
        parts[layout.bucket_of(str(one["doi"]), buckets)].append(one)
    files = [write_bucket(folder, number, part) for number, part in enumerate(parts)]
    counts = Counter(str(one["registry"]) for one in rows if not one["is_alias"])
    description = Description.model_validate(
        {
            "schema": layout.SCHEMA,
            "whole": False,
            "registries": {
                name: RegistryPart(records=counts[name], as_of=AS_OF, newest=INDEXED)
                for name in sorted(counts)
            },
            "aliases": sum(bool(one["is_alias"]) for one in rows),
            "sources": 1,
            "source_bytes": 1000,
            "damaged": 0,
            "rejected": 0,
            "buckets": tuple(files),
        }
    )
    write_description(folder, description)
    return description


def write_bucket(
    folder: Path, number: int, rows: Rows, schema: pa.Schema | None = None
) -> BucketFile:
    """Write one bucket as it is given, sorted or not."""
    name = layout.bucket_name(number)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pylist(rows, schema=schema or layout.bucket_schema())
    pq.write_table(table, path, compression="zstd", row_group_size=8)
    return described(folder, name, len(rows))


def described(folder: Path, name: str, rows: int) -> BucketFile:
    """What ``mirror.json`` says of a file as it is now."""
    content = (folder / name).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return BucketFile(name=name, rows=rows, bytes=len(content), sha256=digest)


def write_description(folder: Path, description: Description) -> None:
    """Write ``mirror.json``."""
    text = description.model_dump_json(by_alias=True, indent=2)
    (folder / layout.DESCRIPTION).write_text(text, encoding="utf-8")


def with_bucket(
    folder: Path, description: Description, number: int, rows: Rows
) -> Description:
    """Another content for a bucket, described as it is: a builder's mistake."""
    file = write_bucket(folder, number, rows)
    buckets = list(description.buckets)
    buckets[number] = file
    changed = description.model_copy(update={"buckets": tuple(buckets)})
    write_description(folder, changed)
    return changed


def contents(folder: Path) -> Mapping[str, bytes]:
    """Every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
