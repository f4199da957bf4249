"""Author lists as free text has them."""

from __future__ import annotations

import pytest

from lupusrefs.freetext.people import parse_people
from lupusrefs.model.names import OTHERS, Name


def _names(text: str) -> list[tuple[str | None, str | None]]:
    return [(name.family or name.literal, name.given) for name in parse_people(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Humrich JY", [("Humrich", "JY")]),
        ("Kay, F. & Brockman, J.", [("Kay", "F."), ("Brockman", "J.")]),
        ("S. E. Han, G. Chen", [("Han", "S. E."), ("Chen", "G.")]),
        ("Davis, Natalie Zemon", [("Davis", "Natalie Zemon")]),
        (
            "Colborn, Theo, Dianne Dumanoski, and John Peterson Myers",
            [("Colborn", "Theo"), ("Dumanoski", "Dianne"), ("Myers", "John Peterson")],
        ),
        (
            "Aslin, Richard N.; Saffran, Jenny R.; & Newport, Elissa L.",
            [
                ("Aslin", "Richard N."),
                ("Saffran", "Jenny R."),
                ("Newport", "Elissa L."),
            ],
        ),
        ("KAHAN Marcel et ROCK Edward", [("KAHAN", "Marcel"), ("ROCK", "Edward")]),
        ("Forsé M., Tronca L.", [("Forsé", "M."), ("Tronca", "L.")]),
        ("García Márquez, Gabriel", [("García Márquez", "Gabriel")]),
        ("Bondi H, Metzner A W K", [("Bondi", "H"), ("Metzner", "A W K")]),
        ("Knuth, D. E.", [("Knuth", "D. E.")]),
        ("Liu, J.-P. und Wu, C.", [("Liu", "J.-P."), ("Wu", "C.")]),
        ("J.Smith, K.Lee", [("Smith", "J."), ("Lee", "K.")]),
        ("Humrich1 JY1,3, Rose A2", [("Humrich", "JY"), ("Rose", "A")]),
        ("Lee, Ann [Berlin]", [("Lee", "Ann")]),
        ("Plato", [("Plato", None)]),
        ("Lee, A., . . . Wu, B.", [("Lee", "A."), ("Wu", "B.")]),
        ("Schmidt Ch., Lee A.", [("Schmidt", "Ch."), ("Lee", "A.")]),
        ("张三, 李四", [("张三", None), ("李四", None)]),
        ("  ", []),
        (" , & ; ", []),
    ],
)
def test_a_list_is_divided_into_family_and_given_names(
    text: str, expected: list[tuple[str | None, str | None]]
) -> None:
    """Commas between names and inside of them are told apart."""
    assert _names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Humrich JY, et al.",
        "Humrich JY et al",
        "Humrich, JY, and others",
        "Humrich JY; u. a.",
        "Humrich, J. Y. et al.:",
    ],
)
def test_a_list_that_was_cut_ends_with_others(text: str) -> None:
    """However it is written, "et al." is the name ``others``."""
    names = parse_people(text)
    assert names[0].family == "Humrich"
    assert names[1:] == (OTHERS,)


def test_names_behind_et_al_are_read_too() -> None:
    """What stands behind the mark is a name, and the mark goes to the end."""
    names = parse_people("Lee A, et al., Wu B")
    assert [str(name) for name in names] == ["A Lee", "B Wu", "others"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("von Spee-Mayer C", Name("Spee-Mayer", "C", non_dropping_particle="von")),
        ("de la Cruz, M.", Name("Cruz", "M.", non_dropping_particle="de la")),
        ("van der Berg, Jan", Name("Berg", "Jan", non_dropping_particle="van der")),
        (
            "Ursula von der Leyen",
            Name("Leyen", "Ursula", non_dropping_particle="von der"),
        ),
        (
            "Rochebrune, A. T. de",
            Name("Rochebrune", "A. T.", non_dropping_particle="de"),
        ),
        ("C von Spee-Mayer", Name("Spee-Mayer", "C", non_dropping_particle="von")),
        ("De Raedt, L.", Name("De Raedt", "L.")),
    ],
)
def test_particles_are_no_part_of_the_family_name(text: str, expected: Name) -> None:
    """Small words before the family name are its particle, on either side."""
    assert parse_people(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Davis, Sammy, Jr.", Name("Davis", "Sammy", suffix="Jr.")),
        ("Davis, Sammy Jr.", Name("Davis", "Sammy", suffix="Jr.")),
        ("Sammy Davis Jr.", Name("Davis", "Sammy", suffix="Jr.")),
        ("Sammy Davis, III", Name("Davis", "Sammy", suffix="III")),
    ],
)
def test_suffixes_are_kept_apart(text: str, expected: Name) -> None:
    """A suffix is neither a name of its own nor a given name."""
    assert parse_people(text) == (expected,)


@pytest.mark.parametrize(
    "text",
    [
        "World Health Organization",
        "Department of Economic and Social Affairs",
        "Australia. Department of Health and Aged Care",
    ],
)
def test_a_body_is_a_literal(text: str) -> None:
    """Institutions are not taken to pieces at "and" and commas."""
    assert parse_people(text) == (Name(literal=text),)


def test_a_body_among_persons_is_a_literal() -> None:
    """A collaboration stands in a list of persons."""
    names = parse_people("ALICE Collaboration, B. P. Abbott, R. Lee")
    assert names[0] == Name(literal="ALICE Collaboration")
    assert [name.family for name in names[1:]] == ["Abbott", "Lee"]


def test_a_body_in_brackets_is_bare() -> None:
    """Brackets behind a list of persons are not part of the name in them."""
    names = parse_people("Abbott BP et al. (LIGO Collaboration)")
    assert [str(name) for name in names] == [
        "BP Abbott",
        "LIGO Collaboration",
        "others",
    ]


def test_a_suffix_of_nobody_is_left_out() -> None:
    """A suffix or degree alone is no name; of a body there is none."""
    assert parse_people("Jr., Lee A, MD") == (Name("Lee", "A"),)
    assert parse_people("ALICE Collaboration, Jr., A. Lee")[0].suffix is None
