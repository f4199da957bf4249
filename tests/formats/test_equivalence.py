"""When a value that was written and read again is the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.formats.equivalence import same_text, same_value
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.names import Name
from strategies import TEXTS

NOCASE = '<span class="nocase">{}</span>'


@pytest.mark.parametrize(
    ("variable", "before", "after"),
    [
        ("title", "A title", "A  title\n"),
        ("title", "Ange\u0301lique", "Angélique"),
        ("title", "AT&amp;T", "AT&T"),
        ("title", "The <em>T</em> cell", "The <i>T</i> cell"),
        ("title", "CAR T cells", f"{NOCASE.format('CAR')} T cells"),
        ("title", f"<i>{NOCASE.format('CAR')}</i> T", "<i>CAR</i> T"),
        ("abstract", "One.\n\nTwo.", "One. Two."),
        ("abstract", "<jats:p>One.</jats:p>", "One."),
        ("page", "204-209", "204–209"),
        ("page", "204--209, e1", "204-209, e1"),
        ("DOI", "https://doi.org/10.1000/A", "10.1000/a"),
        ("DOI", "no DOI  at all", "no DOI at all"),
        ("URL", "http://a.org/b c", "http://a.org/b%20c"),
        ("keyword", "lupus; CAR T,  SLE", "lupus, CAR T, SLE"),
        ("author", (Name("Ng ", "A.  B."),), (Name("Ng", "A. B."),)),
        ("categories", ("a  b",), ("a b",)),
        ("issued", Date(PartialDate(2020)), Date(PartialDate(2020))),
        ("custom", {"a": ["b"]}, {"a": ["b"]}),
    ],
)
def test_spelling_is_no_loss(variable: str, before: object, after: object) -> None:
    """White space, entities, dashes, protection of capitals."""
    assert same_value(variable, before, after)


@pytest.mark.parametrize(
    ("variable", "before", "after"),
    [
        ("title", "A title", "A Title"),
        ("title", "Angélique", "Angelique"),
        ("title", "The <i>T</i> cell", "The T cell"),
        ("title", "The T cell", "The <i>T</i> cell"),
        ("title", "of $x^2$", "of x2"),
        ("page", "204-209", "204"),
        ("DOI", "10.1000/a", "10.1000/b"),
        ("URL", "http://a.org/b", "http://a.org/B"),
        ("keyword", "a, b", "b, a"),
        ("title", "a, b", "a; b"),
        ("author", (Name("Ng", "A."),), (Name("Ng"),)),
        ("author", (Name("Ng", "A."), Name("Oh")), (Name("Ng", "A."),)),
        ("author", (Name(literal="Ng"),), (Name("Ng"),)),
        (
            "author",
            (Name("Ng", suffix="Jr."),),
            (Name("Ng", suffix="Jr.", comma_suffix=True),),
        ),
        ("issued", Date(PartialDate(2020, 1)), Date(PartialDate(2020))),
        ("issued", Date(PartialDate(2020)), "2020"),
        ("custom", {"a": "b"}, {"a": "c"}),
        ("title", "A title", None),
    ],
)
def test_what_a_reader_would_see_is_a_loss(
    variable: str, before: object, after: object
) -> None:
    """Capitals, accents, markup, names, parts of dates."""
    assert not same_value(variable, before, after)


@given(TEXTS, st.sampled_from(["title", "page", "DOI", "keyword", "abstract"]))
def test_every_text_is_the_same_as_itself(text: str, variable: str) -> None:
    """In other spaces, too."""
    assert same_value(variable, text, text)
    assert same_text(text, f" {text} ")


def test_a_particle_may_stand_in_the_family_name() -> None:
    """What one sees is the same name; a particle that is gone is not."""
    apart = (Name(family="Berg", given="Jan", non_dropping_particle="van der"),)
    together = (Name(family="van der Berg", given="Jan"),)
    assert same_value("author", apart, together)
    assert not same_value("author", apart, (Name(family="Berg", given="Jan"),))


def test_apostrophes_are_typography() -> None:
    """LaTeX has one key for both."""
    assert same_value("title", "Jake's style", "Jake’s style")
