"""Small styles, items and locales, and what the processor makes of them.

The locales are written here, so that a test says by itself what it expects: nothing
depends on the locale files of an installed package.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from lupusrefs.csl import (
    Bibliography,
    CiteItem,
    OutputOptions,
    Processor,
    Style,
    writer,
)
from lupusrefs.csl.environment import Environment
from lupusrefs.csl.locale import Locale, locale_of
from lupusrefs.csl.output.tree import text_of
from lupusrefs.csl.xml import Element, parse

NAMESPACE: Final = "http://purl.org/net/xbiblio/csl"

_ENGLISH_TERMS: Final = """
    <term name="and">and</term>
    <term name="and" form="symbol">&amp;</term>
    <term name="et-al">et al.</term>
    <term name="and others">and others</term>
    <term name="no date">no date</term>
    <term name="no date" form="short">n.d.</term>
    <term name="circa" form="short">ca.</term>
    <term name="in">in</term>
    <term name="ibid">ibid.</term>
    <term name="retrieved">retrieved</term>
    <term name="from">from</term>
    <term name="ad">AD</term>
    <term name="bc">BC</term>
    <term name="open-quote">“</term>
    <term name="close-quote">”</term>
    <term name="open-inner-quote">‘</term>
    <term name="close-inner-quote">’</term>
    <term name="page-range-delimiter">–</term>
    <term name="ordinal">th</term>
    <term name="ordinal-01">st</term>
    <term name="ordinal-02">nd</term>
    <term name="ordinal-03">rd</term>
    <term name="ordinal-11">th</term>
    <term name="ordinal-12">th</term>
    <term name="ordinal-13">th</term>
    <term name="long-ordinal-01">first</term>
    <term name="long-ordinal-02">second</term>
    <term name="long-ordinal-03">third</term>
    <term name="long-ordinal-10">tenth</term>
    <term name="page"><single>page</single><multiple>pages</multiple></term>
    <term name="page" form="short">
      <single>p.</single><multiple>pp.</multiple>
    </term>
    <term name="section"><single>section</single><multiple>sections</multiple></term>
    <term name="section" form="symbol"><single>§</single><multiple>§§</multiple></term>
    <term name="chapter"><single>chapter</single><multiple>chapters</multiple></term>
    <term name="volume"><single>volume</single><multiple>volumes</multiple></term>
    <term name="number-of-volumes">
      <single>volume</single><multiple>volumes</multiple>
    </term>
    <term name="edition"><single>edition</single><multiple>editions</multiple></term>
    <term name="edition" form="short">ed.</term>
    <term name="sub-verbo">
      <single>sub verbo</single><multiple>sub verbis</multiple>
    </term>
    <term name="editor"><single>editor</single><multiple>editors</multiple></term>
    <term name="editor" form="short">
      <single>ed.</single><multiple>eds.</multiple>
    </term>
    <term name="editor" form="verb">edited by</term>
    <term name="translator">
      <single>translator</single><multiple>translators</multiple>
    </term>
    <term name="editortranslator">
      <single>editor &amp; translator</single>
      <multiple>editors &amp; translators</multiple>
    </term>
    <term name="season-01">Spring</term>
    <term name="season-02">Summer</term>
    <term name="season-03">Autumn</term>
    <term name="season-04">Winter</term>
"""
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_SHORT_MONTHS: Final = (
    *("Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug."),
    *("Sep.", "Oct.", "Nov.", "Dec."),
)
_ENGLISH_DATES: Final = """
    <date form="text">
      <date-part name="month" suffix=" "/>
      <date-part name="day" suffix=", "/>
      <date-part name="year"/>
    </date>
    <date form="numeric" delimiter="-">
      <date-part name="year"/>
      <date-part name="month" form="numeric-leading-zeros"/>
      <date-part name="day" form="numeric-leading-zeros"/>
    </date>
"""
_FRENCH: Final = """
    <style-options limit-day-ordinals-to-day-1="true"/>
    <date form="text" delimiter=" ">
      <date-part name="day" form="ordinal"/>
      <date-part name="month"/>
      <date-part name="year"/>
    </date>
    <terms>
      <term name="and">et</term>
      <term name="open-quote">«\u202f</term>
      <term name="close-quote">\u202f»</term>
      <term name="edition" gender="feminine">
        <single>édition</single><multiple>éditions</multiple>
      </term>
      <term name="month-01" gender="masculine">janvier</term>
      <term name="ordinal">e</term>
      <term name="ordinal-01" gender-form="feminine" match="whole-number">re</term>
      <term name="ordinal-01" gender-form="masculine" match="whole-number">er</term>
      <term name="long-ordinal-01">premier</term>
      <term name="long-ordinal-01" gender-form="feminine">première</term>
    </terms>
"""
_GERMAN: Final = """
    <terms>
      <term name="and">und</term>
      <term name="et-al">u.\u00a0a.</term>
      <term name="open-quote">„</term>
      <term name="close-quote">“</term>
      <term name="open-inner-quote">‚</term>
      <term name="close-inner-quote">‘</term>
    </terms>
"""


def locale_file(language: str, body: str) -> str:
    """The text of a locale file."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<locale xmlns="{NAMESPACE}" version="1.0" xml:lang="{language}">'
        f"{body}</locale>\n"
    )


def _english() -> str:
    months = "".join(
        f'<term name="month-{number:02d}">{long}</term>'
        f'<term name="month-{number:02d}" form="short">{short}</term>'
        for number, (long, short) in enumerate(
            zip(_MONTHS, _SHORT_MONTHS, strict=True), start=1
        )
    )
    terms = f"<terms>{_ENGLISH_TERMS}{months}</terms>"
    return locale_file("en-US", _ENGLISH_DATES + terms)


LOCALES: Final[Mapping[str, str]] = {
    "en-US": _english(),
    "fr-FR": locale_file("fr-FR", _FRENCH),
    "de-DE": locale_file("de-DE", _GERMAN),
}
# An item as a test writes it.
Data = Mapping[str, Any]


def locale(language: str = "en-US", own: str = "") -> Locale:
    """A language of those written here, with what a style has of its own.

    Args:
        language: such as ``fr-FR``.
        own: the ``cs:locale`` elements of the style.
    """
    elements = element(f"<style>{own}</style>").children
    return locale_of(language, elements, locale_root)


def locale_root(language: str) -> Element | None:
    """The root of a locale file, None if there is none."""
    text = LOCALES.get(language)
    return None if text is None else parse(text, f"locales-{language}.xml")


def element(text: str) -> Element:
    """An element of a style."""
    return parse(text, "<test>")


def environment(own: str = "", language: str = "en-US") -> Environment:
    """What is around an element of a style without macros."""
    area = element("<citation><layout/></citation>")
    return Environment(locale(language, own), {}, {}, area, language)


def style(
    citation: str = '<text value="cite"/>',
    bibliography: str | None = None,
    macros: Mapping[str, str] | None = None,
    attributes: str = "",
    locales: str = "",
) -> Style:
    """A style, of which a test says only what it is about.

    Args:
        citation: what the layout of citations has in it, or the whole
            ``<citation>`` element.
        bibliography: the same of the bibliography; None for none.
        macros: name -> what the macro has in it.
        attributes: of ``cs:style``; ``class`` is ``in-text`` where they say nothing.
        locales: ``cs:locale`` elements.
    """
    if " class=" not in f" {attributes}":
        attributes = f'class="in-text" {attributes}'
    written = "".join(
        f'<macro name="{name}">{body}</macro>' for name, body in (macros or {}).items()
    )
    areas = _area("citation", citation)
    if bibliography is not None:
        areas += _area("bibliography", bibliography)
    return Style.parse(
        f'<style xmlns="{NAMESPACE}" version="1.0" {attributes}>'
        f"<info><title>Small</title></info>{locales}{written}{areas}</style>",
        "small.csl",
    )


def _area(tag: str, body: str) -> str:
    if body.startswith(f"<{tag}"):
        return body
    return f"<{tag}><layout>{body}</layout></{tag}>"


def named(*names: str | Mapping[str, str]) -> list[Mapping[str, str]]:
    """Names as CSL-JSON has them: ``"John Doe"`` has given and family name."""
    made: list[Mapping[str, str]] = []
    for name in names:
        if isinstance(name, str):
            given, _, family = name.rpartition(" ")
            made.append(
                {"family": family, "given": given} if given else {"family": family}
            )
        else:
            made.append(name)
    return made


def dated(*parts: int | Sequence[int], **others: object) -> Mapping[str, object]:
    """A date: ``dated(2020, 5)``; of a range ``dated([2020], [2021])``."""
    rows = [parts] if parts and isinstance(parts[0], int) else parts
    return {
        "date-parts": [list(row) for row in rows if not isinstance(row, int)]
    } | others


def item(id_: str = "i", **variables: object) -> Data:
    """An item of type book; ``container_title`` is ``container-title``.

    A number is a year where a date is wanted, and text is names where names are:
    ``issued=2020``, ``author="John Doe; Ann Roe"``.
    """
    data: dict[str, object] = {"id": id_, "type": "book"}
    for name, value in variables.items():
        variable = name.replace("_", "-")
        data[variable] = _value(variable, value)
    return data


def _value(variable: str, value: object) -> object:
    if variable in {"issued", "accessed", "original-date"} and isinstance(value, int):
        return dated(value)
    if variable in {"author", "editor", "translator"} and isinstance(value, str):
        return named(*value.split("; "))
    return value


def processor(
    made: Style,
    items: Iterable[Data],
    *,
    language: str | None = None,
    links: bool = False,
    locales: Mapping[str, str] | None = None,
) -> Processor:
    """A processor with the locales written here, or with others."""
    files = LOCALES if locales is None else locales
    return Processor(made, items, files.get, language, OutputOptions(links=links))


def cite(
    made: Style,
    *items: Data,
    cites: Sequence[CiteItem] | None = None,
    language: str | None = None,
    html: bool = False,
) -> str:
    """A citation of items, as text or HTML.

    Args:
        made: the style.
        items: all that there are.
        cites: those that are cited, all of them where it does not say.
        language: wanted instead of the style's own.
        html: whether it is written as HTML; as text without formatting if not.
    """
    engine = processor(made, items, language=language)
    if cites is None:
        cites = [CiteItem(str(one["id"])) for one in items]
    content = engine.citation(cites)
    return writer("html").inline(content) if html else text_of(content)


def bibliography(
    made: Style, *items: Data, language: str | None = None
) -> Bibliography:
    """The bibliography of items."""
    return processor(made, items, language=language).bibliography()


def entries(
    made: Style, *items: Data, language: str | None = None, html: bool = False
) -> list[str]:
    """The entries of a bibliography, each as text or as HTML."""
    rendered = bibliography(made, *items, language=language).entries
    if html:
        return [writer("html").inline(entry.content) for entry in rendered]
    return [text_of(entry.content) for entry in rendered]


def sorted_ids(
    keys: str,
    *items: Data,
    macros: Mapping[str, str] | None = None,
    attributes: str = "",
) -> str:
    """The ids of items, sorted by the ``cs:key`` elements of a bibliography."""
    made = style(
        bibliography=f"<bibliography><sort>{keys}</sort><layout>"
        '<text variable="call-number"/></layout></bibliography>',
        macros=macros,
        attributes=attributes,
    )
    return "".join(entries(made, *[{**one, "call-number": one["id"]} for one in items]))


def shown(
    layout: str,
    data: Data | None = None,
    *,
    macros: Mapping[str, str] | None = None,
    attributes: str = "",
    locales: str = "",
    language: str | None = None,
    html: bool = False,
    **cite_item: Any,
) -> str:
    """What elements of a layout show of one item.

    Args:
        layout: what the layout of citations has in it.
        data: the item.
        macros: as in :func:`style`.
        attributes: of ``cs:style``.
        locales: ``cs:locale`` elements.
        language: wanted instead of the style's own.
        html: whether it is written as HTML.
        cite_item: locator, position and the like of the cite.
    """
    data = item() if data is None else data
    made = style(layout, macros=macros, attributes=attributes, locales=locales)
    cites = [CiteItem(str(data["id"]), **cite_item)]
    return cite(made, data, cites=cites, language=language, html=html)


NOTHING: Final = "[CSL STYLE ERROR: reference with no printed form.]"
