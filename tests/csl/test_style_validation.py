"""Validation of styles and locale files: what is found, where, and what is advised.

Source: CSL 1.0.2 specification, and the schema of that release.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import pytest

from lupusrefs.csl.validation import (
    MAX_DEPTH,
    MAX_ELEMENTS,
    Extent,
    Macros,
    refusals,
    validate,
)
from lupusrefs.csl.validation.problems import MAX_LISTED
from lupusrefs.csl.xml import parse
from lupusrefs.model.location import Diagnostic
from lupusrefs.styles.packages import installed_styles, locale_codes, locale_text

_OPEN: Final = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" '
_INFO: Final = (
    "<info><title>T</title><id>urn:x</id><updated>2026-01-31T12:00:00Z</updated></info>"
)
_TEXT: Final = '<text variable="title"/>'
_CITATION: Final = f"<citation><layout>{_TEXT}</layout></citation>"


def _style(layout: str = _TEXT, own: str = "", attributes: str = "") -> str:
    """A style: its own terms and macros are on line 3, its layout is on line 5."""
    return (
        f'{_OPEN}class="in-text" {attributes}>\n{_INFO}\n{own}\n<citation><layout>\n'
        f"{layout}\n</layout></citation></style>"
    )


def _cases(table: str) -> list[tuple[str, list[str]]]:
    """What is written, and what is found in it: each with the advice behind ``->``.

    Cases are separated by empty lines; what is found is indented by two blanks, and a
    line of it that goes on by four.
    """
    cases = []
    for block in table.strip().split("\n\n"):
        lines = block.replace("\n    ", " ").split("\n")
        written = "\n".join(line for line in lines if not line.startswith("  "))
        found = " ".join(line for line in lines if line.startswith("  "))
        cases.append((written, found.replace("   -> ", " -> ").strip().split("   ")))
    return cases


def _shown(found: Iterable[Diagnostic]) -> list[str]:
    """Each on a line, as a table has it."""
    return [
        f"{one.location} {one.severity}: {one.message} -> {one.hint}".partition(":")[2]
        for one in found
    ]


def _of(text: str) -> list[str]:
    """What is found in a file."""
    return _shown(validate(parse(text, "x"), "x"))


def test_nothing_is_wrong_with_a_good_style() -> None:
    """Macros, terms of its own, conditions, dates, names: all of it is valid."""
    own = (
        '<locale xml:lang="en"><style-options punctuation-in-quote="true"/>'
        '<date form="text"><date-part name="month" form="short" suffix=" "/></date>'
        '<terms><term name="in">In:</term><term name="ordinal-01" match="last-digit"'
        ' gender-form="feminine">re</term><term name="month-01" gender="masculine">a'
        '</term><term name="editor" form="short"><single>ed</single>'
        "<multiple>eds</multiple></term></terms></locale>"
        '<macro name="m"><choose><if type="book thesis" match="any"><text term="in"/>'
        '</if><else-if position="near-note" locator="sub-verbo">'
        '<number variable="volume"/></else-if><else><group delimiter=", ">'
        '<label variable="page"/></group></else></choose></macro>'
    )
    layout = (
        '<text macro="m"/><names variable="author editor"><label/><name and="symbol">'
        '<name-part name="family"/></name><et-al term="and others"/><substitute>'
        '<names variable="editor"/></substitute></names><date variable="issued">'
        '<date-part name="year"/></date><date variable="accessed" form="text"'
        ' date-parts="year"><date-part name="day" form="ordinal"/></date>'
        '<text value="x" quotes="true"/><text term="page" form="short" plural="true"/>'
    )
    assert _of(_style(layout, own, 'et-al-min="3" et-al-use-first="1"')) == []


_ELEMENTS: Final = """
<texd variable="title"/>
  5:1 error: there is no element <texd> in CSL 1.0.2
  -> did you mean <text>?

<zebra/>
  5:1 error: there is no element <zebra> in CSL 1.0.2
  -> remove it

<conditions/>
  5:1 error: there is no element <conditions> in CSL 1.0.2
  -> it is of CSL-M, not of CSL 1.0.2

<group><date-part name="year"/></group>
  5:8 error: <date-part> cannot stand in <group>
  -> it belongs in <date>

<name/>
  5:1 error: <name> cannot stand in <layout>
  -> it belongs in <author> or <names>

<names variable="author"><name/><name/></names>
  5:33 error: <names> has a second <name>
  -> remove one of them

<choose><if type="book"/><if type="bill"/></choose>
  5:26 error: <choose> has a second <if>
  -> write <else-if>

<choose><else><text variable="title"/></else></choose>
  5:1 error: <choose> needs <if>
  -> put <if> in it

<date variable="issued"/>
  5:1 error: <date> needs <date-part>
  -> put <date-part> in it

<institution><text variable="titel"/></institution>
  5:1 error: there is no element <institution> in CSL 1.0.2
  -> it is of CSL-M, not of CSL 1.0.2
  5:14 error: `titel` is not a text or number variable
  -> did you mean `title`?

<group>loose ends<text variable="title"/></group>
  5:1 warning: <group> holds no text: `loose ends` is not shown
  -> text is written <text value="..."/>

<group/>
  5:1 warning: <group> is empty
  -> put <text> or <group> in it

<names variable="author"><substitute><text value="x"/></substitute><label/></names>
  5:68 warning: <label> has to stand before <substitute> of line 5
  -> move it there
"""


@pytest.mark.parametrize(("written", "found"), _cases(_ELEMENTS))
def test_elements(written: str, found: list[str]) -> None:
    """Each is where it belongs, has what it needs, and is there once if it can be."""
    assert _of(_style(written)) == found


_ATTRIBUTES: Final = """
<text/>
  5:1 error: <text> needs one of the attributes `variable`, `macro`, `term` or
    `value`
  -> add one of them

<text variable="title" value="x"/>
  5:1 error: <text> has `variable` and `value`: it can have one of them only
  -> remove the others

<number/>
  5:1 error: <number> needs the attribute `variable`
  -> name a number variable

<date variable="issued"><date-part/></date>
  5:25 error: <date-part> needs the attribute `name`
  -> it can be `day`, `month` or `year`

<text variable="title" font-style="italics"/>
  5:1 error: `font-style` of <text> cannot be `italics`
  -> did you mean `italic`?

<text variable="title" font-weight="heavy"/>
  5:1 error: `font-weight` of <text> cannot be `heavy`
  -> it can be `bold`, `light` or `normal`

<text variable="title" vertical-align="superscript"/>
  5:1 error: `vertical-align` of <text> cannot be `superscript`
  -> write `sup`

<text variable="title" quotes="true "/>
  5:1 error: `quotes` of <text> cannot be `true`
  -> remove the blanks around it

<text variable="title" quotes="1"/>
  5:1 warning: `quotes` of <text> cannot be `1`
  -> write `true`

<names variable="author"><name et-al-min="three"/></names>
  5:26 error: `et-al-min` of <name> cannot be `three`
  -> it is a whole number, such as 3

<names variable="author"><name et-al-min="-1"/></names>
  5:26 warning: `et-al-min` of <name> cannot be `-1`
  -> the least that makes sense is 0

<text variable="title" form="verb"/>
  5:1 error: `form` of <text> cannot be `verb`
  -> terms alone have that form

<text value="x" form="short" plural="true"/>
  5:1 warning: `plural` of <text> has no effect with `value`
  -> remove it
  5:1 warning: `form` of <text> has no effect with `value`
  -> remove it

<date variable="issued"><date-part name="day" form="short"/></date>
  5:25 error: `form` of <date-part> cannot be `short`
  -> it can be `numeric`, `numeric-leading-zeros` or `ordinal`

<date variable="issued"><date-part name="day" strip-periods="true"/></date>
  5:25 warning: `strip-periods` of <date-part> has no effect on the day
  -> remove it

<date variable="issued" form="text"><date-part name="year" prefix="("/></date>
  5:37 warning: <date-part> has no attribute `prefix`
  -> it has no effect

<text variable="title" sufix="."/>
  5:1 warning: <text> has no attribute `sufix`
  -> did you mean `suffix`?

<text variable="title" zebra="."/>
  5:1 warning: <text> has no attribute `zebra`
  -> it has no effect

<group subgroup-delimiter=";"><text variable="title"/></group>
  5:1 warning: <group> has no attribute `subgroup-delimiter`
  -> it is of CSL-M, and has no effect

<label variable="page" include-period="true"/>
  5:1 warning: <label> has no attribute `include-period`
  -> it is of CSL 0.8, and has no effect

<text variable="title" text-case="sentence"/>
  5:1 warning: `text-case="sentence"` is deprecated
  -> keep titles in sentence case in the data
"""


@pytest.mark.parametrize(("written", "found"), _cases(_ATTRIBUTES))
def test_attributes(written: str, found: list[str]) -> None:
    """Those that are needed are there, and each has a value that it can have."""
    assert _of(_style(written)) == found


_CONDITIONS: Final = """
<choose><if/></choose>
  5:9 error: <if> has no condition
  -> conditions are `disambiguate`, `is-numeric`, `is-uncertain-date`, `locator`,
    `position`, `type` or `variable`

<choose><if type=""/></choose>
  5:9 error: `type` of <if> is empty
  -> name an item type

<choose><if type="book journal-article"/></choose>
  5:9 error: `journal-article` is not an item type
  -> did you mean `article-journal`?

<choose><if locator="sub verbo"/></choose>
  5:9 error: `sub` is not a locator
  -> write `sub-verbo`
  5:9 error: `verbo` is not a locator
  -> write `sub-verbo`

<choose><if position="far-note"/></choose>
  5:9 warning: `far-note` is not a position
  -> it is of CSL-M, not of CSL 1.0.2

<choose><if disambiguate="false"/></choose>
  5:9 warning: `disambiguate` of <if> cannot be `false`
  -> CSL 1.0.2 has `true` only: use <else>

<choose><if is-uncertain-date="title"/></choose>
  5:9 error: `title` is not a date variable
  -> it can be `accessed`, `available-date`, `event-date`, `issued`, `original-date`
    or `submitted`

<choose><if type="bill"/><else type="book"><text value="x"/></else></choose>
  5:26 error: <else> has a condition
  -> write <else-if>, or remove it

<choose><if type="bill"/><else/></choose>
  5:26 warning: <else> is empty
  -> put <text> or <group> in it
"""


@pytest.mark.parametrize(("written", "found"), _cases(_CONDITIONS))
def test_conditions(written: str, found: list[str]) -> None:
    """Branches have conditions that can be met ("Choose")."""
    assert _of(_style(written)) == found


_VARIABLES: Final = """
<text variable="titel"/>
  5:1 error: `titel` is not a text or number variable
  -> did you mean `title`?

<text variable="doi"/>
  5:1 error: `doi` is not a text or number variable
  -> did you mean `DOI`?

<text variable="container_title"/>
  5:1 error: `container_title` is not a text or number variable
  -> did you mean `container-title`?

<text variable="issued"/>
  5:1 error: `issued` is not a text or number variable
  -> it is a date variable: use <date>

<text variable="author"/>
  5:1 error: `author` is not a text or number variable
  -> it is a name variable: use <names>

<number variable="title"/>
  5:1 error: `title` is not a number variable
  -> it is a text variable: use <text>

<names variable="author publisher"/>
  5:1 error: `publisher` is not a name variable
  -> it is a text variable: use <text>

<text variable="journalAbbreviation"/>
  5:1 error: `journalAbbreviation` is not a text or number variable
  -> use variable="container-title" form="short"

<text variable="zebra"/>
  5:1 error: `zebra` is not a text or number variable
  -> the specification of CSL 1.0.2 lists what there is

<text variable="event"/><text variable="event"/>
  5:1 warning: `variable="event"` is deprecated
  -> use `event-title`

<text term="et al"/>
  5:1 warning: no locale has the term `et al`
  -> did you mean `et-al`?

<text term="zebra"/>
  5:1 warning: no locale has the term `zebra`
  -> define it in a <locale> of the style, or write `value`
"""


@pytest.mark.parametrize(("written", "found"), _cases(_VARIABLES))
def test_variables(written: str, found: list[str]) -> None:
    """Variables are of the kind that an element shows, and terms are there."""
    assert _of(_style(written)) == found


_MACROS: Final = """
<macro name="author"><text value="x"/></macro>
<text macro="autor"/><text macro="author"/>
  5:1 error: there is no macro `autor`
  -> did you mean `author`?

<macro/>
<text macro=""/>
  3:1 error: <macro> needs the attribute `name`
  -> names of macros have letters, digits, `-`, `_`, `.` and `:` only
  3:1 warning: <macro> is empty
  -> put <text> or <group> in it
  5:1 error: there is no macro ``
  -> define it with <macro>

<macro name="m"><text value="x"/></macro><macro name="m"><text value="y"/></macro>
<text macro="m"/>
  3:42 error: the macro `m` is there twice
  -> the other one is on line 3; the last one counts

<macro name="a"><text macro="b"/></macro>
<macro name="b"><group><text macro="a"/></group></macro>
<text macro="a"/>
  4:24 error: a macro calls itself: a -> b -> a
  -> take the call out of one of them

<macro name="a"><text value="x"/></macro><macro name="b"><text macro="a"/></macro>
<text value="x"/>
  3:1 warning: the macro `a` is not used
  -> remove it, or call it
  3:42 warning: the macro `b` is not used
  -> remove it, or call it

<macro name="a b"/>
<text macro="a b"/>
  3:1 warning: `name` of <macro> cannot be `a b`
  -> names of macros have letters, digits, `-`, `_`, `.` and `:` only
  3:1 warning: <macro> is empty
  -> put <text> or <group> in it
"""


@pytest.mark.parametrize(("written", "found"), _cases(_MACROS))
def test_macros(written: str, found: list[str]) -> None:
    """They are there, once, do not call themselves, and are used ("Macro")."""
    assert _of(_style(*reversed(written.rsplit("\n", 1)))) == found


_TERMS: Final = """
<term name="et al">x</term>
  3:16 warning: `et al` is no term of CSL 1.0.2
  -> did you mean `et-al`?

<term>x</term>
  3:16 error: <term> needs the attribute `name`
  -> add it

<term name="in" gender="feminine">x</term>
  3:16 warning: `gender` of <term> has no effect on the term `in`
  -> remove it

<term name="page" form="short" gender="feminine">x</term>
  3:16 warning: `gender` of <term> has no effect in this form
  -> remove it

<term name="page"><multiple>x</multiple></term>
  3:16 error: <term> has <multiple>, but no <single>
  -> add what it is of one

<term name="page"><single>x</single></term>
  3:16 warning: <term> has <single>, but no <multiple>
  -> add what it is of several

<term name="page">p<single>x</single><multiple>y</multiple></term>
  3:16 warning: <term> has <single>: `p` is not shown
  -> remove the one or the other

<term name="page"><multiple>y</multiple><single>x</single></term>
  3:56 warning: <single> has to stand before <multiple> of line 3
  -> move it there
"""


@pytest.mark.parametrize(("written", "found"), _cases(_TERMS))
def test_terms(written: str, found: list[str]) -> None:
    """A style defines terms that there are, as they can be ("Terms")."""
    assert _of(_style(own=f"<locale><terms>{written}</terms></locale>")) == found


_FILES: Final = """
<html/>
  1:1 error: this is a <html>, no CSL style or locale file
  -> they begin with <style> or <locale>

<style version="1.0">INFO</style>
  1:1 error: <style> needs the attribute `class`
  -> it can be `in-text` or `note`
  1:1 error: <style> needs <citation>
  -> put <citation> in it

<style class="author-date" version="0.8">CITATION</style>
  1:1 error: `class` of <style> cannot be `author-date`
  -> write `in-text`
  1:1 warning: <style> should have <info>
  -> put <info> in it
  1:1 warning: `version` of <style> is `0.8`, not `1.0`
  -> it is of CSL 0.8, and is read as CSL 1.0.2

<style class="note" default-locale="en_US">INFOCITATION</style>
  1:1 error: `default-locale` of <style> cannot be `en_US`
  -> it is a language such as `de-DE`
  1:1 warning: <style> should have the attribute `version`
  -> write `1.0`

<style class="note" version="1.0"><citation/>INFO</style>
  1:35 error: <citation> needs <layout>
  -> put <layout> in it
  1:46 warning: <info> has to stand before <citation> of line 1
  -> move it there

<style class="note" version="1.0.1">INFO<citation><layout/></citation></style>
  1:129 error: <layout> is empty
  -> put <text> or <group> in it

<style class="note" version="2">INFO<citation>
<layout><text value="x"/></layout><sort/></citation></style>
  1:1 warning: `version` of <style> is `2`, not `1.0`
  -> write `1.0`
  2:35 warning: <sort> has to stand before <layout> of line 2
  -> move it there
  2:35 warning: <sort> is empty
  -> put <key> in it

<style class="note" version="1.0"><citation><sort><key/></sort></citation></style>
  1:1 warning: <style> should have <info>
  -> put <info> in it
  1:35 error: <citation> needs <layout>
  -> put <layout> in it
  1:51 error: <key> needs one of the attributes `variable` or `macro`
  -> add one of them

<style class="note" version="1.0">INFOCITATION<bibliography line-spacing="0"/></style>
  1:179 error: `line-spacing` of <bibliography> cannot be `0`
  -> the least that makes sense is 1
  1:179 error: <bibliography> needs <layout>
  -> put <layout> in it

<locale/>
  1:1 error: <locale> needs the attribute `xml:lang`
  -> it is a language such as `de-DE`
  1:1 error: <locale> needs <terms>
  -> put <terms> in it
  1:1 error: <locale> needs <date>
  -> put <date> in it
  1:1 warning: <locale> should have <style-options>
  -> put <style-options> in it
  1:1 warning: <locale> should have the attribute `version`
  -> write `1.0`

<locale xml:lang="de" version="1.0"><style-options/><terms/><date form="text"/></locale>
  1:53 warning: <terms> is empty
  -> put <term> in it
  1:61 error: <date> needs <date-part>
  -> put <date-part> in it
"""


@pytest.mark.parametrize(("written", "found"), _cases(_FILES))
def test_files(written: str, found: list[str]) -> None:
    """Styles and locale files have their parts ("Styles - Structure")."""
    assert _of(written.replace("INFO", _INFO).replace("CITATION", _CITATION)) == found


_METADATA: Final = """
<title/>
  3:1 warning: <info> has a second <title>
  -> remove one of them
  3:1 warning: <title> is empty
  -> put a text in it

<issn>12345678</issn>
  3:1 warning: `12345678` is no ISSN
  -> it has the form 1234-567X

<updated>yesterday</updated>
  3:1 warning: <info> has a second <updated>
  -> remove one of them
  3:1 warning: <updated> cannot be `yesterday`
  -> it is a date and time, such as 2026-01-31T12:00:00+00:00

<category term="x"/>
  3:1 warning: <category> has no attribute `term`
  -> it has no effect
  3:1 warning: <category> needs one of the attributes `citation-format` or `field`
  -> add one of them

<author/>
  3:1 warning: <author> needs <name>
  -> put <name> in it

<text value="x"/>
  3:1 warning: <text> cannot stand in <info>
  -> it belongs in <macro>, <layout>, <substitute>, <group>, <if>, <else-if> or
    <else>

<link rel="homepage" href="x"/>
  3:1 warning: `rel` of <link> cannot be `homepage`
  -> it is of CSL 0.8: write `documentation`

<link/>
  3:1 warning: <link> needs the attribute `href`
  -> add it
  3:1 warning: <link> needs the attribute `rel`
  -> it can be `documentation`, `self` or `template`
"""


@pytest.mark.parametrize(("written", "found"), _cases(_METADATA))
def test_metadata(written: str, found: list[str]) -> None:
    """Whatever is wrong with it does no harm ("Info")."""
    info = _INFO.replace("</info>", f"\n{written}\n</info>")
    assert _of(f'{_OPEN}class="note">\n{info}\n{_CITATION}</style>') == found
    assert all(" warning: " in one for one in found)


def test_a_deprecated_variable_beside_its_successor() -> None:
    """Who shows both does it for processors of CSL 1.0.1."""
    layout = '<text variable="event-title"/><text variable="event"/>'
    assert _of(_style(layout)) == []
    # Whether there is a short title cannot be asked otherwise.
    assert _of(_style('<choose><if variable="title-short"/></choose>')) == []


def test_a_term_of_the_styles_own_is_known_to_its_texts() -> None:
    """It is warned of where it is defined, not where it is shown."""
    own = '<locale><terms><term name="zebra">x</term></terms></locale>'
    assert _of(_style('<text term="zebra"/>', own)) == [
        (
            "3:16 warning: `zebra` is no term of CSL 1.0.2 -> other processors may"
            " refuse it"
        ),
    ]


def test_a_style_has_one_root() -> None:
    """A second one inside is misplaced."""
    assert _of(_style("<style/>"))[0] == (
        "5:1 error: <style> cannot stand in <layout> -> a file has one <style>, around"
        " all the rest"
    )


def _dependent(link: str, more: str = "") -> str:
    info = _INFO.replace("</info>", f"\n{link}</info>")
    return f"{_OPEN}>{info}\n{more}</style>"


def test_dependent_styles() -> None:
    """They have metadata and a parent, and nothing else ("Dependent Styles")."""
    link = '<link rel="independent-parent" href="http://www.zotero.org/styles/apa"/>'
    assert _of(_dependent(link)) == []
    assert _of(_dependent(link, _CITATION)) == [
        (
            "3:1 error: a dependent style has no <citation>: that of its parent counts"
            " -> remove it, or the link of `independent-parent`"
        ),
    ]
    assert _of(_dependent('<link rel="independent-parent" href=""/>')) == [
        (
            "2:1 error: the link to the parent style has no address -> set `href` to"
            " the id of the style that this one depends on"
        ),
    ]


def test_a_good_locale_file() -> None:
    """It has a language, options, dates and terms ("Locale Files - Structure")."""
    good = (
        '<locale xml:lang="de-DE" version="1.0"><info><translator><name>A</name>'
        "</translator></info><style-options/>"
        '<date form="text"><date-part name="year"/></date>'
        '<terms><term name="in">in</term></terms></locale>'
    )
    assert _of(good) == []


def test_long_and_strange_values_are_cut() -> None:
    """A message is one line of a reasonable length, without control characters."""
    long, strange = "x" * 10_000, "a\u009b[31m"
    layout = f'<text variable="{long}"/><text variable="{strange}"/>'
    first, second = validate(parse(_style(layout), "x"), "x")
    assert first.message == f"`{'x' * 60}…` is not a text or number variable"
    assert second.message == "`a\ufffd[31m` is not a text or number variable"


def test_a_thousand_problems_are_listed() -> None:
    """Of more the number is told, and errors are not hidden by warnings."""
    layout = f'<text variable="title" zebra=""/>{_TEXT}' * 1100 + "<text/>"
    found = validate(parse(_style(layout), "x"), "x")
    assert Counter(one.is_error for one in found) == {False: MAX_LISTED + 1, True: 1}
    assert found[-1].message == "there are 100 more warnings, which are not listed"


def test_misspelt_names_without_end_take_no_time() -> None:
    """Looking for names that look like others stops after a while."""
    layout = "".join(f'<text variable="titel{number}"/>' for number in range(40_000))
    found = validate(parse(_style(layout), "x"), "x")
    assert found[0].hint == "did you mean `title`?"
    assert found[-2].hint == "the specification of CSL 1.0.2 lists what there is"


# Hostile styles: what each comes to, and that they are refused without being followed.


def _chain(length: int, *, times: int = 1) -> str:
    """Macros that each call the next one, so many times; the last shows a title."""
    macros = "".join(
        f'<macro name="m{number}">'
        + f'<text macro="m{number + 1}"/>' * times
        + "</macro>"
        for number in range(length)
    )
    last = f'<macro name="m{length}">{_TEXT}</macro>'
    return _style('<text macro="m0"/>', macros + last)


def _extent(text: str) -> Extent:
    (one,) = (extent for _, extent in Macros(parse(text, "x")).extents())
    return one


def _refused(text: str) -> list[str]:
    return _shown(refusals(parse(text, "x"), "x"))


_TOO_MANY: Final = (
    "<layout> with the macros that it calls comes to more than 100,000 elements ->"
    " macros that are called more than once multiply: call them once"
)
_TOO_DEEP: Final = (
    "<layout> with the macros that it calls is nested more than 150 levels deep ->"
    " macros that call each other in a chain nest: shorten the chain"
)


def test_the_extent_of_a_layout() -> None:
    """Macros count as often as they are called, branches as the largest of them."""
    assert _extent(_style()) == Extent(2, 1)
    # layout, text, macro, text, macro, text
    assert _extent(_chain(1)) == Extent(6, 3)
    branches = (
        f'<choose><if type="book">{_TEXT * 3}</if><else-if type="bill">{_TEXT}'
        f"</else-if><else><group>{_TEXT}</group></else></choose>"
    )
    # layout, choose, three branches, three texts
    assert _extent(_style(branches)) == Extent(8, 4)


def test_long_texts_count() -> None:
    """A short style could show a long text a thousand times."""
    assert _extent(_style(f'<text value="{"x" * 1000}"/>')) == Extent(12, 1)
    own = f'<locale><terms><term name="in">{"x" * 1000}</term></terms></locale>'
    assert _extent(_style('<text term="in"/>', own)) == Extent(12, 1)


def test_macros_that_double_are_refused() -> None:
    """Forty that each call the next one twice come to a million million titles."""
    assert _refused(_chain(14, times=2)) == []
    assert _extent(_chain(10_000, times=2)).elements == 10**12
    for text in (_chain(15, times=2), _chain(40, times=2), _chain(9, times=10)):
        assert _refused(text) == [f"4:11 error: {_TOO_MANY}"]


def test_a_long_chain_of_macros_is_refused() -> None:
    """Python's stack would not hold it."""
    assert _refused(_chain(MAX_DEPTH - 2)) == []
    for length in (MAX_DEPTH - 1, 10_000):
        assert _refused(_chain(length)) == [f"4:11 error: {_TOO_DEEP}"]


def test_deep_groups_are_refused() -> None:
    """Two hundred elements in each other can be read, but not always rendered."""
    deep = "<group>" * (MAX_DEPTH - 1) + _TEXT + "</group>" * (MAX_DEPTH - 1)
    assert _refused(_style(deep)) == []
    assert _refused(_style(f"<group>{deep}</group>")) == [f"4:11 error: {_TOO_DEEP}"]


def test_a_circle_of_macros_is_told_in_short() -> None:
    """Of ten thousand macros six are named."""
    circle = "".join(
        f'<macro name="m{number}"><text macro="m{(number + 1) % 10_000}"/></macro>'
        for number in range(10_000)
    )
    (found,) = refusals(parse(_style('<text macro="m0"/>', circle), "x"), "x")
    assert found.message == (
        "a macro calls itself: m0 -> m1 -> m2 -> ... -> m9998 -> m9999 -> m0"
    )


def test_of_many_circles_a_hundred_are_told() -> None:
    """Ten thousand with ten thousand macros each would fill the memory."""
    macros = "".join(
        f'<macro name="m{number}"><text macro="m{number + 1}"/><text macro="m0"/>'
        "</macro>"
        for number in range(1_000)
    )
    last = f'<macro name="m1000">{_TEXT}</macro>'
    assert len(_refused(_style('<text macro="m0"/>', macros + last))) == 100


def test_sort_keys_are_followed_as_well() -> None:
    """Sorting renders macros, too."""
    text = _chain(40, times=2).replace(
        '<layout>\n<text macro="m0"/>',
        f'<sort><key variable="title"/><key macro="m0"/></sort><layout>{_TEXT}',
    )
    assert [one.partition(" with")[0] for one in _refused(text)] == [
        "4:40 error: <key>"
    ]


# All of the official styles and locales are valid by the schema of CSL 1.0.2: a
# validator of RELAX NG finds nothing either.


def _official() -> Iterable[tuple[str, str]]:
    files = installed_styles()
    for are_dependent, ids in enumerate(files.ids):
        for id_ in ids:
            path = files.path(id_, is_dependent=bool(are_dependent))
            yield id_, path.read_text(encoding="utf-8")
    for code in sorted(locale_codes()):
        yield code, locale_text(code) or ""


def test_nothing_official_has_errors() -> None:
    """Nor are there warnings, but of names that are deprecated."""
    errors: list[str] = []
    warnings: set[str] = set()
    largest = deepest = 0
    for name, text in _official():
        root = parse(text, name)
        for one in validate(root, name):
            if one.is_error:
                errors.append(f"{one.location}: {one.message}")
            else:
                warnings.add(one.message)
        for _, extent in Macros(root).extents():
            largest = max(largest, extent.elements)
            deepest = max(deepest, extent.depth)
    assert errors == []
    assert warnings <= {
        '`variable="event"` is deprecated',
        '`variable="title-short"` is deprecated',
        '`variable="container-title-short"` is deprecated',
        '`text-case="sentence"` is deprecated',
    }
    # Far from the limits, so that no style of tomorrow comes near them either.
    assert largest < MAX_ELEMENTS / 10
    assert deepest < MAX_DEPTH / 2
