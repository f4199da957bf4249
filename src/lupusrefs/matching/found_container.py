"""Where in the text of a reference the registered place stands: a journal or a book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lupusrefs.compare.abbreviations import (
    STOP_WORDS,
    Tokens,
    abbreviates,
    content,
    is_acronym,
)
from lupusrefs.compare.journals import names_of
from lupusrefs.compare.text import is_absent, words
from lupusrefs.matching.approximate import nearest
from lupusrefs.matching.cited_text import CitedText
from lupusrefs.matching.evidence import Agreement
from lupusrefs.model.work import Work

_FIRST_WORDS: Final = 2
_SHARE: Final = 0.4
_ACRONYM: Final = 3
_LETTERS: Final = 4  # of an abbreviation: fewer are somebody's initials
_LEAST: Final = 12  # letters of a name in which some may be wrong
_SLIP: Final = 0.12


@dataclass(frozen=True, slots=True)
class FoundContainer:
    """A registered journal or book in a text."""

    agreement: Agreement
    span: range | None
    registered: str
    note: str | None = None


def find_container(
    text: CitedText, work: Work, title: range | None = None, begin: int = 0
) -> FoundContainer:
    """Look for a name of the container, in full, cut short, or as an acronym.

    Args:
        text: the reference.
        work: what is registered.
        title: where in the text the title stands.
        begin: the word from which on names that are cut short are looked for: among
            the initials of authors are those of every journal.
    """
    names = _names(work)
    shown = work.container_title or next(iter(work.container_titles), "")
    best = FoundContainer(Agreement.ABSENT, None, shown)
    if not names:
        return best
    best = FoundContainer(Agreement.DIFFERS, None, shown)
    for name in names:
        for agreement, span, note in _places(text, name, title, begin):
            if agreement is Agreement.AGREES:
                return FoundContainer(agreement, span, shown, note)
            if agreement > best.agreement:
                best = FoundContainer(agreement, span, shown, note)
    return best


def _names(work: Work) -> list[Tokens]:
    """Every name of the container, known former names and acronyms among them."""
    issns = tuple(filter(None, (work.issn or "").split(", ")))
    texts = (
        work.container_title,
        *work.container_titles,
        work.container_title_short,
        work.event_title,
    )
    names: dict[Tokens, None] = {}
    for one in texts:
        if one and not is_absent(one) and (name := tuple(filter(None, words(one)))):
            names[name] = None
            names |= dict.fromkeys(names_of(name, issns))
    return list(names)


def _places(
    text: CitedText, name: Tokens, title: range | None, begin: int
) -> Iterator[tuple[Agreement, range, str | None]]:
    span = text.find("".join(name))
    if span is not None and not _overlaps(span, title):
        yield Agreement.AGREES, span, None
    elif (near := _nearly(text, "".join(name))) and not _overlaps(near, title):
        yield Agreement.SLIGHT, near, "nearly"
    tokens = content(name) or name
    for at, word in enumerate(text.words[begin:], start=begin):
        if not word.is_number and (title is None or at not in title):
            yield from _at(text, at, tokens, title)


def _at(
    text: CitedText, at: int, tokens: Tokens, title: range | None
) -> Iterator[tuple[Agreement, range, str | None]]:
    """The name as it begins at one word: cut short, in part, as an acronym."""
    word = text.words[at]
    if len(tokens) == 1:
        if word.form == tokens[0]:
            yield Agreement.AGREES, range(at, at + 1), None
        return
    if word.form[0] == tokens[0][0]:
        count, end = _abbreviated(text, at, tokens, title)
        if _letters(text.forms[at:end]) >= _LETTERS:
            if count == len(tokens):
                yield Agreement.AGREES, range(at, end), "abbreviated"
            elif count >= max(_FIRST_WORDS, _SHARE * len(tokens)):
                yield Agreement.SLIGHT, range(at, end), "a part of the name"
    may_be = min(len(word.form), len(tokens)) >= _ACRONYM and word.shown[:1].isupper()
    if may_be and is_acronym(word.form, tokens):
        yield Agreement.AGREES, range(at, at + 1), "an acronym"


def _letters(forms: tuple[str, ...]) -> int:
    return sum(len(form) for form in forms if form not in STOP_WORDS)


def _nearly(text: CitedText, joined: str) -> range | None:
    """A name with some letters wrong."""
    if len(joined) < _LEAST or len(joined) > len(text.joined):
        return None
    distance, end = nearest(joined, text.joined)
    if distance > _SLIP * len(joined):
        return None
    start = max(0, end - len(joined))
    return range(text.word_at(start), text.word_at(end - 1) + 1)


def _overlaps(span: range, title: range | None) -> bool:
    return title is not None and span.start < title.stop and title.start < span.stop


def _abbreviated(
    text: CitedText, at: int, tokens: Tokens, title: range | None
) -> tuple[int, int]:
    """How many words of a name follow each other from a place on, and where it ends."""
    done, here = 0, at
    while done < len(tokens) and here < len(text.words):
        form = text.words[here].form
        if title is not None and here in title:
            break
        if abbreviates(form, tokens[done]):
            done += 1
        elif form not in STOP_WORDS:
            break
        here += 1
    return done, here
