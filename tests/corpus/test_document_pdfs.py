"""Real papers: what their pages show, counted by a reader, is what is read of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from lupusrefs.documents.document import Document, DocumentFile
from lupusrefs.documents.pdf import read
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_text import find_dois

pytestmark = pytest.mark.corpus

# The last number in the reference list of each, as its last page shows it.
REFERENCES = {
    "Keim2024": 68,
    "1508.05632v2": 53,
    "2304.10117": 33,
    "wepml008": 5,
}
PRINTED_FEET = re.compile(r"(?m)^(?:\d{1,4}|Keim et al\.|WEPML008)$")


@cache
def paper(corpus: Path, name: str) -> Document:
    """One of the papers."""
    (path,) = (corpus / "docs").glob(f"*{name}.pdf")
    return read(DocumentFile(path.name, path.read_bytes()))


@pytest.mark.parametrize(("name", "last"), REFERENCES.items())
def test_every_reference_begins_a_paragraph(corpus: Path, name: str, last: int) -> None:
    """In its order, over columns and pages, and nothing is wrong with the files."""
    found = paper(corpus, name)
    paragraphs = found.text.text.split("\n\n")
    labels = [re.match(r"\[(\d+)\] ", one) for one in paragraphs]
    numbers = [int(label[1]) for label in labels if label]
    assert numbers == list(range(1, last + 1))
    assert found.diagnostics == ()


def test_two_papers_say_what_they_are(corpus: Path) -> None:
    """Title and DOI as the first page prints them; the others say nothing."""
    keim = paper(corpus, "Keim2024")
    assert keim.work is not None
    assert keim.work.title == (
        "Recovering Trace Links Between Software Documentation And Code"
    )
    assert keim.work.doi is not None
    assert f"https://doi.org/{keim.work.doi}" in keim.text.text
    tuner = paper(corpus, "wepml008").work
    assert tuner is not None
    assert [str(name) for name in tuner.author][1] == "S. Aderhold"
    assert paper(corpus, "1508.05632v2").work is None
    assert paper(corpus, "2304.10117").work is None


def test_all_dois_of_a_jacow_paper_are_found(corpus: Path) -> None:
    """Its own, in the head of the first page, and those of four of its references."""
    found = [one.doi for one in find_dois(paper(corpus, "wepml008").text.text)]
    assert len(found) == 5
    assert {doi.prefix for doi in found} == {"10.18429"}


def test_a_doi_that_is_linked_and_shown_is_read_in_the_text(corpus: Path) -> None:
    """Whole, though the ends of lines break some of them."""
    document = paper(corpus, "Keim2024")
    linked = {
        Doi.parse(link.target)
        for link in document.links
        if link.target.startswith("https://doi.org/") and link.text == link.target
    }
    shown = {one.doi for one in find_dois(document.text.text)}
    assert len(linked) > 40
    assert linked <= shown


def test_links_carry_the_dois_that_are_not_printed(corpus: Path) -> None:
    """Under the name of the journal."""
    document = paper(corpus, "1508.05632v2")
    dois = [link for link in document.links if "doi.org/" in link.target]
    assert len(dois) == 14
    assert dois[0].text == "JHEP 08 (2014) 173"
    assert dois[0].location.page == 5
    line = document.text.text.index("[2] CMS Collaboration")
    assert document.text.location(line).line == dois[0].location.line


@pytest.mark.parametrize("name", REFERENCES)
def test_running_heads_and_feet_are_gone(corpus: Path, name: str) -> None:
    """No line is a page number, or what stands at the edge of every page."""
    lines = paper(corpus, name).text.text
    last = lines[lines.rindex("[1] ") :]
    assert not PRINTED_FEET.search(last)
