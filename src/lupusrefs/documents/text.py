"""Plain text: what is written is what is read."""

from __future__ import annotations

from lupusrefs.documents.document import Document, DocumentFile, DocumentKind
from lupusrefs.documents.placed_text import PlacedText


def read(file: DocumentFile) -> Document:
    """The document as it stands."""
    source = file.source
    return Document(
        file.file,
        DocumentKind.TEXT,
        PlacedText.of(source),
        diagnostics=source.diagnostics,
    )
