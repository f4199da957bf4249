"""Plots as inline SVG: findings by rule, references by year.

Colours come from classes, for an attribute ``style`` would go against the page's
policy. Each plot has a title and a description, and beside it the numbers as a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.findings import RULES, Finding, Severity
from lupusrefs.reports.checked import Checked
from lupusrefs.reports.html.markup import Markup, element, text

_WIDTH: Final = 640
_ROW: Final = 22
_LABEL: Final = 230  # width of the names of rules
_MOST_RULES: Final = 20
_MOST_BARS: Final = 50
_HEIGHT: Final = 160  # of the plot of years
_FLOOR: Final = 24  # room for the years below the bars
# Behind these no year of a publication is meant.
_YEARS: Final = range(1400, 2200)
_SOUND: Final = "sound"
_FOUND: Final = "found"
# Room for the scale at the left of the plot of years, and above its bars.
_LEFT: Final = 36
_TOP: Final = 20
_LEGENDS: Final[Mapping[str, str]] = {
    _FOUND: "with errors or warnings",
    _SOUND: "without",
    **{str(severity): str(severity) for severity in Severity},
}


@dataclass(slots=True)
class PlotData:
    """Counts for the plots; grows with each reference.

    Attributes:
        rules: rule id -> severity -> findings.
        years: year -> ``found`` where there is an error or a warning, else ``sound``.
    """

    rules: dict[str, Counter[str]] = field(default_factory=dict)
    years: dict[int, Counter[str]] = field(default_factory=dict)

    def add(self, checked: Checked) -> None:
        """Count one reference."""
        self.add_findings(checked.findings)
        issued = checked.reference.issued
        year = issued.year if issued else None
        if year is not None and year in _YEARS:
            bad = any(one.severity is not Severity.INFO for one in checked.findings)
            of_year = self.years.setdefault(year, Counter())
            of_year[_FOUND if bad else _SOUND] += 1

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Count findings."""
        for found in findings:
            self.rules.setdefault(found.rule.id, Counter())[found.severity] += 1


def findings_by_rule(data: PlotData) -> Markup:
    """Bars from left to right, the most frequent rule first."""
    if not data.rules:
        return Markup("")
    order = {id_: number for number, id_ in enumerate(RULES)}
    ranked = sorted(data.rules, key=lambda id_: (-data.rules[id_].total(), order[id_]))
    rows = [(id_, data.rules[id_]) for id_ in ranked[:_MOST_RULES]]
    if rest := ranked[_MOST_RULES:]:
        more = sum((data.rules[id_] for id_ in rest), Counter[str]())
        rows.append((f"{len(rest)} other rules", more))
    most = max(counts.total() for _, counts in rows)
    scale = (_WIDTH - _LABEL - 60) / most
    bars = [
        _row(number, name, counts, scale) for number, (name, counts) in enumerate(rows)
    ]
    total = sum(counts.total() for _, counts in rows)
    first, counts = rows[0]
    description = (
        f"{total} findings by {len(ranked)} rules; the most frequent one is {first} "
        f"with {counts.total()}."
    )
    drawing = _svg("by-rule", "Findings by rule", description, _ROW * len(rows), bars)
    return _figure(drawing, "Findings by rule", "rule", rows, tuple(Severity))


def references_by_year(data: PlotData) -> Markup:
    """Bars from bottom to top, each a year, or where they are many some years."""
    if not data.years:
        return Markup("")
    first, last = min(data.years), max(data.years)
    step = next(n for n in (1, 2, 5, 10, 20) if (last - first) // n < _MOST_BARS)
    begin = first - first % step
    rows: list[tuple[str, Counter[str]]] = []
    for start in range(begin, last + 1, step):
        counts = sum(
            (data.years.get(year, Counter()) for year in range(start, start + step)),
            Counter[str](),
        )
        rows.append(
            (str(start) if step == 1 else f"{start}–{start + step - 1}", counts)
        )
    most = max(counts.total() for _, counts in rows)
    width = min((_WIDTH - _LEFT) / len(rows), 48)
    bars = [
        *_scale(most),
        *(
            _column(number, name, counts, width, (_HEIGHT - _TOP) / most)
            for number, (name, counts) in enumerate(rows)
        ),
    ]
    total = sum(counts.total() for _, counts in rows)
    description = (
        f"{total} references from {first} to {last}; at most {most} in one bar. The "
        "lower part of a bar has errors or warnings."
    )
    height = _HEIGHT + _FLOOR
    drawing = _svg("by-year", "References by year", description, height, bars)
    shown = [row for row in rows if row[1]]
    return _figure(drawing, "References by year", "year", shown, (_FOUND, _SOUND))


def _row(number: int, name: str, counts: Counter[str], scale: float) -> Markup:
    top, x = number * _ROW, float(_LABEL)
    parts = [
        _label(name, _LABEL - 8, top + 15, "end"),
        element("title", text(f"{name}: {_words(counts)}")),
    ]
    for severity in Severity:
        if counts[severity]:
            width = counts[severity] * scale
            parts.append(_bar(x, top + 3, width, _ROW - 6, severity))
            x += width
    parts.append(_label(str(counts.total()), x + 6, top + 15, "start"))
    return element("g", *parts)


def _column(
    number: int, name: str, counts: Counter[str], width: float, scale: float
) -> Markup:
    x, floor = _LEFT + number * width, float(_HEIGHT)
    parts = [element("title", text(f"{name}: {_words(counts)}"))]
    for kind in (_FOUND, _SOUND):
        if counts[kind]:
            height = counts[kind] * scale
            floor -= height
            parts.append(_bar(x + 1, floor, width - 2, height, kind))
    # Where bars are narrow, every fifth has a name.
    if width > 34 or number % 5 == 0:  # noqa: PLR2004 - as wide as four digits
        middle = x + width / 2
        parts.append(_label(name[:4], middle, _HEIGHT + 16, "middle"))
    return element("g", *parts)


def _scale(most: int) -> Iterator[Markup]:
    """Lines for nothing and for the highest bar."""
    for number, y in ((most, _TOP), (0, _HEIGHT)):
        yield element(
            "line", x1=str(_LEFT), x2=str(_WIDTH), y1=str(y), y2=str(y), class_="scale"
        )
        yield _label(f"{number:,}", _LEFT - 6, y + 4, "end")


def _bar(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return element(
        "rect",
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        width=f"{max(width, 1):.1f}",
        height=f"{max(height, 1):.1f}",
        class_=f"bar {kind}",
    )


def _label(words: str, x: float, y: float, anchor: str) -> Markup:
    return element("text", text(words), x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor)


def _svg(
    name: str, title: str, description: str, height: int, parts: Sequence[Markup]
) -> Markup:
    return element(
        "svg",
        element("title", text(title), id=f"{name}-title"),
        element("desc", text(description), id=f"{name}-desc"),
        *parts,
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def _figure(
    drawing: Markup,
    title: str,
    what: str,
    rows: Sequence[tuple[str, Mapping[str, int]]],
    kinds: Sequence[str],
) -> Markup:
    """The plot with its caption, and the same numbers as a table."""
    head = element(
        "tr",
        element("th", text(what), scope="col"),
        *(element("th", text(_LEGENDS[kind]), scope="col") for kind in kinds),
    )
    body = [
        element(
            "tr",
            element("th", text(name), scope="row"),
            *(element("td", text(counts[kind])) for kind in kinds),
        )
        for name, counts in rows
    ]
    table = element(
        "table", element("thead", head), element("tbody", *body), class_="numbers"
    )
    legend = [
        element(
            "li",
            element("span", class_=f"swatch {kind}", aria_hidden="true"),
            text(f" {_LEGENDS[kind]}"),
        )
        for kind in kinds
        if any(counts[kind] for _, counts in rows)
    ]
    return element(
        "figure",
        element("figcaption", text(title)),
        element("ul", *legend, class_="legend"),
        drawing,
        element("details", element("summary", text("as a table")), table),
    )


def _words(counts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{counts[kind]} {words}" for kind, words in _LEGENDS.items() if counts[kind]
    )
