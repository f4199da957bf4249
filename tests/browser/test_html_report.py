"""The HTML report in headless Chromium; skipped where there is none."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from browser.chromium import Browser, Page, find_chromium
from lupusrefs.reports.html import to_html
from reports.samples import clean, general, library

ARTICLES = "[...document.querySelectorAll('article.reference')]"
SHOWN = (
    "[...document.querySelectorAll('tr[data-rule]')]"
    ".filter(one => one.checkVisibility()).map(one => one.dataset.rule)"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of this file."""
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium: install Debian's package `chromium`")
    browser = Browser(program, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the samples."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    samples = [*library(), *map(clean, range(2, 40))]
    path.write_text(to_html(samples, general()), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, report: Path) -> Page:
    """The report in a tab."""
    page = browser.new_page()
    page.prefer("light")
    page.open(report)
    return page


def keep(picture: bytes, name: str) -> None:
    """Put a screenshot where ``LUPUSREFS_SCREENSHOTS`` says, for people to look at."""
    if folder := os.environ.get("LUPUSREFS_SCREENSHOTS"):
        Path(folder, name).write_bytes(picture)


def test_it_loads_without_a_complaint(page: Page, report: Path) -> None:
    """No error on the console, and no request but for the file itself."""
    page.evaluate("new Promise(done => setTimeout(done, 300))")
    assert page.console == []
    assert page.requests == [report.as_uri()]


def test_the_policy_forbids_everything_else(page: Page) -> None:
    """A script, a style, an image or a request that got in would not work."""
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', "
        "'<img src=https://example.org/x.png><p style=\"color:red\" id=p>x</p>')"
    )
    answer = page.evaluate("fetch('https://example.org').then(() => 'sent', e => 'no')")
    assert answer == "no"
    assert page.evaluate("getComputedStyle(document.getElementById('p')).color") != (
        "rgb(255, 0, 0)"
    )
    page.evaluate(
        "{ const s = document.createElement('script'); s.textContent = 'window.x = 1';"
        " document.body.append(s); }"
    )
    assert page.evaluate("window.x === undefined")
    assert any("Content Security Policy" in line for line in page.console)


def test_filters(page: Page) -> None:
    """By severity, by rule and by text; the count follows, and all come back."""
    everything = page.evaluate(SHOWN)
    assert len(everything) == 7
    assert page.evaluate("shown.textContent") == "7 of 7 findings shown"
    page.evaluate("document.querySelector('[value=info]').click()")
    assert set(page.evaluate(SHOWN)) == {
        "author-given-mismatch",
        "year-mismatch",
        "doi-not-found",
        "ignore-unused",
    }
    assert page.evaluate("shown.textContent") == "4 of 7 findings shown"
    page.evaluate(
        "rule.value = 'year-mismatch', rule.dispatchEvent(new Event('input', "
        "{bubbles: true}))"
    )
    assert page.evaluate(SHOWN) == ["year-mismatch"]
    assert page.evaluate(f"{ARTICLES}.filter(one => !one.hidden).length") == 1
    page.evaluate("document.querySelector('button').click()")
    page.evaluate("new Promise(done => setTimeout(done, 50))")
    assert page.evaluate(SHOWN) == everything
    page.evaluate(
        "words.value = 'MACKENSEN correction', words.dispatchEvent(new Event('input', "
        "{bubbles: true}))"
    )
    assert page.evaluate(SHOWN) == ["corrected"]
    page.evaluate(
        "words.value = 'nowhere to be seen', words.dispatchEvent(new Event('input', "
        "{bubbles: true}))"
    )
    assert page.evaluate(SHOWN) == []
    assert page.evaluate("shown.textContent") == "0 of 7 findings shown"
    assert page.console == []


def test_keyboard_alone(page: Page) -> None:
    """Tab reaches the link past the head, the theme and every filter; blank toggles."""
    reached = []
    for _ in range(8):
        page.press("Tab", 9)
        reached.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.value || "
                "document.activeElement.textContent"
            )
        )
    assert reached[:2] == ["Skip to the findings", "theme"]
    assert "error" in reached
    while page.evaluate("document.activeElement.value") != "error":
        page.press("Tab", 9)
        assert len(reached) < 30
        reached.append("")
    page.press(" ", 32, " ")
    assert "doi-not-found" not in page.evaluate(SHOWN)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_it_reads_without_script(browser: Browser, report: Path) -> None:
    """No control without effect, and every finding is there."""
    page = browser.new_page()
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.open(report)
    answer = page.call("DOM.getDocument", depth=-1)
    root = answer["root"]["nodeId"]

    def visible(selector: str) -> bool:
        found = page.call("DOM.querySelector", nodeId=root, selector=selector)
        try:
            page.call("DOM.getBoxModel", nodeId=found["nodeId"])
        except AssertionError:  # "Could not compute box model"
            return False
        return True

    assert not visible("#filters")
    assert not visible("#theme-label")
    assert visible("tr[data-rule='year-mismatch']")
    assert visible("svg")
    assert page.console == []


COLOURS = """[getComputedStyle(document.body).backgroundColor,
 getComputedStyle(document.body).color]"""
# Contrast of every element that has text of its own (WCAG 2.2, "relative luminance").
CONTRAST = """(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 4).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3)
      .map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (let e = one; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      const c = channels(colour);
      if (c.length < 4 || c[3] > 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const worst = [21, ''];
  for (const one of document.body.querySelectorAll('*')) {
    const own = [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !one.checkVisibility() || one.closest('script')) continue;
    const style = getComputedStyle(one);
    const ink = one.closest('svg') ? style.fill : style.color;
    const [a, b] = [light(ink), light(ground(one))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst[0]) worst.splice(0, 2, ratio, one.outerHTML.slice(0, 80));
  }
  return worst;
})()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_can_be_read(page: Page, scheme: str) -> None:
    """As the system prefers: contrast of all text at least 4.5 (WCAG 2.2, 1.4.3)."""
    page.prefer(scheme)
    page.evaluate(
        "for (const one of document.querySelectorAll('details')) one.open = 1"
    )
    ratio, where = page.evaluate(CONTRAST)
    assert ratio >= 4.5, where
    background = page.evaluate(COLOURS)[0]
    assert (
        background == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 27)"}[scheme]
    )
    page.evaluate(
        "for (const one of document.querySelectorAll('details')) one.open = 0"
    )
    page.resize(1200, 1900)
    keep(page.screenshot(), f"{scheme}.png")


def test_the_theme_can_be_chosen(page: Page) -> None:
    """A choice goes before the system's preference, and can be taken back."""
    seen = []
    for choice in ("dark", "light", ""):
        page.evaluate(
            f"theme.value = '{choice}', theme.dispatchEvent(new Event('change'))"
        )
        seen.append(page.evaluate(COLOURS)[0])
    assert seen == ["rgb(20, 23, 27)", "rgb(255, 255, 255)", "rgb(255, 255, 255)"]
    page.prefer("dark")
    assert page.evaluate(COLOURS)[0] == "rgb(20, 23, 27)"
    page.evaluate("theme.value = 'light', theme.dispatchEvent(new Event('change'))")
    assert page.evaluate(COLOURS)[0] == "rgb(255, 255, 255)"


def test_it_fits_a_telephone(page: Page) -> None:
    """The page does not scroll sideways; a table that is too wide does so itself."""
    page.resize(360, 800)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    keep(page.screenshot(), "narrow.png")


def test_it_prints(page: Page) -> None:
    """On white, without controls, with what is folded, and with addresses of links."""
    page.prefer("dark", media="print")
    assert page.evaluate(COLOURS) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert page.evaluate("getComputedStyle(filters).display") == "none"
    assert (
        page.evaluate(
            "getComputedStyle(document.getElementById('theme-label')).display"
        )
        == "none"
    )
    keep(page.screenshot(), "print.png")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("[...document.querySelectorAll('details')].every(d => d.open)")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("![...document.querySelectorAll('details')].some(d => d.open)")
    page.prefer("dark")
    document = page.pdf()
    assert document.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", document)) >= 2


def test_parts_have_names(page: Page) -> None:
    """Landmarks, headings in order, names of plots and columns for who cannot see."""
    tree = page.call("Accessibility.getFullAXTree")["nodes"]
    parts = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in tree
        if not node["ignored"]
    ]
    roles = {role for role, _ in parts}
    assert {"main", "banner", "contentinfo", "form", "status"} <= roles
    assert ("image", "Findings by rule 7 findings by 7 rules") in {
        (role, name.partition(";")[0]) for role, name in parts
    }
    assert ("columnheader", "registered") in parts
    assert ("region", "Findings on mackensen2022") in parts
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].map(one => +one.tagName[1])"
    )
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert not [
        role
        for role, name in parts
        if role in {"checkbox", "combobox", "searchbox"} and not name
    ]
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))
