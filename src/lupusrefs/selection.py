"""What of a list of items is wanted: which, in what order, which variables, what keys.

Pure: commands and the library say in words what they want, :class:`Selection` does it.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, Generic, Self, TypeAlias, TypeVar

from lupusrefs.errors import InputError, LupusrefsError
from lupusrefs.model.collation import CollationKey, date_order, name_order, text_order
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.key_pattern import InvalidKeyPattern, KeyPattern
from lupusrefs.model.keys import new_keys
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import ORDER, SYNONYMS, VARIABLES, field_name
from lupusrefs.model.work import Work

AnyItem = TypeVar("AnyItem", bound=Item)
Words: TypeAlias = str | Iterable[str]

_BY_FIELD: Final = {field_name(variable): variable for variable in ORDER}
# Every item has them.
_ALWAYS: Final = ("id", "type")
_YEAR: Final = "year"
_SORTED_BY: Final = (_YEAR, "key", *(name for name in ORDER if name != "custom"))
# More suggestions than this nobody reads, and each is a search through all keys.
_HINTS: Final = 10


class InvalidSelection(LupusrefsError, ValueError):  # noqa: N818 - as InvalidDoi
    """What is wanted is not said in words that we know.

    Attributes:
        option: which of ``only``, ``sort``, ``fields``, ``keys`` and ``to``.
    """

    def __init__(self, message: str, option: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.option = option


@dataclass(frozen=True, slots=True)
class SortBy:
    """One variable to sort by; what has none of it comes last, either way.

    Attributes:
        variable: a CSL variable, or ``year``, the year of ``issued``.
        descending: the largest comes first.
    """

    variable: str
    descending: bool = False

    def sorted(self, items: Sequence[AnyItem]) -> list[AnyItem]:
        """The items in order; those that tie as they were."""
        keyed = [(_order(item, self.variable), item) for item in items]
        present = [(key, item) for key, item in keyed if key is not None]
        present.sort(key=lambda pair: pair[0], reverse=self.descending)
        missing = [item for key, item in keyed if key is None]
        return [*(item for _, item in present), *missing]


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """Which CSL variables are written; id and type always are.

    Attributes:
        variables: the ones that are named.
        dropped: whether these are left out; else all others are.
    """

    variables: frozenset[str]
    dropped: bool = False

    def keeps(self, variable: str) -> bool:
        """Whether a variable is written."""
        return variable in _ALWAYS or (variable in self.variables) != self.dropped

    def of(self, item: AnyItem) -> AnyItem:
        """The item with these variables alone."""
        update: dict[str, object] = {
            field: Item.model_fields[field].get_default(call_default_factory=True)
            for field, variable in _BY_FIELD.items()
            if not self.keeps(variable) and getattr(item, field)
        }
        if isinstance(item, Work) and not self.keeps("page"):
            update["article_number"] = None
        if isinstance(item, Reference) and item.origin is not None:
            # What a file has beyond CSL is not among the ones that were named.
            titles = {
                v: text for v, text in item.origin.titles.items() if self.keeps(v)
            }
            fields = item.origin.fields if self.dropped else ()
            update["origin"] = replace(item.origin, titles=titles, fields=fields)
        return item.model_copy(update=update)


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """A key that was asked for, and that no item has.

    Attributes:
        key: as it was asked for.
        near: keys that are much like it, the likest first.
    """

    key: str
    near: tuple[str, ...] = ()

    @property
    def error(self) -> InputError:
        """The same as an error that can be raised or shown."""
        near = ", ".join(f"`{key}`" for key in self.near)
        hint = f"did you mean {near}?" if near else None
        return InputError(f"no reference has the key `{self.key[:60]}`", hint=hint)


@dataclass(frozen=True, slots=True)
class Selected(Generic[AnyItem]):
    """What a selection has found.

    Attributes:
        items: as they are wanted.
        unknown: keys that were asked for in vain.
    """

    items: list[AnyItem]
    unknown: list[UnknownKey]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted of a list of items; by default all of it, as it is.

    Attributes:
        only: keys, or texts with several keys and commas between them; of all if empty.
        sort: what to sort by, the most important first.
        fields: which variables to keep; all if None.
        keys: how to make new keys; None keeps those that there are.
    """

    only: tuple[str, ...] = ()
    sort: tuple[SortBy, ...] = ()
    fields: FieldChoice | None = None
    keys: KeyPattern | None = None

    @classmethod
    def parse(
        cls,
        *,
        only: Words = (),
        sort: Words = (),
        fields: Words = (),
        keys: KeyPattern | str | None = None,
    ) -> Self:
        """A selection from what a user says; each text may be several, with commas.

        Raises:
            InvalidSelection: a variable or a pattern that there is not, or nothing
                where something should be.
        """
        texts = (only,) if isinstance(only, str) else tuple(only)
        if texts and not any(_split(texts)):
            raise InvalidSelection("there is no key in it", "only")
        return cls(texts, _parse_sort(sort), _parse_fields(fields), _parse_keys(keys))

    def of(self, items: Sequence[AnyItem]) -> Selected[AnyItem]:
        """The items that are wanted, as they are wanted.

        Keys are made first, and of all items: an item has the same key in the export
        of a part and of the whole. ``only`` means the keys before that.
        """
        renamed = _renamed(items, self.keys) if self.keys else list(items)
        unknown: list[UnknownKey] = []
        if self.only:
            wanted, unknown = self._wanted([item.id for item in items])
            pairs = zip(items, renamed, strict=True)
            renamed = [new for old, new in pairs if old.id in wanted]
        for by in reversed(self.sort):
            renamed = by.sorted(renamed)
        if self.fields:
            renamed = [self.fields.of(item) for item in renamed]
        return Selected(renamed, unknown)

    def _wanted(self, ids: Sequence[str]) -> tuple[set[str], list[UnknownKey]]:
        """The keys that are there, and those that are not."""
        known = dict.fromkeys(ids)
        wanted: set[str] = set()
        unknown: dict[str, UnknownKey] = {}
        for text in self.only:
            # A key of CSL may have a comma in it.
            for key in (text,) if text in known else _split([text]):
                if key in known:
                    wanted.add(key)
                elif len(unknown) < _HINTS:
                    unknown.setdefault(key, UnknownKey(key, _near(key, known)))
                else:
                    unknown.setdefault(key, UnknownKey(key))
        return wanted, list(unknown.values())


def _renamed(items: Sequence[AnyItem], pattern: KeyPattern) -> list[AnyItem]:
    keys = new_keys(items, pattern)
    return [
        item.model_copy(update={"id": key})
        for item, key in zip(items, keys, strict=True)
    ]


def _near(key: str, known: Collection[str]) -> tuple[str, ...]:
    folded = key.casefold()
    same = [other for other in known if other.casefold() == folded]
    return tuple(same or difflib.get_close_matches(key, known))


def _order(item: Item, variable: str) -> CollationKey | None:
    """The place of an item by a variable; None if it has nothing of it."""
    if variable == _YEAR:
        year = item.issued.year if item.issued else None
        return date_order(Date(PartialDate(year))) if year is not None else None
    value: object = getattr(item, field_name(variable))
    match value:
        case str() if value.strip():
            return text_order(value)
        case Date():
            return date_order(value)
        case (_, *_):
            return tuple(chain.from_iterable(map(_part_order, value)))
        case _:
            return None


def _part_order(part: object) -> CollationKey:
    return name_order(part) if isinstance(part, Name) else text_order(str(part))


def _split(texts: Words) -> Iterator[str]:
    """What is between the commas of each text."""
    for text in (texts,) if isinstance(texts, str) else texts:
        yield from (part for one in text.split(",") if (part := one.strip()))


def _parse_sort(texts: Words) -> tuple[SortBy, ...]:
    return tuple(
        SortBy(_sort_variable(part.removeprefix("-")), part.startswith("-"))
        for part in _split(texts)
    )


def _sort_variable(name: str) -> str:
    if name == _YEAR:
        return _YEAR
    variable = "id" if name == "key" else _variable(name, "sort", _SORTED_BY)
    if variable == "custom":
        raise InvalidSelection("nothing can be sorted by `custom`", "sort")
    return variable


def _parse_fields(texts: Words) -> FieldChoice | None:
    parts = list(_split(texts))
    if not parts:
        return None
    dropped = parts[0].startswith("-")
    if any(part.startswith("-") != dropped for part in parts):
        message = "either name the fields to keep, or each to leave out with a `-`"
        raise InvalidSelection(message, "fields")
    names = [part.removeprefix("-") for part in parts]
    variables = frozenset(_variable(name, "fields", ORDER) for name in names)
    for name in _ALWAYS if dropped else ():
        if name in variables:
            raise InvalidSelection(f"`{name}` cannot be left out", "fields")
    return FieldChoice(variables, dropped)


def _variable(name: str, option: str, known: Collection[str]) -> str:
    """The CSL variable of a name in any of its spellings."""
    variable = SYNONYMS.get(name, name)
    if variable not in VARIABLES:
        variable = _BY_FIELD.get(field_name(name), "")
    if not variable:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean `{near[0]}`?" if near else "CSL 1.0.2 lists the variables"
        raise InvalidSelection(f"`{name[:60]}` is not a CSL variable", option, hint)
    return variable


def _parse_keys(keys: KeyPattern | str | None) -> KeyPattern | None:
    if keys is None or isinstance(keys, KeyPattern):
        return keys
    try:
        return KeyPattern.parse(keys)
    except InvalidKeyPattern as error:
        raise InvalidSelection(str(error), "keys", error.hint) from error
