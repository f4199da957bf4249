"""Status and kind of recorded works, and thousands of notices from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from lupusrefs.compare.doi_kinds import NOT_THE_WORK, compare_doi_kind
from lupusrefs.compare.duplicates import Duplicates
from lupusrefs.compare.missing import compare_missing
from lupusrefs.compare.notices import is_notice, kind_of_title, status_of_title
from lupusrefs.compare.preprints import compare_preprint
from lupusrefs.compare.stage import compare_stage
from lupusrefs.compare.updates import compare_status
from lupusrefs.findings import Severity
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.work import Provenance, Update, Work
from lupusrefs.services import crossref_record, datacite_record

pytestmark = pytest.mark.corpus

FETCHED = datetime(2026, 11, 22, tzinfo=UTC)
PEOPLE = (Name(family="Lupin", given="R"),)
GRAVE = {"retracted", "retracted-and-replaced", "withdrawn"}


@cache
def recorded(corpus: Path) -> Mapping[str, Work]:
    """Every recorded work, by its folded DOI."""
    readers = {
        "crossref": crossref_record.read_record,
        "datacite": datacite_record.read_resource,
    }
    works = (
        read(json.loads(path.read_bytes()), "https://example.org", FETCHED)
        for name, read in readers.items()
        for path in sorted((corpus / "registry" / name).glob("*.json"))
    )
    return {fold(work.id): work for work in works}


def as_cited(work: Work, **fields: object) -> Item:
    """A reference that says just what is registered."""
    same = {
        name: getattr(work, name)
        for name in Item.model_fields
        if name in work.model_fields_set
    }
    return Item.model_validate(same | {"id": "key"} | fields)


class Told(NamedTuple):
    """A row of open_retractions: an article, and the record of its notice."""

    article: str
    notice: str
    type: str
    title: str
    is_retracted: bool

    @property
    def is_self(self) -> bool:
        """Whether the article's own record stands for the notice."""
        return fold(self.article) == fold(self.notice)


def told(corpus: Path) -> Iterator[Told]:
    """Every row; its title is that of the record which carries the update."""
    path = corpus / "retractions" / "open_retractions.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for update in row["updates"]:
            yield Told(
                row["doi"],
                update["doi"],
                update["type"],
                row["title"],
                row["retracted"],
            )


def made(doi: str, title: str | None, **fields: object) -> Work:
    """A record of a title by one person."""
    base = {"id": doi, "doi": doi, "title": title, "author": PEOPLE, "page": "1-9"}
    by = {"provenance": Provenance(answered_by="crossref", fetched=FETCHED)}
    return Work.model_validate(base | by | fields)


def article_of(row: Told) -> Work:
    """The article's record; that of the notice, where the two are one."""
    entry = Update(doi=row.notice, type=row.type)
    if row.is_self:
        return made(row.article, row.title, updates=(entry,), updated_by=(entry,))
    # A title with a status is the article's own title behind the colon.
    title = row.title.split(":", 1)[-1] if status_of_title(row.title) else "An article"
    return made(row.article, title, updated_by=(entry,))


def notice_of(row: Told) -> Work:
    """The record of the notice."""
    entry = Update(doi=row.article, type=row.type)
    return made(row.notice, row.title, updates=(entry,))


def test_no_notice_is_called_retracted(corpus: Path) -> None:
    """Neither a recorded one nor one of three thousand titles."""
    for row in told(corpus):
        if row.is_self:
            continue
        notice, article = notice_of(row), article_of(row)
        related = {fold(row.article): article}
        found = compare_status(as_cited(notice), notice, related)
        assert {one.rule.id for one in found} <= {"notice-cited-instead-of-work"}, row
    for work in recorded(corpus).values():
        if is_notice(work):
            found = compare_status(as_cited(work), work, recorded(corpus))
            assert not {one.rule.id for one in found} & GRAVE, work.id


def test_no_correction_is_called_a_retraction(corpus: Path) -> None:
    """With the notice at hand, its title and type decide as the source labels them."""
    rows = [row for row in told(corpus) if row.type not in {"withdrawal", "removal"}]
    wrong = missed = retracted = 0
    for row in rows:
        article = article_of(row)
        related = {} if row.is_self else {fold(row.notice): notice_of(row)}
        found = compare_status(as_cited(article), article, related)
        called = any(
            one.rule.id in {"retracted", "retracted-and-replaced"}
            and one.severity is Severity.ERROR
            for one in found
        )
        retracted += row.is_retracted
        wrong += called and not row.is_retracted
        missed += row.is_retracted and not called
    assert wrong == 0
    assert retracted >= 160
    # Two are titled and typed as corrections; two stand in the place of their article.
    assert missed <= 4, missed


def test_most_notices_are_told_by_their_titles(corpus: Path) -> None:
    """The others have the title of their article, which tells nothing."""
    titles = [row.title for row in told(corpus) if not row.is_self]
    known = sum(kind_of_title(title) is not None for title in titles)
    assert known >= 0.92 * len(titles)


def test_ordinary_titles_are_no_notices(corpus: Path) -> None:
    """Of thousands of recorded and listed titles."""
    path = corpus / "retractions" / "calibration_corpus.jsonl"
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    clean = [row["title"] for row in rows if row["label"] == "clean"]
    assert clean
    assert not any(kind_of_title(t) or status_of_title(t) for t in clean)
    named = [
        work.id
        for work in recorded(corpus).values()
        if kind_of_title(work.title) and not work.updates
    ]
    # Every one of them was read: they are corrections without update metadata.
    assert len(named) <= 5, named


def test_the_recorded_updates_say_what_they_are_known_to_say(corpus: Path) -> None:
    """The traps of registries.md 2.4, with and without the other records at hand."""
    expected = {
        "10.1016/s0140-6736(97)11096-0": ("retracted", Severity.ERROR),
        "10.1016/s0140-6736(20)31180-6": ("retracted", Severity.ERROR),
        "10.29328/journal.jcmhs.1001023": ("partially-retracted", Severity.WARNING),
        "10.1371/journal.pone.0064723": ("expression-of-concern", Severity.WARNING),
        "10.1073/pnas.1414271111": ("corrected", Severity.INFO),
    }
    works = recorded(corpus)
    of_crossref = [work for work in works.values() if work.agency == "Crossref"]
    for related in ({}, works):
        found = {
            work.id: (one.rule.id, one.severity)
            for work in of_crossref
            for one in compare_status(as_cited(work), work, related)
            if one.rule.id != "notice-cited-instead-of-work"
        }
        assert found == expected


def test_what_says_just_what_is_registered_is_clean(corpus: Path) -> None:
    """No warning of kind, preprint, stage or missing field; no duplicate."""
    works = recorded(corpus)
    library = Duplicates()
    for number, work in enumerate(works.values()):
        reference = as_cited(work, id=f"key{number}")
        found = [
            *compare_doi_kind(reference, work, works),
            *compare_stage(reference, work, agrees=True),
            *compare_missing(reference, work, certain=True),
            *library.seen(reference, work),
            *compare_preprint(reference, work, works),
        ]
        rules = {one.rule.id for one in found}
        assert rules <= {"preprint-now-published"}, (work.id, rules)


@pytest.mark.parametrize(
    ("registered_type", "rule", "at_least"),
    [
        ("component", "doi-is-component", 70),
        ("journal", "doi-is-journal", 18),
        ("journal-issue", "doi-is-journal", 60),
        ("peer-review", "doi-is-review", 8),
        ("notice", "doi-is-notice", 40),
    ],
)
def test_another_kind_of_doi_on_an_article_is_found(
    corpus: Path, registered_type: str, rule: str, at_least: int
) -> None:
    """Every recorded component, journal, issue, review and notice."""
    cited = made("10.1000/x", "Howling of wolves in the north", type="article-journal")
    things = [
        work
        for work in recorded(corpus).values()
        if registered_type
        == ("notice" if is_notice(work) else work.registered_type or "")
    ]
    assert len(things) >= at_least
    for work in things:
        found = compare_doi_kind(as_cited(cited, doi=work.doi), work, {})
        assert [one.rule.id for one in found] == [rule], work.id


def test_articles_with_another_title_are_of_no_other_kind(corpus: Path) -> None:
    """A DOI of another article is no part, whole or notice of the cited one."""
    cited = made("10.1000/x", "Howling of wolves in the north", type="article-journal")
    for work in recorded(corpus).values():
        if work.registered_type not in {"journal-article", "book-chapter", "report"}:
            continue
        if is_notice(work):
            continue
        found = compare_doi_kind(as_cited(cited, doi=work.doi), work, {})
        rules = {one.rule.id for one in found} & NOT_THE_WORK
        assert not rules, (work.id, rules)
