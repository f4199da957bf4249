"""What a style says about itself, read from the begin of its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lupusrefs.errors import InputError
from lupusrefs.styles.info import Style, parse_style, read_style, style_id
from styles.making import NAMESPACE, style_text


def parsed(text: str) -> Style:
    """The style of a text."""
    return parse_style([text.encode()], Path("mine.csl"))


def test_everything_that_is_told(tmp_path: Path) -> None:
    """Of an independent style, from its file."""
    path = tmp_path / "mine.csl"
    text = style_text(
        "Mine &  Yours",
        short="M&Y",
        issns=["0028-0836", "1476-4687", "0028-0836"],
        fields=["medicine", "generic-base"],
        locale="de-DE",
        style_class="note",
        citation_format="note",
    )
    path.write_text(text, encoding="utf-8")
    assert read_style(path, ("yours",)) == Style(
        id="mine",
        title="Mine & Yours",
        title_short="M&Y",
        aliases=("yours",),
        issns=("0028-0836", "1476-4687"),
        fields=("medicine", "generic-base"),
        style_class="note",
        citation_format="note",
        parent=None,
        default_locale="de-DE",
        updated="2026-01-02T03:04:05+00:00",
        path=path,
    )


def test_a_dependent_style_has_a_parent_and_no_class() -> None:
    """Other links, as that to the template, are none."""
    text = style_text("Mine", parent="apa")
    other = f'<link rel="template" href="{NAMESPACE}/nature"/>'
    found = parsed(text.replace("<info>", f"<info>{other}"))
    assert (found.parent, found.style_class, found.title_short) == ("apa", None, None)


def test_what_is_in_a_person_is_not_the_styles() -> None:
    """Nor what stands in comments; CDATA is text."""
    inside = "<author><title>Dr.</title><id>1</id></author><!-- <title>X</title> -->"
    text = style_text("T").replace("<info>", f"<info>{inside}")
    assert parsed(text.replace(">T<", "><![CDATA[A <b> C]]><")).title == "A <b> C"


def test_elements_may_have_a_prefix() -> None:
    """XML allows it, and so does CSL."""
    text = (
        f'<cs:style xmlns:cs="{NAMESPACE}" class="note"><cs:info>'
        "<cs:title>Mine</cs:title></cs:info></cs:style>"
    )
    assert parsed(text).title == "Mine"


def test_a_style_without_a_title_is_called_by_its_file() -> None:
    """The title is demanded, but nothing depends on it."""
    text = style_text("").replace("<title></title>", "<title> </title>")
    assert parsed(text).title == "mine"


def test_nothing_behind_info_is_read() -> None:
    """A megabyte of rules, or what is broken in them, costs nothing."""

    def chunks() -> Iterator[bytes]:
        yield style_text("Mine").encode()
        raise AssertionError("it asked for more")

    assert parse_style(chunks(), Path("mine.csl")).title == "Mine"


def test_info_may_be_longer_than_one_chunk(tmp_path: Path) -> None:
    """A character may lie across the border of two."""
    path = tmp_path / "long.csl"
    path.write_text(style_text("ü" * 20_000 + "!"), encoding="utf-8")
    assert read_style(path).title == "ü" * 20_000 + "!"


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("", "this is no CSL style: no element found", 1),
        ("plain text", "this is no CSL style: syntax error", 1),
        ("<style>\n<info></style>", "this is no CSL style: its root", 1),
        ("<html><body/></html>", "its root element is `html`", 1),
        ('<style xmlns="http://example.org/x"/>', "`style` of http://example.org/x", 1),
        (f'<locale xmlns="{NAMESPACE}"/>', "its root element is `locale`", 1),
        (f'<style xmlns="{NAMESPACE}">\n<info></style>', "mismatched tag", 2),
        (f'<style xmlns="{NAMESPACE}"><citation/></style>', "has no `info`", 0),
        (
            '<?xml version="1.0"?>\n<!DOCTYPE style [<!ENTITY a "b">]>\n<style/>',
            "declares entities",
            2,
        ),
    ],
)
def test_what_is_no_style_is_an_error_with_its_place(
    text: str, message: str, line: int
) -> None:
    """And a hint at what one looks like."""
    with pytest.raises(InputError, match="CSL") as caught:
        parsed(text)
    assert message in str(caught.value)
    assert caught.value.location is not None
    assert (caught.value.location.file, caught.value.location.line) == (
        "mine.csl",
        line,
    )
    assert caught.value.hint is not None


@pytest.mark.parametrize(
    "link",
    [
        "http://www.zotero.org/styles/apa",
        "https://www.zotero.org/styles/apa/",
        "https://raw.example.org/styles/master/apa.csl",
        " apa\n",
    ],
)
def test_the_id_in_a_link(link: str) -> None:
    """The last part of its path."""
    assert style_id(link) == "apa"
