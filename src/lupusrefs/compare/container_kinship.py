"""How two names of containers are related (comparison.md 2.3)."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from lupusrefs.compare.abbreviations import (
    STOP_WORDS,
    Alignment,
    Tokens,
    abbreviates,
    align,
    content,
    is_acronym,
    is_coined,
    is_near,
    is_stop,
    is_typo,
)
from lupusrefs.compare.conferences import is_same_meeting, own_codes
from lupusrefs.compare.container_names import ContainerName
from lupusrefs.compare.container_words import (
    COMMON,
    EDITION,
    EDITIONS,
    ENGLISH,
    FOREIGN,
    PLACES,
    SUBTITLE_WORDS,
)
from lupusrefs.compare.journals import is_parent

#: Why names are the same, or may be.
ACRONYM: Final = "acronym"
_ROMAN: Final = frozenset(("i", "ii", "iii", "iv", "v", "vi"))
_SECTIONS: Final = frozenset("abcdefghlmx") | _ROMAN
_STEM: Final = 6
_SHORT: Final = 5


class Kinship(IntEnum):
    """What two names are to each other, the nearest first.

    ``PART``: all words of one are in the other. ``SISTER``: two journals of one family
    are known. ``OTHER``: each has words that the other has not.
    """

    SAME = 0
    PART = 1
    UNCLEAR = 2
    SISTER = 3
    OTHER = 4


class Relation(NamedTuple):
    """The kinship, why, and whether the names share a word that says something."""

    kinship: Kinship
    reason: str | None = None
    is_sharing: bool = False


@lru_cache(maxsize=8192)
def relate(cited: ContainerName, registered: ContainerName) -> Relation:
    """Compare two names of which neither is empty."""
    best: Alignment | None = None
    for mine, theirs in product(cited.readings, registered.readings):
        alignment = align(mine, theirs)
        if alignment.complete:
            return Relation(Kinship.SAME, _reason(alignment))
        if best is None or _rest(alignment) < _rest(best):
            best = alignment
            tokens = mine, theirs
    assert best is not None  # noqa: S101 - a name has a reading
    if is_same_meeting(cited, registered):
        return Relation(Kinship.SAME, "another form of the conference's name")
    if _is_code_of(cited, registered) or _is_code_of(registered, cited):
        return Relation(Kinship.SAME, ACRONYM)
    if reason := _by_subtitle(cited, registered) or _by_subtitle(registered, cited):
        return reason
    if len(tokens[0]) != len(tokens[1]) and is_typo(*map("".join, tokens)):
        return Relation(Kinship.SAME, "one letter of the name differs")
    return _by_rest(best, *tokens)


def _rest(alignment: Alignment) -> int:
    return len(alignment.cited) + len(alignment.registered)


def _reason(alignment: Alignment) -> str | None:
    return "one letter of the name differs" if alignment.typos else None


def _is_code_of(short: ContainerName, long: ContainerName) -> bool:
    """Whether a name of one word stands for one of several."""
    tokens = short.plain
    if (len(tokens) > 1 and not short.is_acronym) or len(long.tokens) == 1:
        return False
    token = short.code
    joined = "".join(long.plain)
    if token == joined or (token,) in long.brackets:
        return True
    if is_coined(token, content(long.head or long.plain)):
        return True
    # "ICCV" may be read out of the name of CVPR, which says that it is CVPR.
    has_other = bool(own_codes(long.text)) and token not in own_codes(long.text)
    return short.is_acronym and not has_other and is_acronym(token, long.plain)


def _by_subtitle(short: ContainerName, long: ContainerName) -> Relation | None:
    """A subtitle may be left out, unless the rest is the name of another journal."""
    if long.head is None:
        return None
    if not align(short.plain, long.head).complete:
        return None
    reason = Relation(Kinship.SAME, "subtitle omitted")
    if _is_description(long.tail) or is_acronym(long.head[0], long.tail):
        return reason
    if is_parent(long.head):
        return Relation(Kinship.SISTER)
    is_telling = len(content(long.head)) > 1 or any(map(str.isdigit, long.head[0]))
    return reason if is_telling else Relation(Kinship.PART, is_sharing=True)


def _is_description(tail: Tokens) -> bool:
    """``a journal of neurology``, ``official journal of the Leukemia Society``."""
    is_described = tail[0] in {"a", "an", "the", "official"}
    return is_described and not SUBTITLE_WORDS.isdisjoint(tail)


def _by_rest(alignment: Alignment, cited: Tokens, registered: Tokens) -> Relation:
    if _have_same_section(alignment, cited, registered):
        return Relation(Kinship.SAME, "the name of the section differs")
    mine = _telling(alignment.cited, cited)
    theirs = _telling(alignment.registered, registered)
    if not mine and not theirs:
        return Relation(Kinship.SAME, _reason(alignment))
    sharing = any(_is_specific(cited[i]) for i, _ in alignment.pairs)
    start = _common_start(alignment, cited, registered)
    if not mine or not theirs:
        short = registered if mine else cited
        return _of_part(mine or theirs, start, short, is_sharing=sharing)
    if not _disjoint(mine, theirs):
        same = sorted(content(cited)) == sorted(content(registered))
        kinship = Kinship.SAME if same else Kinship.PART
        reason = "words in another order" if alignment.pairs or same else None
        return Relation(kinship, reason, is_sharing=True)
    if _are_sections(mine, theirs) or is_parent(start):
        return Relation(Kinship.SISTER)
    if _may_be_slip(mine, theirs):
        return Relation(Kinship.UNCLEAR, "a letter differs", is_sharing=sharing)
    if _is_translation(cited, registered):
        return Relation(Kinship.UNCLEAR, "another language", is_sharing=sharing)
    return Relation(Kinship.OTHER, is_sharing=sharing)


def _of_part(
    rest: Tokens, start: Tokens, short: Tokens, *, is_sharing: bool
) -> Relation:
    """One name has all words of the other one, and some more."""
    if EDITIONS.issuperset(rest) and not EDITION.isdisjoint(rest) and start:
        return Relation(Kinship.SAME, "edition omitted")
    # A lone letter is often left out, or stands in the volume.
    if is_parent(start) and not all(len(token) == 1 for token in rest):
        return Relation(Kinship.SISTER)
    if content(start) != content(short) and is_parent(short):
        return Relation(Kinship.OTHER, is_sharing=True)
    return Relation(Kinship.PART, is_sharing=is_sharing)


def _have_same_section(alignment: Alignment, one: Tokens, two: Tokens) -> bool:
    """Whether both name the same section by its letter: its name does not matter.

    ``J. Phys. A: Math. Gen.`` is ``J. Phys. A: Math. Theor.``
    """
    for i, j in alignment.pairs:
        letter = one[i]
        if i == 0 or j == 0 or letter != two[j]:
            continue
        if letter not in _SECTIONS:
            continue
        if letter != "a" and letter in STOP_WORDS and not _is_last(i, one, j, two):
            continue
        if is_stop(one, i - 1) or is_stop(two, j - 1):
            continue
        before = align(one[:i], two[:j])
        if not _telling(before.cited, one) and not _telling(before.registered, two):
            return True
    return False


def _is_last(i: int, one: Tokens, j: int, two: Tokens) -> bool:
    return i == len(one) - 1 or j == len(two) - 1


def _telling(rest: Tokens, name: Tokens) -> Tokens:
    """Those left over that are not numbers, nor places behind the first word."""
    return tuple(
        token
        for token in rest
        if not token.isdigit() and (token not in PLACES or token == name[0])
    )


def _disjoint(one: Tokens, two: Tokens) -> bool:
    """Whether not all words left over on one side are also on the other one."""
    short, long = (one, two) if len(one) <= len(two) else (two, one)
    return not all(any(_are_alike(a, b) for b in long) for a in short)


def _are_alike(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    return len(short) > 1 and abbreviates(short, long)


def _are_sections(one: Tokens, two: Tokens) -> bool:
    letters = (*one[:1], *two[:1])
    return all(len(letter) == 1 or letter in _ROMAN for letter in letters)


def _common_start(alignment: Alignment, one: Tokens, two: Tokens) -> Tokens:
    """What both begin with, written out where one of them abbreviates it."""
    start = []
    at = to = 0
    for i, j in alignment.pairs:
        between = (one, at, i), (two, to, j)
        if not all(is_stop(name, k) for name, a, b in between for k in range(a, b)):
            break
        start.append(max(one[i], two[j], key=len))
        at, to = i + 1, j + 1
    return tuple(start)


def _may_be_slip(mine: Tokens, theirs: Tokens) -> bool:
    """Whether a word is another one by mistake, or an abbreviation is a wrong one."""
    if len(mine) > 1 or len(theirs) > 1:
        return False
    one, two = mine[0], theirs[0]
    if is_near(one, two):
        return True
    return 1 < len(one) <= _SHORT and one[:2] == two[:2]


def _is_specific(token: str) -> bool:
    return len(token) > 1 and token not in COMMON and token not in STOP_WORDS


def _is_translation(cited: Tokens, registered: Tokens) -> bool:
    """Whether the names are in different languages, and of words of one stem."""
    one, two = set(cited), set(registered)
    english = not ENGLISH.isdisjoint(one), not ENGLISH.isdisjoint(two)
    foreign = not FOREIGN.isdisjoint(one), not FOREIGN.isdisjoint(two)
    if not ((english[0] and foreign[1]) or (english[1] and foreign[0])):
        return False
    stems = {t[:_STEM] for t in cited if len(t) > _STEM and _is_specific(t)}
    return any(t[:_STEM] in stems for t in registered if _is_specific(t))


def share_words(cited: Tokens, registered: Tokens) -> bool:
    """Whether two names share a word that says something, in any order."""
    mine = [token for token in cited if _is_specific(token)]
    theirs = [token for token in registered if _is_specific(token)]
    return any(_are_alike(one, two) for one in mine for two in theirs)
