"""The names that CSL 1.0.2 has for things: variables, terms, locators, categories.

Source: CSL 1.0.2 specification, appendices I to IV, and the schema of that release
(``schemas/styles/*.rnc`` of the repository citation-style-language/schema); where the
two differ, what either of them has.
"""

from __future__ import annotations

from typing import Final

from lupusrefs.model.variables import DATES, NAMES, NUMBERS, STRINGS, TYPES


def words(text: str) -> frozenset[str]:
    """A set of words, written with blanks between them."""
    return frozenset(text.split())


NAME_VARIABLES: Final = frozenset((*NAMES, "editor-translator"))
DATE_VARIABLES: Final = frozenset(DATES)
NUMBER_VARIABLES: Final = frozenset(NUMBERS)
# What cs:text can show: a number, too, is a text.
STANDARD_VARIABLES: Final = frozenset((*NUMBERS, *STRINGS, "event"))
VARIABLES: Final = NAME_VARIABLES | DATE_VARIABLES | STANDARD_VARIABLES

# Deprecated variable -> what takes its place ("Standard Variables").
DEPRECATED_VARIABLES: Final = {
    "event": "use `event-title`",
    "title-short": 'use variable="title" form="short"',
    "container-title-short": 'use variable="container-title" form="short"',
}
# Where both are used, the deprecated name is there for processors of CSL 1.0.1.
SUCCESSORS: Final = {"event": "event-title"}
# Variables of CSL-JSON and of CSL 0.8 that styles are written with in error.
FOREIGN_VARIABLES: Final = {
    "journalAbbreviation": 'use variable="container-title" form="short"',
    "shortTitle": 'use variable="title" form="short"',
    "year": 'use <date variable="issued"> with <date-part name="year"/>',
    "date": 'use <date variable="issued">',
    "journal": "use `container-title`",
    "pages": "use `page`",
    "url": "use `URL`",
}

# Locators that are number variables as well.
_NUMBER_LOCATORS: Final = words("issue page part section supplement version volume")
# "title" is in the specification, "title-locator" in the schema and the locales.
LOCATORS: Final = _NUMBER_LOCATORS | words(
    "act appendix article-locator book canon chapter column elocation equation figure"
    " folio line note opus paragraph rule scene sub-verbo table timestamp title"
    " title-locator verse"
)

POSITIONS: Final = words("first subsequent ibid ibid-with-locator near-note")

_MONTHS: Final = frozenset(f"month-{number:02d}" for number in range(1, 13))
LONG_ORDINALS: Final = frozenset(
    f"long-ordinal-{number:02d}" for number in range(1, 11)
)
ORDINALS: Final = frozenset(("ordinal", *(f"ordinal-{n:02d}" for n in range(100))))
# Nouns that a number agrees with ("Gender-specific Ordinals").
NOUNS: Final = (
    _MONTHS
    | _NUMBER_LOCATORS
    | words(
        "chapter-number citation-number collection-number edition"
        " first-reference-note-number number number-of-pages number-of-volumes"
        " page-first printing"
    )
)
_OTHER_TERMS: Final = words(
    "accessed ad advance-online-publication album and anonymous at audio-recording bc"
    " bce by ce circa cited editortranslator et-al film forthcoming from henceforth"
    " ibid in internet interview letter loc-cit no-place no-publisher on online op-cit"
    " original-work-published personal-communication podcast podcast-episode preprint"
    " radio-broadcast radio-series radio-series-episode reference retrieved review-of"
    " scale special-issue special-section television-broadcast television-series"
    " television-series-episode video working-paper"
    " open-quote close-quote open-inner-quote close-inner-quote page-range-delimiter"
    " colon comma semicolon season-01 season-02 season-03 season-04"
)
# The old ones have blanks in them.
_TERMS_WITH_BLANKS: Final = frozenset(
    ("and others", "available at", "in press", "no date", "presented at")
)
# Every one of them is in a locale file, and nothing else is (citeproc-py 0.11).
TERMS: Final = (
    (LOCATORS - {"title"})
    | NOUNS
    | ORDINALS
    | LONG_ORDINALS
    | TYPES
    | NAME_VARIABLES
    | _OTHER_TERMS
    | _TERMS_WITH_BLANKS
)

CITATION_FORMATS: Final = words("author author-date label note numeric")
FIELDS: Final = words(
    "anthropology astronomy biology botany chemistry communications engineering"
    " generic-base geography geology history humanities law linguistics literature math"
    " medicine philosophy physics political_science psychology science social_science"
    " sociology theology zoology"
)
