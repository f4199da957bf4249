"""Reference lists in running text: found, and parted into references."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from lupusrefs.documents.placed_text import lines
from lupusrefs.documents.reference_list.find import find_references, split_references
from lupusrefs.documents.reference_list.lines import find_reference_lines

PROSE = """\
As several authors have shown (Smith 2001; Miller and Jones 1999, p. 12), it is not so.
In the Journal of Things 12(3), 45-67, it was said that there is nothing else to be had.
"""
FIRST = "Miller, J. (2001). A title of a work. Journal of Things, 3(4), 5–16."
SECOND = "Smith, K. A., & Brown, L. (2002). Another title. Berlin: Springer."
THIRD = "Weber, M. (1922). Something else. In O. Other (Ed.), A book (pp. 1-9). Sage."


def texts(text: str) -> list[str]:
    """What is found, in one line each."""
    return [found.text for found in find_references(text)]


# --- where there is a list ------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    ["References", "7. Literatur", "## Works cited", r"\section*{Bibliografía}"],
)
def test_a_list_under_a_heading(heading: str) -> None:
    """Prose before it is none of it."""
    assert texts(f"{PROSE}\n{heading}\n\n{FIRST}\n{SECOND}\n") == [FIRST, SECOND]


def test_a_list_ends_at_the_next_heading() -> None:
    """What follows it may have years and names, too."""
    text = f"{PROSE}References\n{FIRST}\n{SECOND}\nAppendix A\nItem 1, 2003\nItem 2\n"
    assert texts(text) == [FIRST, SECOND]


def test_a_list_ends_where_sentences_begin() -> None:
    """Without any heading."""
    text = f"References\n{FIRST}\n{SECOND}\nJane Miller\nUniversity of Things\n{PROSE}"
    assert texts(text) == [FIRST, SECOND]


def test_the_last_line_of_a_list_may_say_little() -> None:
    """It goes on with the one before."""
    text = f"References\n{FIRST}\nWeber, M. (1922). Something else about the making\n"
    assert texts(f"{text}of many things\n")[-1].endswith("the making of many things")


def test_columns_may_part_the_heading_from_the_list() -> None:
    """Sentences in between are no references."""
    thanks = "Researchers thank directors of many schools\nfor all questionnaires.\n"
    assert texts(f"{PROSE}References\n{thanks}{FIRST}\n{SECOND}\n") == [FIRST, SECOND]


def test_a_page_number_before_the_heading() -> None:
    """Its dashes cut no word."""
    assert texts(f"{PROSE}- 28 -\nLiteratur\n{FIRST}\n{SECOND}\n") == [FIRST, SECOND]


def test_several_lists() -> None:
    """Each chapter may have one."""
    chapter = f"{PROSE}\nReferences\n\n{FIRST}\n\n{SECOND}\n\nAppendix\n\n"
    assert texts(chapter + chapter) == [FIRST, SECOND] * 2


def test_headings_within_a_list() -> None:
    """Books and articles apart."""
    text = f"## References\n\n### Books\n\n- {FIRST}\n\n### Articles\n\n- {SECOND}\n"
    assert texts(text) == [FIRST, SECOND]


def test_a_list_that_nothing_announces() -> None:
    """On the pages of journals a short list just follows the text."""
    text = f"{PROSE}\n\n  1. {FIRST}\n\n  2. {SECOND}\n\nRequest Permissions\n{PROSE}"
    found = find_references(text)
    assert [(one.label, one.text) for one in found] == [("1", FIRST), ("2", SECOND)]


@pytest.mark.parametrize("marks", [("[1] ", "[2] ", "[3] "), ("", "", "")])
def test_a_longer_list_that_nothing_announces(marks: tuple[str, str, str]) -> None:
    """With any labels, or none."""
    listed = [FIRST, SECOND, THIRD]
    text = "\n".join(map("".join, zip(marks, listed, strict=True)))
    assert texts(f"{PROSE}\n{text}\n\n{PROSE}") == listed


def test_a_list_may_have_addresses() -> None:
    """Among plain references what is only an address is one, too."""
    some = [FIRST, SECOND, THIRD, "https://example.org/software.", FIRST]
    listed = "\n".join(f"[{number}] {one}" for number, one in enumerate(some, start=1))
    assert texts(f"{PROSE}\n{listed}\n\n{PROSE}") == some


def test_where_one_list_has_a_heading_others_have_too() -> None:
    """How to cite the paper itself is no reference of it."""
    text = f"Suggested citation:\n{THIRD}\n{PROSE}\nReferences\n{FIRST}\n{SECOND}\n"
    assert texts(text) == [FIRST, SECOND]


def test_a_press_release() -> None:
    """Bullets under "Original publications:", contact lines around them."""
    text = (
        f"{PROSE}\nContact:\n\nProf. Jane Miller, Phone: +1-555-01,\n\n"
        f"Original publications:\n\n  • {FIRST}\n  • {SECOND}\n\n"
        "Last change: 01.02.2020 - Editor:\n"
    )
    assert texts(text) == [FIRST, SECOND]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_nothing_but_references(between: str) -> None:
    """A text of references is a list, one to a line or parted by blank lines."""
    assert texts(between.join([FIRST, SECOND, THIRD])) == [FIRST, SECOND, THIRD]


def test_one_reference() -> None:
    """A text may be one reference."""
    one = "Weber, Max: Wirtschaft und Gesellschaft. Tübingen 1922"
    assert texts(one) == [one]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        PROSE,
        "Curriculum\n\n2001–2005 Physics, Berlin\n2005–2009 Ph.D., Cologne\n",
        "Flour\n\n• 200 g of flour\n• 2 eggs\n\n1. Sieve.\n2. Bake at 200 degrees.\n",
        "1. JY Miller1,3,4,\n2. C von Smith1\n1. 1Department of Things, 20000 Town\n",
        "Inhalt\n1 Einleitung .... 3\n2 Literatur ........ 23\n" + PROSE,
        f"Literatur\n\n{PROSE}",
        f"Notes\n\n{PROSE}",
        "Jane Doe, 12 Main Street, New York, NY 10001\nTel. +1 555 2003\n" + PROSE,
    ],
)
def test_no_references(text: str) -> None:
    """Years and brackets alone make no reference."""
    assert find_references(text) == ()


# --- footnotes ------------------------------------------------------------------

NOTE = (
    "12 Vgl. Jane Miller, Die Geschichte der Dinge. Von den Anfängen bis zur Gegen-\n"
    "wart, Berlin 1991, S. 12–14.\n"
)


@pytest.mark.parametrize(
    ("pointing", "head"),
    [
        ("Vgl.", "Jane Miller,"),
        ("Siehe auch", "Jane Miller,"),
        ("See, e.g.,", "Jane Miller,"),
        ("S. dazu", "Jane Miller,"),
        ("", "Jane Miller,"),
        ("See the book of", "See the book of Jane Miller,"),
    ],
)
def test_a_footnote_that_cites(pointing: str, head: str) -> None:
    """It is a reference; its number and what points to the work are no part of it."""
    text = PROSE + NOTE.replace("Vgl.", pointing).replace("  ", " ") + PROSE
    [found] = find_references(text)
    assert found.label == "12"
    assert found.text.startswith(head)
    assert found.text.endswith("Gegenwart, Berlin 1991, S. 12–14.")
    assert text[found.span.start :].startswith(head)


def test_a_footnote_whose_number_is_elsewhere() -> None:
    """Columns part the numbers of notes from the notes."""
    note = "J. A. Miller, Things. In: K. Smith (Hg.), Dinge, Berlin 2001, S. 1–9.\n"
    note += "In: Journal of Things 3 (2001), S. 12."
    assert texts(f"{PROSE}12\n{note}\n{PROSE}") == [note.replace("\n", " ")]


def test_a_footnote_that_only_says_something() -> None:
    """It is none, even beside one that cites."""
    remark = "13 Siehe dazu auch das, was oben gesagt worden ist und nicht mehr gilt.\n"
    assert len(find_references(PROSE + NOTE + remark + PROSE)) == 1


def test_a_footnote_that_points_to_the_list() -> None:
    """Names and years alone are no reference."""
    note = (
        "12 Vgl. Miller/Smith 1986: 12; Brown/Green 1993: 305-325; Miller 1999, S. 3."
    )
    assert find_references(PROSE + note + "\n" + PROSE) == ()


# --- lines between references ---------------------------------------------------


def test_page_numbers_and_running_heads() -> None:
    """A reference goes on behind a page break; what stands there is none of it."""
    pages = "".join(f"{PROSE * 8}\nThe Things of Miller {n}\n" for n in (1, 2, 3))
    cut = "Weber, M. (1922). Something else that is\n\n17\n\fThe Things of Miller 18\n"
    text = f"{pages}References\n{FIRST}\n{cut}very long. Journal of Things, 3, 5–6.\n"
    whole = "Weber, M. (1922). Something else that is very long. Journal of Things, 3,"
    assert texts(text) == [FIRST, f"{whole} 5–6."]


def test_a_year_by_itself_ends_a_reference() -> None:
    """It is no page number where the line before is not over."""
    text = f"References\n{FIRST}\nWeber, M.: Something else. Tübingen: Mohr\n1922\n"
    assert texts(text)[-1] == "Weber, M.: Something else. Tübingen: Mohr 1922"


@pytest.mark.parametrize(
    "end", ["Washington, DC:\nAuthor.", "Springer\n(2001).", "a\nsummary"]
)
def test_the_end_of_a_reference_may_look_like_something_else(end: str) -> None:
    """Like a heading, or a page number."""
    text = f"References\n{FIRST}\nWeber, M. (1922). Something else. {end}\n{SECOND}\n"
    whole = f"Weber, M. (1922). Something else. {end}"
    assert texts(text) == [FIRST, " ".join(whole.split()), SECOND]


def test_what_is_in_every_list_is_no_running_head() -> None:
    """The same reference in the lists of three chapters is found three times."""
    chapter = f"{PROSE * 200}\nReferences\n{FIRST}\n{SECOND}\nAppendix\n"
    assert texts(chapter * 3) == [FIRST, SECOND] * 3


def test_lines_of_references_are_marked() -> None:
    """One answer for each line; the heading and the page number are none."""
    text = f"{PROSE}References\n{FIRST}\n3\n{SECOND}"
    marked = find_reference_lines(text.split("\n"))
    assert marked == [False, False, False, True, False, True]


# --- where one ends and the next begins -----------------------------------------


@dataclass(frozen=True)
class Style:
    """A way to set a list of two references."""

    list: str
    labels: tuple[str | None, str | None]


LONG = "Miller, J. (2001). A title that goes\n{}on. Things, 3, 5."
NEXT = "Smith, K. (2002). Another title that goes\n{}on. Things, 4, 6."


@pytest.mark.parametrize(
    "style",
    [
        Style("[1] {0}\n[2] {1}", ("1", "2")),
        Style("(1) {0}\n(2) {1}", ("1", "2")),
        Style("1. {0}\n2. {1}", ("1", "2")),
        Style("1) {0}\n2) {1}", ("1", "2")),
        Style("1.\t{0}\n2.\t{1}", ("1", "2")),
        Style("1 {0}\n2 {1}", ("1", "2")),
        Style("99 {0}\n100 {1}", ("99", "100")),
        Style("[Mil01] {0}\n[Smi02] {1}", ("Mil01", "Smi02")),
        Style("• {0}\n• {1}", (None, None)),
        Style("- {0}\n- {1}", (None, None)),
        Style("\\bibitem{{mil}} {0}\n\\bibitem[S(2002)]{{smi}}\n{1}", ("mil", "smi")),
        Style("{0}\n\n{1}", (None, None)),
        Style("{0}\n{1}", (None, None)),
        Style("{0}\n2. {1}", (None, "2")),
    ],
)
@pytest.mark.parametrize("indent", ["", "    "])
def test_styles_of_lists(style: Style, indent: str) -> None:
    """Numbers and bullets are no part of the text; the span begins behind them."""
    first, second = LONG.format(indent), NEXT.format(indent)
    text = f"References\n\n{style.list.format(first, second)}\n"
    found = find_references(text)
    assert [one.text for one in found] == [
        " ".join(first.split()),
        " ".join(second.split()),
    ]
    assert tuple(one.label for one in found) == style.labels
    places = [text[one.span.start : one.span.end] for one in found]
    assert places == [first, second]


def test_the_same_author_again() -> None:
    """A dash is kept as it is written."""
    text = f"References\n{FIRST}\n———. (2003). Other things. Berlin: Springer.\n"
    assert texts(text)[1].startswith("———. (2003)")


def test_an_edition_is_no_number_of_a_list() -> None:
    """A line may begin with a number that is not the next one."""
    text = "References\n1. Miller J. A title.\n7. Aufl. Berlin 2001.\n2. Smith K. 2002."
    assert texts(text)[0] == "Miller J. A title. 7. Aufl. Berlin 2001."


def test_numbers_of_volumes_are_no_labels() -> None:
    """A line may begin with the number of a volume, or with what was cut."""
    text = (
        "[1] A. Miller, B. Smith and C. Brown, Phys. Rev. D\n86 (2012) 033016.\n"
        "[2] D. Green, J. Things 04 (2012)\n130, arXiv:1210.0001 [hep-th].\n"
    )
    found = find_references(f"{PROSE}\nReferences\n{text}")
    assert [one.label for one in found] == ["1", "2"]
    assert found[0].text.endswith("Phys. Rev. D 86 (2012) 033016.")


def test_a_lost_number() -> None:
    """Where the number of one is lost, the list goes on."""
    text = f"References\n[1] {FIRST}\n[3] {SECOND}\n[4] {THIRD}\n"
    assert [one.label for one in find_references(text)] == ["1", "3", "4"]


def test_numbers_begin_anew() -> None:
    """In the next chapter, behind a blank line."""
    text = f"References\n1. {FIRST}\n2. {SECOND}\n\n1. {THIRD}\n"
    assert [one.label for one in find_references(text)] == ["1", "2", "1"]


def test_numbers_of_few_are_no_labels() -> None:
    """Where most begin without a number, a number begins none."""
    some = [f"Author{letter}, J. (2001). A title. Things, 3, 5." for letter in "ABCDEF"]
    text = "References\n" + "\n".join([*some, "[3] [4] and so on, 2003.", "[4] 5."])
    assert texts(text)[:5] == some[:5]


def test_every_line_of_a_paragraph_may_be_blank_parted() -> None:
    """Double spacing parts lines, not references."""
    first, second = LONG.format("").split("\n"), NEXT.format("").split("\n")
    text = "References\n\n" + "\n\n".join([*first, *second])
    assert texts(text) == [" ".join(first), " ".join(second)]


ORDERED = """\
References
Arnold, A., 1999: The first of all titles, in: Journal of Things 1: 1-12
Baker, B. (ed.), 2001: Can things think?
Considerations of what they are and of what they may become, Berlin: Springer
Cook, C., 2003: The third of all titles. A study of things and their parts.
Cambridge, MA: MIT Press
Dean, D./Smith, K./Van Something, J. M./Stone, P. and
Brown, B., 2004: The fourth of all titles. Things and other things.
London, Sage.
Ernst, E., 1998: The fifth of all titles, in: Journal of Things 2: 3-4
Fox, F., 1997: The sixth of all titles, in: Journal of Things 3: 5-6
Green, G., 1996: The seventh of all titles, in: Journal of Things 4: 7-8
"""


def test_a_list_in_the_order_of_the_alphabet() -> None:
    """Only names that fit in begin a reference, not places and the rest of a title."""
    heads = [text.partition(",")[0] for text in texts(ORDERED)]
    assert heads == ["Arnold", "Baker", "Cook", "Dean", "Ernst", "Fox", "Green"]


def test_bodies_and_names_in_full() -> None:
    """Not every reference begins with "Family, G."."""
    some = [
        "World Health Organization. (2020). A report on things. Geneva.",
        "Jane Miller: Die Dinge. In: Zeitschrift für Dinge 3 (2001), S. 5–16.",
        "J. A. Brown, A title of things, J. Things 3, 5 (1999).",
        "Karl Green, The things of 1999 and what came after. Berlin: Springer.",
    ]
    assert texts("References\n" + "\n".join(some)) == some


def test_lines_of_a_known_list_are_parted() -> None:
    """A reader may know where the list is; blank lines part paragraphs."""
    text = f"{FIRST}\n\n{SECOND}\n"
    found = split_references(text, list(lines(text)))
    assert [one.text for one in found] == [FIRST, SECOND]
    assert split_references("", []) == ()


def test_what_is_too_long_is_no_reference() -> None:
    """A paragraph of thousands of characters is something else."""
    long = "Miller, J. (2001). " + "Title of things " * 250
    assert texts(f"References\n{FIRST}\n{long}\n") == [FIRST]


@pytest.mark.parametrize(
    "piece",
    ["A-", "(", "Aa, ", "[", "1. ", "1. A\n", "-\n", '"abc', "http://", "10.1000/a-\n"],
)
def test_strange_texts_come_back(piece: str) -> None:
    """Whatever the text is, the time it takes grows with its length."""
    assert isinstance(find_references("References\n" + piece * 4000), tuple)
