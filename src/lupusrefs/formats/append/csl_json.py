"""Append to the list of a CSL-JSON file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from lupusrefs.formats.append.lists import item_list, no_list
from lupusrefs.formats.append.place import (
    NOTHING_ADDED,
    line_start,
    lines_at,
    newline,
)
from lupusrefs.formats.json_tree import parse_json
from lupusrefs.formats.loaded import refuse_errors
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import Item
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Reference

_DEFAULT_INDENT: Final = "  "


def append(
    source: SourceText,
    name: FormatName,
    items: Sequence[Item],
    references: Sequence[Reference],
) -> Edit:
    """The edit that puts ``items`` behind the last entry.

    Raises:
        InputError: there is no list.
    """
    del name, references
    text = source.text
    end = newline(text)
    if not text.strip():
        whole = f"[\n{_entries(items, _DEFAULT_INDENT, chr(10))}\n]\n"
        return lines_at(text, len(text), whole, end)
    diagnostics = Diagnostics(source)
    roots = parse_json(source, diagnostics)
    refuse_errors(diagnostics.collected(), NOTHING_ADDED)
    found = item_list(roots[0]) if roots else None
    if found is None:
        raise no_list(source)
    if not found.items:
        body = end + _entries(items, _DEFAULT_INDENT, end) + end
        return Edit(Span(found.span.start + 1, found.span.end - 1), body)
    first = found.items[0].span.start
    indent = text[line_start(text, first) : first]
    last = found.items[-1].span.end
    if indent.strip():
        compact = (json.dumps(item.to_csl(), ensure_ascii=False) for item in items)
        return Edit(Span(last, last), "".join(f", {entry}" for entry in compact))
    body = f",{end}{_entries(items, indent, end)}"
    return Edit(Span(last, last), body)


def _entries(items: Sequence[Item], indent: str, newline: str) -> str:
    step = indent or _DEFAULT_INDENT
    entries = [
        json.dumps(item.to_csl(), ensure_ascii=False, indent=step) for item in items
    ]
    lines = ",\n".join(entries).split("\n")
    return newline.join(indent + line for line in lines)
