"""References that are only text, beside the works that they cite.

Recorded works are printed in styles of journals, read again, and compared: with nothing
changed there must be nothing to find, and what was changed on the way has to be found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.compare.work import compare
from lupusrefs.findings import Finding, Group, Severity
from lupusrefs.freetext.parse import parse_all
from lupusrefs.matching.reread import reread
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Work

# What has become of a work since is no matter of how it is cited.
_ASIDE: Final = frozenset((Group.STATUS, Group.MISSING))


@dataclass(frozen=True, slots=True)
class Printed:
    """A reference as a journal prints it.

    Attributes:
        work: what it cites.
        text: the reference.
    """

    work: Work
    text: str


@dataclass(slots=True)
class Tally:
    """References, and those with a finding that is an error or a warning.

    Attributes:
        number: how many references there were.
        found: how many have such a finding.
        rules: the rules of these findings.
        examples: some of them, in words.
    """

    number: int = 0
    found: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share with a finding."""
        return self.found / self.number if self.number else 0.0

    def add(self, one: Printed, findings: Sequence[Finding]) -> None:
        """Count one reference."""
        self.number += 1
        self.found += bool(findings)
        self.rules.update(finding.rule.id for finding in findings)
        if findings:
            said = f"{findings[0].rule.id}: {findings[0].message}"
            self.examples.append(f"{said} | {one.text}")


def findings_of(printed: Sequence[Printed]) -> Iterator[tuple[Printed, list[Finding]]]:
    """Each reference with the errors and warnings that ``check`` has for it."""
    for one, parsed in zip(printed, parse_all([p.text for p in printed]), strict=True):
        item = parsed.item
        given = {name: getattr(item, name) for name in item.model_fields_set}
        reference = Reference.model_construct(
            **{**given, "id": "a", "doi": one.work.doi, "text": one.text},
            doubts=parsed.doubts,
        )
        comparison = compare(reference, one.work)
        if again := reread(reference, one.work, comparison.findings):
            comparison = compare(again, one.work)
        yield (
            one,
            [
                found
                for found in comparison.findings
                if found.severity.is_at_least(Severity.WARNING)
                and found.rule.group not in _ASIDE
            ],
        )


def tally(printed: Sequence[Printed]) -> Tally:
    """All of them counted."""
    counted = Tally()
    for one, findings in findings_of(printed):
        counted.add(one, findings)
    return counted


# --- what is changed on the way


def _volume(item: Item) -> Item | None:
    if not (item.volume or "").isdecimal():
        return None
    return item.model_copy(update={"volume": str(int(item.volume or "") + 7)})


def _page(item: Item) -> Item | None:
    first = (item.page or "").replace("–", "-").partition("-")[0]
    if not first.isdecimal() or not item.volume:
        return None
    return item.model_copy(update={"page": str(int(first) + 131)})


def _year(item: Item) -> Item | None:
    if item.issued is None or item.issued.year is None:
        return None
    return item.model_copy(update={"issued": Date(PartialDate(item.issued.year - 4))})


def _author(item: Item) -> Item | None:
    if not item.author or not item.author[0].family:
        return None
    other = Name(family="Wolfenstein", given="Quirin")
    return item.model_copy(update={"author": (other, *item.author[1:])})


def _title(item: Item) -> Item | None:
    words = (item.title or "").split()
    long = [at for at, word in enumerate(words) if len(word) > len("longish")]
    if not long or any(mark in (item.title or "") for mark in "<&$"):
        return None
    words[long[-1]] = "marsupials"
    return item.model_copy(update={"title": " ".join(words)})


MISTAKES: Final[Mapping[str, Callable[[Item], Item | None]]] = {
    "volume": _volume,
    "first page": _page,
    "year": _year,
    "first author": _author,
    "word of the title": _title,
}


def mistaken(items: Iterable[Item], mistake: str) -> Iterator[tuple[int, Item]]:
    """(number, item with the mistake) of those that can have it."""
    for number, item in enumerate(items):
        changed = MISTAKES[mistake](item)
        if changed is not None:
            yield number, changed
