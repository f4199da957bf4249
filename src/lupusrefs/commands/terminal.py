"""Standard output and standard error: reports on the one, all else on the other."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from lupusrefs.files import write_atomically
from lupusrefs.model.location import Diagnostic
from lupusrefs.reports import messages
from lupusrefs.reports.diff import of_diff
from lupusrefs.sources import Sources, SourceStream


class Terminal:
    """Where a command writes.

    Args:
        quiet: no progress, notes or summary; errors are always shown.
        verbose: also what was asked of whom.
    """

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet = quiet
        self.verbose = verbose and not quiet
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                # Reports are UTF-8 on every platform, and no character ends a run.
                encoding = stream.encoding if stream.isatty() else "utf-8"
                stream.reconfigure(encoding=encoding, errors="backslashreplace")

    def write(self, text: str | Iterable[str], output: Path | None = None) -> None:
        """Write a report to a file, or to standard output.

        Of text in pieces each is asked for when it is written.

        Raises:
            InputError: the file cannot be written.
        """
        if output is not None:
            write_atomically(output, text)
            return
        with _while_read():
            sys.stdout.writelines((text,) if isinstance(text, str) else text)
            sys.stdout.flush()

    def write_data(self, data: bytes) -> None:
        """Write to standard output what is made for programs: its bytes as they are."""
        with _while_read():
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()

    def write_diff(self, text: str, patch: bytes) -> None:
        """Show a diff on standard output; what is no terminal gets its exact bytes.

        Args:
            text: the diff for people to read.
            patch: the same for programs, in the encoding of the file.
        """
        with _while_read():
            if sys.stdout.isatty():
                _print(of_diff(text), to_stderr=False)
            else:
                sys.stdout.flush()
                sys.stdout.buffer.write(patch)
                sys.stdout.buffer.flush()

    def say(self, *lines: messages.Line) -> None:
        """Lines on standard error, coloured on a terminal."""
        if sys.stderr.isatty():
            _print(lines, to_stderr=True)
        else:
            for line in lines:
                sys.stderr.write("".join(text for text, _ in line) + "\n")

    def note(self, text: str, kind: str = "note") -> None:
        """A remark that a quiet run leaves out."""
        if not self.quiet:
            self.say(messages.note(kind, text))

    def show_problems(self, sources: Sources | SourceStream) -> None:
        """What was noticed in the inputs."""
        if sources.note:
            self.note(sources.note)
        self.show_diagnostics(sources.diagnostics)
        for error in sources.errors:
            self.say(*messages.of_error(error))

    def show_diagnostics(self, diagnostics: Iterable[Diagnostic]) -> None:
        """What is wrong with a file; a quiet run shows its errors alone."""
        for found in diagnostics:
            if found.is_error or not self.quiet:
                self.say(*messages.of_diagnostic(found))

    @contextmanager
    def progress(self, total: int, what: str) -> Iterator[Callable[[int], None]]:
        """A progress bar on standard error, if that is a terminal."""
        if self.quiet or not sys.stderr.isatty() or total == 0:
            yield lambda _: None
            return
        from rich.console import Console  # noqa: PLC0415 - slow to import
        from rich.progress import Progress  # noqa: PLC0415

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=total)
            yield lambda settled: bar.advance(task, settled)


@contextmanager
def _while_read() -> Iterator[None]:
    """Write to standard output as long as somebody reads it."""
    try:
        yield
    except BrokenPipeError:
        # The reader (`| head`) has seen enough. The interpreter flushes again at its
        # end: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(lines: Iterable[messages.Line], *, to_stderr: bool) -> None:
    """Lines in colour, where the user's terminal and settings (NO_COLOR) allow it."""
    from rich.console import Console  # noqa: PLC0415 - slow to import
    from rich.text import Text  # noqa: PLC0415

    console = Console(stderr=to_stderr, soft_wrap=True, highlight=False)
    for line in lines:
        console.print(Text.assemble(*((text, style or "") for text, style in line)))
