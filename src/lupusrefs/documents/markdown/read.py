"""Markdown in its dialects: CommonMark, pandoc's, Quarto's, R Markdown's and MyST's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
    Link,
    Listed,
    NamedLibrary,
)
from lupusrefs.documents.latex.citations import CitedKey
from lupusrefs.documents.markdown.citations import key_target, keys_of
from lupusrefs.documents.markdown.links import find_links
from lupusrefs.documents.markdown.metadata import read_metadata
from lupusrefs.documents.markdown.references import find_entries
from lupusrefs.documents.markdown.source import MarkdownView, view
from lupusrefs.documents.placed_text import PlacedText, TextBuilder
from lupusrefs.formats.text import SourceText
from lupusrefs.model.doi_text import find_dois

# MyST's directive, and sphinxcontrib-bibtex's file names behind it.
_BIBLIOGRAPHY: Final = re.compile(
    r"^[ \t>]*(?:`{3,}|~{3,}|:{3,})[ \t]*\{bibliography\}[ \t]*(?P<paths>[^\r\n]*)$",
    re.MULTILINE,
)

_MAX_DOI: Final = 300  # characters


def read(file: DocumentFile) -> Document:
    """A Markdown file; its text is what it says, markup included."""
    source = file.source
    seen = view(source.text)
    metadata = read_metadata(source, seen)
    cited = keys_of(seen)
    links = [*_links(source, seen), *_identifiers(source, cited)]
    listed, links = _listed(source, seen, sorted(links, key=_start))
    return Document(
        file.file,
        DocumentKind.MARKDOWN,
        _text(source, seen),
        work=metadata.work,
        links=tuple(links),
        listed=(*metadata.listed, *listed),
        citations=(
            *metadata.citations,
            *(Citation(key, source.location(start, end)) for key, start, end in cited),
        ),
        libraries=(*metadata.libraries, *_libraries(source, seen)),
        diagnostics=metadata.diagnostics,
        prose=_prose(seen),
    )


def _text(source: SourceText, seen: MarkdownView) -> PlacedText:
    """All but metadata and comments, each character in its place."""
    builder = TextBuilder()
    for start, end in _parts(seen):
        builder.verbatim(source, start, end)
    return builder.build()


def _prose(seen: MarkdownView) -> str:
    """The same without blocks of code."""
    return "".join(seen.blocks[start:end] for start, end in _parts(seen))


def _parts(seen: MarkdownView) -> Iterator[tuple[int, int]]:
    """Where what a reader sees begins and ends."""
    at = 0
    for span in seen.unseen:
        yield at, max(at, span.start)
        at = max(at, span.end)
    yield at, len(seen.text)


def _links(source: SourceText, seen: MarkdownView) -> Iterator[Link]:
    for target, start, end, text in find_links(seen.prose):
        yield Link(target, source.location(start, end), text)


def _identifiers(source: SourceText, cited: list[CitedKey]) -> Iterator[Link]:
    """The keys that are identifiers themselves; addresses are links anyway."""
    for one in cited:
        target = key_target(one.key)
        if target is not None and "://" not in target:
            end = one.end
            if target.startswith("doi:") and source.text[end : end + 1] in {"(", "<"}:
                target, end = _whole_doi(source.text, one, target)
            yield Link(target, source.location(one.start, end), f"@{one.key}")


def _whole_doi(text: str, one: CitedKey, target: str) -> tuple[str, int]:
    """The DOI that is meant, and its end: pandoc ends a key at a bracket."""
    found = find_dois(text[one.start : one.start + _MAX_DOI])
    if found and one.start + found[0].end > one.end:
        return f"doi:{found[0].doi.name}", one.start + found[0].end
    return target, one.end


def _start(link: Link) -> int:
    return link.location.span.start if link.location.span else 0


def _listed(
    source: SourceText, seen: MarkdownView, links: list[Link]
) -> tuple[list[Listed], list[Link]]:
    """The entries of the list with their links, and the links outside of it."""
    starts = [_start(link) for link in links]
    listed: list[Listed] = []
    outside: list[Link] = []
    done = 0
    for key, text, start, end in find_entries(seen.prose):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        outside += links[done:first]
        place = source.location(start, end)
        listed.append(Listed(text, place, key, links=tuple(links[first:last])))
        done = max(done, last)
    return listed, outside + links[done:]


def _libraries(source: SourceText, seen: MarkdownView) -> Iterator[NamedLibrary]:
    for match in _BIBLIOGRAPHY.finditer(seen.text):
        for path in re.finditer(r"\S+", match["paths"]):
            start = match.start("paths") + path.start()
            place = source.location(start, start + len(path[0]))
            yield NamedLibrary(path[0], place)
