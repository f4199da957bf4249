"""Records damaged as comparison.md, section 3, has found them: the citer is right."""

from __future__ import annotations

import html
import re
from random import Random
from typing import Final

from accuracy.case import Case, Step, dialects, registered, registered_text
from accuracy.dialects.abbreviations import iso4
from accuracy.dialects.character import mojibake
from accuracy.dialects.numbers import roman
from accuracy.records import shown
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.work import RegisteredDate

_RANGE: Final = re.compile(r"([A-Za-z]?)(\d+)\s*[-–]\s*[A-Za-z]?(\d+)")
_PRINTED: Final = re.compile(r"\d+\s*[-–]\s*\d+")
_ROMAN_LIMIT: Final = 400
_ONLINE_SINCE: Final = 2003
_ENOUGH: Final = 3  # words of a main title that may stand alone


def _glued_markup(text: str) -> str | None:
    """A word in italics without the spaces around it (B03)."""
    words = text.split(" ")
    if len(words) < 4 or "<" in text:
        return None
    at = len(words) // 2
    glued = f"{words[at - 1]}<i>{words[at]}</i>{words[at + 1]}"
    return " ".join([*words[: at - 1], glued, *words[at + 2 :]])


def _scan_hyphen(text: str) -> str:
    """A hyphen and a space left from the end of a line (B11)."""
    return re.sub(r"\b([a-z]{4})([a-z]{4,})\b", r"\1- \2", text, count=1)


def _footnote_digit(text: str) -> str | None:
    """Behind a word in lower case (B16); "Notch1" would be another thing."""
    return f"{text}1" if re.search(r"(?:^|\s)[a-z]{4,}$", text) else None


def _main_title(text: str) -> str | None:
    main, _, sub = text.partition(": ")
    is_cut = len(main.split()) >= _ENOUGH and len(sub.split()) > 1
    return main if is_cut else None


def _section(text: str) -> str | None:
    """A number in front, unless there is one (B19)."""
    return None if re.match(r"[IVX]+\.|\W*\d", text) else f"3. {text}"


def _wrapped(text: str) -> str | None:
    """An editorial on a topic (B30a)."""
    if len(text.split()) < _ENOUGH:
        return None
    return f"Editorial [Hot Topic: {text} (Guest Editor: A. Smith)]"


def _lost_character(text: str, by: str) -> str | None:
    """A letter inside a word that the encoding lost (B30d): one with an accent."""
    damaged = re.sub(r"(?<=[a-z])[à-öø-ÿ](?=[a-z])", by, text)
    return damaged if damaged != text else None


def _mojibake(text: str) -> str | None:
    return None if text.isascii() else mojibake(text)


def _title_is_doi(case: Case, _: Random) -> Case | None:
    return registered(case, title=case.work.id, titles=(case.work.id,))


def _no_title(case: Case, _: Random) -> Case | None:
    return registered(case, title=None, titles=())


def _empty_first_title(case: Case, _: Random) -> Case | None:
    return registered(case, titles=("", *case.work.titles), title="")


def _second_language(case: Case, _: Random) -> Case | None:
    """A title in another language before the cited one (B25)."""
    other = "Untersuchungen über den Einfluss verschiedener Größen"
    return registered(case, title=other, titles=(other, *case.work.titles))


def _subtitle(make: str) -> Step:
    """A "subtitle" that is none (B22, B23)."""

    def step(case: Case, _: Random) -> Case | None:
        family = case.work.author[0].family_with_particle if case.work.author else ""
        text = make.format(
            container=case.work.container_title or "", family=family.upper()
        )
        return registered(case, subtitles=(text,)) if text.strip() else None

    return step


def _subtitle_apart(case: Case, _: Random) -> Case | None:
    """The part behind the colon in the slot of the subtitle."""
    main, _colon, sub = (case.work.title or "").partition(": ")
    if not sub:
        return None
    return registered(case, title=main, titles=(main,), subtitles=(sub,))


# --- dates ---


def _dates(issued: int, **kinds: int) -> dict[str, object]:
    return {
        "issued": Date(PartialDate(issued)),
        "dates": tuple(
            RegisteredDate(kind=kind, date=Date(PartialDate(year)))
            for kind, year in kinds.items()
        ),
    }


def _no_date(case: Case, _: Random) -> Case | None:
    return registered(case, issued=None, dates=())


def _year(case: Case) -> int:
    return (case.reference.issued and case.reference.issued.year) or 0


def _online_first(case: Case, _: Random) -> Case | None:
    """Online in the year before, print in the cited one (B63)."""
    year = _year(case)
    return registered(case, **_dates(year - 1, online=year - 1, print=year))


def _digitised(case: Case, _: Random) -> Case | None:
    """Put online decades later (B66)."""
    year = _year(case)
    if year > 1995:
        return None
    return registered(case, **_dates(year, online=year + 30, print=year))


def _online_only(case: Case, _: Random) -> Case | None:
    """Only the online date, of the year before the cited print (B65).

    Of a printed journal: what numbers its articles, or is data, is never printed.
    """
    work, year = case.work, _year(case)
    is_printed = work.type == "article-journal" and _PRINTED.match(work.page or "")
    if not is_printed or work.agency != "Crossref" or year <= _ONLINE_SINCE:
        return None
    created = _dates(year - 1, online=year - 1, created=year - 1)
    return registered(case, **created)


def _print_only(case: Case, _: Random) -> Case | None:
    """Only the print date, of the year after; the DOI was there before (B64)."""
    year = _year(case)
    return registered(case, **_dates(year + 1, print=year + 1, created=year))


# --- numbers ---


def _number(field: str, pattern: str) -> Step:
    return registered_text(
        field, lambda text: pattern.format(text) if text[:1].isdecimal() else None
    )


def _roman_volume(case: Case, _: Random) -> Case | None:
    volume = case.work.volume or ""
    if not (volume.isdecimal() and 0 < int(volume) < _ROMAN_LIMIT):
        return None
    return registered(case, volume=roman(int(volume)))


def _volume_as_issue(case: Case, _: Random) -> Case | None:
    """The volume's number in the issue's place, none in its own (B77)."""
    if not case.work.volume:
        return None
    return registered(case, volume=None, issue=case.work.volume)


def _pages(pattern: str) -> Step:
    """The page range written by a pattern of first and last page."""

    def step(case: Case, _: Random) -> Case | None:
        found = _RANGE.fullmatch(case.work.page or "")
        if not found or not 0 < int(found[2]) < int(found[3]):
            return None
        first = found[1] + found[2]
        page = pattern.format(first=first, less=max(int(found[2]) - 1, 0))
        return registered(case, page=page, number=None)

    return step


def _no_numbers(page: str | None) -> Step:
    """Registered before there was an issue: no volume, pages of the file (B90)."""

    def step(case: Case, _: Random) -> Case | None:
        if not case.work.volume or case.work.type != "article-journal":
            return None
        return registered(case, volume=None, issue=None, page=page)

    return step


# --- containers ---


def _abbreviated(case: Case, _: Random) -> Case | None:
    """The abbreviation in the place of the full name (B98)."""
    short = iso4(shown(case.work.container_title or ""), dots=True)
    if not short:
        return None
    return registered(case, container_title=short, container_titles=(short,))


def _code(case: Case, _: Random) -> Case | None:
    """A code before the title (B99)."""
    title = case.work.container_title or ""
    code = "".join(word[0] for word in title.split() if word[:1].isupper())
    if len(code) < 3 or not title:
        return None
    return registered(case, container_title=code, container_titles=(code, title))


def _typo(text: str) -> str | None:
    """A letter lost from a long word (B104)."""
    damaged = re.sub(r"\b([A-Z][a-z]{5,})[a-z]\b", r"\1", text, count=1)
    return damaged if damaged != text else None


def _entity(text: str) -> str:
    return text.replace("&", "&amp;").replace(" and ", " &amp; ")


DIALECTS: Final = dialects(
    "registry damage",
    {
        "title in capitals": registered_text("title", lambda t: shown(t).upper()),
        "markup glued": registered_text("title", _glued_markup),
        "entities kept": registered_text("title", lambda t: html.escape(shown(t))),
        "entities kept twice": registered_text(
            "title", lambda t: html.escape(html.escape(shown(t)))
        ),
        "escaped tags": registered_text(
            "title", lambda t: f"&lt;b&gt;{html.escape(shown(t))}&lt;/b&gt;"
        ),
        "title with line breaks": registered_text(
            "title", lambda t: t.replace(" ", "\n            ")
        ),
        "line-end hyphen": registered_text("title", _scan_hyphen),
        "footnote star": registered_text("title", lambda t: f"{t.rstrip('.')}*"),
        "footnote dagger": registered_text("title", lambda t: f"{t.rstrip('.')} †"),
        "footnote digit": registered_text("title", _footnote_digit),
        "abstract number": registered_text("title", lambda t: f"Abstract 060: {t}"),
        "poster number": registered_text("title", lambda t: f"AB1107 {t}"),
        "chapter number": registered_text("title", lambda t: f"Chapter 3 {t}"),
        "section number": registered_text("title", _section),
        "short title registered": registered_text("title", _main_title),
        "subtitle apart": _subtitle_apart,
        "running head as subtitle": _subtitle("{family} ET AL."),
        "journal as subtitle": _subtitle("{container}"),
        "other language first": _second_language,
        "first title empty": _empty_first_title,
        "title is the DOI": _title_is_doi,
        "no title registered": _no_title,
        "heading fused with title": registered_text("title", lambda t: f"Reviews{t}"),
        "editorial wrapper": registered_text("title", _wrapped),
        "lost letters as ?": registered_text(
            "title", lambda t: _lost_character(t, "?")
        ),
        "lost letters as U+FFFD": registered_text(
            "title", lambda t: _lost_character(t, "\ufffd")
        ),
        "title as Latin-1": registered_text("title", _mojibake),
        "no date registered": _no_date,
        "online the year before": _online_first,
        "digitised later": _digitised,
        "only online, year before": _online_only,
        "only print, year after": _print_only,
        "Volume in the volume": _number("volume", "Volume {}"),
        "n° in the volume": _number("volume", "n° {}"),
        "Roman volume registered": _roman_volume,
        "volume as issue": _volume_as_issue,
        "same page twice": _pages("{first}-{first}"),
        "first page registered": _pages("{first}"),
        "last page impossible": _pages("{first}-{less}"),
        "last page zero": _pages("{first}-0"),
        "page doubled": _pages("{first}-{first}-{first}-{first}"),
        "pages n/a": _pages("n/a-n/a"),
        "pages no-no": _pages("no-no"),
        "early access 1-1": _no_numbers("1-1"),
        "early access 1-13": _no_numbers("1-13"),
        "no numbers yet": _no_numbers(None),
        "container abbreviated": _abbreviated,
        "container code first": _code,
        "container typo": registered_text("container_title", _typo),
        "container with entity": registered_text("container_title", _entity),
        "registered container in capitals": registered_text(
            "container_title", str.upper
        ),
    },
)
