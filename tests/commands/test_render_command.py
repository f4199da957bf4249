"""``lupusrefs render`` and ``cite``: references in the style of a journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.invoke import Invoke
from lupusrefs.sources import seed_path
from registry.server import Registry

KNOWN = "10.5555/lupus.2021.101"
# Retracted by 10.5555/lupus.2020.302.
RETRACTED = """\
@article{cure,
  author = {Schwindel, O.},
  title = {A cure that was never there},
  journal = {Invented Journal of Lupus Research},
  year = 2019,
  volume = 9,
  number = 2,
  pages = {A33},
  doi = {10.5555/lupus.2019.301},
}
"""
WOLVES = """references:
- id: doe
  type: book
  author: [{family: Doe, given: Jane}]
  title: On wolves
  publisher: Press
  issued: 2020
- id: roe
  type: book
  author: [{family: Roe, given: RW}, {literal: others}]
  title: Of wolves
  publisher: Press
  issued: 2021
"""
# Author, title, year; the least that is a style.
STYLE = """<?xml version="1.0"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
  <info><title>Own</title><id>own</id><updated>2026-01-01T00:00:00Z</updated></info>
  <citation><layout prefix="[" suffix="]" delimiter=", ">
    <text variable="citation-number"/>
  </layout></citation>
  {}
</style>
"""
BIBLIOGRAPHY = """<bibliography><layout suffix=".">
  <group delimiter=", ">
    <names variable="author"><name initialize-with=". "/></names>
    <text variable="title" font-style="italic"/>
  </group>
</layout></bibliography>"""


@pytest.fixture
def wolves(invoke: Invoke) -> str:
    """A file of two books in the current folder."""
    Path("wolves.yaml").write_text(WOLVES, encoding="utf-8")
    Path("own.csl").write_text(STYLE.format(BIBLIOGRAPHY), encoding="utf-8")
    return "wolves.yaml"


def test_the_seeds_in_apa(invoke: Invoke) -> None:
    """APA is the default; what it wants and they lack is told."""
    shown = invoke("render", str(seed_path()))
    assert shown.code == 0
    assert "Humrich, J. Y. et al. (2007)." in shown.out
    assert shown.out.count("\n") == 6
    assert "warning: humrich2015: apa wants volume, issue, page\n" in shown.err
    assert "mougiakakos2021" not in shown.err


def test_a_style_of_one_s_own(invoke: Invoke, wolves: str) -> None:
    """By its path; initials that are written together are two."""
    shown = invoke("render", wolves, "--style", "own.csl")
    assert shown.out == "J. Doe, On wolves.\n\nR. W. Roe et al., Of wolves.\n"


def test_the_format_follows_the_name_of_the_output(invoke: Invoke, wolves: str) -> None:
    """And --to goes before it."""
    assert invoke("render", wolves, "--style", "own.csl", "-o", "out.tex").code == 0
    assert r"\textit{On wolves}" in Path("out.tex").read_text(encoding="utf-8")
    options = ("--style", "own.csl", "--to", "markdown", "-o", "out.html")
    assert invoke("render", wolves, *options).code == 0
    assert "*On wolves*" in Path("out.html").read_text(encoding="utf-8")
    shown = invoke("render", wolves, "-o", "out.docx")
    assert shown.code == 2
    assert "--to rtf" in shown.err


def test_some_references(invoke: Invoke, wolves: str) -> None:
    """A key that there is not is an error, and the others are rendered."""
    shown = invoke("render", wolves, "--style", "own.csl", "--only", "roe,poe")
    assert shown.code == 3
    assert shown.out == "R. W. Roe et al., Of wolves.\n"
    assert "poe" in shown.err


def test_groups(invoke: Invoke, wolves: str) -> None:
    """The latest year comes first."""
    options = ("--style", "own.csl", "--group-by", "year", "--to", "markdown")
    shown = invoke("render", wolves, *options)
    assert shown.out == (
        "## 2021\n\nR. W. Roe et al., *Of wolves*.\n\n## 2020\n\nJ. Doe, *On wolves*.\n"
    )
    wrong = invoke("render", wolves, "--group-by", "colour")
    assert wrong.code == 2
    assert "`colour` is neither type, year nor a CSL variable" in wrong.err


def test_a_doi_is_looked_up(invoke: Invoke, registry: Registry) -> None:
    """What is registered is rendered."""
    shown = invoke(
        "render", KNOWN, "--to", "html", "--links", environment=registry.environment
    )
    assert shown.code == 0
    assert f'<a href="https://doi.org/{KNOWN}">https://doi.org/{KNOWN}</a>' in shown.out


def test_the_gate_refuses_what_is_retracted(invoke: Invoke, registry: Registry) -> None:
    """Nothing is written, and the exit code is that of a finding."""
    Path("refs.bib").write_text(RETRACTED, encoding="utf-8")
    environment = registry.environment
    shown = invoke("render", "refs.bib", "--gate", "refuse", environment=environment)
    assert (shown.code, shown.out) == (1, "")
    assert "error: cure: retracted\n" in shown.err


def test_the_gate_marks_what_is_retracted(invoke: Invoke, registry: Registry) -> None:
    """Behind its entry."""
    Path("refs.bib").write_text(RETRACTED, encoding="utf-8")
    environment = registry.environment
    shown = invoke("render", "refs.bib", "--gate", "mark", environment=environment)
    assert shown.code == 0
    assert shown.out.endswith(" [retracted]\n")
    plain = invoke("render", "refs.bib", environment=environment)
    assert "retracted" not in plain.out


def test_a_style_that_there_is_not(invoke: Invoke, wolves: str) -> None:
    """The error names what is near."""
    shown = invoke("render", wolves, "--style", "natrue")
    assert (shown.code, shown.out) == (3, "")
    assert "nature" in shown.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<style", "own.csl:1:"),
        (STYLE.format("<macro name='a'><text macro='b'/></macro>"), "own.csl:7:"),
        (STYLE.format(""), "the style has citations only"),
        ("<html/>", "its root element is `html`"),
    ],
)
def test_a_broken_style(invoke: Invoke, wolves: str, text: str, told: str) -> None:
    """One message with its place, and no traceback."""
    Path("own.csl").write_text(text, encoding="utf-8")
    shown = invoke("render", wolves, "--style", "own.csl")
    assert (shown.code, shown.out) == (3, "")
    assert told in shown.err


def test_all_that_is_wrong_with_a_style_is_told(invoke: Invoke, wolves: str) -> None:
    """Each with its place; warnings do not keep it from being used."""
    wrong = BIBLIOGRAPHY.replace("font-style", "font-stile")
    Path("own.csl").write_text(STYLE.format(wrong), encoding="utf-8")
    shown = invoke("render", wolves, "--style", "own.csl")
    assert shown.code == 0
    assert "warning: own.csl:10:5: <text> has no attribute `font-stile`" in shown.err
    wrong = wrong.replace('"title"', '"titel"').replace('"author"', '"autor"')
    Path("own.csl").write_text(STYLE.format(wrong), encoding="utf-8")
    shown = invoke("render", wolves, "--style", "own.csl", "--quiet")
    assert (shown.code, shown.out) == (3, "")
    assert shown.err == (
        "error: own.csl:9:5: `autor` is not a name variable\n"
        "  hint: did you mean `author`?\n"
        "error: own.csl:10:5: `titel` is not a text or number variable\n"
        "  hint: did you mean `title`?\n"
    )
    checked = invoke("styles", "--check", "own.csl", "--quiet")
    assert (checked.code, checked.err) == (1, shown.err)


def test_style_and_language_of_a_project(invoke: Invoke, wolves: str) -> None:
    """Are set once, and options go before them."""
    settings = 'style = "chicago-author-date"\nlocale = "de-DE"\n'
    Path("lupusrefs.toml").write_text(settings, encoding="utf-8")
    shown = invoke("cite", "roe", "--in", wolves)
    assert shown.out == "(Roe u.\u00a0a. 2021)\n"
    shown = invoke("cite", "roe", "--in", wolves, "--locale", "en-US")
    assert shown.out == "(Roe et al. 2021)\n"


def test_keys_make_one_citation_or_several(invoke: Invoke, wolves: str) -> None:
    """As they are asked for."""
    shown = invoke("cite", "roe", "doe", "--in", wolves, "--style", "own.csl")
    assert shown.out == "[2, 1]\n"
    options = ("--separate", "--in", wolves, "--style", "own.csl")
    assert invoke("cite", "roe", "doe", *options).out == "[2]\n[1]\n"


@pytest.mark.parametrize(
    ("key", "options", "text"),
    [
        ("doe, p. 12", (), "(Doe, 2020, p. 12)"),
        ("doe, 12-15", (), "(Doe, 2020, pp. 12–15)"),
        ("doe, ch. 3", (), "(Doe, 2020, Chapter 3)"),
        ("doe, chapter 3", (), "(Doe, 2020, Chapter 3)"),
        ("doe", ("--author-only",), "Doe"),
        ("doe", ("--suppress-author",), "(2020)"),
        ("doe, 12", ("--composite",), "Doe (2020, p. 12)"),
    ],
)
def test_locators_and_names(
    invoke: Invoke, wolves: str, key: str, options: tuple[str, ...], text: str
) -> None:
    """In APA, whose manual has these forms (7th edition, 8.11 and 8.13)."""
    shown = invoke("cite", key, *options, "--in", wolves)
    assert (shown.code, shown.out) == (0, text + "\n")


def test_names_in_a_style_of_numbers(invoke: Invoke, wolves: str) -> None:
    """Its cites show none, and running text needs them."""
    options = ("--in", wolves, "--style", "ieee")
    assert invoke("cite", "roe", "--composite", *options).out == "Roe et al. [2]\n"


def test_a_key_that_there_is_not(invoke: Invoke, wolves: str) -> None:
    """It is named, with what is near, and the others are cited."""
    shown = invoke("cite", "doe", "reo", "--in", wolves)
    assert (shown.code, shown.out) == (3, "(Doe, 2020)\n")
    assert "no reference has the key `reo`" in shown.err
    assert "did you mean roe?" in shown.err


def test_one_way_of_showing_names(invoke: Invoke, wolves: str) -> None:
    """Two at once are a mistake."""
    options = ("--author-only", "--composite", "--in", wolves)
    shown = invoke("cite", "doe", *options)
    assert shown.code == 2
    assert "choose one of --author-only" in shown.err


def test_a_key_that_comes_twice(invoke: Invoke) -> None:
    """The first is rendered, and that is told."""
    twice = WOLVES.replace("id: roe", "id: doe")
    Path("wolves.yaml").write_text(twice, encoding="utf-8")
    shown = invoke("render", "wolves.yaml")
    assert "several references have this key, the first is rendered" in shown.err
    assert "Of wolves" not in shown.out
