"""What a bulk check is to do, cut into partitions: written down before it begins.

The partitions depend on the inputs alone. Whoever does the work, in whatever order,
comes to the same result; and a run that was ended goes on from what is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lupusrefs.bulk.folder import Folder
from lupusrefs.checker import PORTION
from lupusrefs.mirror.layout import ROW_GROUP_ROWS, Description
from lupusrefs.policy import Ignore, Level, Profile

FILE: Final = "plan.json"
SCHEMA: Final = "lupusrefs.bulk-plan/1"
# References of a partition: some ten portions, a few seconds of work.
PARTITION: Final = 10 * PORTION
# Partitions of a round, at least and at most: what stands between its phases is the
# records of one to ten million references, however many rounds there are.
ROUND: Final = 200
MOST_ROUND: Final = 2_000
# References of a round for each row group of a mirror. One for each reads two thirds of
# the mirror; eight read all of it, for eight times as many: a fifth of the reading.
ROUND_HITS: Final = 8
OutputKind: TypeAlias = Literal["jsonl", "parquet"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Partition(_Part):
    """Consecutive references of one input, or the references of a few files.

    Attributes:
        number: its place in the order of all.
        kind: ``lines`` of JSON Lines, rows of a ``table``, or whole ``files``.
        file: the input, as it is named in places; of several files, the first.
        path: the file to read; another than ``file`` where that was unpacked.
        start: the first byte, or row from 0.
        end: the byte behind the last one, or the row.
        first: the number of the first line or row in ``file``, from 1.
        references: how many lines or rows there are; of files, a guess.
        files: of ``files``, all of them.
    """

    number: int
    kind: Literal["lines", "table", "files"]
    file: str
    path: str
    start: int = 0
    end: int = 0
    first: int = 1
    references: int
    files: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Which references these are, to whoever gave them."""
        if self.kind == "files":
            return ", ".join(self.files)
        kind = "lines" if self.kind == "lines" else "rows"
        last = self.first + self.references - 1
        return f"{self.file}, {kind} {self.first} to {last}"


class InputFile(_Part):
    """A file that is read: if it changes, the plan is another one.

    Attributes:
        name: its path or URL.
        bytes: its size.
        changed: when it was last changed, or its tag, as its file system says.
    """

    name: str
    bytes: int
    changed: str


class Options(_Part):
    """What decides on the result beside the inputs.

    Attributes:
        version: of lupusrefs.
        output: what is written.
        mirrors: the mirrors, in their order.
        mirror_digests: the SHA-256 of the description of each.
        offline: whether nobody is asked.
        refresh: whether what is stored is believed.
        profile: the set of severities.
        severity: rule -> what it is set to.
        ignores: of the configuration.
        fail_on: from which severity on a finding makes the run fail.
        baseline: the SHA-256 of the baseline's findings; None where there is none.
        max_bytes: the size of the largest reference file that is read.
    """

    version: str
    output: OutputKind
    mirrors: tuple[str, ...]
    mirror_digests: tuple[str, ...]
    offline: bool
    refresh: bool
    profile: Profile
    severity: dict[str, Level]
    ignores: tuple[Ignore, ...]
    fail_on: str
    baseline: str | None
    max_bytes: int


class Plan(_Part):
    """``plan.json``.

    Attributes:
        schema_: the name and version of this shape.
        begun: when the run began, UTC: "today", also of a run that goes on tomorrow.
        options: what decides on the result.
        inputs: the files.
        skipped: files of folders that are none of references.
        damaged: what of the inputs cannot be read, as file and message.
        partitions: the work.
        round_size: how many partitions are done together.
    """

    schema_: Annotated[Literal["lupusrefs.bulk-plan/1"], Field(alias="schema")] = SCHEMA
    begun: datetime
    options: Options
    inputs: tuple[InputFile, ...]
    skipped: int = 0
    damaged: tuple[tuple[str, str], ...] = ()
    partitions: tuple[Partition, ...] = ()
    round_size: int = ROUND

    @property
    def references(self) -> int:
        """How many there are, as far as can be said before they are read."""
        return sum(one.references for one in self.partitions)

    def rounds(self) -> Iterator[Sequence[Partition]]:
        """The partitions, so many at a time as are done together."""
        for start in range(0, len(self.partitions), self.round_size):
            yield self.partitions[start : start + self.round_size]

    def is_of(self, options: Options, inputs: Sequence[InputFile]) -> bool:
        """Whether this is the plan of a run with these options and inputs."""
        return self.options == options and self.inputs == tuple(inputs)


def round_size(mirrors: Iterable[Description]) -> int:
    """How many partitions to do together.

    A round reads each row group in which there is a DOI that it wants: the more there
    are for each, the less often a mirror is read. The result does not depend on it.

    Args:
        mirrors: what they are.
    """
    groups = (
        sum(-(-one.rows // ROW_GROUP_ROWS) for one in mirror.buckets)
        for mirror in mirrors
    )
    wanted = max(groups, default=0) * ROUND_HITS // PARTITION
    return min(max(wanted, ROUND), MOST_ROUND)


def saved_plan(folder: Folder) -> Plan | None:
    """The plan of an unfinished run; None where there is none that can be read."""
    try:
        return Plan.model_validate_json(folder.read(FILE))
    except (OSError, ValidationError):
        return None


def save_plan(folder: Folder, plan: Plan) -> None:
    """Write the plan down.

    Raises:
        InputError: it cannot be written.
    """
    folder.write(FILE, plan.model_dump_json(by_alias=True).encode())
