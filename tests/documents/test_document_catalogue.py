"""Documents are recognised by their names and by what they begin with."""

from __future__ import annotations

import pytest

from lupusrefs.documents.catalogue import kind_of, read
from lupusrefs.documents.document import DocumentFile, DocumentKind


@pytest.mark.parametrize(
    ("file", "head", "kind"),
    [
        ("a.md", b"<html>", DocumentKind.MARKDOWN),
        ("a.txt", b"words", DocumentKind.TEXT),
        ("a.txt", b"%PDF-1.7", DocumentKind.PDF),
        ("a", b"PK\x03\x04", DocumentKind.DOCX),
        ("a", b"words", None),
        ("a.xml", b"<?xml version='1.0'?><feed>", None),
        ("a.html", b"<p>x", DocumentKind.HTML),
        ("a.html", b"<article class=x><p>x", DocumentKind.HTML),
        ("a.html", b"<!doctype html><main><article><p>x", DocumentKind.HTML),
        ("a", b"\n<HTML lang=en><article>", DocumentKind.HTML),
        ("a.xhtml", b"<?xml version='1.0'?><html>", DocumentKind.HTML),
        ("a.xml", b"<article><front>", DocumentKind.JATS),
        ("a.xml", b"\xef\xbb\xbf <j:article xmlns:j='x'>", DocumentKind.JATS),
        ("a.xml", b"<pmc-articleset><article>", DocumentKind.JATS),
        ("a.html", b"<article><front><article-meta>", DocumentKind.JATS),
        ("a.xml", b"<!DOCTYPE book PUBLIC '-//NLM//DTD BITS'>", DocumentKind.JATS),
        ("a.xml", b"<TEI xmlns='x'>", DocumentKind.TEI),
        ("a.xml", b"<teiCorpus>", DocumentKind.TEI),
        ("a.xml", b"<listBibl xmlns='http://www.tei-c.org/ns/1.0'>", DocumentKind.TEI),
        ("a.txt", b"The <TEI> element", DocumentKind.TEXT),
    ],
)
def test_what_a_file_is(file: str, head: bytes, kind: DocumentKind | None) -> None:
    """Plain names are believed; markup is looked at, as HTML has an <article>, too."""
    assert kind_of(file, head) is kind


def test_the_reader_of_a_kind() -> None:
    """It is found by the name of the kind."""
    found = read(DocumentFile("a.html", b"<p>x"), DocumentKind.HTML)
    assert (found.kind, found.text.text) == (DocumentKind.HTML, "x")
