"""Which files are read, how they are cut, and what is wrong with them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bulk.lists import Bulk, Item, cut_small, item, rules_of, write_list
from lupusrefs.bulk import inputs
from lupusrefs.bulk.recognise import is_bulk
from lupusrefs.errors import InputError

BIBTEX = """\
@article{%s,
  title = {A work that nobody has registered},
  doi = {10.5555/none},
}
"""


def keys_of(rows: Sequence[Item]) -> list[object]:
    """The keys of the rows, each once."""
    return list(dict.fromkeys(row["key"] for row in rows))


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("refs.jsonl", True),
        ("refs.NDJSON", True),
        ("a/refs.jsonl.gz", True),
        ("refs.parquet", True),
        ("s3://bucket/lists/", True),
        ("https://example.org/refs.jsonl.gz", True),
        ("https://doi.org/10.1000/1", False),
        ("doi:10.1000/1", False),
        ("10.1000/1", False),
        ("refs.bib", False),
        ("refs.json", False),
        ("refs.json.gz", False),
        ("-", False),
        (".", True),
    ],
)
def test_what_makes_a_check_one_in_bulk(argument: str, *, expected: bool) -> None:
    """Its name, or that it is a folder."""
    assert is_bulk(argument) is expected


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("packed", [True, False])
def test_lines_are_cut_at_their_ends(
    bulk: Bulk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    end: str,
    *,
    last: bool,
    packed: bool,
) -> None:
    """A mark of UTF-8 at the begin, blank lines, and no end behind the last."""
    lines = [json.dumps(item(index)) for index in range(11)]
    lines[4] = ""
    content = "\ufeff" + end.join(lines) + (end if last else "")
    data = content.encode()
    path = tmp_path / ("refs.jsonl.gz" if packed else "refs.jsonl")
    path.write_bytes(gzip.compress(data) if packed else data)
    cut_small(monkeypatch, references=3, partitions=2)
    run, rows = bulk.check(path)
    assert run.counts.references == 10
    assert not run.counts.unread
    lines_of = {row["key"]: row["line"] for row in rows}
    assert lines_of == {f"ref{n}": n + 1 for n in range(11) if n != 4}
    assert {row["file"] for row in rows} == {str(path)}


def test_chunks_that_end_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same pieces, however the file is read."""
    monkeypatch.setattr(inputs, "PARTITION", 4)
    monkeypatch.setattr(inputs, "PORTION", 2)
    data = b"".join(b"x" * (n % 7) + b"\n" for n in range(30)) + b"rest"
    whole = list(inputs._pieces([data]))
    assert [one.lines for one in whole] == [4] * 7 + [3]
    assert [data[one.start : one.end].count(b"\n") for one in whole] == [4] * 7 + [2]
    for size in (1, 2, 3, 5, 64):
        chunks = [data[at : at + size] for at in range(0, len(data), size)]
        assert list(inputs._pieces(chunks)) == whole


def test_bad_lines_do_not_stop_the_rest(bulk: Bulk, tmp_path: Path) -> None:
    """Each is told with its place."""
    path = tmp_path / "refs.jsonl"
    lines = [json.dumps(item(index)) for index in range(4)]
    path.write_text("\n".join([lines[0], "{broken", lines[1], "[]", *lines[2:]]))
    run, rows = bulk.check(path)
    assert keys_of(rows) == ["ref0", "ref1", "ref2", "ref3"]
    assert run.counts.unread == 2
    assert [(one.file, one.line) for one in run.counts.problems] == [
        (str(path), 2),
        (str(path), 4),
    ]


def test_a_gzip_that_ends_early(bulk: Bulk, tmp_path: Path) -> None:
    """What comes before the end is checked."""
    lines = "".join(f"{json.dumps(item(n))}\n" for n in range(100))
    path = tmp_path / "refs.jsonl.gz"
    packed = gzip.compress(lines.encode())
    path.write_bytes(packed[: len(packed) // 2])
    run, rows = bulk.check(path)
    assert 10 < len(keys_of(rows)) < 100
    assert [file for file, _ in run.damaged] == [str(path)]
    assert run.damaged[0][1].startswith("the file is damaged")


def test_no_gzip_at_all_and_no_parquet(bulk: Bulk, tmp_path: Path) -> None:
    """The other files are still done."""
    packed, table = tmp_path / "a.jsonl.gz", tmp_path / "b.parquet"
    packed.write_bytes(b"plain text")
    table.write_bytes(b"plain text")
    good = write_list(tmp_path / "c.jsonl", [item(1)])
    run, rows = bulk.check(packed, table, good)
    assert keys_of(rows) == ["ref1"]
    assert [file for file, _ in run.damaged] == [str(packed), str(table)]


def test_a_source_that_is_not_there(bulk: Bulk, tmp_path: Path) -> None:
    """One message, before anything is done."""
    good = write_list(tmp_path / "c.jsonl", [item(1)])
    with pytest.raises(InputError, match="no such file"):
        bulk.check(good, tmp_path / "none.jsonl")


def test_a_folder(bulk: Bulk, tmp_path: Path) -> None:
    """Files in the order of their paths; others are skipped, hidden ones not seen."""
    folder = tmp_path / "lists"
    write_list(folder / "b" / "2.jsonl", [item(2), item(3)])
    for name in ("a", "c", "b/1"):
        path = folder / f"{name}.bib"
        path.write_text(BIBTEX % name.replace("/", "-"))
    (folder / "refs.json").write_text(json.dumps([item(4)]))
    (folder / "z.parquet").write_bytes(
        _table({"id": ["t"], "DOI": ["10.5555/bench.5"]})
    )
    # No references, though their names would allow it.
    (folder / "ci.yaml").write_text("jobs:\n  build: {}\n")
    (folder / "page.xml").write_text("<html/>")
    (folder / "paper.pdf").write_bytes(b"%PDF")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.bib").write_text(BIBTEX % "hidden")
    run, rows = bulk.check(folder)
    assert keys_of(rows) == ["a", "b-1", "ref2", "ref3", "c", "ref4", "t"]
    assert run.skipped == 3
    assert not run.counts.unread


def test_what_comes_twice_in_a_file(bulk: Bulk, tmp_path: Path) -> None:
    """One list has a work once; the lists of many papers may have it many times."""
    folder = tmp_path / "lists"
    folder.mkdir()
    twice = (BIBTEX % "one") + (BIBTEX % "two")
    for name in ("a", "b"):
        (folder / f"{name}.bib").write_text(twice)
    write_list(folder / "c.jsonl", [item(1), item(1)])
    _, rows = bulk.check(folder)
    again = [row for row in rows if row["rule"] == "duplicate-doi"]
    assert [(row["file"], row["key"]) for row in again] == [
        (str(folder / "a.bib"), "two"),
        (str(folder / "b.bib"), "two"),
    ]


def _table(columns: dict[str, list[object]], row_group_size: int = 1000) -> bytes:
    out = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), out, row_group_size=row_group_size)
    return out.getvalue().to_pybytes()


def test_the_columns_of_a_table(bulk: Bulk, tmp_path: Path) -> None:
    """By variables: structures, JSON in text, dates, years, and nothing."""
    whole = item(1, id=None)
    columns: dict[str, list[object]] = {
        name: [whole.get(name)] * 4 for name in ("title", "container-title", "DOI")
    }
    columns["volume"] = [int(str(whole["volume"])), None, None, None]
    columns["author"] = [whole["author"]] * 4
    path = tmp_path / "structs.parquet"
    path.write_bytes(_table(columns))
    _, of_structs = bulk.check(path)
    columns["author"] = [json.dumps(whole["author"])] * 4
    path.write_bytes(_table(columns))
    _, of_texts = bulk.check(path)
    assert of_texts == of_structs
    assert keys_of(of_texts) == ["1", "2", "3", "4"]
    assert {row["line"] for row in of_texts} == {1, 2, 3, 4}
    issued = whole["issued"]
    assert isinstance(issued, dict)
    year = int(issued["date-parts"][0][0])
    spellings: list[list[object]] = [
        [1800],
        [json.dumps(issued)],
        [issued],
        [year],
        [str(year)],
        [date(year, 3, 1)],
    ]
    for spelling in spellings:
        columns = {"DOI": [whole["DOI"]], "title": [whole["title"]]}
        columns["issued"] = spelling
        path.write_bytes(_table(columns))
        _, rows = bulk.check(path)
        is_wrong = ("1", "year-mismatch") in rules_of(rows)
        assert is_wrong == (spelling == [1800])


@pytest.mark.parametrize("groups", [2, 5, 1000])
def test_a_table_is_cut_by_rows(
    bulk: Bulk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, groups: int
) -> None:
    """Rows keep their order, and their numbers; be the row groups large or small."""
    cut_small(monkeypatch, references=4, partitions=2)
    monkeypatch.setattr(inputs, "_MOST_ROWS", 8)
    texts = [json.dumps(item(index)) for index in range(11)]
    texts[6] = ""
    path = tmp_path / "items.parquet"
    path.write_bytes(_table({"item": list(texts)}, row_group_size=groups))
    run, rows = bulk.check(path)
    assert [(row["key"], row["line"]) for row in rows if row["rule"] is None] == [
        (f"ref{n}", n + 1) for n in (1, 2, 4, 5, 8, 10)
    ]
    assert len(keys_of(rows)) == 10
    assert [(one.line, one.message) for one in run.counts.problems] == [
        (7, "the column `item` has no item")
    ]


def test_inputs_at_a_url(bulk: Bulk, tmp_path: Path) -> None:
    """Folders and files of any file system that fsspec knows."""
    files = fsspec.filesystem("memory")
    lines = "".join(f"{json.dumps(item(n))}\n" for n in range(3)).encode()
    files.pipe_file("/inputs/a.jsonl", lines)
    files.pipe_file("/inputs/b/c.jsonl.gz", gzip.compress(lines))
    files.pipe_file("/inputs/d.parquet", _table({"DOI": ["10.5555/bench.5"]}))
    files.pipe_file("/inputs/e.bib", (BIBTEX % "e").encode())
    files.pipe_file("/inputs/picture.png", b"png")
    run, rows = bulk.check("memory://inputs")
    assert run.counts.references == 8
    assert run.skipped == 1
    assert list(dict.fromkeys(row["file"] for row in rows)) == [
        "memory://inputs/a.jsonl",
        "memory://inputs/b/c.jsonl.gz",
        "memory://inputs/d.parquet",
        "memory://inputs/e.bib",
    ]
