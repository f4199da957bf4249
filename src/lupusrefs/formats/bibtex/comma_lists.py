"""Name lists with commas, semicolons or "&" where BibTeX wants "and".

BibTeX would read "J. Cofala, M. Amann, Z. Klimont" as one name with a Jr part, and cut
"Doe, J., Roe, K., Poe, L." after two commas (``bibtex.web``, "too many commas"). Both
are in files of the wild; what they mean is told by initials and by words.
"""

from __future__ import annotations

import re
from typing import Final

from lupusrefs.formats.bibtex.name_parts import sections

_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z]\.?[-\s~]?){1,4}")
_FEW: Final = 3  # parts of one name at most
_SIGN: Final = re.compile(
    r"\\.|(?P<brace>[{}])|(?P<sign>;|,?\s+(?:\\?&)\s+)", re.DOTALL
)
_ENTITY: Final = re.compile(r"&\\?#?\w+;")
_PAIRS: Final = 4  # parts from which on "Last, F." is found in pairs


def comma_list(source: str) -> list[str] | None:
    """The names of a list that has commas for "and"; None where it is one name.

    >>> comma_list("J. Cofala, M. Amann, Z. Klimont"), comma_list("King, Jr., Martin")
    (['J. Cofala', 'M. Amann', 'Z. Klimont'], None)
    """
    if source.count(",") < _FEW - 1:
        return None
    parts = [words for words in sections(source) if words]
    if len(parts) >= _PAIRS and len(parts) % 2 == 0 and all(map(_initial, parts[1::2])):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [f"{' '.join(last)}, {' '.join(first)}" for last, first in pairs]
    if len(parts) >= _FEW and all(map(_is_whole_name, parts)):
        return [_ordered(words) for words in parts]
    return None


def _initial(words: list[str]) -> bool:
    return _INITIALS.fullmatch(" ".join(words)) is not None


def _is_whole_name(words: list[str]) -> bool:
    """Whether it has initials and a name: "J. Cofala", "Nagy I."."""
    initials = sum(_INITIALS.fullmatch(word) is not None for word in words)
    return 0 < initials < len(words)


def _ordered(words: list[str]) -> str:
    """The words as BibTeX has them: "Nagy I." is "Nagy, I.", with its comma."""
    if _initial(words[-1:]) and not _initial(words[:1]):
        count = next(n for n, word in enumerate(words) if _initial([word]))
        return f"{' '.join(words[:count])}, {' '.join(words[count:])}"
    return " ".join(words)


def sign_list(source: str) -> list[str]:
    r"""The members of a list that has semicolons or "&" for "and"; else all of it.

    An "&" separates only what has initials or a comma of its own: institutions are
    named so as well.

    >>> sign_list("Lee, Ann; Ek, Bo"), sign_list(r"Lee, A. \& Ek, B.")
    (['Lee, Ann', 'Ek, Bo'], ['Lee, A.', 'Ek, B.'])
    >>> sign_list("Ernst & Young")
    ['Ernst & Young']
    """
    if not (";" in source or "&" in source) or _ENTITY.search(source):
        return [source]
    parts = _between_signs(source)
    if ";" in source:
        # "Vicky; Coon" is a slip of the pen for a comma: one word is no name.
        return parts if all(len(part.split()) > 1 for part in parts) else [source]
    if not all(map(_has_order, parts)):
        return [source]
    return comma_list(", ".join(parts)) or parts


def _between_signs(source: str) -> list[str]:
    parts: list[str] = []
    depth = start = 0
    for match in _SIGN.finditer(source):
        if brace := match["brace"]:
            depth = depth + 1 if brace == "{" else max(depth - 1, 0)
        elif match["sign"] and depth == 0:
            parts.append(source[start : match.start()])
            start = match.end()
    parts.append(source[start:])
    return [stripped for part in parts if (stripped := part.strip(" \t\r\n,;"))]


def _has_order(source: str) -> bool:
    """Whether it is one name, or some, with a comma or initials."""
    return "," in source or _is_whole_name(source.split())
