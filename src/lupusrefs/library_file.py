"""A library on disk that references are added to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from lupusrefs.errors import InputError, InvalidDoi
from lupusrefs.formats.append import NOTHING_ADDED, append_items
from lupusrefs.formats.catalogue import FORMATS, recognise
from lupusrefs.formats.loaded import refuse_errors
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText
from lupusrefs.model.doi import Doi
from lupusrefs.model.edit import apply_edits
from lupusrefs.model.item import Item
from lupusrefs.model.keys import KeyStyle
from lupusrefs.model.location import Location
from lupusrefs.model.reference import Reference
from lupusrefs.sources import read_text, write_atomically


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A file of references as it is on disk.

    Attributes:
        path: the file.
        source: its text; empty where it is new.
        name: its format.
        references: what is in it.
    """

    path: Path
    source: SourceText
    name: FormatName
    references: tuple[Reference, ...]

    @classmethod
    def open(cls, path: Path, max_bytes: int) -> Self:
        """Read the file, or begin a new one.

        Raises:
            InputError: it cannot be read in full: what is not understood must not
                be written to.
        """
        if path.exists():
            source = read_text(str(path), max_bytes)
        else:
            source = SourceText(str(path), "")
        name = recognise(str(path), source.text)
        load = FORMATS[name].load
        loaded = load(source) if load and source.text.strip() else None
        refuse_errors(loaded.diagnostics if loaded else (), NOTHING_ADDED)
        return cls(path, source, name, loaded.references if loaded else ())

    def append(self, items: Sequence[Item]) -> list[Item]:
        """Write the items that are not there yet; returns them with their keys.

        Raises:
            InputError: the file cannot be appended to or not be written, or is not
                any more what was read.
        """
        known = self._identities()
        new: dict[str, Item] = {}
        for item in items:
            if (identity := _identity(item)) not in known:
                new.setdefault(identity, item)
        if not new:
            return []
        taken = {reference.id for reference in self.references}
        keys = KeyStyle.of(self.references).keys(list(new.values()), taken)
        keyed = [
            item.model_copy(update={"id": key})
            for item, key in zip(new.values(), keys, strict=True)
        ]
        edit = append_items(self.source, self.name, keyed)
        self._check_unchanged()
        text = apply_edits(self.source.text, [edit])
        write_atomically(self.path, self.source.encode(text))
        return keyed

    def present(self, items: Sequence[Item]) -> list[Item]:
        """The items that the file already had when it was opened."""
        known = self._identities()
        return [item for item in items if _identity(item) in known]

    def _identities(self) -> set[str]:
        return {_identity(reference) for reference in self.references}

    def _check_unchanged(self) -> None:
        """Refuse to overwrite what somebody wrote while the registries were asked."""
        try:
            now = self.path.read_bytes() if self.path.exists() else b""
        except OSError:
            now = None
        if now != self.source.encode(self.source.text):
            raise InputError(
                "the file was changed in the meantime; nothing was added",
                location=Location.of_file(str(self.path)),
                hint="run the command again",
            )


def _identity(item: Item) -> str:
    """What makes two items the same work: DOI, PMCID or PMID, else the key."""
    if item.doi:
        try:
            return f"doi:{Doi.parse(item.doi).key}"
        except InvalidDoi:
            pass
    for kind, number in (("pmcid", item.pmcid), ("pmid", item.pmid)):
        if number:
            return f"{kind}:{number.strip().upper()}"
    return f"id:{item.id}"
