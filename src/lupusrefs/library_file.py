"""A library on disk that references are added to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from lupusrefs.errors import InputError, InvalidDoi
from lupusrefs.files import write_unless_changed
from lupusrefs.formats.append import append_items, check_appendable, keys_beside
from lupusrefs.formats.catalogue import FORMATS, recognise
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText, decode
from lupusrefs.input_files import read_text
from lupusrefs.model.doi import Doi
from lupusrefs.model.edit import Edit, unified_diff
from lupusrefs.model.item import Item
from lupusrefs.model.keys import KeyStyle
from lupusrefs.model.location import Location
from lupusrefs.model.reference import Reference


@dataclass(frozen=True, slots=True)
class Addition:
    """What would be added to a file.

    Attributes:
        items: with the keys that they get.
        edits: what changes in the file; nothing where nothing is new.
    """

    items: tuple[Item, ...] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A file of references as it is on disk.

    Attributes:
        path: the file.
        source: its text; empty where it is new.
        name: its format.
        references: what is in it.
        is_new: whether there is no such file yet.
    """

    path: Path
    source: SourceText
    name: FormatName
    references: tuple[Reference, ...]
    is_new: bool = False

    @classmethod
    def open(cls, path: Path, max_bytes: int) -> Self:
        """Read the file, or begin a new one.

        Raises:
            InputError: it cannot be read, or not so far that it is safe to write to.
        """
        is_new = not path.exists()
        if is_new:
            source = SourceText(str(path), "")
        else:
            source = read_text(str(path), max_bytes)
        name = recognise(str(path), source.text)
        loaded = _loaded(source, name)
        check_appendable(source, name, loaded)
        return cls(path, source, name, loaded.references, is_new)

    def append(self, items: Sequence[Item]) -> list[Item]:
        """Write the items that are not there yet; returns them with their keys.

        Raises:
            InputError: the file cannot be appended to or not be written, or is not
                any more what was read.
        """
        addition = self.addition(items)
        self.write(addition)
        return list(addition.items)

    def addition(self, items: Sequence[Item]) -> Addition:
        """The items that are not there yet, with keys, and the edit that adds them.

        Raises:
            InputError: the file cannot be appended to, or would not read as what it
                was and the addition.
        """
        known = self._identities()
        new: dict[str, Item] = {}
        for item in items:
            if (identity := _identity(item)) not in known:
                new.setdefault(identity, item)
        if not new:
            return Addition()
        taken = {reference.id for reference in self.references}
        taken |= keys_beside(self.source, self.name)
        keys = KeyStyle.of(self.references).keys(list(new.values()), taken)
        keyed = tuple(
            item.model_copy(update={"id": key})
            for item, key in zip(new.values(), keys, strict=True)
        )
        edit = append_items(self.source, self.name, keyed, self.references)
        addition = Addition(keyed, (edit,))
        self._check_readable(addition)
        return addition

    def diff(self, addition: Addition) -> str:
        """An addition as a unified diff, to be read; nothing where nothing is new."""
        return unified_diff(
            _shown(self.path), self.source.text, addition.edits, is_new=self.is_new
        )

    def patch(self, addition: Addition) -> bytes:
        """The same in the bytes of the file, for ``git apply`` and ``patch -p1``.

        Raises:
            InputError: the file's encoding has no such character.
        """
        return self.source.patch(_shown(self.path), addition.edits, is_new=self.is_new)

    def write(self, addition: Addition) -> None:
        """Make an addition to the file on disk.

        Raises:
            InputError: it cannot be written, or is not any more what was read.
        """
        if addition.edits:
            before = None if self.is_new else self.source.data
            data = self.source.edited(addition.edits)
            write_unless_changed(self.path, before, data, "nothing was added")

    def present(self, items: Sequence[Item]) -> list[Item]:
        """The items that the file already had when it was opened."""
        known = self._identities()
        return [item for item in items if _identity(item) in known]

    def _identities(self) -> set[str]:
        return {_identity(reference) for reference in self.references}

    def _check_readable(self, addition: Addition) -> None:
        """Read what is to be written: nobody may lose a reference by an addition."""
        data = self.source.edited(addition.edits)
        loaded = _loaded(decode(data, str(self.path)), self.name)
        before, after = _contents(self.references), _contents(loaded.references)
        lost = (before - after).total()
        if lost or after.total() - before.total() != len(addition.items):
            raise InputError(
                "the new entries would not be read back from here; nothing was added",
                location=Location.of_file(str(self.path)),
                hint="mend what is wrong at the end of the file first",
            )


def _shown(path: Path) -> str:
    """The path from the current folder, if it is below it."""
    whole = path.absolute()
    here = Path.cwd()
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)


def _loaded(source: SourceText, name: FormatName) -> Loaded:
    """What is in the file; a file of blanks is no error, as yet."""
    if not source.text.strip() and not source.diagnostics:
        return Loaded()
    return FORMATS[name].load(source)


def _contents(references: Sequence[Reference]) -> Counter[tuple[str | None, ...]]:
    """What the references are about; made keys may change, and so do not count."""
    return Counter((one.type, one.title, one.doi, one.pmid) for one in references)


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
