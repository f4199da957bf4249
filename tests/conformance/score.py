"""Counting what is equal, and naming what is not."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from pydantic import JsonValue

Row: TypeAlias = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not what the suite expects.

    Attributes:
        case: the suite's id of the case.
        field: the CSL variable, or what else was compared.
        expected: the suite's value, as text.
        got: ours, as text.
        cause: why, in a few words that group differences; "" where unexplained.
    """

    case: str
    field: str
    expected: str
    got: str
    cause: str = ""


@dataclass(slots=True)
class SuiteResult:
    """What one suite came to.

    Attributes:
        name: the suite's name in the table.
        cases: how many cases were compared.
        equal_cases: how many of them are equal in every field.
        fields: how many fields were compared.
        equal_fields: how many of them are equal.
        differences: the others, those that an equal case cannot have.
        casing: what differs only in the capitals of a title; counted as equal.
    """

    name: str
    cases: int = 0
    equal_cases: int = 0
    fields: int = 0
    equal_fields: int = 0
    differences: list[Difference] = field(default_factory=list)
    casing: list[Difference] = field(default_factory=list)

    def add(self, compared: int, differences: Iterable[Difference]) -> None:
        """Count one case of so many compared fields."""
        found: list[Difference] = []
        for one in differences:
            (self.casing if is_casing(one) else found).append(one)
        self.cases += 1
        self.equal_cases += not found
        self.fields += compared
        self.equal_fields += compared - len(found)
        self.differences += found

    @property
    def field_share(self) -> float:
        """Share of fields that are equal, 0 to 1."""
        return self.equal_fields / self.fields if self.fields else 0.0

    @property
    def case_share(self) -> float:
        """Share of cases that are equal in every field, 0 to 1."""
        return self.equal_cases / self.cases if self.cases else 0.0


_SPAN = re.compile(r"</?span[^>]*>")


def is_casing(one: Difference) -> bool:
    """Whether a title differs in nothing but capitals, and marks that keep them."""
    texts = {_SPAN.sub("", text).casefold() for text in (one.expected, one.got)}
    return "title" in one.field and len(texts) == 1


def compare(
    case: str, expected: Mapping[str, JsonValue], got: Mapping[str, JsonValue]
) -> tuple[int, list[Difference]]:
    """The number of fields that either side has, and those that are not equal."""
    names = sorted(expected.keys() | got.keys())
    found = [
        Difference(case, name, _text(expected.get(name)), _text(got.get(name)))
        for name in names
        if _text(expected.get(name)) != _text(got.get(name))
    ]
    return len(names), found


def _text(value: JsonValue) -> str:
    """A value as text, without differences in white space."""
    if value is None:
        return ""
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return " ".join(unicodedata.normalize("NFC", value).split())


def rows(path: Path) -> Iterator[Row]:
    """The cases of a ``*.jsonl`` file."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            row: Row = json.loads(line)
            yield row
