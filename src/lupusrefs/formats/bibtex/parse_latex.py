r"""LaTeX field values -> text.

What a field says is LaTeX ("LaTeX 2e: An unofficial reference manual"), and what CSL
takes is Unicode with a little markup. Most values have no LaTeX in them and are done at
once; the usual accents are replaced in one go; ``latex_reader`` reads the rest.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Final

from lupusrefs.formats.bibtex.latex_accents import compose
from lupusrefs.formats.bibtex.latex_reader import LatexReader
from lupusrefs.formats.bibtex.parse_verbatim import verbatim

__all__ = ["plain", "rich", "title", "verbatim"]

# What may be LaTeX, or a space too many.
_LATEX: Final = re.compile(r"[\\{}$~`]|''|--|,,|[\^_]\{|[\t\r\n\f\v]|  ")
# What web pages leave in exports.
_ENTITY: Final = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos|nbsp);"
)
# Windows-1252 that somebody took for Latin-1: the controls are dashes and quotes.
_WINDOWS: Final = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
# One style in two groups, as in \emph{Homo} \emph{sapiens} without the space.
_ADJACENT: Final = re.compile(r"</(i|b|sup|sub)><\1>")
_EMPTY: Final = re.compile(r"<(i|b|sup|sub)> ?</\1>")
# A second space, on the other side of a tag: "the <b> word".
_SPACE_AFTER: Final = re.compile(r"(?:(?<= )|^)((?:<[a-z][^<> ]*(?: [^<>]*)?>)++) +")
_SPACE_BEFORE: Final = re.compile(r" +((?:</[a-z]+>)++)(?= |$)")
_FORMULA: Final = re.compile(r"(\$[^$]*\$)")
_SPACES: Final = re.compile(r"[ \t\r\n\f\v]+")
# Unicode's composition takes time quadratic in a run of marks.
_MANY_MARKS: Final = re.compile(r"[\u0300-\u036f]{30}")
_TAG: Final = re.compile(
    r"</?(?:i|b|em|strong|sup|sub|sc|scp|span)(?:\s[^<>]{0,100})?>", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def rich(source: str) -> str:
    r"""The value as CSL rich text: ``<i> <b> <sup> <sub>`` and small capitals.

    Groups vanish, a command that nobody knows leaves its argument's text, and a
    formula that is no text stays ``$...$``. One line, composed (NFC).

    >>> rich(r"\emph{Escherichia coli} na{\"\i}ve -- H$_2$O")
    '<i>Escherichia coli</i> naïve – H<sub>2</sub>O'
    """
    return _apostrophes(_text(source, markup=True, protect=False))


@lru_cache(maxsize=1024)
def title(source: str) -> str:
    r"""As ``rich``, and what braces protect from a change of case as ``nocase`` spans.

    >>> title(r"Repair of {DNA} in {\"O}sterreich")
    'Repair of <span class="nocase">DNA</span> in Österreich'
    """
    return _apostrophes(_text(source, markup=True, protect=True))


@lru_cache(maxsize=16384)
def plain(source: str) -> str:
    r"""As ``rich``, without any markup.

    >>> plain(r"{\'E}cole \textbf{Polytechnique}")
    'École Polytechnique'
    """
    text = _text(source, markup=False, protect=False)
    if "<" not in text:
        return text
    return _composed(_SPACES.sub(" ", _TAG.sub("", text)).strip())


def _apostrophes(text: str) -> str:
    """TeX prints its one key as ``’``; names and formulas keep what was written."""
    if "'" not in text:
        return text
    if "$" not in text:
        return text.replace("'", "’")
    pieces = _FORMULA.split(text)
    pieces[::2] = [piece.replace("'", "’") for piece in pieces[::2]]
    return "".join(pieces)


def _tidy(text: str) -> str:
    """Markup without what the groups of the source leave behind in it."""
    text = _EMPTY.sub(" ", _ADJACENT.sub("", text))
    text = _SPACE_AFTER.sub(r"\1", _SPACE_BEFORE.sub(r"\1", text))
    return _SPACES.sub(" ", text).strip()


def _text(source: str, *, markup: bool, protect: bool) -> str:
    if _LATEX.search(source):
        text = compose(source) if "\\" in source else source
        if _LATEX.search(text):
            reader = LatexReader(text, markup=markup, protect=protect)
            text = _SPACES.sub(" ", reader.read()).strip()
            text = _tidy(text) if "<" in text else text
            if not text:
                # A macro of somebody's own is all there is: better its name.
                text = " ".join(reader.unknown)
    else:
        text = source
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
        text = _SPACES.sub(" ", text)
    return _composed(text.strip())


def _composed(text: str) -> str:
    if text.isascii() or (len(text) > 1000 and _MANY_MARKS.search(text)):  # noqa: PLR2004
        return text
    return unicodedata.normalize("NFC", text.translate(_WINDOWS))
