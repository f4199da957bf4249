"""Headings of reference lists, in many languages and markups."""

from __future__ import annotations

import pytest

from lupusrefs.documents.headings import Heading, heading, plain_heading


@pytest.mark.parametrize(
    "line",
    [
        "References",
        "REFERENCES:",
        "7. References",
        "VII. References",
        "## 7.2 References {#refs}",
        "**References**",
        "== References ==",
        r"\section*{References}",
        r"\begin{thebibliography}{99}",
        "R E F E R E N C E S",
        "Works cited",
        "References and notes",
        "Literatur",
        "Literaturverzeichnis",
        "Quellen- und Literaturverzeichnis",
        "Literatur und Quellen",
        "Original publications:",
        "Références bibliographiques",
        "Referencias",
        "Bibliografía",
        "Riferimenti bibliografici",
        "Literatuurlijst",
        "Список литературы",
        "参考文献",
    ],
)
def test_a_heading_opens_a_list(line: str) -> None:
    """Whatever marks it as a heading, and in whichever language it is."""
    assert heading(line) is Heading.OPENS


@pytest.mark.parametrize("line", ["Notes", "Anmerkungen", "Publications", "Quellen:"])
def test_notes_may_hold_references(line: str) -> None:
    """What follows has to show it."""
    assert heading(line) is Heading.MAY_OPEN


@pytest.mark.parametrize(
    "line",
    [
        "Appendix A: Questionnaire",
        "Anhang",
        "About the authors",
        "Zur Autorin",
        "Zu den Autorinnen und Autoren",
        "Acknowledgements",
        "Danksagung",
        "Conflict of interest",
        "Statistics from Altmetric.com",
        "(Received 3 May 2013; accepted 9 May 2013)",
        "Bisher erschienene Arbeitspapiere",
        "Abbildungsverzeichnis",
    ],
)
def test_a_heading_closes_a_list(line: str) -> None:
    """It is one of what usually follows a reference list."""
    assert heading(line) is Heading.CLOSES


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Literatur ........ 23",
        "The literature is large, and it grows",
        "references are given at the end of each of the chapters of this book",
        "Miller, J. (2001). References. Berlin: Springer.",
        "References " + "x" * 300,
    ],
)
def test_no_heading(line: str) -> None:
    """Sentences, references and entries of a table of contents are none."""
    assert heading(line) is None


@pytest.mark.parametrize(
    "line", ["### Books", r"\subsection{Books}", "= Books", "```text"]
)
def test_markup_shows_any_heading(line: str) -> None:
    """Whatever it says."""
    assert heading(line) is Heading.OTHER


def test_a_plain_heading_is_what_it_says() -> None:
    """Without number, markup and capitals."""
    assert plain_heading("  ## 3.1 *Online  Sources*:") == "online sources"
    assert plain_heading("x" * 101) == plain_heading("x" * 300) == ""


def test_a_key_of_yaml_is_no_heading() -> None:
    """Files of references have their own readers."""
    assert heading("references:") is None
