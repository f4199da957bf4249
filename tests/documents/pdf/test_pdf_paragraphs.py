"""Where in a PDF a paragraph or a reference begins, and where it goes on."""

from __future__ import annotations

import pytest

from documents.pdf.pdf_builder import Page, Pdf
from documents.pdf.pdf_pages import (
    LEFT,
    RIGHT,
    marks,
    numbered,
    prose,
    text_of,
)


def test_an_indent_begins_a_paragraph_of_prose() -> None:
    """Where the line before it ends early."""
    page = Page()
    lines = prose("P", 8, width=60)
    lines[3] = "P3 short."
    lines[4] = f"   {lines[4][:57]}"
    page.column(72, 700, lines)
    first, second = text_of(Pdf([page])).split("\n\n")
    assert marks(first) == "P0 P1 P2 P3"
    assert marks(second) == "P4 P5 P6 P7"


def test_a_hanging_indent_begins_a_reference() -> None:
    """All lines but the first are indented."""
    page = Page()
    page.column(
        72,
        700,
        [
            "Adams, A. (2001). A title that goes on to the very end of the line and",
            "   then on the next. Journal of Things, 1, 1-9.",
            "Baker, B., Clark, C., Davis, D., Evans, E., & Frank, F. (2002). Another",
            "   title, in another journal, and it needs more than two lines to say all",
            "   that it has to say. Journal of Things, 2, 1-9.",
            "Young, Y. (2003). Short. Things, 3, 1.",
            "Zhang, Z. (2004). The last of the titles in this list of references, as",
            "   it should be. Journal of Things, 4, 1-9.",
        ],
    )
    found = text_of(Pdf([page])).split("\n\n")
    assert [one.split(",")[0] for one in found] == ["Adams", "Baker", "Young", "Zhang"]


def test_ragged_lines_are_told_by_their_ends() -> None:
    """The last line of a reference may be longer than its first one."""
    page = Page()
    page.column(
        72,
        700,
        [
            "[Ada01] Ann Adams, A title of a book that",
            "   is on very many things, House of Books, Town, 2001.",
            "[Bak02] Bo Baker, Another title that",
            "   is on fewer things, House of Books, Other Town, 2002.",
            "[Cla03] Cy Clark, House, Town, 2003.",
        ],
    )
    found = text_of(Pdf([page])).split("\n\n")
    assert [one[:7] for one in found] == ["[Ada01]", "[Bak02]", "[Cla03]"]


def test_lines_that_end_early_tell_where_no_stop_does() -> None:
    """In a list without full stops."""
    page = Page()
    page.column(
        72,
        700,
        [
            "Adams, Ann: A title of a book that is on very many things, in two",
            "   volumes, Town 2001",
            "Baker, Bo: Another title of a book that is on very many things, in",
            "   one volume, Other Town 2002",
            "Clark, Cy: The last title, in no volume at all",
        ],
    )
    found = text_of(Pdf([page])).split("\n\n")
    assert [one.split(",")[0] for one in found] == ["Adams", "Baker", "Clark"]


def test_numbers_begin_references() -> None:
    """Without any indent; a citation at the begin of a line of prose does not."""
    page = Page()
    page.column(
        72,
        700,
        [
            "1. Adams A. A title that goes on to the very end of the line, and then",
            "on the next. Things 2001;1:1-9.",
            "2. Baker B. Another title. Things 2002;2:1-9.",
            "3. Clark C. A third title that goes on to the very end of the line as",
            "well. Things 2003;3:1-9.",
        ],
    )
    page.column(
        72,
        500,
        [
            "This is shown in many studies, of which we name but a few here, such as",
            "[12] and those that it cites; others disagree with most of it, above all",
            "[3] and its authors, who say that nothing of the kind could be found.",
        ],
    )
    found = text_of(Pdf([page])).split("\n\n")
    assert [one.split()[0] for one in found] == ["1.", "2.", "3.", "This"]


def test_a_gap_or_larger_letters_begin_a_paragraph() -> None:
    """Headings are apart from the text."""
    page = Page()
    page.text(72, 720, "Heading", size=16)
    y = page.column(72, 705, prose("P", 4, width=60))
    page.column(72, y - 8, prose("Q", 4, width=60))
    assert [marks(one) for one in text_of(Pdf([page])).split("\n\n")] == [
        "Heading",
        numbered("P", 4),
        numbered("Q", 4),
    ]


def test_a_reference_goes_on_in_the_next_column() -> None:
    """What follows it has the next number."""
    page = Page()
    head = [
        "[1] Adams A. A title. Things 2001;1:1-9.",
        "[2] Baker B. Another title that is more ",
        "    than a line. Things 2002;2:1-9.",
        "[3] Clark C. A third. Things 2003;3:1-9.",
        "[4] Davis D, Evans E, Frank F.",
    ]
    tail = [
        "    2004. The title. Things 4:1-9.",
        "[5] Green G. A fifth. Things 2005;5:1-9.",
        "[6] Hills H. A sixth. Things 2006;6:1-9.",
        "[7] Irons I. Another. Things 2007;7:1-9.",
        "[8] Jones J. The last. Things 2008;8:1.",
    ]
    page.column(LEFT, 700, head)
    page.column(RIGHT, 700, tail)
    found = text_of(Pdf([page])).split("\n\n")
    assert [one[:3] for one in found] == [f"[{number}]" for number in range(1, 9)]
    assert found[3].endswith("Frank F.\n2004. The title. Things 4:1-9.")


def test_the_number_of_the_next_reference_tells_what_goes_on() -> None:
    """Where gaps part the references, and indents tell nothing."""
    page = Page()
    y = 700.0
    for number in range(1, 6):
        y = page.column(LEFT, y, [f"[{number}] Adams A, Baker B, Clark C,", "Davis D."])
        y -= 8
    y = page.column(RIGHT, 700, ["A title. Things 2001."]) - 8
    for number in range(6, 11):
        y = page.column(
            RIGHT, y, [f"[{number}] Adams A, Baker B, Clark C.", "A title."]
        )
        y -= 8
    found = text_of(Pdf([page])).split("\n\n")
    assert [one.split()[0] for one in found] == [f"[{n}]" for n in range(1, 11)]
    assert found[4].endswith("Davis D.\nA title. Things 2001.")


@pytest.mark.parametrize("indent", [0, 3])
def test_an_indent_tells_what_begins_on_a_page(indent: int) -> None:
    """Even where a sentence ends at the foot of the page before."""
    pdf = Pdf()
    lines = prose("P", 6, width=60)
    lines[-1] = f"{lines[-1][:59]}."
    pdf.page().column(72, 700, lines)
    lines = prose("Q", 6, width=60)
    lines[0] = " " * indent + lines[0][: 60 - indent]
    lines[2] = "Q2 ends."
    lines[3] = "   " + lines[3][:57]
    pdf.page().column(72, 700, lines)
    assert text_of(pdf).count("\n\n") == (2 if indent else 1)


def test_prose_goes_on_on_the_next_page() -> None:
    """If its last line is full, and no sentence ends there."""
    pdf = Pdf()
    pdf.page().column(72, 700, prose("P", 6, width=60))
    pdf.page().column(72, 700, prose("Q", 6, width=60))
    assert "\n\n" not in text_of(pdf)


@pytest.mark.parametrize(
    ("last", "first", "size"),
    [
        ("Here it ends.", "Another begins", 10),
        ("Here it is cut", "In larger letters", 14),
        ("Here it is cut", "7. a numbered entry", 10),
        ("short", "Another begins", 10),
    ],
)
def test_what_ends_on_a_page_is_over(last: str, first: str, size: int) -> None:
    """A full stop, other letters, a number, or a short last line tell it."""
    pdf = Pdf()
    lines = prose("P", 6, width=60)
    lines[-1] = last if last == "short" else f"{lines[-1][: 59 - len(last)]} {last}"
    pdf.page().column(72, 700, lines)
    pdf.page().column(72, 700, [first, *prose("Q", 5, width=60)], size=size)
    assert f"{last}\n\n{first}" in text_of(pdf)
