r"""The ``.bbl`` file that biber writes for biblatex: data, and no text.

Source: biblatex's ``biblatex.sty`` and biber's writer of ``.bbl`` files, format 3.x:
``\entry{key}{type}{options}`` holds ``\name``, ``\list``, ``\field``, ``\range`` and
``\verb`` up to ``\endentry``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.document import Link, Listed
from lupusrefs.documents.latex.arguments import Arguments
from lupusrefs.documents.latex.data_entries import listed_entry
from lupusrefs.documents.latex.inclusion import Segment
from lupusrefs.documents.latex.links import links
from lupusrefs.model.location import Span

_ENTRY: Final = re.compile(
    r"\\entry[ \t]*\{(?P<key>[^{}]*)\}[ \t]*\{(?P<kind>[^{}]*)\}|\\endentry(?![A-Za-z])"
)
_LINE: Final = re.compile(
    r"\\(?P<kind>name|list|field|true)[ \t]*\{(?P<name>[A-Za-z]+)\}"
    r"|\\verb[ \t]*\{(?P<verb>[A-Za-z]+)\}\s*\\verb[ \t](?P<value>[^\r\n]*)"
)
# Behind the options: each with its initials.
_PLACES: Final = ("family", "given", "prefix", "suffix")
_PART: Final = re.compile(
    r"(?<![A-Za-z])(family|given|prefix|suffix)[ \t]*=[ \t]*(?=\{)"
)
# What biber writes for biblatex's own punctuation.
_MARKS: Final = (
    (re.compile(r"\\bibrangedash\s?"), "--"),
    (re.compile(r"\\bibrangessep\s?"), ", "),
    (re.compile(r"\\bibnamedelim[a-z]\s?|\\bibinithyphendelim\s?"), " "),
    (re.compile(r"\\bibinitperiod\s?"), "."),
)
_MORE: Final = "more"  # \true{moreauthor}: the list was cut
_DATES: Final = {"": "date", "url": "urldate", "event": "eventdate", "orig": "origdate"}


def biblatex_entries(segment: Segment) -> Iterator[Listed]:
    """The entries of a stretch of a file; of a key that is there twice the first."""
    seen = segment.view
    keys: set[str] = set()
    opened: re.Match[str] | None = None
    for match in _ENTRY.finditer(seen.code, segment.start, segment.end):
        if match["key"] is not None:
            opened = match
            continue
        if opened is None or opened["key"] in keys:
            continue
        keys.add(opened["key"])
        inside = Span(opened.end(), match.start())
        fields = _fields(seen.arguments, seen.source.text, inside)
        span = Span(opened.start(), match.end())
        found: tuple[Link, ...] = tuple(links(seen, inside.start, inside.end))
        yield listed_entry(opened["kind"], opened["key"], fields, seen, span, found)
        opened = None


def _fields(arguments: Arguments, raw: str, inside: Span) -> dict[str, str]:
    """The entry in the syntax of a ``.bib`` file: name of the field -> LaTeX."""
    fields: dict[str, str] = {}
    cut: set[str] = set()
    # \verb{doi} and its value are told apart from LaTeX's own \verb by their braces.
    for match in _LINE.finditer(raw, inside.start, inside.end):
        name, at = match["name"], match.end()
        if match["verb"]:
            fields.setdefault(match["verb"], match["value"].strip())
        elif match["kind"] == "true":
            cut.add(name.removeprefix(_MORE))
        elif match["kind"] == "field":
            if group := arguments.group(at):
                fields.setdefault(name, _plain_marks(arguments.written(group)))
        elif match["kind"] == "list":
            parts = _members(arguments, arguments.skip(1, at))
            fields.setdefault(name, " and ".join(map(arguments.written, parts)))
        else:
            people = _members(arguments, arguments.skip(2, at))
            fields.setdefault(name, " and ".join(_name(arguments, p) for p in people))
    for name in cut & fields.keys():
        fields[name] += " and others"
    return _with_dates(fields)


def _members(arguments: Arguments, at: int) -> list[Span]:
    """The groups inside the group that comes next."""
    outer = arguments.group(at)
    members: list[Span] = []
    if outer is None:
        return members
    at = outer.start
    while (member := arguments.group(_skip_space(arguments, at))) is not None:
        members.append(member)
        at = member.end + 1
    return members


def _skip_space(arguments: Arguments, at: int) -> int:
    while at < len(arguments.text) and arguments.text[at].isspace():
        at += 1
    return at


def _name(arguments: Arguments, member: Span) -> str:
    """A name in biblatex's extended format, which the reader of names knows."""
    named = [
        (match[1], arguments.group(match.end()))
        for match in _PART.finditer(arguments.text, member.start, member.end)
    ]
    if not named:
        # Before format 2.8 the parts had places in place of names.
        groups = _members(arguments, member.start - 1)
        named = list(zip(_PLACES, groups[1::2], strict=False))
    return ", ".join(
        f"{part}={{{_plain_marks(arguments.written(group))}}}"
        for part, group in named
        if group is not None and group.start < group.end
    )


def _plain_marks(text: str) -> str:
    for mark, written in _MARKS:
        text = mark.sub(written, text)
    return text


def _with_dates(fields: dict[str, str]) -> dict[str, str]:
    """``year``, ``month`` and ``day`` put together again, with what ends a range."""
    for prefix, name in _DATES.items():
        parts = [fields.pop(f"{prefix}{part}", "") for part in ("year", "month", "day")]
        ends = [
            fields.pop(f"{prefix}end{part}", "") for part in ("year", "month", "day")
        ]
        if parts[0]:
            end = f"/{_date(ends)}" if ends[0] else ""
            fields.setdefault(name, _date(parts) + end)
    return fields


def _date(parts: list[str]) -> str:
    year, *rest = parts
    return "-".join([year, *(part.zfill(2) for part in rest if part)])
