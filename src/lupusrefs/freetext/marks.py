"""The punctuation between words: its shape, and what it has opened."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_GAP: Final = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»〝〞＂『』《》", '"'),
        **dict.fromkeys("‘’‚‛‹›`´「」", "'"),
        **dict.fromkeys("–—―−‐‑", "-"),
        **dict.fromkeys("，、", ","),
        **dict.fromkeys("（【〔［", "("),
        **dict.fromkeys("）】〕］", ")"),
        "。": ".",
        "：": ":",
        "；": ";",
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000\t\r\n", " "),
    }
)
_TAG: Final = re.compile(r"</?[A-Za-z]{1,12}>")
_BLANKS: Final = re.compile(r" +")
_SLIP: Final = re.compile(r" (?=[.,:])")
_LOOKED_AT: Final = 60  # characters of a gap
_LONGEST: Final = 5  # characters of its shape


@lru_cache(maxsize=4_096)
def gap_shape(gap: str) -> str:
    """The punctuation between two words in a few characters.

    >>> gap_shape(".  “"), gap_shape("")
    ('._"', '')
    """
    gap = _BLANKS.sub(" ", _TAG.sub("", gap[:_LOOKED_AT]).translate(_GAP))
    return _SLIP.sub("", gap).replace(" ", "_")[:_LONGEST]


# Every mark that opens or closes -> the mark that it is, and what it does.
_DOES: Final = {
    **dict.fromkeys("“„«〝『《", ('"', "open")),
    **dict.fromkeys("”»〞』》", ('"', "close")),
    **dict.fromkeys("‘‚‹「", ("'", "open")),
    **dict.fromkeys("’›」", ("'", "close")),
    **dict.fromkeys('"＂', ('"', "either")),
    **dict.fromkeys("'`", ("'", "either")),
    **dict.fromkeys("({（", ("(", "bracket")),
    **dict.fromkeys("[【〔［", ("[", "bracket")),
    **dict.fromkeys(")]}）】〕］", ("", "bracket")),
}


class Marks:
    """The quotation marks and brackets that are open, gap by gap.

    Attributes:
        quoted: the mark of the quotation that is open, or empty.
        bracket: the bracket that is open, or empty.
        quotes_seen: how many quotations have begun.
    """

    def __init__(self) -> None:
        self.quoted = ""
        self.bracket = ""
        self.quotes_seen = 0

    def read(self, gap: str) -> None:
        """Go on behind a gap."""
        for char in gap:
            if char not in _DOES:
                continue
            mark, does = _DOES[char]
            if does == "bracket":
                self.bracket = mark
            elif self.quoted == mark and does != "open":
                self.quoted = ""
            elif not self.quoted and does != "close":
                self.quoted = mark
                self.quotes_seen += 1
