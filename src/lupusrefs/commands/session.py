"""What every command does around its own work: settings, inputs, outcome, exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lupusrefs import api
from lupusrefs.commands.terminal import Terminal
from lupusrefs.config import Settings
from lupusrefs.exit_codes import ExitCode
from lupusrefs.formats.names import FormatName
from lupusrefs.model.location import Diagnostic
from lupusrefs.model.outcome import (
    Malformed,
    NoMetadata,
    NotRegistered,
    Outcome,
    Resolved,
    Unavailable,
)
from lupusrefs.model.reference import Reference
from lupusrefs.reports import messages
from lupusrefs.sources import Sources, read_sources

# From so many DOIs on, the polite pool is worth a word.
_MANY = 100
# The variables that identify(...) may find malformed.
_IDENTIFIERS = ("DOI", "PMID", "PMCID")


class Session:
    """One run of a command.

    Raises:
        ConfigError: a setting is impossible.
    """

    def __init__(
        self,
        *,
        mailto: str | None = None,
        timeout_s: float | None = None,
        quiet: bool = False,
        verbose: bool = False,
    ) -> None:
        self.terminal = Terminal(quiet=quiet, verbose=verbose)
        self.settings = Settings.load({"mailto": mailto, "timeout_s": timeout_s})

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

    def close(self, run: api.Run) -> None:
        """Say behind the report what the run met."""
        for one in run.resolutions:
            self._show_malformed(one)
        for warning in run.warnings:
            self.terminal.note(warning, "warning")
        if self.terminal.verbose:
            total = sum(run.requests.values())
            each = [f"{name} {count}" for name, count in sorted(run.requests.items())]
            self.terminal.note(f"requests sent: {', '.join([str(total), *each])}")
        slow = run.requests["crossref"] and len(run.resolutions) >= _MANY
        if slow and not self.settings.mailto:
            self.terminal.note(
                "set LUPUSREFS_MAILTO to your mail address: Crossref's polite pool "
                "answers three times as fast",
                "hint",
            )

    def _show_malformed(self, one: api.Resolution) -> None:
        """Say where in its file an identifier is wrong; the report has it by key."""
        if isinstance(one.outcome, Malformed):
            places = one.reference.places
            place = next((places[v] for v in _IDENTIFIERS if v in places), None)
            if place is not None:
                found = Diagnostic(one.outcome.message, place, one.outcome.hint)
                self.terminal.say(*messages.of_diagnostic(found))


def exit_code(sources: Sources, outcomes: Iterable[Outcome]) -> ExitCode:
    """The worst of what happened: unread input, findings, then what was not asked."""
    outcomes = list(outcomes)
    unread = any(found.is_error for found in sources.diagnostics)
    if sources.errors or unread:
        return ExitCode.INPUT
    if any(isinstance(one, Malformed | NotRegistered) for one in outcomes):
        return ExitCode.FINDINGS
    if any(_is_unasked(one) for one in outcomes):
        return ExitCode.INCOMPLETE
    return ExitCode.CLEAN


def _is_unasked(outcome: Outcome) -> bool:
    """Whether no registry answered, be it that something older stood in."""
    match outcome:
        case Resolved(error=error) | NoMetadata(error=error):
            return error is not None
        case Unavailable():
            return True
        case _:
            return False
