"""What ``OutputOptions.is_tidy`` does for readers where citeproc-js does less.

Source: CSL 1.0.2 specification, "Disambiguation" (year suffixes); the orphans of
punctuation are those of styles that end a part with a full stop and begin the next
one with one.
"""

from __future__ import annotations

import pytest

from csl.making import LOCALES, Data, item, style
from lupusrefs.csl import CiteItem, OutputOptions, Processor, Style
from lupusrefs.csl.output.tree import text_of

_TIDY = OutputOptions(is_tidy=True)


def _entries(made: Style, *items: Data, options: OutputOptions) -> list[str]:
    engine = Processor(made, items, LOCALES.get, None, options)
    return [text_of(one.content) for one in engine.bibliography().entries]


@pytest.mark.parametrize(
    ("layout", "title", "as_it_is", "tidy"),
    [
        # The publisher that was to be between them is missing.
        ('<text value=". "/><text value="."/>', "A title", "A title. .", "A title."),
        ('<text value=", "/><text value="."/>', "A title", "A title, .", "A title."),
        ('<text value=": "/><text value="."/>', "A title", "A title: .", "A title."),
        ('<text value=", "/><text value=", 5"/>', "A title", "A title, , 5", None),
        ('<text value=" "/><text value="."/>', "Who?", "Who? .", "Who?"),
        # What a field says of itself stays.
        ('<text value=". "/><text value=".NET"/>', "On", "On. .NET", "On. .NET"),
        ('<text value=" "/><text value="... so"/>', "On", "On ... so", "On ... so"),
    ],
)
def test_punctuation_that_is_left_over_goes(
    layout: str, title: str, as_it_is: str, tidy: str | None
) -> None:
    """Where a field is missing, two marks meet over a blank."""
    made = style(bibliography=f'<text variable="title"/>{layout}')
    data = item(title=title)
    assert _entries(made, data, options=OutputOptions()) == [as_it_is]
    assert _entries(made, data, options=_TIDY) == [tidy or "A title, 5"]


_DATE = (
    '<choose><if variable="issued"><date variable="issued"><date-part name="year"/>'
    '</date></if><else><text term="no date" form="short"/></else></choose>'
)
_SUFFIX = 'disambiguate-add-year-suffix="true"'


def test_works_without_a_year_have_letters() -> None:
    """The last method of disambiguation is always successful."""
    layout = f'<names variable="author"/><text value=" "/>{_DATE}'
    made = style(
        f'<citation {_SUFFIX}><layout delimiter="; ">{layout}</layout></citation>',
        layout,
    )
    items = [
        item("a", author="Doe", title="A"),
        item("b", author="Doe", title="B"),
        item("c", author="Roe", title="C"),
    ]
    engine = Processor(made, items, LOCALES.get, None, _TIDY)
    cites = [CiteItem(one) for one in "abc"]
    assert text_of(engine.citation(cites)) == "Doe n.d.a; Doe n.d.b; Roe n.d."
    entries = [text_of(one.content) for one in engine.bibliography().entries]
    assert entries == ["Doe n.d.a", "Doe n.d.b", "Roe n.d."]


def test_a_style_that_places_the_letter_itself_has_it_once() -> None:
    """As a variable behind what stands for the year."""
    layout = (
        f'<names variable="author"/><text value=" "/>{_DATE}'
        '<text variable="year-suffix" prefix="-"/>'
    )
    made = style(
        f'<citation {_SUFFIX}><layout delimiter="; ">{layout}</layout></citation>'
    )
    items = [item("a", author="Doe"), item("b", author="Doe")]
    engine = Processor(made, items, LOCALES.get, None, _TIDY)
    cites = [CiteItem(one) for one in "ab"]
    assert text_of(engine.citation(cites)) == "Doe n.d.-a; Doe n.d.-b"
