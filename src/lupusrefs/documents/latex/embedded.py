r"""Reference files inside a LaTeX file: ``filecontents`` (latexref, 8.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lupusrefs.documents.description import described
from lupusrefs.documents.document import Listed
from lupusrefs.documents.latex.inclusion import Segment
from lupusrefs.documents.latex.source import LatexView
from lupusrefs.formats.bibtex.read import stream
from lupusrefs.formats.text import Silence, SourceText

# Each is read with all that stands before it blank.
_MAX_FILES: Final = 20


@dataclass(frozen=True, slots=True)
class EmbeddedLibrary:
    """A reference file that a document holds.

    Attributes:
        path: the name under which LaTeX writes it.
        listed: its entries.
    """

    path: str
    listed: tuple[Listed, ...]


def embedded(segments: list[Segment]) -> Iterator[EmbeddedLibrary]:
    """Every reference file that the document holds."""
    views = {id(segment.view): segment.view for segment in segments}
    for seen in views.values():
        blank = re.sub(r"[^\r\n]", " ", seen.source.text) if seen.embedded else ""
        for path, span in seen.embedded[:_MAX_FILES]:
            yield EmbeddedLibrary(
                path, tuple(_listed(seen, blank, span.start, span.end))
            )


def _listed(seen: LatexView, blank: str, start: int, end: int) -> Iterator[Listed]:
    """The entries of one; all else is blank, so that they keep their places."""
    text = blank[:start] + seen.source.text[start:end]
    source = SourceText(seen.source.file, text)
    for one in stream(source, Silence(source)):
        yield Listed(
            described(one), one.location or source.location(start), one.id, one
        )
