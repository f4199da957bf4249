"""A CSL style: what it is, and its parts.

Source: CSL 1.0.2 specification, "Styles - Structure".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lupusrefs.csl.errors import StyleError
from lupusrefs.csl.xml import Element, parse
from lupusrefs.model.location import Diagnostic, Location

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
    def parse(
        cls, text: str, name: str = "<style>", *, is_trusted: bool = False
    ) -> Style:
        """Read a style.

        Args:
            text: of its file.
            name: of the file, for messages.
            is_trusted: it is known to render: its macros need not be looked at.

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
            style._check(is_trusted=is_trusted)
        return style

    @staticmethod
    def problems(text: str, name: str) -> list[Diagnostic]:
        """All that is wrong with a style or locale file, in its order.

        Raises:
            StyleError: it is no well-formed XML.
        """
        from lupusrefs.csl.validation import validate  # noqa: PLC0415 - seldom

        return validate(parse(text, name), name)

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

    def _check(self, *, is_trusted: bool) -> None:
        """Refuse what cannot be rendered."""
        if self.citation is None or self.citation.find("layout") is None:
            raise _error(self.name, self.root, "the style has no citation layout")
        bibliography = self.bibliography
        if bibliography is not None and bibliography.find("layout") is None:
            raise _error(self.name, bibliography, "the bibliography has no layout")
        if is_trusted:
            return
        from lupusrefs.csl.validation import refusals  # noqa: PLC0415 - not for all

        for refused in refusals(self.root, self.name):
            message, place = refused.message, refused.location
            raise StyleError(message, location=place, hint=refused.hint)


def _text(element: Element | None) -> str:
    return " ".join(element.text.split()) if element is not None else ""


def _error(name: str, element: Element, message: str) -> StyleError:
    return StyleError(message, location=Location(name, element.line, element.column))
