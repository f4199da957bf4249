"""Recorded journals and books under their other names, and exchanged for others.

The bars are those of comparison.md, 2.3 and 7.4, for the container alone.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from lupusrefs.compare.containers import compare_container
from lupusrefs.compare.text import clean
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work
from lupusrefs.services.crossref_record import read_record

pytestmark = pytest.mark.corpus

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
OTHER: Final = frozenset(("container-mismatch", "container-is-offshoot"))
SMALL: Final = frozenset(
    (
        *("a", "an", "and", "for", "in", "of", "on", "the", "to"),
        *("de", "der", "des", "die", "et", "la", "le", "und"),
    )
)


class Case(NamedTuple):
    """A name cited for the container of a work."""

    cited: str
    work: Work


def _records(corpus: Path) -> Iterator[dict[str, object]]:
    for path in sorted((corpus / "registry" / "crossref").glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def recorded(corpus: Path) -> tuple[Work, ...]:
    """Every Crossref record that has a container."""
    works = (read_record(record, "x", NOW) for record in _records(corpus))
    return tuple(work for work in works if work.container_title)


def rule(case: Case) -> str | None:
    """The rule that speaks of the container, if one does."""
    cited = Item(id="k", type=case.work.type, container_title=case.cited)
    found = compare_container(cited, case.work)
    return found.findings[0].rule.id if found.findings else None


def counted(cases: Iterable[Case]) -> Counter[str | None]:
    """How often which rule speaks."""
    return Counter(rule(case) for case in cases)


def _abbreviated(name: str, dot: str = ".") -> str:
    """By the rules of ISO 4, but with other cuts than its list of words."""
    kept = [w for w in re.findall(r"[\w'’-]+", clean(name)) if w.lower() not in SMALL]
    if len(kept) < 2:
        return clean(name)
    return " ".join(_cut(word, dot) for word in kept)


def _cut(word: str, dot: str) -> str:
    if len(word) <= 5 or (word.isupper() and len(word) < 7):
        return word
    if word.lower() == "journal":
        return f"J{dot}"
    return word[: max(4, len(word) * 5 // 9)] + dot


def _ascii(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", clean(name))
    return decomposed.encode("ascii", "ignore").decode()


DIALECTS: Final[dict[str, Callable[[str], str]]] = {
    "literal": str,
    "abbreviated": _abbreviated,
    "abbreviated without dots": lambda name: _abbreviated(name, ""),
    "capitals": lambda name: clean(name).upper(),
    "lower case": lambda name: clean(name).lower(),
    "braces": lambda name: f"{{{name}}}",
    "ampersand": lambda name: re.sub(r"\band\b", "&", name),
    "LaTeX ampersand": lambda name: re.sub(r"\band\b", r"\\&", name),
    "and": lambda name: clean(name).replace("&", "and"),
    "no article": lambda name: name.removeprefix("The "),
    "article": lambda name: f"The {name}",
    "place": lambda name: f"{name} (Oxf)",
    "place and country": lambda name: f"{name} (London, England)",
    "no punctuation": lambda name: re.sub("[:,.]", "", clean(name)),
    "no brackets": lambda name: re.sub(r"\s*\([^()]*\)", "", name),
    "no year": lambda name: re.sub(r"\b(?:19|20)\d\d\b", "", name),
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "ASCII": _ascii,
    "soft hyphen": lambda name: f"{name[:3]}\u00ad{name[3:]}",
    "no-break spaces": lambda name: name.replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_other_spellings_of_a_name_are_no_other_container(
    corpus: Path, dialect: str
) -> None:
    """At most 0.05 per cent warnings, and a few infos where a name is cut short."""
    spelled = DIALECTS[dialect]
    cases = [
        Case(name, work)
        for work in recorded(corpus)
        if (name := spelled(work.container_title or "").strip())
    ]
    counts = counted(cases)
    assert sum(counts[rule_id] for rule_id in OTHER) <= 0.0005 * len(cases)
    assert counts["container-unrecognised"] <= 0.02 * len(cases)
    assert len(cases) > 2000


def test_registered_short_titles_are_recognised(corpus: Path) -> None:
    """Beside the full title always, and without it nine times out of ten."""
    known = [work for work in recorded(corpus) if work.container_title_short]
    beside = [Case(work.container_title_short or "", work) for work in known]
    assert counted(beside) == {None: len(known)}
    changes = {"container_title_short": None}
    alone = [
        Case(
            work.container_title_short or "",
            work.model_copy(
                update={**changes, "container_titles": (work.container_title,)}
            ),
        )
        for work in known
    ]
    counts = counted(alone)
    assert counts[None] >= 0.94 * len(alone)
    # Codes, and other languages: in the registry's words no abbreviations at all.
    assert counts["container-mismatch"] <= 0.02 * len(alone)


# The part of a DOI that is of one journal, by who registers it.
JOURNAL_IN_DOI: Final = re.compile(
    r"10\.1016/j\.[a-z]+(?=\.)|10\.1016/s?\d{4}-\d{3}[\dx]|10\.1103/[a-z]+"
    r"|10\.1002/[a-z]{2,6}(?=\.\d)|10\.1111/(?:j\.\d{4}-\d{3}[\dx]|[a-z]{2,6})(?=\.)"
    r"|10\.1007/s\d{5}|10\.1097/[a-z]{3}(?=\.)|10\.1093/[a-z]+(?=/)"
    r"|10\.1109/[a-z]+(?=\.\d)|10\.1186/(?:s\d{5}|\d{4}-\d{3}[\dx])|10\.1073/pnas"
    r"|10\.1001/[a-z]+(?=\.)|10\.1088/\d{4}-\d{4}|10\.1128/[a-z]+(?=\.)"
    r"|10\.1523/jneurosci|10\.1152/[a-z]+(?=\.)|10\.1161/[a-z]+(?=[.a])"
)


def _cited_names(corpus: Path) -> Iterator[tuple[str, str]]:
    """(DOI, journal as somebody has really cited it)."""
    path = corpus / "matching" / "crossref_structured.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        dois = row["doi"] if isinstance(row["doi"], list) else [row["doi"]]
        for doi in filter(None, dois):
            yield doi.lower(), row["reference"].get("journal-title", "")
    for record in _records(corpus):
        references = record.get("reference")
        for reference in references if isinstance(references, list) else ():
            yield reference.get("DOI", "").lower(), reference.get("journal-title", "")


def test_journals_as_they_are_really_cited(corpus: Path) -> None:
    """Of the same journal by its DOI: no mismatch but where there is one."""
    journals: dict[str, list[Work]] = {}
    for work in recorded(corpus):
        if work.type == "article-journal" and (
            found := JOURNAL_IN_DOI.match(work.id.lower())
        ):
            journals.setdefault(found[0], []).append(work)
    cases = {
        (name, works[0].id): Case(name, works[0])
        for doi, name in _cited_names(corpus)
        if name
        and (found := JOURNAL_IN_DOI.match(doi))
        and (works := journals.get(found[0]))
        and len({work.container_title for work in works}) == 1
    }
    counts = counted(cases.values())
    assert len(cases) > 250
    assert not any(counts[rule_id] for rule_id in OTHER)
    assert counts["container-unrecognised"] <= 0.04 * len(cases)


def _swapped(
    works: list[Work], is_candidate: Callable[[Work, Work], bool]
) -> Iterator[Case]:
    """Each work cited for another container, three times."""
    chance = random.Random(20_260_101)
    for work in works:
        own = {clean(name).casefold() for name in work.container_titles}
        candidates = [
            other
            for other in chance.sample(works, 400)
            if clean(other.container_title or "").casefold() not in own
            and is_candidate(work, other)
        ]
        for other in candidates[:3]:
            yield Case(other.container_title or "", work)


def _first_word(work: Work) -> str:
    return clean(work.container_title or "").casefold().split()[0]


def test_another_journal_is_found(corpus: Path) -> None:
    """A random one: at least 97 per cent warned of, 99 told of."""
    works = [work for work in recorded(corpus) if work.type == "article-journal"]
    cases = list(_swapped(works, lambda _one, _other: True))
    counts = counted(cases)
    assert sum(counts[rule_id] for rule_id in OTHER) >= 0.97 * len(cases)
    assert counts[None] <= 0.01 * len(cases)


def test_another_journal_of_the_same_first_word_is_found(corpus: Path) -> None:
    """*Journal of* something else: at least 95 per cent warned of, 99 told of."""
    works = [work for work in recorded(corpus) if work.type == "article-journal"]
    cases = list(_swapped(works, lambda a, b: _first_word(a) == _first_word(b)))
    counts = counted(cases)
    assert sum(counts[rule_id] for rule_id in OTHER) >= 0.95 * len(cases)
    assert counts[None] <= 0.01 * len(cases)


def test_another_container_of_any_kind_is_found(corpus: Path) -> None:
    """Books and proceedings, too: at least 95 per cent warned of, 97 told of."""
    works = list(recorded(corpus))
    cases = list(_swapped(works, lambda _one, _other: True))
    counts = counted(cases)
    assert sum(counts[rule_id] for rule_id in OTHER) >= 0.95 * len(cases)
    assert counts[None] <= 0.02 * len(cases)
