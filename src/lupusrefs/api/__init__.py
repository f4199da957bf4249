"""The synchronous door to the library: load, resolve, check, fix, export, render.

Whoever already runs an event loop uses :func:`resolve_async` and :func:`check_async`.
"""

from lupusrefs.api.access import Progress, store_path
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
from lupusrefs.api.rendering import Rendered, Typeset, cite, render, typeset
from lupusrefs.api.resolving import (
    Resolution,
    Run,
    lock_async,
    resolve,
    resolve_async,
)

__all__ = [
    "CheckOptions",
    "CheckRun",
    "Progress",
    "Rendered",
    "Resolution",
    "Run",
    "Typeset",
    "check",
    "check_async",
    "check_each",
    "cite",
    "export",
    "fix",
    "load",
    "lock_async",
    "plan_fixes",
    "render",
    "resolve",
    "resolve_async",
    "store_path",
    "typeset",
]
