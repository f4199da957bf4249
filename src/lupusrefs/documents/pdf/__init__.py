"""PDF: its text in reading order with the pages, its links, what it says of itself."""

from lupusrefs.documents.pdf.reader import read

__all__ = ["read"]
