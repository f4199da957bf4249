"""References and findings as HTML: an article for each reference, a row a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lupusrefs.compare.comparison import State
from lupusrefs.findings import Confidence, Finding
from lupusrefs.policy import Ignored
from lupusrefs.reports import citation
from lupusrefs.reports.checked import Checked, Comparison
from lupusrefs.reports.evidence import evidence_line, source_of
from lupusrefs.reports.html.markup import (
    Markup,
    doi_address,
    element,
    joined,
    lines,
    link,
    sentence,
    side,
    text,
)
from lupusrefs.reports.marking import marked
from lupusrefs.reports.mending import in_words, safety
from lupusrefs.reports.summary import REASONS
from lupusrefs.reports.tally import reason_not_compared

_COLUMNS: Final = ("finding", "field", "cited", "registered")
_FIELD_COLUMNS: Final = ("field", "verdict", "cited", "registered")


def article(checked: Checked) -> Markup:
    """A reference with its findings, its evidence, and all fields side by side."""
    item = checked.reference
    who = " ".join(filter(None, (citation.authors(item), citation.year(item))))
    title = citation.title(item) if item.title else ""
    heading = element("h3", element("code", text(item.id)))
    said = ". ".join(filter(None, (who.rstrip("."), title)))
    parts = [
        element("header", heading, element("p", text(said), dir="auto")),
        findings_table(checked.findings, f"Findings on {item.id}"),
        _evidence(checked),
    ]
    if checked.comparison is not None and checked.comparison.fields:
        parts.append(_fields(checked.comparison, item.id))
    return element("article", Markup("\n"), lines(parts), class_="reference")


def general_article(findings: Sequence[Finding]) -> Markup:
    """Findings that belong to no reference."""
    heading = element("header", element("h3", text("Configuration")))
    table = findings_table(findings, "Findings that belong to no reference")
    return element("article", heading, table, class_="reference")


def findings_table(findings: Iterable[Finding], caption: str) -> Markup:
    """A table with a row for each finding."""
    return _table(caption, _COLUMNS, map(_row, findings))


def other_references(checked: Sequence[Checked]) -> Markup:
    """References on which nothing was found, and whether that says anything (P9)."""
    rows = (_other_row(one) for one in checked)
    caption = "References without a finding"
    return _table(caption, ("key", "compared", "reference"), rows)


def ignored_table(ignored: Iterable[Ignored]) -> Markup:
    """What was found and does not count."""
    rows = (
        element(
            "tr",
            element("th", element("code", text(one.finding.key)), scope="row"),
            element("td", element("code", text(one.finding.rule.id))),
            element("td", sentence(one.finding.message)),
            element("td", text(f"{one.reason} ({one.source})")),
        )
        for one in ignored
    )
    return _table("Ignored findings", ("key", "rule", "finding", "reason"), rows)


def _row(found: Finding) -> Markup:
    ours, theirs = marked(found.cited or "", found.registered or "")
    return element(
        "tr",
        element("th", lines(_what(found)), scope="row"),
        element("td", text(found.field or "")),
        element("td", side(ours, "cited"), dir="auto"),
        element("td", side(theirs, "registered"), dir="auto"),
        data_severity=str(found.severity),
        data_rule=found.rule.id,
    )


def _what(found: Finding) -> Iterator[Markup]:
    sure = "" if found.confidence is Confidence.CERTAIN else f" ({found.confidence})"
    severity = element("span", text(found.severity), class_=f"tag {found.severity}")
    rule = element("code", text(found.rule.id), title=found.rule.summary)
    yield element("p", severity, text(sure), Markup(" "), rule, class_="rule")
    yield element("p", sentence(found.message))
    if found.hint:
        yield element("p", sentence(f"Hint: {found.hint}"), class_="note")
    if found.fix:
        fix = f"{safety(found.fix).capitalize()} fix: {in_words(found.fix)}"
        yield element("p", text(fix), class_="note")
    places = [found.location, *found.related]
    shown = [element("code", text(place)) for place in places if place]
    if shown:
        yield element("p", joined(shown, ", "), class_="note")


def _evidence(checked: Checked) -> Markup:
    """Who said so and when, with links to look it up."""
    source, said = source_of(checked), evidence_line(checked)
    if source is None or said is None:
        return Markup("")
    links = []
    if source.agency is not None:
        links.append(link(doi_address(source.identifier), "doi.org"))
    if source.url is not None:
        links.append(link(source.url, "the registry's record"))
    parts = [text(said)]
    if links:
        parts += [text(": "), joined(links, ", ")]
    return element("p", *parts, class_="evidence")


def _fields(comparison: Comparison, key: str) -> Markup:
    rows = []
    for one in comparison.fields:
        if not one.cited and not one.registered and one.reason is None:
            continue
        if one.state is State.DIFFERENT:
            ours, theirs = marked(one.cited, one.registered)
        else:
            # What is no difference has nothing to mark.
            ours, theirs = marked(one.cited, "")[0], marked("", one.registered)[1]
        verdict = f"{one.state}: {one.reason}" if one.reason else str(one.state)
        rows.append(
            element(
                "tr",
                element("th", text(one.field), scope="row"),
                element("td", text(verdict)),
                element("td", side(ours, "cited"), dir="auto"),
                element("td", side(theirs, "registered"), dir="auto"),
            )
        )
    if not rows:
        return Markup("")
    table = _table(f"Fields of {key}", _FIELD_COLUMNS, rows)
    return element("details", element("summary", text("all fields")), table)


def _other_row(checked: Checked) -> Markup:
    item = checked.reference
    reason = reason_not_compared(checked)
    verdict = "yes" if reason is None else f"no: {REASONS[reason]}"
    who = " ".join(filter(None, (citation.authors(item), citation.year(item))))
    title = citation.title(item) if item.title else ""
    said = ". ".join(filter(None, (who.rstrip("."), title)))
    return element(
        "tr",
        element("th", element("code", text(item.id)), scope="row"),
        element("td", text(verdict)),
        element("td", text(said), dir="auto"),
    )


def _table(caption: str, columns: Sequence[str], rows: Iterable[Markup]) -> Markup:
    """A table that scrolls by itself where the page is too narrow for it."""
    head = element("tr", *(element("th", text(c), scope="col") for c in columns))
    table = element(
        "table",
        element("caption", text(caption)),
        element("thead", head),
        element("tbody", Markup("\n"), lines(rows)),
    )
    # A region that scrolls must be reachable by keyboard (WCAG 2.2, 2.1.1).
    return element(
        "div", table, class_="scroll", role="region", aria_label=caption, tabindex="0"
    )
