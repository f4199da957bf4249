"""lupusrefs: resolve, verify and export references and their DOIs.

>>> from lupusrefs import Doi
>>> Doi.parse("https://dx.doi.org/10.1056%2FNEJMc2107725").name
'10.1056/NEJMc2107725'

Names are imported when they are first used: ``import lupusrefs`` costs next to
nothing, and the command line starts as fast.
"""

from __future__ import annotations

# Type checkers take a variable of this name for true, wherever it is from; importing
# `typing` for it would double the time that `--version` takes.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from lupusrefs.api import (
        BulkOptions,
        CheckOptions,
        CheckRun,
        MatchRun,
        Rendered,
        Resolution,
        Run,
        build_mirror,
        check,
        check_async,
        check_bulk,
        check_each,
        cite,
        export,
        fix,
        load,
        match,
        match_async,
        mirror_info,
        render,
        repair_mirror,
        resolve,
        resolve_async,
        scan,
        update_mirror,
        verify_mirror,
    )
    from lupusrefs.checker import Checked
    from lupusrefs.config import Settings
    from lupusrefs.errors import LupusrefsError
    from lupusrefs.findings import RULES, Confidence, Finding, Rule, Severity
    from lupusrefs.model.doi import Doi
    from lupusrefs.model.identifiers import ArxivId, Isbn, Pmcid, Pmid
    from lupusrefs.model.outcome import (
        Malformed,
        NoIdentifier,
        NoMetadata,
        NotRegistered,
        Outcome,
        Resolved,
        Unavailable,
    )
    from lupusrefs.model.reference import Library, Reference
    from lupusrefs.model.work import Work

__version__ = "0.1.0"

__all__ = [
    "RULES",
    "ArxivId",
    "BulkOptions",
    "CheckOptions",
    "CheckRun",
    "Checked",
    "Confidence",
    "Doi",
    "Finding",
    "Isbn",
    "Library",
    "LupusrefsError",
    "Malformed",
    "MatchRun",
    "NoIdentifier",
    "NoMetadata",
    "NotRegistered",
    "Outcome",
    "Pmcid",
    "Pmid",
    "Reference",
    "Rendered",
    "Resolution",
    "Resolved",
    "Rule",
    "Run",
    "Settings",
    "Severity",
    "Unavailable",
    "Work",
    "__version__",
    "build_mirror",
    "check",
    "check_async",
    "check_bulk",
    "check_each",
    "cite",
    "export",
    "fix",
    "load",
    "match",
    "match_async",
    "mirror_info",
    "render",
    "repair_mirror",
    "resolve",
    "resolve_async",
    "scan",
    "update_mirror",
    "verify_mirror",
]

_HOMES = {
    "lupusrefs.api": (
        "BulkOptions",
        "CheckOptions",
        "CheckRun",
        "MatchRun",
        "Rendered",
        "Resolution",
        "Run",
        "build_mirror",
        "check",
        "check_async",
        "check_bulk",
        "check_each",
        "cite",
        "export",
        "fix",
        "load",
        "match",
        "match_async",
        "mirror_info",
        "render",
        "repair_mirror",
        "resolve",
        "resolve_async",
        "scan",
        "update_mirror",
        "verify_mirror",
    ),
    "lupusrefs.checker": ("Checked",),
    "lupusrefs.config": ("Settings",),
    "lupusrefs.findings": ("RULES", "Confidence", "Finding", "Rule", "Severity"),
    "lupusrefs.errors": ("LupusrefsError",),
    "lupusrefs.model.doi": ("Doi",),
    "lupusrefs.model.identifiers": ("ArxivId", "Isbn", "Pmcid", "Pmid"),
    "lupusrefs.model.outcome": (
        "Malformed",
        "NoIdentifier",
        "NoMetadata",
        "NotRegistered",
        "Outcome",
        "Resolved",
        "Unavailable",
    ),
    "lupusrefs.model.reference": ("Library", "Reference"),
    "lupusrefs.model.work": ("Work",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - as TYPE_CHECKING

    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
