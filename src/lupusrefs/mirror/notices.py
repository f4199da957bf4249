"""Retraction Watch's notices, added to the works that a mirror has.

A registry's data file may be older than a retraction, or not have it at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from lupusrefs.mirror import layout
from lupusrefs.mirror.location import Place
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.work import Update, Work

if TYPE_CHECKING:
    import pyarrow as pa

# As Crossref names the same source in records that have it.
SOURCE: Final = "retraction-watch"


@dataclass(frozen=True, slots=True)
class Notices:
    """The notices, by the DOI of the work.

    Attributes:
        table: a notice a row, of :func:`retraction_watch.retractions_schema`; None
            where there is none.
        rows: the work's key -> its rows.
    """

    table: pa.Table | None
    rows: Mapping[str, list[int]]

    @classmethod
    def none(cls) -> Notices:
        """No notices."""
        return cls(None, {})

    @classmethod
    def load(cls, place: Place) -> Notices:
        """Read the file of a mirror.

        Raises:
            OSError: it is not there, or cannot be read.
            ValueError: it is no such file.
        """
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415

        data = pa.BufferReader(place.read(layout.RETRACTIONS))
        columns = ["doi", "notice", "type", "date"]
        table = pq.ParquetFile(data).read(columns=columns, use_threads=False)
        if table.num_columns != len(columns):
            raise ValueError("a column is missing")
        rows: dict[str, list[int]] = {}
        for number, doi in enumerate(table.column("doi").to_pylist()):
            rows.setdefault(str(doi), []).append(number)
        return cls(table, rows)

    def added(self, key: str, work: Work) -> Work:
        """The work with the notices that it does not have yet.

        Args:
            key: the DOI that led to it, folded.
            work: what the registry says.
        """
        names = dict.fromkeys((key, fold(work.id), *map(fold, work.aliases)))
        known = {(fold(one.doi), one.type) for one in work.updated_by}
        more: list[Update] = []
        for update in (one for name in names for one in self._updates(name, work.id)):
            if (fold(update.doi), update.type) not in known:
                known.add((fold(update.doi), update.type))
                more.append(update)
        if not more:
            return work
        return work.model_copy(update={"updated_by": (*work.updated_by, *more)})

    def _updates(self, key: str, doi: str) -> Iterator[Update]:
        """The notices about a key; one without a DOI stands under the work's own."""
        numbers = self.rows.get(key)
        if not numbers or self.table is None:
            return
        for row in self.table.take(numbers).to_pylist():
            day, type_ = row["date"], str(row["type"])
            yield Update(
                doi=row["notice"] or doi,
                type=type_,
                label=type_.replace("_", " ").capitalize(),
                source=SOURCE,
                date=Date(PartialDate(day.year, day.month, day.day))
                if isinstance(day, date)
                else None,
            )
