"""``eprint``: what it is at its archive, and its address there.

Source: the biblatex manual, section 3.14.7 ("Electronic Publishing Information").
"""

from __future__ import annotations

import re
from typing import Final

_ADDRESSES: Final = {
    "arxiv": "https://arxiv.org/abs/{}",
    "jstor": "https://www.jstor.org/stable/{}",
    "pubmed": "https://www.ncbi.nlm.nih.gov/pubmed/{}",
    "hdl": "https://hdl.handle.net/{}",
    "handle": "https://hdl.handle.net/{}",
    "googlebooks": "https://books.google.com?id={}",
}
_ARXIV: Final = re.compile(
    r"(?:arxiv:)?(?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?",
    re.IGNORECASE,
)


def is_arxiv(eprint: str, scheme: str) -> bool:
    """Whether it is an arXiv id: by the scheme, or by its shape where there is none."""
    if scheme:
        return scheme.lower() == "arxiv"
    return _ARXIV.fullmatch(eprint) is not None


def eprint_url(eprint: str, scheme: str) -> str | None:
    """The address of an eprint, or None where the archive is not known.

    >>> eprint_url("1008.2849v1", "arXiv")
    'https://arxiv.org/abs/1008.2849v1'
    """
    if is_arxiv(eprint, scheme):
        scheme, eprint = "arxiv", re.sub("^arxiv:", "", eprint, flags=re.IGNORECASE)
    address = _ADDRESSES.get(scheme.lower())
    return address.format(eprint) if address else None
