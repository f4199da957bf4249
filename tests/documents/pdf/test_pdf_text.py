"""The text of a PDF is what a reader reads, in the order in which it is read."""

from __future__ import annotations

from documents.pdf.pdf_builder import Page, Pdf
from documents.pdf.pdf_pages import (
    LEFT,
    RIGHT,
    document,
    marks,
    numbered,
    prose,
    text_of,
)
from lupusrefs.documents.catalogue import read
from lupusrefs.documents.document import DocumentFile, DocumentKind
from lupusrefs.documents.pdf import engine


def test_the_catalogue_reads_a_pdf() -> None:
    """By its kind."""
    pdf = Pdf()
    pdf.page().text(72, 700, "A line")
    found = read(DocumentFile("paper.pdf", pdf.build()), DocumentKind.PDF)
    assert (found.kind, found.text.text) == (DocumentKind.PDF, "A line")
    assert not found.diagnostics


def test_every_line_knows_its_page_and_its_number() -> None:
    """Pages and lines are counted from one, columns in characters."""
    pdf = Pdf()
    pdf.page().column(72, 700, ["first page", "second line"])
    pdf.page().column(72, 600, ["on the next", "the very word"])
    text = document(pdf).text
    place = text.location(text.text.index("second"))
    assert str(place) == "paper.pdf#page=1:2:1"
    place = text.location(text.text.index("very"))
    assert (place.page, place.line, place.column) == (2, 2, 5)


def test_two_columns_are_read_one_after_the_other() -> None:
    """Whatever the order in which the file draws them."""
    page = Page()
    for left, right in zip(prose("L", 12), prose("R", 12), strict=True):
        y = 700 - 12 * len(page.content) / 2
        page.text(RIGHT, y, right)
        page.text(LEFT, y, left)
    assert marks(text_of(Pdf([page]))) == f"{numbered('L', 12)} {numbered('R', 12)}"


def test_columns_whose_lines_are_not_level_are_columns() -> None:
    """The right one stands half a line lower, and is shorter."""
    page = Page()
    page.column(LEFT, 700, prose("L", 14))
    page.column(RIGHT, 694, prose("R", 9))
    assert marks(text_of(Pdf([page]))) == f"{numbered('L', 14)} {numbered('R', 9)}"


def test_a_title_over_two_columns_comes_first() -> None:
    """So does a full-width abstract; a figure's caption over both parts bands."""
    page = Page()
    page.text(120, 740, "T0 The title over both columns", size=16)
    page.column(LEFT, 710, prose("A", 5, width=83))
    page.column(LEFT, 630, prose("L", 8))
    page.column(RIGHT, 630, prose("R", 8))
    page.column(LEFT, 510, prose("C", 2, width=83))
    page.column(LEFT, 470, prose("M", 8))
    page.column(RIGHT, 470, prose("S", 8))
    expected = " ".join(
        numbered(mark, count)
        for mark, count in zip("TALRCMS", (1, 5, 8, 8, 2, 8, 8), strict=True)
    )
    assert marks(text_of(Pdf([page]))) == expected


def test_three_columns_are_three() -> None:
    """From left to right."""
    page = Page()
    for x, mark in ((40, "L"), (225, "M"), (410, "R")):
        page.column(x, 700, prose(mark, 10, width=28))
    expected = f"{numbered('L', 10)} {numbered('M', 10)} {numbered('R', 10)}"
    assert marks(text_of(Pdf([page]))) == expected


def test_numbers_beside_a_list_are_no_column() -> None:
    """The label and its reference are one line."""
    page = Page()
    for number in range(1, 8):
        page.text(60, 720 - 12 * number, f"[{number}]")
        page.text(
            95, 720 - 12 * number, f"Author {number}, a title that is long enough"
        )
    lines = text_of(Pdf([page])).splitlines()
    assert lines[0] == "[1] Author 1, a title that is long enough"
    assert lines[-1].startswith("[7] Author 7")


def test_what_is_balanced_below_the_text_comes_after_both_columns() -> None:
    """Notes in smaller letters at the foot of both columns."""
    page = Page()
    page.column(LEFT, 700, prose("L", 10))
    page.column(RIGHT, 700, prose("R", 10))
    page.column(LEFT, 560, prose("M", 4, width=50), size=8, leading=10)
    page.column(RIGHT, 560, prose("S", 4, width=50), size=8, leading=10)
    expected = " ".join(
        numbered(mark, count)
        for mark, count in zip("LRMS", (10, 10, 4, 4), strict=True)
    )
    assert marks(text_of(Pdf([page]))) == expected


def test_small_letters_below_one_column_are_no_seam() -> None:
    """The other column has nothing beside them."""
    page = Page()
    page.column(LEFT, 700, prose("L", 10))
    page.column(RIGHT, 700, prose("R", 20))
    page.column(LEFT, 440, prose("M", 4, width=50), size=8, leading=10)
    expected = f"{numbered('L', 10)} {numbered('M', 4)} {numbered('R', 20)}"
    assert marks(text_of(Pdf([page]))) == expected


def test_a_gap_that_both_columns_have_by_chance_is_no_seam() -> None:
    """The letters below it are as large as those above."""
    page = Page()
    for x, mark in ((LEFT, "L"), (RIGHT, "R")):
        lines = prose(mark, 12)
        page.column(x, 700, lines[:6])
        page.column(x, 600, lines[6:])
    assert marks(text_of(Pdf([page]))) == f"{numbered('L', 12)} {numbered('R', 12)}"


def test_a_footnote_is_a_paragraph_of_its_own() -> None:
    """At the end of its column."""
    page = Page()
    page.column(72, 700, prose("B", 10, width=60))
    page.column(72, 540, ["1 A note in smaller letters."], size=8)
    text = text_of(Pdf([page]))
    assert text.endswith("\n\n1 A note in smaller letters.")


def test_a_turned_page_reads_as_any() -> None:
    """A landscape page whose text runs upwards in the file."""
    for turn, matrix in ((1, (0, 1, -1, 0)), (2, (-1, 0, 0, -1)), (3, (0, -1, 1, 0))):
        page = Page(rotate=90 * turn)
        for number in range(3):
            step = 14 * number
            x, y = {1: (200 + step, 100), 2: (500, 300 + step), 3: (400 - step, 600)}[
                turn
            ]
            page.text(x, y, f"line {number} of it", matrix=matrix)
        lines = text_of(Pdf([page])).splitlines()
        assert lines == ["line 0 of it", "line 1 of it", "line 2 of it"]


def test_a_stamp_in_the_margin_comes_last() -> None:
    """Upright text is read without it; a slanted watermark is no text."""
    page = Page()
    page.text(30, 200, "arXiv:2101.00001v1", matrix=(0, 1, -1, 0), size=16)
    page.text(200, 300, "DRAFT", matrix=(0.7, 0.7, -0.7, 0.7), size=60)
    page.column(72, 700, prose("B", 5, width=60))
    text = text_of(Pdf([page]))
    assert text.endswith("\n\narXiv:2101.00001v1")
    assert "DRAFT" not in text


def test_exponents_stay_in_their_line() -> None:
    """And are not parted from their word."""
    page = Page()
    page.text(72, 700, "Ann Lee", size=10)
    page.text(72 + 42, 704, "1,2", size=6)
    page.text(72 + 56, 700, "and Bo", size=10)
    page.text(72, 688, "at 10 fb and", size=10)
    page.text(72 + 60 - 12, 692, "", size=6)
    assert text_of(Pdf([page])).splitlines()[0] == "Ann Lee1,2 and Bo"


def test_letters_that_are_moved_stay_in_their_word() -> None:
    """As in the name of TeX; a sign below other words is in another line."""
    page = Page()
    page.text(72, 700, "T")
    page.text(76, 697, "E")
    page.text(81, 700, "X is a program of its own")
    page.text(140, 697, "+")
    lines = text_of(Pdf([page])).split("\n")
    assert lines[0] == "TEX is a program of its own"
    assert lines[-1] == "+"


def test_a_small_line_far_from_others_is_a_line() -> None:
    """It is beside nothing, so it is nobody's exponent."""
    page = Page()
    page.text(72, 700, "A heading", size=14)
    page.text(400, 706, "page one", size=8)
    assert set(text_of(Pdf([page])).split("\n\n")) == {"A heading", "page one"}


def test_accents_of_old_fonts_are_put_on_their_letters() -> None:
    """Drawn before the letter or after it, above it or below."""
    page = Page()
    page.text(72, 700, "G")
    page.text(78, 700, "\u00a8")
    page.text(78, 700, "o")
    page.text(84, 700, "teborg")
    page.text(72, 680, "Fran")
    page.text(96, 680, "c")
    page.text(96, 680, "\u00b8")
    page.text(102, 680, "ais x\u00b4 y")
    page.text(72, 660, "q\u00af", matrix=(1, 0, 0, 1))
    page.text(78, 640, "q")
    page.text(78, 640, "\u00af")  # there is no such letter
    lines = text_of(Pdf([page])).split()
    assert lines[:4] == ["Göteborg", "Français", "x´", "y"]
    assert set("".join(lines[4:])) == {"q", "\u00af"}


def test_ligatures_and_rare_letters_are_read() -> None:
    """As the file maps them; a half letter is a sign of a missing one."""
    page = Page()
    page.text(72, 700, b"\x01nd", font="Mapped")
    page.text(72, 680, b"x\x02y", font="Mapped")
    assert text_of(Pdf([page])) == "find\nx\U0001d6fcy"


def test_half_a_character_is_a_sign_of_a_missing_one() -> None:
    """The second half; the first one leaves a gap."""
    page = Page()
    page.text(72, 700, b"x\x05y\x04z", font="Mapped")
    assert text_of(Pdf([page])) == "x\ufffdy z"
    assert engine._character(0xDC00, 0) == ("\ufffd", 0)
    assert engine._character(0x110000, 0) == ("\ufffd", 0)


def test_text_outside_the_page_is_not_read() -> None:
    """Nobody sees it."""
    page = Page()
    page.text(72, 700, "seen")
    page.text(72, 900, "printer's mark")
    page.text(-200, 700, "unseen")
    assert text_of(Pdf([page])) == "seen"


def test_an_empty_page_has_no_text() -> None:
    """And is no reason to warn, where another has some."""
    pdf = Pdf()
    pdf.page()
    pdf.page().text(72, 700, "here")
    found = document(pdf)
    assert (found.text.text, found.diagnostics) == ("here", ())
