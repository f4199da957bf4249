"""First and last page in two fields, or all in one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lupusrefs.model.pages import split_range

# What looks like no page to anybody (EBSCO).
_NONE: Final = frozenset(("n.pag", "n.pag.", "n.pag-n.pag", "-"))
_LONGEST: Final = 100  # characters of a page range
_WORD: Final = re.compile(r"\w")
_LIST: Final = re.compile(r"\d\s*[,;]\s*\d")


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages, or how many there are."""

    text: str
    is_count: bool = False


def read_pages(first: str, last: str, *, is_whole_book: bool) -> Pages | None:
    """What the fields for first and last page say; None where that is nothing.

    Args:
        first: of the field for the first page, which may have the whole range.
        last: of the field for the last page, or "".
        is_whole_book: whether a single number is how many pages there are.
    """
    if first.casefold() in _NONE:
        first = ""
    if last.casefold() in _NONE:
        last = ""
    if not first or not last:
        may_be_count = is_whole_book and bool(first)
        return _one_field(first or last, may_be_count=may_be_count)
    if first == last:
        return Pages(first)
    if last == "+":  # Web of Science: and other pages
        return Pages(f"{first}+")
    whole = _range(first)
    if whole is not None and whole[1] == last:
        return Pages(first)
    return Pages(f"{first}-{last}")


def page_fields(
    page: str | None, count: str | None, *, is_whole_book: bool
) -> list[str]:
    """What to write in the fields for first and last page.

    A single page of a whole book is written twice: alone it would be a number of pages.
    """
    if page is None:
        return [count] if count and is_whole_book else []
    split = _range(page)
    if split is not None and split[0] != split[1]:
        return list(split)
    return [page, page] if is_whole_book else [page]


def _one_field(text: str, may_be_count: bool) -> Pages | None:
    if not text:
        return None
    half = _whole(text, may_be_count=may_be_count)
    if half != text:
        return Pages(half, is_count=may_be_count)
    if may_be_count and _range(text) is None and not _LIST.search(text):
        return Pages(text, is_count=True)
    return Pages(text)


def _half(text: str) -> str | None:
    """``206`` of ``206-206``: some exporters write the one field twice into it."""
    middle = len(text) // 2
    half = text[:middle]
    if text[middle] != "-" or half != text[middle + 1 :] or not _WORD.search(half):
        return None
    return half


def _whole(text: str, *, may_be_count: bool) -> str:
    """The text, once where it was written several times."""
    while (half := _half(text)) and (may_be_count or _range(text) is None):
        text = half
    return text


def _range(text: str) -> tuple[str, str] | None:
    return split_range(text) if len(text) <= _LONGEST else None
