"""What came of a mirror's build, for people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lupusrefs.mirror.build import BuildReport
from lupusrefs.mirror.layout import REJECTED
from lupusrefs.mirror.search_index import is_current
from lupusrefs.reports.mirror import counted, registry_name, size

_SHOWN: Final = 5


def warnings_of(report: BuildReport, folder: Path) -> Iterator[str]:
    """What was left out, and where that is said."""
    if report.rejected:
        what = counted(report.rejected, "line")
        yield f"{what} set aside, with the reasons in {folder / REJECTED}"
    if report.skipped:
        shown = ", ".join(report.skipped[:_SHOWN])
        more = len(report.skipped) - _SHOWN
        rest = f", and {more} more" if more > 0 else ""
        what = counted(len(report.skipped), "file")
        yield f"{what} not read, which by the name are no data files: {shown}{rest}"


def of_build(report: BuildReport, folder: Path) -> Iterator[str]:
    """What was read, and what the mirror has now."""
    if report.has_resumed:
        yield "the build went on where it had stopped"
    if report.unchanged:
        count = counted(len(report.unchanged), "source")
        yield f"{count} had been read before, and not changed since"
    if report.read or report.unchanged:
        read = counted(report.read, "source")
        yield f"{counted(report.records, 'record')} read from {read}"
    now = report.description
    each = [
        f"{counted(part.records, 'record')} of {registry_name(name)}"
        + (f", complete to {part.as_of}" if part.as_of else "")
        for name, part in now.registries.items()
    ]
    if now.aliases:
        each.append(f"{counted(now.aliases, 'DOI')} merged into others")
    held = sum(bucket.bytes for bucket in now.buckets)
    each.append(f"{size(held)} in {counted(len(now.buckets), 'bucket')}")
    if now.search is not None and is_current(now):
        each.append(f"an index of {counted(now.search.documents, 'record')}")
    yield f"{folder} has {'; '.join(each)}"
