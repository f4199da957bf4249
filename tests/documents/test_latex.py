r"""LaTeX documents: what they cite, which libraries they name, what a reader sees."""

from __future__ import annotations

import pytest

from documents.latex_made import document, keys, targets
from lupusrefs.documents.document import DocumentKind
from lupusrefs.model.doi_text import find_dois
from lupusrefs.model.location import Span
from lupusrefs.model.names import Name

# --- citations


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (r"\cite{a}", ["a"]),
        (r"\citep[see][p.~3]{a,b}", ["a", "b"]),
        (r"\citet*{a}", ["a"]),
        (r"\Citet{a}", ["a"]),
        (r"\citeauthor{a} \citeyearpar{b}", ["a", "b"]),
        (r"\parencite[{[sic], p. 3}]{a}", ["a"]),
        (r"\textcite{a}\autocite{b}\footcite{c}\fullcite{d}", ["a", "b", "c", "d"]),
        (r"\autocites[1]{a}[2]{b,c}", ["a", "b", "c"]),
        (r"\cites(see)(and more)[1]{a}[2][3]{b}", ["a", "b"]),
        (r"\volcite[see]{2}[5]{a}", ["a"]),
        (r"\textcquote[3]{a}{what was said}", ["a"]),
        (r"\foreigntextcquote{german}[3]{a}{Wort}", ["a"]),
        (r"\citefield{a}{title}", ["a"]),
        (r"\cite<e.g.,>[p. 3]{a}", ["a"]),
        (r"\bibentry{a} \onlinecite{b} \citeonline{c}", ["a", "b", "c"]),
        (r"\nocite{*}\nocite{a}", ["*", "a"]),
        ("\\cite%\n  [see]%\n  {a,%\n   b ,\n c}", ["a", "b", "c"]),
        (r"\cite{doi:10.1000/1(2)_3}", ["doi:10.1000/1(2)_3"]),
        (r"\cite{}", []),
        (r"\cite{a,,b,}", ["a", "b"]),
        (r"\citestyle{nature}\setcitestyle{round}\citetext{priv. comm.}", []),
        (r"\defcitealias{a}{Paper I}\bibcite{a}{1}", []),
        (r"\newcommand{\mycite}[1]{\cite{#1}}\cite{\key}", []),
        (r"\excited{a}\cite", []),
        (r"\cite[unclosed {a}", []),
        (r"\cites(unclosed {a}", []),
        (r"{\cite[a} b]{c}", []),
        (r"\cite[a [b] c]{k}", ["k"]),
    ],
)
def test_citation_commands(command: str, expected: list[str]) -> None:
    """Every package's commands, with their optional arguments and several keys."""
    assert keys(command) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\newcommand{\mine}[1]{(see~\citep{#1})}\mine{a,b}", ["a", "b"]),
        (r"\renewcommand*\mine[2][]{\cite[#1]{#2}}\mine[p. 3]{a}", ["a"]),
        (r"\newcommand{\mine}[2]{\cite[#1]{#2}}\mine{a}{b}", []),
        (r"\newcommand{\mine}[1][x]{\cite{#1}}\mine{a}", []),
        (r"\newcommand{\mine}[1]{\textbf{#1}}\mine{a}", []),
        (r"\newcommand{\mine}[1]{\mine", []),
        (
            r"\newcites{sup,web}{More,Web}\citesup{a}\citepweb[3]{b}\citex{c}",
            ["a", "b"],
        ),
    ],
)
def test_commands_of_ones_own(text: str, expected: list[str]) -> None:
    """What a document defines in terms of the usual commands cites, too."""
    found = document(text)
    assert [one.key for one in found.citations] == expected


def test_a_key_knows_its_place() -> None:
    """Each key of a command has a place of its own."""
    first, second = document("Text\n\\citep[see][p. 3]{one,\n two}").citations
    assert str(first.location) == "main.tex:2:19"
    assert str(second.location) == "main.tex:3:2"
    assert second.location.span == Span(29, 32)


@pytest.mark.parametrize(
    "hidden",
    [
        r"% \cite{a}",
        "\\begin{comment}\n\\cite{a}\n\\end{comment}",
        r"\iffalse \cite{a} \ifx x y \fi \cite{a} \fi",
        "\\iffalse % \\fi\n\\newif\\ifdraft a \\iff b \\cite{a} \\fi",
        r"\end{document} \cite{a}",
        "\\begin{verbatim}\n\\cite{a}\n\\end{verbatim}",
        "\\begin{lstlisting}[language=TeX]\n\\cite{a}\n\\end{lstlisting}",
        r"\verb|\cite{a}|",
        r"\lstinline!\cite{a}!",
        "\\begin{filecontents}{a.tex}\n\\cite{a}\n\\end{filecontents}",
    ],
)
def test_what_is_hidden_cites_nothing(hidden: str) -> None:
    """Comments, switched-off text and verbatim text have no citations."""
    assert keys(hidden) == []


def test_what_only_looks_hidden() -> None:
    """An escaped per cent sign, and what is never closed, hide nothing."""
    assert keys(r"50\% of \cite{a}") == ["a"]
    assert keys(r"\\% \cite{a}") == []
    assert keys(r"\begin{comment} \cite{a} \begin{comment} \cite{b}") == ["a", "b"]
    assert keys(r"\iffalse \cite{a} \iffalse") == ["a"]
    assert keys(r"\iffalse x \else \cite{a} \fi") == ["a"]
    assert keys(r"\verb \cite{a}") == ["a"]


# --- libraries


def test_libraries() -> None:
    """BibTeX adds the ending, biber does not; the main file's name is known."""
    found = document(
        r"\bibliography{refs, more/other.bib}\addbibresource[glob]{a.bib}"
        r"\addglobalbib{b.bib}\addsectionbib{c.bib}\nobibliography{d}\nobibliography*"
        r"\bibliography{\jobname}\bibliographystyle{plain}\bibliography{\x}\bibliography"
        r"\bibliography{,}"
    ).libraries
    assert [one.path for one in found] == [
        *("refs.bib", "more/other.bib", "a.bib", "b.bib", "c.bib", "d.bib"),
        "main.bib",
    ]
    assert str(found[1].location) == "main.tex:1:21"


def test_libraries_of_multibib() -> None:
    """Each family has a command of its own."""
    found = document(r"\newcites{sup}{More}\bibliographysup{a}\bibliographyx{b}")
    assert [one.path for one in found.libraries] == ["a.bib"]


# --- text


def test_the_text_has_no_markup() -> None:
    """Commands go, the text in their braces stays, accents are letters."""
    text = document(
        "\\documentclass{article}\n\\title{No}\n\\begin{document}\n"
        "\\section*{On f\\\"oo}\\label{s}Na{\\\"\\i}ve \\emph{T~cells} -- ``so'' %\n"
        "\\noindent "
        "H$_2$O \\& \\textbf{more}\\cite{a}, \\alpha\\ x\\\\[2pt]next\\,one\n"
        "\\begin{tabular}{ll}a & b\\end{tabular}\\hskip 1em plus 2em end"
        "\\penalty0\\par\n"
        "\\begin{x}[a]{b}\\begin[\\begin{y}[\\item one \\(x\\)\n\\end{document}\nrest"
    ).text.text
    assert " ".join(text.split()) == (
        "On föo Naïve T cells – “so” H2O & more, α x next one a b end [ [ one x"
    )
    assert "On föo\n\n" in text


def test_notes_and_arguments_stand_apart() -> None:
    """What is printed elsewhere does not touch the words around it."""
    text = document(
        r"10.1000/1\footnote[2]{See 10.1000/2}next\foo{10.1000/3}{x}\quad y\footnote"
    ).text.text
    assert text.split() == ["10.1000/1", "See", "10.1000/2", "next10.1000/3", "x", "y"]


def test_places_of_the_text() -> None:
    """Each character of the text stands where it stands in the file."""
    found = document("\\emph{See} 10.1000/a\\_b % no\nand \\'e here").text
    at = found.text.index("10.1000")
    assert str(found.location(at)) == "main.tex:1:12"
    assert str(found.location(found.text.index("é"))) == "main.tex:2:5"
    assert "no" not in found.text
    (mention,) = find_dois(found.text)
    assert mention.doi.name == "10.1000/a_b"


def test_verbatim_text_is_text() -> None:
    """A listing is read as it stands, and its DOIs with it."""
    text = document(
        "\\begin{verbatim}\n\\x 10.1000/1%2\n\\end{verbatim}\\verb|a%b|"
    ).text.text
    assert "\\x 10.1000/1%2" in text
    assert "a%b" in text


def test_addresses_are_read_verbatim() -> None:
    """A per cent sign in an address begins no comment; an escape is taken back."""
    text = document(r"\url{http://a.b/c%20d} and \doi{10.1000/a\_b} \url x").text.text
    assert "http://a.b/c%20d and 10.1000/a_b" in text


# --- links


def test_links() -> None:
    """Addresses, DOIs, and what REVTeX puts before them."""
    found = document(
        r"\href{https://doi.org/10.1000/1}{the \emph{paper}} \url{http://a.b/c\_d}"
        r"\doi{10.1000/2}\doi{https://doi.org/10.1000/3}\path{/usr/bin}"
        r"\path{doi:10.1000/4}\nolinkurl{10.1000/5}\href {\doibase 10.1000/6} {x}"
        r"\href{https://doi.org/\doibase 10.1000/7}{y}\eprint{2101.00001}\eprint{a, c}"
        r"\url{}\url{#1}\url\href{http://z}"
    ).links
    assert targets(found) == [
        *("https://doi.org/10.1000/1", "http://a.b/c_d", "doi:10.1000/2"),
        *("https://doi.org/10.1000/3", "doi:10.1000/4", "10.1000/5"),
        *("https://doi.org/10.1000/6", "https://doi.org/10.1000/7"),
        *("arxiv:2101.00001", "http://z"),
    ]
    assert found[0].text == "the paper"
    assert found[1].text == "http://a.b/c_d"


def test_the_preamble_points_nowhere() -> None:
    """Macros and the document's own DOI are no links of its text."""
    text = "\\doi{10.1000/1}\n\\begin{document}\n\\url{http://a}\n\\end{document}"
    found = document(text)
    assert targets(found.links) == ["http://a"]
    assert found.work is not None
    assert found.work.doi == "10.1000/1"


def test_a_long_link_text_is_left_out() -> None:
    """A link around pages of text has no text, one to pages of text is none."""
    found = document(rf"\href{{http://a}}{{{'x ' * 3000}}}\url{{{'y' * 5000}}}").links
    assert [(one.target, one.text) for one in found] == [("http://a", "")]


# --- the work itself


def work(text: str) -> dict[str, object]:
    """What a document says of itself."""
    found = document(text).work
    return {} if found is None else dict(found.to_csl())


def test_title_authors_and_date() -> None:
    """LaTeX's own commands, without the notes to them."""
    found = document(
        r"\title[Short]{On \emph{lupus}\thanks{Paid\footnote{x}}:}\subtitle{A study}"
        r"\author{Jane Q. Doe\thanks{Uni} \and J. M\"uller$^{1}$ \\ Street 1}"
        r"\date{May 5, 2021}"
    ).work
    assert found is not None
    assert found.title == "On <i>lupus</i>: A study"
    assert found.author == (Name("Doe", "Jane Q."), Name("Müller", "J."))
    assert str(found.issued) == "2021-05-05"


@pytest.mark.parametrize(
    "text",
    [
        r"\author{Jane Doe}\affiliation{Uni}\author{John Roe}\email{a@b.c}",
        r"\author[1]{Jane Doe}\author[2,*]{John Roe}\affil[1]{Uni}",
        r"\author{Jane Doe\inst{1}\orcidID{0000} \and John Roe\inst{2}}",
        r"\author*[1]{\fnm{Jane} \sur{Doe}}\author[2]{\fnm{John} \sur{Roe}}",
        r"\author{\IEEEauthorblockN{Jane Doe}\IEEEauthorblockA{Uni}\and John Roe}",
        "\\author{Jane Doe \\\\ Uni \\\\ \\texttt{a@b} \\And John Roe \\\\ Uni}",
        r"\author{Jane Doe\textsuperscript{1} \& John Roe\textsuperscript{2}}",
        r"\author{Jane Doe,$^1$ and John Roe$^{2,*}$}",
        r"\author{Jane Doe1,2, John Roe3}",
    ],
)
def test_authors_of_many_classes(text: str) -> None:
    """Journals' classes write authors in their own ways."""
    found = document(text).work
    assert found is not None
    assert found.author == (Name("Doe", "Jane"), Name("Roe", "John"))


def test_what_says_nothing() -> None:
    """Templates, macros and no date at all are not taken for the work."""
    assert work("Text") == {}
    assert work(r"\acmDOI{10.1145/nnnnnnn.nnnnnnn}\date{\today}\title{}") == {}
    assert work(r"\acmDOI{XXX}\author{#1}\title{#1}\author\title") == {}
    assert work(rf"\title{{{'x ' * 2000}}}") == {}
    assert work(r"\title{A}\date{\today}\date{2020}")["issued"] == {
        "date-parts": [[2020]]
    }
    assert work(r"\begin{document}\doi{10.1000/of-another}") == {}
    assert work(r"\acmDOI{10.1145/1.2}")["DOI"] == "10.1145/1.2"


def test_bytes_that_are_no_text() -> None:
    """A binary file is told of, and reads as nothing."""
    found = document("\x00\x01\x02" * 50)
    assert found.kind is DocumentKind.LATEX
    assert found.diagnostics
