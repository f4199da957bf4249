"""What every command does around its own work: settings, inputs, outcome, exit code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lupusrefs import api
from lupusrefs.commands.terminal import Terminal
from lupusrefs.config import Settings
from lupusrefs.exit_codes import ExitCode
from lupusrefs.formats.names import FormatName
from lupusrefs.model.location import Diagnostic
from lupusrefs.model.reference import Reference
from lupusrefs.reports import messages
from lupusrefs.sources import Sources, SourceStream, read_sources, stream_sources

if TYPE_CHECKING:
    from lupusrefs.bulk.run import BulkRun
    from lupusrefs.checker import Checked
    from lupusrefs.model.outcome import Outcome

# From so many DOIs on, the polite pool is worth a word.
_MANY = 100
# The variables that identify(...) may find malformed.
_IDENTIFIERS = ("DOI", "PMID", "PMCID")


class Session:
    """One run of a command.

    Args:
        asks: whether the registries may be asked.
        mirror: mirrors that go before those of the settings.
        mailto: as in the settings.
        timeout_s: as in the settings.
        quiet: report and errors only.
        verbose: say how many requests went to whom.
        flags: further settings; None values count as not given.

    Raises:
        ConfigError: a setting is impossible.
        InputError: a mirror is none, or a package that it needs is missing.
    """

    def __init__(
        self,
        *,
        asks: bool = True,
        mirror: Sequence[str] | None = None,
        mailto: str | None = None,
        timeout_s: float | None = None,
        quiet: bool = False,
        verbose: bool = False,
        flags: Mapping[str, object] | None = None,
    ) -> None:
        self.terminal = Terminal(quiet=quiet, verbose=verbose)
        given = {"mirror": mirror, "mailto": mailto, "timeout_s": timeout_s}
        self.settings = Settings.load({**given, **(flags or {})})
        if asks and self.settings.mirrors:
            # Told before anything else is done, not when one is first looked into.
            from lupusrefs.api.opening import open_mirrors  # noqa: PLC0415 - few have

            open_mirrors(self.settings)

    def read(
        self, arguments: Sequence[str] | None, read_as: FormatName | None
    ) -> Sources:
        """Read what the user named, and show what is wrong with it."""
        sources = read_sources(
            arguments or (),
            configured=self.settings.sources,
            read_as=read_as,
            max_bytes=self.settings.max_file_mb * 1_000_000,
        )
        self.terminal.show_problems(sources)
        return sources

    def stream(
        self, arguments: Sequence[str] | None, read_as: FormatName | None
    ) -> SourceStream:
        """Read what the user named one reference at a time, however many there are.

        What is wrong with it is known, and shown by :meth:`show_problems`, at the end.
        """
        return stream_sources(
            arguments or (),
            configured=self.settings.sources,
            read_as=read_as,
            max_bytes=self.settings.max_file_mb * 1_000_000,
        )

    def resolve(
        self, references: Sequence[Reference], *, offline: bool, refresh: bool
    ) -> api.Run:
        """Ask the registries, with a progress bar."""
        # What the store has comes at once: a bar would only flicker.
        steps = 0 if offline else len(references)
        with self.terminal.progress(steps, "Asking the registries") as step:
            try:
                return api.resolve(
                    references,
                    settings=self.settings,
                    offline=offline,
                    refresh=refresh,
                    progress=step,
                )
            except KeyboardInterrupt:
                self.terminal.note("stopped; what was answered so far is in the store")
                raise SystemExit(ExitCode.INTERRUPTED) from None

    def write_lock(self, run: api.Run, *, offline: bool, is_whole: bool) -> None:
        """Write what is registered to the lock file.

        Args:
            run: what was resolved.
            offline: as of the run.
            is_whole: whether all inputs were read in full; if not, nobody knows which
                references there are no more.

        Raises:
            InputError: the file is damaged, or cannot be written.
        """
        import asyncio  # noqa: PLC0415 - few runs need it

        from lupusrefs.lock import Lock  # noqa: PLC0415

        lock = Lock.open(self.settings.lock)
        asyncio.run(api.lock_async(run, lock, settings=self.settings, offline=offline))
        if is_whole:
            lock.prune(one.reference.id for one in run.resolutions)
        lock.write()
        number = len(lock.references)
        what = "1 reference" if number == 1 else f"{number} references"
        self.terminal.note(f"{what} locked in {lock.path}")

    def check(
        self,
        read: Sources | SourceStream,
        run: api.CheckRun,
        *,
        offline: bool,
        refresh: bool,
        options: api.CheckOptions | None = None,
    ) -> Iterator[Checked]:
        """Each reference beside its work, with a progress bar.

        Args:
            read: what to check.
            run: takes all but the references.
            offline: answer from store, mirrors and the bundled snapshot.
            refresh: ask even where the store has an answer.
            options: what else is wanted; its files are those that were read.
        """
        if isinstance(read, Sources):
            references: Iterable[Reference] = read.references
            steps = 0 if offline else len(read.references)
        else:
            # Nobody knows how much is still to come.
            references, steps = read, 0
        wanted = replace(
            options or api.CheckOptions(),
            files=read.files,
            manuscripts=read.manuscripts,
        )
        with self.terminal.progress(steps, "Asking the registries") as step:
            try:
                yield from api.check_each(
                    references,
                    run,
                    settings=self.settings,
                    offline=offline,
                    refresh=refresh,
                    progress=step,
                    options=wanted,
                )
            except KeyboardInterrupt:
                self.terminal.note("stopped; what was answered so far is in the store")
                raise SystemExit(ExitCode.INTERRUPTED) from None

    def close(self, run: api.Run) -> None:
        """Say behind the report what the run met."""
        for one in run.resolutions:
            self._show_malformed(one)
        self.close_run(run, len(run.resolutions))

    def close_run(
        self, run: api.Run | api.CheckRun | api.MatchRun | BulkRun, references: int
    ) -> None:
        """Say what went wrong with store and mirrors, and how many requests were sent.

        Args:
            run: what was done.
            references: how many were looked at.
        """
        for warning in run.warnings:
            self.terminal.note(warning, "warning")
        if self.terminal.verbose:
            total = sum(run.requests.values())
            each = [f"{name} {count}" for name, count in sorted(run.requests.items())]
            self.terminal.note(f"requests sent: {', '.join([str(total), *each])}")
        slow = run.requests["crossref"] and references >= _MANY
        if slow and not self.settings.mailto:
            self.terminal.note(
                "set LUPUSREFS_MAILTO to your mail address: Crossref's polite pool "
                "answers three times as fast",
                "hint",
            )

    def _show_malformed(self, one: api.Resolution) -> None:
        """Say where in its file an identifier is wrong; the report has it by key."""
        from lupusrefs.model.outcome import Malformed  # noqa: PLC0415 - none resolved

        if isinstance(one.outcome, Malformed):
            places = one.reference.places
            place = next((places[v] for v in _IDENTIFIERS if v in places), None)
            if place is not None:
                found = Diagnostic(one.outcome.message, place, one.outcome.hint)
                self.terminal.say(*messages.of_diagnostic(found))


def is_unread(sources: Sources | SourceStream) -> bool:
    """Whether an input could not be read in full."""
    return bool(sources.errors) or any(one.is_error for one in sources.diagnostics)


def exit_code(sources: Sources, outcomes: Iterable[Outcome]) -> ExitCode:
    """The worst of what happened: unread input, findings, then what was not asked."""
    outcomes = list(outcomes)
    if is_unread(sources):
        return ExitCode.INPUT
    if not outcomes:
        return ExitCode.CLEAN
    from lupusrefs.model.outcome import (  # noqa: PLC0415 - of files there are none
        Malformed,
        NotRegistered,
        is_incomplete,
    )

    if any(isinstance(one, Malformed | NotRegistered) for one in outcomes):
        return ExitCode.FINDINGS
    if any(map(is_incomplete, outcomes)):
        return ExitCode.INCOMPLETE
    return ExitCode.CLEAN
