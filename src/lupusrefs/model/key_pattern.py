"""Patterns of citation keys: ``{family}{year}{title-word}``.

A pattern is text with fields in braces. Behind the name of a field stand modifiers,
each after a colon and in any order:

- a number: so many characters of a field of one word, so many words of the others;
- ``initials``: the first character of each word;
- ``lower``, ``upper`` or ``capital``: the case of each word;
- ``_``, ``-``, ``.`` or ``+``: what stands between the words; nothing, if not said.

Text before a field that is empty is left out with it: ``{family}_{year}`` gives ``ng``
where there is no year. Text at the begin and the end of a pattern stays.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NoReturn, Self

from lupusrefs.errors import LupusrefsError
from lupusrefs.model.item import Item
from lupusrefs.model.key_fields import ET_AL, FIELDS
from lupusrefs.model.key_syntax import ILLEGAL, is_usable

_CASES: Final = ("lower", "upper", "capital")
_INITIALS: Final = "initials"
_JOINERS: Final = ("_", "-", ".", "+")
_NUMBER: Final = re.compile("[1-9][0-9]?")
MODIFIERS: Final = (*_CASES, _INITIALS, *_JOINERS)
_HINTED: Final = (*MODIFIERS, "numbers from 1 to 99")
# How other programs and CSL call what is a field here.
_ELSEWHERE: Final = {
    "auth": "family",
    "author": "family",
    "surname": "family",
    "lastname": "family",
    "authors": "families",
    "authforeini": "given",
    "et-al": "etal",
    "shorttitle": "title-words",
    "title": "title-words",
    "veryshorttitle": "title-word",
    "word": "title-word",
    "shortyear": "year2",
    "date": "year",
    "issued": "year",
    "container": "journal",
    "container-title": "journal",
    "journaltitle": "journal",
    "booktitle": "journal",
    "firstpage": "page",
    "pages": "page",
    "entrytype": "type",
    "key": "id",
    "citekey": "id",
    "citationkey": "id",
}


class InvalidKeyPattern(LupusrefsError, ValueError):  # noqa: N818 - as InvalidDoi
    """A text is no pattern of keys.

    Attributes:
        pattern: the whole text.
        position: the character in it, from 0, where the trouble is.
    """

    def __init__(
        self, message: str, pattern: str, position: int, hint: str | None = None
    ) -> None:
        super().__init__(f"character {position + 1}: {message}", hint=hint)
        self.pattern = pattern
        self.position = position


@dataclass(frozen=True, slots=True)
class PatternField:
    """A field in a pattern, with its modifiers.

    Attributes:
        name: one of :data:`lupusrefs.model.key_fields.FIELDS`.
        number: how many words or characters; None for what is usual.
        initials: of each word only the first character.
        case: ``lower``, ``upper``, ``capital``, or None for what the field has.
        joiner: what stands between the words.
    """

    name: str
    number: int | None = None
    initials: bool = False
    case: str | None = None
    joiner: str = ""

    def text(self, item: Item) -> str:
        """What the field is for an item; empty where that has nothing for it."""
        words = FIELDS[self.name].words(item, self.number)
        return self.joiner.join(self._written(word) for word in words if word)

    def _written(self, word: str) -> str:
        word = word[:1] if self.initials else word
        match self.case:
            case "lower":
                return word.lower()
            case "upper":
                return word.upper()
            case "capital":
                # Two words in one.
                return "EtAl" if word == ET_AL else word[:1].upper() + word[1:]
            case _:
                return word

    def __str__(self) -> str:
        number = str(self.number) if self.number else None
        initials = _INITIALS if self.initials else None
        modifiers = (number, initials, self.case, self.joiner)
        return "{" + ":".join([self.name, *filter(None, modifiers)]) + "}"


@dataclass(frozen=True, slots=True)
class KeyPattern:
    """A pattern of citation keys.

    >>> pattern = KeyPattern.parse("{family:capital}_{year}_{title-words:2:-}")
    >>> pattern.key(Item(id="x", title="On the Origin of Species"))
    'Anon_origin-species'

    Attributes:
        start: the text before the first field.
        fields: (field, the text behind it), in order.
    """

    start: str
    fields: tuple[tuple[PatternField, str], ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """The pattern that a text describes.

        Raises:
            InvalidKeyPattern: it has no field, one that there is not, a modifier that
                there is not, or characters that no key can have.
        """
        return cls(*_Parser(text).parts())

    def key(self, item: Item) -> str:
        """The item's key, without what tells equal ones apart.

        Always one that BibTeX, LaTeX and biber take: where the item has nothing that
        the pattern asks for, it is that of :data:`DEFAULT`.
        """
        key = self._filled(item)
        return key if is_usable(key) else DEFAULT._filled(item)  # noqa: SLF001 - of the same class

    def _filled(self, item: Item) -> str:
        key, before = self.start, ""
        last = len(self.fields) - 1
        for index, (field, behind) in enumerate(self.fields):
            if text := field.text(item):
                key += (before if key else "") + text
            before = behind
            if index == last:
                key += behind
        return key

    def __str__(self) -> str:
        return self.start + "".join(f"{field}{text}" for field, text in self.fields)


class _Parser:
    """Reads one pattern."""

    def __init__(self, text: str) -> None:
        self._text = text

    def parts(self) -> tuple[str, tuple[tuple[PatternField, str], ...]]:
        start, end = self._literal(0)
        fields: list[tuple[PatternField, str]] = []
        while end < len(self._text):
            field, end = self._field(end)
            literal, end = self._literal(end)
            fields.append((field, literal))
        if not fields:
            hint = "fields stand in braces, as in `{family}{year}`"
            self._refuse("the pattern has no field", 0, hint)
        return start, tuple(fields)

    def _literal(self, start: int) -> tuple[str, int]:
        """The text up to the next field, and where that begins."""
        end = self._text.find("{", start)
        end = len(self._text) if end < 0 else end
        text = self._text[start:end]
        if bad := ILLEGAL.search(text):
            if bad[0] == "}":
                self._refuse("a `}` without its `{`", start + bad.start())
            hint = "no white space, and none of , # % ~ = ( ) \" ' \\"
            message = f"{bad[0]!r} cannot stand in a key"
            self._refuse(message, start + bad.start(), hint)
        return text, end

    def _field(self, start: int) -> tuple[PatternField, int]:
        """The field whose brace stands at ``start``, and where it ends."""
        end = self._text.find("}", start)
        if end < 0 or "{" in self._text[start + 1 : end]:
            self._refuse("this `{` has no `}`", start)
        (name, position), *modifiers = self._pieces(start + 1, end)
        if name not in FIELDS:
            hint = _did_you_mean(name, FIELDS, _ELSEWHERE)
            self._refuse(f"`{name[:40]}` is not a field", position, hint)
        return self._modified(name, modifiers), end + 1

    def _pieces(self, start: int, end: int) -> Iterator[tuple[str, int]]:
        for piece in self._text[start:end].split(":"):
            yield piece, start
            start += len(piece) + 1

    def _modified(self, name: str, modifiers: list[tuple[str, int]]) -> PatternField:
        number: int | None = None
        initials, case, joiner = False, None, ""
        kinds: set[str] = set()
        for modifier, position in modifiers:
            kind = self._kind(modifier, position)
            if kind in kinds:
                self._refuse(f"a second {kind}, `{modifier}`", position)
            kinds.add(kind)
            match kind:
                case "number":
                    number = int(modifier)
                case "case":
                    case = modifier
                case "joiner":
                    joiner = modifier
                case _:
                    initials = True
        return PatternField(name, number, initials, case, joiner)

    def _kind(self, modifier: str, position: int) -> str:
        if _NUMBER.fullmatch(modifier):
            return "number"
        if modifier in _CASES:
            return "case"
        if modifier in _JOINERS:
            return "joiner"
        if modifier != _INITIALS:
            message = f"`{modifier[:40]}` is not a modifier"
            self._refuse(message, position, _did_you_mean(modifier, _HINTED))
        return _INITIALS

    def _refuse(self, message: str, position: int, hint: str | None = None) -> NoReturn:
        raise InvalidKeyPattern(message, self._text, position, hint)


def _did_you_mean(
    name: str, known: Collection[str], elsewhere: Mapping[str, str] | None = None
) -> str:
    folded = name.casefold()
    near = difflib.get_close_matches(folded, known, n=1)
    meant = (elsewhere or {}).get(folded) or next(iter(near), None)
    return f"did you mean `{meant}`?" if meant else f"there are: {', '.join(known)}"


DEFAULT: Final = KeyPattern.parse("{family}{year}{title-word}")
