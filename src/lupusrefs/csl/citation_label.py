"""``citation-label``: a short label of an item, where it has none of its own.

Source: CSL 1.0.2 specification, appendix IV ("citation-label"); the letters and digits
are those of citeproc-js: ``Doe65``, ``RoNo78``, ``AaBbCc``-like for more authors.
"""

from __future__ import annotations

from typing import Final

from lupusrefs.csl.item import Item

# How many letters of each author's family name, by the number of authors.
_LETTERS: Final = ((4,), (2, 2), (2, 1, 1), (1, 1, 1, 1))
_CENTURY: Final = 100


def citation_label(item: Item) -> str:
    """The label of an item; empty if it has neither names nor a date."""
    if label := item.fields.get("citation-label"):
        return label
    persons = next(
        (item.names[kind] for kind in ("author", "editor") if kind in item.names), ()
    )
    letters = _LETTERS[min(len(persons), len(_LETTERS)) - 1] if persons else ()
    label = "".join(
        (person.family or person.literal).replace(" ", "")[:count]
        for person, count in zip(persons, letters, strict=False)
    )
    issued = item.dates.get("issued")
    if issued is not None and issued.start is not None:
        label += f"{issued.start.year % _CENTURY:02d}"
    return label
