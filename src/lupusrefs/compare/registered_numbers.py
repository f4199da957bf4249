"""Volume, issue, page and article number of a work, as far as they are clean.

Registries hold placeholders, pages of the file, and numbers of before the issue was
made up (comparison.md, B76, B85 to B93): what is not clean is never proposed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lupusrefs.compare.text import clean, is_absent
from lupusrefs.findings import Change
from lupusrefs.model.item import Item
from lupusrefs.model.pages import split_range
from lupusrefs.model.work import Work

_NUMBER: Final = re.compile(r"(?=.*[\dIVXLCDM])[\w.]+(?:[-–/ ][\w.]+){0,3}")
_PAGES: Final = re.compile(
    r"[\w.:]*\d[\w.:]*(?:\s*[-–]\s*[\w.:]*\d[\w.:]*)?"
    r"(?:\s*,\s*[\w.:]*\d[\w.:]*(?:\s*[-–]\s*[\w.:]*\d[\w.:]*)?){0,8}"
)
_ARTICLE: Final = re.compile(r"[\w.-]*\d[\w.-]*")
_ZERO: Final = re.compile(r"0+(?:[-–]0+)?")
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class RegisteredNumbers:
    """What can be cited of a work's place in its journal; None where it is unclean.

    Attributes:
        volume: the volume.
        issue: the issue.
        page: the pages.
        number: the article number, where there are no pages.
    """

    volume: str | None
    issue: str | None
    page: str | None
    number: str | None

    @classmethod
    def of(cls, work: Work) -> RegisteredNumbers:
        """The clean numbers of a work."""
        volume = _clean(work.volume, _NUMBER)
        article = _clean(work.article_number or work.number, _ARTICLE)
        page = _clean(work.page or work.page_first, _PAGES)
        if page is not None:
            page = _without_impossible_end(page, has_article=article is not None)
        if page is not None and volume is None and _is_of_file(page):
            page = None  # registered before the issue was made up (B90)
        return cls(
            volume=volume,
            issue=_clean(work.issue, _NUMBER),
            page=page,
            number=article if page is None else None,
        )

    def citation(self) -> str:
        """As a citation has it: ``28(10):2124-2132``."""
        issue = f"({self.issue})" if self.issue else ""
        place = self.page or self.number
        return f"{self.volume or ''}{issue}" + (f":{place}" if place else "")

    def missing_in(self, reference: Item, without: str | None = None) -> list[Change]:
        """What to add to a reference.

        Args:
            reference: what is cited.
            without: a variable whose value does not count.
        """
        cited = {
            "volume": reference.volume,
            "issue": reference.issue,
            "page": reference.page or reference.page_first,
            "number": reference.number,
        }
        if without in cited:
            cited[without] = None
        has_place = not is_absent(cited["page"]) or not is_absent(cited["number"])
        registered = {"volume": self.volume, "issue": self.issue}
        if not has_place:
            registered |= {"page": self.page, "number": self.number}
        return [
            Change(variable, value)
            for variable, value in registered.items()
            if value is not None and is_absent(cited[variable])
        ]


def _clean(text: str | None, pattern: re.Pattern[str]) -> str | None:
    if text is None or is_absent(text) or len(text) > _LONGEST:
        return None
    text = clean(text).strip()
    if not pattern.fullmatch(text) or _ZERO.fullmatch(text):
        return None
    return text


def _is_of_file(page: str) -> bool:
    return split_range(page) is not None and page.startswith(("1-", "1–"))


def _without_impossible_end(page: str, *, has_article: bool) -> str | None:
    """B85: a last page before the first is dropped; B86: an article number is better.

    B91: of ``29-5410-29-5410`` nobody knows what it means.
    """
    if has_article and _is_of_file(page):
        return None
    pair = split_range(page)
    if pair is None:
        return (
            None if page.count("-") + page.count("–") > 1 and "," not in page else page
        )
    first, last = pair
    if first == last:
        return first
    if first.isdecimal() and last.isdecimal():
        whole = first[: max(0, len(first) - len(last))] + last
        return page if int(whole) > int(first) else first
    return page
