"""A bulk check comes to what an ordinary check comes to."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from bulk.lists import Bulk, Item, cut_small, item, key_of, rows_of, write_list
from bulk.ordinary import as_ordinary, ordinary
from lupusrefs import api
from lupusrefs.api.bulk import BulkOptions
from lupusrefs.memory import Memory
from lupusrefs.model.outcome import Resolved
from lupusrefs.model.work import Provenance, Work
from lupusrefs.store import Store

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
NOW = datetime(2026, 11, 20, tzinfo=UTC)

# Every way in which a reference can be known, and in which it can be wrong.
ITEMS: list[Item] = [
    *(item(index) for index in range(20)),
    item(3, id="again"),
    item(5, DOI="10.5555/nobodys.5", id="nobodys"),
    item(6, DOI=None, id="without"),
    item(8, DOI="10.5555/", id="malformed"),
    item(9, DOI="https://doi.org/10.5555/merged.9.", id="merged"),
    item(10, DOI=None, URL="see https://doi.org/10.5555/BENCH.10", id="in-url"),
    item(11, DOI="10.5555/data.1", id="of-data", type="dataset"),
    item(12, DOI="10.5555/stored.12", id="stored"),
    item(13, DOI=None, PMID="13", id="pmid"),
    item(14, DOI=None, PMID="14", id="unknown-pmid"),
    item(15, DOI="10.5555/notice.7", id="notice"),
    item(16, DOI="arXiv:2401.00001", id="arxiv"),
    item(17, type="journal-article", volume=17, issued="2021-05", id="loose"),
    item(18, title=["A title", "as a registry serves it"], id="list"),
]


def fill_store(bulk: Bulk) -> None:
    """A work, and the DOI of a PMID, that were answered before."""
    work = Work(
        id="10.5555/stored.12",
        doi="10.5555/stored.12",
        type="article-journal",
        title="Known from another day",
        agency="Crossref",
        provenance=Provenance(answered_by="crossref", fetched=NOW),
    )
    with Store(api.store_path(bulk.settings)) as store:
        memory = Memory(store, NOW)
        memory.remember({"doi:10.5555/stored.12": Resolved(work)})
        memory.remember_dois({"pmid:13": key_of(13)})


def test_the_same_as_an_ordinary_check(bulk: Bulk) -> None:
    """Field by field, for every way in which a reference can be known."""
    fill_store(bulk)
    path = write_list(bulk.folder / "all.jsonl", ITEMS)
    run, rows = bulk.check(path)
    assert [as_ordinary(row) for row in rows] == ordinary(bulk, ITEMS)
    assert run.counts.references == len(ITEMS)
    assert {row["line"] for row in rows} == set(range(1, len(ITEMS) + 1))
    assert {row["file"] for row in rows} == {str(path)}
    assert run.counts.answers == {"mirror": 28, "store": 1}
    assert run.counts.statuses["no-identifier"] == 1


def test_small_partitions_come_to_the_same(
    bulk: Bulk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a record's notice says is known to whatever partition cites it."""
    fill_store(bulk)
    # Without a DOI, or with that of another work, what else is cited near by is looked
    # at: a year may not go with a volume, and the DOI that is meant may be known.
    near = {"without", "of-data", "stored", "notice", "unknown-pmid"}
    items = [one for one in ITEMS if one["id"] not in near]
    path = write_list(bulk.folder / "all.jsonl", items)
    _, whole = bulk.check(path)
    cut_small(monkeypatch, references=3, partitions=4)
    run, rows = bulk.check(path)
    assert rows == whole
    assert run.counts.rows == len(rows)


def test_the_notice_of_a_work_is_read_as_well(bulk: Bulk) -> None:
    """What is registered as an erratum may be titled a retraction."""
    path = write_list(bulk.folder / "seven.jsonl", [item(7)])
    _, rows = bulk.check(path)
    assert ("ref7", "retracted") in {(row["key"], row["rule"]) for row in rows}


def test_an_output_file_has_the_same_rows(bulk: Bulk, tmp_path: Path) -> None:
    """As JSON Lines, and as Parquet; what was between is gone."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - where it is looked at

    path = write_list(bulk.folder / "all.jsonl", ITEMS)
    _, rows = bulk.check(path)
    lines, table = tmp_path / "out.jsonl", tmp_path / "out.parquet"
    bulk.check(path, options=BulkOptions(output=lines, offline=True))
    bulk.check(path, options=BulkOptions(output=table, offline=True))
    assert rows_of(lines.read_bytes()) == rows
    found = pq.read_table(table)
    assert found.schema.metadata == {b"schema": b"lupusrefs.findings/1"}
    again = found.to_pylist()
    for row in again:
        moment = row["fetched"]
        row["fetched"] = moment and moment.isoformat().replace("+00:00", "Z")
    assert again == rows
    assert not list(tmp_path.glob("*.partial")) + list(tmp_path.glob(".*"))


def test_no_mirror_and_an_empty_store(tmp_path: Path) -> None:
    """Offline, then: nothing is known, and nothing is said to be wrong."""
    bulk = Bulk(tmp_path)
    path = write_list(tmp_path / "all.jsonl", ITEMS[:5])
    run, rows = bulk.check(path)
    assert {row["status"] for row in rows} == {"unavailable"}
    assert {row["rule"] for row in rows} == {"doi-unverifiable"}
    assert run.counts.failing == 0
    assert run.counts.incomplete == 5


def test_two_mirrors_the_first_goes_before(bulk: Bulk, tmp_path: Path) -> None:
    """What the first lacks, the second has."""
    from mirror.samples import crossref  # noqa: PLC0415 - a name of a fixture, too
    from mirror.written import row, write_mirror  # noqa: PLC0415

    other = tmp_path / "other"
    records = [crossref(1), crossref(2, doi="10.5555/other.2")]
    records[0]["title"] = ["Another title altogether for the same identifier"]
    write_mirror(
        other,
        [row(str(one["DOI"])) | {"record": json.dumps(one)} for one in records],
        buckets=2,
    )
    mirrors = bulk.flags["mirror"]
    assert isinstance(mirrors, list)
    bulk.flags["mirror"] = [*mirrors, str(other)]
    items = [item(1), item(2, DOI="10.5555/other.2", id="other")]
    path = write_list(tmp_path / "two.jsonl", items)
    _, rows = bulk.check(path)
    assert [as_ordinary(one) for one in rows] == ordinary(bulk, items)
    assert {one["status"] for one in rows} == {"resolved"}
    bulk.flags["mirror"] = [str(other), *mirrors]
    _, rows = bulk.check(path)
    assert [as_ordinary(one) for one in rows] == ordinary(bulk, items)
    assert "doi-of-another-work" in {one["rule"] for one in rows}


def test_rows_are_what_the_schema_says(bulk: Bulk) -> None:
    """Of every kind of row."""
    schema = json.loads((SCHEMAS / "findings.schema.json").read_text(encoding="utf-8"))
    fill_store(bulk)
    idle = item(4, custom={"lupusrefs-ignore": {"year-mismatch": "idle"}})
    _, rows = bulk.check(write_list(bulk.folder / "all.jsonl", [*ITEMS, idle]))
    for row in rows:
        jsonschema.validate(row, schema)
        assert list(row) == list(schema["properties"])
    assert {row["rule"] is None for row in rows} == {True, False}
    assert {row["status"] is None for row in rows} == {True, False}
    fixes = [json.loads(str(row["fix"])) for row in rows if row["fix"] is not None]
    assert fixes
    assert all(set(one) == {"safe", "changes"} for one in fixes)
