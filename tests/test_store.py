"""The store: answers by age, damaged files, several processes, export and import."""

from __future__ import annotations

import json
import multiprocessing
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lupusrefs.case import Case
from lupusrefs.errors import (
    InputError,
    RateLimited,
    ServiceError,
    ServiceUnreachable,
    UnexpectedReply,
)
from lupusrefs.model.doi import Doi
from lupusrefs.store import EXPORT_SCHEMA, Answer, Kind, Store
from unprivileged import shared_folder, without_privileges

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HEADER = json.dumps({"schema": EXPORT_SCHEMA})


def answer(
    subject: str = "doi:10.1000/1",
    kind: Kind = Kind.WORK,
    body: str = "{}",
    fetched: datetime = NOW,
) -> Answer:
    """An answer, of which a test says only what it is about."""
    return Answer(subject, kind, body, fetched)


def line(**members: object) -> str:
    """An exported answer as a line, with some members changed."""
    record = {
        "subject": "doi:10.1000/1",
        "kind": "work",
        "fetched": NOW.isoformat(),
        "body": {},
    }
    return json.dumps({**record, **members})


# -- time to live ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (Kind.WORK, 60),
        (Kind.NOT_REGISTERED, 2),
        (Kind.NO_METADATA, 7),
        (Kind.PREFIX, 365),
        (Kind.IDENTIFIER, 60),
    ],
)
def test_each_kind_has_its_own_time_to_live(kind: Kind, days: int) -> None:
    """Fresh to the last second, stale behind it (the days: docs/configuration.md)."""
    last_moment = answer(kind=kind, fetched=NOW - days * DAY)
    assert last_moment.is_fresh(NOW)
    assert not last_moment.is_fresh(NOW + timedelta(seconds=1))


# -- reading and writing ---------------------------------------------------------


def test_what_was_put_is_got_in_another_run(tmp_path: Path) -> None:
    """Subject, kind, body and time survive the file."""
    put = [
        answer(),
        answer("prefix:10.1000", Kind.PREFIX, '{"agency": "Übersee"}', NOW - DAY),
    ]
    with Store(tmp_path / "deep" / "store.sqlite") as store:
        store.put(put)
    with Store(tmp_path / "deep" / "store.sqlite") as store:
        assert store.get(["prefix:10.1000", "doi:10.1000/1", "doi:10.1000/2"]) == {
            one.subject: one for one in put
        }
        assert store.warnings == []


def test_stale_answers_are_still_got() -> None:
    """What is too old to be believed is the reader's decision."""
    with Store(None) as store:
        old = answer(fetched=NOW - 1000 * DAY)
        store.put([old])
        assert store.get([old.subject]) == {old.subject: old}


def test_the_younger_answer_wins_whatever_the_order() -> None:
    """A slow process must not overwrite what a faster one learnt after it."""
    young, old = answer(body='"young"'), answer(body='"old"', fetched=NOW - DAY)
    for order in ([young, old], [old, young]):
        with Store(None) as store:
            store.put(order)
            assert store.get([young.subject]) == {young.subject: young}


def test_more_subjects_than_one_statement_takes() -> None:
    """SQLite long allowed 999 variables in a statement."""
    subjects = [f"doi:10.1000/{number}" for number in range(2500)]
    with Store(None) as store:
        store.put(map(answer, subjects))
        assert store.get(subjects).keys() == set(subjects)
        assert store.count() == {Kind.WORK: 2500}


def test_clear_forgets_everything_and_says_how_much() -> None:
    """Also what an export would have had."""
    with Store(None) as store:
        store.put([answer(), answer("prefix:10.1", Kind.PREFIX)])
        assert store.clear() == 2
        assert list(store) == []
        assert store.clear() == 0


@pytest.mark.parametrize(
    "error",
    [
        ServiceUnreachable("no connection", service="crossref", url=""),
        RateLimited("too many", service="crossref", url=""),
        UnexpectedReply("a login page", service="crossref", url=""),
    ],
)
def test_errors_are_never_stored(error: ServiceError) -> None:
    """Ignorance leaves nothing to remember, and the store has no kind for it."""
    case = Case.of(Doi.parse("10.1000/1"))
    case.fail(error)
    assert case.outcome is not None
    assert case.verdicts == {}
    found = {"work", "not-registered", "no-metadata", "prefix", "identifier", "search"}
    assert set(Kind) == found


# -- damage ----------------------------------------------------------------------


def check_that_it_heals(path: Path) -> None:
    """Open a damaged store, use it, and check that it works and has told why."""
    with Store(path) as store:
        assert store.get(["doi:10.1000/1"]) == {}
        store.put([answer()])
        assert store.get(["doi:10.1000/1"]) == {"doi:10.1000/1": answer()}
        (warning,) = store.warnings
        assert str(path) in warning
        assert "store.sqlite.damaged-1" in warning
    with Store(path) as store:
        assert list(store) == [answer()]
        assert store.warnings == []


@pytest.mark.parametrize(
    "garbage", [b"this is no database, but text\n" * 100, b"\x00" * 5000, b"SQLite "]
)
def test_a_garbage_file_is_set_aside(tmp_path: Path, garbage: bytes) -> None:
    """It is kept under another name, told of once, and a new one begun."""
    path = tmp_path / "store.sqlite"
    path.write_bytes(garbage)
    check_that_it_heals(path)
    assert (tmp_path / "store.sqlite.damaged-1").read_bytes() == garbage


def test_each_damaged_file_is_kept(tmp_path: Path) -> None:
    """The second one does not overwrite the first."""
    path = tmp_path / "store.sqlite"
    for content in (b"first " * 100, b"second " * 100):
        path.write_bytes(content)
        Store(path).close()
    assert (tmp_path / "store.sqlite.damaged-1").read_bytes() == b"first " * 100
    assert (tmp_path / "store.sqlite.damaged-2").read_bytes() == b"second " * 100


def filled(path: Path, answers: int = 400) -> bytes:
    """A store of several pages; its bytes."""
    with Store(path) as store:
        store.put(
            answer(f"doi:10.1/{n:04}", body=json.dumps("x" * 200), fetched=NOW)
            for n in range(answers)
        )
    return path.read_bytes()


@pytest.mark.parametrize("kept", [50, 3000, 20_000])
def test_a_truncated_file_is_set_aside(tmp_path: Path, kept: int) -> None:
    """A disk was full, or a copy was cut off."""
    path = tmp_path / "store.sqlite"
    whole = filled(path)
    assert len(whole) > 20_000
    path.write_bytes(whole[:kept])
    check_that_it_heals(path)


def test_damage_that_shows_only_at_a_query_is_set_aside(tmp_path: Path) -> None:
    """The header is sound, the pages behind it are not."""
    path = tmp_path / "store.sqlite"
    whole = filled(path)
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    check_that_it_heals(path)


def test_the_answers_at_hand_go_into_the_new_file(tmp_path: Path) -> None:
    """Damage found while writing does not cost what is being written."""
    path = tmp_path / "store.sqlite"
    whole = filled(path)
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with Store(path) as store:
        store.put([answer()])
        assert list(store) == [answer()]
        assert len(store.warnings) == 1


def test_a_file_of_another_version_is_set_aside_whole(tmp_path: Path) -> None:
    """Its answers may mean something else; the warning says why."""
    path = tmp_path / "store.sqlite"
    filled(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    with Store(path) as store:
        assert list(store) == []
        (warning,) = store.warnings
        assert "another version (7)" in warning
    connection = sqlite3.connect(tmp_path / "store.sqlite.damaged-1")
    assert connection.execute("SELECT count(*) FROM answers").fetchone() == (400,)
    connection.close()


def test_a_file_without_its_table_is_set_aside(tmp_path: Path) -> None:
    """It would fail at every query of every run."""
    path = tmp_path / "store.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    check_that_it_heals(path)


def test_text_that_is_no_utf8_is_set_aside(tmp_path: Path) -> None:
    """SQLite stores it without a word, and Python refuses it at every query."""
    path = tmp_path / "store.sqlite"
    filled(path, 1)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE answers SET subject = CAST(x'ff' AS TEXT)")
    connection.commit()
    connection.close()
    with Store(path) as store:
        assert list(store) == []
        assert "store.sqlite.damaged-1" in store.warnings[0]


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'from-the-future'",
        "fetched = 'yesterday'",
        "fetched = 1e300",
        "fetched = 9e999",
        "kind = x'00ff'",
    ],
)
def test_a_row_that_is_no_answer_is_passed_over(tmp_path: Path, change: str) -> None:
    """The others are still got."""
    path = tmp_path / "store.sqlite"
    filled(path, 3)
    connection = sqlite3.connect(path)
    connection.execute(f"UPDATE answers SET {change} WHERE subject = 'doi:10.1/0001'")
    connection.commit()
    connection.close()
    with Store(path) as store:
        assert [one.subject for one in store] == ["doi:10.1/0000", "doi:10.1/0002"]
        assert store.warnings == []


def test_a_body_that_is_no_json_is_not_exported(tmp_path: Path) -> None:
    """An export that cannot be imported would be no export."""
    with Store(None) as store:
        store.put([answer(body="{"), answer("doi:10.1000/2")])
        lines = list(store.export_lines())
    assert [json.loads(one).get("subject") for one in lines] == [None, "doi:10.1000/2"]


def test_a_folder_in_its_place_costs_the_memory_only(tmp_path: Path) -> None:
    """Nothing is remembered, nothing fails, the folder stays."""
    path = tmp_path / "store.sqlite"
    path.mkdir()
    (path / "precious").touch()
    with Store(path) as store:
        store.put([answer()])
        assert list(store) == [answer()]
        (warning,) = store.warnings
        assert "nothing will be remembered" in warning
    assert (path / "precious").exists()


def test_a_file_in_the_place_of_the_folder_costs_the_memory_only(
    tmp_path: Path,
) -> None:
    """The cache folder may be misconfigured."""
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    with Store(tmp_path / "cache" / "store.sqlite") as store:
        assert "nothing will be remembered" in store.warnings[0]
        assert list(store) == []
    assert (tmp_path / "cache").read_text(encoding="utf-8") == "a file"


def test_a_folder_that_cannot_be_written_costs_the_memory_only() -> None:
    """A container's image, a cluster's home: read-only is common."""
    with shared_folder() as folder:
        folder.chmod(0o555)
        with without_privileges(), Store(folder / "store.sqlite") as store:
            store.put([answer()])
            assert list(store) == [answer()]
            (warning,) = store.warnings
            assert "nothing will be remembered" in warning
        assert list(folder.iterdir()) == []
        folder.chmod(0o755)


def test_a_file_that_cannot_be_written_is_left_as_it_is() -> None:
    """It is sound: it is not set aside."""
    with shared_folder() as folder:
        path = folder / "store.sqlite"
        before = filled(path, 3)
        path.chmod(0o444)
        folder.chmod(0o555)
        with without_privileges(), Store(path) as store:
            store.put([answer()])
            assert len(store.warnings) == 1
        folder.chmod(0o755)
        assert path.read_bytes() == before
        assert [one.name for one in folder.iterdir()] == ["store.sqlite"]


def test_a_store_that_is_locked_for_long_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes without end: a warning, and no answer is lost."""
    monkeypatch.setattr("lupusrefs.store._BUSY_TIMEOUT_S", 0.01)
    path = tmp_path / "store.sqlite"
    filled(path, 3)
    with Store(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        store.put([answer()])
        assert "cannot be used" in store.warnings[0]
        other.execute("ROLLBACK")
        other.close()
        assert len(list(store)) == 3
        store.put([answer()])
        assert len(list(store)) == 4


def test_the_use_of_a_closed_store_is_a_mistake_and_no_damage(tmp_path: Path) -> None:
    """A bug of ours must not set the user's store aside."""
    path = tmp_path / "store.sqlite"
    filled(path, 3)
    store = Store(path)
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.get(["doi:10.1/0001"])
    assert [one.name for one in tmp_path.iterdir()] == ["store.sqlite"]


def test_a_write_that_breaks_off_leaves_no_lock(tmp_path: Path) -> None:
    """Half a surrogate pair cannot be stored; the next write can."""
    with Store(tmp_path / "store.sqlite") as store:
        with pytest.raises(UnicodeEncodeError):
            store.put([answer(), answer("doi:10.1000/\ud800")])
        store.put([answer("doi:10.1000/2")])
        assert [one.subject for one in store] == ["doi:10.1000/2"]


# -- several processes -----------------------------------------------------------


def write_much(path: Path, writer: int) -> list[str]:
    """One process: open, write and close again and again; returns the warnings."""
    warnings: list[str] = []
    for turn in range(10):
        with Store(path) as store:
            own = answer(f"doi:10.{writer}/{turn}", body=json.dumps(turn))
            shared = answer("doi:10.9/shared", fetched=NOW + turn * DAY)
            store.put([own, shared])
            if store.get([own.subject]) != {own.subject: own}:
                warnings.append(f"{own.subject} was lost")
            warnings += store.warnings
    return warnings


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    """Nobody is told that the database is locked, and no answer is lost."""
    path = tmp_path / "store.sqlite"
    jobs = [(path, writer) for writer in range(6)]
    with multiprocessing.get_context("spawn").Pool(len(jobs)) as pool:
        assert pool.starmap(write_much, jobs) == [[]] * len(jobs)
    with Store(path) as store:
        assert store.count() == {Kind.WORK: 61}
        assert store.get(["doi:10.9/shared"])["doi:10.9/shared"].fetched == (
            NOW + 9 * DAY
        )


# -- export and import -----------------------------------------------------------


def test_an_export_is_imported_as_it_was(tmp_path: Path) -> None:
    """Every kind, non-ASCII text, times to the microsecond."""
    odd = json.dumps({"title": "Ω \u2028 \u0085 \U0001f600 \"'\n"}, ensure_ascii=False)
    moment = NOW + timedelta(microseconds=-1234)
    answers = [
        answer(f"{kind}:10.1/{n}", kind, odd, moment) for n, kind in enumerate(Kind)
    ]
    with Store(None) as store:
        store.put(answers)
        lines = list(store.export_lines())
    assert json.loads(lines[0]) == {"schema": "lupusrefs.cache/1"}
    with Store(tmp_path / "store.sqlite") as store:
        assert store.import_lines(lines, "answers.jsonl") == len(Kind)
        assert sorted(store, key=str) == sorted(answers, key=str)


def test_an_import_does_not_replace_younger_answers() -> None:
    """What this machine learnt later counts."""
    own = answer(body='"own"')
    with Store(None) as store:
        store.put([own])
        older = (NOW - DAY).isoformat()
        assert store.import_lines([HEADER, line(fetched=older, body="x")], "f") == 1
        assert list(store) == [own]


def test_an_answer_from_the_future_is_of_today() -> None:
    """It would outlive its time to live: another machine's clock was wrong."""
    with Store(None) as store:
        before = datetime.now(UTC)
        store.import_lines([HEADER, line(fetched="2999-01-01T00:00:00+00:00")], "f")
        (imported,) = store
        assert before <= imported.fetched <= datetime.now(UTC)


def test_a_time_of_another_zone_is_the_same_moment() -> None:
    """Noon in UTC is two in the afternoon further east."""
    with Store(None) as store:
        store.import_lines([HEADER, line(fetched="2026-11-22T14:00:00+02:00")], "f")
        assert [one.fetched for one in store] == [NOW]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("no JSON", "JSONDecodeError"),
        ("", "JSONDecodeError"),
        ("[1, 2]", "TypeError"),
        ("null", "TypeError"),
        ("[" * 100_000, "RecursionError"),
        ('{"subject": "doi:10.1/1"}', "fetched"),
        (line(kind="guess"), "'guess' is not a valid Kind"),
        (line(subject=5), "the subject is no text"),
        (line(subject="doi:10.1/\ud800"), "surrogates not allowed"),
        (line(body="\ud800"), "surrogates not allowed"),
        (line(fetched="yesterday"), "Invalid isoformat"),
        (line(fetched=5), "Invalid isoformat"),
        (line(fetched="2026-11-22T12:00:00"), "no zone"),
        (line(fetched="0001-01-01T00:00:00+23:00"), "OverflowError"),
    ],
)
def test_garbage_is_refused_with_its_line_and_nothing_imported(
    bad: str, says: str
) -> None:
    """Line 3 is bad; what stands before it is not imported either."""
    with Store(None) as store:
        with pytest.raises(InputError, match=says) as caught:
            store.import_lines([HEADER, line(), bad], "answers.jsonl")
        assert str(caught.value.location) == "answers.jsonl:3:1"
        assert caught.value.hint == "import what `lupusrefs cache export` wrote"
        assert list(store) == []


@pytest.mark.parametrize(
    "header", ["{}", "[]", "5", "- id: a", '{"schema": "lupusrefs.cache/2"}', line()]
)
def test_another_file_than_an_export_is_refused_at_its_first_line(header: str) -> None:
    """A reference file, or the export of another version."""
    with Store(None) as store:
        with pytest.raises(InputError, match="not an exported") as caught:
            store.import_lines([header, line()], "refs.yaml")
        assert str(caught.value.location) == "refs.yaml:1:1"


def test_an_empty_file_is_no_export() -> None:
    """Even an empty store is exported with a header."""
    with Store(None) as store:
        with pytest.raises(InputError, match="empty"):
            store.import_lines([], "answers.jsonl")
        assert store.import_lines(store.export_lines(), "answers.jsonl") == 0
