"""Where in the text of a reference a registered title stands."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from lupusrefs.compare.text import words
from lupusrefs.compare.title_forms import MAX_LENGTH, TitleForm, title_form, titles_of
from lupusrefs.compare.title_generic import is_generic
from lupusrefs.matching.approximate import nearest
from lupusrefs.matching.cited_text import CitedText
from lupusrefs.matching.evidence import Agreement
from lupusrefs.model.work import Work

_MOST: Final = 6
_WORDS_OF_A_PART: Final = 3
_LETTERS_OF_A_PART: Final = 15
# So much of a title may be wrong: scanning, typing, and spaces gone astray.
_SLIGHT: Final = 0.08
_PART: Final = 0.3
# Shorter titles are found by chance when letters may be wrong.
_LEAST: Final = 12
_GRAM: Final = 4
_SHARED_GRAMS: Final = 0.3
_NUMERAL: Final = re.compile(r"\d+|\b(?:i{1,3}|iv|vi{0,3}|ix|x)\b")
# What stands before the title of another work: "Reply to ...", "Review of ...".
_ABOUT: Final = frozenset(
    """
    correction corrections erratum errata corrigendum corrigenda addendum retraction
    withdrawal reply response comment comments commentary review rezension letter
    rejoinder discussion retracted data dataset code supplement supplementary figures
    """.split()  # noqa: SIM905 - a list of words
)
_BETWEEN: Final = frozenset(
    ("to", "on", "of", "the", "zu", "article", "re", "by", "in", "from", "for")
)
_BEFORE: Final = 6


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A registered title in a text.

    Attributes:
        agreement: how much of it is there.
        span: the words of the text that it is; None where it is not there.
        registered: the title.
        letters: how many letters it has.
        is_generic: whether many works have it.
        note: what else is to be said.
    """

    agreement: Agreement
    span: range | None
    registered: str
    letters: int
    is_generic: bool = False
    note: str | None = None


def find_title(text: CitedText, work: Work) -> FoundTitle:
    """The registered title that is there most fully."""
    found: list[FoundTitle] = []
    for title in titles_of(work)[:_MOST]:
        if len(title.text) <= MAX_LENGTH and (form := title_form(title.text)).words:
            one = _find(text, title.text, form)
            if one.agreement is Agreement.AGREES and not one.is_generic:
                return one
            found.append(one)
    if not found:
        return FoundTitle(Agreement.ABSENT, None, "", 0)
    return max(found, key=lambda one: (not one.is_generic, one.agreement))


def _find(text: CitedText, title: str, form: TitleForm) -> FoundTitle:
    generic, count = is_generic(form.joined), len(form.joined)
    base = FoundTitle(Agreement.DIFFERS, None, title, count, generic)
    span = text.find(form.joined)
    if span is not None:
        if about := _about(text, span, title):
            note = f"the text has “{about}” before it"
            return FoundTitle(Agreement.DIFFERS, span, title, count, generic, note)
        return FoundTitle(Agreement.AGREES, span, title, count, generic)
    if generic or (not form.is_latin and not _shares(form.joined, text)):
        return base
    found = (
        _nearly(text, base, form),
        _main_part(text, base, form),
        _scrambled(text, base, form),
    )
    return max((base, *filter(None, found)), key=lambda one: one.agreement)


def _about(text: CitedText, span: range, title: str) -> str | None:
    """The word by which the text says that it is about the work of this title."""
    before = text.words[max(0, span.start - _BEFORE) : span.start]
    # The status of a notice is no part of its title's form.
    own = words(title)[:_WORDS_OF_A_PART]
    for word in reversed(before):
        if word.form in _ABOUT and word.form not in own:
            return word.shown
        if word.form not in _BETWEEN:
            return None
    return None


def _grams(joined_text: str) -> set[str]:
    return {joined_text[at : at + _GRAM] for at in range(len(joined_text) - _GRAM + 1)}


def _shares(title: str, text: CitedText) -> bool:
    """Whether enough of a title is in the text for a closer look."""
    grams = _grams(title)
    shared = sum(gram in text.joined for gram in grams)
    return shared > _SHARED_GRAMS * max(1, len(grams))


def _nearly(text: CitedText, base: FoundTitle, form: TitleForm) -> FoundTitle | None:
    """The title with some letters or a word wrong."""
    size = len(form.joined)
    if size < _LEAST or not _shares(form.joined, text):
        return None
    distance, end = nearest(form.joined, text.joined)
    if distance > _PART * size:
        return None
    start = _start(form.joined, text.joined[:end])
    span = range(text.word_at(start), text.word_at(end - 1) + 1)
    if about := _about(text, span, base.registered):
        note = f"the text has “{about}” before it"
        return FoundTitle(
            Agreement.DIFFERS, span, base.registered, base.letters, note=note
        )
    agreement = Agreement.SLIGHT if distance <= _SLIGHT * size else Agreement.PART
    cited = " ".join(text.forms[at] for at in span)
    if _NUMERAL.findall(cited) != _NUMERAL.findall(" ".join(form.words)):
        agreement = Agreement.PART
    return FoundTitle(agreement, span, base.registered, base.letters, note="nearly")


def _start(pattern: str, text: str) -> int:
    """Where the part that ends a text and is nearest to a pattern begins."""
    _, length = nearest(pattern[::-1], text[::-1][: 2 * len(pattern)])
    return len(text) - length


def _scrambled(text: CitedText, base: FoundTitle, form: TitleForm) -> FoundTitle | None:
    """All words of the title, and no other, in another order."""
    size = len(form.words)
    if not _WORDS_OF_A_PART < size <= len(text.words):
        return None
    missing = Counter(form.words)
    for at, word in enumerate(text.forms):
        missing[word] -= 1
        if at >= size:
            missing[text.forms[at - size]] += 1
        if at >= size - 1 and not any(missing.values()):
            span = range(at - size + 1, at + 1)
            return FoundTitle(
                Agreement.SLIGHT, span, base.registered, base.letters, note="scrambled"
            )
    return None


def _main_part(text: CitedText, base: FoundTitle, form: TitleForm) -> FoundTitle | None:
    """The title without its subtitle."""
    for end in sorted(form.ends, reverse=True):
        part = "".join(form.words[:end])
        if end < _WORDS_OF_A_PART or len(part) < _LETTERS_OF_A_PART:
            return None
        span = text.find(part) if end < len(form.words) else None
        if span is not None and not is_generic(part):
            if _about(text, span, base.registered):
                return None
            # "Part II" is no subtitle.
            is_part = _NUMERAL.search(" ".join(form.words[end:][:_WORDS_OF_A_PART]))
            agreement = Agreement.PART if is_part else Agreement.SLIGHT
            note = "main title only"
            return FoundTitle(agreement, span, base.registered, len(part), note=note)
    return None
