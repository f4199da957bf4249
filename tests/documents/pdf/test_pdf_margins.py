"""What stands in the margins of a PDF, and counts or repeats, is no text of it."""

from __future__ import annotations

import pytest

from documents.pdf.pdf_builder import Page, Pdf
from documents.pdf.pdf_pages import (
    document,
    marks,
    numbered,
    prose,
    text_of,
)


def test_running_heads_and_page_numbers_are_left_out() -> None:
    """They repeat at the same height; numbers in them may differ."""
    pdf = Pdf()
    for number in range(1, 7):
        page = pdf.page()
        page.text(72, 760, "Journal of Things 2020;12:345")
        page.column(72, 700, prose("PQRSTU"[number - 1], 20, width=60))
        page.text(300, 40, str(number))
    found = document(pdf)
    assert marks(found.text.text) == " ".join(numbered(mark, 20) for mark in "PQRSTU")
    # The lines of a page are counted with its head.
    assert found.text.location(0).line == 2


def test_a_head_of_few_pages_repeats_on_two() -> None:
    """On a title page it may be another."""
    pdf = Pdf()
    for head in ("Received 1 May 2020", "Lee: On things", "Lee: On things"):
        page = pdf.page()
        page.text(72, 760, head)
        page.column(72, 700, prose("P", 20, width=60))
    text = text_of(pdf)
    assert "Lee:" not in text
    assert "Received" in text


def test_a_page_number_needs_no_other() -> None:
    """If it is the number of its page; in the text, it is a number."""
    pdf = Pdf()
    pdf.page().column(72, 700, prose("P", 4, width=60))
    page = pdf.page()
    page.column(72, 700, [*prose("Q", 4, width=60), "2"])
    page.text(300, 40, "- 2 -")
    assert text_of(pdf).endswith("\n2")


def test_a_line_that_repeats_in_the_text_stays() -> None:
    """Only what stands near the edge is a head."""
    pdf = Pdf()
    for _ in range(6):
        pdf.page().column(72, 500, ["Table 1", "A sentence of the text."])
    assert text_of(pdf).count("A sentence of the text.") == 6


def test_figures_of_a_table_are_no_page_numbers() -> None:
    """Even where they stand at the same height on every page."""
    pdf = Pdf()
    for number in range(6):
        pdf.page().column(72, 740, [f"{number}.5 {number}.7 {number}.9", "and so on"])
    assert text_of(pdf).count(".7") == 6


def test_a_stamp_on_every_page_is_left_out() -> None:
    """Such as who downloaded the file, in the margin."""
    pdf = Pdf()
    for _ in range(6):
        page = pdf.page()
        page.text(590, 300, "Downloaded on 1 May 2020", matrix=(0, 1, -1, 0), size=7)
        page.column(72, 500, prose("P", 6, width=60))
    assert "Downloaded" not in text_of(pdf)


@pytest.mark.parametrize(("x", "step"), [(40, 1), (500, 1), (40, 5)])
def test_numbers_of_lines_are_left_out(x: int, step: int) -> None:
    """In either margin, for every line or for every fifth."""
    page = Page()
    page.column(72, 700, prose("P", 40, width=60), leading=15)
    for number in range(step, 41, step):
        page.text(x, 700 - 15 * (number - 1), str(number), size=8)
    assert marks(text_of(Pdf([page]))) == numbered("P", 40)
    assert all("P" in line for line in text_of(Pdf([page])).splitlines())


def test_numbers_of_references_are_kept() -> None:
    """They do not stand in every line, or not in the margin."""
    page = Page()
    for number in range(1, 15):
        page.text(60, 720 - 30 * number, str(number))
        page.text(84, 720 - 30 * number, "An author, and a title that is so long")
        page.text(84, 708 - 30 * number, "that it needs a second line")
    lines = [line for line in text_of(Pdf([page])).splitlines() if line]
    assert [line.split()[0] for line in lines[::2]] == [str(n) for n in range(1, 15)]


def test_numbers_in_a_table_are_kept() -> None:
    """They do not count on, or stand in the text."""
    page = Page()
    for number in range(20):
        page.text(60, 720 - 12 * number, f"{number * 7 % 20}")
        page.text(84, 720 - 12 * number, f"and {number}")
    assert len(text_of(Pdf([page])).split()) == 60
