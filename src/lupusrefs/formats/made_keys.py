"""Keys for references whose file has none: made from what they are."""

from __future__ import annotations

from collections.abc import Sequence

from lupusrefs.model.keys import citation_keys
from lupusrefs.model.reference import Reference


def with_made_keys(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The same references, each with an id; the same file always gets the same ids."""
    keys = citation_keys(references)
    return tuple(
        reference.model_copy(update={"id": key})
        for reference, key in zip(references, keys, strict=True)
    )
