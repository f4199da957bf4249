"""Text in the form in which it is compared (comparison.md, 2.1: N1 to N9)."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Final

from lupusrefs.compare.mojibake import undo_mojibake
from lupusrefs.model.markup import plain

# Longer texts are computed anew each time: the caches shall stay small.
_CACHED: Final = 2000

# What comparison.md N9 lists, and the standard values of DataCite's schema (appendix
# 3, "Standard values for unknown information") but "(:etal)", which says something.
_PLACEHOLDERS: Final = frozenset(
    (
        *("", "-", "–", "—", "null", "undefined", "nan", "na", "n/a", "n/a-n/a"),
        *("no-no", "&na;", "&amp;na;", "[s.n.]", "s.n.", "[s.l.]", "[s.l.; s.n.]"),
        *("(:unac)", "(:unal)", "(:unap)", "(:unas)", "(:unav)", "(:unkn)"),
        *(":unac", ":unal", ":unap", ":unas", ":unav", ":unkn"),
        *("(:none)", "(:null)", "(:tba)", ":none", ":null", ":tba"),
    )
)
# Folding the case of a text makes no text shorter: what is longer is no placeholder.
_LONGEST_PLACEHOLDER: Final = max(map(len, _PLACEHOLDERS))
# Anything that cleaning may change.
_NOT_CLEAN: Final = re.compile(r"[^\x20-\x7e]|[&<\\{$]|  |^ | \Z")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z0-9]{2,31});")
_DEPTH: Final = 3
# pandoc's rule for "$", so that "$5 and $10" are prices.
_LATEX: Final = re.compile(r"[\\{]|\$\$[^$]|\$(?!\s)[^$]{1,300}(?<![\s\\])\$(?!\d)")
# What Springer wraps a formula in, where its tags were lost.
_PREAMBLE: Final = re.compile(
    r"\\documentclass\b[^$]{0,1000}?\\begin\s?\{document\}|\\end\s?\{document\}"
)

# Signs that NFKC does not fold to the letter they look like (N5).
_SIGNS: Final = str.maketrans({"\u2206": "δ", "\u00b5": "μ", "\u2126": "ω"})
_AFTER_CASEFOLD: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th"}
    | {"ð": "d", "ħ": "h", "ŧ": "t", "ŋ": "n", "ẞ": "ss", "ƒ": "f"}
)
_MARK: Final = re.compile("[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f]")
_GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi"  # noqa: SIM905 - a list of words
        " omicron pi rho sigma sigma tau upsilon phi chi psi omega".split(),
        strict=True,
    )
)
# One or two Greek letters are a symbol (αβ T cells); more of them are Greek.
_SYMBOL: Final = re.compile("(?<![α-ωϊϋ])[α-ω]{1,2}(?![α-ωϊϋ])")

# "ä" is "a" to most, "ae" to Germans and to the ASCII of German journals.
_UMLAUTS: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
    | {"ø": "oe", "Ø": "Oe", "å": "aa", "Å": "Aa"}
)

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘‛ʼʻʹ`´′׳＇", "'"))
_INVISIBLE: Final = str.maketrans(
    dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
_COMPARISONS: Final = str.maketrans({"⩾": "≥", "≧": "≥", "⩽": "≤", "≦": "≤"})
# What ``spelled`` replaces before and behind NFKC. No key of one of the three tables is
# a value of another, so that one pass does for all; and to look whether there is any is
# ten times as fast as to look up each letter.
_SPELLING: Final = _APOSTROPHES | _INVISIBLE | _SIGNS
_MISSPELT: Final = re.compile(f"[{re.escape(''.join(map(chr, _SPELLING)))}]")
_COMPARED: Final = re.compile(f"[{''.join(map(chr, _COMPARISONS))}]")
_AMPERSAND: Final = re.compile(r"\s&\s|(?<=\w)&(?=\w)|(?<=\w) \+ (?=\w)")
_PER_CENT: Final = re.compile(r"\bper cent\b", re.IGNORECASE)
# Words with their apostrophes and lost characters; what compares numbers.
WORD: Final = re.compile(
    r"\ufffd*[^\W_](?:[^\W_]|[\u0300-\u036f\ufffd]|'(?=[^\W_]))*|[≥≤<>±](?=\s*\d)|%"
)
# The same of small letters in ASCII without apostrophes, as most titles are.
_PLAIN_WORD: Final = re.compile(r"[a-z0-9]+|[<>](?=\s*\d)|%")


def is_absent(text: str | None) -> bool:
    """Whether a value says nothing (N9)."""
    if text is None:
        return True
    if "0" <= text[:1] <= "9":  # as most numbers are, and no placeholder
        return False
    text = text.strip()
    return len(text) <= _LONGEST_PLACEHOLDER and text.casefold() in _PLACEHOLDERS


def clean(text: str) -> str:
    """The text in one line without markup, entities and LaTeX (N1 to N4, N6)."""
    if _NOT_CLEAN.search(text) is None:
        return text
    return _cleaned(text) if len(text) <= _CACHED else _cleaned.__wrapped__(text)


@lru_cache(maxsize=4096)
def _cleaned(text: str) -> str:
    text = undo_mojibake(decode_entities(text))
    text = plain(text)
    if _LATEX.search(text):
        # Its tables are large, and most libraries have no LaTeX in the registry.
        from lupusrefs.formats.bibtex.parse_latex import (  # noqa: PLC0415
            plain as plain_latex,
        )

        text = plain_latex(_PREAMBLE.sub(" ", text))
    return text


def decode_entities(text: str) -> str:
    """The text with its entities decoded, also those that were encoded twice (N1)."""
    if "&" not in text:
        return text
    for _ in range(_DEPTH):
        decoded = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
        if decoded == text:
            break
        text = decoded
    return text


def fold(text: str) -> str:
    """Letters without case, marks and ligatures; Greek symbols by name (N5, N7).

    >>> fold("Łódź, TGFβ, Straße")
    'lodz, tgfbeta, strasse'
    """
    if text.isascii():
        return text.lower()
    return _folded(text) if len(text) <= _CACHED else _folded.__wrapped__(text)


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).casefold()
    text = unicodedata.normalize("NFD", text.translate(_AFTER_CASEFOLD))
    text = unicodedata.normalize("NFC", _MARK.sub("", text))
    return _SYMBOL.sub(_name_of_symbol, text)


def _name_of_symbol(match: re.Match[str]) -> str:
    return "".join(_GREEK[letter] for letter in match[0])


def spelled(text: str) -> str:
    """A clean text ready to be taken apart with ``WORD`` (N6, N8); case is kept."""
    if not text.isascii():
        if _MISSPELT.search(text) is not None:
            text = text.translate(_SPELLING)
        text = unicodedata.normalize("NFKC", text)
        if _COMPARED.search(text) is not None:
            text = text.translate(_COMPARISONS)
    elif "`" in text:
        text = text.replace("`", "'")
    if "&" in text or "+" in text:
        text = _AMPERSAND.sub(" and ", text)
    if "er cent" in text:
        text = _PER_CENT.sub("percent", text)
    return text


def fold_word(word: str) -> str:
    """One word of ``WORD``, folded."""
    return fold(word.replace("'", "") if "'" in word else word)


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded (N1 to N8).

    >>> words("Alzheimer&rsquo;s <i>R&amp;D</i> at &ge; 5 %")
    ('alzheimers', 'r', 'and', 'd', 'at', '≥', '5', '%')
    """
    return _words(text) if len(text) <= _CACHED else _words.__wrapped__(text)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    text = spelled(clean(text))
    if text.isascii() and "'" not in text:
        return tuple(_PLAIN_WORD.findall(text.lower()))
    return tuple(map(fold_word, WORD.findall(text)))


def joined(text: str) -> str:
    """All words of a text without spaces."""
    return "".join(words(text))


def readings(word: str) -> tuple[str, ...]:
    """The ways a word may be spelt without its umlauts, the plain one first (N7).

    Never the reverse: "ue" is "u" in no word that is not known to have had one.

    >>> readings("Müller"), readings("Mueller")
    (('muller', 'mueller'), ('mueller',))
    """
    plain_reading = fold_word(word)
    if word.isascii():
        return (plain_reading,)
    composed = unicodedata.normalize("NFC", word)
    german = fold_word(composed.translate(_UMLAUTS))
    return tuple(dict.fromkeys((plain_reading, german)))
