"""Word documents that are broken, locked, none, or meant to do harm."""

from __future__ import annotations

import zipfile
from io import BytesIO
from random import Random

import pytest

from documents.docx_made import (
    docx,
    paragraph,
    read_bytes,
    read_docx,
    relations,
    story,
    zipped,
)
from lupusrefs.documents.docx import package, reader, word_sources
from lupusrefs.documents.docx.xml_events import BrokenXml, read_xml
from lupusrefs.errors import InputError

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BOMB = story("document", paragraph(" " * (2 << 20)))


@pytest.fixture(autouse=True)
def _small_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is harmless at any ratio is less here: a test need not wait for a bomb."""
    monkeypatch.setattr(package, "_SMALL", 1 << 20)


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (COMPOUND, "Word 97 to 2003", ".docx"),
        (
            COMPOUND + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
            "without a password",
        ),
        (b"plain text", "not a .docx file", ".docx"),
        (b"", "not a .docx file", ".docx"),
        (b"PK\x03\x04 and no more", "damaged", "anew"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "not a Word document", ".docx"),
        (zipped({"content.xml": "<x/>"}), "an OpenDocument file", "save it as .docx"),
        (zipped({"word/document.xml": BOMB}), "more than 200 times", "delete it"),
        (zipped({"word/document.xml": ""}), "no element found", "mend"),
        (zipped({"word/document.xml": "<!DOCTYPE a><a/>"}), "has a DTD", "mend"),
        (
            zipped({"word/document.xml": "<?xml version='1.0' encoding='big5'?><a/>"}),
            "is in big5, not in UTF-8",
            "mend",
        ),
        (
            zipped(
                {
                    "_rels/.rels": relations(("a", "officeDocument", "/no.xml")),
                    "WORD/Document.xml": "<a>",
                }
            ),
            "breaks",
            "mend",
        ),
    ],
)
def test_files_that_cannot_be_read(data: bytes, message: str, hint: str) -> None:
    """The message says what the file is, the hint what to do."""
    with pytest.raises(InputError, match=message) as raised:
        read_bytes(data)
    assert raised.value.hint
    assert hint in raised.value.hint
    assert raised.value.location is not None
    assert raised.value.location.file == "a.docx"


def changed(data: bytes, at: int, value: int, *, central: bool = True) -> bytes:
    """A zip file with a byte of each header of its members changed."""
    changed_data = bytearray(data)
    signature, offset = (b"PK\x01\x02", at + 2) if central else (b"PK\x03\x04", at)
    start = data.find(signature)
    while start >= 0:
        changed_data[start + offset] = value
        start = data.find(signature, start + 1)
    return bytes(changed_data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (changed(docx(paragraph("x")), 6, 1), "locked with a password"),
        (changed(docx(paragraph("x")), 6, 0x20), "damaged"),
        (changed(docx(paragraph("x")), 8, 12), "packed in a way Word never uses"),
        (changed(docx(paragraph("x")), 8, 0), "damaged"),
    ],
)
def test_members_that_are_locked_or_strange(data: bytes, message: str) -> None:
    """No text without the main part."""
    with pytest.raises(InputError, match=message):
        read_bytes(data)


def test_a_damaged_part_is_read_up_to_the_damage() -> None:
    """A wrong checksum shows at the end, when most of the text has been read."""
    generator = Random(1)
    letters = "".join(chr(generator.randrange(0x4E00, 0x9FFF)) for _ in range(50_000))
    data = docx(paragraph("Some text.") + paragraph(letters))
    start = data.rfind(b"PK\x01\x02")
    broken = data[: start + 16] + b"\0\0\0\0" + data[start + 20 :]
    document = read_bytes(broken)
    assert document.text.text.startswith("Some text.")
    assert "damaged: Bad CRC" in document.diagnostics[0].message


def test_xml_that_breaks_is_read_up_to_there() -> None:
    """The place of the message is the paragraph in which it breaks."""
    body = paragraph("One.") + "<w:p><w:r><w:t>Two.</w:t></w:r><oops></w:p>"
    document = read_docx(body)
    assert document.text.text == "One.\n\nTwo."
    found = document.diagnostics[0]
    assert "mismatched tag; what stands behind this paragraph" in found.message
    assert str(found.location) == "a.docx:2:1"


def test_a_bomb_beside_the_text_is_not_read() -> None:
    """The text is what is asked for; the bomb is told."""
    parts = {"docProps/core.xml": " " * (2 << 20) + "<a/>"}
    document = read_docx(paragraph("x"), parts)
    assert document.text.text == "x"
    assert "more than 200 times" in document.diagnostics[0].message


def test_sizes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """No part, and not all of them together, may grow without end."""
    monkeypatch.undo()  # its text repeats, too
    monkeypatch.setattr(package, "MOST_OF_PART", 1 << 20)
    body = paragraph("ab" * 1000) * 600
    document = read_docx(body)
    assert "to more than 1 MB" in document.diagnostics[0].message
    assert len(document.text.text) > 1 << 19
    monkeypatch.undo()
    monkeypatch.setattr(package, "_MOST_OF_ALL", 1 << 20)
    document = read_docx(body)
    assert "the document unpacks to more than 1 MB" in document.diagnostics[0].message


def test_sources_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has a list of sources of that size."""
    monkeypatch.setattr(reader, "_MOST_OF_SOURCES", 10)
    head = "<a xmlns='http://schemas.openxmlformats.org/officeDocument/2006/bibliography'/>"
    document = read_docx(
        paragraph("x"), {"customXml/item1.xml": head, "customXml/item2.xml": head}
    )
    assert "lists of sources" in document.diagnostics[0].message
    assert len(document.diagnostics) == 1
    assert word_sources.is_source_list(head.encode("utf-16"))


def test_nesting_is_bounded() -> None:
    """What stands before elements that nest too deep is read."""
    document = read_docx(paragraph("One.") + "<w:ins>" * 600)
    assert document.text.text == "One."
    assert "512 elements deep" in document.diagnostics[0].message


def test_tags_are_bounded() -> None:
    """A tag that does not end is given up before all of it is in memory."""
    chunks = [b"<a b='", *[b"x" * (1 << 20)] * 20]
    with pytest.raises(BrokenXml, match="a tag of more than 8 MB"):
        read_xml(chunks, lambda _name, _attributes: None)


def test_many_names() -> None:
    """Names that somebody made up are not kept for ever."""
    names = "".join(f"<a{number}/>" for number in range(10_100))
    seen: list[str] = []
    read_xml([f"<r>{names}</r>".encode()], lambda name, _: seen.append(name))
    assert seen[-1] == "a10099"


def test_relations_that_are_broken_are_done_without() -> None:
    """The main part is looked for where it usually is."""
    parts = {
        "_rels/.rels": "<Relationships><Relationship/>",
        "word/document.xml": story("document", paragraph("x")),
        "word/_rels/document.xml.rels": relations(("r", "footnotes", "no.xml")),
    }
    document = read_bytes(zipped(parts))
    assert document.text.text == "x"
    assert "has no part `word/no.xml`" in document.diagnostics[0].message


def test_a_member_that_is_there_twice() -> None:
    """Of two the last one counts, as for any reader of zip files."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("word/document.xml", story("document", paragraph("a")))
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("word/document.xml", story("document", paragraph("b")))
    assert read_bytes(buffer.getvalue()).text.text == "b"
