"""Where in the text of a reference the registered people stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lupusrefs.compare.name_forms import Kind, NameForm, name_form
from lupusrefs.compare.name_words import PARTICLES
from lupusrefs.compare.text import is_absent
from lupusrefs.matching.approximate import nearest
from lupusrefs.matching.cited_text import CitedText
from lupusrefs.matching.evidence import Agreement, FieldEvidence
from lupusrefs.model.names import Name
from lupusrefs.model.work import Work

# Of a long list the first ones are cited, and nobody names more than so many.
_MOST: Final = 25
# Before the first author stand at most so many given names, initials not counted.
_LEAD: Final = 2
_PART: Final = 4  # letters of a part of a double name that is looked for
_SLIP: Final = 5  # letters from which one of a name may be wrong
_SLIPS: Final = 9  # letters from which two of them may be
# The share of the further authors that stands in for the first one.
_MOSTLY: Final = 0.6
# A text of so few words before its title names nobody.
_NOBODY: Final = 1


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """The registered people in a text.

    Attributes:
        first: the evidence on the first of them.
        others: how many of the further ones are there.
        more: how many of them were looked for.
        span: the words that they are among; None where nobody was found.
    """

    first: FieldEvidence
    others: int = 0
    more: int = 0
    span: range | None = None


def find_people(text: CitedText, work: Work, title: range | None) -> FoundPeople:
    """Look for the authors, or those who stand for them.

    Args:
        text: the reference.
        work: what is registered.
        title: where in the text its title stands: nobody is looked for there.
    """
    names = [one for one in work.author or work.editor or work.translator if _says(one)]
    if not names:
        return FoundPeople(FieldEvidence("author", Agreement.ABSENT))
    forms = [name_form(name) for name in names[:_MOST]]
    head = _head(text, title)
    first = _first(text, forms[0], head, title)
    found = [_place(text, form, title) for form in forms]
    places = [place for place in found if place is not None]
    span = range(min(places), max(places) + 1) if places else None
    others, more = sum(place is not None for place in found[1:]), len(forms) - 1
    note = "not in the first place" if first is Agreement.PART else None
    if first is Agreement.DIFFERS:
        if others and others >= _MOSTLY * more:
            # The one name is damaged; with a single other one it may be another's.
            first = Agreement.SLIGHT if others > 1 else Agreement.PART
            note = "the other authors only"
        elif not any(_is_prose(text, at) for at in head):
            first = Agreement.ABSENT
    evidence = FieldEvidence(
        "author", first, _cited(text, found[0]), _shown(names), note
    )
    return FoundPeople(evidence, others, more, span)


def place_of(text: CitedText, name: Name, title: range | None) -> int | None:
    """The word at which somebody's name begins, outside of the title.

    Args:
        text: the reference.
        name: the registered name.
        title: where in the text its title stands.
    """
    return _place(text, name_form(name), title)


def _says(name: Name) -> bool:
    return not name.is_others and not is_absent(name.family_with_particle)


def _shown(names: list[Name]) -> str:
    shown = names[0].family_with_particle
    return f"{shown} et al." if len(names) > 1 else shown


def _cited(text: CitedText, place: int | None) -> str:
    return text.words[place].shown if place is not None else ""


def _head(text: CitedText, title: range | None) -> range:
    """The words before the title, or those before the first number."""
    if title is not None and title.start > _NOBODY:
        return range(title.start)
    if title is not None:
        return range(0)
    for at, word in enumerate(text.words):
        if at > _LEAD and word.is_number:
            return range(at)
    return range(len(text.words))


def _is_prose(text: CitedText, at: int) -> bool:
    word = text.words[at]
    return not word.is_number and len(word.form) > 1


def _first(
    text: CitedText, form: NameForm, head: range, title: range | None
) -> Agreement:
    """What became of the first author; being named further on is ``PART``."""
    place = _place(text, form, title)
    if place is None:
        place = _slipped(text, form, head)
        if place is None:
            return Agreement.DIFFERS
        is_first = _words_before(text, place) <= _LEAD
        return Agreement.SLIGHT if is_first else Agreement.PART
    if form.kind is Kind.GROUP or _words_before(text, place) <= _LEAD:
        return Agreement.AGREES
    return Agreement.PART


def _words_before(text: CitedText, place: int) -> int:
    """How many words but initials, particles and numbers stand before one."""
    return sum(
        not (word.is_number or word.is_initials or word.form in PARTICLES)
        for word in text.words[:place]
    )


def _place(text: CitedText, form: NameForm, title: range | None) -> int | None:
    """The word at which a name begins, outside of the title."""
    for key in _keys(form):
        span = text.find(key)
        if span is None and key in text.respelt:
            span = range(text.respelt[key], text.respelt[key] + 1)
        if span is None:
            continue
        if title is None or span.start not in title:
            return span.start
        if (after := _after(text, key, title)) is not None:
            return after
    return None


def _after(text: CitedText, key: str, title: range) -> int | None:
    """The word behind the title that a name is, for styles that begin with it."""
    for at in range(title.stop, len(text.words)):
        if text.words[at].form == key:
            return at
    return None


def _keys(form: NameForm) -> tuple[str, ...]:
    """The family name in every spelling, then the parts of a double one (B31)."""
    keys: dict[str, None] = {}
    for reading in form.readings:
        keys |= dict.fromkeys(reading.keys)
    if form.kind is Kind.PERSON:
        for reading in form.readings:
            parts = [part for part in reading.family if part not in PARTICLES]
            if len(parts) > 1:
                ends = (parts[-1], parts[0])
                keys |= dict.fromkeys(part for part in ends if len(part) >= _PART)
    return tuple(keys)


def _slipped(text: CitedText, form: NameForm, head: range) -> int | None:
    """The word at which a name begins that has a letter wrong."""
    key = form.readings[0].keys[-1] if form.readings[0].keys else ""
    if len(key) < _SLIP or form.kind is not Kind.PERSON or not head:
        return None
    end = text.words[head.stop - 1].end
    distance, at = nearest(key, text.joined[:end])
    if distance > (2 if len(key) >= _SLIPS else 1):
        return None
    return text.word_at(max(0, at - len(key)))
