"""XMP: what a PDF says of itself in XML.

A packet is found by its marks, as the standard means it to be, so that no table of the
file is needed; one that is compressed, against its advice, is decompressed.

Source: ISO 16684-1 (XMP), 7.3 (packet wrapper), 8.4 (Dublin Core); XMP Specification,
part 3, 2.6 (PDF); PRISM 3.0, basic vocabulary; Crossref, "Crossmark: adding metadata".
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.documents.markup.text import each_element
from lupusrefs.formats.text import Silence, decode
from lupusrefs.formats.xml_tree import Element, parse_xml

_PACKET: Final = re.compile(rb"<\?xpacket\s+begin=[^>]{0,200}\?>")
_END: Final = b"<?xpacket end="
_STREAM: Final = re.compile(
    rb"/Subtype\s*/XML(?P<rest>[^<]{0,400}?)>>\s*stream\r?\n", re.DOTALL
)
_COMPRESSED: Final = re.compile(rb"/Filter\s*\[?\s*/FlateDecode")
_LOOKED_BACK: Final = 400  # bytes of a stream's dictionary
_LARGEST: Final = 1 << 20  # bytes of a packet; pictures in it are no concern here
_MOST: Final = 100

# Namespaces, without the version that some end with, and what we call them.
_NAMESPACES: Final = {
    "http://purl.org/dc/elements/": "dc",
    "http://prismstandard.org/namespaces/basic/": "prism",
    "http://prismstandard.org/namespaces/1.2/basic": "prism",
    "http://prismstandard.org/namespaces/prism-ad/": "prism",
    "http://crossref.org/crossmark/": "crossmark",
    "http://ns.adobe.com/pdfx/": "pdfx",
    "http://ns.adobe.com/pdf/": "pdf",
}
_OF_A_DOCUMENT: Final = frozenset({"prism", "crossmark", "pdfx", "pdf"})
_VERSION: Final = re.compile(r"[\d.]*[/#]?\Z")


@dataclass(frozen=True, slots=True)
class Packet:
    """The properties of one packet.

    Attributes:
        properties: their values in order, by name: ``dc:creator``.
        is_of_document: whether it speaks of a document, not of a picture in it.
    """

    properties: dict[str, list[str]] = field(default_factory=dict)
    is_of_document: bool = False


def read_packets(data: bytes, file: str) -> list[Packet]:
    """What the packets of a file say, in its order; those of pictures only if alone."""
    packets = []
    for raw in _packets(data):
        source = decode(raw, file)
        root = parse_xml(source, Silence(source))
        if root is not None:
            packets.append(_read(root))
    return [packet for packet in packets if packet.is_of_document] or packets


def _packets(data: bytes) -> Iterator[bytes]:
    at = 0
    for _ in range(_MOST):
        start = _PACKET.search(data, at)
        if start is None:
            break
        end = data.find(_END, start.end())
        if end < 0:
            break
        if end - start.end() <= _LARGEST:
            yield data[start.end() : end].strip()
        at = end
    for stream, _ in zip(_STREAM.finditer(data), range(_MOST), strict=False):
        head = data[max(stream.start() - _LOOKED_BACK, 0) : stream.end()]
        if _COMPRESSED.search(head, head.rfind(b" obj") + 1):
            yield from _packets(_decompressed(data, stream.end()))


def _decompressed(data: bytes, start: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data[start:][: 2 * _LARGEST], _LARGEST)
    except zlib.error:
        return b""


def _read(root: Element) -> Packet:
    spaces: dict[str, str] = {}
    properties: dict[str, list[str]] = {}
    for element in (root, *each_element(root)):
        spaces.update(_declared(element))
        if not element.name.endswith(":Description"):
            items = [
                item.text
                for container in element.elements
                for item in container.elements
                if item.name.endswith(":li")
            ]
            _add(properties, spaces, element.name, items or [element.text])
            continue
        for name, value in element.attributes.items():
            _add(properties, spaces, name, [value])
    return Packet(properties, bool(_OF_A_DOCUMENT & set(spaces.values())))


def _declared(element: Element) -> Iterator[tuple[str, str]]:
    """The prefixes that an element declares, and what we call their namespaces."""
    for name, value in element.attributes.items():
        space = _NAMESPACES.get(_VERSION.sub("", value))
        if space and name.startswith("xmlns:"):
            yield name.removeprefix("xmlns:"), space


def _add(
    properties: dict[str, list[str]],
    spaces: dict[str, str],
    name: str,
    values: Iterable[str],
) -> None:
    """Keep a property that has a value; the first of its name counts."""
    prefix, _, local = name.rpartition(":")
    found = [value.strip() for value in values if value.strip()]
    if prefix in spaces and found:
        properties.setdefault(f"{spaces[prefix]}:{local}", found)
