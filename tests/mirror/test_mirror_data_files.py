"""Data files of every shape are read, and damaged ones as far as they go."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lupusrefs.mirror import json_blocks
from lupusrefs.mirror.data_files import (
    data_files,
    find_sources,
    is_data_name,
    tar_members,
)
from lupusrefs.mirror.json_blocks import Damaged, TooLong, blocks
from lupusrefs.mirror.records import RecordReader
from mirror.samples import (
    as_items,
    as_lines,
    crossref,
    packed,
    write_data,
    write_items,
    write_lines,
    write_tar,
)

if TYPE_CHECKING:
    from registry.messages import Record

COUNT = 60
WORKS = [crossref(index) for index in range(COUNT)]
DOIS = [str(work["DOI"]) for work in WORKS]


class Pieces:
    """A stream that gives its bytes a few at a time."""

    def __init__(self, data: bytes, most: int = 1 << 20) -> None:
        self._data = io.BytesIO(data)
        self._most = most

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        return self._data.read(min(size, self._most))


def read_stream(stream: json_blocks.Stream) -> Iterator[str]:
    """The DOIs in a stream, in order, and ``number unit: reason`` of what is none."""
    reader = RecordReader(whole=False)
    for piece in blocks(stream):
        rows, refused = reader.read(piece)
        if rows is not None:
            yield from map(str, rows.column("doi").to_pylist())
        yield from (f"{one.unit} {one.number}: {one.reason}" for one in refused)


def read_file(path: Path, *, by_offset: bool = False) -> tuple[list[str], list[str]]:
    """The DOIs in a source, and what is wrong with it."""
    found: list[str] = []
    wrong: list[str] = []
    listed = tar_members(path) if by_offset else None
    try:
        for file in data_files(path, listed[0] if listed else None):
            try:
                found.extend(read_stream(file.stream))
            except Damaged as damage:
                wrong.append(f"{file.member}: {damage}")
    except Damaged as damage:
        wrong.append(str(damage))
    if listed and listed[1]:
        wrong.append(listed[1])
    return found, wrong


def pretty(works: list[Record]) -> bytes:
    """One document over many lines."""
    return json.dumps({"items": works}, indent=2).encode()


SHAPES: dict[str, Callable[[list[Record]], bytes]] = {
    "lines": as_lines,
    "lines without the last line's end": lambda works: as_lines(works)[:-1],
    "blank lines": lambda works: b"\n" + as_lines(works).replace(b"\n", b"\r\n\n"),
    "byte order mark": lambda works: b"\xef\xbb\xbf" + as_lines(works),
    "items": as_items,
    "items over many lines": pretty,
    "items, one a line": lambda works: as_items(works).replace(b"]},{", b"]},\n{"),
    "answer": lambda works: b'{"status":"ok","message":' + as_items(works) + b"}\n",
    "answers, one a line": lambda works: b"".join(
        b'{"message":' + as_items([work]) + b"}\n" for work in works
    ),
    "data": lambda works: as_items(works).replace(b"items", b"data", 1),
    "other keys around": lambda works: (
        b'{"a":"}],{","n":-1.5e3,"t":true,"d":{"x":[]},' + as_items(works)[1:]
    ),
    "bare list": lambda works: b" " + as_items(works)[9:-1],
    "document after document": lambda works: as_items(works[:9]) + as_items(works[9:]),
    "values over many lines": lambda works: b"\n".join(
        json.dumps(work, indent=1).encode() for work in works
    ),
    "keys in any order": lambda works: as_items(
        [
            dict(list(w.items())[n % 7 :] + list(w.items())[: n % 7])
            for n, w in en(works)
        ]
    ),
    "elements within elements": lambda works: as_items(
        [w | {"x": [{"indexed": 1}, {"indexed": 2, "s": 'a"},{"'}]} for w in works]
    ),
}
en = enumerate


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("chunk", [17, 5_000, 1 << 20])
@pytest.mark.parametrize("most", [0, 1 << 26])
def test_all_shapes_give_the_same(
    shape: str, chunk: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few bytes are read at a time, and whether a list is taken as a whole."""
    monkeypatch.setattr(json_blocks, "CHUNK_BYTES", chunk)
    monkeypatch.setattr(json_blocks, "_WHOLE_LIST_BYTES", most)
    works = WORKS[:12] if chunk < 100 else WORKS
    data = SHAPES[shape](works)
    assert list(read_stream(Pieces(data, chunk))) == [str(w["DOI"]) for w in works]


def test_broken_lines_cost_nothing_else() -> None:
    """Each is told with its number, be it the first."""
    lines = as_lines(WORKS).split(b"\n")
    lines[0] = lines[0][:100]
    lines[20] = b'{"DOI":"10.1/x","y":[1,2'
    lines[30] = b"<html>"
    found = list(read_stream(Pieces(b"\n".join(lines))))
    wrong = [one for one in found if not one.startswith("10.")]
    assert [one.partition(":")[0] for one in wrong] == ["line 1", "line 21", "line 31"]
    good = [doi for n, doi in enumerate(DOIS) if n not in {0, 20, 30}]
    assert [one for one in found if one.startswith("10.")] == good


@pytest.mark.parametrize("most", [0, 1 << 26])
def test_broken_elements_cost_nothing_else(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An element that is no record is told with its number."""
    monkeypatch.setattr(json_blocks, "_WHOLE_LIST_BYTES", most)
    works: list[Record] = [*WORKS[:3], {"DOI": 1}, *WORKS[3:]]
    found = list(read_stream(Pieces(as_items(works))))
    assert [one for one in found if one.startswith("10.")] == DOIS
    assert [one[:7] for one in found if not one.startswith("10.")] == ["item 4:"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \n\n", "it is empty"),
        (b"<html><body>Not found</body></html>\n", "it is no JSON"),
        (b"DOI,title\n10.1/x,y\n", "it is no JSON"),
        (b"[1, 2]", "a list of something else, at item 1"),
        (b'{"items":[{"DOI":"10.1/x"} {', "it is no JSON, after item 1"),
        (b'{"items":[{"DOI":"10.1/x"},', "in the middle of a list, after item 1"),
        (b'{"items":[{"DOI":"10.1/x"}]', "in the middle of a JSON document"),
        (b'{"DOI":"10.1/x",\n"title":[', "in the middle of a JSON document"),
    ],
)
def test_what_is_no_json_is_damage(data: bytes, reason: str) -> None:
    """It is said of the file, once, after what is good."""
    found: list[str] = []
    with pytest.raises(Damaged, match=reason):
        found.extend(read_stream(Pieces(data)))
    assert len(found) == 0 or found == ["10.1/x"]


def test_good_elements_before_damage_are_kept() -> None:
    """All of them, wherever the document ends."""
    data = as_items(WORKS[:6])
    for cut in range(10, len(data) - 1, 101):
        found: list[str] = []
        with pytest.raises(Damaged):
            found.extend(read_stream(Pieces(data[:cut])))
        whole = sum(
            data[:cut].startswith(as_items(WORKS[: n + 1])[:-2]) for n in range(6)
        )
        assert found == DOIS[:whole]


def test_long_lines_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without being held, and with their begin."""
    monkeypatch.setattr(json_blocks, "MAX_VALUE_BYTES", 100_000)
    monkeypatch.setattr(json_blocks, "CHUNK_BYTES", 10_000)
    monkeypatch.setattr(json_blocks, "_WHOLE_LIST_BYTES", 50_000)
    long = b'{"DOI":"10.1/long","abstract":"' + b"x" * 1_000_000 + b'"}'
    for data in (
        as_lines(WORKS[:2]) + long + b"\n" + as_lines(WORKS[2:4]),
        as_items(WORKS[:2])[:-2] + b"," + long + b"," + as_items(WORKS[2:4])[10:],
    ):
        tracemalloc.start()
        pieces = list(blocks(Pieces(data, 10_000)))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        [passed] = [piece for piece in pieces if isinstance(piece, TooLong)]
        assert passed.number == 3
        assert passed.begin.startswith(b'{"DOI":"10.1/long"')
        assert peak < 700_000
        found = list(read_stream(Pieces(data, 10_000)))
        assert [one for one in found if one.startswith("10.")] == DOIS[:4]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.json", "a.json.gz"])
def test_files_are_told_by_their_content(name: str, tmp_path: Path) -> None:
    """Plain and gzipped, whatever they are called."""
    write = write_lines if "jsonl" in name else write_items
    path = write(tmp_path / name, WORKS)
    assert read_file(path) == (DOIS, [])
    other = path.rename(tmp_path / "data")
    assert read_file(other) == (DOIS, [])


@pytest.mark.parametrize("by_offset", [False, True])
@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tgz"])
def test_tars(name: str, by_offset: bool, tmp_path: Path) -> None:
    """Their members, in order; those that are no data files are left alone."""
    content = {
        "dump/0.json.gz": as_items(WORKS[:20]),
        "dump/README.md": b"hello",
        "dump/1.jsonl": as_lines(WORKS[20:40]),
        f"dump/{'x' * 150}.json": as_items(WORKS[40:]),
    }
    path = write_tar(tmp_path / "a.tar", content)
    if name != "a.tar":
        path = write_data(tmp_path / name, path.read_bytes())
        path.write_bytes(
            packed(path.read_bytes()) if name == "a.tgz" else path.read_bytes()
        )
    assert read_file(path, by_offset=by_offset) == (DOIS, [])


def test_several_gzips_in_one_file(tmp_path: Path) -> None:
    """As `cat a.gz b.gz` gives them, with or without zeros behind."""
    parts = [packed(as_lines(WORKS[n : n + 7])) for n in range(0, COUNT, 7)]
    path = tmp_path / "a.jsonl.gz"
    for data in (b"".join(parts), b"".join(parts) + bytes(512)):
        path.write_bytes(data)
        assert read_file(path) == (DOIS, [])


def test_a_gzip_that_ends_early(tmp_path: Path) -> None:
    """All that is before the end is read, as far as gzip itself can."""
    data = packed(as_lines(WORKS))
    for cut in (30, len(data) // 3, len(data) - 400, len(data) - 4):
        path = tmp_path / "a.jsonl.gz"
        path.write_bytes(data[:cut])
        found, wrong = read_file(path)
        assert wrong == ["None: the gzip ends early"]
        assert found == DOIS[: len(found)]
        assert len(found) == _lines_in(data[:cut])


def _lines_in(data: bytes) -> int:
    """How many whole lines zlib finds in the begin of a gzip."""
    import zlib  # noqa: PLC0415 - only here

    return zlib.decompressobj(31).decompress(data).count(b"\n")


def test_a_gzip_with_a_wrong_byte(tmp_path: Path) -> None:
    """What is before the byte is read."""
    data = bytearray(gzip.compress(as_lines(WORKS), mtime=0))
    data[-6] ^= 0xFF  # of the checksum
    path = write_data(tmp_path / "a.jsonl", bytes(data))
    found, [wrong] = read_file(path)
    assert found == DOIS
    assert wrong.startswith("None: the gzip is broken: ")


def test_something_behind_a_gzip(tmp_path: Path) -> None:
    """It is said, and the gzip is read."""
    path = write_data(tmp_path / "a", packed(as_lines(WORKS)) + b"garbage")
    found, wrong = read_file(path)
    assert found == DOIS
    assert wrong == ["None: something follows the gzip that is none"]


@pytest.mark.parametrize("by_offset", [False, True])
@pytest.mark.parametrize("gz", [False, True])
def test_a_tar_that_ends_early(by_offset: bool, gz: bool, tmp_path: Path) -> None:
    """In a member, or between two: all before that is read."""
    content = {"0.jsonl": as_lines(WORKS[:30]), "1.jsonl": as_lines(WORKS[30:])}
    data = write_tar(tmp_path / "a.tar", content).read_bytes()
    second = data.index(b"1.jsonl")
    for cut in (second + 30_000, second, second - 100):
        piece = packed(data[:cut]) if gz else data[:cut]
        path = write_data(tmp_path / "cut.tar", piece)
        found, wrong = read_file(path, by_offset=by_offset)
        assert found == DOIS[: len(found)]
        assert len(found) >= 29 + (cut >= second)
        assert cut <= second or len(found) == 37
        assert wrong
        assert all("the tar" in one for one in wrong)


def test_a_broken_member_costs_nothing_else(tmp_path: Path) -> None:
    """The others are read."""
    content = {
        "0.jsonl": as_lines(WORKS[:30]),
        "1.json": b"nonsense",
        "2.jsonl": as_lines(WORKS[30:]),
    }
    path = write_tar(tmp_path / "a.tar", content)
    for by_offset in (False, True):
        found, wrong = read_file(path, by_offset=by_offset)
        assert found == DOIS
        assert wrong == ["1.json: it is no JSON"]


def test_a_tar_with_a_broken_header(tmp_path: Path) -> None:
    """It is not taken for the end."""
    content = {"0.jsonl": as_lines(WORKS[:30]), "1.jsonl": as_lines(WORKS[30:])}
    data = bytearray(write_tar(tmp_path / "a.tar", content).read_bytes())
    data[data.index(b"1.jsonl") + 150] ^= 1  # of the checksum
    path = write_data(tmp_path / "b.tar", bytes(data))
    found, wrong = read_file(path)
    assert found == DOIS[:30]
    assert wrong == ["the tar ends early, or a header in it is broken"]


@pytest.mark.parametrize("magic", [b"BZh91AY", b"\xfd7zXZ\0", b"(\xb5/\xfd", b"PK\3\4"])
def test_other_compression_is_named(magic: bytes, tmp_path: Path) -> None:
    """With what to do."""
    _, [wrong] = read_file(write_data(tmp_path / "a.json", magic + b"..."))
    assert "not supported: use gzip" in wrong


def test_a_source_that_is_gone(tmp_path: Path) -> None:
    """It is damage of that source."""
    assert read_file(tmp_path / "none") == (
        [],
        ["it cannot be opened: No such file or directory"],
    )


def test_what_a_folder_has(tmp_path: Path) -> None:
    """Data files by their names, sorted; the others are named, too."""
    for name in ("b/2.json.gz", "b/1.jsonl", "a.tar", "README.md", "b/x.csv.gz"):
        write_data(tmp_path / name, b"x")
    found = find_sources([str(tmp_path), str(tmp_path / "a.tar"), "/no/such"])
    assert [path.name for path in found.files] == ["a.tar", "1.jsonl", "2.json.gz"]
    assert [path.name for path in found.skipped] == ["README.md", "x.csv.gz"]
    assert found.missing == ("/no/such",)


def test_names_of_data_files() -> None:
    """Crossref's and DataCite's."""
    for name in ("0.json.gz", "part_0000.jsonl.gz", "all.json.tar.gz", "x.TGZ", "0.gz"):
        assert is_data_name(name), name
    for name in ("part_0000.csv.gz", "README", "._0.json", "MANIFEST.txt", "json"):
        assert not is_data_name(name), name


def test_a_tar_of_another_program(tmp_path: Path) -> None:
    """PAX headers, folders and links are passed over."""
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        folder = tarfile.TarInfo("d")
        folder.type = tarfile.DIRTYPE
        tar.addfile(folder)
        link = tarfile.TarInfo("d/link.json")
        link.type, link.linkname = tarfile.SYMTYPE, "x"
        tar.addfile(link)
        data = as_lines(WORKS)
        about = tarfile.TarInfo(f"d/é{'y' * 120}.jsonl")
        about.size = len(data)
        tar.addfile(about, io.BytesIO(data))
    for by_offset in (False, True):
        assert read_file(path, by_offset=by_offset) == (DOIS, [])
