"""The XML tree: spans, rich text, and all that a hostile or broken file can do.

Cases from XML 1.0, fifth edition: 2.2 (characters), 2.4 (markup), 4 (entities).
"""

from __future__ import annotations

import pytest

from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.xml_tree import Element, parse_xml, xml_records
from lupusrefs.model.location import Diagnostic


def parsed(text: str) -> tuple[Element | None, tuple[Diagnostic, ...]]:
    """The root and what was noticed."""
    source = SourceText("f.xml", text)
    diagnostics = Diagnostics(source)
    return parse_xml(source, diagnostics), diagnostics.collected()


def root_of(text: str) -> Element:
    """The root of a text that nothing is wrong with."""
    root, diagnostics = parsed(text)
    assert diagnostics == ()
    assert root is not None
    return root


def records_of(text: str, *names: str) -> tuple[list[Element], tuple[Diagnostic, ...]]:
    """The wanted elements and what was noticed."""
    source = SourceText("f.xml", text)
    diagnostics = Diagnostics(source)
    return list(xml_records(source, diagnostics, *names)), diagnostics.collected()


def test_every_element_knows_its_characters() -> None:
    """Also behind letters of two and four bytes, and where a tag is empty."""
    text = '<a x="é">ü\U0001f600<b/>c<b></b><c  >d</c >\r\n</a>'
    root = root_of(text)
    found = [text[one.start : one.end] for one in (root, *root.elements)]
    assert found == [text, "<b/>", "<b></b>", "<c  >d</c >"]
    assert root.attributes == {"x": "é"}
    assert root.children[0] == "ü\U0001f600"
    assert root.complete


def test_the_text_counts_and_not_what_its_declaration_says() -> None:
    """The file was decoded before; blank lines before the declaration are no harm."""
    root = root_of('\n\n<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>')
    assert root.text == "é"


def test_paths_and_descendants() -> None:
    """The first of a path may be in the second branch."""
    root = root_of("<a><b/><b><c>1</c><c> 2\n3 </c></b></a>")
    assert root.get("b", "c") == "1"
    assert [one.text for one in root.find_all("b", "c")] == ["1", "2 3"]
    assert [one.raw_text for one in root.descendants("c")] == ["1", " 2\n3 "]
    assert root.find() is root
    assert root.find("x") is None
    assert root.get("b") is None


def test_inline_elements_become_rich_text() -> None:
    """CSL's tags; unknown elements are only their text, thin spaces stay."""
    root = root_of(
        "<t> <i>E.\n coli</i> H<sub>2</sub>O<sup>+</sup> <b>b</b><u>u</u>"
        "<x>\u2009y</x><i> </i><![CDATA[<z>]]></t>"
    )
    assert root.rich_text == (
        "<i>E. coli</i> H<sub>2</sub>O<sup>+</sup> <b>b</b><u>u</u>\u2009y <z>"
    )
    assert root.text == "E. coli H2O+ bu\u2009y <z>"


def test_formulas_keep_their_scripts() -> None:
    """MathML's white space means nothing; an annotation says the same again."""
    root = root_of(
        "<t>of <mml:math><mml:mrow><mml:msubsup>\n <mml:mi> x </mml:mi><mml:mn>1"
        "</mml:mn><mml:mn>2</mml:mn></mml:msubsup><mml:mfrac><mml:mi>a</mml:mi>"
        "<mml:mi>b</mml:mi></mml:mfrac><mml:msqrt><mml:mi>y</mml:mi></mml:msqrt>"
        "<mml:mspace/><mml:mfenced><mml:mi>c</mml:mi><mml:mi>d</mml:mi></mml:mfenced>"
        "</mml:mrow><annotation>x_1^2</annotation></mml:math></t>"
    )
    assert root.rich_text == "of x<sub>1</sub><sup>2</sup>a/b√(y) (c,d)"


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1/p.dtd"> %p;',
        "<!ENTITY % p \"<!ENTITY q 'r'>\"> %p;",
    ],
)
def test_a_file_that_declares_entities_is_refused(subset: str) -> None:
    """Nothing is expanded or fetched; the message stands at the declaration."""
    root, (found,) = parsed(f"<!DOCTYPE a [{subset}]><a>&lol2;&x;&q;</a>")
    assert root is None
    assert "declares the entity" in found.message
    assert found.location.column > len("<!DOCTYPE a [")


def test_an_external_doctype_is_not_fetched() -> None:
    """Its entities are HTML's names, or stay as they are."""
    root, (found,) = parsed(
        '<!DOCTYPE a PUBLIC "-//X" "http://127.0.0.1:9/x.dtd"><a>&eacute;&foo;</a>'
    )
    assert root is not None
    assert root.text == "é&foo;"
    assert found.message == "`&foo;` is declared nowhere"


def test_default_attributes_are_not_filled_in() -> None:
    """A long default for each of many elements would be a bomb, too."""
    root = root_of('<!DOCTYPE a [<!ATTLIST b c CDATA "default">]><a><b/></a>')
    assert [one.attributes for one in root.elements] == [{}]


def test_plain_slips_are_mended() -> None:
    """A bare ampersand, a less-than, a control character, HTML's names."""
    root, found = parsed("<a b='R&D'>p < 0.05 & x\x01&#2;&nbsp;&#233;&#xe9;</a>")
    assert root is not None
    assert root.attributes == {"b": "R&D"}
    assert root.raw_text == "p < 0.05 & x     \xa0éé"
    assert [(one.message, one.location.column) for one in found] == [
        ("`&` begins no markup; read as itself (2 times)", 8),
        ("`<` begins no markup; read as itself", 14),
        ("XML does not allow this character; read as a blank (2 times)", 24),
        ("`&nbsp;` is declared nowhere", 29),
    ]


def test_a_text_with_the_parsers_own_marks_is_read() -> None:
    """U+FDD0 stands for nothing then."""
    assert root_of("<a>\ufdd0\ufdd1</a>").text == "\ufdd0\ufdd1"


def test_a_break_has_line_and_column_and_keeps_what_was_before() -> None:
    """The elements that are open are cut off there."""
    root, (found,) = parsed("<a>\n<b>1</b>\n<c>2</d></a>")
    assert root is not None
    assert [one.complete for one in (root, *root.elements)] == [False, True, False]
    assert found.message == "the XML breaks here: mismatched tag"
    assert (found.location.line, found.location.column) == (3, 7)
    assert found.hint == "`<a>` of line 1 is cut off, with `<c>` open in it"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        (" \n", "the file is empty"),
        ("hello", "the XML breaks here: syntax error"),
        ("<a/>x", "the XML breaks here: junk after document element"),
        ("<a/><b/>", "the XML breaks here: junk after document element"),
        ("<a b=1/>", "the XML breaks here: not well-formed (invalid token)"),
        ("<!-- x", "the XML breaks here: unclosed token"),
    ],
)
def test_what_is_no_document_is_told(text: str, message: str) -> None:
    """With or without an element before it."""
    root, (found,) = parsed(text)
    assert found.message == message
    assert (root is not None) == text.startswith(("<a/>",))


def test_reading_goes_on_at_the_next_record_behind_a_break() -> None:
    """Only the broken one is cut off."""
    text = "<s>é<r>1</r><r>2<b></r><r>3</r></s>"
    records, (found,) = records_of(text, "r")
    assert [(one.text, one.complete) for one in records] == [
        ("1", True),
        ("2", False),
        ("3", True),
    ]
    assert [text[one.start : one.end] for one in records[::2]] == [
        "<r>1</r>",
        "<r>3</r>",
    ]
    assert found.location.column == text.index("</r><r>3") + 1 + len("</")


@pytest.mark.parametrize(
    "text",
    [
        "<r>1</r><r>2</r>",
        "<s><r>1</r></s>\n<?xml version='1.0'?><!DOCTYPE s><s><r>2</r></s>\n",
        "<s><r>1</r><t><r>2</r></t></s>",
    ],
)
def test_bare_records_and_several_documents_are_no_break(text: str) -> None:
    """As files have them that were put together from several answers."""
    records, found = records_of(text, "r")
    assert [one.text for one in records] == ["1", "2"]
    assert found == ()


def test_a_file_that_ends_too_early_is_told() -> None:
    """Even where each record is whole."""
    records, (found,) = records_of("<s><r>1</r>", "r")
    assert [one.complete for one in records] == [True]
    assert found.message == "the XML breaks here: no element found"


def test_a_file_that_breaks_everywhere_is_given_up() -> None:
    """With one message more, that says so."""
    _, found = records_of("<r <" * 1000, "r")
    assert len(found) < 100
    assert "the rest of it was not read" in found[-1].message


# What is not linear here takes minutes.
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "<a>" * 100_000 + "x" + "</a>" * 100_000,
        "<a>" * 100_000,
        "<![CDATA[" * 100_000,
        "<a>" + "&" * 300_000 + "</a>",
        "<a>" + "\x01a" * 300_000 + "</a>",
        "<a>" + "é<b/>" * 100_000 + "</a>",
        "<a b='" + "x" * 1_000_000 + "'/>",
        "<a><!--" + "x" * 1_000_000 + "--></a>",
        "<a b='" * 100_000,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long(text: str) -> None:
    """Deep, long or unclosed: each is read in a fraction of a second."""
    root, _ = parsed(text)
    records_of(text, "a")
    if root is not None:
        assert isinstance(root.rich_text, str)


def test_too_deep_nesting_is_left_out_and_told() -> None:
    """What is less deep stays."""
    root, (found,) = parsed("<a>1" + "<b>" * 5000 + "2" + "</b>" * 5000 + "3</a>")
    assert root is not None
    assert root.text == "13"
    assert root.complete
    assert found.is_error
    assert found.message == "elements more than 256 deep were left out"
