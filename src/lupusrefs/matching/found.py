"""What of a registered work stands in the text of a reference.

Wrong or missing fields of a parsed text cannot mislead here: the work's own words and
numbers are looked for, and what of the text they leave unexplained speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lupusrefs.compare.journals import is_preprint_server
from lupusrefs.compare.languages import may_be_translation
from lupusrefs.compare.text import words
from lupusrefs.matching.cited_text import CitedText
from lupusrefs.matching.evidence import Agreement, Facts, FieldEvidence
from lupusrefs.matching.found_container import FoundContainer, find_container
from lupusrefs.matching.found_numbers import FoundNumbers, find_numbers
from lupusrefs.matching.found_people import FoundPeople, find_people
from lupusrefs.matching.found_title import FoundTitle, find_title
from lupusrefs.matching.kinds import is_preprint, is_whole, trouble
from lupusrefs.model.work import Work

# So many words that nothing explains are another journal, or another title.
_OTHER_PLACE: Final = 2
_OTHER_TITLE: Final = 3
_BEFORE: Final = 4
_LETTERS: Final = 3
_NUMBERS_OF_A_PLACE: Final = 2
_SAYS_NOTHING: Final = frozenset(
    """
    and the for with from und des der die das von les dans par pour con per del
    vol volume no nos num number issue iss pages page pp art article paper chapter
    eds editors editor edited hrsg trans translated edn edition rev revised
    available online epub ahead print press forthcoming accessed retrieved doi url
    isbn issn http https www org com pmid pmc preprint arxiv biorxiv medrxiv chemrxiv
    ssrn
    jan feb mar apr may jun jul aug sep sept oct nov dec january february march april
    june july august september october november december spring summer autumn fall
    winter suppl supplement part ser series thesis anon
    """.split()  # noqa: SIM905 - a list of words
)


def facts_of_text(text: CitedText, work: Work) -> Facts:
    """The evidence of a text on a work."""
    title = find_title(text, work)
    people = find_people(text, work, title.span)
    container = find_container(text, work, title.span, _begin(title, people))
    elsewhere = {*(title.span or ()), *(container.span or ())}
    numbers = find_numbers(text, work, elsewhere)
    left = _Leftover(text, work, elsewhere, title.span, people.span)
    fields = (
        _title(title, left),
        people.first,
        _container(text, work, container, left.after, numbers),
        *numbers.fields,
    )
    return Facts(
        fields={one.field: one for one in fields},
        letters=title.letters,
        is_generic=title.is_generic,
        others=people.others,
        more=people.more,
        digits=numbers.digits,
        trouble=trouble(_cited_titles(text, title.span), work)
        or _is_of_chapter(text, work, title.span, left.before, numbers.cited),
        is_whole=is_whole(work),
        may_be_translated=may_be_translation(text.text, title.registered),
    )


def _cited_titles(text: CitedText, title: range | None) -> Iterator[str]:
    """What may be the title, with the words before that may belong to it."""
    if title is not None:
        for start in range(max(0, title.start - _BEFORE), title.start + 1):
            yield text.shown(range(start, title.stop))


def _is_of_chapter(
    text: CitedText, work: Work, title: range | None, before: int, numbers: int
) -> str | None:
    """Whether a book is what the cited chapter is in, for its title stands so.

    Args:
        text: the reference.
        work: what is registered.
        title: where its title stands.
        before: how many words before that nothing explains: the chapter's title.
        numbers: how many numbers are cited: the chapter's pages.
    """
    if title is None or not title.start or not is_whole(work):
        return None
    is_in = text.words[title.start - 1].form == "in"
    placed = numbers >= _NUMBERS_OF_A_PLACE
    if is_in or before >= _OTHER_PLACE or (before and placed):
        return "it is the book that the cited chapter is in"
    return None


class _Leftover:
    """The words of a text that neither work nor boilerplate explains.

    Attributes:
        all: of the whole text, but for its people.
        before: between the first of the people and the title.
        after: of what follows the title.
    """

    def __init__(
        self,
        text: CitedText,
        work: Work,
        elsewhere: set[int],
        title: range | None,
        people: range | None,
    ) -> None:
        known = _known_words(work)
        behind = title.stop if title is not None else 0
        first = people.start if people is not None else -1
        named = people.stop if people is not None and title is None else 0
        self.all = self.after = self.before = 0
        for at, word in enumerate(text.words):
            if at in elsewhere or word.is_number or len(word.form) < _LETTERS:
                continue
            if word.form in _SAYS_NOTHING or word.form in known:
                continue
            if title is None and _is_name(text, at):
                continue
            self.all += at >= named
            self.after += title is not None and at >= behind
            self.before += title is not None and at < behind and at > first


def _is_name(text: CitedText, at: int) -> bool:
    """Whether a word has initials beside it: an author whom the registry lacks."""
    beside = (*text.words[max(0, at - 1) : at], *text.words[at + 1 : at + 2])
    return any(word.is_initials and not word.is_number for word in beside)


def _known_words(work: Work) -> frozenset[str]:
    people = (*work.author, *work.editor, *work.translator)
    texts = [str(name) for name in people]
    texts += filter(None, (work.publisher, work.publisher_place, work.event_title))
    texts += filter(None, (work.event_place, work.language, work.genre))
    texts += [one for one in (work.container_title, *work.container_titles) if one]
    return frozenset(word for one in texts for word in words(one))


def _title(title: FoundTitle, left: _Leftover) -> FieldEvidence:
    agreement = title.agreement
    if agreement is Agreement.DIFFERS and title.span is None and not title.is_generic:
        # A text without any title does not contradict the registered one.
        agreement = Agreement.DIFFERS if left.all >= _OTHER_TITLE else Agreement.ABSENT
    cited = title.registered if title.span is not None else ""
    return FieldEvidence("title", agreement, cited, title.registered, title.note)


def _begin(title: FoundTitle, people: FoundPeople) -> int:
    """Where the name of a journal may begin: behind the authors' initials."""
    if title.span is not None:
        return title.span.stop
    return people.span.start + 1 if people.span is not None else 0


def _container(
    text: CitedText,
    work: Work,
    container: FoundContainer,
    left: int,
    numbers: FoundNumbers,
) -> FieldEvidence:
    """A container that the text does not have, where it names another one, differs."""
    agreement, note = container.agreement, container.note
    if agreement is Agreement.DIFFERS and left < _OTHER_PLACE:
        agreement = Agreement.ABSENT
    elif agreement is Agreement.ABSENT and not is_whole(work):
        placed = numbers.cited >= _NUMBERS_OF_A_PLACE
        if is_preprint(work):
            is_elsewhere = (left or placed) and not is_preprint_server(text.text)
        else:
            is_elsewhere = left >= _OTHER_PLACE or (left and placed)
        if is_elsewhere:
            agreement, note = Agreement.DIFFERS, "cited in something else"
    return FieldEvidence("container-title", agreement, "", container.registered, note)
