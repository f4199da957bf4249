"""The text of a document knows where each of its characters stands."""

from __future__ import annotations

from lupusrefs.documents.placed_text import PlacedText, TextBuilder, lines
from lupusrefs.formats.text import SourceText
from lupusrefs.model.location import Location, Span

HTML = SourceText("a.html", "<p>Smith &amp; Co\n<b>2020</b></p>")


def test_a_plain_file_is_its_own_text() -> None:
    """Line, column and span are those of the file."""
    placed = PlacedText.of(SourceText("a.txt", "one\ntwo three"))
    found = placed.location(8, 13)
    assert (found.line, found.column, found.span) == (2, 5, Span(8, 13))


def test_pieces_keep_their_places() -> None:
    """Behind a decoded character and a tag the columns are still those of the file."""
    builder = TextBuilder()
    builder.verbatim(HTML, 3, 9)
    builder.decoded("&", HTML, 9, 14)
    builder.verbatim(HTML, 14, 18)
    builder.verbatim(HTML, 21, 25)
    placed = builder.build()
    assert placed.text == "Smith & Co\n2020"
    at = placed.text.index("&")
    assert str(placed.location(at)) == "a.html:1:10"
    assert str(placed.location(at + 2)) == "a.html:1:16"
    year = placed.text.index("2020")
    assert placed.location(year, year + 4).span == Span(21, 25)
    assert str(placed.location(year)) == "a.html:2:4"


def test_a_span_covers_what_lies_between_its_ends() -> None:
    """From the first character to the last, the markup between them included."""
    builder = TextBuilder()
    builder.verbatim(HTML, 3, 9)
    builder.decoded("&", HTML, 9, 14)
    builder.verbatim(HTML, 14, 18)
    placed = builder.build()
    assert placed.location(0, len(placed.text)).span == Span(3, 18)


def test_pages_have_lines_of_their_own() -> None:
    """A place in a PDF is written so that a viewer opens the page."""
    builder = TextBuilder()
    builder.placed("first line", Location("a.pdf", 1, 1, page=3))
    builder.gap("\n")
    builder.placed("second line", Location("a.pdf", 2, 1, page=3))
    placed = builder.build()
    assert str(placed.location(placed.text.index("line", 12))) == "a.pdf#page=3:2:8"


def test_a_gap_is_made_once_and_only_between() -> None:
    """None at the beginning, and no second one behind the first."""
    builder = TextBuilder()
    builder.gap()
    builder.placed("a", Location("f", 1, 1))
    builder.gap()
    builder.gap()
    builder.placed("b", Location("f", 2, 1))
    assert builder.build().text == "a\n\nb"


def test_lines_are_without_their_ends() -> None:
    """An empty line is one too; behind the last line end there is none."""
    text = "a\n\nbc\n"
    assert [text[one.start : one.end] for one in lines(text)] == ["a", "", "bc"]


def test_a_stretch_of_another_text_keeps_its_places() -> None:
    """Across its pieces, from the middle of one to the middle of another."""
    builder = TextBuilder()
    builder.verbatim(HTML, 3, 9)
    builder.decoded("&", HTML, 9, 14)
    builder.placed("xyz", Location("b.html", 7, 3))
    builder.gap()
    builder.verbatim(HTML, 21, 25)
    inner = builder.build()
    outer = TextBuilder()
    outer.placed("> ", Location("c.html", 1, 1))
    outer.stretch(inner, 2, 14)
    outer.stretch(inner, 5, 5)
    outer.stretch(TextBuilder().build(), 0, 9)
    placed = outer.build()
    assert placed.text == "> ith &xyz\n\n20"
    for part, place in (
        ("ith", "a.html:1:6"),
        ("&", "a.html:1:10"),
        ("yz", "b.html:7:4"),
        ("20", "a.html:2:4"),
    ):
        assert str(placed.location(placed.text.index(part))) == place
