"""How citers write the journal or the book."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from accuracy.case import Case, cited, cited_text, dialects
from accuracy.dialects.abbreviations import iso4
from accuracy.records import shown

_ARTICLE: Final = re.compile(r"The\s+(?=\w)")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b\s*")
_MEETINGS: Final = frozenset(("paper-conference",))
_JOURNALS: Final = frozenset(("article-journal", "article-magazine"))


def _is_journal(case: Case) -> bool:
    return case.reference.type in _JOURNALS


def _registered_short(case: Case, _: Random) -> Case | None:
    """What the registry itself gives as the short title, without codes (B99).

    A code is one word of a title that has several; the citer would not know it.
    """
    short, full = case.work.container_title_short, case.reference.container_title
    if not (short and full) or (len(full.split()) > 1 and len(short.split()) < 2):
        return None
    return cited(case, container_title=shown(short))


def _other_container(case: Case, random: Random) -> Case | None:
    """Another registered full title: the series for the volume, or the reverse."""
    short = case.work.container_title_short
    others = [t for t in case.work.container_titles[1:] if t and t != short]
    if not others:
        return None
    return cited(case, container_title=shown(random.choice(others)))


def _place(case: Case, _: Random) -> Case | None:
    """A place of publication behind it, as MEDLINE tells journals apart."""
    title = case.reference.container_title
    if not (title and _is_journal(case)):
        return None
    return cited(case, container_title=f"{title} (Oxford, England)")


def _short_place(case: Case, _: Random) -> Case | None:
    title = case.reference.container_title
    if not (title and _is_journal(case)):
        return None
    return cited(case, container_title=f"{iso4(title, dots=False) or title} (Oxf)")


def _society(case: Case, _: Random) -> Case | None:
    """Whose organ it is, as MEDLINE's full titles say."""
    title = case.reference.container_title
    if not (title and _is_journal(case)) or ":" in title or title[0].islower():
        return None
    organ = "official journal of the European Society"
    return cited(case, container_title=f"{title} : {organ}")


def _proceedings(case: Case, _: Random) -> Case | None:
    title = case.reference.container_title or ""
    if case.reference.type not in _MEETINGS or title.startswith("Proc"):
        return None
    return cited(case, container_title=f"Proc. of the {title}") if title else None


def _without_year(case: Case, _: Random) -> Case | None:
    title = case.reference.container_title or ""
    if case.reference.type not in _MEETINGS:
        return None
    return cited(case, container_title=_YEAR.sub("", title).strip(" ,-'"))


def _with_article(text: str) -> str | None:
    return None if _ARTICLE.match(text) else f"The {text}"


DIALECTS: Final = dialects(
    "container",
    {
        "ISO 4 with dots": cited_text("container_title", lambda t: iso4(t, dots=True)),
        "ISO 4 without dots": cited_text(
            "container_title", lambda t: iso4(t, dots=False)
        ),
        "registered short title": _registered_short,
        "other registered title": _other_container,
        "article dropped": cited_text(
            "container_title", lambda t: _ARTICLE.sub("", t, 1)
        ),
        "article added": cited_text("container_title", _with_article),
        "& for and": cited_text("container_title", lambda t: t.replace(" and ", " & ")),
        "and for &": cited_text("container_title", lambda t: t.replace(" & ", " and ")),
        "place added": _place,
        "abbreviated with place": _short_place,
        "society added": _society,
        "container in capitals": cited_text("container_title", str.upper),
        "container in lower case": cited_text("container_title", str.lower),
        "stop after the container": cited_text("container_title", lambda t: f"{t}."),
        "comma after the container": cited_text("container_title", lambda t: f"{t},"),
        "Proc. of the": _proceedings,
        "conference without year": _without_year,
        "In: before the container": cited_text("container_title", lambda t: f"In: {t}"),
    },
)
