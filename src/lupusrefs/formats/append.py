"""Append references to a file: one edit that leaves every other character alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Sequence as Items
from typing import Final

from lupusrefs.errors import InputError
from lupusrefs.formats import csl_yaml
from lupusrefs.formats.csl_items import LIST_KEYS
from lupusrefs.formats.json_tree import parse_json
from lupusrefs.formats.loaded import refuse_errors
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar, Sequence
from lupusrefs.formats.yaml_tree import parse_yaml
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import Item
from lupusrefs.model.location import Span

NOTHING_ADDED: Final = "; nothing was added"
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_DEFAULT_INDENT: Final = "  "
_CONTENT_LINE: Final = re.compile(r"^[ \t]*[^\s#].*$", re.MULTILINE)
# A block scalar whose last blank lines belong to the text (YAML 1.1, section 9.1.2).
_KEEPS_BLANK_LINES: Final = re.compile(r"(?:[&!]\S*\s+)*[|>][1-9]?\+")
# Behind the key of a list: a colon, nothing that counts, perhaps a comment.
_EMPTY_LIST: Final = re.compile(
    r"(?P<colon>[ \t]*:)[ \t]*(?:\[\s*\]|~|[Nn]ull|NULL)?"
    r"(?P<line>[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|\Z))"
)


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
    diagnostics = Diagnostics(source)
    roots = parse_yaml(source, diagnostics)
    refuse_errors(diagnostics.collected(), NOTHING_ADDED)
    if not roots or roots[0] == Scalar("", None, roots[0].span):
        return _insert(text, len(text), csl_yaml.dump(items), newline)
    found = _list(roots[0])
    if found is None or not found.items:
        return _fill_yaml(source, roots[0], items)
    if text[found.span.start] == "[":
        raise _no_list(source, "write it one `- ` entry below the other")
    start = found.span.start
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    if indent.strip():
        raise _no_list(source)
    lines = _yaml_entries(items, indent)
    blank = _blank_lines_between(text, found.items)
    lines = re.sub(rf"(?m)^(?={indent}- )", "\n", lines) if blank else lines
    return _insert(text, _end_of_entries(text, found, indent), lines, newline)


def _yaml_entries(items: Items[Item], indent: str) -> str:
    entries = csl_yaml.dump_data([csl_yaml.yaml_data(item) for item in items])
    return "".join(indent + line for line in entries.splitlines(keepends=True))


def _fill_yaml(source: SourceText, root: Node, items: Items[Item]) -> Edit:
    """The edit that puts ``items`` into a list that is still empty."""
    text = source.text
    for key, value in root if isinstance(root, Mapping) else ():
        if key.text in LIST_KEYS:
            match = _EMPTY_LIST.match(text, key.span.end)
            indent = text[text.rfind("\n", 0, key.span.start) + 1 : key.span.start]
            if match and value.span.end <= match.end("line") and not indent.strip():
                start, line = match.end("colon"), match["line"].rstrip("\r\n")
                lines = f"{line}\n{_yaml_entries(items, indent)}"
                body = lines.replace("\n", _newline(text))
                return Edit(Span(start, match.end("line")), body)
    raise _no_list(source)


def _append_json(source: SourceText, items: Items[Item]) -> Edit:
    text = source.text
    newline = _newline(text)
    if not text.strip():
        return _insert(text, len(text), _json(items, ""), newline)
    diagnostics = Diagnostics(source)
    roots = parse_json(source, diagnostics)
    refuse_errors(diagnostics.collected(), NOTHING_ADDED)
    found = _list(roots[0]) if roots else None
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
    step = indent or _DEFAULT_INDENT
    entries = [
        json.dumps(item.to_csl(), ensure_ascii=False, indent=step) for item in items
    ]
    lines = ",\n".join(entries).split("\n")
    return newline.join(indent + line for line in lines)


def _list(root: Node) -> Sequence | None:
    if isinstance(root, Sequence):
        return root
    if isinstance(root, Mapping):
        for key in LIST_KEYS:
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


def _leaves(node: Node) -> Iterator[Span]:
    """Where keys and values stand: a block's own end is the start of the next token."""
    match node:
        case Sequence(items=(_, *_)):
            for item in node.items:
                yield from _leaves(item)
        case Mapping(entries=(_, *_)):
            for key, value in node.entries:
                yield key.span
                yield from _leaves(value)
        case Scalar() | Sequence() | Mapping():
            yield node.span


def _end_of_entries(text: str, found: Sequence, indent: str) -> int:
    """The start of the line behind the last entry and the comments inside it."""
    last = max(_leaves(found), key=lambda span: span.end)
    if _KEEPS_BLANK_LINES.match(text, last.start):
        end = last.end
    else:
        end = _line_end(text, last.end)
    # An alias stands for a node that stands elsewhere: such lines are found as text.
    for line in _CONTENT_LINE.finditer(text, end, found.span.end):
        end = _line_end(text, line.end())
    comments = re.compile(rf"(?:{indent} +#[^\r\n]*(?:{_LINE_END.pattern}|\Z))*")
    match = comments.match(text, end)
    return match.end() if match else end


def _line_end(text: str, index: int) -> int:
    """The start of the line behind ``index``, without the blank lines before it."""
    stripped = len(text[:index].rstrip())
    match = _LINE_END.search(text, stripped)
    return match.end() if match else len(text)


def _blank_lines_between(text: str, items: tuple[Node, ...]) -> bool:
    """Whether the file separates its entries by blank lines."""
    if len(items) < len(("first", "second")):
        return False
    end = max(span.end for span in _leaves(items[0]))
    between = text[len(text[:end].rstrip()) : items[1].span.start]
    return len(_LINE_END.findall(between)) > 1


def _insert(text: str, index: int, lines: str, newline: str) -> Edit:
    unfinished = index > 0 and text[index - 1] not in "\r\n"
    body = ("\n" if unfinished else "") + lines
    return Edit(Span(index, index), body.replace("\n", newline))


def _newline(text: str) -> str:
    match = _LINE_END.search(text)
    return match[0] if match else "\n"
