"""Word documents for tests: the least that the standard asks of one."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from lupusrefs.documents.document import Document, DocumentFile
from lupusrefs.documents.docx import read

if TYPE_CHECKING:
    from collections.abc import Mapping

OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES: Final = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}/relationships" xmlns:m="{OFFICE}/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


def story(root: str, content: str) -> str:
    """A part of WordprocessingML."""
    return f"<?xml version='1.0'?><w:{root} {NAMESPACES}>{content}</w:{root}>"


def relations(*entries: tuple[str, str, str]) -> str:
    """A part of relations: id, last word of the type, target; URLs are external."""
    lines = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/relationships/{kind}" '
        f"Target={quoteattr(target)}"
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for key, kind, target in entries
    )
    return f'<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these members."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word document with this body, and other parts."""
    main = story("document", f"<w:body>{body}</w:body>")
    root = relations(("rId1", "officeDocument", "word/document.xml"))
    return zipped({"_rels/.rels": root, "word/document.xml": main, **(parts or {})})


def read_bytes(data: bytes) -> Document:
    """What the reader makes of a file."""
    return read(DocumentFile("a.docx", data))


def read_docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> Document:
    """What the reader makes of a document with this body."""
    return read_bytes(docx(body, parts))


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    props = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of runs; what is no markup is a run."""
    props = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    content = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p>{props}{content}</w:p>"


def mark(kind: str, data: str = "") -> str:
    """The begin, the separator or the end of a field."""
    inner = f"<w:fldData>{data}</w:fldData>" if data else ""
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def code(text: str) -> str:
    """A piece of a field's instruction."""
    return f'<w:r><w:instrText xml:space="preserve">{escape(text)}</w:instrText></w:r>'


def field(instruction: str, result: str = "", *, pieces: int = 1) -> str:
    """A field whose instruction is spread over some runs."""
    size = -(-len(instruction) // pieces)
    codes = "".join(
        code(instruction[at : at + size]) for at in range(0, len(instruction), size)
    )
    shown = run(result) if result else ""
    return f"{mark('begin')}{codes}{mark('separate')}{shown}{mark('end')}"
