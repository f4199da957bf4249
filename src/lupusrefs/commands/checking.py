"""What ``check`` does around its report: watching, baseline, lock file, exit code."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Self

import typer

from lupusrefs.api import CheckOptions, CheckRun
from lupusrefs.baseline import write_baseline
from lupusrefs.checker import Checked
from lupusrefs.commands.session import Session, is_unread
from lupusrefs.errors import InputError
from lupusrefs.exit_codes import ExitCode
from lupusrefs.findings import RULES, Finding, unknown_rule
from lupusrefs.formats.mend import CannotMend, Mender
from lupusrefs.input_files import SourceFile
from lupusrefs.lock import Lock
from lupusrefs.model.edit import Edit
from lupusrefs.model.outcome import is_incomplete
from lupusrefs.policy import UNKNOWN, FailOn
from lupusrefs.reports import messages
from lupusrefs.sources import Sources, SourceStream

# Characters of a file: ten thousand references or so.
_LARGE: Final = 5_000_000


def lock_of(path: Path, *, must_exist: bool, may_begin: bool) -> Lock | None:
    """The lock file that a check is to use; None where there is none.

    Args:
        path: where it is.
        must_exist: the check is against it.
        may_begin: a new one is written if there is none.

    Raises:
        InputError: it is damaged, or must exist and does not.
    """
    if must_exist:
        return Lock.load(path)
    return Lock.open(path) if may_begin or path.exists() else None


def with_edits(
    checked: Iterable[Checked], files: Mapping[str, SourceFile]
) -> Iterator[Checked]:
    """The same references, with what their fixes change in the files.

    ``fix`` tries edits before it makes them; here is what it would try. To make them,
    a whole file is taken apart: of a very large one nobody wants that in a report.
    """
    menders: dict[str, Mender] = {}
    for one in checked:
        location = one.reference.location
        file = files.get(location.file) if location else None
        if location is None or file is None or len(file.source.text) > _LARGE:
            yield one
            continue
        if location.file not in menders:
            menders[location.file] = Mender(file.source, file.name)
        mender = menders[location.file]
        edits: dict[int, tuple[Edit, ...]] = {}
        for number, found in enumerate(one.findings):
            if found.fix is not None:
                with contextlib.suppress(CannotMend):
                    edits[number] = mender.edits(one.reference, found.fix.changes)
        yield replace(one, edits=edits) if edits else one


@dataclass(slots=True)
class Dismissals:
    """The findings that the user dismisses.

    Attributes:
        wanted: key and rule of each.
        reason: why.
    """

    wanted: list[tuple[str, str]]
    reason: str

    @classmethod
    def parse(cls, texts: Sequence[str], reason: str | None) -> Self:
        """Read ``KEY:RULE`` of the command line.

        Raises:
            typer.BadParameter: one is not so, or the reason is missing.
        """
        wanted: list[tuple[str, str]] = []
        for text in texts:
            key, _, rule = text.rpartition(":")
            message = None
            if not key:
                message = f"`{text}` is not a key, a colon, and a rule"
            elif rule not in RULES:
                message = "; ".join(unknown_rule(rule))
            if message is not None:
                raise typer.BadParameter(message, param_hint="--dismiss")
            wanted.append((key, rule))
        if wanted and not (reason or "").strip():
            message = "say why with --reason"
            raise typer.BadParameter(message, param_hint="--dismiss")
        if reason is not None and not wanted:
            message = "is the reason of --dismiss, which is not given"
            raise typer.BadParameter(message, param_hint="--reason")
        return cls(wanted, (reason or "").strip())

    def take(self, lock: Lock, findings: Iterable[Finding]) -> Iterator[InputError]:
        """Write those among the findings into the lock; the others are errors."""
        by_name: dict[tuple[str, str], list[Finding]] = {}
        for found in findings:
            by_name.setdefault((found.key, found.rule.id), []).append(found)
        for key, rule in self.wanted:
            for found in by_name.get((key, rule), ()):
                lock.dismiss(found, self.reason)
            if (key, rule) not in by_name:
                message = f"`{key}` has no finding `{rule}` to dismiss"
                yield InputError(message, hint="look at the report for key and rule")


@dataclass(slots=True)
class Watch:
    """Looks at every reference on its way into the report.

    Attributes:
        fail_on: from which severity on a finding makes the run fail.
        keeps_findings: whether the findings are wanted afterwards.
        keeps_keys: whether the keys are.
        keys: the citation keys, in the order in which they came.
        references: how many there were.
        failing: the findings that make the run fail; counted only, unless kept.
        is_incomplete: whether a registry could not be asked.
        findings: all of them, if they are kept.
    """

    fail_on: FailOn
    keeps_findings: bool = False
    keeps_keys: bool = False
    keys: dict[str, None] = field(default_factory=dict)
    references: int = 0
    failing: int = 0
    is_incomplete: bool = False
    findings: list[Finding] = field(default_factory=list)

    def watched(self, checked: Iterable[Checked]) -> Iterator[Checked]:
        """The same references."""
        for one in checked:
            self.references += 1
            if self.keeps_keys:
                self.keys[one.reference.id] = None
            self.is_incomplete = self.is_incomplete or is_incomplete(one.outcome)
            self.take(one.findings)
            yield one

    def fails(self, found: Finding) -> bool:
        """Whether a finding makes the run fail."""
        return found.rule.id != UNKNOWN and self.fail_on.fails(found.severity)

    def take(self, findings: Iterable[Finding]) -> None:
        """Count findings."""
        for found in findings:
            self.failing += self.fails(found)
            if self.keeps_findings:
                self.findings.append(found)


@dataclass(slots=True)
class Ending:
    """What comes behind the report.

    Attributes:
        session: where to say it.
        watch: what was seen.
        wanted: what was wanted of the check.
        dismissals: findings to dismiss.
        new_baseline: the file to write the findings to.
        never_fails: whether findings leave the exit code alone.
    """

    session: Session
    watch: Watch
    wanted: CheckOptions
    dismissals: Dismissals
    new_baseline: Path | None
    never_fails: bool = False

    def exit_code(self, read: Sources | SourceStream, run: CheckRun) -> ExitCode:
        """Write what is to be written, say what the run met, and what comes of it.

        Args:
            read: the inputs.
            run: what was done.

        Raises:
            InputError: a file cannot be written.
        """
        self.watch.take(run.general)
        errors = [*run.errors, *self._write_lock(is_whole=not is_unread(read))]
        for error in errors:
            self.session.terminal.say(*messages.of_error(error))
        if not is_unread(read):
            self._write_baseline()
        self._tell_gone()
        self.session.close_run(run, self.watch.references)
        if is_unread(read) or errors:
            return ExitCode.INPUT
        if self._fails() and not self.never_fails:
            return ExitCode.FINDINGS
        return ExitCode.INCOMPLETE if self.watch.is_incomplete else ExitCode.CLEAN

    def _fails(self) -> bool:
        """Whether anything counts that has not just been accepted."""
        if self.new_baseline is not None:
            return False
        dismissed = sum(
            self.watch.fails(found)
            for found in self.watch.findings
            if (found.key, found.rule.id) in self.dismissals.wanted
        )
        return self.watch.failing > dismissed

    def _write_lock(self, *, is_whole: bool) -> list[InputError]:
        """Bring the lock file up to date; gives what could not be dismissed.

        Args:
            is_whole: whether all inputs were read in full; if not, nobody knows which
                references there are no more.
        """
        lock = self.wanted.lock
        if lock is None:
            return []
        errors = list(self.dismissals.take(lock, self.watch.findings))
        updates = self.wanted.lock_use == "update"
        if updates and is_whole:
            lock.prune(self.watch.keys)
        if updates or len(errors) < len(self.dismissals.wanted):
            lock.write()
            self.session.terminal.note(f"wrote {lock.path}")
        return errors

    def _write_baseline(self) -> None:
        if self.new_baseline is not None:
            number = write_baseline(self.new_baseline, self.watch.findings)
            what = "1 finding is" if number == 1 else f"{number} findings are"
            self.session.terminal.note(f"{what} known from now on: {self.new_baseline}")

    def _tell_gone(self) -> None:
        """A baseline that is longer than it need be hides the next error."""
        baseline = self.wanted.baseline
        if baseline is None or self.watch.is_incomplete:
            return
        if gone := len(baseline.gone):
            what = "1 finding" if gone == 1 else f"{gone} findings"
            self.session.terminal.note(
                f"{what} of {baseline.path} did not come again: write it anew with "
                f"--write-baseline {baseline.path}"
            )
