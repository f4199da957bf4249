"""The words of titles and queries."""

from __future__ import annotations

import pytest

from lupusrefs.styles.words import issn, key, keys, significant, words


@pytest.mark.parametrize(
    "spelling",
    [
        "Zeitschrift für Rheumatologie",
        "zeitschrift-fur-rheumatologie",
        "ZEITSCHRIFT FU\u0308R RHEUMATOLOGIE",  # decomposed, as macOS names files
        "  Zeitschrift_für  (Rheumatologie).",
    ],
)
def test_spellings_of_one_name_have_one_key(spelling: str) -> None:
    """Accents, case, punctuation and composition do not count."""
    assert key(spelling) == "zeitschrift fur rheumatologie"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Science & Medicine", ["science", "and", "medicine"]),
        ("Straße, Łódź", ["strasse", "lodz"]),
        ("医学 7th", ["医学", "7th"]),
        ("?!_ -", []),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    """Letters and digits of every script, and nothing that LIKE could misread."""
    assert words(text) == found


@pytest.mark.parametrize("sign", ["'", "’"])
def test_an_apostrophe_may_be_left_out(sign: str) -> None:
    """And where it stands, it parts words."""
    assert list(keys(f"St Patrick{sign}s")) == ["st patrick s", "st patricks"]
    assert list(keys("St Patrick")) == ["st patrick"]


def test_a_name_of_small_words_alone_keeps_them() -> None:
    """Or nothing would be left to look for."""
    assert significant(["of", "the"]) == ["of", "the"]
    assert significant(["journal", "of", "the"]) == ["journal"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0003-4967", "0003-4967"),
        (" 00034967 ", "0003-4967"),
        ("2049-363x", "2049-363X"),
        ("0003-496", None),
        ("12345-6789", None),
        ("٠٠٠٣-٤٩٦٧", None),
        ("", None),
    ],
)
def test_issn(text: str, number: str | None) -> None:
    """Eight digits, the last of which may be X; the hyphen is often lost."""
    assert issn(text) == number
