"""The error that a value cannot be set where it stands."""

from __future__ import annotations

from lupusrefs.errors import InputError
from lupusrefs.model.location import Location
from lupusrefs.model.reference import Reference


class CannotMend(InputError):  # noqa: N818 - as in errors.py
    """A change that cannot be made in the file; nothing of it was made."""


def cannot_mend(
    reason: str, reference: Reference, variable: str | None = None
) -> CannotMend:
    """The error, at the place of the variable or of the reference."""
    place: Location | None = reference.location
    if variable is not None:
        place = reference.places.get(variable, place)
    return CannotMend(reason, location=place)
