"""The check report in SARIF 2.1.0 (OASIS, with errata 01), for code hosts and editors.

Numbers in brackets are sections of the standard. There is no time in it: the same
findings give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from pydantic import JsonValue

from lupusrefs import __version__
from lupusrefs.findings import RULES, Finding, Rule, Severity
from lupusrefs.fingerprints import VERSION, fingerprint
from lupusrefs.formats.text import SourceText
from lupusrefs.model.edit import Edit
from lupusrefs.model.outcome import Unavailable
from lupusrefs.policy import Ignored
from lupusrefs.reports.checked import Checked
from lupusrefs.reports.evidence import source_of
from lupusrefs.reports.sarif_places import BASE, Json, Places, is_file
from lupusrefs.rule_texts import rule_texts

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)
_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}
# Not of the standard: what GitHub ranks results by.
_PROBLEM_SEVERITY: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}
_NUMBERS: Final = {id_: number for number, id_ in enumerate(RULES)}
_LINK: Final = re.compile(r"\[(?=[^\[\]]*\]\()")
# The fingerprint by which GitHub knows a result again; it would else hash the line.
_GITHUB: Final = "primaryLocationLineHash"
_NOT_ASKED: Final = "not-asked"
_NO_SOURCES: Final[Mapping[str, SourceText]] = MappingProxyType({})


def to_sarif(
    checked: Iterable[Checked],
    general: Iterable[Finding] = (),
    sources: Mapping[str, SourceText] = _NO_SOURCES,
) -> str:
    """The whole log file.

    Args:
        checked: the references.
        general: findings that belong to no reference.
        sources: path -> text of the file, so that fixes have lines and columns.
    """
    run = _Run(sources)
    for one in checked:
        run.add(one)
    run.results += (run.result(found) for found in general)
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run.to_json()]}
    text = json.dumps(log, indent=2, ensure_ascii=False)
    # Half a surrogate pair is no text; its escape is the one of JSON as well.
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


class _Run:
    """One run (3.14)."""

    def __init__(self, sources: Mapping[str, SourceText]) -> None:
        self._places = Places(sources)
        self._seen: Counter[str] = Counter()
        self._notifications: list[JsonValue] = []
        self.results: list[JsonValue] = []

    def add(self, checked: Checked) -> None:
        """Add the results of a reference."""
        outcome = checked.outcome
        for number, found in enumerate(checked.findings):
            edits = checked.edits.get(number, ())
            self.results.append(self.result(found, checked, edits))
        for ignored in checked.ignored:
            result = self.result(ignored.finding, checked)
            result["suppressions"] = [_suppression(ignored)]
            self.results.append(result)
        if isinstance(outcome, Unavailable):
            self._notifications.append(self._notification(checked, outcome))

    def to_json(self) -> Json:
        """The run, once everything is added."""
        return {
            "tool": {"driver": _driver()},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                BASE: {"description": {"text": "the folder lupusrefs was run in"}}
            },
            "invocations": [
                {
                    "executionSuccessful": True,
                    "toolExecutionNotifications": self._notifications,
                }
            ],
            "artifacts": self._places.artifacts(),
            "results": self.results,
        }

    def result(
        self,
        found: Finding,
        checked: Checked | None = None,
        edits: Sequence[Edit] = (),
    ) -> Json:
        """One finding (3.27)."""
        result: Json = {
            "ruleId": found.rule.id,
            "ruleIndex": _NUMBERS[found.rule.id],
            "level": _LEVELS[found.severity],
            "message": {"text": _message(found)},
            "locations": [self._places.location(found.location, found.key)],
            "partialFingerprints": self._fingerprints(found),
            # Where one result of a run has this, all have it (3.27.23).
            "suppressions": [],
            "properties": dict(_properties(found, checked)),
        }
        related = [place for place in found.related if is_file(place.file)]
        if related:
            result["relatedLocations"] = [
                self._places.related(number, place)
                for number, place in enumerate(related, 1)
            ]
        place = found.location
        if found.fix and edits and place is not None and is_file(place.file):
            what = "safe" if found.fix.safe else "to be looked at first"
            result["fixes"] = [
                {
                    "description": {"text": f"as registered ({what})"},
                    "artifactChanges": [self._places.change(place.file, edits)],
                }
            ]
        return result

    def _fingerprints(self, found: Finding) -> dict[str, JsonValue]:
        mark = fingerprint(found)
        self._seen[mark] += 1
        return {VERSION: mark, _GITHUB: f"{mark}:{self._seen[mark]}"}

    def _notification(self, checked: Checked, outcome: Unavailable) -> Json:
        """A registry could not be asked (3.58): no verdict; its result is a note."""
        reference = checked.reference
        return {
            "descriptor": {"id": _NOT_ASKED},
            "level": "warning",
            "message": {"text": _escaped(f"{reference.id}: {outcome.error}")},
            "locations": [self._places.location(reference.location, reference.id)],
        }


def _driver() -> Json:
    """The program and all its rules (3.19)."""
    return {
        "name": "lupusrefs",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in RULES.values()],
        "notifications": [
            {
                "id": _NOT_ASKED,
                "shortDescription": {"text": "A registry could not be asked."},
            }
        ],
    }


def _rule(rule: Rule) -> Json:
    """One rule (3.49)."""
    summary = f"{rule.summary[0].upper()}{rule.summary[1:]}."
    text = rule_texts()[rule.id]
    more = f"`lupusrefs explain {rule.id}`; with an example: `{rule.docs}`"
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": text.why},
        "help": {
            "text": f"{text.why}\n\nSilent when: {text.silent}\n\n"
            f"What to do: {text.mend}\n\n{more}",
            "markdown": f"{text.why}\n\n*Silent when:* {text.silent}\n\n"
            f"*What to do:* {text.mend}\n\n{more}",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": ["citation", rule.group],
            "problem.severity": _PROBLEM_SEVERITY[rule.severity],
        },
    }


def _message(found: Finding) -> str:
    hint = f" Hint: {found.hint}." if found.hint else ""
    return _escaped(f"{found.key}: {found.message}.{hint}")


def _escaped(text: str) -> str:
    """Without what a message takes for a placeholder (3.11.5) or a link (3.11.6)."""
    text = text.replace("{", "{{").replace("}", "}}")
    return _LINK.sub(r"\\[", text)


def _properties(found: Finding, checked: Checked | None) -> Iterator[tuple[str, str]]:
    """The evidence; a property bag may hold anything (3.8)."""
    yield "confidence", found.confidence
    for name in ("field", "cited", "registered"):
        if (value := getattr(found, name)) is not None:
            yield name, value
    if checked is not None and (source := source_of(checked)) is not None:
        if source.agency is not None:
            yield "agency", source.agency
        yield "answeredBy", source.answered_by
        yield "fetched", source.fetched.isoformat().replace("+00:00", "Z")
    if found.evidence is not None and found.evidence.path is not None:
        yield "recordPath", found.evidence.path


def _suppression(ignored: Ignored) -> Json:
    """Why a result does not count (3.35).

    It has no status, which schemas before errata 01 call "state": so it is accepted.
    """
    return {
        "kind": "inSource" if ignored.source == "entry" else "external",
        "justification": f"{ignored.reason} ({ignored.source})",
    }
