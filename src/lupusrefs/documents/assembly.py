"""A document of several files: each is read by itself, and stands where it is included.

Paths are from the file in which they stand; one that begins with a slash is from the
root of the project, which nobody knows: the main file's folder, or one above it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
    Link,
    Listed,
    NamedLibrary,
)
from lupusrefs.documents.light_markup import add_without, between, merged
from lupusrefs.documents.placed_text import TextBuilder
from lupusrefs.formats.text import SourceText
from lupusrefs.model.item import Item
from lupusrefs.model.location import Diagnostic, Location, Severity, Span

_DEEPEST: Final = 15
_MOST_FILES: Final = 500
_MOST_CHARACTERS: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is cited, perhaps: what looks like it may be a cross reference.

    Attributes:
        key: the key.
        location: where it stands.
        is_sure: whether it is one of a work, whatever else there is in the document.
    """

    key: str
    location: Location
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Inclusion:
    """A file that is named to be part of the document.

    Attributes:
        path: as written.
        location: where its name stands.
        part: what stands for it in the text: all of the line, or its name.
        is_optional: whether it need not be there.
    """

    path: str
    location: Location
    part: Span
    is_optional: bool = False


@dataclass(slots=True)
class Part:
    """What is in one file, each list in its order, every place with a span.

    Attributes:
        unseen: what no reader sees.
        keys: that are cited.
        links: where it points to, those of ``listed`` too.
        listed: the entries of its reference list.
        libraries: that it names.
        inclusions: the files that are part of it.
    """

    unseen: list[Span] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    libraries: list[NamedLibrary] = field(default_factory=list)
    inclusions: list[Inclusion] = field(default_factory=list)


@dataclass(slots=True)
class Assembly:
    """The parts of a document, in reading order.

    Attributes:
        main: its main file, from whose folder all others are found.
        read: reads one file.
    """

    main: DocumentFile
    read: Callable[[SourceText], Part]
    text: TextBuilder = field(default_factory=TextBuilder)
    keys: list[Key] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    libraries: list[NamedLibrary] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _files: int = 0
    _characters: int = 0

    def assemble(self) -> None:
        """Read the document."""
        own = posixpath.normpath(posixpath.basename(self.main.file) or ".")
        self._add(self.main.source, "", (own,))

    @property
    def other_links(self) -> Iterator[Link]:
        """The links outside the reference list."""
        inside = {link for one in self.listed for link in one.links}
        return (link for link in self.links if link not in inside)

    def document(
        self, kind: DocumentKind, work: Item | None, citations: Iterable[Citation]
    ) -> Document:
        """The document that the parts are.

        Args:
            kind: its format.
            work: what it says of itself.
            citations: those of the keys that are cited.
        """
        return Document(
            self.main.file,
            kind,
            self.text.build(),
            work,
            tuple(self.other_links),
            tuple(self.listed),
            tuple(citations),
            tuple(self.libraries),
            tuple(self.diagnostics),
        )

    def _add(self, source: SourceText, folder: str, stack: tuple[str, ...]) -> None:
        """Add a file, and what it includes.

        Args:
            source: the file.
            folder: in which it is, from the main file's.
            stack: the files that include it, and itself.
        """
        self.diagnostics += source.diagnostics
        part = self.read(source)
        part.unseen = merged(part.unseen)
        done = 0
        for one in part.inclusions:
            self._take(part, source, Span(done, one.part.start), folder)
            done = one.part.end
            self._include(one, folder, stack)
        self._take(part, source, Span(done, len(source.text) + 1), folder)

    def _take(self, part: Part, source: SourceText, span: Span, folder: str) -> None:
        """Add what stands between two inclusions."""
        add_without(self.text, source, part.unseen, span)
        self.keys += between(part.keys, span)
        self.links += between(part.links, span)
        self.listed += between(part.listed, span)
        self.libraries += (
            NamedLibrary(self._found(one.path, folder), one.location)
            for one in between(part.libraries, span)
        )

    def _found(self, written: str, folder: str) -> str:
        """The path of a file from the main file's folder; an address stays one."""
        if "://" in written:
            return written
        if not written.startswith("/"):
            return posixpath.normpath(posixpath.join(folder, written))
        path = candidate = posixpath.normpath(written.lstrip("/"))
        while self.main.beside(candidate) is None:
            _, slash, candidate = candidate.partition("/")
            if not slash:
                return path
        return candidate

    def _include(self, one: Inclusion, folder: str, stack: tuple[str, ...]) -> None:
        path = self._found(one.path, folder)
        if path in stack:
            self._warn(f"`{path}` includes itself", one, "take it out here")
            return
        self._files += 1
        if len(stack) > _DEEPEST or self._files > _MOST_FILES:
            message = "too many files are included; this one is left"
            self._warn(message, one, "name that file itself")
            return
        found = self.main.beside(path)
        if found is None:
            if not one.is_optional:
                hint = "what it cites is not known; put it there, or correct its name"
                self._warn(f"there is no file `{path}`", one, hint)
            return
        self._characters += len(found.source.text)
        if self._characters > _MOST_CHARACTERS:
            message = "the included files are too much text; this one is left"
            self._warn(message, one, "name that file itself")
            return
        self.text.gap()
        self._add(found.source, posixpath.dirname(path), (*stack, path))
        self.text.gap()

    def _warn(self, message: str, one: Inclusion, hint: str) -> None:
        found = Diagnostic(message, one.location, hint, Severity.WARNING)
        self.diagnostics.append(found)
