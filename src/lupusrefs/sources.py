"""From what the user names, files and identifiers, to references."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Final

from lupusrefs.errors import (
    InputError,
    InvalidIdentifier,
)
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.garbage import uncollected
from lupusrefs.formats.names import FormatName
from lupusrefs.input_files import STDIN, Manuscript, SourceFile, open_input
from lupusrefs.manuscripts import CitedWorks, Manuscripts
from lupusrefs.model.identifiers import ArxivId, Isbn, Pmcid, Pmid, parse_identifier
from lupusrefs.model.location import Diagnostic, Location, Severity
from lupusrefs.model.reference import Reference

ARGUMENTS: Final = "<arguments>"
SEEDS: Final = "seed_refs.yaml"
# What is read where nothing is named: the first of these, else all BibTeX files here.
DEFAULT_NAMES: Final = (
    "refs.yaml",
    "references.yaml",
    "references.yml",
    "references.json",
    "references.bib",
    "references.ris",
    "references.nbib",
    "references.enw",
    "references.xml",
)
_BIBTEX_FILES: Final = "*.bib"
_MEGABYTE: Final = 1_000_000


@dataclass(slots=True)
class Sources:
    """Everything that was read, and what could not be.

    Attributes:
        references: in the order of the arguments and files.
        files: path, as in the locations of the references, -> the file.
        diagnostics: what is wrong inside the files.
        errors: what could not be read at all.
        note: which files were chosen where none was named.
        manuscripts: the documents among the inputs.
    """

    references: list[Reference] = field(default_factory=list)
    files: dict[str, SourceFile] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)
    note: str | None = None
    manuscripts: Manuscripts = field(default_factory=Manuscripts)


def read_sources(
    arguments: Sequence[str],
    *,
    configured: Sequence[str] = (),
    read_as: FormatName | None = None,
    max_bytes: int = 100 * _MEGABYTE,
) -> Sources:
    """Read files and identifiers; a bad one never costs the others.

    Args:
        arguments: paths, ``-`` for standard input, or identifiers.
        configured: the paths to use where ``arguments`` is empty.
        read_as: the format of all files, where it is not to be recognised.
        max_bytes: the size of the largest file that is read.
    """
    stream = stream_sources(
        arguments, configured=configured, read_as=read_as, max_bytes=max_bytes
    )
    with uncollected():
        references = list(stream)
    return Sources(
        references,
        stream.files,
        stream.diagnostics,
        stream.errors,
        stream.note,
        stream.manuscripts,
    )


def stream_sources(
    arguments: Sequence[str],
    *,
    configured: Sequence[str] = (),
    read_as: FormatName | None = None,
    max_bytes: int = 100 * _MEGABYTE,
) -> SourceStream:
    """The same as ``read_sources``, reference by reference as they are asked for.

    Nothing is read before the first one is asked for.
    """
    note: str | None = None
    if not arguments:
        arguments, note = _default_files(configured)
    return SourceStream(arguments, read_as, max_bytes, note)


class SourceStream:
    """The references of files and identifiers, of which one at a time is in memory.

    To iterate goes on where the last iteration was left; each reference comes once.

    Attributes:
        files: path, as in the locations of the references, -> the file; each is there
            before the first of its references comes.
        diagnostics: what is wrong inside the files; those of a file are there when
            its last reference has come.
        errors: what could not be read at all, so far.
        note: which files were chosen where none was named.
        manuscripts: the documents among the inputs.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        read_as: FormatName | None,
        max_bytes: int,
        note: str | None,
    ) -> None:
        self.files: dict[str, SourceFile] = {}
        self.diagnostics: list[Diagnostic] = []
        self.errors: list[InputError] = []
        self.note = note
        self.manuscripts = Manuscripts()
        self._read_as = read_as
        self._max_bytes = max_bytes
        self._references = self._all(arguments)

    def __iter__(self) -> Iterator[Reference]:
        return self._references

    def _all(self, arguments: Sequence[str]) -> Iterator[Reference]:
        named = {os.path.realpath(one) for one in arguments if one != STDIN}
        seen: set[str] = set()
        for position, argument in enumerate(arguments, start=1):
            if not _is_file(argument):
                yield _reference_of_identifier(argument, position)
                continue
            # `refs.bib ./refs.bib`: each entry would repeat itself.
            real = argument if argument == STDIN else os.path.realpath(argument)
            if real in seen:
                self.diagnostics.append(_named_again(argument))
                continue
            seen.add(real)
            try:
                file = open_input(
                    argument, read_as=self._read_as, max_bytes=self._max_bytes
                )
                if isinstance(file, Manuscript):
                    yield from self._of_document(file, named)
                    continue
            except InputError as error:
                self.errors.append(error)
                continue
            yield from self._of_file(argument, file)

    def _of_file(self, path: str, file: SourceFile) -> Iterator[Reference]:
        self.files[path] = file
        reading = FORMATS[file.name].read(file.source)
        yield from reading
        self.diagnostics += reading.diagnostics

    def _of_document(
        self, manuscript: Manuscript, named: Collection[str]
    ) -> Iterator[Reference]:
        works = CitedWorks(
            manuscript, named, self.files, self.manuscripts, self._max_bytes
        )
        try:
            yield from works
        finally:
            self.diagnostics += works.diagnostics


def _named_again(path: str) -> Diagnostic:
    message = "named twice, and read once"
    place = Location.of_file(path)
    return Diagnostic(message, place, severity=Severity.WARNING)


def _default_files(configured: Sequence[str]) -> tuple[Sequence[str], str | None]:
    """The files to read where none is named, and what to say of that."""
    if configured:
        return configured, None
    found = [name for name in DEFAULT_NAMES if Path(name).is_file()][:1]
    found = found or sorted(str(path) for path in Path().glob(_BIBTEX_FILES))
    if found:
        return found, f"reading {', '.join(found)}"
    note = (
        "no reference file named and none found here; showing the bundled seed "
        "references"
    )
    return [str(seed_path())], note


def seed_path() -> Path:
    """The bundled seed references: in the package, or beside a source checkout."""
    packaged = Path(str(files("lupusrefs.data"))) / SEEDS
    checkout = Path(__file__).parents[2] / "data" / SEEDS
    return packaged if packaged.is_file() else checkout


# What no file of references is called: it is meant as an identifier.
_IDENTIFIER_LIKE: Final = re.compile(
    r"\s*(?:10\.|doi\b|https?:|arxiv|pmid|pmcid|isbn)", re.IGNORECASE
)


def _is_file(argument: str) -> bool:
    """Whether an argument is meant as a file; one that exists always is."""
    if argument == STDIN or os.path.lexists(argument):
        return True
    if _IDENTIFIER_LIKE.match(argument):
        return False
    try:
        parse_identifier(argument)
    except InvalidIdentifier:
        return True
    return False


def read_identifiers(texts: Iterable[str]) -> list[Reference]:
    """References that only have an identifier, never taken for files."""
    return [
        _reference_of_identifier(text, position)
        for position, text in enumerate(texts, start=1)
    ]


def _reference_of_identifier(text: str, position: int) -> Reference:
    """A reference that only has an identifier; a malformed one is kept as DOI."""
    location = Location(ARGUMENTS, 1, position)
    try:
        found = parse_identifier(text)
    except InvalidIdentifier:
        return Reference(id=text, doi=text, location=location)
    match found:
        case ArxivId():
            return Reference(id=text, doi=str(found.doi), location=location)
        case Pmid():
            return Reference(id=text, pmid=str(found), location=location)
        case Pmcid():
            return Reference(id=text, pmcid=str(found), location=location)
        case Isbn():
            return Reference(id=text, isbn=str(found), location=location)
        case _:
            return Reference(id=str(found), doi=text, location=location)
