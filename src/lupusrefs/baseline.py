"""The baseline: findings that were known on some day, so that only new ones count."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lupusrefs.errors import InputError
from lupusrefs.files import write_atomically
from lupusrefs.findings import Finding
from lupusrefs.fingerprints import fingerprint
from lupusrefs.model.location import Location
from lupusrefs.policy import Ignored

SCHEMA: Final = "lupusrefs.baseline/1"
_REASON: Final = "known when the baseline was written"
_HINT: Final = "write it anew with `lupusrefs check --write-baseline FILE`"


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class KnownFinding(_Wire):
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


class _File(_Wire):
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
    _left: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._left = Counter(one.fingerprint for one in self.findings)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file.

        Raises:
            InputError: there is none, or it is no baseline of this version.
        """
        where = Location.of_file(str(path))
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            message = f"the baseline cannot be read: {reason}"
            raise InputError(message, location=where, hint=_HINT) from None
        try:
            schema = _schema(text)
            if schema != SCHEMA:
                message = f"no baseline of this version: its schema is {schema!r}"
                raise InputError(message, location=where, hint=_HINT)
            return cls(path, _File.model_validate_json(text).findings)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            at = ".".join(map(str, first["loc"]))
            message = f"the baseline is damaged at `{at}`: {first['msg']}"
            raise InputError(message, location=where, hint=_HINT) from None
        except ValueError as error:
            message = f"the baseline is not JSON: {error}"
            raise InputError(message, location=where, hint=_HINT) from None

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


def _schema(text: str) -> object:
    """What the file says it is.

    Raises:
        ValueError: it is not JSON.
    """
    try:
        loaded = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return loaded.get("schema") if isinstance(loaded, dict) else None


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
