"""Whether one name of a journal abbreviates another (comparison.md 2.3).

ISO 4: words are cut off at the end (``Sci.``) or contracted (``Natl.``), articles,
conjunctions and prepositions are left out, and a title of one word stays as it is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

Tokens = tuple[str, ...]

#: Stands for a letter that a registry has lost (U+FFFD), so that it is in a word.
LOST: Final = "\ufffd"

# Articles, conjunctions and prepositions of the languages that journals have names in,
# folded as compare.text folds.
STOP_WORDS: Final = frozenset(
    """
    a al an and as at au auf aus aux av avec by con d da das de degli dei del dell
    della delle den der des det di die do dos du e een egli el em en et for from
    fuer fur gli het i il im in its ja l la las le les lo los na nach o och oder of
    og on or os per por pour pro s sur te the till to u uber ueb ueber um und van ve
    vid vom von voor with y za zu zum zur
    """.split()  # noqa: SIM905 - a list of words
)
# Between a title and the letter or number of a part of it.
SECTION_WORDS: Final = frozenset(
    ("part", "pt", "sect", "section", "ser", "serie", "series", "teil", "parte", "vol")
)
# Short words that are names of journals or stand unabbreviated in them: in ``Cell``
# nothing was left out.
_WHOLE_WORDS: Final = frozenset(
    "acta aging art asia bird birds blood body bone brain cell cells chest child crop"  # noqa: SIM905 - a list of words
    " dairy drug drugs earth ear eye fire flora food foods foot fuel gas gene"
    " genes gut hair hand head heart heat hip human ibis india iron japan joule"
    " knee land large laser law lens life light liver lung lupus mind neuro nurse oikos"
    " optik oral ozone pain plant plos power sex skin sleep small soil soils solar"
    " space spine sport steel stem taxon toxin trees urban urol vine virus vision"
    " water waste wear wood world youth zoo".split()
)
# Words that one letter tells apart.
_CLOSE_WORDS: Final = frozenset(
    "optics optica physics physica medicine medicina oncology ontology mycology myology"  # noqa: SIM905 - a list of words
    " chemica chemical biologia chimica clinica clinical cereal cereals polymer"
    " polymers sensor sensors cancer cancers nutrient nutrients botany".split()
)
# Contractions that do not end in the last letter of their word (LTWA).
_CONTRACTIONS: Final = frozenset(
    "comm commn dtsch engl fschr hlth jap jpn natn natur nachr schr tschr tijds tr"  # noqa: SIM905 - a list of words
    " zschr ztsch ztschr wschr".split()
)
_SHORT: Final = 5  # letters up to which a word may be contracted anywhere
_STEM: Final = 4  # letters that a longer contraction shares with its word
# One letter at the end abbreviates (Web of Science: "Power Energy M."), but not those
# that name sections.
_FINAL_INITIALS: Final = frozenset("jqzmnprstw")
_LONGEST: Final = 30  # words of a name that are looked at
_JOIN: Final = 4
_ACRONYM: Final = (2, 5)
_SHARE: Final = 0.6
_LONG_WORD: Final = 8  # letters from which two of them may be wrong
_TYPO: Final = 6  # letters from which one of them may be wrong


class Alignment(NamedTuple):
    """Two names beside each other.

    Attributes:
        pairs: positions of words that go together.
        cited: words of the first name that are left over.
        registered: those of the second.
        typos: whether a pair differs in a letter.
    """

    pairs: tuple[tuple[int, int], ...]
    cited: Tokens
    registered: Tokens
    typos: bool = False

    @property
    def complete(self) -> bool:
        """Whether nothing is left over."""
        return not self.cited and not self.registered


@lru_cache(maxsize=8192)
def abbreviates(short: str, word: str) -> bool:
    """Whether a word may be written so: cut off at the end, or contracted.

    >>> abbreviates("natl", "national"), abbreviates("ecology", "endocrinology")
    (True, False)
    """
    if short == word:
        return True
    if short == "ire" and word == "ieee":
        return True  # the Institute of Radio Engineers, until 1963
    if LOST in short or LOST in word:
        return _with_lost_letters(short, word)
    if len(short) >= len(word) or short[0] != word[0]:
        return False
    if word.startswith(short):
        return short not in _WHOLE_WORDS or len(word) - len(short) <= _STEM
    if short in _WHOLE_WORDS or not _is_subsequence(short, word):
        return False
    if len(short) <= _SHORT:
        same_end = short[-1] == word[-1] and len(word) - len(short) > 1
        return same_end or short in _CONTRACTIONS
    stem = _common_start(short, word)
    return stem >= _STEM and len(short) - stem <= 1 + (stem > _SHORT)


def _with_lost_letters(one: str, other: str) -> bool:
    """Equal but for the lost letters; a lost one may have stood for two."""
    damaged, whole = (one, other) if LOST in one else (other, one)
    head, _, rest = damaged.partition(LOST)
    tail = rest.rpartition(LOST)[2]
    return whole.startswith(head) and whole.endswith(tail) and len(head + tail) > 1


def _is_subsequence(short: str, word: str) -> bool:
    letters = iter(word)
    return all(letter in letters for letter in short)


def _common_start(one: str, other: str) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


@lru_cache(maxsize=8192)
def is_typo(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing or too much in a longer word."""
    if one == other or min(len(one), len(other)) < _TYPO:
        return False
    if abs(len(one) - len(other)) > 1:
        return False
    if one in _CLOSE_WORDS and other in _CLOSE_WORDS:
        return False
    start = _common_start(one, other)
    if len(one) == len(other):
        swapped = one[start : start + 2] == other[start : start + 2][::-1]
        return one[start + 1 :] == other[start + 1 :] or (
            swapped and one[start + 2 :] == other[start + 2 :]
        )
    short, long = sorted((one, other), key=len)
    return short[start:] == long[start + 1 :]


@lru_cache(maxsize=8192)
def is_near(one: str, other: str) -> bool:
    """Whether one may be a slip for the other, abbreviated or not.

    Two letters are wrong, or the words have a stem in common: ``Climate Change`` is
    seldom cited for *Climatic Change* because it is what is meant.
    """
    short, long = sorted((one, other), key=len)
    stem = _common_start(short, long)
    if stem >= _STEM and stem >= _SHARE * len(short):
        return True
    if len(short) < _TYPO:
        return False
    cuts = range(len(short) - 1, min(len(short) + 1, len(long)) + 1)
    if any(is_typo(short, long[:cut]) for cut in cuts):
        return True
    limit = 2 if len(short) >= _LONG_WORD else 1
    return len(long) - len(short) <= limit and _distance(short, long) <= limit


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(other) + 1))
    for i, mine in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, theirs in enumerate(other, 1):
            cost = before + (mine != theirs)
            before, row[j] = row[j], min(cost, row[j] + 1, row[j - 1] + 1)
    return row[-1]


def _together(one: str, other: str, *, last: bool) -> bool:
    """Whether two words of two names are the same, abbreviated or not."""
    if one == other:
        return True
    short, long = (one, other) if len(one) < len(other) else (other, one)
    # "Physical Review A" is not "Physical Review Applied".
    if len(short) == 1 and last and short not in _FINAL_INITIALS:
        return False
    return abbreviates(short, long)


def is_stop(tokens: Tokens, at: int) -> bool:
    """Whether a word says nothing; a last letter names a section."""
    token = tokens[at]
    if token in STOP_WORDS:
        return len(token) > 1 or at < len(tokens) - 1
    return LOST in token and len(token) < _STEM  # "f\ufffdr"


def content(tokens: Tokens) -> Tokens:
    """The words without articles, conjunctions and prepositions."""
    return tuple(t for at, t in enumerate(tokens) if not is_stop(tokens, at))


@lru_cache(maxsize=8192)
def align(cited: Tokens, registered: Tokens) -> Alignment:
    """Lay two names beside each other so that as little as possible is left over."""
    cited, registered = cited[:_LONGEST], registered[:_LONGEST]
    return _in_step(cited, registered) or _Table(cited, registered).alignment()


def _in_step(cited: Tokens, registered: Tokens) -> Alignment | None:
    """The usual case: word by word without the stop words."""
    mine = [at for at in range(len(cited)) if not is_stop(cited, at)]
    theirs = [at for at in range(len(registered)) if not is_stop(registered, at)]
    if len(mine) != len(theirs) or not mine:
        return None
    if len(mine) == 1 and cited[mine[0]] != registered[theirs[0]]:
        return None
    for one, other in zip(mine, theirs, strict=True):
        last = one == mine[-1]
        if not _together(cited[one], registered[other], last=last):
            return None
    return Alignment(tuple(zip(mine, theirs, strict=True)), (), ())


class _Step(NamedTuple):
    cost: float
    cited: int
    registered: int
    kind: str = ""


class _Table:
    """Dynamic programming over the words of two names, from their ends."""

    def __init__(self, cited: Tokens, registered: Tokens) -> None:
        self._one = cited
        self._two = registered
        rows, columns = len(cited), len(registered)
        self._free_one = [_is_free(cited, at) for at in range(rows)]
        self._free_two = [_is_free(registered, at) for at in range(columns)]
        self._best: list[list[_Step]] = [
            [_Step(0, 0, 0)] * (columns + 1) for _ in range(rows + 1)
        ]
        for i in range(rows, -1, -1):
            for j in range(columns, -1, -1):
                if i < rows or j < columns:
                    self._best[i][j] = min(self._steps(i, j), key=lambda s: s.cost)

    def _steps(self, i: int, j: int) -> list[_Step]:
        steps = []
        if i < len(self._one) and j < len(self._two):
            steps += self._pairing(i, j)
        if i < len(self._one):
            cost = self._best[i + 1][j].cost + (0 if self._free_one[i] else 1)
            steps.append(_Step(cost, 1, 0, "cited"))
        if j < len(self._two):
            cost = self._best[i][j + 1].cost + (0 if self._free_two[j] else 1)
            steps.append(_Step(cost, 0, 1, "registered"))
        return steps

    def _pairing(self, i: int, j: int) -> list[_Step]:
        one, two = self._one[i], self._two[j]
        last = i == len(self._one) - 1 or j == len(self._two) - 1
        after = self._best[i + 1][j + 1].cost
        if one == two:
            return [_Step(after, 1, 1, "pair")]
        steps = []
        if len(self._one) > 1 and len(self._two) > 1:
            # Small prices, so that equal words are preferred.
            if _together(one, two, last=last):
                steps.append(_Step(after + 0.01, 1, 1, "pair"))
            elif is_typo(one, two):
                steps.append(_Step(after + 0.2, 1, 1, "typo"))
        if one[0] == two[0]:
            steps += [
                _Step(self._best[i + m][j + n].cost + 0.05, m, n, "pair")
                for m, n in self._joins(i, j)
            ]
        return steps

    def _joins(self, i: int, j: int) -> list[tuple[int, int]]:
        """``Bio Med`` for ``BioMed``, ``NY`` for ``New York``."""
        joins = []
        if one := _joined_length(self._one[i], self._two, j):
            joins.append((1, one))
        if two := _joined_length(self._two[j], self._one, i):
            joins.append((two, 1))
        return joins

    def alignment(self) -> Alignment:
        i = j = 0
        pairs, cited, registered, typos = [], [], [], False
        while i < len(self._one) or j < len(self._two):
            step = self._best[i][j]
            if step.kind == "cited":
                if not self._free_one[i]:
                    cited.append(self._one[i])
            elif step.kind == "registered":
                if not self._free_two[j]:
                    registered.append(self._two[j])
            else:
                pairs.append((i, j))
                typos = typos or step.kind == "typo"
            i, j = i + step.cited, j + step.registered
        return Alignment(tuple(pairs), tuple(cited), tuple(registered), typos)


def _is_free(tokens: Tokens, at: int) -> bool:
    return is_stop(tokens, at) or tokens[at] in SECTION_WORDS


def _joined_length(token: str, others: Tokens, start: int) -> int:
    """How many of the others, from ``start``, the token joins; 0 if none."""
    text = ""
    for count, other in enumerate(others[start : start + _JOIN], 1):
        text += other
        if count > 1 and text == token:
            return count
        if not token.startswith(text):
            break
    if _ACRONYM[0] <= len(token) <= _ACRONYM[1] and len(others) > len(token):
        return _initials_length(token, others, start)
    return 0


def _initials_length(token: str, others: Tokens, start: int) -> int:
    at, letter = start, 0
    while letter < len(token) and at < len(others):
        if others[at][0] == token[letter] and len(others[at]) > 1:
            letter += 1
        elif not is_stop(others, at):
            return 0
        at += 1
    return at - start if letter == len(token) else 0


def is_acronym(token: str, name: Tokens) -> bool:
    """Whether one word stands for a whole name, or for a run of at least three words.

    Initials (``PNAS``), or beginnings of words (``JINST``, ``ApJ``).
    """
    for words in (content(name), name):
        if _beginnings(token, words):
            return True
    inner = content(name)
    size = len(token)
    initials = "".join(word[0] for word in inner)
    return size > 2 and token in initials  # noqa: PLR2004 - of two letters many are


def is_coined(token: str, name: Tokens) -> bool:
    """Whether one word is made of at least three letters of each: ``ResPsy``."""
    return _beginnings(token, name, range(3, 8))


def _beginnings(token: str, words: Tokens, sizes: range = range(1, 5)) -> bool:
    """Whether the token consists of a beginning of each of the words, in order."""
    if not 1 < len(words) <= len(token):
        return False
    ends = {0}
    for word in words:
        reached = set()
        for end in ends:
            for size in sizes:
                if word[:size] != token[end : end + size] or size > len(word):
                    break
                reached.add(end + size)
        if not reached:
            return False
        ends = reached
    return len(token) in ends
