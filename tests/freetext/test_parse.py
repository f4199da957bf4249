"""Reference strings as items, by the model that ships.

The references are made up, in the form of common styles.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import JsonValue

from lupusrefs.freetext import labels as l
from lupusrefs.freetext.model import Labelling, Model
from lupusrefs.freetext.parse import parse, parse_all, parse_with
from lupusrefs.freetext.parsed import ReadField

MEDICINE = (
    "Weber AB, von Lund C, et al. Kidney disease in young patients with systemic lupus:"
    " a cohort study. Ann Rheum Dis. 2014;73(5):812–9. doi: 10.1234/ard.2014.5"
)
PSYCHOLOGY = (
    "Larsen, P. Q., & Moreau, R. (2009). Memory for faces in older adults. Psychology"
    " and Aging, 24(2), 301–315. https://doi.org/10.1234/pa-24-2"
)


def _csl(text: str) -> dict[str, JsonValue]:
    return parse(text).item.to_csl()


def test_a_reference_of_medicine() -> None:
    """The form of most medical journals."""
    assert _csl(MEDICINE) == {
        "type": "article-journal",
        "author": [
            {"family": "Weber", "given": "AB"},
            {"family": "Lund", "given": "C", "non-dropping-particle": "von"},
            {"literal": "others"},
        ],
        "title": "Kidney disease in young patients with systemic lupus: a cohort study",
        "container-title": "Ann Rheum Dis",
        "issued": {"date-parts": [[2014]]},
        "volume": "73",
        "issue": "5",
        "page": "812–9",
        "DOI": "10.1234/ard.2014.5",
    }


def test_a_reference_of_psychology() -> None:
    """The year in brackets behind the names."""
    assert _csl(PSYCHOLOGY) == {
        "type": "article-journal",
        "author": [
            {"family": "Larsen", "given": "P. Q."},
            {"family": "Moreau", "given": "R."},
        ],
        "title": "Memory for faces in older adults",
        "container-title": "Psychology and Aging",
        "issued": {"date-parts": [[2009]]},
        "volume": "24",
        "issue": "2",
        "page": "301–315",
        "DOI": "10.1234/pa-24-2",
    }


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        (
            (
                "[7] P. Larsen and R. Moreau, “Sparse models of speech,” IEEE Trans."
                " Signal Process., vol. 12, no. 3, pp. 45–51, Mar. 2011."
            ),
            {
                "citation-number": "7",
                "title": "Sparse models of speech",
                "volume": "12",
                "issue": "3",
                "page": "45–51",
                "issued": {"date-parts": [[2011, 3]]},
            },
        ),
        (
            (
                "Larsen, Peter, and Rosa Moreau. A History of Paper. 2nd ed. New York:"
                " Norton, 1998."
            ),
            {
                "type": "book",
                "title": "A History of Paper",
                "edition": "2",
                "publisher": "Norton",
                "publisher-place": "New York",
            },
        ),
        (
            (
                "Weber A. Kidney disease. J Immunol. Mar 3 2016. doi: 10.1234/ji.5."
                " [Epub ahead of print]"
            ),
            {
                "container-title": "J Immunol",
                "issued": {"date-parts": [[2016, 3, 3]]},
                "status": "Epub ahead of print",
                "DOI": "10.1234/ji.5",
            },
        ),
        (
            "Larsen PQ. Sleep and memory in adults. Nature Neuroscience (in press).",
            {"issued": {"literal": "in press"}, "status": "in press"},
        ),
        (
            "Larsen P. (2019) Deep models of speech. arXiv:1907.12345",
            {"type": "article", "archive": "arXiv", "archive_location": "1907.12345"},
        ),
        (
            (
                "Moreau R. Guidelines for the treatment of lupus. Available from:"
                " https://www.example.org/guide.pdf [Accessed 3 March 2020]"
            ),
            {
                "URL": "https://www.example.org/guide.pdf",
                "accessed": {"date-parts": [[2020, 3, 3]]},
            },
        ),
        (
            (
                "Larsen P. Sleep of adults. Sleep. 2013a;8(3):12-15. PMID: 34347960;"
                " PMCID: PMC2806746."
            ),
            {"PMID": "34347960", "PMCID": "PMC2806746", "year-suffix": "a"},
        ),
    ],
)
def test_references_of_many_kinds(text: str, variables: dict[str, JsonValue]) -> None:
    """Each has at least these variables, with these values."""
    read = _csl(text)
    assert {name: read.get(name) for name in variables} == variables


def test_fields_say_where_they_are_and_how_sure_that_is() -> None:
    """The text of a field is that of its place; an identifier is certain."""
    parsed = parse(MEDICINE)
    assert 0 < parsed.confidence <= 1
    places = [field.span for field in parsed.fields]
    assert places == sorted(places)
    for field in parsed.fields:
        assert 0 <= field.confidence <= 1
        if field.variable != "DOI":
            assert MEDICINE[field.span.start : field.span.end] == field.text
    assert parsed.fields[-1] == ReadField(
        "DOI", "10.1234/ard.2014.5", parsed.fields[-1].span, 1.0
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "12345",
        "....,,,;;;",
        "张三, 李四. 系统性红斑狼疮研究. 中华医学杂志, 2010, 90(3): 123-128.",
        "كتاب الطب، ابن سينا، القاهرة، 1987",
        MEDICINE + "\n" + PSYCHOLOGY,
        "\x00\ud800\uffff",
        "2015 2015 2015 31 31 31 Feb Feb",
        "<i>" * 50,
    ],
)
def test_anything_is_read(text: str) -> None:
    """Whatever the string, there is an answer, and its places are inside of it."""
    parsed = parse(text)
    assert parsed.text == text
    for field in parsed.fields:
        assert 0 <= field.span.start <= field.span.end <= len(text)


@pytest.mark.parametrize(
    "unit",
    ["x", "1 ", "(", "10.1000/", "A. ", "a, ", "Smith J, ", "http://", "“", ". ", "\n"],
)
def test_what_has_no_end_is_read_in_part(unit: str) -> None:
    """A hundred thousand characters take no longer than a long reference."""
    parsed = parse(unit * (100_000 // len(unit)))
    assert all(field.span.end <= 20_000 for field in parsed.fields)


def test_nothing_is_a_document_without_confidence() -> None:
    """An empty string says nothing."""
    parsed = parse("")
    assert (parsed.fields, parsed.confidence) == ((), 0.0)
    assert parsed.item.to_csl() == {"type": "document"}


def test_threads_read_the_same() -> None:
    """Each thread has a tagger of its own."""
    texts = [MEDICINE, PSYCHOLOGY] * 20
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(parse, texts))
    assert read == parse_all(texts)


class _Told(Model):
    """A model whose answer is known beforehand."""

    def __init__(self, *labels: str) -> None:
        super().__init__(b"")
        self._labels = labels

    def label(self, features: Sequence[Sequence[str]]) -> Labelling:
        """What it was told, for as many words as there are."""
        assert len(features) == len(self._labels)
        return Labelling(list(self._labels), [0.9] * len(features), 0.5)


def test_the_title_behind_the_editors_is_that_of_the_book() -> None:
    """The model does not look so far; where there is a container, it is believed."""
    text = "Doing In Lee Handbook Journal"
    told = (l.TITLE, l.EDITOR, l.EDITOR, l.TITLE)
    item = parse_with(_Told(*told, l.OTHER), text).item
    assert (item.title, item.container_title) == ("Doing", "Handbook")
    item = parse_with(_Told(*told, l.CONTAINER), text).item
    assert (item.title, item.container_title) == ("Doing", "Journal")


def test_the_day_of_a_visit_is_no_date_of_publication() -> None:
    """Words such as "accessed" decide, whatever the model takes the day for."""
    text = "Lupus, accessed 2001"
    for told in ((l.NOTE, l.NOTE), (l.ACCESSED, l.ISSUED)):
        item = parse_with(_Told(l.TITLE, *told), text).item
        assert item.issued is None
        assert str(item.accessed) == "2001"
    item = parse_with(_Told(l.ISSUED, l.TITLE, l.TITLE), "2001. On lupus").item
    assert str(item.issued) == "2001"


def test_how_many_pages_and_volumes_there_are() -> None:
    """Behind the number "p." and "vols." mean how many."""
    item = parse_with(_Told(l.PAGE, l.PAGE), "344 p.").item
    assert (item.page, item.number_of_pages) == (None, "344")
    item = parse_with(_Told(l.PAGE, l.PAGE), "p. 344").item
    assert (item.page, item.number_of_pages) == ("344", None)
    item = parse_with(_Told(l.VOLUME, l.VOLUME), "2 vols.").item
    assert (item.volume, item.number_of_volumes) == (None, "2")
