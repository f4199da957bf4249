"""The check report in SARIF 2.1.0."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from pydantic_sarif.model import (  # type: ignore[import-untyped]  # has no py.typed
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as Log,
)

from lupusrefs.findings import RULES
from lupusrefs.formats.text import SourceText
from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Location, Span
from lupusrefs.reports.sarif import to_sarif
from reports.samples import (
    FILE,
    CheckedSample,
    clean,
    found,
    general,
    library,
    mackensen,
)

# Every line 100 characters long, as the places of the samples assume.
TEXT = ("x" * 99 + "\n") * 60


def run_of(*samples: CheckedSample, **more: Any) -> Any:
    """The only run of a log, after the models of SARIF's schema have read it."""
    text = to_sarif(samples, **more)
    # Generated from the schema of the standard; all their objects are closed.
    Log.model_validate_json(text)
    return json.loads(text)["runs"][0]


def test_the_whole_log_fits_the_schema() -> None:
    """Everything that the samples have at once, and the bare minimum."""
    sources = {FILE: SourceText(FILE, TEXT)}
    run = run_of(*library(), general=general(), sources=sources)
    assert len(run["results"]) == 9
    assert run_of()["results"] == []


def test_rules_explain_themselves() -> None:
    """Every rule with level, words and where to read more; results point there."""
    run = run_of(*library())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    one = rules[run["results"][0]["ruleIndex"]]
    assert one["name"] == "AuthorGivenMismatch"
    assert one["shortDescription"]["text"] == "A given name or initial differs."
    assert "lupusrefs explain author-given-mismatch" in one["help"]["text"]
    assert "docs/rules.md#author-given-mismatch" in one["help"]["markdown"]
    assert one["defaultConfiguration"]["level"] == "warning"
    assert one["properties"]["problem.severity"] == "warning"
    levels = {rule["defaultConfiguration"]["level"] for rule in rules}
    assert levels == {"error", "warning", "note"}


def test_places_are_addresses_and_regions() -> None:
    """Blanks are escaped, paths relative to the checkout, columns in characters."""
    run = run_of(mackensen(), sources={FILE: SourceText(FILE, TEXT)})
    assert run["columnKind"] == "unicodeCodePoints"
    place = run["results"][0]["locations"][0]
    assert place["physicalLocation"] == {
        "artifactLocation": {
            "uri": "refs/lupus%20list.yaml",
            "uriBaseId": "%SRCROOT%",
            "index": 0,
        },
        "region": {
            "startLine": 6,
            "startColumn": 9,
            "endLine": 6,
            "endColumn": 32,
            "charOffset": 508,
            "charLength": 23,
        },
    }
    assert place["logicalLocations"][0]["name"] == "mackensen2022"
    assert run["artifacts"][0]["location"]["uri"] == "refs/lupus%20list.yaml"


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("refs.bib", "refs.bib"),
        ("./a/b.bib", "a/b.bib"),
        ("../b.bib", "../b.bib"),
        ("über 50%#?.bib", "%C3%BCber%2050%25%23%3F.bib"),
        ("c:d.bib", "c%3Ad.bib"),
        ("/srv/a b.bib", "file:///srv/a%20b.bib"),
    ],
)
def test_addresses(file: str, address: str) -> None:
    """A path becomes a reference that no reader takes for something else (RFC 3986)."""
    sample = clean()
    bad = found("year-mismatch", "k", "m", location=Location(file, 1, 1))
    run = run_of(replace(sample, findings=(bad,)))
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == address
    assert unquote(address).endswith(file.lstrip("./"))


@pytest.mark.parametrize("file", ["-", "<arguments>"])
def test_what_is_no_file_has_no_address(file: str) -> None:
    """Standard input and arguments: the key is the only place."""
    place = Location(file, 1, 1, Span(0, 4))
    bad = replace(mackensen().findings[2], location=place, related=(place,))
    run = run_of(replace(clean(), findings=(bad,), edits={0: (Edit(Span(0, 0), "x"),)}))
    result = run["results"][0]
    assert "physicalLocation" not in result["locations"][0]
    assert "relatedLocations" not in result
    assert "fixes" not in result
    assert run["artifacts"] == []


def test_a_file_as_a_whole_has_no_region() -> None:
    """Line 0 means the file; SARIF counts from 1."""
    bad = found("year-mismatch", "k", "m", location=Location.of_file("a.bib"))
    run = run_of(replace(clean(), findings=(bad,)))
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert "region" not in place


def test_fixes_replace_and_insert() -> None:
    """Offsets with and without the text of the file; an insertion deletes nothing."""
    run = run_of(mackensen(), sources={FILE: SourceText(FILE, TEXT)})
    fix = run["results"][2]["fixes"][0]
    assert fix["description"]["text"] == "as registered (safe)"
    assert fix["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {
                "startLine": 5,
                "startColumn": 1,
                "endLine": 5,
                "endColumn": 1,
                "charOffset": 400,
                "charLength": 0,
            },
            "insertedContent": {"text": "    page: 2124-2132\n"},
        }
    ]
    bare = run_of(mackensen())["results"][0]["fixes"][0]["artifactChanges"][0]
    assert bare["replacements"][0]["deletedRegion"] == {
        "charOffset": 508,
        "charLength": 23,
    }
    assert "fixes" not in run["results"][1]


def test_applying_the_fixes_mends_the_text() -> None:
    """What a reader of the log makes of the regions is what the edits make."""
    text = "a: 1\nböse: 𝔘x\r\nc: 3\n"
    start = text.index("x")
    edits = (Edit(Span(start, start + 1), "y"), Edit(Span(len(text), len(text)), "d"))
    bad = replace(mackensen().findings[2], location=Location("a.yaml", 2, 1))
    sample = replace(clean(), findings=(bad,), edits={0: edits})
    run = run_of(sample, sources={"a.yaml": SourceText("a.yaml", text)})
    change = run["results"][0]["fixes"][0]["artifactChanges"][0]
    lines = text.splitlines(keepends=True)
    mended = text
    for one in reversed(change["replacements"]):
        region = one["deletedRegion"]
        first = sum(map(len, lines[: region["startLine"] - 1]))
        assert first + region["startColumn"] - 1 == region["charOffset"]
        last = sum(map(len, lines[: region["endLine"] - 1])) + region["endColumn"] - 1
        assert last - region["charOffset"] == region["charLength"]
        new = one["insertedContent"]["text"]
        mended = mended[: region["charOffset"]] + new + mended[last:]
    assert mended == "a: 1\nböse: 𝔘y\r\nc: 3\nd"


def test_fingerprints_are_stable_and_told_apart() -> None:
    """Moving a finding keeps its fingerprint; two of one kind are counted."""
    first = mackensen()
    moved = replace(
        first,
        findings=tuple(
            replace(one, location=Location(FILE, 900, 1)) for one in first.findings
        ),
    )
    marks = [
        result["partialFingerprints"]
        for result in run_of(first, moved)["results"]
        if result["ruleId"] == "author-given-mismatch"
    ]
    assert marks[0]["lupusrefs/1"] == marks[1]["lupusrefs/1"]
    github = [mark["primaryLocationLineHash"] for mark in marks]
    assert [mark.rpartition(":")[2] for mark in github] == ["1", "2"]


def test_ignored_findings_are_suppressed() -> None:
    """In the file or outside it, with the reason; all others have none."""
    run = run_of(*library())
    suppressed = {
        result["ruleId"]: result["suppressions"]
        for result in run["results"]
        if result["suppressions"]
    }
    assert suppressed == {
        "doi-alias": [
            {
                "kind": "external",
                "justification": "known (config)",
            }
        ],
        "retracted": [
            {
                "kind": "inSource",
                "justification": "cited as an example of a retraction (entry)",
            }
        ],
    }
    assert all("suppressions" in result for result in run["results"])


def test_what_was_not_asked_is_a_notification() -> None:
    """Ignorance is no result: it stands with the invocation, at its place."""
    notes = run_of(*library())["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == ["unknown2020: no connection"]
    assert notes[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 40


def test_related_places_are_numbered() -> None:
    """The first of two duplicates is named."""
    results = run_of(*library())["results"]
    related = [one["relatedLocations"] for one in results if "relatedLocations" in one]
    assert related[0][0]["id"] == 1
    assert related[0][0]["physicalLocation"]["region"]["startLine"] == 44


def test_messages_hold_no_placeholder_and_no_link() -> None:
    """Braces are doubled and what looks like a link is escaped (3.11.5, 3.11.6)."""
    bad = found("year-mismatch", "k", "the {BRCA1} gene [see](1) and [3] {0}")
    text = run_of(replace(clean(), findings=(bad,)))["results"][0]["message"]["text"]
    assert text == r"k: the {{BRCA1}} gene \[see](1) and [3] {{0}}."


def test_half_a_surrogate_pair_is_escaped() -> None:
    """Broken text of a registry does not stop the report from being written."""
    bad = found("year-mismatch", "k", "m", registered="a\ud800b")
    text = to_sarif([replace(clean(), findings=(bad,))])
    assert text.encode("utf-8")
    result = json.loads(text)["runs"][0]["results"][0]
    assert result["properties"]["registered"] == "a\ud800b"


def test_evidence_is_in_the_properties() -> None:
    """Cited, registered, who said so and when."""
    properties = run_of(mackensen())["results"][0]["properties"]
    assert properties == {
        "confidence": "certain",
        "field": "author",
        "cited": "Mackensen, D; Müller, F",
        "registered": "Mackensen, Andreas; Müller, Fabian",
        "agency": "Crossref",
        "answeredBy": "crossref",
        "fetched": "2026-11-22T12:30:00Z",
        "recordPath": "message.author",
    }
