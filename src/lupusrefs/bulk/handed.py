"""What the conductor hands to a partition: answers of the store and of the registries.

Only the conductor has the store and asks the registries. What it knows of a partition's
identifiers goes along in a file, from which the partition's own store is filled.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from pydantic import BaseModel, ConfigDict

from lupusrefs.bulk.folder import Folder
from lupusrefs.errors import (
    Offline,
    RateLimited,
    ServiceError,
    ServiceRejected,
    ServiceUnreachable,
    UnexpectedReply,
)
from lupusrefs.store import Answer, Kind

_KINDS: Final = {
    one.__name__: one
    for one in (
        ServiceError,
        ServiceUnreachable,
        RateLimited,
        UnexpectedReply,
        Offline,
    )
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Failure(_Part):
    """Why nobody could be asked about an identifier.

    Attributes:
        kind: the name of the error's class.
        message: what happened.
        service: which registry.
        url: what was asked.
        hint: what to do next.
        status: the HTTP status, where there was one.
        agency: who registered the DOI, where that much is known.
    """

    kind: str
    message: str
    service: str
    url: str
    hint: str | None
    status: int | None = None
    agency: str | None = None

    @classmethod
    def of(cls, error: ServiceError, agency: str | None = None) -> Failure:
        """The failure of an error."""
        return cls(
            kind=type(error).__name__,
            message=str(error),
            service=error.service,
            url=error.url,
            hint=error.hint,
            status=error.status if isinstance(error, ServiceRejected) else None,
            agency=agency,
        )

    @property
    def error(self) -> ServiceError:
        """The error again."""
        service, url, hint = self.service, self.url, self.hint
        if self.status is not None and self.kind != RateLimited.__name__:
            return ServiceRejected(
                self.message, service=service, url=url, status=self.status, hint=hint
            )
        kind = _KINDS.get(self.kind, ServiceError)
        return kind(self.message, service=service, url=url, hint=hint)


class HandedAnswer(_Part):
    """An answer of the store.

    Attributes:
        subject: as in the store.
        kind: as in the store.
        body: as in the store.
        fetched: as in the store.
    """

    subject: str
    kind: Kind
    body: str
    fetched: datetime


class Handed(_Part):
    """What is known of a partition's identifiers beside the mirrors.

    Attributes:
        answers: of the store.
        failures: subject -> why nobody could be asked.
        prefixes: prefix -> whether anybody registers under it.
        asked: the subjects that a registry was asked about in this run.
    """

    answers: tuple[HandedAnswer, ...] = ()
    failures: dict[str, Failure] = {}
    prefixes: dict[str, bool] = {}
    asked: frozenset[str] = frozenset()

    def stored(self) -> Iterable[Answer]:
        """The answers, for a store."""
        return (
            Answer(one.subject, one.kind, one.body, one.fetched) for one in self.answers
        )


def handed_answer(answer: Answer) -> HandedAnswer:
    """An answer of the store, to be handed on."""
    return HandedAnswer(
        subject=answer.subject,
        kind=answer.kind,
        body=answer.body,
        fetched=answer.fetched,
    )


def read_handed(folder: Folder, name: str | None) -> Handed:
    """What was handed to a partition.

    Raises:
        OSError: the file is not there.
    """
    if name is None:
        return Handed()
    content = folder.read(name)
    return Handed.model_validate_json(content) if content else Handed()
