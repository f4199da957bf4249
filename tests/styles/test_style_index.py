"""The index file: made once, shared, and never a reason to fail."""

from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from lupusrefs.styles import table
from lupusrefs.styles.index import FILE_NAME, Index
from lupusrefs.styles.packages import StyleFiles
from styles.making import journals, make_styles, style_text
from unprivileged import shared_folder, without_privileges


def titles(index: Index) -> list[str]:
    """The titles of all styles that are in an index, by asking for a short word."""
    found = index.ask(lambda open_: table.search(open_, index.files, "a", -1))
    return sorted(style.title for style in found.styles)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the index is to be, in a folder that there is not yet."""
    return tmp_path / "deep" / "cache" / FILE_NAME


def two(folder: Path, *, version: str = "1.0") -> StyleFiles:
    """A style that is independent, and one that is not."""
    return make_styles(
        folder,
        {"a": style_text("A First")},
        {"b": style_text("A Second", parent="a")},
        version=version,
    )


def forbid_making(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the making of an index fail the test."""

    def fill(*_: object) -> None:
        raise AssertionError("the index is made anew")

    monkeypatch.setattr(table, "fill", fill)


def test_the_index_is_made_once(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second process reads what the first one wrote."""
    files = two(tmp_path / "s")
    first = Index(files, path)
    assert titles(first) == ["A First", "A Second"]
    first.close()
    forbid_making(monkeypatch)
    second = Index(StyleFiles(files.folder, files.version), path)
    assert titles(second) == ["A First", "A Second"]
    assert first.warnings == second.warnings == []
    assert [entry.name for entry in path.parent.iterdir()] == [FILE_NAME]
    second.close()


def test_environments_with_the_same_version_share_it(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each finds the files where it has them itself."""
    Index(two(tmp_path / "one"), path).close()
    forbid_making(monkeypatch)
    files = two(tmp_path / "two")
    index = Index(files, path)
    found = index.ask(lambda open_: table.search(open_, files, "second", 1))
    assert found.styles[0].path == files.folder / "dependent" / "b.csl"
    index.close()


def test_an_upgrade_makes_it_anew(tmp_path: Path, path: Path) -> None:
    """Another version, or another number of styles."""
    files = two(tmp_path / "s")
    Index(files, path).close()
    (files.folder / "a.csl").write_text(style_text("A Third"), encoding="utf-8")
    newer = Index(StyleFiles(files.folder, "1.1"), path)
    assert titles(newer) == ["A Second", "A Third"]
    newer.close()
    (files.folder / "c.csl").write_text(style_text("A Fourth"), encoding="utf-8")
    more = Index(StyleFiles(files.folder, "1.1"), path)
    assert titles(more) == ["A Fourth", "A Second", "A Third"]
    more.close()


@pytest.mark.parametrize(
    "garbage", [b"", b"no database" * 1000, b"SQLite format 3\0", b"\0" * 10_000]
)
def test_a_damaged_file_is_made_anew(
    tmp_path: Path, path: Path, garbage: bytes
) -> None:
    """Without a word: nothing is lost."""
    path.parent.mkdir(parents=True)
    path.write_bytes(garbage)
    index = Index(two(tmp_path / "s"), path)
    assert titles(index) == ["A First", "A Second"]
    assert index.warnings == []
    assert path.read_bytes()[:15] == b"SQLite format 3"
    index.close()


@pytest.mark.parametrize("kept", [1, 2])
def test_damage_that_shows_only_at_a_query(
    tmp_path: Path, path: Path, kept: int
) -> None:
    """The first pages are sound, those behind them are not."""
    files = journals(tmp_path / "s")
    whole = Index(files, path)
    size = whole.ask(lambda open_: open_.execute("PRAGMA page_size").fetchone()[0])
    whole.close()
    data = path.read_bytes()
    sound = data[: kept * size]
    path.write_bytes(sound + b"\xff" * (len(data) - len(sound)))
    index = Index(files, path)
    assert len(titles(index)) > 2
    assert path.read_bytes() == data
    index.close()


def test_a_file_of_another_program_is_replaced(tmp_path: Path, path: Path) -> None:
    """It is in our own folder under our own name."""
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE facts (fingerprint TEXT)")
    other.close()
    index = Index(two(tmp_path / "s"), path)
    assert titles(index) == ["A First", "A Second"]
    index.close()


def test_a_mistake_in_a_statement_is_no_damage(tmp_path: Path, path: Path) -> None:
    """The index is made anew once, and then the error shows."""
    index = Index(two(tmp_path / "s"), path)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        index.ask(lambda open_: open_.execute("SELECT * FROM no_such"))
    index.close()
    again = Index(two(tmp_path / "t"), path)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        again.ask(lambda open_: open_.execute("SELECT * FROM no_such"))
    again.close()


def test_a_folder_that_cannot_be_written_costs_a_warning(tmp_path: Path) -> None:
    """The index is made in memory, then."""
    files = two(tmp_path / "s")
    (tmp_path / "file").touch()
    path = tmp_path / "file" / FILE_NAME
    index = Index(files, path)
    assert titles(index) == ["A First", "A Second"]
    (warning,) = index.warnings
    assert str(path) in warning
    assert "anew each time" in warning
    index.close()


def test_a_folder_without_permission_costs_a_warning() -> None:
    """As in a container with a read-only home."""
    with shared_folder() as folder:
        files = two(folder / "s")
        closed = folder / "closed"
        closed.mkdir(mode=0o555)
        with without_privileges():
            index = Index(files, closed / FILE_NAME)
            assert titles(index) == ["A First", "A Second"]
            assert "cannot be written" in index.warnings[0]
            index.close()
        closed.chmod(0o000)
        with without_privileges():
            index = Index(files, closed / FILE_NAME)
            assert titles(index) == ["A First", "A Second"]
            index.close()
        closed.chmod(0o755)


def test_sqlite_without_serialize_costs_a_warning(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some builds of SQLite leave it out; Python has no such method then."""

    class Connection(sqlite3.Connection):
        @property
        def serialize(self) -> object:  # type: ignore[override]
            raise AttributeError("no attribute 'serialize'")

    connect = sqlite3.connect

    def bare(database: str, *, uri: bool = False) -> sqlite3.Connection:
        return connect(database, uri=uri, factory=Connection)

    monkeypatch.setattr(sqlite3, "connect", bare)
    index = Index(two(tmp_path / "s"), path)
    assert titles(index) == ["A First", "A Second"]
    assert "serialize" in index.warnings[0]
    index.close()


def test_without_a_path_nothing_is_written(tmp_path: Path) -> None:
    """The index is in memory."""
    index = Index(two(tmp_path / "s"), None)
    assert titles(index) == ["A First", "A Second"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["s"]
    index.close()


def test_a_bad_style_is_left_out(tmp_path: Path) -> None:
    """It is no reason to have no index of the others."""
    files = make_styles(
        tmp_path / "s",
        {"a": style_text("A First"), "broken": "<style>", "empty": ""},
        {"b": style_text("A Second", parent="a")},
    )
    (files.folder / "folder.csl").mkdir()
    assert titles(Index(files, None)) == ["A First", "A Second"]


def test_of_two_styles_with_one_id_the_independent_counts(tmp_path: Path) -> None:
    """A dependent one of the same name could not be asked for anyway."""
    files = make_styles(
        tmp_path / "s",
        {"a": style_text("A First")},
        {"a": style_text("A Second", parent="a")},
    )
    assert titles(Index(files, None)) == ["A First"]


def make_index(folder: Path, path: Path) -> None:
    """What another process does."""
    index = Index(StyleFiles(folder, "1.0"), path)
    if titles(index) != ["A First", "A Second"] or index.warnings:
        raise SystemExit(1)
    index.close()


def test_processes_that_make_it_at_once_do_no_harm(tmp_path: Path, path: Path) -> None:
    """Each writes a file of its own, and the last one stays."""
    files = two(tmp_path / "s")
    spawn = multiprocessing.get_context("spawn")
    processes = [
        spawn.Process(target=make_index, args=(files.folder, path)) for _ in range(4)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    assert [entry.name for entry in path.parent.iterdir()] == [FILE_NAME]
