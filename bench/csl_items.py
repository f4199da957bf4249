"""Made-up items of CSL-JSON, as varied as those of a long bibliography.

All of it comes from a seed: the same call gives the same items. Words and names are
put together from syllables. One item in ten has the authors and the date of an earlier
one, so that there is something to tell apart; one in seven has a title in Greek,
Russian, Chinese, Japanese or Korean letters; every field is missing now and then.

Usage: python -m bench.csl_items NUMBER FILE
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

Value: TypeAlias = "str | int | list[Value] | dict[str, Value]"
Object: TypeAlias = dict[str, Value]

SEED: Final = 20261125

_YEARS: Final = (1950, 2026)
_DAYS: Final = 28  # every month has them
_VOCABULARY: Final = 2000
_JOURNALS: Final = 60
_REMEMBERED: Final = 400  # earlier items whose authors may come again
_AUTHORS: Final = (1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12)
_MANY: Final = 25  # more than any style lists
_TYPES: Final = {
    "article-journal": 34,
    "book": 9,
    "chapter": 9,
    "paper-conference": 8,
    "webpage": 5,
    "report": 5,
    "thesis": 4,
    "article": 3,
    "article-newspaper": 3,
    "dataset": 3,
    "article-magazine": 2,
    "software": 2,
    "entry-encyclopedia": 2,
    **dict.fromkeys(
        (
            *("entry-dictionary", "post-weblog", "post", "review", "review-book"),
            *("patent", "standard", "legislation", "legal_case", "bill", "interview"),
            *("personal_communication", "manuscript", "map", "motion_picture", "song"),
            *("broadcast", "speech", "graphic", "figure", "pamphlet"),
        ),
        1,
    ),
}
_SERIAL: Final = (
    *("article", "article-journal", "article-magazine", "article-newspaper"),
    *("review", "review-book"),
)
_PART: Final = ("chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary")
_ONLINE: Final = ("webpage", "post", "post-weblog")
_LEGAL: Final = ("legislation", "legal_case", "bill", "patent")
_BOUND: Final = ("book", "chapter", "report", "thesis", "paper-conference")

_SMALL: Final = ("of", "the", "in", "and", "for", "on", "a", "with", "from", "to")
# Onsets, vowels and ends of syllables.
_LATIN: Final = (
    "b br c ch d dr f fl g h j k l m n p pr r s st t tr v w z",
    "a e i o u ai ea ie ou",
    " n r s l t ng rd m",
)
_GREEK: Final = ("β γ δ ζ θ κ λ μ ν π ρ σ τ φ χ", "α ε η ι ο ω ου", " ν ς ρ")
_RUSSIAN: Final = (
    "б в г д ж з к л м н п р с т ф х ч ш",
    "а е и о у ы я ю",
    " й н р т ль",
)
_CHINESE: Final = "的研究中国大学学报方法分析系统与发展论文应用理论社会经济技术文化历史"
_JAPANESE: Final = "研究日本語学会の方法による分析東京都市における人間科学と技術"
_KOREAN: Final = "연구한국대학교학보방법분석에대한이론과사회경제기술문화역사"
_ACCENTED: Final = "éöüáñçøåłčžß"
_NON_DROPPING: Final = ("van", "van der", "de", "Van", "ter", "von der", "la")
_DROPPING: Final = ("de", "von", "d’", "de la", "dos")
_SUFFIXES: Final = ("Jr.", "Sr.", "III", "II", "IV")
# Markup, quotes and signs that titles have; {} is a word.
_SPECIALS: Final = (
    "<i>{}</i>",
    "<i>{} {}</i>",
    "<b>{}</b>",
    "CO<sub>2</sub>",
    "<sup>13</sup>C",
    '<span class="nocase">{}</span>',
    '<span style="font-variant:small-caps;">{}</span>',
    '"{} {}"',
    "“{} {}”",
    "'{}'",
    "<i>{} “{}”</i>",
    "{} & {}",
    "p < 0.05",
    "{}’s",
    "{}'s",
    "{}–{}",
    "{}-{}",
    "iPhone",
    "DNA",
    "(2nd {})",
    "{}?",
    "{}:",
    "—",
)


class _Words:
    """Words of a language: some are frequent."""

    def __init__(self, draw: random.Random, syllables: Sequence[str]) -> None:
        self._draw = draw
        self._onsets, self._vowels, self._ends = (one.split(" ") for one in syllables)
        self._words = [self._word() for _ in range(_VOCABULARY)]

    def _word(self) -> str:
        draw = self._draw
        count = draw.choice((1, 2, 2, 3, 3))
        parts = (
            draw.choice(self._onsets) + draw.choice(self._vowels) for _ in range(count)
        )
        return "".join(parts) + draw.choice(self._ends)

    def word(self) -> str:
        """A word; one of the first is likelier than one of the last."""
        rank = self._draw.random() * self._draw.random()
        return self._words[int(rank * len(self._words))]

    def name(self) -> str:
        """A word with a capital."""
        return self.word().capitalize()


class _Items:
    """Makes items, one after the other."""

    def __init__(self, seed: int) -> None:
        self._draw = draw = random.Random(seed)  # noqa: S311 - no secret
        self._latin = _Words(draw, _LATIN)
        self._alphabets = {"el": _Words(draw, _GREEK), "ru": _Words(draw, _RUSSIAN)}
        self._characters = {"zh": _CHINESE, "ja": _JAPANESE, "ko": _KOREAN}
        self._journals = [self._journal() for _ in range(_JOURNALS)]
        self._earlier: list[tuple[Value, Value]] = []

    def item(self, number: int) -> Object:
        """The next item."""
        draw = self._draw
        kind = draw.choices(list(_TYPES), list(_TYPES.values()))[0]
        language = self._language()
        authors = _MANY if self._one_in(100) else draw.choice(_AUTHORS)
        item: Object = {
            "id": f"item{number:05}",
            "type": kind,
            "title": self._title(language),
            "author": self._people(language, authors),
            "issued": self._date(),
            **dict(self._source(kind, language)),
            **dict(self._contributors(kind)),
            **dict(self._numbers(kind)),
            **dict(self._identifiers(kind)),
        }
        if self._earlier and self._one_in(10):
            item["author"], item["issued"] = draw.choice(self._earlier)
        else:
            self._earlier.append((item["author"], item["issued"]))
            del self._earlier[:-_REMEMBERED]
        for field in list(item)[2:]:
            often = 40 if field in {"title", "author", "issued"} else 9
            if self._one_in(often):
                del item[field]
        if language != "en" or self._one_in(20):
            item["language"] = language
        return item

    def _one_in(self, number: int) -> bool:
        return self._draw.random() < 1 / number

    def _language(self) -> str:
        if self._one_in(7):
            return self._draw.choice([*self._alphabets, *self._characters])
        return self._draw.choice(("de", "fr")) if self._one_in(15) else "en"

    def _phrase(self, language: str, least: int, most: int) -> list[str]:
        """Words of a language; of one without spaces they are one."""
        draw = self._draw
        count = draw.randint(least, most)
        if characters := self._characters.get(language):
            return ["".join(draw.choices(characters, k=2 * count))]
        words = self._alphabets.get(language, self._latin)
        found = [words.word() for _ in range(count)]
        if words is self._latin:
            for at in range(1, count - 1):
                if self._one_in(4):
                    found[at] = draw.choice(_SMALL)
        return found

    def _heading(self, least: int, most: int) -> str:
        """A few words as names of journals and bodies have them."""
        words = self._phrase("en", least, most)
        return " ".join(one if one in _SMALL else _capital(one) for one in words)

    def _title(self, language: str) -> str:
        draw = self._draw
        words = self._phrase(language, 4, 12)
        # Half in sentence case, half with capitals.
        if draw.random() < 1 / 2:
            words = [one if one in _SMALL else _capital(one) for one in words]
        words[0] = _capital(words[0])
        if self._one_in(3):
            pattern = draw.choice(_SPECIALS)
            special = pattern.format(self._latin.name(), self._latin.name())
            words[draw.randrange(len(words))] = special
        text = " ".join(words)
        if self._one_in(5):
            second = " ".join(self._phrase(language, 3, 7))
            text += draw.choice((": ", ": ", " - ", "? ", ". ")) + _capital(second)
        return text + draw.choice("?!.…") if self._one_in(15) else text

    def _people(self, language: str, count: int) -> list[Value]:
        return [self._person(language) for _ in range(count)]

    def _person(self, language: str) -> Object:
        draw = self._draw
        if self._one_in(30):
            kind = draw.choice(("Group", "Institute", "Office"))
            return {"literal": f"{self._heading(2, 5)} {kind}"}
        if characters := self._characters.get(language):
            given = "".join(draw.choices(characters, k=draw.choice((1, 2))))
            return {"family": draw.choice(characters), "given": given}
        words = self._alphabets.get(language, self._latin)
        family = words.name()
        if words is self._latin and self._one_in(8):
            at = draw.randint(1, len(family))
            family = family[:at] + draw.choice(_ACCENTED) + family[at:]
        if self._one_in(12):
            family += f"-{words.name()}"
        name: Object = {"family": family}
        if not self._one_in(60):
            name["given"] = self._given(words)
        if words is self._latin:
            if self._one_in(14):
                name["non-dropping-particle"] = draw.choice(_NON_DROPPING)
            elif self._one_in(18):
                name["dropping-particle"] = draw.choice(_DROPPING)
            if self._one_in(25):
                name["suffix"] = draw.choice(_SUFFIXES)
        return name

    def _given(self, words: _Words) -> str:
        first, second = words.name(), words.name()
        patterns = (
            f"{first}",
            f"{first} {second}",
            f"{first} {second[0]}.",
            f"{first[0]}.",
            f"{first[0]}. {second[0]}.",
            f"{first[0]}.{second[0]}.",
            f"{first[0]}{second[0]}",
            f"{first}-{second}",
            f"{first[0]}.-{second[0]}.",
        )
        return self._draw.choices(patterns, (6, 3, 4, 2, 3, 1, 1, 2, 1))[0]

    def _date(self) -> Value:
        draw = self._draw
        year = draw.randint(*_YEARS)
        parts: list[Value] = [year]
        if draw.random() < 3 / 5:
            parts.append(draw.randint(1, 12))
            if draw.random() < 1 / 2:
                parts.append(draw.randint(1, _DAYS))
        if self._one_in(40):
            return {"literal": draw.choice(("in press", "forthcoming", "n.d."))}
        if self._one_in(25):
            return {"date-parts": [[year], [year + draw.randint(1, 4)]]}
        if self._one_in(60):
            return {"date-parts": [parts], "circa": 1}
        return {"date-parts": [parts]}

    def _journal(self) -> tuple[str, str]:
        words = self._heading(1, 4).split()
        words[0] = _capital(words[0])
        if self._one_in(6):
            words.insert(len(words) // 2, "&")
        short = [
            f"{one[:4]}." if len(one) > len("Jour") else one
            for one in words
            if one not in _SMALL
        ]
        head, short_head = self._draw.choice(
            (("Journal of ", "J. "), ("Annals of ", "Ann. "), ("The ", ""), ("", ""))
        )
        return head + " ".join(words), short_head + " ".join(short)

    def _source(self, kind: str, language: str) -> Iterator[tuple[str, Value]]:
        """What the item is part of, who published it, and where it is."""
        draw = self._draw
        if kind in _SERIAL:
            title, short = draw.choice(self._journals)
            if language in self._alphabets and draw.random() < 1 / 2:
                title = short = _capital(" ".join(self._phrase(language, 2, 3)))
            yield "container-title", title
            yield "container-title-short", short
        elif kind in {*_PART, *_ONLINE, "broadcast", "song", "figure"}:
            yield "container-title", self._title("en")
        elif kind in _LEGAL:
            yield "container-title", f"{self._latin.name()} Reports"
            yield "authority", f"{self._latin.name()} Court"
        if kind == "paper-conference":
            yield "event-title", f"Conference on {self._latin.name()}"
            yield "event-place", self._latin.name()
        if kind in _BOUND or self._one_in(6):
            yield "publisher", f"{self._latin.name()} & {self._latin.name()}"
            yield "publisher-place", f"{self._latin.name()}, {self._latin.name()}"
        if kind in {"manuscript", "personal_communication", "interview"}:
            yield "archive", f"{self._latin.name()} Archive"
            yield "archive_location", f"Box {draw.randint(1, 40)}"

    def _contributors(self, kind: str) -> Iterator[tuple[str, Value]]:
        draw = self._draw
        if kind in _PART and not self._one_in(3):
            yield "editor", self._people("en", draw.choice((1, 2, 2, 3, 5)))
        if kind in {"book", "chapter"} and self._one_in(4):
            yield "translator", self._people("en", draw.choice((1, 1, 2)))
        if kind in {"interview", "motion_picture", "broadcast"} and self._one_in(2):
            role = "interviewer" if kind == "interview" else "director"
            yield role, self._people("en", 1)

    def _numbers(self, kind: str) -> Iterator[tuple[str, Value]]:
        """Volumes, pages, editions and the like."""
        draw = self._draw
        if kind in _SERIAL:
            yield "volume", draw.choice((str(draw.randint(1, 220)), "12A", "XIV"))
            yield "issue", draw.choice((str(draw.randint(1, 24)), "3-4", "Suppl. 1"))
        if kind in _SERIAL or kind in _PART:
            yield "page", self._pages()
        if kind in {"book", "chapter"}:
            made: tuple[tuple[str, Callable[[], Value]], ...] = (
                ("edition", lambda: draw.choice(("2", "3", "11", "Rev. ed.", "2nd"))),
                ("volume", lambda: str(draw.randint(1, 9))),
                ("number-of-volumes", lambda: str(draw.randint(2, 9))),
                ("number-of-pages", lambda: str(draw.randint(60, 900))),
                ("original-date", lambda: {"date-parts": [[draw.randint(1800, 1949)]]}),
            )
            yield from ((name, make()) for name, make in made if self._one_in(4))
        if kind in {"book", "chapter", "report"} and self._one_in(4):
            yield "collection-title", _capital(self._heading(2, 4))
            yield "collection-number", str(draw.randint(1, 90))
        if kind in {"report", "standard", *_LEGAL}:
            yield "number", f"{draw.choice(('', 'US', 'TR-'))}{draw.randint(10, 99999)}"
        if kind in {"report", "thesis", "speech", "graphic", "map", "manuscript"}:
            yield "genre", draw.choice(("Doctoral dissertation", "Working paper"))
        if kind in {"dataset", "software"}:
            yield "version", f"{draw.randint(0, 9)}.{draw.randint(0, 20)}"

    def _pages(self) -> str:
        draw = self._draw
        first = draw.randint(101, 2400)
        last = first + draw.randint(1, 40)
        patterns = (
            f"{first}-{last}",
            f"{first}–{last}",
            f"{first}",
            f"e{first}",
            f"e{first}-e{last}",
            f"S{first}-S{last}",
            "xi-xvii",
            f"{first}-{last}, {last + 5}",
            f"{first}-{str(last)[-2:]}",
        )
        return draw.choices(patterns, (20, 5, 3, 3, 1, 2, 1, 1, 2))[0]

    def _identifiers(self, kind: str) -> Iterator[tuple[str, Value]]:
        draw = self._draw
        if kind in {*_SERIAL, *_PART, "dataset"} and not self._one_in(3):
            yield "DOI", f"10.5555/{self._latin.word()}.{draw.randint(1000, 99999)}"
        if kind in _SERIAL:
            yield "ISSN", f"{draw.randint(1000, 9999)}-0000"
        if kind in {"book", "chapter"} and self._one_in(4):
            yield "ISBN", f"978-0-00-{draw.randint(100000, 999999)}-0"
        if kind == "article-journal" and self._one_in(4):
            yield "PMID", str(draw.randint(1_000_000, 39_999_999))
            yield "PMCID", f"PMC{draw.randint(1_000_000, 9_999_999)}"
        if kind in {*_ONLINE, "article-newspaper"} or self._one_in(9):
            path = (
                f"{self._latin.word()}/{self._latin.word()}?a=1&b={draw.randint(1, 9)}"
            )
            yield "URL", f"https://www.example.org/{path}"
            day = [draw.randint(2010, _YEARS[1]), draw.randint(1, 12)]
            yield "accessed", {"date-parts": [[*day, draw.randint(1, _DAYS)]]}


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def items(count: int, seed: int = SEED) -> list[Object]:
    """So many items."""
    made = _Items(seed)
    return [made.item(number) for number in range(count)]


def main() -> None:
    """Write a file of items."""
    count, file = sys.argv[1:]
    text = json.dumps(items(int(count)), ensure_ascii=False)
    Path(file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
