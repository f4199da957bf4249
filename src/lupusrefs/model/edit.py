"""Changes to a text by span: everything outside the spans stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lupusrefs.errors import LupusrefsError
from lupusrefs.model.location import Span


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the characters of ``span`` by ``text``; an empty span inserts."""

    span: Span
    text: str


class ImpossibleEdits(LupusrefsError, ValueError):  # noqa: N818 - as in errors.py
    """Edits that cannot all be made; none of them was."""


class OverlappingEdits(ImpossibleEdits):
    """Two edits want the same characters.

    Attributes:
        first: the one that begins earlier, or was named earlier.
        second: the other one.
    """

    def __init__(self, first: Edit, second: Edit, place: Callable[[Span], str]) -> None:
        super().__init__(
            f"the edit of {place(second.span)} overlaps the one of {place(first.span)}",
            hint="make one of them, and look again what the other one would change",
        )
        self.first = first
        self.second = second


def _characters(span: Span) -> str:
    return f"characters {span.start} to {span.end}"


def ordered_edits(
    edits: Iterable[Edit], length: int, place: Callable[[Span], str] = _characters
) -> list[Edit]:
    """The edits in the order of their places, none of which overlap.

    Of several insertions at one place the order stays; they go before a replacement
    that begins there. Two replacements of one span overlap, even by the same text.

    Args:
        edits: in any order.
        length: of the text they are for, in characters.
        place: a span in words, for messages.

    Raises:
        OverlappingEdits: two edits want the same characters.
        ImpossibleEdits: an edit lies outside the text.
    """
    in_order = sorted(edits, key=lambda edit: edit.span)
    previous: Edit | None = None
    for edit in in_order:
        if not 0 <= edit.span.start <= edit.span.end <= length:
            raise ImpossibleEdits(f"the edit of {place(edit.span)} is outside the text")
        if previous is not None and edit.span.start < previous.span.end:
            raise OverlappingEdits(previous, edit, place)
        previous = edit
    return in_order


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made at once.

    >>> apply_edits("vol. 7", [Edit(Span(5, 6), "12")])
    'vol. 12'

    Raises:
        ImpossibleEdits: two edits overlap, or one lies outside the text.
    """
    pieces: list[str] = []
    position = 0
    for edit in ordered_edits(edits, len(text)):
        pieces += [text[position : edit.span.start], edit.text]
        position = edit.span.end
    return "".join([*pieces, text[position:]])


# -- the edits as a unified diff --------------------------------------------------
# POSIX, "diff -u"; and what git adds to it: ``a/`` and ``b/`` before the names,
# ``/dev/null`` for a file that is not there, quoted names (git-diff, "Generating patch
# text with -p"). A line ends at a line feed: the carriage return of Windows is part of
# the line, so that applying the diff gives it back.

_NOTHING: Final = "/dev/null"
_NO_NEWLINE: Final = "\\ No newline at end of file\n"
_QUOTED: Final = re.compile(r'[\x00-\x1f"\\\x7f]')
_QUOTES: Final = {"\t": r"\t", "\n": r"\n", "\r": r"\r", '"': r"\"", "\\": r"\\"}


@dataclass(slots=True)
class _Change:
    """Lines that go and lines that come in their place.

    Attributes:
        start: 0-based number of the first line that goes.
        old: the lines that go, line feeds included.
        new: the lines that come.
        before: offset of the first line that goes.
        after: offset behind the last line that goes.
    """

    start: int
    old: list[str]
    new: list[str]
    before: int
    after: int


def unified_diff(
    file: str,
    text: str,
    edits: Iterable[Edit],
    *,
    context: int = 3,
    is_new: bool = False,
) -> str:
    r"""The edits as a unified diff, which ``git apply`` and ``patch -p1`` take.

    Linear in the text: the edits say what changed, nothing is searched for.

    Args:
        file: the path below the folder in which the diff will be applied.
        text: the text before.
        edits: what changes.
        context: the number of lines shown around each change.
        is_new: the file does not exist before.

    >>> print(unified_diff("a.txt", "1\n2\n3\n", [Edit(Span(2, 3), "two")]), end="")
    --- a/a.txt
    +++ b/a.txt
    @@ -1,3 +1,3 @@
     1
    -2
    +two
     3

    Raises:
        ImpossibleEdits: two edits overlap, or one lies outside the text.
    """
    changes = list(_changes(text, ordered_edits(edits, len(text))))
    if not changes:
        return ""
    old, new = (_NOTHING if is_new else _quoted("a", file)), _quoted("b", file)
    lines = [f"--- {old}\n", f"+++ {new}\n"]
    shift = 0
    for hunk in _hunks(changes, context):
        lines += _hunk_lines(text, hunk, context, shift)
        shift += sum(len(one.new) - len(one.old) for one in hunk)
    return "".join(lines)


def _quoted(side: str, file: str) -> str:
    """A name as git writes it: in quotes where it must be, a tab behind a blank."""
    name = f"{side}/{file.lstrip('/')}"
    if _QUOTED.search(name):
        escaped = _QUOTED.sub(
            lambda match: _QUOTES.get(match[0], f"\\{ord(match[0]):03o}"), name
        )
        return f'"{escaped}"'
    return f"{name}\t" if " " in name else name


def _changes(text: str, edits: Sequence[Edit]) -> Iterator[_Change]:
    """The lines that each edit, or several edits of the same lines, change."""
    counted = number = index = 0
    while index < len(edits):
        before = position = _line_start(text, edits[index].span.start)
        after = before - 1
        pieces: list[str] = []
        # Nothing can stand behind the last line: what comes there belongs to it.
        while index < len(edits) and (
            not pieces or edits[index].span.start < after or after == len(text)
        ):
            edit = edits[index]
            pieces += [text[position : edit.span.start], edit.text]
            position = edit.span.end
            if position >= after:
                after = _line_end(text, position)
            index += 1
        pieces.append(text[position:after])
        number += text.count("\n", counted, before)
        counted = before
        old, new = _lines(text[before:after]), _lines("".join(pieces))
        change = _trimmed(_Change(number, old, new, before, after))
        if change.old or change.new:
            yield change


def _line_start(text: str, index: int) -> int:
    """The offset at which the line that has ``index`` in it begins."""
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    """The offset behind the line that has ``index`` in it."""
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


def _lines(text: str) -> list[str]:
    """The lines with their line feeds; only the last one may have none."""
    lines = text.split("\n")
    last = lines.pop()
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _trimmed(change: _Change) -> _Change:
    """The change without the lines at both ends that stay the same."""
    old, new = change.old, change.new
    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    rest = most - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    return _Change(
        change.start + head,
        old[head : len(old) - tail],
        new[head : len(new) - tail],
        change.before + sum(map(len, old[:head])),
        change.after - sum(map(len, old[len(old) - tail :])),
    )


def _hunks(changes: Sequence[_Change], context: int) -> Iterator[list[_Change]]:
    """Changes together whose context lines touch."""
    hunk = [changes[0]]
    for change in changes[1:]:
        between = change.start - hunk[-1].start - len(hunk[-1].old)
        if between > 2 * context:
            yield hunk
            hunk = []
        hunk.append(change)
    yield hunk


def _hunk_lines(
    text: str, hunk: Sequence[_Change], context: int, shift: int
) -> Iterator[str]:
    """The lines of a hunk; ``shift`` is how many lines more the text has by now."""
    leading = _lines_before(text, hunk[0].before, context)
    body = [(" ", line) for line in leading]
    end = hunk[0].before
    for change in hunk:
        body += [(" ", line) for line in _lines(text[end : change.before])]
        body += [("-", line) for line in change.old]
        body += [("+", line) for line in change.new]
        end = change.after
    body += [(" ", line) for line in _lines_after(text, end, context)]
    old = sum(sign != "+" for sign, _ in body)
    new = sum(sign != "-" for sign, _ in body)
    start = hunk[0].start - len(leading)
    yield f"@@ -{_range(start, old)} +{_range(start + shift, new)} @@\n"
    for sign, line in body:
        yield f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n{_NO_NEWLINE}"


def _range(start: int, count: int) -> str:
    """Where a hunk stands: an empty one is behind the line that is named."""
    if count == 0:
        return f"{start},0"
    return f"{start + 1}" if count == 1 else f"{start + 1},{count}"


def _lines_before(text: str, offset: int, count: int) -> list[str]:
    start = offset
    for _ in range(count):
        start = _line_start(text, max(start - 1, 0))
    return _lines(text[start:offset])


def _lines_after(text: str, offset: int, count: int) -> list[str]:
    end = offset
    for _ in range(count):
        end = _line_end(text, end)
    return _lines(text[offset:end])
