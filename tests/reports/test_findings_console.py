"""The check report at a terminal and in a pipe."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from lupusrefs.findings import Severity
from lupusrefs.model.location import Location
from lupusrefs.model.outcome import NoMetadata
from lupusrefs.model.work import Provenance
from lupusrefs.reports.findings_console import check_text, print_check
from reports.samples import (
    FETCHED,
    CheckedSample,
    clean,
    found,
    general,
    library,
    mackensen,
    unavailable,
)


def on_terminal(width: int, samples: list[CheckedSample], **more: object) -> str:
    """The report on a colour terminal of a width."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=True,
        color_system="standard",
        highlight=False,
        legacy_windows=False,
        **more,  # type: ignore[arg-type]
    )
    print_check(console, samples)
    return out.getvalue()


def test_a_finding_in_a_pipe() -> None:
    """Place, severity, rule, both sides with marks, hint, fix and evidence."""
    assert check_text([mackensen()]) == (
        "mackensen2022  Mackensen, Müller 2022. Anti-CD19 CAR T cell therapy for "
        "refractory systemic lupus erythematos…\n"
        "  refs/lupus list.yaml:5:9: warning: author-given-mismatch\n"
        "      author 1 is cited as Mackensen, D, and registered as Mackensen, "
        "Andreas\n"
        "      cited       Mackensen, [-D-]; Müller, F\n"
        "      registered  Mackensen, {+Andreas+}; Müller, Fabian\n"
        "      hint        look at the title page: a registry can be wrong, too\n"
        "      fix         set author to Andreas Mackensen; Fabian Müller (proposed)\n"
        "  refs/lupus list.yaml:3:3: info: corrected: a correction has been "
        "registered: 10.1038/s41591-022-02091-9\n"
        "  refs/lupus list.yaml:3:3: info: field-missing: pages are registered "
        "(2124–2132) and not cited [safe fix]\n"
        "  10.1038/s41591-022-02017-5 is registered with Crossref (crossref, "
        "2026-11-22)\n"
        "\n"
        "1 warning, 2 infos\n"
        "1 safe fix: `lupusrefs fix --write`; 1 fix to look at first: "
        "`lupusrefs fix --unsafe`\n"
        "1 reference, compared\n"
        "1 work checked for retraction as of 2026-11-22 (crossref 1)\n"
        "ignored: 1 by the configuration\n"
    )


def test_a_clean_list_is_one_line() -> None:
    """Nothing found: how many, that all were compared, and how far that goes."""
    assert check_text([clean(number) for number in range(3)]) == (
        "3 references, all compared; nothing found; 3 works checked for retraction as "
        "of 2026-11-22 (crossref 3)\n"
    )
    assert check_text([]) == "no references; nothing found\n"


def test_what_was_not_compared_is_told() -> None:
    """Silence is not agreement: why references were not compared, in words (P9)."""
    text = check_text(library(), general())
    assert (
        "6 references, 3 compared; not compared: 1 not registered, 1 without an "
        "identifier, 1 could not be asked about\n"
    ) in text
    assert (
        "3 works checked for retraction as of 2026-11-22 (crossref 3); unknown " in text
    )
    assert "ignored: 1 by the configuration, 1 by the entry itself\n" in text
    assert "lupusrefs.toml:7:1: warning: ignore-unused\n" in text
    only = check_text([unavailable()])
    assert "no work was checked for retraction" in only
    bare = replace(clean(), comparison=None)
    assert "0 compared; not compared: 1 with too little to compare" in check_text(
        [bare]
    )


def test_infos_are_one_line_each() -> None:
    """An info shows no sides unless asked; then also why values are equivalent."""
    assert "      registered  10.1038/s41591-022-02091-9" not in check_text(
        [mackensen()]
    )
    text = check_text(library(), verbose=True)
    assert "  equivalent: container-title: abbreviation of Nature Medicine\n" in text
    assert "  compared: title, author, issued, container-title; absent: page\n" in text
    assert "  ignored (entry): retracted: the work has been retracted: " in text


def test_values_that_the_message_quotes_are_not_repeated() -> None:
    """A year is shown once, in the sentence."""
    text = check_text(library())
    start = text.index("wakefield1998")
    block = text[start : text.index("\n\n", start)]
    assert "warning (likely): year-mismatch" in block
    assert block.count("1999") == 2  # the heading and the sentence
    assert "cited  " not in block


def test_colours_on_a_terminal() -> None:
    """Differing words are bold, red or green, without brackets."""
    text = on_terminal(100, [mackensen()])
    assert "Mackensen, \x1b[1;31mD\x1b[0m; Müller, F" in text
    assert "Mackensen, \x1b[1;32mAndreas\x1b[0m; Müller" in text
    assert "\x1b[33mwarning\x1b[0m: author-given-mismatch" in text
    assert "[-" not in text


def test_without_colour_there_are_brackets() -> None:
    """NO_COLOR: on a terminal that shows no colour, marks are characters."""
    text = on_terminal(100, [mackensen()], no_color=True)
    assert "[-D-]" in text
    assert "\x1b[31m" not in text
    assert "\x1b[1;31m" not in text


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_every_width(width: int) -> None:
    """Lines fit the terminal as far as words do, and nothing is lost on narrow ones."""
    samples = [mackensen()]
    lines = on_terminal(width, samples, no_color=True).split("\n\n")[0].splitlines()
    plain = [Console(file=io.StringIO()).render_str(line).plain for line in lines]
    words = " ".join(" ".join(plain).split())
    assert "title page: a registry" in words
    assert all(line == line.rstrip() for line in plain)


def test_hostile_text_does_not_steer() -> None:
    """Escape sequences, markup of the library, and line breaks from anywhere."""
    evil = "\x1b]0;owned\x07[bold]x[/bold]\nFAKE: ok\u202e"
    bad = found(
        "title-word-changed",
        "k\x1b[2J",
        evil,
        cited=evil,
        registered=f"{evil} more",
        hint=evil,
        location=Location("a\x1b[1mb.bib", 1, 1),
    )
    sample = clean()
    reference = sample.reference.model_copy(
        update={"id": evil, "title": evil, "author": ()}
    )
    text = check_text(
        [CheckedSample(reference, sample.outcome, sample.comparison, (bad,))],
        verbose=True,
    )
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "[bold]x[/bold]" in text
    assert not any(line.startswith("FAKE") for line in text.splitlines())


def test_other_evidence() -> None:
    """Who registered a DOI without metadata, and a bundled answer."""
    bad = found("doi-without-metadata", "k", "no metadata", severity=Severity.WARNING)
    sample = replace(
        clean(),
        outcome=NoMetadata("10.1/x", "Public", "doi.org", FETCHED),
        comparison=None,
        findings=(bad,),
    )
    text = check_text([sample])
    assert "10.1/x is registered with Public (doi.org, 2026-11-22)\n" in text
    assert "not compared: 1 registered without metadata" in text


def test_a_file_gets_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment forces, a file has plain text of a steady width."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "30")
    assert check_text([mackensen()], to_file=True) == check_text(
        [mackensen()], to_file=True
    )
    assert "\x1b" not in check_text([mackensen()], to_file=True)


def test_whom_content_negotiation_answers_for_has_an_unknown_status() -> None:
    """Its CSL-JSON has no room for notices: silence is no answer (U17)."""
    said = Provenance(answered_by="doi.org", url=None, fetched=FETCHED)
    sample = clean()
    assert sample.comparison is not None
    silent = replace(
        sample.comparison,
        work=sample.comparison.work.model_copy(update={"provenance": said}),
    )
    text = check_text([replace(sample, comparison=silent), clean(2)], to_file=True)
    assert (
        "1 work checked for retraction as of 2026-11-22 (crossref 1); unknown for 1"
    ) in text
