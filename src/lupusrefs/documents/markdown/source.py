"""A Markdown file by what is prose in it: not code, not comments, not metadata.

Sources: CommonMark 0.31.2 (4.4 indented code, 4.5 fenced code, 4.6 HTML blocks, 6.1
code spans); pandoc's manual ("Metadata blocks"); the MyST specification (directives).
Nothing is moved: what is found in a view stands just there in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lupusrefs.formats.bibtex.lookahead import NextMatch
from lupusrefs.model.location import Span

_SIGN: Final = re.compile(
    r"^(?P<fence>[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]*+)?(?P<mark>`{3,}|~{3,})"
    r"(?P<info>[^\r\n]*))$"
    r"|(?P<comment><!--)|\\`|(?P<ticks>`+)",
    re.MULTILINE,
)
_BLANK_LINE: Final = re.compile(r"\n[ \t>]*\r?\n")
# Directives of MyST that hold Markdown; the fences of all others hold code, as those
# of knitr's chunks do.
_DIRECTIVE: Final = re.compile(
    r"[ \t]*\{(?:note|warning|tip|important|caution|attention|danger|error|hint"
    r"|seealso|admonition|figure|table|list-table|sidebar|margin|aside|card|dropdown"
    r"|exercise|solution|(?:prf|proof):[a-z]+|epigraph|topic|container|div|tab-item"
    r"|tab-set|grid|grid-item|grid-item-card|abstract|blockquote|pull-quote|glossary"
    r"|versionadded|versionchanged|deprecated)\}"
)
_METADATA_END: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_METADATA_START: Final = re.compile(
    r"(?:\A\s*|(?<=\n)[ \t]*\r?\n)---[ \t]*\r?\n(?=[^\s-])", re.MULTILINE
)
# Elsewhere than at the top, three dashes are a line across the page more often.
_MEMBER: Final = re.compile(r"[\w-]+[ \t]*:(?=\s)")
_MAX_METADATA: Final = 20  # blocks
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_LIST_ITEM: Final = re.compile(
    r"[ \t>]*(?:[-*+]|\(?(?:\d{1,9}|[A-Za-z#]|@[\w-]*)[.)]|:|~|\[\^[^\]\r\n]+\]:)[ \t]"
)
_INDENTED: Final = re.compile(r"(?: {4}| {0,3}\t)[ \t]*[^\s]")


@dataclass(frozen=True, slots=True)
class MarkdownView:
    """A text, and what is prose in it.

    Attributes:
        text: all of it, every line ended by a line feed.
        blocks: of the same length; code blocks, comments and metadata are blank.
        prose: the same, and code spans are blank, too.
        metadata: the YAML blocks, without their lines of dashes.
        unseen: what no reader sees: comments, and metadata with its dashes.
    """

    text: str
    blocks: str
    prose: str
    metadata: tuple[Span, ...]
    unseen: tuple[Span, ...]


def view(text: str) -> MarkdownView:
    """What is prose in a text."""
    # Of the same length, so that the ends of lines have one spelling from here on.
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    metadata = list(_metadata(text))
    outer = [outer for outer, _ in metadata]
    rest = blanked(text, outer)
    scanner = _Scanner(rest)
    scanner.scan()
    blocks = blanked(rest, scanner.blocks)
    prose = blanked(blocks, scanner.spans)
    unseen = tuple(sorted((*outer, *scanner.comments)))
    return MarkdownView(text, blocks, prose, tuple(one for _, one in metadata), unseen)


def blanked(text: str, spans: list[Span]) -> str:
    """The text with spaces in these places; its lines stay what they are."""
    pieces: list[str] = []
    done = 0
    for span in sorted(spans):
        if span.start < done:
            continue
        blank = re.sub(r"[^\r\n]+", lambda run: " " * len(run[0]), text[slice_of(span)])
        pieces += [text[done : span.start], blank]
        done = span.end
    return "".join([*pieces, text[done:]])


def slice_of(span: Span) -> slice:
    """The span, to cut a text with."""
    return slice(span.start, span.end)


def _metadata(text: str) -> Iterator[tuple[Span, Span]]:
    """Each YAML block with its lines of dashes, and without them."""
    at = 0
    for _ in range(_MAX_METADATA):
        start = _METADATA_START.search(text, at)
        end = _METADATA_END.search(text, start.end()) if start else None
        if start is None or end is None:
            return
        at = end.end()
        if start.start() == 0 or _MEMBER.match(text, start.end()):
            yield Span(start.start(), at), Span(start.end(), end.start())
        else:
            at = start.end()


class _Scanner:
    """One pass over a text.

    Attributes:
        blocks: code blocks and comments.
        spans: code spans.
        comments: comments alone.
    """

    def __init__(self, text: str) -> None:
        indented = list(_indented_code(text))
        self.blocks = indented
        self.spans: list[Span] = []
        self.comments: list[Span] = []
        self._text = blanked(text, indented)
        self._blank_lines = NextMatch(_BLANK_LINE, self._text)
        # Fences of directives that are open: their mark.
        self._directives: list[str] = []
        self._no_comment_end = False
        # Of each kind of fence the shortest that nothing closes any more.
        self._unclosed: dict[str, int] = {}

    def scan(self) -> None:
        """Find all of it."""
        at = 0
        while match := _SIGN.search(self._text, at):
            if match["comment"]:
                at = self._comment(match)
            elif match["ticks"]:
                at = self._ticks(match.start("ticks"), match.end("ticks"))
            elif match["fence"] is not None:
                at = self._fence(match)
            else:
                at = match.end()

    def _comment(self, match: re.Match[str]) -> int:
        end = -1 if self._no_comment_end else self._text.find("-->", match.end())
        if end < 0:
            self._no_comment_end = True
            return match.end()
        span = Span(match.start(), end + len("-->"))
        self.comments.append(span)
        self.blocks.append(span)
        return span.end

    def _fence(self, match: re.Match[str]) -> int:
        mark, info = match["mark"], match["info"]
        if mark[0] in info:  # "```a```" is a code span
            return self._ticks(match.start("mark"), match.end("mark"))
        opened = self._directives[-1] if self._directives else None
        if opened and not info.strip() and mark.startswith(opened):
            self._directives.pop()
            return match.end()
        if _DIRECTIVE.match(info):
            self._directives.append(mark)
            return match.end()
        close = re.compile(
            rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*\r?$", re.MULTILINE
        )
        found = None
        if len(mark) < self._unclosed.get(mark[0], len(mark) + 1):
            found = close.search(self._text, match.end())
        if found is None:
            # To pandoc it is no code then; to CommonMark all the rest would be.
            self._unclosed[mark[0]] = len(mark)
            return match.end()
        self.blocks.append(Span(match.start(), found.end()))
        return found.end()

    def _ticks(self, start: int, end: int) -> int:
        """A code span: from these ticks to as many others, in the same paragraph."""
        limit = self._blank_lines.at(end)
        close = re.compile(rf"(?<!`)`{{{end - start}}}(?!`)")
        found = close.search(self._text, end, limit)
        if found is None:
            return end
        self.spans.append(Span(start, found.end()))
        return found.end()


def _indented_code(text: str) -> Iterator[Span]:
    """Blocks of lines that are indented by four, where no list is open."""
    in_list = False
    after_blank, start, end = True, -1, 0
    for match in _LINE.finditer(text):
        line = match[0]
        if not line.strip():
            after_blank = True
            continue
        if _INDENTED.match(line) and not in_list and (after_blank or start >= 0):
            start = match.start() if start < 0 else start
            end = match.end()
        else:
            if start >= 0:
                yield Span(start, end)
                start = -1
            if _LIST_ITEM.match(line):
                in_list = True
            elif after_blank and not line[0].isspace():
                in_list = False
        after_blank = False
    if start >= 0:
        yield Span(start, end)
