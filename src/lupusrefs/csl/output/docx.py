"""WordprocessingML: paragraphs and runs for a document's body.

ECMA-376, Part 1, section 17. The prefix ``w`` is the document's to declare. Elements of
properties stand in the order of the schema, which Word insists on.
"""

from __future__ import annotations

import re
from typing import ClassVar, Final

from lupusrefs.csl.output.paragraphs import ParagraphWriter, Place
from lupusrefs.csl.output.runs import Run
from lupusrefs.csl.output.tree import Tag

_NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPECIAL: Final = re.compile('[&<>"]')
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
# In the order of CT_RPr.
_PROPERTIES: Final = {
    Tag.BOLD: "<w:b/>",
    Tag.ITALIC: "<w:i/>",
    Tag.OBLIQUE: "<w:i/>",
    Tag.SMALL_CAPS: "<w:smallCaps/>",
    Tag.UNDERLINE: '<w:u w:val="single"/>',
}
_VERTICALS: Final = {
    Tag.SUPERSCRIPT: '<w:vertAlign w:val="superscript"/>',
    Tag.SUBSCRIPT: '<w:vertAlign w:val="subscript"/>',
}
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<w:document xmlns:w="{_NAMESPACE}"><w:body>\n'
)


class DocxWriter(ParagraphWriter):
    """Runs, and paragraphs in the style "Bibliography" that Word has."""

    line_break: ClassVar[str] = "<w:r><w:br/></w:r>"
    tab: ClassVar[str] = "<w:r><w:tab/></w:r>"

    def run(self, run: Run) -> str:
        """A ``w:r`` with its properties."""
        properties = [xml for tag, xml in _PROPERTIES.items() if tag in run.marks]
        # Of superscripts within superscripts the innermost is what a run can have.
        verticals = [_VERTICALS[mark] for mark in run.marks if mark in _VERTICALS]
        properties += verticals[-1:]
        face = f"<w:rPr>{''.join(properties)}</w:rPr>" if properties else ""
        text = _escape(run.text)
        return f'<w:r>{face}<w:t xml:space="preserve">{text}</w:t></w:r>'

    def field(self, href: str, inner: str) -> str:
        """Runs around, as a field: ``w:hyperlink`` needs a relation of the package."""
        code = _escape(f'HYPERLINK "{href}"')
        return (
            f"{_mark('begin')}"
            f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
            f"{_mark('separate')}{inner}{_mark('end')}"
        )

    def paragraph(self, text: str, place: Place) -> str:
        """A ``w:p``."""
        tabs = (
            f'<w:tabs><w:tab w:val="left" w:pos="{place.left}"/></w:tabs>'
            if place.tabbed
            else ""
        )
        # In the order of CT_PPr.
        properties = (
            f'<w:pStyle w:val="Bibliography"/>{tabs}'
            f'<w:spacing w:after="{place.after}"'
            f' w:line="{place.height}" w:lineRule="auto"/>'
            f'<w:ind w:left="{place.left}" w:hanging="{place.hanging}"/>'
        )
        return f"<w:p><w:pPr>{properties}</w:pPr>{text}</w:p>\n"

    def standalone(self, body: str) -> str:
        """The part ``word/document.xml`` of a package."""
        return f"{_HEAD}{body}</w:body></w:document>\n"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _escape(text: str) -> str:
    return text if _SPECIAL.search(text) is None else text.translate(_ESCAPES)
