"""Resolving at the loopback registry, with a store of the test's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict, Unpack
from urllib.parse import parse_qs, urlsplit

from lupusrefs import api
from lupusrefs.config import Settings
from lupusrefs.model.outcome import Outcome
from lupusrefs.model.reference import Reference
from registry.server import LoggedRequest, Registry


class Options(TypedDict, total=False):
    """Options of ``api.resolve``."""

    offline: bool
    refresh: bool
    progress: api.Progress


@dataclass(slots=True)
class Asker:
    """Resolves, and knows what was asked.

    Attributes:
        registry: the registries on loopback.
        folder: where the store is.
        mailto: the contact address; None stays in the public pool.
        flags: further settings.
    """

    registry: Registry
    folder: Path
    mailto: str | None = "reader@example.org"
    flags: dict[str, object] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """What points at the loopback registry."""
        flags = {"cache_dir": self.folder, "mailto": self.mailto, **self.flags}
        return Settings.load(flags, self.registry.environment, self.folder)

    def run(self, *sources: str | Reference, **options: Unpack[Options]) -> api.Run:
        """Resolve; the log of the registry holds the requests of this run only."""
        self.registry.reset()
        return api.resolve(sources, settings=self.settings, **options)

    def outcomes(
        self, *sources: str | Reference, **options: Unpack[Options]
    ) -> list[Outcome]:
        """What became of each source, in their order."""
        run = self.run(*sources, **options)
        assert len(run.resolutions) == len(sources)
        return [one.outcome for one in run.resolutions]

    def outcome(self, source: str | Reference, **options: Unpack[Options]) -> Outcome:
        """What became of one source."""
        (outcome,) = self.outcomes(source, **options)
        return outcome

    @property
    def asked(self) -> dict[str, int]:
        """How many requests each service got in the last run."""
        services = [one.service for one in self.registry.log]
        return {name: services.count(name) for name in sorted(set(services))}

    def sent(self, service: str) -> list[LoggedRequest]:
        """The requests of the last run to one service."""
        return [one for one in self.registry.log if one.service == service]

    def listed(self, service: str) -> list[list[str]]:
        """The DOIs of each list request of the last run."""
        key, lead = {"crossref": ("filter", "doi:"), "datacite": ("ids", "")}[service]
        queries = (
            parse_qs(urlsplit(r.path_and_query).query) for r in self.sent(service)
        )
        return [
            [name.removeprefix(lead) for name in query[key][0].split(",")]
            for query in queries
            if key in query
        ]
