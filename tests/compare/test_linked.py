"""Works and their notices in one list."""

from __future__ import annotations

from datetime import UTC, datetime

from lupusrefs.compare.linked import linked
from lupusrefs.model.names import Name
from lupusrefs.model.work import Provenance, Update, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
)


def work(name: str, title: str, *updates: Update) -> Work:
    """A registered work."""
    return Work(
        id=f"10.5555/{name}",
        doi=f"10.5555/{name}",
        title=title,
        titles=(title,),
        updates=updates,
        author=(Name("Schwindel", "Otto"),),
        page="1-9",
        provenance=PROVENANCE,
    )


ARTICLE = work("article", "A cure that was never there")
RETRACTION = Update(doi="10.5555/ARTICLE", type="retraction")
NOTICE = work("notice", "Retraction: A cure that was never there", RETRACTION)


def test_a_notice_names_its_article() -> None:
    """The record of the article is old, and says nothing of it itself."""
    article, notice, nothing = linked([ARTICLE, NOTICE, None])
    assert article is not None
    assert [(one.doi, one.type) for one in article.updated_by] == [
        ("10.5555/notice", "retraction")
    ]
    assert notice is NOTICE
    assert nothing is None


def test_what_the_record_says_itself_is_not_said_twice() -> None:
    """A record of today names its notices."""
    own = (Update(doi="10.5555/NOTICE", type="retraction"),)
    article, _ = linked([ARTICLE.model_copy(update={"updated_by": own}), NOTICE])
    assert article is not None
    assert article.updated_by == own


def test_only_a_notice_is_believed() -> None:
    """A retracted article may name others as if it retracted them (U2)."""
    no_notice = work("other", "RETRACTED: Another cure", RETRACTION)
    assert linked([ARTICLE, no_notice]) == [ARTICLE, no_notice]
