"""Findings as annotations of a GitHub workflow, one line each.

Source: GitHub Docs, "Workflow commands for GitHub Actions": ``::error file=..::text``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from lupusrefs.findings import Finding, Severity
from lupusrefs.model.location import Location
from lupusrefs.reports import summary
from lupusrefs.reports.checked import Checked
from lupusrefs.reports.marking import one_line
from lupusrefs.reports.sarif_places import is_file
from lupusrefs.reports.tally import Tally

_COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
# The percent sign goes first. actions/toolkit, "command.ts": escapeData, and with
# colon and comma escapeProperty.
_DATA: Final = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_PROPERTY: Final = (*_DATA, (":", "%3A"), (",", "%2C"))


def to_github(checked: Iterable[Checked], general: Iterable[Finding] = ()) -> str:
    """An annotation for each finding, the worst first, and a summary for the log.

    GitHub shows the first ten of each kind of a step; the log has all of them.
    """
    tally = Tally()
    findings = [found for one in tally.counting(checked) for found in one.findings]
    general = tuple(general)
    findings += general
    tally.add_findings(general)
    # Sorting keeps the order of the file within a severity.
    findings.sort(key=lambda found: found.severity.rank)
    facts = (
        ", ".join(words for _, words in summary.severities(tally)) or "nothing found",
        summary.coverage(tally),
        summary.status_check(tally),
        summary.ignored(tally),
    )
    lines = [*map(_annotation, findings), *filter(None, facts)]
    return "".join(f"{line}\n" for line in lines)


def _annotation(found: Finding) -> str:
    properties = [*_place(found.location), ("title", f"{found.rule.id}: {found.key}")]
    joined = ",".join(
        f"{name}={_escaped(one_line(value), _PROPERTY)}" for name, value in properties
    )
    lines = [one_line(found.message)]
    if found.cited is not None:
        lines.append(f"cited: {one_line(found.cited)}")
    if found.registered is not None:
        lines.append(f"registered: {one_line(found.registered)}")
    if found.hint:
        lines.append(f"hint: {one_line(found.hint)}")
    message = _escaped("\n".join(lines), _DATA)
    return f"::{_COMMANDS[found.severity]} {joined}::{message}"


def _place(location: Location | None) -> list[tuple[str, str]]:
    """Where, for GitHub to find it in the diff: paths below the checked-out folder."""
    if location is None or not is_file(location.file):
        return []
    place = [("file", location.file.replace("\\", "/"))]
    # A line of a page is none of the file.
    if location.line and not location.page:
        place += [("line", str(location.line)), ("col", str(location.column))]
    return place


def _escaped(text: str, table: Sequence[tuple[str, str]]) -> str:
    for character, escape in table:
        text = text.replace(character, escape)
    return text
