"""Text in the form in which it is compared: what is folded, and what is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.compare.mojibake import undo_mojibake
from lupusrefs.compare.spelling import canonical
from lupusrefs.compare.text import clean, fold, is_absent, joined, readings, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cats &amp;amp;amp; dogs", "Cats & dogs"),
        ("Wolves &#x2014; again", "Wolves — again"),
        ("of<i>Canis lupus</i>Packs", "ofCanis lupusPacks"),
        ("&lt;scp&gt;DNA&lt;/scp&gt; repair", "DNA repair"),
        ("Einfluß\n   der  Höhe", "Einfluß der Höhe"),
        (r"{\'E}tude de l'{ADN} \& co", "Étude de l'ADN & co"),
        (r"$\alpha$-helices", "α-helices"),
        ("A dollar ($5) and $10 more", "A dollar ($5) and $10 more"),
        ("Â£45 for EFICÁCIA", "£45 for EFICÁCIA"),
        (r"\documentclass{minimal}\begin{document}$$x$$\end{document} maps", "x maps"),
    ],
)
def test_markup_entities_and_latex_are_gone(text: str, expected: str) -> None:
    """N1 to N4 and N6: what an export adds is taken away, and nothing else."""
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße ŁÓDŹ Æther Œuvre Ørsted", "strasse lodz aether oeuvre orsted"),
        ("Bcl-2∆ at 5 µm and 3 Ω", "bcl-2δ at 5 μm and 3 ω"),
        ("TNF-α", "tnf alpha"),
        ("αβ T cells", "alphabeta t cells"),
        ("Alzheimer’s disease", "alzheimers disease"),
        ("R&D at AT&T", "r and d at at and t"),
        ("Salt, & water", "salt and water"),
        ("Na+ channels", "na channels"),
        ("Foo — bar – baz-qux", "foo bar baz qux"),
        ("ﬁne H₂O x²", "fine h2o x2"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("hair\u200aspace, thin\u2009space", "hair space thin space"),
        ("cafe\u0301 na\u00efve", "café naive"),
    ],
)
def test_spellings_of_one_text_have_the_same_words(one: str, other: str) -> None:
    """N5 to N8: letters, signs and spaces that look alike are alike."""
    assert words(one) == words(other)


def test_signs_before_numbers_are_words() -> None:
    """N8: "at least 5" is not "less than 5"."""
    assert words("age ≥ 65, p < 0.05, ±2, 5 %") == (
        *("age", "≥", "65", "p", "<", "0", "05", "±", "2", "5", "%"),
    )


def test_greek_words_stay_greek() -> None:
    """Only symbols have names; a sentence in Greek is no row of them."""
    assert fold("Η ζωή των λύκων") == "eta ζωη των λυκων"


def test_an_umlaut_has_two_readings_and_ue_only_one() -> None:
    """N7: "Müller" may be written "Mueller", but "blue" is never "blu"."""
    assert set(readings("Müller")) & set(readings("Mueller"))
    assert readings("blue") == ("blue",)
    assert readings("Ångström") == ("angstrom", "aangstroem")


@pytest.mark.parametrize(
    "text", ["", " - ", "null", "N/A", "no-no", "&NA;", "(:unav)", "[s.n.]", ":null"]
)
def test_placeholders_are_absent(text: str) -> None:
    """N9: what a form asked for and nobody knew."""
    assert is_absent(text)


@pytest.mark.parametrize("text", ["0", "None", "A", "(:etal)"])
def test_what_says_little_is_not_absent(text: str) -> None:
    """A short value is a value."""
    assert not is_absent(text)


@pytest.mark.parametrize("text", ["COORDENAÇÃO", "Ã", "É»", "Â", "5 × 5", "âge"])
def test_letters_that_only_look_like_mojibake_stay(text: str) -> None:
    """N2: "Ã" alone is Portuguese."""
    assert undo_mojibake(text) == text


@given(st.text(st.characters(max_codepoint=0x45F), max_size=20))
def test_mojibake_of_western_text_is_undone(text: str) -> None:
    """What was read as Windows-1252 comes back, letter by letter."""
    for char in text:
        try:
            damaged = char.encode().decode("cp1252")
        except UnicodeDecodeError:
            continue
        if char.isalpha() and damaged[0] in "ÃÄÅÎÏÐÑ":
            assert undo_mojibake(damaged) == char


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("randomised", "randomized"),
        ("behavioural", "behavioral"),
        ("leukaemia", "leukemia"),
        ("oesophageal", "esophageal"),
        ("paediatric", "pediatric"),
        ("modelling", "modeling"),
        ("centres", "centers"),
        ("analysed", "analyzed"),
        ("catalogue", "catalog"),
        ("vs", "versus"),
        ("ii", "two"),
    ],
)
def test_spellings_of_one_word_are_one(british: str, american: str) -> None:
    """B13 and B14: a closed list of stems, endings and synonyms."""
    assert canonical(british) == canonical(american)


@pytest.mark.parametrize(
    ("one", "other"),
    [("larvae", "larve"), ("poet", "pet"), ("hour", "hor"), ("analysis", "analyses")],
)
def test_other_words_stay_others(one: str, other: str) -> None:
    """The list knows no rule such as "ae is e"."""
    assert canonical(one) != canonical(other)


@given(st.text(max_size=60))
def test_any_text_has_words(text: str) -> None:
    """Nothing makes it fail; a second time changes nothing; no case is left."""
    assert fold(fold(text)) == fold(fold(fold(text)))
    assert joined(text) == "".join(words(text))
    assert all(words(text))


@pytest.mark.parametrize(
    "text", ["<math>" * 10_000, "&lt;" * 20_000, "$a" * 30_000, "{" * 60_000]
)
def test_a_bomb_of_markup_takes_no_time(text: str) -> None:
    """A registry may send what it likes."""
    assert len(words(text)) <= len(text)
