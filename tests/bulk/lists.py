"""Reference lists that cite made-up records, and the mirror that has those."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lupusrefs.api.bulk import BulkOptions, check_bulk
from lupusrefs.bulk import inputs, plan, rounds
from lupusrefs.bulk.run import BulkRun
from lupusrefs.config import Settings
from mirror.samples import crossref, datacite
from mirror.written import row, write_mirror

Item = dict[str, object]
OFFLINE = BulkOptions(offline=True, jobs=1)


def key_of(index: int) -> str:
    """The DOI of a made-up record."""
    return f"10.5555/bench.{index}"


def item(index: int, **changes: object) -> Item:
    """What somebody cites of a made-up record; of every third the year is wrong."""
    record = crossref(index)
    titles, people = record["title"], record["author"]
    assert isinstance(titles, list)
    assert isinstance(people, list)
    issued = record["issued"]
    assert isinstance(issued, dict)
    rows = issued["date-parts"]
    assert isinstance(rows, list)
    first = rows[0]
    assert isinstance(first, list)
    year = int(str(first[0])) + (5 if index % 3 == 0 else 0)
    containers = record["container-title"]
    assert isinstance(containers, list)
    names = [
        {part: one[part] for part in ("family", "given") if part in one}
        for one in people
        if isinstance(one, dict)
    ]
    cited: Item = {
        "id": f"ref{index}",
        "type": "article-journal",
        "title": titles[0],
        "author": names,
        "container-title": containers[0],
        "issued": {"date-parts": [[year]]},
        "volume": record["volume"],
        "issue": record["issue"],
        "page": record["page"],
        "DOI": key_of(index).upper() if index % 4 == 0 else key_of(index),
    }
    cited |= changes
    return {name: value for name, value in cited.items() if value is not None}


def write_list(path: Path, items: Iterable[Mapping[str, object]]) -> Path:
    """JSON Lines of items."""
    lines = [json.dumps(one, ensure_ascii=False) for one in items]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def make_mirror(folder: Path, records: int = 200) -> Path:
    """A mirror of works, with a retraction, a merged DOI and a data set."""
    rows = [
        row(key_of(index)) | {"record": json.dumps(crossref(index))}
        for index in range(records)
    ]
    retracted = crossref(7)
    retracted["title"] = ["A cure that was never there"]
    retracted["updated-by"] = [
        {"DOI": "10.5555/notice.7", "type": "erratum", "label": "Erratum"}
    ]
    rows[7]["record"] = json.dumps(retracted)
    # The record says that it is an erratum; its title, that it is a retraction.
    notice = crossref(7, doi="10.5555/notice.7")
    notice["title"] = ["Retraction: A cure that was never there"]
    notice["update-to"] = [{"DOI": key_of(7), "type": "erratum", "label": "Erratum"}]
    rows.append(row("10.5555/notice.7") | {"record": json.dumps(notice)})
    merged = row("10.5555/merged.9", is_alias=True)
    rows.append(merged | {"record": rows[9]["record"]})
    of_data = json.dumps(datacite(1))
    rows.append(row("10.5555/data.1", "datacite") | {"record": of_data})
    write_mirror(folder, rows, buckets=4)
    return folder


def cut_small(patch: pytest.MonkeyPatch, *, references: int, partitions: int) -> None:
    """Make partitions and rounds so small that a test has several.

    Args:
        patch: undoes it.
        references: of a partition.
        partitions: of a round.
    """
    patch.setattr(inputs, "PARTITION", references)
    patch.setattr(inputs, "PORTION", references)
    patch.setattr(plan, "ROUND", partitions)
    patch.setattr(rounds, "ROUND", partitions)


@dataclass(slots=True)
class Bulk:
    """Checks in bulk, with a store of the test's own.

    Attributes:
        folder: where the store is.
        flags: settings.
        options: as of the check.
        environment: where the registries are.
    """

    folder: Path
    flags: dict[str, object] = field(default_factory=dict)
    options: BulkOptions = OFFLINE
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """The settings of a run."""
        flags = {"cache_dir": self.folder / "cache", **self.flags}
        return Settings.load(flags, self.environment, self.folder)

    def check(
        self,
        *sources: Path | str,
        options: BulkOptions | None = None,
        take: Callable[[bytes], None] | None = None,
    ) -> tuple[BulkRun, list[Item]]:
        """Run; gives what it came to, and the rows."""
        taken: list[bytes] = []
        options = options or self.options
        run = check_bulk(
            [str(one) for one in sources],
            settings=self.settings,
            options=options,
            take=take or taken.append,
        )
        return run, rows_of(b"".join(taken))


def rows_of(content: bytes) -> list[Item]:
    """The rows of JSON Lines."""
    return [json.loads(line) for line in content.splitlines()]


def rules_of(rows: Sequence[Item]) -> list[tuple[object, object]]:
    """Key and rule of every row."""
    return [(one["key"], one["rule"]) for one in rows]
