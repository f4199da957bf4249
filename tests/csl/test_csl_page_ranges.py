"""Ranges of pages.

Source: CSL 1.0.2 specification, appendix V, "Page Range Formats".
"""

from __future__ import annotations

import pytest

from lupusrefs.csl.page_ranges import page_ranges

# Whole ranges, and what the tables of appendix V make of them.
_CHICAGO_15 = {
    "3-10": "3–10",
    "71-72": "71–72",
    "100-104": "100–104",
    "600-613": "600–613",
    "1100-1123": "1100–1123",
    "107-108": "107–8",
    "505-517": "505–17",
    "1002-1006": "1002–6",
    "321-325": "321–25",
    "415-532": "415–532",
    "11564-11568": "11564–68",
    "13792-13803": "13792–803",
    "1496-1504": "1496–1504",
    "2787-2816": "2787–2816",
}
_CHICAGO_16 = {
    "3-10": "3–10",
    "71-72": "71–72",
    "92-113": "92–113",
    "100-104": "100–104",
    "600-613": "600–613",
    "1100-1123": "1100–1123",
    "107-108": "107–8",
    "505-517": "505–17",
    "1002-1006": "1002–6",
    "321-325": "321–25",
    "415-532": "415–532",
    "1087-1089": "1087–89",
    "1496-1500": "1496–500",
    "11564-11568": "11564–68",
    "13792-13803": "13792–803",
    "12991-13001": "12991–3001",
}
_MINIMAL = {"42-45": "42–5", "321-328": "321–8", "2787-2816": "2787–816"}
_MINIMAL_TWO = {
    "42-45": "42–45",
    "321-328": "321–28",
    "2787-2816": "2787–816",
    "5-8": "5–8",
}
_EXPANDED = {"42-5": "42–45", "321-8": "321–328", "2787-816": "2787–2816"}


@pytest.mark.parametrize(
    ("form", "text", "result"),
    [
        (form, text, result)
        for forms, table in (
            (("chicago", "chicago-15"), _CHICAGO_15),
            (("chicago-16",), _CHICAGO_16),
            (("minimal",), _MINIMAL),
            (("minimal-two",), _MINIMAL_TWO),
            (("expanded",), _EXPANDED),
        )
        for form in forms
        for text, result in table.items()
    ],
)
def test_the_tables_of_the_appendix(form: str, text: str, result: str) -> None:
    """``chicago`` is an alias of ``chicago-15``."""
    assert page_ranges(text, form, "–") == result


@pytest.mark.parametrize("form", ["chicago-15", "chicago-16", "minimal", "minimal-two"])
def test_ranges_are_expanded_before_they_are_abbreviated(form: str) -> None:
    """Whatever an author wrote, the style's form comes out."""
    expanded = page_ranges("2787-816", "expanded", "-")
    assert page_ranges("2787-816", form, "–") == page_ranges(expanded, form, "–")


@pytest.mark.parametrize("dash", ["-", "–", "—", "--", " - ", " – "])
def test_any_dash_makes_a_range(dash: str) -> None:
    """It becomes the delimiter of the locale."""
    assert page_ranges(f"321{dash}328", "expanded", "–") == "321–328"
    assert page_ranges(f"321{dash}328", "minimal", " à ") == "321 à 8"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("12", "12"),
        ("", ""),
        ("e12", "e12"),
        ("1-3, 7, 321-8", "1–3, 7, 321–328"),
        ("1-3; 5-7 & 9-10", "1–3; 5–7 & 9–10"),
        ("S12-S15", "S12–S15"),
        ("S12-5", "S12-5"),
        ("12-S15", "12–S15"),
        ("(see 1-3)", "(see 1–3)"),
        ("3-", "3-"),
        ("xii-xv", "xii–xv"),
        ("1.2-1.4", "1.2–1.4"),
        ("98-103", "98–103"),
    ],
)
def test_what_is_around_ranges_stays(text: str, result: str) -> None:
    """Letters, lists, single pages."""
    assert page_ranges(text, "expanded", "–") == result


def test_ranges_that_are_no_pages_are_not_abbreviated() -> None:
    """Nor those of a form that nobody knows."""
    assert page_ranges("321-328", "no-such-form", "–") == "321–328"
    assert page_ranges("321-328", "", "–") == "321–328"
