"""Works that look like a recorded one, and are not what its reference means."""

from __future__ import annotations

from collections.abc import Iterator

from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.names import Name
from lupusrefs.model.work import Update, Work

_MEETING = "Abstracts of the Annual Meeting of the Society of Wolves"
_NAMED: dict[str, object] = {"named": "10.65215/copy.1"}
_REVIEWER = (Name(family="Quasselbrink", given="Odo"),)


def look_alikes(work: Work) -> Iterator[tuple[str, Work]]:
    """(what it is, the work) for everything that may be taken for ``work``."""
    title = work.title or ""
    yield "meeting abstract", _like(work, "abstract", page="A43", **_elsewhere(69))
    yield "preprint", _like(work, "preprint", **_posted(work, -1))
    yield "copy", _like(work, "copy", **{**_posted(work, 1), **_NAMED})
    yield "reprint", _like(work, "reprint", years=3, page="11-19", **_elsewhere(4))
    yield "book review", _like(work, "review", author=_REVIEWER, **_elsewhere(13))
    yield "correction", _notice(work, f"Correction: {title}", "correction")
    yield "erratum", _notice(work, f"Erratum to: {title}", "erratum")
    yield "retraction", _notice(work, f"Retraction: {title}", "retraction")
    yield "component", _like(work, "x.g001", registered_type="component")
    yield (
        "peer review",
        _like(
            work,
            "decision",
            registered_type="peer-review",
            title=f"Review for “{title}”",
        ),
    )
    yield (
        "sequel",
        _like(
            work,
            "two",
            title=f"{title}. Part II",
            volume="977",
            page="9001-9009",
            article_number=None,
            number=None,
        ),
    )
    yield (
        "neighbour",
        _like(
            work,
            "next",
            title="On something else entirely, in nine words of prose",
            page="9001-9009",
            article_number=None,
            number=None,
        ),
    )
    yield (
        "issue",
        _like(
            work,
            "issue",
            registered_type="journal-issue",
            title=work.container_title or title,
            author=(),
            page=None,
        ),
    )


def _elsewhere(volume: int) -> dict[str, object]:
    return {
        "container_title": _MEETING,
        "container_titles": (_MEETING,),
        "container_title_short": None,
        "issn": None,
        "isbn": None,
        "volume": f"{volume}",
        "issue": "Suppl 2",
        "article_number": None,
        "number": None,
        "registered_type": "journal-article",
        "type": "article-journal",
        "publisher": "The Society",
    }


def _posted(work: Work, years: int) -> dict[str, object]:
    return {
        "registered_type": "posted-content",
        "type": "article",
        "genre": "preprint",
        "years": years,
        "container_title": None,
        "container_titles": (),
        "container_title_short": None,
        "issn": None,
        "volume": None,
        "issue": None,
        "page": None,
        "article_number": None,
        "number": None,
        "publisher": "A Server",
    }


def _notice(work: Work, title: str, kind: str) -> Work:
    update = Update(doi=work.id, type=kind)
    return _like(
        work, kind, title=title, page="9007", article_number=None, updates=(update,)
    )


def _like(work: Work, suffix: str, **changes: object) -> Work:
    """A work with another DOI, and in all but ``changes`` the same."""
    name = str(changes.pop("named", f"10.99999/{suffix}"))
    update: dict[str, object] = {"id": name, "doi": name, "updates": (), "aliases": ()}
    years = changes.pop("years", 0)
    if isinstance(years, int) and years and work.issued and work.issued.year:
        issued = Date(PartialDate(work.issued.year + years))
        update |= {"issued": issued, "dates": ()}
    if "title" in changes:
        update |= {"titles": (changes["title"],), "subtitles": (), "title_short": None}
    return work.model_copy(update={**update, **changes})
