"""The synchronous door to the library: load, resolve, check, fix, export, render.

Whoever already runs an event loop uses :func:`resolve_async` and :func:`check_async`.

Names are imported when they are first used: to render a file needs no registry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lupusrefs.api.access import Progress, store_path
    from lupusrefs.api.bulk import BulkOptions, check_bulk
    from lupusrefs.api.checking import (
        CheckOptions,
        CheckRun,
        check,
        check_async,
        check_each,
        fix,
        plan_fixes,
    )
    from lupusrefs.api.files import export, load
    from lupusrefs.api.matching import (
        MatchRun,
        is_reference_text,
        match,
        match_async,
        text_reference,
    )
    from lupusrefs.api.mirroring import (
        UpdateRun,
        build_mirror,
        mirror_info,
        repair_mirror,
        update_mirror,
        verify_mirror,
    )
    from lupusrefs.api.rendering import Rendered, Typeset, cite, render, typeset
    from lupusrefs.api.resolving import lock_async, resolve, resolve_async
    from lupusrefs.api.runs import Resolution, Run
    from lupusrefs.api.scanning import scan, scanned_library

__all__ = [
    "BulkOptions",
    "CheckOptions",
    "CheckRun",
    "MatchRun",
    "Progress",
    "Rendered",
    "Resolution",
    "Run",
    "Typeset",
    "UpdateRun",
    "build_mirror",
    "check",
    "check_async",
    "check_bulk",
    "check_each",
    "cite",
    "export",
    "fix",
    "is_reference_text",
    "load",
    "lock_async",
    "match",
    "match_async",
    "mirror_info",
    "plan_fixes",
    "render",
    "repair_mirror",
    "resolve",
    "resolve_async",
    "scan",
    "scanned_library",
    "store_path",
    "text_reference",
    "typeset",
    "update_mirror",
    "verify_mirror",
]

_HOMES: Final = {
    "access": ("Progress", "store_path"),
    "bulk": ("BulkOptions", "check_bulk"),
    "checking": (
        "CheckOptions",
        "CheckRun",
        "check",
        "check_async",
        "check_each",
        "fix",
        "plan_fixes",
    ),
    "files": ("export", "load"),
    "matching": (
        "MatchRun",
        "is_reference_text",
        "match",
        "match_async",
        "text_reference",
    ),
    "mirroring": (
        "UpdateRun",
        "build_mirror",
        "mirror_info",
        "repair_mirror",
        "update_mirror",
        "verify_mirror",
    ),
    "rendering": ("Rendered", "Typeset", "cite", "render", "typeset"),
    "resolving": ("lock_async", "resolve", "resolve_async"),
    "runs": ("Resolution", "Run"),
    "scanning": ("scan", "scanned_library"),
}
_HOME: Final = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - as said above

    module = import_module(f"{__name__}.{_HOME[name]}")
    value: object = getattr(module, name)
    globals()[name] = value
    return value
