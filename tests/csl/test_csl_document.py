"""The citations of a document: positions, and what changes with a change.

Source: CSL 1.0.2 specification, "Choose" (position), "Note Distance", appendix IV
(first-reference-note-number).
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from csl.making import item, named, processor, style
from lupusrefs.csl import Citation, CiteItem, Document, Mode, writer
from lupusrefs.csl.output.tree import text_of

_POSITIONS = ("first", "subsequent", "ibid", "ibid-with-locator", "near-note")
# One letter for each position that holds: f, s, i, I, n.
_LETTERS = dict(zip(_POSITIONS, "fsiIn", strict=True))
_LAYOUT = "".join(
    f'<choose><if position="{name}"><text value="{letter}"/></if></choose>'
    for name, letter in _LETTERS.items()
)


def _document(options: str = "", layout: str = _LAYOUT, kind: str = "note") -> Document:
    made = style(
        f'<citation {options}><layout delimiter="|">{layout}</layout></citation>',
        attributes=f'class="{kind}"',
    )
    return Document(processor(made, [item(name, title=name) for name in "abcdefg"]))


def _cites(text: str) -> list[CiteItem]:
    """Cites as ``a b5``: an item each, with a locator."""
    return [CiteItem(one[0], locator=one[1:]) for one in text.split()]


def _written(document: Document, citations: Sequence[tuple[int, str]]) -> list[str]:
    """What the citations look like when all of them have been written, in order."""
    before: list[tuple[str, int]] = []
    for number, (note, cites) in enumerate(citations):
        document.update(Citation(str(number), _cites(cites), note), before)
        before.append((str(number), note))
    return _texts(document)


def _texts(document: Document) -> list[str]:
    return [text_of(content) for _, content in document.citations()]


@pytest.mark.parametrize(
    ("second", "position"),
    [
        # The preceding cite does not have a locator ...
        (("a", "a"), "si"),
        (("a", "a5"), "siI"),
        # ... or it does.
        (("a5", "a5"), "si"),
        (("a5", "a6"), "siI"),
        (("a5", "a"), "s"),
    ],
)
def test_ibid_by_locators(second: tuple[str, str], position: str) -> None:
    """The table of the two requirements, in the next note and in the same citation."""
    first, behind = second
    found = _written(_document(), [(1, first), (2, behind)])
    assert found == ["f", f"{position}n"]
    found = _written(_document(), [(1, f"{first} {behind}")])
    assert found == [f"f|{position}n"]


def test_labels_are_part_of_locators() -> None:
    """Chapter 5 is not page 5."""
    document = _document()
    document.update(Citation("1", [CiteItem("a", locator="5")], 1))
    chapter = [CiteItem("a", locator="5", label="chapter")]
    document.update(Citation("2", chapter, 2), [("1", 1)])
    page = [CiteItem("a", locator="5", label="chapter")]
    document.update(Citation("3", page, 3), [("1", 1), ("2", 2)])
    assert _texts(document) == ["f", "siIn", "sin"]


@pytest.mark.parametrize(
    ("citations", "positions"),
    [
        # Another item is between them.
        ([(1, "a"), (2, "b"), (3, "a")], ["f", "f", "sn"]),
        ([(1, "a b a")], ["f|f|sn"]),
        # The previous citation has more than one cite.
        ([(1, "a b"), (2, "b")], ["f|f", "sn"]),
        ([(1, "a b"), (2, "a")], ["f|f", "sn"]),
        # The cite is not the first of its citation.
        ([(1, "a"), (2, "b a")], ["f", "f|sn"]),
        ([(1, "a"), (2, "a a")], ["f", "sin|sin"]),
        ([(1, "a"), (2, "a"), (3, "a")], ["f", "sin", "sin"]),
    ],
)
def test_what_is_and_is_not_ibid(
    citations: list[tuple[int, str]], positions: list[str]
) -> None:
    """Either the cite before in the citation, or the only cite of the one before."""
    assert _written(_document(), citations) == positions


@pytest.mark.parametrize(
    ("options", "farthest"),
    [("", 5), ('near-note-distance="2"', 2), ('near-note-distance="0"', 0)],
)
def test_near_notes(options: str, farthest: int) -> None:
    """Not farther than ``near-note-distance``, 5 where it is not set."""
    for distance in range(7):
        notes = [(1, "a"), (1, "b"), (1 + distance, "a")]
        found = _written(_document(options), notes)[-1]
        assert found == ("sn" if distance <= farthest else "s")


def test_the_distance_is_that_from_the_last_cite() -> None:
    """Not from the first."""
    notes = [(1, "a"), (5, "b"), (6, "a"), (10, "b"), (11, "a"), (20, "b"), (21, "a")]
    assert _written(_document(), notes)[::2] == ["f", "sn", "sn", "s"]


def test_citations_in_the_text_have_positions_but_no_notes() -> None:
    """First, subsequent and ibid are the same there."""
    layout = _LAYOUT.replace('position="near-note"', 'position="no-such"')
    document = _document(layout=layout, kind="in-text")
    assert _written(document, [(0, "a"), (0, "a"), (0, "b"), (0, "a")]) == [
        *("f", "si", "f", "s")
    ]


def test_text_has_no_near_notes() -> None:
    """There is no note whose distance could be counted, in a style of either class."""
    for kind in ("in-text", "note"):
        found = _written(_document(kind=kind), [(0, "a"), (0, "a"), (0, "b"), (0, "a")])
        assert found == ["f", "si", "f", "s"]


def test_ibid_in_the_text_follows_a_single_cite_too() -> None:
    """As in notes: two cites before it leave open which of them it means."""
    document = _document(kind="in-text")
    citations = [(0, "a b"), (0, "b"), (0, "b5"), (0, "b b"), (0, "b")]
    found = _written(document, citations)
    assert found == ["f|f", "s", "siI", "s|si", "s"]


def test_a_locator_is_the_same_with_its_label_in_it() -> None:
    """Page 5 is what a bare 5 means (citeproc-js manual, "Locators")."""
    notes = [(1, "a5"), (2, "ap. 5"), (3, "ach. 5"), (4, "a5")]
    document = _document()
    before: list[tuple[str, int]] = []
    for note, cite in notes:
        cites = [CiteItem(cite[0], locator=cite[1:])]
        document.update(Citation(str(note), cites, note), before)
        before.append((str(note), note))
    assert _texts(document) == ["f", "sin", "siIn", "siIn"]


def test_the_note_of_the_first_cite() -> None:
    """Empty when the item has not been cited in any preceding note."""
    layout = (
        '<group delimiter=" "><text variable="title"/>'
        '<text variable="first-reference-note-number" prefix="n"/></group>'
    )
    document = _document(layout=layout)
    notes = [(3, "a b"), (4, "b c"), (7, "a"), (9, "c a")]
    assert _written(document, notes) == ["a|b", "b n3|c", "a n3", "c n4|a n3"]


def test_several_citations_in_one_note() -> None:
    """The next note has no one work that "ibid." could mean."""
    notes = [(1, "a"), (1, "a"), (2, "a")]
    found = _written(_document(), notes)
    assert found[:2] == ["f", "sin"]
    assert found[2].startswith("s")
    notes = [(1, "a"), (1, "b"), (2, "b"), (3, "b"), (3, "b5"), (4, "b")]
    assert _written(_document(), notes) == ["f", "f", "sn", "sin", "siIn", "sn"]


# --- changes -----------------------------------------------------------------------


def test_an_update_tells_what_looks_different() -> None:
    """Of the other citations those alone."""
    document = _document()
    changed = document.update(Citation("2", _cites("a"), 2))
    assert {key: text_of(one) for key, one in changed.items()} == {"2": "f"}
    changed = document.update(Citation("3", _cites("b"), 3), [("2", 2)])
    assert {key: text_of(one) for key, one in changed.items()} == {"3": "f"}
    # What is put before them makes one of them a later one.
    changed = document.update(Citation("1", _cites("a"), 1), after=[("2", 2), ("3", 3)])
    assert {key: text_of(one) for key, one in changed.items()} == {"1": "f", "2": "sin"}
    assert _texts(document) == ["f", "sin", "f"]


def test_a_citation_may_be_written_anew() -> None:
    """It takes the place of what it was."""
    document = _document()
    _written(document, [(1, "a"), (2, "a")])
    changed = document.update(Citation("0", _cites("b"), 1), after=[("1", 2)])
    assert set(changed) == {"0", "1"}
    assert _texts(document) == ["f", "f"]


def test_citations_that_are_named_no_more_are_gone() -> None:
    """The order is what the last update says."""
    document = _document()
    _written(document, [(1, "a"), (2, "b"), (3, "c")])
    document.update(Citation("2", _cites("c"), 2), [("0", 1)])
    assert [key for key, _ in document.citations()] == ["0", "2"]
    assert [one.id for one in document.registry.items] == ["a", "c"]


def test_notes_may_get_other_numbers() -> None:
    """Those that an update says they have now."""
    layout = (
        '<text variable="first-reference-note-number" prefix="n"/><text value="."/>'
    )
    document = _document(layout=layout)
    _written(document, [(1, "a"), (2, "a")])
    assert _texts(document) == [".", "n1."]
    document.update(Citation("new", _cites("b"), 1), after=[("0", 2), ("1", 3)])
    assert _texts(document) == [".", ".", "n2."]


def test_a_citation_may_move() -> None:
    """Then others become first ones."""
    document = _document()
    _written(document, [(1, "a"), (2, "a"), (3, "b")])
    document.update(Citation("0", _cites("a"), 3), [("1", 1), ("2", 2)])
    assert dict(zip("120", _texts(document), strict=True)) == {
        "1": "f",
        "2": "f",
        "0": "sn",
    }


def test_letters_come_and_go_with_the_works_that_are_cited() -> None:
    """A year has a letter only while another work of its look is cited."""
    layout = (
        '<names variable="author"/><date variable="issued" prefix=" ">'
        '<date-part name="year"/></date>'
    )
    made = style(
        '<citation disambiguate-add-year-suffix="true"><layout delimiter="; ">'
        f"{layout}</layout></citation>"
    )
    items = [item(name, author="A Doe", issued=2020) for name in "abc"]
    document = Document(processor(made, items))
    document.update(Citation("1", _cites("a")))
    assert _texts(document) == ["A Doe 2020"]
    changed = document.update(Citation("2", _cites("b")), [("1", 0)])
    assert set(changed) == {"1", "2"}
    assert _texts(document) == ["A Doe 2020a", "A Doe 2020b"]
    assert [document.registry.suffix(one) for one in "ab"] == [0, 1]
    document.update(Citation("2", _cites("a")), [("1", 0)])
    assert _texts(document) == ["A Doe 2020", "A Doe 2020"]


def test_numbers_are_those_of_the_works_that_are_cited() -> None:
    """An item that nobody cites has none."""
    number = '<text variable="citation-number"/>'
    made = style(
        f'<citation><layout delimiter=",">{number}</layout></citation>', number
    )
    engine = processor(made, [item(name) for name in "abc"])
    document = Document(engine)
    document.update(Citation("1", _cites("c b")))
    assert _texts(document) == ["1,2"]
    found = engine.bibliography(document.registry)
    assert [one.id for one in found.entries] == ["c", "b"]
    document.update(Citation("0", _cites("a")), after=[("1", 0)])
    assert _texts(document) == ["1", "2,3"]


@pytest.mark.parametrize(
    ("mode", "infix", "text"),
    [
        (Mode.WHOLE, "", "(A Doe 2020)"),
        (Mode.AUTHOR_ONLY, "", "A Doe"),
        (Mode.SUPPRESS_AUTHOR, "", "(2020)"),
        (Mode.COMPOSITE, "", "A Doe (2020)"),
        (Mode.COMPOSITE, "'s work", "A Doe’s work (2020)"),
    ],
)
def test_how_a_citation_stands_in_its_sentence(
    mode: Mode, infix: str, text: str
) -> None:
    """With its names, or apart from them (citeproc-js manual, "Citations")."""
    made = style(
        '<citation><layout prefix="(" suffix=")"><group delimiter=" ">'
        '<names variable="author"/><date variable="issued"><date-part name="year"/>'
        "</date></group></layout></citation>"
    )
    document = Document(processor(made, [item("a", author="A Doe", issued=2020)]))
    document.update(Citation("1", _cites("a"), mode=mode, infix=infix))
    found = _texts(document)[0]
    assert found.replace("'", "’") == text


@pytest.mark.parametrize(
    ("infix", "text"),
    [
        ("", "Kesey (1962; cf. Le Guin 1969)"),
        ("in early work", "Kesey in early work (1962; cf. Le Guin 1969)"),
        (" in early work ", "Kesey in early work (1962; cf. Le Guin 1969)"),
        (", in early work", "Kesey, in early work (1962; cf. Le Guin 1969)"),
    ],
)
def test_the_first_cite_gives_the_names_of_a_composite_citation(
    infix: str, text: str
) -> None:
    """Text goes between them and all the rest (citeproc-js manual, "Citations")."""
    made = style(
        '<citation><layout prefix="(" suffix=")" delimiter="; "><group delimiter=" ">'
        '<names variable="author"><name form="short"/></names>'
        '<date variable="issued"><date-part name="year"/></date></group></layout>'
        "</citation>"
    )
    le_guin = named({"family": "Le Guin", "given": "Ursula"})
    items = [
        item("a", author="Ken Kesey", issued=1962),
        item("b", author=le_guin, issued=1969),
    ]
    document = Document(processor(made, items))
    cites = [CiteItem("a"), CiteItem("b", prefix="cf.")]
    document.update(Citation("1", cites, mode=Mode.COMPOSITE, infix=infix))
    assert _texts(document) == [text]


_YEARS_TOGETHER = style(
    '<citation collapse="year"><layout prefix="(" suffix=")" delimiter="; ">'
    '<group delimiter=" "><names variable="author">'
    '<name form="short" font-style="italic"/></names>'
    '<date variable="issued"><date-part name="year"/></date></group></layout>'
    "</citation>"
)


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        (Mode.WHOLE, "(<i>Kesey</i> 1962, 1964; cf. <i>Le Guin</i> 1969)"),
        (Mode.SUPPRESS_AUTHOR, "(1962, 1964; cf. <i>Le Guin</i> 1969)"),
        (Mode.COMPOSITE, "Kesey (1962, 1964; cf. <i>Le Guin</i> 1969)"),
    ],
)
def test_years_of_suppressed_names_collapse(mode: Mode, text: str) -> None:
    """The names are said before, in the formatting of the running text.

    Source: citeproc-js manual, "composite" and "author-only".
    """
    le_guin = named({"family": "Le Guin", "given": "Ursula"})
    items = [
        item("a", author="Ken Kesey", issued=1962),
        item("b", author="Ken Kesey", issued=1964),
        item("c", author=le_guin, issued=1969),
    ]
    document = Document(processor(_YEARS_TOGETHER, items))
    cites = [CiteItem("a"), CiteItem("b"), CiteItem("c", prefix="cf.")]
    document.update(Citation("1", cites, mode=mode))
    html = writer("html")
    assert [html.inline(content) for _, content in document.citations()] == [text]


def test_a_document_is_the_same_however_it_was_written() -> None:
    """From the front, from the back, or one in the middle last."""
    wanted = [(1, "a"), (2, "b a"), (3, "a"), (4, "c5"), (5, "c")]
    forward = _written(_document(), wanted)
    backward = _document()
    after: list[tuple[str, int]] = []
    for number, (note, cites) in reversed(list(enumerate(wanted))):
        backward.update(Citation(str(number), _cites(cites), note), after=after)
        after.insert(0, (str(number), note))
    assert _texts(backward) == forward
    middle = _document()
    _written(middle, [*wanted[:2], (3, "d"), *wanted[3:]])
    places = [(str(number), note) for number, (note, _) in enumerate(wanted)]
    middle.update(Citation("2", _cites("a"), 3), places[:2], places[3:])
    assert _texts(middle) == forward
