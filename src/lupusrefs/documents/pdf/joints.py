"""Addresses that the end of a line breaks where no address can end.

Where one may end so, the line break stays:
:func:`lupusrefs.model.doi_text.find_dois` weighs whether a DOI goes on behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# What a line ends with, and what the next one then begins with.
_BROKEN: Final = tuple(
    (re.compile(rf"{end}\Z", re.IGNORECASE), re.compile(following, re.IGNORECASE))
    for end, following in (
        (r"\bhttps?:", r"//\S"),
        (r"\bhttps?:/", r"/\S"),
        (r"\bhttps?://(?:www\.|dx\.)?", r"[a-z0-9-]+\.\S"),
        (r"\bdoi\.org/", r"10\.\d{4,9}/"),
        (r"\b(?:doi\.org/|doi:\s?)10", r"\.\d{4,9}/"),
        (r"\b(?:doi\.org/|doi:\s?)10\.", r"\d{4,9}/"),
        (r"\b(?:doi\.org/|doi:\s?)10\.\d{1,8}", r"\d{1,8}/\S"),
        (r"\b(?:doi\.org/|doi:\s?)10\.\d{4,9}", r"/\S"),
        # No sentence, and no list, begins with a hyphen that a letter follows at once.
        (r"(?:doi\.org/|doi:\s?)10\.\d{4,9}/\S{1,200}", r"-\w"),
    )
)
_LONGEST: Final = 256


@dataclass(frozen=True, slots=True)
class Joint:
    """How a line and the next one are joined.

    Attributes:
        kept: so many characters of the line stay.
        taken: so many of the next one follow.
    """

    kept: int
    taken: int


def address_joint(line: str, following: str) -> Joint | None:
    """How two lines are joined in the middle of an address, if they are."""
    end = line[-_LONGEST:]
    for broken, rest in _BROKEN:
        if rest.match(following) and broken.search(end):
            return Joint(len(line), len(following.split(maxsplit=1)[0]))
    return None
