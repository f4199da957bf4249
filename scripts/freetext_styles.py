"""References written out from recorded metadata, with the label of every word known.

The metadata are facts that Crossref's members registered; the ways to write them are
those of journals and handbooks in several languages. They teach the model styles that
annotated references of the sources are poor in: identifiers, status, PubMed's dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Final

from freetext_articles import (
    apa,
    chicago,
    french,
    german,
    ieee,
    nature,
    newspaper,
    plain,
    russian,
    vancouver,
)
from freetext_books import book, chapter, electronic, medical_chapter, report, thesis
from freetext_example import Example, identified
from freetext_facts import Facts
from freetext_writer import Pieces, Writer
from lupusrefs.freetext import labels as l
from lupusrefs.freetext.identifiers import find_identifiers
from lupusrefs.freetext.tokens import tokenise

LAYOUTS: Final[tuple[tuple[Callable[[Writer], None], int], ...]] = (
    (vancouver, 6),
    (apa, 4),
    (ieee, 3),
    (chicago, 3),
    (nature, 5),
    (plain, 3),
    (german, 1),
    (french, 1),
    (book, 3),
    (chapter, 4),
    (medical_chapter, 1),
    (russian, 1),
    (newspaper, 1),
    (thesis, 1),
    (report, 1),
    (electronic, 2),
)


_ROMAN_SHARE: Final = 0.06
_SHORT_SHARE: Final = 0.05
_CAPITALS_SHARE: Final = 0.03
_SLIPS_SHARE: Final = 0.18  # with those in capitals


def rendered(facts: Sequence[Facts], times: int, seed: int = 20) -> Iterator[Example]:
    """Each set of facts, written ``times`` times in styles that chance chooses."""
    layouts = [layout for layout, weight in LAYOUTS for _ in range(weight)]
    for turn in range(times):
        for at, one in enumerate(facts):
            # Chance is seeded: the same records give the same references.
            random = Random(f"{seed}:{turn}:{at}")  # noqa: S311
            other = facts[random.randrange(len(facts))]
            here = replace(one, editors=other.authors, book=other.title)
            if here.volume.isdigit() and random.random() < _ROMAN_SHARE:
                here.volume = _roman(int(here.volume) % 90 + 1)
            if random.random() < _SHORT_SHARE:
                here.title = " ".join(here.title.split()[: random.randint(1, 2)])
            writer = Writer(here, random)
            writer.number()
            random.choice(layouts)(writer)
            yield example_of(_perturbed(writer.pieces, random))


_ROMAN: Final = (
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def _roman(number: int) -> str:
    letters = ""
    for value, letter in _ROMAN:
        while number >= value:
            letters, number = letters + letter, number - value
    return letters


def _perturbed(pieces: Pieces, random: Random) -> Pieces:
    """Slips that copying makes: titles in capitals, blanks lost or added."""
    chance = random.random()
    if chance < _CAPITALS_SHARE:
        return [
            (label, text.upper() if label == l.TITLE else text)
            for label, text in pieces
        ]
    if chance < _SLIPS_SHARE:
        return [(label, _misspaced(text, random)) for label, text in pieces]
    return pieces


def _misspaced(text: str, random: Random) -> str:
    if "10." in text or "://" in text:
        return text
    kind = random.randint(0, 2)
    if kind == 0:
        return re.sub(r"(?<=[.,;:]) ", "", text)
    if kind == 1:
        return re.sub(r"\s*([.,;:])\s*", r" \1", text)
    return re.sub(r"([.,;:])(?=\s|$)", r" \1", text)


def example_of(pieces: Pieces, source: str = "rendered") -> Example:
    """Labelled pieces as an example."""
    text = "".join(part for _, part in pieces)
    tokens = tokenise(text, find_identifiers(text))
    labels: list[str] = []
    at, end = 0, len(pieces[0][1])
    for token in tokens:
        while end <= token.start:
            at += 1
            end += len(pieces[at][1])
        labels.append(identified(token, pieces[at][0] or l.OTHER))
    return Example(text, source, "rendered", tuple(tokens), tuple(labels))
