"""How files and programs spell the same letters."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from html.entities import codepoint2name
from random import Random
from typing import Final

from accuracy.case import Case, Step, cited, dialects, respelt

_FIELDS: Final = ("title", "container_title")
_ASCII: Final = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "œ": "oe",
        "ı": "i",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "\u2212": "-",
        "\u00a0": " ",
        "…": "...",
    }
)
# Combining mark -> LaTeX accent; the letters that have commands of their own.
_ACCENTS: Final = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0308": '"',
    "\u030c": "v",
    "\u0327": "c",
    "\u030a": "r",
    "\u0328": "k",
    "\u0306": "u",
}
_COMMANDS: Final = {
    "ß": r"{\ss}",
    "ø": r"{\o}",
    "Ø": r"{\O}",
    "ł": r"{\l}",
    "Ł": r"{\L}",
    "æ": r"{\ae}",
    "ı": r"{\i}",
    "&": r"\&",
    "%": r"\%",
    "_": r"\_",
    "#": r"\#",
    "–": "--",
    "—": "---",
    "“": "``",
    "”": "''",
}
_LIGATURES: Final = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
_LATIN_LIMIT: Final = 0x250
_KANA: Final = "\u3040"
_LATIN_END: Final = chr(_LATIN_LIMIT)
_PUNCTUATION: Final = frozenset("‐–—‘’“”…")


def _everywhere(change: Callable[[str], str]) -> Step:
    """A step that writes title, container and names in another spelling."""

    def step(case: Case, _: Random) -> Case | None:
        reference = case.reference
        fields: dict[str, object] = {
            field: change(text)
            for field in _FIELDS
            if (text := getattr(reference, field))
        }
        fields["author"] = tuple(respelt(name, change) for name in reference.author)
        return cited(case, **fields)

    return step


def _ascii(text: str) -> str:
    """Without accents; letters that no Latin letter stands for stay as they are."""
    # Damaged already, or another script: nobody would spell that out.
    if "Ã" in text or any(letter > _KANA for letter in text if letter.isalpha()):
        return text
    plain = unicodedata.normalize("NFD", text.translate(_ASCII))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _latex(text: str) -> str:
    return "".join(map(_latex_letter, unicodedata.normalize("NFC", text)))


def _latex_letter(letter: str) -> str:
    if letter in _COMMANDS:
        return _COMMANDS[letter]
    if ord(letter) >= _LATIN_LIMIT:
        return letter
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if len(marks) == 1 and marks[0] in _ACCENTS:
        return f"{{\\{_ACCENTS[marks[0]]}{{{base}}}}}"
    return letter


def _entities(text: str) -> str:
    named = (
        f"&{codepoint2name[ord(c)]};" if ord(c) in codepoint2name else c for c in text
    )
    return "".join(named)


def _ligatures(text: str) -> str:
    return re.sub("ff[il]|ff|f[il]", lambda found: _LIGATURES[found[0]], text)


def _translated(*pairs: tuple[str, str]) -> Callable[[str], str]:
    table = str.maketrans(dict(pairs))
    return lambda text: text.translate(table)


def _every_sixth_space(with_: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        words = text.split(" ")
        lines = [" ".join(words[at : at + 6]) for at in range(0, len(words), 6)]
        return with_.join(lines)

    return change


def _soft_hyphens(text: str) -> str:
    """A soft hyphen in every long word, as a page description leaves them."""
    return re.sub(r"([a-z]{5})([a-z]{4})", "\\1\u00ad\\2", text)


def mojibake(text: str) -> str:
    """UTF-8 read as Latin-1, once; of Latin letters, which stay legible."""
    is_latin = all(c < _LATIN_END or c in _PUNCTUATION for c in text)
    return text.encode().decode("latin-1") if is_latin else text


DIALECTS: Final = dialects(
    "character",
    {
        "decomposed accents": _everywhere(lambda t: unicodedata.normalize("NFD", t)),
        "ASCII only": _everywhere(_ascii),
        "LaTeX accents": _everywhere(_latex),
        "HTML entities": _everywhere(_entities),
        "HTML entities twice": _everywhere(lambda t: html.escape(_entities(t))),
        "straight quotes": _everywhere(
            _translated(("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'))
        ),
        "curly apostrophes": _everywhere(_translated(("'", "’"))),
        "hyphens U+2010": _everywhere(_translated(("-", "‐"))),
        "hyphens as en dash": _everywhere(_translated(("-", "–"))),
        "dashes as hyphens": _everywhere(
            _translated(("–", "-"), ("—", "-"), ("‐", "-"))
        ),
        "no-break spaces": _everywhere(_translated((" ", "\u00a0"))),
        "thin spaces": _everywhere(_translated((" ", "\u2009"))),
        "line breaks": _everywhere(_every_sixth_space("\n  ")),
        "CR LF": _everywhere(_every_sixth_space("\r\n")),
        "soft hyphens": _everywhere(_soft_hyphens),
        "ligatures": _everywhere(_ligatures),
        "UTF-8 as Latin-1": _everywhere(mojibake),
    },
)
