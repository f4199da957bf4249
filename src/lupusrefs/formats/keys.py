"""Citation keys of records, many of which have none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from lupusrefs.formats.text import Diagnostics
from lupusrefs.model.keys import CitationKeys
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Reference


def keyed(
    references: Sequence[Reference], diagnostics: Diagnostics
) -> tuple[Reference, ...]:
    """The references, those without an id with a made one.

    An id that stands twice is told; both references keep it.
    """
    own = [one.id for one in references if one.id]
    return tuple(key_each(references, diagnostics, lambda: own))


def key_each(
    references: Iterable[Reference],
    diagnostics: Diagnostics,
    own: Callable[[], Iterable[str]] = tuple,
) -> Iterator[Reference]:
    """The same, one by one.

    Args:
        references: in the order of the file.
        diagnostics: told of ids that stand twice.
        own: gives the ids of all of them that have one; only asked where a key has to
            be made, which must be none of them.
    """
    made = CitationKeys(own)
    first_line: dict[str, int] = {}
    for reference in references:
        key = made.key(reference)
        if not reference.id:
            yield reference.model_copy(update={"id": key})
            continue
        place = reference.places["id"]
        line = first_line.get(reference.id)
        if line is None:
            first_line[reference.id] = place.line
        else:
            diagnostics.error(
                f"the id `{reference.id}` stands twice; the first is in line {line}",
                place.span or Span(0, 0),
                "give one of them another id",
            )
        yield reference
