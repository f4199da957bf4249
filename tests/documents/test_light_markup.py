"""The markups whose text is their source: places are right, whatever the text is."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from lupusrefs.documents import asciidoc, rst, typst
from lupusrefs.documents.document import DocumentFile
from lupusrefs.documents.light_markup import (
    add_without,
    line_spans,
    merged,
    trimmed_address,
)
from lupusrefs.documents.placed_text import TextBuilder
from lupusrefs.formats.text import SourceText
from lupusrefs.model.location import Span

if TYPE_CHECKING:
    from types import ModuleType

RST = """\
Wolves
======

:Author: Ann Smith

See [Smi2020]_, :cite:p:`a, {see}b` and `t <https://b.org/q>`_. :doi:`10.1000/1`

.. a comment [no]_

.. [Smi2020] Smith A. *Wolves*. 2020. https://a.org/x

.. bibliography:: x.bib y.bib
"""
ASCIIDOC = """\
= Wolves
Ann Smith
:bibtex-file: refs.bib

See <<smith>>, cite:[a, b(12)]+[c] and https://b.org/q[q]. // no
// a comment
////
more
////

[bibliography]
== References
* [[[smith]]] Smith A. _Wolves_. 2020. link:x.pdf[PDF]
"""
TYPST = """\
#set document(title: [On _wolves_], author: ("Ann Smith",))
= Methods <m>
See @smith, @m; #cite(<roe>) `raw @no` $a "b"$ #link("https://b.org")[b] // no
#if a { [x @poe] } else [y] /* z /* */ */ https://a.org/(x)
#bibliography(("a.bib", "b.yml"))
"""
SIGNS = '<>&"[]{}()`$#@*_\\/ \r\n:.~é'


def changed(text: str, random: Random) -> str:
    """A text with pieces left out, put in, doubled."""
    chars = list(text)
    for _ in range(random.randrange(1, 8)):
        start = random.randrange(len(chars))
        end = min(len(chars), start + random.randrange(1, 40))
        match random.randrange(4):
            case 0 if len(chars) > 80:
                del chars[start:end]
            case 1:
                chars[start:start] = chars[random.randrange(len(chars)) :][:50]
            case 2:
                chars[start] = random.choice(SIGNS)
            case _:
                chars[start:end] = chars[start:end] * 2
    return "".join(chars)


@pytest.mark.parametrize(
    ("module", "text"), [(rst, RST), (asciidoc, ASCIIDOC), (typst, TYPST)]
)
@pytest.mark.parametrize("seed", range(40))
def test_places_are_those_of_the_source(
    module: ModuleType, text: str, seed: int
) -> None:
    """A key stands at its place, and so does each character of the text."""
    random = Random(seed)
    file = DocumentFile("a", changed(text, random).encode())
    document = module.read(file)
    source = file.source.text
    for one in document.citations:
        span = one.location.span
        written = source[span.start : span.end].lstrip("#") or one.key
        assert written.casefold() == one.key.casefold()
        assert one.location == file.source.location(span.start, span.end)
    shown = document.text.text
    for at in range(0, len(shown), 7):
        if not shown[at].isspace():
            assert source[document.text.location(at).span.start] == shown[at]


def test_what_nobody_sees_is_left_out_of_a_part() -> None:
    """Stretches may overlap, and go beyond the part."""
    unseen = merged([Span(6, 7), Span(0, 3), Span(2, 5), Span(9, 12), Span(13, 14)])
    assert unseen == [Span(0, 5), Span(6, 7), Span(9, 12), Span(13, 14)]
    source = SourceText("a", "0123456789abcdef")
    for part, text in ((Span(4, 10), "578"), (Span(0, 16), "578cef"), (Span(1, 2), "")):
        builder = TextBuilder()
        add_without(builder, source, unseen, part)
        assert builder.build().text == text


def test_lines_end_in_many_ways() -> None:
    """Unix, Windows, and a Macintosh of old."""
    text = "a\nb\r\nc\rd"
    lines = [text[span.start : span.end] for span in line_spans(text)]
    assert lines == ["a", "b", "c", "d"]
    assert [text[span.start : span.end] for span in line_spans("a\n")] == ["a"]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.org/x.", "https://a.org/x"),
        ("https://a.org/x).", "https://a.org/x"),
        ("https://a.org/(x)", "https://a.org/(x)"),
        ("https://a.org/x]*", "https://a.org/x"),
        ("https://a.org/", "https://a.org/"),
    ],
)
def test_addresses_end_before_the_sentence_does(written: str, address: str) -> None:
    """A bracket is the address's where it has opened it."""
    assert trimmed_address(written) == address
