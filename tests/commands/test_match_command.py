"""``lupusrefs match``: texts and files, reports, edits, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.invoke import Invoke, Shown
from registry.faults import FAULTS
from registry.server import Registry

# The loopback registry's own record (tests/registry/own).
ARTICLE = "10.5555/lupus.2021.101"
TEXT = (
    "Müller-Krönke A, et al. Depletion of B cells in an invented cohort with lupus. "
    "Invented J Lupus Res. 2021;12(3):204-209"
)
OTHER = "Nobody N. On nothing that was ever written down. Journal of Nil 1:1 (1900)"
BIB = """% kept as it is
@article{mk,
  author  = {Müller-Krönke, Änne and others},
  title   = {Depletion of {B} cells in an invented cohort with lupus},
  journal = {Invented Journal of Lupus Research},
  volume  = {12},
  pages   = {204--209},
  year    = {2021},
}
@article{nil,
  author = {Nobody, N.},
  title  = {On nothing that was ever written down},
  journal = {Journal of Nil},
  year   = {1900},
}
"""


@pytest.fixture
def match(invoke: Invoke, registry: Registry) -> Callable[..., Shown]:
    """Run ``lupusrefs match`` at the loopback registry."""

    def run(*arguments: str, stdin: bytes = b"") -> Shown:
        environment = registry.environment
        return invoke("match", *arguments, stdin=stdin, environment=environment)

    return run


def rows(shown: Shown) -> list[dict[str, object]]:
    """The references of a JSON report."""
    report = json.loads(shown.out)
    assert report["schema"] == "lupusrefs.match/1"
    assert sum(report["summary"].values()) == len(report["references"])
    references: list[dict[str, object]] = report["references"]
    return references


def test_a_text_is_matched(match: Callable[..., Shown]) -> None:
    """The DOI, why, and what is registered."""
    shown = match(TEXT)
    assert (shown.code, shown.err) == (0, "")
    assert f"matched  {ARTICLE}  (title, first author, volume and page" in shown.out
    assert "1 reference: 1 matched" in shown.out


def test_json_has_work_evidence_and_place(match: Callable[..., Shown]) -> None:
    """The contract of docs/schemas/match.schema.json."""
    (row,) = rows(match(TEXT, "--format", "json"))
    assert (row["key"], row["text"], row["status"]) == ("text-1", TEXT, "matched")
    assert (row["doi"], row["confidence"], row["agency"]) == (
        *(ARTICLE, "certain", "Crossref"),
    )
    work, evidence = row["work"], row["evidence"]
    assert isinstance(work, dict)
    assert work["volume"] == "12"
    assert isinstance(evidence, list)
    agreements = {one["field"]: one["agreement"] for one in evidence}
    assert agreements["title"] == agreements["page"] == "agrees"
    assert row["location"] == {"file": "<arguments>", "line": 1, "column": 1}


def test_none_is_exit_code_1(match: Callable[..., Shown]) -> None:
    """Honestly none, although the registries were asked."""
    shown = match(TEXT, OTHER)
    assert shown.code == 1
    assert "2 references: 1 matched, 1 no match" in shown.out


def test_what_could_not_be_asked_is_exit_code_4(
    match: Callable[..., Shown], registry: Registry
) -> None:
    """Ignorance is no "none"; 1 wins over 4."""
    assert match(OTHER, "--offline").code == 4
    registry.set_fault("crossref", FAULTS["forbidden"])
    shown = match(TEXT, "--format", "json")
    assert shown.code == 4
    (row,) = rows(shown)
    assert row["status"] == "unavailable"
    assert isinstance(row["error"], dict)
    assert row["error"]["service"] == "crossref"
    registry.set_fault("crossref", None)
    assert match(OTHER).code == 1
    registry.set_fault("crossref", FAULTS["forbidden"])
    assert match(OTHER, TEXT).code == 1


def test_an_outage_is_shown(match: Callable[..., Shown], registry: Registry) -> None:
    """With its reason."""
    registry.set_fault("crossref", FAULTS["forbidden"])
    shown = match(TEXT)
    assert "not asked" in shown.out
    assert "crossref" in shown.out


def test_lines_of_standard_input_are_references(match: Callable[..., Shown]) -> None:
    """One a line, empty ones left out, each with its place."""
    found = rows(match("-", "-f", "json", stdin=f"{TEXT}\n\n{OTHER}\n".encode()))
    assert [row["status"] for row in found] == ["matched", "none"]
    assert found[1]["location"] == {"file": "-", "line": 3, "column": 1}


def test_standard_input_may_be_a_reference_file(match: Callable[..., Shown]) -> None:
    """It is recognised by its content."""
    found = rows(match("-", "-f", "json", stdin=BIB.encode()))
    assert [(row["key"], row["status"]) for row in found] == [
        *(("mk", "matched"), ("nil", "none")),
    ]


def test_standard_input_may_be_a_document(match: Callable[..., Shown]) -> None:
    """Its reference list is what is matched."""
    page = f"<html><body><h2>References</h2><ol><li>{TEXT}</li></ol></body></html>"
    (row,) = rows(match("-", "-f", "json", stdin=page.encode()))
    assert (row["status"], row["doi"]) == ("matched", ARTICLE)


def test_unreadable_standard_input_is_an_error(match: Callable[..., Shown]) -> None:
    """With one message, and nothing searched."""
    shown = match("-", "--from", "csl-json", stdin=b"{")
    assert shown.code == 3
    assert "error" in shown.err


def test_a_file_that_is_missing_is_an_error(match: Callable[..., Shown]) -> None:
    """A name is no reference; the others are done."""
    shown = match("missing.bib", TEXT)
    assert shown.code == 3
    assert "missing.bib" in shown.err
    assert ARTICLE in shown.out


def test_identifiers_are_not_searched_for(
    match: Callable[..., Shown], registry: Registry
) -> None:
    """They are what is looked for."""
    shown = match(ARTICLE)
    assert shown.code == 0
    assert f"has an identifier  {ARTICLE}" in shown.out
    assert not registry.log


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_what_would_be_added_is_shown(match: Callable[..., Shown], option: str) -> None:
    """The diff alone on standard output, and nothing is written."""
    Path("refs.bib").write_text(BIB, encoding="utf-8")
    shown = match("refs.bib", "--add", option)
    assert shown.code == 1  # there is no match for the other
    assert shown.out.startswith("--- a/refs.bib\n+++ b/refs.bib\n")
    assert f"{{{ARTICLE}}}" in shown.out
    assert Path("refs.bib").read_text(encoding="utf-8") == BIB


def test_the_doi_is_added_and_nothing_else_changes(match: Callable[..., Shown]) -> None:
    """In the file's own layout, and never twice."""
    Path("refs.bib").write_text(BIB, encoding="utf-8")
    shown = match("refs.bib", "--add")
    assert "added the DOI in refs.bib: mk" in shown.err
    after = Path("refs.bib").read_text(encoding="utf-8").splitlines()
    new = [line for line in after if line not in BIB.splitlines()]
    assert new == [f"  doi     = {{{ARTICLE}}},"]
    assert len(after) == len(BIB.splitlines()) + 1
    again = match("refs.bib", "--add")
    assert "added" not in again.err
    assert f"has an identifier  {ARTICLE}" in again.out


def test_what_is_only_likely_is_not_added(match: Callable[..., Shown]) -> None:
    """It is named, so that somebody looks at it."""
    likely = BIB.partition("@article{nil")[0]
    for field in ("journal", "volume", "pages", "year"):
        likely = "".join(
            line
            for line in likely.splitlines(keepends=True)
            if f"  {field}" not in line
        )
    Path("refs.bib").write_text(likely, encoding="utf-8")
    shown = match("refs.bib", "--add")
    assert shown.code == 0
    assert "likely, and so not added: mk" in shown.err
    assert Path("refs.bib").read_text(encoding="utf-8") == likely


def test_a_text_has_no_file_to_add_to(match: Callable[..., Shown]) -> None:
    """That is said, and the match is shown."""
    shown = match(TEXT, "--add")
    assert shown.code == 0
    assert "the DOI cannot be added here" in shown.err


def test_differences_and_candidates_are_shown(match: Callable[..., Shown]) -> None:
    """A year that is wrong is not passed over in silence."""
    shown = match(TEXT.replace("2021", "2011"), "--verbose")
    assert "year differs: cited 2011, registered 2021" in shown.out
    assert "requests sent" in shown.err


def test_the_report_may_go_to_a_file(match: Callable[..., Shown]) -> None:
    """Without colour."""
    shown = match(TEXT, "-o", "report.txt")
    assert shown.out == ""
    assert ARTICLE in Path("report.txt").read_text(encoding="utf-8")


def test_without_arguments_the_files_here_are_read(match: Callable[..., Shown]) -> None:
    """As every other command does."""
    Path("refs.bib").write_text(BIB, encoding="utf-8")
    shown = match()
    assert "reading refs.bib" in shown.err
    assert "2 references" in shown.out
