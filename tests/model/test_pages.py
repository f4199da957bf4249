"""Page ranges: what is one, and how it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.model.pages import split_range, with_dash


@pytest.mark.parametrize("dash", ["-", "--", "---", "‐", "‑", "‒", "–", "—", "―", "−"])
@pytest.mark.parametrize("space", ["", " ", "  "])
def test_every_dash_divides(dash: str, space: str) -> None:
    """Hyphen to minus sign, with and without blanks."""
    assert split_range(f"567{space}{dash}{space}569") == ("567", "569")


@pytest.mark.parametrize(
    ("pages", "split"),
    [
        (" 204–209 ", ("204", "209")),
        ("e1-e9", ("e1", "e9")),
        ("A33.1-A33", ("A33.1", "A33")),
        ("7-7", ("7", "7")),
        ("xii-xv", ("xii", "xv")),
        ("1:20-1:25", ("1:20", "1:25")),
        ("2124-32", ("2124", "32")),
        ("569", None),
        ("", None),
        ("-", None),
        ("5-", None),
        ("-5", None),
        ("1-5, 9, 11", None),
        ("29-5410-29-5410", None),
        ("1 2-3", None),
        ("S1_S2", None),
    ],
)
def test_plain_ranges_alone_are_split(
    pages: str, split: tuple[str, str] | None
) -> None:
    """Odd ones are registered like this (registries.md 2.5), and stay whole."""
    assert split_range(pages) == split


@pytest.mark.parametrize(
    ("pages", "written"),
    [
        ("567-569", "567--569"),
        ("1-5, 9, 11", "1--5, 9, 11"),
        ("1–5; 7 — 9", "1--5; 7--9"),
        ("29-5410-29-5410", "29-5410-29-5410"),
        ("e0162213", "e0162213"),
        ("7-7, 12", "7--7, 12"),
        ("", ""),
    ],
)
def test_the_dash_of_every_range_of_a_list_is_changed(pages: str, written: str) -> None:
    """What is no range stays, and what stands between them."""
    assert with_dash(pages, "--") == written


@given(st.text(st.sampled_from("12eA.:-–—, ;x")))
def test_a_dash_changed_twice_is_changed_once(pages: str) -> None:
    """And back: the ranges stay the same ranges."""
    once = with_dash(pages, "–")
    assert with_dash(once, "–") == once
    assert with_dash(with_dash(once, "--"), "–") == once
