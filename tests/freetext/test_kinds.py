"""The type of a work, by its fields."""

from __future__ import annotations

import pytest

from lupusrefs.freetext.kinds import item_type


@pytest.mark.parametrize(
    ("fields", "is_in", "expected"),
    [
        ({"container-title": "J Foo", "volume": "1"}, False, "article-journal"),
        ({"container-title": "Foo"}, False, "article-journal"),
        ({"container-title": "Foo", "publisher": "X"}, True, "chapter"),
        ({"container-title": "Foo"}, True, "chapter"),
        (
            {"container-title": "Journal of Foo", "publisher": "X"},
            False,
            "article-journal",
        ),
        ({"container-title": "Proc. ICML"}, True, "paper-conference"),
        ({"container-title": "bioRxiv"}, False, "article"),
        ({"genre": "PhD thesis"}, False, "thesis"),
        ({"genre": "Technical Report"}, False, "report"),
        ({"genre": "Data set"}, False, "dataset"),
        ({"genre": "US Patent 3,712,959"}, False, "patent"),
        ({"arXiv": "2005.14165"}, False, "article"),
        ({"volume": "1", "page": "2"}, False, "article-journal"),
        ({"publisher": "X"}, False, "book"),
        ({"publisher": "X", "number": "17"}, False, "report"),
        ({"URL": "https://x.org"}, False, "webpage"),
        ({}, False, "document"),
    ],
)
def test_a_type_follows_from_the_fields(
    fields: dict[str, str], *, is_in: bool, expected: str
) -> None:
    """What stands beside a title says what kind of work it is."""
    assert item_type(fields, is_in=is_in) == expected
