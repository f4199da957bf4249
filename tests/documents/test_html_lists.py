"""The reference lists of pages."""

from __future__ import annotations

import pytest

from documents.html_made import FILE, entries, page
from documents.markup_made import place_of

DOE = "Doe J. A title of some words. J Foo. 2001;3:1-9."
ROE = "Roe R. Another title. J Bar. 2002;4:10-12."
BOTH = [("a", DOE), ("b", ROE)]


@pytest.mark.parametrize(
    "text",
    [
        f"<h2>References</h2><ol><li id=a>{DOE}<li id=b>{ROE}</ol>",
        f"<h3>8. Literaturverzeichnis</h3><p>See:<ul><li id=a>{DOE}<li id=b>{ROE}</ul>",
        (
            f"<div><h2>Sources</h2> <i>[edit]</i></div><ol><li id=a>{DOE}"
            f"<li data-bib-id=b>{ROE}</ol>"
        ),
        f"<div><h2>Works cited</h2></div><ol><li id=a>{DOE}<li id=b>{ROE}</ol>",
        f"<div><header><h2>参考文献</h2></header></div><p id=a>{DOE}<p id=b>{ROE}",
        f"<p><b>Bibliography</b></p><p id=a>{DOE}</p><p id=b>{ROE}</p>",
        (
            f"<h2>References</h2><h3>Books</h3><p id=a>{DOE}<h3>Rest</h3><p id=b>{ROE}"
            "<h2>Other</h2><p>Not this, 2003, which is no reference."
        ),
        (
            f"<h2>References</h2><p id=a>{DOE}<p id=b>{ROE}<div><div><h2>"
            "About the author</h2></div><p>Born in 1960 somewhere.</div>"
        ),
        (
            f"<div role=heading>References</div><div><div id=a>{DOE}</div>"
            f"<div id=b>{ROE}</div></div>"
        ),
        f"<section role=doc-bibliography><p id=a>{DOE}<p id=b>{ROE}</section>",
        (
            f'<section epub:type="x bibliography"><ol><li id=a>{DOE}<li id=b>{ROE}</ol>'
            "</section>"
        ),
        (
            f"<div id=refs class='references csl-bib-body'><div id=a class=csl-entry>"
            f"{DOE}</div><div id=b class=csl-entry>{ROE}</div></div>"
        ),
        (
            f"<ul class=ltx_biblist><li id=a class=ltx_bibitem>{DOE}"
            f"<li id=b class=ltx_bibitem>{ROE}</ul>"
        ),
        f"<div class='c-article-references'><p id=a>{DOE}</p><p id=b>{ROE}</div>",
        (
            f"<h2>References</h2><div role=doc-biblioentry id=a>{DOE}</div>"
            f"<div role=doc-biblioentry id=b>{ROE}</div>"
        ),
        f"<dl class=reference-list><dd id=a>{DOE}<dd id=b>{ROE}</dl>",
        f"<table class=ref-list><tr id=a><td>{DOE}<tr id=b><td>{ROE}</table>",
        (
            f"<h2>References</h2><div class=reference id=a>{DOE}</div>"
            f"<div class=reference id=b>{ROE}</div>"
        ),
        f"<h2>Notes</h2><ol><li id=a>{DOE}<li id=b>{ROE}</ol>",
    ],
)
def test_lists_by_heading_or_markup(text: str) -> None:
    """In every form that they have."""
    assert entries(f"<h1>Paper</h1><p>Words of 2001.</p>{text}") == BOTH


@pytest.mark.parametrize(
    "text",
    [
        "<nav><ul><li><a href=#r>References</a><li><a href=#n>Notes</a></ul></nav>",
        "<h2>Notes</h2><p>We thank everybody who was there.</p>",
        "<h2>References</h2>",
        "<div><div><div><div><h2>References</h2></div></div></div></div><p>Word, 2001.",
        "<div class=references><a href=/x>References and more</a></div>",
        f"<h2>Introduction</h2><ol><li>{DOE}</ol>",
        f"<p>References</p><nav><ul><li>{DOE}</ul></nav>",
        f"<p>{'References ' * 99}</p><ol><li>{DOE}</ol>",
        f"<h2>References</h2><ol><li>{DOE * 2000}</ol>",
        "<section role=doc-bibliography><ol><li></ol></section>",
        "<h2>References</h2><ul><li>Home<li>Contact<li>In 2001 something else</ul>",
    ],
)
def test_what_is_no_list(text: str) -> None:
    """Menus, headings without anything, notes that are prose, other lists."""
    assert entries(text) == []


def test_two_lists_in_order() -> None:
    """Both are read; a list in an entry is part of it."""
    text = f"""<h2>Notes</h2><ol><li id=a>{DOE}<ul><li>Also 2003.</ul></li></ol>
        <h2>References</h2><ul><li id=b>{ROE}</ul><script>x</script>"""
    assert entries(text) == [("a", f"{DOE} Also 2003."), ("b", ROE)]


def test_an_entry_without_its_number_and_its_buttons() -> None:
    """Labels, links back, and the names of services are no part of the reference."""
    text = f"""<h2>References</h2><ol><li id=a><span class="ref-label">1.</span> {DOE}
        [<a href="https://doi.org/10.1000/1">CrossRef</a>] [<a
        href="https://scholar.google.com/x">Google Scholar</a>] | <a href="#c">↩</a>
        <li><a name=b></a>[2] <b id=c>R</b>oe R. See <a
        href="https://e.org/{"x" * 4000}">PubMed</a> &amp; <a href=x>doi</a>: <a
        href="https://doi.org/10.1000/2">doi:10.1000/2</a>, 2002.
        <li>3. Poe E. Tales of 1840.<li id=d> </ol>"""
    found = page(text).listed
    assert [(one.key, one.text) for one in found] == [
        ("a", DOE),
        ("b", "Roe R. See PubMed & doi: doi:10.1000/2, 2002."),
        (None, "Poe E. Tales of 1840."),
    ]
    assert [one.target for one in found[0].links] == [
        "https://doi.org/10.1000/1",
        "https://scholar.google.com/x",
    ]
    assert [one.target for one in found[1].links] == ["https://doi.org/10.1000/2"]
    assert str(found[0].location) == place_of(text, "Doe J.", FILE)
    assert str(found[2].location) == place_of(text, "Poe", FILE)
    assert not page(text).links


def test_a_list_that_a_program_made_needs_no_years() -> None:
    """Its classes say what it is."""
    text = """<div class="csl-bib-body"><h2>Bibliography</h2><div class="csl-entry"
        id="ref-a"><div class="csl-left-margin">[1]</div><div class="csl-right-inline">
        Ann Lee. n.d. A garden.</div></div></div>"""
    assert entries(text) == [("ref-a", "Ann Lee. n.d. A garden.")]


def test_an_anchor_in_the_middle_is_no_key() -> None:
    """It has to stand where the entry begins."""
    text = f"<h2>References</h2><ol><li>{DOE}{'x' * 300}<a id=z></a></ol>"
    assert page(text).listed[0].key is None


def test_a_coins_tells_what_an_entry_is() -> None:
    """Its item has the key of the entry, and its DOI is a link."""
    text = f"""<h2>References</h2><ol><li id=a>{DOE}<span class="Z3988" title="ctx_ver=
        Z39.88-2004&amp;rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&amp;rft.genre=
        article&amp;rft.atitle=T&amp;rft.jtitle=J&amp;rft.aulast=Doe&amp;rft.aufirst=J
        &amp;rft.au=Doe%2C+J&amp;rft.au=Roe%2C+R&amp;rft.date=2001-02&amp;rft.spage=1
        &amp;rft.epage=9&amp;rft.issn=1234-5678&amp;rft_id=info%3Adoi%2F10.1000%2Fa
        &amp;rft_id=info%3Apmid%2F12"></span></ol>"""
    found = page(text).listed[0]
    assert found.item is not None
    assert found.item.to_csl() == {
        "id": "a",
        "type": "article-journal",
        "author": [{"family": "Doe", "given": "J"}, {"family": "Roe", "given": "R"}],
        "title": "T",
        "container-title": "J",
        "issued": {"date-parts": [[2001, 2]]},
        "page": "1-9",
        "DOI": "10.1000/a",
        "PMID": "12",
        "ISSN": "1234-5678",
    }
    assert [one.target for one in found.links] == ["doi:10.1000/a"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            (
                "rft.genre=bookitem&rft.atitle=C&rft.btitle=B&rft.pub=P&rft.place=Rome"
                "&rft.isbn=0-521-46674-1&rft.aucorp=The+Org&rft_id=urn:isbn:0521466741"
            ),
            {
                "type": "chapter",
                "author": [{"literal": "The Org"}],
                "title": "C",
                "container-title": "B",
                "publisher": "P",
                "publisher-place": "Rome",
                "ISBN": "0-521-46674-1, 0521466741",
            },
        ),
        (
            (
                "rft_val_fmt=info:ofi/fmt:kev:mtx:journal&rft.atitle=A&rft.title=J&rft.pages="
                "7-8&rft.artnum=e1&rft_id=info:pmc/PMC3&rft.eissn=1234-5678"
            ),
            {
                "type": "article-journal",
                "title": "A",
                "container-title": "J",
                "page": "7-8",
                "number": "e1",
                "PMCID": "PMC3",
                "ISSN": "1234-5678",
            },
        ),
        (
            (
                "rft_val_fmt=info:ofi/fmt:kev:mtx:dc&rft.title=Page&rft.creator=Ann+Lee"
                "&rft.identifier=https://e.org/&rft_id=info:arxiv/2301.01234"
            ),
            {
                "type": "document",
                "author": [{"family": "Lee", "given": "Ann"}],
                "title": "Page",
                "URL": "https://arxiv.org/abs/2301.01234",
            },
        ),
        ("ctx_ver=Z39.88-2004", None),
        ("rft.atitle=" + "x" * 30_000, None),
        ("a=b&" * 3000, None),
    ],
)
def test_kinds_of_coins(title: str, expected: dict[str, object] | None) -> None:
    """Articles, parts of books, Dublin Core; nothing, and far too much."""
    coins = f'<span class="Z3988" title="{title.replace("&", "&amp;")}"></span>'
    text = f"<h2>References</h2><ol><li>{DOE}{coins}</ol>"
    item = page(text).listed[0].item
    assert (dict(item.to_csl()) if item else None) == expected


def test_lists_in_lists_without_end() -> None:
    """They are looked at only so often."""
    text = "<div class=references><ol><li>x" * 150
    assert page(text * 20).listed == ()
