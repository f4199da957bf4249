"""One tagged record: which of its lines are replaced, go or come."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, TypeAlias

from lupusrefs.formats.append.place import LINE_END, line_start
from lupusrefs.formats.endnote.dates import date_text, parse_date, with_year
from lupusrefs.formats.tagged import TaggedField
from lupusrefs.model.dates import Date
from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Span
from lupusrefs.model.pages import split_range, with_dash

# A tag and its text; and the lines that name one author.
Line: TypeAlias = tuple[str, str]
People: TypeAlias = tuple[Line, ...]
_YEAR: Final = re.compile(r"\d{4}")
_ISO: Final = re.compile(r"\d{4}(?:-\d{1,2}){1,2}")
_CONTINUED: Final = " " * 6
_BLANKS: Final = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class TaggedFormat:
    """What a format's lines look like.

    Attributes:
        tag: the begin of a line with a tag; None where the file tells.
        form: a line without its text, the tag to be put in.
        alike: tags that mean the same.
        dates: the tags of the date of issue, as ``YYYY/MM/DD/``.
        ends: the tags of first and last page.
        frame: tags of the record itself, which nobody mends.
        width: of a line, where longer ones go on in further lines; 0 if they do not.
        has_author_groups: each author has several lines, one behind the other.
    """

    form: str
    alike: tuple[tuple[str, ...], ...]
    frame: frozenset[str]
    tag: re.Pattern[str] | None = None
    dates: tuple[str, ...] = ()
    ends: tuple[str, str] = ("", "")
    width: int = 0
    has_author_groups: bool = False


class TaggedRecord:
    """One record: its lines, and the edits of them.

    Attributes:
        edits: those that were made so far.
    """

    def __init__(
        self,
        text: str,
        fields: Sequence[TaggedField],
        format_: TaggedFormat,
        newline: str,
    ) -> None:
        self._text = text
        self._fields = fields
        self._format = format_
        self._newline = newline
        self.edits: list[Edit] = []

    def has(self, tag: str) -> bool:
        """Whether there is such a line with a text."""
        return any(one.tag.upper() == tag and one.text for one in self._fields)

    def text_of(self, tag: str) -> str:
        """The text of the line with a tag, if there is one."""
        found = (one.text for one in self._fields if one.tag.upper() == tag)
        return next(found, "")

    def set_texts(
        self, tag: str, old: Sequence[str], new: Sequence[str], earlier: Sequence[str]
    ) -> bool:
        """Make the texts of a tag others.

        Args:
            tag: as the writer has it.
            old: the texts that would be written now.
            new: those that are to be.
            earlier: the tags that come before, for lines that are new.

        Returns:
            whether the lines were found.
        """
        lines = self._found(tag, old)
        if lines is None:
            return False
        matcher = SequenceMatcher(None, list(old), list(new), autojunk=False)
        for kind, start, end, first, last in matcher.get_opcodes():
            if kind == "equal":
                continue
            both = min(end - start, last - first)
            for at in range(both):
                for line in lines[start + at]:
                    self._replace(line, new[first + at])
                if not lines[start + at]:
                    # It is read from elsewhere, such as a DOI from a note.
                    self._insert(tag, [new[first + at]], [], lines, earlier)
            for place in range(start + both, end):
                for line in lines[place]:
                    self._remove(line)
            more = new[first + both : last]
            if more:
                after = lines[start + both - 1] if start + both else []
                self._insert(tag, more, after[:1], lines, earlier)
        return True

    def _alike(self, tag: str) -> tuple[str, ...]:
        """The tags that mean the same."""
        return next((ones for ones in self._format.alike if tag in ones), (tag,))

    def _found(self, tag: str, texts: Sequence[str]) -> list[list[TaggedField]] | None:
        """The lines of each text: more than one where a second tag repeats it."""
        alike = self._alike(tag)
        fields = [one for one in self._fields if one.tag.upper() in alike and one.text]
        found = [
            [one for one in fields if _normal(one.text) == _normal(text)]
            for text in texts
        ]
        if all(found):
            return found
        for tags in ((tag,), *((one,) for one in alike)):
            own = [one for one in fields if one.tag.upper() in tags]
            if own and len(own) == len(texts):
                return [[one] for one in own]
        return found if not fields else None

    def set_people(self, old: Sequence[People], new: Sequence[People]) -> bool:
        """Make the authors others, all lines of each.

        Returns:
            whether their lines were found.
        """
        groups = [
            [self._fields[place] for place in group]
            for group in author_groups([one.tag for one in self._fields])
        ]
        if len(groups) != len(old) or not groups:
            return False
        matcher = SequenceMatcher(None, list(old), list(new), autojunk=False)
        for kind, start, end, first, last in matcher.get_opcodes():
            if kind == "equal":
                continue
            both = min(end - start, last - first)
            for at in range(both):
                self._rename(groups[start + at], new[first + at])
            for group in groups[start + both : end]:
                for line in group:
                    self._remove(line)
            anchor = groups[start + both - 1][-1] if start + both else groups[0][0]
            for tag, text in (one for who in new[first + both : last] for one in who):
                self._insert(tag, [text], [anchor], [], [])
        return True

    def _rename(self, lines: Sequence[TaggedField], names: People) -> None:
        """Give the lines of an author another name."""
        texts = dict(names)
        for line in lines:
            if line.tag in texts:
                self._replace(line, texts.pop(line.tag))
            elif line.tag in NAME_TAGS:
                self._remove(line)
        for tag, text in texts.items():
            self._insert(tag, [text], [lines[0]], [], [])

    # -- one line

    def _replace(self, line: TaggedField, text: str) -> None:
        old = line.text
        if (dash := _dash(old)) and split_range(text):
            text = with_dash(text, dash)
        prefix = line.span.start - line_start(self._text, line.span.start)
        self.edits.append(Edit(line.span, self._wrapped(text, prefix)))

    def _wrapped(self, text: str, prefix: int) -> str:
        width = self._format.width
        if not width or prefix + len(text) <= width:
            return text
        lines = textwrap.wrap(
            text,
            width,
            initial_indent=" " * prefix,
            subsequent_indent=_CONTINUED,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return self._newline.join(lines)[prefix:]

    def _remove(self, line: TaggedField) -> None:
        start = line_start(self._text, line.tag_span.start)
        end = LINE_END.search(self._text, max(line.span.end, line.tag_span.end))
        if end is None and start:
            # The last line of the file: the end of the one before goes.
            before = len(self._text[:start].rstrip("\r\n"))
            self.edits.append(Edit(Span(before, len(self._text)), ""))
            return
        stop = end.end() if end else len(self._text)
        self.edits.append(Edit(Span(start, stop), ""))

    def _insert(
        self,
        tag: str,
        texts: Sequence[str],
        after: Sequence[TaggedField],
        lines: Sequence[Sequence[TaggedField]],
        earlier: Sequence[str],
    ) -> None:
        """New lines behind one of the same kind, else behind those that come before."""
        like = next((one[0] for one in (after, *lines) if one), None)
        if like is not None and like.tag.upper() not in self._alike(tag):
            like = None
        anchor = next(iter(after), None) or self._anchor(earlier)
        lead = self._lead(tag, like)
        body = "".join(
            self._newline + lead + self._wrapped(text, len(lead)) for text in texts
        )
        at = max(anchor.span.end, anchor.tag_span.end)
        if blanks := _BLANKS.match(self._text, at):
            at = blanks.end()
        self.edits.append(Edit(Span(at, at), body))

    def _lead(self, tag: str, like: TaggedField | None) -> str:
        """The begin of a new line, as others of the record have theirs."""
        if like is not None:
            return self._text[
                line_start(self._text, like.tag_span.start) : like.span.start
            ]
        for one in self._fields:
            if one.text and len(one.tag) == len(tag):
                start = line_start(self._text, one.tag_span.start)
                lead = self._text[start : one.span.start]
                return lead.replace(one.tag, tag)
        return self._format.form.format(tag)

    def _anchor(self, earlier: Sequence[str]) -> TaggedField:
        """The last line of a tag that comes before; else the first line."""
        ends = [one for one in self._fields if one.tag.upper() != "ER"]
        for tag in reversed(earlier):
            alike = self._alike(tag)
            for one in reversed(ends):
                if one.tag.upper() in alike:
                    return one
        return ends[-1] if ends else self._fields[0]

    # -- dates

    def set_date(self, old: Date | None, new: Date | None) -> None:
        """Make the date of issue another one, in the fields that have it.

        The year alone stays alone; where the new date says more, and no field has room
        for it, a field for dates is added.
        """
        dated = [one for one in self._fields if one.tag.upper() in self._format.dates]
        self._set_parts(dated, old, new)
        lines = [one for one in dated if _is_date(one.text, old)]
        if new is None:
            for one in lines:
                self._remove(one)
            return
        for one in lines:
            self._replace(one, _dated(one.text, new))
        year_tag, date_tag = self._format.dates[0], self._format.dates[1]
        is_full = any(_is_part(one.text, old) for one in dated) or any(
            not _YEAR.fullmatch(one.text.strip(" /")) for one in lines
        )
        if new.start is None or (lines and (is_full or len(new.start.parts()) == 1)):
            if not lines:
                self._insert(year_tag, [date_text(new)], [], [], [])
            return
        full = date_text(new)
        if not lines:
            self._insert(year_tag, [full.partition("/")[0]], [], [], [])
        if len(new.start.parts()) > 1 or new.end or new.circa or new.start.season:
            self._insert(date_tag, [full], [], [], [one.tag for one in lines])

    def _set_parts(
        self, dated: Sequence[TaggedField], old: Date | None, new: Date | None
    ) -> None:
        """Months that stand alone beside a year: "NOV"."""
        for one in dated:
            if new is None or not _is_part(one.text, old) or _is_part(one.text, new):
                continue
            if new.start and new.start.month:
                self._replace(one, date_text(new))
            else:
                self._remove(one)


# An author of MEDLINE: the full name, the short one or a group's, what belongs to it.
AUTHOR_TAGS: Final = frozenset(("FAU", "AU", "CN", "AUID", "AD"))
NAME_TAGS: Final = frozenset(("FAU", "AU", "CN"))


def author_groups(tags: Sequence[str]) -> list[list[int]]:
    """The places of the lines of each author."""
    groups: list[list[int]] = []
    for place, tag in enumerate(tags):
        if tag not in AUTHOR_TAGS:
            continue
        known = [tags[one] for one in groups[-1]] if groups else []
        if tag == "FAU" or (tag in NAME_TAGS and known != ["FAU"]) or not groups:
            groups.append([])
        groups[-1].append(place)
    return groups


def people(lines: Sequence[Line]) -> list[People]:
    """The names of each author."""
    return [
        tuple(lines[place] for place in group if lines[place][0] in NAME_TAGS)
        for group in author_groups([tag for tag, _ in lines])
    ]


def _normal(text: str) -> str:
    return " ".join(text.split())


def _dash(text: str) -> str | None:
    """What stands between two pages."""
    pages = split_range(text)
    if pages is None:
        return None
    return text.strip()[len(pages[0]) : len(text.strip()) - len(pages[1])]


def _is_date(text: str, old: Date | None) -> bool:
    """Whether a field says the year of a date."""
    read = parse_date(text)
    if old is None or read is None:
        return False
    return read.year == old.year


def _is_part(text: str, date: Date | None) -> bool:
    """Whether a field without a year says the month and day of a date."""
    if date is None or date.year is None or parse_date(text) is not None:
        return False
    return with_year(text, date.year) == date


def _dated(text: str, new: Date) -> str:
    """A date in the form of another one."""
    if new.start is None:
        return new.literal or ""
    if _YEAR.fullmatch(text.strip()):
        return date_text(new).partition("/")[0]
    if _ISO.fullmatch(text.strip()) and new.end is None:
        return str(new)
    full = date_text(new)
    slashes = text.count("/")
    if "/" in text and full.endswith("/"):
        # Some write fewer slashes: 2007/08/05.
        parts = full.split("/")
        keep = max(slashes + 1, *(at + 1 for at, part in enumerate(parts) if part))
        return "/".join(parts[:keep])
    return full
