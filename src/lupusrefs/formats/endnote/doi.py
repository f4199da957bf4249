"""The DOI of a record that has it in another field than its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from lupusrefs.formats.endnote.field import SlotField
from lupusrefs.model.doi_text import DoiMention, find_dois

# What may stand around a DOI that is all a field says.
_LABEL: Final = re.compile(
    r"[\s<(\[]*(?:(?:https?://)?(?:dx\.)?doi(?:\.org/|:|\s|$)|info:doi/)?[\s:>)\].;,]*",
    re.IGNORECASE,
)
_LINKS: Final = frozenset(("url", "link"))
_LONGEST: Final = 2000  # characters of a field that is searched


def find_doi(fields: Iterable[SlotField]) -> tuple[str, SlotField] | None:
    """The first DOI in fields that speak of the work itself.

    A link may have anything around the DOI, as long as there is one only; any other
    field must say nothing but the DOI, since notes name other works.
    """
    for one in fields:
        if len(one.text) > _LONGEST:
            continue
        mentions = find_dois(one.text)
        if len({mention.doi.key for mention in mentions}) != 1:
            continue
        if one.slot in _LINKS or _is_alone(one.text, mentions):
            return mentions[0].doi.name, one
    return None


def doi_key(text: str) -> str:
    """What two spellings of a DOI have in common, to be compared."""
    mentions = find_dois(text[:_LONGEST])
    return mentions[0].doi.key if len(mentions) == 1 else text.casefold()


def says_doi(text: str, key: str) -> bool:
    """Whether a text says nothing but the DOI of this key."""
    # Most texts are not even looked at.
    if len(text) > _LONGEST or key not in text.casefold():
        return False
    mentions = find_dois(text)
    return _is_alone(text, mentions) and mentions[0].doi.key == key


def is_doi_only(text: str) -> bool:
    """Whether a text says nothing but one DOI (``endnote_xml`` asks, too)."""
    return len(text) <= _LONGEST and _is_alone(text, find_dois(text))


def _is_alone(text: str, mentions: Sequence[DoiMention]) -> bool:
    """Whether a text is a DOI, perhaps with a label or as a link, and nothing else."""
    if len(mentions) != 1:
        return False
    before, behind = text[: mentions[0].start], text[mentions[0].end :]
    return _LABEL.fullmatch(before) is not None and _LABEL.fullmatch(behind) is not None
