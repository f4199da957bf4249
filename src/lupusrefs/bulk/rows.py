"""What a bulk check writes: flat rows, one for each finding.

A reference without findings has one row, whose ``rule`` is null: nothing is left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from pydantic import BaseModel, ConfigDict

from lupusrefs.checker import Checked
from lupusrefs.extras import extra
from lupusrefs.findings import Change, Confidence, Finding, Severity
from lupusrefs.fingerprints import fingerprint
from lupusrefs.identify import doi_of
from lupusrefs.model.dates import Date
from lupusrefs.model.outcome import Status, authority_of, status_of

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA: Final = "lupusrefs.findings/1"
Row: TypeAlias = dict[str, str | int | datetime | None]


class FindingRow(BaseModel):
    """One row of ``lupusrefs check`` for millions of references.

    As a line of JSON Lines or a row of a Parquet file; every column is always there.

    Attributes:
        key: the citation key; of JSON Lines and tables without an `id`, the number of
            the line or row.
        file: the file that the reference stands in.
        line: its line, or its row in a table, from 1.
        doi: the DOI, in the reading that was found, else the best one.
        status: what resolving it came to; null in a row that is about no reference,
            such as an ignore that ignores nothing.
        agency: who registered the DOI.
        answered_by: who said so; `mirror` is a local mirror.
        fetched: when, in UTC; of a mirror, the day up to which it is complete.
        rule: the id of the rule; null where nothing was found.
        severity: what follows if it is true.
        confidence: how sure it is.
        field: the CSL variable; null for the reference as a whole.
        message: what was found, in one sentence.
        cited: the cited value, verbatim.
        registered: the registered value, verbatim.
        fingerprint: stays the same while the finding does, wherever it moves.
        fix: what would mend it, as JSON: `safe`, and `changes` of `variable` and
            `value` as in CSL-JSON.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    file: str | None
    line: int | None
    doi: str | None
    status: Status | None
    agency: str | None
    answered_by: str | None
    fetched: datetime | None
    rule: str | None
    severity: Severity | None
    confidence: Confidence | None
    field: str | None
    message: str | None
    cited: str | None
    registered: str | None
    fingerprint: str | None
    fix: str | None


COLUMNS: Final = tuple(FindingRow.model_fields)
_OF_FINDING: Final = COLUMNS[COLUMNS.index("rule") :]
_NO_FINDING: Final[Row] = dict.fromkeys(_OF_FINDING)


def rows_of(checked: Checked) -> Iterator[Row]:
    """The rows of one reference."""
    reference, outcome = checked.reference, checked.outcome
    location = reference.location
    agency, answered_by, fetched = authority_of(outcome)
    comparison = checked.comparison
    if answered_by is None and comparison is not None:
        # A work that no identifier has led to.
        said = comparison.work.provenance
        agency = comparison.work.agency
        answered_by, fetched = said.answered_by, said.fetched
    row: Row = {
        "key": reference.id,
        "file": _file(location.file) if location else None,
        "line": location.line if location else None,
        "doi": doi_of(reference, outcome),
        "status": str(status_of(outcome)),
        "agency": agency,
        "answered_by": answered_by,
        "fetched": fetched,
    }
    if not checked.findings:
        yield row | _NO_FINDING
    for found in checked.findings:
        yield row | _finding(found)


def general_row(found: Finding) -> Row:
    """The row of a finding that belongs to no reference."""
    place = found.location
    row: Row = dict.fromkeys(COLUMNS)
    row |= {
        "key": found.key,
        "file": _file(place.file) if place else None,
        "line": place.line if place else None,
    }
    return row | _finding(found)


def _file(name: str) -> str:
    """The name of a file, whose bytes need not be text."""
    return name.encode("utf-8", "backslashreplace").decode()


def _finding(found: Finding) -> Row:
    return {
        "rule": found.rule.id,
        "severity": str(found.severity),
        "confidence": str(found.confidence),
        "field": found.field,
        "message": found.message,
        "cited": found.cited,
        "registered": found.registered,
        "fingerprint": fingerprint(found),
        "fix": _fix(found),
    }


def _fix(found: Finding) -> str | None:
    if found.fix is None:
        return None
    import msgspec  # noqa: PLC0415 - an extra

    changes = [
        {"variable": one.variable, "value": _value(one)} for one in found.fix.changes
    ]
    return msgspec.json.encode({"safe": found.fix.safe, "changes": changes}).decode()


def _value(change: Change) -> object:
    match change.value:
        case Date() as value:
            return value.to_csl()
        case tuple() as names:
            return [name.to_csl() for name in names]
        case value:
            return value


def as_lines(rows: Sequence[Row]) -> bytes:
    """Rows as JSON Lines."""
    import msgspec  # noqa: PLC0415 - an extra

    encoder = msgspec.json.Encoder()
    return encoder.encode_lines([_dated(row) for row in rows])


def _dated(row: Row) -> Row:
    """A row whose moment is written as in the other reports."""
    fetched = row["fetched"]
    if not isinstance(fetched, datetime):
        return row
    return row | {"fetched": fetched.astimezone(UTC).isoformat().replace("+00:00", "Z")}


def table_schema() -> pa.Schema:
    """The columns of a Parquet file of rows."""
    with extra("mirror", "Parquet"):
        import pyarrow as pa  # noqa: PLC0415 - an extra
    types: Mapping[str, pa.DataType] = {
        "line": pa.int64(),
        "fetched": pa.timestamp("us", tz="UTC"),
    }
    columns = [(name, types.get(name, pa.string())) for name in COLUMNS]
    return pa.schema(columns, metadata={"schema": SCHEMA})


def as_table(rows: Sequence[Row]) -> bytes:
    """Rows as a Parquet file."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    out = io.BytesIO()
    table = pa.Table.from_pylist(rows, schema=table_schema())
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()
