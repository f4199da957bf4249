"""LaTeX documents for the tests, with the files beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupusrefs.documents.document import DocumentFile
from lupusrefs.documents.latex import read

if TYPE_CHECKING:
    from lupusrefs.documents.document import Document, Link, Listed


def document(text: str, file: str = "main.tex", **beside: str) -> Document:
    """A document; ``beside`` has the other files, "__" for "/" and "_dot_" for "."."""
    files = {
        name.replace("__", "/").replace("_dot_", "."): content
        for name, content in beside.items()
    }

    def made(name: str, content: str) -> DocumentFile:
        def other(path: str) -> DocumentFile | None:
            return made(path, files[path]) if path in files else None

        return DocumentFile(name, content.encode(), other)

    return read(made(file, text))


def keys(text: str) -> list[str]:
    """The keys that a document cites."""
    return [one.key for one in document(text).citations]


def only(text: str, file: str = "main.tex", **beside: str) -> Listed:
    """The one entry of its reference list."""
    (entry,) = document(text, file, **beside).listed
    return entry


def targets(links: tuple[Link, ...]) -> list[str]:
    """Where links point to."""
    return [link.target for link in links]
