"""The baseline: only what is new counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from findings_made import found
from lupusrefs.baseline import Baseline, write_baseline
from lupusrefs.errors import InputError


def test_what_was_written_is_known_again(tmp_path: Path) -> None:
    """A known finding is ignored, a new one of the same rule counts."""
    path = tmp_path / "b.json"
    assert write_baseline(path, [found()]) == 1
    baseline = Baseline.load(path)
    new, known = baseline.apply([found(), found(registered="2004")])
    assert new == [found(registered="2004")]
    assert [(one.finding, one.source) for one in known] == [(found(), "baseline")]
    assert baseline.gone == []


def test_a_finding_is_known_as_often_as_it_is_there(tmp_path: Path) -> None:
    """Two references with one key have two findings, and a third is new."""
    path = tmp_path / "b.json"
    write_baseline(path, [found(), found()])
    new, known = Baseline.load(path).apply([found(), found(), found()])
    assert (len(new), len(known)) == (1, 2)


def test_what_did_not_come_again_is_told(tmp_path: Path) -> None:
    """A baseline that is longer than it need be hides the next error."""
    path = tmp_path / "b.json"
    write_baseline(path, [found(), found("volume-mismatch")])
    baseline = Baseline.load(path)
    baseline.apply([found()])
    assert [one.rule for one in baseline.gone] == ["volume-mismatch"]


def test_the_file_does_not_depend_on_the_order_of_the_findings(tmp_path: Path) -> None:
    """It is committed: what did not change must not show as a change."""
    findings = [found(), found("volume-mismatch"), found(key="a")]
    write_baseline(tmp_path / "one", findings)
    write_baseline(tmp_path / "two", reversed(findings))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "the baseline is not JSON"),
        ("[]", "no baseline of this version: its schema is None"),
        (
            '{"schema": "lupusrefs.baseline/9", "findings": []}',
            "no baseline of this version: its schema is 'lupusrefs.baseline/9'",
        ),
        (
            '{"schema": "lupusrefs.baseline/1", "findings": [{}]}',
            "the baseline is damaged at `findings.0.fingerprint`",
        ),
        ("[" * 100_000, "the baseline is not JSON: nested too deeply"),
    ],
)
def test_a_file_that_is_no_baseline_is_an_error(
    tmp_path: Path, text: str, message: str
) -> None:
    """Never a silent pass: neither that everything counts, nor that nothing does."""
    path = tmp_path / "b.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Baseline.load(path)
    assert str(caught.value).startswith(message)
    assert caught.value.hint


def test_a_missing_baseline_is_an_error(tmp_path: Path) -> None:
    """A misspelt path must not let everything count, or pass."""
    with pytest.raises(InputError, match="cannot be read: No such file"):
        Baseline.load(tmp_path / "none.json")
