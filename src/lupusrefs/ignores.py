"""Ignores that stand beside an entry in its file.

In YAML and JSON under ``custom``, in every format with comments as a comment line above
the entry or inside it::

    % lupusrefs-ignore: year-mismatch until 2027-01-31: the reprint is cited on purpose
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import JsonValue

from lupusrefs.errors import InputError
from lupusrefs.findings import unknown_rule
from lupusrefs.formats.text import SourceText
from lupusrefs.model.location import Location
from lupusrefs.model.reference import Reference
from lupusrefs.policy import Ignore, known_rule

NAME: Final = "lupusrefs-ignore"
_SOURCE: Final = "entry"
_COMMENT: Final = re.compile(rf"^[ \t]*[%#]+[ \t]*{NAME}[ \t]*:(?P<text>.*)$")
_GRAMMAR: Final = re.compile(
    r"(?P<rules>[\w*-]+(?:\s*,\s*[\w*-]+)*)"
    r"(?:\s+until\s+(?P<until>\S+?))?"
    r"\s*(?:$|(?::|\s--|\s[–—])\s*(?P<reason>.*))"
)
_HINT: Final = (
    f"write `{NAME}: RULE: the reason`, or `RULE until 2027-01-31: the reason`"
)
_MEMBERS: Final = frozenset(("rule", "reason", "until"))
# Comment lines that are looked at above an entry.
_LINES_ABOVE: Final = 20


@dataclass(frozen=True, slots=True)
class EntryIgnores:
    """What stands beside one entry.

    Attributes:
        ignores: the ones that can be read.
        errors: the others: without a reason, or of a rule that there is not.
    """

    ignores: tuple[Ignore, ...] = ()
    errors: tuple[InputError, ...] = ()


_NOTHING: Final = EntryIgnores()


def ignores_of(reference: Reference, source: SourceText | None) -> EntryIgnores:
    """The ignores beside an entry.

    Args:
        reference: the entry.
        source: the text of its file; None where there is nothing to look for in it.
    """
    custom = reference.custom.get(NAME)
    if custom is None and source is None:
        return _NOTHING
    reader = _Reader(reference)
    if custom is not None:
        reader.read_custom(custom)
    if source is not None:
        for text, location in _comments(reference, source):
            reader.read_comment(text, location)
    return EntryIgnores(tuple(reader.ignores), tuple(reader.errors))


def has_comments(source: SourceText) -> bool:
    """Whether any entry of a file can have one: nearly no file does."""
    return NAME in source.text


class _Reader:
    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self.ignores: list[Ignore] = []
        self.errors: list[InputError] = []

    def read_custom(self, value: JsonValue) -> None:
        """``rule: reason``, or mappings with ``rule``, ``reason`` and ``until``."""
        place = self._reference.places.get("custom") or self._reference.location
        match value:
            case str():
                self.read_comment(value, place)
            case dict() if "rule" not in value:
                for rule, reason in value.items():
                    self._add(rule, reason, None, place)
            case dict() if unknown := sorted(value.keys() - _MEMBERS):
                # A slip in `until` would make an ignore of some days one for ever.
                self._refuse(f"an ignore has no `{unknown[0][:40]}`", place)
            case dict():
                self._add(value["rule"], value.get("reason"), value.get("until"), place)
            case list():
                for one in value:
                    self.read_custom(one)
            case _:
                self._refuse("an ignore is a mapping of rule and reason", place)

    def read_comment(self, text: str, place: Location | None) -> None:
        """``rule, rule until date: reason``."""
        text = " ".join(text.split())
        match = _GRAMMAR.fullmatch(text)
        if match is None:
            self._refuse(f"the ignore `{text[:60]}` cannot be read", place)
            return
        for rule in match["rules"].split(","):
            self._add(rule.strip(), match["reason"], match["until"], place)

    def _add(
        self, rule: object, reason: object, until: object, place: Location | None
    ) -> None:
        if not isinstance(rule, str) or not known_rule(rule):
            message, hint = unknown_rule(str(rule))
            self._refuse(message, place, hint)
            return
        if not isinstance(reason, str) or not reason.strip():
            self._refuse(f"the ignore of `{rule}` has no reason", place)
            return
        day = _day(until)
        if until is not None and day is None:
            self._refuse(f"`{str(until)[:40]}` is no day as in 2027-01-31", place)
            return
        self.ignores.append(
            Ignore(
                rule=rule,
                reason=" ".join(reason.split()),
                key=self._reference.id,
                until=day,
                source=_SOURCE,
                location=place,
            )
        )

    def _refuse(self, message: str, place: Location | None, hint: str = _HINT) -> None:
        self.errors.append(InputError(message, location=place, hint=hint))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _comments(
    reference: Reference, source: SourceText
) -> Iterator[tuple[str, Location]]:
    """The comments right above the entry, and those inside it.

    Where an entry of YAML ends no parser can tell: what stands between two belongs to
    the upper one if it is indented deeper than that begins, else to the lower one.
    """
    span = reference.location.span if reference.location else None
    if span is None:
        return
    text = source.text
    start = text.rfind("\n", 0, span.start) + 1
    margin = _indent(text[start : span.start])
    position = _begin_of_comments(text, start, margin)
    content_end = _end_of_content(text, start, span.end)
    for line in text[position : span.end].split("\n"):
        is_own = position < content_end or _indent(line) > margin
        if is_own and (match := _COMMENT.match(line.rstrip("\r"))):
            yield match["text"], source.location(position + _indent(line))
        position += len(line) + 1


def _begin_of_comments(text: str, start: int, margin: int) -> int:
    """The offset of the first of the comment lines right above an entry."""
    for _ in range(_LINES_ABOVE):
        before = text.rfind("\n", 0, max(start - 1, 0)) + 1
        line = text[before:start]
        if start == 0 or not _is_comment(line) or _indent(line) > margin:
            break
        start = before
    return start


def _end_of_content(text: str, start: int, end: int) -> int:
    """The offset behind the last line of an entry that is no comment and not blank."""
    while end > start:
        before = text.rfind("\n", start, end - 1) + 1 or start
        line = text[before:end]
        if line.strip() and not _is_comment(line):
            break
        end = before
    return end


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith(("%", "#"))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
