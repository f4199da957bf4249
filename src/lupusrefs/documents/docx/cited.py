"""The works that citation programs have put into a document, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lupusrefs.documents.description import described
from lupusrefs.documents.document import Citation, Listed
from lupusrefs.model.item import Item
from lupusrefs.model.location import Diagnostic, Location
from lupusrefs.model.reference import Reference


@dataclass(slots=True)
class CitedWorks:
    """Works in the order of their first citation, and the citations.

    A work is known again by an identity, such as its URI in a library: the same key
    may mean different works to different authors of a document.

    Attributes:
        whole: the document, for works that are not cited in it.
        listed: the works, in the order of their first citation.
        citations: of them.
    """

    whole: Location
    listed: list[Listed] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    _keys: dict[str, str] = field(default_factory=dict)
    _same_key: dict[str, int] = field(default_factory=dict)
    _told: dict[str, Diagnostic] = field(default_factory=dict)

    def cite(self, identity: str, place: Location) -> bool:
        """Another citation of a work; False where the work is not known yet."""
        key = self._keys.get(identity)
        if key is not None:
            self.citations.append(Citation(key, place))
        return key is not None

    def add(self, identity: str, work: Reference, place: Location) -> None:
        """The first citation of a work, whose ``id`` is the key that is wanted."""
        key = self.take(identity, work.id)
        # It stands in a field, of whose text nobody has lines.
        update = {"id": key, "location": place, "places": {}}
        self.listed.append(
            Listed(described(work), place, key, work.model_copy(update=update))
        )
        self.citations.append(Citation(key, place))

    def take(self, identity: str, wanted: str) -> str:
        """A key for a work: the one that is wanted, where no other work has it."""
        number = self._same_key.get(wanted, 0) + 1
        self._same_key[wanted] = number
        key = wanted if number == 1 else f"{wanted}-{number}"
        while number > 1 and key in self._same_key:
            number += 1
            key = f"{wanted}-{number}"
        self._same_key.setdefault(key, 1)
        self._keys[identity] = key
        return key

    def cite_sources(
        self, sources: Sequence[Item], tags: Sequence[tuple[str, Location]]
    ) -> None:
        """Add Word's own sources, cited or not, and the citations of their tags.

        Args:
            sources: with their tags as ids.
            tags: those that are cited, and where.
        """
        first = dict(reversed(tags))
        keys: dict[str, str] = {}
        for item in sources:
            place = first.get(item.id, self.whole)
            key = keys[item.id] = self.take(f"tag {item.id}", item.id)
            self.listed.append(
                Listed(described(item), place, key, item.model_copy(update={"id": key}))
            )
        self.citations += [Citation(keys.get(tag, tag), place) for tag, place in tags]

    def tell(self, found: Diagnostic, place: Location) -> None:
        """Something is wrong in a citation; the same thing is told once."""
        message = found.message.partition(" (also in line")[0]
        told = replace(found, message=f"in a citation: {message}", location=place)
        self._told.setdefault(message, told)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was wrong."""
        return list(self._told.values())
