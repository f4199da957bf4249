"""``lupusrefs styles``: find a style, list, show one, as text and as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from commands.invoke import Invoke
from generate_docs import SCHEMAS, schema
from lupusrefs.reports.styles import COLUMNS, to_table
from lupusrefs.styles import catalogue
from styles.making import journals, make_styles, style_text

LUPUS = "lupus-science-and-medicine\tLupus Science & Medicine\tnumeric\tbmj\n"


@pytest.fixture(autouse=True)
def few_styles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A handful of styles in place of the installed ones."""
    files = journals(tmp_path / "styles")
    monkeypatch.setattr(catalogue, "installed_styles", lambda: files)


def test_words_list_what_matches(invoke: Invoke) -> None:
    """One line a style, its columns separated by tabs."""
    shown = invoke("styles", "lupus")
    assert (shown.code, shown.out, shown.err) == (0, LUPUS, "")
    several = invoke("styles", "journal", "of", "m").out.splitlines()
    assert [line.split("\t")[0] for line in several] == [
        "journal-of-marketing-research",
        "journal-of-molecular-recognition",
    ]


def test_the_index_is_beside_the_store(invoke: Invoke, tmp_path: Path) -> None:
    """In the configured folder."""
    invoke("styles", "lupus")
    names = [entry.name for entry in (tmp_path / "cache").iterdir()]
    assert names == ["styles.sqlite3"]


def test_what_a_limit_leaves_out_is_told(invoke: Invoke) -> None:
    """On standard error, unless all is to be quiet."""
    shown = invoke("styles", "journal", "--limit", "1")
    assert len(shown.out.splitlines()) == 1
    assert shown.err == "note: ... and 2 more; --limit 3 lists all\n"
    assert invoke("styles", "journal", "--limit", "1", "--quiet").err == ""
    assert invoke("styles", "journal", "--limit", "3").err == ""
    assert invoke("styles", "journal", "--limit", "0").code == 2


def test_a_table_has_twenty_lines_and_json_all(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen for people; programs get no part without asking for one."""
    many = {f"bee-{n:02}": style_text(f"Bee {n:02}") for n in range(30)}
    files = make_styles(tmp_path / "many", many)
    monkeypatch.setattr(catalogue, "installed_styles", lambda: files)
    shown = invoke("styles", "bee")
    assert len(shown.out.splitlines()) == 20
    assert "and 10 more" in shown.err
    data = json.loads(invoke("styles", "bee", "--format", "json").out)
    assert (data["total"], len(data["styles"])) == (30, 30)
    part = json.loads(invoke("styles", "bee", "-f", "json", "--limit", "2").out)
    assert (part["total"], len(part["styles"])) == (30, 2)


@pytest.mark.parametrize("arguments", [[], [""], ["  "]])
def test_without_words_much_used_styles_are_listed(
    invoke: Invoke, arguments: list[str]
) -> None:
    """And how many there are is told."""
    shown = invoke("styles", *arguments)
    listed = [line.split("\t")[0] for line in shown.out.splitlines()]
    assert listed == ["apa", "nlm-citation-sequence", "nature", "the-lancet", "bmj"]
    assert "there are 6 styles, and 6 journals" in shown.err
    assert shown.code == 0
    data = json.loads(invoke("styles", *arguments, "-f", "json").out)
    assert (data["total"], len(data["styles"])) == (12, 5)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["lupsu"], "give fewer words"),
        (["nature", "of", "bees"], "did you mean `nature`"),
        (["?"], "give fewer words"),
    ],
)
def test_nothing_found_is_code_1(invoke: Invoke, words: list[str], hint: str) -> None:
    """With what may be meant, and nothing on standard output."""
    shown = invoke("styles", *words)
    assert (shown.code, shown.out) == (1, "")
    assert f"error: no style has the words `{' '.join(words)}`\n" in shown.err
    assert hint in shown.err


def test_one_style_is_shown_with_all_details(invoke: Invoke, tmp_path: Path) -> None:
    """Its file among them; what it has not is left out."""
    shown = invoke("styles", "--show", "Ann. Rheum. Dis.")
    path = tmp_path / "styles" / "dependent" / "annals-of-the-rheumatic-diseases.csl"
    assert shown.code == 0
    assert shown.out.splitlines() == [
        "annals-of-the-rheumatic-diseases",
        "  title        Annals of the Rheumatic Diseases",
        "  depends on   bmj (BMJ)",
        "  format       numeric",
        "  language     en-US",
        "  fields       medicine",
        "  ISSN         0003-4967",
        "  updated      2026-01-02T03:04:05+00:00",
        f"  file         {path}",
    ]
    assert "  former ids   vancouver\n" in invoke("styles", "--show", "vancouver").out


def test_a_file_of_the_users_own_is_shown(invoke: Invoke) -> None:
    """Also if its parent is not there, which is said."""
    text = style_text("Mine", parent="gone")
    Path("mine.csl").write_text(text, encoding="utf-8")
    shown = invoke("styles", "--show", "mine.csl")
    assert "  depends on   gone (which is not there)\n" in shown.out
    assert "  file         mine.csl\n" in shown.out


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        (
            "natrue",
            1,
            "error: there is no style `natrue`\n  hint: did you mean `nature`",
        ),
        ("jmr", 1, "error: `jmr` is the short title of 2 styles\n  hint: name one by"),
        ("./none.csl", 3, "error: none.csl: there is no such file\n  hint: check"),
    ],
)
def test_a_style_that_cannot_be_shown(
    invoke: Invoke, name: str, code: int, message: str
) -> None:
    """Not found is 1; a file that cannot be read is 3, as everywhere."""
    shown = invoke("styles", "--show", name)
    assert (shown.code, shown.out) == (code, "")
    assert shown.err.startswith(message)


def test_words_and_show_exclude_each_other(invoke: Invoke) -> None:
    """It would not be clear what is wanted."""
    shown = invoke("styles", "--show", "apa", "lupus")
    assert (shown.code, shown.out) == (2, "")
    assert "not both" in shown.err


@pytest.mark.parametrize("arguments", [["lupus"], [], ["--show", "vancouver"]])
def test_json_is_as_its_schema_has_it(invoke: Invoke, arguments: list[str]) -> None:
    """The contract of docs/schemas/styles.schema.json."""
    shown = invoke("styles", *arguments, "--format", "json")
    data = json.loads(shown.out)
    jsonschema.validate(data, json.loads(schema(SCHEMAS["styles"])))
    assert data["schema"] == "lupusrefs.styles/1"


def test_json_has_all_that_is_known(invoke: Invoke, tmp_path: Path) -> None:
    """What a style has not is null, or an empty list."""
    (found,) = json.loads(invoke("styles", "nat med", "-f", "json").out)["styles"]
    assert found == {
        "id": "nature-medicine",
        "title": "Nature Medicine",
        "title_short": "Nat Med",
        "aliases": [],
        "issns": [],
        "fields": ["medicine"],
        "class": None,
        "citation_format": "numeric",
        "parent": "nature",
        "default_locale": None,
        "updated": "2026-01-02T03:04:05+00:00",
        "path": str(tmp_path / "styles" / "dependent" / "nature-medicine.csl"),
    }


def test_a_report_can_go_to_a_file(invoke: Invoke) -> None:
    """The same as on standard output."""
    assert invoke("styles", "lupus", "-o", "out.txt").out == ""
    assert Path("out.txt").read_text(encoding="utf-8") == LUPUS


def test_a_cache_that_cannot_be_written_costs_a_warning(
    invoke: Invoke, tmp_path: Path
) -> None:
    """The styles are found nevertheless, or not found."""
    (tmp_path / "cache").touch()
    shown = invoke("styles", "lupus")
    assert (shown.code, shown.out) == (0, LUPUS)
    assert shown.err.startswith("warning: the index of styles ")
    assert "warning: the index of styles " in invoke("styles", "natrue").err


def test_a_title_cannot_steer_the_terminal_or_the_columns(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A style may come from anywhere."""
    styles = {"bad": style_text("Bad\t\u202e\x9b31m title")}
    files = make_styles(tmp_path / "bad", styles)
    monkeypatch.setattr(catalogue, "installed_styles", lambda: files)
    assert invoke("styles", "bad").out == "bad\tBad 31m title\tnumeric\t\n"


def test_at_a_terminal_there_is_a_table(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With a header, in the width of the terminal."""
    monkeypatch.setenv("COLUMNS", "60")
    found = catalogue.Catalogue().search("annals").styles
    lines = to_table(found).splitlines()
    header = next(line for line in lines if COLUMNS[0] in line)
    assert header.split() == [word for name in COLUMNS for word in name.split()]
    assert max(map(len, lines)) <= 60


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_the_program_writes_a_table_to_a_terminal(tmp_path: Path) -> None:
    """A real one, with the installed styles."""
    import pty  # noqa: PLC0415 - not on Windows

    ours, theirs = pty.openpty()
    environment = {
        **os.environ,
        "LUPUSREFS_CACHE_DIR": str(tmp_path / "cache"),
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "TERM": "dumb",
    }
    command = [sys.executable, "-m", "lupusrefs", "styles", "lupus"]
    done = subprocess.run(
        command, stdout=theirs, stderr=subprocess.PIPE, env=environment, check=False
    )
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Depends on" in shown
    assert "lupus-science-and-medicine" in shown
    assert "\t" not in shown
