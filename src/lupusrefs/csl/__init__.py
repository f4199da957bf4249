"""A processor of the Citation Style Language, CSL 1.0.2.

It takes the text of a style, items in the shape of CSL-JSON, and the text of locale
files, and gives citations and bibliographies as trees, which writers turn into HTML,
LaTeX and others. It reads no files and asks nobody.

.. code-block:: text

    Style          a style, parsed
    Processor      a style for a set of items: bibliography, citation
    Document       the citations of a text that is being written
    CiteItem       one cite: an item with locator and affixes
    Citation       several cites in one place of a document
    writer         gives the writer of a format

Names are imported when they are first used: the formats alone need no processor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lupusrefs.csl.citation import Mode
    from lupusrefs.csl.document import Citation, Document
    from lupusrefs.csl.errors import InvalidStyle, StyleError, UnknownItem
    from lupusrefs.csl.output.formats import OutputFormat, writer
    from lupusrefs.csl.output_options import OutputOptions
    from lupusrefs.csl.processor import Bibliography, Processor
    from lupusrefs.csl.rendering import CiteItem, Position
    from lupusrefs.csl.style import Style

__all__ = [
    "Bibliography",
    "Citation",
    "CiteItem",
    "Document",
    "InvalidStyle",
    "Mode",
    "OutputFormat",
    "OutputOptions",
    "Position",
    "Processor",
    "Style",
    "StyleError",
    "UnknownItem",
    "writer",
]

_HOMES: Final = {
    "citation": ("Mode",),
    "document": ("Citation", "Document"),
    "errors": ("InvalidStyle", "StyleError", "UnknownItem"),
    "output.formats": ("OutputFormat", "writer"),
    "output_options": ("OutputOptions",),
    "processor": ("Bibliography", "Processor"),
    "rendering": ("CiteItem", "Position"),
    "style": ("Style",),
}
_HOME: Final = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - as said above

    module = import_module(f"{__name__}.{_HOME[name]}")
    value: object = getattr(module, name)
    globals()[name] = value
    return value
