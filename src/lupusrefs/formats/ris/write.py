"""Items -> a RIS file.

Source: "RIS Format Specifications" of EndNote (2011) for which field means what in
which type, of Reference Manager (2001) for the form of names and dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lupusrefs.formats.endnote.types import kind_of
from lupusrefs.formats.endnote.write import PROSE, item_fields, kept_fields, lines
from lupusrefs.formats.ris.read import FAMILY
from lupusrefs.formats.ris.tags import ID, WRITTEN
from lupusrefs.model.item import Item
from lupusrefs.model.key_syntax import is_usable
from lupusrefs.model.keys import citation_keys

_TAG: Final = re.compile(r"[A-Z][A-Z0-9]")
# A line of prose that a reader might take for a tag.
_LIKE_TAG: Final = re.compile(
    r"\ufeff?[A-Za-z][A-Za-z0-9](?:[ \t\u00a0]*[-\u2010-\u2014\u2212]|\s*$)"
)
_USER_IDS: Final = {"pmid": "[pmid]", "pmcid": "[pmcid]"}


def dump(items: Iterable[Item]) -> str:
    """A RIS file of the items, in their order.

    Rich text keeps its tags, which RIS has no others for. No items give an empty file.
    """
    items = list(items)
    keys = citation_keys(items)
    return "\n".join(_record(*pair) for pair in zip(items, keys, strict=True))


def _record(item: Item, key: str) -> str:
    kind, kind_text = kind_of(item, FAMILY)
    tags = {slot: tag for tag, slot in WRITTEN}
    fields: list[tuple[str, str]] = []
    for slot, text in item_fields(item, kind, tags):
        whole = "\n".join(lines(text)) if slot in PROSE else " ".join(lines(text))
        fields.append((tags[slot], whole + _USER_IDS.get(slot, "")))
    kept = [
        one
        for one in kept_fields(item, FAMILY)
        if _TAG.fullmatch(one[0]) and one not in fields
    ]
    ids = [text for tag, text in kept if tag == ID]
    # The first ID that can be a key is it; one that cannot needs no key beside it.
    if not ids:
        kept.append((ID, key))
    elif any(map(is_usable, ids)):
        kept.insert(0, (ID, key))
    written = [("TY", kind_text or kind.code), *fields, *kept, ("ER", "")]
    return "".join(_field(*one) for one in written)


def _field(tag: str, text: str) -> str:
    first, *rest = lines(text) or [""]
    more = (f" {line}" if _LIKE_TAG.match(line) else line for line in rest)
    return "\n".join((f"{tag}  - {first}", *more, ""))
