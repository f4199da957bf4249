"""Which values are records, and what is kept of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lupusrefs.mirror.json_blocks import Block, TooLong
from lupusrefs.mirror.layout import bucket_of
from lupusrefs.mirror.records import (
    CrossrefFields,
    DataCiteFields,
    RecordReader,
    Refused,
)
from lupusrefs.mirror.runs import bucket_numbers
from lupusrefs.model.doi_spelling import fold
from lupusrefs.services import crossref_record, datacite_record
from mirror.samples import EPOCH_MS, as_lines, crossref, datacite

if TYPE_CHECKING:
    from registry.messages import Json

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
Rows = list[dict[str, object]]


def read(
    *values: Json | Mapping[str, Json] | bytes, whole: bool = False
) -> tuple[Rows, list[Refused]]:
    """The rows of values, one a line, and what was refused."""
    lines = [v if isinstance(v, bytes) else json.dumps(v).encode() for v in values]
    block = Block(b"\n".join(lines), 1, "line", len(lines))
    rows, refused = RecordReader(whole=whole).read(block)
    return (rows.to_pylist() if rows is not None else []), refused


def kept(row: dict[str, object]) -> dict[str, object]:
    """The record of a row."""
    record = json.loads(str(row["record"]))
    assert isinstance(record, dict)
    return record


def test_all_fields_that_are_read_are_kept() -> None:
    """A field that the readers of records learn to read is kept here, too."""
    crossref_fields = set(CrossrefFields.__struct_encode_fields__)
    datacite_fields = set(DataCiteFields.__struct_encode_fields__)
    for name in crossref_record.SELECTED.split(","):
        assert name in crossref_fields
    for name, about in crossref_record._Record.model_fields.items():
        assert (about.alias or name) in crossref_fields
    for name, about in datacite_record._Attributes.model_fields.items():
        assert (about.alias or name) in datacite_fields


@pytest.mark.corpus
def test_what_is_kept_gives_the_same_work(corpus: Path) -> None:
    """No record of the corpus loses anything that becomes a work."""
    count = 0
    for path in sorted((corpus / "registry" / "crossref").glob("*.json")):
        record = json.loads(path.read_bytes())
        rows, refused = read(record)
        assert not refused
        expected = crossref_record.read_record(record, "", _NOW)
        assert crossref_record.read_record(kept(rows[0]), "", _NOW) == expected
        count += 1
    for path in sorted((corpus / "registry" / "datacite").glob("*.json")):
        resource = json.loads(path.read_bytes())
        rows, refused = read(resource)
        assert not refused
        expected = datacite_record.read_resource(resource, "", _NOW)
        assert datacite_record.read_resource(kept(rows[0]), "", _NOW) == expected
        count += 1
    assert count > 3000


@pytest.mark.parametrize(
    "value",
    [
        crossref(1),
        {"items": [crossref(1)]},
        {"status": "ok", "message": crossref(1)},
        {"message-type": "work-list", "message": {"total": 1, "items": [crossref(1)]}},
    ],
)
def test_shapes_of_crossref(value: Json) -> None:
    """A record is found alone, in a list, and in an answer of the API."""
    [row], refused = read(value)
    assert not refused
    assert (row["doi"], row["registry"]) == ("10.5555/bench.1", "crossref")
    assert row["indexed"] == datetime.fromtimestamp(EPOCH_MS / 1000 + 1, UTC)
    assert row["is_alias"] is False
    assert "reference" not in kept(row)
    assert kept(row)["title"] == crossref(1)["title"]


@pytest.mark.parametrize(
    "value",
    [
        datacite(1),
        {"data": datacite(1)},
        {"data": [datacite(1)], "meta": {}},
        datacite(1)["attributes"],
    ],
)
def test_shapes_of_datacite(value: Json) -> None:
    """A resource is found alone, in an answer of the API, and as attributes."""
    [row], refused = read(value)
    assert not refused
    assert (row["doi"], row["registry"]) == ("10.5555/data.1", "datacite")
    assert row["indexed"] == datetime(2024, 1, 1, 0, 0, 1, tzinfo=UTC)
    work = datacite_record.read_resource(kept(row), "", _NOW)
    assert work == datacite_record.read_resource(datacite(1), "", _NOW)


def test_registries_may_be_mixed() -> None:
    """Records of both are read from one file."""
    rows, refused = read(crossref(1), datacite(1), crossref(2))
    assert [row["registry"] for row in rows] == ["crossref", "datacite", "crossref"]
    assert not refused


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b'{"DOI":"10.1/x"', "it is no JSON"),
        (b'{"title":["x"]}', "neither a DOI of Crossref nor attributes of DataCite"),
        (b"[1]", "it is no record"),
        (b'{"DOI":7}', "Expected `str`, got `int`"),
        (b'{"DOI":""}', "its DOI is empty"),
        (b'{"DOI":"no-slash"}', "its DOI is none: no-slash"),
        (b'{"attributes":{"titles":[]}}', "missing required field `doi`"),
        (b'{"items":[{"DOI":"10.1/x"},{}]}', "item 2: it has neither"),
        (b'{"DOI":"10.1/x","title":["\xff"]}', "it is not UTF-8"),
        (
            b'{"DOI":"10.1/x","a":' + b"[" * 5000 + b"]" * 5000 + b"}",
            "it is nested too deeply",
        ),
    ],
)
def test_what_is_no_record_is_refused(value: bytes, reason: str) -> None:
    """It is told with its number, the reason and its begin; the others are read."""
    rows, [refused] = read(crossref(1), value, crossref(2))
    assert {"10.5555/bench.1", "10.5555/bench.2"} <= {row["doi"] for row in rows}
    assert reason in refused.reason
    assert (refused.number, refused.unit) == (2, "line")
    assert refused.text == value[:2000].decode("utf-8", "replace")


def test_a_value_that_is_too_long_is_refused() -> None:
    """Its begin is shown."""
    rows, refused = RecordReader(whole=False).read(TooLong(3, "item", b"{..."))
    assert rows is None
    assert refused == [Refused(3, "item", "it is too long", "{...")]


@pytest.mark.parametrize(
    ("indexed", "expected"),
    [
        ({"timestamp": 1_500_000_000_123}, 1_500_000_000.123),
        (
            {"timestamp": {"$numberLong": "1"}, "date-time": "1970-01-02T00:00:00Z"},
            86400,
        ),
        ({"date-time": "1970-01-01T01:00:00+01:00"}, 0),
        ({"timestamp": -1, "date-time": "long ago"}, None),
        ({"timestamp": 10**18}, None),
        ({"timestamp": True}, None),
        (None, None),
        ("yesterday", None),
        ({"date-time": 7}, None),
    ],
)
def test_when_a_record_was_indexed(indexed: Json, expected: float | None) -> None:
    """The timestamp, else the date and time; nonsense is no moment."""
    rows, refused = read({"DOI": "10.1/x", "indexed": indexed})
    assert not refused
    moment = rows[0]["indexed"]
    wanted = None if expected is None else datetime.fromtimestamp(expected, UTC)
    assert moment == wanted


def test_a_record_without_indexed_has_no_moment() -> None:
    """Nor has a resource without ``updated``."""
    rows, refused = read({"DOI": "10.1/x"}, {"attributes": {"doi": "10.1/y"}})
    assert not refused
    assert [row["indexed"] for row in rows] == [None, None]


def test_aliases_lead_to_the_record() -> None:
    """Each is a row of its own; the DOI itself and nonsense are left out."""
    record = crossref(1, doi="10.5555/New") | {
        "aliases": ["10.5555/OLD", "10.5555/new", "10.5555/old", 7, "nonsense"]
    }
    rows, refused = read(record, crossref(2))
    assert not refused
    assert [(row["doi"], row["is_alias"]) for row in rows] == [
        ("10.5555/new", False),
        ("10.5555/bench.2", False),
        ("10.5555/old", True),
        ("10.5555/old", True),
    ]
    assert rows[2]["record"] == rows[0]["record"]


def test_keys_are_folded_as_everywhere() -> None:
    """ASCII letters alone."""
    names = ["10.5555/ÄBC-É", "10.5555/ABC", "10.5555/abc", "10.5555/İ"]
    rows, _ = read(*({"DOI": name} for name in names))
    assert [row["doi"] for row in rows] == [fold(name) for name in names]
    one_by_one, _ = read(b"", *({"DOI": name} for name in names))
    assert one_by_one == rows


def test_whole_records_are_kept_as_they_are_written() -> None:
    """With their spelling, and what nobody reads."""
    values = as_lines([crossref(1), datacite(1)]).splitlines()
    rows, _ = read(values[0] + b"\r", b"  " + values[1], whole=True)
    assert [str(row["record"]).encode() for row in rows] == values
    fast, _ = read(values[0] + b"\r", whole=True)
    assert fast == rows[:1]


def test_buckets_of_many_keys() -> None:
    """They are those that a lookup looks into."""
    import pyarrow as pa  # noqa: PLC0415 - slow to import

    keys = [f"10.5555/é{number}" for number in range(50)]
    numbers = bucket_numbers(pa.array(keys, pa.string()), 16)
    assert numbers == [bucket_of(key, 16) for key in keys]
