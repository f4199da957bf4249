"""Works that look like the one that is cited, and are something else.

Figures, tables and supplements, whole journals and issues, reviews, notices, and copies
of a work under the DOIs of somebody who has nothing to do with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lupusrefs.compare.notices import has_notice_words, notice_kind
from lupusrefs.compare.text import clean, words
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.work import Work

_PARTS: Final = frozenset(("component",))
_UNCLEAR: Final = frozenset(("", "other", "dataset", "posted-content"))
_SERIALS: Final = frozenset(
    (
        *("journal", "journal-issue", "journal-volume", "Journal", "book-series"),
        *("report-series", "proceedings-series", "book-set", "grant", "database"),
    )
)
_REVIEWS: Final = frozenset(("peer-review", "PeerReview"))
_WHOLES: Final = frozenset(
    (
        *("book", "monograph", "edited-book", "reference-book", "Book", "report"),
        *("proceedings", "ConferenceProceeding", "dissertation", "Dissertation"),
        *("standard", "Report", "Standard", "Software", "Dataset", "dataset"),
    )
)
_PREPRINTS: Final = frozenset(("posted-content", "Preprint"))
# Copies of well-known works under their very titles and authors (registries.md, 7).
_COPYISTS: Final = frozenset(("10.65215",))
_PART_DOI: Final = re.compile(
    r"10\.[0-9.]+/.{3,}?\.(?:[gtsef]|sd|st|sg|tab|fig)\d{3,4}", re.IGNORECASE
)
_PART_TITLE: Final = re.compile(
    r"\W*(?:supplement(?:al|ary)\b|additional\s+file|supporting\s+information|figure\s"
    r"|fig\.|table\s|movie\s|video\s)",
    re.IGNORECASE,
)
# What repositories call the data behind an article.
_DATA_TITLE: Final = re.compile(
    r"\W*(?:data|datasets?|code|supplement\w*(?:\s+\w+)?|figures?|tables?)\s+(?:from|for|to)\b"
    r"(?!\s+the\b)",
    re.IGNORECASE,
)
_REVIEW_TITLE: Final = re.compile(
    r"\W*(?:decision\s+letter|author['’]?s?['’]?\s+response|review\s+for|peer\s+review\s+of"
    r"|(?:referee|reviewer)(?:\s+\d)?\s+(?:report|comments?))\b",
    re.IGNORECASE,
)


def is_whole(work: Work) -> bool:
    """Whether a work is a book or the like, which is cited without a place."""
    return work.registered_type in _WHOLES


def is_preprint(work: Work) -> bool:
    """Whether a work was posted, and not published."""
    return work.registered_type in _PREPRINTS


def trouble(cited_titles: Iterable[str], work: Work) -> str | None:
    """Why a work cannot be the one that is cited, whatever its fields say; or None.

    Args:
        cited_titles: the title; of a text all that may be it.
        work: what is registered.
    """
    prefix = fold(work.doi or work.id).partition("/")[0]
    if prefix in _COPYISTS:
        return f"{prefix} is known for copies of works of others"
    kind = work.registered_type or ""
    if kind in _SERIALS:
        return f"it is a whole {kind.replace('-', ' ').lower()}"
    title = clean(work.title or "")
    titles = tuple(cited_titles)
    # "...1986.251.2.e178" is an article's, for its registry says so.
    is_part = kind in _PARTS or (
        kind in _UNCLEAR and _PART_DOI.fullmatch(work.doi or work.id)
    )
    if is_part and not any(map(_PART_TITLE.match, (title, *titles))):
        return "it is a part of a work, such as a figure"
    if _DATA_TITLE.match(title) and not any(map(_DATA_TITLE.match, titles)):
        return "it is the data of a work"
    is_review = kind in _REVIEWS or _REVIEW_TITLE.match(title)
    if is_review and not any(map(_REVIEW_TITLE.match, titles)):
        return "it is a review of a work"
    if notice_kind(work) is not None and not any(map(has_notice_words, titles)):
        return "it is a notice, such as a correction, about a work"
    return None


def same_work(one: Work, other: Work) -> bool:
    """Whether two DOIs are of one work: all that tells works apart is equal.

    JSTOR and others register what a publisher has registered, too; and there are DOIs
    with a slash too many (comparison.md, B112).
    """

    def key(work: Work) -> tuple[object, ...]:
        first_page = re.split(r"[-–]", work.page or "")[0].strip().casefold()
        return (
            "".join(words(work.title or "")),
            (work.volume or "").casefold(),
            first_page,
        )

    mine, theirs = key(one), key(other)
    if mine != theirs or not (one.volume and one.page):
        return False
    ours, others = (_containers(work) for work in (one, other))
    return bool(ours & others) or not (ours and others)


def _containers(work: Work) -> set[str]:
    titles = (work.container_title, *work.container_titles)
    return {"".join(words(title)) for title in titles if title}
