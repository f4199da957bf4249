"""ISBN and ISSN in one field, as RIS and EndNote have them.

Exporters write one number, or several with anything between them, and what they are:
``0305-0483; 1873-5274``, ``1660-4601 (Electronic)``, ``ISBN 0-521-46674-1``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lupusrefs.errors import InvalidIdentifier
from lupusrefs.model.identifiers import Isbn

_ISSN: Final = re.compile(r"[0-9]{4}[-\u2010-\u2013\u2212]?[0-9]{3}[0-9Xx]")
_ISBN: Final = re.compile(r"(?:97[89][- ]?)?[0-9](?:[- ]?[0-9]){8}[- ]?[0-9Xx]")
_BETWEEN: Final = re.compile(r"[\s;,|\\/]+")
_LABEL: Final = re.compile(
    r"(?:\(?[ep]?-?IS[BS]N(?:-?1[03])?:?\)?|print|online):?", re.IGNORECASE
)


def split_serials(text: str) -> tuple[list[str], list[str]] | None:
    """The ISBNs and ISSNs of a text; None where it has something else in it.

    >>> split_serials("1614-9785 978-3-642-41404-6; 978-3-642-41403-9")
    (['978-3-642-41404-6', '978-3-642-41403-9'], ['1614-9785'])
    """
    if _is_isbn(whole := text.strip()):
        return [whole], []
    isbns: list[str] = []
    issns: list[str] = []
    for token in _BETWEEN.split(_without_notes(text)):
        if _ISSN.fullmatch(token):
            issns.append(token)
        elif _is_isbn(token):
            isbns.append(token)
        elif token and not _LABEL.fullmatch(token):
            return None
    return (isbns, issns) if isbns or issns else None


def joined(serials: Iterable[str]) -> str | None:
    """Several numbers as one CSL value, each once; None where there are none."""
    return ", ".join(dict.fromkeys(serials)) or None


def _is_isbn(text: str) -> bool:
    if not _ISBN.fullmatch(text):
        return False
    digits = re.sub(r"[- ]", "", text)
    if len(digits) == len("9780000000000") or "-" in text:
        return True
    try:
        Isbn.parse(text)
    except InvalidIdentifier:
        return False
    return True


def _without_notes(text: str) -> str:
    """The text without what stands in brackets: "(Electronic)"."""
    return re.sub(r"\([^()\d]{0,40}\)", " ", text)
