"""What a fix would change, in words."""

from __future__ import annotations

from lupusrefs.findings import Change, Fix
from lupusrefs.model.dates import Date
from lupusrefs.reports.marking import one_line


def in_words(fix: Fix) -> str:
    """What it sets and removes: "set volume to 28, set issue to 10"."""
    return one_line(", ".join(map(_change, fix.changes)))


def safety(fix: Fix) -> str:
    """``safe`` or ``proposed``."""
    return "safe" if fix.safe else "proposed"


def _change(change: Change) -> str:
    match change.value:
        case None:
            return f"remove {change.variable}"
        case tuple() as names:
            value = "; ".join(map(str, names))
        case Date() | str() as value:
            value = str(value)
    return f"set {change.variable} to {value}"
