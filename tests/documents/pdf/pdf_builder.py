"""Small PDF files for tests, written object by object.

Source: ISO 32000-2, 7.5 (file structure), 7.6.4 (standard security handler, revision
2), 9.6.2 (the standard 14 fonts), 9.10.3 (ToUnicode), 12.5.6.5 (links).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

COURIER_WIDTH = 0.6  # of every letter, in sizes of the font

_FONTS = {
    "Roman": "Helvetica",
    "Mono": "Courier",
}
# Codes of the font "Mapped" -> what its ToUnicode says of them.
_MAPPED = {1: "\ufb01", 2: "\U0001d6fc", 3: "\u200b", 4: "\ud835", 5: "\udc00"}


@dataclass
class Page:
    """A page; its origin is the lower left corner, its unit 1/72 inch."""

    width: float = 612
    height: float = 792
    rotate: int = 0
    content: list[bytes] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)
    is_broken: bool = False

    def text(
        self,
        x: float,
        y: float,
        text: str | bytes,
        *,
        size: float = 10,
        font: str = "Mono",
        matrix: tuple[float, float, float, float] = (1, 0, 0, 1),
    ) -> None:
        """Show a text whose baseline begins at a point."""
        code = text if isinstance(text, bytes) else text.encode("cp1252")
        turned = " ".join(map(str, matrix))
        self.content.append(
            f"BT /{font} {size} Tf {turned} {x} {y} Tm (".encode()
            + escaped(code)
            + b") Tj ET\n"
        )

    def column(
        self,
        x: float,
        y: float,
        lines: Iterable[str],
        *,
        size: float = 10,
        leading: float = 12,
        font: str = "Mono",
    ) -> float:
        """Show lines below each other; return the height of the line after them.

        Leading blanks of a line indent it.
        """
        for line in lines:
            text = line.lstrip(" ")
            indent = (len(line) - len(text)) * COURIER_WIDTH * size
            if text:
                self.text(x + indent, y, text, size=size, font=font)
            y -= leading
        return y

    def link(
        self,
        box: tuple[float, float, float, float],
        uri: str | bytes,
        *,
        quads: Sequence[tuple[float, float, float, float]] = (),
    ) -> None:
        """Link a rectangle: left, bottom, right, top."""
        target = uri if isinstance(uri, bytes) else uri.encode()
        points = " ".join(
            f"{left} {top} {right} {top} {left} {bottom} {right} {bottom}"
            for left, bottom, right, top in quads
        )
        quad_points = f"/QuadPoints [{points}]" if quads else ""
        self.annotations.append(
            f"<< /Type /Annot /Subtype /Link /Rect [{' '.join(map(str, box))}]"
            f" {quad_points} /A << /S /URI /URI <{target.hex()}> >> >>"
        )


@dataclass
class Pdf:
    """A document; :meth:`build` gives its bytes."""

    pages: list[Page] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)
    xmp: str | None = None
    compresses_xmp: bool = False
    user_password: str | None = None

    def page(self, **attributes: float) -> Page:
        """Add a page."""
        page = Page(**attributes)  # type: ignore[arg-type]
        self.pages.append(page)
        return page

    def build(self) -> bytes:
        """The file."""
        return _Writer(self).file()


class _Writer:
    """Numbers the objects of a document, and encrypts them if it has a password."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._objects: list[bytes] = []
        self._identity = hashlib.md5(
            b"one and the same", usedforsecurity=False
        ).digest()
        self._key: bytes | None = None

    def file(self) -> bytes:
        pdf = self._pdf
        encryption = self._encryption() if pdf.user_password is not None else None
        root, pages = self._reserve(), self._reserve()
        fonts = self._fonts()
        kids = [self._page(page, pages, fonts) for page in pdf.pages]
        self._set(
            pages,
            f"<< /Type /Pages /Count {len(kids)}"
            f" /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>",
        )
        metadata = f" /Metadata {self._metadata()} 0 R" if pdf.xmp else ""
        self._set(root, f"<< /Type /Catalog /Pages {pages} 0 R{metadata} >>")
        trailer = f"/Root {root} 0 R"
        if pdf.info:
            trailer += f" /Info {self._information()} 0 R"
        if encryption is not None:
            encrypt = self._reserve()
            self._set(encrypt, encryption)
            identity = self._identity.hex()
            trailer += f" /Encrypt {encrypt} 0 R /ID [<{identity}> <{identity}>]"
        return self._assembled(trailer)

    def _assembled(self, trailer: str) -> bytes:
        data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, body in enumerate(self._objects, start=1):
            offsets.append(len(data))
            data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        start, size = len(data), len(offsets) + 1
        data += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for offset in offsets:
            data += b"%010d 00000 n \n" % offset
        data += (
            f"trailer\n<< /Size {size} {trailer} >>\nstartxref\n{start}\n%%EOF\n"
        ).encode()
        return bytes(data)

    # --- objects ---------------------------------------------------------------

    def _reserve(self) -> int:
        self._objects.append(b"null")
        return len(self._objects)

    def _set(self, number: int, body: str | bytes) -> None:
        code = body if isinstance(body, bytes) else body.encode("latin-1")
        self._objects[number - 1] = code

    def _stream(self, content: bytes, entries: str = "") -> int:
        number = self._reserve()
        content = self._encrypted(number, content)
        head = f"<< /Length {len(content)} {entries} >>\nstream\n".encode()
        self._set(number, head + content + b"\nendstream")
        return number

    def _fonts(self) -> str:
        entries = []
        for name, base in _FONTS.items():
            number = self._reserve()
            self._set(
                number,
                f"<< /Type /Font /Subtype /Type1 /BaseFont /{base}"
                " /Encoding /WinAnsiEncoding >>",
            )
            entries.append(f"/{name} {number} 0 R")
        mapped = self._reserve()
        pairs = "\n".join(
            f"<{code:02x}> <{text.encode('utf-16-be', 'surrogatepass').hex()}>"
            for code, text in _MAPPED.items()
        )
        cmap = self._stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "1 begincodespacerange <00> <ff> endcodespacerange\n"
            f"{len(_MAPPED)} beginbfchar\n{pairs}\nendbfchar\n"
            "endcmap end end".encode()
        )
        self._set(
            mapped,
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier"
            f" /Encoding /WinAnsiEncoding /ToUnicode {cmap} 0 R >>",
        )
        entries.append(f"/Mapped {mapped} 0 R")
        return " ".join(entries)

    def _page(self, page: Page, parent: int, fonts: str) -> int:
        number = self._reserve()
        if page.is_broken:
            self._set(number, "(this is no page)")
            return number
        content = self._stream(b"".join(page.content))
        annotations = []
        for annotation in page.annotations:
            annotations.append(self._reserve())
            self._set(annotations[-1], annotation)
        self._set(
            number,
            f"<< /Type /Page /Parent {parent} 0 R /Contents {content} 0 R"
            f" /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotate}"
            f" /Resources << /Font << {fonts} >> >>"
            f" /Annots [{' '.join(f'{one} 0 R' for one in annotations)}] >>",
        )
        return number

    def _metadata(self) -> int:
        content = (self._pdf.xmp or "").encode()
        entries = "/Type /Metadata /Subtype /XML"
        if self._pdf.compresses_xmp:
            content = zlib.compress(content)
            entries += " /Filter /FlateDecode"
        return self._stream(content, entries)

    def _information(self) -> int:
        number = self._reserve()
        entries = "".join(
            f" /{key} <{self._encrypted(number, utf_16(value)).hex()}>"
            for key, value in self._pdf.info.items()
        )
        self._set(number, f"<<{entries} >>")
        return number

    # --- encryption: algorithms 1, 2, 3 and 4 ------------------------------------

    def _encryption(self) -> str:
        """The dictionary of 40-bit RC4, whose owner has the password ``owner``."""
        owner_key = _md5(_padded("owner"))[:5]
        owner = rc4(owner_key, _padded(self._pdf.user_password or ""))
        rights = -4
        self._key = _md5(
            _padded(self._pdf.user_password or "")
            + owner
            + rights.to_bytes(4, "little", signed=True)
            + self._identity
        )[:5]
        user = rc4(self._key, _PADDING)
        return (
            f"<< /Filter /Standard /V 1 /R 2 /Length 40 /P {rights}"
            f" /O <{owner.hex()}> /U <{user.hex()}> >>"
        )

    def _encrypted(self, number: int, content: bytes) -> bytes:
        if self._key is None:
            return content
        of_object = self._key + number.to_bytes(3, "little") + b"\0\0"
        return rc4(_md5(of_object)[:10], content)


_PADDING = bytes.fromhex(
    "28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a"
)


def _padded(password: str) -> bytes:
    return (password.encode() + _PADDING)[:32]


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def rc4(key: bytes, data: bytes) -> bytes:
    """The stream cipher of old PDFs, both ways."""
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def utf_16(text: str) -> bytes:
    """A text string with its mark (7.9.2.2)."""
    return b"\xfe\xff" + text.encode("utf-16-be", "surrogatepass")


def escaped(code: bytes) -> bytes:
    """The inside of a literal string (7.3.4.2)."""
    for char in (b"\\", b"(", b")"):
        code = code.replace(char, b"\\" + char)
    return code


def xmp(properties: str, *, around: str = "") -> str:
    """A packet with some properties, as RDF."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'{around}<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
        ' xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
        ' xmlns:crossmark="http://crossref.org/crossmark/1.0/">'
        f"{properties}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    )
