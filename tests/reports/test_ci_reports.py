"""The check report as JUnit XML, GitHub annotations and Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

from lupusrefs.findings import Finding, Severity
from lupusrefs.model.location import Location
from lupusrefs.reports.check_data import csv_lines, jsonl_lines, to_json
from lupusrefs.reports.check_wire import check_report
from lupusrefs.reports.checked import Checked
from lupusrefs.reports.findings_console import check_text
from lupusrefs.reports.github import to_github
from lupusrefs.reports.html import to_html
from lupusrefs.reports.junit import to_junit
from lupusrefs.reports.markdown import to_markdown
from lupusrefs.reports.sarif import to_sarif
from reports.samples import CheckedSample, clean, found, general, library, mackensen

EVIL = "a\n::error::b|c@d <script>`*[x](y)`</script> 50% \x1b[2J\x00 #1 {z}"


def evil() -> CheckedSample:
    """A reference whose every text tries to break out."""
    bad = found(
        "title-word-changed",
        EVIL,
        EVIL,
        cited=EVIL,
        registered=f"{EVIL} more",
        hint=EVIL,
        location=Location("a,b:c.bib", 3, 4),
    )
    sample = clean()
    reference = sample.reference.model_copy(update={"id": EVIL, "title": EVIL})
    return replace(sample, reference=reference, findings=(bad,))


def junit(*samples: CheckedSample, fail_on: Severity = Severity.ERROR) -> ET.Element:
    """The parsed document."""
    text = to_junit(samples, general(), fail_on=fail_on)
    return ET.fromstring(text)  # noqa: S314 - our own document


def test_junit_has_a_suite_for_each_file() -> None:
    """A case for each reference, with counts that add up."""
    root = junit(*library())
    assert [suite.get("name") for suite in root] == [
        "refs/lupus list.yaml",
        "other.bib",
        "lupusrefs.toml",
    ]
    assert dict(root.attrib) == {
        "name": "lupusrefs",
        "tests": "7",
        "failures": "1",
        "skipped": "2",
        "errors": "0",
    }
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert cases["mackensen2022"].get("line") == "3"
    assert len(cases["clean1"]) == 0


def test_junit_fails_from_the_severity_on() -> None:
    """Errors fail by default; with `warning` also these; the rest is output."""
    failing = {
        severity: [
            case.get("name")
            for case in junit(*library(), fail_on=severity).iter("testcase")
            if case.find("failure") is not None
        ]
        for severity in Severity
    }
    assert failing[Severity.ERROR] == ["made-up"]
    assert failing[Severity.WARNING] == [
        "mackensen2022",
        "wakefield1998",
        "made-up",
        "ignore-unused",
    ]
    # Nobody could be asked about it: that is skipped, however little is let pass.
    assert "unknown2020" not in failing[Severity.INFO]
    case = junit(mackensen(), fail_on=Severity.INFO)[0][0]
    failures = case.findall("failure")
    assert len(failures) == 1
    assert failures[0].get("type") == "author-given-mismatch"
    assert (failures[0].get("message") or "").endswith("Andreas (and 2 more)")
    assert "registered: Mackensen, Andreas" in (failures[0].text or "")


def test_junit_skips_what_was_not_compared() -> None:
    """Silence is not agreement: such a case has not passed."""
    cases = {case.get("name"): case for case in junit(*library()).iter("testcase")}
    skipped = {
        name: one.get("message")
        for name, case in cases.items()
        if (one := case.find("skipped")) is not None
    }
    assert skipped == {
        "unknown2020": "not compared: could not be asked about: no connection",
        "book": "not compared: without an identifier",
    }
    assert "ignored (entry): retracted" in (
        cases["wakefield1998"].findtext("system-out") or ""
    )


def test_junit_survives_any_text() -> None:
    """Control characters and half surrogates are no XML, not even escaped."""
    broken = replace(evil(), findings=(found("retracted", "k", "\ud800 \ufffe \x0b"),))
    assert junit(evil(), broken).get("failures") == "1"


def test_github_annotates_the_worst_first() -> None:
    """Level, place and title; commas, colons and line ends are escaped."""
    lines = to_github(library(), general()).splitlines()
    assert [line.split()[0] for line in lines[:7]] == [
        "::error",
        "::warning",
        "::warning",
        "::warning",
        "::notice",
        "::notice",
        "::notice",
    ]
    assert lines[2] == (
        "::warning file=refs/lupus list.yaml,line=22,col=11,"
        "title=year-mismatch%3A wakefield1998::the year is cited as 1999, and "
        "registered as 1998%0Acited: 1999%0Aregistered: 1998"
    )
    assert lines[7] == "1 error, 3 warnings, 3 infos"
    assert "3 works checked for retraction as of 2026-11-22" in lines[9]


def test_github_takes_no_command_from_a_reference() -> None:
    """Text of files and registries never begins a line."""
    lines = to_github([evil()]).splitlines()
    assert sum(line.startswith("::") for line in lines) == 1
    assert "file=a%2Cb%3Ac.bib,line=3,col=4," in lines[0]
    assert "50%25" in lines[0]
    assert "\x1b" not in lines[0]


def test_github_has_no_place_for_what_is_no_file() -> None:
    """Standard input cannot be annotated; a file as a whole has no line."""
    bad = found("retracted", "k", "m", location=Location("-", 1, 1))
    whole = found("retracted", "k", "m", location=Location.of_file("a.bib"))
    lines = to_github([replace(clean(), findings=(bad, whole))]).splitlines()
    assert lines[0] == "::error title=retracted%3A k::m"
    assert lines[1] == "::error file=a.bib,title=retracted%3A k::m"
    assert to_github([clean()]).startswith("nothing found\n1 reference, compared\n")


def test_markdown_shows_numbers_and_marked_words() -> None:
    """A table of errors and warnings, the infos folded, differing words marked."""
    text = to_markdown(library(), general())
    assert text.startswith("## References\n\n**1 error, 3 warnings, 3 infos**\n\n- 6 ")
    assert "Mackensen, <del>D</del>; Müller, F" in text
    assert "Mackensen, <ins>Andreas</ins>; Müller, Fabian" in text
    assert "[mackensen2022](https://doi.org/10.1038/s41591-022-02017-5)<br>" in text
    assert "<details><summary>3 infos</summary>" in text
    assert to_markdown([clean()]).count("\n") == 6
    assert "**Nothing found**" in to_markdown([clean()])


def test_markdown_renders_as_tables() -> None:
    """A parser of GitHub's tables sees each row with its four cells."""
    html = MarkdownIt("gfm-like", {"linkify": False}).render(
        to_markdown([*library(), evil()], general())
    )
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    assert len(rows) == 2 + 5 + 3
    assert all(len(re.findall(r"<t[hd][ >]", row)) == 4 for row in rows)
    assert "<script" not in html
    assert "<a href" in html


def test_markdown_pings_nobody() -> None:
    """Mentions and issue numbers in a cited title are text."""
    text = to_markdown([evil()])
    assert "@" not in text
    assert "&#64;d" in text
    assert "&#35;1" in text


def test_markdown_has_a_limit() -> None:
    """A comment holds 65,536 characters: what does not fit is counted."""
    samples = [mackensen() for _ in range(400)]
    text = to_markdown(samples)
    assert len(text) <= 60_000
    last = text.rstrip().rpartition("\n")[2]
    left = int(re.sub(r"\D", "", last))
    assert (
        left
        + text.count("author-given-mismatch")
        + text.count("`corrected`")
        + (text.count("`field-missing`"))
        == 1_200
    )


def test_general_findings_are_asked_for_last() -> None:
    """Which ignores ignored nothing is known only when the last reference has come."""
    writers: list[Callable[[Iterable[Checked], Iterable[Finding]], object]] = [
        lambda checked, late: check_text(checked, late, to_file=True),
        lambda checked, late: "".join(csv_lines(checked, late)),
        lambda checked, late: "".join(jsonl_lines(checked, late)),
        lambda checked, late: to_json(check_report(checked, late)),
        to_github,
        to_html,
        to_junit,
        to_markdown,
        to_sarif,
    ]
    for write in writers:
        come: list[Finding] = []

        def references(come: list[Finding] = come) -> Iterator[Checked]:
            yield from library()
            come.extend(general())

        text = write(references(), (one for one in come))
        assert "ignore-unused" in str(text)
