"""Style and locale files as elements; what is no such file is refused with a place."""

from __future__ import annotations

import pytest

from lupusrefs.csl import StyleError, xml
from lupusrefs.csl.xml import parse

_LAUGHS = (
    '<!DOCTYPE style [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n<style>&b;</style>'
)


def test_an_element_knows_its_parts() -> None:
    """Children, text and attributes, all without their namespaces."""
    root = parse(
        '<cs:style xmlns:cs="urn:x" xmlns="urn:y" version="1.0" xml:lang="de">'
        "a<cs:macro name='m'>b</cs:macro>c<macro name='n'/></cs:style>",
        "x.csl",
    )
    assert root.tag == "style"
    assert root.attributes == {"version": "1.0", "lang": "de"}
    assert root.text == "ac"
    assert [child.get("name") for child in root.all("macro")] == ["m", "n"]
    assert (first := root.find("macro"))
    assert (first.text, first.get("missing", "?")) == ("b", "?")
    assert root.find("citation") is None


def test_white_space_in_attributes_is_kept() -> None:
    """CSL 1.0.2, "Whitespace Handling": delimiters and affixes are not trimmed."""
    assert parse('<group delimiter="  ; "/>', "x").get("delimiter") == "  ; "


def test_walk_gives_the_elements_in_document_order() -> None:
    """The element itself comes first."""
    root = parse("<a><b><c/></b><d/></a>", "x")
    assert "".join(one.tag for one in root.walk()) == "abcd"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("<style><macro/></style>", 1, 8),
        ("<style>\n  <macro/></style>", 2, 3),
        ("<style>äöü<macro/></style>", 1, 11),
        ("\ufeff<style>\n<macro/></style>", 2, 1),
        ('<?xml version="1.0"\n encoding="UTF-16"?>\n<style>\n<macro/></style>', 4, 1),
    ],
)
def test_an_element_knows_its_place(text: str, line: int, column: int) -> None:
    """Line and column are counted from 1, columns in characters."""
    macro = parse(text, "x").find("macro")
    assert macro is not None
    assert (macro.line, macro.column) == (line, column)


@pytest.mark.parametrize("encoding", ["utf-8", "ISO-8859-1", "UTF-16", "no-such"])
def test_the_encoding_of_the_declaration_does_not_matter(encoding: str) -> None:
    """The text has been decoded already."""
    root = parse(f'<?xml version="1.0" encoding="{encoding}"?>\n<a>é—“</a>', "x")
    assert root.text == "é—“"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (_LAUGHS, 1),
        ('<!DOCTYPE a [\n<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 2),
        ('<!DOCTYPE a [\n\n<!ENTITY % p "x">]><a/>', 3),
        ("<style>\n<macro>", 2),
        ("<style>\n</macro>", 2),
        ("<style/>\n<style/>", 2),
        ("<style>\n&nbsp;</style>", 2),
        ('<style a="1"\n a="2"/>', 2),
        ("<style>\n\x00</style>", 2),
        ("<style>\n" + "<group>" * 300 + "</group>" * 300 + "</style>", 2),
        ("no element", 1),
        ('<?xml version="1.0"', 1),
        ("", 1),
        ("\n\n<style>\n<oops", 4),
    ],
)
def test_what_is_no_style_file_is_refused_with_its_place(text: str, line: int) -> None:
    """Entities, broken XML and bottomless nesting end in an error, never in a crash."""
    with pytest.raises(StyleError) as caught:
        parse(text, "bad.csl")
    location = caught.value.location
    assert location is not None
    assert (location.file, location.line) == ("bad.csl", line)
    assert location.column >= 1


def test_entities_are_refused_with_advice() -> None:
    """The hint says what to do."""
    with pytest.raises(StyleError) as caught:
        parse(_LAUGHS, "x")
    assert "DOCTYPE" in (caught.value.hint or "")


def test_nothing_outside_the_file_is_read() -> None:
    """A DOCTYPE without entities is passed over, wherever it points."""
    assert parse('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>b</a>', "x").text == "b"


def test_nesting_may_be_as_deep_as_any_style_has_it() -> None:
    """The limit is far above what people write."""
    assert len(list(parse("<g>" * 150 + "</g>" * 150, "x").walk())) == 150


def test_a_lone_surrogate_is_refused() -> None:
    """It is half of a character, and no encoding has it."""
    with pytest.raises(StyleError) as caught:
        parse("<style>\ud800</style>", "bad.csl")
    assert caught.value.location is not None
    assert caught.value.location.file == "bad.csl"


def test_a_giant_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything in it is looked at."""
    monkeypatch.setattr(xml, "MAX_CHARACTERS", 20)
    assert parse("<a>12345678</a>", "x").text == "12345678"
    with pytest.raises(StyleError, match="characters") as caught:
        parse("<" * 21, "big.csl")
    assert caught.value.location is not None
    assert caught.value.location.file == "big.csl"


def test_a_file_of_countless_elements_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They take far more room than the file that they are in."""
    monkeypatch.setattr(xml, "MAX_ELEMENTS", 3)
    assert parse("<a><b/><c/></a>", "x").tag == "a"
    with pytest.raises(StyleError, match="elements") as caught:
        parse("<a><b/><c/>\n<d/></a>", "big.csl")
    assert str(caught.value.location) == "big.csl:2:1"
