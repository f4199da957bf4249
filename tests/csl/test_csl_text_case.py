"""Changes of case.

Source: CSL 1.0.2 specification, "Text-case", "Title Case Conversion".
"""

from __future__ import annotations

import pytest

from csl.making import item, shown
from lupusrefs.csl.rich_text import parse
from lupusrefs.csl.stream import plain
from lupusrefs.csl.text_case import convert


def _in(kind: str, text: str, *, is_english: bool = True) -> str:
    return plain(convert(kind, parse(text), is_english=is_english))


@pytest.mark.parametrize(
    ("kind", "text", "result"),
    [
        ("lowercase", "The DNA of É. coli", "the dna of é. coli"),
        ("uppercase", "Straße, été", "STRASSE, ÉTÉ"),
        ("capitalize-first", "see this", "See this"),
        ("capitalize-first", "“see this", "“See this"),
        ("capitalize-first", "See this", "See this"),
        ("capitalize-first", "1 of them", "1 of them"),
        ("capitalize-first", "…", "…"),
        ("capitalize-first", "élan", "Élan"),
        ("capitalize-all", "a tale of two", "A Tale Of Two"),
        ("capitalize-all", "an iPhone, a DNA", "An iPhone, A DNA"),
        ("capitalize-all", "(see) d’été", "(See) D’été"),
        ("capitalize-all", "1 -", "1 -"),
        ("sentence", "THE ORIGIN OF SPECIES", "The origin of species"),
        ("sentence", "(THE ORIGIN)", "(The origin)"),
        ("sentence", "the origin of DNA", "The origin of DNA"),
        ("sentence", "iPhone apps", "iPhone apps"),
        ("sentence", "12 – 13", "12 – 13"),
        ("none", "As It is", "As It is"),
    ],
)
def test_cases_of_plain_text(kind: str, text: str, result: str) -> None:
    """Words that have capitals already keep them, but for whole strings of them."""
    assert _in(kind, text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        # For uppercase strings the first character of each word remains.
        ("THE ORIGIN OF SPECIES", "The Origin of Species"),
        # For others the first of each lowercase word is capitalized.
        ("the origin of species", "The Origin of Species"),
        ("an iPhone for NASA", "An iPhone for NASA"),
        # Stop words are lowercased ...
        ("The Lord Of The Rings", "The Lord of the Rings"),
        ("doe v. roe vs. poe", "Doe v. Roe vs. Poe"),
        # ... unless they are first or last, or follow a colon.
        ("of mice and men", "Of Mice and Men"),
        ("what is it for", "What Is It For"),
        ("what is it for?", "What Is It For?"),
        ("a tale: of two", "A Tale: Of Two"),
        # Hyphenated word parts are distinct words.
        ("two-thirds", "Two-Thirds"),
        ("the out-of-print book", "The Out-of-Print Book"),
        ("(bracketed) words", "(Bracketed) Words"),
        ("l’été", "L’été"),
        ("3 men & 1 boat", "3 Men & 1 Boat"),
        ("on example.org now", "On Example.org Now"),
        ("", ""),
        ("–", "–"),
    ],
)
def test_title_case(text: str, result: str) -> None:
    """The three rules, and the exceptions from the one for stop words."""
    assert _in("title", text) == result


def test_only_english_has_title_case() -> None:
    """Other languages are left as they are ("Non-English Items")."""
    assert _in("title", "le temps perdu", is_english=False) == "le temps perdu"
    assert _in("title", "le <i>temps</i>", is_english=False) == "le temps"


@pytest.mark.parametrize(
    ("style_language", "item_language", "is_english"),
    [
        ("", "", True),
        ("en-GB", "", True),
        ("", "en-GB", True),
        ("", "de", False),
        ("en-US", "fr-FR", False),
        ("fr-FR", "", False),
        ("fr-FR", "en", True),
        ("fr-FR", "EN-us", True),
        ("fr-FR", "de", False),
    ],
)
def test_whose_title_is_english(
    style_language: str, item_language: str, *, is_english: bool
) -> None:
    """The item's language counts, else that of the style ("Non-English Items")."""
    attributes = f'default-locale="{style_language}"' if style_language else ""
    title = shown(
        '<text variable="title" text-case="title"/>',
        item(title="a long day", language=item_language),
        attributes=attributes,
    )
    assert title == ("A Long Day" if is_english else "a long day")


@pytest.mark.parametrize(
    ("kind", "text", "result"),
    [
        ("lowercase", 'A <span class="nocase">B</span> C', "a B c"),
        ("uppercase", 'a <span class="nocase">b</span> c', "A b C"),
        ("title", 'a <span class="nocase">long</span> day', "A long Day"),
        ("capitalize-first", '<span class="nocase">a</span> b', "a b"),
        ("capitalize-all", 'a <span class="nocase">b</span> c', "A b C"),
        ("sentence", '<span class="nocase">x</span> a', "x a"),
        ("sentence", 'A <span class="nocase">B</span> CAT', "A B cat"),
        ("uppercase", "x<sup>a</sup>y<sub>b</sub>", "XaYb"),
        ("lowercase", "A<sc>BC</sc>", "aBC"),
        ("title", "a 2<sup>nd</sup> day", "A 2nd Day"),
    ],
)
def test_protected_text_keeps_its_case(kind: str, text: str, result: str) -> None:
    """That in ``nocase``, raised, lowered or in small capitals."""
    assert _in(kind, text) == result


@pytest.mark.parametrize(
    ("kind", "text", "result"),
    [
        ("title", "a <i>lo</i>ng day", "A Long Day"),
        ("title", "the <b>of</b> it", "The of It"),
        ("capitalize-all", "x<i>y</i> z", "Xy Z"),
        ("capitalize-first", "<i>abc</i> d", "Abc d"),
        ("uppercase", "<i>abc</i> d", "ABC D"),
    ],
)
def test_words_do_not_end_at_markup(kind: str, text: str, result: str) -> None:
    """A word may have half of its letters in italics."""
    assert _in(kind, text) == result


def test_markup_stays_where_it_was() -> None:
    """Only letters change."""
    html = shown(
        '<text variable="title" text-case="uppercase"/>',
        item(title="a <i>b</i> “c”"),
        html=True,
    )
    assert html == "A <i>B</i> “C”"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        # Few words in capitals are names, many are emphasis.
        ("PLOS ONE", "PLOS ONE"),
        ("JAMA", "JAMA"),
        ("IEEE/ACM Transactions", "IEEE/ACM Transactions"),
        ("THE LORD OF THE RINGS", "The Lord of the Rings"),
        ("JAMA: the journal", "JAMA: The Journal"),
        # A lone capital that is an article.
        ("Portrait of A Lady", "Portrait of a Lady"),
        ("A Lady", "A Lady"),
        ("Portrait: A Lady", "Portrait: A Lady"),
        ("Vitamin A", "Vitamin A"),
        # A Greek letter is a symbol, a Greek word is a word.
        ("the role of β-catenin", "The Role of β-Catenin"),
        ("β-catenin", "β-Catenin"),
        ("λόγος", "Λόγος"),
    ],
)
def test_capitals_in_title_case(text: str, result: str) -> None:
    """Those of names stay, those of emphasis and of articles do not."""
    assert _in("title", text) == result
    assert _in("title", f"<i>{text}</i>") == result


@pytest.mark.parametrize("text", ["arXiv", "iPhone apps", "mRNA", "β-catenin"])
def test_a_word_with_capitals_keeps_its_first_letter(text: str) -> None:
    """Its writer knows how it begins."""
    for kind in ("capitalize-first", "capitalize-all", "sentence"):
        assert _in(kind, text).split()[0] == text.split(maxsplit=1)[0]
    assert _in("capitalize-first", text) == text


@pytest.mark.parametrize(
    ("kind", "result"),
    [
        ("title", "A Trip to Izmir and Back"),
        ("sentence", "A trip to izmir and back"),
        ("lowercase", "a trip to izmir and back"),
        ("uppercase", "A TRIP TO IZMIR AND BACK"),
    ],
)
def test_a_letter_that_becomes_two_shifts_no_other(kind: str, result: str) -> None:
    """Small, the Turkish İ is an i and a dot that combines with it."""
    for text in ("A TRIP TO İZMİR AND BACK", "A TRIP TO <i>İZMİR</i> AND BACK"):
        found = _in(kind, text).replace("\u0307", "").replace("İ", "I")
        assert found == result
