"""AsciiDoc."""

from lupusrefs.documents.asciidoc.read import read

__all__ = ["read"]
