"""A name in the form in which it is compared (comparison.md 2.2, B31 to B62)."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from lupusrefs.compare.name_words import (
    PARTICLES,
    is_group,
    is_nobody,
    is_plain,
    is_suffix,
    without_order,
    without_suffix,
    without_titles,
)
from lupusrefs.compare.text import clean, fold_word, is_absent, readings, spelled
from lupusrefs.compare.transliteration import Script, script_of
from lupusrefs.model.names import Name

# Given names in one reading: a single letter is an initial.
Given: TypeAlias = tuple[str, ...]

DAMAGED: Final = frozenset("\ufffd?")
# Letters, with apostrophes within, combining marks, and characters that were lost.
_WORD: Final = re.compile(
    r"(?:[^\W\d_]|\ufffd|\?(?=\w)|(?<=\w)\?)"
    r"(?:[^\W\d_]|[\u0300-\u036f\ufffd?]|'(?=[^\W_]))*"
)
_DIGIT: Final = re.compile("[0-9]")
_LATIN: Final = re.compile("[A-Za-z]")
# A word of both scripts, or a single letter among Latin ones ("D. О.").
_MIXED: Final = re.compile(
    r"\w*[A-Za-z]\w*[\u0370-\u04ff]\w*|\w*[\u0370-\u04ff]\w*[A-Za-z]\w*"
    r"|\b[\u0370-\u04ff]\b"
)
_LOOK_ALIKE: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοκ",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXok",
)
_GIVEN_WORD: Final = re.compile("[A-Za-z]+")
# "Rı&#x;os": an entity without its number.
_BROKEN_ENTITY: Final = re.compile("&#x?;")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
# So many capitals in a row may be initials: "JY", "MEJJ".
_RUN: Final = range(2, 7)
_FEW: Final = 4  # of them in the place of a family name
# So many words are no name, and so many ways to read one are enough.
_MANY: Final = 9
_MAX_READINGS: Final = 12
# Longer names are markup bombs or whole paragraphs.
_MAX_LENGTH: Final = 300


class Kind(StrEnum):
    """What a name names."""

    PERSON = "person"
    GROUP = "group"
    NOBODY = "nobody"


class Reading(NamedTuple):
    """One way to take a name apart.

    Attributes:
        family: the folded words of the family name, particles in front.
        keys: the family name in one word, in every spelling that counts as equal.
        given: the ways to read the given names; empty where there are none.
    """

    family: tuple[str, ...]
    keys: tuple[str, ...]
    given: tuple[Given, ...]


class NameForm(NamedTuple):
    """A name as it is compared.

    Attributes:
        name: as it is written.
        kind: whether it is a person.
        readings: ways to take it apart, the preferred one first; of a group one.
        script: the script it is written in.
        is_damaged: whether letters of it were lost.
        is_unsplit: whether it does not say which of its words are the family name.
    """

    name: Name
    kind: Kind
    readings: tuple[Reading, ...]
    script: Script = Script.LATIN
    is_damaged: bool = False
    is_unsplit: bool = False

    @property
    def text(self) -> str:
        """The normal form: family name and given names, folded."""
        first = self.readings[0]
        given = " ".join(first.given[0]) if first.given else ""
        family = " ".join(first.family)
        return f"{family}, {given}" if given else family

    @property
    def is_letter(self) -> bool:
        """Whether only letters are left of the family name (B60)."""
        return self.script is Script.LATIN and all(
            len(word) == 1 for word in self.readings[0].family
        )

    @property
    def has_given(self) -> bool:
        """Whether it says anything of the given names."""
        return bool(self.readings[0].given)

    @property
    def is_weak(self) -> bool:
        """Whether it may be no person at all, or cannot be compared."""
        return (
            self.kind is Kind.GROUP
            or self.is_letter
            or (self.name.literal is not None and not self.has_given)
        )


def shown(name: Name) -> str:
    """A name as lists have it: "Spee-Mayer, C von"."""
    if name.literal is not None:
        return name.literal
    family, given = name.family, name.given
    if name.non_dropping_particle:
        family = " ".join(filter(None, (name.non_dropping_particle, family)))
    if name.dropping_particle:
        given = " ".join(filter(None, (given, name.dropping_particle)))
    return ", ".join(filter(None, (family, given, name.suffix)))


def family_key(name: Name) -> str:
    """The family name with its particles in one folded word; of a group, all of it."""
    if name.literal is None and name.family:
        text = " ".join(filter(None, (name.non_dropping_particle, name.family)))
        return "".join(_folded(without_suffix(cleaned(text))))
    return "".join(name_form(name).readings[0].family)


@lru_cache(maxsize=16384)
def name_form(name: Name) -> NameForm:
    """The form of one name."""
    if name.literal is not None or not name.family:
        return _unsplit(name, cleaned(name.literal or name.given or ""))
    if (
        name.given
        and is_plain(name.family, name.given)
        and not _particles(name)
        and not (len(name.family) <= _FEW and name.family.isupper())
    ):
        return _plain(name, name.family, name.given)
    family = without_order(without_suffix(without_titles(cleaned(name.family))))
    given = _given_text(name)
    if not given:
        return _unsplit(name, family)
    words, given_words = _words(family), _words(given)
    if not (words and given_words) or _says_nothing(family):
        return _unsplit(name, family if words else given)
    made = _split_readings(_particles(name), words, given_words)
    whole = " ".join(_fold([*given_words, *words]))
    kind = Kind.NOBODY if is_nobody(whole) else Kind.PERSON
    return _made(name, kind, made, "".join(words + given_words))


def _plain(name: Name, family: str, given: str) -> NameForm:
    """The form of most names, made quickly."""
    folded = tuple(family.lower().split("-"))
    given_words = _GIVEN_WORD.findall(given)
    given_folded = tuple([word.lower() for word in given_words])
    whole = " ".join(given_folded + folded)
    kind = Kind.NOBODY if is_nobody(whole) else Kind.PERSON
    key = "".join(folded)
    keys = (key, folded[1]) if len(folded) > 1 and folded[0] in PARTICLES else (key,)
    read = _given_readings(given_words, given_folded)
    return NameForm(name, kind, (Reading(folded, keys, read),))


def _says_nothing(text: str) -> bool:
    """Whether a name is a placeholder; "Na" and "Nan" are names."""
    return is_absent(text) and not text.strip().isalpha()


def _given_text(name: Name) -> str:
    given = without_suffix(without_titles(cleaned(name.given or ""))).strip(" ,")
    return "" if is_suffix(given) or _says_nothing(given) else given


def _particles(name: Name) -> list[str]:
    texts = (name.dropping_particle, name.non_dropping_particle)
    if texts == (None, None):
        return []
    return [word for text in texts if text for word in _words(cleaned(text))]


def cleaned(text: str) -> str:
    """A name in one line, without markup and entities."""
    text = _BROKEN_ENTITY.sub("\ufffd", text) if "&#" in text else text
    return spelled(clean(text[:_MAX_LENGTH]))


def _one_script(text: str) -> str:
    """A Latin name without the letters of other scripts that look like Latin ones."""
    if not _LATIN.search(text):
        return text
    return _MIXED.sub(lambda word: word[0].translate(_LOOK_ALIKE), text)


def _words(text: str) -> list[str]:
    return _WORD.findall(text if text.isascii() else _one_script(text))


def _fold(words: list[str]) -> tuple[str, ...]:
    return tuple(map(fold_word, words))


def _folded(text: str) -> tuple[str, ...]:
    return _fold(_words(text))


def _made(
    name: Name,
    kind: Kind,
    read: list[Reading],
    text: str,
    *,
    is_unsplit: bool = False,
) -> NameForm:
    return NameForm(
        name,
        kind,
        tuple(dict.fromkeys(read)),
        script_of(text),
        not DAMAGED.isdisjoint(text),
        is_unsplit,
    )


def _split_readings(
    particles: list[str], family: list[str], given: list[str]
) -> list[Reading]:
    """Readings of a name whose parts stand apart."""
    read = [_reading(particles, family, given)]
    if all(len(word) == 1 for word in family) and len(given[-1]) > len("Li"):
        # "P.W.B.J, Chathurya" has them the other way round.
        full = len(given)
        while full and len(given[full - 1]) > 1:
            full -= 1
        for count in dict.fromkeys((len(given) - 1, full)):
            swapped = _reading(particles, given[count:], [*given[:count], *family])
            read.insert(0, swapped)
    # "Smith JY" without a comma: BibTeX takes the initials for the family name.
    if _is_run(family) and any(len(word) > 1 and not word.isupper() for word in given):
        read.append(_reading(particles, given, family))
    # "A. Polyzos" as family name (B32); "D Souza" is one word as well.
    initials = _leading_initials(family)
    if initials:
        read.insert(0, _reading(particles, family[initials:], given))
        moved = [*given, *family[:initials]]
        read.append(_reading(particles, family[initials:], moved))
    # "Fátima Pereira da" as given name (B33).
    trailing = _trailing_particles(given)
    if trailing:
        rest, apart = given[:-trailing], given[-trailing:]
        read.append(_reading([*particles, *apart], family, rest))
    return read


def _is_run(words: list[str]) -> bool:
    """Whether they are one word of a few capitals, which may be initials."""
    return len(words) == 1 and 1 < len(words[0]) <= _FEW and words[0].isupper()


def _leading_initials(words: list[str]) -> int:
    """How many words at the begin are single letters, if a longer one follows."""
    for number, word in enumerate(words):
        if len(word) > 1:
            return number
    return 0


def _trailing_particles(given: list[str]) -> int:
    count = 0
    for word in reversed(given[1:]):
        if not (word.islower() and word in PARTICLES and len(word) > 1):
            break
        count += 1
    return count


def _reading(particles: list[str], family: list[str], given: list[str]) -> Reading:
    family = [*particles, *family]
    return Reading(_fold(family), _keys(family), _given_readings(given, _fold(given)))


def _keys(family: list[str]) -> tuple[str, ...]:
    """The family name in one word: with its particles, without, and re-spelt."""
    words = [readings(word) for word in family]
    start = 0
    while start < len(family) - 1 and words[start][0] in PARTICLES:
        start += 1
    keys = ["".join(word[0] for word in words)]
    if start:
        keys.append("".join(word[0] for word in words[start:]))
    if any(not word.isascii() for word in family):
        keys.append("".join(word[-1] for word in words))
        keys.append("".join(word[-1] for word in words[start:]))
        whole = "".join(family)
        keys.append(fold_word(whole.replace("đ", "dj").replace("Đ", "Dj")))
        # ASCII by leaving out what has no base letter: "Srensen".
        bare = "".join(c for c in whole if c.isascii() or not fold_word(c).isascii())
        keys.append(fold_word(bare) or keys[0])
    return tuple(dict.fromkeys(keys))


def _given_readings(given: list[str], plain: Given) -> tuple[Given, ...]:
    """Given names as words, which are folded already, and with runs as initials."""
    if not given:
        return ()
    if len(given) == 1 and len(given[0]) == 1:
        return (plain,)
    found = [plain]
    if any(len(word) in _RUN and word.isupper() for word in given):
        pieces = [
            tuple(fold_word(word))
            if len(word) in _RUN and word.isupper()
            else (folded,)
            for word, folded in zip(given, plain, strict=True)
        ]
        found.append(tuple(letter for piece in pieces for letter in piece))
    if not all(map(str.isascii, given)):
        found.append(tuple(readings(word)[-1] for word in given))
    return tuple(dict.fromkeys(found)) if len(found) > 1 else (plain,)


def _unsplit(name: Name, text: str) -> NameForm:
    """The form of a name in one string (B38)."""
    words = _words(text)
    folded = _fold(words)
    if _says_nothing(text) or not words:
        return NameForm(name, Kind.NOBODY, (Reading((), (), ()),))
    # One word that is a family name to its file is none of a group ("Denmark").
    if (len(words) > 1 or name.literal is not None) and _is_group(text, folded):
        # It may be a person all the same: "Israel Casas", "Susan Service".
        read = [_reading([], words, []), *_whole_readings(words)]
        return _made(name, Kind.GROUP, read[:_MAX_READINGS], text)
    kind = Kind.NOBODY if is_nobody(" ".join(folded)) else Kind.PERSON
    head, comma, tail = text.partition(",")
    if comma and (given := _words(without_suffix(tail).strip(" ,"))):
        family = _words(without_titles(head))
        if family and "," not in tail.rstrip(", "):
            return _made(name, kind, _split_readings([], family, given), text)
    words = _words(without_suffix(without_titles(text))) or words
    # "KimChin-Shik"
    read = _whole_readings(words, is_glued=" " not in text)
    return _made(name, kind, read, text, is_unsplit=len(read) > 1)


def _is_group(text: str, folded: tuple[str, ...]) -> bool:
    return _DIGIT.search(text) is not None or len(folded) > _MANY or is_group(folded)


def _whole_readings(words: list[str], *, is_glued: bool = False) -> list[Reading]:
    """The family name last, first, in the two last words, or all there is."""
    if is_glued:
        words = [part for word in words for part in _CAMEL.split(word)]
    count = len(words)
    if count == 1:
        return [_reading([], words, [])]
    read = [_reading([], words[-1:], words[:-1]), _reading([], words[:1], words[1:])]
    for size in range(2, count):
        read.append(_reading([], words[-size:], words[:-size]))
        read.append(_reading([], words[:size], words[size:]))
    # "Smith JL": what is all initials is no family name.
    read.sort(key=lambda one: _is_initials(one.family, words))
    return [*read, _reading([], words, [])]


def _is_initials(family: tuple[str, ...], words: list[str]) -> bool:
    """Whether a family name would be made of capitals beside words that are not."""
    if all(len(word) == 1 for word in family):
        return True
    short = [word for word in words if len(word) <= len("JYM") and word.isupper()]
    mixed = any(len(word) > 1 and not word.isupper() for word in words)
    return mixed and all(word in {fold_word(s) for s in short} for word in family)
