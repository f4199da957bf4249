"""Sentence case of English titles.

Sources: CSL 1.0.2, "Title Case Conversion"; citeproc-js manual, "HTML-like formatting
tags", for ``nocase``.
"""

from __future__ import annotations

import pytest

from lupusrefs.model.casing import sentence_case, without_protection


def _rich(text: str) -> str:
    return text.replace("[", '<span class="nocase">').replace("]", "</span>")


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Deep Learning", "Deep learning"),
        ("Attention Is All You Need", "Attention is all you need"),
        (
            "A Study of the Role of mRNA and DNA in HeLa Cells",
            "A study of the role of mRNA and DNA in HeLa cells",
        ),
        (
            "Vitamin B12 and Vitamin A in Young Children",
            "Vitamin B12 and vitamin A in young children",
        ),
        ("What Should I Do With Data", "What should I do with data"),
        ("Mice: A Study Of A New Model", "Mice: A study of a new model"),
        (
            "Friends or Foes? The Case of X-Ray Imaging",
            "Friends or foes? The case of X-ray imaging",
        ),
        ("Old Methods – New Results", "Old methods – New results"),
        ("High-Speed Digital-to-RF Converter", "High-speed digital-to-RF converter"),
        (
            "Winograd’s Syntax and O’Brien’s Grammar",
            "Winograd’s syntax and O’Brien’s grammar",
        ),
        # In sentence case already, or all in capitals.
        ("Machine learning in Berlin", "Machine learning in Berlin"),
        ("Role of Helicobacter in man", "Role of Helicobacter in man"),
        ("IS THE SOLAR SYSTEM STABLE?", "IS THE SOLAR SYSTEM STABLE?"),
        ("DNA", "DNA"),
        ("", ""),
        # Protected, and lowered around it.
        (
            "Pilgrim Routes from [Scandinavia] to [Rome]",
            "Pilgrim routes from Scandinavia to Rome",
        ),
        (
            "The Rhetoric of [Aristotle] with a commentary",
            "The rhetoric of Aristotle with a commentary",
        ),
        (
            "Tame the [BeaST]: The [B] to [X] of [BibTeX]",
            "Tame the BeaST: The B to X of BibTeX",
        ),
        ("[T]est [T]itle [W]ith Care", "Test Title With care"),
        ("pre[C]olumbian Art", "preColumbian art"),
        # What title case would change keeps its span.
        (
            "Waves of 400 [nm] and a [camelCase] Word",
            "Waves of 400 [nm] and a camelCase word",
        ),
        ("Towers [and] Castles at 3[d]", "Towers and castles at 3d"),
        # Other markup is in braces in BibTeX, and stays.
        (
            "Role of <i>Escherichia Coli</i> in Liver Disease",
            "Role of <i>Escherichia Coli</i> in liver disease",
        ),
        ("The <i>[Alea] [iacta est]</i> Topos", "The <i>Alea [iacta est]</i> topos"),
        (
            "CO<sub>2</sub> Levels at the $P$-Adic Limit",
            "CO<sub>2</sub> levels at the $P$-adic limit",
        ),
        ("A $5 and $10 Question of Money", "A $5 and $10 question of money"),
        ("Unclosed [Tag Stays Here", "Unclosed [tag stays here"),
        ("Stray Closing] Tag", "Stray closing] tag"),
    ],
)
def test_sentence_case(title: str, sentence: str) -> None:
    """Capitals that only Title Case wants go, all others stay."""
    assert sentence_case(_rich(title)) == _rich(sentence)


def test_settled_titles_stay() -> None:
    """Sentence case of sentence case changes nothing."""
    title = "Effects of Low-Dose IL-2: A Study of T Cells in Berlin"
    once = sentence_case(title)
    assert sentence_case(once) == once != title


def test_titles_of_other_languages_lose_spans_only() -> None:
    """German keeps all its capitals, and spans that title case would not need."""
    title = _rich("Der [Stand] der Forschung zu [pH] und [nm]")
    assert without_protection(title) == _rich("Der Stand der Forschung zu pH und [nm]")
