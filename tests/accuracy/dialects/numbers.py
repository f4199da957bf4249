"""How citers write volume, issue, pages and article numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Final, TypeAlias

from accuracy.case import Case, Step, cited, cited_text, dialects

Change: TypeAlias = Callable[[str], str | None]

_RANGE: Final = re.compile(r"([A-Za-z]*)(\d+)\s*[-–]\s*([A-Za-z]*)(\d+)")
_SUPPLEMENT: Final = re.compile(
    r"(?P<before>\d*)[\s_]*(?:S|[Ss]up(?:pl(?:ement)?)?)\.?[\s_]*(?P<index>\d*)"
)
_DOUBLE: Final = re.compile(r"(\d+)\s*[-–/]\s*(\d+)")
_ARTICLE: Final = re.compile(r"e?\d{2,}")
_ROMAN: Final = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_ROMAN_LIMIT: Final = 400


def roman(number: int) -> str:
    """A Roman numeral."""
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


def _roman_volume(text: str) -> str | None:
    if not (text.isdecimal() and 0 < int(text) < _ROMAN_LIMIT):
        return None
    return roman(int(text))


def _numeric(pattern: str) -> Change:
    return lambda text: pattern.format(text) if text[:1].isdecimal() else None


def _abbreviated(keep: int) -> Change:
    """The last page by the digits that differ, but at least so many."""

    def change(text: str) -> str | None:
        found = _RANGE.fullmatch(text)
        if not found:
            return None
        prefix, first, other, last = found.groups()
        if prefix != other or len(first) != len(last) or int(last) <= int(first):
            return None
        same = next(
            (i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), 0
        )
        short = last[min(same, len(last) - keep) :] if len(last) > keep else last
        return f"{prefix}{first}-{prefix if keep > 1 else ''}{short}"

    return change


def _joined(by: str) -> Change:
    def change(text: str) -> str | None:
        found = _RANGE.fullmatch(text)
        return f"{found[1]}{found[2]}{by}{found[3]}{found[4]}" if found else None

    return change


def _first_page(text: str) -> str | None:
    found = _RANGE.fullmatch(text)
    return found[1] + found[2] if found else None


def _supplement(pattern: str) -> Change:
    def change(text: str) -> str | None:
        found = _SUPPLEMENT.fullmatch(text)
        if not found:
            return None
        return pattern.format(found["before"], found["index"]).strip()

    return change


def _double(by: str) -> Change:
    return lambda text: _DOUBLE.sub(rf"\1{by}\2", text)


def _volume_with_issue(case: Case, _: Random) -> Case | None:
    volume, issue = case.reference.volume, case.reference.issue
    if not (volume and issue and volume.isdecimal() and issue.isdecimal()):
        return None
    return cited(case, volume=f"{volume}({issue})", issue=None)


def _supplement_in_volume(case: Case, _: Random) -> Case | None:
    volume, issue = case.reference.volume, case.reference.issue
    found = _SUPPLEMENT.fullmatch(issue or "")
    if not (volume and found) or found["before"]:
        return None
    return cited(case, volume=f"{volume} Suppl {found['index']}".strip(), issue=None)


def _article(pattern: str) -> Step:
    """An article number written another way; it is one where there is no range."""

    def step(case: Case, _: Random) -> Case | None:
        page, number = case.reference.page or "", case.work.article_number
        is_number = page == number or (page.startswith("e") and case.reference.volume)
        if not (is_number and _ARTICLE.fullmatch(page)):
            return None
        return cited(case, page=pattern.format(page.lstrip("e").lstrip("0") or "0"))

    return step


def _article_for_file_pages(case: Case, _: Random) -> Case | None:
    """The article number, where the pages are those of the file (B86)."""
    number = case.work.article_number
    starts_at_one = re.match(r"1\s*[-–]", case.reference.page or "")
    if not (number and starts_at_one and _ARTICLE.fullmatch(number)):
        return None
    return cited(case, page=number)


def _number_variable(case: Case, _: Random) -> Case | None:
    if not (case.reference.page and case.reference.page == case.work.article_number):
        return None
    return cited(case, page=None, number=case.reference.page)


_CHANGES: Final[dict[str, tuple[str, Change]]] = {
    "Vol. before the volume": ("volume", _numeric("Vol. {}")),
    "Volume before the volume": ("volume", _numeric("Volume {}")),
    "Bd. before the volume": ("volume", _numeric("Bd. {}")),
    "zeros before the volume": ("volume", _numeric("0{}")),
    "Roman volume": ("volume", _roman_volume),
    "volume with part letter": ("volume", _numeric("{}C")),
    "No. before the issue": ("issue", _numeric("No. {}")),
    "Issue before the issue": ("issue", _numeric("Issue {}")),
    "n° before the issue": ("issue", _numeric("n° {}")),
    "zeros before the issue": ("issue", _numeric("0{}")),
    "supplement as Suppl": ("issue", _supplement("{} Suppl {}")),
    "supplement as suppl_": ("issue", _supplement("{}suppl_{}")),
    "supplement as S": ("issue", _supplement("{}S{}")),
    "supplement as Supplement": ("issue", _supplement("{} Supplement {}")),
    "double issue with slash": ("issue", _double("/")),
    "double issue with en dash": ("issue", _double("–")),
    "double issue with &": ("issue", _double(" & ")),
    "pages with en dash": ("page", _joined("–")),
    "pages with two hyphens": ("page", _joined("--")),
    "pages with spaces": ("page", _joined(" - ")),
    "last page abbreviated": ("page", _abbreviated(1)),
    "last page abbreviated to two digits": ("page", _abbreviated(2)),
    "pp. before the pages": ("page", lambda text: f"pp. {text}"),
    "p. before the pages": ("page", lambda text: f"p.{text}"),
    "stop after the pages": ("page", lambda text: f"{text}."),
    "first page only": ("page", _first_page),
    "first page and ff.": (
        "page",
        lambda text: f"{first}ff." if (first := _first_page(text)) else None,
    ),
    "pages in capitals": ("page", str.upper),
    "pages in lower case": ("page", str.lower),
}
DIALECTS: Final = dialects(
    "numbers",
    {
        **{
            name: cited_text(field, change)
            for name, (field, change) in _CHANGES.items()
        },
        "volume(issue) in the volume": _volume_with_issue,
        "supplement in the volume": _supplement_in_volume,
        "article number bare": _article("{}"),
        "article number with e": _article("e{}"),
        "article number with Article": _article("Article {}"),
        "article number with Art. no.": _article("Art. no. {}"),
        "article number for file pages": _article_for_file_pages,
        "article number as number": _number_variable,
    },
)
