"""Append to a Hayagriva file: a mapping of keys at the top (its file-format.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lupusrefs.errors import InputError
from lupusrefs.formats.append.place import dumped, line_start, lines_at, newline
from lupusrefs.formats.append.yaml_layout import (
    end_of_block,
    first_root,
    has_blank_lines_between,
)
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.tree import Mapping
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import Item
from lupusrefs.model.reference import Reference


def append(
    source: SourceText,
    name: FormatName,
    items: Sequence[Item],
    references: Sequence[Reference],
) -> Edit:
    """The edit that puts ``items`` behind the last entry.

    Raises:
        InputError: the entries are not in block style, one key below the other.
    """
    del references
    text = source.text
    lines = dumped(name, items)
    root = first_root(source)
    if root is None:
        return lines_at(text, len(text), lines, newline(text))
    start = root.span.start
    if text[start : root.span.end].replace(" ", "") == "{}":
        return Edit(root.span, lines.rstrip("\n").replace("\n", newline(text)))
    in_block = isinstance(root, Mapping) and root.entries and text[start] != "{"
    indent = text[line_start(text, start) : start]
    if not (in_block and isinstance(root, Mapping)) or indent.strip():
        raise InputError(
            "there are no entries here that could be added to",
            location=source.location(start),
            hint="a Hayagriva file has keys at the begin of lines: `mackensen2022:`",
        )
    starts = [key.span.start for key, _ in root.entries]
    if has_blank_lines_between(text, starts, root.entries[0][1]):
        lines = re.sub(r"(?m)^(?=\S)", "\n", lines)
    lines = "".join(
        indent + line if line.strip() else line
        for line in lines.splitlines(keepends=True)
    )
    return lines_at(text, end_of_block(text, root, indent), lines, newline(text))
