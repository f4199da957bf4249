"""A mirror that is built, and what is in it."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from lupusrefs.commands.mirroring.build import build as build_command
from lupusrefs.commands.options import new_app
from lupusrefs.errors import MirrorError
from lupusrefs.mirror import buckets, runs
from lupusrefs.mirror.build import (
    BuildOptions,
    BuildProgress,
    BuildReport,
    build,
    rebuild_buckets,
)
from lupusrefs.mirror.layout import Description, bucket_of, bucket_schema
from mirror.samples import (
    EPOCH_MS,
    as_lines,
    crossref,
    datacite,
    write_data,
    write_items,
    write_lines,
    write_sample,
    write_tar,
)

if TYPE_CHECKING:
    from registry.messages import Record

Row = dict[str, object]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data files of every shape."""
    return write_sample(tmp_path_factory.mktemp("sample"))


def make(folder: Path, *sources: Path, **options: object) -> BuildReport:
    """Build in this process, unless told otherwise."""
    wanted = BuildOptions(**{"jobs": 1, "buckets": 4, **options})  # type: ignore[arg-type]
    return build([str(source) for source in sources], folder, wanted)


def rows_of(folder: Path) -> dict[str, Row]:
    """All rows of a mirror, by DOI; each is where it belongs."""
    described = Description.model_validate_json((folder / "mirror.json").read_bytes())
    found: dict[str, Row] = {}
    for number, bucket in enumerate(described.buckets):
        data = (folder / bucket.name).read_bytes()
        assert len(data) == bucket.bytes
        assert hashlib.sha256(data).hexdigest() == bucket.sha256
        table = pq.read_table(folder / bucket.name)
        assert table.schema == bucket_schema()
        rows = table.to_pylist()
        assert len(rows) == bucket.rows
        keys = [str(row["doi"]) for row in rows]
        assert keys == sorted(set(keys), key=str.encode)
        assert all(bucket_of(key, len(described.buckets)) == number for key in keys)
        found.update(zip(keys, rows, strict=True))
    return found


def content(folder: Path) -> dict[str, bytes]:
    """All files of a mirror, but for the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "build.lock"
    }


def test_all_records_are_there(sample: Path, tmp_path: Path) -> None:
    """Those of both registries, each once, with what is known of them."""
    folder = tmp_path / "mirror"
    report = make(folder, sample)
    assert report.is_complete
    assert (report.read, report.records, report.rejected) == (5, 160, 0)
    rows = rows_of(folder)
    expected = {f"10.5555/bench.{n}" for n in range(120)}
    assert set(rows) == expected | {f"10.5555/data.{n}" for n in range(40)}
    row = rows["10.5555/bench.7"]
    assert row["registry"] == "crossref"
    assert row["indexed"] == datetime.fromtimestamp(EPOCH_MS / 1000 + 7, UTC)
    assert row["as_of"] == date(2023, 11, 14)
    assert json.loads(str(row["record"]))["title"] == crossref(7)["title"]
    assert rows["10.5555/data.7"]["as_of"] == date(2024, 1, 1)
    assert {path.name for path in folder.iterdir()} == {
        "mirror.json",
        "buckets",
        "sources.jsonl",
        "build.lock",
    }


def test_what_the_mirror_says_of_itself(sample: Path, tmp_path: Path) -> None:
    """Its description agrees with its rows."""
    folder = tmp_path / "mirror"
    description = make(folder, sample).description
    assert description.records == 160
    crossref_part = description.registries["crossref"]
    assert (crossref_part.records, crossref_part.as_of) == (120, date(2023, 11, 14))
    assert crossref_part.newest == datetime.fromtimestamp(EPOCH_MS / 1000 + 119, UTC)
    assert description.registries["datacite"].records == 40
    assert (description.sources, description.damaged, description.rejected) == (5, 0, 0)
    assert len(description.buckets) == 4
    assert not description.whole


def test_same_bytes_with_any_number_of_processes(sample: Path, tmp_path: Path) -> None:
    """And with any cut of the rows into runs and parts."""
    make(tmp_path / "one", sample)
    told: list[BuildProgress] = []
    build([str(sample)], tmp_path / "two", BuildOptions(jobs=2, buckets=4), told.append)
    assert content(tmp_path / "one") == content(tmp_path / "two")
    done = [at.done for at in told if at.phase == "reading"]
    assert done == sorted(done)
    assert done[-1] == told[0].total


def test_same_bytes_with_little_memory(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bucket that does not fit is read in parts."""
    write_lines(sample.parent / "again.jsonl", (crossref(n) for n in range(700)))
    sources = (sample, sample.parent / "again.jsonl")
    make(tmp_path / "one", *sources, buckets=1)
    monkeypatch.setattr(runs, "_RUN_BYTES", 20_000)
    monkeypatch.setattr(runs, "_FEW", 2)
    monkeypatch.setattr(buckets, "_HELD_BYTES", 300_000)
    make(tmp_path / "two", *sources, buckets=1)
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert len(rows_of(tmp_path / "two")) == 740


def with_title(record: Record, title: str) -> Record:
    """The record with another title."""
    return record | {"title": [title]}


def titles(folder: Path) -> dict[str, str]:
    """The title of each row of Crossref's."""
    return {
        doi: json.loads(str(row["record"]))["title"][0]
        for doi, row in rows_of(folder).items()
        if row["registry"] == "crossref"
    }


def duplicates() -> list[Record]:
    """The same DOIs several times; the title says which is to stay."""
    stays, goes = "stays", "goes"
    old, new = EPOCH_MS, EPOCH_MS + 5000
    return [
        with_title(crossref(1, doi="10.5555/A", indexed_ms=new), stays),
        with_title(crossref(2, doi="10.5555/a", indexed_ms=old), goes),
        with_title(crossref(3, doi="10.5555/b", indexed_ms=new), goes),
        with_title(crossref(4, doi="10.5555/B", indexed_ms=new), stays),
        with_title(crossref(5, doi="10.5555/c"), stays) | {"indexed": None},
        with_title(crossref(6, doi="10.5555/d"), goes) | {"indexed": None},
        with_title(crossref(7, doi="10.5555/d", indexed_ms=0), stays),
        # An alias gives way to the DOI's own record, however old that is.
        with_title(crossref(8, doi="10.5555/new", indexed_ms=new), stays)
        | {"aliases": ["10.5555/e", "10.5555/old"]},
        with_title(crossref(9, doi="10.5555/e", indexed_ms=old), stays),
    ]


def test_the_newest_record_of_a_doi_stays(tmp_path: Path) -> None:
    """Else the later one; its own before that which it was merged into."""
    path = write_lines(tmp_path / "a.jsonl", duplicates())
    report = make(tmp_path / "mirror", path)
    assert set(titles(tmp_path / "mirror").values()) == {"stays"}
    rows = rows_of(tmp_path / "mirror")
    assert set(rows) == {
        f"10.5555/{name}" for name in ("a", "b", "c", "d", "e", "new", "old")
    }
    assert [doi for doi, row in rows.items() if row["is_alias"]] == ["10.5555/old"]
    assert report.description.aliases == 1
    assert report.description.records == 6
    assert report.records == 9


def test_the_order_of_sources_decides_last(tmp_path: Path) -> None:
    """Of equally new records that of the later source stays, also in another build."""
    for name in ("one", "two"):
        record = with_title(crossref(1, doi="10.5555/a"), name)
        write_lines(tmp_path / f"{name}.jsonl", [record])
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    make(tmp_path / "forth", one, two)
    make(tmp_path / "back", two, one)
    make(tmp_path / "later", one)
    make(tmp_path / "later", two)
    assert titles(tmp_path / "forth") == {"10.5555/a": "two"}
    assert titles(tmp_path / "back") == {"10.5555/a": "one"}
    assert titles(tmp_path / "later") == {"10.5555/a": "two"}


def test_records_are_kept_whole_if_asked_for(sample: Path, tmp_path: Path) -> None:
    """References, abstracts and all."""
    folder = tmp_path / "mirror"
    assert make(folder, sample, whole=True).description.whole
    rows = rows_of(folder)
    assert json.loads(str(rows["10.5555/bench.7"]["record"])) == crossref(7)
    assert json.loads(str(rows["10.5555/data.7"]["record"])) == datacite(7)


def test_adding_to_a_mirror(sample: Path, tmp_path: Path) -> None:
    """The old rows stay, with their dates, unless the new ones are newer."""
    folder = tmp_path / "mirror"
    first = make(folder, sample).description
    before = rows_of(folder)
    newer = with_title(crossref(3, indexed_ms=EPOCH_MS + 10**9), "newer")
    older = with_title(crossref(4, indexed_ms=EPOCH_MS - 10**9), "older")
    path = write_lines(tmp_path / "more.jsonl", [newer, older, crossref(500)])
    report = make(folder, sample, path, jobs=2)
    assert (report.read, len(report.unchanged)) == (1, 5)
    after = rows_of(folder)
    assert set(after) == {*before, "10.5555/bench.500"}
    changed = {doi for doi, row in after.items() if before.get(doi) != row}
    assert changed == {"10.5555/bench.3", "10.5555/bench.500"}
    assert titles(folder)["10.5555/bench.3"] == "newer"
    assert after["10.5555/bench.3"]["as_of"] == date(2023, 11, 26)
    described = report.description
    assert described.records == 161
    # What was added is no reason to call the rest younger.
    assert described.registries["crossref"].as_of == date(2023, 11, 14)
    assert described.sources == 6
    # Buckets that got nothing are the same files; the others have new names.
    files = {path.name for path in (folder / "buckets").iterdir()}
    assert files == {Path(bucket.name).name for bucket in described.buckets}
    kept = set(first.buckets) & set(described.buckets)
    assert len(kept) >= 2


def test_sources_that_were_read_are_not_read_again(
    sample: Path, tmp_path: Path
) -> None:
    """Unless they have changed."""
    folder, copy = tmp_path / "mirror", tmp_path / "copy"
    shutil.copytree(sample, copy)
    make(folder, copy)
    before = content(folder)
    report = make(folder, copy)
    assert (report.read, len(report.unchanged)) == (0, 5)
    assert content(folder) == before
    write_lines(copy / "crossref" / "2.jsonl", [crossref(900)])
    assert make(folder, copy).read == 1
    assert "10.5555/bench.900" in rows_of(folder)


def test_a_mirror_keeps_its_kind(sample: Path, tmp_path: Path) -> None:
    """How many buckets, and whether records are whole."""
    folder = tmp_path / "mirror"
    make(folder, sample / "datacite", whole=True, buckets=16)
    described = make(folder, sample, buckets=None).description
    assert described.whole
    assert len(described.buckets) == 16
    write_lines(tmp_path / "x.jsonl", [crossref(1)])
    with pytest.raises(MirrorError, match="has 16 buckets"):
        make(folder, tmp_path / "x.jsonl", buckets=8)
    with pytest.raises(MirrorError, match="keeps its records whole"):
        make(folder, tmp_path / "x.jsonl", whole=False, buckets=None)


def test_rejected_lines_are_noted(tmp_path: Path) -> None:
    """Each with its place and reason, of all builds."""
    folder = tmp_path / "mirror"
    lines = as_lines([crossref(1)]) + b"{broken\n" + as_lines([crossref(2)])
    path = write_data(tmp_path / "a.jsonl", lines)
    tar = write_tar(tmp_path / "b.tar", {"x/0.json": b'{"items":[{"DOI":"7"}]}'})
    assert make(folder, path).rejected == 1
    report = make(folder, tar)
    assert report.is_complete
    assert report.description.rejected == 2
    notes = [
        json.loads(line)
        for line in (folder / "rejected.jsonl").read_text().splitlines()
    ]
    assert notes[0] | {"reason": ""} == {
        "source": str(path),
        "line": 2,
        "reason": "",
        "text": "{broken",
    }
    assert (notes[1]["member"], notes[1]["item"]) == ("x/0.json", 1)
    assert notes[1]["reason"] == "its DOI is none: 7"


def test_damaged_sources_are_named(sample: Path, tmp_path: Path) -> None:
    """What could be read of them is there; the rest goes on."""
    folder, copy = tmp_path / "mirror", tmp_path / "copy"
    shutil.copytree(sample, copy)
    whole = (copy / "crossref" / "0.jsonl.gz").read_bytes()
    write_data(copy / "crossref" / "0.jsonl.gz.tmp", b"")
    (copy / "crossref" / "0.jsonl.gz").write_bytes(whole[:9000])
    report = make(folder, copy, tmp_path / "none.json")
    assert not report.is_complete
    assert report.missing == ((str(tmp_path / "none.json"), "it is not there"),)
    assert report.damaged == (
        (str(copy / "crossref" / "0.jsonl.gz"), "the gzip ends early"),
    )
    assert [Path(name).name for name in report.skipped] == ["0.jsonl.gz.tmp"]
    assert report.description.damaged == 1
    assert 130 < len(rows_of(folder)) < 160
    # The file is mended, and read again.
    (copy / "crossref" / "0.jsonl.gz").write_bytes(whole)
    assert make(folder, copy).is_complete
    assert len(rows_of(folder)) == 160


def test_nothing_to_read(tmp_path: Path) -> None:
    """It is said, and no mirror appears."""
    with pytest.raises(MirrorError, match=r"no data files to read \(/no/such: it is"):
        make(tmp_path / "mirror", Path("/no/such"))
    assert not (tmp_path / "mirror" / "mirror.json").exists()


def test_progress_reaches_the_end(sample: Path, tmp_path: Path) -> None:
    """In bytes of the sources, then in buckets."""
    told: list[BuildProgress] = []
    build([str(sample)], tmp_path / "mirror", BuildOptions(jobs=1), told.append)
    reading = [at for at in told if at.phase == "reading"]
    size = sum(path.stat().st_size for path in sample.rglob("*.*") if path.is_file())
    assert reading[0].done == 0
    assert reading[-1].done == reading[-1].total
    assert 0.8 * size < reading[-1].total <= size
    assert told[-1] == BuildProgress("sorting", 8, 8, 160)


def test_buckets_are_made_anew_from_the_sources(sample: Path, tmp_path: Path) -> None:
    """They have the same bytes as before, also after several builds."""
    folder, copy = tmp_path / "mirror", tmp_path / "copy"
    shutil.copytree(sample, copy)
    make(folder, copy)
    more = [with_title(crossref(n, indexed_ms=2 * EPOCH_MS), "new") for n in range(9)]
    make(folder, write_items(folder / "updates" / "more.json.gz", more))
    before = content(folder)
    described = Description.model_validate_json((folder / "mirror.json").read_bytes())
    (folder / described.buckets[2].name).write_bytes(b"damaged")
    (folder / described.buckets[3].name).unlink()
    files = rebuild_buckets(folder, [3, 2], jobs=1)
    assert files == (described.buckets[2], described.buckets[3])
    assert content(folder) == before
    (copy / "crossref" / "2.jsonl").unlink()
    write_lines(copy / "crossref" / "0.jsonl.gz", [])
    with pytest.raises(
        MirrorError, match=r"0\.jsonl\.gz has changed; .*2\.jsonl is gone"
    ):
        rebuild_buckets(folder, [0], jobs=1)
    assert content(folder) == before


def test_the_command(sample: Path, tmp_path: Path) -> None:
    """It says what came of it; 3 if something could not be read to its end."""
    app = new_app()
    app.command()(build_command)
    folder = tmp_path / "mirror"
    run = CliRunner().invoke(app, [str(sample), "--to", str(folder), "--jobs", "1"])
    assert run.exit_code == 0, run.output
    assert "note: 160 records read from 5 sources" in run.stderr
    assert "120 records of Crossref, complete to 2023-11-14" in run.stderr
    write_data(tmp_path / "a.json", b"<html>")
    write_data(tmp_path / "b.jsonl", as_lines([crossref(1)]) + b"7\n")
    run = CliRunner().invoke(
        app,
        [str(tmp_path / name) for name in ("a.json", "b.jsonl")]
        + ["--to", str(folder)],
    )
    assert run.exit_code == 3
    assert f"error: {tmp_path / 'a.json'}: it is no JSON" in run.stderr
    assert f"1 line set aside, with the reasons in {folder}/rejected" in run.stderr
    assert not run.stdout
