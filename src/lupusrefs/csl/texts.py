"""``cs:text``, ``cs:number`` and ``cs:label``.

Source: CSL 1.0.2 specification, "Text", "Number", "Label".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lupusrefs.csl import stream
from lupusrefs.csl.citation_label import citation_label
from lupusrefs.csl.conditions import text_of
from lupusrefs.csl.dates import year_suffix
from lupusrefs.csl.formatting import Frame, frame_of, in_case, is_english
from lupusrefs.csl.number_values import NumberForm
from lupusrefs.csl.numbers import is_several
from lupusrefs.csl.rendering import Renderer, Rendering
from lupusrefs.csl.rich_text import parse
from lupusrefs.csl.xml import Element

if TYPE_CHECKING:
    from lupusrefs.csl.environment import Environment

# Text variables that have a short form of their own.
_SHORT: Final = {
    "title": "title-short",
    "container-title": "container-title-short",
}
# Variable -> what goes before its value in an address.
_ADDRESSES: Final = {
    "URL": "",
    "DOI": "https://doi.org/",
    "PMID": "https://pubmed.ncbi.nlm.nih.gov/",
    "PMCID": "https://pmc.ncbi.nlm.nih.gov/articles/",
}
_OF_CITE: Final = frozenset(
    ("locator", "citation-number", "first-reference-note-number", "page-first")
)
# Whose values are numbers, ranges, lists of them.
NUMBERS: Final = frozenset(
    (
        "chapter-number",
        "citation-number",
        "collection-number",
        "edition",
        "first-reference-note-number",
        "issue",
        "locator",
        "number",
        "number-of-pages",
        "number-of-volumes",
        "page",
        "page-first",
        "part-number",
        "printing-number",
        "section",
        "supplement-number",
        "version",
        "volume",
    )
)
# What a style calls a label -> the term.
_TERMS: Final = {"sub verbo": "sub-verbo", "article": "article-locator"}
_COUNTED: Final = frozenset(("number-of-pages", "number-of-volumes"))
_DIGITS: Final = re.compile(r"\d+")


def compile_text(element: Element, environment: Environment) -> Renderer:
    """A renderer of ``cs:text`` with a variable, a term or a value."""
    frame = frame_of(element.attributes, is_english=environment.is_english)
    if variable := element.get("variable"):
        return _variable(variable, element.get("form"), frame, environment)
    if "term" in element.attributes:
        plural = element.get("plural") == "true"
        term, form = element.get("term"), element.get("form", "long")
        text = environment.locale.term(term, form, plural=plural)
        if term == "no date" and environment.is_tidy:
            return _no_date(text, frame, environment)
        if environment.is_note_citation and not frame.text_case:
            return _first_term(text, frame)
        return _constant(text, frame)
    return _constant(element.get("value"), frame)


def _constant(text: str, frame: Frame) -> Renderer:
    """What is the same in every item is worked out once."""
    built = list(parse(text)) if text else []
    frame.close(built, 0)
    tokens = tuple(built)

    def render(rendering: Rendering) -> None:
        rendering.out.extend(tokens)

    return render


def _no_date(text: str, frame: Frame, environment: Environment) -> Renderer:
    """What stands for a year has the letter of a year, else works would look the same.

    "This final disambiguation method is always successful" (CSL 1.0.2,
    "Disambiguation").
    """
    plain = _constant(text, frame)

    def render(rendering: Rendering) -> None:
        number = rendering.more.suffix
        if (
            number is None
            or rendering.year_done
            or environment.has_year_suffix
            or rendering.sorting
        ):
            plain(rendering)
            return
        rendering.year_done = True
        out = rendering.out
        start = len(out)
        out += parse(text)
        out += (stream.SUFFIX_OPEN, year_suffix(number), stream.SUFFIX_CLOSE)
        frame.close(out, start)

    return render


def _first_term(text: str, frame: Frame) -> Renderer:
    """A term that begins a note begins a sentence."""
    plain = _constant(text, frame)
    capital = _constant(text, replace(frame, text_case="capitalize-first"))

    def render(rendering: Rendering) -> None:
        begins = rendering.capitalizes and not any(
            isinstance(token, str) for token in rendering.out
        )
        (capital if begins else plain)(rendering)

    return render


def _variable(
    variable: str, form: str, frame: Frame, environment: Environment
) -> Renderer:
    if variable == "year-suffix":
        return _year_suffix(frame)
    if variable == "citation-label":
        return _label(frame, environment)
    if variable in NUMBERS:
        return _number(variable, "numeric", frame, environment, is_text=True)
    if environment.has_links and variable in _ADDRESSES:
        return _link(variable, frame)
    abbreviations = environment.abbreviations.get(variable) if form == "short" else None
    return _string(variable, form, frame, abbreviations or {})


def _link(variable: str, frame: Frame) -> Renderer:
    """An identifier that leads to what it identifies.

    A prefix that is the begin of the address is part of the link's text.
    """
    address = _ADDRESSES[variable]
    prefix = frame.head[0] if frame.head else ""
    inside = isinstance(prefix, str) and prefix == address != ""
    head = frame.head[1:] if inside else frame.head
    inner = replace(frame, head=(), tail=())

    def render(rendering: Rendering) -> None:
        rendering.called = True
        value = rendering.fields.get(variable)
        if not value:
            rendering.lack(variable)
            return
        if not rendering.take(variable):
            return
        out = rendering.out
        out.extend(head)
        href = value if value.startswith(("http://", "https://")) else address + value
        out.append(stream.Mark(stream.Kind.LINK_OPEN, href=href))
        if inside:
            out.append(prefix)
        out.extend(inner.changed((value,), rendering.item.language))
        out.append(stream.LINK_CLOSE)
        out.extend(frame.tail)

    return render


def _string(
    variable: str, form: str, frame: Frame, abbreviations: Mapping[str, str]
) -> Renderer:
    short = _SHORT.get(variable) if form == "short" else None
    head, tail = frame.head, frame.tail
    changes, case, strips = frame.changes, frame.text_case, frame.strip_periods
    style_english = frame.is_english

    def render(rendering: Rendering) -> None:
        rendering.called = True
        fields = rendering.fields
        value = fields.get(short) if short is not None else None
        if not value:
            value = fields.get(variable)
            if not value:
                rendering.lack(variable)
                return
            value = abbreviations.get(value, value)
        if not rendering.take(variable):
            return
        out = rendering.out
        out.extend(head)
        if not changes:
            if rendering.item.is_rich:
                out.extend(parse(value))
            else:
                out.append(value)
        elif strips:
            out.extend(frame.changed(parse(value), rendering.item.language))
        else:
            english = is_english(rendering.item.language, default=style_english)
            out.extend(in_case(case, value, english))
        out.extend(tail)

    return render


def _label(frame: Frame, environment: Environment) -> Renderer:
    """The label of an item, with its year suffix."""

    def render(rendering: Rendering) -> None:
        rendering.called = True
        label = citation_label(rendering.item)
        if not label:
            return
        rendering.rendered = True
        out = rendering.out
        start = len(out)
        out.append(label)
        number = rendering.more.suffix
        if (
            number is not None
            and not rendering.sorting
            and not environment.has_year_suffix
        ):
            out += (stream.SUFFIX_OPEN, year_suffix(number), stream.SUFFIX_CLOSE)
            rendering.year_done = True
        frame.close(out, start)

    return render


def _year_suffix(frame: Frame) -> Renderer:
    def render(rendering: Rendering) -> None:
        # That there is no letter says nothing about the group around it.
        number = rendering.more.suffix
        if number is None or rendering.sorting:
            return
        rendering.called = rendering.rendered = True
        rendering.year_done = True
        out = rendering.out
        start = len(out)
        out += (stream.SUFFIX_OPEN, year_suffix(number), stream.SUFFIX_CLOSE)
        frame.close(out, start)

    return render


def compile_number(element: Element, environment: Environment) -> Renderer:
    """A renderer of ``cs:number``."""
    frame = frame_of(element.attributes, is_english=environment.is_english)
    form = element.get("form", "numeric")
    return _number(element.get("variable"), form, frame, environment, is_text=False)


def _number(
    variable: str, form: str, frame: Frame, environment: Environment, *, is_text: bool
) -> Renderer:
    number_form = NumberForm(variable, form, environment, is_text=is_text)
    of_cite = variable in _OF_CITE

    def render(rendering: Rendering) -> None:
        rendering.called = True
        if of_cite:
            value = text_of(variable, rendering)
        else:
            value = rendering.fields.get(variable, "")
        if not value:
            rendering.lack(variable)
            return
        if not rendering.take(variable):
            return
        out = rendering.out
        start = len(out)
        if rendering.sorting:
            out.append(_DIGITS.sub(lambda match: match[0].lstrip("0").zfill(10), value))
            return
        out += number_form.tokens(value)
        frame.close(out, start, rendering.item.language)

    return render


def compile_label(element: Element, environment: Environment) -> Renderer:
    """A renderer of ``cs:label``."""
    variable = element.get("variable")
    form = element.get("form", "long")
    plural = element.get("plural", "contextual")
    frame = frame_of(element.attributes, is_english=environment.is_english)
    locale = environment.locale

    def render(rendering: Rendering) -> None:
        value = text_of(variable, rendering)
        if not value:
            return
        term = variable
        if variable == "locator":
            cite = rendering.cite
            label = cite.label if cite is not None else ""
            term = _TERMS.get(label, label) or "page"
        is_plural = plural == "always" or (
            plural == "contextual" and _is_plural(variable, value)
        )
        text = locale.term(term, form, plural=is_plural)
        if not text:
            return
        out = rendering.out
        start = len(out)
        # A term is in the language of the style, whatever that of the item.
        out += parse(text)
        frame.close(out, start)

    return render


def _is_plural(variable: str, value: str) -> bool:
    if variable in _COUNTED:
        return value.strip() not in {"0", "1"}
    return is_several(value)
