"""Markup and quotation marks in values.

CSL leaves them to the processors. Source: citeproc-js manual, "HTML-like formatting
tags"; for quotation marks CSL 1.0.2, "Quotes": those of the locale are used.
"""

from __future__ import annotations

import pytest

from csl.making import shown
from lupusrefs.csl.rich_text import is_plain, parse
from lupusrefs.csl.stream import JOIN, Kind

_SIGNS = {
    Kind.QUOTE_OPEN: "{",
    Kind.QUOTE_CLOSE: "}",
    Kind.SINGLE_OPEN: "[",
    Kind.SINGLE_CLOSE: "]",
    Kind.NOCASE_OPEN: "(nocase:",
    Kind.NOCASE_CLOSE: ")",
    Kind.CLOSE: ")",
    Kind.JOIN: "",
}


def _seen(text: str) -> str:
    """Tokens as text: ``(italic:…)``, ``{…}`` for quotations, ``[…]`` inner ones."""
    seen = []
    for token in parse(text):
        if isinstance(token, str):
            seen.append(token)
        elif token.kind is Kind.OPEN:
            seen.append(f"({token.tag}:")
        else:
            seen.append(_SIGNS[token.kind])
    return "".join(seen)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<i>E. coli</i>", "(italic:E. coli)"),
        ("<b>a</b><sup>2</sup>", "(bold:a)(superscript:2)"),
        ("H<sub>2</sub>O", "H(subscript:2)O"),
        ("<sc>bc</sc>", "(small-caps:bc)"),
        ('<span class="nocase">of</span>', "(nocase:of)"),
        ("<span class = ' nocase ' >of</span>", "(nocase:of)"),
        ('<span style="font-variant: small-caps;">x</span>', "(small-caps:x)"),
        ('<span style="font-variant:small-caps">x</span>', "(small-caps:x)"),
        ('<span style="font-style:italic">x</span>', "(italic:x)"),
        ("<i>a<b>b</b>c</i>", "(italic:a(bold:b)c)"),
        ("<i>a<i>b</i>c</i>", "(italic:a(italic:b)c)"),
    ],
)
def test_tags_become_marks(text: str, seen: str) -> None:
    """Each of the tags that CSL-JSON allows."""
    assert _seen(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a < b > c", "a < b > c"),
        ("<p>a</p>", "<p>a</p>"),
        ("<I>a</I>", "<I>a</I>"),
        ("a</i>b", "a</i>b"),
        ("<i>a", "<i>a"),
        ("a</span>", "a</span>"),
        ('<span class="other">a</span>', '<span class="other">a</span>'),
        ("<i>a<b>b</i>c</b>", "(italic:a<b>b)c</b>"),
        ("<b><i>a</b>", "(bold:<i>a)"),
        ("<i></b></i>", "(italic:</b>)"),
    ],
)
def test_what_is_no_pair_of_tags_is_text(text: str, seen: str) -> None:
    """Nothing that somebody wrote is lost, and marks are nested."""
    assert _seen(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('The "real" thing', "The {real} thing"),
        ("The 'real' thing", "The {real} thing"),
        ("The “real” thing", "The {real} thing"),
        ("The ‘real’ thing", "The [real] thing"),
        ("Die „echte“ Sache", "Die {echte} Sache"),
        ("Die ‚echte‘ Sache", "Die [echte] Sache"),
        ("“a ‘b’ c”", "{a [b] c}"),
        ('("a")', "({a})"),
        ("\"a 'b' c\"", "{a {b} c}"),
        ("“<i>a</i>”", "{(italic:a)}"),
        ('<i>"a"</i>', "(italic:{a})"),
    ],
)
def test_quotation_marks_become_those_of_the_locale(text: str, seen: str) -> None:
    """Whichever kind they are."""
    assert _seen(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Doe's", "Doe’s"),
        ("Doe’s", "Doe’s"),
        ("L'été", "L’été"),
        ("rock 'n' roll", "rock ’n’ roll"),
        ("'n' roll", "’n’ roll"),
        ("the workers' rights", "the workers’ rights"),
        ("‘a’s b’", "[a’s b]"),
        ('a 5" disk', 'a 5" disk'),
        ("a ”b", "a ”b"),
        ("“a", "“a"),
        ("'a", "’a"),
        ('"', '"'),
        ("' '", "’ ’"),
    ],
)
def test_what_has_no_partner_is_text(text: str, seen: str) -> None:
    """A straight single quotation mark is an apostrophe then."""
    assert _seen(text) == seen


def test_quotations_overlap_no_tags() -> None:
    """What began later and did not end is text."""
    assert _seen("<i>“a</i>”") == "(italic:“a)”"
    assert _seen("“<i>a”</i>") == "{<i>a}</i>"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("m²", "m(superscript:2)"),
        ("1ʳᵉ", "1(superscript:r)(superscript:e)"),
        ("A™", "A(superscript:TM)"),
        ("ˀa", "(superscript:ʔ)a"),
    ],
)
def test_raised_characters_are_superscripts(text: str, seen: str) -> None:
    """CSL 1.0.2, "Terms": they can be used where no markup is."""
    assert _seen(text) == seen


def test_guillemets_keep_a_narrow_space() -> None:
    """French has one inside of them, whichever was typed."""
    for space in (" ", "\u00a0", "\u202f"):
        assert _seen(f"«{space}a{space}»") == "«\u202fa\u202f»"
    assert _seen("«a»") == "«a»"


@pytest.mark.parametrize("text", ["plain, text.", "a > b", "Ärzte – 2020"])
def test_plain_text_is_not_looked_at(text: str) -> None:
    """It is its only token."""
    assert is_plain(text)
    assert parse(text) == (text,)


def test_no_text_has_no_tokens() -> None:
    """Not even an empty one."""
    assert parse("") == ()


def test_strings_of_a_value_do_not_meet() -> None:
    """A mark says that they are of one value: no punctuation between them is lost."""
    assert parse("a.<i>.b</i>")[0] == "a."
    assert JOIN in parse("a.<i>.b</i>")
    assert shown('<text variable="t"/>', {"id": "i", "t": "a.<i>.b</i>"}) == "a..b"


def test_markup_is_formatting_in_the_output() -> None:
    """As in the citeproc-js manual."""
    title = 'A <b>bold</b> <span class="nocase">nocase</span> x<sub>2</sub>'
    html = shown('<text variable="title"/>', {"id": "i", "title": title}, html=True)
    assert html == "A <b>bold</b> nocase x<sub>2</sub>"
