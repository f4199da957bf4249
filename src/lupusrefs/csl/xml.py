"""Style and locale files as elements that know their place.

Nothing outside the file is ever read, and no entity of its own expanded: CSL needs
none, and they are how a small file becomes a large one.

Source: W3C, Extensible Markup Language (XML) 1.0, fifth edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from lupusrefs.csl.errors import StyleError
from lupusrefs.model.location import Location

# The largest style of the official repository has 170 kB.
MAX_CHARACTERS: Final = 10_000_000
# The largest one has 3,600; a file of the size above could have two million.
MAX_ELEMENTS: Final = 100_000
_DEEPEST: Final = 200
_DECLARATION: Final = re.compile(r"\s*<\?xml\s[^>]*\?>")
_NO_LINE_END: Final = re.compile(r"[^\n]")


@dataclass(slots=True)
class Element:
    """An element without its namespace.

    Attributes:
        tag: the local name.
        attributes: by local name; ``xml:lang`` is ``lang``.
        children: the elements in it.
        text: the text directly in it.
        line: 1-based, of its begin.
        column: 1-based.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute."""
        return self.attributes.get(name, default)

    def find(self, tag: str) -> Element | None:
        """The first child of a name."""
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> Iterator[Element]:
        """The children of a name."""
        return (child for child in self.children if child.tag == tag)

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in document order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack += reversed(element.children)


class _Builder:
    """Collects what expat tells."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.root: Element | None = None
        self._stack: list[Element] = []
        # The pieces of text in each element of the stack: adding each to the text would
        # copy it as often as there are pieces.
        self._texts: list[list[str]] = []
        self._count = 0

    def error(self, message: str, hint: str | None = None) -> StyleError:
        """An error at the present place."""
        parser = self.parser
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        place = Location(self._name, line, column)
        return StyleError(message, location=place, hint=hint)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._stack) >= _DEEPEST:
            raise self.error(f"elements are nested more than {_DEEPEST} deep")
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise self.error(
                f"the file has more than {MAX_ELEMENTS:,} elements",
                "a style has some thousand at most: is this one?",
            )
        local = {
            key.rpartition(":")[2]: value
            for key, value in attributes.items()
            if not key.startswith("xmlns")
        }
        parser = self.parser
        element = Element(
            tag.rpartition(":")[2],
            local,
            parser.CurrentLineNumber,
            parser.CurrentColumnNumber + 1,
        )
        if self._stack:
            self._stack[-1].children.append(element)
        else:
            self.root = element
        self._stack.append(element)
        self._texts.append([])

    def _end(self, _tag: str) -> None:
        self._stack.pop().text = "".join(self._texts.pop())

    def _text(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def _entity(self, *_declared: object) -> None:
        raise self.error(
            "the file declares entities, and CSL has none",
            "remove its DOCTYPE",
        )


def parse(text: str, name: str) -> Element:
    """The root element of a style or locale file.

    Args:
        text: the file.
        name: of the file, for messages.

    Raises:
        StyleError: it is no well-formed XML, declares entities, or is too large.
    """
    if len(text) > MAX_CHARACTERS:
        raise StyleError(
            f"the file has more than {MAX_CHARACTERS // 10**6} million characters",
            location=Location.of_file(name),
            hint="a style has some hundred thousand at most: is this one?",
        )
    builder = _Builder(name)
    # The text is decoded already, whatever its declaration says.
    text = text.removeprefix("\ufeff")
    try:
        builder.parser.Parse(_without_declaration(text).encode("utf-8"), True)  # noqa: FBT003
    except expat.ExpatError as error:
        place = Location(name, error.lineno, error.offset + 1)
        message = f"this is no well-formed XML: {expat.ErrorString(error.code)}"
        raise StyleError(message, location=place) from error
    except UnicodeEncodeError as error:
        message = "the file has half of a character (a lone surrogate)"
        raise StyleError(message, location=Location.of_file(name)) from error
    assert builder.root is not None  # noqa: S101 - expat demands a root
    return builder.root


def _without_declaration(text: str) -> str:
    """The same with its XML declaration blanked: an encoding there is past."""
    found = _DECLARATION.match(text)
    if found is None:
        return text
    # Blanks, and not nothing, so that what stands behind it keeps its place.
    return _NO_LINE_END.sub(" ", found[0]) + text[found.end() :]
