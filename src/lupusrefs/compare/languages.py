"""Whether one title may be the translation of another one."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from lupusrefs.compare.text import words

# Articles, prepositions and conjunctions, folded. Those of one letter, and those that
# are English words as well, are left out.
_ENGLISH: Final = "the of and in for on to with an from by at its between is are not"
_GERMAN: Final = (
    "der die das des dem den und von vom zur zum im fur bei mit auf aus ein eine einer"
    " eines uber nach zu als durch ist"
)
_FRENCH: Final = "le la les des du et dans sur pour par au aux une de en chez un avec"
# Spanish and Portuguese share too many words to be told apart in a title.
_IBERIAN: Final = (
    "el la los las del en de para por con un una sobre al entre su como"
    " da dos das em nos nas com uma ao pela pelo"
)
_ITALIAN: Final = "il lo la gli le del della dei delle degli di nel nella per con un"
_DUTCH: Final = "de het een van voor met bij uit aan door naar"
_NORDIC: Final = "og til den det paa pa med fra som och att av ved fur hos"
_SLAVIC: Final = "oraz przez dla od na pro ve ze za iz po nad przy"
_LANGUAGES: Final = tuple(
    frozenset(text.split())
    for text in (*(_GERMAN, _FRENCH, _IBERIAN, _ITALIAN, _DUTCH, _NORDIC, _SLAVIC),)
)
# Greek letters are formulas in every language.
_SYMBOLS: Final = frozenset("αβγδεζηθικλμνξοπρστυφχψωΔΓΛΣΦΨΩµ∆")
_ENGLISH_WORDS: Final = frozenset(_ENGLISH.split())
_IS_ENGLISH: Final = -1
_IS_UNKNOWN: Final = -2


def may_be_translation(one: str, other: str) -> bool:
    """Whether the titles may be in different languages.

    A title in ASCII without small words of any language counts as English.

    >>> may_be_translation("Sur la nature de la lumière", "On the nature of light")
    True
    >>> may_be_translation("On the origin of species", "The descent of man")
    False
    """
    first, second = _language(one), _language(other)
    return first != second or first == _IS_UNKNOWN


@lru_cache(maxsize=1024)
def _language(title: str) -> int:
    """The language whose small words are the most; of equally many English."""
    found = words(title)
    counts = [sum(word in language for word in found) for language in _LANGUAGES]
    most = max(counts)
    if most > sum(word in _ENGLISH_WORDS for word in found):
        return counts.index(most)
    is_plain = all(c.isascii() or c in _SYMBOLS for c in title if c.isalpha())
    is_english = is_plain or not _ENGLISH_WORDS.isdisjoint(found)
    return _IS_ENGLISH if is_english else _IS_UNKNOWN
