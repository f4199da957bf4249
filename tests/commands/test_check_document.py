"""``lupusrefs check MANUSCRIPT``: found, searched for, compared, told at its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.invoke import Invoke, Shown
from registry.server import Registry

# The loopback registry's own record (tests/registry/own).
ARTICLE = "10.5555/lupus.2021.101"
LETTER = """\
Somebody said so.

References

1. Müller-Krönke A, et al. Depletion of B cells in an invented cohort with lupus.
   Invented J Lupus Res. {year};{volume}(3):204-209
"""


@pytest.fixture
def check(invoke: Invoke, registry: Registry) -> Callable[..., Shown]:
    """Run ``lupusrefs check`` at the loopback registry."""

    def run(*arguments: str) -> Shown:
        return invoke("check", *arguments, environment=registry.environment)

    return run


def letter(*, year: int = 2021, volume: int = 12) -> str:
    """A letter with one reference."""
    text = LETTER.format(year=year, volume=volume)
    Path("letter.txt").write_text(text, encoding="utf-8")
    return "letter.txt"


def findings(shown: Shown) -> list[dict[str, object]]:
    """What was found of the one reference."""
    (one,) = json.loads(shown.out)["references"]
    found: list[dict[str, object]] = one["findings"]
    return found


def test_a_reference_without_a_doi_is_searched_for(check: Callable[..., Shown]) -> None:
    """What is registered is named, and nothing differs."""
    shown = check(letter(), "--format", "json")
    (one,) = json.loads(shown.out)["references"]
    assert shown.code == 0
    assert one["work"]["DOI"] == ARTICLE
    found = {str(one["rule"]): one["severity"] for one in findings(shown)}
    # There is a notice to it in the registry, too.
    assert found == {"corrected": "info", "doi-missing-but-registered": "info"}


def test_what_differs_is_told_where_it_stands(check: Callable[..., Shown]) -> None:
    """A wrong volume in print is a warning at the line of the reference."""
    shown = check(letter(volume=13), "--format", "json")
    by_rule = {str(found["rule"]): found for found in findings(shown)}
    assert by_rule["volume-mismatch"]["cited"] == "13"
    assert by_rule["volume-mismatch"]["registered"] == "12"
    location = by_rule["volume-mismatch"]["location"]
    assert location == {"file": "letter.txt", "line": 5, "column": 4}


def test_no_edit_mends_a_document(check: Callable[..., Shown]) -> None:
    """What to do is for who wrote it."""
    shown = check(letter(year=2019), "--format", "json")
    assert findings(shown)
    assert all(found["fix"] is None for found in findings(shown))


def test_who_does_not_want_it_searches_for_nothing(check: Callable[..., Shown]) -> None:
    """Then the reference has no DOI, and that is all."""
    shown = check(letter(), "--no-match", "--format", "json")
    assert [found["rule"] for found in findings(shown)] == ["doi-missing"]


def test_a_library_is_searched_for_where_that_is_wanted(
    check: Callable[..., Shown],
) -> None:
    """Without ``--match`` its owner is told that the DOI is missing."""
    Path("refs.bib").write_text(
        "@article{mk, author={Müller-Krönke, Änne and others}, title={Depletion of B "
        "cells in an invented cohort with lupus}, journal={Invented Journal of Lupus "
        "Research}, volume=12, pages={204--209}, year=2021}\n",
        encoding="utf-8",
    )
    alone = findings(check("refs.bib", "--format", "json"))
    assert [found["rule"] for found in alone] == ["doi-missing"]
    searched = findings(check("refs.bib", "--match", "--format", "json"))
    assert "doi-missing-but-registered" in {found["rule"] for found in searched}


def test_a_search_that_fails_is_no_verdict(invoke: Invoke, registry: Registry) -> None:
    """Nobody could be asked: exit code 4, and the reference is unavailable."""
    environment = {
        **registry.environment,
        "LUPUSREFS_CROSSREF_URL": "http://127.0.0.1:9",
    }
    shown = invoke("check", letter(), "--format", "json", environment=environment)
    (one,) = json.loads(shown.out)["references"]
    assert (shown.code, one["status"]) == (4, "unavailable")
