"""Append to a BibTeX or BibLaTeX file, in the layout of its own entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lupusrefs.errors import InputError
from lupusrefs.formats import bibtex
from lupusrefs.formats.append.bibtex_style import style_of
from lupusrefs.formats.append.place import (
    NOTHING_ADDED,
    insertion,
    line_end,
    newline,
)
from lupusrefs.formats.bibtex.scan import scan
from lupusrefs.formats.bibtex.syntax import Block, Comment, Entry
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import Item
from lupusrefs.model.reference import Reference

# The layout of the newest entries is the file's.
_NEWEST: Final = 200
_KEY: Final = re.compile(r"@[ \t]*+[A-Za-z]++\s*+[{(]\s*+([^\s,{}()]++)\s*+,")
# BibLaTeX's other names of an entry (its manual, 2.2.3).
_IDS: Final = re.compile(r"\bids\s*+=\s*+[{\"]([^{}\"]*+)", re.IGNORECASE)
# What JabRef keeps of its own, at the end of a file.
_SETTINGS: Final = re.compile(r"@comment\s*\{\s*jabref-", re.IGNORECASE)
_JABREF_BIBLATEX: Final = re.compile(r"jabref-meta:\s*databaseType:biblatex")
_BIBLATEX: Final = frozenset(("date", "journaltitle", "location", "eprinttype"))
_BIBTEX: Final = frozenset(("journal", "address", "year", "school"))


def append(
    source: SourceText,
    name: FormatName,
    items: Sequence[Item],
    references: Sequence[Reference],
) -> Edit:
    """The edit that puts ``items`` behind the last entry.

    What stands behind that entry stays where it is: comments, settings of programs.

    Raises:
        InputError: an entry is not closed, and none behind it: the end of the file may
            be inside of it.
    """
    base = _tail(references)
    tail = source.text[base:]
    # What is wrong in it was told when it was read.
    blocks = scan(tail, Diagnostics(source))
    entries = [block for block in blocks if isinstance(block, Entry)]
    closed = [entry for entry in entries if entry.closed]
    if entries and not closed:
        raise InputError(
            f"the last entry, `{entries[-1].key}`, has no end{NOTHING_ADDED}",
            location=source.location(base + entries[-1].start),
            hint="close it with `}` in a line of its own",
        )
    style = style_of(tail, closed[-_NEWEST:])
    biblatex = name is FormatName.BIBLATEX or _is_biblatex(tail, closed)
    entries_of = bibtex.dump_biblatex if biblatex else bibtex.dump_bibtex
    new = [
        style.entry(entry, item.id)
        for item in items
        for entry in _parsed(_carried(entries_of([item]), source))
    ]
    if not closed:
        return _begin(source, blocks, style.entries.join(new))
    end = closed[-1].end
    body = "".join(f"{style.entries}{entry}" for entry in new)
    rest = tail[end : line_end(tail, end)]
    if "@" in rest:
        body += "\n"
    else:
        end += len(rest.rstrip())
    return insertion(base + end, body, newline(source.text))


def _tail(references: Sequence[Reference]) -> int:
    """Where the entries begin that are looked at."""
    if len(references) > _NEWEST:
        place = references[-_NEWEST].location
        if place is not None and place.span is not None:
            return place.span.start
    return 0


def _parsed(text: str) -> Iterator[Entry]:
    blocks = scan(text, Diagnostics(SourceText("", text)))
    return (block for block in blocks if isinstance(block, Entry))


def _carried(text: str, source: SourceText) -> str:
    """The text with LaTeX's commands for what the file's encoding has no characters."""
    if source.unencodable(text) is None:
        return text
    from pylatexenc.latexencode import (  # noqa: PLC0415 - slow, and seldom needed
        UnicodeToLatexEncoder,
    )

    encoder = UnicodeToLatexEncoder(
        non_ascii_only=True,
        replacement_latex_protection="braces-all",
        unknown_char_policy="keep",
        unknown_char_warning=False,
    )
    return "".join(
        encoder.unicode_to_latex(char) if source.unencodable(char) else char
        for char in text
    )


def _begin(source: SourceText, blocks: Sequence[Block], entries: str) -> Edit:
    """The edit that puts the first entries into a file, before JabRef's settings."""
    text = source.text
    for block in blocks:
        if isinstance(block, Comment) and _SETTINGS.match(text, block.start):
            return insertion(block.start, f"{entries}\n\n", newline(text))
    above = len(text.rstrip())
    lines = text[above:].count("\n")
    gap = "\n" * max(2 - lines, 0) if above else ""
    return insertion(len(text), f"{gap}{entries}\n", newline(text))


def _is_biblatex(text: str, entries: Sequence[Entry]) -> bool:
    """Whether the file says so, or most entries have BibLaTeX's own fields."""
    if _JABREF_BIBLATEX.search(text, entries[-1].end if entries else 0):
        return True
    votes = 0
    for entry in entries:
        names = {one.name.lower() for one in entry.fields}
        biblatex, classic = len(names & _BIBLATEX), len(names & _BIBTEX)
        votes += (biblatex > classic) - (biblatex < classic)
    return votes > 0


def all_keys(text: str) -> set[str]:
    """Every key that the text gives to an entry, read or not, other names included."""
    keys = {match[1] for match in _KEY.finditer(text)}
    for match in _IDS.finditer(text):
        keys.update(key.strip() for key in match[1].split(",") if key.strip())
    return keys
