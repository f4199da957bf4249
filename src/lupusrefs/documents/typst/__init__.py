"""Typst."""

from lupusrefs.documents.typst.read import read

__all__ = ["read"]
