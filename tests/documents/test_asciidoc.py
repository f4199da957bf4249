"""AsciiDoc: what it cites, what it lists, where it points to."""

from __future__ import annotations

import pytest

from lupusrefs.documents.asciidoc.read import read
from lupusrefs.documents.document import Document, DocumentFile


def adoc(text: str) -> Document:
    """What the reader makes of a text."""
    return read(DocumentFile("a.adoc", text.encode()))


def cited(document: Document) -> list[tuple[str, str]]:
    """The citations, and where they are."""
    return [(one.key, str(one.location)) for one in document.citations]


LISTED = """\
= On _wolves_
Ann B. Smith <a@b.org>; Bob Jones
v1.0, 2020-05-01
:doi: 10.1000/own
:bibtex-file: refs.bib

Wolves <<smith>> hunt <<jones,the sheep>>, see <<methods>> and xref:smith[here].

== Methods

* no entry

[bibliography]
== References

* [[[smith]]] Smith A. _On wolves_. Wolf 4
  (2020). https://doi.org/10.1000/1[doi]
* [[[jones,2]]] Jones B. Of {nbsp}sheep.

  A quotation.

- Poe C. Goats. link:poe.html[]

=== Still in it
* Nemo D. Fish.

== Appendix

* no entry
"""


def test_a_list_of_references() -> None:
    """Entries have the keys of their anchors; other cross references cite nothing."""
    document = adoc(LISTED)
    assert [one.key for one in document.listed] == ["smith", "jones", None, None]
    texts = [one.text for one in document.listed]
    assert texts == [
        "Smith A. On wolves. Wolf 4 (2020). doi",
        "Jones B. Of  sheep.",
        "Poe C. Goats. poe.html",
        "Nemo D. Fish.",
    ]
    first, _, third, _ = document.listed
    assert str(first.location) == "a.adoc:16:1"
    assert [one.target for one in first.links] == ["https://doi.org/10.1000/1"]
    assert [one.target for one in third.links] == ["poe.html"]
    assert document.links == ()
    assert cited(document) == [
        ("smith", "a.adoc:7:10"),
        ("jones", "a.adoc:7:25"),
        ("smith", "a.adoc:7:69"),
    ]
    assert [(one.path, str(one.location)) for one in document.libraries] == [
        ("refs.bib", "a.adoc:5:15")
    ]
    seen = LISTED.replace("https://doi.org/10.1000/1[doi]", "doi")
    assert document.text.text == seen.replace("link:poe.html[]", "poe.html")


def test_the_document_itself() -> None:
    """Title, authors and DOI are those of the header."""
    work = adoc(LISTED).work
    assert work
    assert (work.title, work.doi) == ("On wolves", "10.1000/own")
    assert [str(name) for name in work.author] == ["Ann B. Smith", "Bob Jones"]


@pytest.mark.parametrize(
    ("text", "title", "authors"),
    [
        ("// c\n= T\n:author: Ann Smith\n", "T", ["Ann Smith"]),
        ("Title\n=====\nMary_Sue Roe\n", "Title", ["Mary Sue Roe"]),
        ("= T\n\nAnn Smith\n", "T", []),
        ("= T\nA line of text, which is none of authors.\n", "T", []),
        ("= T\ninclude::a.adoc[]\n", "T", []),
        ("= T", "T", []),
        (
            ":title: X\n:authors: A. Smith; B. Roe\n\nText\n",
            "X",
            ["A. Smith", "B. Roe"],
        ),
    ],
)
def test_headers(text: str, title: str, authors: list[str]) -> None:
    """A header has many forms."""
    work = adoc(text).work
    assert work
    assert (work.title, [str(name) for name in work.author]) == (title, authors)


@pytest.mark.parametrize("text", ["", "Text\n\n= T\n", "== T\n", "Text\n=\n", "Text"])
def test_no_header(text: str) -> None:
    """A document need not have one."""
    assert adoc(text).work is None


@pytest.mark.parametrize(
    ("macro", "keys"),
    [
        ("cite:[smith]", ["smith"]),
        ("cite:[smith, roe(12, 14)]", ["smith", "roe"]),
        ("citenp:[smith(12)]", ["smith"]),
        ("cite:See[smith]", ["smith"]),
        ("cite:[smith, page=3]+[roe]", ["smith", "roe"]),
        ("fullcite:[smith] citet:[roe] bibitem:[poe]", ["smith", "roe", "poe"]),
        ("citeauthor:[10.1000/a:b]", ["10.1000/a:b"]),
        ("cite:[two words, roe]", ["roe"]),
        ("\\cite:[smith] recite:[smith] cite[smith] <<#>>", []),
    ],
)
def test_citations_from_libraries(macro: str, keys: list[str]) -> None:
    """The macros of asciidoctor-bibtex and asciidoctor-bibliography."""
    assert [key for key, _ in cited(adoc(macro))] == keys


def test_places_of_keys() -> None:
    """Each key has its own."""
    places = cited(adoc("See cite:[smith, roe(12), page=4]+[poe]."))
    assert places == [
        ("smith", "a.adoc:1:11"),
        ("roe", "a.adoc:1:18"),
        ("poe", "a.adoc:1:36"),
    ]


@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        ("https://a.org/x[the site]", "https://a.org/x", "the site"),
        ("https://a.org/x[]", "https://a.org/x", "https://a.org/x"),
        ("https://a.org/x[site^]", "https://a.org/x", "site"),
        ('https://a.org/x["a, b",window=_blank]', "https://a.org/x", "a, b"),
        ("https://a.org/x[site,role=x]", "https://a.org/x", "site"),
        ("https://a.org/x[open", "https://a.org/x", "https://a.org/x"),
        ("(https://a.org/x).", "https://a.org/x", "https://a.org/x"),
        ("<https://a.org/x>", "https://a.org/x", "https://a.org/x"),
        ("link:a/b.pdf[PDF]", "a/b.pdf", "PDF"),
        ("link:https://a.org/x[PDF]", "https://a.org/x", "PDF"),
    ],
)
def test_links(text: str, target: str, shown: str) -> None:
    """Addresses have their text in brackets behind them."""
    links = adoc(f"See {text}").links
    assert [(one.target, one.text) for one in links] == [(target, shown)]


def test_included_files() -> None:
    """A book has its chapters, and its list, in files of their own."""
    files = {
        "parts/one.adoc": "= One\nSee <<smith>> and <<here>>.\n",
        "refs.adoc": "[bibliography]\n* [[[smith]]] Smith A.\n",
    }

    def beside(path: str) -> DocumentFile | None:
        text = files.get(path)
        return None if text is None else DocumentFile(path, text.encode())

    text = (
        "= Book\n\ninclude::parts/one.adoc[leveloffset=+1]\n\n----\n"
        "include::code.adoc[]\n----\n\ninclude::x.rb[]\ninclude::{dir}/y.adoc[]\n"
        "include::https://a.org/z.adoc[]\ninclude::refs.adoc[]\n"
        "include::may.adoc[opts=optional]\ninclude::no.adoc[]\nEnd <<smith>>.\n"
    )
    document = read(DocumentFile("a.adoc", text.encode(), beside))
    assert cited(document) == [
        ("smith", "parts/one.adoc:2:7"),
        ("smith", "a.adoc:15:7"),
    ]
    assert [str(one.location) for one in document.listed] == ["refs.adoc:2:1"]
    assert [str(one.location) for one in document.diagnostics] == ["a.adoc:14:10"]
    assert document.work
    assert document.work.title == "Book"
    assert document.text.text.index("One") < document.text.text.index("Smith A.")


def test_of_a_link_its_text_is_seen() -> None:
    """An address and the text behind it would read as one identifier."""
    document = adoc("A https://doi.org/10.1/a[text], link:b.pdf[] and https://c.org[].")
    assert document.text.text == "A text, b.pdf and https://c.org."
    place = document.text.location(document.text.text.index("b.pdf"))
    assert str(place) == "a.adoc:1:38"


def test_comments_are_no_text() -> None:
    """Lines, blocks and paragraphs of comment are left out; places stay right."""
    document = adoc(
        "One. // not cite:[a]\n// cite:[no]\n////\nhttps://a.org\n\n* [[[x]]] X\n////\n"
        "[comment]\ncite:[no]\ncite:[no]\n\n/// cite:[b]\nEnd. https://b.org\n"
    )
    assert document.text.text == (
        "One. // not cite:[a]\n[comment]\n\n/// cite:[b]\nEnd. https://b.org\n"
    )
    assert [key for key, _ in cited(document)] == ["a", "b"]
    assert [str(one.location) for one in document.links] == ["a.adoc:13:6"]
    assert document.listed == ()


@pytest.mark.parametrize(
    "code",
    [
        "----\n{}\n\n{}\n----",
        "....\n{}\n....",
        "++++\n{}\n++++",
        "```ruby\n{}\n```",
        "[source,ruby]\n----\n{}\n----",
        "[source]\n{}",
        "----\n{}",
    ],
)
def test_code_cites_nothing(code: str) -> None:
    """It is shown as it is."""
    hidden = "cite:[no] https://no.org"
    text = f"cite:[a]\n\n{code.format(hidden, hidden)}\n\n"
    assert [key for key, _ in cited(adoc(text))] == ["a"]
    assert adoc(text).links == ()


def test_code_ends() -> None:
    """What stands behind a block of code is text again."""
    assert cited(adoc("[source]\n----\nx\n----\ncite:[a]\n")) == [("a", "a.adoc:5:7")]


def test_a_list_without_a_section() -> None:
    """The style may stand above the list itself; the list ends with it."""
    document = adoc(
        "[bibliography]\n* Smith A. Wolves.\nmore\n. Roe B. Sheep.\n+\njoined\n\n"
        "Text.\n\n* no entry\n\n== Section\n* none\n\n[bibliography]\nText\n* none\n"
    )
    assert [one.text for one in document.listed] == [
        "Smith A. Wolves. more",
        "Roe B. Sheep.",
    ]


def test_anchors_are_entries_anywhere() -> None:
    """A list with anchors of references is one of references."""
    document = adoc("+ [[[a]]] A.\n* other\n:x: y\n* [[[b]]] B\n[[id]]\nC\n")
    assert [(one.key, one.text) for one in document.listed] == [("a", "A."), ("b", "B")]


def test_databases() -> None:
    """Several are parted by commas."""
    document = adoc(":bibliography-database: a.bib, b.bib\n:bibtex-file!:\n")
    assert [str(one.location) for one in document.libraries] == [
        "a.adoc:1:25",
        "a.adoc:1:32",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<<" * 20_000,
        "<<a,b" * 8_000,
        "cite:[" * 8_000,
        "cite:[a]+[" * 5_000,
        "cite:[" + "a," * 20_000 + "]",
        "link:" * 8_000,
        "https://" * 8_000,
        "* [[[" * 5_000,
        "* [[[a]]] x https://a.org\n" * 3_000,
        "////\n" * 5_000,
        "----\n-----\n" * 3_000,
        "[comment]\n" * 5_000,
        "[" * 20_000,
        ":a:" * 8_000,
        "_a" * 10_000,
        "*" * 20_000,
        "= a\n" * 5_000,
        "a\n=\n" * 5_000,
        "* [[[a]]] " + "*a _b " * 5_000,
        "* [[[a]]] " + "https://a" * 5_000,
    ],
)
def test_repetition_ends(text: str) -> None:
    """No text is too much for it: an endless run would be told by its time limit."""
    assert adoc(text).file == "a.adoc"
