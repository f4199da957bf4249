"""The links of a PDF: where they point to, and the text under them."""

from __future__ import annotations

from documents.pdf.pdf_builder import Page, Pdf
from lupusrefs.documents.document import DocumentFile, Link
from lupusrefs.documents.pdf import read
from lupusrefs.model.location import Location

DOI = "https://doi.org/10.1234/abc"


def links_of(*pages: Page) -> tuple[Link, ...]:
    """The links of some pages."""
    return read(DocumentFile("a.pdf", Pdf(list(pages)).build())).links


def test_a_link_knows_the_text_under_it() -> None:
    """Its page, line and column, and just the letters in its rectangle."""
    page = Page()
    page.column(72, 700, ["one line", "see Lee 2020, and"])
    page.link((72 + 24, 686, 72 + 72, 697), DOI)
    (link,) = links_of(Page(), page)
    assert (link.target, link.text) == (DOI, "Lee 2020")
    assert str(link.location) == "a.pdf#page=2:2:5"


def test_a_link_over_nothing_is_at_its_page() -> None:
    """A picture, or a rectangle beside the text."""
    page = Page()
    page.text(72, 700, "a line")
    page.link((300, 300, 400, 400), DOI)
    assert links_of(page) == (Link(DOI, Location("a.pdf", 0, 0, page=1)),)


def test_equal_links_are_one() -> None:
    """Some programs write every link twice."""
    page = Page()
    page.text(72, 700, "a line")
    for _ in range(2):
        page.link((72, 698, 108, 708), DOI)
    assert [link.text for link in links_of(page)] == ["a line"]
    page.link((72, 698, 108, 708), f"{DOI}2")
    assert len(links_of(page)) == 2


def test_a_link_over_two_lines_is_one() -> None:
    """As two annotations, or as one with two rectangles."""
    lines = ["as was shown by Lee", "and others, in 2020"]
    whole = (162, 698, 186, 708), (72, 686, 72 + 60, 696)
    first = Page()
    first.column(72, 700, lines)
    for box in whole:
        first.link(box, DOI)
    second = Page()
    second.column(72, 700, lines)
    second.link((72, 686, 200, 708), DOI, quads=whole)
    for page in (first, second):
        (link,) = links_of(page)
        assert link.text == "Lee and others"
        assert (link.location.line, link.location.column) == (1, 17)


def test_links_to_one_place_from_two_places_are_two() -> None:
    """They stand in different lines."""
    page = Page()
    page.column(72, 700, ["Lee 2020 and so on", "Lee 2020 and so on"])
    page.link((72, 698, 120, 708), DOI)
    page.link((72, 686, 120, 696), DOI)
    page.link((300, 300, 310, 310), DOI)
    assert [link.location.line for link in links_of(page)] == [1, 2, 0]


def test_an_address_that_its_link_shows_whole_is_joined() -> None:
    """Where a line break alone would leave it open whether it goes on."""
    target = "https://doi.org/10.1234/abc.2002.7"
    page = Page()
    page.column(72, 700, ["https://doi.org/10.1234/abc", ".2002.7, and more"])
    page.link(
        (72, 686, 300, 708), target, quads=((72, 698, 260, 708), (72, 686, 114, 696))
    )
    found = read(DocumentFile("a.pdf", Pdf([page]).build()))
    assert found.text.text == f"{target},\nand more"
    assert found.links[0].text == target


def test_an_address_over_three_lines_is_joined() -> None:
    """The one in the middle is nothing but a part of it."""
    target = "https://example.org/one/two/three"
    page = Page()
    page.column(72, 700, ["see https://example.org/", "one/two/", "three. And so on"])
    boxes = ((96, 698, 260, 708), (72, 686, 200, 696), (72, 674, 102, 684))
    page.link((72, 674, 260, 708), target, quads=boxes)
    found = read(DocumentFile("a.pdf", Pdf([page]).build()))
    assert found.text.text == f"see {target}.\nAnd so on"
    assert found.text.location(found.text.text.index("three")).line == 3


def test_a_name_of_a_work_is_no_address() -> None:
    """Though its letters are in the target."""
    page = Page()
    page.column(72, 700, ["in JHEP 08 (2014)", "173 of it"])
    boxes = ((90, 698, 180, 708), (72, 686, 90, 696))
    page.link(boxes[0], "https://doi.org/10.1007/JHEP08(2014)173", quads=boxes)
    found = read(DocumentFile("a.pdf", Pdf([page]).build()))
    assert found.text.text == "in JHEP 08 (2014)\n173 of it"
    assert found.links[0].text == "JHEP 08 (2014) 173"


def test_an_address_in_old_bytes_is_read() -> None:
    """ASCII is what the standard wants; empty ones are none."""
    page = Page()
    page.link((72, 698, 120, 708), b"https://example.org/caf\xe9")
    page.link((72, 698, 120, 708), " https://example.org/caf\u00e9s ")
    page.link((72, 698, 120, 708), "")
    targets = [link.target for link in links_of(page)]
    assert targets == [
        "https://example.org/caf\u00e9",
        "https://example.org/caf\u00e9s",
    ]


def test_a_link_that_points_into_the_document_is_none() -> None:
    """It has no address; nor has an annotation that is no link."""
    page = Page()
    page.text(72, 700, "a line")
    page.annotations.append(
        "<< /Type /Annot /Subtype /Link /Rect [72 690 200 710] /Dest [0 /Fit] >>"
    )
    page.annotations.append(
        "<< /Type /Annot /Subtype /Link /Rect [72 690 200 710]"
        " /A << /S /Launch /F (a.exe) >> >>"
    )
    page.annotations.append("<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>")
    assert links_of(page) == ()


def test_text_that_is_turned_has_links_too() -> None:
    """Such as the arXiv's stamp."""
    page = Page()
    page.column(72, 700, ["some text that is not turned"] * 3)
    page.text(30, 200, "arXiv:2101.00001", matrix=(0, 1, -1, 0))
    page.link((20, 200, 32, 296), "https://arxiv.org/abs/2101.00001")
    (link,) = links_of(page)
    assert (link.text, link.location.line) == ("arXiv:2101.00001", 4)
