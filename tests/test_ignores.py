"""Ignores that stand beside entries."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import JsonValue

from findings_made import references_of, source_of
from lupusrefs.formats.names import FormatName
from lupusrefs.ignores import has_comments, ignores_of
from lupusrefs.model.reference import Reference


def test_a_comment_above_a_bibtex_entry_is_its_ignore() -> None:
    """Only the entry right below is meant, and the place is that of the comment."""
    source = source_of(
        "@book{a, title={A}}\n"
        "% lupusrefs-ignore: year-mismatch: the reprint is meant\n"
        "% another comment\n"
        "@book{b, title={B}}\n"
    )
    first, second = references_of(source)
    assert ignores_of(first, source).ignores == ()
    (ignore,) = ignores_of(second, source).ignores
    assert (ignore.rule, ignore.key, ignore.reason, ignore.source) == (
        "year-mismatch",
        "b",
        "the reprint is meant",
        "entry",
    )
    assert ignore.location is not None
    assert (ignore.location.line, ignore.location.column) == (2, 1)


def test_one_comment_names_several_rules_and_a_last_day() -> None:
    """``RULE, RULE until DAY -- reason``."""
    source = source_of(
        "%% lupusrefs-ignore: year-mismatch, retracted until 2027-01-31 "
        "-- on purpose\r\n"
        "@book{b, title={B}}\r\n"
    )
    (reference,) = references_of(source)
    found = ignores_of(reference, source)
    assert [(one.rule, one.until, one.reason) for one in found.ignores] == [
        ("year-mismatch", date(2027, 1, 31), "on purpose"),
        ("retracted", date(2027, 1, 31), "on purpose"),
    ]
    assert found.errors == ()


def test_yaml_has_them_in_comments_and_under_custom() -> None:
    """Under ``custom`` as rule and reason, or with a last day as a mapping."""
    source = source_of(
        "references:\n"
        "# lupusrefs-ignore: page-mismatch: pages of the preprint\n"
        "- id: a\n"
        "  title: A\n"
        "  custom:\n"
        "    lupusrefs-ignore:\n"
        "      year-mismatch: the reprint is meant\n"
        "- id: b\n"
        "  custom:\n"
        "    lupusrefs-ignore:\n"
        "    - {rule: retracted, reason: cited as retracted, until: 2027-01-31}\n",
        "refs.yaml",
    )
    first, second = references_of(source, FormatName.CSL_YAML)
    assert [(one.rule, one.reason) for one in ignores_of(first, source).ignores] == [
        ("year-mismatch", "the reprint is meant"),
        ("page-mismatch", "pages of the preprint"),
    ]
    (ignore,) = ignores_of(second, source).ignores
    assert (ignore.rule, ignore.until) == ("retracted", date(2027, 1, 31))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("year-mismatch", "the ignore of `year-mismatch` has no reason"),
        ("year-mismatch:", "the ignore of `year-mismatch` has no reason"),
        ("year-mismach: typo", "there is no rule `year-mismach`"),
        ("year-mismatch until soon: later", "`soon` is no day as in 2027-01-31"),
        ("", "the ignore `` cannot be read"),
    ],
)
def test_an_ignore_that_cannot_be_read_is_an_error(text: str, message: str) -> None:
    """Nothing is ignored by a slip, and nobody is left to wonder why."""
    source = source_of(f"% lupusrefs-ignore: {text}\n@book{{b, title={{B}}}}\n")
    (reference,) = references_of(source)
    found = ignores_of(reference, source)
    assert found.ignores == ()
    assert [str(error) for error in found.errors] == [message]
    (error,) = found.errors
    assert error.location is not None
    assert error.location.line == 1
    assert error.hint


def test_a_reference_without_a_file_has_those_of_custom() -> None:
    """Whoever uses the library may make references by hand."""
    reference = Reference(id="a", custom={"lupusrefs-ignore": {"retracted": "known"}})
    assert [one.rule for one in ignores_of(reference, None).ignores] == ["retracted"]


def test_a_comment_between_two_yaml_entries_belongs_to_one_of_them() -> None:
    """Indented it is the upper one's; else the lower one's, and nobody else's."""
    source = source_of(
        "references:\n"
        "  - id: a\n"
        "    title: A\n"
        "    # lupusrefs-ignore: page-mismatch: of the upper one\n"
        "  # lupusrefs-ignore: year-mismatch: of the lower one\n"
        "  - id: b\n"
        "    # lupusrefs-ignore: retracted: inside\n"
        "    title: B\n",
        "refs.yaml",
    )
    first, second = references_of(source, FormatName.CSL_YAML)
    found = [
        [(one.rule, one.location.line if one.location else 0) for one in own.ignores]
        for own in (ignores_of(first, source), ignores_of(second, source))
    ]
    assert found == [[("page-mismatch", 4)], [("year-mismatch", 5), ("retracted", 7)]]


def test_a_comment_behind_the_last_value_of_hayagriva_is_its_entrys() -> None:
    """The key stands at the margin, and so does what is above it."""
    source = source_of(
        "# lupusrefs-ignore: retracted: above\n"
        "a:\n"
        "    type: article\n"
        "    title: A\n"
        "    # lupusrefs-ignore: page-mismatch: inside\n"
        "# lupusrefs-ignore: year-mismatch: above the other\n"
        "b:\n"
        "    type: article\n"
        "    title: B\n",
        "refs.yaml",
    )
    found = [
        [one.rule for one in ignores_of(reference, source).ignores]
        for reference in references_of(source, FormatName.HAYAGRIVA)
    ]
    assert found == [["retracted", "page-mismatch"], ["year-mismatch"]]


def test_a_file_with_the_name_anywhere_is_looked_through() -> None:
    """A blank before the colon is no reason to overlook an ignore."""
    source = source_of("% lupusrefs-ignore : retracted: known\n@book{b, title={B}}\n")
    assert has_comments(source)
    (reference,) = references_of(source)
    assert [one.rule for one in ignores_of(reference, source).ignores] == ["retracted"]


@pytest.mark.parametrize(
    ("value", "rules", "messages"),
    [
        ("retracted: cited\nas an example", ["retracted"], []),
        (
            {"rule": "retracted", "reason": "known", "untill": "2027-01-31"},
            [],
            ["an ignore has no `untill`"],
        ),
        (7, [], ["an ignore is a mapping of rule and reason"]),
        ([{"retracted": ""}], [], ["the ignore of `retracted` has no reason"]),
    ],
)
def test_what_stands_under_custom_is_read_strictly(
    value: JsonValue, rules: list[str], messages: list[str]
) -> None:
    """A reason may have several lines; a member that there is not is an error."""
    found = ignores_of(Reference(id="a", custom={"lupusrefs-ignore": value}), None)
    assert [one.rule for one in found.ignores] == rules
    assert [str(error) for error in found.errors] == messages
