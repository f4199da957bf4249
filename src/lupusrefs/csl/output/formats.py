"""The formats of a bibliography by name; each is imported when it is asked for."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import Final

from lupusrefs.csl.output.writer import Writer


class OutputFormat(StrEnum):
    """What citations and bibliographies can be written as."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"
    LATEX = "latex"
    RTF = "rtf"
    TYPST = "typst"
    RST = "rst"
    DOCX = "docx"


_CLASSES: Final = {
    OutputFormat.TEXT: "TextWriter",
    OutputFormat.HTML: "HtmlWriter",
    OutputFormat.MARKDOWN: "MarkdownWriter",
    OutputFormat.LATEX: "LatexWriter",
    OutputFormat.RTF: "RtfWriter",
    OutputFormat.TYPST: "TypstWriter",
    OutputFormat.RST: "RstWriter",
    OutputFormat.DOCX: "DocxWriter",
}


def writer(output: OutputFormat | str) -> Writer:
    """The writer of a format.

    >>> writer(OutputFormat.HTML).inline(["A & B"])
    'A &#38; B'
    """
    # Nobody pays for seven formats to get one.
    output = OutputFormat(output)
    module = import_module(f"lupusrefs.csl.output.{output.value}")
    made: Writer = getattr(module, _CLASSES[output])()
    return made
