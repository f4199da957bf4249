"""The elements of CSL 1.0.2: what they may have, and where they may stand.

An element may mean several things: ``cs:name`` is how names are written, or who wrote
the style. So the patterns are named by what an element is where it stands.

Source: CSL 1.0.2 specification, and ``csl.rnc`` of the schema of that release.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.csl.validation.attributes import (
    AFFIXES,
    BIBLIOGRAPHY_OPTIONS,
    CITATION_OPTIONS,
    CONDITIONS,
    DATE,
    DELIMITER,
    DISPLAY,
    FONT,
    GLOBAL_OPTIONS,
    LABEL,
    LABEL_FORM,
    LOCALE_OPTIONS,
    NAME,
    NAME_FORM,
    NAME_LIST,
    NUMBER,
    QUOTES,
    STANDARD,
    STRIP_PERIODS,
    TERM_FORM,
    TEXT_CASE,
    VARIABLE,
    Attributes,
    one_of,
)
from lupusrefs.csl.validation.values import (
    ANYTHING,
    BOOLEAN,
    COUNT,
    LANGUAGE,
    LANGUAGE_OF_INFO,
    MACRO_NAME,
    Choice,
)
from lupusrefs.csl.validation.vocabulary import CITATION_FORMATS, FIELDS, words


@dataclass(frozen=True, slots=True)
class Pattern:
    """What an element may have.

    Attributes:
        attributes: name -> what it may be set to.
        children: name of an element in it -> the pattern of that.
        required: attributes that it must have.
        needed: elements that it must have.
        wanted: elements that it should have.
        single: elements that it may have once only.
        before: element -> those that have to stand behind it.
        is_filled: whether an element without any in it makes no sense.
        is_text: whether it holds text.
        is_info: whether it is not rendered, so that whatever is wrong does no harm.
    """

    attributes: Attributes = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    single: frozenset[str] = frozenset()
    before: Mapping[str, frozenset[str]] = field(default_factory=dict)
    is_filled: bool = False
    is_text: bool = False
    is_info: bool = False


def _same(tags: str) -> dict[str, str]:
    """Elements whose patterns have their names."""
    return {tag: tag for tag in tags.split()}


RENDERING: Final = _same("choose date group label names number text")
_FORMATTING: Final[Attributes] = {**AFFIXES, **FONT}
_DATE_PARTS: Final = one_of("year-month-day year-month year")
_DATE_FORM: Final = one_of("text numeric")
_DATE_PART: Final[Attributes] = {
    "name": one_of("day month year"),
    "form": ANYTHING,  # which forms there are depends on the name
    "range-delimiter": ANYTHING,
    **FONT,
    **TEXT_CASE,
    **STRIP_PERIODS,
}
_TEXT_INFO: Final = Pattern({"lang": LANGUAGE_OF_INFO}, is_text=True, is_info=True)
_PERSON: Final = Pattern(
    children={"name": "person", "email": "person", "uri": "person"},
    needed=("name",),
    single=words("name email uri"),
    is_info=True,
)
_RELATIONS: Final = {
    "source": "it is of CSL 0.8: write `independent-parent`",
    "homepage": "it is of CSL 0.8: write `documentation`",
}


def _link(relations: str) -> Pattern:
    relation = Choice("", words(relations), hints=_RELATIONS, grave=False)
    return Pattern(
        {"href": ANYTHING, "rel": relation, "lang": LANGUAGE_OF_INFO},
        required=("href", "rel"),
        is_text=True,
        is_info=True,
    )


def _info(link: str) -> Pattern:
    return Pattern(
        children={
            **_same("category published updated id"),
            **dict.fromkeys(("author", "contributor"), "author"),
            **dict.fromkeys(("issn", "eissn", "issnl"), "issn"),
            **_same("rights title"),
            **dict.fromkeys(("summary", "title-short"), "summary"),
            "link": link,
        },
        needed=("title", "id", "updated"),
        single=words(
            "id eissn issnl published rights summary title title-short updated"
        ),
        is_info=True,
    )


_CONDITIONS: Final[Attributes] = {**CONDITIONS, "match": one_of("all any none")}
_IF: Final = Pattern(_CONDITIONS, RENDERING)
_STYLE: Final[Attributes] = {
    "class": one_of(
        "in-text note",
        **dict.fromkeys(("author-date", "numeric", "label"), "write `in-text`"),
    ),
    "default-locale": LANGUAGE,
    "version": ANYTHING,
    **GLOBAL_OPTIONS,
}
_BEFORE_LAYOUT: Final = {"sort": words("layout")}
_LOCALE: Final = {
    "style-options": "style-options",
    "date": "locale date",
    "terms": "terms",
}

PATTERNS: Final[Mapping[str, Pattern]] = {
    "style": Pattern(
        _STYLE,
        _same("info locale macro citation bibliography"),
        required=("class",),
        needed=("citation",),
        wanted=("info",),
        single=words("info citation bibliography"),
        before={
            "info": words("locale macro citation bibliography"),
        },
    ),
    "dependent style": Pattern(
        _STYLE, {"info": "dependent info"}, single=words("info")
    ),
    "locale file": Pattern(
        {"lang": LANGUAGE, "version": ANYTHING},
        {"info": "locale info", **_LOCALE},
        required=("lang",),
        needed=("terms", "date"),
        wanted=("style-options",),
        single=words("info style-options terms"),
        before={"info": frozenset(_LOCALE)},
    ),
    # Metadata.
    "info": _info("link"),
    "dependent info": _info("dependent link"),
    "locale info": Pattern(
        children={"translator": "author", "rights": "rights", "updated": "updated"},
        single=words("rights updated"),
        is_info=True,
    ),
    "author": _PERSON,
    "person": Pattern(is_text=True, is_info=True),
    "category": Pattern(
        {
            "citation-format": Choice("", CITATION_FORMATS, grave=False),
            "field": Choice("", FIELDS, grave=False),
        },
        is_info=True,
    ),
    "id": Pattern(is_text=True, is_info=True),
    "issn": Pattern(is_text=True, is_info=True),
    "link": _link("self template documentation"),
    "dependent link": _link("self independent-parent documentation"),
    "published": Pattern(is_text=True, is_info=True),
    "updated": Pattern(is_text=True, is_info=True),
    "rights": Pattern(
        {"license": ANYTHING, "lang": LANGUAGE_OF_INFO}, is_text=True, is_info=True
    ),
    "title": _TEXT_INFO,
    "summary": _TEXT_INFO,
    # Languages.
    "locale": Pattern({"lang": LANGUAGE}, _LOCALE, single=words("style-options terms")),
    "style-options": Pattern(LOCALE_OPTIONS),
    "terms": Pattern(children={"term": "term"}, is_filled=True),
    "term": Pattern(
        {
            "name": ANYTHING,  # looked up with the terms that texts show
            "form": TERM_FORM,
            "gender": one_of("masculine feminine"),
            "gender-form": one_of("masculine feminine"),
            "match": one_of("last-digit last-two-digits whole-number"),
        },
        {"single": "plural", "multiple": "plural"},
        required=("name",),
        single=words("single multiple"),
        before={"single": words("multiple")},
        is_text=True,
    ),
    "plural": Pattern(is_text=True),
    "locale date": Pattern(
        {"form": _DATE_FORM, **DELIMITER, **FONT, **TEXT_CASE},
        {"date-part": "date-part"},
        required=("form",),
        needed=("date-part",),
    ),
    # The areas of a style.
    "macro": Pattern(
        {"name": MACRO_NAME}, RENDERING, required=("name",), is_filled=True
    ),
    "citation": Pattern(
        CITATION_OPTIONS,
        {"sort": "sort", "layout": "citation layout"},
        needed=("layout",),
        single=words("sort layout"),
        before=_BEFORE_LAYOUT,
    ),
    "bibliography": Pattern(
        BIBLIOGRAPHY_OPTIONS,
        {"sort": "sort", "layout": "layout"},
        needed=("layout",),
        single=words("sort layout"),
        before=_BEFORE_LAYOUT,
    ),
    "sort": Pattern(children={"key": "key"}, is_filled=True),
    "key": Pattern(
        {
            "variable": VARIABLE,
            "macro": ANYTHING,
            "names-min": COUNT,
            "names-use-first": COUNT,
            "names-use-last": BOOLEAN,
            "sort": one_of("ascending descending"),
        }
    ),
    "citation layout": Pattern({**_FORMATTING, **DELIMITER}, RENDERING, is_filled=True),
    "layout": Pattern(_FORMATTING, RENDERING, is_filled=True),
    # What is rendered.
    "text": Pattern(
        {
            "variable": STANDARD,
            "macro": ANYTHING,
            "term": ANYTHING,
            "value": ANYTHING,
            "form": ANYTHING,  # which there are depends on what is shown
            "plural": BOOLEAN,
            **_FORMATTING,
            **DISPLAY,
            **QUOTES,
            **STRIP_PERIODS,
            **TEXT_CASE,
        }
    ),
    "number": Pattern(
        {
            "variable": NUMBER,
            "form": one_of("numeric ordinal long-ordinal roman"),
            **_FORMATTING,
            **DISPLAY,
            **TEXT_CASE,
        },
        required=("variable",),
    ),
    "label": Pattern(
        {"variable": NUMBER, "form": LABEL_FORM, **LABEL}, required=("variable",)
    ),
    "date": Pattern(
        {"variable": DATE, **_FORMATTING, **DISPLAY, **DELIMITER, **TEXT_CASE},
        {"date-part": "date-part"},
        required=("variable",),
        needed=("date-part",),
    ),
    "localized date": Pattern(
        {
            "variable": DATE,
            "form": _DATE_FORM,
            "date-parts": _DATE_PARTS,
            **_FORMATTING,
            **DISPLAY,
            **TEXT_CASE,
        },
        {"date-part": "localized date-part"},
        required=("variable",),
    ),
    "date-part": Pattern({**_DATE_PART, **AFFIXES}, required=("name",)),
    "localized date-part": Pattern(_DATE_PART, required=("name",)),
    "names": Pattern(
        {"variable": NAME_LIST, **_FORMATTING, **DISPLAY, **DELIMITER},
        {**_same("name et-al substitute"), "label": "names label"},
        required=("variable",),
        single=words("name et-al label substitute"),
        before={
            "name": words("et-al substitute"),
            "et-al": words("substitute"),
            "label": words("substitute"),
        },
    ),
    "name": Pattern(
        {"form": NAME_FORM, **NAME, **_FORMATTING, **DELIMITER},
        {"name-part": "name-part"},
    ),
    "name-part": Pattern(
        {"name": one_of("family given"), **_FORMATTING, **TEXT_CASE},
        required=("name",),
    ),
    "et-al": Pattern({"term": Choice("", frozenset(("et-al", "and others"))), **FONT}),
    "names label": Pattern({"form": TERM_FORM, **LABEL}),
    "substitute": Pattern(children=RENDERING, is_filled=True),
    "group": Pattern(
        {**_FORMATTING, **DISPLAY, **DELIMITER}, RENDERING, is_filled=True
    ),
    "choose": Pattern(
        children=_same("if else-if else"),
        needed=("if",),
        single=words("if else"),
        before={
            "if": words("else-if else"),
            "else-if": words("else"),
        },
    ),
    "if": _IF,
    "else-if": _IF,
    # It has none, but who gives it some means <else-if>.
    "else": Pattern(_CONDITIONS, RENDERING, is_filled=True),
}
