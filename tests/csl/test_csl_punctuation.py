"""Seams, quotation marks, and the tree that is made of tokens.

Source: CSL 1.0.2 specification, "Locale Options" (punctuation-in-quote), "Quotes",
"Formatting"; which pairs of punctuation are one is left to the processors, and as in
citeproc-js.
"""

from __future__ import annotations

import pytest

from csl.making import item, shown
from lupusrefs.csl.output.tree import Inline, Link, Tag, Tagged
from lupusrefs.csl.punctuation import Quotes, settled, tree
from lupusrefs.csl.stream import (
    CLOSE,
    JOIN,
    LINK_CLOSE,
    OPEN,
    QUOTE_CLOSE,
    QUOTE_OPEN,
    SINGLE_CLOSE,
    SINGLE_OPEN,
    Kind,
    Mark,
    Token,
    plain,
)

_OUTSIDE = Quotes(("“", "”"), ("‘", "’"), takes_punctuation=False)
_INSIDE = Quotes(("“", "”"), ("‘", "’"), takes_punctuation=True)
_I = (OPEN[Tag.ITALIC], CLOSE[Tag.ITALIC])


def _text(*tokens: Token, quotes: Quotes = _OUTSIDE) -> str:
    return plain(settled(tokens, quotes))


@pytest.mark.parametrize(
    ("before", "behind", "result"),
    [
        ("a.", ".", "a."),
        ("a,", ",", "a,"),
        ("a;", ";", "a;"),
        ("a:", ":", "a:"),
        ("Who?", ".", "Who?"),
        ("Who!", ". ", "Who! "),
        ("a?", "?", "a?"),
        ("a?", ":", "a?"),
        ("a;", ".", "a;"),
        ("a:", ".", "a:"),
        ("a.", ",", "a.,"),
        ("a.", ";", "a.;"),
        ("a?", ",", "a?,"),
        ("a?", "!", "a?!"),
        ("a.", ". b", "a. b"),
        ("a ", " b", "a b"),
        ("a\u00a0", " b", "a\u00a0b"),
        ("a", ".", "a."),
        ("a", " b", "a b"),
        ("a. ", ". b", "a. . b"),
        ("a.", "..", "a."),
        ("", "a", "a"),
        ("a", "", "a"),
    ],
)
def test_what_meets_at_a_seam(before: str, behind: str, result: str) -> None:
    """The same is never doubled; the stronger sign wins; spaces are single."""
    assert _text(before, behind) == result


def test_marks_do_not_part_what_meets() -> None:
    """A seam may have formatting in it."""
    assert _text(*_I, "a.", CLOSE[Tag.ITALIC], ".") == "a."
    assert _text("a.", OPEN[Tag.BOLD], ". b", CLOSE[Tag.BOLD]) == "a. b"
    assert _text("a.", ".", ".", ", b") == "a., b"


def test_strings_of_one_value_do_not_meet() -> None:
    """What an author wrote is left."""
    assert _text("a.", JOIN, ".b") == "a..b"
    assert _text("a.", JOIN, ".", ".b") == "a..b"


@pytest.mark.parametrize(
    ("char", "outside", "inside"),
    [
        (".", "“a”.", "“a.”"),
        (",", "“a”,", "“a,”"),
        (", b", "“a”, b", "“a,” b"),
        (";", "“a”;", "“a”;"),
        (":", "“a”:", "“a”:"),
        ("?", "“a”?", "“a”?"),
        (" b", "“a” b", "“a” b"),
    ],
)
def test_punctuation_in_quotes(char: str, outside: str, inside: str) -> None:
    """Commas and periods go inside the closing mark where the language wants it."""
    for value, expected in (("false", outside), ("true", inside)):
        own = f'<locale><style-options punctuation-in-quote="{value}"/></locale>'
        layout = f'<text variable="title" quotes="true"/><text value="{char}"/>'
        assert shown(layout, item(title="a"), locales=own) == expected


def test_punctuation_outside_is_the_default() -> None:
    """``punctuation-in-quote`` is false where nobody says anything."""
    assert shown('<text value="a" quotes="true" suffix=","/>') == "“a”,"


@pytest.mark.parametrize(
    ("before", "behind", "result"),
    [
        ("a.", ".", "a.|"),
        ("a?", ".", "a?|"),
        ("a!", ",", "a!,|"),
        ("a", ".. b", "a.| b"),
        ("a", ",;", "a,|;"),
        ("a,", ",", "a,|"),
    ],
)
def test_what_goes_inside_meets_what_is_there(
    before: str, behind: str, result: str
) -> None:
    """It is settled as at any seam."""
    tokens = settled((QUOTE_OPEN, before, QUOTE_CLOSE, behind), _INSIDE)
    text = "".join(
        "|" if token is QUOTE_CLOSE else token if isinstance(token, str) else ""
        for token in tokens
    )
    assert text == result


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ((QUOTE_OPEN, "a", QUOTE_CLOSE), "“a”"),
        ((QUOTE_OPEN, "a ", QUOTE_OPEN, "b", QUOTE_CLOSE, QUOTE_CLOSE), "“a ‘b’”"),
        (
            (
                *(QUOTE_OPEN, QUOTE_OPEN, QUOTE_OPEN, "a"),
                *(QUOTE_CLOSE, QUOTE_CLOSE, QUOTE_CLOSE),
            ),
            "“‘“a”’”",
        ),
        ((SINGLE_OPEN, "a", SINGLE_CLOSE), "‘a’"),
        ((QUOTE_OPEN, SINGLE_OPEN, "a", SINGLE_CLOSE, QUOTE_CLOSE), "“‘a’”"),
        ((SINGLE_OPEN, QUOTE_OPEN, "a", QUOTE_CLOSE, SINGLE_CLOSE), "‘“a”’"),
        ((SINGLE_OPEN, SINGLE_OPEN, "a", SINGLE_CLOSE, SINGLE_CLOSE), "‘“a”’"),
        ((QUOTE_OPEN, "a", QUOTE_CLOSE, QUOTE_OPEN, "b", QUOTE_CLOSE), "“a”“b”"),
        ((QUOTE_CLOSE, "a"), "a"),
    ],
)
def test_quotations_in_quotations(tokens: tuple[Token, ...], text: str) -> None:
    """Outer and inner marks take turns."""
    assert tree(tokens, _OUTSIDE) == [text]


def test_quotation_marks_are_those_of_the_locale() -> None:
    """Terms, inner and outer ("Quotes")."""
    layout = '<text variable="title" quotes="true"/>'
    data = item(title='Die "echte" Sache')
    assert shown(layout, data, language="de-DE") == "„Die ‚echte‘ Sache“"
    assert shown(layout, data, language="fr-FR") == "«\u202fDie ‘echte’ Sache\u202f»"


@pytest.mark.parametrize(
    ("tags", "shown_tags"),
    [
        ((Tag.ITALIC,), (Tag.ITALIC,)),
        ((Tag.ITALIC, Tag.ITALIC), (Tag.ITALIC, Tag.NO_ITALIC)),
        (
            (Tag.ITALIC, Tag.ITALIC, Tag.ITALIC),
            (Tag.ITALIC, Tag.NO_ITALIC, Tag.ITALIC),
        ),
        ((Tag.BOLD, Tag.ITALIC, Tag.BOLD), (Tag.BOLD, Tag.ITALIC, Tag.NO_BOLD)),
        ((Tag.SMALL_CAPS, Tag.SMALL_CAPS), (Tag.SMALL_CAPS, Tag.NO_SMALL_CAPS)),
        ((Tag.UNDERLINE, Tag.UNDERLINE), (Tag.UNDERLINE, Tag.NO_UNDERLINE)),
        ((Tag.SUPERSCRIPT, Tag.SUPERSCRIPT), (Tag.SUPERSCRIPT, Tag.SUPERSCRIPT)),
        # What takes a formatting back does nothing where there is none.
        ((Tag.NO_ITALIC,), ()),
        ((Tag.NO_BOLD,), ()),
        ((Tag.BOLD, Tag.NO_ITALIC), (Tag.BOLD,)),
        ((Tag.ITALIC, Tag.NO_ITALIC), (Tag.ITALIC, Tag.NO_ITALIC)),
        ((Tag.OBLIQUE, Tag.NO_ITALIC), (Tag.OBLIQUE, Tag.NO_ITALIC)),
        ((Tag.LIGHT, Tag.NO_BOLD), (Tag.LIGHT, Tag.NO_BOLD)),
    ],
)
def test_formattings_flip_and_flop(
    tags: tuple[Tag, ...], shown_tags: tuple[Tag, ...]
) -> None:
    """A formatting within the same one takes it back."""
    tokens = [OPEN[tag] for tag in tags] + ["x"] + [CLOSE[tag] for tag in tags[::-1]]
    expected: Inline = "x"
    for tag in reversed(shown_tags):
        expected = Tagged(tag, [expected])
    assert tree(tokens, _OUTSIDE) == [expected]


def test_formattings_end_with_what_is_in_them() -> None:
    """Behind them the state is what it was before."""
    tokens = (*_I, "a", *_I, OPEN[Tag.ITALIC], "b", CLOSE[Tag.ITALIC])
    italic = [Tagged(Tag.ITALIC, ["b"])]
    assert (
        tree((OPEN[Tag.ITALIC], CLOSE[Tag.ITALIC], *tokens[3:]), _OUTSIDE)[-1:]
        == italic
    )


def test_empty_formattings_leave_no_trace() -> None:
    """And texts beside each other are one."""
    assert tree(("a", *_I, "b"), _OUTSIDE) == ["ab"]
    assert tree((), _OUTSIDE) == []
    assert tree((OPEN[Tag.NO_ITALIC], *_I, "x", CLOSE[Tag.NO_ITALIC]), _OUTSIDE) == [
        "x"
    ]


def test_links() -> None:
    """A link is a node; without content or address it is none."""
    to = Mark(Kind.LINK_OPEN, href="https://example.org/")
    nowhere = Mark(Kind.LINK_OPEN)
    link = Link("https://example.org/", ["a", Tagged(Tag.ITALIC, ["b"])])
    inside = ("a", OPEN[Tag.ITALIC], "b", CLOSE[Tag.ITALIC])
    assert tree(("x ", to, *inside, LINK_CLOSE), _OUTSIDE) == ["x ", link]
    assert tree((to, LINK_CLOSE), _OUTSIDE) == []
    assert tree((nowhere, *inside, LINK_CLOSE), _OUTSIDE) == link.children


def test_what_is_not_closed_is_closed_at_the_end() -> None:
    """Nothing of the content is lost."""
    assert tree((OPEN[Tag.BOLD], "a"), _OUTSIDE) == [Tagged(Tag.BOLD, ["a"])]


@pytest.mark.parametrize(
    ("tokens", "content"),
    [
        (
            (OPEN[Tag.BLOCK], " a", CLOSE[Tag.BLOCK]),
            [" ", Tagged(Tag.BLOCK, ["a"])],
        ),
        (
            (OPEN[Tag.LEFT_MARGIN], "1. ", CLOSE[Tag.LEFT_MARGIN]),
            [Tagged(Tag.LEFT_MARGIN, ["1. "])],
        ),
        (
            ("x", OPEN[Tag.INDENT], "a ", CLOSE[Tag.INDENT]),
            ["x", Tagged(Tag.INDENT, ["a"]), " "],
        ),
        (
            ("x", OPEN[Tag.INDENT], *_I, "a", CLOSE[Tag.INDENT]),
            ["x", Tagged(Tag.INDENT, ["a"])],
        ),
    ],
)
def test_spaces_at_the_ends_stand_outside_of_blocks(
    tokens: tuple[Token, ...], content: list[Inline]
) -> None:
    """But for those of the only block: it may be the margin."""
    assert tree(tokens, _OUTSIDE) == content
