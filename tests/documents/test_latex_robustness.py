"""LaTeX of any kind is read without a traceback, and in its own places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from documents.latex_made import document

PIECES = st.sampled_from(
    [
        *("\\", "{", "}", "[", "]", "%", "\n", "\n\n", "$", "~", "--", "a", " ", "|"),
        *("\\begin{verbatim}", "\\end{verbatim}", "\\begin{comment}", "\\verb|"),
        *(
            "\\iffalse",
            "\\fi",
            "\\else",
            "\\cite{",
            "\\cite[",
            "\\cites(",
            "\\input{a}",
        ),
        *("\\url{", "\\href{", "\\doi{10.1000/", "\\bibitem{k}", "\\bibitem["),
        *("\\end{document}", "\\begin{document}", "\\title{", "\\author{", "\\thanks{"),
        *(
            '\\"',
            "\\bib{a}{b}{",
            "\\entry{a}{b}{}",
            "\\endentry",
            "\\name{author}{1}{}{",
        ),
        *("{{family={", "\\field{year}{", "\\verb{doi}\n\\verb ", "\\section{"),
        *("\\begin{filecontents}{a.bib}", "\\end{filecontents}", "@book{a, title={b}}"),
        *("\\begin{thebibliography}{9}", "\\end{thebibliography}", "\\footnote{"),
        "\\newcommand{\\x}[1]{\\cite{#1}}",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    """Every key, link and character stands in the file that it is said to stand in."""
    found = document(text, a_dot_tex="\\cite{in}")
    for one in found.citations:
        span = one.location.span
        assert span is not None
        source = text if one.location.file == "main.tex" else "\\cite{in}"
        assert source[span.start : span.end] == one.key
    for at in range(0, len(found.text.text), 7):
        assert found.text.location(at).file in {"main.tex", "a.tex"}
