"""When two values of a CSL variable are the same, but for how a format spells them.

A format's own are: white space, Unicode normalisation, entities, the protection of
capitals, the form of an apostrophe, the dash of a range, the spelling of a DOI, spaces
of a URL, what separates keywords, and whether a particle is told apart from the family
name that it stays with. Capitals, accents, markup and all that a reader sees are not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Final

from lupusrefs.errors import InvalidDoi
from lupusrefs.model.doi import Doi
from lupusrefs.model.markup import NOCASE, Close, Open, Text, Token, parse
from lupusrefs.model.names import Name
from lupusrefs.model.pages import with_dash
from lupusrefs.model.variables import NUMBERS

_NUMBERS: Final = frozenset(NUMBERS)
_SPACES: Final = re.compile(r"\s+")
_KEYWORD_END: Final = re.compile(r"[,;\n]")


def same_value(variable: str, before: object, after: object) -> bool:
    """Whether both say the same."""
    if before == after:
        return True
    match before, after:
        case str(), str():
            return _same_string(variable, before, after)
        case tuple(), tuple():
            return list(map(_spaced, before)) == list(map(_spaced, after))
        case _:
            return False


def _same_string(variable: str, before: str, after: str) -> bool:
    if variable == "DOI":
        return is_same_doi(before, after)
    if variable == "keyword":
        return _keywords(before) == _keywords(after)
    if variable == "URL":
        return _spaces(before).replace(" ", "%20") == _spaces(after).replace(" ", "%20")
    if variable in _NUMBERS:
        before, after = with_dash(before, "-"), with_dash(after, "-")
    return same_text(before, after)


def is_same_doi(before: str, after: str) -> bool:
    """Whether both are one DOI, be it in a URL; of other texts, whether they are one.

    >>> is_same_doi("https://doi.org/10.1000/A", "10.1000/a")
    True
    """
    try:
        return Doi.parse(before) == Doi.parse(after)
    except InvalidDoi:
        return same_text(before, after)


def same_text(before: str, after: str) -> bool:
    """Whether both show the same.

    >>> same_text("A  <i>T</i> cell", "A <em>T</em> <span class='nocase'>cell</span>")
    True
    """
    return before == after or _shown(before) == _shown(after)


def _shown(text: str) -> list[Token]:
    """What one sees of a rich text: protected capitals look as all others do."""
    tokens: list[Token] = []
    opened: list[str] = []
    for token in parse(text.replace("’", "'")):
        match token:
            case Open(command):
                opened.append(command)
                is_seen = command != NOCASE
            case Close():
                is_seen = opened.pop() != NOCASE
            case Text(piece) if tokens and isinstance(tokens[-1], Text):
                tokens[-1] = Text(tokens[-1].text + piece)
                continue
            case _:
                is_seen = True
        if is_seen:
            tokens.append(token)
    return tokens


def _keywords(text: str) -> list[str]:
    return [word for word in map(_spaces, _KEYWORD_END.split(text)) if word]


def _spaced(part: object) -> object:
    """A name or a text of a list, white space and normalisation aside."""
    if isinstance(part, Name):
        shown = replace(part, non_dropping_particle=None)
        if part.non_dropping_particle and part.literal is None:
            shown = replace(shown, family=part.family_with_particle)
        return {
            key: _spaces(value) if isinstance(value, str) else value
            for key, value in shown.to_csl().items()
        }
    return _spaces(str(part))


def _spaces(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    return _SPACES.sub(" ", text).strip()
