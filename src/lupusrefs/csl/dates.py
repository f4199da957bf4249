"""``cs:date``: dates and their ranges.

Source: CSL 1.0.2 specification, "Date", "Localized Dates", "Non-localized Dates",
"Date Ranges", "AD and BC".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lupusrefs.csl import stream
from lupusrefs.csl.formatting import Frame, frame_of
from lupusrefs.csl.item import DateValue, Day
from lupusrefs.csl.numbers import ordinal
from lupusrefs.csl.rendering import Renderer, Rendering
from lupusrefs.csl.rich_text import parse
from lupusrefs.csl.stream import Token
from lupusrefs.csl.xml import Element

if TYPE_CHECKING:
    from lupusrefs.csl.environment import Environment

_SHOWN: Final = {
    "year": ("year",),
    "year-month": ("year", "month"),
    "year-month-day": ("year", "month", "day"),
}
# From a year of four digits on nobody asks which era it is in.
_PLAIN_YEAR: Final = 1000
_CENTURY: Final = 100
_ALPHABET: Final = 26
_EN_DASH: Final = "–"
_FORMATTING: Final = frozenset(
    (
        "font-style",
        "font-variant",
        "font-weight",
        "text-case",
        "text-decoration",
        "vertical-align",
    )
)
_ALL_PARTS: Final = frozenset(("year", "month", "day"))
_SEASONS: Final = ("1", "2", "3", "4")


@dataclass(frozen=True, slots=True)
class _Part:
    """A compiled ``cs:date-part``."""

    name: str
    form: str
    prefix: str
    suffix: str
    frame: Frame
    range_delimiter: str


def year_suffix(number: int) -> str:
    """0 -> a, 25 -> z, 26 -> aa.

    >>> [year_suffix(n) for n in (0, 25, 26, 702)]
    ['a', 'z', 'aa', 'aaa']
    """
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, _ALPHABET)
        letters = chr(ord("a") + letter) + letters
    return letters


class _Date:
    """A compiled ``cs:date``."""

    def __init__(self, element: Element, environment: Environment) -> None:
        self.variable = element.get("variable")
        self.environment = environment
        self.locale = environment.locale
        self.delimiter = element.get("delimiter")
        self.frame = frame_of(
            _framing(element, environment), is_english=environment.is_english
        )
        self.parts = _parts(element, environment)
        self.shown = frozenset(part.name for part in self.parts)
        self.has_year = "year" in self.shown
        if element.get("form") and not element.get("delimiter"):
            local = environment.locale.dates.get(element.get("form"))
            self.delimiter = local.get("delimiter") if local is not None else ""

    def render(self, rendering: Rendering) -> None:
        """Append the date."""
        rendering.called = True
        if rendering.comparing and self.variable == "accessed":
            # When somebody looked at a page does not tell works apart.
            return
        value = rendering.dates.get(self.variable)
        if value is None:
            rendering.lack(self.variable)
            return
        if not rendering.take(self.variable):
            return
        out = rendering.out
        start = len(out)
        if rendering.sorting:
            out.append(sort_key(value, self.shown))
        elif value.start is None:
            # It stands for the year: "in press" says neither day nor month.
            if self.has_year:
                self._literal(value.literal, rendering)
        elif value.end is not None and value.end != value.start:
            self._range(value, rendering)
        else:
            self._single(value.start, rendering, self.parts)
            if value.is_open and len(out) > start:
                out.append(_EN_DASH)
        self.frame.close(out, start, rendering.item.language)

    def _literal(self, text: str, rendering: Rendering) -> None:
        out = rendering.out
        out += parse(text)
        self._suffix(rendering, out)

    def _single(self, day: Day, rendering: Rendering, parts: Sequence[_Part]) -> None:
        out = rendering.out
        delimiter = self.delimiter
        is_first = True
        for part in parts:
            tokens = self._tokens(part, day, rendering)
            if not tokens:
                continue
            if not is_first and delimiter:
                out.append(delimiter)
            is_first = False
            if part.prefix:
                out.append(part.prefix)
            out += tokens
            if part.suffix:
                out.append(part.suffix)

    def _range(self, value: DateValue, rendering: Rendering) -> None:
        start, end = value.start, value.end
        assert start is not None  # noqa: S101 - the caller looked
        assert end is not None  # noqa: S101 - the caller looked
        parts = [part for part in self.parts if _has(part, start) or _has(part, end)]
        differing = _differing(start, end)
        inside = [i for i, part in enumerate(parts) if part.name in differing]
        if not inside:
            self._single(start, rendering, parts)
            return
        first, last = inside[0], inside[-1]
        largest = min((parts[i] for i in inside), key=_size)
        out = rendering.out
        head = parts[:first]
        middle, tail = parts[first : last + 1], parts[last + 1 :]
        if head:
            self._single(start, rendering, head)
            if self.delimiter:
                out.append(self.delimiter)
        before = _without_suffix([p for p in middle if _has(p, start)])
        self._single(start, rendering, before)
        out.append(largest.range_delimiter)
        behind = _without_prefix([p for p in middle if _has(p, end)])
        self._single(end, rendering, behind)
        if tail:
            if self.delimiter:
                out.append(self.delimiter)
            self._single(end, rendering, tail)

    def _tokens(self, part: _Part, day: Day, rendering: Rendering) -> list[Token]:
        out: list[Token] = []
        if part.name == "year":
            text = self._year(part, day)
            if text:
                out.append(text)
                self._suffix(rendering, out)
        elif part.name == "month":
            text = self._month(part, day)
            if text:
                out += parse(text)
        elif day.day:
            out += parse(self._day(part, day))
        if out:
            part.frame.close(out, 0, rendering.item.language)
        return out

    def _year(self, part: _Part, day: Day) -> str:
        year = day.year
        if part.form == "short" and year >= _PLAIN_YEAR:
            return f"{year % _CENTURY:02d}"
        if year < 0:
            return f"{-year}{self.locale.term('bc')}"
        if year < _PLAIN_YEAR:
            return f"{year}{self.locale.term('ad')}"
        return str(year)

    def _month(self, part: _Part, day: Day) -> str:
        if not day.month:
            return self._season(day)
        form = part.form or "long"
        if form == "numeric":
            return str(day.month)
        if form == "numeric-leading-zeros":
            return f"{day.month:02d}"
        name = f"month-{day.month:02d}"
        return self.locale.term(name, form)

    def _season(self, day: Day) -> str:
        if day.season in _SEASONS:
            return self.locale.term(f"season-0{day.season}")
        return day.season

    def _day(self, part: _Part, day: Day) -> str:
        if part.form == "numeric-leading-zeros":
            return f"{day.day:02d}"
        if part.form == "ordinal" and (
            day.day == 1 or not self.locale.ordinals_on_first_only
        ):
            gender = self.locale.gender(f"month-{day.month:02d}")
            return ordinal(day.day, self.locale, gender)
        return str(day.day)

    def _suffix(self, rendering: Rendering, out: list[Token]) -> None:
        """The year suffix, behind the first year of the issued date."""
        number = rendering.more.suffix
        if (
            number is None
            or rendering.year_done
            or self.environment.has_year_suffix
            or self.variable != "issued"
        ):
            return
        rendering.year_done = True
        out.append(stream.SUFFIX_OPEN)
        out.append(year_suffix(number))
        out.append(stream.SUFFIX_CLOSE)


def _size(part: _Part) -> int:
    return ("year", "month", "day").index(part.name)


def _has(part: _Part, day: Day) -> bool:
    if part.name == "year":
        return True
    if part.name == "month":
        return bool(day.month or day.season)
    return bool(day.day)


def _differing(start: Day, end: Day) -> frozenset[str]:
    """The parts from the largest that differs on."""
    if start.year != end.year:
        return frozenset(("year", "month", "day"))
    if (start.month, start.season) != (end.month, end.season):
        return frozenset(("month", "day"))
    return frozenset(("day",))


def _without_suffix(parts: list[_Part]) -> list[_Part]:
    if not parts:
        return parts
    last = parts[-1]
    bare = _Part(last.name, last.form, last.prefix, "", last.frame, "")
    return [*parts[:-1], bare]


def _without_prefix(parts: list[_Part]) -> list[_Part]:
    if not parts:
        return parts
    first = parts[0]
    bare = _Part(first.name, first.form, "", first.suffix, first.frame, "")
    return [bare, *parts[1:]]


def _framing(element: Element, environment: Environment) -> dict[str, str]:
    """The attributes of a date; formatting may be the locale's, affixes never."""
    local = environment.locale.dates.get(element.get("form"))
    if local is None:
        return element.attributes
    kept = {k: v for k, v in local.attributes.items() if k in _FORMATTING}
    return {**kept, **element.attributes}


def _parts(element: Element, environment: Environment) -> list[_Part]:
    """The parts of a date, in order: its own, or those of the locale, overridden."""
    form = element.get("form")
    if not form:
        own_parts = element.all("date-part")
        return [_part(child.attributes, environment) for child in own_parts]
    local = environment.locale.dates.get(form)
    if local is None:
        return []
    own = {child.get("name"): child.attributes for child in element.all("date-part")}
    shown = _SHOWN.get(element.get("date-parts", "year-month-day"), _SHOWN["year"])
    parts = []
    for child in local.all("date-part"):
        name = child.get("name")
        if name in shown:
            # Affixes are the locale's ("Localized Dates").
            override = {
                key: value
                for key, value in own.get(name, {}).items()
                if key not in {"prefix", "suffix"}
            }
            parts.append(_part({**child.attributes, **override}, environment))
    return parts


def _part(attributes: dict[str, str], environment: Environment) -> _Part:
    return _Part(
        attributes.get("name", ""),
        attributes.get("form", ""),
        attributes.get("prefix", ""),
        attributes.get("suffix", ""),
        frame_of(attributes, is_english=environment.is_english, affixes=False),
        attributes.get("range-delimiter", _EN_DASH),
    )


def compile_date(element: Element, environment: Environment) -> Renderer:
    """A renderer of ``cs:date``."""
    return _Date(element, environment).render


def sort_key(value: DateValue | None, shown: frozenset[str] = _ALL_PARTS) -> str:
    """A date as a sort key: YYYYMMDD, with zeros for what is not given.

    Args:
        value: the date.
        shown: the parts that count, of ``year``, ``month`` and ``day``.
    """
    if value is None or value.start is None:
        return ""
    end = value.end if value.end is not None else Day(0)
    return f"{_sortable(value.start, shown)}-{_sortable(end, shown)}"


def _sortable(day: Day, shown: frozenset[str]) -> str:
    year = day.year if "year" in shown else 0
    month = day.month if "month" in shown else 0
    number = day.day if "day" in shown else 0
    # Years before Christ come first, the earlier ones before the later.
    era, year = ("A", 100000 + year) if year < 0 else ("B", year)
    return f"{era}{year:05d}{month:02d}{number:02d}"
