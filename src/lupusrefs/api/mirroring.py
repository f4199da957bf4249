"""A local mirror of the registries: looked at, verified, repaired, kept up to date."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lupusrefs.extras import extra

if TYPE_CHECKING:
    from lupusrefs.mirror.info import MirrorInfo
    from lupusrefs.mirror.verify import Verified


def mirror_info(location: str) -> MirrorInfo:
    """What a mirror has; none of its records is read.

    Args:
        location: a folder, or a URL that fsspec knows.

    Raises:
        MirrorError: there is neither a mirror nor the begin of one, or its description
            cannot be read.
        MissingPackage: ``lupusrefs[mirror]`` is not installed.
    """
    with extra("mirror", "a mirror"):
        from lupusrefs.mirror.info import info  # noqa: PLC0415 - an extra
    return info(location)


def verify_mirror(
    location: str,
    *,
    quick: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Verified:
    """Whether every file of a mirror is what was written.

    Args:
        location: a folder, or a URL that fsspec knows.
        quick: look at the sizes alone.
        progress: called with the number of bytes looked at since the last call.

    Raises:
        MirrorError: there is no mirror, or its description cannot be read.
        MissingPackage: ``lupusrefs[mirror]`` is not installed.
    """
    with extra("mirror", "a mirror"):
        from lupusrefs.mirror.verify import verify  # noqa: PLC0415 - an extra
    return verify(location, quick=quick, progress=progress)
