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
from lupusrefs.documents.joined_lines import join_lines
from lupusrefs.documents.light_markup import (
    ADDRESS,
    between,
    text_without,
    trimmed_address,
)
from lupusrefs.documents.markdown_source import blanked
from lupusrefs.documents.rst_blocks import Blocks, Note, is_option, read_blocks
from lupusrefs.formats.endnote.names import parse_name
from lupusrefs.formats.text import SourceText
from lupusrefs.model.identifier_text import find_identifiers
from lupusrefs.model.item import Item
from lupusrefs.model.location import Span

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
    """A reStructuredText file."""
    source = file.source
    blocks = read_blocks(source.text)
    found = _found(source, blocks)
    notes = [note for note in blocks.notes if _is_reference(note, source.text)]
    listed = tuple(_listed(notes, source, found.links))
    inside = {link for one in listed for link in one.links}
    return Document(
        file.file,
        DocumentKind.RST,
        text_without(source, blocks.comments),
        _work(blocks),
        tuple(link for link in found.links if link not in inside),
        listed,
        tuple(_cited(found, blocks, notes, source)),
        tuple(_libraries(blocks, source)),
        source.diagnostics,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in the text: links, and (key, whether it is in ``[]_``, place)."""

    links: list[Link]
    keys: list[tuple[str, bool, Span]]


# --- in the text --------------------------------------------------------------


def _found(source: SourceText, blocks: Blocks) -> _Found:
    found = _Found([], [])
    prose = blanked(source.text, [*blocks.comments, *blocks.code])
    for match in _INLINE.finditer(prose):
        if match["role"]:
            _read_role(match, source, found)
        elif match["url"]:
            _add_link(match["url"], match.span("url"), match["text"], source, found)
        elif match["key"]:
            found.keys.append((match["key"], True, Span(*match.span("key"))))
        elif match["address"]:
            start = match.start()
            url = trimmed_address(match["address"])
            _add_link(url, (start, start + len(url)), url, source, found)
    for target in blocks.targets:
        body = source.text[target.body.start : target.body.end]
        url = "".join(body.split())
        if not _ADDRESS_ONLY.match(url):
            # Plain addresses are found above, in the order of the text.
            _add_link(
                url, (target.body.start, target.body.end), target.name, source, found
            )
    found.links.sort(key=lambda link: link.location)
    return found


def _add_link(
    url: str, place: tuple[int, int], text: str, source: SourceText, found: _Found
) -> None:
    url = "".join(url.split()).replace("\\", "")
    # What ends in an underscore names a target.
    if "." in url and not url.endswith("_") and not url.startswith("#"):
        shown = " ".join(text.split()) or url
        found.links.append(Link(url, source.location(*place), shown))


def _read_role(match: re.Match[str], source: SourceText, found: _Found) -> None:
    role, content = match["role"].casefold(), match["content"]
    start = match.start("content")
    if _CITES.fullmatch(role):
        bare = _ASIDE.sub(lambda aside: " " * len(aside[0]), content)
        at = start
        for part in bare.split(","):
            if len((key := part.strip()).split()) == 1:
                first = at + part.index(key)
                found.keys.append((key, False, Span(first, first + len(key))))
            at += len(part) + 1
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
    found.links.append(Link(value, place, shown))


def _cited(
    found: _Found, blocks: Blocks, notes: list[Note], source: SourceText
) -> Iterator[Citation]:
    """The citations; a footnote is one where it is a reference."""
    # Docutils compares labels without regard to case.
    labels = {key.casefold(): key for note in notes if (key := _key(note))}
    keys: list[tuple[str, Span]] = []
    for written, is_note, span in found.keys:
        key = labels.get(written.lstrip("#").casefold()) if is_note else written
        if key is not None or not _is_footnote(written):
            keys.append((key or written, span))
    for directive in blocks.directives:
        for span in directive.content:
            row = source.text[span.start : span.end].rstrip()
            if not is_option(row) and " " not in row:
                keys.append((row, Span(span.start, span.start + len(row))))
    for key, span in sorted(keys, key=lambda one: one[1]):
        yield Citation(key, source.location(span.start, span.end))


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


def _libraries(blocks: Blocks, source: SourceText) -> Iterator[NamedLibrary]:
    for directive in blocks.directives:
        argument = directive.argument
        for match in re.finditer(r"\S+", source.text[argument.start : argument.end]):
            start = argument.start + match.start()
            place = source.location(start, start + len(match[0]))
            yield NamedLibrary(match[0], place)


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
