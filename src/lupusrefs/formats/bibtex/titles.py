"""Title, subtitle and addition -> one CSL title, and a CSL title -> ``title``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lupusrefs.formats.bibtex import latex
from lupusrefs.formats.bibtex import parse_latex as read
from lupusrefs.model.casing import sentence_case, without_protection
from lupusrefs.model.markup import plain

# A title that ends so takes no colon before its subtitle.
# From so many capitals on that reading would lower, a title is in Title Case.
_SURELY: Final = 3
_OUTER_SPACES: Final = re.compile(r"^((?:<[^<>]*>)*) +|(?<=\S) +((?:</[^<>]*>)*)$")
_ENDS: Final = tuple("?!:.…–—-")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as CSL has it.

    Attributes:
        text: in sentence case, where the title is in English.
        written: with the capitals of the file.
        has_subtitle: whether it was put together.
    """

    text: str
    written: str
    has_subtitle: bool = False


def read_title(source: str, *, english: bool, protect: bool = True) -> Title | None:
    """One title field; None where it is empty.

    Args:
        source: LaTeX.
        english: it may be in Title Case, which CSL titles are not.
        protect: braces keep capitals; else they mean nothing.
    """
    written = read.title(source) if protect else read.rich(source)
    # A macro of somebody's own leaves the space before it.
    written = _OUTER_SPACES.sub(r"\1\2", written)
    if not written:
        return None
    text = sentence_case(written) if english else without_protection(written)
    return Title(text, written)


def joined_titles(
    main: str, sub: str, addon: str, *, english: bool, protect: bool = True
) -> Title | None:
    """``Title: Subtitle. Addition``; None where all are empty."""
    title = read_title(main, english=english, protect=protect)
    for source, mark in ((sub, ":"), (addon, ".")):
        more = read_title(source, english=english, protect=protect) if source else None
        if more is None:
            continue
        if title is None:
            title = more
            continue
        title = Title(
            _joined(title.text, mark, more.text),
            _joined(title.written, mark, more.written),
            has_subtitle=True,
        )
    return title


def _joined(first: str, mark: str, second: str) -> str:
    return f"{first} {second}" if first.endswith(_ENDS) else f"{first}{mark} {second}"


def write_title(text: str, written: str | None, *, english: bool) -> str:
    """A title as LaTeX, so that reading it gives the title again.

    Args:
        text: the title.
        written: the title with the capitals of the user's own file, if it has them.
        english: whether it may be in Title Case, and is read as such.
    """
    own = written if written is not None and _is_case_of(written, text) else None
    for source in _spellings(text, own, english=english):
        again = read_title(source, english=english)
        if again is None:
            continue
        if again.text == text or (own is None and _is_surely_title_case(again, text)):
            return source
    return latex.title(text, english=english)


def _spellings(text: str, own: str | None, *, english: bool) -> Iterator[str]:
    """Ways to write a title, from the best to the one that protects every letter."""
    if own is not None:
        yield latex.title(own, english=english)
    yield latex.title(text, english=english)
    yield latex.title(text, english=False)
    yield latex.rich(text)
    yield latex.protected(text)


def _is_surely_title_case(again: Title, text: str) -> bool:
    """Whether reading only lowers so many capitals that none of them is a name's.

    Nobody wants braces around each word of a title in Title Case; the file has its
    capitals all the same. One or two may well be those of names, and get braces.
    """
    lowered = sum(one != other for one, other in zip(again.text, text, strict=False))
    return _is_case_of(again.text, text) and lowered >= _SURELY


def _is_case_of(written: str, text: str) -> bool:
    """Whether a title differs from another in nothing but capitals."""
    return plain(written).casefold() == plain(text).casefold()
