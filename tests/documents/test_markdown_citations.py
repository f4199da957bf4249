"""The keys that Markdown cites."""

from __future__ import annotations

import pytest

from lupusrefs.documents.markdown.citations import (
    cited_keys,
    key_target,
    keys_between,
)


def keys(text: str) -> list[str]:
    """The keys alone; each stands where it is said to stand."""
    found = cited_keys(text)
    assert [text[one.start : one.end] for one in found] == [one.key for one in found]
    return [one.key for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@doe99]", ["doe99"]),
        ("[-@doe99, p. 3; see @roe:1, chap. 2]", ["doe99", "roe:1"]),
        ("@doe99 says, and so does @doe99 [p. 3].", ["doe99", "doe99"]),
        ('(see @a_b), "@c", *@d*, @e\'s.', ["a_b", "c", "d", "e"]),
        ("[@a.b:c#d$e%f&g-h+i?j<k>l~m/n]", ["a.b:c#d$e%f&g-h+i?j<k>l~m/n"]),
        ("See @doe99. Or @doe99, or @doe99?", ["doe99"] * 3),
        ("@doe--roe", ["doe"]),
        ("@http://a.b/c//d.", ["http://a.b/c//d"]),
        ("@https://doi.org/10.1000/1", ["https://doi.org/10.1000/1"]),
        (
            "@{a key/https://doi.org/10.1000/(1)}, x",
            ["a key/https://doi.org/10.1000/(1)"],
        ),
        ("@{a{b}c}", ["a{b}c"]),
        ("@{unclosed\n}", []),
        ("@Müller2010 @_x @1a", ["Müller2010", "_x", "1a"]),
        ("-@a", ["a"]),
        ("@ a @. @, @", []),
    ],
)
def test_pandoc(text: str, expected: list[str]) -> None:
    """A key has single punctuation inside it, and none at its end."""
    assert keys(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        r"\@doe",
        "doe@example.org and <doe@example.org> and mailto:x.@y.org",
        "https://medium.com/@doe and <https://a.b/@doe> and www.a.b/@doe",
        "[text](https://a.b/@doe) and ![x](@y.png)",
        '<a href="https://a.b" title="@doe">x</a>',
        "`@doe` and ``a ` @doe``",
        "```r\nx@slot\n @doe\n```",
        "~~~\n```\n@doe\n~~~",
        "> ```\n> @doe\n> ```",
        "text\n\n    @doe\n\n    @doe\n\nmore",
        "<!-- @doe\n\n-->",
        "<!-- @doe\n\n    @doe\n\n@doe -->",
        "@fig-one, @tbl-two, @sec-three, @eq-four, @lst-five, @thm-six, @Fig-seven",
        "@fig:one and @tbl:two",
        r"\@ref(fig:x)",
        "(@good) An example.\n\nAs @good shows.",
        "Text.\n\n@good. An example.\n\nAs @good shows.",
        "[@tag:x]: doi:10.1000/1",
        "---\nauthor: x\nnote: '@doe'\n---\n",
        "a@@b",
    ],
)
def test_what_cites_nothing(text: str) -> None:
    """Code, addresses, comments, escapes, and the labels of cross references."""
    assert keys(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("``a` @b", ["b"]),
        ("```r\n@a\n\n````\n@b\n\n```r\n@c", ["b", "c"]),
        ("```r\n@a\n\n~~~r\n@b\n\n```r\n@c", ["a", "b", "c"]),
        ("as said by\n@doe. And", ["doe"]),
        (r"\`@b` @c", ["b", "c"]),
        ("`a\n\nb @c`", ["c"]),
        ("`` a ` b @c\n\n`` d @e", ["c", "e"]),
        ("<!-- @a", ["a"]),
        ("<!-- @a <!-- @b", ["a", "b"]),
        ("- item\n\n    goes on @a", ["a"]),
        ("[^1]: note\n\n    goes on @a\n\ntext\n\n    @code", ["a"]),
        ("text\n    goes on @a", ["a"]),
        ("a\n\n\t@code\nb @c", ["c"]),
        ("if x <b and [@a] then c> d", ["a"]),
        ("<br/>@a</b>", ["a"]),
        ("```a``` @b", ["b"]),
        ("- ```\n  @code\n  ```\n@b", ["b"]),
        ("[@a](http://x)", ["a"]),
        ("(https://a.b)[@c]", ["c"]),
    ],
)
def test_what_only_looks_like_code(text: str, expected: list[str]) -> None:
    """Ticks without a partner, lists that go on, comparisons."""
    assert keys(text) == expected


def test_myst() -> None:
    """Roles name keys between ticks; directives hold Markdown, or code."""
    text = (
        "{cite}`a,b` {cite:p}`{see}c{p. 3},d` {cite:t}`e` {footcite}`f` {ref}`g`\n"
        "{cite:p}``h``\n\n````{note}\n@i\n```{admonition} Title\n@j\n```\n@k\n````\n\n"
        "```{code-cell} python\n@l\n```\n\n```{bibliography}\n@m\n```\n@n\n"
        "```{note}\n```{python}\n@o\n```\n@p"
    )
    assert keys(text) == [*"abcdefhijknp"]


def test_latex_commands() -> None:
    """Pandoc hands LaTeX's commands on; a per cent sign begins no comment here."""
    assert keys("100 % of \\citep[p. 3]{a, b} and `\\cite{c}`, @d") == ["a", "b", "d"]
    assert keys("\\noindent") == []


def test_targets_of_keys() -> None:
    """Manubot's keys are identifiers; a tag stands for one."""
    assert key_target("DOI:10.1000/1") == "doi:10.1000/1"
    assert key_target("pmcid:PMC1") == "pmcid:PMC1"
    assert key_target("arxiv:2101.00001") == "arxiv:2101.00001"
    assert key_target("isbn:9780394603988") == "isbn:9780394603988"
    assert key_target("https://a.b/c") == "https://a.b/c"
    assert key_target("tag:x") is None
    assert key_target("doi:") is None


def test_keys_between() -> None:
    """A stretch of a text, with the places that it has in the whole."""
    assert [tuple(one) for one in keys_between("x: '@a, @*' @b", 3, 11)] == [
        ("a", 5, 6)
    ]
