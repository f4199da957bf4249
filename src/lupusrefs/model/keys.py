"""Citation keys: an item's own id where BibTeX can read it, else a made one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase
from typing import Final

from lupusrefs.model.item import Item
from lupusrefs.model.key_pattern import DEFAULT, KeyPattern
from lupusrefs.model.key_syntax import is_legal, is_usable

__all__ = [
    "CitationKeys",
    "KeyStyle",
    "citation_keys",
    "is_legal",
    "made_key",
    "new_keys",
]

_SEPARATORS: Final = ("", "_", "-", ":")
# The newest entries of a large library show how it makes its keys today.
_NEWEST: Final = 500


def citation_keys(items: Sequence[Item]) -> list[str]:
    """One key per item, in order; no two are the same to BibTeX, which folds case.

    Own ids go first, whatever their place, so that a made key never takes one. Of
    several items with one made key the first has it plain, the next ones with a, b, c:
    an item that is added at the end changes no other key.
    """
    keys = CitationKeys(lambda: filter(None, map(_own_key, items)))
    return [keys.key(item) for item in items]


class CitationKeys:
    """The keys of items that come one by one, see :func:`citation_keys`.

    Args:
        own: gives the own ids of all items; only asked where a key has to be made.
    """

    def __init__(self, own: Callable[[], Iterable[str]]) -> None:
        self._own = own
        self._given: set[str] = set()
        self._taken: _Taken | None = None

    def key(self, item: Item) -> str:
        """The key of the next item."""
        own = _own_key(item)
        if own is not None and (folded := own.casefold()) not in self._given:
            self._given.add(own if own == folded else folded)
            return own
        if self._taken is None:
            self._taken = _Taken(filter(is_usable, self._own()))
        return self._taken.free(own or made_key(item))


def new_keys(
    items: Iterable[Item], pattern: KeyPattern, taken: Iterable[str] = ()
) -> list[str]:
    """A key for each item by the pattern, in order; none of them taken, none twice.

    Of several items with one key the first has it plain, the next ones with a, b, c:
    an item that is added at the end changes no other key.
    """
    names = _Taken(taken)
    return [names.free(pattern.key(item)) for item in items]


def made_key(item: Item) -> str:
    """Family name, year and first word of the title that says something.

    >>> made_key(Item(id="10.1/x", title="On the Origin of Species"))
    'anonorigin'
    """
    return DEFAULT.key(item)


def _own_key(item: Item) -> str | None:
    for key in (item.id, item.citation_key):
        if key and is_usable(key):
            return key
    return None


class _Taken:
    """Keys that are in use, in whatever case."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = {key.casefold() for key in keys}
        # Base -> the number of its last letters: thousands may share one base.
        self._last: dict[str, int] = {}

    def add(self, key: str) -> bool:
        """Take a key; False if it is taken already."""
        folded = key.casefold()
        if folded in self._keys:
            return False
        self._keys.add(folded)
        return True

    def free(self, base: str) -> str:
        """Take the base, or the base with the first letters that are free."""
        folded = base.casefold()
        key, number = base, self._last.get(folded, 0)
        if number:
            key = base + _letters(number)
        while not self.add(key):
            number += 1
            key = base + _letters(number)
        self._last[folded] = number
        return key


def _letters(number: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters


def _is_made(key: str, base: str) -> bool:
    """Whether the key is the base, perhaps with a letter."""
    letter = key.removeprefix(base)
    return key.startswith(base) and letter in {"", *ascii_lowercase}


@dataclass(frozen=True, slots=True)
class KeyStyle:
    """How a library makes its keys: family name, year, perhaps a title word.

    Attributes:
        separator: between the parts: nothing, ``_``, ``-`` or ``:``.
        capital: the family name (and the word) begin with a capital.
        word: the first word of the title that says something is part of the key.
        short_year: two digits of the year.
    """

    separator: str = ""
    capital: bool = False
    word: bool = False
    short_year: bool = False

    @classmethod
    def of(cls, items: Sequence[Item]) -> KeyStyle:
        """The style that made most of the items' keys; the default where none did.

        More than half of the keys must fit: where they are somebody's own
        invention, no style is guessed. Of a large library the newest entries decide.
        """
        items = items[-_NEWEST:]
        best, most = cls(), len(items) // 2
        flags = (False, True)
        for separator, capital, word, short in product(
            _SEPARATORS, flags, flags, flags
        ):
            style = cls(separator, capital, word, short)
            pattern = style.pattern
            fits = sum(_is_made(item.id, pattern.key(item)) for item in items)
            if fits > most:
                best, most = style, fits
        return best

    @property
    def pattern(self) -> KeyPattern:
        """The pattern of the style."""
        capital = ":capital" if self.capital else ""
        fields = [f"{{family{capital}}}", "{year2}" if self.short_year else "{year}"]
        if self.word:
            fields.append(f"{{title-word{capital}}}")
        return KeyPattern.parse(self.separator.join(fields))

    def keys(self, items: Sequence[Item], taken: Iterable[str]) -> list[str]:
        """A key for each item, none of them taken, in the order given."""
        return new_keys(items, self.pattern, taken)
