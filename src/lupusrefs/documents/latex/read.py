"""A LaTeX document, or the ``.bbl`` file of one, as it is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
    Link,
    Listed,
)
from lupusrefs.documents.latex.amsrefs import amsrefs
from lupusrefs.documents.latex.bibitems import bibitems
from lupusrefs.documents.latex.biblatex_entries import biblatex_entries
from lupusrefs.documents.latex.citations import citation_commands
from lupusrefs.documents.latex.embedded import embedded
from lupusrefs.documents.latex.front_matter import front_matter
from lupusrefs.documents.latex.inclusion import Inclusions, Segment
from lupusrefs.documents.latex.libraries import libraries
from lupusrefs.documents.latex.links import links
from lupusrefs.documents.latex.own_commands import families, own_citation_commands
from lupusrefs.documents.latex.reading_text import reading_text

_LIST_FILE: Final = ".bbl"


def read(file: DocumentFile) -> Document:
    """A LaTeX document with the files that it includes, and its ``.bbl``."""
    path = PurePosixPath(file.file.replace("\\", "/"))
    is_list = path.suffix.lower() == _LIST_FILE
    inclusions = Inclusions(file)
    segments = inclusions.segments()
    own = own_citation_commands(segments)
    held = tuple(embedded(segments))
    named = tuple(libraries(segments, path.stem, families(segments)))
    listed = tuple(_listed(segments))
    work = None if is_list else front_matter(segments)
    beside = f"{path.stem}{_LIST_FILE}"
    if not is_list and (named or not listed) and beside not in inclusions.paths:
        found = inclusions.beside(beside)
        if found is not None:
            typeset = Segment(found, 0, len(found.code), is_body=True)
            listed += tuple(_listed([typeset]))
            segments.append(typeset)
    return Document(
        file.file,
        DocumentKind.BBL if is_list else DocumentKind.LATEX,
        reading_text((one for one in segments if not _is_data(one)), own),
        work=work,
        links=tuple(_links(segments, listed)),
        listed=(*listed, *(one for file in held for one in file.listed)),
        citations=tuple(_citations(segments, own)),
        # Of a file that the document holds itself there is nothing to look for.
        libraries=tuple(
            one for one in named if all(one.path != file.path for file in held)
        ),
        diagnostics=tuple(inclusions.diagnostics),
    )


def _listed(segments: list[Segment]) -> Iterator[Listed]:
    for segment in segments:
        found = (*bibitems(segment), *biblatex_entries(segment), *amsrefs(segment))
        yield from sorted(found, key=lambda one: one.location)


def _is_data(segment: Segment) -> bool:
    """Whether it is biber's file, which nobody reads as text."""
    return segment.view.code.find("\\endentry", segment.start, segment.end) >= 0


def _citations(segments: list[Segment], own: frozenset[str]) -> Iterator[Citation]:
    for segment in segments:
        source = segment.view.source
        for command in citation_commands(
            segment.view.arguments, segment.start, segment.end, own
        ):
            for key, start, end in command.keys:
                yield Citation(key, source.location(start, end))


def _links(segments: list[Segment], listed: tuple[Listed, ...]) -> Iterator[Link]:
    """What points elsewhere, outside the reference list."""
    inside = {link.location for one in listed for link in one.links}
    for segment in segments:
        if not segment.is_body:
            continue
        for link in links(segment.view, segment.start, segment.end):
            if link.location not in inside:
                yield link
