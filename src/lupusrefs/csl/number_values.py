"""The value of a number variable in the form that a style wants.

A value may be several numbers, and may name what they count: ``7, p. 3-8``.

Source: CSL 1.0.2 specification, "Number", and its appendix V for ranges of pages;
citeproc-js manual, "Locators" (labels in values).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lupusrefs.csl.locale import Locale
from lupusrefs.csl.locators import ABBREVIATIONS, LABELLED
from lupusrefs.csl.numbers import formatted, is_numeric, is_several
from lupusrefs.csl.page_ranges import page_ranges
from lupusrefs.csl.rich_text import parse
from lupusrefs.csl.stream import Token

if TYPE_CHECKING:
    from lupusrefs.csl.environment import Environment

_PAGES: Final = frozenset(("page", "locator"))
_RANGE: Final = re.compile(r"(?<=[0-9])\s{0,3}[-–]{1,3}\s{0,3}(?=[^\W_]*[0-9])")
_COMMA: Final = re.compile(r"\s{0,3},\s{0,3}")
_AMPERSAND: Final = re.compile(r"\s{0,3}&\s{0,3}")
# Of these a hyphen is part of the number: "2019-12", "ISO 690-2".
_HYPHENATED: Final = frozenset(("collection-number", "number", "section", "version"))
_SEPARATOR: Final = re.compile(r"(\s{0,3}[,;&]\s{0,3})")


class NumberForm:
    """How the values of a variable are written."""

    def __init__(
        self, variable: str, form: str, environment: Environment, *, is_text: bool
    ) -> None:
        self._variable = variable
        self._form = form
        self._locale = environment.locale
        self._is_text = is_text
        self._gender = environment.locale.gender(variable)
        self._page_format = environment.options.get("page-range-format", "")
        self._dash = environment.locale.term("page-range-delimiter") or "–"
        self._and = environment.locale.term("and", "symbol") or "&"

    def tokens(self, value: str) -> tuple[Token, ...]:
        """The value."""
        if self._variable in _PAGES:
            return parse(self._pages(value))
        if self._form != "numeric":
            return parse(self._in_form(value))
        if self._variable not in _HYPHENATED and "-" in value and is_numeric(value):
            value = _RANGE.sub("–", value)
        return parse(value) if self._is_text else (_spaced(value),)

    def _pages(self, value: str) -> str:
        value = page_ranges(value, self._page_format, self._dash)
        if "&" in value:
            value = _AMPERSAND.sub(f" {self._and} ", value)
        return _with_terms(value, self._locale) if "." in value else value

    def _in_form(self, value: str) -> str:
        pieces = _SEPARATOR.split(value)
        numbers = [LABELLED.fullmatch(piece) for piece in pieces[::2]]
        bare = [
            match["number"] if match else piece
            for match, piece in zip(numbers, pieces[::2], strict=True)
        ]
        if not all(map(is_numeric, bare)):
            return value
        pieces[1::2] = map(_spaced, pieces[1::2])
        for index, match in enumerate(numbers):
            piece = pieces[2 * index]
            if match:
                pieces[2 * index] = _with_term(match, self._locale)
            else:
                piece = _RANGE.sub("–", piece)
                pieces[2 * index] = formatted(
                    piece, self._form, self._locale, self._gender
                )
        return "".join(pieces)


def _spaced(value: str) -> str:
    """Commas with a space behind them, ampersands between spaces ("Number")."""
    if ("," not in value and "&" not in value) or not is_numeric(f"1{value}1"):
        return value
    return _AMPERSAND.sub(" & ", _COMMA.sub(", ", value))


def _with_terms(value: str, locale: Locale) -> str:
    pieces = _SEPARATOR.split(value)
    for index in range(0, len(pieces), 2):
        match = LABELLED.fullmatch(pieces[index])
        if match and index:
            pieces[index] = _with_term(match, locale)
    return "".join(pieces)


def _with_term(match: re.Match[str], locale: Locale) -> str:
    """A number behind the term that it has been abbreviated with."""
    number = _RANGE.sub("–", match["number"])
    term = locale.term(
        ABBREVIATIONS[match["label"]], "short", plural=is_several(number)
    )
    return f"{term} {number}" if term else match[0]
