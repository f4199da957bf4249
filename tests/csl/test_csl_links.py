"""Identifiers that lead to what they identify.

Source: CSL 1.0.2 specification, appendix VI, "Links".
"""

from __future__ import annotations

import pytest

from csl.making import Data, bibliography, item, processor, style
from lupusrefs.csl.output.tree import Inline, Link, text_of


def _entry(layout: str, data: Data, *, links: bool = True) -> list[Inline]:
    engine = processor(style(bibliography=layout), [data], links=links)
    return list(engine.bibliography().entries[0].content)


def test_an_address_is_output_as_it_is() -> None:
    """It is its own target."""
    url = "https://aem.asm.org/cgi/content/full/74/9/2766"
    assert _entry('<text variable="URL"/>', item(URL=url)) == [Link(url, [url])]


def test_a_doi_is_prepended_with_the_resolver() -> None:
    """In the target; what is shown stays."""
    doi = "10.1128/AEM.02591-07"
    link = Link(f"https://doi.org/{doi}", [doi])
    assert _entry('<text variable="DOI"/>', item(DOI=doi)) == [link]


@pytest.mark.parametrize(
    ("variable", "value", "host"),
    [
        ("PMID", "17179054", "ncbi.nlm.nih.gov/"),
        ("PMCID", "PMC1828680", "ncbi.nlm.nih.gov/"),
    ],
)
def test_numbers_of_pubmed(variable: str, value: str, host: str) -> None:
    """They lead to pages of the NCBI."""
    (link,) = _entry(f'<text variable="{variable}"/>', item(**{variable: value}))
    assert isinstance(link, Link)
    assert host in link.href
    assert link.href.endswith(f"/{value}")
    assert link.children == [value]


def test_an_identifier_that_is_an_address_is_its_target() -> None:
    """It has the resolver already."""
    doi = "https://doi.org/10.1000/x"
    assert _entry('<text variable="DOI"/>', item(DOI=doi)) == [Link(doi, [doi])]


def test_a_prefix_that_makes_an_address_is_in_the_anchor() -> None:
    """Rendered components of the URI are; no other affix is."""
    doi = item(DOI="10.1000/x")
    whole = "https://doi.org/10.1000/x"
    assert _entry('<text variable="DOI" prefix="https://doi.org/"/>', doi) == [
        Link(whole, [whole])
    ]
    assert _entry('<text variable="DOI" prefix="doi: " suffix="."/>', doi) == [
        "doi: ",
        Link(whole, ["10.1000/x"]),
        ".",
    ]


@pytest.mark.parametrize(
    ("variable", "value", "address"),
    [
        ("DOI", "10.1000/x", "https://doi.org/"),
        ("PMID", "17179054", "https://pubmed.ncbi.nlm.nih.gov/"),
        ("PMCID", "PMC1828680", "https://pmc.ncbi.nlm.nih.gov/articles/"),
    ],
)
def test_only_the_address_itself_is_in_the_anchor(
    variable: str, value: str, address: str
) -> None:
    """A prefix that is another text stays before it."""
    data = {**item(), variable: value}
    whole = f"{address}{value}"
    layout = f'<text variable="{variable}" prefix="{{}}" suffix="."/>'
    assert _entry(layout.format(address), data) == [Link(whole, [whole]), "."]
    for prefix in (f"{variable}: ", "http://dx.doi.org/", "https://"):
        found = _entry(layout.format(prefix), data)
        assert found == [prefix, Link(whole, [value]), "."]
    found = _entry(layout.format(address), data, links=False)
    assert text_of(found) == f"{whole}."


def test_formatting_of_links() -> None:
    """As of any variable."""
    html = bibliography(
        style(bibliography='<text variable="DOI" text-case="uppercase"/>'),
        item(DOI="10.1000/x"),
    )
    assert text_of(html.entries[0].content) == "10.1000/X"
    (link,) = _entry(
        '<text variable="DOI" text-case="uppercase"/>', item(DOI="10.1000/x")
    )
    assert link == Link("https://doi.org/10.1000/x", ["10.1000/X"])


def test_links_can_be_left_out() -> None:
    """An option of the caller, off where it does not say."""
    data = item(DOI="10.1000/x", URL="https://example.org/")
    for variable in ("DOI", "URL"):
        layout = f'<text variable="{variable}"/>'
        assert _entry(layout, data, links=False) == [data[variable]]


def test_an_identifier_that_is_missing_is_no_link() -> None:
    """It is an empty variable."""
    layout = '<group><text value="x"/><text variable="DOI"/></group><text value="y"/>'
    assert _entry(layout, item()) == ["y"]


def test_an_identifier_that_stood_in_for_names_is_not_shown_again() -> None:
    """As other variables."""
    layout = (
        '<names variable="author"><substitute><text variable="DOI"/></substitute>'
        '</names><text variable="DOI" prefix="|"/>'
    )
    content = _entry(layout, item(DOI="10.1000/x"))
    assert content == [Link("https://doi.org/10.1000/x", ["10.1000/x"])]
