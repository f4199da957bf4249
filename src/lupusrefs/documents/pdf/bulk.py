"""How large a PDF gets when it is unpacked, looked at before anything unpacks it.

pdfium makes hundreds of bytes of an operator of a few, and unpacks without asking: a
small file can take all memory. Pictures are no concern, nobody looks at them here.

Source: ISO 32000-2, 7.3.8 (streams), 7.4.4 (FlateDecode).
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from lupusrefs.errors import InputError
from lupusrefs.model.location import Location

_STREAM: Final = re.compile(rb">>\s{0,8}stream\r?\n")
_END: Final = b"endstream"
_LOOKED_BACK: Final = 2000  # bytes in which the dictionary of a stream stands
_PICTURE: Final = re.compile(rb"/Subtype\s{0,8}/Image\b")
_PACKED: Final = re.compile(rb"/(?:FlateDecode|Fl)\b")
_MOST_OF_ONE: Final = 64 << 20  # bytes
_MOST_OF_ALL: Final = 1 << 30
_DEEPEST: Final = 4  # filters of one stream


def check_bulk(data: bytes, file: str) -> None:
    """Refuse a file that unpacks to more than can be meant.

    Raises:
        InputError: it does.
    """
    total = at = 0
    while at >= 0 and (stream := _STREAM.search(data, at)):
        start = stream.end()
        at = data.find(_END, start)
        head = data[max(start - _LOOKED_BACK, 0) : start]
        head = head[head.rfind(b" obj") + 1 :]
        filters = len(_PACKED.findall(head))
        if not filters or _PICTURE.search(head):
            continue
        size = _unpacked(data[start : at if at >= 0 else None], filters)
        total += size
        if size > _MOST_OF_ONE or total > _MOST_OF_ALL:
            most = _MOST_OF_ONE if size > _MOST_OF_ONE else _MOST_OF_ALL
            raise InputError(
                f"the PDF unpacks to more than {most >> 20:,} MB",
                location=Location.of_file(file),
                hint="if it is sound, print it to a new PDF, without its drawings",
            )


def _unpacked(packed: bytes, filters: int) -> int:
    """How many bytes a stream has when it is unpacked; no more than is asked for."""
    for _ in range(min(filters, _DEEPEST)):
        try:
            packed = zlib.decompressobj().decompress(packed, _MOST_OF_ONE + 1)
        except zlib.error:
            break
    return len(packed)
