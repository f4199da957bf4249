"""Append to the list of a CSL-YAML file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lupusrefs.formats import csl_yaml
from lupusrefs.formats.append.lists import item_list, no_list
from lupusrefs.formats.append.place import line_start, lines_at, newline
from lupusrefs.formats.append.yaml_layout import (
    end_of_block,
    first_root,
    has_blank_lines_between,
)
from lupusrefs.formats.csl_items import LIST_KEYS
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.tree import Mapping, Node
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import Item
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Reference

# Behind the key of a list: a colon, nothing that counts, perhaps a comment.
_EMPTY_LIST: Final = re.compile(
    r"(?P<colon>[ \t]*:)[ \t]*(?:\[\s*\]|~|[Nn]ull|NULL)?"
    r"(?P<line>[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|\Z))"
)


def append(
    source: SourceText,
    name: FormatName,
    items: Sequence[Item],
    references: Sequence[Reference],
) -> Edit:
    """The edit that puts ``items`` behind the last entry.

    Raises:
        InputError: there is no list in block style.
    """
    del name, references
    text = source.text
    root = first_root(source)
    if root is None:
        return lines_at(text, len(text), csl_yaml.dump(items), newline(text))
    found = item_list(root)
    if found is None or not found.items:
        return _fill(source, root, items)
    if text[found.span.start] == "[":
        raise no_list(source, "write it one `- ` entry below the other")
    start = found.span.start
    indent = text[line_start(text, start) : start]
    if indent.strip():
        raise no_list(source)
    lines = _entries(items, indent)
    starts = [item.span.start for item in found.items]
    if has_blank_lines_between(text, starts, found.items[0]):
        lines = re.sub(rf"(?m)^(?={indent}- )", "\n", lines)
    return lines_at(text, end_of_block(text, found, indent), lines, newline(text))


def _entries(items: Sequence[Item], indent: str) -> str:
    entries = csl_yaml.dump_data([csl_yaml.yaml_data(item) for item in items])
    return "".join(indent + line for line in entries.splitlines(keepends=True))


def _fill(source: SourceText, root: Node, items: Sequence[Item]) -> Edit:
    """The edit that puts ``items`` into a list that is still empty."""
    text = source.text
    for key, value in root if isinstance(root, Mapping) else ():
        if key.text in LIST_KEYS:
            match = _EMPTY_LIST.match(text, key.span.end)
            indent = text[line_start(text, key.span.start) : key.span.start]
            if match and value.span.end <= match.end("line") and not indent.strip():
                start, line = match.end("colon"), match["line"].rstrip("\r\n")
                lines = f"{line}\n{_entries(items, indent)}"
                body = lines.replace("\n", newline(text))
                return Edit(Span(start, match.end("line")), body)
    raise no_list(source)
