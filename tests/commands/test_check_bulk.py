"""``lupusrefs check`` of millions of references, as its users meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulk.lists import Item, item, make_mirror, rows_of, rules_of, write_list
from commands.invoke import Invoke, Shown

Check = list[str]


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small mirror."""
    return make_mirror(tmp_path_factory.mktemp("mirrors") / "mirror", records=30)


@pytest.fixture
def check(mirror: Path) -> Check:
    """The command, without its sources."""
    return ["check", "--mirror", str(mirror), "--offline", "--jobs", "1"]


def rows(shown: Shown) -> list[Item]:
    """The rows on standard output."""
    return rows_of(shown.out.encode())


def test_rows_on_standard_output_and_a_summary_beside(
    invoke: Invoke, check: Check
) -> None:
    """Warnings alone leave the exit code at 0."""
    write_list(Path("refs.jsonl"), map(item, range(4, 7)))
    shown = invoke(*check, "refs.jsonl")
    assert shown.code == 0
    found = rows(shown)
    assert ("ref6", "year-mismatch") in rules_of(found)
    assert {row["file"] for row in found} == {"refs.jsonl"}
    lines = shown.err.splitlines()
    assert lines[0].startswith("3 references in ")
    assert lines[1:4] == ["  3 resolved", "  answers: 3 from a mirror", lines[3]]
    assert any(line.split() == ["1", "year-mismatch"] for line in lines)
    assert list(Path().iterdir()) == [Path("refs.jsonl")]


@pytest.mark.parametrize(
    ("items", "options", "code"),
    [
        ([item(1)], [], 0),
        ([item(6)], [], 0),
        ([item(6)], ["--fail-on", "warning"], 1),
        ([item(7)], [], 1),
        ([item(7)], ["--fail-on", "never"], 0),
        ([item(1, DOI="10.5555/nobodys")], [], 4),
        ([item(7), item(1, DOI="10.5555/nobodys")], [], 1),
    ],
    ids=["clean", "warning", "fails", "retracted", "never", "unknown", "both"],
)
def test_the_exit_code(
    invoke: Invoke, check: Check, items: list[Item], options: list[str], code: int
) -> None:
    """As of an ordinary check."""
    write_list(Path("refs.jsonl"), items)
    assert invoke(*check, "refs.jsonl", *options).code == code


def test_what_cannot_be_read_is_told_with_its_place(
    invoke: Invoke, check: Check
) -> None:
    """The first ten, and how many more; the rest is done."""
    lines = ["{broken"] * 13 + [json.dumps(item(1))]
    Path("refs.jsonl").write_text("\n".join(lines))
    shown = invoke(*check, "refs.jsonl", "--quiet")
    assert shown.code == 3
    assert {row["key"] for row in rows(shown)} == {"ref1"}
    assert shown.err.count("error: refs.jsonl:") == 10
    assert "error: 3 more problems of this kind" in shown.err
    assert "references in" not in shown.err


def test_to_a_file(invoke: Invoke, check: Check) -> None:
    """By its name JSON Lines or Parquet."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - where it is looked at

    write_list(Path("refs.jsonl"), map(item, range(5)))
    shown = invoke(*check, "refs.jsonl", "-o", "found.jsonl")
    assert shown.out == ""
    there = rows_of(Path("found.jsonl").read_bytes())
    invoke(*check, "refs.jsonl", "-o", "found.parquet")
    table = pq.read_table("found.parquet")
    assert table.column("rule").to_pylist() == [row["rule"] for row in there]


def test_a_folder_of_reference_files(invoke: Invoke, check: Check) -> None:
    """Every file in it; what is none of references is counted."""
    folder = Path("lists")
    folder.mkdir()
    (folder / "one.json").write_text(json.dumps([item(1), item(2)]))
    (folder / "notes.docx").write_bytes(b"PK")
    shown = invoke(*check, "lists")
    assert {row["key"] for row in rows(shown)} == {"ref1", "ref2"}
    assert "1 file skipped: not of references" in shown.err


def test_an_engine_makes_any_check_one_in_bulk(invoke: Invoke, check: Check) -> None:
    """Of a single file, too."""
    Path("refs.json").write_text(json.dumps([item(1)]))
    shown = invoke(*check, "refs.json", "--engine", "local")
    assert {row["key"] for row in rows(shown)} == {"ref1"}


def test_ignores_of_the_configuration(invoke: Invoke, check: Check) -> None:
    """One that is of use, and one that is not, which is told."""
    Path("lupusrefs.toml").write_text(
        '[[ignore]]\nrule = "year-mismatch"\nreason = "as printed"\n'
        '[[ignore]]\nrule = "volume-mismatch"\nreason = "idle"\n'
    )
    write_list(Path("refs.jsonl"), map(item, (3, 6)))
    shown = invoke(*check, "refs.jsonl", "--fail-on", "warning")
    assert shown.code == 1
    found = rules_of(rows(shown))
    assert ("*", "ignore-unused") in found
    assert not [rule for _, rule in found if rule == "year-mismatch"]
    assert "the ignore of `volume-mismatch` for `*` ignores nothing" in shown.err
    assert "; 2 ignored" in shown.err


def test_ignores_beside_an_entry(invoke: Invoke, check: Check) -> None:
    """Under ``custom``: used, idle, and one that cannot be read."""
    items = [
        item(3, custom={"lupusrefs-ignore": {"year-mismatch": "as printed"}}),
        item(4, custom={"lupusrefs-ignore": {"year-mismatch": "idle"}}),
        item(5, custom={"lupusrefs-ignore": {"no-such-rule": "what?"}}),
    ]
    write_list(Path("refs.jsonl"), items)
    shown = invoke(*check, "refs.jsonl")
    assert shown.code == 3
    found = rules_of(rows(shown))
    assert ("ref3", "year-mismatch") not in found
    assert ("ref4", "ignore-unused") in found
    assert "error: refs.jsonl:3:1: there is no rule `no-such-rule`" in shown.err


def test_a_baseline(invoke: Invoke, check: Check) -> None:
    """What is known does not count, wherever it comes."""
    Path("refs.json").write_text(json.dumps([item(3), item(6)]))
    ordinary = [one for one in check if one not in {"--jobs", "1"}]
    invoke(*ordinary, "refs.json", "--write-baseline", "known.json")
    write_list(Path("refs.jsonl"), map(item, (3, 6, 9)))
    options = ["--baseline", "known.json", "--fail-on", "warning"]
    shown = invoke(*check, "refs.jsonl", *options)
    assert [key for key, rule in rules_of(rows(shown)) if rule == "year-mismatch"] == [
        "ref9"
    ]
    assert shown.code == 1


@pytest.mark.parametrize(
    "options",
    [
        ["--locked"],
        ["--update-lock"],
        ["--dismiss", "a:year-mismatch", "--reason", "r"],
        ["--write-baseline", "b.json"],
        ["--landing"],
        ["--handles"],
        ["--match"],
        ["--from", "ris"],
        ["--format", "sarif"],
        ["--scheduler", "tcp://127.0.0.1:1"],
    ],
    ids=lambda one: one[0],
)
def test_options_that_make_no_sense(
    invoke: Invoke, check: Check, options: list[str]
) -> None:
    """They are refused, and nothing is done."""
    write_list(Path("refs.jsonl"), [item(1)])
    shown = invoke(*check, "refs.jsonl", *options)
    assert shown.code == 2
    assert options[0] in shown.err
    assert shown.out == ""


def test_options_of_a_bulk_check_alone(invoke: Invoke) -> None:
    """Of an ordinary check they are refused."""
    Path("refs.json").write_text(json.dumps([item(1)]))
    shown = invoke("check", "refs.json", "--jobs", "2", "--offline")
    assert shown.code == 2
    assert "is for a bulk check" in shown.err


def test_standard_input(invoke: Invoke, check: Check) -> None:
    """It can be read once only, and by one process."""
    shown = invoke(*check, "-", "--engine", "local")
    assert shown.code == 3
    assert "save the references in a file first" in shown.err


def test_without_a_mirror(invoke: Invoke) -> None:
    """It is possible, and said to be slow; not so where nobody is asked."""
    write_list(Path("refs.jsonl"), [{"id": "a", "title": "Nothing to look up"}])
    shown = invoke("check", "refs.jsonl", "--jobs", "1")
    assert shown.code == 0
    assert "without a mirror every DOI has to be asked for" in shown.err
    shown = invoke("check", "refs.jsonl", "--jobs", "1", "--offline")
    assert "without a mirror" not in shown.err
