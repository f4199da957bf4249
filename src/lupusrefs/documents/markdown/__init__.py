"""Markdown: pandoc's, CommonMark, Quarto, R Markdown, MyST."""

from lupusrefs.documents.markdown.read import read

__all__ = ["read"]
