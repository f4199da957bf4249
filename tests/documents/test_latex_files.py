r"""The files of a LaTeX document: ``\input`` and its kin."""

from __future__ import annotations

import pytest

from documents.latex_made import document
from lupusrefs.documents.latex import inclusion


def test_files_are_read_in_their_place() -> None:
    """The text of an included file stands where it is included, with its own places."""
    found = document(
        "Before \\input{parts/a} after \\include{b}.\\cite{end}",
        parts__a_dot_tex="in \\cite{one} and \\input b ",
        b_dot_tex="here \\cite{two}",
    )
    assert [one.key for one in found.citations] == ["one", "two", "two", "end"]
    assert str(found.citations[0].location) == "parts/a.tex:1:10"
    assert found.text.text.split() == [
        "Before",
        "in",
        "and",
        "here",
        "after",
        "here",
        ".",
    ]
    at = found.text.text.index("here")
    assert str(found.text.location(at)) == "b.tex:1:1"


@pytest.mark.parametrize(
    "command",
    [
        r"\input{a}",
        r"\input{a.tex}",
        r'\input{"a"}',
        r"\include{./a}",
        r"\subfile{a}",
        r"\InputIfFileExists{a}{}{}",
    ],
)
def test_ways_to_name_a_file(command: str) -> None:
    """With and without the ending."""
    found = document(command, a_dot_tex=r"\cite{k}")
    assert [one.key for one in found.citations] == ["k"]
    assert found.diagnostics == ()


def test_folders_of_import_and_subfiles() -> None:
    """Files beside an imported one are found, and those beside the main one."""
    found = document(
        r"\import{sec/}{one}\subfile{sub/two}\import{x}\subimport{sec}{one}",
        sec__one_dot_tex=r"\cite{a}\subimport{deep/}{three}\input{four}",
        sec__deep__three_dot_tex=r"\cite{b}\input{four}",
        four_dot_tex=r"\cite{main}",
        sec__deep__four_dot_tex=r"\cite{deep}",
        sub__two_dot_tex="\\begin{document}\\cite{c}\\input{five}\\end{document}\\cite{no}",
        sub__five_dot_tex=r"\cite{d}",
    )
    assert [one.key for one in found.citations] == [
        *("a", "b", "deep", "main", "c", "d", "a", "b", "deep", "main"),
    ]


def test_the_preamble_may_include() -> None:
    """What is included before the document begins is no text of it."""
    found = document(
        "\\input{macros}\n\\begin{document}\n\\input{a}\n\\end{document}",
        macros_dot_tex="hidden \\addbibresource{a.bib}",
        a_dot_tex="shown",
    )
    assert found.text.text.split() == ["shown"]
    assert [one.path for one in found.libraries] == ["a.bib"]


def test_a_missing_file_is_a_warning() -> None:
    """It is told with its place, and the rest is read."""
    found = document("Text\n\\input{gone}\\cite{a}\\InputIfFileExists{x}{}{}")
    (told,) = found.diagnostics
    assert "gone" in told.message
    assert not told.is_error
    assert str(told.location) == "main.tex:2:1"
    assert [one.key for one in found.citations] == ["a"]


def test_what_is_said_once() -> None:
    """A file that is included twice says once what is wrong with it."""
    found = document(r"\input{a}\input{a}", a_dot_tex=r"\input{gone}")
    assert len(found.diagnostics) == 1


def test_a_circle_is_told() -> None:
    """A file that includes itself, directly or not, is read once there."""
    found = document(
        r"\input{a}\input{main}",
        "x/main.tex",
        a_dot_tex=r"\cite{a}\input{b}",
        b_dot_tex=r"\input{a}",
    )
    assert [one.key for one in found.citations] == ["a"]
    messages = [told.message for told in found.diagnostics]
    assert messages == ["`a.tex` includes itself", "`main.tex` includes itself"]


def test_the_root_named_by_a_comment_is_not_read() -> None:
    """A part is read as a part."""
    found = document(
        "% !TEX root = main.tex\n\\cite{a}", "part.tex", main_dot_tex=r"\cite{b}"
    )
    assert [one.key for one in found.citations] == ["a"]


def test_names_that_are_no_names() -> None:
    """Macros, the arguments of macros and what is inside an argument are left."""
    found = document(
        r"\newcommand{\x}[1]{\input{#1}}\input{\file}\input{}\input\import{a}\import x"
        r"\import{\input{b}}{c}\inputenc{x}\input{glyphtounicode}"
        r"\input{|ls}"
    )
    assert [one.message for one in found.diagnostics] == ["there is no file `b`"]


def test_too_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inclusion is followed down to a bound."""
    monkeypatch.setattr(inclusion, "_MAX_DEPTH", 1)
    found = document(
        r"\input{a}", a_dot_tex=r"\cite{a}\input{b}", b_dot_tex=r"\cite{b}"
    )
    assert [one.key for one in found.citations] == ["a"]
    assert "deep" in found.diagnostics[0].message


def test_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many files are read, and no more; it is told once for each place."""
    monkeypatch.setattr(inclusion, "_MAX_FILES", 2)
    found = document(r"\input{a}" * 3, a_dot_tex=r"\cite{a}")
    assert len(found.citations) == 2
    assert "more than 2 files" in found.diagnostics[0].message


def test_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """So much text is read, and no more."""
    monkeypatch.setattr(inclusion, "_MAX_CHARACTERS", 10)
    found = document(r"\input{a}", a_dot_tex="x" * 11)
    assert "too much" in found.diagnostics[0].message


def test_the_diagnostics_of_every_file() -> None:
    """Foreign bytes in an included file are told of."""
    found = document(r"\input{a}", a_dot_tex="\x00\x01" * 50)
    assert found.diagnostics[0].location.file == "a.tex"
