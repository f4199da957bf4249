"""Edits as a unified diff: what it looks like, and that real programs apply it.

The form is that of POSIX (``diff -u``) with git's names and remarks (git-diff,
"Generating patch text with -p").
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edits import edited
from lupusrefs.formats.text import decode
from lupusrefs.model.edit import Edit, OverlappingEdits, apply_edits, unified_diff
from lupusrefs.model.location import Span

NO_NEWLINE = "\\ No newline at end of file\n"
PROGRAMS = {
    "git": ["git", "apply", "--whitespace=nowarn"],
    "patch": ["patch", "-p1", "--silent", "--binary"],
}


# -- form ------------------------------------------------------------------------


def test_three_lines_of_context_on_both_sides() -> None:
    """And the numbers of the first line and of all lines, before and after."""
    text = "".join(f"{number}\n" for number in range(1, 11))
    assert unified_diff("f", text, [Edit(Span(8, 9), "five")]) == (
        "--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
    )
    assert unified_diff("f", text, [Edit(Span(8, 9), "five")], context=0) == (
        "--- a/f\n+++ b/f\n@@ -5 +5 @@\n-5\n+five\n"
    )


def test_changes_near_to_each_other_share_a_hunk() -> None:
    """Those further apart have one each, whose lines after count the earlier ones."""
    text = "".join(f"{number}\n" for number in range(10, 30))
    near = unified_diff("f", text, [Edit(Span(0, 2), "x"), Edit(Span(21, 23), "y")])
    assert near.count("@@") == 2
    far = unified_diff("f", text, [Edit(Span(0, 0), "x\n"), Edit(Span(30, 32), "y")])
    assert [line for line in far.splitlines() if line.startswith("@@")] == [
        *("@@ -1,3 +1,4 @@", "@@ -8,7 +9,7 @@")
    ]


@pytest.mark.parametrize(
    ("text", "edit", "body"),
    [
        ("", (0, 0, "a\n"), "@@ -0,0 +1 @@\n+a\n"),
        ("", (0, 0, "a"), "@@ -0,0 +1 @@\n+a\n\\ No newline at end of file\n"),
        ("a\n", (0, 2, ""), "@@ -1 +0,0 @@\n-a\n"),
        ("a\n", (2, 2, "b\n"), "@@ -1 +1,2 @@\n a\n+b\n"),
        (
            "a",
            (1, 1, "\nb\n"),
            "@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n",
        ),
        (
            "a\nb",
            (0, 1, "x"),
            "@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file\n",
        ),
        (
            "a\nb",
            (2, 3, "x"),
            f"@@ -1,2 +1,2 @@\n a\n-b\n{NO_NEWLINE}+x\n{NO_NEWLINE}",
        ),
        (
            "a\n",
            (1, 2, ""),
            "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n",
        ),
        ("a\r\nb\r\n", (3, 4, "x"), "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+x\r\n"),
        ("a\r\nb\r\n", (1, 2, ""), "@@ -1,2 +1,2 @@\n-a\r\n+a\n b\r\n"),
        ("a\u2028\x0cb\n", (0, 1, "x"), "@@ -1 +1 @@\n-a\u2028\x0cb\n+x\u2028\x0cb\n"),
    ],
)
def test_the_ends_of_lines_and_files(
    text: str, edit: tuple[int, int, str], body: str
) -> None:
    """As git has them: a carriage return is part of its line."""
    start, end, new = edit
    result = unified_diff("f", text, [Edit(Span(start, end), new)])
    assert result == f"--- a/f\n+++ b/f\n{body}"


def test_an_edit_that_changes_nothing_is_no_diff() -> None:
    """Not even a header."""
    assert unified_diff("f", "abc\n", []) == ""
    assert unified_diff("f", "abc\n", [Edit(Span(1, 2), "b")]) == ""


def test_only_the_lines_that_differ_are_shown() -> None:
    """An edit may replace more than it changes."""
    text = "a\nb\nc\nd\n"
    result = unified_diff("f", text, [Edit(Span(0, 8), "a\nb\nX\nd\n")], context=0)
    assert result == "--- a/f\n+++ b/f\n@@ -3 +3 @@\n-c\n+X\n"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("refs.bib", "a/refs.bib", "b/refs.bib"),
        ("/home/refs.bib", "a/home/refs.bib", "b/home/refs.bib"),
        ("my refs.bib", "a/my refs.bib\t", "b/my refs.bib\t"),
        ("größe.bib", "a/größe.bib", "b/größe.bib"),
        ('a"b\\c\n.bib', r'"a/a\"b\\c\n.bib"', r'"b/a\"b\\c\n.bib"'),
        ("\x1b[31m", r'"a/\033[31m"', r'"b/\033[31m"'),
    ],
)
def test_names_as_git_writes_them(name: str, before: str, after: str) -> None:
    """In quotes where they would break the line; a tab behind one with blanks."""
    lines = unified_diff(name, "a", [Edit(Span(0, 1), "b")]).split("\n")
    assert lines[:2] == [f"--- {before}", f"+++ {after}"]


def test_a_new_file_was_nothing_before() -> None:
    """So that applying the diff makes it."""
    result = unified_diff("new.bib", "", [Edit(Span(0, 0), "a\n")], is_new=True)
    assert result == "--- /dev/null\n+++ b/new.bib\n@@ -0,0 +1 @@\n+a\n"


def test_impossible_edits_have_no_diff() -> None:
    """As they cannot be applied."""
    edits = [Edit(Span(0, 2), "x"), Edit(Span(1, 3), "y")]
    with pytest.raises(OverlappingEdits):
        unified_diff("f", "abc", edits)


def test_many_edits_in_one_long_line_take_no_longer_than_the_line() -> None:
    """Linear, also where nothing ends a line: two million characters at once."""
    text = "x" * 2_000_000
    edits = [Edit(Span(at, at + 1), "y") for at in range(0, len(text), 100)]
    result = unified_diff("f", text, edits)
    assert result.count("\n") == 7


# -- applied by others -----------------------------------------------------------


def applied(program: str, folder: Path, name: str, before: bytes, by: bytes) -> bytes:
    """The file after a program has applied a patch."""
    if shutil.which(program) is None:
        pytest.skip(f"no {program} here")
    path = folder / name
    path.write_bytes(before)
    # Nobody's own settings.
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(PROGRAMS[program], cwd=folder, input=by, check=True, env=environment)
    # `patch` takes a file away that has become empty.
    return path.read_bytes() if path.exists() else b""


@pytest.mark.parametrize("program", PROGRAMS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=edited(st.text("ab\n\r", max_size=60)))
def test_applying_the_diff_makes_the_edits(
    program: str, tmp_path: Path, case: tuple[str, list[Edit]]
) -> None:
    """Line ends of both kinds, missing ones at the end, changes of every size."""
    text, edits = case
    after = apply_edits(text, edits)
    if after != text:
        patch = unified_diff("a file", text, edits).encode()
        before = text.encode()
        assert applied(program, tmp_path, "a file", before, patch) == after.encode()


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    "data",
    [
        b"M\xfcller\nV\xf6lkl\nKr\xf6nke\n",
        b"M\xfcller\r\nV\xf6lkl\r\nKr\xf6nke",
        b"\xef\xbb\xbf" + "Müller\nVölkl\nKrönke\n".encode(),
        "Müller\nVölkl\n".encode() + b"Kr\xf6nke\n",
    ],
)
def test_a_patch_of_a_file_in_an_old_encoding_applies(
    program: str, tmp_path: Path, data: bytes
) -> None:
    """Its lines are the bytes of the file."""
    source = decode(data, "refs.bib")
    at = source.text.index("V")
    edits = [Edit(Span(at, at + 5), "Wölfe"), Edit(Span(0, 0), "% ß\n")]
    patch = source.patch("refs.bib", edits)
    assert applied(program, tmp_path, "refs.bib", data, patch) == source.edited(edits)
