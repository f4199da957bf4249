"""The entries of a hayagriva file, one broken entry not costing the others.

Source: hayagriva's description of its file format, "Overview": a mapping of mappings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, TypeAlias

from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar, Sequence, kind
from lupusrefs.formats.yaml_tree import parse_yaml
from lupusrefs.model.location import Diagnostic, Span

Entry: TypeAlias = tuple[Scalar, Node]

# A key of the outermost mapping: not indented, no comment, no mark of a document.
_KEY: Final = re.compile(r"^(?![\s#]|---|\.\.\.|[\]}])(?=[^\n]*:)", re.MULTILINE)
_HINT: Final = "a hayagriva file has keys, and below each its fields, indented"


def entries(source: SourceText, diagnostics: Diagnostics) -> list[Entry]:
    """All entries in the order of the file, those with a repeated key included."""
    whole = SourceText(source.file, source.text)
    noticed = Diagnostics(whole)
    roots = parse_yaml(whole, noticed)
    found = noticed.collected()
    if any(one.is_error for one in found):
        return _piece_by_piece(source, roots, found, diagnostics)
    _report(found, diagnostics)
    return [entry for root in roots for entry in _members(root, diagnostics)]


def _members(root: Node, diagnostics: Diagnostics) -> tuple[Entry, ...]:
    match root:
        case Mapping(members):
            return members
        case Scalar(value=None):
            return ()
        case _:
            message = f"no entries here, but {kind(root)}"
            diagnostics.error(message, root.span, _HINT)
            return ()


def _piece_by_piece(
    source: SourceText,
    roots: list[Node],
    found: tuple[Diagnostic, ...],
    diagnostics: Diagnostics,
) -> list[Entry]:
    """What a file with errors has: broken entries apart, and repeated ones too."""
    whole = [entry for root in roots if isinstance(root, Mapping) for entry in root]
    read = {key.span.start for key, _ in whole}
    wrong = {_span(one).start for one in found if one.is_error}
    starts = [match.start() for match in _KEY.finditer(source.text)]
    pieces: list[Entry] = []
    noticed: list[Diagnostic] = []
    apart: set[int] = set()
    for start, end in zip(starts, [*starts[1:], len(source.text)], strict=False):
        if start not in read and (not whole or start in wrong):
            apart.add(start)
            pieces += _piece(source, start, end, noticed)
    _report(noticed, diagnostics)
    if whole or not any(one.is_error for one in noticed):
        # A repeated key is told by whoever knows where the first one is.
        kept = [one for one in found if not whole or _span(one).start not in apart]
        _report(kept, diagnostics)
    return sorted([*whole, *pieces], key=lambda entry: entry[0].span.start)


def _piece(
    source: SourceText, start: int, end: int, noticed: list[Diagnostic]
) -> Iterator[Entry]:
    """The entries between two places; adds what is wrong with them."""
    piece = SourceText(source.file, source.text[start:end])
    diagnostics = Diagnostics(piece)
    roots = parse_yaml(piece, diagnostics)
    for one in diagnostics.collected():
        place = replace(one.location, span=_shifted(_span(one), start))
        noticed.append(replace(one, location=place))
    for root in roots:
        if isinstance(root, Mapping):
            for key, value in root:
                yield _moved_key(key, start), _moved(value, start)


def _span(diagnostic: Diagnostic) -> Span:
    return diagnostic.location.span or Span(0, 0)


def _report(found: Iterable[Diagnostic], diagnostics: Diagnostics) -> None:
    for one in found:
        tell = diagnostics.error if one.is_error else diagnostics.warning
        tell(one.message, _span(one), one.hint)


def _shifted(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _moved_key(key: Scalar, offset: int) -> Scalar:
    return replace(key, span=_shifted(key.span, offset))


def _moved(node: Node, offset: int) -> Node:
    """The node with its places counted from another begin."""
    span = _shifted(node.span, offset)
    match node:
        case Scalar():
            return replace(node, span=span)
        case Sequence(items):
            return Sequence(tuple(_moved(item, offset) for item in items), span)
        case Mapping(members):
            moved = tuple(
                (_moved_key(key, offset), _moved(value, offset))
                for key, value in members
            )
            return Mapping(moved, span)
