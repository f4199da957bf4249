"""Laws of BibTeX's values: what was written is read again, whatever it is."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.formats.bibtex import latex
from lupusrefs.formats.bibtex.encode_latex import ascii_latex
from lupusrefs.formats.bibtex.names import name_list
from lupusrefs.formats.bibtex.parse_latex import plain, rich, title, verbatim
from lupusrefs.formats.bibtex.parse_names import parse_names, split_list
from lupusrefs.model.casing import sentence_case
from lupusrefs.model.names import OTHERS, Name

_TRICKY = (
    *("{", "}", "\\", "$", "%", "&", "#", "_", "^", "~", '"', "'", "`", ",", "-", "="),
    *(" ", "\n", " and ", "a", "B", "É", "ı", "\u0301", "1", ".", ":", "<", ">", "!"),
    *(
        "\\emph",
        "\\'",
        '\\"{',
        "\\i ",
        "\\url{",
        "{\\em ",
        "\\enquote{",
        "\\char",
        "\\(",
    ),
    *("<i>", "</i>", '<span class="nocase">', "</span>", "$x_1$", "others", "\\verb"),
)
_MADE_UP = st.lists(st.sampled_from(_TRICKY), max_size=25).map("".join)
_SOURCES = _MADE_UP | st.text()


@given(_SOURCES)
def test_every_value_is_one_composed_line(source: str) -> None:
    """Nothing is raised, and the text is tidy, whatever the source is."""
    for read in (rich, title, plain):
        text = read(source)
        assert text == text.strip()
        assert not set("\n\t\r") & set(text)
        assert unicodedata.is_normalized("NFC", text)


@given(_SOURCES)
def test_written_text_is_read_again(source: str) -> None:
    """What a value says survives the writer, once its markup has settled.

    A tag without its partner is dropped by the writer, and may have stood between two
    commas, which are one character to TeX.
    """
    text = rich(source)
    for _ in range(3):
        text = rich(latex.rich(text))
    assert rich(latex.rich(text)) == text


@given(_SOURCES)
def test_identifiers_are_normalised_once(source: str) -> None:
    """Reading a DOI or URL again changes nothing."""
    text = verbatim(source)
    assert verbatim(text) == text


# The writer drops characters that nobody sees, and a name may have no others.
@given(_MADE_UP)
def test_names_survive(source: str) -> None:
    """A list has no empty names, and is no empty list when it is read again."""
    names = parse_names(source)
    assert all(str(name).strip() for name in names)
    again = parse_names(name_list(names, divided=True))
    assert bool(again) == any(not name.is_others for name in names)
    assert all(member.strip() for member in split_list(source))


# Words of names as they are: of letters, with a capital.
_CAPITALISED = st.sampled_from(
    ["Ng", "Müller", "O'Brien", "Øre", "Smith-Jones", "李", "Éluard", "D.", "MacLeod"]
)
_FAMILIES = st.lists(_CAPITALISED, min_size=1, max_size=3).map(
    " ".join
) | st.sampled_from(
    ["Barnes, and Noble", "Smith and Wesson", "R&D", "Abd-el-Kader", "A {b} C"]
)
_GIVEN = st.lists(
    _CAPITALISED | st.sampled_from(["jean-paul", "J.-P.", "and", "A, B", "X_1"]),
    min_size=1,
    max_size=3,
).map(" ".join)
_HOLDABLE = st.lists(
    st.builds(
        Name,
        _FAMILIES,
        _GIVEN,
        non_dropping_particle=st.sampled_from([None, "von", "de la", "van der", "zu"]),
        suffix=st.sampled_from([None, "Jr.", "III", "PhD"]),
    )
    | st.builds(Name, _CAPITALISED.filter(lambda name: name != "D."))
    | st.builds(Name, literal=st.sampled_from(["WHO", "A, B and C", "the {x} group"])),
    max_size=3,
).map(tuple)


@given(_HOLDABLE, st.booleans())
def test_names_that_bibtex_can_hold_come_back(
    names: tuple[Name, ...], is_cut: bool
) -> None:
    """Family, given, particle and suffix are what they were."""
    if is_cut and names:
        names = (*names, OTHERS)
    assert parse_names(name_list(names, divided=True)) == names


_SMALL = st.sampled_from(
    ["cells", "study", "of", "the", "in", "model", "results", "a", "with", "mice"]
)
_PROPER = st.sampled_from(
    ["Berlin", "DNA", "mRNA", "B12", "McCoy", "IL-2", "T", "iPhone", "pH", "U.S."]
)
_OPENING = st.sampled_from(["Cells", "Results", "DNA", "A", "X-ray", "Study"])
_BODY = st.lists(_SMALL | _PROPER, min_size=2, max_size=8).map(
    # Enough small words that nobody takes the title for Title Case.
    lambda words: " ".join((*words, "results", "cells", "study", "model", "of", "mice"))
)


@given(_OPENING, _BODY, st.sampled_from([": ", "? ", " – "]), _OPENING, _BODY)
def test_sentence_case_titles_come_back(
    first: str, body: str, stop: str, second: str, rest: str
) -> None:
    """Braces of the writer and sentence case of the reader undo each other."""
    text = f"{first} {body}{stop}{second} {rest}"
    assert sentence_case(title(latex.title(text))) == text
    assert sentence_case(text) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"])))
def test_ascii_spellings_are_read_again(text: str) -> None:
    """A spelling says the character it was made from."""
    wanted = unicodedata.normalize("NFC", text).replace("'", "’")
    assert rich(ascii_latex(text)).replace("'", "’") == wanted.strip()
