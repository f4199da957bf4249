"""The two documents that the project started from: exactly their references."""

from __future__ import annotations

from pathlib import Path

import pytest

from lupusrefs.api import load, scan
from lupusrefs.documents.scan import Scan
from lupusrefs.model.reference import Reference
from lupusrefs.sources import seed_path

pytestmark = pytest.mark.corpus

# What the seed references have of each, typed from the documents by a person.
_FIELDS = (
    *("title", "container_title", "volume", "issue", "page", "status"),
    *("doi", "issued", "author"),
)


@pytest.fixture(scope="module")
def scans(corpus: Path) -> list[Scan]:
    """Both documents as they are scanned."""
    documents = sorted((corpus.parent / "seeds").glob("*.txt"))
    if not documents:
        pytest.skip("the seed documents do not lie beside the corpus")
    return [scan(one) for one in documents]


def seeds() -> dict[str, Reference]:
    """Title -> seed reference."""
    return {one.title or "": one for one in load(seed_path()).values()}


def value(reference: Reference, field: str) -> object:
    """A field as both sides have it; an en dash is a hyphen."""
    found = getattr(reference, field)
    return found.replace("–", "-") if isinstance(found, str) else found


def test_their_references_are_found_and_read_rightly(scans: list[Scan]) -> None:
    """Two and three, every field as in ``data/seed_refs.yaml``."""
    known = seeds()
    assert [len(one.references) for one in scans] == [2, 3]
    for scanned in (one for each in scans for one in each.references):
        reference = scanned.reference
        seed = known[reference.title or ""]
        for field in _FIELDS:
            assert value(reference, field) == value(seed, field), (seed.id, field)


def test_each_stands_where_it_is_said_to(scans: list[Scan]) -> None:
    """Line and column lead to its first word."""
    for one in scans:
        lines = Path(one.file).read_text(encoding="utf-8").splitlines()
        for scanned in one.references:
            place = scanned.reference.location
            assert place is not None
            assert lines[place.line - 1][place.column - 1 :].startswith(
                scanned.text.split()[0]
            )


def test_the_abstract_itself_is_a_work(scans: list[Scan]) -> None:
    """Title and all ten authors; the press release says nothing of itself."""
    press, abstract = scans
    assert press.work is None
    assert abstract.work is not None
    seed = seeds()[abstract.work.title or ""]
    assert [str(name) for name in abstract.work.author] == [
        str(name) for name in seed.author
    ]
