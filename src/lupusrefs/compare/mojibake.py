"""UTF-8 that somebody took for Latin-1 or Windows-1252 (comparison.md, N2)."""

from __future__ import annotations

import re
from typing import Final

# Byte of a continuation -> the characters it is shown as: Latin-1's and Windows'.
_WINDOWS: Final = {
    bytes([code]).decode("cp1252"): code
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_CONTINUATION: Final = "\u0080-\u00bf" + re.escape("".join(_WINDOWS))
# First bytes of Latin, Greek, Cyrillic and Hebrew letters and of typographic signs, as
# Latin-1 shows them. "Ã" alone is Portuguese; two in a row as here are nothing.
_SEQUENCE: Final = re.compile(
    f"[ÂÃÄÅÌÎÏÐÑ×][{_CONTINUATION}]|[âï][{_CONTINUATION}]{{2}}"
)


def undo_mojibake(text: str) -> str:
    """The text as it was meant; what is not valid UTF-8 stays.

    >>> undo_mojibake("CastaÃ±o, Â£45, COORDENAÇÃO")
    'Castaño, £45, COORDENAÇÃO'
    """
    return _SEQUENCE.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    try:
        decoded = bytes(_WINDOWS.get(c, ord(c)) for c in match[0]).decode()
    except UnicodeDecodeError:
        return match[0]
    # A control would be one damage for another.
    return decoded if decoded.isprintable() or decoded.isspace() else match[0]
