"""What each difference between two titles comes to (comparison.md, 5.2, T6 to T8)."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final, NamedTuple

from lupusrefs.compare.spelling import canonical
from lupusrefs.compare.title_alignment import Alignment, Block
from lupusrefs.compare.title_forms import FORMULA, LOST, TitleForm
from lupusrefs.compare.title_generic import describes_book, is_column

_ARTICLES: Final = frozenset(
    ("a", "an", "the", "der", "die", "das", "le", "la", "les", "l")
)
# "22", "AB1107", "307-OR", "Abstract 060", "P2.01-045", "Chapter IV", joined.
_NUMBER_SHAPE: Final = re.compile(
    r"(?:abstracts?|posters?|paper|chapter|article|oral|presentation|talk|session"
    r"|lecture|kapitel|chapitre|capitulo|section|number|no|nr)"
    r"(?:[a-z]{0,4}\d{1,5}[a-z]{0,2}|[ivxl]{1,6})"
    r"|\d{1,6}(?:or|p|lb|op|po)?|[a-z]{1,4}\d{3,6}[a-z]?"
)
_MAX_NUMBER_WORDS: Final = 4
_MAX_HEADING: Final = 3  # words
_MAX_ACRONYM: Final = 5  # letters
# Journals that print the subject before the title, not always as part of it.
_WITH_SUBJECTS: Final = frozenset(("nature", "science"))
_MAX_NOTICE_WORDS: Final = 3
# A reply is another work than what it replies to (comparison.md, T9).
_NOTICES: Final = frozenset(
    "reply replies response responses rejoinder rebuttal comment comments erratum"  # noqa: SIM905 - a list of words
    " corrigendum correction addendum retraction".split()
)
_DIGITS: Final = re.compile(r"\d+")
# A footnote's digit, glued to the last word, which is no name of a gene or so (B16).
_FOOTNOTE: Final = re.compile(r"[^\W\d_A-Z]{4,}\d|[^\W\d_][^\W\d_A-Z]{5,}\d")

_WORDS_OF_A_PART: Final = 3
_ONE_LETTER: Final = 5  # letters a word needs, for one of them to be a slip
_TWO_LETTERS: Final = 8
_LONGEST_WORD: Final = 60
_MAX_FORMULA_WORDS: Final = 12
_MAX_SYMBOLS: Final = 2
_CUT_LETTERS: Final = 3


class Kind(IntEnum):
    """What a difference is, the worst last."""

    NOTHING = 0
    SPELLING = 1
    NUMBERING = 2
    PART = 3
    GARBLED = 4
    ARTICLE = 5
    CUT = 6
    LETTER = 7
    NUMBER = 8
    WORD = 9
    WHOLE = 10


class Difference(NamedTuple):
    """One difference: its kind, and in words why it counts for nothing."""

    kind: Kind
    reason: str | None = None


_NOTHING: Final = Difference(Kind.NOTHING)
_SAME: Final = Difference(Kind.SPELLING, "spelling variant")
_NUMBERING: Final = Difference(Kind.NUMBERING, "number omitted")
_MARK: Final = Difference(Kind.NUMBERING, "possible footnote digit")
_LOST: Final = Difference(Kind.GARBLED, "characters were lost")
_FORMULA: Final = Difference(Kind.GARBLED, "formula not compared")
_ARTICLE: Final = Difference(Kind.ARTICLE, "article word differs")
_EXTRA: Final = Difference(Kind.PART, "registered title has extra text")
_HEADING: Final = Difference(Kind.PART, "cited title has the subject before it")
_WORD: Final = Difference(Kind.WORD)
_CUT: Final = Difference(Kind.CUT, "cited title ends in the middle of a phrase")


class Context(NamedTuple):
    """What bears on the judgement besides the two titles.

    Attributes:
        corroborated: whether first author and year agree.
        containers: the names of the work's containers, joined.
    """

    corroborated: bool
    containers: frozenset[str]


def judge(alignment: Alignment, context: Context) -> tuple[Difference, ...]:
    """What each block of an alignment comes to."""
    if _is_formula_in_another_order(alignment):
        return (_FORMULA,) * len(alignment.blocks)
    return tuple(_judge(alignment, block, context) for block in alignment.blocks)


def _is_formula_in_another_order(alignment: Alignment) -> bool:
    """Whether only symbols are in another order: "2(T)(-ΔΔC)" for "2(-ΔΔC(T))"."""
    if len(alignment.blocks) == 1:
        return False
    ours: list[str] = []
    theirs: list[str] = []
    for block in alignment.blocks:
        cited, registered = alignment.keys(block)
        ours.extend(cited)
        theirs.extend(registered)
    return len("".join(ours)) <= _MAX_SYMBOLS and sorted(ours) == sorted(theirs)


def _judge(alignment: Alignment, block: Block, context: Context) -> Difference:
    ours, theirs = alignment.keys(block)
    if "".join(ours) == "".join(theirs):
        return _SAME
    if FORMULA in ours or FORMULA in theirs:
        return _formula(ours, theirs)
    if ours and theirs:
        return _replaced(alignment, block, ours, theirs)
    return _one_sided(alignment, block, ours or theirs, context)


def _formula(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Difference:
    """A formula stands for what the other side has in its place, and for no more."""
    for side, other in ((ours, theirs), (theirs, ours)):
        rest = [word for word in side if word != FORMULA]
        if len(rest) < len(side):
            if not rest and len(other) <= _MAX_FORMULA_WORDS:
                return _FORMULA
            if rest == [word for word in other if word != FORMULA]:
                return _FORMULA
    return _WORD


def _one_sided(
    alignment: Alignment, block: Block, keys: tuple[str, ...], context: Context
) -> Difference:
    """Words that only one side has."""
    shown = "".join("".join(side) for side in alignment.shown(block))
    if all(key in _ARTICLES for key in keys):
        return _ARTICLE
    if alignment.is_first(block):
        if _is_numbering(keys):
            return _NUMBERING
        if _is_heading(alignment, block, keys, context):
            return _EXTRA if block.registered[1] else _HEADING
    if alignment.cited.is_latin and not any(map(str.isascii, shown)):
        # What an export to ASCII leaves out: a Greek letter, or "≥".
        return _LOST
    if not alignment.is_last(block) and all(map(str.isdigit, keys)):
        return Difference(Kind.NUMBER)
    if alignment.is_last(block):
        return _ending(alignment, block, context)
    return _WORD


def _is_heading(
    alignment: Alignment, block: Block, keys: tuple[str, ...], context: Context
) -> bool:
    """Whether the words are the heading of a column or a subject (B30).

    PubMed writes the subjects of *Science* so: "PSYCHOLOGY. Estimating ..."; *Nature*
    has them with a colon.
    """
    form = alignment.registered if block.registered[1] else alignment.cited
    if len(keys) not in form.ends:
        return False
    if is_column("".join(keys)) and block.registered[1]:
        return True
    rest = len(form.words) - len(keys)
    if len(keys) > _MAX_HEADING or rest <= _WORDS_OF_A_PART:
        return False
    heading = "".join(form.shown[: len(keys)])
    is_capital = heading.isupper() and len(heading) > _MAX_ACRONYM
    if is_capital and not form.text.isupper():
        return form.text[len(heading) :].lstrip().startswith(".")
    return not _WITH_SUBJECTS.isdisjoint(context.containers)


def _is_numbering(keys: tuple[str, ...]) -> bool:
    return (
        len(keys) <= _MAX_NUMBER_WORDS
        and _NUMBER_SHAPE.fullmatch("".join(keys)) is not None
    )


def _ending(alignment: Alignment, block: Block, context: Context) -> Difference:
    """One title goes on where the other one ends."""
    ending = max(alignment.keys(block), key=len)
    if len(ending) <= _MAX_NOTICE_WORDS and not _NOTICES.isdisjoint(ending):
        return _WORD
    if block.registered[0] < block.registered[1]:
        return _cited_shorter(alignment, block, context)
    start = block.cited[0]
    tail = "".join(alignment.cited_keys[start:])
    enough = start >= _WORDS_OF_A_PART or context.corroborated
    if alignment.registered.is_cut:
        return Difference(Kind.PART, "registered title is cut short")
    if start in alignment.cited.ends and enough and _is_subtitle(alignment, tail):
        return Difference(Kind.PART, "registry has short title")
    spilt = len(ending) > 1 and any(
        container.startswith(tail) for container in context.containers
    )
    if spilt or tail in context.containers:
        return Difference(Kind.CUT, "cited title goes on with the name of the journal")
    return _WORD


def _is_subtitle(alignment: Alignment, tail: str) -> bool:
    """Whether the end of the cited title may be a subtitle, a genre, or a note.

    A single word behind a full stop is no subtitle.
    """
    return (
        alignment.cited.text.rstrip().endswith((")", "]"))
        or len(alignment.cited_keys[-1]) < len(tail)
        or is_column(tail)
    )


def _cited_shorter(alignment: Alignment, block: Block, context: Context) -> Difference:
    start = block.registered[0]
    enough = start >= _WORDS_OF_A_PART or context.corroborated
    if start in alignment.registered.ends and enough:
        if describes_book(_text_after(alignment.registered, start)):
            return Difference(Kind.PART, "review of cited title")
        return Difference(Kind.PART, "subtitle omitted")
    if alignment.cited.is_cut:
        return Difference(Kind.PART, "cited title is cut short with an ellipsis")
    if start < _WORDS_OF_A_PART:
        return _WORD
    # One word may have been lost as anywhere else in the title.
    return _CUT if block.registered[1] - start > 1 else _WORD


def _text_after(form: TitleForm, start: int) -> str:
    position = 0
    for word in form.shown[:start]:
        found = form.text.find(word, position)
        position = found + len(word) if found >= 0 else position
    return form.text[position:]


def _replaced(
    alignment: Alignment, block: Block, ours: tuple[str, ...], theirs: tuple[str, ...]
) -> Difference:
    """Other words on both sides: word by word where there are equally many."""
    if any(LOST in word for word in (*ours, *theirs)):
        # An incomplete word has no canonical spelling.
        ours = alignment.cited.words[slice(*block.cited)]
        theirs = alignment.registered.words[slice(*block.registered)]
    ours, theirs = _without_articles(ours), _without_articles(theirs)
    if ours == theirs:
        return _ARTICLE
    if _is_same_in_ascii(alignment, block):
        return _LOST
    left, right = "".join(ours), "".join(theirs)
    found = _pair(left, right)
    if found.kind >= Kind.LETTER and len(ours) == len(theirs) > 1:
        each = [_pair(*pair) for pair in zip(ours, theirs, strict=True)]
        found = min(found, max(each, key=_kind), key=_kind)
    if found.kind < Kind.LETTER:
        return found
    if alignment.is_last(block) and (special := _last(alignment, left, right)):
        return special
    if alignment.is_first(block) and right.endswith(left):
        prefix = right[: -len(left)]
        if is_column(prefix):
            return _EXTRA
    return found


def _is_same_in_ascii(alignment: Alignment, block: Block) -> bool:
    """Whether one side is the other without its words that have no ASCII at all."""
    if not alignment.cited.is_latin or all(
        word.isascii() for side in alignment.shown(block) for word in side
    ):
        return False
    sides = []
    for keys, shown in zip(alignment.keys(block), alignment.shown(block), strict=True):
        words = zip(keys, shown, strict=True)
        sides.append("".join(k for k, w in words if any(map(str.isascii, w))))
    return sides[0] == sides[1]


def _kind(difference: Difference) -> Kind:
    return difference.kind


def _without_articles(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _ARTICLES)


def _last(alignment: Alignment, left: str, right: str) -> Difference | None:
    """A footnote's digit at the end of a title, or a word that was cut."""
    for form, key, other in (
        (alignment.cited, left, right),
        (alignment.registered, right, left),
    ):
        # "demise1" is spelt otherwise than "demize", which stands for "demise".
        if canonical(key[:-1]) == other and _FOOTNOTE.fullmatch(form.shown[-1]):
            return _MARK
    missing = len(right) - len(left)
    if right.startswith(left) and missing >= _CUT_LETTERS and left:
        return _CUT
    return None


def _pair(left: str, right: str) -> Difference:
    """One word, or several in one, for another."""
    if left == right:
        return _SAME
    if LOST in left or LOST in right:
        return _LOST if _matches(left, right) else _WORD
    if any(map(str.isdigit, left)) or any(map(str.isdigit, right)):
        same = _DIGITS.sub("", left) == _DIGITS.sub("", right)
        return Difference(Kind.NUMBER) if same else _WORD
    longest = max(len(left), len(right))
    allowed = (longest >= _ONE_LETTER) + (longest >= _TWO_LETTERS)
    if longest <= _LONGEST_WORD and is_within(left, right, allowed):
        return Difference(Kind.LETTER)
    return _WORD


def _matches(left: str, right: str) -> bool:
    """Whether one is the other but for the characters that were lost."""
    pattern = left if LOST in left else right
    other = right if LOST in left else left
    if len(pattern) > _LONGEST_WORD or LOST in other:
        return pattern.replace(LOST, "") == other.replace(LOST, "")
    pieces = re.split(f"{LOST}+", pattern)
    return re.fullmatch(".{0,3}".join(map(re.escape, pieces)), other) is not None


def is_within(left: str, right: str, distance: int) -> bool:
    """Whether so many letters changed, lost, added or exchanged make one the other.

    >>> is_within("hominin", "hominid", 1), is_within("hominin", "human", 1)
    (True, False)
    """
    if abs(len(left) - len(right)) > distance:
        return False
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one != other))
            if i > 1 and j > 1 and one == right[j - 2] and left[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > distance:
            return False
    return row[-1] <= distance
