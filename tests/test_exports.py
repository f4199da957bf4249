"""What ``import lupusrefs`` gives, and what it costs."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

import lupusrefs

PUBLIC = [
    "RULES",
    "ArxivId",
    "BulkOptions",
    "CheckOptions",
    "CheckRun",
    "Checked",
    "Confidence",
    "Doi",
    "Finding",
    "Isbn",
    "Library",
    "LupusrefsError",
    "Malformed",
    "MatchRun",
    "NoIdentifier",
    "NoMetadata",
    "NotRegistered",
    "Outcome",
    "Pmcid",
    "Pmid",
    "Reference",
    "Rendered",
    "Resolution",
    "Resolved",
    "Rule",
    "Run",
    "Settings",
    "Severity",
    "Unavailable",
    "Work",
    "__version__",
    "build_mirror",
    "check",
    "check_async",
    "check_bulk",
    "check_each",
    "cite",
    "export",
    "fix",
    "load",
    "match",
    "match_async",
    "mirror_info",
    "render",
    "repair_mirror",
    "resolve",
    "resolve_async",
    "scan",
    "update_mirror",
    "verify_mirror",
]


def modules_after(code: str) -> set[str]:
    """The top-level modules that are loaded in a new process after ``code``."""
    report = "import sys; sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {name.partition(".")[0] for name in done.stderr.split()}


def test_public_names_are_pinned() -> None:
    """A name that comes or goes is a decision, not an accident."""
    assert lupusrefs.__all__ == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_can_be_imported(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lazy table knows each name's home, and the home has it."""
    if name != "__version__":
        monkeypatch.delitem(vars(lupusrefs), name, raising=False)
    found: object = getattr(lupusrefs, name)
    assert found is not None
    assert name in dir(lupusrefs)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """`hasattr` and `from lupusrefs import typo` behave as with any module."""
    assert not hasattr(lupusrefs, "no_such_name")
    with pytest.raises(AttributeError, match="no_such_name"):
        import_module("lupusrefs").__getattr__("no_such_name")


def test_import_is_cheap() -> None:
    """Importing the package loads nothing that takes long."""
    loaded = modules_after("import lupusrefs")
    assert "lupusrefs" in loaded
    assert not loaded & {"httpx", "pydantic", "typer", "rich", "yaml", "sqlite3"}


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"]])
def test_help_and_version_load_no_library(arguments: list[str]) -> None:
    """Scripts and shells ask for these often; they must not wait for the network."""
    code = f"""
import sys
sys.argv = ["lupusrefs", *{arguments!r}]
from lupusrefs.__main__ import main
try:
    main()
except SystemExit as done:
    assert not done.code, done.code
"""
    loaded = modules_after(code)
    assert "lupusrefs" in loaded
    assert not loaded & {"httpx", "pydantic", "rich"}
