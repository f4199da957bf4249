"""AsciiDoc: the list of references, what cites it, addresses, the document itself.

Sources: the AsciiDoc language documentation (docs.asciidoctor.org/asciidoc), "Macros",
"Cross References", "Bibliography"; the manuals of asciidoctor-bibtex and of
asciidoctor-bibliography.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lupusrefs.documents.asciidoc.blocks import Blocks, Entry, read_blocks
from lupusrefs.documents.assembly import Assembly, Inclusion, Key, Part
from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
    Link,
    Listed,
    NamedLibrary,
)
from lupusrefs.documents.light_markup import (
    ADDRESS,
    between,
    trimmed_address,
)
from lupusrefs.documents.markdown.source import blanked
from lupusrefs.documents.reference_list.joined_lines import join_lines
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
# Other files are shown as they are; paths with attributes in them nobody knows.
_INCLUDE: Final = re.compile(
    r"^include::(?P<path>(?!\w+://)[^\s{}\[\]]{1,300}\.(?:adoc|asciidoc|asc|ad|txt))"
    r"\[(?P<options>[^\[\]]{0,300})\][ \t]*$",
    re.MULTILINE | re.IGNORECASE,
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
    """An AsciiDoc file, with the files that it includes."""
    reader = _Reader()
    assembly = Assembly(file, reader.part)
    assembly.assemble()
    anchors = {one.key for one in assembly.listed}
    citations = [
        Citation(one.key, one.location)
        for one in assembly.keys
        if one.is_sure or one.key in anchors
    ]
    return assembly.document(DocumentKind.ASCIIDOC, reader.work, citations)


@dataclass(slots=True)
class _Reader:
    """Reads file after file.

    Attributes:
        work: what the first of them says of the document.
        is_begun: whether it has been read.
    """

    work: Item | None = None
    is_begun: bool = False

    def part(self, source: SourceText) -> Part:
        """What is in a file."""
        blocks = read_blocks(source.text)
        if not self.is_begun:
            self.work, self.is_begun = _work(blocks, source), True
        prose = blanked(source.text, [*blocks.comments, *blocks.code])
        found = _Found(source, Part(unseen=blocks.comments))
        for match in _INLINE.finditer(prose):
            found.read(match)
        part = found.part
        part.listed += (_listed(one, source, part.links) for one in blocks.entries)
        part.libraries += _libraries(blocks, source)
        part.inclusions += _inclusions(prose, source)
        return part


# --- in the text --------------------------------------------------------------


@dataclass(slots=True)
class _Found:
    """What stands in the text of a file; of a link, a reader sees its text only."""

    source: SourceText
    part: Part

    def read(self, match: re.Match[str]) -> None:
        """Take what was found."""
        if match["link"]:
            self._link(match["link"], match, *match.span("link_text"))
        elif match["address"]:
            self._address(match)
        elif match["cite"]:
            for start, key in _keys(match):
                self._cite(key, start, is_sure=True)
        elif match["xref"] or match["xref_macro"]:
            group = "xref" if match["xref"] else "xref_macro"
            if key := match[group].strip().lstrip("#"):
                start = match.start(group) + match[group].index(key)
                self._cite(key, start, is_sure=False)

    def _cite(self, key: str, start: int, *, is_sure: bool) -> None:
        place = self.source.location(start, start + len(key))
        self.part.keys.append(Key(key, place, is_sure))

    def _address(self, match: re.Match[str]) -> None:
        """An address, which may have a text in brackets behind it."""
        address, start = match["address"], match.start()
        opening = address.find("[")
        shown = (
            _LINK_TEXT.match(match.string, start + opening) if opening >= 0 else None
        )
        if shown:
            self._link(address[:opening], match, *shown.span("text"))
            return
        address = trimmed_address(address if opening < 0 else address[:opening])
        place = self.source.location(start, start + len(address))
        self.part.links.append(Link(address, place, address))

    def _link(self, target: str, match: re.Match[str], start: int, end: int) -> None:
        """A link with its text in brackets."""
        text = _link_text(match.string[start:end])
        first = match.string.index(target, match.start())
        place = self.source.location(first, first + len(target))
        self.part.links.append(Link(target, place, text or target))
        if text:
            self.part.unseen.append(Span(match.start(), start))
        else:  # the address is what is shown
            self.part.unseen += [Span(match.start(), first), Span(start - 1, start)]
        self.part.unseen.append(Span(end, end + 1))


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


def _inclusions(prose: str, source: SourceText) -> Iterator[Inclusion]:
    for match in _INCLUDE.finditer(prose):
        place = source.location(*match.span("path"))
        is_optional = "optional" in match["options"]
        yield Inclusion(match["path"], place, Span(*match.span()), is_optional)


def _link_text(text: str) -> str:
    """The text of a link without the attributes behind it."""
    found = _TEXT.fullmatch(" ".join(text.split()))
    return ((found["quoted"] or found["plain"] or "") if found else text).strip()


# --- the list -----------------------------------------------------------------


def _listed(entry: Entry, source: SourceText, links: list[Link]) -> Listed:
    end = entry.lines[-1].end
    lines = [source.text[line.start : line.end] for line in entry.lines]
    place = source.location(entry.start, end)
    inside = between(links, Span(entry.start, end))
    return Listed(_plain(join_lines(lines)), place, entry.key, links=tuple(inside))


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
