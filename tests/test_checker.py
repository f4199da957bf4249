"""The conductor of ``check``: references, works and what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from asking import Asker
from lupusrefs import api
from lupusrefs.checker import PORTION, Checked
from lupusrefs.config import Settings
from lupusrefs.lock import Lock
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.location import Location
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Update, Work
from registry.server import Registry


@pytest.fixture
def settings(registry: Registry, tmp_path: Path) -> Settings:
    """What points at the loopback registry."""
    return Asker(registry, tmp_path).settings


def check(settings: Settings, *references: Reference) -> list[Checked]:
    """Check references."""
    return api.check(references, settings=settings).checked


def rules(checked: Checked) -> list[str]:
    """The rules of the findings."""
    return [one.rule.id for one in checked.findings]


def reference(
    key: str, fields: Mapping[str, object], doi: str | None = None, line: int = 1
) -> Reference:
    """A reference of a file."""
    place = Location("refs.yaml", line, 1)
    return Reference.model_validate(
        {"id": key, "location": place, **({"doi": doi} if doi else {}), **fields}
    )


CURE = {
    "type": "article-journal",
    "author": (Name("Schwindel", "Otto"),),
    "title": "A cure that was never there",
    "container_title": "Invented Journal of Lupus Research",
    "issued": Date(PartialDate(2019)),
    "volume": "9",
    "issue": "2",
    "page": "A33",
}
COMMA = {
    "type": "article-journal",
    "author": (Name("Ní Bhriain", "Aoife"),),
    "title": "A work whose DOI contains a comma",
    "container_title": "Invented Journal of Lupus Research",
    "issued": Date(PartialDate(2016)),
    "volume": "6",
    "page": "7-9",
}


def test_an_identifier_of_the_command_line_misses_nothing(settings: Settings) -> None:
    """It cites no more than itself; what has happened to its work is told."""
    (bare,) = api.check(["10.5555/lupus.2019.301"], settings=settings).checked
    assert "field-missing" not in rules(bare)
    assert bare.comparison is not None


def test_check_digits_are_judged_without_a_work(settings: Settings) -> None:
    """Most books have no DOI, and an ISBN needs no registry to be wrong."""
    book = {"type": "book", "title": "On wolves", "isbn": "978-0-306-40615-8"}
    (checked,) = check(settings, reference("a", book))
    assert "isbn-invalid" in rules(checked)


def test_exchanged_dois_name_each_other(settings: Settings) -> None:
    """Each DOI is of another work, and the right one stands in the same list."""
    first, second = check(
        settings,
        reference("cure", CURE, "10.5555/lupus.2016.a,b.7"),
        reference("comma", COMMA, "10.5555/lupus.2019.301", 9),
    )
    assert rules(first) == rules(second) == ["doi-of-another-work"]
    assert first.findings[0].hint == (
        "the cited work is registered as 10.5555/lupus.2019.301"
    )
    fix = second.findings[0].fix
    assert fix is not None
    assert fix.changes[0].value == "10.5555/lupus.2016.a,b.7"
    assert not fix.safe


def test_a_notice_is_looked_at_before_it_is_believed(
    settings: Settings, registry: Registry
) -> None:
    """The record names its notice, and the notice's own record is asked for."""
    (checked,) = check(settings, reference("cure", CURE, "10.5555/lupus.2019.301"))
    assert rules(checked) == ["retracted"]
    assert "10.5555/lupus.2020.302" in checked.findings[0].message


def test_references_that_come_again_are_found_across_portions(
    settings: Settings,
) -> None:
    """Only one portion is in memory; of the others a few words are."""
    many = [
        reference(f"k{n}", {"title": f"Book {n}"}, line=n)
        for n in range(1, PORTION + 2)
    ]
    last = reference("k1", {"title": "Book 1"}, line=PORTION + 9)
    checked = check(settings, *many, last)
    assert len(checked) == PORTION + 2
    assert rules(checked[-1]) == ["duplicate-key"]
    (first,) = checked[-1].findings[0].related
    assert first.line == 1
    assert not any(rules(one) for one in checked[:-1])


def test_a_year_is_held_against_the_volume_of_others(settings: Settings) -> None:
    """Without a DOI, another work of the same volume says when it appeared."""
    other = COMMA | {"title": "Another work", "issued": Date(PartialDate(2012))}
    _, checked = check(
        settings,
        reference("comma", COMMA, "10.5555/lupus.2016.a,b.7"),
        reference("other", other, line=9),
    )
    assert rules(checked) == ["year-before-volume", "doi-missing"]


def test_every_doi_is_asked_once(settings: Settings, registry: Registry) -> None:
    """Twenty references of one work are one question, and a second run none."""
    same = [reference(f"k{n}", {}, "10.5555/lupus.2016.a,b.7", n) for n in range(20)]
    check(settings, *same)
    asked = len(registry.log)
    assert asked <= 2
    check(settings, *same)
    assert len(registry.log) == asked


def test_each_is_taken_only_as_far_as_it_is_needed(settings: Settings) -> None:
    """A list that does not fit into memory need not."""
    taken = 0

    def endless() -> Iterator[Reference]:
        nonlocal taken
        while True:
            taken += 1
            yield reference(f"k{taken}", {}, line=taken)

    run = api.CheckRun()
    each = api.check_each(endless(), run, settings=settings)
    assert next(each).reference.id == "k1"
    assert taken == PORTION


def test_a_locked_notice_speaks_for_its_locked_work(tmp_path: Path) -> None:
    """As at the registries: old records do not name their own retraction (U8)."""
    said = Provenance(
        answered_by="crossref", fetched=datetime(2026, 11, 22, tzinfo=UTC)
    )
    article = Work(id="10.5555/a", doi="10.5555/a", title="A cure", provenance=said)
    notice = Work(
        id="10.5555/n",
        doi="10.5555/n",
        title="Retraction: A cure",
        updates=(Update(doi="10.5555/a", type="retraction"),),
        provenance=said,
    )
    references = [
        reference("cure", {"title": "A cure"}, "10.5555/a"),
        reference("notice", {"title": "Retraction: A cure"}, "10.5555/n", 9),
    ]
    lock = Lock(tmp_path / "refs.lock")
    for one, work in zip(references, (article, notice), strict=True):
        lock.take(one, work)
    run = api.check(
        references,
        settings=Settings(cache_dir=tmp_path),
        options=api.CheckOptions(lock=lock, lock_use="answers"),
    )
    assert "retracted" in rules(run.checked[0])
