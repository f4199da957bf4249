"""The cells of a notebook, in the order in which they are read.

Source: nbformat 4.5, "The Notebook file format", and its JSON schemas for 3.0 and 4.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from lupusrefs.documents.placed_text import PlacedText, TextBuilder
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar, Sequence

_PIECE: Final = re.compile(
    r"(?P<plain>[^\\]++)"
    r"|\\u(?P<high>[Dd][89AaBb][0-9A-Fa-f]{2})\\u(?P<low>[Dd][C-Fc-f][0-9A-Fa-f]{2})"
    r"|\\u(?P<code>[0-9A-Fa-f]{4})|\\(?P<escape>.)",
    re.DOTALL,
)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_REPLACEMENT: Final = "\ufffd"  # for half of a character


class PartKind(Enum):
    """How a part of a notebook is to be read."""

    MARKDOWN = auto()
    HTML = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class NotebookPart:
    """What a cell says, or an output of it.

    Attributes:
        kind: how it is to be read.
        text: it, each character with its place in the file.
    """

    kind: PartKind
    text: PlacedText


_CELLS: Final = {
    "markdown": PartKind.MARKDOWN,
    "heading": PartKind.MARKDOWN,
    "html": PartKind.HTML,
}
# Of an output in several forms, the first of these is what the reader sees.
_FORMS: Final = (
    ("text/markdown", PartKind.MARKDOWN),
    ("text/html", PartKind.HTML),
    ("text/plain", PartKind.TEXT),
    # nbformat 3 has them in the output itself.
    ("html", PartKind.HTML),
    ("text", PartKind.TEXT),
)


def parts_of(roots: list[Node], source: SourceText) -> Iterator[NotebookPart]:
    """The parts of a notebook, in order.

    Args:
        roots: what was read of it: one object, or where it is broken some of its cells.
        source: the file.
    """
    for cell in _cells(roots):
        kind = _word(cell.get("cell_type")) or "raw"
        written = cell.get("source") or cell.get("input")
        text = placed_text(written, source)
        # Metadata for Quarto, and nbconvert's templates, stand in raw cells.
        is_metadata = kind == "raw" and text.text.startswith("---")
        usual = PartKind.MARKDOWN if is_metadata else PartKind.TEXT
        yield NotebookPart(_CELLS.get(kind, usual), text)
        for output in _mappings(cell.get("outputs")):
            yield from _output(output, source)


def _cells(roots: list[Node]) -> Iterator[Mapping]:
    for root in roots:
        if not isinstance(root, Mapping):
            continue
        if root.get("cell_type") is not None:
            yield root
        yield from _mappings(root.get("cells"))
        for sheet in _mappings(root.get("worksheets")):
            yield from _mappings(sheet.get("cells"))


def _output(output: Mapping, source: SourceText) -> Iterator[NotebookPart]:
    data = output.get("data")
    bundle = data if isinstance(data, Mapping) else output
    for name, kind in _FORMS:
        if (node := bundle.get(name)) is not None:
            yield NotebookPart(kind, placed_text(node, source))
            return


def _mappings(node: Node | None) -> Iterator[Mapping]:
    if isinstance(node, Sequence):
        yield from (one for one in node.items if isinstance(one, Mapping))


def _word(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def placed_text(node: Node | None, source: SourceText) -> PlacedText:
    """A text, or a list of its lines, as JSON has it."""
    builder = TextBuilder()
    for one in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(one, Scalar) and isinstance(one.value, str):
            _add(builder, source, one.span.start + 1, one.span.end - 1)
    return builder.build()


def _add(builder: TextBuilder, source: SourceText, start: int, end: int) -> None:
    """A string without its quotation marks (RFC 8259, 7)."""
    for piece in _PIECE.finditer(source.text, start, end):
        if piece["plain"] is not None:
            builder.verbatim(source, *piece.span())
        else:
            builder.decoded(_decoded(piece), source, *piece.span())


def _decoded(piece: re.Match[str]) -> str:
    if piece["high"]:
        pair = bytes.fromhex(piece["high"] + piece["low"])
        return pair.decode("utf-16-be")
    if piece["code"]:
        char = chr(int(piece["code"], 16))
        return _REPLACEMENT if "\ud800" <= char <= "\udfff" else char
    return _ESCAPES.get(piece["escape"], piece["escape"])
