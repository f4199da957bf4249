"""``refs.lock``: what was registered when we last looked, kept beside a paper.

With it a check needs no network, and says what has changed at the registries since; and
it remembers the conflicts that somebody has dismissed, until either side changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, JsonValue

from lupusrefs.compare.comparison import finding
from lupusrefs.compare.updates import related_dois
from lupusrefs.errors import Offline
from lupusrefs.files import write_atomically
from lupusrefs.findings import Finding
from lupusrefs.fingerprints import fingerprint
from lupusrefs.identify import identify
from lupusrefs.kept import KeptFile, KeptPart, read_kept
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.identifiers import ArxivId
from lupusrefs.model.outcome import (
    Malformed,
    NoIdentifier,
    NoMetadata,
    Outcome,
    Resolved,
)
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Work
from lupusrefs.policy import Ignored

SCHEMA: Final = "lupusrefs.lock/1"


class Dismissal(KeptPart):
    """A conflict that somebody has looked at and decided to leave.

    Attributes:
        fingerprint: rule, field and both values: it counts until one of them changes.
        rule: for readers.
        message: for readers.
        reason: why.
    """

    fingerprint: str
    rule: str
    message: str
    reason: str


class WithoutMetadata(KeptPart):
    """A DOI that is registered at an agency that says nothing of its work.

    Attributes:
        doi: the registered DOI.
        agency: who registered it.
        answered_by: who said so.
        fetched: when, UTC.
    """

    doi: str
    agency: str
    answered_by: str
    fetched: datetime


class LockedReference(KeptPart):
    """One reference of a lock file.

    Attributes:
        cited: the identifier that the reference had.
        doi: the DOI of its work, in ``works``.
        without_metadata: what is known where there is no work to look at.
        dismissed: the conflicts that do not count.
    """

    cited: str | None = None
    doi: str | None = None
    without_metadata: WithoutMetadata | None = None
    dismissed: tuple[Dismissal, ...] = ()


class _File(KeptFile):
    name = "lock file"
    version = SCHEMA
    hint = "write it anew with `lupusrefs resolve --write-lock`"

    schema_: Annotated[Literal["lupusrefs.lock/1"], Field(alias="schema")] = SCHEMA
    references: dict[str, LockedReference]
    works: dict[str, Work]


@dataclass(slots=True)
class Lock:
    """A lock file.

    Attributes:
        path: the file.
        references: citation key -> what is locked of it.
        works: folded DOI -> the work as it was registered, notices included.
    """

    path: Path
    references: dict[str, LockedReference] = field(default_factory=dict)
    works: dict[str, Work] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file.

        Raises:
            InputError: there is none, or it is no lock file of this version.
        """
        file = read_kept(path, _File)
        works = {fold(doi): work for doi, work in file.works.items()}
        return cls(path, dict(file.references), works)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read the file, or begin a new one.

        Raises:
            InputError: it is no lock file of this version.
        """
        return cls.load(path) if path.exists() else cls(path)

    def write(self) -> None:
        """Write the file: sorted, so that a version control shows what changed.

        Raises:
            InputError: it cannot be written.
        """
        data: JsonValue = {
            "schema": SCHEMA,
            "references": {
                key: one.model_dump(mode="json", exclude_defaults=True)
                for key, one in sorted(self.references.items())
            },
            "works": {
                doi: _work_data(work) for doi, work in sorted(self.works.items())
            },
        }
        text = json.dumps(data, ensure_ascii=False, indent=2)
        write_atomically(self.path, f"{text}\n")

    # -- checking against it -------------------------------------------------------

    def outcome(self, reference: Reference) -> Outcome | None:
        """What is locked of a reference; None where it is not what is cited.

        What has no identifier needs no lock.
        """
        identified = identify(reference)
        if isinstance(identified, Malformed | NoIdentifier):
            return identified
        locked = self.references.get(reference.id)
        if locked is None or locked.cited != _cited(reference):
            return None
        if (bare := locked.without_metadata) is not None:
            return NoMetadata(bare.doi, bare.agency, bare.answered_by, bare.fetched)
        work = self._work(reference)
        return Resolved(work) if work is not None else None

    def mismatch(self, reference: Reference) -> Finding:
        """Why :meth:`outcome` has none."""
        locked = self.references.get(reference.id)
        if locked is None or locked.cited in {None, _cited(reference)}:
            return finding(
                "lock-missing",
                reference,
                f"`{reference.id}` is not in {self.path}",
                hint="run `lupusrefs resolve --write-lock`",
            )
        return finding(
            "lock-differs",
            reference,
            f"cited {_cited(reference)}, locked {locked.cited}",
            field="DOI",
            cited=_cited(reference),
            registered=locked.cited,
            hint="if the new one is right, run `lupusrefs resolve --write-lock`",
        )

    @property
    def silence(self) -> Offline:
        """Why nothing is known of what :meth:`outcome` has not."""
        return Offline(
            f"not in {self.path}, and nothing else was asked",
            service="lock",
            url="",
            hint="run `lupusrefs resolve --write-lock`",
        )

    def apply(self, findings: Iterable[Finding]) -> tuple[list[Finding], list[Ignored]]:
        """Sort findings into those that count and those that were dismissed."""
        counting: list[Finding] = []
        dismissed: list[Ignored] = []
        for found in findings:
            locked = self.references.get(found.key)
            marks = (
                {one.fingerprint: one.reason for one in locked.dismissed}
                if locked
                else {}
            )
            if marks and (mark := fingerprint(found)) in marks:
                dismissed.append(Ignored(found, marks[mark], "lock"))
            else:
                counting.append(found)
        return counting, dismissed

    def _work(self, reference: Reference) -> Work | None:
        locked = self.references.get(reference.id)
        return self.works.get(fold(locked.doi or "")) if locked else None

    # -- writing to it -------------------------------------------------------------

    def changes(self, reference: Reference, work: Work) -> Iterator[Finding]:
        """What the registry says now of a reference and did not say then."""
        old = self._work(reference)
        if old is None or fold(old.id) != fold(work.id):
            return
        before, after = _facts(old), _facts(work)
        day = f"{old.provenance.fetched:%Y-%m-%d}"
        for variable in dict.fromkeys((*before, *after)):
            was, now = before.get(variable, ""), after.get(variable, "")
            if was != now:
                yield finding(
                    "registry-changed",
                    reference,
                    f"{variable}: was {was or 'nothing'} on {day}, "
                    f"is {now or 'nothing'} now",
                    field=variable,
                    cited=was or None,
                    registered=now or None,
                    forms=(was, now),
                )

    def renew(
        self, reference: Reference, work: Work, related: Mapping[str, Work]
    ) -> Iterator[Finding]:
        """Lock a work anew, and say what has changed.

        Args:
            reference: what is cited.
            work: what the registry itself says of it.
            related: works that records name, by folded DOI.
        """
        yield from self.changes(reference, work)
        self.take(reference, work)
        names = map(fold, related_dois(work))
        self.take_related({name: related[name] for name in names if name in related})

    def take(self, reference: Reference, work: Work) -> None:
        """Lock a work as that of a reference; dismissed conflicts stay so."""
        known = self.references.get(reference.id)
        dismissed = known.dismissed if known else ()
        self.references[reference.id] = LockedReference(
            cited=_cited(reference), doi=work.id, dismissed=dismissed
        )
        self.works[fold(work.id)] = work

    def take_without_metadata(self, reference: Reference, outcome: NoMetadata) -> None:
        """Lock that a DOI is registered, and that there is no more to be known."""
        known = self.references.get(reference.id) or LockedReference()
        cited = _cited(reference)
        if known.doi is not None and known.cited == cited:
            # What its agency said once is still more than nothing.
            return
        self.references[reference.id] = LockedReference(
            cited=cited,
            without_metadata=WithoutMetadata(
                doi=outcome.doi,
                agency=outcome.agency,
                answered_by=outcome.answered_by,
                fetched=outcome.fetched,
            ),
            dismissed=known.dismissed,
        )

    def take_related(self, works: Mapping[str, Work]) -> None:
        """Lock the notices and other works that verdicts rest on."""
        self.works |= works

    def prune(self, keys: Iterable[str]) -> None:
        """Forget what belongs to none of these citation keys."""
        kept = frozenset(keys)
        self.references = {k: v for k, v in self.references.items() if k in kept}
        cited = {fold(one.doi) for one in self.references.values() if one.doi}
        wanted = set(cited)
        for name in cited & self.works.keys():
            wanted |= set(map(fold, related_dois(self.works[name])))
        self.works = {name: w for name, w in self.works.items() if name in wanted}

    def dismiss(self, found: Finding, reason: str) -> None:
        """Remember that a conflict does not count, until either side changes."""
        known = self.references.get(found.key) or LockedReference()
        new = Dismissal(
            fingerprint=fingerprint(found),
            rule=found.rule.id,
            message=found.message,
            reason=reason,
        )
        others = [one for one in known.dismissed if one.fingerprint != new.fingerprint]
        dismissed = sorted([*others, new], key=lambda one: (one.rule, one.fingerprint))
        self.references[found.key] = known.model_copy(
            update={"dismissed": tuple(dismissed)}
        )


def _work_data(work: Work) -> JsonValue:
    # A request names dozens of works: that of each would be most of the file, and
    # change whenever a reference is added.
    data: JsonValue = work.model_dump(
        mode="json",
        by_alias=True,
        exclude_defaults=True,
        exclude={"provenance": {"url"}},
    )
    return data


def _cited(reference: Reference) -> str | None:
    """The identifier of a reference in the spelling that does not change."""
    match identify(reference):
        case Malformed() | NoIdentifier():
            return None
        case Doi() as doi:
            return doi.key
        case ArxivId() as paper:
            return paper.doi.key
        case other:
            return f"{type(other).__name__.upper()} {other}"


def _facts(work: Work) -> dict[str, str]:
    """What a registry says of a work, as text by field."""
    facts = {
        variable: (
            value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        )
        for variable, value in work.to_csl().items()
        if variable not in {"id", "DOI"}
    }
    for variable in ("author", "editor", "issued"):
        value = getattr(work, variable)
        if value:
            facts[variable] = (
                "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            )
    if work.updated_by:
        facts["updated-by"] = "; ".join(
            f"{update.type} {update.doi}" for update in work.updated_by
        )
    if work.state:
        facts["state"] = work.state
    return facts
