"""A mirror is brought up to date: what registries have changed since, and retractions.

.. code-block:: text

    begin ─> first_days ─> fetch_changes ─> add_changes ─> settle
                           read_csv ─> add_retractions

What is fetched becomes data files in ``updates/``, sources like any others: a DOI that
is there twice, a build that is interrupted, a bucket that must be made anew, all of it
goes as always.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from lupusrefs.errors import MirrorError, ServiceError
from lupusrefs.files import write_atomically
from lupusrefs.mirror import retraction_watch
from lupusrefs.mirror.build import BuildOptions, BuildReport, build
from lupusrefs.mirror.changes import Changes, ChangesFetch, FetchProgress
from lupusrefs.mirror.layout import (
    DESCRIPTION,
    UPDATES,
    Description,
    RegistryName,
)
from lupusrefs.mirror.lookup import Mirror
from lupusrefs.mirror.manifest import Plan, WorkFolder
from lupusrefs.mirror.retraction_watch import RetractionsRead
from lupusrefs.mirror.stages import BuildProgress
from lupusrefs.mirror.writing import complete_finished, unfinished
from lupusrefs.services.paging import ChangingRegistry

# A record can appear in the registry's index a while after its index date.
_OVERLAP: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RegistryUpdate:
    """What became of one registry.

    Attributes:
        registry: which.
        since: the first day that was asked for.
        changes: what it has changed; None where it could not be asked to the end.
        error: why it could not.
    """

    registry: RegistryName
    since: date
    changes: Changes | None
    error: ServiceError | None = None


def begin(folder: Path) -> Description:
    """What there is to update.

    Whoever calls holds the mirror's lock.

    Raises:
        MirrorError: there is no mirror, or a build of it is not finished, so that
            nothing can be added.
        OSError: what is left to do of a build cannot be done.
    """
    work = WorkFolder(folder)
    complete_finished(work)
    description = Mirror.open(str(folder)).description
    plan = work.plan()
    if plan is not None and not _is_ours(plan):
        raise unfinished(folder, plan)
    return description


def first_days(
    description: Description, today: date, since: date | None = None
) -> dict[RegistryName, date]:
    """From which day on each registry of a mirror is asked.

    Args:
        description: of the mirror.
        today: in UTC.
        since: the day for all of them; else a day before the one up to which the mirror
            is complete.

    Raises:
        MirrorError: it is not known up to which day the mirror is complete, or the day
            is not there yet.
    """
    if since is not None and since > today:
        raise MirrorError(f"{since} is not there yet: it is {today} in UTC")
    days: dict[RegistryName, date] = {}
    for name, part in description.registries.items():
        if since is not None:
            days[name] = since
        elif part.as_of is not None:
            days[name] = part.as_of - _OVERLAP
        else:
            newest = f"; its newest is of {part.newest:%Y-%m-%d}" if part.newest else ""
            raise MirrorError(
                f"it is not known up to which day the records of {name} are "
                f"complete{newest}",
                hint="say with --from DATE from which day on the registry is asked",
            )
    return days


async def fetch_changes(
    folder: Path,
    registries: Mapping[RegistryName, ChangingRegistry],
    days: Mapping[RegistryName, date],
    today: date,
    progress: Callable[[FetchProgress], None] = lambda _: None,
) -> tuple[RegistryUpdate, ...]:
    """Fetch what registries have changed, all of them at once.

    What one of them does not answer is no loss to the others, and is kept as far as it
    came: the next update goes on there.

    Args:
        folder: the mirror.
        registries: are asked.
        days: from which day on each of them, in UTC.
        today: in UTC.
        progress: called after every page.

    Raises:
        MirrorError: a file cannot be written.
    """

    async def fetch(name: RegistryName) -> RegistryUpdate:
        since = days[name]
        try:
            fetching = ChangesFetch(folder, name, since, today)
            changes = await fetching.fetch(registries[name], progress)
        except ServiceError as error:
            return RegistryUpdate(name, since, None, error)
        return RegistryUpdate(name, since, changes)

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(fetch(name)) for name in days]
    except ExceptionGroup as several:
        raise several.exceptions[0] from None
    return tuple(task.result() for task in tasks)


def add_changes(
    folder: Path,
    updates: Iterable[RegistryUpdate],
    *,
    with_search: bool,
    jobs: int | None = None,
    progress: Callable[[BuildProgress], None] = lambda _: None,
) -> BuildReport | None:
    """Put into the mirror what was fetched.

    Args:
        folder: the mirror; nobody holds its lock.
        updates: what became of the registries.
        with_search: bring the full-text index up to date, too.
        jobs: how many processes; None for as many as there are processors.
        progress: is told how far it is.

    Returns:
        What came of it; None where nothing was fetched.

    Raises:
        MirrorError: another build is at work, a bucket is damaged, or the disk is full.
    """
    whole = [one.changes for one in updates if one.changes is not None]
    files = [str(path) for changes in whole for path in changes.files]
    if not files:
        return None
    plan = WorkFolder(folder).plan()
    names = {f"{UPDATES}/{Path(file).name}" for file in files}
    # A build of an update that was interrupted; since then more may have come.
    is_another = plan is not None and {one.path for one in plan.sources} != names
    options = BuildOptions(jobs=jobs, search=with_search, restart=is_another)
    return build(files, folder, options, progress)


def settle(folder: Path, updates: Iterable[RegistryUpdate]) -> Description:
    """Say up to which day the mirror is complete now that it has the changes.

    Whoever calls holds the mirror's lock.

    Args:
        folder: the mirror, built with the files of the changes.
        updates: what became of the registries.

    Returns:
        What the mirror is now.

    Raises:
        MirrorError: there is no mirror, or a file cannot be written.
    """
    whole = [one.changes for one in updates if one.changes is not None]
    description = Mirror.open(str(folder)).description
    parts = dict(description.registries)
    for changes in whole:
        part = parts.get(changes.registry)
        if part is not None and (part.as_of is None or part.as_of < changes.as_of):
            changed = part.model_copy(update={"as_of": changes.as_of})
            parts[changes.registry] = changed
    if parts != description.registries:
        description = description.model_copy(update={"registries": parts})
        _write(folder, description)
    for changes in whole:
        fetched = ChangesFetch(folder, changes.registry, changes.since, changes.as_of)
        fetched.settle()
    return description


def add_retractions(folder: Path, read: RetractionsRead) -> Description:
    """Give a mirror Retraction Watch's notices in place of those that it had.

    Whoever calls holds the mirror's lock.

    Args:
        folder: the mirror.
        read: the notices.

    Returns:
        What the mirror is now.

    Raises:
        InputError: there is no mirror, or a file cannot be written.
    """
    description = Mirror.open(str(folder)).description
    retractions = retraction_watch.write(folder, read.notices)
    description = description.model_copy(update={"retractions": retractions})
    _write(folder, description)
    return description


def _is_ours(plan: Plan) -> bool:
    """Whether a build is of an update that was interrupted."""
    return all(one.path.startswith(f"{UPDATES}/") for one in plan.sources)


def _write(folder: Path, description: Description) -> None:
    text = description.model_dump_json(indent=2) + "\n"
    write_atomically(folder / DESCRIPTION, text)
