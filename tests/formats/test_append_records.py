"""Appending to tagged records, Hayagriva and EndNote's XML: behind the last record."""

from __future__ import annotations

import pytest

from lupusrefs.errors import InputError
from lupusrefs.formats.append import append_items
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText, decode
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name

RIS, NBIB, ENW = FormatName.RIS, FormatName.NBIB, FormatName.ENW
HAYAGRIVA, XML = FormatName.HAYAGRIVA, FormatName.ENDNOTE_XML
ONE = Item(id="one", type="book", title="First", author=(Name("Ng", "Ann"),))
TWO = Item(id="two", type="book", title="Second", pmid="2")


def loaded(source: SourceText, name: FormatName) -> Loaded:
    """What is in a file."""
    return FORMATS[name].load(source)


def dumped(name: FormatName, *items: Item) -> str:
    """A file of these items."""
    dump = FORMATS[name].dump
    assert dump is not None
    return dump(items)


def appended(text: str | bytes, name: FormatName, *items: Item) -> str:
    """The file with the items: what was in it reads as before, they behind it."""
    data = text if isinstance(text, bytes) else text.encode()
    source = decode(data, "refs")
    edit = append_items(source, name, items)
    assert edit == append_items(source, name, items, loaded(source, name).references)
    result = decode(source.edited([edit]), "refs")
    before = [one.title for one in loaded(source, name).references]
    after = loaded(result, name)
    assert not any(found.is_error for found in after.diagnostics)
    titles = [one.title for one in after.references]
    assert titles == [*before, *(item.title for item in items)]
    return result.text


def kept(source: SourceText, edit: Edit) -> bool:
    """Whether nothing was replaced."""
    return edit.span.start == edit.span.end <= len(source.text)


# -- tagged records --------------------------------------------------------------

OLD = {
    RIS: "TY  - BOOK\nTI  - Old\nER  - ",
    NBIB: "PMID- 1\nTI  - Old\nDP  - 2001",
    ENW: "%0 Book\n%T Old\n%D 2001",
}


@pytest.mark.parametrize("name", OLD)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", "\n\x1a"])
def test_a_record_behind_the_last_one(name: FormatName, newline: str, end: str) -> None:
    """With a blank line between, in the file's line ends; its own end stays."""
    old = OLD[name].replace("\n", newline)
    end = end.replace("\n", newline)
    result = appended(old + end, name, TWO)
    assert result.startswith(old + newline * 2)
    assert result.endswith(end)
    new = dumped(name, TWO).strip("\n").replace("\n", newline)
    assert result == f"{old}{newline * 2}{new}{end}"


@pytest.mark.parametrize("name", OLD)
def test_several_records_are_apart_from_each_other(name: FormatName) -> None:
    """As one written after the other."""
    old = OLD[name] + "\n"
    at_once = appended(old, name, ONE, TWO)
    assert at_once == appended(appended(old, name, ONE), name, TWO)


@pytest.mark.parametrize("name", OLD)
def test_an_empty_file_is_begun(name: FormatName) -> None:
    """As an export begins it."""
    assert appended("", name, TWO) == dumped(name, TWO).strip("\n") + "\n"
    assert appended("\n", name, TWO).startswith(dumped(name, TWO).strip("\n"))


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_ris_records_stand_as_far_apart_as_those_of_the_file(lines: int) -> None:
    """Many exporters put no blank line between them."""
    gap = "\n" * lines
    old = f"{OLD[RIS]}{gap}{OLD[RIS]}\n"
    result = appended(old, RIS, ONE)
    assert (
        result == f"{OLD[RIS]}{gap}{OLD[RIS]}{gap}{dumped(RIS, ONE).strip(chr(10))}\n"
    )


@pytest.mark.parametrize("end", ["ER  - ", "ER  -", "ER -", "ER"])
def test_ris_that_ends_in_any_way_that_ends_a_record(end: str) -> None:
    """Real exporters spare the blank at the end."""
    old = f"TY  - BOOK\nTI  - Old\n{end}\n"
    result = appended(old, RIS, ONE)
    assert result.startswith(f"{old}\nTY  - BOOK\n")


def test_a_ris_record_without_an_end_gets_one() -> None:
    """Else the new record would be a part of it to many programs."""
    result = appended("TY  - BOOK\nTI  - Old\n", RIS, ONE)
    assert result.startswith("TY  - BOOK\nTI  - Old\nER  - \n\nTY  - BOOK\n")


def test_new_records_are_in_the_encoding_of_the_file() -> None:
    """Exports of ten years ago are Latin-1."""
    old = "TY  - BOOK\r\nTI  - Größe\r\nER  - \r\n".encode("latin-1")
    source = decode(old, "refs.ris")
    book = Item(id="b", type="book", title="Maße")
    edit = append_items(source, RIS, [book])
    assert kept(source, edit)
    assert "TI  - Maße\r\n".encode("latin-1") in source.edited([edit])


# -- Hayagriva -------------------------------------------------------------------


def test_hayagriva_behind_the_last_key() -> None:
    """And before the comments at the end."""
    old = "# mine\nold:\n  type: book\n  title: Old\n"
    new = dumped(HAYAGRIVA, ONE)
    assert appended(old, HAYAGRIVA, ONE) == old + new
    assert appended(old + "# end\n", HAYAGRIVA, ONE) == f"{old}{new}# end\n"
    assert appended(old + "\n# end\n", HAYAGRIVA, ONE) == f"{old}{new}\n# end\n"


def test_hayagriva_keeps_blank_lines_between_entries() -> None:
    """Where the file has them."""
    old = "a:\n  type: book\n  title: A\n\nb:\n  type: book\n  title: B\n"
    new = [dumped(HAYAGRIVA, one) for one in (ONE, TWO)]
    assert appended(old, HAYAGRIVA, ONE, TWO) == f"{old}\n{new[0]}\n{new[1]}"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_hayagriva_begun_anew(text: str) -> None:
    """Comments stay above."""
    assert appended(text, HAYAGRIVA, ONE) == text + dumped(HAYAGRIVA, ONE)


@pytest.mark.parametrize("empty", ["{}", "{ }"])
def test_hayagriva_into_an_empty_mapping(empty: str) -> None:
    """As our own export of nothing writes it."""
    source = decode(f"# mine\n{empty}\n# end\n".encode(), "refs.yaml")
    result = source.edited([append_items(source, HAYAGRIVA, [ONE])]).decode()
    assert result == f"# mine\n{dumped(HAYAGRIVA, ONE)}# end\n"


@pytest.mark.parametrize("text", ["{a: {type: book, title: A}}\n", "- a\n", "words\n"])
def test_hayagriva_in_another_shape_is_refused(text: str) -> None:
    """Its own layout could not be kept."""
    with pytest.raises(InputError, match="no entries here that") as caught:
        append_items(decode(text.encode(), "refs.yaml"), HAYAGRIVA, [ONE])
    assert "keys at the begin of lines" in str(caught.value.hint)


def test_hayagriva_with_line_ends_of_windows_and_no_final_one() -> None:
    """Every line of the new entry, too."""
    result = appended("a:\r\n  type: book\r\n  title: A", HAYAGRIVA, ONE)
    assert result.count("\n") == result.count("\r\n") > 5


# -- EndNote's XML ---------------------------------------------------------------

RECORD = "<record><ref-type name='Book'>6</ref-type><titles><title>T</title></titles>"
RECORD += "</record>"


def test_xml_before_the_end_of_the_records_in_one_line() -> None:
    """As EndNote itself writes its files."""
    old = f'<?xml version="1.0"?><xml><records>{RECORD}{RECORD}</records></xml>'
    result = appended(old, XML, ONE, TWO)
    assert "\n" not in result
    assert result.startswith(old.removesuffix("</records></xml>"))
    assert result.endswith("</record></records></xml>")


@pytest.mark.parametrize("indent", ["", "  ", "\t", "    "])
def test_xml_is_indented_as_the_file_is(indent: str) -> None:
    """One record below the other."""
    line = f"\n{indent}{RECORD}"
    old = f"<xml>\n<records>{line}{line}\n</records>\n</xml>\n"
    result = appended(old, XML, ONE, TWO)
    assert result.count(f"\n{indent}<record>") == 4
    assert result.endswith("</record>\n</records>\n</xml>\n")


@pytest.mark.parametrize(
    "empty",
    ["<records/>", "<records />", "<records></records>", "<records>\n</records>"],
)
def test_xml_without_records(empty: str) -> None:
    """The first one opens the element."""
    result = appended(f"<xml>{empty}</xml>", XML, ONE)
    assert result.startswith("<xml><records")
    assert result.endswith("</records></xml>")


def test_a_new_xml_file_is_begun() -> None:
    """As an export begins it."""
    assert appended("", XML, ONE) == dumped(XML, ONE)


def test_xml_writes_what_the_encoding_has_not_as_references() -> None:
    """XML has a way to, in every encoding (XML 1.0, 4.1)."""
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    old = f"{head}<xml><records>{RECORD}</records></xml>".encode("latin-1")
    book = Item(id="b", type="book", title="Größe: Łódź")
    source = decode(old, "refs.xml")
    result = source.edited([append_items(source, XML, [book])])
    assert "Größe: ".encode("latin-1") in result
    assert b"&#321;\xf3d&#378;" in result
    titles = [one.title for one in loaded(decode(result, "x"), XML).references]
    assert titles == ["T", "Größe: Łódź"]


@pytest.mark.parametrize("text", ["<xml><records>", "<xml/>", "<records><record>"])
def test_broken_xml_is_refused(text: str) -> None:
    """Where the records end is not known."""
    with pytest.raises(InputError, match="nothing was added"):
        append_items(decode(text.encode(), "refs.xml"), XML, [ONE])
