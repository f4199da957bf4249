"""XML as a small tree, every element with its span: nothing is expanded or fetched.

The parser is the standard library's expat, told to do less: entities that a file
declares are refused, external ones never asked for, default attributes not filled in.

Source: W3C, Extensible Markup Language (XML) 1.0, fifth edition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.formats.mathml import flat_formula, local_name
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.location import Span

# XML's own white space; a thin or a no-break space is text.
_SPACES: Final = " \t\r\n"
_SPACE: Final = re.compile(f"[{_SPACES}]+")


@dataclass(slots=True, eq=False)
class Element:
    """An element. The parser fills it; nobody changes it afterwards.

    Attributes:
        name: as written, prefix included.
        attributes: name -> value, as specified in the file.
        children: elements and texts, in order; no text is empty, no two adjoin.
        start: character where its start tag begins.
        end: character behind its end tag.
        complete: whether its end tag was found; False where the file breaks in it.
    """

    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)
    start: int = 0
    end: int = 0
    complete: bool = False

    @property
    def span(self) -> Span:
        """The element in the file, tags included."""
        return Span(self.start, self.end)

    @property
    def elements(self) -> Iterator[Element]:
        """The child elements."""
        return (child for child in self.children if isinstance(child, Element))

    def each(self, *names: str) -> Iterator[Element]:
        """The child elements with one of these names."""
        return (child for child in self.elements if child.name in names)

    def find_all(self, *path: str) -> list[Element]:
        """Every element at the end of a path of child names, in order."""
        found = [self]
        for name in path:
            found = [
                child
                for element in found
                for child in element.children
                if isinstance(child, Element) and child.name == name
            ]
        return found

    def find(self, *path: str) -> Element | None:
        """The first element at the end of the path of child names, or None."""
        return next(iter(self.find_all(*path)), None)

    def descendants(self, *names: str) -> Iterator[Element]:
        """The elements in it with one of these names, in the order of the file."""
        for child in self.elements:
            if child.name in names:
                yield child
            yield from child.descendants(*names)

    def get(self, *path: str) -> str | None:
        """The text at the end of the path, in one line; None where it is empty."""
        element = self.find(*path)
        return (element.text or None) if element is not None else None

    @property
    def raw_text(self) -> str:
        """All text in it, line breaks as they are."""
        if len(self.children) == 1 and isinstance(self.children[0], str):
            return self.children[0]
        return "".join(
            child if isinstance(child, str) else child.raw_text
            for child in self.children
        )

    @property
    def text(self) -> str:
        """All text in it, in one line."""
        return _one_line(self.raw_text)

    @property
    def rich_text(self) -> str:
        """All text in it, in one line, with ``<i> <b> <sup> <sub> <u>`` as CSL's."""
        return rich_text(self, inline_style)


# Inline elements of PubMed, JATS and HTML -> CSL's rich text.
_STYLES: Final = {
    **dict.fromkeys(("i", "em", "italic"), "i"),
    **dict.fromkeys(("b", "strong", "bold"), "b"),
    **dict.fromkeys(("sup", "superscript"), "sup"),
    **dict.fromkeys(("sub", "inf", "subscript"), "sub"),
    **dict.fromkeys(("u", "underline"), "u"),
}


def inline_style(element: Element) -> str:
    """The CSL tag that an inline element stands for; empty where it has none."""
    return _STYLES.get(local_name(element), "")


def rich_text(element: Element, style: Callable[[Element], str]) -> str:
    """All text in an element, in one line, styled.

    Args:
        element: whose own style does not count.
        style: the name of the CSL tag for an element in it; empty for none.
    """
    return _one_line(_styled(element, style))


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip(_SPACES)


def _styled(element: Element, style: Callable[[Element], str]) -> str:
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(child)
            continue
        if local_name(child) == "math":
            parts.append(flat_formula(child))
            continue
        inner, tag = _styled(child, style), style(child)
        parts.append(f"<{tag}>{inner}</{tag}>" if tag and inner.strip() else inner)
    return "".join(parts)


def parse_xml(source: SourceText, diagnostics: Diagnostics) -> Element | None:
    """The root of a file; where the file breaks, what stands before the break.

    What is wrong is reported. None where there is no element, or where the file
    declares entities.
    """
    # To the end: what is wrong behind the root is to be reported, too.
    roots = list(xml_records(source, diagnostics))
    return roots[0] if roots else None


def xml_records(
    source: SourceText, diagnostics: Diagnostics, *names: str
) -> Iterator[Element]:
    """The outermost elements with one of these names, one by one, in order.

    Where the file breaks, reading goes on at the next of them: an element that is cut
    off comes with ``complete`` False, and its error is already reported. Elements
    around them are not kept, so that memory is needed for one record at a time.

    Args:
        source: the file: one document, several in a row, or bare records.
        diagnostics: told what is wrong.
        names: of the wanted elements; none for the root.
    """
    # Late, so that whoever only looks at elements needs no parser.
    from lupusrefs.formats.xml_parser import Parser  # noqa: PLC0415 - as above

    return Parser(source, diagnostics, names).records()
