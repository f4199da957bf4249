"""What a locator counts: labels, and the abbreviations that are written for them.

Source: CSL 1.0.2 specification, "Locators"; citeproc-js manual, "Locators" (a label in
the text of a locator).
"""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = """
    act appendix article-locator book canon chapter column elocation equation figure
    folio issue line note opus page paragraph part rule scene section sub-verbo
    supplement table timestamp title-locator verse volume
"""
LOCATORS: Final = frozenset(_NAMES.split())
# Abbreviation, without its full stop -> the term.
ABBREVIATIONS: Final = {
    "art": "article-locator",
    "bk": "book",
    "ch": "chapter",
    "col": "column",
    "fig": "figure",
    "fol": "folio",
    "l": "line",
    "n": "note",
    "no": "issue",
    "op": "opus",
    "p": "page",
    "pp": "page",
    "para": "paragraph",
    "pt": "part",
    "r": "rule",
    "sec": "section",
    "sv": "sub-verbo",
    "vrs": "verse",
    "vol": "volume",
}
_LONGEST_FIRST: Final = sorted(ABBREVIATIONS, key=len, reverse=True)
LABELLED: Final = re.compile(
    rf"\s*(?P<label>{'|'.join(_LONGEST_FIRST)})\.\s*(?P<number>\S.*)"
)


def split_label(locator: str) -> tuple[str, str]:
    """The label that a locator begins with, and the rest of it; no label if none.

    >>> split_label("ch. 3"), split_label("12-15")
    (('chapter', '3'), ('', '12-15'))
    """
    match = LABELLED.fullmatch(locator)
    if match is None:
        return "", locator.strip()
    return ABBREVIATIONS[match["label"]], match["number"].strip()
