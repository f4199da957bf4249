"""A CSL style: what it is, and its parts.

Source: CSL 1.0.2 specification, "Styles - Structure".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lupusrefs.csl.errors import StyleError
from lupusrefs.csl.xml import Element, parse
from lupusrefs.model.location import Location

_RENDERING: Final = frozenset(
    ("text", "number", "label", "date", "names", "group", "choose")
)


@dataclass(frozen=True, slots=True)
class Style:
    """An independent or dependent style.

    Attributes:
        name: of the file, for messages.
        title: what it is called.
        id: its URI.
        root: the ``cs:style`` element.
        macros: name -> ``cs:macro``.
        citation: the ``cs:citation`` element; None of a dependent style.
        bibliography: the ``cs:bibliography`` element, or None.
        parent: the URI of the style that a dependent one means, or empty.
        default_locale: the language that the style wants, or empty.
    """

    name: str
    title: str
    id: str
    root: Element
    macros: dict[str, Element]
    citation: Element | None
    bibliography: Element | None
    parent: str
    default_locale: str

    @classmethod
    def parse(cls, text: str, name: str = "<style>") -> Style:
        """Read a style.

        Raises:
            StyleError: it is none, or cannot work: the error has line and column.
        """
        root = parse(text, name)
        if root.tag != "style":
            raise _error(name, root, f"this is a <{root.tag}>, not a CSL <style>")
        info = root.find("info")
        parent = ""
        title = identifier = ""
        if info is not None:
            title = _text(info.find("title"))
            identifier = _text(info.find("id"))
            for link in info.all("link"):
                if link.get("rel") == "independent-parent":
                    parent = link.get("href")
        style = cls(
            name,
            title,
            identifier,
            root,
            {macro.get("name"): macro for macro in root.all("macro")},
            root.find("citation"),
            root.find("bibliography"),
            parent,
            root.get("default-locale"),
        )
        if not parent:
            style._check()
        return style

    def error(self, message: str, hint: str | None = None) -> StyleError:
        """An error about the style as a whole."""
        return StyleError(message, location=Location.of_file(self.name), hint=hint)

    @property
    def is_note(self) -> bool:
        """Whether its citations are notes."""
        return self.root.get("class") == "note"

    @property
    def locales(self) -> list[Element]:
        """Its own ``cs:locale`` elements."""
        return list(self.root.all("locale"))

    def _check(self) -> None:
        """Refuse what cannot be rendered."""
        if self.citation is None or self.citation.find("layout") is None:
            raise _error(self.name, self.root, "the style has no citation layout")
        bibliography = self.bibliography
        if bibliography is not None and bibliography.find("layout") is None:
            raise _error(self.name, bibliography, "the bibliography has no layout")
        for element in self.root.walk():
            name = element.get("macro")
            if name and name not in self.macros:
                message = f"there is no macro `{name}`"
                raise _error(self.name, element, message)
        self._check_recursion()

    def _check_recursion(self) -> None:
        calls = {
            name: [
                (element, element.get("macro"))
                for element in macro.walk()
                if element.get("macro")
            ]
            for name, macro in self.macros.items()
        }
        done: set[str] = set()
        for name in calls:
            path: list[str] = []
            for step in _depth_first(name, calls, done):
                if isinstance(step, str):
                    path.append(step)
                elif step is None:
                    done.add(path.pop())
                else:
                    element, called = step
                    way = " -> ".join([*path[path.index(called) :], called])
                    message = f"a macro calls itself: {way}"
                    raise _error(self.name, element, message)


_Calls = dict[str, list[tuple[Element, str]]]


def _depth_first(
    name: str, calls: _Calls, done: set[str]
) -> Iterator[str | tuple[Element, str] | None]:
    """Macros as they are entered (a name) and left (None); a call that recurs."""
    if name in done:
        return
    active = {name}
    stack = [(name, iter(calls[name]))]
    yield name
    while stack:
        current, remaining = stack[-1]
        for element, called in remaining:
            if called in active:
                yield element, called
                return
            if called not in done:
                active.add(called)
                stack.append((called, iter(calls[called])))
                yield called
                break
        else:
            active.discard(current)
            stack.pop()
            yield None


def _text(element: Element | None) -> str:
    return " ".join(element.text.split()) if element is not None else ""


def _error(name: str, element: Element, message: str) -> StyleError:
    return StyleError(message, location=Location(name, element.line, element.column))
