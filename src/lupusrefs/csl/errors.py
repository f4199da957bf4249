"""What can be wrong with a style or a locale file."""

from __future__ import annotations

from lupusrefs.errors import InputError


class StyleError(InputError):
    """A CSL style or locale that cannot be used; ``location`` says where."""
