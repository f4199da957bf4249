"""Names of items, with their particles and suffixes found.

Source: CSL-JSON schema (csl-data.json), CSL 1.0.2 specification, "Name" (name-parts);
what is found in other parts is told in the citeproc-js manual, "Names".
"""

from __future__ import annotations

import pytest

from lupusrefs.csl.person import Person


def _parts(**name: object) -> dict[str, str]:
    """The parts that are not empty."""
    person = Person({key.replace("_", "-"): value for key, value in name.items()})
    parts = ("given", "dropping", "non_dropping", "family", "suffix", "literal")
    return {part: value for part in parts if (value := getattr(person, part))}


def test_parts_are_taken_as_they_are_given() -> None:
    """Each name-part of the specification is one of CSL-JSON."""
    parts = _parts(
        given="Alexander",
        dropping_particle="von",
        non_dropping_particle="van",
        family="Humboldt",
        suffix="Jr.",
    )
    assert parts == {
        "given": "Alexander",
        "dropping": "von",
        "non_dropping": "van",
        "family": "Humboldt",
        "suffix": "Jr.",
    }


@pytest.mark.parametrize(
    ("family", "particle", "bare"),
    [
        ("van der Vlist", "van der", "Vlist"),
        ("d’Aubignac", "d’", "Aubignac"),
        ("d'Aubignac", "d'", "Aubignac"),
        ("al-Hakim", "al-", "Hakim"),
        ("Humboldt", "", "Humboldt"),
        ("Van Gogh", "", "Van Gogh"),
        ("La Fontaine", "", "La Fontaine"),
        ("hooks", "", "hooks"),
        ("毛", "", "毛"),
        ('"de Gaulle"', "", "de Gaulle"),
    ],
)
def test_particles_that_are_written_into_a_family_name(
    family: str, particle: str, bare: str
) -> None:
    """Small letters before a capital; quotation marks keep a name as it is."""
    person = Person({"family": family, "given": "X"})
    assert (person.non_dropping, person.family) == (particle, bare)


def test_a_particle_of_its_own_is_not_looked_for() -> None:
    """Where there is one already, the family name stays."""
    parts = _parts(family="de la Cruz", given="A", non_dropping_particle="van")
    assert parts["family"] == "de la Cruz"


@pytest.mark.parametrize(
    ("given", "bare", "particle", "suffix"),
    [
        ("Alexander von", "Alexander", "von", ""),
        ("Jean de la", "Jean", "de la", ""),
        ("John", "John", "", ""),
        ("von", "von", "", ""),
        ("John Edward", "John Edward", "", ""),
        ("John, Jr.", "John", "", "Jr."),
        ("John von, III", "John", "von", "III"),
    ],
)
def test_what_is_written_into_a_given_name(
    given: str, bare: str, particle: str, suffix: str
) -> None:
    """A particle behind it that can be dropped, and a suffix behind a comma."""
    person = Person({"family": "X", "given": given})
    assert (person.given, person.dropping, person.suffix) == (bare, particle, suffix)


@pytest.mark.parametrize(
    ("name", "comma"),
    [
        ({"given": "John, Jr."}, False),
        ({"given": "John,! Jr."}, True),
        ({"given": "John", "suffix": "Jr.", "comma-suffix": True}, True),
        ({"given": "John, Jr.", "comma-suffix": 1}, True),
        ({"given": "John", "suffix": "Jr.", "comma-suffix": "false"}, False),
    ],
)
def test_whether_a_comma_goes_before_a_suffix(
    name: dict[str, object], *, comma: bool
) -> None:
    """The name says so."""
    person = Person({"family": "Doe", **name})
    assert (person.suffix, person.comma_suffix) == ("Jr.", comma)


def test_a_suffix_of_its_own_is_not_looked_for() -> None:
    """Then a comma in the given name is part of it."""
    parts = _parts(family="Doe", given="John, Edward", suffix="Jr.")
    assert (parts["given"], parts["suffix"]) == ("John, Edward", "Jr.")


@pytest.mark.parametrize(
    ("name", "literal"),
    [
        ({"literal": "World Health Organization"}, "World Health Organization"),
        ({"literal": "WHO", "family": "x", "given": "y"}, "WHO"),
        ({"family": "van Dyke Ltd", "isInstitution": True}, "van Dyke Ltd"),
        ({"family": "Doe", "isInstitution": "false"}, ""),
    ],
)
def test_names_of_institutions_are_whole(name: dict[str, object], literal: str) -> None:
    """They lack name-parts ("Name-part Order")."""
    person = Person(name)
    assert person.literal == literal
    assert bool(person.family) is not bool(literal)
    assert person.given == ""


def test_a_given_name_alone_is_the_whole_name() -> None:
    """Personal names require a family part."""
    assert _parts(given="Aristotle") == {"family": "Aristotle"}
    assert _parts() == {}
    assert _parts(family=None, given=False) == {}


def test_parts_may_be_of_any_type() -> None:
    """What is no text is taken for text."""
    assert _parts(family=2020, given="X") == {"family": "2020", "given": "X"}


@pytest.mark.parametrize(
    ("family", "given", "spaced"),
    [
        ("Doe", "John", True),
        ("Толстой", "Лев", True),
        ("Πλάτων", "", True),
        ("毛", "泽东", False),
        ("김", "철수", False),
        ("Mao", "泽东", True),
    ],
)
def test_which_scripts_put_spaces_between_names(
    family: str, given: str, *, spaced: bool
) -> None:
    """Latin, Greek and Cyrillic do; Chinese, Japanese and Korean do not."""
    assert Person({"family": family, "given": given}).is_spaced is spaced


def test_equal_names_have_equal_keys() -> None:
    """However the particle was written."""
    one = Person({"family": "van Gogh", "given": "Vincent"})
    other = Person(
        {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}
    )
    assert one.key == other.key
    assert one.key != Person({"family": "Gogh", "given": "Vincent"}).key
