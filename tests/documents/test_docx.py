"""The text of a Word document, its places, and its links."""

from __future__ import annotations

import pytest

from documents.docx_made import (
    MAIN,
    docx,
    field,
    mark,
    paragraph,
    read_bytes,
    read_docx,
    relations,
    run,
    story,
    zipped,
)

LINKS = "word/_rels/document.xml.rels"


def text_of(*runs: str) -> str:
    """The text of a paragraph."""
    return read_docx(paragraph(*runs)).text.text


def test_paragraphs_are_parted_by_a_blank_line_and_counted() -> None:
    """Empty paragraphs are counted, too: a person counts them."""
    document = read_docx(paragraph("One.") + paragraph() + paragraph("Two ", "three."))
    assert document.text.text == "One.\n\nTwo three."
    place = document.text.location(document.text.text.index("three"))
    assert str(place) == "a.docx:3:5"


def test_marks_in_a_run() -> None:
    """Tabs, breaks and hyphens are what a reader sees of them."""
    marks = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/>"
        "<w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t><w:softHyphen/><w:t>f</w:t></w:r>"
    )
    assert text_of(marks) == "a\tb\nc\nd\u2011ef"


def test_space_is_kept_only_where_it_is_meant() -> None:
    """Pretty-printed text has blanks around it that Word does not show."""
    assert text_of("<w:r><w:t>\n  a\nb  </w:t></w:r>") == "a b"


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<w:ins>" + run("new") + "</w:ins>", "new"),
        ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", ""),
        ("<w:moveFrom>" + run("old") + "</w:moveFrom>", ""),
        ("<w:moveTo>" + run("new") + "</w:moveTo>", "new"),
        (run("hidden", "<w:vanish/>"), ""),
        (run("shown", '<w:vanish w:val="0"/>'), "shown"),
        (run("x", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"), "x"),
        ("<w:smartTag>" + run("in") + "</w:smartTag>", "in"),
        ("<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>", "E=mc"),
        ("<w:ruby><w:rt>" + run("kan") + "</w:rt>" + run("漢") + "</w:ruby>", "漢"),
    ],
)
def test_what_is_seen(markup: str, seen: str) -> None:
    """Changes are accepted, hidden text is hidden."""
    assert text_of("a", markup, "b") == f"a{seen}b"


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    """With the change accepted, what was parted is one."""
    first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("10.1000/") + "</w:p>"
    assert read_docx(first + paragraph("abc")).text.text == "10.1000/abc"


def test_an_empty_paragraph_ends_what_runs_on() -> None:
    """The deleted mark joined with the empty paragraph, not with the one behind it."""
    first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("a") + "</w:p>"
    assert read_docx(first + paragraph() + paragraph("b")).text.text == "a\n\nb"


def test_symbols() -> None:
    """A character of the font "Symbol" is the one that it shows."""
    sym = '<w:r><w:sym w:font="Symbol" w:char="F062"/></w:r>'
    assert text_of("IFN-", sym) == "IFN-β"
    assert text_of(run("\uf061", '<w:rFonts w:ascii="Symbol"/>')) == "α"


@pytest.mark.parametrize(
    ("font", "char", "seen"),
    [
        ("Symbol", "61", "α"),
        ("Wingdings", "F0FC", " "),
        ("Wingdings 2", "61", " "),
        ("Arial", "2265", "≥"),
        ("Arial", "D800", ""),
        ("Arial", "zz", ""),
        ("Symbol", "2265", "≥"),
    ],
)
def test_symbols_by_font(font: str, char: str, seen: str) -> None:
    """Only the font "Symbol" has letters at the private places."""
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'
    assert text_of("a", symbol, "b") == f"a{seen}b"


def test_cells_of_a_row_are_one_line() -> None:
    """A list in a table of two columns keeps its numbers beside its entries."""
    cell = "<w:tc>{}</w:tc>".format
    rows = "".join(
        f"<w:tr>{cell(paragraph(f'{n}.'))}{cell(paragraph(f'Entry {n}'))}</w:tr>"
        for n in (1, 2)
    )
    document = read_docx(f"<w:tbl>{rows}</w:tbl>" + paragraph("End"))
    assert document.text.text == "1.\tEntry 1\n\n2.\tEntry 2\n\nEnd"
    assert document.text.location(len("1.\tEntry 1\n\n2.\t")).line == 4


def test_paragraphs_of_a_cell_are_parted() -> None:
    """A table that only lays out a page does not run its paragraphs together."""
    table = f"<w:tbl><w:tr><w:tc>{paragraph('a')}{paragraph('b')}</w:tc></w:tr></w:tbl>"
    assert read_docx(table).text.text == "a\n\nb"


def test_a_text_box_follows_its_paragraph_and_is_read_once() -> None:
    """The replacement for older programs has the same text once more."""
    box = f"<w:txbxContent>{paragraph('box')}</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice>" + box + "</mc:Choice><mc:Fallback>"
        "<w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = read_docx(paragraph("be", shape, "hind") + paragraph("last"))
    assert document.text.text == "behind\n\nbox\n\nlast"
    assert document.text.location(len("behind\n\n")).line == 2
    assert document.text.location(len("behind\n\nbox\n\n")).line == 3


def test_a_fallback_alone_is_read() -> None:
    """Where there is no choice, the replacement is what is shown."""
    shape = (
        "<w:r><mc:AlternateContent><mc:Fallback><w:t>old</w:t></mc:Fallback>"
        "</mc:AlternateContent></w:r><mc:Choice/>"
    )
    assert text_of(shape) == "old"


def test_notes_follow_the_body() -> None:
    """Footnotes, then endnotes, without the lines that part them from the text."""
    notes = story(
        "footnotes",
        '<w:footnote w:type="separator">' + paragraph("----") + "</w:footnote>"
        '<w:footnote w:id="1">' + paragraph("A note.") + "</w:footnote>",
    )
    ends = story("endnotes", "<w:endnote>" + paragraph("An end.") + "</w:endnote>")
    rels = relations(
        ("rId1", "footnotes", "footnotes.xml"), ("rId2", "endnotes", "/word/en.xml")
    )
    parts = {LINKS: rels, "word/footnotes.xml": notes, "word/en.xml": ends}
    document = read_docx(paragraph("Text."), parts)
    assert document.text.text == "Text.\n\nA note.\n\nAn end."
    assert str(document.text.location(len("Text.\n\n"))) == "a.docx:2:1"


def test_notes_have_their_numbers() -> None:
    """By the order of the references to them; a mark of the author's own is none."""
    ref = '<w:r><w:footnoteReference w:id="{}"{}/></w:r>'
    own = ' w:customMarkFollows="1"'
    number = "<w:r><w:footnoteRef/></w:r>"
    notes = story(
        "footnotes",
        "".join(
            f'<w:footnote w:id="{key}">{paragraph(number, text)}</w:footnote>'
            for key, text in (("3", " Last."), ("2", "First."), ("4", "* Own."))
        ),
    )
    parts = {
        LINKS: relations(("rId1", "footnotes", "footnotes.xml")),
        "word/footnotes.xml": notes,
    }
    body = paragraph("a", ref.format(2, ""), ref.format(4, own), ref.format(3, ""), "b")
    document = read_docx(body + paragraph(ref.format(2, ""), "c"), parts)
    assert document.text.text == "ab\n\nc\n\n2 Last.\n\n1 First.\n\n* Own."


def numbered(text: str, number: str, level: int = 0) -> str:
    """A paragraph in a list."""
    props = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{props}</w:pPr>{run(text)}</w:p>"


def level(number: int, form: str, text: str, start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


LISTS = story(
    "numbering",
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "decimal", "[%1]")
    + level(1, "decimal", "%1.%2.", 3)
    + '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    + level(0, "bullet", "•")
    + level(1, "lowerRoman", "%2)")
    + level(2, "decimal", "%1-%5-%3")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/>'
    + level(0, "bullet", "-")
    + '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="x"/></w:num>',
)


def test_numbers_of_lists_are_shown() -> None:
    """A reader sees them; they are no part of the text that columns count."""
    gone = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr>"
    body = (
        numbered("a", "1")
        + numbered("b", "1", 1)
        + numbered("c", "1", 1)
        + numbered("", "1")
        + f"{gone}</w:pPr></w:p>"
        + numbered("d", "1")
        + numbered("e", "1", 1)
        + numbered("f", "2")
        + numbered("g", "2")
        + numbered("h", "0")
        + "".join(numbered("i", key) for key in ("3", "4", "9"))
        + numbered("j", "3", 1)
        + numbered("k", "3", 8)
    )
    document = read_docx(body, {"word/numbering.xml": LISTS})
    assert document.text.text.split("\n\n") == [
        *("[1]\ta", "1.3.\tb", "1.4.\tc", "[3]\td", "3.3.\te", "[5]\tf", "[6]\tg"),
        *("h", "i", "i", "i", "j", "k"),
    ]
    assert str(document.text.location(len("[1]\t"))) == "a.docx:1:1"


def test_numbers_of_levels_that_are_not_there() -> None:
    """A level of another form is not told, one that is nowhere counts as one."""
    body = numbered("a", "3", 2)
    lists = LISTS.replace("•", "%1").replace('"bullet"', '"decimal"', 1)
    assert read_docx(body, {"word/numbering.xml": LISTS}).text.text == "a"
    assert read_docx(body, {"word/numbering.xml": lists}).text.text == "1-1-1\ta"


def test_styles_may_number_their_paragraphs() -> None:
    """So do those of headings, and of reference lists in templates."""
    styles = story(
        "styles",
        '<w:style w:type="paragraph" w:styleId="ref"><w:pPr><w:numPr>'
        '<w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="mine"><w:basedOn w:val="ref"/>'
        "</w:style>",
    )
    parts = {"word/numbering.xml": LISTS, "word/styles.xml": styles}
    body = paragraph("a", style="mine") + paragraph("b", style="ref") + paragraph("c")
    assert read_docx(body, parts).text.text == "[1]\ta\n\n[2]\tb\n\nc"
    entry = '<w:p><w:pPr><w:pStyle w:val="Bibliography"/><w:numPr><w:numId w:val="1"/>'
    entry += "</w:numPr></w:pPr>" + run("Smith. 2020.") + "</w:p>"
    document = read_docx(entry, parts)
    assert [one.text for one in document.listed] == ["Smith. 2020."]
    assert document.text.text == "[1]\tSmith. 2020."


def test_hyperlinks() -> None:
    """A link has its target from the relations, and what is shown of it."""
    rels = relations(("r1", "hyperlink", "https://doi.org/10.1000/1"))
    link = '<w:hyperlink r:id="r1" w:anchor="p2">' + run("here") + "</w:hyperlink>"
    inner = '<w:hyperlink w:anchor="top">' + run("up") + "</w:hyperlink>"
    picture = '<w:r><w:drawing><a:hlinkClick r:id="r1"/></w:drawing></w:r>'
    document = read_docx(paragraph("See ", link, " or ", inner, picture), {LINKS: rels})
    first, second = document.links
    assert (first.target, first.text) == ("https://doi.org/10.1000/1#p2", "here")
    assert str(first.location) == "a.docx:1:5"
    assert (second.target, second.text) == ("https://doi.org/10.1000/1", "")


@pytest.mark.parametrize(
    ("instruction", "target"),
    [
        (' HYPERLINK "https://doi.org/10.1000/1" ', "https://doi.org/10.1000/1"),
        ('HYPERLINK "https://a.org/b" \\l "c"', "https://a.org/b#c"),
        ('HYPERLINK \\o "tip" https://a.org/b \\n', "https://a.org/b"),
        ('hyperlink "C:\\\\a b"', "C:\\a b"),
        ('HYPERLINK "https://a.org/b', "https://a.org/b"),
        ('HYPERLINK "https://a.org/b" "c" d', "https://a.org/b"),
    ],
)
def test_hyperlink_fields(instruction: str, target: str) -> None:
    """A field is a link, too, however many runs its instruction is spread over."""
    document = read_docx(paragraph("At ", field(instruction, "it", pieces=3)))
    assert [(one.target, one.text) for one in document.links] == [(target, "it")]
    assert str(document.links[0].location) == "a.docx:1:4"
    assert document.text.text == "At it"


@pytest.mark.parametrize("instruction", ['HYPERLINK \\l "top"', "PAGE", "", "REF a"])
def test_fields_that_are_no_links(instruction: str) -> None:
    """Their results are text."""
    document = read_docx(paragraph(field(instruction or " ", "12")))
    assert (document.links, document.text.text) == ((), "12")


def test_a_simple_field() -> None:
    """A field may have its instruction in an attribute."""
    simple = (
        "<w:fldSimple w:instr='HYPERLINK \"https://a.org\"'>"
        + run("a")
        + "</w:fldSimple>"
    )
    document = read_docx(paragraph(simple))
    assert [(one.target, one.text) for one in document.links] == [
        ("https://a.org", "a")
    ]


def test_a_field_in_an_instruction_is_part_of_it() -> None:
    """Its result is not shown."""
    codes = (
        mark("begin")
        + '<w:r><w:instrText>HYPERLINK "https://a.org/</w:instrText></w:r>'
        + field("DOCPROPERTY x", "page")
        + '<w:r><w:instrText>"</w:instrText></w:r>'
        + mark("separate")
        + run("shown")
        + mark("end")
    )
    document = read_docx(paragraph(codes))
    assert document.text.text == "shown"
    assert document.links[0].target == "https://a.org/page"


def test_stray_marks_of_fields() -> None:
    """Marks without their partners lose no text."""
    stray = (
        mark("odd")
        + mark("end")
        + mark("separate")
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    )
    document = read_docx(
        paragraph(stray, "a", field("PAGE", "1"), mark("separate"), "b")
    )
    assert document.text.text == "a1b"


def test_fields_nested_too_deep_are_left_alone() -> None:
    """A file of nothing but begins of fields needs no more memory than any other."""
    data = '<w:r><w:fldChar w:fldCharType="begin"><w:fldData>AA</w:fldData></w:fldChar>'
    deep = f"{data}</w:r>" * 50 + field("PAGE", "2")
    simple = "<w:fldSimple w:instr='PAGE'>" + run("3") + "</w:fldSimple>"
    document = read_docx(paragraph("a", deep, simple, mark("end") * 50, "b"))
    assert document.text.text == "ab"


def test_a_content_control_that_nobody_has_filled_in() -> None:
    """Its text is an instruction to the author."""
    empty = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + paragraph("Click here")
        + "</w:sdtContent></w:sdt>"
    )
    full = "<w:sdt><w:sdtContent>" + paragraph("Title") + "</w:sdtContent></w:sdt>"
    assert read_docx(empty + full).text.text == "Title"


def test_strict_documents() -> None:
    """The strict edition of the standard has other namespaces."""
    data = docx(paragraph("Text")).replace(b"", b"")
    parts = {
        "word/document.xml": story("document", paragraph("Text")).replace(
            MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main"
        )
    }
    assert read_bytes(zipped(parts)).text.text == read_bytes(data).text.text == "Text"


def test_pieces_in_odd_places() -> None:
    """What stands where the standard has nothing is passed over."""
    odd = (
        "<w:t>loose</w:t><w:tab/><w:numId w:val='1'/><w:ilvl w:val='1'/>"
        "<w:pStyle w:val='x'/><w:vanish/><w:rFonts/>"
        "<w:tag w:val='x'/><w:bibliography/><w:showingPlcHdr/><w:docPartGallery/>"
        "<w:fldData>AA</w:fldData><w:hyperlink r:id='no'/><w:rPr><w:del/></w:rPr>"
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><a:hlinkClick r:id='no'/>"
        "<w:sdtContent/>"
    )
    document = read_docx(odd + field("PAGE", "x") + paragraph("Text"))
    assert document.text.text == "Text"
