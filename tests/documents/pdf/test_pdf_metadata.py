"""What a PDF says of itself is believed where it is more than a leftover."""

from __future__ import annotations

import pytest

from documents.pdf.pdf_builder import Pdf, xmp
from lupusrefs.documents.document import DocumentFile
from lupusrefs.documents.pdf import read
from lupusrefs.model.item import Item

TITLE = "Low doses of interleukin in mice"


def work(pdf: Pdf, *front: str) -> Item | None:
    """What a document with some lines on its first page says of itself."""
    pdf.page().column(72, 700, front)
    return read(DocumentFile("a.pdf", pdf.build())).work


def names(item: Item | None) -> list[str]:
    """The authors as they are read."""
    return [str(name) for name in item.author] if item else []


def test_the_information_dictionary_names_title_and_authors() -> None:
    """As the first page has them, too."""
    pdf = Pdf(info={"Title": TITLE, "Author": "Ann Lee and Bo von Ahn"})
    found = work(pdf, TITLE, "A. Lee, B. von Ahn")
    assert found is not None
    assert (found.title, found.type, found.doi) == (TITLE, "document", None)
    assert names(found) == ["Ann Lee", "Bo von Ahn"]


def test_a_page_without_text_contradicts_nothing() -> None:
    """A scan's metadata are all that there is."""
    found = work(Pdf(info={"Title": TITLE, "Author": "Lee, Ann"}))
    assert found is not None
    assert (found.title, names(found)) == (TITLE, ["Ann Lee"])


@pytest.mark.parametrize(
    "title",
    [
        "",
        "untitled",
        "Microsoft Word - final_version3.doc",
        "paper.tex",
        "main",
        "LaTeX Template for a journal",
        "PII: S0140-6736(05)00000-0",
        "C:\\papers\\lee 2020.docx",
        "ms_2020_final",
        "Slide 1",
        "An entirely different work about something else",
    ],
)
def test_a_leftover_is_no_title(title: str) -> None:
    """Of a program, of a file, or of another paper."""
    assert work(Pdf(info={"Title": title}), TITLE, "by Ann Lee") is None


def test_a_title_gets_the_blanks_of_the_page() -> None:
    """Two lines of it are often put together without one."""
    pdf = Pdf(info={"Title": "Low dosesof interleukin in mice"})
    found = work(pdf, "LOW DOSES", "OF INTERLEUKIN", "IN MICE")
    assert found is not None
    assert found.title == "Low doses of interleukin in mice"


def test_a_title_that_the_page_has_nearly_is_one() -> None:
    """Signs and formulas are spelled in other ways there."""
    pdf = Pdf(info={"Title": "Low doses of $\\alpha$ interleukin in mice"})
    assert work(pdf, "Low doses of a-interleukin in mice") is not None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ann Lee, Bo Kim, and Cy Day", ["Ann Lee", "Bo Kim", "Cy Day"]),
        ("Lee, Ann; Kim, Bo", ["Ann Lee", "Bo Kim"]),
        ("Lee, A., Kim, B.", ["A. Lee", "B. Kim"]),
        (
            "A. Lee [Here], B. Kim [There] C. Day (Nowhere)",
            ["A. Lee", "B. Kim", "C. Day"],
        ),
        ("admin", []),
        ("Ann Lee, Some Body", []),
        ("A.", []),
    ],
)
def test_authors_are_parted(written: str, expected: list[str]) -> None:
    """None is believed where one of them is not on the first pages."""
    found = work(Pdf(info={"Author": written}), "Ann Lee, Bo Kim, Cy Day")
    assert names(found) == expected


def test_xmp_says_more() -> None:
    """Dublin Core for title and authors, PRISM for the rest."""
    properties = (
        f"<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{TITLE}</rdf:li></rdf:Alt>"
        "</dc:title><dc:creator><rdf:Seq><rdf:li>Ann Lee</rdf:li><rdf:li>Kim, Bo"
        "</rdf:li></rdf:Seq></dc:creator><dc:identifier>doi:10.1234/abc</dc:identifier>"
        "<prism:doi>10.1234/ABC</prism:doi><prism:volume>12</prism:volume>"
        "<prism:publicationName>Journal of Things</prism:publicationName>"
        "<prism:number>3</prism:number><prism:startingPage>101</prism:startingPage>"
        "<prism:endingPage>109</prism:endingPage><prism:issn>1234-5679</prism:issn>"
        "<prism:coverDate>2020-05-01</prism:coverDate><dc:publisher><rdf:Bag><rdf:li>"
        "House</rdf:li></rdf:Bag></dc:publisher>"
    )
    pdf = Pdf(xmp=xmp(properties), info={"Title": "untitled", "Author": "Cy Day"})
    found = work(pdf, TITLE, "Ann Lee, Bo Kim")
    assert found is not None
    assert found.to_csl() == {
        "type": "article-journal",
        "author": [
            {"family": "Lee", "given": "Ann"},
            {"family": "Kim", "given": "Bo"},
        ],
        "issued": {"date-parts": [[2020, 5, 1]]},
        "volume": "12",
        "issue": "3",
        "page": "101-109",
        "title": TITLE,
        "container-title": "Journal of Things",
        "publisher": "House",
        "DOI": found.doi,
        "ISSN": "1234-5679",
    }
    assert (found.doi or "").lower() == "10.1234/abc"


def test_properties_may_be_attributes() -> None:
    """RDF allows both; other prefixes and other versions of PRISM, too."""
    packet = xmp("<pdf:Producer>a</pdf:Producer>").replace(
        'rdf:about=""',
        'rdf:about="" xmlns:p="http://prismstandard.org/namespaces/basic/3.0/"'
        ' p:doi="10.1234/abc" p:volume=" "',
    )
    found = work(Pdf(xmp=packet), TITLE)
    assert found is not None
    assert (found.doi, found.volume) == ("10.1234/abc", None)


def test_a_packet_may_be_compressed() -> None:
    """Against the advice of the standard."""
    packet = xmp("<crossmark:DOI>10.1234/abc</crossmark:DOI>")
    found = work(Pdf(xmp=packet, compresses_xmp=True), TITLE)
    assert found is not None
    assert found.doi == "10.1234/abc"


def test_a_packet_of_a_picture_does_not_speak_for_the_document() -> None:
    """It has no namespace of documents."""
    picture = xmp("<dc:identifier>doi:10.1234/picture</dc:identifier>")
    for space in ("pdf", "prism", "crossmark"):
        picture = picture.replace(f"xmlns:{space}=", f"xmlns:x{space}x='' x:y=")
    picture = picture.replace('x:y="http', 'x:y="h')
    both = picture + xmp("<prism:doi>10.1234/abc</prism:doi>")
    found = work(Pdf(xmp=both), TITLE)
    assert found is not None
    assert found.doi == "10.1234/abc"


@pytest.mark.parametrize(
    "packet",
    [
        "<?xpacket begin='' id=''?>",
        "<?xpacket begin='' id=''?>no XML<?xpacket end='w'?>",
        f"<?xpacket begin='' id=''?>{' ' * 1_100_000}<?xpacket end='w'?>",
        xmp("<prism:doi>10.1234/abc</prism:doi><prism:url>10.1234/def</prism:url>"),
        xmp("<prism:doi>10. not a DOI</prism:doi><dc:identifier>42</dc:identifier>"),
        xmp("<prism:doi>&a;</prism:doi>").replace(
            "<x:xmpmeta", "<!DOCTYPE a [<!ENTITY a '10.1234/abc'>]><x:xmpmeta"
        ),
    ],
    ids=["open", "no-xml", "huge", "contradictory", "no-doi", "entity"],
)
def test_a_packet_that_is_not_sound_says_nothing(packet: str) -> None:
    """Broken, too large, against itself, or with entities: no DOI is made of it."""
    assert work(Pdf(xmp=packet), TITLE) is None


def test_many_packets_are_not_all_read() -> None:
    """A hundred are enough for any document and its pictures."""
    packet = xmp("<dc:format>picture</dc:format>")
    found = work(Pdf(xmp=packet * 101 + xmp("<prism:doi>10.1234/abc</prism:doi>")))
    assert found is None


def test_broken_compression_is_no_error() -> None:
    """Nor is what it would give of use."""
    pdf = Pdf(xmp=xmp("<prism:doi>10.1234/abc</prism:doi>"), compresses_xmp=True)
    pdf.page().text(72, 700, TITLE)
    data = pdf.build()
    start = data.index(b"stream\n", data.index(b"/FlateDecode")) + 7
    broken = data[:start] + b"\0" * 8 + data[start + 8 :]
    assert read(DocumentFile("a.pdf", broken)).work is None


@pytest.mark.parametrize(
    "info",
    [
        {"doi": "10.1234/abc"},
        {"WPS-ARTICLEDOI": "10.1234/abc"},
        {"Subject": "Things 2020;1:1-9. doi:10.1234/abc"},
        {"Title": "doi:10.1234/abc"},
    ],
)
def test_publishers_write_the_doi_into_the_information(info: dict[str, str]) -> None:
    """Each has a place of its own for it."""
    found = work(Pdf(info=info), TITLE)
    assert found is not None
    assert found.to_csl() == {"type": "document", "DOI": "10.1234/abc"}


def test_a_doi_that_the_first_page_shows_is_not_taken() -> None:
    """It may be that of another work: a corrected one, a reviewed one."""
    assert work(Pdf(), TITLE, "https://doi.org/10.1234/abc") is None


def test_half_a_character_in_the_information_is_no_error() -> None:
    """The text is no text."""
    assert work(Pdf(info={"Title": "A title with \ud835 in it"}), TITLE) is None
