"""The names above a document."""

from __future__ import annotations

import pytest

from lupusrefs.documents.bylines import names_of_byline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe", ["Jane Doe"]),
        ("Jane Doe, John Roe, and Max Poe", ["Jane Doe", "John Roe", "Max Poe"]),
        ("Jane Doe1,2,*, John Roe 3", ["Jane Doe", "John Roe"]),
        ("Jane Doe* & John Roe†", ["Jane Doe", "John Roe"]),
        ("Doe, Jane and Roe, John", ["Jane Doe", "John Roe"]),
        (" , ", []),
        ("x" * 200_000, []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    """Commas part names where each part has two words, else family and given name."""
    assert [str(name) for name in names_of_byline(text)] == expected
