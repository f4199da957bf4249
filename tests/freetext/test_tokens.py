"""Words of a reference string."""

from __future__ import annotations

import pytest

from lupusrefs.freetext.identifiers import find_identifiers
from lupusrefs.freetext.tokens import MAX_CHARACTERS, MAX_TOKENS, tokenise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2010;12(3):123-130", ["2010", "12", "3", "123-130"]),
        ("Liu, J.-P.", ["Liu", "J", "P"]),
        ("von Spee-Mayer’s 1--5", ["von", "Spee-Mayer’s", "1--5"]),
        ("83—90", ["83—90"]),
        ("Poincar´e, Erd˝os", ["Poincar´e", "Erd˝os"]),
        ("제28권", ["제", "28", "권"]),
        ("<i>Nature</i>", ["Nature"]),
        ("———. Title", ["———", "Title"]),
        ("—, Title — more", ["—", "Title", "more"]),
        ("Mu\u0308ller", ["Mu\u0308ller"]),
        ("", []),
    ],
)
def test_words_are_cut_at_punctuation(text: str, expected: list[str]) -> None:
    """Hyphens, accents and ranges stay inside; all else divides."""
    tokens = tokenise(text)
    assert [token.text for token in tokens] == expected
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_an_identifier_is_one_word() -> None:
    """Whatever it has in it."""
    text = "See 10.1234/a-b(c). More"
    tokens = tokenise(text, find_identifiers(text))
    assert [(token.text, token.kind) for token in tokens] == [
        ("See", ""),
        ("10.1234/a-b(c)", "DOI"),
        ("More", ""),
    ]


def test_what_is_too_long_is_read_in_part() -> None:
    """Neither words nor characters are without end."""
    assert len(tokenise("a " * 5_000)) == MAX_TOKENS
    assert tokenise("a" * 2 * MAX_CHARACTERS)[0].end == MAX_CHARACTERS
    text = " " * (MAX_CHARACTERS - 4) + "10.1234/abc"
    assert tokenise(text, find_identifiers(text)) == []
