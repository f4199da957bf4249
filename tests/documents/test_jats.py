"""Articles in JATS and in NLM's older DTDs."""

from __future__ import annotations

import pytest

from documents.markup_made import place_of
from lupusrefs.documents.document import Document, DocumentFile, DocumentKind
from lupusrefs.documents.jats import read

HEAD = (
    '<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal'
    ' Publishing DTD v1.2 20190208//EN" "JATS-journalpublishing1.dtd">\n'
)
ARTICLE = '<article xmlns:xlink="http://www.w3.org/1999/xlink">{}</article>'
FRONT = """<article article-type="research-article" xml:lang="de"><front><journal-meta>
<journal-id journal-id-type="publisher-id">jt</journal-id>
<journal-id journal-id-type="iso-abbrev">J. Test.</journal-id>
<journal-title-group><journal-title>Journal of Tests</journal-title>
</journal-title-group><issn pub-type="epub">1234-5678</issn>
<publisher><publisher-name>Press &amp; Co.</publisher-name>
<publisher-loc>Bern</publisher-loc></publisher></journal-meta><article-meta>
<article-id pub-id-type="publisher-id">77</article-id>
<article-id pub-id-type="doi">10.1000/self</article-id>
<article-id pub-id-type="pmc">1234567</article-id>
<title-group><article-title>Of <italic>mice</italic><xref ref-type="fn" rid="f">*</xref>
</article-title><subtitle>a tale</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>von Berg</surname>
<given-names>Ann B.</given-names><suffix>Jr</suffix></name></contrib>
<contrib contrib-type="author"><collab>The Group<contrib-group><contrib><name>
<surname>Member</surname></name></contrib></contrib-group></collab></contrib>
<contrib contrib-type="reviewer"><name><surname>Ref</surname></name></contrib>
</contrib-group><contrib-group><contrib contrib-type="editor"><name>
<surname>Ed</surname></name></contrib></contrib-group>
<pub-date pub-type="ppub"><month>1</month><year>2021</year></pub-date>
<pub-date date-type="pub" publication-format="electronic"><day>05</day><month>8</month>
<year>2020</year></pub-date><volume>12</volume><issue>3</issue><fpage>100</fpage>
<lpage>110</lpage><history><date><year>2019</year></date></history>
<abstract><p>Two &lt; three.</p></abstract></article-meta></front></article>"""


def document(text: str) -> Document:
    """The document of a file."""
    return read(DocumentFile("a.nxml", text.encode()))


def text_with_refs(*inner: str) -> str:
    """An article with these references."""
    listed = "".join(f'<ref id="B{n}">{one}</ref>' for n, one in enumerate(inner, 1))
    back = f"<back><ref-list><title>Lit</title>{listed}</ref-list></back>"
    return HEAD + ARTICLE.format(back)


def cited(inner: str) -> dict[str, object]:
    """What the markup says of one reference; its id and its type apart."""
    item = document(text_with_refs(inner)).listed[0].item
    assert item is not None
    assert item.id == "B1"
    return {key: value for key, value in item.to_csl().items() if key != "id"}


def issued(dates: str) -> str:
    """The date of an article with these dates."""
    meta = f"<front><article-meta>{dates}</article-meta></front>"
    work = document(ARTICLE.format(meta)).work
    assert work is not None
    return str(work.issued)


def test_the_front_matter_says_what_the_article_is() -> None:
    """Title with subtitle and without footnotes, authors, first date, numbers, ids."""
    found = document(HEAD + FRONT)
    assert found.kind is DocumentKind.JATS
    assert found.work is not None
    assert found.work.to_csl() == {
        "type": "article-journal",
        "author": [
            {"family": "von Berg", "given": "Ann B.", "suffix": "Jr"},
            {"literal": "The Group"},
        ],
        "editor": [{"family": "Ed"}],
        "title": "Of <i>mice</i>: a tale",
        "container-title": "Journal of Tests",
        "container-title-short": "J. Test.",
        "issued": {"date-parts": [[2020, 8, 5]]},
        "volume": "12",
        "issue": "3",
        "page": "100-110",
        "publisher": "Press & Co.",
        "publisher-place": "Bern",
        "language": "de",
        "DOI": "10.1000/self",
        "PMCID": "PMC1234567",
        "ISSN": "1234-5678",
    }
    targets = [one.target for one in found.links]
    assert targets == ["doi:10.1000/self", "pmcid:1234567"]
    assert not found.diagnostics


def test_the_text_is_what_a_reader_sees() -> None:
    """Titles, names and abstract; numbers and dates of the front matter are none."""
    text = document(HEAD + FRONT).text.text
    assert text.startswith("Of mice*\n\na tale\n\nvon Berg Ann B. Jr, The Group")
    assert text.endswith("Two < three.")
    assert "2019" not in text
    assert "10.1000" not in text


def test_characters_know_their_places() -> None:
    """Behind an entity, in CDATA and in another line."""
    text = (
        "<article><body><p>a &amp; b\n  <b>c</b>d<!-- e <i> --><?f?> <![CDATA[g <]]>"
        "</p></body></article>"
    )
    found = document(text)
    assert found.text.text == "a & b cd g <"
    for part in ("& b", "b cd", "cd", "d g", "g <"):
        place = found.text.location(found.text.text.index(part))
        needle = {"& b": "&amp;", "b cd": "b\n", "cd": "c<", "d g": "d<", "g <": "g <"}
        assert str(place) == place_of(text, needle[part])


def test_the_dates_of_an_article_by_preference() -> None:
    """A collection's year only where there is nothing better; no dates of handling."""
    collection = """<pub-date pub-type="collection"><year>2001</year></pub-date>
        <pub-date pub-type="pmc-release"><year>2003</year></pub-date>"""
    assert issued(collection) == "2001"
    pub = '<pub-date date-type="pub" iso-8601-date="2004-05-06"/>'
    assert issued(collection + pub) == "2004-05-06"
    printed = """<pub-date date-type="publication" publication-format="print">
        <year>2007</year></pub-date>"""
    assert issued(collection + printed) == "2007"
    online = """<pub-date pub-type="epub"><season>Spring</season><year>2006</year>
        </pub-date>"""
    assert issued(collection + printed + online) == "2006-21"


def test_an_article_with_a_number_instead_of_pages() -> None:
    """The number is its number; a page range in one element is its pages."""
    article = "<article><front><article-meta>{}</article-meta></front></article>"
    work = document(article.format("<elocation-id>e1</elocation-id>")).work
    assert work is not None
    assert (work.number, work.page) == ("e1", None)
    work = document(article.format("<page-range>3-5, 9</page-range>")).work
    assert work is not None
    assert (work.number, work.page) == (None, "3-5, 9")


def test_a_book_and_a_file_that_says_nothing() -> None:
    """BITS' front matter; a title in question needs no colon; no front, no work."""
    book = document("""<book><book-meta><book-title-group><book-title>Why?</book-title>
        <subtitle>So</subtitle></book-title-group><isbn>978-3-16-148410-0</isbn>
        </book-meta></book>""")
    assert book.work is not None
    assert book.work.to_csl() == {
        "type": "book",
        "title": "Why? So",
        "ISBN": "978-3-16-148410-0",
    }
    plain = "<front><article-meta><title-group><article-title>A</article-title>"
    plain += "</title-group></article-meta></front>"
    article = document(ARTICLE.format(plain)).work
    assert article is not None
    assert article.title == "A"
    assert document("<article><body/></article>").work is None
    assert document("<article><front><article-meta/></front></article>").work is None
    two = "<r><article><front/></article><article><front/></article></r>"
    assert document(two).work is None


def test_an_element_citation_is_an_item() -> None:
    """Names with suffix, groups and "et al.", markup in the title, all identifiers."""
    found = cited("""<label>1</label><element-citation publication-type="journal">
        <person-group person-group-type="author"><name><surname>Smith</surname>
        <given-names>JA</given-names><suffix>Sr</suffix></name><collab><institution>
        The Lab</institution></collab><etal/></person-group>
        <person-group person-group-type="translator"><name><given-names>Plato
        </given-names></name></person-group><year iso-8601-date="2010-04">2010a</year>
        <article-title>The <italic>S</italic> of H<sub>2</sub>O.</article-title>
        <source>Ann. Dis.</source><volume>69</volume><issue>Suppl 2</issue>
        <fpage>43</fpage><lpage>4</lpage>
        <pub-id pub-id-type="doi">https://doi.org/10.1000/one</pub-id>
        <pub-id pub-id-type="pmid">222</pub-id>
        <pub-id pub-id-type="pmcid">PMC33</pub-id>
        <pub-id pub-id-type="isbn">0-521-46674-1</pub-id>
        <pub-id pub-id-type="url">https://e.org/</pub-id>
        <pub-id pub-id-type="publisher-id">x</pub-id></element-citation>""")
    assert found == {
        "type": "article-journal",
        "author": [
            {"family": "Smith", "given": "JA", "suffix": "Sr"},
            {"literal": "The Lab"},
            {"literal": "others"},
        ],
        "translator": [{"literal": "Plato"}],
        "title": "The <i>S</i> of H<sub>2</sub>O",
        "container-title": "Ann. Dis.",
        "issued": {"date-parts": [[2010, 4]]},
        "volume": "69",
        "issue": "Suppl 2",
        "page": "43-4",
        "DOI": "10.1000/one",
        "URL": "https://e.org/",
        "PMID": "222",
        "PMCID": "PMC33",
        "ISBN": "0-521-46674-1",
    }


def test_an_element_citation_reads_as_text() -> None:
    """What its typesetter would put between the parts; no label, no doubled stops."""
    text = text_with_refs("""<label>7</label>
        <element-citation>
          <name><surname>Aa</surname><given-names>B.</given-names></name>
          <article-title>Why?</article-title><source>J. X.</source> <year>2001</year>
          <volume>3</volume><issue>4</issue><fpage>5</fpage><lpage>9</lpage>
        </element-citation>""")
    listed = document(text).listed
    assert listed[0].text == "Aa B. Why? J. X. 2001. 3, 4: 5–9"
    assert str(listed[0].location) == place_of(text, "Aa")


def test_an_older_citation_has_text_or_leaves_it_out() -> None:
    """NLM's <citation> is read as either kind."""
    text = text_with_refs(
        "<citation><source>A</source><year>2001</year></citation>",
        "<citation><source>B</source> (<year>2002</year>).</citation>",
    )
    assert [one.text for one in document(text).listed] == ["A. 2001", "B (2002)."]


def test_a_mixed_citation_with_tagged_parts() -> None:
    """Text with its own punctuation; names in any form; editors; a chapter."""
    text = text_with_refs("""<mixed-citation publication-type="book"><string-name>
        <surname>Lee</surname>, <given-names>A.</given-names></string-name> &amp;
        <string-name>Bo Ek</string-name>. <chapter-title>A part.</chapter-title> In
        <person-group person-group-type="editor">C. Chief</person-group>,
        <source>The Whole</source>, <edition>2nd</edition> ed.
        <publisher-loc>Rome</publisher-loc>: <publisher-name>Press</publisher-name>;
        <year>1999</year>. <fpage>1</fpage>–<lpage>9</lpage>.</mixed-citation>""")
    found = document(text).listed[0]
    assert found.text == (
        "Lee, A. & Bo Ek. A part. In C. Chief, The Whole, 2nd ed. Rome: Press; 1999."
        " 1–9."
    )
    assert found.item is not None
    assert found.item.to_csl() == {
        "id": "B1",
        "type": "chapter",
        "author": [{"family": "Lee", "given": "A."}, {"family": "Ek", "given": "Bo"}],
        "editor": [{"family": "Chief", "given": "C."}],
        "title": "A part",
        "container-title": "The Whole",
        "issued": {"date-parts": [[1999]]},
        "page": "1-9",
        "edition": "2nd",
        "publisher": "Press",
        "publisher-place": "Rome",
    }


def test_a_mixed_citation_that_is_only_text() -> None:
    """No item, but its links; a lone DOI does not make one."""
    text = text_with_refs("""<mixed-citation>Poe, E. Tales. 1840. <ext-link
        ext-link-type="doi" xlink:href="10.1000/x">here</ext-link>
        <pub-id pub-id-type="doi">10.1000/y</pub-id> <uri>https://example.org/a</uri>
        <ext-link xlink:href="#fig1">fig</ext-link> <uri>mailto:poe</uri>
        <source>J Foo</source> <year>2001</year>
        </mixed-citation>""")
    found = document(text).listed[0]
    assert found.item is None
    targets = [one.target for one in found.links]
    assert targets == ["doi:10.1000/x", "doi:10.1000/y", "https://example.org/a"]
    assert str(found.links[0].location) == place_of(text, "10.1000/x")
    assert found.links[0].text == "here"


def test_alternatives_are_one_entry() -> None:
    """The text of the one that is written for readers, the item of the other."""
    found = document(
        text_with_refs("""<citation-alternatives><mixed-citation>Site. Page, 2020.
        </mixed-citation><element-citation publication-type="web"><collab>Site</collab>
        <source>Page</source><date-in-citation content-type="access-date"
        iso-8601-date="2021-01-05">Jan 5</date-in-citation>
        <ext-link xlink:href="http://example.org/x">x</ext-link><year>2020</year>
        </element-citation></citation-alternatives>""")
    )
    assert [one.text for one in found.listed] == ["Site. Page, 2020."]
    assert found.listed[0].item is not None
    assert found.listed[0].item.to_csl() == {
        "id": "B1",
        "type": "webpage",
        "author": [{"literal": "Site"}],
        "title": "Page",
        "issued": {"date-parts": [[2020]]},
        "accessed": {"date-parts": [[2021, 1, 5]]},
        "URL": "http://example.org/x",
    }
    assert found.text.text.count("Page") == 1


def test_several_works_under_one_number() -> None:
    """Each is an entry; cited by an id of its own, or by that of the first."""
    found = document(
        ARTICLE.format("""<body><xref ref-type="bibr" rid="c1 c2">1</xref></body><back>
        <ref-list><ref id="r"><mixed-citation id="c1">One, 2001.</mixed-citation>
        <mixed-citation id="c2">Two, 2002.</mixed-citation>
        <mixed-citation>Three.</mixed-citation></ref><ref id="n"><label>2</label><note>
        <p>A note.</p></note></ref><ref id="e"/></ref-list></back>""")
    )
    assert [(one.key, one.text) for one in found.listed] == [
        ("r", "One, 2001."),
        ("c2", "Two, 2002."),
        ("r", "Three."),
        ("n", "A note."),
    ]
    assert [one.key for one in found.citations] == ["r", "c2"]


def test_what_is_cited_with_its_place() -> None:
    """Every key of an attribute, and those that a dash stands for."""
    body = """<body><p>x <xref ref-type="bibr" rid="B1">1</xref>, <sup><xref
        ref-type="bibr" rid="B2">2</xref>–<xref ref-type="bibr" rid="B4">4</xref></sup>
        <xref ref-type="fig" rid="F">Fig</xref> <xref ref-type="bibr" rid="B9">9</xref
        >&#8211;<xref ref-type="bibr" rid="B1">1</xref> <xref ref-type="bibr"/></p>
        </body>"""
    back = "".join(
        f'<ref id="B{n}"><mixed-citation>Work {n}.</mixed-citation></ref>'
        for n in range(1, 6)
    )
    text = ARTICLE.format(f"{body}<back>{back}</back>")
    found = document(text)
    keys = [one.key for one in found.citations]
    assert keys == ["B1", "B2", "B3", "B4", "B9", "B1"]
    assert str(found.citations[1].location) == place_of(text, "B2")


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (
            """<citation citation-type="journal"><source>Phys X</source>
            <volume>3</volume><fpage>7</fpage></citation>""",
            {
                "type": "article-journal",
                "container-title": "Phys X",
                "volume": "3",
                "page": "7",
            },
        ),
        (
            """<nlm-citation citation-type="confproc"><article-title>T</article-title>
            <source>Proc</source><conf-name>C</conf-name><conf-loc>Oslo</conf-loc>
            <conf-date>2001-02</conf-date><elocation-id>12</elocation-id>
            </nlm-citation>""",
            {
                "type": "paper-conference",
                "title": "T",
                "container-title": "Proc",
                "event-date": {"date-parts": [[2001, 2]]},
                "number": "12",
                "event-title": "C",
                "event-place": "Oslo",
            },
        ),
        (
            """<mixed-citation publication-type="journal"><string-name>
            <surname>山田</surname> <given-names>太郎</given-names></string-name>.
            <article-title><italic>A title</italic>.</article-title>
            <source><italic>J. X.</italic></source>,
            <volume>Vol.106</volume>, <issue>No.1</issue>, <fpage>p.10</fpage>-<lpage>15
            </lpage>.</mixed-citation>""",
            {
                "type": "article-journal",
                "author": [{"family": "山田", "given": "太郎"}],
                "title": "A title",
                "container-title": "J. X.",
                "volume": "106",
                "issue": "1",
                "page": "10-15",
            },
        ),
        (
            """<element-citation publication-type="thesis"><source>On</source>
            <size>99 p.</size><string-date>May 2001</string-date></element-citation>""",
            {
                "type": "thesis",
                "title": "On",
                "number-of-pages": "99",
                "issued": {"date-parts": [[2001, 5]]},
            },
        ),
        (
            """<element-citation><article-title>T</article-title><source>S</source>
            <conf-name>C</conf-name></element-citation>""",
            {
                "type": "paper-conference",
                "title": "T",
                "container-title": "S",
                "event-title": "C",
            },
        ),
        (
            """<element-citation publication-type="other"><source>S</source>
            <volume>1</volume><year>2001</year><month>Feb</month><day>3</day>
            </element-citation>""",
            {
                "type": "article-journal",
                "container-title": "S",
                "volume": "1",
                "issued": {"date-parts": [[2001, 2, 3]]},
            },
        ),
        (
            """<element-citation><article-title>T</article-title><source>S</source>
            <publisher-name>P</publisher-name></element-citation>""",
            {"type": "chapter", "title": "T", "container-title": "S", "publisher": "P"},
        ),
        (
            """<element-citation><source>S</source><publisher-name>P</publisher-name>
            <isbn>0521466741</isbn></element-citation>""",
            {"type": "book", "title": "S", "publisher": "P", "ISBN": "0521466741"},
        ),
        (
            """<element-citation><source>S</source><uri>http://e.org</uri>
            </element-citation>""",
            {"type": "webpage", "title": "S", "URL": "http://e.org"},
        ),
        (
            """<element-citation><trans-title>T</trans-title>
            <pub-id pub-id-type="arxiv">2301.01234</pub-id></element-citation>""",
            {
                "type": "webpage",
                "title": "T",
                "URL": "https://arxiv.org/abs/2301.01234",
            },
        ),
        (
            """<element-citation publication-type="data"><data-title>D</data-title>
            <name><surname>X</surname></name><anonymous/>
            <pub-id pub-id-type="arxiv">no</pub-id>
            <date-in-citation content-type="updated">2001</date-in-citation>
            <ext-link ext-link-type="pmid" xlink:href="12">p</ext-link>
            <year>in press</year></element-citation>""",
            {
                "type": "dataset",
                "author": [{"family": "X"}, {"literal": "Anonymous"}],
                "title": "D",
                "issued": {"literal": "in press"},
                "PMID": "12",
            },
        ),
        (
            """<element-citation><name-alternatives><name><surname>Li</surname></name>
            <name><surname>李</surname></name></name-alternatives><person-group
            person-group-type="nobody"><string-name>Ann Lee</string-name>
            </person-group><article-title>T</article-title></element-citation>""",
            {
                "type": "document",
                "author": [{"family": "Li"}],
                "contributor": [{"family": "Lee", "given": "Ann"}],
                "title": "T",
            },
        ),
    ],
)
def test_kinds_of_citations(inner: str, expected: dict[str, object]) -> None:
    """Types by name and by parts; a source is a journal, or the work itself."""
    assert cited(inner) == expected


def test_links_of_the_text_and_of_related_articles() -> None:
    """Those of references are with the references."""
    found = document(
        ARTICLE.format("""<front><article-meta><related-article ext-link-type="doi"
        xlink:href="10.1000/old"/></article-meta></front><body><p><ext-link
        xlink:href="https://doi.org/10.1000/d">data</ext-link> <uri>mailto:a</uri>
        </p></body><back><ref-list><ref id="a"><mixed-citation><uri>https://x.org/y</uri>
        </mixed-citation></ref></ref-list></back>""")
    )
    targets = [one.target for one in found.links]
    assert targets == ["doi:10.1000/old", "https://doi.org/10.1000/d"]
    assert found.listed[0].links[0].target == "https://x.org/y"


def test_a_namespace_and_declared_entities() -> None:
    """Prefixes go; entities are not expanded, and the rest is read in its place."""
    text = """<!DOCTYPE j:article [<!ENTITY % x SYSTEM 'x.ent'>
        <!ENTITY f 'boo'>]><j:article xmlns:j='http://jats.nlm.nih.gov'><j:body>
        <j:p>what &f;</j:p></j:body></j:article>"""
    found = document(text)
    assert found.text.text == "what &f;"
    assert str(found.text.location(0)) == place_of(text, "what")
    places = [str(one.location) for one in found.diagnostics]
    assert places == [place_of(text, "<!ENTITY %"), place_of(text, "&f;")]


def test_a_doctype_without_entities_stays() -> None:
    """Other declarations of the document are the parser's business."""
    text = "<!DOCTYPE article [<!-- nothing -->]><article><body>x</body></article>"
    assert document(text).text.text == "x"
    assert document("<!DOCTYPE article [").diagnostics


def test_a_broken_file_is_read_as_far_as_it_goes() -> None:
    """What stands before the break, and where it is; nothing at all is told, too."""
    found = document("<article><body><p>one</p><p>two</p></q>")
    assert found.text.text == "one\n\ntwo"
    assert found.diagnostics[0].is_error
    assert not document("").listed
    assert document("no markup").diagnostics[0].is_error
