"""``lupusrefs fix``: mend what differs from what is registered."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from lupusrefs.commands import options
from lupusrefs.findings import RULES, Finding, Severity, unknown_rule

if TYPE_CHECKING:
    from lupusrefs.commands.session import Session
    from lupusrefs.commands.terminal import Terminal
    from lupusrefs.exit_codes import ExitCode
    from lupusrefs.fixer import Plan, Repair
    from lupusrefs.sources import Sources

app = options.new_app()

# So many keys a line names.
_SHOWN = 5


@app.command()
def fix(
    sources: options.Sources = None,
    write: Annotated[
        bool, typer.Option("--write", "-w", help="Mend the files themselves.")
    ] = False,
    unsafe: Annotated[
        bool,
        typer.Option("--unsafe", help="Also what is only proposed: look at it first."),
    ] = False,
    only: Annotated[
        Optional[list[str]],  # noqa: UP045 - Typer reads the older spelling faster
        typer.Option(
            "--only",
            metavar="RULE",
            help="Only what these rules found; several with commas, or again.",
            show_default=False,
        ),
    ] = None,
    interactive: Annotated[
        bool,
        typer.Option(
            "--interactive",
            "-i",
            help="Ask for each repair (yes, no, never for this key), and make those.",
        ),
    ] = False,
    read_as: options.ReadAs = None,
    mirror: options.Mirror = None,
    offline: options.Offline = False,
    refresh: options.Refresh = False,
    mailto: options.Mailto = None,
    timeout: options.Timeout = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show as a diff what would mend the references, or mend them.

    With --write the files are mended, else nothing is written. Without --unsafe only
    what nobody could object to is mended. All but the values that change stays as it
    is, byte by byte. Exit code 1 means: there is something to mend.
    """
    from lupusrefs.api import (  # noqa: PLC0415 - library, late
        CheckOptions,
        CheckRun,
        plan_fixes,
    )
    from lupusrefs.commands.checking import lock_of  # noqa: PLC0415
    from lupusrefs.commands.session import Session  # noqa: PLC0415
    from lupusrefs.model.outcome import is_incomplete  # noqa: PLC0415

    rules = _rules(only or ())
    session = Session(
        mirror=mirror,
        mailto=mailto,
        timeout_s=timeout,
        quiet=quiet,
        verbose=verbose,
    )
    read = session.read(sources, read_as)
    run = CheckRun()
    lock = lock_of(session.settings.lock, must_exist=False, may_begin=False)
    wanted = CheckOptions(lock=lock)
    each = session.check(read, run, offline=offline, refresh=refresh, options=wanted)
    checked = list(each)
    planned = plan_fixes(
        checked,
        replace(wanted, files=read.files),
        settings=session.settings,
        unsafe=unsafe,
        only=rules,
    )
    if interactive:
        answers = Answers(session.terminal)
        planned = answers.chosen(planned)
        _remember(session, answers.dismissed)
    _say_left(session.terminal, planned)
    written = write or interactive
    if written:
        _write(session, planned)
    else:
        _show(session.terminal, planned)
    session.close_run(run, len(checked))
    incomplete = any(is_incomplete(one.outcome) for one in checked)
    raise typer.Exit(_exit_code(read, planned, written=written, incomplete=incomplete))


_NEVER = "never to be mended, said somebody who was asked"


def _remember(session: Session, dismissed: Sequence[Finding]) -> None:
    """Keep in the lock file what is never to be mended, until either side changes."""
    from lupusrefs.lock import Lock  # noqa: PLC0415 - seldom needed

    if not dismissed:
        return
    lock = Lock.open(session.settings.lock)
    for found in dismissed:
        lock.dismiss(found, _NEVER)
    lock.write()
    session.terminal.note(f"dismissed in {lock.path}, until either side changes")


def _rules(texts: Sequence[str]) -> frozenset[str]:
    """The ids of rules, told apart by commas.

    Raises:
        typer.BadParameter: there is no such rule.
    """
    ids = [part.strip() for text in texts for part in text.split(",") if part.strip()]
    for one in ids:
        if one not in RULES:
            message = "; ".join(unknown_rule(one))
            raise typer.BadParameter(message, param_hint="--only")
    return frozenset(ids)


def _show(terminal: Terminal, planned: Plan) -> None:
    from lupusrefs.reports.repairs import (  # noqa: PLC0415 - the library, late
        annotated_diff,
        annotated_patch,
    )

    for path in planned.paths:
        terminal.write_diff(
            annotated_diff(planned, path), annotated_patch(planned, path)
        )
    if planned.repairs:
        terminal.note(f"{_repairs(planned.repairs)}: make with --write")


def _write(session: Session, planned: Plan) -> None:
    for path in planned.paths:
        planned.write(path)
        repairs = planned.of(path)
        keys = dict.fromkeys(one.reference.id for one in repairs)
        session.terminal.note(f"made {_repairs(repairs)} in {path}: {_listed(keys)}")


def _say_left(terminal: Terminal, planned: Plan) -> None:
    """Say what is not mended, and why."""
    for one in planned.unmade:
        where = f"{one.location}: " if one.location else ""
        text = f"{where}`{one.finding.rule.id}` cannot be mended here: {one.reason}"
        terminal.note(text, "warning")
    if planned.left_out:
        count = len(planned.left_out)
        what = "1 proposal is" if count == 1 else f"{count} proposals are"
        rules = Counter(one.rule.id for one in planned.left_out)
        terminal.note(f"{what} left out, to be seen with --unsafe: {_listed(rules)}")
    serious = [one for one in planned.without_fix if one.severity is not Severity.INFO]
    shown = planned.without_fix if terminal.verbose else serious
    rules_of: dict[str, list[str]] = {}
    for finding in shown:
        rules_of.setdefault(finding.rule.id, []).append(finding.key)
    for rule, keys in rules_of.items():
        terminal.note(f"there is no fix for `{rule}`: {_listed(dict.fromkeys(keys))}")


def _repairs(repairs: Sequence[Repair]) -> str:
    return "1 repair" if len(repairs) == 1 else f"{len(repairs)} repairs"


def _listed(names: Iterable[str]) -> str:
    """The first of some names."""
    listed = list(names)
    more = len(listed) - _SHOWN
    shown = ", ".join(listed[:_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown


def _exit_code(
    read: Sources, planned: Plan, *, written: bool, incomplete: bool
) -> ExitCode:
    """Unread input, something left to mend, then what was not asked."""
    from lupusrefs.commands.session import is_unread  # noqa: PLC0415
    from lupusrefs.exit_codes import ExitCode  # noqa: PLC0415

    if is_unread(read):
        return ExitCode.INPUT
    if (planned.repairs and not written) or planned.unmade:
        return ExitCode.FINDINGS
    return ExitCode.INCOMPLETE if incomplete else ExitCode.CLEAN


@dataclass(slots=True)
class Answers:
    """What somebody says to each repair.

    Attributes:
        terminal: where to ask.
        dismissed: the findings that are never to be mended.
        never: the keys of which nothing more is asked.
    """

    terminal: Terminal
    dismissed: list[Finding] = field(default_factory=list)
    never: set[str] = field(default_factory=set)
    _rest: str = ""

    def chosen(self, planned: Plan) -> Plan:
        """The plan with the repairs that were said yes to."""
        wanted = {id(one) for one in planned.repairs if self._is_wanted(planned, one)}
        return planned.keep(lambda repair: id(repair) in wanted)

    def _is_wanted(self, planned: Plan, repair: Repair) -> bool:
        if repair.reference.id in self.never:
            return False
        if self._rest:
            return self._rest == "a"
        self._show(planned, repair)
        answer = self._ask()
        if answer in {"a", "q"}:
            self._rest = answer
        if answer == "v":
            self.never.add(repair.reference.id)
            self.dismissed += repair.findings
        return answer in {"y", "a"}

    def _show(self, planned: Plan, repair: Repair) -> None:
        from lupusrefs.reports.diff import of_diff  # noqa: PLC0415
        from lupusrefs.reports.repairs import annotated_diff  # noqa: PLC0415

        alone = replace(planned, repairs=(repair,))
        self.terminal.say(*of_diff(annotated_diff(alone, repair.file)))

    def _ask(self) -> str:
        """One letter; the end of the input is "quit"."""
        question = "make it? [y]es, [n]o, ne[v]er for this key, [a]ll, [q]uit: "
        while True:
            sys.stderr.write(question)
            sys.stderr.flush()
            line = sys.stdin.readline()
            answer = line.strip().lower()
            if not line:
                return "q"
            if answer in _ANSWERS:
                return _ANSWERS[answer]


_ANSWERS = {
    "y": "y",
    "yes": "y",
    "n": "n",
    "no": "n",
    "v": "v",
    "never": "v",
    "a": "a",
    "all": "a",
    "q": "q",
    "quit": "q",
}
