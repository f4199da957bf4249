"""Fields as an item."""

from __future__ import annotations

from lupusrefs.freetext.items import build_item
from lupusrefs.freetext.labels import LABELS
from lupusrefs.freetext.parsed import ReadField
from lupusrefs.model.location import Span


def _field(variable: str, text: str) -> ReadField:
    return ReadField(variable, text, Span(0, 1), 1.0)


def test_names_of_several_stretches_are_one_list() -> None:
    """A list that was cut is cut once, at its end."""
    item = build_item(
        [_field("author", "Lee A et al."), _field("author", "Wu B, et al.")],
        is_in=False,
    )
    assert [str(name) for name in item.author] == ["A Lee", "B Wu", "others"]


def test_a_director_is_no_author() -> None:
    """What a list of names says of itself decides the variable."""
    item = build_item([_field("author", "Lee, Ann, director")], is_in=False)
    assert (item.author, [str(name) for name in item.director]) == ((), ["Ann Lee"])


def test_the_first_date_with_a_year_counts() -> None:
    """Words for a date give way to a date."""
    fields = [
        _field("issued", "n.d."),
        _field("issued", "2001"),
        _field("issued", "2002"),
    ]
    assert str(build_item(fields, is_in=False).issued) == "2001"
    assert str(build_item(fields[:1], is_in=False).issued) == "n.d."
    assert build_item([_field("issued", "soon")], is_in=False).issued is None


def test_titles_are_cleaned() -> None:
    """Markup, soft hyphens and breaks are the page's, not the title's."""
    item = build_item(
        [_field("title", "On <i>E.\n coli</i> and lu\u00adpus")], is_in=False
    )
    assert item.title == "On E. coli and lupus"


def test_numbers_of_an_edition_are_bare() -> None:
    """CSL has a number where an edition is one, else its words."""
    for written, edition in (
        ("2nd ed.", "2"),
        ("3. Aufl.", "3"),
        ("4e éd.", "4"),
        ("Rev. ed.", "Rev. ed."),
    ):
        item = build_item([_field("edition", written)], is_in=False)
        assert item.edition == edition


def test_notes_are_joined() -> None:
    """What is left over is kept."""
    item = build_item(
        [_field("note", "mimeo"), _field("note", "in French")], is_in=False
    )
    assert item.note == "mimeo; in French"


def test_access_without_a_date_is_none() -> None:
    """The words "available from" say no date."""
    item = build_item([_field("accessed", "Available from")], is_in=False)
    assert item.accessed is None


def test_labels_are_distinct() -> None:
    """No label is named twice."""
    assert len(set(LABELS)) == len(LABELS)
