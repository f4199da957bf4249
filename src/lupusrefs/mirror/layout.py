"""What lies where in a mirror's folder, and how a DOI leads to its record.

.. code-block:: text

    DIR/
      mirror.json           Description: all a reader needs; written last, in one step
      buckets/0000.parquet  the records whose DOI falls into bucket 0, sorted by DOI
      retractions.parquet   of Retraction Watch, where `mirror update` was given it
      search/               the full-text index, where it was asked for
      updates/              data files that `mirror update` has fetched; sources, too
      sources.jsonl         every source that was read, and what it came to
      rejected.jsonl        lines that could not be read, each with its place and reason
      work/                 of a build that is not finished; gone when it is
      build.lock            held by the one process that writes

A build that adds to a mirror writes the buckets that change under new names, as
``buckets/0000-2.parquet``, and removes the old ones when ``mirror.json`` names the new.
So a reader that has read ``mirror.json`` goes by its names alone. It finds what is
described there, or a file is gone: then it reads ``mirror.json`` again.

A bucket's columns:

- ``doi``: the DOI's key (:func:`lupusrefs.model.doi_spelling.fold`); sorted, each once.
- ``registry``: whose record it is, ``crossref`` or ``datacite``: how it is to be read.
- ``indexed``: when the registry last changed or indexed it.
- ``as_of``: the day up to which the source of the row is complete.
- ``is_alias``: whether the record is of the DOI that this one was merged into.
- ``record``: the registry's JSON, as far as it is kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    import pyarrow as pa

DESCRIPTION: Final = "mirror.json"
BUCKETS: Final = "buckets"
RETRACTIONS: Final = "retractions.parquet"
SEARCH: Final = "search"
UPDATES: Final = "updates"
SOURCES: Final = "sources.jsonl"
REJECTED: Final = "rejected.jsonl"
WORK: Final = "work"
LOCK: Final = "build.lock"

SCHEMA: Final = "lupusrefs.mirror/1"
# So many rows are read for one DOI: a larger group compresses better, a smaller one
# leaves more unread when few DOIs of a bucket are wanted.
ROW_GROUP_ROWS: Final = 256
RegistryName: TypeAlias = Literal["crossref", "datacite"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BucketFile(_Part):
    """One file of records.

    Attributes:
        name: its path in the mirror, such as ``buckets/0000.parquet``.
        rows: how many records it has.
        bytes: its size.
        sha256: of its content, in hexadecimal.
    """

    name: str
    rows: int
    bytes: int
    sha256: str


class RegistryPart(_Part):
    """What a mirror has of one registry.

    Attributes:
        records: how many DOIs, without aliases.
        as_of: the day up to which all of it is complete; a row may be newer.
        newest: when the youngest record was indexed, UTC.
    """

    records: int
    as_of: date | None = None
    newest: datetime | None = None


class Retractions(_Part):
    """What a mirror has of Retraction Watch.

    Attributes:
        rows: how many notices.
        as_of: the day of the youngest of them.
        bytes: the size of the file.
        sha256: of its content.
    """

    rows: int
    as_of: date | None
    bytes: int
    sha256: str


class SearchIndex(_Part):
    """The full-text index of a mirror.

    Attributes:
        documents: how many records it has.
        of: the SHA-256 of the names and digests of the buckets that it was made of: an
            index of other buckets is out of date.
    """

    documents: int
    of: str


class Description(_Part):
    """``mirror.json``.

    Attributes:
        schema_: the name and version of this shape.
        whole: whether records are kept whole (``--full``).
        registries: what there is, by registry.
        aliases: how many DOIs lead to the record that they were merged into.
        sources: how many data files were read.
        source_bytes: how large they are.
        damaged: how many of them could not be read to their end.
        rejected: how many lines or records were set aside.
        buckets: the files, in the order of their numbers.
        retractions: of Retraction Watch; None where that is not there.
        search: the full-text index; None where there is none.
    """

    schema_: Literal["lupusrefs.mirror/1"] = Field(default=SCHEMA, alias="schema")
    whole: bool
    registries: dict[RegistryName, RegistryPart]
    aliases: int
    sources: int
    source_bytes: int
    damaged: int
    rejected: int
    buckets: tuple[BucketFile, ...]
    retractions: Retractions | None = None
    search: SearchIndex | None = None

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )

    @property
    def records(self) -> int:
        """How many DOIs there are, without aliases."""
        return sum(part.records for part in self.registries.values())


def bucket_of(key: str, buckets: int) -> int:
    """The number of the bucket that a DOI is in.

    CRC-32 (RFC 1952, section 8) of the key's UTF-8, modulo the number of buckets.

    Args:
        key: the DOI's key, folded.
        buckets: how many there are.
    """
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % buckets


def bucket_name(number: int) -> str:
    """The path of a bucket's file in its mirror."""
    return f"{BUCKETS}/{number:04d}.parquet"


def bucket_schema() -> pa.Schema:
    """The columns of a bucket."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    columns: Mapping[str, pa.DataType] = {
        "doi": pa.string(),
        "registry": pa.string(),
        "indexed": pa.timestamp("ms", tz="UTC"),
        "as_of": pa.date32(),
        "is_alias": pa.bool_(),
        "record": pa.string(),
    }
    return pa.schema(columns)
