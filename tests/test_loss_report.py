"""The notes on what an export had to leave out."""

from __future__ import annotations

import pytest

from lupusrefs.formats.loss import Loss, LossKind
from lupusrefs.formats.names import FormatName
from lupusrefs.reports.losses import details, summary

LOST, ALTERED, FOREIGN = LossKind
RIS = FormatName.RIS


def lost(field: str, *keys: str) -> list[Loss]:
    """A field that several references lose."""
    return [Loss(key, LOST, field, "value") for key in keys]


def foreign(field: str, *keys: str, family: str = "bibtex") -> list[Loss]:
    """A field that no CSL variable holds, of several references."""
    return [Loss(key, FOREIGN, field, "value", family=family) for key in keys]


def test_nothing_lost_is_nothing_said() -> None:
    """No news is good news."""
    assert list(summary([], RIS)) == []
    assert list(details([])) == []


def test_a_sentence_for_each_kind() -> None:
    """Fields in the order of CSL, the reference where there is one, else how many."""
    found = [
        *lost("medium", "ng2020", "oh2021"),
        *lost("archive-place", "ng2020"),
        *lost("author", "ng2020", "ng2020"),
        Loss("oh2021", ALTERED, "issued", "2020-05", "2020"),
        *foreign("shelf", "ng2020"),
    ]
    first, *others = summary(found, RIS)
    assert first == (
        "ris cannot hold 5 fields of 2 references: author (ng2020), "
        "medium (2 references), archive-place (ng2020)"
    )
    assert others == [
        "ris changes 1 field of 1 reference: issued (oh2021)",
        "ris has no place for 1 bibtex field of 1 reference: shelf (ng2020)",
    ]


def test_housekeeping_is_named_without_counts() -> None:
    """Hardly anybody misses it; alone or beside the rest."""
    housekeeping = [
        *foreign("Date-Added", "a", "b"),
        *foreign("bdsk-url-1", "a"),
        *foreign("file", "a"),
    ]
    (alone,) = summary(housekeeping, RIS)
    assert alone == (
        "ris has no place for what programs keep in bibtex: `bdsk-url-1`, "
        "`Date-Added`, `file`"
    )
    (beside,) = summary([*foreign("shelf", "a"), *housekeeping[:1]], RIS)
    assert beside == (
        "ris has no place for 1 bibtex field of 1 reference: shelf (a); "
        "nor for `Date-Added`"
    )


def test_housekeeping_is_each_family_s_own() -> None:
    """A file link of RIS, an owner of MEDLINE; BibTeX's L1 is somebody's own field."""
    found = [
        *foreign("L1", "a"),
        *foreign("L1", "b", family="ris"),
        *foreign("OWN", "c", family="nbib"),
        *foreign("owner", "d", family="unheard-of"),
    ]
    assert [sentence.partition(" has ")[2] for sentence in summary(found, RIS)] == [
        "no place for 1 bibtex field of 1 reference: L1 (a)",
        "no place for what programs keep in nbib: `OWN`",
        "no place for what programs keep in ris: `L1`",
        "no place for 1 unheard-of field of 1 reference: owner (d)",
    ]


def test_many_foreign_fields_are_not_all_named() -> None:
    """A sentence, not a page; each family has its own."""
    found = [one for n in range(40) for one in foreign(f"f{n:02}", "a")]
    found += [*foreign("F39", "b"), *foreign("MH", "a", family="nbib")]
    bibtex, nbib = summary(found, RIS)
    assert ": f39 (2 references), f00 (a), " in bibtex
    assert bibtex.endswith("f08 (a), 30 more")
    assert nbib == "ris has no place for 1 nbib field of 1 reference: MH (a)"


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("2020-05", "2020", "2020-05 -> 2020"),
        ("a\n  b", "b", "a b -> b"),
        (
            "A long title about many things that ends in a word of Greek: αβγ",
            "A long title about many things that ends in a word of Greek: abc",
            "…word of Greek: αβγ -> …word of Greek: abc",
        ),
        (f"{'x' * 70} a", f"{'x' * 70} b", f"…{'x' * 14} a -> …{'x' * 14} b"),
        ("the same " * 20, "the same " * 10, None),
    ],
)
def test_both_values_from_where_they_differ(
    before: str, after: str, shown: str | None
) -> None:
    """Long ones are cut."""
    (line,) = details([Loss("ng2020", ALTERED, "title", before, after)])
    assert line.startswith("ng2020: `title` is altered: ")
    assert shown is None or line.endswith(f": {shown}")
    assert len(line) < 170


def test_a_lost_value_is_shown_in_one_short_line() -> None:
    """An abstract has many lines."""
    (line,) = details([Loss("ng2020", LOST, "abstract", "word\n" * 100)])
    assert line == f"ng2020: `abstract` is lost: {'word ' * 11}word…"
