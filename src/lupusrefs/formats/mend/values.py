"""What a reference says once changes are made, and whether a value is there already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from lupusrefs.findings import Change, Value
from lupusrefs.formats.equivalence import same_value
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.markup import plain
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import field_name

# A reader puts English titles into sentence case, so that capitals are the file's.
_TITLES: Final = frozenset(("title", "title-short", "volume-title"))


def changed(reference: Reference, changes: Iterable[Change]) -> Reference:
    """The reference as it is to be."""
    update: dict[str, object] = {}
    for change in changes:
        name = field_name(change.variable)
        nothing = (
            type(reference).model_fields[name].get_default(call_default_factory=True)
        )
        update[name] = nothing if change.value is None else change.value
    return reference.model_copy(update=update)


def needed(reference: Reference, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes without those that would change nothing."""
    return tuple(
        change
        for change in changes
        if not says(reference, change.variable, change.value)
        or _is_respelt(reference, change)
    )


def _is_respelt(reference: Reference, change: Change) -> bool:
    """Whether a DOI is to go without a resolver and the like; capitals are the same."""
    if change.variable != "DOI" or not isinstance(change.value, str):
        return False
    return fold(reference.doi or "") != fold(change.value)


def says(reference: Reference, variable: str, value: object) -> bool:
    """Whether the reference says this already, but for how a format spells it."""
    return is_same(variable, getattr(reference, field_name(variable)), value)


def is_same(variable: str, before: object, after: object) -> bool:
    """Whether two values of a variable are one, capitals of titles aside."""
    if not before or not after:
        return not before and not after
    if isinstance(before, str) and isinstance(after, str):
        before, after = before.strip(), after.strip()
        if variable in _TITLES:
            before, after = (plain(text).casefold() for text in (before, after))
    return same_value(variable, before, after)


def shown(value: Value | None) -> str:
    """A value in one line, for messages.

    >>> shown(None)
    'nothing'
    """
    match value:
        case None:
            return "nothing"
        case tuple():
            return "; ".join(map(str, value))
        case _:
            return str(value)


def variables(changes: Sequence[Change]) -> frozenset[str]:
    """What is changed."""
    return frozenset(change.variable for change in changes)
