"""The identifiers that a document mentions: in its text, and behind its links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lupusrefs.documents.document import Document, Link
from lupusrefs.model.identifier_text import (
    IdentifierKind,
    find_identifiers,
    identity,
)
from lupusrefs.model.location import Location


@dataclass(frozen=True, slots=True)
class Mention:
    """An identifier that a document mentions.

    Attributes:
        kind: of which kind it is.
        value: the identifier in its usual form.
        text: as the document has it.
        location: where it stands.
        candidates: of a DOI, the names to try, the likeliest first: in prose nobody
            knows for sure where one ends.
    """

    kind: IdentifierKind
    value: str
    text: str
    location: Location
    candidates: tuple[str, ...] = ()


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """Every identifier of a document, in the order of the text, then of the links.

    One that is both shown and linked is there once; so is one that a line repeats.
    """
    links = [*document.links, *(link for one in document.listed for link in one.links)]
    seen: set[tuple[object, ...]] = set()
    found: list[Mention] = []
    for key, mention in (*_of_text(document), *_of_links(links)):
        place = mention.location
        where = (key, place.file, place.page, place.line)
        if where not in seen:
            seen.add(where)
            found.append(mention)
    return tuple(found)


def _of_text(document: Document) -> Iterator[tuple[tuple[str, str], Mention]]:
    placed = document.text
    for one in find_identifiers(placed.text):
        yield (
            identity(one),
            Mention(
                one.kind,
                one.value,
                placed.text[one.start : one.end],
                placed.location(one.start, one.end),
                one.candidates,
            ),
        )


def _of_links(links: list[Link]) -> Iterator[tuple[tuple[str, str], Mention]]:
    for link in links:
        for one in find_identifiers(link.target):
            yield (
                identity(one),
                Mention(
                    one.kind,
                    one.value,
                    link.target[one.start : one.end],
                    link.location,
                    one.candidates,
                ),
            )
