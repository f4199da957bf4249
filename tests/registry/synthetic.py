"""Generated Crossref works for measurements: invented, of realistic size."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from registry.messages import Json, Record

SYNTHETIC_PREFIX = "10.5555/bench."

_TEXT = (
    "response of regulatory cells to imagined therapy in mice and patients with "
    "systemic disease after depletion by antibodies a randomised model for early "
    "markers under low dose treatment from pooled cohorts without placebo control"
)
_WORDS = _TEXT.split()
_GIVEN = ("Ada", "Bo", "Chloé", "Dmitri E.", "Eun-ji", "F. G.", "Łucja", "Óscar")
_FAMILY = ("Ahmed", "Brûlé", "Çelik", "de la Prueba", "Ng", "O’Fiction", "Weiß", "Xu")
_JOURNALS = ("Bench Letters", "Journal of Generated Results", "Annals of Loopback")


def synthetic_work(index: int) -> Record:
    """The work ``10.5555/bench.<index>``; the same index gives the same work."""
    chance = random.Random(index)
    doi = f"{SYNTHETIC_PREFIX}{index}"
    year, month, day = chance.randint(1990, 2025), chance.randint(1, 12), 1 + index % 28
    issued: Json = {"date-parts": [[year, month, day]]}
    moment = f"{year}-{month:02}-{day:02}T12:00:00Z"
    stamp: Json = {
        "date-parts": [[year, month, day]],
        "date-time": moment,
        "timestamp": 1_700_000_000_000 + index,
    }
    first = chance.randint(1, 2000)
    return {
        "indexed": stamp,
        "reference-count": 20,
        "publisher": "Bench Press (Invented)",
        "issue": str(chance.randint(1, 12)),
        "license": [_licence(stamp)],
        "content-domain": {"domain": ["bench.example"], "crossmark-restriction": True},
        "short-container-title": ["Bench Lett."],
        "published-print": {"date-parts": [[year, month]]},
        "DOI": doi,
        "type": "journal-article",
        "created": stamp,
        "page": f"{first}-{first + chance.randint(1, 30)}",
        "source": "Crossref",
        "is-referenced-by-count": chance.randint(0, 400),
        "title": [_title(chance, index)],
        "prefix": "10.5555",
        "volume": str(chance.randint(1, 300)),
        "author": _authors(chance),
        "member": "7822",
        "published-online": issued,
        "reference": [_reference(chance, n) for n in range(8)],
        "container-title": [chance.choice(_JOURNALS)],
        "original-title": [],
        "language": "en",
        "deposited": stamp,
        "score": 1,
        "resource": {"primary": {"URL": f"https://bench.example/works/{index}"}},
        "subtitle": [],
        "short-title": [],
        "issued": issued,
        "references-count": 20,
        "URL": f"https://doi.org/{doi}",
        "relation": {},
        "ISSN": ["0000-0027"],
        "issn-type": [{"value": "0000-0027", "type": "electronic"}],
        "published": issued,
    }


def _title(chance: random.Random, index: int) -> str:
    words = chance.choices(_WORDS, k=chance.randint(6, 16))
    return f"{' '.join(words).capitalize()} (study {index})"


def _authors(chance: random.Random) -> list[Json]:
    return [
        {
            "given": chance.choice(_GIVEN),
            "family": chance.choice(_FAMILY),
            "sequence": "additional" if n else "first",
            "affiliation": [{"name": "Institute of Inventions, 00000 Nowhere"}],
        }
        for n in range(chance.randint(1, 9))
    ]


def _reference(chance: random.Random, number: int) -> Json:
    return {
        "key": f"ref{number}",
        "doi-asserted-by": "publisher",
        "first-page": str(chance.randint(1, 999)),
        "DOI": f"10.5555/cited.{chance.randint(1, 99999)}",
        "article-title": " ".join(chance.choices(_WORDS, k=9)),
        "volume": str(chance.randint(1, 99)),
        "author": chance.choice(_FAMILY),
        "year": str(chance.randint(1950, 2020)),
        "journal-title": chance.choice(_JOURNALS),
    }


def _licence(start: Json) -> Json:
    return {
        "start": start,
        "content-version": "vor",
        "delay-in-days": 0,
        "URL": "https://creativecommons.org/licenses/by/4.0",
    }
