"""Pages for tests."""

from __future__ import annotations

from lupusrefs.documents.document import Document, DocumentFile
from lupusrefs.documents.html import read

FILE = "a.html"


def page(text: str) -> Document:
    """The document of a page."""
    return read(DocumentFile(FILE, text.encode()))


def text_of(text: str) -> str:
    """What a reader sees of a page."""
    return page(text).text.text


def entries(text: str) -> list[tuple[str | None, str]]:
    """Key and text of each entry of the list of a page."""
    return [(one.key, one.text) for one in page(text).listed]


def work(head: str) -> dict[str, object] | None:
    """What a page says of itself."""
    found = page(f"<head>{head}</head><body>x</body>").work
    return dict(found.to_csl()) if found else None
