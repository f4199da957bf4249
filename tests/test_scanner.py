"""What a document refers to."""

from __future__ import annotations

import pytest

from lupusrefs.api import export, scanned_library
from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
    Link,
    Listed,
)
from lupusrefs.documents.placed_text import PlacedText
from lupusrefs.documents.scan import Scan
from lupusrefs.formats.text import SourceText
from lupusrefs.model.item import Item
from lupusrefs.model.location import Location
from lupusrefs.scanner import scan, scan_document

LETTER = """\
The treatment was described before (doi:10.5555/jim.2022.118).

References

1. Ficta C, Somnia P, et al. Echoes of a silent bell in healthy volunteers. J Invent
   Med. 2022;17(2):118-26.
2. Umbra, V. (2019). The colour of absent things. Nowhere: Impossible Press.
"""


def of_text(text: str) -> Scan:
    """The scan of a plain text."""
    return scan(DocumentFile("letter.txt", text.encode()), DocumentKind.TEXT)


def document(*listed: Listed, citations: tuple[Citation, ...] = ()) -> Document:
    """A document whose markup shows its list."""
    return Document("a.html", DocumentKind.HTML, listed=listed, citations=citations)


def test_the_list_of_a_text_is_found_parted_and_read() -> None:
    """Two references, each with its place, and the DOI in the text."""
    found = of_text(LETTER)
    assert [str(one.reference.location) for one in found.references] == [
        "letter.txt:5:4",
        "letter.txt:7:4",
    ]
    first, second = (one.reference for one in found.references)
    assert first.title == "Echoes of a silent bell in healthy volunteers"
    assert [name.family for name in first.author] == ["Ficta", "Somnia", None]
    assert (first.container_title, first.volume, first.issue, first.page) == (
        "J Invent Med",
        "17",
        "2",
        "118-26",
    )
    assert second.type == "book"
    assert second.publisher == "Impossible Press"
    assert [one.value for one in found.mentions] == ["10.5555/jim.2022.118"]


def test_a_reading_says_how_sure_it_is() -> None:
    """Every part has a confidence, and its place in the text of the reference."""
    one = of_text(LETTER).references[0]
    assert one.confidence is not None
    assert 0 <= one.confidence <= 1
    for part in one.fields:
        assert one.text[part.span.start : part.span.end] == part.text
    assert one.reference.text == one.text


def test_prose_without_a_list_has_no_references() -> None:
    """Years and brackets do not make one."""
    prose = "In 2019 (see above) Umbra wrote a book. It was read in 12 countries.\n"
    assert of_text(prose).references == ()


def test_what_the_markup_says_is_not_read_again() -> None:
    """Its item is taken over under its key, with the identifiers it links to."""
    place = Location("a.html", 3, 1)
    item = Item(id="x", title="The Colour of Absent Things")
    link = Link("https://doi.org/10.5555/absent.1", place)
    listed = Listed("Umbra V. The Colour ...", place, "ref-1", item, (link,))
    (found,) = scan_document(document(listed)).references
    assert found.confidence is None
    assert found.fields == ()
    assert found.reference.id == "ref-1"
    assert found.reference.doi == "10.5555/absent.1"
    assert found.reference.text is None
    assert found.reference.location == place


def test_an_identifier_of_its_own_goes_before_a_link() -> None:
    """A link may lead to a review of it."""
    place = Location("a.html", 3, 1)
    item = Item(id="x", doi="10.5555/own")
    link = Link("https://doi.org/10.5555/other", place)
    (found,) = scan_document(
        document(Listed("t", place, None, item, (link,)))
    ).references
    assert found.reference.doi == "10.5555/own"


def test_an_arxiv_link_gives_no_other_identifier() -> None:
    """There is no variable for it; its own DOI is for the registry to say."""
    place = Location("a.html", 3, 1)
    link = Link("https://arxiv.org/abs/2101.00001", place)
    (found,) = scan_document(
        document(Listed("t", place, None, Item(id="x"), (link,)))
    ).references
    assert found.reference.doi is None


def test_keys_are_made_where_there_are_none() -> None:
    """From family name, year and title; no two are the same."""
    place = Location("a.html", 3, 1)
    item = Item(id="", title="The Colour of Absent Things")
    scanned = scan_document(
        document(*(Listed("t", place, None, item) for _ in range(2)))
    )
    keys = [one.reference.id for one in scanned.references]
    assert len(set(keys)) == len(keys)
    assert all(keys)


def test_identifiers_in_place_of_keys_are_references() -> None:
    """Manubot's way: each work once, under the key that the text has."""
    keys = ("doi:10.5555/jim.2022.118", "arxiv:2101.00001", "pmid:34347960", "smith")
    citations = tuple(Citation(key, Location("a.md", 1, 1)) for key in (*keys, *keys))
    found = scan_document(document(citations=citations)).references
    assert [one.reference.id for one in found] == list(keys[:3])
    assert found[0].reference.doi == "10.5555/jim.2022.118"
    assert found[1].reference.doi == "10.48550/arXiv.2101.00001"
    assert found[2].reference.pmid == "34347960"


def test_a_bbl_has_no_title_page() -> None:
    """Its first lines are those of a list."""
    text = PlacedText.of(SourceText("a.bbl", "On bells\n\nClara Ficta\n"))
    made = Document("a.bbl", DocumentKind.BBL, text)
    assert scan_document(made).work is None


def test_what_a_document_says_of_itself_is_its_work() -> None:
    """It gets a key, and stands for the document as a whole."""
    made = Document("a.html", DocumentKind.HTML, work=Item(id="", title="On Bells"))
    work = scan_document(made).work
    assert work is not None
    assert work.title == "On Bells"
    assert work.id
    assert str(work.location) == "a.html"


@pytest.mark.parametrize("times", [1, 2])
def test_a_library_has_each_work_once(times: int) -> None:
    """Two documents cite one DOI; the keys are unique."""
    place = Location("a.html", 3, 1)
    items = (
        Item(id="a", title="One", doi="10.5555/ONE"),
        Item(id="a", title="Two"),
    )
    scanned = scan_document(document(*(Listed("t", place, None, one) for one in items)))
    library = scanned_library([scanned] * times)
    assert sum(one.title == "One" for one in library.values()) == 1
    assert len(library) == 1 + times
    assert "@" in export(library, "bibtex")


def test_a_link_belongs_to_the_reference_that_it_stands_in() -> None:
    """Where the reader sees "here", the reference has the DOI all the same."""
    text = (
        "# References\n\n"
        "1. Ficta C. Echoes of a *silent* bell. J Invent Med. 2022;17(2):118-26. "
        "[here](https://doi.org/10.5555/jim.2022.118)\n"
        "2. Umbra V. On *absent* things. J Invent Med. 2019;14(1):1-9.\n"
    )
    found = scan(DocumentFile("a.md", text.encode()), DocumentKind.MARKDOWN)
    first, second = (one.reference for one in found.references)
    assert first.title == "Echoes of a silent bell"
    assert first.doi == "10.5555/jim.2022.118"
    assert second.doi is None
