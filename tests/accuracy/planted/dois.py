"""A DOI, or a journal, of something else."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final, TypeAlias

from accuracy.case import Case, cited
from accuracy.planted.corruption import CONTAINER, TITLE, Corruption, Plant, Skip
from accuracy.pool import Container, Pool, letters
from accuracy.records import shown
from lupusrefs.model.work import Work

Choose: TypeAlias = Callable[[Pool, Work, Random], Work | None]
ChooseContainer: TypeAlias = Callable[[Pool, Work, Random], Container | None]


def _doi(choose: Choose) -> Plant:
    """The DOI of another work, whose record the reference then meets."""

    def plant(case: Case, random: Random, pool: Pool) -> Case | Skip | None:
        other = choose(pool, case.work, random)
        if other is None or other.id.lower() == case.work.id.lower():
            return None
        if _is_same_work(case.work, other):
            return Skip.REGISTERED
        reference = case.reference.model_copy(update={"doi": other.id})
        return Case(reference, other)

    return plant


def _is_same_work(one: Work, other: Work) -> bool:
    """Whether two DOIs are of one work, or of two with one title (B112)."""
    titles = letters(shown(one.title or "")), letters(shown(other.title or ""))
    related = any(end.id.lower() == other.id.lower() for end in one.relations)
    return related or (
        all(titles)
        and (titles[0].startswith(titles[1]) or titles[1].startswith(titles[0]))
    )


def _of_type(*types: str) -> Choose:
    def choose(pool: Pool, _: Work, random: Random) -> Work | None:
        works = [work for type_ in types for work in pool.parts.get(type_, ())]
        return random.choice(works) if works else None

    return choose


def _container(choose: ChooseContainer) -> Plant:
    def plant(case: Case, random: Random, pool: Pool) -> Case | None:
        # A chapter or a paper of a meeting is cited by its book, series or meeting.
        if not case.reference.container_title or case.work.type != "article-journal":
            return None
        other = choose(pool, case.work, random)
        return cited(case, container_title=other.title) if other else None

    return plant


# What kind of thing the DOI stands for says as well that it is not the cited work.
_ANOTHER: Final = frozenset(
    {
        *("doi-of-another-work", "doi-is-notice", "doi-is-review", "doi-is-fragment"),
        *("doi-is-container", "doi-is-component", "doi-is-journal"),
    }
)
_DOI_FIELD: Final = frozenset({"DOI"})
_CONTAINER_FIELD: Final = frozenset({"container-title"})


CORRUPTIONS: Final = (
    # Of a series by the same people nothing may differ but a word of the title.
    *(
        Corruption(
            name,
            "DOI",
            _ANOTHER | TITLE,
            _DOI_FIELD | {"title"},
            _doi(choose),
            bar=0.99,
        )
        for name, choose in (
            ("DOI of another work of the author", Pool.same_author),
            ("DOI of another work of the journal", Pool.same_container),
        )
    ),
    *(
        Corruption(name, "DOI", _ANOTHER, _DOI_FIELD, _doi(choose), bar=0.99)
        for name, choose in (
            ("DOI of any other work", lambda pool, _, random: pool.any_work(random)),
            ("DOI of a figure", _of_type("component")),
            ("DOI of a journal or issue", _of_type("journal", "journal-issue")),
            ("DOI of a peer review", _of_type("peer-review")),
        )
    ),
    *(
        Corruption(
            name,
            "container",
            CONTAINER,
            _CONTAINER_FIELD,
            _container(choose),
            bar=bar,
            together="another journal, of any or of the same field",
        )
        for name, choose, bar in (
            ("another journal", Pool.container, 0.95),
            ("another journal of the field", Pool.container_like, 0.95),
            # Whether a shorter name is another journal's only a list of them says.
            ("parent or daughter journal", Pool.offshoot, None),
        )
    ),
)
