r"""New values of BibTeX fields that keep of the old ones what has not changed.

The braces and commands around a word (``{CAR} T``, ``G{\"o}del``) are the user's: where
the word stays, its spelling does. Names that stay are not written anew either.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from lupusrefs.formats.bibtex import parse_latex as latex
from lupusrefs.formats.bibtex.name_parts import braced, split_list
from lupusrefs.formats.bibtex.names import name_list
from lupusrefs.formats.bibtex.parse_names import parse_names
from lupusrefs.formats.bibtex.titles import read_title
from lupusrefs.model.markup import plain
from lupusrefs.model.names import Name
from lupusrefs.model.pages import split_range

_WORD: Final = re.compile(r"\S+")
_RANGE_DASH: Final = re.compile(r"(?<=\w)\s*(?:-{1,3}|[‐-―−])\s*(?=\w)")
# So many words are aligned; longer texts are no titles.
_LONGEST: Final = 400


def retitled(old: str, new: str, *, english: bool) -> str:
    r"""A title with the spelling of the words that stay.

    Args:
        old: LaTeX, as the field has it.
        new: LaTeX, as it would be written anew.
        english: whether capitals are put into sentence case when it is read.

    >>> retitled("{The {CAR} T-Cel Age}", "The {CAR} {T-cell} age", english=True)
    '{The {CAR} T-cell Age}'
    """
    inner = braced(old.strip())
    if inner is not None:
        return "{" + _respelled(inner, latex_without_braces(new)) + "}"
    written = _respelled(old, new)
    read, meant = (read_title(text, english=english) for text in (written, new))
    is_right = read and meant and _folded(read.text) == _folded(meant.text)
    return written if is_right else new


def latex_without_braces(source: str) -> str:
    """A title without the braces that protect capitals, where that says the same."""
    bare = re.sub(r"\{(\w[^{}\\$]*)\}", r"\1", source)
    same = _folded(latex.rich(bare)) == _folded(latex.rich(source))
    return bare if same else source


def _folded(text: str) -> str:
    return plain(text).casefold()


def _respelled(old: str, new: str) -> str:
    """The words of ``new``, those that are in ``old`` as they stand there."""
    before, after = _words(old), _words(new)
    if len(before) > _LONGEST or len(after) > _LONGEST:
        return new
    old_keys, new_keys = (
        [_folded(latex.rich(word)) for word, _ in words] for words in (before, after)
    )
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    pieces: list[str] = []
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            pieces += [word + space for word, space in before[start:end]]
            continue
        # As far as there are old words in their place, the line breaks stay, too.
        spaces = [space for _, space in before[start:end]]
        for place, (word, _) in enumerate(after[first:last]):
            pieces.append(word + (spaces[place] if place < len(spaces) else " "))
    for place, (one, _) in enumerate(pairwise(pieces)):
        if not one[-1:].isspace():
            pieces[place] = f"{one} "
    return "".join(pieces).rstrip() if pieces else new


def _words(source: str) -> list[tuple[str, str]]:
    """Words outside of braces, each with the white space behind it."""
    words: list[tuple[str, str]] = []
    depth = start = 0
    in_word = False
    for index, char in enumerate(source):
        if char in "{}" and source[index - 1 : index] != "\\":
            depth += 1 if char == "{" else -1
        if not char.isspace() and not in_word:
            start, in_word = index, True
        if char.isspace() and depth <= 0 and in_word:
            gap = re.compile(r"\s+").match(source, index)
            words.append((source[start:index], gap[0] if gap else ""))
            in_word = False
    if in_word:
        words.append((source[start:], ""))
    return words


def renamed(old: str, new: str) -> str:
    r"""A list of names in which those that stay are spelt as before.

    Args:
        old: the field as it is.
        new: the list as it would be written anew, ``Last, First and ...``.

    >>> renamed(r"{\'E}. Ng and A. Oh", "Ng, É. and Oh, B. and others")
    "{\\'E}. Ng and B. Oh and others"
    """
    before = split_list(old)
    known = {_parsed(one): one for one in reversed(before)}
    in_order = all("," not in one for one in before if braced(one) is None)
    pieces = []
    for one in split_list(new):
        same = known.get(_parsed(one))
        pieces.append(same or (_in_reading_order(one) if in_order else one))
    gap = _usual_gap(old, before)
    return gap.join(pieces)


def _parsed(source: str) -> tuple[Name, ...]:
    return parse_names(source)


def _in_reading_order(source: str) -> str:
    """``First von Last`` where that says the same."""
    names = _parsed(source)
    if len(names) != 1 or names[0].literal is not None or names[0].suffix:
        return source
    name = names[0]
    particles = (name.dropping_particle, name.non_dropping_particle)
    words = (name.given, *particles, name.family)
    parts = [name_list([Name(literal=word)])[1:-1] for word in words if word]
    written = " ".join(parts)
    return written if _parsed(written) == names else source


def _usual_gap(source: str, members: list[str]) -> str:
    """What stands between names: " and ", perhaps with a line break."""
    if len(members) < len(("first", "second")):
        return " and "
    end = source.index(members[0]) + len(members[0])
    gap = source[end : source.index(members[1], end)]
    return gap if re.fullmatch(r"\s+and\s+", gap) else " and "


def repaged(old: str, new: str) -> str:
    """Pages with the dash that the field has.

    >>> repaged("12-15", "21--25")
    '21-25'
    """
    dash = _RANGE_DASH.search(old)
    if dash is None or split_range(new) is None:
        return new
    return _RANGE_DASH.sub(dash[0], new)
