"""Terms, dates and options of a language (CSL 1.0.2, "Locale Files - Structure").

A term is looked up in the style's own ``cs:locale`` elements first: of the dialect, of
the language, of none; then in the locale files: of the dialect, of the language's main
dialect, of en-US ("Locale", "Locale Fallback").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.csl.xml import Element, parse

FALLBACK: Final = "en-US"
# CSL 1.0.2 specification, "Locale Fallback": the main dialects.
_MAIN_DIALECTS: Final = {
    "af": "af-ZA",
    "bg": "bg-BG",
    "ca": "ca-AD",
    "cs": "cs-CZ",
    "da": "da-DK",
    "de": "de-DE",
    "el": "el-GR",
    "en": "en-US",
    "es": "es-ES",
    "et": "et-EE",
    "fa": "fa-IR",
    "fi": "fi-FI",
    "fr": "fr-FR",
    "he": "he-IL",
    "hr": "hr-HR",
    "hu": "hu-HU",
    "is": "is-IS",
    "it": "it-IT",
    "ja": "ja-JP",
    "km": "km-KH",
    "ko": "ko-KR",
    "lt": "lt-LT",
    "lv": "lv-LV",
    "mn": "mn-MN",
    "nb": "nb-NO",
    "nl": "nl-NL",
    "nn": "nn-NO",
    "pl": "pl-PL",
    "pt": "pt-PT",
    "ro": "ro-RO",
    "ru": "ru-RU",
    "sk": "sk-SK",
    "sl": "sl-SI",
    "sr": "sr-RS",
    "sv": "sv-SE",
    "th": "th-TH",
    "tr": "tr-TR",
    "uk": "uk-UA",
    "vi": "vi-VN",
    "zh": "zh-CN",
}
# CSL 1.0.2 specification, "Terms": what stands in for a form that is missing.
_FORM_FALLBACK: Final = {
    "verb-short": "verb",
    "symbol": "short",
    "verb": "long",
    "short": "long",
}
_GENDERS: Final = ("masculine", "feminine", "neuter")
_TEN: Final = 10
_HUNDRED: Final = 100
_OLD_DEFAULT: Final = 4
_TEENS: Final = (11, 12, 13)
_DIGITS: Final = 3  # more than an ordinal has

# Gives the text of a locale file by its language ("de-DE"), None if there is none.
LocaleSource = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Term:
    """What a term is in one form.

    Attributes:
        single: of one thing, or without a plural.
        multiple: of several.
        gender: ``masculine``, ``feminine``, or empty.
    """

    single: str
    multiple: str
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Ordinals:
    """The ordinal suffixes of one gender (CSL 1.0.2, "Ordinal Suffixes").

    Attributes:
        suffixes: number -> (suffix, which part of a number has to match it).
        default: for all other numbers.
    """

    suffixes: Mapping[int, tuple[str, str]]
    default: str

    def suffix(self, number: int) -> str:
        """The suffix of a number."""
        if found := self.suffixes.get(number):
            return found[0]
        two = number % _HUNDRED
        if (found := self.suffixes.get(two)) and found[1] == "last-two-digits":
            return found[0]
        if (found := self.suffixes.get(two % _TEN)) and found[1] == "last-digit":
            return found[0]
        return self.default


@dataclass(slots=True)
class Locale:
    """A language as a style has it.

    Attributes:
        language: such as ``de-DE``.
        terms: (name, form, gender form) -> term.
        dates: ``text`` or ``numeric`` -> the ``cs:date`` element.
        options: of ``cs:style-options``.
    """

    language: str
    terms: dict[tuple[str, str, str], Term] = field(default_factory=dict)
    dates: dict[str, Element] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    _ordinals: dict[str, Ordinals] = field(default_factory=dict)

    def find(self, name: str, form: str = "long", gender: str = "") -> Term | None:
        """A term, in the next form that there is."""
        wanted: str | None = form
        while wanted:
            # A language may have a form for each gender and none besides.
            for one in dict.fromkeys((gender, "", *_GENDERS)):
                if found := self.terms.get((name, wanted, one)):
                    return found
            wanted = _FORM_FALLBACK.get(wanted)
        return None

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str:
        """The text of a term; empty where the language has none."""
        found = self.find(name, form)
        if found is None:
            return ""
        return found.multiple if plural else found.single

    def gender(self, name: str) -> str:
        """The gender of a noun, for ordinals that agree with it."""
        found = self.terms.get((name, "long", ""))
        return found.gender if found else ""

    def ordinals(self, gender: str = "") -> Ordinals:
        """The ordinal suffixes that agree with a gender."""
        if gender not in self._ordinals:
            self._ordinals[gender] = self._collected_ordinals(gender)
        return self._ordinals[gender]

    def _collected_ordinals(self, gender: str) -> Ordinals:
        suffixes: dict[int, tuple[str, str]] = {}
        default = ""
        genders = {of for name, _, of in self.terms if name.startswith("ordinal")}
        if gender not in genders and "" not in genders:
            gender = next((one for one in _GENDERS if one in genders), "")
        for wanted in dict.fromkeys(("", gender)):
            for (name, form, of), term in self.terms.items():
                if of != wanted or not name.startswith("ordinal"):
                    continue
                digits = name.removeprefix("ordinal").removeprefix("-")
                if not digits:
                    default = term.single
                elif digits.isascii() and digits.isdigit() and len(digits) < _DIGITS:
                    suffixes[int(digits)] = (term.single, form)
        if not default and _OLD_DEFAULT in suffixes:
            # CSL 1.0 has four suffixes: the last is that of all other numbers.
            default = suffixes.pop(_OLD_DEFAULT)[0]
            suffixes |= dict.fromkeys(_TEENS, (default, "last-two-digits"))
        return Ordinals(suffixes, default)

    @property
    def punctuation_in_quote(self) -> bool:
        """Whether full stops and commas go before a closing quotation mark."""
        return self.options.get("punctuation-in-quote") == "true"

    @property
    def ordinals_on_first_only(self) -> bool:
        """Whether only the first day of a month is an ordinal."""
        return self.options.get("limit-day-ordinals-to-day-1") == "true"

    def add(self, element: Element) -> None:
        """Take over what a ``cs:locale`` element says, over what was there."""
        for child in element.children:
            if child.tag == "terms":
                self._add_terms(child)
            elif child.tag == "date":
                self.dates[child.get("form")] = child
            elif child.tag == "style-options":
                self.options.update(child.attributes)

    def _add_terms(self, terms: Element) -> None:
        new: dict[tuple[str, str, str], Term] = {}
        for child in terms.all("term"):
            name = child.get("name")
            single, multiple = child.find("single"), child.find("multiple")
            text = child.text if single is None else single.text
            plural = text if multiple is None else multiple.text
            form = child.get("form", "long")
            if _is_ordinal(name):
                form = child.get("match", _match_of(name))
            key = (name, form, child.get("gender-form"))
            new[key] = Term(text, plural, child.get("gender"))
        if any(_is_ordinal(name) for name, _, _ in new):
            # A language's ordinals are replaced as a whole ("Ordinal Suffixes").
            self.terms = {k: v for k, v in self.terms.items() if not _is_ordinal(k[0])}
            self._ordinals.clear()
        for name, form, gender in new:
            if gender and (name, form, "") not in new:
                # What another language has for it does not come before.
                self.terms.pop((name, form, ""), None)
        self.terms.update(new)


def _is_ordinal(name: str) -> bool:
    return name == "ordinal" or (
        name.startswith("ordinal-") and name[len("ordinal-") :].isdigit()
    )


def _match_of(name: str) -> str:
    """What an ordinal matches that does not say: its digits, as far as they go."""
    digits = name.removeprefix("ordinal-")
    return "last-digit" if digits.startswith("0") else "last-two-digits"


def fallbacks(language: str) -> list[str]:
    """The locale files of a language, the best first.

    >>> fallbacks("de-AT")
    ['de-AT', 'de-DE', 'en-US']
    """
    base = language.partition("-")[0].lower()
    names = (language, _MAIN_DIALECTS.get(base, base), FALLBACK)
    return list(dict.fromkeys(name for name in names if name))


def read(text: str, name: str) -> Element:
    """The ``cs:locale`` element of a locale file.

    Raises:
        StyleError: it is none.
    """
    return parse(text, name)


def locale_of(
    language: str, own: Iterable[Element], files: Callable[[str], Element | None]
) -> Locale:
    """A language, with what a style has of its own.

    Args:
        language: wanted, such as ``de-AT``.
        own: the ``cs:locale`` elements of the style.
        files: language -> the root of its locale file, or None.
    """
    locale = Locale(language)
    for name in reversed(fallbacks(language)):
        root = files(name)
        if root is not None:
            locale.add(root)
    base = language.partition("-")[0].lower()
    dialect = _MAIN_DIALECTS.get(base, base) if "-" not in language else language
    wanted = {"": 0, base: 1, dialect.lower(): 2}
    matching = [one for one in own if one.get("lang").lower() in wanted]
    # The more general ones first: what is added later counts.
    for element in sorted(matching, key=lambda one: wanted[one.get("lang").lower()]):
        locale.add(element)
    return locale
