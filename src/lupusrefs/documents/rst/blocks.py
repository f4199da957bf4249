"""A reStructuredText file by its blocks: notes, targets, directives, comments, code.

Source: docutils, "reStructuredText Markup Specification": explicit markup blocks
(footnotes, citations, hyperlink targets, directives, comments), literal blocks,
sections, bibliographic fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.documents.light_markup import line_spans
from lupusrefs.model.location import Span

_NOTE: Final = re.compile(r"\[(?P<label>#[\w.:+-]*|\*|[^\W_][\w.:+-]*)\](?:[ \t]+|$)")
_TARGET: Final = re.compile(
    r"_(?P<name>_|`[^`]{1,500}`|(?:[^:`\\]|\\.){1,500})?:(?:[ \t]+|$)"
)
_DIRECTIVE: Final = re.compile(
    r"(?:\|[^|]{1,200}\|[ \t]+)?(?P<name>[^\W_][\w.:+-]*?)[ \t]?::(?:[ \t]+|$)"
)
_ANONYMOUS: Final = re.compile(r"__[ \t]+(?=\S)")
_ADORNMENT: Final = re.compile(r"([!-/:-@\[-`{-~])\1*[ \t]*")
_FIELD: Final = re.compile(r":(?P<name>[A-Za-z][\w -]{0,40}):(?:[ \t]+|$)")
_OPTION: Final = re.compile(r":[\w-]+:")
# Directives whose content is no text.
_CODE: Final = frozenset(
    (
        *("code", "code-block", "sourcecode", "literalinclude", "highlight", "math"),
        *("raw", "parsed-literal", "testcode", "testoutput", "testsetup", "doctest"),
        *("graphviz", "digraph", "graph", "productionlist", "prompt", "ipython"),
        *(
            "plot",
            "jupyter-execute",
            "csv-table",
            "mermaid",
            "uml",
            "tikz",
            "default-role",
        ),
    )
)
# Directives that put a heading above what follows.
_HEADINGS: Final = frozenset(("rubric", "topic", "dropdown", "admonition"))
_SHORT_ADORNMENT: Final = 4  # docutils lets longer titles pass with one of these


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or a citation.

    Attributes:
        label: as written: ``CIT2002``, ``1``, ``#``, ``#name``, ``*``.
        span: all of it.
        body: its text.
        section: the title of the section that it stands in.
    """

    label: str
    span: Span
    body: Span
    section: str

    @property
    def is_footnote(self) -> bool:
        """Whether it is a footnote: those have numbers."""
        return self.label[0] in "#*" or self.label.isdigit()


@dataclass(frozen=True, slots=True)
class Target:
    """A name for an address: what stands behind the colon, and where."""

    name: str
    body: Span


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive that matters here: its arguments and the lines of its content."""

    name: str
    span: Span
    argument: Span
    content: tuple[Span, ...]


@dataclass(slots=True)
class Blocks:
    """The blocks of a file.

    Attributes:
        comments: what nobody sees.
        code: what is no text: code, formulas, tables as data.
        notes: footnotes and citations.
        targets: names for addresses.
        directives: those that name files.
        title: of the first section, where that is what the file begins with.
        fields: the bibliographic fields below the title: name -> their texts.
    """

    comments: list[Span] = field(default_factory=list)
    code: list[Span] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    title: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: its characters, how far it is indented, where its text begins."""

    start: int
    end: int
    indent: int
    first: int

    @property
    def is_blank(self) -> bool:
        return self.first >= self.end


def read_blocks(text: str) -> Blocks:
    """The blocks of a file."""
    return _Reader(text).read()


class _Reader:
    """One pass over the lines of a file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [self._line(span) for span in line_spans(text)]
        self._blocks = Blocks()
        self._section = ""
        self._is_begin = True  # nothing but comments and the title so far
        self._is_docinfo = False

    def _line(self, span: Span) -> _Line:
        line = self._text[span.start : span.end]
        stripped = line.lstrip(" \t\f\v")
        head = line[: len(line) - len(stripped)]
        first = span.end - len(stripped) if stripped.strip() else span.end
        return _Line(span.start, span.end, len(head.expandtabs(8)), first)

    def _shown(self, line: _Line) -> str:
        return self._text[line.first : line.end].rstrip()

    def read(self) -> Blocks:
        at = 0
        while at < len(self._lines):
            at = self._block(at)
        return self._blocks

    def _block(self, at: int) -> int:
        """Read what begins in a line; where to go on is the result."""
        line = self._lines[at]
        if line.is_blank:
            return at + 1
        shown = self._shown(line)
        if shown == ".." or shown.startswith((".. ", "..\t")):
            return self._explicit(at, shown)
        if anonymous := _ANONYMOUS.match(shown):
            body = Span(line.first + anonymous.end(), line.end)
            self._blocks.targets.append(Target("", body))
            return at + 1
        if after := self._title(at):
            return after
        if self._is_docinfo and (after := self._docinfo(at, shown)):
            return after
        self._is_begin = self._is_docinfo = False
        if shown.endswith("::"):
            return self._literal(at)
        return at + 1

    # --- explicit markup -----------------------------------------------------

    def _explicit(self, at: int, shown: str) -> int:
        line, text = self._lines[at], self._text
        content = shown[2:].lstrip(" \t")
        first = line.first + len(shown) - len(content)
        if note := _NOTE.match(content):
            self._is_docinfo = self._is_begin = False
            return self._note(at, note["label"], first + note.end())
        if target := _TARGET.match(content):
            after = self._end_of(at)
            body = Span(first + target.end(), self._lines[after - 1].end)
            name = (target["name"] or "").strip("`").replace("\\", "")
            self._blocks.targets.append(Target("" if name == "_" else name, body))
            return after
        if directive := _DIRECTIVE.match(content):
            self._is_docinfo = self._is_begin = False
            argument = Span(first + directive.end(), line.end)
            return self._directive(at, directive["name"].lower(), argument)
        # A comment of dots alone takes nothing with it.
        is_alone = not content and at + 1 < len(self._lines)
        after = at + 1
        if not (is_alone and self._lines[after].is_blank):
            after = self._end_of(at)
        end = self._lines[after - 1].end
        self._blocks.comments.append(Span(line.start, min(end + 1, len(text))))
        return after

    def _note(self, at: int, label: str, first: int) -> int:
        after = self._end_of(at)
        end = self._lines[after - 1].end
        span = Span(self._lines[at].first, end)
        body = Span(min(first, end), end)
        self._blocks.notes.append(Note(label, span, body, self._section))
        return after

    def _directive(self, at: int, name: str, argument: Span) -> int:
        if name in _CODE:
            after = self._end_of(at)
            self._blocks.code += self._spans(at + 1, after)
            return after
        if name in _HEADINGS:
            self._section = self._text[argument.start : argument.end].strip()
        if name in {"bibliography", "footbibliography", "include"}:
            after = self._end_of(at)
            content = tuple(self._spans(at + 1, after))
            span = Span(self._lines[at].start, self._lines[after - 1].end)
            found = Directive(name, span, argument, content)
            self._blocks.directives.append(found)
            return after
        return at + 1

    def _end_of(self, at: int) -> int:
        """Behind the last line that is indented below a line."""
        lines, indent = self._lines, self._lines[at].indent
        last = at
        for index in range(at + 1, len(lines)):
            if lines[index].is_blank:
                continue
            if lines[index].indent <= indent:
                break
            last = index
        return last + 1

    def _spans(self, start: int, end: int) -> Iterator[Span]:
        """The lines from one to another that are not blank."""
        for line in self._lines[start:end]:
            if not line.is_blank:
                yield Span(line.first, line.end)

    # --- literal blocks, sections, fields ------------------------------------

    def _literal(self, at: int) -> int:
        """A block of code below a paragraph that ends in two colons."""
        after = at + 1
        if after >= len(self._lines) or not self._lines[after].is_blank:
            return after
        end = self._end_of(at)
        self._blocks.code += self._spans(after, end)
        return end

    def _title(self, at: int) -> int:
        """A title and its lines of adornment; 0 where there is none."""
        lines = self._lines
        rows = [self._shown(line) for line in lines[at : at + 3]]
        rows += [""] * (3 - len(rows))
        is_over = _ADORNMENT.fullmatch(rows[0]) is not None
        if is_over and rows[1] and rows[0] == rows[2]:
            title, after = rows[1], at + 3
        elif not is_over and self._is_adornment(rows[1], rows[0]):
            title, after = rows[0], at + 2
        else:
            return 0
        self._section = title
        if self._is_begin:
            self._blocks.title = title
        self._is_docinfo, self._is_begin = self._is_begin, False
        return after

    @staticmethod
    def _is_adornment(row: str, title: str) -> bool:
        if not row or not _ADORNMENT.fullmatch(row):
            return False
        return len(row) >= min(len(title), _SHORT_ADORNMENT)

    def _docinfo(self, at: int, shown: str) -> int:
        """A bibliographic field; 0 where there is none."""
        found = _FIELD.match(shown)
        if found is None:
            return 0
        after = self._end_of(at)
        rows = [shown[found.end() :]]
        rows += [
            self._text[span.start : span.end] for span in self._spans(at + 1, after)
        ]
        name = found["name"].casefold()
        self._blocks.fields.setdefault(name, []).extend(row for row in rows if row)
        return after


def is_option(row: str) -> bool:
    """Whether a line of a directive is an option, not content."""
    return _OPTION.match(row) is not None
