"""Typst: what it cites, which libraries it names, where it points to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lupusrefs.documents import assembly, typst
from lupusrefs.documents.document import Document, DocumentFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def beside(files: Mapping[str, str]) -> Callable[[str], DocumentFile | None]:
    """A folder with these files."""

    def find(path: str) -> DocumentFile | None:
        text = files.get(path)
        return None if text is None else DocumentFile(path, text.encode())

    return find


def typ(text: str, files: Mapping[str, str] | None = None) -> Document:
    """What the reader makes of a text, with other files beside it."""
    return typst.read(DocumentFile("a.typ", text.encode(), beside(files or {})))


def cited(document: Document) -> list[tuple[str, str]]:
    """The citations, and where they are."""
    return [(one.key, str(one.location)) for one in document.citations]


def keys(text: str) -> list[str]:
    """The keys that a text cites."""
    return [one.key for one in typ(text).citations]


def test_citations() -> None:
    """References to what the document does not define are citations."""
    document = typ(
        "= Methods <methods>\nSee @smith2020, @doe:19. and @methods; #cite(<roe>)\n"
        '#cite(label("10.1/x"), form: "prose") @fig-1[Figure]\n'
        '#figure(image("a.png"), caption: [From @poe[p. 7]]) <fig-1>\n'
    )
    assert cited(document) == [
        ("smith2020", "a.typ:2:6"),
        ("doe:19", "a.typ:2:18"),
        ("roe", "a.typ:2:47"),
        ("10.1/x", "a.typ:3:14"),
        ("poe", "a.typ:4:41"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\@no a@b.org @yes", ["yes"]),
        ("// @no\n@yes // @no", ["yes"]),
        ("/* @no /* @no */ @no */ @yes", ["yes"]),
        ("/* @no", []),
        ("`@no` @yes ``@yes2``", ["yes", "yes2"]),
        ("```typ\n@no ` @no\n``` @yes", ["yes"]),
        ("```@no", []),
        ('#let x = "@no"\n@yes', ["yes"]),
        ('#text("@no \\" @no")[@yes]', ["yes"]),
        ('"@yes"', ["yes"]),
        ("$ a @ b $ @yes", ["yes"]),
        ("$ a #cite(<yes>) $", ["yes"]),
        ('$ "a $" #text[@yes] \\$ b $ @yes2', ["yes", "yes2"]),
        ("It costs 5$. @yes", ["yes"]),
        ("#(1 + `@no`.len()) @yes", ["yes"]),
        ("#if a { @no } else [@yes] @yes2", ["yes", "yes2"]),
        ("#for x in (1, 2) [@yes] @yes2", ["yes", "yes2"]),
        ("#while true { [ @yes ] }\n@yes2", ["yes", "yes2"]),
        ("#let f(x) = [#x @yes]; @yes2", ["yes", "yes2"]),
        ("#show heading: it => [@yes]\n@yes2", ["yes", "yes2"]),
        ("#context counter(page).display(); @yes", ["yes"]),
        ("[#set text(1pt)] @yes", ["yes"]),
        ("#f(1).g(2).h @yes", ["yes"]),
        ("#f.g @yes", ["yes"]),
        ("#text[#f(a] @yes", ["yes"]),
        ("#{ ) } ] @yes", ["yes"]),
        ("# @yes", ["yes"]),
        ("#$x$ @yes", ["yes"]),
        ('#"a @no" @yes', ["yes"]),
        ('#cite("yes") #cite(<yes2>, supplement: [@yes3])', ["yes", "yes2", "yes3"]),
        ('#ref(<yes>) #ref(label("yes2")) #link(<no>)[x]', ["yes", "yes2"]),
        ("#cite(supplement: <no>, <yes>)", ["yes"]),
        ("#[@yes <a>] @a", ["yes"]),
        ('#label("a") @a @yes', ["yes"]),
        ("#{ [x] <a> } @a @yes", ["yes"]),
        ("#show <yes>: it => it\n@yes", ["yes"]),
        ("#text(cite(<yes>))", ["yes"]),
        ('#metadata(label("yes")) @yes', ["yes"]),
        ("#" + "(" * 2000 + ")" * 2000 + " @yes", ["yes"]),
    ],
)
def test_where_citations_are(text: str, expected: list[str]) -> None:
    """Comments, raw text, strings, formulas cite nothing; markup in code does."""
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ('#bibliography("refs.bib")', ["refs.bib"]),
        ('#bibliography("refs.bib", title: "Refs", style: "a.csl")', ["refs.bib"]),
        ('#bibliography(("a.bib", "b.yml",), full: true)', ["a.bib", "b.yml"]),
        ('#bibliography(bytes(read("a.bib")))', ["a.bib"]),
        ('#bibliography("/refs/a.yaml")', ["refs/a.yaml"]),
        ('#bibliography("https://a.org/a.bib")', ["https://a.org/a.bib"]),
        (
            '#show: ieee.with(title: [T], bibliography: bibliography("refs.bib"))',
            ["refs.bib"],
        ),
        ('#show: x.with(bibliography-file: "a.bib", font: "b.bib")', ["a.bib"]),
        ('#{ let b = bibliography("./a.bib"); b }', ["a.bib"]),
        ('#show bibliography: set text(font: "x")', []),
        ('// #bibliography("refs.bib")', []),
    ],
)
def test_libraries(text: str, paths: list[str]) -> None:
    """Paths are positional; one or several."""
    assert [one.path for one in typ(text).libraries] == paths


def test_the_place_of_a_library() -> None:
    """It is that of the path."""
    [library] = typ('x\n#bibliography("refs.bib")').libraries
    assert str(library.location) == "a.typ:2:16"


@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        ('#link("https://a.org/x")[the *site*]', "https://a.org/x", "the site"),
        ('#link("https://a.org/x")', "https://a.org/x", "https://a.org/x"),
        ('#link("https://a.org/x", "site")', "https://a.org/x", "site"),
        ('#link("https://a.org/x", [a site])', "https://a.org/x", "a site"),
        ('#link("https://a.org/x")[]', "https://a.org/x", "https://a.org/x"),
        ("see https://a.org/x.", "https://a.org/x", "https://a.org/x"),
        ("(https://a.org/x_(1))", "https://a.org/x_(1)", "https://a.org/x_(1)"),
        ("#footnote[https://a.org/x][y]", "https://a.org/x", "https://a.org/x"),
        ("https://a.org/x// no comment", "https://a.org/x//", None),
    ],
)
def test_links(text: str, target: str, shown: str | None) -> None:
    """Addresses in running text, and calls of ``link``."""
    [link] = typ(text).links
    assert link.target == target
    assert link.text == (shown or link.text)


@pytest.mark.parametrize(
    ("text", "title", "authors"),
    [
        (
            '#set document(title: "On wolves", author: ("Ann Smith", "Roe, Bob"))',
            "On wolves",
            ["Ann Smith", "Bob Roe"],
        ),
        (
            '#set document(title: [On _wolves_ \\#1], author: "Ann Smith")',
            "On wolves #1",
            ["Ann Smith"],
        ),
        (
            (
                '#show: ieee.with(title: [On wolves], authors: ((name: "Ann Smith", '
                'email: "a@b.org"), (name: [Bob Roe])), abstract: [Long])'
            ),
            "On wolves",
            ["Ann Smith", "Bob Roe"],
        ),
        ('#set document(title: "A", keywords: ("b",))', "A", []),
    ],
)
def test_the_document_itself(text: str, title: str, authors: list[str]) -> None:
    """It says so in ``document``, or to its template."""
    work = typ(text).work
    assert work
    assert (work.title, [str(name) for name in work.author]) == (title, authors)


@pytest.mark.parametrize(
    "text",
    ['#set document(author: "A")', '#text(title: "x")', "", '#set page(title: "x")'],
)
def test_nothing_about_the_document(text: str) -> None:
    """Other functions have titles, too."""
    assert typ(text).work is None


def test_what_is_no_text() -> None:
    """Comments and settings are left out; what shows something stays, and its place."""
    document = typ(
        '#import "x.typ": *\n#set text(font: "A")\n#let n = 3\n#let f = [shown]\n'
        "One /* not */ two. // not\nThree.\n"
    )
    assert document.text.text == "\n\n\n#let f = [shown]\nOne  two. \nThree.\n"
    place = document.text.location(document.text.text.index("two"))
    assert str(place) == "a.typ:5:15"
    place = document.text.location(document.text.text.index("Three"))
    assert str(place) == "a.typ:6:1"


def test_included_files() -> None:
    """They stand where they are included; their paths are from their own folder."""
    files = {
        "parts/one.typ": 'One @a.\n#include "two.typ"\n#bibliography("../refs.bib")',
        "parts/two.typ": "Two @b @fig.",
        "lib.typ": "@no",
    }
    document = typ(
        '@z\n#import "lib.typ": x\n#include "parts/one.typ"\nEnd @c. #figure[] <fig>',
        files,
    )
    assert cited(document) == [
        ("z", "a.typ:1:2"),
        ("a", "parts/one.typ:1:6"),
        ("b", "parts/two.typ:1:6"),
        ("c", "a.typ:4:6"),
    ]
    assert [one.path for one in document.libraries] == ["refs.bib"]
    assert document.text.text == (
        "@z\n\nOne @a.\n\n\nTwo @b @fig.\n\n\n"
        '#bibliography("../refs.bib")\n\n\nEnd @c. #figure[] <fig>'
    )
    place = document.text.location(document.text.text.index("Two"))
    assert str(place) == "parts/two.typ:1:1"
    assert document.diagnostics == ()


def test_paths_from_the_root_of_a_project() -> None:
    """The main file may be in a folder below it."""
    document = typ(
        '#include "/paper/b.typ"\n#bibliography("/paper/refs.bib")\n'
        '#bibliography("/x/no.bib")',
        {"b.typ": "@b", "refs.bib": ""},
    )
    assert [one.key for one in document.citations] == ["b"]
    assert [one.path for one in document.libraries] == ["refs.bib", "x/no.bib"]


def test_includes_that_cannot_be_followed() -> None:
    """A circle ends; a file that is not there is told."""
    files = {"b.typ": '#include "a.typ"\n#include "b.typ"'}
    document = typ('#include "b.typ"\n#include "no.typ"\n@x', files)
    assert [(one.message, str(one.location)) for one in document.diagnostics] == [
        ("`a.typ` includes itself", "b.typ:1:11"),
        ("`b.typ` includes itself", "b.typ:2:11"),
        ("there is no file `no.typ`", "a.typ:2:11"),
    ]
    assert [one.key for one in document.citations] == ["x"]


def test_includes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """In depth, in number, and in size."""
    deep = {f"{n}.typ": f'#include "{n + 1}.typ"' for n in range(20)}
    messages = [one.message for one in typ('#include "0.typ"', deep).diagnostics]
    assert messages == ["too many files are included; this one is left"]
    monkeypatch.setattr(assembly, "_MOST_FILES", 2)
    many = typ('#include "b.typ"\n' * 3, {"b.typ": "@x"})
    assert len(many.citations) == 2
    assert len(many.diagnostics) == 1
    monkeypatch.setattr(assembly, "_MOST_CHARACTERS", 3)
    large = typ('#include "b.typ"\n' * 2, {"b.typ": "@x"})
    assert [one.message for one in large.diagnostics] == [
        "the included files are too much text; this one is left"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "]" * 20_000,
        "#{" * 5_000 + "]" * 5_000,
        "#f(" * 5_000,
        "`" * 20_001,
        "``` `" * 5_000,
        "/*" * 10_000,
        "*/" * 10_000,
        "$" * 10_001,
        '#"' * 5_000,
        "@a." * 8_000,
        "@" + "a." * 10_000,
        "<a" * 10_000,
        "https://[" * 5_000,
        "#let " * 5_000,
        "#set document(title: [" * 500,
        "#link(" * 5_000,
        "\\" * 20_000,
        "#a.b(c)" + ".d(e)" * 3_000,
        "#if a {} " * 3_000,
    ],
)
def test_repetition_ends(text: str) -> None:
    """No text is too much for it: an endless run would be told by its time limit."""
    assert typ(text).file == "a.typ"
