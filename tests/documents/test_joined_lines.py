"""Lines put together: hyphens, links, ranges."""

from __future__ import annotations

import pytest

from lupusrefs.documents.reference_list.joined_lines import join_lines


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["one  two", "", " three "], "one two three"),
        # A word that was cut is one again.
        (["mass pub-", "lication"], "mass publication"),
        (["Wort\u00ad", "schatz"], "Wortschatz"),
        (["a so\u00adft hyphen"], "a soft hyphen"),
        # These keep the hyphen.
        (["a self-", "report"], "a self-report"),
        (["Miller-", "Smith"], "Miller-Smith"),
        (["Kultur-", "und Sozialgeschichte"], "Kultur- und Sozialgeschichte"),
        (["47–", "56"], "47–56"),
        # Names between slashes.
        (["Miller, K./", "Smith, J."], "Miller, K./Smith, J."),
        (["Miller /", "Smith"], "Miller / Smith"),
        (["計算機", "学報"], "計算機学報"),
    ],
)
def test_lines_are_joined(lines: list[str], joined: str) -> None:
    """As a reader reads them."""
    assert join_lines(lines) == joined


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["doi: 10.1000/ab-", "c12"], "doi: 10.1000/ab-c12"),
        (["https://doi.org/10.1000/", "x12"], "https://doi.org/10.1000/x12"),
        (["http://a.org/b/", "c.html"], "http://a.org/b/c.html"),
        (["http://a.org/a-", "b/c"], "http://a.org/a-b/c"),
        (["http://a.org/view?id=", "Ab/3"], "http://a.org/view?id=Ab/3"),
        (["http://a.org/view", "?id=3"], "http://a.org/view?id=3"),
        # These are over.
        (["http://a.org/b/", "Accessed 3 May"], "http://a.org/b/ Accessed 3 May"),
        (["<http://a.org/b>", "a.b"], "<http://a.org/b> a.b"),
        (["http://a.org/b", "and more"], "http://a.org/b and more"),
        (["doi: 10.1000/ab", "Smith"], "doi: 10.1000/ab Smith"),
    ],
)
def test_cut_links_go_on(lines: list[str], joined: str) -> None:
    """A DOI or URL over two lines has no blank in it, and loses no hyphen."""
    assert join_lines(lines) == joined
