"""The check report in JUnit's XML: a suite for each file, a case for each reference.

There is no schema that all readers share; members are those that Jenkins, GitLab and
GitHub reads. There are no times, so that the same findings give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from lupusrefs.findings import Finding, Severity
from lupusrefs.model.location import Location
from lupusrefs.model.outcome import Unavailable
from lupusrefs.policy import UNKNOWN
from lupusrefs.reports.checked import Checked
from lupusrefs.reports.evidence import evidence_line
from lupusrefs.reports.mending import in_words, safety
from lupusrefs.reports.summary import REASONS
from lupusrefs.reports.tally import reason_not_compared

# What XML 1.0 cannot hold, not even as a reference (section 2.2, "Char").
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME: Final = "lupusrefs"


def to_junit(
    checked: Iterable[Checked],
    general: Iterable[Finding] = (),
    *,
    fail_on: Severity = Severity.ERROR,
) -> str:
    """The whole document.

    Args:
        checked: the references.
        general: findings that belong to no reference; each is a case.
        fail_on: findings of this severity and worse are failures, others are output.
    """
    suites: dict[str, ET.Element] = {}
    for one in checked:
        place = one.reference.location
        case = _case(_suite(suites, place), one.reference.id, place)
        _fill(case, one.findings, fail_on)
        _add_rest(case, one)
    for found in general:
        case = _case(_suite(suites, found.location), found.rule.id, found.location)
        _fill(case, [found], fail_on)
    root = ET.Element("testsuites", name=_NAME)
    root.extend(suites.values())
    for suite in suites.values():
        _count(suite, list(suite))
    _count(root, list(root.iter("testcase")))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(suites: dict[str, ET.Element], place: Location | None) -> ET.Element:
    name = _clean(place.file) if place else _NAME
    if name not in suites:
        suites[name] = ET.Element("testsuite", name=name)
    return suites[name]


def _case(suite: ET.Element, name: str, place: Location | None) -> ET.Element:
    case = ET.SubElement(
        suite, "testcase", name=_clean(name), classname=suite.attrib["name"]
    )
    if place is not None:
        case.set("file", _clean(place.file))
        if place.line:
            case.set("line", str(place.line))
    return case


def _fill(case: ET.Element, findings: Sequence[Finding], fail_on: Severity) -> None:
    """One failure for all that fails: readers show only the first of several."""
    failing: list[Finding] = []
    others: list[Finding] = []
    for one in findings:
        fails = one.severity.is_at_least(fail_on) and one.rule.id != UNKNOWN
        (failing if fails else others).append(one)
    if failing:
        more = f" (and {len(failing) - 1} more)" if len(failing) > 1 else ""
        failure = ET.SubElement(
            case,
            "failure",
            type=failing[0].rule.id,
            message=_clean(f"{failing[0].message}{more}"),
        )
        failure.text = _text(failing)
    if others:
        ET.SubElement(case, "system-out").text = _text(others)


def _add_rest(case: ET.Element, checked: Checked) -> None:
    """That it was not compared, what is ignored, and the evidence."""
    outcome = checked.outcome
    reason = reason_not_compared(checked)
    # Silence is not agreement (comparison.md, P9): such a case has not passed.
    if reason is not None and case.find("failure") is None:
        message = f"not compared: {REASONS[reason]}"
        if isinstance(outcome, Unavailable):
            message += f": {outcome.error}"
        case.insert(0, ET.Element("skipped", message=_clean(message)))
    lines = [
        f"ignored ({one.source}): {one.finding.rule.id}: {one.finding.message}: "
        f"{one.reason}\n"
        for one in checked.ignored
    ]
    if checked.findings and (line := evidence_line(checked)):
        lines.append(f"{line}\n")
    if lines:
        out = case.find("system-out")
        if out is None:
            out = ET.SubElement(case, "system-out")
        out.text = _clean((out.text or "\n") + "".join(lines))


def _text(findings: Iterable[Finding]) -> str:
    lines = (line for found in findings for line in _lines(found))
    return _clean("\n" + "".join(f"{line}\n" for line in lines))


def _lines(found: Finding) -> Iterator[str]:
    place = f"{found.location}: " if found.location else ""
    yield f"{place}{found.severity}: {found.rule.id}: {found.message}"
    if found.cited is not None:
        yield f"  cited:      {found.cited}"
    if found.registered is not None:
        yield f"  registered: {found.registered}"
    if found.hint:
        yield f"  hint:       {found.hint}"
    if found.fix:
        yield f"  fix:        {in_words(found.fix)} ({safety(found.fix)})"


def _count(element: ET.Element, cases: Sequence[ET.Element]) -> None:
    element.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("skipped", "skipped")):
        element.set(name, str(sum(case.find(tag) is not None for case in cases)))
    element.set("errors", "0")


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
