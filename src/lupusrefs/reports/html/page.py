"""The page: head with its policy, summary, plots, filters, references.

Nothing is loaded from anywhere, and the policy in the head forbids it: the one style
and the one script are allowed by their hashes (CSP 3, section 2.3.1).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from lupusrefs import __version__
from lupusrefs.findings import RULES, Finding, Severity
from lupusrefs.policy import Ignored
from lupusrefs.reports import summary
from lupusrefs.reports.checked import Checked
from lupusrefs.reports.html import entries
from lupusrefs.reports.html.markup import (
    NOTHING,
    Markup,
    element,
    lines,
    sentence,
    text,
)
from lupusrefs.reports.html.plots import (
    PlotData,
    findings_by_rule,
    references_by_year,
)
from lupusrefs.reports.tally import Tally

TITLE: Final = "Reference check"
_PACKAGE: Final = "lupusrefs.reports.html"


def to_html(checked: Iterable[Checked], general: Iterable[Finding] = ()) -> str:
    """The whole page.

    Args:
        checked: the references.
        general: findings that belong to no reference.
    """
    tally, data = Tally(), PlotData()
    articles: list[Markup] = []
    others: list[Checked] = []
    ignored: list[Ignored] = []
    for one in tally.counting(checked):
        data.add(one)
        ignored += one.ignored
        if one.findings:
            articles.append(entries.article(one))
        else:
            others.append(one)
    if general := tuple(general):
        tally.add_findings(general)
        data.add_findings(general)
        articles.append(entries.general_article(general))
    sections = (
        _summary(tally),
        _plots(data),
        _findings(tally, articles),
        _folded("References without a finding", entries.other_references(others))
        if others
        else NOTHING,
        _folded("Ignored findings", entries.ignored_table(ignored))
        if ignored
        else NOTHING,
    )
    body = (
        element("a", text("Skip to the findings"), href="#findings", class_="skip"),
        _banner(),
        element("main", Markup("\n"), lines(sections)),
        element("footer", element("p", text(f"lupusrefs {__version__}"))),
        element("script", Markup(_asset("page.js"))),
    )
    page = element(
        "html", _head(), element("body", Markup("\n"), lines(body)), lang="en"
    )
    # Half a surrogate pair is no text; nobody can show it.
    clean = page.encode("utf-8", "replace").decode("utf-8")
    return f"<!DOCTYPE html>\n{clean}\n"


@cache
def _asset(name: str) -> str:
    return files(_PACKAGE).joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _head() -> Markup:
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = (
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", text(TITLE)),
        element("style", Markup(style)),
    )
    return element("head", Markup("\n"), lines(parts))


def _banner() -> Markup:
    """The title, and the switch of themes: of use only with a script."""
    options = [
        element("option", text(words), value=theme)
        for theme, words in (
            ("", "as the system"),
            ("light", "light"),
            ("dark", "dark"),
        )
    ]
    theme = element(
        "label",
        text("Theme "),
        element("select", *options, id="theme"),
        id="theme-label",
        hidden=True,
    )
    return element("header", element("h1", text(TITLE)), theme, class_="banner")


def _section(name: str, title: str, *parts: Markup) -> Markup:
    heading = element("h2", text(title), id=f"{name}-title")
    return element(
        "section",
        Markup("\n"),
        lines((heading, *parts)),
        id=name,
        aria_labelledby=f"{name}-title",
    )


def _summary(tally: Tally) -> Markup:
    counts = [
        element(
            "li",
            element("strong", text(tally.severities[severity])),
            text(" " + words.split(" ", 1)[1]),
            class_=f"count {severity}",
        )
        for severity, words in summary.severities(tally)
    ]
    if counts:
        verdict = element("ul", *counts, class_="counts")
    else:
        verdict = element("p", text("Nothing found"))
    facts = (
        summary.coverage(tally),
        summary.status_check(tally),
        summary.fixes(tally),
        summary.ignored(tally),
    )
    told = [element("li", sentence(fact)) for fact in facts if fact]
    return _section("summary", "Summary", verdict, element("ul", *told))


def _plots(data: PlotData) -> Markup:
    drawings = (findings_by_rule(data), references_by_year(data))
    if not any(drawings):
        return NOTHING
    return _section("plots", "Overview", element("div", *drawings, class_="plots"))


def _findings(tally: Tally, articles: Sequence[Markup]) -> Markup:
    if not articles:
        return NOTHING
    return _section("findings", "Findings", _filters(tally), *articles)


def _filters(tally: Tally) -> Markup:
    """Hidden until the script is there that they are of use with."""
    parts = (
        element(
            "fieldset",
            element("legend", text("Severity")),
            *_severity_boxes(tally),
        ),
        element(
            "label", text("Rule "), element("select", *_rule_options(tally), id="rule")
        ),
        element("label", text("Text "), element("input", type="search", id="words")),
        element("button", text("Show all"), type="reset"),
        element("output", id="shown", aria_live="polite"),
    )
    return element("form", *parts, id="filters", hidden=True, aria_label="Filters")


def _severity_boxes(tally: Tally) -> Iterator[Markup]:
    for severity in Severity:
        if number := tally.severities[severity]:
            box = element(
                "input",
                type="checkbox",
                name="severity",
                value=str(severity),
                checked=True,
            )
            yield element("label", box, text(f" {severity} ({number})"))


def _rule_options(tally: Tally) -> Iterator[Markup]:
    yield element("option", text("all"), value="")
    for id_ in RULES:
        if number := tally.rules[id_]:
            yield element("option", text(f"{id_} ({number})"), value=id_)


def _folded(title: str, table: Markup) -> Markup:
    return element("details", element("summary", text(title)), table, class_="section")
