"""reStructuredText."""

from lupusrefs.documents.rst.read import read

__all__ = ["read"]
