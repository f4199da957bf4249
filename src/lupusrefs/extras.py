"""Packages that only some uses need: what to say where one is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lupusrefs.errors import MissingPackage


@contextmanager
def extra(name: str, what: str) -> Iterator[None]:
    """Imports inside the block are of an extra.

    Args:
        name: the extra, such as ``mirror``.
        what: what needs it, as the begin of a sentence: "a mirror".

    Raises:
        MissingPackage: one of the packages is not installed; the hint names the extra.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package.startswith("lupusrefs") or not package:
            raise
        raise MissingPackage(
            f"{what} needs the package {package}, which is not installed",
            package=package,
            hint=f'`pip install "lupusrefs[{name}]"`',
        ) from None
