"""BibLaTeX's localization keys in words, and what entry types imply.

Source: the biblatex manual, section 4.9.2 ("Localization Keys": types, patents,
countries).
"""

from __future__ import annotations

from typing import Final

_PATENTS: Final = {
    "de": "German",
    "eu": "European",
    "fr": "French",
    "uk": "British",
    "us": "U.S.",
}
_KEYS: Final = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "technical report",
    "resreport": "research report",
    "software": "computer software",
    "datacd": "data CD",
    "audiocd": "audio CD",
    "patent": "patent",
    "patreq": "patent request",
    **{f"patent{code}": f"{name} patent" for code, name in _PATENTS.items()},
    **{f"patreq{code}": f"{name} patent request" for code, name in _PATENTS.items()},
}
_COUNTRIES: Final = {
    "countryde": "Germany",
    "countryeu": "European Union",
    "countryep": "European Union",
    "countryfr": "France",
    "countryuk": "United Kingdom",
    "countryus": "United States",
}
_IMPLIED: Final = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "bachelorsthesis": "Bachelor’s thesis",
    "bathesis": "Bachelor’s thesis",
}
# Ordinal numbers as words, from "first" on.
ORDINAL_WORDS: Final = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
_BY_TEXT: Final = {text: key for key, text in _KEYS.items()}


def genre_of(text: str, kind: str) -> str:
    """The genre of an entry: what a key means, the text, or what its type implies.

    >>> genre_of("patentus", "patent"), genre_of("", "phdthesis")
    ('U.S. patent', 'PhD thesis')
    """
    return _KEYS.get(text.lower(), text) or _IMPLIED.get(kind, "")


def implied_genre(kind: str) -> str:
    """The genre that an entry type has where nothing is said; "" where none."""
    return _IMPLIED.get(kind, "")


def genre_key(genre: str) -> str | None:
    """The localization key that reads back as a genre, or None."""
    return _BY_TEXT.get(genre)


def country(text: str) -> str:
    """The country that a localization key means; other text stays.

    >>> country("countryfr"), country("Paris")
    ('France', 'Paris')
    """
    return _COUNTRIES.get(text, text)


def ordinal(number: int) -> str:
    """An English ordinal number.

    >>> ordinal(3), ordinal(11)
    ('3rd', '11th')
    """
    teen = number % 100 in (11, 12, 13)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if teen else ending}"
