r"""LaTeX commands that mean something in a field, by what they mean.

Sources: "LaTeX 2e: An unofficial reference manual" (latexref), chapters 4, 19 and 22;
the biblatex manual, 3.11.4 and 4.10 (``\mkbib...``); csquotes (``\enquote``); hyperref;
``btxdoc``, 4 (``\noopsort``). What is a symbol stands in ``latex_symbols``; what stands
nowhere keeps its argument's text.
"""

from __future__ import annotations

from typing import Final

Tags = tuple[str, str]

ITALIC: Final = ("<i>", "</i>")
BOLD: Final = ("<b>", "</b>")
SUPERSCRIPT: Final = ("<sup>", "</sup>")
SUBSCRIPT: Final = ("<sub>", "</sub>")
SMALL_CAPS: Final = ('<span style="font-variant:small-caps;">', "</span>")
NOCASE: Final = ('<span class="nocase">', "</span>")

# Commands with one argument: \emph{...}.
STYLES: Final[dict[str, Tags]] = {
    **dict.fromkeys(
        ("emph", "textit", "textsl", "mkbibemph", "mkbibitalic", "mathit"), ITALIC
    ),
    **dict.fromkeys(("textbf", "mkbibbold", "mathbf", "boldsymbol", "bm"), BOLD),
    **dict.fromkeys(
        ("textsuperscript", "mkbibsuperscript", "textsu", "up"), SUPERSCRIPT
    ),
    **dict.fromkeys(("textsubscript", "mkbibsubscript"), SUBSCRIPT),
    "textsc": SMALL_CAPS,
    **dict.fromkeys(("mkbibparens", "parentext"), ("(", ")")),
    **dict.fromkeys(("mkbibbrackets", "brackettext", "footnote"), ("[", "]")),
}
# Switches that hold to the end of their group: {\em ...}. The others change nothing
# that CSL can say.
SWITCHES: Final[dict[str, Tags]] = {
    **dict.fromkeys(("em", "it", "sl", "itshape", "slshape", "bibemph"), ITALIC),
    **dict.fromkeys(("bf", "bfseries"), BOLD),
    **dict.fromkeys(("sc", "scshape"), SMALL_CAPS),
}
QUOTES: Final = frozenset(("enquote", "mkbibquote", "textquote", "blockquote"))
# By depth: outer and inner quotation marks.
QUOTE_MARKS: Final[tuple[Tags, Tags]] = (("“", "”"), ("‘", "’"))
UPPER: Final = frozenset(("MakeUppercase", "uppercase", "textuppercase"))
LOWER: Final = frozenset(("MakeLowercase", "lowercase", "textlowercase"))
# Their argument is no LaTeX.
VERBATIM: Final = frozenset(("url", "path", "nolinkurl", "doi", "detokenize"))

# How many arguments are for LaTeX only. What follows them is text again.
DROPPED: Final[dict[str, int]] = {
    **dict.fromkeys(
        (
            # Both of them: the text is in the second.
            *("href", "textcolor", "foreignlanguage", "texorpdfstring", "bibinfo"),
            *("bibfield", "hypertarget", "hyperlink", "parbox", "raisebox", "scalebox"),
            *("colorbox", "selectlanguage", "fontfamily", "fontseries", "fontshape"),
            # The only one.
            *("vspace", "hspace", "phantom", "hphantom", "vphantom", "index", "label"),
            *("nocite", "noopsort", "NOOPSORT", "sortnoop", "SortNoop", "Noopsort"),
            *("noop", "color", "bibliographystyle", "usepackage", "pagestyle"),
            *("BibitemShut", "BibitemOpen", "begin", "end", "includegraphics"),
            *("providecommand", "newcommand", "renewcommand"),
        ),
        1,
    ),
    **dict.fromkeys(("fontsize", "resizebox", "rule", "setlength", "addtolength"), 2),
    **dict.fromkeys(("fcolorbox",), 2),
}
# Commands that may have an optional argument, which is no text.
OPTIONAL: Final = frozenset(
    "cite citep citet citealp textcite parencite footcite autocite includegraphics"  # noqa: SIM905 - a list of words
    " raisebox parbox hyperref href linebreak textcolor color makebox framebox".split()
)
# Commands that change nothing of what their argument says.
TRANSPARENT: Final = frozenset(
    "texttt textrm textsf textup textmd textnormal textlf text mbox hbox fbox mathrm"  # noqa: SIM905 - a list of words
    " mathsf mathtt operatorname protect relax tt rm sf md up normalfont rmfamily"
    " sffamily ttfamily upshape mdseries tiny scriptsize footnotesize small normalsize"
    " large Large LARGE huge Huge underline uline mkbibacro autocap bibstring"
    " NoCaseChange centering raggedright sloppy unskip ignorespaces allowbreak null"
    " acro llap rlap leavevmode strut bgroup egroup begingroup endgroup string ce"
    " title section"
    " bibnamefont bibfnamefont natexlab urlprefix textquotedblplain smash mathcal"
    " mathbb mathscr".split()
)
# A length follows them, without braces.
DIMENSIONS: Final = frozenset(("hskip", "vskip", "kern", "raise", "lower"))
SPACES: Final[dict[str, str]] = {
    **dict.fromkeys(
        ("quad", "qquad", "enspace", "enskip", "par", "newline", "linebreak", "space"),
        " ",
    ),
    **dict.fromkeys(("hfill", "hfil", "vfill", "break", "bigskip", "medskip"), " "),
    **dict.fromkeys(("smallskip", "newblock", "newpage", "hspace", "vspace"), " "),
    **dict.fromkeys(("begin", "end", "noindent"), " "),
    "item": " • ",
    "thinspace": "\u2009",
    "nobreakspace": "\u00a0",
}
# One character after the backslash; every other stands for itself.
CONTROL_SYMBOLS: Final[dict[str, str]] = {
    ",": "\u2009",
    **dict.fromkeys((" ", "\n", "\t", "\r", ":", ";", ">", "\\"), " "),
    **dict.fromkeys(("-", "/", "!", "@", "*", "(", ")", "[", "]"), ""),
    "|": "‖",
}
# Ligatures of TeX's text fonts (latexref, 22; ",," is T1's).
LIGATURES: Final[dict[str, str]] = {
    "~": "\u00a0",
    "``": "“",
    "''": "”",
    "--": "–",
    "---": "—",
    ",,": "„",
    "!`": "¡",
    "?`": "¿",
}
