"""The store: registries' answers on disk, each with a time to live by its kind.

One SQLite file in the platform's cache folder. Errors are never stored: ignorance
must be asked away, not remembered. Nothing that goes wrong with the file ends a run.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final, Self, TypeVar

from lupusrefs.errors import InputError
from lupusrefs.model.location import Location

T = TypeVar("T")


class Kind(StrEnum):
    """What an answer says; decides how long it is believed."""

    WORK = "work"
    NOT_REGISTERED = "not-registered"
    NO_METADATA = "no-metadata"
    PREFIX = "prefix"
    IDENTIFIER = "identifier"
    SEARCH = "search"


TIME_TO_LIVE: Final = {
    Kind.WORK: timedelta(days=60),
    # Short: a DOI is often cited a day before its publisher registers it.
    Kind.NOT_REGISTERED: timedelta(days=2),
    Kind.NO_METADATA: timedelta(days=7),
    Kind.PREFIX: timedelta(days=365),
    Kind.IDENTIFIER: timedelta(days=60),
    # What is not found today may be registered next week.
    Kind.SEARCH: timedelta(days=7),
}
EXPORT_SCHEMA: Final = "lupusrefs.cache/1"
_SCHEMA_VERSION: Final = 1
_BUSY_TIMEOUT_S: Final = 10.0
# SQLite's default bound on variables in one statement was 999 for a long time.
_CHUNK: Final = 900


@dataclass(frozen=True, slots=True)
class Answer:
    """One stored answer.

    Attributes:
        subject: what was asked, as ``doi:10.1000/1``, ``prefix:10.1000``, ``pmid:1``,
            ``search:crossref:`` and a digest of the query.
        kind: what the answer says.
        body: JSON text whose shape depends on the kind.
        fetched: when a registry said so, UTC.
    """

    subject: str
    kind: Kind
    body: str
    fetched: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Whether the answer is still within its time to live."""
        return now - self.fetched <= TIME_TO_LIVE[self.kind]


class Store:
    """Answers by subject, safe with several processes at once.

    Attributes:
        path: the file; None when the store lives in memory only.
        warnings: what went wrong with the file, for the user's eyes.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.warnings: list[str] = []
        self._connection = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def get(self, subjects: Iterable[str]) -> dict[str, Answer]:
        """The stored answers to ``subjects``, stale ones included."""
        wanted = list(dict.fromkeys(subjects))
        found: dict[str, Answer] = {}
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            # Only question marks are put into the statement.
            query = f"SELECT {_COLUMNS} FROM answers WHERE subject IN ({marks})"
            found |= {answer.subject: answer for answer in self._select(query, chunk)}
        return found

    def put(self, answers: Iterable[Answer]) -> None:
        """Store answers; of two on one subject the younger stays."""
        rows = [
            (a.subject, str(a.kind), a.body, a.fetched.timestamp()) for a in answers
        ]
        if rows:
            self._guarded(lambda connection: _write(connection, rows))

    def count(self) -> Mapping[Kind, int]:
        """How many answers of each kind there are."""
        query = "SELECT kind, count(*) FROM answers GROUP BY kind"
        rows = self._guarded(lambda c: c.execute(query).fetchall()) or []
        return {Kind(kind): number for kind, number in rows if kind in set(Kind)}

    def clear(self) -> int:
        """Forget everything; returns how many answers there were."""
        number = sum(self.count().values())
        self._guarded(_delete_all)
        return number

    def __iter__(self) -> Iterator[Answer]:
        """Every answer, by subject."""
        query = f"SELECT {_COLUMNS} FROM answers ORDER BY subject"
        return iter(self._select(query, ()))

    def export_lines(self) -> Iterator[str]:
        """The store as JSON Lines: a header, then an answer a line."""
        yield json.dumps({"schema": EXPORT_SCHEMA})
        for answer in self:
            try:
                body = json.loads(answer.body)
            except ValueError:
                continue  # damaged, and good for nobody
            yield json.dumps(
                {
                    "subject": answer.subject,
                    "kind": answer.kind,
                    "fetched": answer.fetched.isoformat(),
                    "body": body,
                },
                ensure_ascii=False,
            )

    def import_lines(self, lines: Iterable[str], file: str) -> int:
        """Add what :meth:`export_lines` wrote; returns how many answers.

        Raises:
            InputError: a line is not an exported answer; nothing is imported then.
        """
        answers = list(_read_lines(lines, file))
        self.put(answers)
        return len(answers)

    def _select(self, query: str, values: Iterable[str]) -> list[Answer]:
        rows = self._guarded(lambda c: c.execute(query, tuple(values)).fetchall()) or []
        return [answer for row in rows if (answer := _answer(*row))]

    def _guarded(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do ``work``; a file that fails is set aside or left, never an error."""
        for _ in ("the file", "the new one in its place"):
            try:
                return work(self._connection)
            except sqlite3.ProgrammingError:
                raise  # a mistake of the caller's, no damage
            except sqlite3.DatabaseError as error:
                if _is_obstacle(error):
                    self._warn(f"the store {self.path} cannot be used: {error}")
                    return None
                self._set_aside(error)
        return None

    def _warn(self, message: str) -> None:
        if message not in self.warnings:
            self.warnings.append(message)

    def _open(self) -> sqlite3.Connection:
        if self.path is None:
            return _connect(":memory:")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return _connect(self.path)
        except sqlite3.DatabaseError as error:
            if not _is_obstacle(error):
                return self._replace(error)
            reason: Exception = error
        except OSError as error:
            reason = error
        self._warn(
            f"the store {self.path} cannot be opened ({reason}); "
            "nothing will be remembered"
        )
        return _connect(":memory:")

    def _set_aside(self, error: sqlite3.DatabaseError) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()
        self._connection = self._replace(error)

    def _replace(self, error: sqlite3.DatabaseError) -> sqlite3.Connection:
        """Rename the damaged file, tell, and begin a new one."""
        if self.path is None:
            return _connect(":memory:")
        aside = _free_name(self.path)
        try:
            self.path.replace(aside)
            for suffix in ("-wal", "-shm"):
                Path(f"{self.path}{suffix}").unlink(missing_ok=True)
            self._warn(
                f"the store {self.path} was damaged ({error}); it was set aside "
                f"as {aside.name} and a new one begun"
            )
            return _connect(self.path)
        except (OSError, sqlite3.Error) as second:
            self._warn(f"the store {self.path} is damaged and stays so: {second}")
            return _connect(":memory:")


_COLUMNS: Final = "subject, kind, body, fetched"
# Locked for long, read-only, disk full: the file itself may be sound.
_OBSTACLES: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOMEM,
    }
)


def _is_obstacle(error: sqlite3.Error) -> bool:
    """Whether the file could not be used, as against: is damaged."""
    code = getattr(error, "sqlite_errorcode", None)
    # The lowest byte is the kind; the others are details (sqlite.org/rescode.html).
    return code is not None and code & 0xFF in _OBSTACLES


def _connect(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
    try:
        # A log beside the file lets others read while one process writes.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version not in {0, _SCHEMA_VERSION}:
            message = f"it was written by another version ({version})"
            raise sqlite3.DatabaseError(message)
        if version == 0:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS answers (subject TEXT PRIMARY KEY, "
                "kind TEXT NOT NULL, body TEXT NOT NULL, fetched REAL NOT NULL) "
                "WITHOUT ROWID"
            )
            connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _write(
    connection: sqlite3.Connection, rows: list[tuple[str, str, str, float]]
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany(
            "INSERT INTO answers VALUES (?, ?, ?, ?) ON CONFLICT (subject) DO UPDATE "
            "SET kind = excluded.kind, body = excluded.body, "
            "fetched = excluded.fetched WHERE excluded.fetched >= fetched",
            rows,
        )
        connection.execute("COMMIT")
    except BaseException:  # left open, it would lock out every other process
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _answer(subject: str, kind: str, body: str, fetched: float) -> Answer | None:
    """A row; None where damage or another version has put what is no answer."""
    try:
        return Answer(subject, Kind(kind), body, datetime.fromtimestamp(fetched, UTC))
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _delete_all(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM answers")
    connection.execute("VACUUM")


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return aside


# What a line that nobody exported can raise: no JSON, nested without end, a member
# missing or of the wrong type, a date beyond the calendar.
_GARBAGE: Final = (
    *(ValueError, RecursionError, KeyError, TypeError, AttributeError),
    OverflowError,
)


def _read_lines(lines: Iterable[str], file: str) -> Iterator[Answer]:
    hint = "import what `lupusrefs cache export` wrote"
    number = 0
    for number, line in enumerate(lines, start=1):
        where = Location(file, number, 1)
        try:
            record = json.loads(line)
            if number == 1:
                if record.get("schema") != EXPORT_SCHEMA:
                    message = f"not an exported store ({EXPORT_SCHEMA})"
                    raise InputError(message, location=where, hint=hint)
                continue
            yield _read_answer(record)
        except _GARBAGE as error:
            message = f"not an exported answer: {type(error).__name__}: {error}"
            raise InputError(message, location=where, hint=hint) from None
    if number == 0:
        message = "empty, and so not an exported store"
        raise InputError(message, location=Location.of_file(file), hint=hint)


def _read_answer(record: Mapping[str, object]) -> Answer:
    fetched = datetime.fromisoformat(str(record["fetched"]))
    if fetched.tzinfo is None:
        raise ValueError("the time has no zone")
    # An answer from the future would outlive its time to live.
    fetched = min(fetched.astimezone(UTC), datetime.now(UTC))
    subject, kind = record["subject"], Kind(str(record["kind"]))
    if not isinstance(subject, str):
        raise TypeError("the subject is no text")
    body = json.dumps(record["body"], ensure_ascii=False)
    f"{subject}{body}".encode()  # half a surrogate pair is no text that can be kept
    return Answer(subject, kind, body, fetched)
