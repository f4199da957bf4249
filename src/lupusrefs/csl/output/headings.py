"""Headings between the parts of a bibliography that is grouped."""

from __future__ import annotations

from typing import Final

from lupusrefs.csl.output.formats import OutputFormat, writer

# Format -> what goes before and behind a heading.
_AROUND: Final = {
    OutputFormat.HTML: ("<h2>", "</h2>\n"),
    OutputFormat.MARKDOWN: ("## ", "\n\n"),
    OutputFormat.LATEX: ("\\section*{", "}\n\n"),
    OutputFormat.RTF: ("{\\pard\\b ", "\\par}\n"),
    OutputFormat.TYPST: ("== ", "\n\n"),
    OutputFormat.DOCX: ('<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>', "</w:p>\n"),
}


def heading(text: str, output: OutputFormat) -> str:
    r"""A heading with the line breaks that it needs behind it.

    >>> heading("Books & more", OutputFormat.HTML)
    '<h2>Books &#38; more</h2>\n'
    """
    written = writer(output).inline([text])
    if output in _AROUND:
        before, behind = _AROUND[output]
        return f"{before}{written}{behind}"
    return f"{written}\n{'-' * len(written)}\n\n"
