"""The text of a PDF is what a reader reads, in the order in which it is read."""

from __future__ import annotations

import pytest

from documents.pdf.pdf_builder import Page, Pdf
from lupusrefs.documents.catalogue import read
from lupusrefs.documents.document import Document, DocumentFile, DocumentKind
from lupusrefs.documents.pdf import engine
from lupusrefs.documents.pdf import read as read_pdf
from lupusrefs.documents.pdf.hyphens import Hyphenation, word_joint
from lupusrefs.documents.pdf.joints import Joint
from lupusrefs.model.doi_text import find_dois

LEFT, RIGHT = 60, 320  # of two columns of 40 letters of 6 points
WORDS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota")


def document(pdf: Pdf) -> Document:
    """Read what was built."""
    return read_pdf(DocumentFile("paper.pdf", pdf.build()))


def text_of(pdf: Pdf) -> str:
    """The text of what was built."""
    return document(pdf).text.text


def prose(mark: str, count: int, width: int = 40) -> list[str]:
    """Full lines of a column, each with its mark and number in it."""
    lines = []
    for number in range(count):
        line = f"{mark}{number}"
        step = number
        while len(line) + 1 + len(WORDS[step % len(WORDS)]) <= width:
            line += f" {WORDS[step % len(WORDS)]}"
            step += 3
        lines.append(line + "x" * (width - len(line)))
    return lines


def marks(text: str) -> str:
    """The marks of the lines of a text, in its order."""
    return " ".join(line.split()[0] for line in text.splitlines() if line)


def numbered(mark: str, count: int) -> str:
    """The marks of so many lines."""
    return " ".join(f"{mark}{number}" for number in range(count))


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


# --- paragraphs ------------------------------------------------------------------


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


# --- running heads -----------------------------------------------------------------


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


# --- line numbers --------------------------------------------------------------------


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


# --- broken words and addresses -------------------------------------------------------


def joined(*lines: str) -> list[str]:
    """Lines of one paragraph as they are read."""
    page = Page()
    page.column(72, 700, lines)
    return text_of(Pdf([page])).splitlines()


def test_a_word_that_a_line_breaks_is_one() -> None:
    """It stands where it begins, and the rest of the line below."""
    pdf = Pdf()
    pdf.page().column(72, 700, ["the resp-", "iratory tract, and", "not respiratory"])
    text = document(pdf).text
    assert text.text == "the respiratory\ntract, and\nnot respiratory"
    assert text.location(text.text.index("iratory")).line == 2
    assert text.location(text.text.index("tract")).column == 9


def test_its_punctuation_comes_with_a_word() -> None:
    """A comma does not begin a line."""
    lines = joined("in the collabo-", "ration), which", "a collaboration")
    assert lines[:2] == ["in the collaboration),", "which"]


def test_a_document_that_breaks_words_breaks_unknown_ones_too() -> None:
    """Others break lines at hyphens that are there anyway."""
    broken = ("a mole-", "cule of a pro-", "tein and some enzy-", "me of a kind")
    assert joined(*broken) == list(broken)
    lines = joined("molecule and protein", *broken)
    assert lines[1:] == ["a molecule", "of a protein", "and some enzyme", "of a kind"]


def test_a_soft_hyphen_is_never_meant_to_be_seen() -> None:
    """Even where the document breaks no other word."""
    assert word_joint("an enzy\u00ad", "me", Hyphenation.of([])) == Joint(7, 2)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("the AT-", "LAS experiment"),  # a name
        ("of Jean-", "Pierre"),
        ("pages 12-", "14 of it"),
        ("pre-", "war"),  # nothing before it: it may be the end of an address
        ("both pre-", "and postnatal"),
        ("https://example.org/some-", "where else"),
        ("an end -", "and more"),
        ("to the micro-", "RNA of it"),
        ("by inter-", "net2.com"),
    ],
)
def test_what_may_keep_its_hyphen_is_left_as_it_is(line: str, following: str) -> None:
    """Only what is sure is joined."""
    assert joined(line, following) == [line, following]


def test_a_compound_keeps_its_hyphen() -> None:
    """If the text has it elsewhere, or both parts are words, or the first is such."""
    assert joined("a well-", "known one")[0] == "a well-known"
    assert joined("a piezo-driven one", "of piezo-", "driven ones")[1] == (
        "of piezo-driven"
    )
    assert (
        joined("state of the spin", "the spin-", "state of it")[1] == "the spin-state"
    )
    assert joined("a state-of-the-", "art one")[0] == "a state-of-the-art"
    assert joined("his network is", "a work of the net", "by net-", "work it")[2] == (
        "by network"
    )


def test_addresses_are_joined_where_none_can_end() -> None:
    """Whatever the place of the break."""
    whole = "https://doi.org/10.1234/abc.def"
    for at in (6, 7, 8, 16, 18, 19, 22, 23):
        lines = joined(f"See {whole[:at]}", f"{whole[at:]} and more")
        assert lines == [f"See {whole}", "and more"], at


def test_a_suffix_goes_on_with_a_hyphen() -> None:
    """No sentence begins so."""
    lines = joined("See doi:10.1234/abc", "-HP071 and more")
    assert lines == ["See doi:10.1234/abc-HP071", "and more"]


def test_a_doi_that_is_broken_in_its_suffix_is_found() -> None:
    """The line break stays, and is no blank."""
    pdf = Pdf()
    pdf.page().column(72, 700, ["doi:10.1234/abc.2020-", "1234 was registered"])
    text = text_of(pdf)
    assert text == "doi:10.1234/abc.2020-\n1234 was registered"
    assert find_dois(text)[0].doi.name == "10.1234/abc.2020-1234"
