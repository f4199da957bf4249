r"""A BibTeX name -> First, von, Last and Jr, in LaTeX source.

Rules: ``btxdoc``, section 4; ``bibtex.web``, "von_token_found" and "name_scan_for_and";
Nicolas Markey, "Tame the BeaST", 3. Two liberties, both biber's as well: ``~`` is a
space and a hyphen is a letter, so that "D.~E. Knuth" has a family name and
"Xiao-ping Deng" no "von" part; and the letter of an accent without braces counts, not
the name of its command.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
# Outside braces: what separates words, names and parts.
_NAME_TOKEN: Final = re.compile(
    r"\\[A-Za-z]+\s*|\\.|(?P<brace>[{}])|(?P<comma>,)|(?P<space>(?:\s|~)+)", re.DOTALL
)
_AND: Final = re.compile(r"(?:\s+and(?=\s))+\s+", re.IGNORECASE)
_EDGES: Final = re.compile(r"^(?:\s*and\s)+|(?:\sand\s*)+$|^\s*and\s*$", re.IGNORECASE)
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)\s*|\\[^A-Za-z]\s*")
# Letters to Unicode, but without a case: of "ʿAbd" the A counts.
_APOSTROPHES: Final = frozenset("ʼʻʽʾʿˈ")
# Letters that are commands, by their case.
_LOWER_LETTERS: Final = frozenset(("i", "j", "o", "l", "oe", "ae", "aa", "ss"))
_UPPER_LETTERS: Final = frozenset(("O", "L", "OE", "AE", "AA"))
_MORE_LOWER: Final = frozenset(("dh", "dj", "th", "ng"))
_MORE_UPPER: Final = frozenset(("DH", "DJ", "TH", "NG", "SS"))


@dataclass(frozen=True, slots=True)
class NameParts:
    """The four parts of a BibTeX name, in LaTeX source; "" where there is none."""

    first: str = ""
    von: str = ""
    last: str = ""
    jr: str = ""


def split_list(source: str) -> list[str]:
    """The members of a list: separated by "and" outside braces, empty ones dropped.

    >>> split_list("Springer and {Barnes and Noble}")
    ['Springer', '{Barnes and Noble}']
    """
    if "and" not in source.lower():
        return [source.strip()] if source.strip() else []
    if "{" not in source:
        bare = _EDGES.sub("", source)
        return [stripped for part in _AND.split(bare) if (stripped := part.strip())]
    return _split_outside_braces(source)


_LIST_TOKEN: Final = re.compile(
    r"\\.|(?P<brace>[{}])|(?P<and>(?:(?<=\s)|^)and(?=\s|$))",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)


def _split_outside_braces(source: str) -> list[str]:
    members: list[str] = []
    depth = start = 0
    for match in _LIST_TOKEN.finditer(source):
        if brace := match["brace"]:
            depth = depth + 1 if brace == "{" else max(depth - 1, 0)
        elif match["and"] and depth == 0:
            members.append(source[start : match.start()])
            start = match.end()
    members.append(source[start:])
    return [stripped for member in members if (stripped := member.strip())]


def name_parts(source: str) -> NameParts:
    r"""The parts of one name.

    >>> name_parts(r"Charles Louis Xavier Joseph de la Vall{\'e}e Poussin").von
    'de la'
    """
    parts = sections(source)
    while len(parts) > 1 and not parts[-1]:
        parts.pop()  # a comma too many at the end
    if len(parts) == 1:
        return _first_von_last(parts[0])
    von, last = _von_last(parts[0])
    # With more than two commas BibTeX complains, and reads the rest as First.
    jr = parts[1] if len(parts) > 2 else []  # noqa: PLR2004 - von Last, Jr, First
    first = [word for part in parts[2 if jr else 1 :] for word in part]
    return NameParts(*map(" ".join, (first, von, last, jr)))


def words(source: str) -> list[str]:
    """The words of a name or of a part, in LaTeX source."""
    return [word for part in sections(source) for word in part]


def sections(source: str) -> list[list[str]]:
    """The words between the commas outside braces."""
    if "{" not in source and "\\" not in source:
        return [section.replace("~", " ").split() for section in source.split(",")]
    found: list[list[str]] = [[]]
    depth = start = 0
    for match in _NAME_TOKEN.finditer(source):
        if brace := match["brace"]:
            depth = depth + 1 if brace == "{" else max(depth - 1, 0)
        elif depth == 0 and (match["comma"] or match["space"]):
            if start < match.start():
                found[-1].append(source[start : match.start()])
            start = match.end()
            if match["comma"]:
                found.append([])
    if start < len(source):
        found[-1].append(source[start:])
    return found


def _first_von_last(words: list[str]) -> NameParts:
    """``First von Last``: von is from the first word in lower case to the last one."""
    lower = [index for index, word in enumerate(words[:-1]) if is_lower(word)]
    if not lower:
        return NameParts(first=" ".join(words[:-1]), last=" ".join(words[-1:]))
    start, end = lower[0], lower[-1] + 1
    return NameParts(
        first=" ".join(words[:start]),
        von=" ".join(words[start:end]),
        last=" ".join(words[end:]),
    )


def _von_last(words: list[str]) -> tuple[list[str], list[str]]:
    """``von Last``: von goes up to the last word in lower case."""
    for index in range(len(words) - 2, -1, -1):
        if is_lower(words[index]):
            return words[: index + 1], words[index + 1 :]
    return [], words


def is_lower(word: str) -> bool:
    r"""Whether BibTeX takes the word for a part of "von".

    The first letter outside braces decides, or that of a "special character", a brace
    with a backslash in it. Without a letter, as in ``{bb}``, it is not.

    >>> is_lower("von"), is_lower(r"{\'E}cole"), is_lower("{von}"), is_lower("1b")
    (True, False, False, True)
    """
    first = word[:1]
    if first.isalpha() and first not in _APOSTROPHES:
        return first.islower()
    depth = index = 0
    while index < len(word):
        char = word[index]
        if char == "\\" and depth == 0:
            return _command_is_lower(word, index)
        if char == "{":
            if depth == 0 and word.startswith("\\", index + 1):
                return _command_is_lower(word, index + 1)
            depth += 1
        elif char == "}":
            depth -= 1
        elif depth == 0 and char.isalpha() and char not in _APOSTROPHES:
            return char.islower()
        index += 1
    return False


def _command_is_lower(word: str, index: int) -> bool:
    r"""The case of ``\O``, or of the first letter behind ``\'``, ``\relax``."""
    while match := _COMMAND.match(word, index):
        name = match[1]
        if name in _LOWER_LETTERS | _MORE_LOWER:
            return True
        if name in _UPPER_LETTERS | _MORE_UPPER:
            return False
        index = match.end()
        while word[index : index + 1] and word[index] in "{ ":
            index += 1
    letter = next((char for char in word[index:] if char.isalpha()), "")
    return letter.islower()


def braced(source: str) -> str | None:
    """What is inside the one pair of braces around the whole; None without such.

    >>> braced("{World Health Organization}"), braced("{A} and {B}")
    ('World Health Organization', None)
    """
    if not (source.startswith("{") and source.endswith("}")):
        return None
    depth = 0
    for match in _BRACE.finditer(source):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return source[1:-1] if match.end() == len(source) else None
    return None
