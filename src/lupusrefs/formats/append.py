"""Append references to a file: one edit that leaves every other character alone."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence as Items
from typing import Final

from lupusrefs.errors import InputError
from lupusrefs.formats import csl_yaml
from lupusrefs.formats.json_tree import parse_json
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar, Sequence
from lupusrefs.formats.yaml_tree import parse_yaml
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import Item
from lupusrefs.model.location import Span

_LIST_KEYS: Final = ("references", "items")
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_DEFAULT_INDENT: Final = "  "


def append_items(source: SourceText, name: FormatName, items: Items[Item]) -> Edit:
    """The edit that puts ``items`` behind the last entry of the file.

    Line ends and indentation are the file's own.

    Raises:
        InputError: the file has no list that could be appended to.
    """
    if name is FormatName.CSL_YAML:
        return _append_yaml(source, items)
    if name is FormatName.CSL_JSON:
        return _append_json(source, items)
    raise InputError(
        f"adding to a {name} file is not supported yet",
        location=source.location(0),
        hint="`lupusrefs export ID... --to bibtex` prints the entry to paste",
    )


def _append_yaml(source: SourceText, items: Items[Item]) -> Edit:
    text = source.text
    newline = _newline(text)
    roots = parse_yaml(source, Diagnostics(source))
    if not roots or not text.strip():
        return _insert(text, len(text), csl_yaml.dump(items), newline)
    found = _list(roots[0])
    if found is None or not found.items:
        raise _no_list(source)
    if text[found.span.start] == "[":
        raise _no_list(source, "write it one `- ` entry below the other")
    start = found.span.start
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    if indent.strip():
        raise _no_list(source)
    entries = csl_yaml.dump_data([csl_yaml.yaml_data(item) for item in items])
    lines = "".join(indent + line for line in entries.splitlines(keepends=True))
    blank = _blank_lines_between(text, found.items)
    end = _line_end(text, _last_character(found))
    lines = re.sub(rf"(?m)^(?={indent}- )", "\n", lines) if blank else lines
    return _insert(text, end, lines, newline)


def _append_json(source: SourceText, items: Items[Item]) -> Edit:
    text = source.text
    newline = _newline(text)
    if not text.strip():
        return _insert(text, len(text), _json(items, ""), newline)
    diagnostics = Diagnostics(source)
    roots = parse_json(source, diagnostics)
    found = _list(roots[0]) if roots and not diagnostics.collected() else None
    if found is None:
        raise _no_list(source)
    if not found.items:
        body = newline + _json_entries(items, _DEFAULT_INDENT, newline) + newline
        return Edit(Span(found.span.start + 1, found.span.end - 1), body)
    first = found.items[0].span.start
    indent = text[text.rfind("\n", 0, first) + 1 : first]
    last = found.items[-1].span.end
    if indent.strip():
        compact = (json.dumps(item.to_csl(), ensure_ascii=False) for item in items)
        return Edit(Span(last, last), "".join(f", {entry}" for entry in compact))
    body = f",{newline}{_json_entries(items, indent, newline)}"
    return Edit(Span(last, last), body)


def _json(items: Items[Item], indent: str) -> str:
    return f"[\n{_json_entries(items, indent + _DEFAULT_INDENT, chr(10))}\n]\n"


def _json_entries(items: Items[Item], indent: str, newline: str) -> str:
    width = len(indent) or len(_DEFAULT_INDENT)
    entries = [
        json.dumps(item.to_csl(), ensure_ascii=False, indent=width) for item in items
    ]
    lines = ",\n".join(entries).split("\n")
    return newline.join(indent + line for line in lines)


def _list(root: Node) -> Sequence | None:
    if isinstance(root, Sequence):
        return root
    if isinstance(root, Mapping):
        for key in _LIST_KEYS:
            node = root.get(key)
            if isinstance(node, Sequence):
                return node
    return None


def _no_list(source: SourceText, hint: str | None = None) -> InputError:
    return InputError(
        "there is no list of references here that could be added to",
        location=source.location(0),
        hint=hint or "a reference file has a list `references:` of entries with `id:`",
    )


def _last_character(node: Node) -> int:
    """Where the last value in a node ends: a block's own end is the next token's."""
    match node:
        case Sequence(items=(*_, last)):
            return _last_character(last)
        case Mapping(entries=(*_, (key, value))):
            return max(key.span.end, _last_character(value))
        case Scalar() | Sequence() | Mapping():
            return node.span.end


def _line_end(text: str, index: int) -> int:
    """The start of the line behind ``index``, without the blank lines before it."""
    stripped = len(text[:index].rstrip())
    match = _LINE_END.search(text, stripped)
    return match.end() if match else len(text)


def _blank_lines_between(text: str, items: tuple[Node, ...]) -> bool:
    """Whether the file separates its entries by blank lines."""
    if len(items) < len(("first", "second")):
        return False
    end = _last_character(items[0])
    between = text[len(text[:end].rstrip()) : items[1].span.start]
    return len(_LINE_END.findall(between)) > 1


def _insert(text: str, index: int, lines: str, newline: str) -> Edit:
    unfinished = index > 0 and text[index - 1] not in "\r\n"
    body = ("\n" if unfinished else "") + lines
    return Edit(Span(index, index), body.replace("\n", newline))


def _newline(text: str) -> str:
    match = _LINE_END.search(text)
    return match[0] if match else "\n"
