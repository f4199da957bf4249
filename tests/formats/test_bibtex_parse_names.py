"""BibTeX's author and editor fields: the names in them.

Sources: btxdoc, section 4; bibtex.web, "von_token_found"; Nicolas Markey, "Tame the
BeaST", 3; the biblatex manual, 3.4, for the extended name format.
"""

from __future__ import annotations

import pytest

from lupusrefs.formats.bibtex.names import name_list
from lupusrefs.formats.bibtex.parse_names import (
    NameParts,
    name_parts,
    parse_names,
    split_list,
)
from lupusrefs.model.names import OTHERS, Name


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("Donald Knuth", NameParts("Donald", "", "Knuth")),
        ("Knuth", NameParts("", "", "Knuth")),
        ("Knuth, Donald E.", NameParts("Donald E.", "", "Knuth")),
        ("Ludwig van der Rohe", NameParts("Ludwig", "van der", "Rohe")),
        ("van der Rohe, Ludwig", NameParts("Ludwig", "van der", "Rohe")),
        ("van Rohe, Jr., Ludwig", NameParts("Ludwig", "van", "Rohe", "Jr.")),
        (
            "Jean de la Fontaine du Bois Noir",
            NameParts("Jean", "de la Fontaine du", "Bois Noir"),
        ),
        ("Carreño de Miranda, Juan", NameParts("Juan", "Carreño de", "Miranda")),
        ("de la fontaine", NameParts("", "de la", "fontaine")),
        # What is in braces has no case for BibTeX, but a special character has.
        ("Jean {de} Bois", NameParts("Jean {de}", "", "Bois")),
        (r"Jean {\'e}t Bois", NameParts("Jean", r"{\'e}t", "Bois")),
        (r"Jean {\'E}t Bois", NameParts(r"Jean {\'E}t", "", "Bois")),
        (r"Jean {\relax De} Bois", NameParts(r"Jean {\relax De}", "", "Bois")),
        (r"Jean {\oe}t Bois", NameParts("Jean", r"{\oe}t", "Bois")),
        (r"Jean \'Et \v{S}ik", NameParts(r"Jean \'Et", "", r"\v{S}ik")),
        ("Jean 1d Bois", NameParts("Jean", "1d", "Bois")),
        ("Jean {D}e bois Noir", NameParts("Jean", "{D}e bois", "Noir")),
        (r"\O stergaard, L.", NameParts("L.", "", r"\O stergaard")),
        ("Émile ʿAbd Øre", NameParts("Émile ʿAbd", "", "Øre")),
        # A tie is a space, a hyphen a letter.
        ("D.~E.~Knuth", NameParts("D. E.", "", "Knuth")),
        ("Xiao-ping Deng", NameParts("Xiao-ping", "", "Deng")),
        ("{Barnes and Noble, Inc.}", NameParts("", "", "{Barnes and Noble, Inc.}")),
        # Commas too many, or too few.
        ("Knuth,, Donald,", NameParts("Donald", "", "Knuth")),
        (", Donald", NameParts("Donald", "", "")),
        ("A, B, C, D", NameParts("C D", "", "A", "B")),
        ("", NameParts()),
    ],
)
def test_parts(source: str, parts: NameParts) -> None:
    """First, von, Last and Jr, by BibTeX's rules."""
    assert name_parts(source) == parts


@pytest.mark.parametrize(
    ("source", "names"),
    [
        (
            "Knuth, Donald E. and Leslie Lamport",
            [Name("Knuth", "Donald E."), Name("Lamport", "Leslie")],
        ),
        ("A B\n  AND C D and\tE F", [Name("B", "A"), Name("D", "C"), Name("F", "E")]),
        ("and A B and and C D and", [Name("B", "A"), Name("D", "C")]),
        ("", []),
        (" and ", []),
        ("A Band and C Anderson", [Name("Band", "A"), Name("Anderson", "C")]),
        (
            r"G{\"o}del, Kurt and {\'E}mile Zola",
            [Name("Gödel", "Kurt"), Name("Zola", "Émile")],
        ),
        (r"Fran\c cois M\"uller", [Name("Müller", "François")]),
        ("{World Health Organization}", [Name(literal="World Health Organization")]),
        ("{{A} and {B}} and {C}, D", [Name(literal="A and B"), Name("C", "D")]),
        (r"{\'E}", [Name("É")]),
        ("Aristotle", [Name("Aristotle")]),
        # The rest of what BibTeX counts to "von" belongs to the family name.
        (
            "von Berlichingen zu Hornberg, Johann",
            [Name("Berlichingen zu Hornberg", "Johann", non_dropping_particle="von")],
        ),
        ("Carreño de Miranda, Juan", [Name("Carreño de Miranda", "Juan")]),
        ("de la Cruz", [Name("Cruz", non_dropping_particle="de la")]),
        ("bell hooks", [Name("hooks", "bell")]),
        # Suffixes where people put them.
        ("King, Jr., Martin", [Name("King", "Martin", suffix="Jr.")]),
        ("King, Martin, Jr.", [Name("King", "Martin", suffix="Jr.")]),
        ("Martin Luther King Jr.", [Name("King", "Martin Luther", suffix="Jr.")]),
        ("Sammy Davis, Jr.", [Name("Davis", "Sammy", suffix="Jr.")]),
        ("Rabi, II and Gray, JR", [Name("Rabi", "II"), Name("Gray", "JR")]),
        # Others.
        ("A B and others", [Name("B", "A"), OTHERS]),
        ("A B and {et al.}", [Name("B", "A"), OTHERS]),
        (r"B, A. \emph{et al.}", [Name("B", "A."), OTHERS]),
        ("B, A et al", [Name("B", "A"), OTHERS]),
        # Commas for "and".
        (
            "J. Cofala, M. Amann, K. Li and A B",
            [
                Name("Cofala", "J."),
                Name("Amann", "M."),
                Name("Li", "K."),
                Name("B", "A"),
            ],
        ),
        ("Doe, J., Roe, K. L.", [Name("Doe", "J."), Name("Roe", "K. L.")]),
        (
            "Nagy I., Li J. K., Poe A.",
            [Name("Nagy", "I."), Name("Li", "J. K."), Name("Poe", "A.")],
        ),
    ],
)
def test_names(source: str, names: list[Name]) -> None:
    """A list becomes CSL names, those of files of the wild as well."""
    assert parse_names(source) == tuple(names)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("given=Hans, family=Harman", Name("Harman", "Hans")),
        (
            "family=Beumont, given=Simon, prefix=de",
            Name("Beumont", "Simon", non_dropping_particle="de"),
        ),
        (
            "family=Goethe, given={Johann Wolfgang}, prefix=von, useprefix=false",
            Name("Goethe", "Johann Wolfgang", dropping_particle="von"),
        ),
        (
            'family={van, der}, given="Jan, Piet", suffix=Jr., given-i={J}',
            Name("van, der", "Jan, Piet", suffix="Jr."),
        ),
        ('"family={Robert and Sons, Inc.}"', Name("Robert and Sons, Inc.")),
        ('given="A and B", family=C', Name("C", "A and B")),
        ("given=Plato", Name("Plato")),
    ],
)
def test_extended_format(source: str, name: Name) -> None:
    """Parts by name, with their own option."""
    assert parse_names(source) == (name,)


def test_use_of_prefixes() -> None:
    """The option of the entry counts where the name has none of its own."""
    dropped = Name("Brandt", "Ahasver", dropping_particle="von")
    kept = Name("Brandt", "Ahasver", non_dropping_particle="von")
    assert parse_names("von Brandt, Ahasver", useprefix=False) == (dropped,)
    assert parse_names("von Brandt, Ahasver", useprefix=True) == (kept,)
    assert parse_names("von Brandt, Ahasver") == (kept,)
    extended = "family=Brandt, given=Ahasver, prefix=von, useprefix=true"
    assert parse_names(extended, useprefix=False) == (kept,)


@pytest.mark.parametrize(
    ("source", "members"),
    [
        ("Springer", ["Springer"]),
        ("Barnes {and} Noble and Wiley", ["Barnes {and} Noble", "Wiley"]),
        ("Durham and London", ["Durham", "London"]),
        ("{A and B} and\nC and", ["{A and B}", "C"]),
        (r"R\&D and Land\and", [r"R\&D", r"Land\and"]),
        ("}A and {B and C", ["}A", "{B and C"]),
        ("", []),
    ],
)
def test_lists(source: str, members: list[str]) -> None:
    """Literal lists are split as names are."""
    assert split_list(source) == members


def test_dropped_particles_survive_in_biblatex() -> None:
    """The extended format tells which particle goes, BibTeX cannot."""
    name = Name("Beumont", "Simon", dropping_particle="de", suffix="Jr.")
    assert parse_names(name_list([name], biblatex=True)) == (name,)
    (kept,) = parse_names(name_list([name]))
    assert kept.non_dropping_particle == "de"


@pytest.mark.parametrize(
    "source",
    [
        " and" * 100_000,
        "{ and " * 50_000,
        "," * 200_000,
        "~" * 200_000,
        " " * 100_000 + "a" + " " * 100_000 + "b",
        "family=" * 50_000,
        'given="' * 50_000,
        "a" + " et al" * 50_000,
        "{" * 100_000 + "others",
        "A " * 100_000,
        "{\\'e} $x_1$ \\emph{a} -- " * 5_000,
    ],
)
def test_hostile_lists_end(source: str) -> None:
    """Length costs time in proportion, and nothing is raised."""
    assert isinstance(parse_names(source), tuple)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Lee, Ann; Ek, Bo; Ohm, C.", ["Ann Lee", "Bo Ek", "C. Ohm"]),
        ("Ann Lee; Bo Ek", ["Ann Lee", "Bo Ek"]),
        (r"Lee, A., Ek, B., \& Ohm, C.", ["A. Lee", "B. Ek", "C. Ohm"]),
        (r"Lee, Ann and Ek, Bo \& Ohm, Cy", ["Ann Lee", "Bo Ek", "Cy Ohm"]),
        ("Ernst & Young", ["Ernst & Young"]),
        ("{Lee; Ek}", ["Lee; Ek"]),
    ],
)
def test_signs_in_place_of_and(source: str, names: list[str]) -> None:
    """Lists that other programs wrote have semicolons or "&" for "and"."""
    assert [str(name) for name in parse_names(source)] == names


def test_a_degree_is_no_given_name() -> None:
    """Who writes "Lee, Ann, MD" means no family name with a suffix Ann."""
    (name,) = parse_names("Lee, Ann, MD")
    assert (name.family, name.given, name.suffix) == ("Lee", "Ann", "MD")
