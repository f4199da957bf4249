"""Titles of notices and of articles that were struck by one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs.compare.notices import (
    Kind,
    is_notice,
    kind_of_title,
    kind_of_type,
    status_of_title,
)
from lupusrefs.model.names import Name
from lupusrefs.model.work import Provenance, Update, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 11, 22, tzinfo=UTC)
)


def work(title: str, **fields: object) -> Work:
    """A registered work of a title."""
    return Work.model_validate(
        {"id": "10.1000/x", "doi": "10.1000/x", "title": title, "titles": (title,)}
        | {"provenance": PROVENANCE}
        | fields
    )


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Retraction—On wolves", Kind.RETRACTION),
        ("Retraction Note to: On wolves", Kind.RETRACTION),
        ("RETRACTION NOTICE for On wolves", Kind.RETRACTION),
        ("Statement of Retraction", Kind.RETRACTION),
        ("Retraction for Lupin et al., On wolves", Kind.RETRACTION),
        ("On wolves. Retraction", Kind.RETRACTION),
        ("Retraction and republication—On wolves", Kind.REPLACEMENT),
        ("Notice of Retraction and Replacement: On wolves", Kind.REPLACEMENT),
        ("Partial retraction: On wolves", Kind.PARTIAL),
        ("Withdrawal: On wolves", Kind.WITHDRAWAL),
        ("Editorial Expression of Concern: On wolves", Kind.CONCERN),
        ("Expression of Concern for Lupin, On wolves", Kind.CONCERN),
        ("Author Correction: On wolves", Kind.CORRECTION),
        ("Correction to “On wolves”", Kind.CORRECTION),
        ("Correction for Lupin et al., On wolves", Kind.CORRECTION),
        ("Corrigendum", Kind.CORRECTION),
        ("Erratum zu: Von Wölfen", Kind.CORRECTION),
        ("Fe de errores de «Lobos»", Kind.CORRECTION),
        ("On wolves – ERRATUM", Kind.CORRECTION),
        ("On wolves: publisher’s note", Kind.CORRECTION),
        ("<i>Erratum</i> to: On wolves", Kind.CORRECTION),
    ],
)
def test_a_notice_is_told_by_its_title(title: str, kind: Kind) -> None:
    """Words, marks and places vary from publisher to publisher."""
    assert kind_of_title(title) is kind


@pytest.mark.parametrize(
    "title",
    [
        "Jet retraction after the storm",
        "Retraction of the heart muscle in wolves",
        "Correction of scoliosis with two rods",
        "Corrections to the mass of the proton",
        "Error correction: a survey",
        "Withdrawal symptoms in wolves",
        "Expression of HLA-E in wolves",
        "Wolves: diagnosis and correction",
        "RETRACTED: On wolves",
        "",
    ],
)
def test_a_subject_of_research_is_no_notice(title: str) -> None:
    """A status word needs a mark beside it (comparison.md, U11)."""
    assert kind_of_title(title) is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("RETRACTED: On wolves", Kind.RETRACTION),
        ("RETRACTED ARTICLE: On wolves", Kind.RETRACTION),
        ("[Retracted] On wolves", Kind.RETRACTION),
        ("On wolves (Retracted article. See vol. 3, pg. 4, 2001)", Kind.RETRACTION),
        ("Retracted and replaced: On wolves", Kind.REPLACEMENT),
        ("WITHDRAWN: On wolves", Kind.WITHDRAWAL),
        ("ISDN2014_0001: REMOVED: On wolves", Kind.WITHDRAWAL),
        ("Retracted jets in wolves", None),
        ("Removed: wolves of the Alps", None),
        ("Retraction—On wolves", None),
    ],
)
def test_an_article_states_its_own_status(title: str, kind: Kind | None) -> None:
    """``RETRACTED:`` is the article's prefix, ``Retraction—`` the notice's."""
    assert status_of_title(title) is kind


def test_a_retracted_prefix_without_persons_on_one_page_is_the_notice() -> None:
    """Hindawi's notices have the journal as their author, or nobody (U10)."""
    journal = Name(family="Research and Practice", given="Wolf")
    byline = {"author": (journal,), "container_titles": ("Wolf Research and Practice",)}
    assert is_notice(work("Retracted: On wolves", page="1-1", **byline))
    assert is_notice(work("Retracted: On wolves", page="1"))
    people = (Name(family="Lupin", given="R"),)
    assert not is_notice(work("Retracted: On wolves", page="1-1", author=people))
    assert not is_notice(work("Retracted: On wolves", page="1-9"))


def test_type_names_of_updates_vary() -> None:
    """``err`` is an erratum, and an unknown type is neither (U9)."""
    names = ("err", "corrigendum", "partial_retraction", "new_version", "surprise")
    kinds = [kind_of_type(Update(doi="10.1000/n", type=name)) for name in names]
    assert kinds == [
        Kind.CORRECTION,
        Kind.CORRECTION,
        Kind.PARTIAL,
        Kind.NEW_VERSION,
        Kind.OTHER,
    ]
    labelled = Update(doi="10.1000/n", type="x", label="Expression of Concern")
    assert kind_of_type(labelled) is Kind.CONCERN
