"""What formats cannot hold, with formats that forget on purpose, and with real ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given

from lupusrefs.formats import csl_json
from lupusrefs.formats.catalogue import FORMATS, Format
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.loss import HOLDS_ALL, Loss, LossKind, losses
from lupusrefs.formats.names import FormatName
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Origin, Reference
from strategies import libraries

Csl = dict[str, Any]
Fake = Callable[[Callable[[Csl], Csl | None]], FormatName]
FAKE = FormatName.RIS


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """A function that puts a format in the place of RIS: CSL-JSON, but for a change."""

    def put(change: Callable[[Csl], Csl | None]) -> FormatName:
        def dump(items: Iterable[Item]) -> str:
            changed = [change(dict(item.to_csl())) for item in items]
            return json.dumps([item for item in changed if item is not None])

        monkeypatch.setitem(FORMATS, FAKE, Format((), csl_json.load, dump))
        return FAKE

    return put


def without(*variables: str) -> Callable[[Csl], Csl]:
    """A format that has no place for some variables."""
    return lambda item: {v: value for v, value in item.items() if v not in variables}


def told(found: Iterable[Loss]) -> list[tuple[str, str, str, str | None]]:
    """Key, field, value, and what became of it."""
    return [(one.key, one.field, one.value, one.became) for one in found]


ITEM = Item(
    id="ng2020",
    type="book",
    author=(Name("Ng", "A."), Name(literal="World Bank")),
    title="A title",
    issued=Date(PartialDate(2020, 5)),
    medium="Print",
    url="https://doi.org/10.1000/X",
    doi="10.1000/x",
    categories=("a", "b"),
    custom={"read": "ja, größtenteils"},
)


def test_a_format_that_holds_everything_loses_nothing(fake: Fake) -> None:
    """The comparison finds nothing that is not there."""
    assert losses([ITEM], fake(lambda item: item)) == []


def test_what_is_gone_is_lost(fake: Fake) -> None:
    """In the order of the variables, with the value in words."""
    name = fake(without("author", "medium", "issued", "custom", "categories"))
    found = losses([ITEM], name)
    assert told(found) == [
        ("ng2020", "author", "A. Ng; World Bank", None),
        ("ng2020", "issued", "2020-05", None),
        ("ng2020", "medium", "Print", None),
        ("ng2020", "categories", "a, b", None),
        ("ng2020", "custom", '{"read": "ja, größtenteils"}', None),
    ]
    assert {one.kind for one in found} == {LossKind.LOST}


def test_what_is_another_is_altered(fake: Fake) -> None:
    """With both values; an empty one is gone."""
    change = {"issued": {"date-parts": [[2020]]}, "type": "document", "medium": ""}
    found = losses([ITEM], fake(lambda item: item | change))
    assert told(found) == [
        ("ng2020", "type", "book", "document"),
        ("ng2020", "issued", "2020-05", "2020"),
        ("ng2020", "medium", "Print", None),
    ]
    assert [one.kind.value for one in found] == ["altered", "altered", "lost"]


def test_names_that_read_alike_are_told_apart_by_their_parts(fake: Fake) -> None:
    """Only those that differ."""
    item = Item(id="a", author=(Name("Ng", "A."), Name("van Pol", "J.")))
    names = [
        {"family": "Ng", "given": "A."},
        {"family": "Pol", "given": "J.", "dropping-particle": "van"},
    ]
    found = losses([item], fake(lambda item: item | {"author": names}))
    assert told(found) == [
        (
            *("a", "author", "family: van Pol, given: J."),
            "family: Pol, given: J., dropping-particle: van",
        )
    ]


def test_a_rewritten_id_is_no_loss(fake: Fake) -> None:
    """Items are told apart by their place; the key is the one of the item."""
    items = [ITEM, ITEM.model_copy(update={"id": "b", "medium": "Film"})]
    found = losses(items, fake(lambda item: without("medium")(item) | {"id": "x"}))
    assert told(found) == [
        ("ng2020", "medium", "Print", None),
        ("b", "medium", "Film", None),
    ]


def test_an_item_that_is_gone_has_lost_everything(fake: Fake) -> None:
    """Of several the right one, by its key."""
    items = [Item(id="a", title="A"), Item(id="b", title="B"), Item(id="c", title="C")]
    found = losses(items, fake(lambda item: None if item["id"] == "b" else item))
    assert told(found) == [("b", "type", "document", None), ("b", "title", "B", None)]


def test_a_url_that_is_the_doi_again_is_no_loss(fake: Fake) -> None:
    """Styles would print it twice; any other URL is one."""
    name = fake(without("URL"))
    assert losses([ITEM], name) == []
    other = ITEM.model_copy(update={"url": "https://doi.org/10.1000/y"})
    assert [one.field for one in losses([other], name)] == ["URL"]
    without_doi = ITEM.model_copy(update={"doi": None})
    assert [one.field for one in losses([without_doi], name)] == ["URL"]


def test_a_title_that_the_reader_puts_into_sentence_case_is_there(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader keeps what the file had."""
    name = fake(lambda item: item | {"title": item["title"].lower()})
    title = Item(id="a", title="On Things")
    assert [one.became for one in losses([title], name)] == ["on things"]
    read = Reference(
        id="a",
        title="on things",
        origin=Origin("ris", "JOUR", titles={"title": "On Things"}),
    )
    loaded = Loaded((read,))
    known = Format((), lambda _: loaded, FORMATS[name].dump)
    monkeypatch.setitem(FORMATS, name, known)
    assert losses([title], name) == []


def test_the_text_at_hand_is_not_written_again(fake: Fake) -> None:
    """An export has it already."""
    name = fake(without("title"))
    text = csl_json.dump([ITEM])
    assert losses([ITEM], name, text=text) == []


# --- fields beyond CSL ----------------------------------------------------------------

FOREIGN = Reference(
    id="ng2020",
    title="T",
    origin=Origin(
        "bibtex", "book", (("shelf", " B 12 "), ("file", "x.pdf"), ("x", " "))
    ),
)


@pytest.mark.parametrize("name", [*sorted(HOLDS_ALL), FAKE])
def test_foreign_fields_are_lost_in_another_family(
    fake: Fake, name: FormatName
) -> None:
    """Also where every variable is held; empty ones are nothing."""
    fake(lambda item: item)
    found = losses([FOREIGN], name)
    assert told(found) == [
        ("ng2020", "shelf", "B 12", None),
        ("ng2020", "file", "x.pdf", None),
    ]
    assert {(one.kind, one.family) for one in found} == {(LossKind.FOREIGN, "bibtex")}


def test_foreign_fields_stay_in_their_family(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the reader finds again, in whatever case; what it does not is lost."""
    name = fake(lambda item: item)
    before = FOREIGN.model_copy(
        update={"origin": Origin("ris", "BOOK", (("C1", "a"), ("C2", "b")))}
    )
    read = before.model_copy(update={"origin": Origin("ris", "BOOK", (("c1", "a"),))})
    loaded = Loaded((read,))
    monkeypatch.setitem(FORMATS, name, Format((), lambda _: loaded, lambda _: ""))
    assert told(losses([before], name)) == [("ng2020", "C2", "b", None)]


def test_biblatex_is_of_the_family_of_bibtex(monkeypatch: pytest.MonkeyPatch) -> None:
    """One reader, one set of fields."""
    loaded = Loaded((FOREIGN,))
    known = Format((), lambda _: loaded, lambda _: "")
    for name in (FormatName.BIBTEX, FormatName.BIBLATEX):
        monkeypatch.setitem(FORMATS, name, known)
        assert losses([FOREIGN], name) == []


def test_a_format_without_writer_is_not_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is known of it but that foreign fields have no place."""
    monkeypatch.setitem(FORMATS, FAKE, Format((), csl_json.load, None))
    assert losses([ITEM], FAKE) == []
    assert len(losses([FOREIGN], FAKE)) == 2


# --- real formats ---------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(HOLDS_ALL))
@given(library=libraries())
def test_csl_holds_everything(name: FormatName, library: list[Item]) -> None:
    """That is why nothing is compared there: here it is."""
    whole = FORMATS[name]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FORMATS, FAKE, Format((), whole.load, whole.dump))
        assert losses(library, FAKE) == []


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].dump])
def test_what_every_format_holds(name: FormatName) -> None:
    """An article with the fields that any reference manager has loses nothing."""
    article = Item(
        id="ng2020things",
        type="article-journal",
        author=(Name("Ng", "Ada B."), Name("Öhman", "Jens")),
        title="On things and other things",
        container_title="Journal of Things",
        issued=Date(PartialDate(2020)),
        volume="28",
        issue="10",
        page="2124-2132",
        doi="10.1000/x.1",
        abstract="Things are things.",
    )
    assert told(losses([article], name)) == []


def test_bibtex_has_no_place_for_ones_own_data() -> None:
    """What BibTeX's own writer and reader make of it."""
    found = {one.field: one.became for one in losses([ITEM], FormatName.BIBTEX)}
    assert found["custom"] is None
    assert "title" not in found
    assert "DOI" not in found
