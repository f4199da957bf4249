"""Two titles word beside word (comparison.md, 5.2, T5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from lupusrefs.compare.spelling import canonical
from lupusrefs.compare.text import fold, readings
from lupusrefs.compare.title_forms import TitleForm

# Beyond so many differing words on both sides nobody reads a list of them.
_MAX_DIFFERING: Final = 150
# comparison.md, B09: "Bcl-2D" for "Bcl-2Δ".
_INITIALS: Final = str.maketrans(
    "αβγδεζηθικλμνξοπρσςτυφχψω", "abgdezhtiklmnxoprsstufcpo"
)
_MICRO: Final = str.maketrans("μω", "uw")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of words that only one side has, or that differ.

    Attributes:
        cited: [begin, end) among the cited words.
        registered: the same among the registered words.
    """

    cited: tuple[int, int]
    registered: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two titles beside each other.

    Attributes:
        cited: the cited title.
        registered: the registered title.
        cited_keys: the cited words in the spelling that both sides share.
        registered_keys: the same of the registered words.
        blocks: where they differ.
        common: letters in the words they share.
    """

    cited: TitleForm
    registered: TitleForm
    cited_keys: tuple[str, ...]
    registered_keys: tuple[str, ...]
    blocks: tuple[Block, ...]
    common: int

    def keys(self, block: Block) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of both sides of a block."""
        return (
            self.cited_keys[slice(*block.cited)],
            self.registered_keys[slice(*block.registered)],
        )

    def shown(self, block: Block) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The same as written."""
        return (
            self.cited.shown[slice(*block.cited)],
            self.registered.shown[slice(*block.registered)],
        )

    def is_first(self, block: Block) -> bool:
        """Whether both titles begin with the block."""
        return block.cited[0] == block.registered[0] == 0

    def is_last(self, block: Block) -> bool:
        """Whether both titles end with it."""
        return block.cited[1] == len(self.cited_keys) and block.registered[1] == len(
            self.registered_keys
        )

    @property
    def is_same(self) -> bool:
        """Whether nothing differs but spelling and spaces."""
        return "".join(self.cited_keys) == "".join(self.registered_keys)

    @property
    def is_related(self) -> bool:
        """Whether the words they share are half of the shorter one's letters.

        And a fifth of the longer one's, because a few small words are in any long
        title; or all of both, in another order.
        """
        lengths = _letters(self.cited_keys), _letters(self.registered_keys)
        if 2 * self.common >= min(lengths) and 5 * self.common >= max(lengths):
            return True
        return sorted(self.cited_keys) == sorted(self.registered_keys)


def align(cited: TitleForm, registered: TitleForm) -> Alignment:
    """Both titles, word beside word."""
    ours, theirs = shared_keys(cited, registered), shared_keys(registered, cited)
    begin = _common_length(ours, theirs)
    most = min(len(ours), len(theirs)) - begin
    end = min(_common_length(ours[::-1], theirs[::-1]), most)
    middle = ours[begin : len(ours) - end], theirs[begin : len(theirs) - end]
    common = _letters(ours[:begin]) + _letters(ours[len(ours) - end :])
    blocks = []
    for is_equal, (i, j), (k, m) in _opcodes(*middle):
        if is_equal:
            common += _letters(middle[0][i:j])
        else:
            blocks.append(
                Block((begin + i, begin + j), (begin + k, begin + m)),
            )
    return Alignment(cited, registered, ours, theirs, tuple(blocks), common)


def _opcodes(
    ours: tuple[str, ...], theirs: tuple[str, ...]
) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Whether it is equal, and from where to where, of each run of words."""
    if min(len(ours), len(theirs)) > _MAX_DIFFERING:
        yield False, (0, len(ours)), (0, len(theirs))
    elif not ours or not theirs:
        if ours or theirs:
            yield False, (0, len(ours)), (0, len(theirs))
    else:
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            yield tag == "equal", (i, j), (k, m)


def _letters(words: tuple[str, ...]) -> int:
    return sum(map(len, words))


def _common_length(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    shorter = min(len(left), len(right))
    if left[:shorter] == right[:shorter]:
        return shorter
    return next(number for number in range(shorter) if left[number] != right[number])


def shared_keys(form: TitleForm, other: TitleForm) -> tuple[str, ...]:
    """The words in their canonical spelling.

    Where they have letters beyond ASCII, in the reading that the other side has.
    """
    if form.joined.isascii() and form.text.isascii():
        return tuple(map(canonical, form.words))
    known = frozenset(other.words)
    keys = list(form.words)
    for number, shown in enumerate(form.shown):
        if not shown.isascii() and keys[number] not in known:
            keys[number] = next(
                (key for key in _readings(shown) if key in known), keys[number]
            )
    return tuple(map(canonical, keys))


@lru_cache(maxsize=4096)
def _readings(shown: str) -> tuple[str, ...]:
    """Other keys of a word: German, Greek letters as initials, what is ASCII of it."""
    lowered = shown.casefold()
    return (
        *readings(shown),
        fold(lowered.translate(_MICRO).translate(_INITIALS)),
        fold(lowered.translate(_INITIALS)),
        "".join(char for char in lowered if char.isascii() and char.isalnum()),
    )
