"""AsciiDoc: the list of references, what cites it, addresses, the document itself.

Sources: the AsciiDoc language documentation (docs.asciidoctor.org/asciidoc), "Macros",
"Cross References", "Bibliography"; the manuals of asciidoctor-bibtex and of
asciidoctor-bibliography.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.asciidoc_blocks import Blocks, Entry, read_blocks
from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
    Link,
    Listed,
    NamedLibrary,
)
from lupusrefs.documents.joined_lines import join_lines
from lupusrefs.documents.light_markup import (
    ADDRESS,
    links_between,
    text_without,
    trimmed_address,
)
from lupusrefs.documents.markdown_source import blanked
from lupusrefs.formats.endnote.names import parse_name
from lupusrefs.formats.text import SourceText
from lupusrefs.model.item import Item
from lupusrefs.model.location import Span

_INLINE: Final = re.compile(
    r"\\(?:<<|[a-z]{3,20}:)"
    r"|<<(?P<xref>[^<>,\r\n]{1,200}+)(?:,[^<>]{0,500}+)?>>"
    r"|\bxref:(?P<xref_macro>[^\s\[\]]{1,200}+)\["
    r"|\b(?P<cite>(?:full|no)?cite(?:np|[pt]|al[tp]|author|year(?:par)?)?|bibitem)\*?:"
    r"[^\s\[\]:]{0,100}\[(?P<keys>[^\[\]]{0,2000}+)\](?P<more>(?:\+\[[^\[\]]{0,500}+\]){0,50})"
    r"|\blink:(?P<link>[^\s\[\]]{1,2000}+)\[(?P<link_text>[^\[\]]{0,1000}+)\]"
    rf"|(?P<address>\b{ADDRESS})",
    re.IGNORECASE,
)
# Attributes that name libraries: of asciidoctor-bibtex, of asciidoctor-bibliography.
_LIBRARIES: Final = ("bibtex-file", "bibliography-database")
_KEY: Final = re.compile(
    r"[ \t\r\n]*(?P<key>[^\s,()=]+)[ \t\r\n]*(?:\([^()]{0,300}\))?[ \t\r\n]*(?=,|\]|\Z)"
)
_LINK_TEXT: Final = re.compile(r"\[(?P<text>[^\[\]]{0,1000}+)\]")
_TEXT: Final = re.compile(
    r'"(?P<quoted>[^"]*)".*|(?P<plain>.*?)(?:,[^,=]{0,40}=.*|\^)?', re.DOTALL
)
_AUTHOR: Final = re.compile(
    r"(?P<name>[^\W\d_][\w.'’-]*(?:[ ][^\W\d_][\w.'’-]*){0,4})(?:[ ]*<[^<>]{1,300}>)?"
)
_EMPHASIS: Final = re.compile(
    r"(?<![\w\\*_`#])(?P<mark>\*\*?|__?|``?|##?)(?=\S)(?P<inner>[^*_`#]{1,1000}+)"
    r"(?<=\S)(?P=mark)(?!\w)"
)
_SHOWN_MACRO: Final = re.compile(
    r"(?:link:|(?=(?:https?|ftp)://))(?P<target>[^\s\[\]]{1,2000}+)"
    r"\[(?P<text>[^\[\]]{0,1000}+)\]"
)
_REPLACED: Final = {
    "{nbsp}": " ",
    "{amp}": "&",
    "{lt}": "<",
    "{gt}": ">",
    "{empty}": "",
}
_ATTRIBUTE: Final = re.compile("|".join(map(re.escape, _REPLACED)))


def read(file: DocumentFile) -> Document:
    """An AsciiDoc file."""
    source = file.source
    blocks = read_blocks(source.text)
    prose = blanked(source.text, [*blocks.comments, *blocks.code])
    links = sorted(_links(prose, source), key=lambda link: link.location)
    listed = tuple(_listed(entry, source, links) for entry in blocks.entries)
    inside = {link for one in listed for link in one.links}
    anchors = {entry.key for entry in blocks.entries if entry.key}
    return Document(
        file.file,
        DocumentKind.ASCIIDOC,
        text_without(source, blocks.comments),
        _work(blocks, source),
        tuple(link for link in links if link not in inside),
        listed,
        tuple(_citations(prose, source, anchors)),
        tuple(_libraries(blocks, source)),
        source.diagnostics,
    )


# --- in the text --------------------------------------------------------------


def _citations(prose: str, source: SourceText, anchors: set[str]) -> Iterator[Citation]:
    """What is cited; a cross reference is one where it is to an entry of the list."""
    for match in _INLINE.finditer(prose):
        for group in ("xref", "xref_macro"):
            key = (match[group] or "").strip().lstrip("#")
            if key in anchors:
                start = match.start(group) + match[group].index(key)
                yield Citation(key, source.location(start, start + len(key)))
        if match["cite"]:
            for start, key in _keys(match):
                yield Citation(key, source.location(start, start + len(key)))


def _keys(match: re.Match[str]) -> Iterator[tuple[int, str]]:
    """The keys of a macro: ``cite:[a, b(12)]``, ``cite:[a, page=3]+[b]``."""
    spans = [match.span("keys")]
    if match["more"]:
        start = match.start("more")
        spans += [
            (start + group.start(1), start + group.end(1))
            for group in re.finditer(r"\+\[([^\[\]]*)\]", match["more"])
        ]
    for start, end in spans:
        at = start
        while at < end:
            key = _KEY.match(match.string, at, end)
            if key:
                yield key.start("key"), key["key"]
            comma = match.string.find(",", key.end() if key else at, end)
            at = comma + 1 if comma >= 0 else end


def _links(prose: str, source: SourceText) -> Iterator[Link]:
    for match in _INLINE.finditer(prose):
        if match["link"]:
            target, text = match["link"], _link_text(match["link_text"])
            place = source.location(*match.span("link"))
            yield Link(target, place, text or target)
        elif match["address"]:
            yield _address(match, source)


def _address(match: re.Match[str], source: SourceText) -> Link:
    """An address, which may have a text in brackets behind it."""
    address, start = match["address"], match.start()
    text = ""
    opening = address.find("[")
    if opening >= 0:
        shown = _LINK_TEXT.match(match.string, start + opening)
        address = address[:opening]
        text = _link_text(shown["text"]) if shown else ""
    else:
        address = trimmed_address(address)
    place = source.location(start, start + len(address))
    return Link(address, place, text or address)


def _link_text(text: str) -> str:
    """The text of a link without the attributes behind it."""
    found = _TEXT.fullmatch(" ".join(text.split()))
    return ((found["quoted"] or found["plain"] or "") if found else text).strip()


# --- the list -----------------------------------------------------------------


def _listed(entry: Entry, source: SourceText, links: list[Link]) -> Listed:
    end = entry.lines[-1].end
    lines = [source.text[line.start : line.end] for line in entry.lines]
    place = source.location(entry.start, end)
    inside = links_between(links, Span(entry.start, end))
    return Listed(_plain(join_lines(lines)), place, entry.key, links=inside)


def _plain(text: str) -> str:
    """A line as it is read."""
    text = _SHOWN_MACRO.sub(
        lambda macro: _link_text(macro["text"]) or macro["target"], text
    )
    text = _EMPHASIS.sub(lambda match: match["inner"], text)
    return _ATTRIBUTE.sub(lambda match: _REPLACED[match[0]], text)


# --- about the file -----------------------------------------------------------


def _value(blocks: Blocks, source: SourceText, *names: str) -> str:
    """The value of the first of these attributes that is set."""
    for name in names:
        span = blocks.attributes.get(name)
        if span is not None:
            return source.text[span.start : span.end].strip()
    return ""


def _libraries(blocks: Blocks, source: SourceText) -> Iterator[NamedLibrary]:
    for name in _LIBRARIES:
        span = blocks.attributes.get(name)
        if span is None:
            continue
        for match in re.finditer(
            r"[^,\s][^,\r\n]*", source.text[span.start : span.end]
        ):
            path, start = match[0].rstrip(), span.start + match.start()
            yield NamedLibrary(path, source.location(start, start + len(path)))


def _work(blocks: Blocks, source: SourceText) -> Item | None:
    """What the header says."""
    title = blocks.title or _value(blocks, source, "doctitle", "title")
    if not title:
        return None
    line = blocks.authors or _value(blocks, source, "authors", "author")
    found = [_AUTHOR.fullmatch(part.strip()) for part in line.split(";")]
    names: list[str] = []
    if all(found):  # a line of another kind is no line of authors
        names = [one["name"].replace("_", " ") for one in found if one]
    people = (parse_name(name, reading_order=True) for name in names)
    return Item(
        id="",
        title=_plain(title),
        author=tuple(name for name in people if name),
        doi=_value(blocks, source, "doi") or None,
    )
