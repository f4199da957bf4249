"""Identifiers among the references of a command -> the works they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupusrefs import api
from lupusrefs.commands.session import Session
from lupusrefs.model.item import Item
from lupusrefs.model.reference import Reference
from lupusrefs.reports import messages
from lupusrefs.sources import ARGUMENTS

if TYPE_CHECKING:
    from lupusrefs.model.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Found:
    """What a command has to write.

    Attributes:
        items: references of files, and works of identifiers, in the order given.
        outcomes: what became of the identifiers.
        run: the run that asked for them.
    """

    items: list[Item]
    outcomes: list[Outcome]
    run: api.Run


def items_of(
    session: Session,
    references: Sequence[Reference],
    *,
    offline: bool,
    refresh: bool,
) -> Found:
    """Look up the identifiers; say on standard error what could not be found."""
    asked = [one for one in references if _is_identifier(one)]
    if not asked:
        return Found(_keyed(list(references)), [], api.Run())
    from lupusrefs.model.outcome import Resolved  # noqa: PLC0415 - of files none

    run = session.resolve(asked, offline=offline, refresh=refresh)
    outcomes = {id(one.reference): one.outcome for one in run.resolutions}
    items: list[Item] = []
    for one in references:
        outcome = outcomes.get(id(one))
        if outcome is None:
            items.append(one)
        elif isinstance(outcome, Resolved):
            items.append(outcome.work)
        if outcome is not None:
            _complain(session, one, outcome)
    return Found(_keyed(items), list(outcomes.values()), run)


def _keyed(items: Sequence[Item]) -> list[Item]:
    """The items, each with a key that one cites.

    References keep the ids that their file gives them; works have none of that kind.
    """
    if all(isinstance(item, Reference) for item in items):
        return list(items)
    from lupusrefs.model.keys import citation_keys  # noqa: PLC0415 - as above

    return [
        item if isinstance(item, Reference) else item.model_copy(update={"id": key})
        for item, key in zip(items, citation_keys(items), strict=True)
    ]


def _is_identifier(reference: Reference) -> bool:
    return reference.location is not None and reference.location.file == ARGUMENTS


def _complain(session: Session, reference: Reference, outcome: Outcome) -> None:
    """Say why an identifier gives no item, or an old one."""
    from lupusrefs.model.outcome import Resolved  # noqa: PLC0415 - as above
    from lupusrefs.reports.wire import resolved_reference  # noqa: PLC0415 - seldom

    row = resolved_reference(reference, outcome)
    if row.error is None and isinstance(outcome, Resolved):
        return
    message = row.error.message if row.error else f"it is {row.status}"
    kind = "warning" if isinstance(outcome, Resolved) else "error"
    session.terminal.say(messages.note(kind, f"{reference.id}: {message}"))
    if row.error and row.error.hint:
        session.terminal.say(messages.note("hint", row.error.hint))
