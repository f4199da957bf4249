"""DOIs in running text: prose, URLs, wikitext, HTML, TeX, JSON.

Prose has no rule for where a DOI ends, so this module reads character by character
and weighs what the character can be there. The trimmed reading comes first, longer
ones follow among the candidates.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupusrefs.model import doi_spelling as spelling
from lupusrefs.model.doi import Doi

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class DoiMention:
    """A DOI found in a text, which has it at ``[start, end)``, in characters.

    The range covers the DOI name without a lead; for a shortDOI it covers the lead too,
    as ``https://doi.org/d8dn`` has no name in it otherwise.
    """

    doi: Doi
    start: int
    end: int


# --- where one begins ---------------------------------------------------------

# Bounded, so that a text of nothing but "10.10.10." stays linear.
_START = re.compile(
    r"10\.(?P<registrant>[0-9]{1,12})(?:\.[0-9]{1,12}){0,6}"
    r"(?P<slash>\\?/|[⁄∕／]|%(?:25){0,3}2[Ff])"
    r"|(?<![\w.-])(?:https?://)?(?:www\.|dx\.)?(?P<host>(?:short)?doi\.org)/"
    r"(?:10/)?(?P<short>[a-z0-9]{2,8})(?![\w%/-]|\.\w)"
    r"|(?<![^\W_])doi:\s?10/(?P<labelled>[a-z0-9]{2,10})(?![\w%/-]|\.\w)",
    re.IGNORECASE,
)
_LEAD_BEFORE = re.compile(
    r"(?:(?<![a-z])doi|doi\.[a-z.]{2,20}|doi-org[a-z.-]{0,40}|hdl\.handle\.net)"
    r"[\s:=./(\[{<>\"']{0,6}(?:urn:)?(?:doi:)?\Z",
    re.IGNORECASE,
)
_RESOLVER_BEFORE = re.compile(
    r"(?:doi\.[a-z.]{2,20}|doi-org[a-z.-]{0,40}|handle\.net)/(?:urn:)?(?:doi:)?\Z",
    re.IGNORECASE,
)
_PATH_BEFORE = re.compile(r"[^\s(]/\Z|%2F\Z", re.IGNORECASE)
_ESCAPE_BEFORE = re.compile(r"%[0-9A-Fa-f]{2}\Z")
_ISBN_A = re.compile(r"10\.97[89]\.[0-9]{2,8}/[0-9]{1,7}(?![0-9])")
# Chinese, Japanese and Korean prose sets no blanks around a DOI.
_EAST_ASIAN = "\u2e80"
_LEAD_SPAN = 64
_REAL_REGISTRANT = 4  # digits; the shorter ones are dates and version numbers


def find_dois(text: str) -> list[DoiMention]:
    """Find all DOIs in a text, in order, repeated ones too."""
    return list(_mentions(text))


def _mentions(text: str) -> Iterator[DoiMention]:
    at = 0
    while start := _START.search(text, at):
        if start["slash"] is None:
            mention, at = _short(start), start.end()
        else:
            mention, at = _full(text, start)
        if mention is not None:
            yield mention


def _short(start: re.Match[str]) -> DoiMention | None:
    path = start["labelled"] or start["short"]
    if start["host"] and not spelling.is_short_path(path, start["host"].lower()):
        return None
    if path.isalpha() and not path.islower():  # a word; shortDOIs are lower case
        return None
    name = f"10/{path}"
    return DoiMention(Doi(name, start[0], (name,)), start.start(), start.end())


def _full(text: str, start: re.Match[str]) -> tuple[DoiMention | None, int]:
    """Return the mention that starts here, and where to search on."""
    lead = text[max(0, start.start() - _LEAD_SPAN) : start.start()]
    has_lead = _LEAD_BEFORE.search(lead) is not None
    long_enough = len(start["registrant"]) >= _REAL_REGISTRANT
    if not _may_begin(lead, has_lead=has_lead) or not (
        long_enough or has_lead or _ISBN_A.match(text, start.start())
    ):
        return None, start.start() + 2
    run = _Run(text, start.end())
    in_path = _PATH_BEFORE.search(lead) and not _RESOLVER_BEFORE.search(lead)
    prefix = start[0].removesuffix(start["slash"])
    length, readings = _weigh(prefix, run, lead[-1:], in_path=bool(in_path))
    names = spelling.distinct_names(_settle(readings))
    if not names or not length:
        return None, run.stopped_at
    end = run.end_of(length)
    doi = Doi(names[0], text[start.start() : end], names)
    return DoiMention(doi, start.start(), end), run.stopped_at


def _may_begin(lead: str, *, has_lead: bool) -> bool:
    before = lead[-1:]
    if before.isalnum() and before < _EAST_ASIAN:
        return has_lead or _ESCAPE_BEFORE.search(lead) is not None
    return not (before == "." and lead[-2:-1].isdigit())


# --- how far it goes ----------------------------------------------------------

_UNIT = re.compile(
    r"(?P<stop>https?:/|doi:)"
    r"|(?P<plain>(?:(?!https?:/|doi:)[A-Za-z0-9._:/+=@!~*-])+)"
    r"|(?P<entity>&(?:amp;)*(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,9});)"
    r"|(?P<escape>(?:%(?:25){0,3}[89a-f][0-9a-f])+|%(?:25){0,3}[0-7][0-9a-f])"
    r"|(?P<json>\\u00[0-7][0-9a-f])"
    rf"|(?P<tex>{spelling.TEX_PATTERN})"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_HTML = (
    r"a|abbr|b|big|br|cite|code|dd|div|dl|dt|em|ext-link|font|h[1-6]|hr|i|img|italic|li"
    r"|mark|ol|p|pre|pub-id|q|ref|s|small|span|strong|sub|sup|table|tbody|td|th|tr|tt|u"
    r"|ul|uri|wbr|xref"
)
_CLOSE_ANGLE = r"(?:>|&(?:amp;)*gt;|%3E|\\u003e|\\textgreater|\$>\$|\$\\gt\$)"
_TAG = re.compile(rf"[/!?\\]|(?:{_HTML})(?:\s|/?{_CLOSE_ANGLE})", re.IGNORECASE)
_CLOSED = re.compile(rf"[^<>\s\"]{{0,100}}?{_CLOSE_ANGLE}", re.IGNORECASE)
_NEXT_PARAMETER = re.compile(r"(?:[\w.-]{1,40}(?:=|%3D)|doi\b)", re.IGNORECASE)
_NEXT_ITEM = re.compile(r"\s*(?:doi\b|10\.[0-9]{4})", re.IGNORECASE)
_BREAK = re.compile(r"[ \t]{0,8}\r?\n[ \t]{0,16}(?!https?:|www\.|doi|10\.[0-9]{4})")
_WITH_DIGIT = re.compile(r"[A-Za-z0-9](?:(?<=[0-9])|[^\s0-9]{0,60}[0-9])")
_HYPHENATED = re.compile(r"[a-z]{2,}[.\w]*[0-9]")
# A year ends a sentence's DOI; "2002.1041053" is none.
_NUMBER = re.compile(r"(?!(?:1[89]|20)[0-9]{2}(?![0-9]|\.[0-9]))[0-9]{4,}(?![0-9])")
_DASHED = re.compile(r"-[A-Za-z][^\s0-9]{0,30}[0-9]")
_MAX_BREAKS = 3
_MAX_RUN = 4096  # characters: no DOI in prose comes near, and memory stays small


class _Run:
    """The stretch behind a DOI's slash that may belong to its suffix."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.start = at
        self.units: list[tuple[str, int]] = []  # what it stands for, where it ends
        self.unbroken: int | None = None  # units before the first joined line break
        self._open: list[str] = []
        breaks = 0
        while True:
            at = self._read(at)
            resumed = self._over_break(at) if breaks < _MAX_BREAKS else None
            if resumed is None:
                break
            breaks += 1
            if self.unbroken is None:
                self.unbroken = len(self.units)
            at = resumed
        self.stopped_at = at

    @property
    def suffix(self) -> str:
        return "".join(decoded for decoded, _ in self.units)

    def end_of(self, length: int) -> int:
        """Return where in the text the first ``length`` characters end."""
        end = self.start
        for decoded, unit_end in self.units:
            if length < len(decoded):
                return end + length
            length -= len(decoded)
            end = unit_end
            if length == 0:
                break
        return end

    def _read(self, at: int) -> int:
        limit = at + _MAX_RUN
        while at < limit and (unit := _UNIT.match(self.text, at, limit)):
            decoded = self._decoded(unit)
            if decoded is None:
                break
            self.units.append((decoded, unit.end()))
            at = unit.end()
        return at

    def _decoded(self, unit: re.Match[str]) -> str | None:
        """Return what the unit stands for, or ``None`` if the DOI ends before it."""
        raw = unit[0]
        match unit.lastgroup:
            case "plain":
                return raw
            case "stop":  # 10.5424/http://dx.doi.org/10.5424/... is registered
                return None if self.units else raw
            case "entity":
                char = spelling.decode_entity(re.sub(r"^&(?:amp;)+(?=.)", "&", raw))
            case "escape":
                char = spelling.decode_percent(re.sub(r"%(?:25)+", "%", raw))
            case "json":
                char = chr(int(raw[-2:], 16))
            case "tex":
                char = spelling.decode_tex(raw)
            case _:
                char = raw.translate(spelling.PLAIN_FORM) if raw not in "—―" else raw
        if len(char) != 1:  # nothing (invisible), a ligature, an unknown entity
            return char if char.isalpha() or not char else None
        return char if self._admits(char, unit) else None

    def _admits(self, char: str, unit: re.Match[str]) -> bool:
        after = unit.end()
        if char in "<([":
            return self._opens(char, after)
        if char in ">)]":
            return self._closes(char)
        if char in "&;":
            nothing = _NEXT_PARAMETER if char == "&" or unit[0] == ";" else _NEXT_ITEM
            return not (
                nothing.match(self.text, after) or _NEXT_ITEM.match(self.text, after)
            )
        if char == "#":  # the check character of a SICI; else a fragment
            return bool(self.units) and self.units[-1][0].endswith("-")
        if char == "'":
            return self.text[after : after + 1].isalnum()
        if unit["other"] is None:  # escaped, so meant
            return not char.isspace() and (
                char != "?" or not _NEXT_PARAMETER.match(self.text, after)
            )
        if char.isascii():
            return char.isalnum() or char in "._:/+=@!~*-$%"
        return char < _EAST_ASIAN and (
            char.isalnum() or unicodedata.category(char)[0] == "M"
        )

    def _opens(self, char: str, after: int) -> bool:
        if char == "<" and (
            _TAG.match(self.text, after) or not _CLOSED.match(self.text, after)
        ):
            return False
        self._open.append(char)
        return True

    def _closes(self, char: str) -> bool:
        if not self._open or self._open[-1] != spelling.CLOSERS[char]:
            return False
        self._open.pop()
        return True

    def _over_break(self, at: int) -> int | None:
        """Return where a DOI goes on that a line break cut, or ``None``.

        It was cut if it cannot end so: behind the slash, at a hyphen, or at a dot with
        a long number to follow (a short one would be the number of the next item); or
        if what follows cannot begin so, a hyphen with a word behind it.
        """
        line_break = _BREAK.match(self.text, at)
        if line_break is None:
            return None
        resumed = line_break.end()
        last = self.units[-1][0][-1:] if self.units else ""
        match last:
            case "":
                goes_on = _WITH_DIGIT.match(self.text, resumed)
            case "-" | "_":
                goes_on = _WITH_DIGIT.match(self.text, resumed) or _HYPHENATED.match(
                    self.text, resumed
                )
            case ".":
                goes_on = _NUMBER.match(self.text, resumed)
            case _:  # a line of prose begins with no "-HP071"
                dashed = _DASHED.match(self.text, resumed)
                goes_on = dashed if last.isalnum() else None
        return resumed if goes_on else None


# --- which reading is the likeliest -------------------------------------------

_FOOTNOTE = re.compile(r"\[[0-9]{1,3}(?:[,-][0-9]{1,3})*\]?\Z")
_EMPHASIS = frozenset("*_~$")


def _weigh(
    prefix: str, run: _Run, before: str, *, in_path: bool
) -> tuple[int, list[str]]:
    """Return the length of the likeliest suffix, and all names, the likeliest first."""
    head = f"{prefix}/"
    whole = head + run.suffix
    prose = _trim_prose(whole, before)
    if in_path:
        prose = spelling.without_page(prose)
    if footnote := _FOOTNOTE.search(prose):
        prose = prose[: footnote.start()]
    readings = [prose]
    if run.unbroken is not None:
        unbroken = head + "".join(decoded for decoded, _ in run.units[: run.unbroken])
        if unbroken.endswith("-"):  # the hyphen may be the typesetter's
            readings.append(unbroken[:-1] + prose[len(unbroken) :])
        readings.append(_trim_prose(unbroken, before))
    return len(prose) - len(head), [*readings, whole]


def _trim_prose(name: str, before: str) -> str:
    if before in _EMPHASIS:  # opened before the DOI, so this closes it: _10.1/a_
        name = name.rstrip(before)
    end = len(name)
    for shorter in spelling.trim_ends(name):
        if name[shorter] in _EMPHASIS:  # not opened, so the DOI's own
            break
        end = shorter
    prefix, slash, suffix = name[:end].partition("/")
    return name[:end] if suffix.strip("./-_:") else prefix + slash


def _settle(readings: list[str]) -> Iterator[str]:
    settled = [name for name in map(spelling.undo_encodings, readings) if name]
    yield from settled
    for name in settled[:1]:
        yield from spelling.further_readings(name)
