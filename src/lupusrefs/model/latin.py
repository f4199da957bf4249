"""Text in plain Latin letters: for keys, which are ASCII, and for sorting.

Umlauts lose their dots like all accents: whether "ü" is "ue" depends on the language of
the name (Müller, Güneş, Hyvönen), which nobody knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from lupusrefs.model.markup import plain

# Letters that Unicode does not decompose.
_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "ss",
        "ø": "o",
        "Ø": "o",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "ł": "l",
        "Ł": "l",
        "ħ": "h",
        "Ħ": "h",
        "ı": "i",
    }
)
_WORD: Final = re.compile(r"[^\W_]+")
_NO_LETTER: Final = re.compile("[^a-z0-9]")


def unaccented(text: str) -> str:
    """The text without accents, in every script.

    >>> unaccented("Ångström, Völkl"), unaccented("Weiß")
    ('Angstrom, Volkl', 'Weiss')
    """
    if text.isascii():
        return text
    # Accents are characters of their own after decomposition.
    letters = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in letters if not unicodedata.combining(char))


def ascii_letters(text: str) -> str:
    """Letters and digits of a text, in lower-case ASCII and without its markup.

    >>> ascii_letters("Spee-Mayer"), ascii_letters("王")
    ('speemayer', '')
    """
    return _NO_LETTER.sub("", unaccented(plain(text)).lower())


def ascii_words(text: str) -> Iterator[str]:
    """Words of a text in lower-case ASCII, without those that ASCII cannot write.

    >>> list(ascii_words("β-Catenin <i>in vivo</i>"))
    ['catenin', 'in', 'vivo']
    """
    for match in _WORD.finditer(unaccented(plain(text))):
        if word := _NO_LETTER.sub("", match[0].lower()):
            yield word
