"""LaTeX field values: what they say.

Sources: "LaTeX 2e: An unofficial reference manual" (latexref) for commands, accents and
symbols; btxhak, "change.case$", for what braces protect; the biblatex manual, 2.2.1,
for verbatim fields.
"""

from __future__ import annotations

import pytest

from lupusrefs.formats.bibtex.parse_latex import plain, rich, title, verbatim


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"{\"o} {\"{o}} \"{o} \"o \" o", "ö ö ö ö ö"),
        (r"\'\i \'{\i} {\'\i} \'{\i}x \^{\j}", "íí í íx ĵ"),
        (r"\v{s} {\v s} \v s \c{c} \c c \k{a} \d{m} \=a \r{a}", "š š š ç ç ą ṃ ā å"),
        (r"\H{o} \u{\i} \u\i{} \.z \.{I} \b{d} \t{oo}", "ő ĭ ĭ ż İ ḏ o͡o"),
        (r"\'{\^e} \'\^{e} \=\ae", "ế ế ǣ"),
        (r"Fran\c cois, Kova\v cevi\'c", "François, Kovačević"),
        (r"\c {cb}", "çb"),
        (r"{\accent127 u} \accent'23 e", "ü é"),
        (r"\textcommabelow{s} \textogonekcentered{\=O}", "ș Ǭ"),
        # Escaped once too often, as from JSON.
        (r"G{\\\"o}del, D\\'ecoret, R\\&D", "G ödel, Décoret, R&D"),
    ],
)
def test_accents(source: str, text: str) -> None:
    """Accents in every spelling, composed (latexref, 22.3)."""
    assert rich(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\ss \SS \o \O \ae \AE \oe \l \L \aa \TH \dh \ng", "ßẞøØæÆœłŁåÞðŋ"),
        (r"\ss{} \o{} {\l}", "ß ø ł"),
        (r"\& \% \_ \$ \# \{ \}", "& % _ $ # { }"),
        (r"a~b 10\,km \dots\ \textendash{} \S 5", "a\u00a0b 10\u2009km … – §5"),
        (r"\textdegree C \textdiv{} \pounds 5 \texteuro", "°C ÷ £5 €"),
        (
            r"\textquoteleft a\textquoteright{} \guillemotleft b\guillemotright",
            "‘a’ «b»",
        ),
        ("``Outer `inner' text''", "“Outer ‘inner’ text”"),
        (
            r"\enquote{Outer \enquote{inner} text} \mkbibquote{x}",
            "“Outer ‘inner’ text” “x”",
        ),
        ("d'Alembert's", "d’Alembert’s"),
        ("pp. 1--2 --- ,,so'' ?`No! ----", "pp. 1–2 — „so” ¿No! ----"),
        (
            r"{\TeX} and \LaTeX\ or \BibTeX{} and \XeLaTeX",
            "TeX and LaTeX or BibTeX and XeLaTeX",
        ),
        (
            r"\mnras, \icarus",
            "Monthly Notices of the Royal Astronomical Society, Icarus",
        ),
        (r'\char"7E \char`\\ \char 65', "~ \\ A"),
        (r"5 % of it", "5 % of it"),
    ],
)
def test_symbols(source: str, text: str) -> None:
    """Escapes, ligatures and commands that stand for characters (latexref, 22)."""
    assert rich(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            r"\emph{E. coli} \textit{x} {\em y} {\it z} \mkbibemph{q}",
            "<i>E. coli</i> <i>x</i> <i>y</i> <i>z</i> <i>q</i>",
        ),
        (r"\textbf{a} {\bf b} {\bf\it c}", "<b>a</b> <b>b</b> <b><i>c</i></b>"),
        (r"Ca\textsuperscript{2+} x\textsubscript{i}", "Ca<sup>2+</sup> x<sub>i</sub>"),
        (r"R^{2} and x_{i}, but a_b", "R<sup>2</sup> and x<sub>i</sub>, but a_b"),
        (
            r"\textsc{mcmxc} {\sc ii}",
            (
                '<span style="font-variant:small-caps;">mcmxc</span> '
                '<span style="font-variant:small-caps;">ii</span>'
            ),
        ),
        (r"\texttt{code} {\tt x} \textrm{y} \mbox{z}", "code x y z"),
        (r"\emph{} {\em} \textbf{ }x", "x"),
        (
            r"\emph{Homo} \emph{sapiens} \emph{a}\emph{b}",
            "<i>Homo</i> <i>sapiens</i> <i>ab</i>",
        ),
        (r"The {\bf { Guide}} it", "The <b>Guide</b> it"),
        (r"\MakeUppercase{abc} \lowercase{DEF}", "ABC def"),
        (
            r"\url{http://x.org/a_b/~c--d} \href{http://y.org}{the \emph{text}}",
            "http://x.org/a_b/~c--d the <i>text</i>",
        ),
        (r"\textcolor{red}{a} \foreignlanguage{german}{b} \hspace{1em}c", "a b c"),
        (r"\noopsort{1973a}1973 {\noopsort{b}}1974", "1973 1974"),
        (r"\unknown{kept} \unknown gone {\relax Ch}", "kept gone Ch"),
        (r"\VAX{} at {\PDF}", "VAX at PDF"),
        (r"\ownjournal", "ownjournal"),
        (r"\cite[p.~3]{key}, see\footnote{there}", "key, see[there]"),
        (r"a\\b\newline c\par d\-e \hskip 1em plus 0.5em f", "a b c de f"),
        (r"\begin{itemize}\item a \item b\end{itemize}", "• a • b"),
        (r"\verb|$x_1$| y", "$x_1$ y"),
        (r"\mkbibparens{a} \mkbibbrackets{b}", "(a) [b]"),
        (r"{group{ed}} {{text}}", "grouped text"),
        ("two\n   lines\tand  more ", "two lines and more"),
        ("{unclosed and }closed}", "unclosed and closed"),
        ("\\", ""),
        ("", ""),
    ],
)
def test_commands(source: str, text: str) -> None:
    """Styles become CSL's markup, other commands leave the text of their argument."""
    assert rich(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            r"H$_2$O, CD4$^+$, $10^{-5}$",
            "H<sub>2</sub>O, CD4<sup>+</sup>, 10<sup>−5</sup>",
        ),
        (r"$\alpha$-helix \(\beta\) $$\gamma$$ \[\delta\]", "α-helix β γ δ"),
        (r"$x_i^2 \times 3$ at $\Delta G$", "x<sub>i</sub><sup>2</sup> × 3 at ΔG"),
        (r"25$^\circ$C, $f'$, $p<0.05$", "25°C, f′, p<0.05"),
        (r"$\mathrm{H}_2$ ${\rm GaN}$ $\mathbf{P}$", "H<sub>2</sub> GaN <b>P</b>"),
        (
            r"$\mathbb{R}^n$ $\mathcal{H}$ $\mathfrak{g}$ $\mathfrak{C}$ $\mathbb{1}$",
            "ℝ<sup>n</sup> ℋ 𝔤 ℭ 𝟙",
        ),
        (r"$\hat{x}$ $\bar 1$ $\vec{ab}$ $\not=$", r"x̂ 1̅ $\vec{ab}$ ≠"),
        (r"$\frac{1}{2}$ $\frac n 2$ $\sqrt{2}$ \frac{3}{4}", "1/2 n/2 √2 3/4"),
        (r"$\left( 000\bar{1} \right)$ $\left.x\right|$", "(0001̅) x|"),
        (r"$\{1, 2\}$ $a\,b\;c\!d$ $\sin x$", "{1, 2} a\u2009b cd sin x"),
        (r"\ensuremath{\pm} $\vphantom{x}y$ $\infty$", "± y ∞"),
        # Too much for a line of text.
        (
            r"$\sum_{i=1}^{\frac{n+1}{2}} x_{i_j}$",
            r"$\sum_{i=1}^{\frac{n+1}{2}} x_{i_j}$",
        ),
        (
            r"$\begin{matrix}a & b\end{matrix}$ $\sqrt[3]{x}$ $\nosuch$",
            r"$\begin{matrix}a & b\end{matrix}$ $\sqrt[3]{x}$ $\nosuch$",
        ),
        (r"\frac{a+b}{c}", r"$\frac{a+b}{c}$"),
        # No formulas.
        ("from $5 to $10, $", "from $5 to $10, $"),
        (r"\$5 and \$x\$", "$5 and $x$"),
        ("{$} and $}", "$ and $"),
    ],
)
def test_formulas(source: str, text: str) -> None:
    """Formulas are text where a line can say them, and TeX where it cannot."""
    assert rich(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\textbf{a} H$_2$O \enquote{b}", "a H2O “b”"),
        ("<i>E. coli</i> p < 1", "E. coli p < 1"),
        ("O'Brien", "O'Brien"),
    ],
)
def test_plain(source: str, text: str) -> None:
    """Without markup, be it LaTeX's or that of a registry; apostrophes as they are."""
    assert plain(source) == text


def _protected(text: str) -> str:
    return text.replace('<span class="nocase">', "[").replace("</span>", "]")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "Repair of {DNA} in {Escherichia coli}",
            "Repair of [DNA] in [Escherichia coli]",
        ),
        ("{{All of It}}", "[All of It]"),
        ("{{Double}} and {Sarbanes-}Oxley", "[Double] and [Sarbanes-]Oxley"),
        # A special character protects nothing (btxhak).
        (
            r"{\"O}sterreich, {\'E}tude, {\"Uber} und {\em Das Buch}",
            "Österreich, Étude, Über und <i>Das Buch</i>",
        ),
        (r"{{\"U}ber} {{\em Das Buch}}", "[Über] [<i>Das Buch</i>]"),
        # The braces of a command's argument are its own.
        (
            r"\emph{De Anima} \textsc{ab} \foo{Bar}",
            '<i>De Anima</i> <span style="font-variant:small-caps;">ab] Bar',
        ),
        (r"\emph{{Alea} {iacta est}} now", "<i>[Alea] [iacta est]</i> now"),
        # Nothing that has a case.
        (r"{-}{,} {$\Delta$} {3}{\&} {}", "-, Δ 3&"),
        ("{not closed and {DNA}", "not closed and DNA"),
    ],
)
def test_protection(source: str, text: str) -> None:
    """Braces that keep capitals are spans; all others vanish."""
    assert _protected(title(source)) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"10.1007/978-3-319-10590-1\_53", "10.1007/978-3-319-10590-1_53"),
        (
            r"10.1/a{\_}b{\textunderscore}c\textunderscore{}d{\string_}e",
            "10.1/a_b_c_d_e",
        ),
        (r"10.1/a\\_b", "10.1/a_b"),
        (
            r"10.1002/(SICI)1{\textless}1::A{\textgreater}3.0.CO;2-A",
            "10.1002/(SICI)1<1::A>3.0.CO;2-A",
        ),
        (
            r"http://x/\~{}a/{\textasciitilde}b/$\sim$c/{\char126}d",
            "http://x/~a/~b/~c/~d",
        ),
        (r"http://x/a\%20b%20c\&d\#e", "http://x/a%20b%20c&d#e"),
        ("http://x/~a--b_c", "http://x/~a--b_c"),
        (r"http:\/\/x.org\/a", "http://x.org/a"),
        (r" \url{http://x} ", "http://x"),
        (r"\href{http://x}{text}", "http://x"),
        ("{{10.1/x}}", "10.1/x"),
        ("http://x/{ML}a", "http://x/MLa"),
        ("10.1/$a$ \\-", "10.1/$a$ \\-"),
        ("{10.1", "{10.1"),
    ],
)
def test_verbatim(source: str, text: str) -> None:
    """The escapes of exporters are taken back; nothing else is LaTeX here."""
    assert verbatim(source) == text
    assert verbatim(text) == text


@pytest.mark.parametrize(
    "source",
    [
        "{" * 100_000,
        "}" * 100_000,
        "{a" * 50_000 + "}a" * 50_000,
        "\\emph{" * 50_000,
        "\\'{" * 50_000 + "e" + "}" * 50_000,
        "$" * 100_000,
        "${" * 50_000,
        "\\(" * 50_000,
        "\\\\" * 100_000,
        "{\\it a" * 50_000,
        "\\url{" * 20_000 + "}" * 20_000,
        "\\vspace{" * 50_000,
        "`" * 100_000,
        "\\verb1" * 50_000,
        "\u0301\u0323" * 100_000,
        "<i " * 100_000,
        "x" * 1_000_000,
    ],
)
def test_hostile_values_end(source: str) -> None:
    """Depth and length cost time in proportion, and nothing is raised."""
    for read in (rich, title, plain, verbatim):
        assert isinstance(read(source), str)
