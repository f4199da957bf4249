"""The bytes of a file and its characters: what old encodings were, and the way back."""

from __future__ import annotations

import pytest

from lupusrefs.errors import InputError
from lupusrefs.formats.encoding import declared
from lupusrefs.formats.text import SourceText, decode
from lupusrefs.model.edit import Edit, OverlappingEdits
from lupusrefs.model.location import Severity, Span


def appended(data: bytes, new: str) -> bytes:
    """The file with ``new`` at its end: what stood before it is there still."""
    source = decode(data, "refs.bib")
    end = len(source.text)
    result = source.edited([Edit(Span(end, end), new)])
    assert result.startswith(data)
    return result[len(data) :]


# -- what is read ----------------------------------------------------------------


def test_a_foreign_byte_is_read_as_windows_1252_and_told() -> None:
    """Place, byte, what it was taken for, and how to convert the file."""
    source = decode(b"@book{a,\n  title = {caf\xe9}}\n", "refs.bib")
    assert source.text == "@book{a,\n  title = {café}}\n"
    (found,) = source.diagnostics
    assert found.severity is Severity.WARNING
    assert str(found.location) == "refs.bib:2:15"
    assert found.location.span == Span(23, 24)
    assert found.message == "the byte 0xe9 is not UTF-8; read as Windows-1252 “é”"
    assert found.hint == (
        "convert the file to UTF-8, with `iconv -f iso-8859-1 -t utf-8`"
    )


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"pages = {1\x96\x975}", "pages = {1–—5}"),
        (b"\x93quoted\x94 \x85 \x80", "“quoted” … €"),
        (b"\x81\x8d\x8f\x90\x9d|", "\x81\x8d\x8f\x90\x9d|"),
        (b"\xdf\xfc\xff", "ßüÿ"),
        (b"cut \xc3", "cut Ã"),
        (b"\xed\xa0\x80", "í\xa0€"),
    ],
)
def test_windows_own_characters_stand_where_latin_1_has_controls(
    data: bytes, text: str
) -> None:
    """Five bytes it leaves open are Latin-1's; halves of UTF-8 are letters, too."""
    assert decode(data, "x").text == text


def test_of_a_file_in_both_encodings_each_byte_is_read_as_what_it_is() -> None:
    """Copied together from two sources, as real files are."""
    source = decode("é ".encode() + b"\xe9 \xe8\xe9\n", "x")
    assert source.text == "é é èé\n"
    first, second = source.diagnostics
    assert first.location.span == Span(2, 3)
    assert second.location.span == Span(4, 6)
    assert second.message.startswith("the bytes 0xe8 0xe9 are not UTF-8")
    assert "the rest of the file is UTF-8" in str(first.hint)


def test_of_many_foreign_bytes_the_first_are_told() -> None:
    """The last message says how many more there are."""
    found = decode(b"\xe9\n" * 50, "x").diagnostics
    assert [one.location.line for one in found] == list(range(1, 21))
    assert found[-1].message.endswith("“é” (and 30 more places in this file)")
    long = decode(b"x\xe9\xe8\xe7\xe6\xe5\xe4", "x").diagnostics[0].message
    assert long == (
        "the bytes 0xe9 0xe8 0xe7 0xe6 … are not UTF-8; read as Windows-1252 “éèçæ…”"
    )


@pytest.mark.parametrize(
    ("line", "encoding", "byte", "char"),
    [
        # JabRef, by Java's names.
        (b"% Encoding: ISO8859_15", "iso8859-15", b"\xa6", "Š"),
        (b"% Encoding: Cp1252", "cp1252", b"\x80", "€"),
        (b"% Encoding: MacRoman", "mac-roman", b"\x8e", "é"),
        (b"%Encoding: windows-1250", "cp1250", b"\x8a", "Š"),
        (b"% Encoding: ISO8859_1", "iso8859-1", b"\x97", "—"),
        (b"% made by hand\n% Encoding: KOI8_R", "koi8-r", b"\xc1", "а"),
        # Emacs, Vim, TeXworks, TeXShop, BibDesk.
        (b"%% -*- mode: bibtex; coding: latin-9-unix -*-", "iso8859-15", b"\xa6", "Š"),
        (b"% vim: set fileencoding=latin2 :", "iso8859-2", b"\xb1", "ą"),
        (b"% !TeX encoding = latin1", "iso8859-1", b"\xe9", "é"),
        (b"% !TEX encoding = MacOSRoman", "mac-roman", b"\x8e", "é"),
        (
            b"%% Saved with string encoding Western (Mac OS Roman) ",
            "mac-roman",
            b"\x8e",
            "é",
        ),
        (
            b'<?xml version="1.0" encoding="ISO-8859-2"?>',
            "iso8859-2",
            b"\xb1",
            "ą",
        ),
        (b"# -*- coding: cp850 -*-", "cp850", b"\x82", "é"),
    ],
)
def test_a_file_that_names_its_encoding_is_read_in_it(
    line: bytes, encoding: str, byte: bytes, char: str
) -> None:
    """Without a warning: nothing is amiss. New text is written in it, too."""
    assert declared(line) == encoding
    source = decode(line + b"\n" + byte, "x")
    assert source.text == f"{line.decode()}\n{char}"
    assert source.diagnostics == ()
    assert source.encoding == encoding
    assert appended(line + b"\n" + byte, "x") == b"x"


def test_several_bytes_a_character_where_the_file_says_so() -> None:
    """Chinese and Japanese files: a byte may look like a brace there."""
    data = b"% Encoding: GBK\n" + "凯鲁 a".encode("gbk")
    source = decode(data, "x")
    assert source.text.endswith("\n凯鲁 a")
    assert source.diagnostics == ()
    assert appended(data, "鲁") == "鲁".encode("gbk")
    middle = source.text.index("鲁")
    edit = Edit(Span(middle, middle + 1), "b")
    assert source.edited([edit]) == data.replace("鲁".encode("gbk"), b"b")


@pytest.mark.parametrize(
    "line",
    [
        "% Encoding: UTF-8",
        "% Encoding: klingon",
        "% Encoding: rot13",
        "% Encoding: utf-7",
        "% Encoding: idna",
        "title = {Encoding: Cp1252}",
        "% no Encoding here",
    ],
)
def test_other_names_are_not_followed(line: str) -> None:
    """A codec that is no encoding of files would change the text."""
    assert declared(line.encode()) is None
    assert decode(f"{line}\nö".encode("latin-1"), "x").text == f"{line}\nö"


def test_what_is_utf_8_is_read_as_that_whatever_it_says() -> None:
    """The line is often left over from years ago."""
    source = decode("% Encoding: Cp1252\nMüller".encode(), "x")
    assert source.text.endswith("Müller")
    assert source.encoding == "utf-8"


def test_a_file_that_is_mostly_utf_8_is_not_read_as_what_it_says() -> None:
    """One bad byte does not make all others mean something else."""
    source = decode("% Encoding: MacRoman\nMüller, Völkl ".encode() + b"\x8e", "x")
    assert source.text.endswith("Müller, Völkl é")
    assert "read as Mac OS Roman" in source.diagnostics[0].message
    assert source.encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF file"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a zip archive or an office document"),
        (b"SQLite format 3\x00\x10\x00", "an SQLite database"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 9, "a binary file"),
        ("references:\n".encode("utf-16-le"), "a binary file"),
        (bytes(range(256)) * 40, "a binary file"),
    ],
)
def test_what_is_no_text_is_one_error_and_reads_as_nothing(
    data: bytes, kind: str
) -> None:
    """And not a hundred warnings about its bytes."""
    source = decode(data, "refs.bib")
    (found,) = source.diagnostics
    assert found.is_error
    assert found.message == f"this is {kind}, not a text file"
    assert str(found.location) == "refs.bib"
    assert source.text == ""
    assert source.edited() == data


def test_a_stray_nul_is_no_reason_not_to_read_a_file() -> None:
    """A disk that failed once, long ago."""
    source = decode(b"@book{a,\n  title = {b\0c}}\n", "x")
    assert source.diagnostics == ()
    assert "b\0c" in source.text


# -- where things stand ----------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_as_windows_unix_and_the_old_mac_end_them(newline: str) -> None:
    """Other characters that Python takes for line ends are none."""
    text = newline.join(["a\u2028b", "", "\x0cc"])
    source = SourceText("x", text)
    place = source.location(len(text) - 1)
    assert (place.line, place.column) == (3, 2)
    assert source.location(0).line == 1


def test_line_ends_of_all_kinds_in_one_file() -> None:
    """Each counts once."""
    source = decode(b"a\rb\r\nc\nd", "x")
    assert [source.location(source.text.index(char)).line for char in "abcd"] == [
        *(1, 2, 3, 4)
    ]


# -- what is written -------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "new"),
    [
        (b"M\xfcller", "ö".encode("latin-1")),
        (b"M\xfcller \x96", "ö".encode("cp1252")),
        ("Müller".encode(), "ö".encode()),
        ("Müller ".encode() + b"\xfc", "ö".encode()),
        (b"\xef\xbb\xbfM\xfcller", "ö".encode()),
        (b"plain", "ö".encode()),
        (b"% Encoding: MacRoman\nplain", "ö".encode("mac-roman")),
        (b"\xff\xfea\x00", "ö".encode("utf-16-le")),
        (b"\xfe\xff\x00a", "ö".encode("utf-16-be")),
    ],
)
def test_new_text_is_in_the_encoding_of_the_file(data: bytes, new: bytes) -> None:
    """Of a file in two encodings, in UTF-8."""
    assert appended(data, "ö") == new


def test_edits_count_bytes_where_foreign_ones_stand_before_them() -> None:
    """One character each, as many bytes as they had."""
    data = "é".encode() + b"\xe9 x " + "\U0001f600".encode() + b"\xe9 y"
    source = decode(data, "x")
    edits = [
        Edit(Span(source.text.index(char), source.text.index(char) + 1), "Z")
        for char in "xy"
    ]
    assert source.edited(edits) == data.replace(b"x", b"Z").replace(b"y", b"Z")


def test_a_character_that_the_encoding_has_not_is_refused() -> None:
    """Which one, where, and the way out; nothing is guessed."""
    source = decode(b"M\xfcller\nx", "refs.bib")
    with pytest.raises(InputError) as caught:
        source.edited([Edit(Span(7, 8), "Łódź")])
    assert str(caught.value) == "“Ł” cannot be written here: the file is in Latin-1"
    assert str(caught.value.location) == "refs.bib:2:1"
    assert caught.value.hint == (
        "convert the file to UTF-8 first, with `iconv -f iso-8859-1 -t utf-8`"
    )
    assert source.unencodable("Müllerż") == "ż"
    assert source.unencodable("Müller") is None


def test_half_a_character_is_refused() -> None:
    """UTF-8 has no way to write it."""
    with pytest.raises(InputError, match=r"U\+D800 cannot be written"):
        decode(b"x", "x").edited([Edit(Span(0, 0), "\ud800")])


def test_overlapping_edits_are_told_with_both_places() -> None:
    """By line and column, which the editor shows."""
    source = decode(b"one\ntwo\nthree\n", "refs.bib")
    first, second = Edit(Span(4, 9), "x"), Edit(Span(8, 10), "y")
    with pytest.raises(OverlappingEdits) as caught:
        source.edited([second, first])
    assert str(caught.value) == (
        "the edit of refs.bib:3:1 overlaps the one of refs.bib:2:1"
    )
    assert (caught.value.first, caught.value.second) == (first, second)


def test_text_that_was_never_a_file_has_the_bytes_of_utf_8() -> None:
    """A new file, a text in memory."""
    source = SourceText("new.bib", "é")
    assert source.data == "é".encode()
    assert source.edited([Edit(Span(1, 1), "è")]) == "éè".encode()


def test_a_patch_has_the_bytes_of_the_file() -> None:
    """Foreign ones, too, so that a program can apply it."""
    source = decode(b"M\xfcller\r\nx\r\n", "refs.bib")
    patch = source.patch("b\u00fc/refs.bib", [Edit(Span(8, 9), "\xf6")])
    assert patch == (
        b"--- a/b\xc3\xbc/refs.bib\n+++ b/b\xc3\xbc/refs.bib\n"
        b"@@ -1,2 +1,2 @@\n M\xfcller\r\n-x\r\n+\xf6\r\n"
    )
