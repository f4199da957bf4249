"""The scanner: every byte of a file belongs to a block, every problem has a place.

Cases follow ``btxdoc``, section 3, and what files in the wild look like.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.formats.bibtex.scan import scan
from lupusrefs.formats.bibtex.syntax import (
    Block,
    Comment,
    Delimiter,
    Entry,
    Preamble,
    StringDefinition,
    Text,
)
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.location import Diagnostic


def _scan(text: str) -> tuple[list[Block], tuple[Diagnostic, ...]]:
    diagnostics = Diagnostics(SourceText("refs.bib", text))
    blocks = scan(text, diagnostics)
    return blocks, diagnostics.collected()


def _entries(text: str) -> list[Entry]:
    return [block for block in _scan(text)[0] if isinstance(block, Entry)]


def _fields(text: str) -> dict[str, str]:
    return {
        field.name: field.text for entry in _entries(text) for field in entry.fields
    }


def _told(text: str) -> list[tuple[int, int, str]]:
    found = _scan(text)[1]
    return [(one.location.line, one.location.column, one.message) for one in found]


def test_an_entry_and_its_places() -> None:
    """Key, names and values are where they stand in the text."""
    text = "see below\n@Article{ng2020,\n  title = {A {B} c},\n  year = 2020\n}\n"
    before, entry, after = _scan(text)[0]
    assert isinstance(before, Text)
    assert isinstance(entry, Entry)
    assert isinstance(after, Text)
    assert (entry.kind, entry.key, entry.closed) == ("Article", "ng2020", True)
    assert text[entry.key_span.start : entry.key_span.end] == "ng2020"
    title, year = entry.fields
    assert text[title.name_span.start : title.name_span.end] == "title"
    assert text[title.span.start : title.span.end] == "{A {B} c}"
    assert (year.delimiter, year.text) == (Delimiter.NUMBER, "2020")
    assert text[entry.start : entry.end].endswith("\n}")


def test_every_kind_of_value() -> None:
    """Braces, quotation marks, numbers, macros, and what is joined by ``#``."""
    (entry,) = _entries(
        '@misc{k, a={x}, b="y {"} z", c=12, d=jan, e = jan # {~} # "5"}'
    )
    a, b, c, d, e = entry.fields
    assert (a.delimiter, a.text) == (Delimiter.BRACES, "x")
    assert (b.delimiter, b.text) == (Delimiter.QUOTES, 'y {"} z')
    assert (c.delimiter, c.text) == (Delimiter.NUMBER, "12")
    assert (d.delimiter, d.text) == (Delimiter.MACRO, "jan")
    assert [piece.text for piece in e.pieces] == ["jan", "~", "5"]
    assert e.delimiter is None


def test_round_brackets_and_other_blocks() -> None:
    """``@type(...)``, ``@string``, ``@preamble``, ``@comment`` (btxdoc, section 3)."""
    text = (
        '@preamble{"\\newcommand{\\x}{y}"}\n'
        "@STRING(acm = {ACM Press})\n"
        "@comment{ @article{old, title={Old}} }\n"
        "@book(key, publisher = acm, title = {A (b) c})"
    )
    kinds = [type(block) for block in _scan(text)[0] if not isinstance(block, Text)]
    assert kinds == [Preamble, StringDefinition, Comment, Entry]
    (entry,) = _entries(text)
    assert entry.fields[1].text == "A (b) c"
    assert _told(text) == []


def test_a_percent_sign_comments_out() -> None:
    """As biber has it, ``%`` begins a comment outside of values, not inside them."""
    text = "% @article{no, title={x}}\n@misc{yes,\n % a remark\n title = {5% of x},\n}"
    assert [entry.key for entry in _entries(text)] == ["yes"]
    assert _fields(text) == {"title": "5% of x"}
    assert _told(text) == []


def test_two_entries_may_share_a_line() -> None:
    """Also below a line that ``%`` begins."""
    text = "% c\n@book{b,}@article{a, title={x}}"
    assert [entry.key for entry in _entries(text)] == ["b", "a"]


def test_a_mail_address_is_no_entry() -> None:
    """An ``@`` inside a word begins nothing."""
    assert _entries("mail me@home{x} or me@work.org\n@misc{k,}")[0].key == "k"


@pytest.mark.parametrize(
    ("text", "fields", "told"),
    [
        (
            "@misc{k,\n  a = {x}\n  b = {y}\n}",
            {"a": "x", "b": "y"},
            [(2, 10, "a comma is missing behind the field `a`")],
        ),
        (
            "@misc{k\n  a = {x}\n}",
            {"a": "x"},
            [(1, 7, "a comma is missing behind the key `k`")],
        ),
        (
            "@misc{k,\n  a = ,\n  b = {y}\n}",
            {"a": "", "b": "y"},
            [(2, 3, "the field `a` has no value")],
        ),
        (
            "@misc{k,\n  a {x},\n  b = {y}\n}",
            {"b": "y"},
            [(2, 3, "`a {x}` is no field; it is left out")],
        ),
        (
            "@misc{k,\n  a = {x}},\n  b = {y},\n}",
            {"a": "x", "b": "y"},
            [(2, 10, "the entry `k` is closed before its field `b`")],
        ),
        (
            "@misc{k,\n  a = {x,\n  b = {y},\n}\n\n@misc{l,\n  c = {z}\n}",
            {"a": "x", "b": "y", "c": "z"},
            [(2, 7, "the value of `a` is not closed")],
        ),
        (
            '@misc{k,\n  a = "x,\n  b = {y},\n}\n@misc{l,\n c = {z}\n}',
            {"a": "x", "b": "y", "c": "z"},
            [(2, 7, "the value of `a` is not closed")],
        ),
        (
            "@misc{k,\n  a = {x},\n\n@misc{l,\n  c = {z}\n}",
            {"a": "x", "c": "z"},
            [(2, 10, "the entry `k` is not closed")],
        ),
        (
            "@misc{k, a = {{x}",
            {"a": "{x"},
            [(1, 14, "the value of `a` is not closed")],
        ),
    ],
)
def test_broken_entries(
    text: str, fields: dict[str, str], told: list[tuple[int, int, str]]
) -> None:
    """What is wrong is told where it is; all else, and every later entry, is read."""
    assert _fields(text) == fields
    assert _told(text) == told


def test_a_value_that_quotes_an_entry_stays_one_value() -> None:
    """Entries inside a closed value are named, since a brace might be missing."""
    text = "@misc{k,\n  note = {as in\n@article{other, title={x}}\n},\n  a = {y}\n}"
    assert [entry.key for entry in _entries(text)] == ["k"]
    message = "the value of `note` contains what looks like entries: `other`"
    assert _told(text) == [(2, 10, message)]


def test_an_entry_without_its_brace_is_told() -> None:
    """``@article key,`` is no entry to any program."""
    ((line, column, message),) = _told("@article ng2020,\n title = {x}\n}\n@misc{k,}")
    assert (line, column) == (1, 1)
    assert message == "`@article` has no opening brace; it is taken for a comment"


@given(st.text(alphabet='@{}()"#,=%\\ \n\raxk1', max_size=200))
def test_blocks_are_the_whole_text(text: str) -> None:
    """Whatever the text: joined again, the blocks are it, and spans lie inside."""
    blocks, found = _scan(text)
    assert "".join(text[block.start : block.end] for block in blocks) == text
    assert all(block.start < block.end for block in blocks)
    for entry in blocks:
        if isinstance(entry, Entry):
            for field in entry.fields:
                assert entry.start < field.start <= field.value_start <= field.end
                assert field.end <= entry.end
    assert all(one.location.line >= 1 for one in found)


_MANY = 100_000


@pytest.mark.parametrize(
    "text",
    [
        "@misc{k, a = " + "{" * _MANY + "}" * _MANY + "}",
        "@misc{k, a = " + "{" * _MANY,
        "@misc{k,\n" + "a = {\n" * _MANY,
        "@misc{k,\n" + 'a = "{\n' * _MANY,
        "@misc{k, a = {x\n" * _MANY,
        '@misc{k, a = "x\n' * _MANY,
        "@misc{k, " + '"x" ' * _MANY + "}",
        "@misc{k, a = " + "x # " * _MANY + "y}",
        "@misc{k, a = {" + "x" * 10 * _MANY + "}}",
        "@comment{" * _MANY,
        "@misc" * _MANY,
        "}" * _MANY,
    ],
    ids=lambda text: text[:20],
)
def test_no_text_takes_long(text: str) -> None:
    """A hundred thousand of anything is gone through once (guards against squares)."""
    blocks, _ = _scan(text)  # a square would take hours
    assert blocks[-1].end == len(text)
