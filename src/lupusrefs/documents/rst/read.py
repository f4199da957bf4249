"""reStructuredText: citations, footnotes, Sphinx's roles, addresses.

Sources: docutils, "reStructuredText Markup Specification"; the documentation of
sphinxcontrib-bibtex (``:cite:``, ``:footcite:``, ``bibliography``) and of Sphinx
(``extlinks``, whose roles ``:doi:`` and the like are usual).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

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
from lupusrefs.documents.headings import Heading, heading
from lupusrefs.documents.light_markup import (
    ADDRESS,
    between,
    trimmed_address,
)
from lupusrefs.documents.markdown.source import blanked
from lupusrefs.documents.reference_list.joined_lines import join_lines
from lupusrefs.documents.rst.blocks import (
    Blocks,
    Directive,
    Note,
    is_option,
    read_blocks,
)
from lupusrefs.formats.endnote.names import parse_name
from lupusrefs.formats.text import SourceText
from lupusrefs.model.identifier_text import find_identifiers
from lupusrefs.model.item import Item

_INLINE: Final = re.compile(
    r"\\."
    r"|``(?:[^`\n]|`(?!`)|\n(?![ \t]*\r?\n))++``"
    r"|:(?P<role>[A-Za-z][\w.+-]{0,40}(?::[\w.+-]{1,40}){0,2}):`(?P<content>[^`]{1,4000}+)`"
    r"|`(?P<text>[^`<]{0,1000}+)<(?P<url>[^<>`]{1,2000}+)>`__?"
    r"|\[(?P<key>#[\w.:+-]*|\*|[^\W_][\w.:+-]*)\]_(?!\w)"
    rf"|(?P<address>\b{ADDRESS})",
    re.IGNORECASE,
)
_ADDRESS_ONLY: Final = re.compile(rf"{ADDRESS}\Z", re.IGNORECASE)
_CITES: Final = re.compile(r"(?:foot)?(?:full)?cite(?::[a-z.]{1,40})?", re.IGNORECASE)
# What a key may be given: ``{see}key{p. 3}``.
_ASIDE: Final = re.compile(r"\{[^{}]{0,300}\}")
_IN_ROLE: Final = re.compile(r"[^<>]{0,1000}<(?P<inner>[^<>]{1,2000})>", re.DOTALL)
# Roles of extlinks -> what an identifier of theirs begins with.
_IDENTIFIERS: Final = {
    **dict.fromkeys(("doi", "doi-link"), "doi:"),
    **dict.fromkeys(("arxiv", "arxiv-link"), "arXiv:"),
    **dict.fromkeys(("pmid", "pubmed"), "pmid:"),
    **dict.fromkeys(("pmcid", "pmc"), "pmcid:"),
    "isbn": "isbn:",
}
_LABELLED: Final = re.compile(r"(?:https?|doi|arxiv|pmid|pmcid|isbn):", re.IGNORECASE)
# Emphasis: the marks stand at the edge of words.
_EMPHASIS: Final = re.compile(
    r"(?<![\w\\*])(\*\*?)(?=[^\s*])([^*]{1,1000})(?<=\S)\1(?!\w)"
)
_SHOWN_LINK: Final = re.compile(r"`([^`<]{0,1000}+)(<[^<>`]{1,2000}+>)?`__?(?!\w)")
_SHOWN_ROLE: Final = re.compile(
    r":[A-Za-z][\w.+-]{0,40}(?::[\w.+-]{1,40}){0,2}:`([^`<]{1,2000}+)(?:<[^<>`]*+>)?`"
)
_ESCAPE: Final = re.compile(r"\\([ \n]|(\S))")
_SEVERAL: Final = re.compile(r"\s*;\s*|\s+and\s+")
_DIGITS: Final = re.compile(r"\d")


def read(file: DocumentFile) -> Document:
    """A reStructuredText file, with the files that it includes."""
    reader = _Reader()
    assembly = Assembly(file, reader.part)
    assembly.assemble()
    return assembly.document(DocumentKind.RST, reader.work, _citations(assembly))


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
            self.work, self.is_begun = _work(blocks), True
        part = Part(unseen=blocks.comments)
        _read_text(source, blocks, part)
        notes = [note for note in blocks.notes if _is_reference(note, source.text)]
        part.listed += _listed(notes, source, part.links)
        for directive in blocks.directives:
            if directive.name == "include":
                part.inclusions += _inclusions(directive, source)
            else:
                part.libraries += _libraries(directive, source)
                part.keys += _keys_below(directive, source)
        part.keys.sort(key=lambda key: key.location)
        return part


def _citations(assembly: Assembly) -> Iterator[Citation]:
    """The citations; a footnote is one where it is a reference."""
    # Docutils compares labels without regard to case.
    labels = {one.key.casefold(): one.key for one in assembly.listed if one.key}
    for one in assembly.keys:
        if one.is_sure:
            yield Citation(one.key, one.location)
            continue
        key = labels.get(one.key.lstrip("#").casefold())
        if key is not None or not _is_footnote(one.key):
            yield Citation(key or one.key, one.location)


# --- in the text --------------------------------------------------------------


def _read_text(source: SourceText, blocks: Blocks, part: Part) -> None:
    """Links and keys; those in ``[]_`` may be remarks."""
    prose = blanked(source.text, [*blocks.comments, *blocks.code])
    for match in _INLINE.finditer(prose):
        if match["role"]:
            _read_role(match, source, part)
        elif match["url"]:
            _add_link(match["url"], match.span("url"), match["text"], source, part)
        elif match["key"]:
            place = source.location(*match.span("key"))
            part.keys.append(Key(match["key"], place, is_sure=False))
        elif match["address"]:
            start = match.start()
            url = trimmed_address(match["address"])
            _add_link(url, (start, start + len(url)), url, source, part)
    for target in blocks.targets:
        body = source.text[target.body.start : target.body.end]
        url = "".join(body.split())
        if not _ADDRESS_ONLY.match(url):
            # Plain addresses are found above, in the order of the text.
            _add_link(
                url, (target.body.start, target.body.end), target.name, source, part
            )
    part.links.sort(key=lambda link: link.location)


def _add_link(
    url: str, place: tuple[int, int], text: str, source: SourceText, part: Part
) -> None:
    url = "".join(url.split()).replace("\\", "")
    # What ends in an underscore names a target.
    if "." in url and not url.endswith("_") and not url.startswith("#"):
        shown = " ".join(text.split()) or url
        part.links.append(Link(url, source.location(*place), shown))


def _read_role(match: re.Match[str], source: SourceText, part: Part) -> None:
    role, content = match["role"].casefold(), match["content"]
    start = match.start("content")
    if _CITES.fullmatch(role):
        bare = _ASIDE.sub(lambda aside: " " * len(aside[0]), content)
        at = start
        for piece in bare.split(","):
            if len((key := piece.strip()).split()) == 1:
                first = at + piece.index(key)
                place = source.location(first, first + len(key))
                part.keys.append(Key(key, place))
            at += len(piece) + 1
        return
    prefix = _IDENTIFIERS.get(role.rpartition(":")[2])
    if prefix is None:
        return
    inner = _IN_ROLE.fullmatch(content)
    value = (inner["inner"] if inner else content).strip()
    if not _LABELLED.match(value):
        value = prefix + value
    place = source.location(*match.span("content"))
    shown = content.partition("<")[0].strip() if inner else content.strip()
    part.links.append(Link(value, place, shown))


def _keys_below(directive: Directive, source: SourceText) -> Iterator[Key]:
    """The keys in the content of a ``bibliography``."""
    for span in directive.content:
        row = source.text[span.start : span.end].rstrip()
        if not is_option(row) and " " not in row:
            yield Key(row, source.location(span.start, span.start + len(row)))


def _is_footnote(label: str) -> bool:
    return label[0] in "#*" or label.isdigit()


# --- the list -----------------------------------------------------------------


def _is_reference(note: Note, text: str) -> bool:
    """Whether a note is one of a work; footnotes may be any remark."""
    if not note.is_footnote:
        return True
    body = text[note.body.start : note.body.end]
    if not _DIGITS.search(body):
        return False
    opens = heading(note.section) is Heading.OPENS
    return opens or bool(find_identifiers(body))


def _key(note: Note) -> str | None:
    """By what the text cites it; None where only the order tells."""
    return note.label.lstrip("#*") or None


def _listed(
    notes: list[Note], source: SourceText, links: list[Link]
) -> Iterator[Listed]:
    for note in notes:
        body = source.text[note.body.start : note.body.end]
        place = source.location(note.span.start, note.span.end)
        inside = between(links, note.body)
        yield Listed(_plain(body), place, _key(note), links=tuple(inside))


def _plain(body: str) -> str:
    """A note as it is read, in one line."""
    text = join_lines(body.splitlines())
    text = _SHOWN_ROLE.sub(lambda role: role[1].strip(), text)
    text = _SHOWN_LINK.sub(_shown_link, text)
    text = _EMPHASIS.sub(r"\2", text).replace("``", "")
    return _ESCAPE.sub(lambda escape: escape[2] or "", text)


def _shown_link(link: re.Match[str]) -> str:
    return link[1].strip() or (link[2] or "").strip("<>")


# --- about the file -----------------------------------------------------------


def _libraries(directive: Directive, source: SourceText) -> Iterator[NamedLibrary]:
    argument = directive.argument
    for match in re.finditer(r"\S+", source.text[argument.start : argument.end]):
        start = argument.start + match.start()
        place = source.location(start, start + len(match[0]))
        yield NamedLibrary(match[0], place)


def _inclusions(directive: Directive, source: SourceText) -> Iterator[Inclusion]:
    """The file of an ``include``, unless it is shown as it is, or is docutils' own."""
    start, end = directive.argument.start, directive.argument.end
    path = source.text[start:end].strip()
    options = [source.text[one.start : one.end] for one in directive.content]
    is_text = not any(one.startswith((":literal:", ":code:")) for one in options)
    if path and is_text and not path.startswith("<"):
        place = source.location(start, start + len(path))
        yield Inclusion(path, place, directive.span)


def _work(blocks: Blocks) -> Item | None:
    """What title and bibliographic fields say."""
    if not blocks.title:
        return None
    rows = [*blocks.fields.get("author", ()), *blocks.fields.get("authors", ())]
    people = [
        part.strip(" -*,") for row in rows for part in _SEVERAL.split(_plain(row))
    ]
    names = (parse_name(one, reading_order=True) for one in people)
    doi = next(iter(blocks.fields.get("doi", ())), None)
    return Item(
        id="",
        title=_plain(blocks.title),
        author=tuple(name for name in names if name),
        doi=doi,
    )
