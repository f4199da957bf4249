"""``lupusrefs cache``: look at the store, empty it, carry it elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

from commands.invoke import Invoke
from registry.server import Registry

KNOWN = "10.5555/lupus.2021.101"


def test_info_counts_by_kind(invoke: Invoke, registry: Registry) -> None:
    """As text for people, as JSON for programs."""
    invoke("resolve", KNOWN, "10.5555/nobody", environment=registry.environment)
    answers = json.loads(invoke("cache", "info", "-f", "json").out)["answers"]
    assert (answers["work"], answers["not-registered"]) == (1, 1)
    assert "1  registered works (kept 60 days)" in invoke("cache", "info").out


def test_clear_forgets(invoke: Invoke, registry: Registry) -> None:
    """Then everything is asked again."""
    registry.limiter.enabled = False
    invoke("resolve", KNOWN, environment=registry.environment)
    assert "forgotten" in invoke("cache", "clear").err
    invoke("resolve", KNOWN, environment=registry.environment)
    assert registry.requests("crossref") == 2


def test_export_and_import_carry_answers(
    invoke: Invoke, registry: Registry, tmp_path: Path
) -> None:
    """Another machine then answers offline."""
    invoke("resolve", KNOWN, environment=registry.environment)
    assert invoke("cache", "export", "-o", "store.jsonl").code == 0
    elsewhere = {"LUPUSREFS_CACHE_DIR": str(tmp_path / "elsewhere")}
    before = invoke("resolve", KNOWN, "--offline", environment=elsewhere)
    assert before.code == 4
    assert invoke("cache", "import", "store.jsonl", environment=elsewhere).code == 0
    after = invoke("resolve", KNOWN, "--offline", environment=elsewhere)
    assert after.code == 0
    assert "Crossref" in after.out


def test_import_of_something_else_is_refused(invoke: Invoke) -> None:
    """With its line."""
    Path("x.jsonl").write_text('{"schema": "lupusrefs.cache/1"}\n{"a": 1}\n')
    shown = invoke("cache", "import", "x.jsonl")
    assert shown.code == 3
    assert "error: x.jsonl:2:1: not an exported answer" in shown.err


def test_a_damaged_store_is_set_aside(
    invoke: Invoke, registry: Registry, tmp_path: Path
) -> None:
    """With a warning; the run goes on."""
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / "store.sqlite").write_bytes(b"this is no database " * 100)
    shown = invoke("resolve", KNOWN, environment=registry.environment)
    assert shown.code == 0
    assert "warning: the store" in shown.err
    assert (folder / "store.sqlite.damaged-1").is_file()
