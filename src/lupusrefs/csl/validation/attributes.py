"""The attributes that elements share, and what they may be set to.

Source: CSL 1.0.2 specification, "Formatting" to "Text-case", "Options".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from lupusrefs.csl.validation.values import (
    ANYTHING,
    BOOLEAN,
    COUNT,
    Choice,
    Integer,
    Value,
)
from lupusrefs.csl.validation.vocabulary import (
    DATE_VARIABLES,
    DEPRECATED_VARIABLES,
    FOREIGN_VARIABLES,
    LOCATORS,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    POSITIONS,
    STANDARD_VARIABLES,
    VARIABLES,
    words,
)
from lupusrefs.model.variables import CROSSREF_TYPES, TYPES

Attributes: TypeAlias = Mapping[str, Value]


def one_of(choices: str, **hints: str) -> Choice:
    """A choice of words, given with blanks between them, and hints for others."""
    return Choice("", words(choices), hints=hints)


AFFIXES: Final[Attributes] = {"prefix": ANYTHING, "suffix": ANYTHING}
DELIMITER: Final[Attributes] = {"delimiter": ANYTHING}
DISPLAY: Final[Attributes] = {
    "display": one_of("block left-margin right-inline indent")
}
FONT: Final[Attributes] = {
    "font-style": one_of("normal italic oblique"),
    "font-variant": one_of("normal small-caps"),
    "font-weight": one_of("normal bold light"),
    "text-decoration": one_of("none underline"),
    "vertical-align": one_of(
        "baseline sup sub", superscript="write `sup`", subscript="write `sub`"
    ),
}
QUOTES: Final[Attributes] = {"quotes": BOOLEAN}
STRIP_PERIODS: Final[Attributes] = {"strip-periods": BOOLEAN}
TEXT_CASE: Final[Attributes] = {
    "text-case": Choice(
        "",
        words("lowercase uppercase capitalize-first capitalize-all title sentence"),
        deprecated={"sentence": "keep titles in sentence case in the data"},
    )
}

_PRECEDES: Final = one_of("contextual after-inverted-name always never")
# Of cs:name; also of cs:style, cs:citation and cs:bibliography, for all in them.
NAME: Final[Attributes] = {
    "and": one_of("text symbol", **{"&": "write `symbol`", "and": "write `text`"}),
    "delimiter-precedes-et-al": _PRECEDES,
    "delimiter-precedes-last": _PRECEDES,
    "et-al-min": COUNT,
    "et-al-use-first": COUNT,
    "et-al-subsequent-min": COUNT,
    "et-al-subsequent-use-first": COUNT,
    "et-al-use-last": BOOLEAN,
    "initialize": BOOLEAN,
    "initialize-with": ANYTHING,
    "name-as-sort-order": one_of("first all"),
    "sort-separator": ANYTHING,
}
NAME_FORM: Final = one_of("long short count")
INHERITABLE: Final[Attributes] = {
    **NAME,
    "name-form": NAME_FORM,
    "name-delimiter": ANYTHING,
    "names-delimiter": ANYTHING,
}
GLOBAL_OPTIONS: Final[Attributes] = {
    "demote-non-dropping-particle": one_of("never sort-only display-and-sort"),
    "initialize-with-hyphen": BOOLEAN,
    "page-range-format": one_of(
        "expanded minimal minimal-two chicago chicago-15 chicago-16"
    ),
    **INHERITABLE,
}
CITATION_OPTIONS: Final[Attributes] = {
    "after-collapse-delimiter": ANYTHING,
    "cite-group-delimiter": ANYTHING,
    "collapse": one_of("citation-number year year-suffix year-suffix-ranged"),
    "disambiguate-add-givenname": BOOLEAN,
    "disambiguate-add-names": BOOLEAN,
    "disambiguate-add-year-suffix": BOOLEAN,
    "givenname-disambiguation-rule": one_of(
        "all-names all-names-with-initials primary-name primary-name-with-initials"
        " by-cite"
    ),
    "near-note-distance": COUNT,
    "year-suffix-delimiter": ANYTHING,
    **INHERITABLE,
}
BIBLIOGRAPHY_OPTIONS: Final[Attributes] = {
    "entry-spacing": Integer(grave=True),
    "hanging-indent": BOOLEAN,
    "line-spacing": Integer(least=1, grave=True),
    "second-field-align": one_of("flush margin", true="write `flush`"),
    "subsequent-author-substitute": ANYTHING,
    "subsequent-author-substitute-rule": one_of(
        "complete-all complete-each partial-each partial-first"
    ),
    **INHERITABLE,
}
LOCALE_OPTIONS: Final[Attributes] = {
    "limit-day-ordinals-to-day-1": BOOLEAN,
    "punctuation-in-quote": BOOLEAN,
}

TERM_FORM: Final = one_of("long short verb verb-short symbol")
LABEL_FORM: Final = one_of(
    "long short symbol",
    **dict.fromkeys(("verb", "verb-short"), "labels in <names> alone can be verbs"),
)
LABEL: Final[Attributes] = {
    "plural": one_of("contextual always never", true="write `always`"),
    **AFFIXES,
    **FONT,
    **STRIP_PERIODS,
    **TEXT_CASE,
}


def _variables(
    noun: str,
    known: frozenset[str],
    *,
    is_list: bool = False,
    deprecated: Mapping[str, str] | None = None,
) -> Choice:
    """Variables of a kind: of another kind's the hint says how they are shown."""
    shown_by = {
        **dict.fromkeys(NAME_VARIABLES, "it is a name variable: use <names>"),
        **dict.fromkeys(DATE_VARIABLES, "it is a date variable: use <date>"),
        **dict.fromkeys(STANDARD_VARIABLES, "it is a text variable: use <text>"),
        **FOREIGN_VARIABLES,
    }
    hints = {word: hint for word, hint in shown_by.items() if word not in known}
    return Choice(noun, known, is_list, hints, deprecated=deprecated or {})


NAME_LIST: Final = _variables("a name variable", NAME_VARIABLES, is_list=True)
DATE: Final = _variables("a date variable", DATE_VARIABLES)
NUMBER: Final = _variables("a number variable", NUMBER_VARIABLES)
# In conditions the deprecated ones have no successor: whether there is a short title
# cannot be asked otherwise.
STANDARD: Final = _variables(
    "a text or number variable", STANDARD_VARIABLES, deprecated=DEPRECATED_VARIABLES
)
VARIABLE: Final = _variables("a variable", VARIABLES)
_VARIABLE_LIST: Final = _variables("a variable", VARIABLES, is_list=True)

CONDITIONS: Final[Attributes] = {
    "disambiguate": Choice(
        "",
        words("true"),
        tolerated={"false": "CSL 1.0.2 has `true` only: use <else>"},
    ),
    "is-numeric": _VARIABLE_LIST,
    "is-uncertain-date": Choice("a date variable", DATE_VARIABLES, is_list=True),
    "locator": Choice(
        "a locator",
        LOCATORS,
        is_list=True,
        hints=dict.fromkeys(("sub", "verbo"), "write `sub-verbo`"),
    ),
    "position": Choice(
        "a position",
        POSITIONS,
        is_list=True,
        tolerated={"far-note": "it is of CSL-M, not of CSL 1.0.2"},
    ),
    "type": Choice(
        "an item type",
        TYPES,
        is_list=True,
        hints={old: f"did you mean `{new}`?" for old, new in CROSSREF_TYPES.items()},
    ),
    "variable": _VARIABLE_LIST,
}
