"""``cs:sort``: the order of cites and entries.

Source: CSL 1.0.2 specification, "Sorting".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from lupusrefs.csl.dates import sort_key
from lupusrefs.csl.environment import Environment
from lupusrefs.csl.numbers import count_of
from lupusrefs.csl.rendering import Renderer, Rendering
from lupusrefs.csl.rich_text import parse
from lupusrefs.csl.stream import plain
from lupusrefs.csl.texts import NUMBERS
from lupusrefs.csl.xml import Element

# Punctuation does not count; a space comes before everything (Unicode Collation
# Algorithm, "Variable Weighting", for all but spaces and hyphens).
_IGNORED: Final = ",;:!?.'‘’\"“”«»„()[]{}@*\\#%`´^¨+<=>|~$_…"
_ORDER: Final = str.maketrans(
    dict.fromkeys(_IGNORED, "")
    | {" ": "\x01", "\u00a0": "\x01", "-": "\x02", "–": "\x02", "—": "\x02"}
    | {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe"}
    | {"đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)

_ALL: Final = "1000000"
_T = TypeVar("_T")
Place: TypeAlias = tuple[str, str]
Places: TypeAlias = list[Place | None]


def collation_key(text: str) -> Place:
    """The place of a text: by letters, then accents; case does not count.

    >>> sorted(["zoe", "Ärzte", "arm", "Zoe"], key=collation_key)
    ['arm', 'Ärzte', 'zoe', 'Zoe']
    """
    folded = text.casefold()
    if folded.isascii():
        return folded.translate(_ORDER), ""
    decomposed = unicodedata.normalize("NFD", folded)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.translate(_ORDER), decomposed


@dataclass(frozen=True, slots=True)
class SortKey:
    """A compiled ``cs:key``.

    Attributes:
        render: what is sorted by.
        descending: the largest first.
        names: ``names-min``, ``names-use-first`` and ``names-use-last``.
        is_number: by the citation number, or by what shows it.
    """

    render: Renderer
    descending: bool
    names: tuple[int, int, bool]
    is_number: bool = False

    def of(self, rendering: Rendering) -> Place | None:
        """The place of an item; None if it has nothing to sort by."""
        rendering.sorting = True
        rendering.key_names = self.names if any(self.names) else None
        rendering.out = []
        rendering.list_index = 0
        rendering.quashed = None
        self.render(rendering)
        text = plain(rendering.out)
        return collation_key(text) if text else None


def compile_sort(element: Element | None, environment: Environment) -> list[SortKey]:
    """The keys of an area; none where it does not sort."""
    sort = element.find("sort") if element is not None else None
    if sort is None:
        return []
    return [_key(key, environment) for key in sort.all("key")]


def _key(key: Element, environment: Environment) -> SortKey:
    names = (
        count_of(key.get("names-min"), 0),
        count_of(key.get("names-use-first"), 0),
        key.get("names-use-last") == "true",
    )
    descending = key.get("sort") == "descending"
    variable = key.get("variable")
    if not variable:
        is_number = "citation-number" in environment.variables(key)
        macro = environment.macro(key.get("macro"))
        return SortKey(macro, descending, names, is_number=is_number)
    if variable == "citation-number":
        return SortKey(_number, descending, names, is_number=True)
    return SortKey(_variable(variable, environment), descending, names)


def _number(rendering: Rendering) -> None:
    if rendering.citation_number:
        rendering.out.append(f"{rendering.citation_number:010d}")


def _variable(variable: str, environment: Environment) -> Renderer:
    # The whole list, in full ("Sorting Variables").
    whole = {"form": "long", "et-al-min": _ALL, "et-al-subsequent-min": _ALL}
    name = Element("name", whole, 0, 0)
    names = environment.compile(Element("names", {"variable": variable}, 0, 0, [name]))
    if variable == "citation-label":
        return environment.compile(Element("text", {"variable": variable}, 0, 0))
    number = environment.compile(Element("number", {"variable": variable}, 0, 0))

    def render(rendering: Rendering) -> None:
        if variable in rendering.names:
            names(rendering)
        elif variable in rendering.dates:
            key = sort_key(rendering.dates[variable])
            if key:
                rendering.out.append(key)
        elif variable in rendering.fields:
            value = rendering.fields[variable]
            if variable in NUMBERS and value[:1].isdigit():
                number(rendering)
            else:
                rendering.out.append(plain(list(parse(value))))

    return render


def places_of(rendering: Rendering, keys: Sequence[SortKey]) -> Places:
    """The places of an item, one for each key; None where it has no value."""
    return [key.of(rendering) for key in keys]


def in_order(
    things: Sequence[_T], keys: Sequence[SortKey], of: Callable[[_T], Places]
) -> list[_T]:
    """Things by keys, the first of them counting most.

    What has no value for a key comes last, in either direction ("Sorting").

    Args:
        things: in the order that those keep which the keys do not tell apart.
        keys: of the style.
        of: gives the places of a thing.
    """
    ordered = list(things)
    if len(ordered) < 2:  # noqa: PLR2004 - nothing to sort
        return ordered
    places = [of(thing) for thing in ordered]
    indices = list(range(len(ordered)))
    # From the least important key on: each sort keeps the order of what is equal.
    for number in range(len(keys) - 1, -1, -1):
        with_value = [(p, i) for i in indices if (p := places[i][number]) is not None]
        without = [i for i in indices if places[i][number] is None]
        with_value.sort(key=_place, reverse=keys[number].descending)
        indices = [i for _, i in with_value] + without
    return [ordered[i] for i in indices]


def _place(pair: tuple[Place, int]) -> Place:
    return pair[0]
