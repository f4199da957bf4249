"""Documents -> what they refer to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lupusrefs.config import Settings
from lupusrefs.input_files import open_manuscript
from lupusrefs.model.reference import Library, Reference

if TYPE_CHECKING:
    from lupusrefs.documents.scan import Scan


def scan(path: str | Path, *, settings: Settings | None = None) -> Scan:
    """Find the references and identifiers inside a document; nobody is asked.

    Args:
        path: the document, or ``-`` for standard input.
        settings: the size of the largest file that is read; default is what
            environment and configuration file say.

    Raises:
        ConfigError: a setting is impossible.
        InputError: the document cannot be read.
        MissingPackage: its format needs a package that is not installed.
    """
    from lupusrefs import scanner  # noqa: PLC0415 - `export` and the like need none

    settings = settings or Settings.load()
    manuscript = open_manuscript(str(path), max_bytes=settings.max_file_mb * 1_000_000)
    return scanner.scan(manuscript.file, manuscript.kind)


def scanned_library(scans: Iterable[Scan]) -> Library:
    """The reference lists of documents as one library, each work once, keys unique.

    Two references are one if they have the same DOI.
    """
    from lupusrefs.model.doi_spelling import fold  # noqa: PLC0415 - as above
    from lupusrefs.model.keys import citation_keys  # noqa: PLC0415

    known: set[str] = set()
    references: list[Reference] = []
    for one in (listed.reference for each in scans for listed in each.references):
        doi = fold(one.doi or "")
        if not doi or doi not in known:
            known.add(doi)
            references.append(one)
    keys = citation_keys(references)
    return Library(
        one.model_copy(update={"id": key})
        for one, key in zip(references, keys, strict=True)
    )
