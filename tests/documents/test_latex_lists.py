r"""The reference lists of LaTeX documents, typeset or as data."""

from __future__ import annotations

import pytest

from documents.latex_made import document, only, targets
from lupusrefs.documents.document import DocumentKind
from lupusrefs.model.names import Name


def item(body: str) -> str:
    """The text of an entry."""
    return only(rf"\bibitem{{k}} {body} \end{{thebibliography}} and more").text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"M\"uller, J.~L. {\em Nature} 3--4.", "Müller, J. L. Nature 3–4."),
        (r"A. \newblock \textit{On H$_2$O}. \newblock B.", "A. On H2O. B."),
        (r"J. Foo, 1\penalty0 (2):\penalty0 1--2", "J. Foo, 1(2):1–2"),
        (r"\hskip 1em plus 0.5em minus 0.4em\relax IEEE, 2010", "IEEE, 2010"),
        (
            r"\href{https://a.b}{A title}, \url{http://c/d%20e}",
            "A title, http://c/d%20e",
        ),
        (r"\bysame, Two. \MR{123}", "———, Two."),
        ("A % no\nB", "A B"),
        (
            r"A. \doi{10.1000/a\_b}, doi: \doi{10.1000/2}.",
            "A. doi:10.1000/a_b, doi: 10.1000/2.",
        ),
        (r"\BIBentryALTinterwordspacing A\BIBentrySTDinterwordspacing", "A"),
        (r"A. \showeprint[arxiv]{2101.1}~[cs.CL]", "A. arXiv:2101.1 [cs.CL]"),
    ],
)
def test_the_text_of_an_entry(body: str, expected: str) -> None:
    """What LaTeX prints, in one line."""
    assert item(body) == expected


def test_keys_labels_and_places() -> None:
    """A label may have braces and brackets; each entry ends where the next begins."""
    found = document(
        "\\begin{thebibliography}{9}\n"
        "\\bibitem[{Doe et~al.(2010)Doe, [Roe]}]{doe2010} One.\n\n"
        "\\bibitem[A\\mbox{.}(1999)]%\n   {b:1}\nTwo \\doi{10.1000/2}.\n"
        "\\harvarditem[Roe]{Roe}{2001}{roe} Three.\n"
        "\\end{thebibliography} After \\url{http://x}.\n\\bibitem{#1} x"
        "\\bibitem{} \\bibitem"
    )
    assert [(one.key, one.text) for one in found.listed] == [
        ("doe2010", "One."),
        ("b:1", "Two doi:10.1000/2."),
        ("roe", "Three."),
    ]
    first = found.listed[0].location
    assert str(first) == "main.tex:2:1"
    assert first.span is not None
    assert targets(found.listed[1].links) == ["doi:10.1000/2"]
    assert targets(found.links) == ["http://x"]
    assert "One." in found.text.text


def test_macros_before_the_list_are_no_text() -> None:
    """What a style defines there is neither text nor link."""
    found = document(
        "\\begin{thebibliography}{9}\n\\providecommand \\href [0]{\\begingroup \\x}%\n"
        "\\bibitem{a} One.\n\\end{thebibliography}\\begin{thebibliography}{9}"
    )
    assert found.text.text.split() == ["One."]
    assert found.links == ()


def test_revtex() -> None:
    """The names of its fields are not read out."""
    found = only(
        "\\bibitem [{\\citenamefont {Doe}(2010)}]{doe}%\n  \\BibitemOpen\n"
        "  \\bibfield  {author} {\\bibinfo {author} {\\bibfnamefont {J.}~\\bibnamefont"
        " {Doe}},\\ }\\href@noop {} {\\bibfield  {journal} {\\bibinfo  {journal} {Phys."
        " Lett.}\\ }\\textbf {\\bibinfo {volume} {1}},\\ \\bibinfo {pages} {3}"
        " (\\bibinfo {year} {2010})}\\BibitemShut {NoStop}%\n"
    )
    assert found.text == "J. Doe, Phys. Lett. 1, 3 (2010)"


def test_the_list_beside_the_document() -> None:
    """It is read where a library is named, or where there is no list inside."""
    beside = {"main_dot_bbl": "\\bibitem{b} Beside. \\cite{c}"}
    named = document(r"\bibitem{a} A.\bibliography{r}", **beside)
    assert [one.key for one in named.listed] == ["a", "b"]
    assert named.listed[1].location.file == "main.bbl"
    assert "Beside." in named.text.text
    assert [one.key for one in document("Text", **beside).listed] == ["b"]
    assert [one.key for one in document(r"\bibitem{a} A.", **beside).listed] == ["a"]
    included = document(r"\input{main.bbl}\bibliography{r}", **beside)
    assert [one.key for one in included.listed] == ["b"]
    assert document(r"\bibliography{r}").listed == ()


def test_a_list_as_the_document() -> None:
    """A ``.bbl`` file may be read by itself."""
    found = document(r"\bibitem{a} A \title{x}.", "x.bbl")
    assert found.kind is DocumentKind.BBL
    assert found.work is None
    assert [one.key for one in found.listed] == ["a"]


def test_a_long_entry_is_cut() -> None:
    """What goes on for pages is no entry."""
    assert len(only(r"\bibitem{a} " + "x " * 20_000).text) < 20_001


BIBLATEX = r"""% $ biblatex auxiliary file $
\refsection{0}
  \datalist[entry]{nty/global//global/global}
    \entry{doe}{article}{}{}
      \name{author}{2}{}{%
        {{un=0,hash=1}{%
           family={M\"uller},
           familyi={M\bibinitperiod},
           given={John\bibnamedelima K.},
           giveni={J\bibinitperiod},
           givenun=0}}%
        {{hash=2}{%
           family={Berg},
           prefix={van\bibnamedelimb der},
           given={Jan},
           suffix={Jr.}}}%
      }
      \list{publisher}{2}{%
        {Springer}%
        {Nature}%
      }
      \true{moreauthor}
      \true{morelabelname}
      \field{journaltitle}{J. of Foo}
      \field{title}{A {DNA} title}
      \field{day}{5}
      \field{month}{3}
      \field{year}{2010}
      \field{endyear}{2011}
      \field{urlyear}{2020}
      \field{urlmonth}{1}
      \field{urlday}{2}
      \field{pages}{1\bibrangedash 10\bibrangessep 12}
      \range{pages}{10}
      \field{note} without
      \verb{doi}
      \verb 10.1000/xyz_%20
      \endverb
    \endentry
    \entry{bare}{misc}{}{}
      \field{title}{Bare}
      \list{location}{1}x
    \endentry
  \enddatalist
  \datalist[entry]{other}
    \entry{doe}{article}{}{}
    \endentry
    \endentry
  \enddatalist
\endrefsection
"""


def test_biblatex() -> None:
    """Biber's file has the fields themselves; of a repeated entry the first counts."""
    found = document(BIBLATEX, "a.bbl")
    doe, bare = found.listed
    assert found.text.text == ""
    assert doe.item is not None
    assert doe.item.author == (
        Name("Müller", "John K."),
        Name("Berg", "Jan", non_dropping_particle="van der", suffix="Jr."),
        Name(literal="others"),
    )
    assert doe.item.title == "A DNA title"
    assert str(doe.item.issued) == "2010-03-05/2011"
    assert str(doe.item.accessed) == "2020-01-02"
    assert doe.item.page == "1-10, 12"
    assert doe.item.publisher == "Springer; Nature"
    assert doe.item.doi == "10.1000/xyz_%20"
    assert doe.text.startswith("John K. Müller, Jan van der Berg Jr., et al. A DNA")
    assert str(doe.location) == "a.bbl:4:5"
    assert bare.key == "bare"
    assert bare.item is not None
    assert bare.item.title == "Bare"


def test_names_of_older_files() -> None:
    """Their parts stand in a fixed order, each with its initials."""
    found = only(
        "\\entry{doe}{book}{}\n\\name{author}{2}{}{%\n"
        "  {{hash=1}{Doe}{D\\bibinitperiod}{Jane\\bibnamedelima Q.}{J.}{}{}{}{}}%\n"
        "  {{hash=2}{Berg}{B.}{Jan}{J.}{van}{v.}{Jr.}{J.}}%\n}\n\\endentry"
    )
    assert found.item is not None
    assert found.item.author == (
        Name("Doe", "Jane Q."),
        Name("Berg", "Jan", non_dropping_particle="van", suffix="Jr."),
    )


def test_amsrefs() -> None:
    """A field for every person, and works in other works."""
    first, second, third = document(
        r"""\begin{biblist}
\bib{one}{article}{ author={Doe, Jane}, author={Roe, John}, title={On {$x^2$}},
  journal={J. Math.}, volume={3}, date={1999}, pages={1--20}, review={\MR{1}} }
\bib{two}{article}{ author={Doe, Jane}, title={Part}, place={Here},
  conference={title={Conf}, address={Rome}, date={2001}},
  book={title={Proc}, publisher={AMS}, series={S}} }
\bib*{three}{collection.article}{ title={C}, book={title={B}} }
\bib{four}\bib{four}{article}\bib{#1}
\end{biblist}"""
    ).listed
    assert first.item is not None
    assert first.item.author == (Name("Doe", "Jane"), Name("Roe", "John"))
    assert (first.item.volume, first.item.page) == ("3", "1-20")
    assert first.key == "one"
    assert second.item is not None
    assert second.item.type == "paper-conference"
    assert second.item.container_title == "Proc"
    assert second.item.event_title == "Conf"
    assert second.item.publisher == "AMS"
    assert third.item is not None
    assert (third.item.type, third.item.container_title) == ("chapter", "B")


def test_amsrefs_without_fields() -> None:
    """A broken body gives an entry without fields, and no more."""
    assert only(r"\bib{a}{book}{}").key == "a"


def test_an_embedded_library() -> None:
    """The file that the document holds is its list; it is not looked for elsewhere."""
    found = document(
        "\\begin{filecontents*}[overwrite]{own.bib}\n"
        "@book{doe, title={T}, author={Doe, J.}, year=1999}\n"
        "\\end{filecontents*}\n"
        "\\begin{filecontents}{notes.txt}x\\end{filecontents}\n"
        "\\bibliography{own,other}\\cite{doe}"
    )
    (entry,) = found.listed
    assert entry.key == "doe"
    assert str(entry.location) == "main.tex:2:1"
    assert entry.text == "J. Doe. T. 1999."
    assert [one.path for one in found.libraries] == ["other.bib"]
    assert "Doe" not in found.text.text
