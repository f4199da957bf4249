"""Values of twenty thousand characters that repeat themselves.

No time is measured: what takes its square or worse does not come back within the
limit of a test (``timeout`` in pyproject.toml).
"""

from __future__ import annotations

import pytest

from csl.making import cite, item, named, shown, style
from lupusrefs.csl import CiteItem

_LENGTH = 20_000


def _long(piece: str) -> str:
    return piece * (_LENGTH // len(piece))


@pytest.mark.parametrize(
    "piece", ["a ", "A ", "a-", "A-b ", "J.", "J", "-", "(", "“a” "]
)
@pytest.mark.parametrize(
    "attributes",
    [
        'initialize-with=". "',
        'initialize-with="" name-as-sort-order="all"',
        'initialize-with="." initialize="false"',
    ],
)
def test_given_names(piece: str, attributes: str) -> None:
    """Whole, as initials, and behind the family name."""
    layout = f'<names variable="author"><name {attributes}/></names>'
    people = named({"family": "Doe", "given": _long(piece)})
    assert "Doe" in shown(layout, item(author=people))


@pytest.mark.parametrize("piece", ["van ", "d’", "d'", "Aa ", "al-", "a", "'", "毛"])
def test_family_names(piece: str) -> None:
    """With particles to be found in them, and in a sort key."""
    made = style(
        '<citation><sort><key variable="author"/></sort><layout>'
        '<names variable="author"/><text value="end"/></layout></citation>'
    )
    person = {"family": _long(piece), "given": "Ann"}
    items = [item(one, author=named(person)) for one in "ab"]
    assert cite(made, *items).endswith("end")


@pytest.mark.parametrize(
    "piece",
    [
        *("“", "‘", '"', "'", "« ", "“‘", "²", "a-", "A ", "a: ", "İ ", "β-"),
        *("<i>", "</i>", "<span ", '<span class="nocase">', "<sc>x", "<i>a</i> "),
    ],
)
@pytest.mark.parametrize("attributes", ["", 'text-case="title" quotes="true"'])
def test_titles(piece: str, attributes: str) -> None:
    """Quotation marks, markup and words, as they are and in title case."""
    layout = f'<text variable="title" {attributes}/><text value=" end"/>'
    text = shown(layout, item(title=f"x{_long(piece)}y"))
    assert text.startswith(("x", "X", "“x", "“X"))
    assert "end" in text[-4:]


@pytest.mark.parametrize(
    "kind", ["lowercase", "uppercase", "capitalize-first", "capitalize-all", "sentence"]
)
@pytest.mark.parametrize("piece", ["a ", "A ", "<i>A</i> ", "A-"])
def test_other_cases(kind: str, piece: str) -> None:
    """Words with and without markup."""
    layout = f'<text variable="title" text-case="{kind}"/><text value="|"/>'
    assert shown(layout, item(title=_long(piece))).endswith("|")


_NUMBERS = ("page", "volume", "locator")


def _numbered(variable: str, value: str) -> str:
    """All that a style can do with a number."""
    layout = (
        f'<choose><if is-numeric="{variable}"><text value="n"/></if></choose>'
        f'<label variable="{variable}"/><text variable="{variable}"/>'
        f'<number variable="{variable}" form="ordinal"/><text value="|"/>'
    )
    options = 'page-range-format="chicago"'
    if variable == "locator":
        return shown(layout, attributes=options, locator=value)
    return shown(layout, item(**{variable: value}), attributes=options)


@pytest.mark.parametrize("variable", _NUMBERS)
@pytest.mark.parametrize(
    "piece", ["1", "1-", "1 - ", "1, ", "1 & ", "i", "i-", "p. 1, ", " ", "-"]
)
def test_numbers(variable: str, piece: str) -> None:
    """Ranges, lists and what looks like the begin of one, with their labels."""
    assert _numbered(variable, f"{_long(piece)}-").endswith("|")


@pytest.mark.parametrize("variable", _NUMBERS)
@pytest.mark.parametrize("piece", ["a1", "1a"])
def test_letters_and_digits_by_turns(variable: str, piece: str) -> None:
    """Any of them may be the begin of a number: "L2d"."""
    assert _numbered(variable, piece * 800).endswith("|")


@pytest.mark.parametrize("variable", _NUMBERS)
@pytest.mark.parametrize("begin", ["1", "1-", "1 and"])
def test_blanks_behind_a_number(variable: str, begin: str) -> None:
    """No other number comes."""
    assert _numbered(variable, f"{begin}{_long(' ')}x").endswith("|")


@pytest.mark.parametrize("piece", ["a ", "1/", "1-", "May ", "2004 ", "-", "–", "May5"])
def test_dates(piece: str) -> None:
    """What is no date is printed as it is."""
    layout = '<date variable="issued" form="text"/><text value="|"/>'
    assert shown(layout, item(issued={"raw": _long(piece)})).endswith("|")


@pytest.mark.parametrize(
    "piece", ["a:", "a-", "{:", "{:a: b", "\n", "DOI: \n", "a: b\n", "event-date: "]
)
def test_notes(piece: str) -> None:
    """Variables are looked for in them."""
    layout = '<text variable="note"/><text value="|"/>'
    assert shown(layout, item(note=_long(piece))).endswith("|")


@pytest.mark.parametrize("piece", ["<", "<i", "<i>", "a ", ". ", "“", "(", "<b></b>"])
def test_affixes_of_cites(piece: str) -> None:
    """Their first and last letters are looked for behind the markup."""
    made = style('<text value="x"/>')
    long = _long(piece)
    cites = [CiteItem("i", prefix=long, suffix=long)]
    assert "x" in cite(made, item(), cites=cites)
