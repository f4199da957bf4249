"""The references that a Word document carries: citation programs' and Word's own."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

from documents.docx_made import (
    NAMESPACES,
    field,
    mark,
    paragraph,
    read_docx,
    relations,
    run,
    story,
)
from lupusrefs.model.location import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lupusrefs.documents.document import Document

SMITH = {
    "id": 12,
    "type": "article-journal",
    "title": "On wolves",
    "DOI": "10.1000/1",
    "author": [{"family": "Smith", "given": "Ann"}],
    "issued": {"date-parts": [["2020", 3]]},
}
JONES = {"id": "Jones2019", "type": "book", "title": "Of sheep"}
URI = "http://zotero.org/users/1/items/AB12CD34"


def cited(*items: Mapping[str, object]) -> str:
    """A CSL citation object."""
    return json.dumps({"citationID": "x", "citationItems": list(items)})


def zotero(*items: Mapping[str, object]) -> str:
    """A citation as Zotero writes it: its instruction in several runs."""
    code = f" ADDIN ZOTERO_ITEM CSL_CITATION {cited(*items)} RNDa1"
    return field(code, "(Smith 2020)", pieces=4)


def messages(document: Document) -> list[str]:
    """What was wrong."""
    return [one.message for one in document.diagnostics]


def test_zotero_items_are_listed_once_in_order_of_citation() -> None:
    """A work that is cited again is not listed again; each citation has its place."""
    smith: Mapping[str, object] = {"id": 12, "uris": [URI], "itemData": SMITH}
    jones: Mapping[str, object] = {"id": "Jones2019", "itemData": JONES}
    document = read_docx(
        paragraph("Wolves ", zotero(smith, jones))
        + paragraph("Again ", zotero(smith))
        + paragraph("Smith A. On wolves. 2020.", style="Bibliography")
    )
    assert [one.key for one in document.listed] == ["AB12CD34", "Jones2019"]
    first = document.listed[0]
    assert first.item is not None
    assert first.item.id == "AB12CD34"
    assert first.text.startswith("Ann Smith")
    assert "On wolves" in first.text
    assert first.item.title == "On wolves"
    assert first.item.doi == "10.1000/1"
    assert str(first.item.author[0]) == "Ann Smith"
    assert str(first.location) == "a.docx:1:8"
    assert [(one.key, one.location.line) for one in document.citations] == [
        ("AB12CD34", 1),
        ("Jones2019", 1),
        ("AB12CD34", 2),
    ]
    assert document.text.text.startswith("Wolves (Smith 2020)\n\nAgain")
    assert document.diagnostics == ()


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ({"itemData": {**JONES, "citation-key": "jones"}}, "jones"),
        ({"itemData": {**JONES, "id": "http://zotero.org/users/1/items/XY"}}, "XY"),
        ({"id": "ITEM-1", "itemData": {**JONES, "id": "ITEM-1"}}, "ITEM-1"),
        ({"itemData": {"type": "book", "title": "T"}}, "item"),
        (
            {
                "uris": ["http://www.mendeley.com/documents/?uuid=ab-12"],
                "itemData": {**JONES, "id": "ITEM-1"},
            },
            "ab-12",
        ),
        ({"uri": [URI], "itemData": {**JONES, "id": 7}}, "AB12CD34"),
    ],
)
def test_keys(entry: Mapping[str, object], key: str) -> None:
    """The key is the item's own, unless that is a number of somebody's database."""
    document = read_docx(paragraph(field(f"ADDIN CSL_CITATION {cited(entry)}", "x")))
    assert [one.key for one in document.listed] == [key]
    assert [one.key for one in document.citations] == [key]


def test_different_works_with_one_id() -> None:
    """To two authors of a document a key may mean different works."""
    first = {"itemData": JONES, "uris": ["http://zotero.org/users/1/items/A"]}
    second = {"itemData": JONES, "uris": ["http://zotero.org/users/2/items/A"]}
    third = {"itemData": {**JONES, "id": "Jones2019-2"}}
    document = read_docx(
        paragraph(zotero(third), zotero(first), zotero(second), zotero(second))
    )
    keys = [one.key for one in document.citations]
    assert keys == ["Jones2019-2", "Jones2019", "Jones2019-3", "Jones2019-3"]


def test_mendeley_cite_keeps_its_citations_in_content_controls() -> None:
    """The tag of a control is the citation in base64."""
    data = cited({"id": "u1", "itemData": {**JONES, "id": "u1"}})
    tag = base64.b64encode(data.encode()).decode()
    control = (
        f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{tag}"/></w:sdtPr>'
        f"<w:sdtContent>{run('[1]')}</w:sdtContent></w:sdt>"
    )
    bibliography = (
        '<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_BIBLIOGRAPHY"/></w:sdtPr>'
        f"<w:sdtContent>{paragraph('1. Jones.')}</w:sdtContent></w:sdt>"
    )
    document = read_docx(paragraph("Sheep ", control) + bibliography)
    assert [one.key for one in document.listed] == ["u1"]
    assert str(document.citations[0].location) == "a.docx:1:7"


@pytest.mark.parametrize("tag", ["A", "=", "//79", "WzEs"])
def test_mendeley_tags_that_are_broken(tag: str) -> None:
    """They are told, and the text is read."""
    control = (
        f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{tag}"/></w:sdtPr>'
        f"<w:sdtContent>{run('[1]')}</w:sdtContent></w:sdt>"
    )
    document = read_docx(paragraph(control))
    assert document.text.text == "[1]"
    assert document.listed == ()
    assert len(document.diagnostics) == 1


def test_broken_json_is_told_and_what_is_whole_is_kept() -> None:
    """A citation that somebody has damaged does not take the others with it."""
    broken = '{"citationItems":[{"itemData":{"id":"a","title":x}},{"id":5,"itemData":'
    broken += json.dumps(JONES) + '},{"id":"c","type":"book","title":"Bare"}]}'
    good = {"id": 12, "uris": [URI], "itemData": SMITH}
    document = read_docx(
        paragraph(field(f"ADDIN CSL_CITATION {broken}", "x"), zotero(good))
    )
    keys = [one.key for one in document.listed]
    assert keys == ["Jones2019", "c", "AB12CD34"]
    assert "in a citation: not valid JSON" in messages(document)[0]
    assert document.diagnostics[0].location.line == 1


@pytest.mark.parametrize(
    "code",
    [
        "ADDIN CSL_CITATION",
        "ADDIN CSL_CITATION {",
        "ADDIN CSL_CITATION {}",
        'ADDIN CSL_CITATION {"citationItems":[1,{"itemData":2}]}',
        "ADDIN CSL_CITATION " + "[{" * 3000,
        'ADDIN CSL_CITATION {"a":' * 3000,
    ],
)
def test_citations_of_nothing(code: str) -> None:
    """Whatever an instruction has in it, the text is read."""
    document = read_docx(paragraph(field(code, "x")))
    assert document.text.text == "x"
    assert document.listed == ()


def test_a_citation_without_data_is_told() -> None:
    """The work is in somebody's library only."""
    bare: Mapping[str, object] = {"id": 5, "uris": [URI]}
    document = read_docx(paragraph(zotero(bare), zotero(bare)))
    assert (document.listed, document.citations) == ((), ())
    assert messages(document) == [
        "in a citation: the citation does not carry the data of its work"
    ]
    with_data = {**bare, "itemData": SMITH}
    document = read_docx(paragraph(zotero(with_data), zotero(bare)))
    assert [one.key for one in document.citations] == ["AB12CD34", "AB12CD34"]


def test_the_same_fault_is_told_once() -> None:
    """Two hundred citations with a foreign field are one message."""
    entries = [{"itemData": {**JONES, "id": f"k{n}", "tltle": "x"}} for n in range(3)]
    document = read_docx(paragraph(*(zotero(one) for one in entries)))
    assert len(document.listed) == 3
    assert [one.severity for one in document.diagnostics] == [Severity.WARNING]


def endnote_record(number: int, title: str, *, database: str = "db1") -> str:
    """A record as EndNote's citations carry it."""
    return (
        f"<record><rec-number>{number}</rec-number><foreign-keys>"
        f'<key app="EN" db-id="{database}">{number}</key></foreign-keys>'
        '<ref-type name="Journal Article">17</ref-type>'
        "<contributors><authors><author>Smith, Ann</author></authors></contributors>"
        f"<titles><title>{title}</title></titles><dates><year>2020</year></dates>"
        "</record>"
    )


def endnote(*records: str) -> str:
    """The XML of a citation of EndNote's."""
    cites = "".join(f"<Cite><Author>Smith</Author>{one}</Cite>" for one in records)
    return f"<EndNote>{cites}</EndNote>"


def test_endnote_citations() -> None:
    """Their records become items, each once, with keys that differ."""
    one, two = endnote_record(1, "On wolves"), endnote_record(2, "On sheep")
    document = read_docx(
        paragraph("A ", field(f" ADDIN EN.CITE {endnote(one, two)}", "(1, 2)"))
        + paragraph("B ", field(f" ADDIN EN.CITE {endnote(one)}", "(1)"))
    )
    titles = [listed.item.title for listed in document.listed if listed.item]
    assert titles == ["On wolves", "On sheep"]
    keys = [listed.key for listed in document.listed]
    assert [one.key for one in document.citations] == [*keys, keys[0]]
    assert len(set(keys)) == 2
    assert [one.location.line for one in document.citations] == [1, 1, 2]


def test_endnote_keeps_long_citations_in_a_nested_field() -> None:
    """The data of the inner field is the XML in base64."""
    data = base64.b64encode(endnote(endnote_record(1, "On wolves")).encode()).decode()
    inner = (
        mark("begin", f"{data[:76]}\n{data[76:]}")
        + "<w:r><w:instrText> ADDIN EN.CITE.DATA </w:instrText></w:r>"
        + mark("end")
    )
    outer = (
        mark("begin")
        + "<w:r><w:instrText> ADDIN EN.CITE </w:instrText></w:r>"
        + inner
        + mark("separate")
        + run("(1)")
        + mark("end")
    )
    document = read_docx(paragraph(outer))
    assert document.text.text == "(1)"
    assert [one.item.title for one in document.listed if one.item] == ["On wolves"]


@pytest.mark.parametrize(
    "code",
    [
        "ADDIN EN.CITE",
        "ADDIN EN.CITE <EndNote><Cite></Cite></EndNote>",
        "ADDIN EN.CITE <EndNote><record>",
        "ADDIN EN.CITE <record><record></record>",
    ],
)
def test_endnote_citations_without_records(code: str) -> None:
    """A library that was taken out of the document leaves citations of nothing."""
    document = read_docx(paragraph(field(code, "x")))
    assert document.text.text == "x"
    titled = [one for one in document.listed if one.item and one.item.title]
    assert titled == []


def test_endnote_data_that_is_no_base64() -> None:
    """It is passed over."""
    inner = (
        mark("begin", "A")
        + "<w:r><w:instrText>ADDIN EN.CITE.DATA</w:instrText></w:r>"
        + mark("end")
    )
    assert read_docx(paragraph("a", inner)).listed == ()


def test_a_fault_in_an_endnote_record_is_told_at_its_citation() -> None:
    """The record is in no file of its own that had lines."""
    bad = endnote_record(1, "T").replace("Journal Article", "Journal Artikle")
    bad = bad.replace(">17<", "><")
    document = read_docx(paragraph() + paragraph(field(f"ADDIN EN.CITE {bad}", "x")))
    found = document.diagnostics[0]
    assert "Journal Artikle" in found.message
    assert found.location.line == 2


SOURCES = """<b:Sources SelectedStyle=""
  xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">
<b:Source><b:Tag>Smi20</b:Tag><b:SourceType>JournalArticle</b:SourceType>
  <b:Author><b:Author><b:NameList><b:Person><b:Last>Smith</b:Last><b:First>Ann</b:First>
    <b:Middle>B.</b:Middle></b:Person><b:Person><b:First>Plato</b:First></b:Person>
    <b:Person/></b:NameList></b:Author>
    <b:Editor><b:NameList><b:Person><b:Last>Poe</b:Last></b:Person></b:NameList>
    </b:Editor><b:Unknown/></b:Author>
  <b:Title>On wolves</b:Title><b:JournalName>Wolf</b:JournalName><b:Year>2020</b:Year>
  <b:Month>May</b:Month><b:Day>3</b:Day><b:Pages>1-9</b:Pages><b:Volume>4</b:Volume>
  <b:Issue>2</b:Issue><b:StandardNumber>10.1000/1</b:StandardNumber>
  <b:URL>https://a.org</b:URL><b:YearAccessed>2021</b:YearAccessed></b:Source>
<b:Source><b:Tag>WHO</b:Tag><b:SourceType>Book</b:SourceType>
  <b:Author><b:Author><b:Corporate>World Health Organization</b:Corporate></b:Author>
  <b:Editor><b:Other/></b:Editor></b:Author><b:Title>Health</b:Title><b:City>Geneva</b:City>
  <b:CountryRegion>CH</b:CountryRegion><b:Publisher>WHO</b:Publisher>
  <b:StandardNumber>978-3-16-148410-0</b:StandardNumber><b:DOI>10.1000/who</b:DOI>
  </b:Source>
<b:Source><b:Tag>WHO</b:Tag><b:Title>Again</b:Title></b:Source>
<b:Source><b:Tag>Th</b:Tag><b:SourceType>Report</b:SourceType><b:Title>T</b:Title>
  <b:ThesisType>PhD thesis</b:ThesisType><b:Institution>LMU</b:Institution>
  <b:StandardNumber>7-11</b:StandardNumber><b:DOI>10.x</b:DOI></b:Source>
<b:Source><b:Tag>J</b:Tag><b:SourceType>JournalArticle</b:SourceType><b:Title>J</b:Title>
  <b:StandardNumber>ISSN 2167-8359</b:StandardNumber></b:Source>
<b:Source><b:Tag>Empty</b:Tag></b:Source><b:Source><b:Title>No tag</b:Title></b:Source>
<b:Other/></b:Sources>"""


def test_words_own_sources() -> None:
    """Every source is listed, at its first citation if it is cited."""
    document = read_docx(
        paragraph("Wolves ", field(r" CITATION Smi20 \p 4 \l 1033 \m WHO ", "(Smith)"))
        + paragraph(field("CITATION Gone", "?")),
        {"customXml/item1.xml": SOURCES, "customXml/item2.xml": "<x/>"},
    )
    by_key = {one.key: one for one in document.listed}
    assert list(by_key) == ["Smi20", "WHO", "Th", "J"]
    smith, who, thesis = by_key["Smi20"].item, by_key["WHO"].item, by_key["Th"].item
    assert smith
    assert smith.to_csl() == {
        "id": "Smi20",
        "type": "article-journal",
        "author": [{"family": "Smith", "given": "Ann B."}, {"literal": "Plato"}],
        "editor": [{"family": "Poe"}],
        "issued": {"date-parts": [[2020, 5, 3]]},
        "accessed": {"date-parts": [[2021]]},
        "volume": "4",
        "issue": "2",
        "page": "1-9",
        "title": "On wolves",
        "container-title": "Wolf",
        "DOI": "10.1000/1",
        "URL": "https://a.org",
    }
    assert who
    assert who.editor == ()
    assert str(who.author[0]) == "World Health Organization"
    assert (who.publisher_place, who.doi) == ("Geneva, CH", "10.1000/who")
    assert who.isbn == "978-3-16-148410-0"
    assert thesis
    assert (thesis.type, thesis.genre) == ("thesis", "PhD thesis")
    assert (thesis.publisher, thesis.number) == ("LMU", "7-11")
    journal = by_key["J"].item
    assert journal
    assert journal.issn == "ISSN 2167-8359"
    assert str(by_key["Smi20"].location) == "a.docx:1:8"
    assert by_key["Th"].location.line == 0
    assert [one.key for one in document.citations] == ["Smi20", "WHO", "Gone"]


def test_sources_that_the_document_does_not_use() -> None:
    """Those of a template or a draft are not its references; its own list is."""
    parts = {"customXml/item1.xml": SOURCES}
    body = "".join(paragraph(one, style="Bibliography") for one in ENTRIES)
    assert texts(read_docx(body, parts)) == READ
    shown = read_docx(paragraph(field("BIBLIOGRAPHY", "Smith")) + body, parts)
    assert [one.key for one in shown.listed] == ["Smi20", "WHO", "Th", "J"]


def test_sources_that_are_no_xml() -> None:
    """They are told; the text is read."""
    document = read_docx(paragraph("a"), {"customXml/item1.xml": SOURCES[:900]})
    assert document.text.text == "a"
    assert "`customxml/item1.xml`: " in messages(document)[0]
    nothing = SOURCES.replace("<b:Sources", "<!DOCTYPE x [<!ENTITY a 'b'>]><b:Sources")
    document = read_docx(paragraph("a"), {"customXml/item1.xml": nothing})
    assert document.listed == ()
    assert "entity" in messages(document)[0]


ENTRIES = ("[1]\tSmith A. On wolves. 2020.", "2.  Jones B. Of sheep.", "7 sheep.")
READ = ["Smith A. On wolves. 2020.", "Jones B. Of sheep.", "7 sheep."]


def texts(document: Document) -> list[str]:
    """The entries that are listed."""
    return [one.text for one in document.listed]


def test_a_bibliography_by_style() -> None:
    """Paragraphs in the style of bibliographies are entries; its heading is none."""
    document = read_docx(
        paragraph("References", style="Heading1")
        + "".join(paragraph(one, style="Literaturverzeichnis") for one in ENTRIES)
        + paragraph("  ", style="Literaturverzeichnis")
        + paragraph("Appendix")
    )
    assert texts(document) == READ
    assert str(document.listed[1].location) == "a.docx:3:1"


def test_styles_are_known_by_name_and_by_what_they_are_based_on() -> None:
    """The id of a style is in the language of whoever made it."""
    styles = story(
        "styles",
        '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Bibliography"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="mine"><w:name w:val="Mine"/>'
        '<w:basedOn w:val="a3"/></w:style><w:style w:type="paragraph" w:styleId="h">'
        '<w:name w:val="References"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="character" w:styleId="c"><w:name w:val="Bibliography"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="loop">'
        '<w:basedOn w:val="loop"/></w:style>',
    )
    body = "".join(
        paragraph(f"in {style}", style=style)
        for style in ("a3", "mine", "h", "c", "loop", "EndNoteBibliographyTitle")
    )
    body += "".join(
        paragraph(f"in {style}", style=style)
        for style in ("Bibliography1", "MDPI71References", "Els-reference-head")
    )
    document = read_docx(body, {"word/styles.xml": styles})
    assert texts(document) == [
        "in a3",
        "in mine",
        "in Bibliography1",
        "in MDPI71References",
    ]


def test_a_bibliography_in_a_content_control() -> None:
    """Word's own has the heading in the control, too."""
    inner = (
        "<w:sdt><w:sdtPr><w:bibliography/></w:sdtPr><w:sdtContent>"
        + "".join(map(paragraph, ENTRIES))
        + "</w:sdtContent></w:sdt>"
    )
    outer = (
        "<w:sdt><w:sdtPr><w:docPartObj>"
        '<w:docPartGallery w:val="Bibliographies"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Works', style='Heading1')}{inner}"
        "</w:sdtContent></w:sdt>"
    )
    other = '<w:sdt><w:sdtPr><w:docPartGallery w:val="Cover"/></w:sdtPr></w:sdt>'
    document = read_docx(other + paragraph("Text") + outer + paragraph("Behind"))
    assert texts(document) == READ


@pytest.mark.parametrize(
    "code",
    [
        " ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ",
        " ADDIN EN.REFLIST ",
        "ADDIN Mendeley Bibliography CSL_BIBLIOGRAPHY",
        r"BIBLIOGRAPHY  \l 1031",
    ],
)
def test_a_bibliography_in_a_field(code: str) -> None:
    """The result of the field goes over paragraphs."""
    begin = (
        mark("begin")
        + f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        + mark("separate")
    )
    body = (
        paragraph(begin, ENTRIES[0])
        + paragraph(ENTRIES[1])
        + paragraph(ENTRIES[2], mark("end"))
    )
    document = read_docx(paragraph("Text") + body + paragraph("Behind"))
    assert texts(document) == READ


def test_links_of_entries_are_theirs() -> None:
    """Where the list is of items, the links of its text are the document's."""
    link = '<w:hyperlink r:id="r1">' + run("doi") + "</w:hyperlink>"
    parts = {
        "word/_rels/document.xml.rels": relations(
            ("r1", "hyperlink", "https://doi.org/10.1000/1")
        )
    }
    entry = paragraph("Smith. ", link, style="Bibliography")
    document = read_docx(entry, parts)
    assert document.links == ()
    assert [one.target for one in document.listed[0].links] == [
        "https://doi.org/10.1000/1"
    ]
    document = read_docx(paragraph(zotero({"itemData": JONES})) + entry, parts)
    assert [one.location.line for one in document.links] == [2]


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
    'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>%s</dc:title><dc:creator>%s</dc:creator><dc:subject>s</dc:subject>"
    "</cp:coreProperties>"
)


def test_the_work_itself() -> None:
    """Title and creators are those of the properties."""
    core = CORE % ("Wolves  and lupus", "Ann B. Smith; Jones, Bob;admin")
    work = read_docx(paragraph("x"), {"docProps/core.xml": core}).work
    assert work
    assert work.title == "Wolves and lupus"
    assert [name.family for name in work.author] == ["Smith", "Jones"]


@pytest.mark.parametrize(
    "title", ["", "Document1", "Microsoft Word - paper.doc", "a", "Untitled", "x.docx"]
)
def test_titles_that_are_a_programs(title: str) -> None:
    """They say nothing of the work."""
    core = CORE % (title, "Microsoft Office User")
    assert read_docx(paragraph("x"), {"docProps/core.xml": core}).work is None


def test_broken_properties_are_told() -> None:
    """The text does not need them."""
    document = read_docx(paragraph("x"), {"docProps/core.xml": "<a"})
    assert document.work is None
    assert "core.xml`: the XML breaks" in messages(document)[0]
    assert NAMESPACES
