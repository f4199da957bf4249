"""Every format of documents by name: how to recognise it, and who reads it."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePath
from typing import Final

from lupusrefs.documents.document import Document, DocumentFile, DocumentKind

SUFFIXES: Final = {
    ".txt": DocumentKind.TEXT,
    ".text": DocumentKind.TEXT,
    ".md": DocumentKind.MARKDOWN,
    ".markdown": DocumentKind.MARKDOWN,
    ".qmd": DocumentKind.MARKDOWN,
    ".rmd": DocumentKind.MARKDOWN,
    ".tex": DocumentKind.LATEX,
    ".ltx": DocumentKind.LATEX,
    ".bbl": DocumentKind.BBL,
    ".html": DocumentKind.HTML,
    ".htm": DocumentKind.HTML,
    ".xhtml": DocumentKind.HTML,
    ".nxml": DocumentKind.JATS,
    ".docx": DocumentKind.DOCX,
    ".docm": DocumentKind.DOCX,
    ".dotx": DocumentKind.DOCX,
    # Not read, but its reader says best what to do.
    ".doc": DocumentKind.DOCX,
    ".pdf": DocumentKind.PDF,
    ".ipynb": DocumentKind.NOTEBOOK,
    ".typ": DocumentKind.TYPST,
    ".rst": DocumentKind.RST,
    ".adoc": DocumentKind.ASCIIDOC,
    ".asciidoc": DocumentKind.ASCIIDOC,
}
_MODULES: Final = {DocumentKind.BBL: "latex"}
_HEAD: Final = 4096  # bytes that are looked at
_ARTICLE: Final = re.compile(rb"<(?:[\w.-]+:)?article[\s>]")
# What such a file begins with, whatever its name is.
_SIGNS: Final = (
    (DocumentKind.PDF, re.compile(rb"%PDF-")),
    # The first member of an Office file is its list of contents.
    (DocumentKind.DOCX, re.compile(rb"\APK\x03\x04")),
    # Before JATS: HTML, too, has an <article>.
    (DocumentKind.HTML, re.compile(rb"(?i)<!doctype\s+html[\s>]|<html[\s>]")),
    (
        DocumentKind.TEI,
        re.compile(rb"<(?:[\w.-]+:)?(?:TEI|teiCorpus)[\s>]|tei-c\.org/ns/1\.0"),
    ),
    (DocumentKind.JATS, re.compile(rb"JATS|NLM//DTD|<(?:[\w.-]+:)?article-meta[\s>]")),
    (DocumentKind.JATS, _ARTICLE),
)
_XML: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:[?!A-Za-z])")


def kind_of(file: str, head: bytes) -> DocumentKind | None:
    """The format of a document; None where it seems to be none that is read.

    Args:
        file: its name, which is believed where it is plain.
        head: its first bytes.
    """
    suffix = PurePath(file).suffix.lower()
    by_name = SUFFIXES.get(suffix)
    if by_name is not None and by_name not in {DocumentKind.HTML, DocumentKind.TEXT}:
        return by_name
    head = head[:_HEAD]
    for kind, sign in _SIGNS:
        is_markup = kind in {DocumentKind.TEI, DocumentKind.JATS, DocumentKind.HTML}
        if (not is_markup or _XML.match(head)) and sign.search(head):
            # A piece of a page that begins with its <article> is HTML by its name.
            is_piece = sign is _ARTICLE and by_name is DocumentKind.HTML
            return by_name if is_piece else kind
    return by_name


def read(file: DocumentFile, kind: DocumentKind) -> Document:
    """Read a document.

    Raises:
        InputError: it cannot be read at all.
        MissingPackage: its format needs a package that is not installed.
    """
    # Imported when it is first needed: most runs meet one format.
    module = import_module(f"lupusrefs.documents.{_MODULES.get(kind, kind.value)}")
    document: Document = module.read(file)
    return document
