"""A task at which workers die. Apart, for a worker imports what its task is in."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from lupusrefs.errors import InputError
from lupusrefs.model.location import Location


@dataclass(frozen=True, slots=True)
class Deadly:
    """A number, and a file that says that a worker was killed at it already.

    Attributes:
        number: what to square.
        mark: the file; the worker is killed where it is not there. None kills nobody.
        always: killed each time.
    """

    number: int
    mark: Path | None = None
    always: bool = False


def square(task: Deadly) -> int:
    """The square; the worker that is to find it may be killed in the middle."""
    if task.mark is not None and (task.always or not task.mark.exists()):
        task.mark.write_text("killed", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    return task.number**2


def refuse(name: str) -> None:
    """A task that cannot be done.

    Raises:
        InputError: always.
    """
    raise InputError(
        "cannot be written", location=Location.of_file(name), hint="make room"
    )
