"""``pages``, ``volume``, ``number`` and ``edition`` -> CSL's number variables."""

from __future__ import annotations

import re
from typing import Final

from lupusrefs.formats.bibtex import parse_latex as latex
from lupusrefs.formats.bibtex.genres import ORDINAL_WORDS

_DASH: Final = re.compile(r"\s*(?:[-‐‑–—]+)\s*")
_DOUBLE: Final = re.compile(r"(?<=\d)\s*(?:[-‐‑–—]+)\s*(?=\d)")
_ORDINAL: Final = re.compile(
    r"(\d{1,3})(?:st|nd|rd|th|\.)?(?:\s*ed(?:ition|n)?\.?)?", re.IGNORECASE
)
_ORDINALS: Final = {word: str(n) for n, word in enumerate(ORDINAL_WORDS, start=1)}


def parse_pages(source: str) -> str:
    """Pages with the hyphen of CSL: ``12--15`` is ``12-15``."""
    return _DASH.sub("-", " ".join(latex.plain(source).split()))


def parse_number(source: str) -> str:
    """A volume, issue or number; double ones have a hyphen, as pages."""
    return _DOUBLE.sub("-", latex.plain(source))


def parse_edition(source: str) -> str:
    """An edition; of BibTeX's "Second" (btxdoc, section 3.2) the number."""
    text = latex.rich(source)
    ordinal_number = _ORDINAL.fullmatch(text)
    return ordinal_number[1] if ordinal_number else _ORDINALS.get(text.lower(), text)
