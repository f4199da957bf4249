"""Works cited in a state that they are no longer in, or under a DOI that is merged."""

from __future__ import annotations

from random import Random
from typing import Final

from accuracy.case import Case, cited
from accuracy.planted.corruption import Corruption
from accuracy.pool import Pool
from lupusrefs.findings import Severity
from lupusrefs.model.work import Relation

_ARTICLES: Final = frozenset(("article-journal",))
_PREPRINT: Final = "posted-content"


def _ahead_of_print(case: Case, _: Random, __: Pool) -> Case | None:
    """Cited without numbers as ahead of print, and registered with them."""
    work = case.work
    if work.type not in _ARTICLES or not (work.volume and work.page):
        return None
    if not work.volume.strip("0") or work.page.startswith(("1-1", "n/a")):
        return None
    return cited(
        case, volume=None, issue=None, page=None, status="Online ahead of print"
    )


def _epub(case: Case, random: Random, pool: Pool) -> Case | None:
    """The same in a note, in MEDLINE's words."""
    ahead = _ahead_of_print(case, random, pool)
    return cited(ahead, status=None, note="[Epub ahead of print]") if ahead else None


def _as_article(case: Case, random: Random, pool: Pool) -> Case | None:
    """A preprint's DOI in a reference that names a journal."""
    if case.work.registered_type != _PREPRINT or case.work.genre != "preprint":
        return None
    container = pool.container(case.work, random)
    if container is None:
        return None
    return cited(case, type="article-journal", container_title=container.title)


def _published(case: Case, _: Random, __: Pool) -> Case | None:
    """A preprint whose record names the article that it has become."""
    if case.work.registered_type != _PREPRINT or case.work.genre != "preprint":
        return None
    relation = Relation(type="is-preprint-of", id="10.5555/article", id_type="doi")
    work = case.work.model_copy(update={"relations": (relation,)})
    return Case(case.reference, work)


def _alias(case: Case, _: Random, __: Pool) -> Case:
    """A DOI that was merged into the one that is registered."""
    alias = f"{case.work.id}.old"
    return Case(
        case.reference.model_copy(update={"doi": alias}),
        case.work.model_copy(update={"aliases": (alias,)}),
    )


def _rule(
    id_: str, *fields: str | None
) -> tuple[frozenset[str], frozenset[str | None]]:
    return frozenset({id_}), frozenset(fields)


CORRUPTIONS: Final = (
    Corruption(
        "ahead of print, in the status",
        "status",
        *_rule("ahead-of-print-now-in-issue", "status"),
        _ahead_of_print,
        bar=0.99,
    ),
    Corruption(
        "ahead of print, in a note",
        "status",
        *_rule("ahead-of-print-now-in-issue", "note"),
        _epub,
        bar=0.99,
    ),
    Corruption(
        "preprint cited as an article",
        "status",
        *_rule("preprint-cited-as-article", "container-title", "DOI"),
        _as_article,
        bar=0.99,
    ),
    Corruption(
        "preprint published since",
        "status",
        *_rule("preprint-now-published", "DOI"),
        _published,
        severity=Severity.INFO,
        bar=1.0,
    ),
    Corruption(
        "DOI merged into another one",
        "status",
        *_rule("doi-alias", "DOI"),
        _alias,
        severity=Severity.INFO,
        bar=1.0,
    ),
)
