"""A PDF that is broken, encrypted, empty or huge ends in a message, not in a crash."""

from __future__ import annotations

import re
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor

import pypdfium2
import pytest

from documents.pdf.pdf_builder import Page, Pdf
from lupusrefs.documents.document import Document, DocumentFile
from lupusrefs.documents.pdf import bulk, engine, read, reader
from lupusrefs.documents.pdf.bulk import check_bulk
from lupusrefs.errors import InputError, MissingPackage
from lupusrefs.model.location import Severity


def document(data: bytes) -> Document:
    """Read some bytes."""
    return read(DocumentFile("a.pdf", data))


def sound(pages: int = 1) -> Pdf:
    """A document with a line on each page."""
    pdf = Pdf()
    for number in range(1, pages + 1):
        pdf.page().text(72, 400, f"The text of page {'abcdefghij'[number % 10]}.")
    return pdf


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!doctype html><title>Log in</title>", "not a PDF"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Cat", "damaged"),
        (b"%PDF-1.7\nnothing of the kind\n%%EOF", "damaged"),
        (Pdf().build(), "damaged"),
    ],
)
def test_what_is_no_pdf_is_refused(data: bytes, words: str) -> None:
    """With the file's name, and what to do about it."""
    with pytest.raises(InputError, match=words) as error:
        document(data)
    assert str(error.value.location) == "a.pdf"
    assert error.value.hint


def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    """The objects that are left are found."""
    data = sound(3).build()
    found = document(data[: data.index(b"startxref")])
    assert "page b" in found.text.text


def test_an_encrypted_pdf_wants_its_password() -> None:
    """It is not asked for, but said what to do."""
    pdf = sound()
    pdf.user_password = "secret"  # noqa: S105 - so it is
    with pytest.raises(InputError, match="password") as error:
        document(pdf.build())
    assert str(error.value.location) == "a.pdf"
    assert error.value.hint is not None
    assert "without the password" in error.value.hint


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    """It is encrypted, with no password for its readers."""
    pdf = sound()
    pdf.user_password = ""
    pdf.info = {"Title": "The text of page b"}
    found = document(pdf.build())
    assert found.text.text == "The text of page b."
    assert found.work is not None


def test_an_unknown_encryption_is_told() -> None:
    """A handler that nobody here has."""
    pdf = sound()
    pdf.user_password = ""
    data = pdf.build().replace(b"/Filter /Standard", b"/Filter /Stardust")
    with pytest.raises(InputError, match="encrypted in a way"):
        document(data)


def test_a_broken_page_does_not_take_the_others_with_it() -> None:
    """Each run of them is told, with its first page."""
    pdf = sound(5)
    for number in (1, 3, 4):
        pdf.pages[number] = Page(is_broken=True)
    found = document(pdf.build())
    assert found.text.text == "The text of page b.\n\nThe text of page d."
    one, two = found.diagnostics
    assert (str(one.location), one.is_error) == ("a.pdf#page=2", True)
    assert "page 2 is damaged" in one.message
    assert "pages 4–5 are damaged" in two.message
    assert found.text.location(len(found.text.text) - 1).page == 3


def test_a_page_whose_text_cannot_be_had_is_broken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The engine may fail later, too."""

    def fail(_: object) -> None:
        raise pypdfium2.PdfiumError("no text")

    monkeypatch.setattr(pypdfium2.PdfPage, "get_textpage", fail)
    (told,) = document(sound().build()).diagnostics[:1]
    assert "page 1 is damaged" in told.message


def test_information_that_is_no_text_is_none() -> None:
    """Half a character is none; UTF-8 without its mark is read as such."""

    class Information:
        """A document that says what it is asked."""

        def get_metadata_value(self, key: str) -> str:
            """The key, but for one."""
            if key == "Title":
                return b"\x00\xd8".decode("utf-16-le")
            return key

    found = engine.PdfFile(Information(), None, ValueError)
    assert found.info("Title") == ""
    assert found.info("R\u00c3\u00a9mi") == "R\u00e9mi"
    for text in ("R\u00e9mi", "a \u2013 b", "Th\u1ebf"):
        assert found.info(text) == text


def test_a_broken_stream_is_an_empty_page() -> None:
    """What can be read is read."""
    pdf = sound(2)
    pdf.pages[0].content = [b"BT /Mono 10 Tf 1 0 0 1 72 700 Tm (begun \x00\xff"]
    found = document(pdf.build())
    assert found.text.text.endswith("The text of page c.")


def test_scanned_pages_have_no_text() -> None:
    """The reader is told what to do."""
    pdf = Pdf()
    for _ in range(3):
        pdf.page().content.append(b"72 72 400 600 re f\n")
    found = document(pdf.build())
    (told,) = found.diagnostics
    assert found.text.text == ""
    assert told.severity is Severity.WARNING
    assert "no text" in told.message
    assert "OCR" in (told.hint or "")


def test_many_pages_without_text_are_named() -> None:
    """A part of the file was scanned; one figure is no reason to warn."""
    pdf = sound(10)
    pdf.pages[4].content = [b"72 72 400 600 re f\n"]
    assert document(pdf.build()).diagnostics == ()
    for number in (5, 6, 8):
        pdf.pages[number].content = [b"72 72 400 600 re f\n"]
    (told,) = document(pdf.build()).diagnostics
    assert told.message.endswith(": 5–7, 9")


def test_every_other_page_without_text_is_a_long_list() -> None:
    """Which is cut."""
    pdf = sound(40)
    for page in pdf.pages[::2]:
        page.content = [b"72 72 400 600 re f\n"]
    (told,) = document(pdf.build()).diagnostics
    assert told.message.endswith(" 19, …")


def test_a_file_that_is_too_long_is_read_in_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So many pages, or so many characters; it is told how many pages are left."""
    data = sound(5).build()
    monkeypatch.setattr(reader, "_MOST_PAGES", 3)
    found = document(data)
    assert found.text.location(len(found.text.text) - 1).page == 3
    (told,) = found.diagnostics
    assert (told.severity, told.hint is not None) == (Severity.WARNING, True)
    assert "the last 2 pages" in told.message
    monkeypatch.setattr(reader, "_MOST_PAGES", 9)
    monkeypatch.setattr(reader, "_MOST_CHARACTERS", 40)
    (told,) = document(data).diagnostics
    assert "the last 2 pages" in told.message


def test_a_page_that_is_too_full_is_read_in_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its first characters, and its first links."""
    monkeypatch.setattr(engine, "MOST_GLYPHS", 8)
    found = document(sound().build())
    assert found.text.text == "The text"
    assert "too full" in found.diagnostics[0].message
    monkeypatch.setattr(engine, "MOST_GLYPHS", 80)
    monkeypatch.setattr(engine, "MOST_LINKS", 2)
    pdf = sound()
    for number in range(4):
        pdf.pages[0].link((72, 700, 80, 710), f"https://example.org/{number}")
    found = document(pdf.build())
    assert (len(found.links), len(found.diagnostics)) == (2, 1)


def packed(content: bytes, filters: int = 1, kind: str = "") -> bytes:
    """A stream of a file that has nothing else."""
    for _ in range(filters):
        content = zlib.compress(content, 9)
    names = "/FlateDecode " * filters
    head = f"%PDF-1.7\n1 0 obj\n<< {kind} /Filter [{names}] >>\nstream\n"
    return head.encode() + content + b"\nendstream\nendobj\n"


@pytest.mark.parametrize("filters", [1, 2])
def test_a_bomb_is_not_unpacked(filters: int) -> None:
    """A few thousand bytes that would be a hundred million."""
    data = packed(b" " * 100_000_000, filters)
    with pytest.raises(InputError, match="unpacks to more than 64 MB") as error:
        document(data)
    assert str(error.value.location) == "a.pdf"


def test_many_small_bombs_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """All streams together have a bound, too."""
    monkeypatch.setattr(bulk, "_MOST_OF_ALL", 5_000_000)
    with pytest.raises(InputError, match="unpacks to more than"):
        document(packed(b" " * 1_000_000) * 6)


def test_pictures_may_be_large() -> None:
    """They are not unpacked; nor is what is not packed, or only said to be."""
    check_bulk(packed(b" " * 100_000_000, kind="/Subtype /Image"), "a.pdf")
    check_bulk(packed(b" " * 100, filters=0), "a.pdf")
    check_bulk(packed(b" " * 100)[:-30], "a.pdf")
    check_bulk(packed(b"").replace(b"stream\n", b"stream\nnot packed"), "a.pdf")


def test_an_address_that_is_too_long_is_none() -> None:
    """No address has 100,000 bytes."""
    pdf = sound()
    pdf.pages[0].link((72, 700, 80, 710), "https://example.org/" + "a" * 100_000)
    assert document(pdf.build()).links == ()


def test_a_page_of_ten_thousand_scattered_words_is_read() -> None:
    """In no order that anybody would see, but all of them."""
    page = Page()
    for number in range(10_000):
        x, y = 20 + 23 * (number * 7919 % 25), 20 + 1.9 * (number // 25)
        page.text(x, y, f"w{number}", size=2)
    found = document(Pdf([page]).build())
    assert set(re.findall(r"w\d+", found.text.text)) == {f"w{n}" for n in range(10_000)}


def test_a_page_of_drawn_letters_without_size_is_read() -> None:
    """A font of size nought, or of a negative one, or in a tiny space."""
    page = Page()
    page.text(72, 700, "nothing", size=0)
    page.text(172, 700, "mirrored", size=-10)
    page.text(72, 600, "tiny", size=1, matrix=(0.001, 0, 0, 0.001))
    page.text(72, 500, "large", size=0.01, matrix=(1000, 0, 0, 1000))
    assert "large" in document(Pdf([page]).build()).text.text


def test_without_the_package_its_extra_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The hint is the command that installs it."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingPackage) as error:
        document(sound().build())
    assert error.value.package == "pypdfium2"
    assert 'pip install "lupusrefs[pdf]"' in (error.value.hint or "")


def test_threads_wait_for_each_other() -> None:
    """The engine cannot be used by two at a time."""
    data = sound(5).build()
    with ThreadPoolExecutor(4) as pool:
        texts = {one.text.text for one in pool.map(document, [data] * 12)}
    assert len(texts) == 1
