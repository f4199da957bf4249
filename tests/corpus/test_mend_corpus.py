"""Real files of others: whatever is set in them is read, and nothing else changes."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from lupusrefs.findings import Change
from lupusrefs.formats.catalogue import FORMATS, recognise
from lupusrefs.formats.mend import CannotMend, Mender, check
from lupusrefs.formats.mend.values import changed, needed
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import decode
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from mending import day

pytestmark = pytest.mark.corpus

_CORPUS: Final = Path(os.environ.get("LUPUSREFS_CORPUS", ""))
_LARGEST: Final = 1_500_000  # bytes: each change reads the file again
_OF_EACH: Final = 6
_NEW_WORDS: Final = ("Über", "pH-dependent", "kinase", "NFκB")
_READ_ONLY: Final = frozenset((FormatName.ISI, FormatName.PUBMED_XML))


def _volume(_: Reference, chance: random.Random) -> Change:
    return Change("volume", str(chance.randint(1, 400)))


def _page(_: Reference, chance: random.Random) -> Change:
    first = chance.randint(1, 2000)
    return Change("page", chance.choice([f"{first}-{first + 9}", f"e{first}"]))


def _issued(_: Reference, chance: random.Random) -> Change:
    year = chance.randint(1950, 2024)
    month = [chance.randint(1, 12)] if chance.random() < 1 / 3 else []
    return Change("issued", day(year, *month))


def _doi(_: Reference, chance: random.Random) -> Change:
    return Change(
        "DOI", f"10.{chance.randint(1000, 9999)}/x.{chance.randint(1, 10**6)}"
    )


def _title(reference: Reference, chance: random.Random) -> Change:
    words = (reference.title or "A new title").split(" ")
    words[chance.randrange(len(words))] = chance.choice(_NEW_WORDS)
    return Change("title", " ".join(words))


def _author(reference: Reference, chance: random.Random) -> Change:
    names = [name for name in reference.author if not name.is_others]
    if names and chance.random() < 2 / 3:
        names[chance.randrange(len(names))] = Name("Müller-Kronke", "Jens Y.")
    else:
        names.append(Name("Ng", "Bo"))
    return Change("author", tuple(names))


def _removal(_: Reference, chance: random.Random) -> Change:
    return Change(chance.choice(["volume", "page", "issue", "URL"]), None)


_KINDS: Final[tuple[Callable[[Reference, random.Random], Change], ...]] = (
    *(_volume, _page, _issued, _doi, _title, _author, _removal),
)


def _mended(files: list[Path], seed: int) -> tuple[int, Counter[str]]:
    """How many changes were tried, and how many of each variable were refused."""
    chance = random.Random(seed)
    tried = 0
    refused: Counter[str] = Counter()
    for path in files:
        source = decode(path.read_bytes(), path.name)
        name = recognise(path.name, source.text)
        loaded = FORMATS[name].load(source)
        if not loaded.references or name in _READ_ONLY:
            continue
        mender = Mender(source, name)
        for _ in range(_OF_EACH):
            place = chance.randrange(len(loaded.references))
            reference = loaded.references[place]
            change = chance.choice(_KINDS)(reference, chance)
            if not needed(reference, [change]):
                continue
            tried += 1
            try:
                made = mender.edits(reference, [change])
                wanted = {place: changed(reference, [change])}
                check(source, name, loaded, made, wanted)
            except CannotMend as error:
                refused[f"{change.variable}: {error}"] += 1
    return tried, refused


def _files(folder: str) -> list[Path]:
    found = sorted((_CORPUS / folder).iterdir()) if _CORPUS.name else []
    return [one for one in found if one.stat().st_size <= _LARGEST]


@pytest.mark.parametrize("seed", range(1))
def test_real_bibtex_files_are_mended(corpus: Path, seed: int) -> None:
    """All but what entries inherit, or others inherit from them."""
    del corpus
    tried, refused = _mended(_files("realbib/real"), seed)
    assert tried > 450
    inherited = ("crossref", "which nothing is wrong with")
    other = [one for one in refused if not any(why in one for why in inherited)]
    assert refused.total() / tried < 0.05, refused
    assert len(other) / tried < 0.015, other


@pytest.mark.parametrize("seed", range(1))
def test_real_records_are_mended(corpus: Path, seed: int) -> None:
    """RIS, EndNote and MEDLINE files: all but DOIs in notes, and the like."""
    del corpus
    tried, refused = _mended(_files("formats/files"), seed)
    assert tried > 200
    assert refused.total() / tried < 0.04, refused
