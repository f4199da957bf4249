"""Whether two names may be of one person (comparison.md, B31 to B62)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from lupusrefs.compare.name_forms import DAMAGED, Given, NameForm, Reading
from lupusrefs.compare.name_words import PARTICLES
from lupusrefs.compare.nicknames import are_forms_of_one_name
from lupusrefs.compare.text import clean
from lupusrefs.compare.transliteration import Script, is_transliteration


class Degree(IntEnum):
    """How well two names go together; more is better."""

    OTHER = 0  # another family name
    UNKNOWN = 1  # cannot be compared
    SLIP = 2  # the family name but for a letter or two, and the given names
    INITIAL = 3  # the same family name, another first initial
    MIDDLE = 4  # the first given names go together, the second do not
    WORD = 5  # other given names with the same initial
    EQUIVALENT = 6
    EQUAL = 7


AGREEING: Final = Degree.EQUIVALENT
SAME_FAMILY: Final = Degree.INITIAL


@dataclass(frozen=True, slots=True)
class Match:
    """How two names go together, and why they count as equivalent."""

    degree: Degree
    reason: str | None = None

    @property
    def agrees(self) -> bool:
        """Whether they may be of one person."""
        return self.degree >= AGREEING


EQUAL: Final = Match(Degree.EQUAL)
OTHER: Final = Match(Degree.OTHER)
UNKNOWN: Final = Match(Degree.UNKNOWN, "names of different scripts")
SLIP: Final = Match(Degree.SLIP)
_LETTERS_ONLY: Final = Match(Degree.UNKNOWN, "a single letter as family name")
_SHORTENED: Final = Match(Degree.EQUIVALENT, "surname shortened")
_DAMAGED: Final = Match(Degree.EQUIVALENT, "registry encoding damage")
_FIRST_LETTER: Final = Match(Degree.EQUIVALENT, "registry name damaged")
_SWAPPED: Final = Match(Degree.EQUIVALENT, "order of name parts differs")
_NICKNAME: Final = Match(Degree.EQUIVALENT, "another form of the given name")
_TRANSLITERATED: Final = Match(Degree.EQUIVALENT, "name transliterated")
_MIDDLE_NAME: Final = Match(Degree.EQUIVALENT, "called by the second given name")

_LONG: Final = 8  # letters that two slips may be made in
_SHORT: Final = 4  # letters that one may be made in
_FAR: Final = 3
_MAX_LETTERS: Final = 40
_FULL: Final = 3  # letters of a given name that says who it is, or of a lost start


def match(cited: NameForm, registered: NameForm) -> Match:
    """How a cited name goes with a registered one."""
    first = _match_readings(cited.readings[0], registered.readings[0])
    if first.degree is Degree.EQUAL:
        return first
    if cited.script is not registered.script:
        return _match_scripts(cited, registered)
    if Script.EAST_ASIAN is cited.script and _is_same_whole(cited, registered):
        return EQUAL
    best = max(_pairs(cited, registered, first), key=_degree)
    if best.degree >= AGREEING:
        return best
    if _is_swapped(cited, registered) or _is_swapped(registered, cited):
        return _SWAPPED
    if best.degree >= SAME_FAMILY:
        return best
    if cited.is_letter or registered.is_letter:
        return _LETTERS_ONLY
    is_damaged = cited.is_damaged or registered.is_damaged
    if is_damaged and _is_damaged_same(cited, registered):
        return _DAMAGED
    return _match_slips(cited, registered)


def _degree(found: Match) -> Degree:
    return found.degree


def _pairs(cited: NameForm, registered: NameForm, first: Match) -> list[Match]:
    rest = (
        _match_readings(one, other)
        for one in cited.readings
        for other in registered.readings
    )
    return [first, *rest]


def _is_same_whole(cited: NameForm, registered: NameForm) -> bool:
    """The same signs, whichever are the family name (B38, B61)."""
    wholes = [_wholes(form.readings[0]) for form in (cited, registered)]
    return not wholes[0].isdisjoint(wholes[1])


def _wholes(reading: Reading) -> set[str]:
    family = "".join(reading.family)
    given = "".join(reading.given[0]) if reading.given else ""
    return {family + given, given + family}


def _match_readings(one: Reading, other: Reading) -> Match:
    if one == other:
        return EQUAL
    if not set(one.keys).isdisjoint(other.keys):
        return match_given(one.given, other.given)
    if len(one.family) != len(other.family):
        return _match_shortened(one, other)
    return OTHER


def _match_shortened(one: Reading, other: Reading) -> Match:
    """A part of a compound surname stands for all of it (B31)."""
    short, long = sorted((one, other), key=lambda reading: len(reading.family))
    words = short.family
    while len(words) > 1 and words[0] in PARTICLES:
        words = words[1:]
    if words[0] in PARTICLES or len("".join(words)) < len("Li"):
        return OTHER
    count = len(words)
    if long.family[-count:] == words:
        left = long.family[:-count]
    elif long.family[:count] == words:
        left = long.family[count:]
    else:
        return OTHER
    # What is left of the family name may be filed as a given name or initial.
    moved = tuple((*given, *left) for given in long.given)
    for given in (long.given, moved):
        if match_given(short.given, given) in (EQUAL, _NICKNAME):
            return _SHORTENED
    return OTHER


def match_given(one: tuple[Given, ...], other: tuple[Given, ...]) -> Match:
    """How given names go together, in the best of their readings (B46, B47)."""
    if not one or not other:
        return EQUAL
    best = OTHER
    for first in one:
        for second in other:
            found = _match_given(first, second)
            if found.degree > best.degree:
                best = found
    return best


def _match_given(one: Given, other: Given) -> Match:
    if one == other or _are_compatible(one[0], other[0]):
        if _is_within(one[1:], other[1:]):
            return EQUAL
        return EQUAL if "".join(one) == "".join(other) else Match(Degree.MIDDLE)
    if "".join(one) == "".join(other):
        return EQUAL
    if are_forms_of_one_name(one[0], other[0]):
        return _NICKNAME
    if _shares_a_full_name(one, other):
        return _MIDDLE_NAME
    if one[0][0] == other[0][0]:
        joined = ("".join(one), "".join(other))
        return EQUAL if _are_compatible(*joined) else Match(Degree.WORD)
    return Match(Degree.INITIAL)


def _are_compatible(one: str, other: str) -> bool:
    """Whether one is the other, or its beginning: "j", "jo", "josef"."""
    if one[0] in DAMAGED or other[0] in DAMAGED:
        return True
    return one.startswith(other) or other.startswith(one) or _with_gaps(one, other)


def _with_gaps(one: str, other: str) -> bool:
    """Whether two words are the same but for the letters that were lost (B45)."""
    if DAMAGED.isdisjoint(one) and DAMAGED.isdisjoint(other):
        return False
    return bool(_gaps(one).fullmatch(other) or _gaps(other).fullmatch(one))


@lru_cache(maxsize=512)
def _gaps(word: str) -> re.Pattern[str]:
    parts = re.split("[\ufffd?]+", word)
    return re.compile(".{0,3}".join(map(re.escape, parts)))


def _is_within(one: Given, other: Given) -> bool:
    """Whether the shorter list is the longer one with names left out (B47)."""
    if not one or not other:
        return True
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(any(_are_compatible(name, other) for other in rest) for name in short)


def _shares_a_full_name(one: Given, other: Given) -> bool:
    full = {name for name in one if len(name) >= _FULL}
    return not full.isdisjoint(other)


def _is_swapped(one: NameForm, other: NameForm) -> bool:
    """Whether the given name of one is the family name of the other (B37)."""
    first, second = one.readings[0], other.readings[0]
    for given in first.given:
        if len("".join(given)) > 1 and "".join(given) in second.keys:
            family = (first.family,)
            return match_given(family, second.given).degree >= AGREEING
    return False


def _is_damaged_same(cited: NameForm, registered: NameForm) -> bool:
    return any(
        _with_gaps(key, other_key)
        and match_given(one.given, other.given).degree >= AGREEING
        for one in cited.readings
        for other in registered.readings
        for key in one.keys
        for other_key in other.keys
    )


def _match_slips(cited: NameForm, registered: NameForm) -> Match:
    """Names that differ in a letter or two of the family name."""
    one, other = cited.readings[0], registered.readings[0]
    given = match_given(one.given, other.given)
    if given.degree < AGREEING or not (one.given and other.given):
        return OTHER
    key, other_key = one.keys[0], other.keys[0]
    if key[1:] == other_key and _has_lost_its_first(registered):
        return _FIRST_LETTER
    return SLIP if is_slip(key, other_key) else OTHER


def _has_lost_its_first(form: NameForm) -> bool:
    """Whether a family name may begin with its second letter: "aterson" (B36)."""
    family = form.name.family or ""
    is_capital = family[:1].isupper() and not family.isupper()
    return len(family) >= _FULL and not is_capital


def is_slip(one: str, other: str) -> bool:
    """Whether two words differ as misspelt ones do: by one letter, long ones by two."""
    longest = max(len(one), len(other))
    if min(len(one), len(other)) < _SHORT:
        return False
    return _distance(one, other) <= (1 if longest < _LONG else 2)


def _distance(one: str, other: str) -> int:
    """Letters to insert, delete or replace, two exchanged ones as one; at most 3."""
    if abs(len(one) - len(other)) >= _FAR or max(len(one), len(other)) > _MAX_LETTERS:
        return _FAR
    if sorted(one) == sorted(other) and _is_exchanged(one, other):
        return 1
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        above, row = row, [i]
        for j, other_char in enumerate(other, 1):
            changed = above[j - 1] + (char != other_char)
            row.append(min(above[j] + 1, row[j - 1] + 1, changed))
    return min(row[-1], _FAR)


def _is_exchanged(one: str, other: str) -> bool:
    """Whether two neighbouring letters have changed places."""
    pairs = enumerate(zip(one, other, strict=True))
    at = next((i for i, (a, b) in pairs if a != b), 0)
    return one[:at] + one[at : at + 2][::-1] + one[at + 2 :] == other


def _match_scripts(cited: NameForm, registered: NameForm) -> Match:
    """A Cyrillic or Greek name beside a Latin one (B61)."""
    forms = {cited.script: cited, registered.script: registered}
    latin = forms.get(Script.LATIN)
    foreign = forms.get(Script.CYRILLIC) or forms.get(Script.GREEK)
    if latin is None or foreign is None:
        return UNKNOWN
    for family, given in _own_letters(foreign):
        for reading in latin.readings:
            is_same = any(is_transliteration(family, key) for key in reading.keys)
            if is_same and _is_same_initial(given, reading):
                return _TRANSLITERATED
    return UNKNOWN


def _own_letters(form: NameForm) -> list[tuple[str, str]]:
    """Family and first given name in their own script, with the marks that matter."""
    name = form.name
    family, given = _plain_words(name.family), _plain_words(name.given)
    if family and given:
        return [("".join(family), given[0])]
    words = family or given or _plain_words(name.literal)
    rest = words[1] if len(words) > 1 else ""
    return [(words[-1], words[0] if rest else ""), (words[0], rest)]


def _plain_words(text: str | None) -> list[str]:
    normal = unicodedata.normalize("NFC", clean(text or "")).casefold()
    return re.findall(r"[^\W\d_]+", normal)


def _is_same_initial(given: str, reading: Reading) -> bool:
    if not (given and reading.given):
        return True
    return any(
        is_transliteration(given, one[0], start_only=True)
        or is_transliteration(given[0], one[0])
        for one in reading.given
    )
