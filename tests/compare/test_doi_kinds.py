"""How a DOI is written, and what kind of thing it stands for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from lupusrefs.compare.doi_kinds import compare_doi_kind, is_of_another_kind
from lupusrefs.findings import Confidence, Severity
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.work import Provenance, Relation, Update, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 11, 22, tzinfo=UTC)
)
PEOPLE = (Name(family="Lupin", given="R"),)


def work(doi: str, registered_type: str = "journal-article", **fields: object) -> Work:
    """A registered thing."""
    base = {"id": doi, "doi": doi, "agency": "Crossref"}
    kind = {"registered_type": registered_type, "provenance": PROVENANCE}
    titles = (fields["title"],) if fields.get("title") else ()
    return Work.model_validate(base | kind | {"titles": titles} | fields)


def cited(doi: str, title: str = "On the howling of wolves", **fields: object) -> Item:
    """An article as it is cited."""
    base = {"id": "lupin", "type": "article-journal", "doi": doi, "title": title}
    return Item.model_validate(base | {"author": PEOPLE} | fields)


def rules(reference: Item, registered: Work, *related: Work) -> list[str]:
    """The rules of the findings."""
    known = {one.id: one for one in related}
    return [one.rule.id for one in compare_doi_kind(reference, registered, known)]


# -- spelling -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "https://doi.org/10.1000/Wolves",
        "http://dx.doi.org/10.1000/Wolves",
        "doi:10.1000/Wolves",
        "10.1000/Wolves.",
        "10.1000%2FWolves",
    ],
)
def test_another_spelling_is_made_canonical(text: str) -> None:
    """The user's own capitals stay."""
    (found,) = compare_doi_kind(cited(text), work("10.1000/wolves"), {})
    assert found.rule.id == "doi-not-canonical"
    assert found.severity is Severity.INFO
    assert found.fix is not None
    assert found.fix.safe
    assert found.fix.changes[0].variable == "DOI"
    assert found.fix.changes[0].value == "10.1000/Wolves"


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        ("10.1000/NEJMc2107725", "10.1000/nejmc2107725"),
        ("10.17070/wolf.2014.12.36.", "10.17070/wolf.2014.12.36."),
        ("10.35609/wolf.2022.1(9)", "10.35609/wolf.2022.1(9)"),
    ],
)
def test_case_and_what_belongs_to_the_name_are_canonical(
    text: str, registered: str
) -> None:
    """DOIs may end in a stop or a bracket."""
    assert rules(cited(text), work(registered)) == []


def test_a_short_doi_and_a_version_of_arxiv_lead_to_the_registered_name() -> None:
    """That is a proposal: what is written is no DOI of the record."""
    for text, name in (
        ("10/abc123", "10.1000/wolves"),
        ("10.48550/arXiv.2101.00001v2", "10.48550/arxiv.2101.00001"),
        ("arXiv:2101.00001", "10.48550/arxiv.2101.00001"),
    ):
        (found,) = compare_doi_kind(cited(text), work(name), {})
        assert found.rule.id == "doi-not-canonical"
        assert found.fix is not None
        assert not found.fix.safe
        assert found.fix.changes[0].value == name


def test_a_merged_doi_is_an_alias() -> None:
    """The registry answers with another name (B110)."""
    registered = work("10.1000/wolves.v5", aliases=("10.1000/wolves",))
    (found,) = compare_doi_kind(cited("10.1000/wolves"), registered, {})
    assert found.rule.id == "doi-alias"
    assert found.confidence is Confidence.CERTAIN
    assert found.fix is not None
    assert not found.fix.safe
    (other,) = compare_doi_kind(cited("10.1000/w"), work("10.1000/wolves"), {})
    assert other.confidence is Confidence.LIKELY


def test_a_reference_without_doi_has_no_spelling() -> None:
    """It was found by another identifier."""
    reference = cited("10.1000/w").model_copy(update={"doi": None})
    assert rules(reference, work("10.1000/journal", "journal")) == []


# -- kinds --------------------------------------------------------------------------


def test_a_figure_is_a_part_of_its_article() -> None:
    """The article's DOI is proposed where the figure's tells it."""
    doi = "10.1371/journal.pone.0005999.t001"
    (found,) = compare_doi_kind(cited(doi), work(doi, "component"), {})
    assert found.rule.id == "doi-is-component"
    assert found.fix is not None
    assert not found.fix.safe
    assert found.fix.changes[0].value == "10.1371/journal.pone.0005999"
    assert is_of_another_kind([found])
    named = cited(doi, "Table 1. Howling of wolves by night")
    assert rules(named, work(doi, "component")) == []
    by_suffix = work("10.1371/journal.pone.0005999.s001", "dataset", title="Wolves")
    assert rules(cited(by_suffix.id), by_suffix) == ["doi-is-component"]
    assert rules(cited(by_suffix.id, "Wolves"), by_suffix) == []


def test_a_supplement_that_names_its_article_is_a_part_of_it() -> None:
    """``Supplementary Figure 5 from ...`` is posted by itself."""
    whole = Relation(type="is-supplement-to", id="10.1000/wolves", id_type="doi")
    registered = work(
        "10.1000/s5",
        "posted-content",
        title="Supplementary Figure 5 from On the howling of wolves",
        relations=(whole,),
    )
    (found,) = compare_doi_kind(cited("10.1000/s5"), registered, {})
    assert found.rule.id == "doi-is-component"
    assert found.fix is not None
    assert found.fix.changes[0].value == "10.1000/wolves"
    assert rules(cited("10.1000/s5", type="dataset"), registered) == []
    assert rules(cited("10.1000/s5", "Foxes of the far north"), registered) == []


def test_a_journal_or_an_issue_is_no_article() -> None:
    """An issue that is cited as such is meant."""
    journal = work("10.1000/jw", "journal", title="Journal of Wolves")
    (found,) = compare_doi_kind(cited("10.1000/jw"), journal, {})
    assert found.rule.id == "doi-is-journal"
    assert found.severity is Severity.ERROR
    issue = work(
        "10.1000/jw.v19:3",
        "journal-issue",
        container_title="Journal of Wolves",
        container_titles=("Journal of Wolves",),
        volume="19",
    )
    assert rules(cited(issue.id), issue) == ["doi-is-journal"]
    assert rules(cited(issue.id, "Journal of Wolves, vol. 19, no. 3"), issue) == []


def test_a_review_is_not_the_reviewed_article() -> None:
    """The article is proposed."""
    target = Relation(type="is-review-of", id="10.1000/wolves", id_type="doi")
    review = work(
        "10.1000/wolves/v1/review2",
        "peer-review",
        title='Review for "On the howling of wolves"',
        relations=(target,),
    )
    (found,) = compare_doi_kind(cited(review.id), review, {})
    assert found.rule.id == "doi-is-review"
    assert found.fix is not None
    assert found.fix.changes[0].value == "10.1000/wolves"
    assert rules(cited(review.id, "Review for “On howling”"), review) == []
    letter = work("10.1000/l", title="Decision letter: On the howling of wolves")
    assert rules(cited("10.1000/l"), letter) == ["doi-is-review"]


def test_a_notice_is_not_the_article_it_is_about() -> None:
    """Unless the cited title says that it is a notice."""
    entry = Update(doi="10.1000/wolves", type="correction")
    notice = work(
        "10.1000/n", title="Correction: On the howling of wolves", updates=(entry,)
    )
    (found,) = compare_doi_kind(cited("10.1000/n"), notice, {})
    assert found.rule.id == "doi-is-notice"
    assert found.fix is not None
    assert found.fix.changes[0].value == "10.1000/wolves"
    assert (
        rules(cited("10.1000/n", "Erratum to “On the howling of wolves”"), notice) == []
    )
    retracted = cited("10.1000/n", "RETRACTED: On the howling of wolves")
    assert rules(retracted, notice) == ["doi-is-notice"]
    by_prefix = work("10.1000/n", title="Retracted: On the howling of wolves", page="1")
    assert rules(cited("10.1000/n"), by_prefix) == ["doi-is-notice"]
    assert rules(cited("10.1000/n", "Retracted: On the Howling"), by_prefix) == []


def test_an_erratum_under_the_title_of_its_article_is_a_notice() -> None:
    """Only the article's own record can tell; without it nothing is said."""
    entry = Update(doi="10.1000/wolves", type="erratum")
    title = "On the howling of wolves"
    erratum = work("10.1000/n", title=title, updates=(entry,))
    article = work("10.1000/wolves", title=title)
    assert rules(cited("10.1000/n"), erratum, article) == ["doi-is-notice"]
    assert rules(cited("10.1000/n"), erratum) == []
    other = work("10.1000/wolves", title="On foxes")
    assert rules(cited("10.1000/n"), erratum, other) == []


def test_a_heading_is_a_part_of_the_work() -> None:
    """Where its page is one and the cited work has many (comparison.md, B29)."""
    year = Date(PartialDate(2019))
    pages = "1-20"
    heading = work("10.1000/h", title="Abstract", page="1", issued=year)
    assert rules(cited("10.1000/h", page=pages, issued=year), heading) == [
        "doi-is-fragment"
    ]
    assert rules(cited("10.1000/h", page="1-2", issued=year), heading) == []
    assert (
        rules(cited("10.1000/h", "Abstracts", page=pages, issued=year), heading) == []
    )
    signed = work("10.1000/h", title="Introduction", author=PEOPLE, issued=year)
    assert rules(cited("10.1000/h", page=pages, issued=year), signed) == []
    elsewheres: tuple[dict[str, Any], ...] = (
        {"issued": Date(PartialDate(2009))},
        {"author": (Name(family="Fox"),), "issued": year},
        {"volume": "8", "issued": year},
    )
    for elsewhere in elsewheres:
        other = heading.model_copy(update={"author": PEOPLE, "volume": "7"})
        assert rules(cited("10.1000/h", page=pages, **elsewhere), other) == []


def test_a_book_is_not_its_chapter() -> None:
    """Unless the whole book is cited, or a part of another book."""
    book = work("10.1000/b", "edited-book", title="Handbook of Wolves and Dogs")
    chapter = {"type": "chapter", "container_title": "The Handbook of Wolves and Dogs"}
    (found,) = compare_doi_kind(cited("10.1000/b", **chapter), book, {})
    assert found.rule.id == "doi-is-container"
    assert found.severity is Severity.WARNING
    other = {"type": "chapter", "container_title": "Birds of the Alps"}
    assert rules(cited("10.1000/b", **other), book) == []
    assert rules(cited("10.1000/b", "Handbook of wolves and dogs"), book) == []
    assert rules(cited("10.1000/b", type="book"), book) == []


def test_articles_chapters_and_preprints_are_what_they_are() -> None:
    """Whatever else differs is the fields' business."""
    for kind in ("journal-article", "book-chapter", "posted-content", "dataset"):
        assert rules(cited("10.1000/a"), work("10.1000/a", kind, title="Foxes")) == []
