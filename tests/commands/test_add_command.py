"""``lupusrefs add``: what it shows before it writes, and the formats it writes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from commands.invoke import Invoke
from lupusrefs.reports.diff import of_diff
from registry.server import Registry

KNOWN = "10.5555/lupus.2021.101"
BIB = """@Article{Oh2001,
  author  = {Oh, Bo},
  journal = {J},
  year    = {2001},
}
"""


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_what_would_change_is_shown_and_not_done(
    invoke: Invoke, registry: Registry, option: str
) -> None:
    """The diff alone on standard output, so that it can be applied."""
    Path("refs.bib").write_text(BIB, encoding="utf-8")
    shown = invoke(
        *("add", KNOWN, "--to", "refs.bib", option), environment=registry.environment
    )
    assert shown.code == 0
    assert shown.out.startswith("--- a/refs.bib\n+++ b/refs.bib\n@@ -3,3 +3,")
    assert "\n+@Article{Mullerkronke2021,\n" in shown.out
    assert "would add Mullerkronke2021 to refs.bib" in shown.err
    assert Path("refs.bib").read_text(encoding="utf-8") == BIB


def test_the_diff_is_what_is_written(invoke: Invoke, registry: Registry) -> None:
    """Byte by byte, in a file that is no UTF-8."""
    if shutil.which("git") is None:
        pytest.skip("no git here")
    before = BIB.replace("Oh, Bo", "Öz, Bö").encode("latin-1")
    Path("refs.bib").write_bytes(before)
    asked = ("add", KNOWN, "--to", "refs.bib")
    shown = invoke(*asked, "--diff", environment=registry.environment)
    patch = shown.out.encode("utf-8", "surrogateescape")
    invoke(*asked, environment=registry.environment)
    after = Path("refs.bib").read_bytes()
    Path("refs.bib").write_bytes(before)
    subprocess.run(["git", "apply", "-"], input=patch, check=True)
    assert Path("refs.bib").read_bytes() == after


def test_nothing_new_is_no_diff(invoke: Invoke, registry: Registry) -> None:
    """Only a note."""
    Path("refs.bib").write_text(f"@misc{{a, doi={{{KNOWN}}}}}\n", encoding="utf-8")
    shown = invoke(
        *("add", KNOWN, "--to", "refs.bib", "--diff"), environment=registry.environment
    )
    assert (shown.code, shown.out) == (0, "")
    assert "is already in refs.bib" in shown.err


def test_a_new_file_that_would_be_begun(invoke: Invoke, registry: Registry) -> None:
    """It is not."""
    shown = invoke(
        *("add", KNOWN, "--to", "new.ris", "--diff"), environment=registry.environment
    )
    assert shown.out.startswith("--- /dev/null\n+++ b/new.ris\n@@ -0,0 +1,")
    assert not Path("new.ris").exists()


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("new.bib", "@article{"),
        ("new.biblatex", "@article{"),
        ("new.ris", "TY  - JOUR\n"),
        ("new.enw", "%0 Journal Article\n"),
    ],
)
def test_a_library_is_begun_in_the_format_of_its_name(
    invoke: Invoke, registry: Registry, name: str, begins: str
) -> None:
    """And added to in it: the work is known there."""
    asked = ("add", KNOWN, "--to", name)
    invoke(*asked, environment=registry.environment)
    assert Path(name).read_text(encoding="utf-8").startswith(begins)
    again = invoke(*asked, environment=registry.environment)
    assert f"is already in {name}" in again.err


def test_a_diff_in_colours_steers_no_terminal() -> None:
    """What goes is red, what comes is green; escapes in a file are left out."""
    diff = "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\x1b[2J\n+\tb\n\\ No newline at end\n"
    assert [line[0] for line in of_diff(diff)] == [
        ("--- a/f", "bold"),
        ("+++ b/f", "bold"),
        ("@@ -1 +1 @@", "cyan"),
        ("-a[2J", "red"),
        ("+\tb", "green"),
        ("\\ No newline at end", "dim"),
    ]
