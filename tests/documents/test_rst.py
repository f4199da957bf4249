"""reStructuredText: what it cites, what it lists, where it points to."""

from __future__ import annotations

import pytest

from lupusrefs.documents.document import Document, DocumentFile
from lupusrefs.documents.rst.read import read


def rst(text: str) -> Document:
    """What the reader makes of a text."""
    return read(DocumentFile("a.rst", text.encode()))


def cited(document: Document) -> list[tuple[str, str]]:
    """The citations, and where they are."""
    return [(one.key, str(one.location)) for one in document.citations]


def targets(document: Document) -> list[str]:
    """The targets of the links."""
    return [one.target for one in document.links]


CITED = """\
On wolves
=========

:Author: Ann Smith; Bob Jones
:DOI: 10.1000/own

Wolves [Smi2020]_ hunt sheep [#]_ [1]_, see
[Jones.2019]_.

.. [Smi2020] Smith A. *On wolves*. Wolf 4
   (2020). `Link <https://doi.org/10.1000/1>`_

   Second paragraph.
.. [Jones.2019] Jones B. Of sheep. 2019.
"""


def test_citations_and_their_definitions() -> None:
    """A definition is an entry, joined into one line; each citation has its place."""
    document = rst(CITED)
    assert cited(document) == [("Smi2020", "a.rst:7:9"), ("Jones.2019", "a.rst:8:2")]
    first, second = document.listed
    assert (first.key, second.key) == ("Smi2020", "Jones.2019")
    assert first.text == "Smith A. On wolves. Wolf 4 (2020). Link Second paragraph."
    assert str(first.location) == "a.rst:10:1"
    assert [one.target for one in first.links] == ["https://doi.org/10.1000/1"]
    assert second.text == "Jones B. Of sheep. 2019."
    assert document.links == ()
    assert document.text.text == CITED
    assert document.work
    assert document.work.title == "On wolves"
    assert document.work.doi == "10.1000/own"
    assert [str(name) for name in document.work.author] == ["Ann Smith", "Bob Jones"]


def test_included_files() -> None:
    """They stand where they are included; files shown as they are do not."""
    files = {
        "parts/refs.rst": ".. [Smi2020] Smith A.\n\n.. bibliography:: x.bib\n",
        "code.rst": "[no]_",
        "deep.rst": "[Gone]_",
    }

    def beside(path: str) -> DocumentFile | None:
        text = files.get(path)
        return None if text is None else DocumentFile(path, text.encode())

    text = (
        "[smi2020]_ one.\n\n.. include:: parts/refs.rst\n   :start-line: 0\n\n"
        ".. include:: code.rst\n   :literal:\n\n.. include:: <isonum.txt>\n\n"
        ".. include:: /doc/deep.rst\n\n.. include:: no.rst\n\n.. include::\n\nEnd.\n"
    )
    document = read(DocumentFile("a.rst", text.encode(), beside))
    assert cited(document) == [("Smi2020", "a.rst:1:2"), ("Gone", "deep.rst:1:2")]
    assert [str(one.location) for one in document.listed] == ["parts/refs.rst:1:1"]
    assert [one.path for one in document.libraries] == ["parts/x.bib"]
    assert [one.message for one in document.diagnostics] == [
        "there is no file `no.rst`"
    ]
    assert "[Gone]_" in document.text.text
    assert document.text.text.endswith("End.\n")


def test_labels_have_no_case() -> None:
    """The key of a citation is the label of its entry; else it is as written."""
    document = rst("[smi2020]_ and [Gone]_\n\n.. [Smi2020] Smith A.\n")
    assert [key for key, _ in cited(document)] == ["Smi2020", "Gone"]


def test_footnotes_are_entries_where_they_are_references() -> None:
    """Under a heading of references, or with an identifier; else they are remarks."""
    document = rst(
        "See [1]_, [2]_, [#three]_, [4]_.\n\n"
        ".. [1] A remark of 2020.\n"
        ".. [2] Smith A. Wolves. doi:10.1000/1\n\n"
        ".. rubric:: References\n\n"
        ".. [#three] Jones B. Sheep. 1999.\n"
        ".. [#] Poe C. Goats. 1998.\n"
        ".. [4] Without a number.\n"
    )
    assert [one.key for one in document.listed] == ["2", "three", None]
    assert [key for key, _ in cited(document)] == ["2", "three"]


def test_roles_of_sphinxcontrib_bibtex() -> None:
    """Keys are parted by commas; what is said beside them is not one."""
    document = rst(
        "See :cite:`a, b`, :cite:p:`{see}c{p. 3, 4},d`, :footcite:t:`e` and\n"
        ":cite:empty:`f,`, :code:`no`, ``:cite:`no2` ``.\n\n"
        ".. bibliography:: refs.bib more.bib\n   :filter: False\n\n   g\n   not this\n"
    )
    assert cited(document) == [
        ("a", "a.rst:1:12"),
        ("b", "a.rst:1:15"),
        ("c", "a.rst:1:33"),
        ("d", "a.rst:1:44"),
        ("e", "a.rst:1:61"),
        ("f", "a.rst:2:14"),
        ("g", "a.rst:7:4"),
    ]
    assert [(one.path, str(one.location)) for one in document.libraries] == [
        ("refs.bib", "a.rst:4:19"),
        ("more.bib", "a.rst:4:28"),
    ]


def test_a_bibliography_without_a_file() -> None:
    """Its files are named in Sphinx's configuration."""
    document = rst("x\n\n.. bibliography::\n")
    assert document.libraries == ()


@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        ("`a b <https://a.org/x>`_", "https://a.org/x", "a b"),
        ("`<https://a.org/x>`__", "https://a.org/x", "https://a.org/x"),
        ("`a <https://a.org/\n  x>`_", "https://a.org/x", "a"),
        ("see https://a.org/x.", "https://a.org/x", "https://a.org/x"),
        ("(https://a.org/x_(1))", "https://a.org/x_(1)", "https://a.org/x_(1)"),
        (".. _site: https://a.org/x", "https://a.org/x", "https://a.org/x"),
        (".. _my site: a.org/x\n   y", "a.org/xy", "my site"),
        (".. __: a.org/x", "a.org/x", "a.org/x"),
        ("__ a.org/x", "a.org/x", "a.org/x"),
        (":doi:`10.1000/1`", "doi:10.1000/1", "10.1000/1"),
        (":doi:`this <10.1000/1>`", "doi:10.1000/1", "this"),
        (":ext:doi:`https://doi.org/10.1000/1`", "https://doi.org/10.1000/1", None),
        (":arxiv:`2001.00001`", "arXiv:2001.00001", "2001.00001"),
        (":pmid:`12345678`", "pmid:12345678", "12345678"),
    ],
)
def test_links(text: str, target: str, shown: str | None) -> None:
    """Addresses in all forms, and the roles for identifiers."""
    document = rst(text)
    assert targets(document) == [target]
    if shown is not None:
        assert document.links[0].text == shown


@pytest.mark.parametrize(
    "text",
    [
        "`a <name_>`_",
        ".. _here:",
        ".. _alias: other_",
        ":ref:`a <b>`",
        "``https``",
        "a@b.org",
        "`#a.b <#a.b>`_",
    ],
)
def test_no_links(text: str) -> None:
    """Names of places in the text are none."""
    assert targets(rst(text)) == []


def test_comments_are_no_text() -> None:
    """They are left out, with what is indented below them."""
    document = rst(
        "One.\n\n.. a comment [no]_ https://a.org\n   and more\n\n   and more\n\n"
        "Two.\n\n..\n\n   A quote [yes]_.\n\n..\n   hidden [no]_\n\nEnd.\n"
    )
    assert document.text.text == ("One.\n\n\nTwo.\n\n\n   A quote [yes]_.\n\n\nEnd.\n")
    assert cited(document) == [("yes", "a.rst:12:13")]
    assert str(document.text.location(document.text.text.index("End"))) == "a.rst:17:1"
    assert document.links == ()


def test_code_cites_nothing() -> None:
    """Literal text, code and formulas are shown as they are."""
    document = rst(
        "Code::\n\n    x[a]_\n\n  still [b]_ code\n\nNow ``[c]_`` and [d]_ no::\n"
        "more\n\n"
        ".. code-block:: python\n\n   y[e]_\n\n.. note:: See [f]_.\n\n   And [g]_.\n\n"
        "\\[h]_ and x[i]_y ``open [j]_\n\n.. |s| image:: https://a.org/x.png\n\nEnd::"
    )
    assert [key for key, _ in cited(document)] == ["d", "f", "g", "j"]
    assert targets(document) == ["https://a.org/x.png"]


def test_titles() -> None:
    """A title may have a line above it; what is no title is none."""
    assert (work := rst(".. c\n\n====\nOne\n====\n").work)
    assert work.title == "One"
    assert rst("Text.\n\nTitle\n=====\n").work is None
    assert rst("A long line of text\n==\n").work is None
    assert rst("====\n\nText\n").work is None
    assert rst("Text\nmore").work is None


def test_authors_on_several_lines() -> None:
    """A list of authors is below its field."""
    document = rst(
        "T\n=\n\n:Authors:\n   - Ann Smith\n   - Jones, Bob\n:Version: 1\n\nX.\n"
    )
    assert document.work
    assert [name.family for name in document.work.author] == ["Smith", "Jones"]


def test_escapes_and_literals_in_entries() -> None:
    """An entry is what a reader sees of it."""
    document = rst(
        ".. [a] A\\ B\\_c ``code`` **bold** `name`_ :title:`On x` "
        "`<https://a.org>`_ 2*3*4"
    )
    assert document.listed[0].text == ("AB_c code bold name On x https://a.org 2*3*4")


def test_an_empty_file() -> None:
    """It has nothing."""
    assert rst("") == Document("a.rst", rst("").kind, rst("").text)


@pytest.mark.parametrize(
    "text",
    [
        "`" * 20_000,
        "``" + "a " * 20_000,
        "[a]_" * 5_000,
        ".. [a] x\n" * 5_000,
        "::\n\n" * 5_000,
        "".join(f"{' ' * n}.. note::\n" for n in range(300)),
        "====\n" * 5_000,
        ":cite:`" * 5_000,
        "`<" * 10_000,
        "`a " * 10_000,
        "*a" * 10_000,
        "https://" * 5_000,
        ".. " * 5_000,
        ".. _a: b\n" * 3_000,
    ],
)
def test_repetition_ends(text: str) -> None:
    """No text is too much for it: an endless run would be told by its time limit."""
    assert read(DocumentFile("a.rst", text.encode())).file == "a.rst"
