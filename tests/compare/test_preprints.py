"""Preprints, and the articles that they have become."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs.compare.preprints import compare_preprint, names_preprint_server
from lupusrefs.findings import Confidence, Severity
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.work import Provenance, Relation, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 11, 22, tzinfo=UTC)
)
PEOPLE = (Name(family="Lupin", given="R"),)
BECAME = Relation(type="is-preprint-of", id="10.1000/article", id_type="doi")


def work(doi: str, registered_type: str | None, **fields: object) -> Work:
    """A registered work by one person."""
    base = {"id": doi, "doi": doi, "registered_type": registered_type}
    return Work.model_validate(
        base | {"author": PEOPLE, "provenance": PROVENANCE} | fields
    )


PREPRINT = work("10.1101/1", "posted-content", genre="preprint", relations=(BECAME,))


def cited(**fields: object) -> Item:
    """A reference to the preprint."""
    base = {"id": "lupin", "type": "article", "doi": "10.1101/1", "title": "On wolves"}
    return Item.model_validate(base | fields)


def test_a_published_preprint_is_an_info_with_a_proposal() -> None:
    """Never a safe fix: the text may differ."""
    (found,) = compare_preprint(cited(), PREPRINT, {})
    assert found.rule.id == "preprint-now-published"
    assert found.severity is Severity.INFO
    assert found.confidence is Confidence.LIKELY
    assert found.fix is not None
    assert not found.fix.safe
    assert found.fix.changes[0].value == "10.1000/article"


def test_the_other_end_makes_it_certain_or_doubtful() -> None:
    """It has to exist, and to be by the same first author (U15)."""
    article = work("10.1000/article", "journal-article")
    (sure,) = compare_preprint(cited(), PREPRINT, {"10.1000/article": article})
    assert sure.confidence is Confidence.CERTAIN
    stranger = article.model_copy(update={"author": (Name(family="Fox"),)})
    (doubt,) = compare_preprint(cited(), PREPRINT, {"10.1000/article": stranger})
    assert doubt.confidence is Confidence.POSSIBLE
    assert compare_preprint(cited(), PREPRINT, {"10.1000/article": PREPRINT}) == ()


def test_a_preprint_cited_in_a_journal_is_a_warning() -> None:
    """Both findings are one, which names the article."""
    reference = cited(type="article-journal", container_title="Journal of Wolves")
    (found,) = compare_preprint(reference, PREPRINT, {})
    assert found.rule.id == "preprint-cited-as-article"
    assert found.severity is Severity.WARNING
    assert "10.1000/article" in found.message
    alone = PREPRINT.model_copy(update={"relations": ()})
    (found,) = compare_preprint(reference, alone, {})
    assert found.fix is None


def test_a_paper_of_a_conference_with_its_preprints_doi_is_an_info() -> None:
    """Many conferences register no DOIs."""
    arxiv = work("10.48550/arxiv.2101.00001", "Text")
    reference = cited(type="paper-conference", container_title="Meeting on Wolves")
    (found,) = compare_preprint(reference, arxiv, {})
    assert found.severity is Severity.INFO


@pytest.mark.parametrize(
    "container",
    ["bioRxiv", "arXiv preprint arXiv:2101.00001", "SSRN Electronic Journal", "CoRR"],
)
def test_a_server_is_no_journal(container: str) -> None:
    """The preprint is cited as what it is."""
    reference = cited(type="article-journal", container_title=container)
    alone = PREPRINT.model_copy(update={"relations": ()})
    assert names_preprint_server(container)
    assert compare_preprint(reference, alone, {}) == ()


def test_the_registered_container_of_posted_content_is_none_either() -> None:
    """A server may have a name that nobody knows here."""
    own = PREPRINT.model_copy(
        update={"relations": (), "publisher": "Wolf Server Foundation"}
    )
    reference = cited(type="article-journal", container_title="Wolf Server")
    assert compare_preprint(reference, own, {}) == ()


def test_an_article_with_a_preprint_is_cited_rightly() -> None:
    """So is a blog, and a preprint that has become nothing yet."""
    relation = Relation(type="has-preprint", id="10.1101/1", id_type="doi")
    article = work("10.1000/article", "journal-article", relations=(relation,))
    assert compare_preprint(cited(), article, {}) == ()
    blog = work("10.1000/blog", "posted-content", genre="blog", relations=(BECAME,))
    assert compare_preprint(cited(), blog, {}) == ()
    arxiv = Relation(type="IsVersionOf", id="10.48550/arXiv.1", id_type="doi")
    itself = work("10.48550/arxiv.2", "Preprint", relations=(arxiv,))
    assert compare_preprint(cited(), itself, {}) == ()


def test_arxiv_names_the_article_as_what_it_is_a_version_of() -> None:
    """Elsewhere that relation leads to a family of versions, which is silent (B111)."""
    relation = Relation(type="IsVersionOf", id="10.1000/article", id_type="doi")
    arxiv = work("10.48550/arxiv.2101.00001", "Preprint", relations=(relation,))
    (found,) = compare_preprint(cited(), arxiv, {})
    assert found.rule.id == "preprint-now-published"
    zenodo = work("10.5281/zenodo.1", "Preprint", relations=(relation,))
    assert compare_preprint(cited(), zenodo, {}) == ()
