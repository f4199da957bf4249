"""A registered work and its reference, for the tests of matching."""

from __future__ import annotations

from datetime import UTC, datetime

from lupusrefs.matching.choice import Verdict, choose
from lupusrefs.matching.cited_text import CitedText
from lupusrefs.matching.evidence import Agreement, Facts
from lupusrefs.matching.fields import facts_of_reference
from lupusrefs.matching.found import facts_of_text
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.work import Provenance, Work

TITLE = "Howling at dusk: territorial signals of grey wolves"
TEXT = (
    "Brandt K, Ek L, Søby M. Howling at dusk: territorial signals of grey wolves. "
    "J Mammal Behav. 2014;31(2):145-159."
)
_SAID = Provenance(answered_by="test", fetched=datetime(2026, 1, 1, tzinfo=UTC))


def work(**fields: object) -> Work:
    """The article, with some of its fields otherwise."""
    title = fields.get("title", TITLE)
    container = fields.get("container_title", "Journal of Mammalian Behaviour")
    given: dict[str, object] = {
        "id": "10.1000/howl",
        "type": "article-journal",
        "registered_type": "journal-article",
        "title": title,
        "titles": (title,) if title else (),
        "author": (
            Name(family="Brandt", given="Karla"),
            Name(family="Ek", given="Lars"),
            Name(family="Søby", given="Mette"),
        ),
        "container_title": container,
        "container_titles": (container,) if container else (),
        "issued": Date(PartialDate(2014)),
        "volume": "31",
        "issue": "2",
        "page": "145-159",
        "provenance": _SAID,
    }
    given |= fields
    given.setdefault("doi", given["id"])
    return Work.model_validate(given)


def reference(**fields: object) -> Item:
    """The article as it is cited with fields."""
    given: dict[str, object] = {
        "id": "b",
        "type": "article-journal",
        "title": TITLE,
        "author": (Name(family="Brandt", given="K."), Name(family="Ek", given="L.")),
        "container_title": "J. Mammal. Behav.",
        "issued": Date(PartialDate(2014)),
        "volume": "31",
        "page": "145",
    }
    return Item.model_validate({k: v for k, v in {**given, **fields}.items() if v})


def of_text(text: str, one: Work) -> Facts:
    """The evidence of a text on a work."""
    return facts_of_text(CitedText.of(text), one)


def agreement(text: str, one: Work, field: str) -> Agreement:
    """What becomes of one field of a text."""
    return of_text(text, one).of(field)


def chosen(text: str, *works: Work) -> Verdict:
    """What is chosen for a text."""
    cited = CitedText.of(text)
    return choose(works, lambda one: facts_of_text(cited, one))


def chosen_for(item: Item, *works: Work) -> Verdict:
    """What is chosen for a structured reference."""
    return choose(works, lambda one: facts_of_reference(item, one))
