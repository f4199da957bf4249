"""What patterns cannot say: which attributes go together, and what texts look like.

Source: CSL 1.0.2 specification, and ``csl.rnc`` of the schema of that release.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final, TypeAlias

from lupusrefs.csl.validation import dialects
from lupusrefs.csl.validation.attributes import CONDITIONS, TERM_FORM, one_of
from lupusrefs.csl.validation.problems import Problems, listed, quoted
from lupusrefs.csl.validation.vocabulary import (
    LONG_ORDINALS,
    NOUNS,
    ORDINALS,
    TERMS,
)
from lupusrefs.csl.xml import Element

Constraint: TypeAlias = Callable[[Element, Collection[str], Problems], None]

# The relation of a dependent style to the one that it is like.
PARENT: Final = "independent-parent"
_VERSIONS: Final = frozenset(("1.0", "1.0.1", "1.0.2"))
_ISSN: Final = re.compile(r"[0-9]{4}-[0-9]{3}[0-9xX]")
# XML Schema Part 2, "dateTime".
_DATE_TIME: Final = re.compile(
    r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
# What cs:text shows -> the forms that it has.
_TEXT_FORMS: Final = {
    "term": TERM_FORM,
    "variable": one_of(
        "long short",
        **dict.fromkeys(("verb", "verb-short", "symbol"), "terms alone have that form"),
    ),
}
_DATE_PART_FORMS: Final = {
    "day": one_of("numeric numeric-leading-zeros ordinal"),
    "month": one_of("long short numeric numeric-leading-zeros"),
    "year": one_of("long short"),
}
# Attribute of cs:term -> the terms that can have it.
_TERMS_WITH: Final = {
    "gender": NOUNS,
    "gender-form": ORDINALS | LONG_ORDINALS,
    "match": ORDINALS,
}


def _one_of(
    element: Element, names: tuple[str, ...], problems: Problems, *, grave: bool = True
) -> str | None:
    """The one attribute that an element has of some; note it if it has not just one."""
    found = [name for name in names if name in element.attributes]
    if len(found) == 1:
        return found[0]
    choices = listed(f"`{name}`" for name in names)
    if found:
        both = listed((f"`{name}`" for name in found), "and")
        message = f"<{element.tag}> has {both}: it can have one of them only"
        hint = "remove the others"
    else:
        message = f"<{element.tag}> needs one of the attributes {choices}"
        hint = "add one of them"
    problems.add(element, message, hint, grave=grave)
    return None


def _without_effect(
    element: Element, names: tuple[str, ...], where: str, problems: Problems
) -> None:
    for name in names:
        if name in element.attributes:
            message = f"`{name}` of <{element.tag}> has no effect {where}"
            problems.warning(element, message, "remove it")


def _version(element: Element, _terms: Collection[str], problems: Problems) -> None:
    version = element.attributes.get("version")
    if version in _VERSIONS:
        return
    if version is None:
        message = f"<{element.tag}> should have the attribute `version`"
        kind = None
    else:
        message = f"`version` of <{element.tag}> is {quoted(version)}, not `1.0`"
        kind = dialects.of_version(version)
    hint = f"it is of {kind}, and is read as CSL 1.0.2" if kind else "write `1.0`"
    problems.warning(element, message, hint)


def _text(element: Element, terms: Collection[str], problems: Problems) -> None:
    kind = _one_of(element, ("variable", "macro", "term", "value"), problems)
    if kind is None:
        return
    if kind == "term":
        _check_term(element, terms, problems)
    else:
        _without_effect(element, ("plural",), f"with `{kind}`", problems)
    forms = _TEXT_FORMS.get(kind)
    if forms is None:
        _without_effect(element, ("form",), f"with `{kind}`", problems)
    elif "form" in element.attributes:
        forms.check("form", element, problems)


def _check_term(element: Element, terms: Collection[str], problems: Problems) -> None:
    term = element.attributes["term"]
    if term not in terms:
        hint = problems.did_you_mean(
            term, terms, "define it in a <locale> of the style, or write `value`"
        )
        problems.warning(element, f"no locale has the term {quoted(term)}", hint)


def _key(element: Element, _terms: Collection[str], problems: Problems) -> None:
    _one_of(element, ("variable", "macro"), problems)


def _condition(element: Element, _terms: Collection[str], problems: Problems) -> None:
    if not any(name in CONDITIONS for name in element.attributes):
        names = listed(f"`{name}`" for name in CONDITIONS)
        message = f"<{element.tag}> has no condition"
        problems.error(element, message, f"conditions are {names}")


def _no_condition(
    element: Element, _terms: Collection[str], problems: Problems
) -> None:
    if element.attributes:
        hint = "write <else-if>, or remove it"
        problems.error(element, "<else> has a condition", hint)


def _date_part(element: Element, _terms: Collection[str], problems: Problems) -> None:
    name = element.get("name")
    if "form" in element.attributes and name in _DATE_PART_FORMS:
        _DATE_PART_FORMS[name].check("form", element, problems)
    if name != "month":
        _without_effect(element, ("strip-periods",), f"on the {name}", problems)


def _term(element: Element, _terms: Collection[str], problems: Problems) -> None:
    name = element.attributes.get("name")
    if name is None:
        return
    if name not in TERMS:
        hint = problems.did_you_mean(name, TERMS, "other processors may refuse it")
        problems.warning(element, f"{quoted(name)} is no term of CSL 1.0.2", hint)
    else:
        for attribute, nouns in _TERMS_WITH.items():
            if name not in nouns and attribute in element.attributes:
                where = f"on the term {quoted(name)}"
                _without_effect(element, (attribute,), where, problems)
    if element.get("form", "long") != "long":
        _without_effect(element, tuple(_TERMS_WITH), "in this form", problems)
    tags = {child.tag for child in element.children}
    if not tags:
        return
    if "single" not in tags:
        message = "<term> has <multiple>, but no <single>"
        problems.error(element, message, "add what it is of one")
    elif "multiple" not in tags:
        message = "<term> has <single>, but no <multiple>"
        problems.warning(element, message, "add what it is of several")
    if element.text and not element.text.isspace():
        message = f"<term> has <single>: {quoted(element.text)} is not shown"
        problems.warning(element, message, "remove the one or the other")


def _parent(element: Element, _terms: Collection[str], problems: Problems) -> None:
    if element.get("rel") == PARENT and not element.get("href").strip():
        message = "the link to the parent style has no address"
        hint = "set `href` to the id of the style that this one depends on"
        problems.error(element, message, hint)


def _category(element: Element, _terms: Collection[str], problems: Problems) -> None:
    _one_of(element, ("citation-format", "field"), problems, grave=False)


def _date_time(element: Element, _terms: Collection[str], problems: Problems) -> None:
    if not _DATE_TIME.fullmatch(element.text.strip()):
        message = f"<{element.tag}> cannot be {quoted(element.text)}"
        hint = "it is a date and time, such as 2026-01-31T12:00:00+00:00"
        problems.warning(element, message, hint)


def _issn(element: Element, _terms: Collection[str], problems: Problems) -> None:
    if not _ISSN.fullmatch(element.text.strip()):
        message = f"{quoted(element.text)} is no ISSN"
        problems.warning(element, message, "it has the form 1234-567X")


def _content(element: Element, _terms: Collection[str], problems: Problems) -> None:
    if not element.text or element.text.isspace():
        problems.warning(element, f"<{element.tag}> is empty", "put a text in it")


# Name of a pattern -> what else holds of such an element.
CONSTRAINTS: Final[Mapping[str, Constraint]] = {
    "style": _version,
    "dependent style": _version,
    "locale file": _version,
    "dependent link": _parent,
    "category": _category,
    "id": _content,
    "issn": _issn,
    "published": _date_time,
    "updated": _date_time,
    "title": _content,
    "text": _text,
    "key": _key,
    "if": _condition,
    "else-if": _condition,
    "else": _no_condition,
    "date-part": _date_part,
    "localized date-part": _date_part,
    "term": _term,
}
