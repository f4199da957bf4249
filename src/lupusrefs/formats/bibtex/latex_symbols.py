r"""Commands that stand for characters: ``\ss``, ``\textendash``, ``\alpha``.

pylatexenc's databases know some 1,700 of them. They are imported at the first command
that is neither among the commonest, which are here so that most files do without, nor
among its gaps (``latex_gaps``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from lupusrefs.formats.bibtex.latex_gaps import GAPS

# The commonest in bibliographies, so that pylatexenc need not be imported for them.
COMMON: Final[dict[str, str]] = {
    "ss": "ß",
    "SS": "ẞ",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "NG": "Ŋ",
    "textendash": "–",
    "textemdash": "—",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textasciitilde": "~",
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textdollar": "$",
    "textregistered": "®",
    "texttrademark": "™",
    "textcopyright": "©",
    "textdegree": "°",
    "textmu": "µ",
    "dots": "…",
    "ldots": "…",
    "textellipsis": "…",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "mu": "μ",
    "pi": "π",
    "sigma": "σ",
    "lambda": "λ",
    "omega": "ω",
    "Delta": "Δ",
    "Omega": "Ω",
    "infty": "∞",
    "times": "×",
    "pm": "±",
    "sim": "∼",
    "le": "≤",
    "leq": "≤",
    "ge": "≥",
    "geq": "≥",
    "to": "→",
    "rightarrow": "→",
}
# What its decoder says in words is a placeholder, not text.
_PLACEHOLDER: Final = re.compile(r"\(?<.*|\S+ \d+, \d+|\s*")
_ENCODED: Final = re.compile(r"(?:\\ensuremath\{)?\\([A-Za-z]+)\}?")

_KNOWN: Final = GAPS | COMMON


def symbol(name: str) -> str | None:
    r"""The text that a command without arguments stands for; None if it has none.

    >>> symbol("textdiv"), symbol("emph")
    ('÷', None)
    """
    known = _KNOWN.get(name)
    if known is not None:
        return known
    if name.endswith(("TeX", "TEX")):
        return name  # XeTeX, BibTeX, TEX
    return _pylatexenc().get(name)


@cache
def _pylatexenc() -> dict[str, str]:
    """Names of pylatexenc's databases, those of its decoder before its encoder's."""
    from pylatexenc.latex2text import (  # noqa: PLC0415 - 20 ms, seldom needed
        get_default_latex_context_db,
    )
    from pylatexenc.latexencode import (  # noqa: PLC0415 - as above
        get_builtin_uni2latex_dict,
    )

    symbols: dict[str, str] = {}
    for code, latex in get_builtin_uni2latex_dict().items():
        if match := _ENCODED.fullmatch(latex):
            symbols.setdefault(match[1], chr(code))
    for spec in get_default_latex_context_db().iter_macro_specs():
        text = spec.simplify_repl
        if (
            isinstance(text, str)
            and "%" not in text
            and not _PLACEHOLDER.fullmatch(text)
        ):
            symbols[spec.macroname] = text
    return symbols
