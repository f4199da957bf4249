"""Citation keys of records, many of which have none."""

from __future__ import annotations

from collections.abc import Sequence

from lupusrefs.formats.text import Diagnostics
from lupusrefs.model.keys import citation_keys
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Reference


def keyed(
    references: Sequence[Reference], diagnostics: Diagnostics
) -> tuple[Reference, ...]:
    """The references, those without an id with a made one.

    An id that stands twice is told; both references keep it.
    """
    made = citation_keys(references)
    first: dict[str, Reference] = {}
    for reference in references:
        if reference.id and first.setdefault(reference.id, reference) is not reference:
            _tell(reference, first[reference.id], diagnostics)
    return tuple(
        reference if reference.id else reference.model_copy(update={"id": key})
        for reference, key in zip(references, made, strict=True)
    )


def _tell(reference: Reference, first: Reference, diagnostics: Diagnostics) -> None:
    line = first.places["id"].line
    diagnostics.error(
        f"the id `{reference.id}` stands twice; the first is in line {line}",
        reference.places["id"].span or Span(0, 0),
        "give one of them another id",
    )
