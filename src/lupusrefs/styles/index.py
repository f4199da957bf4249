"""The index file: made once, believed as long as the styles are the same.

It is written in one step and never changed, so that any number of processes may read
it while another one puts a new one in its place. It can be made anew at any time: what
is damaged is thrown away, and what cannot be kept is made in memory.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from lupusrefs.errors import InputError
from lupusrefs.styles import table
from lupusrefs.styles.info import Style, read_style
from lupusrefs.styles.packages import StyleFiles

T = TypeVar("T")
FILE_NAME: Final = "styles.sqlite3"
# Another number with every change of the tables, or of what is put into them.
_VERSION: Final = 1
_FACTS: Final = "CREATE TABLE facts (fingerprint TEXT NOT NULL)"


class Index:
    """All styles of a folder, in a form that can be searched.

    Args:
        files: the styles.
        path: the index file; None for an index in memory.

    Attributes:
        warnings: why the file could not be written, for the user's eyes.
    """

    def __init__(self, files: StyleFiles, path: Path | None) -> None:
        self.files = files
        self.path = path
        self.warnings: list[str] = []
        self._fingerprint = f"{_VERSION} {files.fingerprint}"
        self._is_made = False
        self._connection = self._read() or self._make()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def ask(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What ``work`` finds; a damaged file is made anew first."""
        try:
            return work(self._connection)
        except sqlite3.DatabaseError:
            if self._is_made:
                raise  # it is no damage, then
        self._connection.close()
        self._connection = self._make()
        return work(self._connection)

    def _read(self) -> sqlite3.Connection | None:
        """The index in the file, if it is one of these very styles."""
        if self.path is None:
            return None
        # Nobody changes the file: nothing need be locked, nor written beside it.
        uri = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(uri, uri=True)
        except sqlite3.Error:  # there is none, mostly
            return None
        with contextlib.suppress(sqlite3.Error):
            found = connection.execute("SELECT fingerprint FROM facts").fetchone()
            if found == (self._fingerprint,):
                return connection
        connection.close()
        return None

    def _make(self) -> sqlite3.Connection:
        """A new index in memory, and a copy of it in the file."""
        connection = sqlite3.connect(":memory:")
        connection.execute(_FACTS)
        connection.execute("INSERT INTO facts VALUES (?)", (self._fingerprint,))
        table.fill(connection, _styles(self.files))
        self._is_made = True
        if self.path is not None:
            self._save(connection, self.path)
        return connection

    def _save(self, connection: sqlite3.Connection, path: Path) -> None:
        from lupusrefs.files import write_atomically  # noqa: PLC0415 - seldom needed

        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, connection.serialize())
        # AttributeError: SQLite was built without `serialize`.
        except (OSError, InputError, AttributeError) as error:
            reason = getattr(error, "strerror", None) or error
            self.warnings.append(
                f"the index of styles {path} cannot be written ({reason}); "
                "it will be made anew each time"
            )


def _styles(files: StyleFiles) -> Iterator[Style]:
    """Every style that can be read, independent ones first."""
    for is_dependent, ids in enumerate(files.ids):
        for style_id in ids:
            # One bad file is no reason to have no index of the others.
            with contextlib.suppress(OSError, InputError):
                path = files.path(style_id, is_dependent=bool(is_dependent))
                yield read_style(path, files.former.get(style_id, ()))
