"""Laws of edits in files: bytes outside of them are what they were, in any encoding."""

from __future__ import annotations

from hypothesis import given, reject
from hypothesis import strategies as st

from edits import edits_in
from lupusrefs.errors import InputError
from lupusrefs.formats.text import SourceText, decode
from lupusrefs.model.edit import apply_edits

LINES = st.lists(
    st.sampled_from(["a", "é", "Łódź", "“x”", "\U0001f600", "@book{a,\n}", " "])
    | st.sampled_from(["\n", "\r\n", "\r", "\u2028", "\x0c", "\0"]),
    max_size=20,
).map("".join)
# With more than a few of them, a file is no text.
TEXTS = LINES.map(lambda text: text.replace("\0", ""))
BOMS = st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
HEADS = st.sampled_from(
    [
        *(b"", b"% Encoding: Cp1252\n", b"% Encoding: MacRoman\n"),
        *(b"% Encoding: GBK\n", b"%% -*- coding: shift_jis -*-\n"),
        b"% Encoding: ISO8859_15\n",
    ]
)
ENCODINGS = ("utf-8", "latin-1", "cp1252", "mac-roman", "gbk", "utf-16-le", "utf-16-be")


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Texts in old and new encodings, mixed ones, and what is no text at all."""
    parts = draw(
        st.lists(
            st.tuples(LINES, st.sampled_from(ENCODINGS)).map(
                lambda part: part[0].encode(part[1], "replace")
            )
            | st.binary(max_size=12),
            max_size=4,
        )
    )
    return draw(BOMS) + draw(HEADS) + b"".join(parts)


FILES = st.binary() | files()


@given(FILES)
def test_an_unedited_file_is_its_bytes(data: bytes) -> None:
    """Whatever they are."""
    source = decode(data, "x")
    assert source.data == data
    assert source.edited() == data
    assert source.patch("x", []) == b""


@given(st.data(), FILES)
def test_an_edit_changes_no_byte_outside_its_span(
    choice: st.DataObject, data: bytes
) -> None:
    """The bytes before, between and behind the edits are there, in order."""
    source = decode(data, "x")
    edits = choice.draw(edits_in(len(source.text), st.sampled_from(["", "x", "ab\n"])))
    result = source.edited(edits)
    position, rest = 0, result
    for start, end, new in source.byte_edits(edits):
        assert position <= start <= end <= len(data)
        kept = data[position:start]
        assert rest.startswith(kept + new)
        rest = rest[len(kept + new) :]
        position = end
    assert rest == data[position:]


@given(st.data(), TEXTS, st.sampled_from(ENCODINGS))
def test_editing_bytes_is_editing_characters(
    choice: st.DataObject, text: str, encoding: str
) -> None:
    """The edited file reads as the edited text."""
    bom = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    source = decode(bom + text.encode(encoding, "replace"), "x")
    edits = choice.draw(edits_in(len(source.text), TEXTS))
    try:
        after = decode(source.edited(edits), "x")
    except InputError:
        reject()
    # Bytes of an old encoding may happen to be UTF-8 when they come together.
    if not source.diagnostics or after.encoding == source.encoding != "utf-8":
        assert after.text == apply_edits(source.text, edits)


@given(FILES)
def test_every_character_has_a_place(data: bytes) -> None:
    """Lines are counted from one and begin behind a line end."""
    source = decode(data, "x")
    for index in range(len(source.text) + 1):
        place = source.location(index)
        before = source.text[:index].replace("\r\n", "\n").replace("\r", "\n")
        inside = source.text[index - 1 : index + 1] == "\r\n"
        assert place.line == before.count("\n") + 1 - inside
        assert place.column >= 1


@given(st.text())
def test_text_in_memory_is_edited_as_a_file_is(text: str) -> None:
    """Its bytes are UTF-8."""
    source = SourceText("x", text)
    assert source.edited() == text.encode()
    assert decode(source.data, "x").data == source.data
