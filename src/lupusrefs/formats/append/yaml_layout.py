"""Where a block of YAML ends: its parser says where the next token begins, no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lupusrefs.formats.append.place import LINE_END, NOTHING_ADDED
from lupusrefs.formats.loaded import refuse_errors
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar
from lupusrefs.formats.tree import Sequence as List
from lupusrefs.formats.yaml_tree import parse_yaml
from lupusrefs.model.location import Span

_CONTENT_LINE: Final = re.compile(r"^[ \t]*[^\s#].*$", re.MULTILINE)
# A block scalar whose last blank lines belong to the text (YAML 1.1, section 9.1.2).
_KEEPS_BLANK_LINES: Final = re.compile(r"(?:[&!]\S*\s+)*[|>][1-9]?\+")


def first_root(source: SourceText) -> Node | None:
    """The first document of the file; None where there is nothing in it.

    Raises:
        InputError: the file is not valid YAML.
    """
    diagnostics = Diagnostics(source)
    roots = parse_yaml(source, diagnostics)
    refuse_errors(diagnostics.collected(), NOTHING_ADDED)
    if not roots or roots[0] == Scalar("", None, roots[0].span):
        return None
    return roots[0]


def leaves(node: Node) -> Iterator[Span]:
    """Where keys and values stand: a block's own end is the start of the next token."""
    match node:
        case List(items=(_, *_)):
            for item in node.items:
                yield from leaves(item)
        case Mapping(entries=(_, *_)):
            for key, value in node.entries:
                yield key.span
                yield from leaves(value)
        case Scalar() | List() | Mapping():
            yield node.span


def end_of_block(text: str, block: Node, indent: str) -> int:
    """The start of the line behind a block and the comments inside its last entry.

    Args:
        text: the file.
        block: a list or a mapping.
        indent: the white space before each of its entries.
    """
    last = max(leaves(block), key=lambda span: span.end)
    if _KEEPS_BLANK_LINES.match(text, last.start):
        end = last.end
    else:
        end = _next_line(text, last.end)
    # An alias stands for a node that stands elsewhere: such lines are found as text.
    for line in _CONTENT_LINE.finditer(text, end, block.span.end):
        end = _next_line(text, line.end())
    comments = re.compile(rf"(?:{indent} +#[^\r\n]*(?:{LINE_END.pattern}|\Z))*")
    match = comments.match(text, end)
    return match.end() if match else end


def _next_line(text: str, index: int) -> int:
    """The start of the line behind ``index``, without the blank lines before it."""
    stripped = len(text[:index].rstrip())
    match = LINE_END.search(text, stripped)
    return match.end() if match else len(text)


def has_blank_lines_between(text: str, starts: Sequence[int], first: Node) -> bool:
    """Whether the file separates its entries by blank lines.

    Args:
        text: the file.
        starts: where the entries begin.
        first: the first entry.
    """
    if len(starts) < len(("first", "second")):
        return False
    end = max(span.end for span in leaves(first))
    between = text[len(text[:end].rstrip()) : starts[1]]
    return len(LINE_END.findall(between)) > 1
