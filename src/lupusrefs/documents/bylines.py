"""The names above a document: persons in reading order, joined as people join them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.formats.bibtex.parse_names import parse_names
from lupusrefs.model.names import Name

# "&" for "and", and the comma of a list before "and".
_AND: Final = re.compile(r" ?,? ?\\?& ?| ?, ?(?=and )")
# Numbers and signs of affiliations and footnotes, directly behind a name.
_MARK: Final = re.compile(r"(?<=[^\W\d_]) ?[\d*†‡§¶]+(?:, ?[\d*†‡§¶]+)*+(?=,| |\Z)")
_FULL_NAME: Final = re.compile(r"(?:and )?\S+ \S")
_MAX_BYLINE: Final = 100_000  # characters


def names_of_byline(text: str) -> Iterator[Name]:
    """The persons that a byline names; commas part names, not parts of a name.

    >>> [str(name) for name in names_of_byline("Jane Doe1,2, J. Roe3 & M. Poe*")]
    ['Jane Doe', 'J. Roe', 'M. Poe']
    """
    if len(text) > _MAX_BYLINE:
        return
    line = _MARK.sub("", " ".join(text.split()))
    line = _AND.sub(" and ", line).strip(" ,;*")
    parts = [part.strip() for part in line.split(",")]
    if len(parts) > 1 and all(map(_FULL_NAME.match, parts)):
        line = " and ".join(part.removeprefix("and ") for part in parts)
    if line:
        yield from parse_names(line)
