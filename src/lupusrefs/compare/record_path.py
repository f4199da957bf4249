"""Where a value stands in the registry's own record."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from lupusrefs.model.work import Agency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lupusrefs.model.work import Work

_CROSSREF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "issued": "issued.date-parts",
        "print": "published-print.date-parts",
        "online": "published-online.date-parts",
        "other": "published-other.date-parts",
        "posted": "posted.date-parts",
        "published": "published.date-parts",
        "number": "article-number",
    }
)
_DATACITE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "titles",
        "author": "creators",
        **dict.fromkeys(("editor", "translator"), "contributors"),
        "type": "types.resourceTypeGeneral",
        "ISSN": "container.identifier",
        "ISBN": "relatedIdentifiers",
        "relation": "relatedIdentifiers",
        "container-title": "container.title",
        "issued": "publicationYear",
        "volume": "container.volume",
        "issue": "container.issue",
        "page": "container.firstPage",
        **dict.fromkeys(("Issued", "Available", "online", "print", "posted"), "dates"),
    }
)
_DATES: Final = frozenset(("print", "online", "other", "posted", "published"))


def record_path(work: Work, name: str) -> str:
    """The path of a CSL variable, or of a kind of date, in the record of a work.

    ``message.published-print.date-parts`` at Crossref, ``attributes.publicationYear``
    at DataCite; the CSL variable itself in a record of anybody else.
    """
    if work.agency == Agency.CROSSREF:
        return f"message.{_CROSSREF.get(name, name)}"
    if work.agency == Agency.DATACITE:
        return f"attributes.{_DATACITE.get(name, name)}"
    return "issued" if name in _DATES else name
