"""The HTML report as text; ``tests/browser`` has what a browser makes of it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from lupusrefs.compare.comparison import FieldComparison, State
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.location import Location
from lupusrefs.model.outcome import Resolved
from lupusrefs.reports.html import to_html
from lupusrefs.reports.html.markup import element, link, text
from lupusrefs.reports.html.plots import (
    PlotData,
    findings_by_rule,
    references_by_year,
)
from reports.samples import (
    CheckedSample,
    Compared,
    clean,
    found,
    general,
    library,
    mackensen,
    work,
)

EVIL = (
    "</script></style><script>alert(1)</script>\"'><img src=x onerror=y>&amp;\x1b\ud800"
)


class Elements(HTMLParser):
    """The elements and attributes of a page, and whether each is closed in turn."""

    VOID = frozenset(("meta", "input", "br", "link", "hr"))

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the element."""
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert self.open.pop() == tag


def evil() -> CheckedSample:
    """A reference whose every text tries to break out of the page."""
    bad = found(
        "title-word-changed",
        EVIL,
        EVIL,
        field="title",
        cited=EVIL,
        registered=f"{EVIL} more",
        hint=EVIL,
        location=Location(EVIL, 1, 2),
    )
    reference = clean().reference.model_copy(update={"id": EVIL, "title": EVIL})
    comparison = Compared(
        (
            FieldComparison(
                field="title",
                state=State.DIFFERENT,
                cited=EVIL,
                registered=EVIL,
                reason=EVIL,
            ),
        )
    )
    outcome = Resolved(work('10.1/<x>"y'))
    return replace(
        clean(),
        reference=reference,
        outcome=outcome,
        comparison=comparison,
        findings=(bad,),
    )


def test_it_stands_alone() -> None:
    """Nothing is loaded: no address in any attribute but links to follow."""
    page = Elements(to_html(library(), general()))
    for tag, attributes in page.seen:
        assert not {"src", "srcset", "style", "onclick", "action"} & set(attributes)
        assert tag not in {"link", "img", "iframe", "object", "embed", "base"}
        if "href" in attributes:
            assert tag == "a"
    css = re.search(r"<style>(.*?)</style>", to_html([]), re.DOTALL)
    assert css is not None
    assert "url(" not in css[1]
    assert "@import" not in css[1]


def test_the_policy_names_the_hashes() -> None:
    """The style and the script that are there, and nothing else, may run."""
    page = to_html(library())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    rules = policy[1].replace("&#x27;", "'")
    assert rules.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        content = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(content) == 1
        digest = hashlib.sha256(content[0].encode()).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in rules


def test_hostile_text_stays_text() -> None:
    """Whatever a title or a path holds, there is one script, and no handler."""
    page = to_html([evil()], [found("ignore-unused", EVIL, EVIL)])
    assert page.encode("utf-8")
    elements = Elements(page)
    assert [tag for tag, _ in elements.seen].count("script") == 1
    assert "img" not in {tag for tag, _ in elements.seen}
    assert not any(
        name.startswith("on") for _, attributes in elements.seen for name in attributes
    )
    assert "\x1b" not in page


def test_a_link_leads_to_the_web_only() -> None:
    """An address that a registry gave may be anything; only the web's become links."""
    assert link("javascript:alert(1)", "x") == "x"
    assert link('https://a/?b=1&c="', "x") == (
        '<a href="https://a/?b=1&amp;c=&quot;" rel="noreferrer noopener">x</a>'
    )
    assert text(" a <b ") == " a &lt;b "
    assert element("input", checked=True, hidden=False, aria_label="a") == (
        '<input checked aria-label="a">'
    )


def test_words_are_marked_side_by_side() -> None:
    """The findings and the fields of a reference, and who said so."""
    page = to_html([mackensen()])
    assert 'Mackensen, <mark class="cited">D</mark>; Müller, F</td>' in page
    assert 'Mackensen, <mark class="registered">Andreas</mark>; Müller, Fabian' in page
    assert 'href="https://doi.org/10.1038/s41591-022-02017-5"' in page
    assert 'href="https://api.crossref.org/works/10.1038/s41591-022-02017-5"' in page
    assert "Proposed fix: set author to Andreas Mackensen; Fabian Müller" in page
    assert "equivalent: abbreviation of Nature Medicine" in page


def test_what_was_not_compared_is_told() -> None:
    """References without a finding say whether that means anything (P9)."""
    page = to_html(library(), general())
    assert "<td>no: without an identifier</td>" in page
    assert "<td>yes</td>" in page
    assert "cited as an example of a retraction (entry)" in page
    assert "Nothing found" in to_html([clean()])
    assert 'id="filters"' not in to_html([clean()])
    assert "no references" in to_html([])


def plot_of(samples: list[CheckedSample]) -> PlotData:
    """The numbers of some references."""
    data = PlotData()
    for one in samples:
        data.add(one)
    return data


def test_the_plot_of_rules() -> None:
    """The most frequent first, each severity a part of the bar; others together."""
    data = plot_of([mackensen(), mackensen(), *library()])
    figure = ET.fromstring(findings_by_rule(data))  # noqa: S314 - our own
    svg = figure.find("svg")
    assert svg is not None
    assert svg.findtext("title") == "Findings by rule"
    desc = svg.findtext("desc") or ""
    assert desc.startswith("12 findings by 6 rules; the most frequent one is corrected")
    labels = [g.findtext("text") for g in svg.iter("g")]
    assert labels[:2] == ["corrected", "author-given-mismatch"]
    rows = [[cell.text for cell in row] for row in figure.iter("tr")]
    assert rows[0] == ["rule", "error", "warning", "info"]
    assert rows[1] == ["corrected", "0", "0", "3"]


@pytest.mark.parametrize(("years", "bars"), [(1, 1), (20, 20), (60, 30), (600, 30)])
def test_the_plot_of_years(years: int, bars: int) -> None:
    """A bar for each year, or for some together; never more than fifty."""
    samples = []
    for number in range(years):
        sample = clean()
        issued = Date(PartialDate(1500 + number))
        reference = sample.reference.model_copy(update={"issued": issued})
        samples.append(replace(sample, reference=reference))
    figure = ET.fromstring(references_by_year(plot_of(samples)))  # noqa: S314 - our own
    assert len(list(figure.iter("rect"))) == bars
    rows = [[cell.text for cell in row] for row in figure.iter("tr")][1:]
    assert sum(int(row[1] or 0) + int(row[2] or 0) for row in rows) == years


def test_years_that_are_none_are_left_out() -> None:
    """A misprinted year does not stretch the plot over ten thousand years."""
    sample = clean()
    issued = Date(PartialDate(20155))
    reference = sample.reference.model_copy(update={"issued": issued})
    assert references_by_year(plot_of([replace(sample, reference=reference)])) == ""
    assert findings_by_rule(PlotData()) == ""
