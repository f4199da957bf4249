"""LaTeX and Unicode: rows of latex-decode, latexcodec, biber and unicode2latex.

What these programs decode to is LaTeX still: they keep groups, unknown commands and
what they have no table for. So both sides are read before they are compared; what the
suite has decoded is compared with what we make of the source.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from conformance.score import Difference, Row, SuiteResult, rows
from lupusrefs.formats.bibtex.encode_latex import ascii_latex
from lupusrefs.formats.bibtex.parse_latex import rich

# pylatexenc's rows lay text out in lines and columns; they are counted apart.
_ADVISORY = "phfaist/pylatexenc"
# biber leaves the dotless letter under an accent, where Unicode has a letter for both.
_DOTLESS = re.compile(r"[ıȷ](?=[\u0300-\u036f])")


def measure_decoding(corpus: Path) -> SuiteResult:
    """LaTeX to Unicode, all but pylatexenc's rows."""
    result = SuiteResult("latex-decode, latexcodec, biber: LaTeX to Unicode")
    for row in _rows(corpus, "decode"):
        if row["repo"] != _ADVISORY:
            _add_decoded(result, row)
    return result


def measure_pylatexenc(corpus: Path) -> SuiteResult:
    """Pylatexenc's rows, which want other text than CSL does."""
    result = SuiteResult("pylatexenc: LaTeX to text (advisory)")
    for row in _rows(corpus, "decode"):
        if row["repo"] == _ADVISORY:
            _add_decoded(result, row)
    return result


def measure_encoding(corpus: Path) -> SuiteResult:
    """Unicode to LaTeX and back: the text that it was."""
    result = SuiteResult("latexcodec, biber, unicode2latex: to LaTeX and back")
    for row in _rows(corpus, "encode"):
        text = str(row["input"])
        back = rich(ascii_latex(text))
        wanted = _shown(text)
        found = []
        if _shown(back) != wanted:
            found = [Difference(str(row["id"]), "text", wanted, back)]
        result.add(1, found)
    return result


def _rows(corpus: Path, direction: str) -> list[Row]:
    path = corpus / "latex" / "latex_unicode.jsonl"
    return [row for row in rows(path) if row["direction"] == direction]


def _add_decoded(result: SuiteResult, row: Row) -> None:
    expected, got = str(row["expected"]), rich(str(row["input"]))
    unbraced = re.sub(r"[{}]", "", expected)
    wanted = {_shown(unbraced), _shown(rich(expected))}
    found = []
    if _shown(got) not in wanted:
        found = [Difference(str(row["id"]), "text", expected, got, _cause(row))]
    result.add(1, found)


def _shown(text: str) -> str:
    """What is comparable: one line, composed, one form of the apostrophe."""
    text = unicodedata.normalize("NFD", " ".join(text.split()).replace("’", "'"))
    text = _DOTLESS.sub(lambda letter: "i" if letter[0] == "ı" else "j", text)
    return unicodedata.normalize("NFC", text)


def _cause(row: Row) -> str:
    """Why a row differs, by what stands in it."""
    source = str(row["input"])
    if row["repo"] == _ADVISORY:
        return _layout_cause(source)
    if r"\~{}" in source:
        return r"\~{} is the tilde of an address to us, the spacing accent to the suite"
    if source.startswith("\\\\"):
        return "a line break in the source, which a value in one line has not"
    return ""


def _layout_cause(source: str) -> str:
    causes = {
        "%": "convention of the suite: % begins a comment; in a field it is percent",
        r"\href": "convention of the suite: the address follows the text",
        r"\item": "convention of the suite: lists are laid out in lines",
        "matrix": "convention of the suite: matrices are text; CSL has them as TeX",
        "array": "convention of the suite: matrices are text; CSL has them as TeX",
        "^": "convention of the suite: no markup for superscripts",
        r"\emph": "convention of the suite: no markup",
        r"\textbf": "convention of the suite: no markup",
    }
    return next((cause for mark, cause in causes.items() if mark in source), "")
