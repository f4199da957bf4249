"""Typst: citations, libraries, addresses, the document itself, in all of its files.

Source: the Typst reference (typst.app/docs/reference), ``cite``, ``ref``,
``bibliography``, ``include``, ``document``; "Paths": a path is one from the file in
which it stands, and begins with a slash where it is one from the root of the project.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
    Link,
    NamedLibrary,
)
from lupusrefs.documents.light_markup import add_without
from lupusrefs.documents.placed_text import TextBuilder
from lupusrefs.documents.typst_calls import Found, Kind, Scan
from lupusrefs.documents.typst_scanner import scan
from lupusrefs.formats.endnote.names import parse_name
from lupusrefs.formats.text import SourceText
from lupusrefs.model.item import Item
from lupusrefs.model.location import Diagnostic, Location, Severity, Span

_DEEPEST: Final = 15
_MOST_FILES: Final = 500
_MOST_CHARACTERS: Final = 50_000_000


def read(file: DocumentFile) -> Document:
    """A Typst file, with the files that it includes."""
    reading = _Reading(file)
    reading.add(file.source, "", (_normal(posixpath.basename(file.file)),))
    citations = [
        Citation(one.key, one.location)
        for one in reading.cited
        if one.is_certain or one.key not in reading.labels
    ]
    return Document(
        file.file,
        DocumentKind.TYPST,
        reading.text.build(),
        _work(reading.about),
        tuple(reading.links),
        (),
        tuple(citations),
        tuple(reading.libraries),
        tuple(reading.diagnostics),
    )


@dataclass(frozen=True, slots=True)
class _Cited:
    """A key, and whether it is one of a work whatever labels there are."""

    key: str
    location: Location
    is_certain: bool


@dataclass(slots=True)
class _Reading:
    """One reading of a document, file after file.

    Attributes:
        main: its main file, from which all others are found.
    """

    main: DocumentFile
    text: TextBuilder = field(default_factory=TextBuilder)
    cited: list[_Cited] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    libraries: list[NamedLibrary] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    about: list[Scan] = field(default_factory=list)
    _files: int = 0
    _characters: int = 0

    def add(self, source: SourceText, folder: str, stack: tuple[str, ...]) -> None:
        """Read a file.

        Args:
            source: the file.
            folder: in which it is, from the main file's.
            stack: the files that include it, and itself.
        """
        self.diagnostics += source.diagnostics
        scanned = scan(source.text)
        self.labels |= scanned.labels
        self.about.append(scanned)
        done = 0
        for one in scanned.found:
            place = source.location(one.span.start, one.span.end)
            if one.kind is not Kind.INCLUDE:
                self._keep(one, place, folder)
                continue
            part = Span(done, one.span.start)
            add_without(self.text, source, scanned.unseen, part)
            done = one.span.end
            path = self._found(_joined(folder, one.value), one.value)
            self._include(path, place, stack)
        end = Span(done, len(source.text))
        add_without(self.text, source, scanned.unseen, end)

    def _keep(self, one: Found, place: Location, folder: str) -> None:
        match one.kind:
            case Kind.CITATION | Kind.REFERENCE:
                is_certain = one.kind is Kind.CITATION
                self.cited.append(_Cited(one.value, place, is_certain))
            case Kind.LINK:
                self.links.append(Link(one.value, place, one.text))
            case _:
                path = self._found(_joined(folder, one.value), one.value)
                self.libraries.append(NamedLibrary(path, place))

    def _found(self, path: str, written: str) -> str:
        """The path by which a file is found; one from the project's root may be longer.

        Nobody knows the root: it is the main file's folder, or one above it.
        """
        candidate = path
        while written.startswith("/"):
            if self.main.beside(candidate) is not None:
                return candidate
            _, slash, candidate = candidate.partition("/")
            if not slash:
                break
        return path

    def _include(self, path: str, place: Location, stack: tuple[str, ...]) -> None:
        if path in stack:
            self._warn(f"`{path}` includes itself", place, "take it out here")
            return
        if len(stack) > _DEEPEST or self._files >= _MOST_FILES:
            message = "too many files are included; this one is left"
            self._warn(message, place, "name that file itself")
            return
        self._files += 1
        found = self.main.beside(path)
        if found is None:
            hint = "what it cites is not known; put it there, or correct its name"
            self._warn(f"there is no file `{path}`", place, hint)
            return
        self._characters += len(found.source.text)
        if self._characters > _MOST_CHARACTERS:
            message = "the included files are too much text; this one is left"
            self._warn(message, place, "name that file itself")
            return
        self.text.gap()
        self.add(found.source, posixpath.dirname(path), (*stack, path))
        self.text.gap()

    def _warn(self, message: str, place: Location, hint: str) -> None:
        self.diagnostics.append(Diagnostic(message, place, hint, Severity.WARNING))


def _normal(path: str) -> str:
    return posixpath.normpath(path)


def _joined(folder: str, path: str) -> str:
    """A path from the main file's folder, which is taken for the project's root."""
    if path.startswith("/"):
        return _normal(path.lstrip("/"))
    return _normal(posixpath.join(folder, path))


def _work(scans: list[Scan]) -> Item | None:
    """What the document says of itself."""
    title = next((one.title for one in scans if one.title), "")
    if not title:
        return None
    authors = next((one.authors for one in scans if one.authors), [])
    names = (parse_name(name, reading_order=True) for name in dict.fromkeys(authors))
    return Item(id="", title=title, author=tuple(name for name in names if name))
