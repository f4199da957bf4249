"""Run examples of the command line in this process, and play the registries for them.

Starting Python takes longer than a check does, and some pages have very many.
"""

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from unittest import mock

from lupusrefs import cli

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from registry.messages import Answer, Request, html
from registry.server import HOST, Registry

# What stands in a page in place of what differs from run to run.
_SHOWN_PORT: Final = 8000
_SHOWN_DAY: Final = "2026-11-25"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command printed, and its exit code."""

    text: str
    code: int


def run(arguments: list[str], folder: Path, environment: Mapping[str, str]) -> Outcome:
    """What ``lupusrefs`` prints to standard output and standard error.

    Args:
        arguments: behind the name of the program.
        folder: the working directory.
        environment: all of its environment.
    """
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    code = 0
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, environment, clear=True),
        mock.patch.object(sys, "argv", ["lupusrefs", *arguments]),
        contextlib.redirect_stdout(stream),
        contextlib.redirect_stderr(stream),
    ):
        try:
            cli.main()
        except SystemExit as ending:
            code = int(ending.code or 0)
    stream.seek(0)
    return Outcome(stream.read(), code)


def run_asking(
    arguments: list[str], folder: Path, environment: Mapping[str, str]
) -> Outcome:
    """The same, with registries that answer: the loopback ones of the tests.

    Their port and the day of the run are shown as ever the same ones.
    """
    with _registry() as registry:
        outcome = run(arguments, folder, {**environment, **registry.environment})
        origin = f"http://{HOST}:{_SHOWN_PORT}"
        text = outcome.text.replace(registry.origin, origin)
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    return Outcome(text.replace(today, _SHOWN_DAY), outcome.code)


class _GonePages:
    """Publishers' pages of which none is left."""

    def answer(self, request: Request) -> Answer:
        """Gone, whatever is asked for."""
        del request
        return html(410, "410 Gone")


@contextlib.contextmanager
def _registry() -> Iterator[Registry]:
    with Registry() as registry:
        registry.registries.plain["landing"] = _GonePages()
        yield registry
