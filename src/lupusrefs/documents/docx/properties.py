"""What a Word document says of itself, and of its styles.

Source: ECMA-376, part 2, 8 (core properties); part 1, 17.7.4 (styles).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from lupusrefs.documents.docx.numbering import number_in
from lupusrefs.documents.docx.xml_events import Attributes, read_xml
from lupusrefs.formats.endnote.names import parse_name
from lupusrefs.model.item import Item

# What programs write where nobody has given a title or a name.
_NO_TITLE: Final = re.compile(
    r"(?:document|dokument|manuscript|untitled|unbenannt|title|word document|normal"
    r"|draft|template|microsoft word)?[\s\d._-]*(?:\.(?:docx?|dotx?|pdf))?"
    r"|microsoft word - .*|.*\.docx?|powerpoint.*",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAME: Final = re.compile(
    r"(?:microsoft(?: office)?(?: user| word)?|(?:windows |standard)?user|admin\w*"
    r"|author|autor|unknown|anonymous|owner|root|guest|python-docx|pandoc|\w+@\S+)?"
    r"[\s\d]*",
    re.IGNORECASE,
)
_BETWEEN_NAMES: Final = re.compile(r"\s*;\s*")
_MOST: Final = 4000  # characters of a property
# The built-in style is called so in Word's files of whatever language; the others are
# those of EndNote and of publishers' templates.
_LIST_STYLE: Final = re.compile(
    r".*(?:bibliograph(?:y|ie)|literaturverzeichnis|bib[ _-]?entry"
    r"|references?(?:[ _-]?(?:item|list|entry|text))?)[\s\d]*",
    re.DOTALL,
)
_HEADING_STYLE: Final = re.compile(
    r"(?:heading|ü?berschrift|title|titel|toc|table of)(?![^\W\d_]).*"
    r"|.*(?:heading|title)",
    re.DOTALL,
)
_BODY_LEVEL: Final = "9"
_DEEPEST_STYLES: Final = 12


def read_work(chunks: Iterable[bytes], file: str) -> Item | None:
    """What the core properties say, where it is more than a program's default.

    Raises:
        PartProblem: the part cannot be read.
        BrokenXml: its XML cannot.
    """
    texts: dict[str, list[str]] = {"dc:title": [], "dc:creator": []}
    sink: list[str] | None = None

    def start(name: str, _: Attributes) -> None:
        nonlocal sink
        sink = texts.get(name)

    def end(_: str) -> None:
        nonlocal sink
        sink = None

    def text(piece: str) -> None:
        if sink is not None:
            sink.append(piece)

    read_xml(chunks, start, end, text)
    title = " ".join("".join(texts["dc:title"])[:_MOST].split())
    if _NO_TITLE.fullmatch(title) or title == PurePath(file).stem:
        return None
    creators = _BETWEEN_NAMES.split("".join(texts["dc:creator"])[:_MOST])
    names = (
        parse_name(one, reading_order=True)
        for one in creators
        if not _NO_NAME.fullmatch(one.strip())
    )
    return Item(id="", title=title, author=tuple(name for name in names if name))


@dataclass(slots=True)
class _Style:
    """A style: its name, the style that it is based on, its level, its numbering."""

    name: str = ""
    base: str = ""
    level: str = _BODY_LEVEL
    list_id: str = ""
    list_level: int = 0


@dataclass(slots=True)
class Styles:
    """The styles of paragraphs, by id."""

    _styles: dict[str, _Style] = field(default_factory=dict)
    _known: dict[str, bool | None] = field(default_factory=dict)

    def is_list(self, style: str) -> bool | None:
        """Whether a style is one of entries of a reference list.

        False where it is one of headings, None where it is any other.
        """
        if style not in self._known:
            self._known[style] = self._is_list(style)
        return self._known[style]

    def numbering(self, style: str) -> tuple[str, int]:
        """The list in which paragraphs of a style are numbered, and the level in it.

        The id of the list is empty where they are not.
        """
        for _ in range(_DEEPEST_STYLES):
            found = self._styles.get(style)
            if found is None or found.list_id:
                break
            style = found.base
        return (found.list_id, found.list_level) if found else ("", 0)

    def _is_list(self, style: str) -> bool | None:
        for _ in range(_DEEPEST_STYLES):
            found = self._styles.get(style)
            name = (found.name if found and found.name else style).casefold().strip()
            if _HEADING_STYLE.fullmatch(name) or (found and found.level < _BODY_LEVEL):
                return False
            if _LIST_STYLE.fullmatch(name):
                return True
            if not found or not found.base:
                return None
            style = found.base
        return None


def read_styles(chunks: Iterable[bytes]) -> Styles:
    """The styles of a document.

    Raises:
        PartProblem: the part cannot be read.
        BrokenXml: its XML cannot.
    """
    styles: dict[str, _Style] = {}
    style = _Style()

    def start(name: str, attributes: Attributes) -> None:
        nonlocal style
        value = attributes.get("w:val", "")
        match name:
            case "w:style":
                style = _Style()
                if attributes.get("w:type") == "paragraph":
                    styles[attributes.get("w:styleId", "")] = style
            case "w:name":
                style.name = value
            case "w:basedOn":
                style.base = value
            case "w:numId":
                style.list_id = value
            case "w:ilvl":
                style.list_level = number_in(value)
            case "w:outlineLvl":
                style.level = value or _BODY_LEVEL

    read_xml(chunks, start)
    return Styles(styles)
