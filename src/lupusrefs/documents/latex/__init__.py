"""LaTeX: its text, what it cites, and its reference list."""

from lupusrefs.documents.latex.read import read

__all__ = ["read"]
