"""Which capitals of a title mean something, and which are only Title Case's.

The BibTeX writer puts braces around the former, and reading a title in sentence case
(``casing``) lowers the latter.

Most styles run ``change.case$`` with ``"t"`` over titles: all letters outside braces
become lower case, except the very first character and one that follows a colon and a
space (``btxhak``, "change.case$"; ``bibtex.web``, "Perform the case conversion").
What is a name or a symbol must therefore be in braces, and nothing else should be: what
is in braces, no style can change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

Span: TypeAlias = tuple[int, int]

# A word up to its hyphens and slashes: "CD19" and "targeted"; "Barrett’s"; "U.S.".
WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ][^\W_]+)*")
# Between parts of one compound: "IL-2", "CD4/CD8", "PD-1/PD-L1", "FAIR.4".
_JOINT: Final = re.compile(r"[-‐‑–/.+:·&]")
_COLON: Final = re.compile(r":\s+$")
# Behind these a sentence, or a subtitle, begins. A dot may also end an abbreviation.
_STOP: Final = re.compile(r"(?:[:?!]|[^\W\d_]{4}\.|\s[-–—])\s+$|—$")
_OPENING: Final = "\"'“‘„‚«‹([{¿¡<*"
# Words that some houses leave small in Title Case and others do not: they say nothing
# about the case of a title.
_SMALL: Final = frozenset(
    "and are but can did does for has its nor not our per than that the via was were"  # noqa: SIM905 - a list of words
    " about across after against along among around before behind below between beyond"
    " during from into like near once onto over since through toward towards"
    " under until upon versus when where while with within without".split()
)
# From this share of capitalised words on, a title counts as Title Case.
_TITLE_CASE_SHARE: Final = 0.75
_CONTENT_WORD: Final = 3  # letters; shorter ones are articles and prepositions
_SHORT_SYMBOL: Final = 3  # letters before "-2": Ki-67, Bcl-2, Dkk-1
# Letters from which on capitals are hardly an acronym: in two words, and in more.
_LONG_WORD: Final = 6
_LONG_WORD_OF_MANY: Final = 4


class Part(NamedTuple):
    """One part of a word, and where it stands.

    Attributes:
        text: its letters and digits.
        start: where it begins.
        kept: BibTeX leaves its first character alone.
        opens: it is the first word of the title or of a sentence in it.
        joined: it continues a compound.
        next_text: the two characters behind it.
    """

    text: str
    start: int
    kept: bool
    opens: bool
    joined: bool
    next_text: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def capitalised(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def is_symbol(self) -> bool:
        """Whether its capitals are part of its meaning: DNA, mRNA, pH, B12, T."""
        text = self.text
        plain = len(text) > _SHORT_SYMBOL and text.isalpha() and text[1:].islower()
        if plain:
            return False
        letters = [char for char in text if char.isalpha()]
        if any(char.isupper() for char in self.text[1:]):
            return True
        if not self.capitalised:
            return False
        if len(letters) < len(self.text.replace("’", "").replace("'", "")):
            return True  # a digit: B12
        if re.match(r"[-‐‑]\d", self.next_text) and len(letters) <= _SHORT_SYMBOL:
            return True
        return len(letters) == 1 and not (self.text == "A" and self.opens)


def protected_spans(text: str, *, english: bool = True) -> list[Span]:
    """Half-open ranges of a title that need braces.

    In a sentence-case title every capital after the first word is meant; in Title Case
    only those of symbols are; in capitals throughout, nothing can be known.

    >>> text = "Anti-CD19 CAR T cell therapy"
    >>> [text[start:end] for start, end in protected_spans(text)]
    ['CD19', 'CAR', 'T']
    """
    parts = parts_of(text)
    if is_all_capitals(parts):
        return []
    title_case = english and is_title_case(parts)
    small_words_too = any(part.text in {"Of", "The", "And", "In"} for part in parts[1:])
    spans = [
        (part.start, part.end)
        for part in parts
        if _needs_braces(part, title_case=title_case)
        and not (part.text == "A" and title_case and small_words_too)
    ]
    return _merged(text, parts, spans)


def parts_of(text: str) -> list[Part]:
    """The words of a text, compounds taken apart."""
    parts: list[Part] = []
    last_end = 0
    for match in WORD.finditer(text):
        start, end = match.span()
        word, next_text = match[0], text[end : end + 2]
        gap = text[last_end:start]
        if gap == " " and parts:
            parts.append(Part(word, start, False, False, False, next_text))  # noqa: FBT003 - the usual case, kept cheap
        else:
            before = text[max(start - _NEAR, 0) : start]
            lead = before.rstrip(_OPENING)
            parts.append(
                Part(
                    text=word,
                    start=start,
                    kept=start == 0 or _COLON.search(before) is not None,
                    opens=not lead.strip() or _STOP.search(lead) is not None,
                    joined=bool(parts) and _is_joint(gap),
                    next_text=next_text,
                )
            )
        last_end = end
    return parts


_NEAR: Final = 12  # characters before a word that can tell whether it opens a sentence


def _is_joint(gap: str) -> bool:
    return _JOINT.fullmatch(gap) is not None


def is_all_capitals(parts: Sequence[Part]) -> bool:
    """Whether capitals say nothing, as in "AN OLD MAP"."""
    words = [part.text for part in parts if any(char.isalpha() for char in part.text)]
    if any(word != word.upper() for word in words):
        return False
    # "DNA" and "CAR T" are acronyms, "DNA REPAIR" and "AN OLD MAP" are shouting.
    long = _LONG_WORD if len(words) <= len(("HIV", "AIDS")) else _LONG_WORD_OF_MANY
    return len(words) > 1 and any(
        word.isalpha() and len(word) >= long for word in words
    )


def is_title_case(parts: Sequence[Part]) -> bool:
    """Whether most words that could be small are not; also where there are none."""
    telling = [
        part.capitalised
        for part in parts
        if len(part.text) >= _CONTENT_WORD
        and part.text[0].isalpha()
        and part.text.lower() not in _SMALL
        and not (part.kept or part.opens or part.joined or part.is_symbol)
    ]
    return not telling or sum(telling) / len(telling) >= _TITLE_CASE_SHARE


def _needs_braces(part: Part, *, title_case: bool) -> bool:
    if part.is_symbol:
        return not part.kept or any(char.isupper() for char in part.text[1:])
    if not part.capitalised or part.kept:
        return False
    # The first word of a second sentence, or in quotation marks: BibTeX lowers it.
    return part.opens or not title_case


def _merged(text: str, parts: list[Part], spans: list[Span]) -> list[Span]:
    """Compounds in one pair of braces: ``{IL-2}``, not ``{IL}-2``."""
    protected = set(spans)
    merged: list[Span] = []
    for part in parts:
        joins = bool(merged) and merged[-1][1] + 1 == part.start
        joins = joins and _is_joint(text[merged[-1][1] : part.start])
        if joins and ((part.start, part.end) in protected or part.text.isdecimal()):
            merged[-1] = (merged[-1][0], part.end)
        elif (part.start, part.end) in protected:
            merged.append((part.start, part.end))
    return merged
