"""Checking millions of references, against mirrors first of all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lupusrefs.api.access import opener, store_path
from lupusrefs.config import Settings
from lupusrefs.errors import InputError
from lupusrefs.extras import extra
from lupusrefs.model.location import Location
from lupusrefs.store import Store

if TYPE_CHECKING:
    from lupusrefs.baseline import Baseline
    from lupusrefs.bulk.engine import Engine
    from lupusrefs.bulk.plan import Options
    from lupusrefs.bulk.run import BulkProgress, BulkRun


@dataclass(frozen=True, slots=True)
class BulkOptions:
    """What is wanted of a bulk check beside its inputs.

    Attributes:
        output: the file to write: Parquet where it is called so, else JSON Lines; None
            where the rows are to be taken.
        work: the folder or URL for what is not finished; None for one beside the
            output. Workers on other machines have to reach it.
        offline: ask nobody: answer from store, mirrors and the bundled snapshot.
        refresh: ask even where the store has an answer.
        baseline: the findings that are known.
        engine: who does the work: ``local`` for processes of this machine, ``dask``.
        jobs: how many processes; default is one a processor.
        scheduler: the address of Dask's scheduler; None for a cluster of this machine.
    """

    output: Path | None = None
    work: str | None = None
    offline: bool = False
    refresh: bool = False
    baseline: Baseline | None = None
    engine: Literal["local", "dask"] = "local"
    jobs: int | None = None
    scheduler: str | None = None


def check_bulk(
    sources: Sequence[str],
    *,
    settings: Settings | None = None,
    options: BulkOptions | None = None,
    take: Callable[[bytes], None] = lambda _: None,
    progress: Callable[[BulkProgress], None] = lambda _: None,
) -> BulkRun:
    """Check JSON Lines, Parquet, folders and files of references, however many.

    Where there are processes to do it, each of them begins by importing the script that
    calls this: its own work then has to stand below ``if __name__ == "__main__":``.

    Args:
        sources: files, folders and URLs that fsspec knows.
        settings: default is what environment and configuration file say.
        options: what else is wanted.
        take: takes the rows as JSON Lines, where there is no output.
        progress: told how far the run is.

    Raises:
        ConfigError: a setting is impossible.
        EngineError: the workers cannot be reached, or cannot do their tasks.
        InputError: an input is not there, or a file cannot be written.
        MissingPackage: a package is not installed.
        RuntimeError: an event loop is running.
    """
    with extra("mirror", "a bulk check"):
        import duckdb  # noqa: F401, PLC0415 - to say early that it is missing
        import msgspec  # noqa: F401, PLC0415
        import pyarrow as pa  # noqa: F401, PLC0415

        from lupusrefs.bulk.conductor import Conductor, Job  # noqa: PLC0415
        from lupusrefs.bulk.run import BulkRun  # noqa: PLC0415
    settings = settings or Settings.load()
    options = options or BulkOptions()
    _refuse_no_sources(sources)
    run = BulkRun()
    job = Job(
        tuple(sources),
        _deciding(settings, options),
        options.baseline,
        options.output,
        options.work,
    )
    with Store(store_path(settings)) as store, _engine(options) as engine:
        Conductor(
            job,
            engine,
            store,
            None if options.offline else opener(settings, run),
            take,
            progress,
            run,
        ).conduct()
    return run


def _refuse_no_sources(sources: Sequence[str]) -> None:
    """Standard input can be read once, and by one process.

    Raises:
        InputError: it is among the sources, or there are none.
    """
    if not sources or "-" in sources:
        raise InputError(
            "a bulk check needs files, folders or URLs",
            location=Location.of_file("-") if sources else None,
            hint="save the references in a file first",
        )


def _deciding(settings: Settings, options: BulkOptions) -> Options:
    """What decides on the result.

    Raises:
        MirrorError: a mirror cannot be read.
    """
    from lupusrefs import __version__  # noqa: PLC0415 - it imports this package
    from lupusrefs.api.opening import open_mirrors  # noqa: PLC0415 - few have one
    from lupusrefs.bulk.plan import Options  # noqa: PLC0415 - few runs need it

    output = options.output
    is_table = output is not None and output.suffix.lower() == ".parquet"
    known = options.baseline
    marks = sorted(one.fingerprint for one in known.findings) if known else []
    return Options(
        version=__version__,
        output="parquet" if is_table else "jsonl",
        mirrors=settings.mirrors,
        mirror_digests=tuple(
            _digest(one.description.model_dump_json()) for one in open_mirrors(settings)
        ),
        offline=options.offline,
        refresh=options.refresh,
        profile=settings.profile,
        severity=settings.severity,
        ignores=settings.ignores,
        fail_on=settings.fail_on,
        baseline=_digest("\n".join(marks)) if known else None,
        max_bytes=settings.max_file_mb * 1_000_000,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _engine(options: BulkOptions) -> Engine:
    if options.engine == "dask":
        from lupusrefs.bulk.dask_engine import Dask  # noqa: PLC0415 - an extra

        return Dask(options.scheduler, options.jobs)
    from lupusrefs.bulk.engine import local  # noqa: PLC0415 - as above

    return local(options.jobs)
