"""What the documentation says of each rule; read from ``data/rules.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_FILE: Final = "rules.toml"


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule in words.

    Attributes:
        why: what it finds, and why that matters.
        silent: when it says nothing, though the two sides differ.
        mend: what to do about a finding.
    """

    why: str
    silent: str
    mend: str


@cache
def rule_texts() -> Mapping[str, RuleText]:
    """The text of every rule, by its id."""
    data = files("lupusrefs.data").joinpath(_FILE).read_text(encoding="utf-8")
    return {id_: RuleText(**fields) for id_, fields in tomllib.loads(data).items()}
