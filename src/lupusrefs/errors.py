"""Every exception lupusrefs raises on purpose, as one tree.

.. code-block:: text

    LupusrefsError                hint: what to do next, or None
    ├─ InputError                 location: where in which file, or None
    │  ├─ CannotMend              (formats.mend) a fix that cannot be made in place
    │  ├─ StyleError              (csl.errors) a CSL style that cannot be rendered
    │  │  └─ InvalidStyle         diagnostics: all that is wrong with it
    │  ├─ UnknownStyle            name, nearest: no CSL style has this name
    │  │  └─ AmbiguousStyle       several have it
    │  ├─ MirrorError             a mirror that cannot be built, read or updated
    │  └─ MissingPackage          package: a distribution that is not installed
    ├─ UnknownItem                (csl.errors, also KeyError) a cite of nothing
    ├─ InvalidIdentifier          (also ValueError) not an arXiv id, PMID, ISBN ...
    │  └─ InvalidDoi              not a DOI in any spelling
    ├─ InvalidKeyPattern          (model.key_pattern) a pattern of keys is none
    ├─ InvalidSelection           (selection) no such variable to sort or keep
    ├─ ImpossibleEdits            (model.edit) edits that cannot be made in a text
    │  └─ OverlappingEdits        two of them change the same characters
    ├─ ConfigError                a setting has an impossible value
    ├─ EngineError                workers of a bulk check that cannot do their tasks
    └─ ServiceError               service, url: a registry could not answer
       ├─ ServiceUnreachable      no connection, a reset, a timeout
       ├─ ServiceRejected         status: it answered, and refused or failed
       │  └─ RateLimited          429; retry_after_s: seconds it asked to wait
       ├─ UnexpectedReply         it answered with something we cannot read
       └─ Offline                 we were told not to ask

A :class:`ServiceError` is *ignorance*: it never says that a DOI does not exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lupusrefs.model.location import Location


class LupusrefsError(Exception):
    """Root of all errors; ``hint`` is one sentence on what to do next."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class InputError(LupusrefsError):
    """An input cannot be used; ``location`` says where the trouble is."""

    def __init__(
        self,
        message: str,
        *,
        location: Location | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.location = location


class UnknownStyle(InputError):  # noqa: N818
    """No CSL style is known by this name.

    Attributes:
        name: what was asked for.
        nearest: the ids of the styles that may be meant, best first; at most five.
    """

    def __init__(
        self,
        message: str,
        *,
        name: str,
        nearest: tuple[str, ...] = (),
        location: Location | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, location=location, hint=hint)
        self.name = name
        self.nearest = nearest


class AmbiguousStyle(UnknownStyle):
    """Several CSL styles have the name; ``nearest`` has their ids."""


class MirrorError(InputError):
    """A local mirror cannot be built, read or updated."""


class MissingPackage(InputError):  # noqa: N818
    """A distribution that is needed is not installed.

    Attributes:
        package: its name in the package index.
    """

    def __init__(
        self,
        message: str,
        *,
        package: str,
        location: Location | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, location=location, hint=hint)
        self.package = package


class InvalidIdentifier(LupusrefsError, ValueError):  # noqa: N818
    """The text is not an identifier of the kind asked for."""


class InvalidDoi(InvalidIdentifier):
    """The text is not a DOI in any spelling (DOI Handbook, 2.2)."""


class ConfigError(LupusrefsError):
    """A flag, environment variable or configuration key has a bad value."""


class EngineError(LupusrefsError):
    """The workers of a bulk check cannot be reached, or cannot do their tasks."""


class ServiceError(LupusrefsError):
    """A registry could not be asked, or its answer could not be read.

    Attributes:
        service: the registry's short name, such as ``crossref``.
        url: the URL that was asked, without credentials.
    """

    def __init__(
        self, message: str, *, service: str, url: str, hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.service = service
        self.url = url


class ServiceUnreachable(ServiceError):  # noqa: N818
    """No connection, a connection that broke, or no answer in time."""


class ServiceRejected(ServiceError):  # noqa: N818
    """The registry answered with an HTTP status that is no answer."""

    def __init__(
        self,
        message: str,
        *,
        service: str,
        url: str,
        status: int,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, service=service, url=url, hint=hint)
        self.status = status


class RateLimited(ServiceRejected):
    """HTTP 429; ``retry_after_s`` is what the registry asked for, in seconds."""

    def __init__(
        self,
        message: str,
        *,
        service: str,
        url: str,
        retry_after_s: float | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, service=service, url=url, status=429, hint=hint)
        self.retry_after_s = retry_after_s


class UnexpectedReply(ServiceError):  # noqa: N818
    """The body is not what the registry documents: HTML, truncated, too large."""


class Offline(ServiceError):  # noqa: N818
    """The answer would need the network, and ``--offline`` forbids it."""
