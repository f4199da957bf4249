"""An entry as lines: what ``display`` means where there are no boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lupusrefs.csl.output.runs import Block, Run, blocks
from lupusrefs.csl.output.tree import Inline, Tag


@dataclass(slots=True)
class Line:
    """One line of an entry, before the page breaks it.

    Attributes:
        margin: what stands in the left margin, a number or a label; empty if nothing.
        body: the rest.
        indented: the line is moved to the right (``display="indent"``).
    """

    margin: list[Run] = field(default_factory=list)
    body: list[Run] = field(default_factory=list)
    indented: bool = False


def lines(content: Sequence[Inline]) -> list[Line]:
    """The lines of an entry or a citation; without a ``display`` at most one.

    CSL 1.0.2, "Display": a block and an indented block have lines of their own, and
    what is right-inline goes on beside the left margin.
    """
    parts = blocks(content)
    if not any(part.display for part in parts):
        return [Line(body=part.runs) for part in parts]
    found: list[Line] = []
    # The last line is complete: what follows without a display begins a new one.
    closed = True
    for part in parts:
        runs = _stripped(part.runs)
        if not runs:
            continue
        if part.display is Tag.LEFT_MARGIN:
            found.append(Line(margin=runs))
            closed = False
        elif part.display is Tag.RIGHT_INLINE and _waits(found):
            found[-1].body = runs
        elif part.display is None and found and (not closed or _is_affix(runs)):
            found[-1].body += _apart(found[-1], part)
        else:
            found.append(Line(body=runs, indented=part.display is Tag.INDENT))
            closed = part.display in {Tag.BLOCK, Tag.INDENT}
    return found


def _waits(found: list[Line]) -> bool:
    """Whether the last line has a margin and nothing beside it."""
    return bool(found and found[-1].margin and not found[-1].body)


def _is_affix(runs: list[Run]) -> bool:
    """Whether it is only the punctuation that a layout has as its suffix."""
    return not any(char.isalnum() for run in runs for char in run.text)


def _apart(line: Line, part: Block) -> list[Run]:
    """What goes on without a display, with its blank if the line has begun."""
    runs = _stripped(part.runs)
    return [Run(" "), *runs] if line.body and part.runs[0].text[0].isspace() else runs


def _stripped(runs: list[Run]) -> list[Run]:
    """The runs without blanks at both ends of the line."""
    start, end = 0, len(runs)
    while start < end and runs[start].text.isspace():
        start += 1
    while start < end and runs[end - 1].text.isspace():
        end -= 1
    kept = runs[start:end]
    if kept and (first := kept[0]).text[0].isspace():
        kept[0] = replace(first, text=first.text.lstrip())
    if kept and (last := kept[-1]).text[-1].isspace():
        kept[-1] = replace(last, text=last.text.rstrip())
    return kept
