"""TEI: GROBID's reading of papers, and texts of journals and editions."""

from __future__ import annotations

import pytest

from documents.markup_made import place_of
from lupusrefs.documents.document import Document, DocumentFile, DocumentKind
from lupusrefs.documents.tei import read

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">{}</TEI>'
HEADER = """<teiHeader><fileDesc><titleStmt><title level="a" type="main">Main</title>
</titleStmt><publicationStmt><publisher>P</publisher><date when="2018">2018</date>
</publicationStmt><sourceDesc>{}</sourceDesc></fileDesc></teiHeader>"""


def document(text: str) -> Document:
    """The document of a file."""
    return read(DocumentFile("a.xml", text.encode()))


def text_with(listed: str, body: str = "") -> str:
    """A text with a list of references."""
    return TEI.format(
        f"<text><body>{body}</body><back><div type='references'><listBibl>{listed}"
        "</listBibl></div></back></text>"
    )


def cited(entry: str) -> dict[str, object] | None:
    """What the markup says of one reference."""
    item = document(text_with(entry)).listed[0].item
    return dict(item.to_csl()) if item else None


def work(header: str) -> dict[str, object] | None:
    """What a header says."""
    found = document(TEI.format(header)).work
    return dict(found.to_csl()) if found else None


def test_the_header_as_grobid_writes_it() -> None:
    """Authors and numbers of the source; the identifiers are links, too."""
    text = TEI.format(
        HEADER.format("""<biblStruct><analytic><author><persName>
        <forename type="first">Ann</forename><forename type="middle">B</forename>
        <nameLink>van</nameLink><surname>Lee</surname><genName>Jr</genName></persName>
        <affiliation><orgName>Uni</orgName></affiliation></author>
        <title level="a" type="main">Main</title></analytic><monogr>
        <title level="j" type="main">Journal X</title>
        <title level="j" type="abbrev">J. X.
        </title><imprint><biblScope unit="volume">3</biblScope>
        <date type="published" when="2019-05-01">May</date></imprint></monogr>
        <idno type="DOI">10.1000/me</idno><idno type="MD5">AB</idno></biblStruct>""")
    )
    found = document(text)
    assert found.kind is DocumentKind.TEI
    assert found.work is not None
    assert found.work.to_csl() == {
        "type": "article-journal",
        "author": [
            {
                "family": "Lee",
                "given": "Ann B",
                "non-dropping-particle": "van",
                "suffix": "Jr",
            }
        ],
        "title": "Main",
        "container-title": "Journal X",
        "container-title-short": "J. X.",
        "issued": {"date-parts": [[2019, 5, 1]]},
        "volume": "3",
        "DOI": "10.1000/me",
    }
    assert [one.target for one in found.links] == ["doi:10.1000/me"]
    assert str(found.links[0].location) == place_of(text, "10.1000/me", "a.xml")


def test_headers_that_say_less() -> None:
    """Title and authors of the statement; what the source adds; nothing at all."""
    assert work(HEADER.format("<p>born digital</p>")) == {
        "type": "document",
        "title": "Main",
        "issued": {"date-parts": [[2018]]},
        "publisher": "P",
    }
    source = """<biblStruct><monogr><imprint>
    <biblScope unit="vol">7</biblScope></imprint>
        </monogr><idno type="DOI">10.1000/x</idno></biblStruct>"""
    assert work(HEADER.format(source)) == {
        "type": "article-journal",
        "title": "Main",
        "issued": {"date-parts": [[2018]]},
        "volume": "7",
        "publisher": "P",
        "DOI": "10.1000/x",
    }
    statement = """<teiHeader><fileDesc><titleStmt><title type="sub">B</title>
        <title>A</title><author>Ann Lee</author></titleStmt><publicationStmt>
        <idno type="DOI">10.1000/y</idno></publicationStmt></fileDesc></teiHeader>"""
    assert work(statement) == {
        "type": "article-journal",
        "author": [{"family": "Lee", "given": "Ann"}],
        "title": "A: B",
        "DOI": "10.1000/y",
    }
    assert work("<teiHeader/>") is None
    assert work("<teiHeader><fileDesc><sourceDesc/></fileDesc></teiHeader>") is None


def test_the_text_and_what_it_cites() -> None:
    """References by id, not those without; a dash stands for what is between."""
    body = """<div><head>Intro</head><p>As <ref type="bibr" target="#b0">[1,</ref> <ref
        type="bibr" target="#b1">2]</ref> &amp; <ref type="bibr">[9]</ref>, <ref
        target="#b0">here</ref>–<ref type="bibr" target="#b2">x</ref>, <ref
        type="figure"
        target="#f">Fig</ref> <ref type="bibr"
        target="https://e.org/a">e</ref></p></div>"""
    entries = "".join(f"<bibl xml:id='b{n}'>Work {n}, 2001.</bibl>" for n in range(3))
    text = text_with(entries, body)
    found = document(text)
    assert found.text.text.startswith(
        "Intro\n\nAs [1, 2] & [9], here–x, Fig e\n\nWork 0, 2001."
    )
    keys = [one.key for one in found.citations]
    assert keys == ["b0", "b1", "b0", "b1", "b2"]
    assert str(found.citations[1].location) == place_of(text, "b1", "a.xml")
    assert [one.target for one in found.links] == ["https://e.org/a"]


def test_a_struct_with_its_string() -> None:
    """The string is what is read; without one, the parts and what parts them."""
    found = document(
        text_with("""<biblStruct xml:id="b0"><analytic><title level="a">T</title>
        <author>
        <persName><forename>A</forename><surname>Bee</surname></persName></author>
        </analytic><monogr><title level="j">J</title><imprint><date when="2001"/>
        </imprint></monogr><note type="raw_reference">Bee A. T. J 2001.</note>
        </biblStruct><biblStruct xml:id="b1"><analytic><title>U</title></analytic>
        <monogr>
        <title level="j">K</title><imprint><biblScope unit="volume">3</biblScope>
        <date>2002</date></imprint></monogr></biblStruct>""")
    )
    assert [one.text for one in found.listed] == ["Bee A. T. J 2001.", "U. K. 3, 2002"]
    assert found.text.text == "Bee A. T. J 2001.\n\nU. K. 3, 2002"
    assert [one.key for one in found.listed] == ["b0", "b1"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            """<biblStruct xml:id="a"><analytic><title level="a">T <hi>u</hi></title>
            <author><persName><surname>Lee</surname></persName></author>
            <idno type="PMID">12</idno><idno type="PMCID">PMC34</idno></analytic>
            <monogr>
            <title level="m">Proc</title><meeting>Conf<address>
            <addrLine>Paris</addrLine>
            </address></meeting><editor role="translator">A. Tr</editor><editor>B. Ed
            </editor><imprint><biblScope unit="page" from="1" to="9"/><biblScope
            unit="issue">2</biblScope><biblScope unit="nothing">x</biblScope></imprint>
            </monogr></biblStruct>""",
            {
                "id": "a",
                "type": "paper-conference",
                "author": [{"family": "Lee"}],
                "editor": [{"family": "Ed", "given": "B."}],
                "translator": [{"family": "Tr", "given": "A."}],
                "title": "T u",
                "container-title": "Proc",
                "issue": "2",
                "page": "1-9",
                "event-title": "Conf",
                "event-place": "Paris",
                "PMID": "12",
                "PMCID": "PMC34",
            },
        ),
        (
            """<biblStruct type="book"><monogr><author>
            <orgName>The Org</orgName></author>
            <title level="m">B</title><title level="m" type="sub">c</title><edition>2
            </edition><idno type="ISBN">0-521-46674-1</idno><imprint>
            <publisher>P</publisher><pubPlace>Rome</pubPlace>
            <date type="accessed" when="2020-01-02"/><date type="published">1999</date>
            </imprint></monogr><series><title level="s">S</title>
            <biblScope>4</biblScope>
            </series></biblStruct>""",
            {
                "type": "book",
                "author": [{"literal": "The Org"}],
                "title": "B: c",
                "collection-title": "S",
                "issued": {"date-parts": [[1999]]},
                "accessed": {"date-parts": [[2020, 1, 2]]},
                "collection-number": "4",
                "edition": "2",
                "publisher": "P",
                "publisher-place": "Rome",
                "ISBN": "0-521-46674-1",
            },
        ),
        (
            """<biblStruct><analytic><title>T</title>
            <idno type="arXiv">2301.01234</idno>
            <respStmt><resp>translated by</resp><persName>Ann Lee</persName></respStmt>
            <respStmt><resp>photos</resp><name>Bo Ek</name></respStmt></analytic>
            <monogr>
            <title level="m">B?</title><title type="subtitle">d</title><idno
            type="eISSN">1234-5678</idno><imprint/></monogr></biblStruct>""",
            {
                "type": "chapter",
                "contributor": [{"family": "Ek", "given": "Bo"}],
                "translator": [{"family": "Lee", "given": "Ann"}],
                "title": "T",
                "container-title": "B? d",
                "URL": "https://arxiv.org/abs/2301.01234",
                "ISSN": "1234-5678",
            },
        ),
        (
            """<biblStruct><monogr><title>W</title><imprint><note><ptr
            target="https://e.org/w"/></note></imprint></monogr></biblStruct>""",
            {"type": "webpage", "title": "W", "URL": "https://e.org/w"},
        ),
        (
            """<biblStruct><monogr><imprint><biblScope type="vol">3</biblScope><date
            notBefore="2001">about</date></imprint></monogr><idno type="DOI">10.1000/z
            </idno></biblStruct>""",
            {
                "type": "article-journal",
                "issued": {"date-parts": [[2001]]},
                "volume": "3",
                "DOI": "10.1000/z",
            },
        ),
        (
            """<biblStruct><monogr><imprint><date when="2023"/></imprint></monogr><note
            type="raw_reference">UNEP, 2023. Report.</note></biblStruct>""",
            None,
        ),
        ("<biblStruct><monogr><title/></monogr><note>x</note></biblStruct>", None),
        (
            """<bibl><author>Miller, A. et al.</author>, “<title level="a">T</title>”,
            <title level="j">Rev. Y</title>, <date>2003</date>, <biblScope unit="vol">4
            </biblScope>. <ref target="https://doi.org/10.1000/y">doi</ref></bibl>""",
            {
                "type": "article-journal",
                "author": [{"family": "Miller", "given": "A."}, {"literal": "others"}],
                "title": "T",
                "container-title": "Rev. Y",
                "issued": {"date-parts": [[2003]]},
                "volume": "4",
                "DOI": "10.1000/y",
            },
        ),
        (
            """<bibl><hi><author>Bo Ek</author></hi> <title level="m">Book</title>,
            <pubPlace>Rome</pubPlace>: <publisher>P</publisher></bibl>""",
            {
                "type": "book",
                "author": [{"family": "Ek", "given": "Bo"}],
                "title": "Book",
                "publisher": "P",
                "publisher-place": "Rome",
            },
        ),
        (
            """<biblStruct><monogr><imprint><date when="2001"/></imprint></monogr>
            </biblStruct>""",
            {"type": "document", "issued": {"date-parts": [[2001]]}},
        ),
        ("<bibl><title>Only</title></bibl>", {"type": "document", "title": "Only"}),
        ("<bibl>A work of <date>2003</date>.</bibl>", None),
        (
            """<bibl>x <biblStruct><monogr><title level="m">B</title></monogr>
            </biblStruct></bibl>""",
            {"type": "book", "title": "B"},
        ),
    ],
)
def test_kinds_of_references(entry: str, expected: dict[str, object] | None) -> None:
    """Types by the levels of titles; people, dates, scopes and identifiers."""
    assert cited(entry) == expected


def test_lists_elsewhere() -> None:
    """Those of divisions, too; references that the text quotes are no list."""
    found = document(
        TEI.format("""<text><body><p><cit><quote>q</quote><bibl>Poe</bibl></cit></p>
        <div type="bibliography"><bibl xml:id="a">A, 2001. <idno type="DOI">10.1000/a
        </idno> <idno>no</idno> <ptr target="#x"/></bibl><label>1</label></div></body>
        </text>""")
    )
    assert [(one.key, one.text) for one in found.listed] == [
        ("a", "A, 2001. 10.1000/a no")
    ]
    assert [one.target for one in found.listed[0].links] == ["doi:10.1000/a"]


def test_a_list_or_a_reference_alone() -> None:
    """GROBID's services answer with them."""
    struct = """<biblStruct xml:id="b0" xmlns="http://www.tei-c.org/ns/1.0"><monogr>
        <title level="m">B</title></monogr></biblStruct>"""
    for text in (struct, f"<listBibl>{struct}</listBibl>"):
        assert [one.key for one in document(text).listed] == ["b0"]


def test_what_is_no_tei() -> None:
    """It is told."""
    assert document("").text.text == ""
    assert document("x").diagnostics[0].is_error
