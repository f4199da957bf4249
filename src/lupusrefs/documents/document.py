"""What a reader makes of a document: its text, and what its markup says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from lupusrefs.documents.placed_text import PlacedText
from lupusrefs.formats.text import SourceText, decode
from lupusrefs.model.item import Item
from lupusrefs.model.location import Diagnostic, Location

# ``\nocite{*}``, and the same in pandoc's metadata.
EVERYTHING: Final = "*"


class DocumentKind(StrEnum):
    """The formats of documents that are read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    LATEX = "latex"
    BBL = "bbl"
    HTML = "html"
    JATS = "jats"
    TEI = "tei"
    DOCX = "docx"
    PDF = "pdf"
    NOTEBOOK = "notebook"
    TYPST = "typst"
    RST = "rst"
    ASCIIDOC = "asciidoc"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a document points to: a hyperlink, or an identifier in its markup.

    Attributes:
        target: the URL or the identifier, decoded, such as
            ``https://doi.org/10.1000/1`` or ``doi:10.1000/1``.
        location: where it stands.
        text: what the reader sees of it.
    """

    target: str
    location: Location
    text: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    r"""One entry of a reference list that the markup shows to be one.

    Attributes:
        text: as it is read, in one line, without its number or label.
        location: where it begins.
        key: by what the text cites it: the key of a ``\\bibitem``, the ``id`` of a
            ``<ref>``; None where there is none.
        item: what the markup says of it; None where it is only text.
        links: where it points to.
    """

    text: str
    location: Location
    key: str | None = None
    item: Item | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    r"""A key that the text cites: ``@key``, ``\\cite{key}``.

    Attributes:
        key: the key; :data:`EVERYTHING` stands for every key there is.
        location: where it is cited.
    """

    key: str
    location: Location


@dataclass(frozen=True, slots=True)
class NamedLibrary:
    r"""A file of references that a document names: ``\\bibliography{refs}``.

    Attributes:
        path: as written, with the ending that the format adds.
        location: where it is named.
    """

    path: str
    location: Location


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read.

    Attributes:
        file: its path, as the user gave it.
        kind: its format.
        text: what a reader sees of it; the reference list too, where that is text.
        work: what the document says of itself: title, authors, DOI; None where
            its markup says nothing.
        links: where it points to, outside ``listed``.
        listed: the reference list, where the markup shows it; empty where it has to
            be found in ``text``.
        citations: the keys that are cited, in order, repeated ones too.
        libraries: the files of references that it names.
        diagnostics: what is wrong with it.
        prose: ``text`` with blanks in place of what is no prose, such as blocks of
            code, where references are examples; None where all of it is prose.
    """

    file: str
    kind: DocumentKind
    text: PlacedText = field(default_factory=lambda: PlacedText(""))
    work: Item | None = None
    links: tuple[Link, ...] = ()
    listed: tuple[Listed, ...] = ()
    citations: tuple[Citation, ...] = ()
    libraries: tuple[NamedLibrary, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    prose: str | None = None


@dataclass(frozen=True)
class DocumentFile:
    """The bytes of a document, and the way to the files that it includes.

    Attributes:
        file: its path, as the user gave it.
        data: its bytes.
        beside: gives a file by its path relative to this one, such as ``parts/a.tex``;
            None where there is no such file, or it may not be read.
    """

    file: str
    data: bytes
    beside: Callable[[str], DocumentFile | None] = field(
        default=lambda _: None, repr=False
    )

    @cached_property
    def source(self) -> SourceText:
        """Its text, for a format that is text."""
        return decode(self.data, self.file)
