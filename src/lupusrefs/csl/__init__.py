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
"""

from lupusrefs.csl.citation import Mode
from lupusrefs.csl.document import Citation, Document
from lupusrefs.csl.errors import StyleError
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
    "Mode",
    "OutputFormat",
    "OutputOptions",
    "Position",
    "Processor",
    "Style",
    "StyleError",
    "writer",
]
