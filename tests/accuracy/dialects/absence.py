"""References that leave something out."""

from __future__ import annotations

from random import Random
from typing import Final

from accuracy.case import Case, Step, cited, dialects


def _without(*fields: str) -> Step:
    def step(case: Case, _: Random) -> Case | None:
        if not all(getattr(case.reference, field) for field in fields):
            return None
        empty = {field: () if field == "author" else None for field in fields}
        return cited(case, **empty)

    return step


def _bare(case: Case, _: Random) -> Case | None:
    """First author, year and title, as in a list of slides."""
    return cited(
        case,
        author=case.reference.author[:1],
        container_title=None,
        volume=None,
        issue=None,
        page=None,
        publisher=None,
    )


def _general_type(case: Case, _: Random) -> Case | None:
    """BibTeX's ``@misc``: nothing is said of what it is."""
    return cited(case, type="document")


_FIELDS: Final = (
    *("volume", "issue", "page", "container_title", "publisher"),
    *("author", "title", "issued", "doi"),
)
DIALECTS: Final = dialects(
    "absence",
    {
        **{f"no {field.replace('_', ' ')}": _without(field) for field in _FIELDS},
        "no volume, issue and page": _without("volume", "issue", "page"),
        "first author, year and title only": _bare,
        "type not given": _general_type,
    },
)
