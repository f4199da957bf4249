"""Which sources are those of a bulk check, by their names: nothing is read for it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final, Literal

from lupusrefs.mirror.location import is_url

_LINES: Final = (".jsonl", ".ndjson")
_PACKED: Final = ".gz"
_TABLE: Final = ".parquet"


def is_bulk(argument: str) -> bool:
    """Whether a source is one of a bulk check by itself."""
    if is_url(argument):
        # `doi:10.1000/1` is no place of files, and `https://doi.org/10.1000/1` is none
        # of references.
        is_web = argument.lower().startswith("http")
        return "://" in argument and (not is_web or kind_of(argument) is not None)
    return Path(argument).is_dir() or kind_of(argument) is not None


def kind_of(name: str) -> Literal["lines", "packed", "table"] | None:
    """What a file is by its name; None where it is none that is read in parts."""
    suffixes = [one.lower() for one in PurePosixPath(name).suffixes[-2:]]
    match suffixes:
        case [*_, one, last] if one in _LINES and last == _PACKED:
            return "packed"
        case [*_, last] if last in _LINES:
            return "lines"
        case [*_, last] if last == _TABLE:
            return "table"
        case _:
            return None
