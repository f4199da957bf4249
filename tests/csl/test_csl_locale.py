"""Terms, dates and options of languages, and what stands in for the missing ones.

Source: CSL 1.0.2 specification, "Locale Fallback", "Terms", "Ordinal Suffixes",
"Gender-specific Ordinals", "Localized Options".
"""

from __future__ import annotations

import pytest

from csl.making import element, locale, locale_file, locale_root, processor, style
from lupusrefs.csl import StyleError
from lupusrefs.csl.locale import Locale, fallbacks, locale_of, read
from lupusrefs.csl.numbers import long_ordinal
from lupusrefs.csl.xml import Element
from lupusrefs.styles.packages import locale_text


@pytest.mark.parametrize(
    ("language", "files"),
    [
        ("de-AT", ["de-AT", "de-DE", "en-US"]),
        ("de-DE", ["de-DE", "en-US"]),
        ("de", ["de", "de-DE", "en-US"]),
        ("en-GB", ["en-GB", "en-US"]),
        ("en-US", ["en-US"]),
        ("pt-BR", ["pt-BR", "pt-PT", "en-US"]),
        ("zh-TW", ["zh-TW", "zh-CN", "en-US"]),
        ("eu", ["eu", "en-US"]),
        ("", ["en-US"]),
    ],
)
def test_the_files_of_a_language(language: str, files: list[str]) -> None:
    """The dialect, the primary dialect of its language, American English."""
    assert fallbacks(language) == files


_SOURCES = (
    # From the one that counts most to the one that counts least (A1-A3, B4-B6).
    ("own", "de-AT"),
    ("own", "de"),
    ("own", ""),
    ("file", "de-AT"),
    ("file", "de-DE"),
    ("file", "en-US"),
)


@pytest.mark.parametrize("first", range(len(_SOURCES)))
def test_the_order_of_sources(first: int) -> None:
    """A term is that of the first source that has it, in whatever order they come."""
    own: list[Element] = []
    files: dict[str, Element] = {}
    for number, (kind, language) in reversed(list(enumerate(_SOURCES))):
        terms = f'<terms><term name="and">{number}</term></terms>'
        body = terms if number >= first else "<terms/>"
        lang = f' xml:lang="{language}"' if language else ""
        root = element(f"<locale{lang}>{body}</locale>")
        if kind == "own":
            own.append(root)
        else:
            files[language] = root
    for arranged in (own, own[::-1]):
        assert locale_of("de-AT", arranged, files.get).term("and") == str(first)


def test_each_unit_falls_back_by_itself() -> None:
    """Terms, their forms, dates and options come from different sources."""
    german = locale(
        "de-DE",
        '<locale xml:lang="de"><terms><term name="page">Seite</term></terms>'
        '<date form="text"><date-part name="year"/></date></locale>'
        '<locale><style-options punctuation-in-quote="true"/></locale>',
    )
    assert german.term("and") == "und"
    assert german.term("page") == "Seite"
    # Locale fallback takes precedence over the fallback of forms.
    assert german.term("page", "short") == "p."
    assert [part.get("name") for part in german.dates["text"].children] == ["year"]
    assert len(german.dates["numeric"].children) == 3
    assert german.punctuation_in_quote
    assert not german.ordinals_on_first_only


@pytest.mark.parametrize("language", ["fr", "de-CH", "en-GB"])
def test_terms_for_another_language_are_passed_over(language: str) -> None:
    """A ``cs:locale`` counts for its own dialect or language alone."""
    terms = '<terms><term name="and">x</term></terms>'
    own = f'<locale xml:lang="{language}">{terms}</locale>'
    assert locale("de-DE", own).term("and") == "und"


def test_codes_of_languages_are_compared_without_case() -> None:
    """RFC 5646, 2.1.1: case has no meaning in them."""
    own = '<locale xml:lang="DE-de"><terms><term name="and">x</term></terms></locale>'
    assert locale("de-DE", own).term("and") == "x"


@pytest.mark.parametrize("term", ['<term name="and"/>', '<term name="and"></term>'])
def test_an_empty_term_is_a_term(term: str) -> None:
    """The search for it stops there."""
    german = locale("de-DE", f"<locale><terms>{term}</terms></locale>")
    assert german.find("and") is not None
    assert german.term("and") == ""


@pytest.mark.parametrize(
    ("defined", "wanted", "found"),
    [
        (("long", "short", "verb", "verb-short", "symbol"), "symbol", "symbol"),
        (("long", "short"), "symbol", "short"),
        (("long", "verb"), "symbol", "long"),
        (("long", "short", "verb"), "verb-short", "verb"),
        (("long", "short"), "verb-short", "long"),
        (("long", "short"), "verb", "long"),
        (("long", "verb"), "short", "long"),
        (("short", "verb", "symbol"), "long", ""),
        ((), "symbol", ""),
    ],
)
def test_what_stands_in_for_a_form(
    defined: tuple[str, ...], wanted: str, found: str
) -> None:
    """``verb-short`` -> ``verb`` -> ``long``, ``symbol`` -> ``short`` -> ``long``."""
    terms = "".join(f'<term name="t" form="{form}">{form}</term>' for form in defined)
    made = Locale("xx")
    made.add(element(f"<locale><terms>{terms}</terms></locale>"))
    assert made.term("t", wanted) == found


def test_a_term_has_two_numbers() -> None:
    """One without them is the same in both."""
    english = locale()
    assert english.term("page", plural=True) == "pages"
    assert english.term("page") == "page"
    assert english.term("edition", "short", plural=True) == "ed."
    assert english.term("no such term", plural=True) == ""


def _ordinals(terms: str) -> Locale:
    return locale("en-US", f"<locale><terms>{terms}</terms></locale>")


_LAST_TWO = 'match="last-two-digits"'
_WHOLE = 'match="whole-number"'


@pytest.mark.parametrize(
    ("terms", "ending", "others"),
    [
        # "ordinal-00" through "ordinal-09": the last digit, if they say nothing.
        ('<term name="ordinal-00">X</term>', (0, 10, 20, 110), (1, 5)),
        (f'<term name="ordinal-00" {_LAST_TWO}>X</term>', (0, 100, 200), (10, 20)),
        (f'<term name="ordinal-00" {_WHOLE}>X</term>', (0,), (10, 100)),
        ('<term name="ordinal-03">X</term>', (3, 13, 23, 103), (2, 30)),
        (f'<term name="ordinal-03" {_LAST_TWO}>X</term>', (3, 103), (13, 23)),
        (f'<term name="ordinal-03" {_WHOLE}>X</term>', (3,), (13, 103)),
        # "ordinal-10" through "ordinal-99": the last two digits.
        ('<term name="ordinal-13">X</term>', (13, 113, 2013), (3, 130)),
        (f'<term name="ordinal-13" {_WHOLE}>X</term>', (13,), (113, 3)),
        # The term of the second group comes before that of the first.
        (
            '<term name="ordinal-13">X</term><term name="ordinal-03">rd</term>',
            (13, 113),
            (3, 23),
        ),
    ],
)
def test_which_numbers_an_ordinal_matches(
    terms: str, ending: tuple[int, ...], others: tuple[int, ...]
) -> None:
    """By the last digit, the last two, or the whole number ("Ordinal Suffixes")."""
    suffix = _ordinals(f'<term name="ordinal">th</term>{terms}').ordinals().suffix
    assert [suffix(number) for number in ending] == ["X"] * len(ending)
    assert "X" not in [suffix(number) for number in others]


def test_ordinals_are_replaced_as_a_whole() -> None:
    """A style that defines any of them has none of the locale's."""
    english = _ordinals('<term name="ordinal">.</term>')
    assert [english.ordinals().suffix(number) for number in (1, 2, 5, 12)] == ["."] * 4
    # Long ordinals are terms like others.
    assert english.term("long-ordinal-02") == "second"


def test_ordinals_that_were_asked_for_can_still_be_replaced() -> None:
    """What was found out before is forgotten."""
    english = locale()
    assert english.ordinals().suffix(1) == "st"
    english.add(element('<l><terms><term name="ordinal">º</term></terms></l>'))
    assert english.ordinals().suffix(1) == "º"


def test_ordinals_agree_with_a_gender() -> None:
    """With the neuter ones where a gender has none ("Gender-specific Ordinals")."""
    french = locale("fr-FR")
    assert french.gender("edition") == "feminine"
    assert french.gender("month-01") == "masculine"
    assert french.gender("volume") == ""
    assert french.gender("no such term") == ""
    assert french.ordinals("feminine").suffix(1) == "re"
    assert french.ordinals("masculine").suffix(1) == "er"
    assert french.ordinals().suffix(1) == "e"
    assert french.ordinals("feminine").suffix(3) == "e"
    assert french.ordinals("feminine").suffix(21) == "e"
    found = french.find("long-ordinal-01", gender="masculine")
    assert found is not None
    assert found.single == "premier"


def test_a_locale_file_that_is_none_is_told_by_name() -> None:
    """The error says which file, and where in it."""
    with pytest.raises(StyleError) as caught:
        processor(style(), [], locales={"en-US": "<locale>\n<terms>"})
    assert caught.value.location is not None
    assert str(caught.value.location).startswith("locales-en-US.xml:2:")


def test_a_language_without_any_file_has_no_terms() -> None:
    """It is no error: a style may bring all that it needs."""
    made = processor(style('<text value="x"/>'), [], locales={})
    assert made.term("page") == ""
    assert read(locale_file("de-DE", ""), "x").get("lang") == "de-DE"


@pytest.mark.parametrize(
    ("language", "gender", "number", "suffix"),
    [
        ("en-US", "", 1, "st"),
        ("en-US", "", 11, "th"),
        ("en-US", "", 122, "nd"),
        ("de-DE", "", 1, "."),
        ("fr-FR", "feminine", 1, "ʳᵉ"),
        ("fr-FR", "masculine", 1, "ᵉʳ"),
        ("fr-FR", "feminine", 2, "ᵉ"),
    ],
)
def test_ordinals_of_the_official_locales(
    language: str, gender: str, number: int, suffix: str
) -> None:
    """The files of the installed package are understood."""

    def file(one: str) -> Element | None:
        text = locale_text(one)
        return None if text is None else read(text, one)

    assert locale_of(language, (), file).ordinals(gender).suffix(number) == suffix


def test_the_ordinals_of_csl_1_0() -> None:
    """Four suffixes, the last of them for all other numbers ("Ordinal Suffixes")."""
    old = "".join(
        f'<term name="ordinal-0{number}">{suffix}</term>'
        for number, suffix in enumerate(("st", "nd", "rd", "th"), start=1)
    )
    suffix = _ordinals(old).ordinals().suffix
    expected = {
        "st": (1, 21, 101),
        "nd": (2, 32),
        "rd": (3, 123),
        "th": (0, 4, 5, 10, 11, 12, 13, 14, 24, 111, 112, 213),
    }
    for text, numbers in expected.items():
        assert [suffix(number) for number in numbers] == [text] * len(numbers)


def _spanish(terms: str) -> Locale:
    """A language with terms of its own, before American English."""
    spanish = element(f"<locale><terms>{terms}</terms></locale>")
    files = {"es-ES": spanish, "en-US": locale_root("en-US")}
    return locale_of("es-ES", (), files.get)


def test_gendered_ordinals_come_before_those_of_another_language() -> None:
    """A language may have none but those of its genders."""
    spanish = _spanish(
        '<term name="ordinal" gender-form="masculine">.º</term>'
        '<term name="ordinal" gender-form="feminine">.ª</term>'
    )
    feminine = spanish.ordinals("feminine")
    assert (feminine.suffix(1), feminine.suffix(11)) == (".ª", ".ª")
    for gender in ("masculine", "", "neuter"):
        assert spanish.ordinals(gender).suffix(1) == ".º"


def test_gendered_long_ordinals_come_before_those_of_another_language() -> None:
    """The word of a gender before the English one, which is left for the others."""
    spanish = _spanish(
        '<term name="long-ordinal-01" gender-form="masculine">primero</term>'
        '<term name="long-ordinal-01" gender-form="feminine">primera</term>'
    )
    assert long_ordinal(1, spanish, "feminine") == "primera"
    assert long_ordinal(1, spanish, "masculine") == "primero"
    assert long_ordinal(1, spanish) == "primero"
    assert long_ordinal(2, spanish) == "second"


@pytest.mark.parametrize(
    ("language", "own", "word"),
    [
        ("de", "de-DE", "x"),
        ("de", "de", "x"),
        ("de", "de-AT", "und"),
        ("de-AT", "de-DE", "und"),
        ("en", "en-US", "x"),
        ("en", "en-GB", "and"),
    ],
)
def test_a_language_is_its_main_dialect(language: str, own: str, word: str) -> None:
    """What a style has for that is for the language, too ("Locale Fallback")."""
    terms = '<terms><term name="and">x</term></terms>'
    found = locale(language, f'<locale xml:lang="{own}">{terms}</locale>')
    assert found.term("and") == word
