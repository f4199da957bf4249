"""A local mirror of the registries: looked at, verified, repaired, kept up to date."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lupusrefs.config import Settings
from lupusrefs.errors import ServiceError
from lupusrefs.extras import extra

if TYPE_CHECKING:
    from lupusrefs.mirror.build import BuildOptions, BuildReport
    from lupusrefs.mirror.changes import FetchProgress
    from lupusrefs.mirror.info import MirrorInfo
    from lupusrefs.mirror.layout import Description, RegistryName
    from lupusrefs.mirror.retraction_watch import RetractionsRead
    from lupusrefs.mirror.stages import BuildProgress
    from lupusrefs.mirror.update import RegistryUpdate
    from lupusrefs.mirror.verify import Verified
    from lupusrefs.services.paging import ChangingRegistry


def _silent(_: object) -> None:
    """Nobody waits."""


@dataclass(slots=True)
class UpdateRun:
    """What a call of :func:`update_mirror` did.

    Attributes:
        description: what the mirror is now.
        registries: what became of each of its registries.
        retractions: what was read of Retraction Watch; None where it was not wanted, or
            could not be had.
        build: what became of the data files that were fetched; None if there are none.
        errors: which registries could not be asked to the end, and why.
        requests: how many requests were sent, by service.
    """

    description: Description
    registries: tuple[RegistryUpdate, ...] = ()
    retractions: RetractionsRead | None = None
    build: BuildReport | None = None
    errors: list[ServiceError] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)


def build_mirror(
    sources: Sequence[str],
    folder: str | Path,
    *,
    options: BuildOptions | None = None,
    progress: Callable[[BuildProgress], None] = _silent,
) -> BuildReport:
    """Make a mirror of data files, or add data files to one.

    Args:
        sources: data files of Crossref and DataCite, or folders of them.
        folder: the mirror's; it is made.
        options: how it is built.
        progress: is told how far it is.

    Raises:
        MirrorError: there is nothing to read, another build is at work or unfinished,
            the mirror is of another kind, or the disk is full.
        MissingPackage: ``lupusrefs[mirror]`` is not installed.
    """
    with extra("mirror", "a mirror"):
        from lupusrefs.mirror.build import build  # noqa: PLC0415 - an extra
    return build(sources, Path(folder), options, progress)


def mirror_info(location: str) -> MirrorInfo:
    """What a mirror has; none of its records is read.

    Args:
        location: a folder, or a URL that fsspec knows.

    Raises:
        MirrorError: there is neither a mirror nor the begin of one, or its description
            cannot be read.
        MissingPackage: ``lupusrefs[mirror]`` is not installed.
    """
    with extra("mirror", "a mirror"):
        from lupusrefs.mirror.info import info  # noqa: PLC0415 - an extra
    return info(location)


def verify_mirror(
    location: str,
    *,
    quick: bool = False,
    progress: Callable[[int], None] = _silent,
) -> Verified:
    """Whether every file of a mirror is what was written.

    Args:
        location: a folder, or a URL that fsspec knows.
        quick: look at the sizes alone.
        progress: called with the number of bytes looked at since the last call.

    Raises:
        MirrorError: there is no mirror, or its description cannot be read.
        MissingPackage: ``lupusrefs[mirror]`` is not installed.
    """
    with extra("mirror", "a mirror"):
        from lupusrefs.mirror.verify import verify  # noqa: PLC0415 - an extra
    return verify(location, quick=quick, progress=progress)


def repair_mirror(
    folder: str | Path,
    buckets: Iterable[int],
    *,
    jobs: int | None = None,
    progress: Callable[[BuildProgress], None] = _silent,
) -> None:
    """Make damaged buckets of a mirror anew from the data files that they came from.

    Args:
        folder: the mirror.
        buckets: their numbers, as :func:`verify_mirror` tells them.
        jobs: how many processes; None for as many as there are processors.
        progress: is told how far it is.

    Raises:
        MirrorError: a data file is gone or has changed, or a build is at work.
        MissingPackage: ``lupusrefs[mirror]`` is not installed.
    """
    with extra("mirror", "a mirror"):
        from lupusrefs.mirror.build import rebuild_buckets  # noqa: PLC0415 - an extra
    rebuild_buckets(Path(folder), buckets, jobs, progress)


def update_mirror(
    folder: str | Path,
    *,
    settings: Settings | None = None,
    since: date | None = None,
    retraction_watch: str | None = None,
    jobs: int | None = None,
    fetching: Callable[[FetchProgress], None] = _silent,
    building: Callable[[BuildProgress], None] = _silent,
) -> UpdateRun:
    """Ask the registries of a mirror for all that they changed since.

    What a registry does not answer is no loss to the rest, and is kept as far as it
    came: the next update goes on there.

    Args:
        folder: the mirror, a folder of this machine.
        settings: whom to ask, and who asks; default is what environment and
            configuration file say.
        since: from which day on, in UTC; default is a day before the one up to which
            the mirror is complete.
        retraction_watch: Retraction Watch's CSV file, or its URL; None to leave what
            the mirror has.
        jobs: how many processes; None for as many as there are processors.
        fetching: is told after every page how far a registry is.
        building: is told how far the build with what was fetched is.

    Raises:
        InputError: there is no mirror, it is not known from which day on to ask, the
            CSV file is another file, somebody else writes to the mirror, or nothing can
            be written.
        ConfigError: a setting is impossible.
        MissingPackage: ``lupusrefs[mirror]`` is not installed.
        RuntimeError: an event loop is running; call this in a thread.
    """
    with extra("mirror", "a mirror"):
        from lupusrefs.mirror import update  # noqa: PLC0415 - an extra
        from lupusrefs.mirror.lookup import Mirror  # noqa: PLC0415
        from lupusrefs.mirror.writing import disk_errors_named, locked  # noqa: PLC0415
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - keeps symbolic links
    # Before the lock, which makes a folder that is not there.
    Mirror.open(str(folder))
    settings = settings or Settings.load()
    with locked(folder), disk_errors_named(folder):
        run = UpdateRun(update.begin(folder))
        today = datetime.now(UTC).date()
        days = update.first_days(run.description, today, since)
        fetch = _fetch(run, folder, settings, days, today, retraction_watch, fetching)
        asyncio.run(fetch)
        if run.retractions is not None:
            run.description = update.add_retractions(folder, run.retractions)
    with_search = run.description.search is not None
    run.build = update.add_changes(
        folder,
        run.registries,
        with_search=with_search,
        jobs=jobs,
        progress=building,
    )
    with locked(folder), disk_errors_named(folder):
        run.description = update.settle(folder, run.registries)
    return run


async def _fetch(
    run: UpdateRun,
    folder: Path,
    settings: Settings,
    days: Mapping[RegistryName, date],
    today: date,
    retraction_watch: str | None,
    progress: Callable[[FetchProgress], None],
) -> None:
    """Ask everybody; Retraction Watch first, for that is done soon, or soon refused.

    Raises:
        InputError: its file is another file, or nothing can be written.
    """
    from lupusrefs.mirror.retraction_watch import read_csv, read_file  # noqa: PLC0415
    from lupusrefs.mirror.update import fetch_changes  # noqa: PLC0415
    from lupusrefs.registries import connect  # noqa: PLC0415 - slow to import

    async with connect(settings, in_bulk=True) as services:
        run.requests = services.requests
        if retraction_watch is not None:
            is_url = retraction_watch.startswith(("http://", "https://"))
            try:
                data = (
                    await services.retraction_watch.fetch(retraction_watch)
                    if is_url
                    else read_file(retraction_watch)
                )
                run.retractions = read_csv(data, retraction_watch)
            except ServiceError as error:
                run.errors.append(error)
        registries: Mapping[RegistryName, ChangingRegistry] = {
            "crossref": services.crossref,
            "datacite": services.datacite,
        }
        asked = await fetch_changes(folder, registries, days, today, progress)
    run.registries = asked
    run.errors += [one.error for one in asked if one.error is not None]
