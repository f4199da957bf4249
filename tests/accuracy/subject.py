"""What is measured: the findings on one reference."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from accuracy.case import Case
from lupusrefs.compare.work import compare
from lupusrefs.findings import Finding
from lupusrefs.model.work import Work

# No clock: the year in which the page was first measured.
THIS_YEAR: Final = 2026
_NOTHING: Final[Mapping[str, Work]] = MappingProxyType({})


def findings(case: Case, related: Mapping[str, Work] = _NOTHING) -> tuple[Finding, ...]:
    """What ``compare`` reports."""
    return compare(case.reference, case.work, related, this_year=THIS_YEAR).findings
