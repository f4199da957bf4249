"""Which registry answers which path, and whether it may answer now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from registry.crossref import Crossref
from registry.datacite import Crosscite, DataCite
from registry.doi_org import DoiOrg, LandingPages, MetadataServer
from registry.identifiers import Arxiv, PmcConverter, PubMed
from registry.messages import Answer, html

if TYPE_CHECKING:
    from registry.limits import Limiter
    from registry.messages import Request
    from registry.records import Records

# Key of `Registry.endpoints` -> first path segment.
PATHS = {
    "crossref": "crossref",
    "datacite": "datacite",
    "doi": "doi",
    "pubmed": "eutils",
    "pmc": "pmc",
    "arxiv": "arxiv",
}
# Servers that are reached by redirect only; logged under these names.
REDIRECTED = ("crosscite", "medra", "jalc", "landing")
SERVICE_OF_PATH = {path: name for name, path in PATHS.items()}
SERVICE_OF_PATH |= {name: name for name in REDIRECTED}


class Registrar(Protocol):
    """A registry: from a request to its answer."""

    def answer(self, request: Request) -> Answer:
        """What it says, limits and faults aside."""


class Limited(Registrar, Protocol):
    """A registry with published limits."""

    def buckets(self, request: Request) -> tuple[str, str]:
        """The rate bucket and the concurrency pool of a request."""

    def refusal(self) -> Answer:
        """What a request over the limit gets."""


@dataclass(slots=True)
class Registries:
    """All registries behind one port.

    Attributes:
        max_url_bytes: longer request targets get 414; the registries' own figure
            is not published (registries.md 2.3).
    """

    crossref: Crossref
    plain: dict[str, Registrar]
    limited: dict[str, Limited]
    max_url_bytes: int

    def buckets(self, request: Request) -> tuple[str, str] | None:
        """The rate bucket and the concurrency pool, for registries with limits."""
        registry = self.limited.get(_service(request))
        return registry.buckets(request) if registry else None

    def refusal(self, request: Request) -> Answer:
        """429, as the registry words it."""
        return self.limited[_service(request)].refusal()

    def answer(self, request: Request) -> Answer:
        """What the registry that the path names says."""
        service = _service(request)
        registry = self.limited.get(service) or self.plain.get(service)
        if registry is None:
            return html(404, "404 Not Found")
        if len(request.target) > self.max_url_bytes:
            return html(414, "414 Request-URI Too Large")
        return registry.answer(request)


def _service(request: Request) -> str:
    return SERVICE_OF_PATH.get(request.service, "")


def registries(records: Records, limiter: Limiter, max_url_bytes: int) -> Registries:
    """Every registry, answering from the same records."""
    crossref = Crossref(records, limiter)
    servers = MetadataServer(records)
    plain: dict[str, Registrar] = {
        "doi": DoiOrg(records),
        "pmc": PmcConverter(records),
        "medra": servers,
        "jalc": servers,
        "landing": LandingPages(records),
    }
    limited: dict[str, Limited] = {
        "crossref": crossref,
        "datacite": DataCite(records),
        "crosscite": Crosscite(records),
        "pubmed": PubMed(records),
        "arxiv": Arxiv(records),
    }
    return Registries(crossref, plain, limited, max_url_bytes)
