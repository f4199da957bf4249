"""The baseline: findings that were known on some day, so that only new ones count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field

from lupusrefs.files import write_atomically
from lupusrefs.findings import Finding
from lupusrefs.fingerprints import fingerprint
from lupusrefs.kept import KeptFile, KeptPart, read_kept
from lupusrefs.policy import Ignored

SCHEMA: Final = "lupusrefs.baseline/1"
_REASON: Final = "known when the baseline was written"


class KnownFinding(KeptPart):
    """One finding of a baseline.

    Attributes:
        fingerprint: what it is known again by.
        key: the citation key, for readers.
        rule: the rule, for readers.
        message: what was found, for readers.
    """

    fingerprint: str
    key: str
    rule: str
    message: str


class _File(KeptFile):
    name = "baseline"
    version = SCHEMA
    hint = "write it anew with `lupusrefs check --write-baseline FILE`"

    schema_: Annotated[Literal["lupusrefs.baseline/1"], Field(alias="schema")] = SCHEMA
    findings: tuple[KnownFinding, ...]


@dataclass(slots=True)
class Baseline:
    """The findings of a baseline file, and which of them came again.

    Attributes:
        path: the file.
        findings: what is in it.
    """

    path: Path
    findings: tuple[KnownFinding, ...]
    _left: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        self._left = Counter(one.fingerprint for one in self.findings)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file.

        Raises:
            InputError: there is none, or it is no baseline of this version.
        """
        return cls(path, read_kept(path, _File).findings)

    def apply(self, findings: Iterable[Finding]) -> tuple[list[Finding], list[Ignored]]:
        """Sort findings into the new ones and the known ones."""
        new: list[Finding] = []
        known: list[Ignored] = []
        for found in findings:
            mark = fingerprint(found)
            if self._left[mark] > 0:
                self._left[mark] -= 1
                known.append(Ignored(found, _REASON, "baseline"))
            else:
                new.append(found)
        return new, known

    @property
    def gone(self) -> list[KnownFinding]:
        """The findings that did not come again."""
        left = Counter(self._left)
        gone: list[KnownFinding] = []
        for one in self.findings:
            if left[one.fingerprint] > 0:
                left[one.fingerprint] -= 1
                gone.append(one)
        return gone


def write_baseline(path: Path, findings: Iterable[Finding]) -> int:
    """Write the findings of a run as a baseline; returns how many.

    Raises:
        InputError: the file cannot be written.
    """
    known = sorted(
        (
            KnownFinding(
                fingerprint=fingerprint(found),
                key=found.key,
                rule=found.rule.id,
                message=found.message,
            )
            for found in findings
        ),
        key=lambda one: (one.key, one.rule, one.fingerprint),
    )
    file = _File(findings=tuple(known))
    text = file.model_dump_json(by_alias=True, indent=2)
    write_atomically(path, f"{text}\n")
    return len(known)
