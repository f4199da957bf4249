"""Real citations: the reference lists of recorded works that cite recorded works."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from accuracy.case import Case
from accuracy.rates import Rate
from accuracy.records import Json, Recorded
from accuracy.subject import findings
from lupusrefs.findings import Group, Severity
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work

LABELS: Final = Path(__file__).with_name("labels.tsv")

_INITIALS_LAST: Final = re.compile(
    r"(?P<family>.+?),? (?P<given>[A-Z](?:[-. ]*[A-Z]){0,3}\.?)"
)
_INITIALS_FIRST: Final = re.compile(
    r"(?P<given>(?:[A-Z]\.?[- ]?){1,4}) (?P<family>\S.*)"
)
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
# Facts of comparison.md, section 4 (volume-mismatch) and 3.5 (B99), about a work whose
# record is not here: several works cite volume 72, registered is 9.
_PROPAGATED: Final = Work(
    id="10.2174/156652409787847191",
    type="article-journal",
    doi="10.2174/156652409787847191",
    author=(Name(family="Polyzos"),),
    issued=Date(PartialDate(2009)),
    container_title="Current Molecular Medicine",
    container_titles=("Current Molecular Medicine", "CMM"),
    volume="9",
    provenance=Provenance(
        answered_by="crossref", fetched=datetime(2024, 1, 1, tzinfo=UTC)
    ),
)


@dataclass(frozen=True, slots=True)
class Report:
    """One finding of at least a warning on a real citation.

    Attributes:
        citing: DOI of the work whose list it is.
        cited: DOI of the work in the list.
        field: the CSL variable.
        rule: the rule's id.
        severity: how bad.
        value: what is cited.
        registered: what is registered.
        label: who errs, by a person: ``citer``, ``registry``, ``both`` (both can be
            defended), or "" where nobody has looked yet.
    """

    citing: str
    cited: str
    field: str
    rule: str
    severity: str
    value: str
    registered: str
    label: str


@dataclass(slots=True)
class Citations:
    """The result."""

    pairs: int
    reports: list[Report]
    expected: int
    missed: list[tuple[str, str, str]]

    @property
    def precision(self) -> Rate:
        """Labelled errors of citers among the reports."""
        right = sum(one.label == "citer" for one in self.reports)
        return Rate(right, len(self.reports))


def pairs(records: Sequence[Recorded]) -> Iterator[tuple[str, Case]]:
    """(DOI of the citing work, reference and cited work), each pair once."""
    works = {one.doi: one.work for one in reversed(records)}
    works.setdefault(_PROPAGATED.id, _PROPAGATED)
    seen = set[tuple[str, str]]()
    for record in records:
        for entry in record.references:
            target = str(entry.get("DOI") or "").lower()
            if target in works and (record.doi, target) not in seen:
                seen.add((record.doi, target))
                work = works[target]
                yield record.doi, Case(as_cited(entry, work.type), work)


def as_cited(entry: Json, type_: str) -> Reference:
    """A structured entry of a reference list as a reference.

    Registries keep the first author only, hence "and others".
    """
    text = {key: str(value) for key, value in entry.items() if value}
    title, book = text.get("article-title"), text.get("volume-title")
    # A book's title with a page is of a part of it, whose own title is not given.
    is_part = bool(title or "first-page" in text)
    container = text.get("journal-title") or (book if is_part else None)
    year = _YEAR.search(text.get("year", ""))
    author = text.get("author")
    fields = {
        "id": "cited",
        "type": type_,
        "author": (_name(author), OTHERS) if author else (),
        "title": title if is_part else book,
        "container_title": container or text.get("series-title"),
        "issued": Date(PartialDate(int(year[0]))) if year else None,
        "volume": text.get("volume"),
        "issue": text.get("issue"),
        "page": text.get("first-page"),
        "doi": text.get("DOI"),
    }
    return Reference.model_validate({k: v for k, v in fields.items() if v})


def _name(text: str) -> Name:
    for pattern in (_INITIALS_FIRST, _INITIALS_LAST):
        if found := pattern.fullmatch(text.strip()):
            return Name(family=found["family"], given=found["given"])
    if " " in text.strip():
        return Name(literal=text.strip())
    return Name(family=text.strip())


def labels() -> dict[tuple[str, str, str], str]:
    """(citing DOI, cited DOI, field) -> who errs."""
    if not LABELS.is_file():
        return {}
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {(r["citing"], r["cited"], r["field"]): r["label"] for r in rows}


def measure(records: Sequence[Recorded]) -> Citations:
    """Every pair."""
    known = labels()
    reports: list[Report] = []
    count = 0
    for citing, case in pairs(records):
        count += 1
        reports += _reports(citing, case, known)
    told = {(one.citing, one.cited, one.field) for one in reports}
    expected = [key for key, label in sorted(known.items()) if label == "citer"]
    missed = [key for key in expected if key not in told]
    return Citations(count, reports, len(expected), missed)


def _reports(
    citing: str, case: Case, known: dict[tuple[str, str, str], str]
) -> Iterable[Report]:
    for found in findings(case):
        # That a work is retracted is no difference between what both sides say.
        if found.severity is Severity.INFO or found.rule.group is Group.STATUS:
            continue
        key = (citing, case.work.id.lower(), found.field or "")
        yield Report(
            *key,
            rule=found.rule.id,
            severity=str(found.severity),
            value=found.cited or "",
            registered=found.registered or "",
            label=known.get(key, ""),
        )
