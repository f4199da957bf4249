"""What a mirror has, what is wrong with it, what an update brought: for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from lupusrefs.mirror import layout
from lupusrefs.reports.citation import printable

# For types alone: these modules need packages of an extra.
if TYPE_CHECKING:
    from lupusrefs.api.mirroring import UpdateRun
    from lupusrefs.mirror.info import MirrorInfo, Unfinished
    from lupusrefs.mirror.layout import Description
    from lupusrefs.mirror.retraction_watch import RetractionsRead
    from lupusrefs.mirror.update import RegistryUpdate
    from lupusrefs.mirror.verify import Damage

_NAMES: Final = {"crossref": "Crossref", "datacite": "DataCite"}
_UNITS: Final = ("bytes", "kB", "MB", "GB", "TB")
_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR
_FEW: Final = 10


def to_text(info: MirrorInfo) -> str:
    """A few aligned lines."""
    lines = [printable(info.location)]
    if info.unfinished is not None:
        at = _place(info.unfinished)
        then = "" if info.unfinished.is_going_on else "; run it again to go on"
        lines.append(f"  a build is at {at}{then}")
    if info.description is not None:
        lines += _registries(info.description)
        lines += (
            f"  {name:<11} {text}" for name, text in _rows(info, info.description)
        )
    else:
        lines.append(f"  size        {size(info.bytes)}")
    return "\n".join(lines) + "\n"


def of_damage(damaged: Iterable[Damage]) -> str:
    """One line a file: what is wrong with it."""
    return "".join(f"{printable(one.name)}: {printable(one.what)}\n" for one in damaged)


def of_update(run: UpdateRun) -> str:
    """A line for each who was asked."""
    lines = [_update(run, one) for one in run.registries]
    if run.retractions is not None:
        lines.append(_retractions_read(run.retractions))
    if run.build is not None and run.build.rejected:
        lines.append(
            f"{counted(run.build.rejected, 'record')} set aside, with the reasons in "
            f"{layout.REJECTED}"
        )
    return "".join(f"{printable(line)}\n" for line in lines)


def _update(run: UpdateRun, one: RegistryUpdate) -> str:
    part = run.description.registries.get(one.registry)
    until = f"complete to {part.as_of}" if part and part.as_of else "of no known day"
    if one.changes is None:
        what = "not asked to the end"
    elif not one.changes.records:
        what = "nothing new"
    else:
        what = counted(one.changes.records, "record")
    return f"{registry_name(one.registry)}: {what} since {one.since}; {until}"


def _retractions_read(read: RetractionsRead) -> str:
    more = ""
    if read.without_doi:
        more += f"; {counted(read.without_doi, 'row')} about works without a DOI"
    if read.bad:
        rows = counted(read.bad, "row")
        more += f"; {rows} that cannot be read: {', '.join(read.problems)}"
    return f"Retraction Watch: {counted(len(read.notices), 'notice')}{more}"


def registry_name(name: str) -> str:
    """A registry as it spells itself."""
    return _NAMES.get(name, name)


def size(number: int) -> str:
    """A size in the unit that leaves up to three digits before the point."""
    value, unit = float(number), 0
    while round(value) >= 1000 and unit < len(_UNITS) - 1:  # noqa: PLR2004 - of units
        value, unit = value / 1000, unit + 1
    digits = 1 if unit and value < _FEW else 0
    return f"{value:.{digits}f} {_UNITS[unit]}"


def duration(seconds: float) -> str:
    """A time as one would say it: "40 s", "12 min", "3 h 20 min", "2 days"."""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} s"
    if seconds < _HOUR:
        return f"{round(seconds / _MINUTE)} min"
    if seconds < _DAY:
        hours, minutes = divmod(round(seconds / _MINUTE), 60)
        return f"{hours} h {minutes} min" if minutes and hours < _FEW else f"{hours} h"
    days = round(seconds / _DAY)
    return f"{days} day{'' if days == 1 else 's'}"


def counted(number: int, what: str) -> str:
    """``1 record``, ``2,000 records``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _place(found: Unfinished) -> str:
    if not found.tasks:
        return "its begin"
    if found.tasks_done < found.tasks:
        return f"{found.tasks_done} of {found.tasks} tasks"
    return f"{found.buckets_done} of {found.buckets} buckets, all sources read"


def _registries(description: Description) -> Iterator[str]:
    table = [("", "records", "complete to", "newest record")]
    for name, part in description.registries.items():
        until = part.as_of.isoformat() if part.as_of else "not known"
        cells = (f"{part.records:,}", until, _moment(part.newest))
        table.append((registry_name(name), *cells))
    width = max(len(records) for _, records, _, _ in table)
    for label, records, until, newest in table:
        yield f"  {label:<11} {records:>{width}}   {until:<11}   {newest}".rstrip()


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "not known"


def _rows(info: MirrorInfo, description: Description) -> Iterator[tuple[str, str]]:
    yield "kept", "whole records" if description.whole else _KEPT
    if description.aliases:
        merged = counted(description.aliases, "DOI")
        yield "aliases", f"{merged} merged into another"
    yield "retractions", _retractions(description)
    yield "search", _search(info, description)
    files = counted(description.sources, "data file")
    yield "sources", f"{files}, {size(description.source_bytes)}{_damaged(info)}"
    yield from (("", f"  {line}") for line in _damaged_lines(info))
    if description.rejected:
        lines = counted(description.rejected, "line")
        yield "rejected", f"{lines}, with the reasons in {layout.REJECTED}"
    buckets = counted(len(description.buckets), "bucket")
    each = sum(one.bytes for one in description.buckets) / max(description.records, 1)
    yield "size", f"{size(info.bytes)}; {buckets}, {each:,.0f} bytes a record"


_KEPT: Final = "what comparing and rendering need"


def _retractions(description: Description) -> str:
    found = description.retractions
    if found is None:
        return "those of the registries alone; --retraction-watch of `update` adds more"
    until = f", the youngest of {found.as_of}" if found.as_of else ""
    return f"{counted(found.rows, 'notice')} of Retraction Watch{until}"


def _search(info: MirrorInfo, description: Description) -> str:
    if description.search is None:
        return "no index; `mirror build --search` makes one"
    documents = counted(description.search.documents, "record")
    state = "" if info.is_searchable else ", out of date; `mirror build --search`"
    return f"an index of {documents}{state}"


def _damaged(info: MirrorInfo) -> str:
    return f"; {len(info.damaged)} damaged" if info.damaged else ""


def _damaged_lines(info: MirrorInfo) -> Sequence[str]:
    shown = info.damaged[:_FEW]
    lines = [printable(f"{one.name}: {one.problem}") for one in shown]
    more = len(info.damaged) - len(shown)
    return [*lines, *([f"and {more} more"] if more else [])]
