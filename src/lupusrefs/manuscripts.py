"""The works that a document cites: of its own list, and of the libraries it names."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lupusrefs.documents.document import Document, DocumentKind, NamedLibrary
from lupusrefs.errors import InputError
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.input_files import STDIN, Manuscript, SourceFile, open_file
from lupusrefs.model.location import Diagnostic, Location, Severity
from lupusrefs.model.reference import Reference

if TYPE_CHECKING:
    from lupusrefs.documents.citations import Bibliography, Entry
    from lupusrefs.documents.scan import Scan
    from lupusrefs.findings import Finding


@dataclass(slots=True)
class Manuscripts:
    """The documents of a run.

    Attributes:
        files: in which references stand that no edit can mend; each is there before
            the first of its references comes.
        bibliographies: document -> its citations, and the entries that it has; there
            when its last reference has come.
    """

    files: set[str] = field(default_factory=set)
    bibliographies: dict[str, Bibliography] = field(default_factory=dict)

    def hold(self, reference: Reference) -> bool:
        """Whether a reference stands in one of the documents."""
        location = reference.location
        return location is not None and location.file in self.files

    def add(self, others: Manuscripts) -> None:
        """Take over the documents of other inputs."""
        self.files |= others.files
        self.bibliographies |= others.bibliographies

    @property
    def findings(self) -> Iterator[Finding]:
        """Cited keys without an entry, and entries that are never cited."""
        for one in self.bibliographies.values():
            yield from one.findings


class CitedWorks:
    """The references of one document, of which one at a time is in memory.

    Args:
        manuscript: the document.
        named: the real paths of what the user named: a library among them is read in
            full by itself, and looked at here for its keys alone.
        files: takes every library that is read here, before its first reference.
        known: takes the document.
        max_bytes: the size of the largest library that is read.

    Attributes:
        diagnostics: what is wrong with the document and its libraries, so far.
    """

    def __init__(
        self,
        manuscript: Manuscript,
        named: Collection[str],
        files: dict[str, SourceFile],
        known: Manuscripts,
        max_bytes: int,
    ) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._manuscript = manuscript
        self._named = named
        self._files = files
        self._known = known
        self._max_bytes = max_bytes
        self._entries: list[Entry] = []
        self._is_whole = True

    def __iter__(self) -> Iterator[Reference]:
        """Each reference once; of a library those that the text cites.

        Raises:
            InputError: the document cannot be read.
            MissingPackage: its format needs a package that is not installed.
        """
        # Here, because few inputs are documents.
        from lupusrefs.documents.citations import Bibliography  # noqa: PLC0415
        from lupusrefs.scanner import scan  # noqa: PLC0415

        found = scan(self._manuscript.file, self._manuscript.kind)
        document = found.document
        self.diagnostics += document.diagnostics
        read = 0
        for library in document.libraries:
            file = self._opened(library)
            if file is not None:
                read += 1
                yield from self._cited(document, file)
        yield from self._listed(found, has_library=read > 0)
        self._known.bibliographies[document.file] = Bibliography(
            document, tuple(self._entries), self._is_whole
        )

    def _opened(self, library: NamedLibrary) -> SourceFile | None:
        """The file of a library; None where it cannot be read, which is told."""
        document = self._manuscript.file.file
        folder = Path() if document == STDIN else Path(document).parent
        path = str(folder / library.path)
        try:
            return open_file(path, max_bytes=self._max_bytes)
        except InputError as error:
            self._is_whole = False
            message = f"the library {library.path} cannot be read: {error}"
            self.diagnostics.append(
                Diagnostic(message, library.location, "check the path", Severity.ERROR)
            )
            return None

    def _cited(self, document: Document, file: SourceFile) -> Iterator[Reference]:
        """The entries of a library that the text cites; all where it picks none."""
        from lupusrefs.documents.citations import Entry, cites_some  # noqa: PLC0415

        path = file.source.file
        is_named = os.path.realpath(path) in self._named
        picks = cites_some(document)
        cited = {one.key for one in document.citations}
        if not is_named:
            self._files[path] = file
        reading = FORMATS[file.name].read(file.source)
        for one in reading:
            place = one.location or Location.of_file(path)
            self._entries.append(Entry(one.id, place))
            if not is_named and (not picks or one.id in cited):
                yield one
        if not is_named:
            self.diagnostics += reading.diagnostics

    def _listed(self, found: Scan, *, has_library: bool) -> Iterator[Reference]:
        """The document's own list.

        A ``.bbl`` is what BibTeX made of the library: with that at hand it is no
        second source.
        """
        from lupusrefs.documents.citations import Entry  # noqa: PLC0415 - as above

        keys = {one.key for one in found.document.listed}
        for one in (scanned.reference for scanned in found.references):
            place = one.location or Location.of_file(found.file)
            made = found.document.kind is DocumentKind.LATEX and place.file.endswith(
                ".bbl"
            )
            if made and has_library:
                continue
            if one.id in keys:
                self._entries.append(Entry(one.id, place))
            self._known.files.add(place.file)
            yield one
