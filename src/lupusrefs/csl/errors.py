"""What can be wrong with a style or a locale file."""

from __future__ import annotations

from collections.abc import Sequence

from lupusrefs.errors import InputError, LupusrefsError
from lupusrefs.model.location import Diagnostic


class StyleError(InputError):
    """A CSL style or locale that cannot be used; ``location`` says where."""


class InvalidStyle(StyleError):  # noqa: N818
    """A style that is no valid CSL 1.0.2.

    Attributes:
        diagnostics: all that is wrong with it, in the order of the file.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        first = next(one for one in diagnostics if one.is_error)
        super().__init__(first.message, location=first.location, hint=first.hint)


class UnknownItem(LupusrefsError, KeyError):  # noqa: N818
    """A cite of something that the processor has no item of."""

    def __init__(self, item_id: str) -> None:
        super().__init__(f"there is no item `{item_id}`")

    def __str__(self) -> str:
        # A KeyError would show the text with quotation marks around it.
        return str(self.args[0])
