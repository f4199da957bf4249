r"""Made-up BibTeX files of any size, and files that are as bad as a file can be.

All of it comes from a seed: the same call gives the same text. An entry has about the
length of a real one with its abstract (1 kB). One word in twelve of a title is in
braces, one name in eight has an accent, one value in ten stands in quotes, months and
half of the journals are macros: the shares that files of journals' sites and of
reference managers have.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final

SEED: Final = 20261123
DEPTH: Final = 100_000  # of nested or unclosed braces, and the number of broken entries

_ONSETS: Final = "b br c ch d dr f fl g gr h j k kl l m n p pr qu r s st t tr v w z"
_VOWELS: Final = "a e i o u ai ea ie ou"
_ENDS: Final = ["", "n", "r", "s", "l", "t", "ng", "rd", "x", "m"]
_ACCENTED: Final = [
    *(r"{\"o}", r"{\"u}", r"{\'e}", r"\'a", r"{\o}", r"{\ss}", r"\v{c}", r"{\'{\i}}"),
    *(r"\c{c}", r"\~n", r"{\aa}", "é", "ö", "ł"),
]
_PARTICLES: Final = ["von ", "van der ", "de la ", "di "]
_TYPES: Final = {
    "article": 50,
    "inproceedings": 20,
    "book": 8,
    "incollection": 7,
    "techreport": 5,
    "phdthesis": 4,
    "misc": 6,
}
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MATH: Final = [r"$\alpha$", "$L_2$", r"$O(n \log n)$", r"H\textsubscript{2}O"]
_JOURNALS: Final = 40


class _Words:
    """A vocabulary, drawn from as from a language: some words are frequent."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._words = [self._word() for _ in range(3000)]
        self._weights = list(_running(1 / (rank + 20) for rank in range(3000)))
        self.families = [self._name() for _ in range(5000)]
        self.givens = [self._word().capitalize() for _ in range(800)]

    def _word(self) -> str:
        draw = self._draw
        syllables = draw.choice((1, 2, 2, 3))
        onsets, vowels = _ONSETS.split(), _VOWELS.split()
        parts = (draw.choice(onsets) + draw.choice(vowels) for _ in range(syllables))
        return "".join(parts) + draw.choice(_ENDS)

    def _name(self) -> str:
        name = self._word().capitalize()
        if self._draw.random() < 1 / 8:
            at = self._draw.randint(1, len(name))
            name = name[:at] + self._draw.choice(_ACCENTED) + name[at:]
        if self._draw.random() < 1 / 20:
            name = self._draw.choice(_PARTICLES) + name
        return name

    def some(self, count: int) -> list[str]:
        """So many words."""
        return self._draw.choices(self._words, cum_weights=self._weights, k=count)

    def title(self, least: int = 5, most: int = 13) -> str:
        """Title Case, with acronyms in braces and now and then LaTeX."""
        draw = self._draw
        words = [word.capitalize() for word in self.some(draw.randint(least, most))]
        for at, word in enumerate(words):
            if draw.random() < 1 / 12:
                words[at] = f"{{{word[:4].upper()}}}"
        if draw.random() < 1 / 12:
            words[-1] = draw.choice(_MATH)
        if draw.random() < 1 / 12:
            words[0] = rf"\emph{{{words[0]}}}"
        return " ".join(words)

    def prose(self, count: int) -> str:
        """Sentences of so many words in all."""
        words = self.some(count)
        for at in range(0, count, 15):
            words[at] = words[at].capitalize()
            words[min(at + 14, count - 1)] += "."
        if self._draw.random() < 1 / 4:
            words[count // 2] += r" (95\%)"
        return " ".join(words)

    def person(self) -> str:
        """A name as ``Family, Given`` or ``Given Family``, or a body in braces."""
        draw = self._draw
        if draw.random() < 1 / 50:
            return f"{{{self.title(2, 4).replace('{', '').replace('}', '')} Group}}"
        family, given = draw.choice(self.families), draw.choice(self.givens)
        if draw.random() < 1 / 3:
            given += f" {draw.choice(self.givens)[0]}."
        return f"{family}, {given}" if draw.random() < 2 / 3 else f"{given} {family}"

    def people(self) -> str:
        """An author field."""
        draw = self._draw
        people = [self.person() for _ in range(draw.choice((1, 2, 2, 3, 3, 4, 5, 8)))]
        if draw.random() < 1 / 25:
            people.append("others")
        return " and ".join(people)


def _running(values: Iterator[float]) -> Iterator[float]:
    total = 0.0
    for value in values:
        total += value
        yield total


def bibtex(entries: int, seed: int = SEED) -> str:
    """A file of so many entries, ``@string`` and ``@comment`` among them."""
    return "\n".join(_blocks(entries, random.Random(seed)))  # noqa: S311 - no secret


def _blocks(entries: int, draw: random.Random) -> Iterator[str]:
    words = _Words(draw)
    yield "% Made up by bench/generated.py\n"
    for number in range(_JOURNALS):
        yield f"@string{{j{number} = {{Journal of {words.title(2, 4)}}}}}"
    yield '@preamble{ "\\newcommand{\\noop}[1]{}" }\n'
    kinds = draw.choices(list(_TYPES), list(_TYPES.values()), k=entries)
    for number, kind in enumerate(kinds):
        if number % 500 == 0:
            yield f"@comment{{part {number // 500}}}\n"
        fields = ",\n".join(f"  {name} = {v}" for name, v in _fields(kind, words, draw))
        yield f"@{kind}{{key{number}:{draw.randint(1950, 2026)},\n{fields}\n}}\n"


def _fields(kind: str, words: _Words, draw: random.Random) -> Iterator[tuple[str, str]]:
    def value(text: str) -> str:
        return f'"{text}"' if draw.random() < 1 / 10 else f"{{{text}}}"

    yield "author", f"{{{words.people()}}}"
    yield "title", value(words.title())
    yield "year", str(draw.randint(1950, 2026))
    yield "month", draw.choice(_MONTHS.split())
    match kind:
        case "article":
            written = draw.random() < 1 / 2
            name = value(f"{words.title(2, 4)} Letters")
            yield "journal", name if written else f"j{draw.randrange(_JOURNALS)}"
            yield "volume", str(draw.randint(1, 400))
            yield "number", f"{{{draw.randint(1, 24)}}}"
            yield "issn", f"{{{draw.randint(1000, 9999)}-{draw.randint(1000, 9999)}}}"
        case "inproceedings" | "incollection":
            yield "booktitle", value(f"Proceedings of the {words.title(3, 8)}")
            yield "editor", f"{{{words.people()}}}"
            yield "publisher", value(f"{draw.choice(words.families)} Press")
        case "book":
            yield "publisher", value(rf"{draw.choice(words.families)} \& Sons")
            yield "address", value("New York")
            yield "edition", value(draw.choice(("2nd", "Third", "4")))
        case "techreport" | "phdthesis":
            place = "institution" if kind == "techreport" else "school"
            yield place, value(f"University of {draw.choice(words.families)}")
        case _:
            yield "howpublished", rf"{{\url{{https://example.org/{draw.random()}}}}}"
    first = draw.randint(1, 2000)
    yield "pages", f"{{{first}--{first + draw.randint(1, 40)}}}"
    if draw.random() < 2 / 3:
        suffix = f"{draw.randint(1, 999)}{draw.choice(('.', '/', chr(92) + '_'))}"
        yield "doi", f"{{10.5555/{suffix}{draw.randint(1, 10**6)}}}"
    yield "keywords", value(", ".join(words.some(4)))
    if draw.random() < 2 / 3:
        yield "abstract", f"{{{words.prose(draw.randint(60, 130))}}}"


# --- as bad as can be


def _one(field: str) -> str:
    return f"@article{{a, title = {field}, year = 2020}}\n"


def _chain() -> str:
    """Each string is the one before with a letter more."""
    links = chain(
        ['@string{s0 = "a"}\n'],
        (f'@string{{s{n} = s{n - 1} # "a"}}\n' for n in range(1, 10_000)),
    )
    return "".join(links) + "@article{a, title = s9999, year = 2020}\n"


def _doubling() -> str:
    """Each string is the one before twice: two to the power of a hundred letters."""
    links = (f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 100))
    return '@string{s0 = "a"}\n' + "".join(links) + "@article{a, title = s99}\n"


PATHOLOGICAL: Final[dict[str, Callable[[], str]]] = {
    "100,000 nested braces": lambda: _one("{" * DEPTH + "x" + "}" * DEPTH),
    "100,000 nested groups with text": lambda: _one("{a" * DEPTH + "}" * DEPTH),
    r"100,000 nested `\emph{`": lambda: _one(
        "{" + r"\emph{" * DEPTH + "x" + "}" * (DEPTH + 1)
    ),
    "100,000 nested braces in an author": lambda: (
        f"@book{{a, author = {'{' * DEPTH}x{'}' * DEPTH}, title = {{T}}}}\n"
    ),
    "100,000 unclosed braces in one value": lambda: _one("{" * DEPTH),
    "100,000 unclosed braces and text": lambda: _one("{ab " * DEPTH),
    "100,000 lone closing braces": lambda: _one('"' + "}" * DEPTH + '"'),
    "100,000 quotation marks in one value": lambda: _one('"a' * DEPTH),
    "100,000 `$` without an end": lambda: _one("{" + "$x " * (DEPTH - 1) + "}"),
    "100,000 backslashes": lambda: _one("{" + "\\" * DEPTH + " }"),
    "100,000 accents without a letter": lambda: _one("{" + r"\'" * DEPTH + "}"),
    "100,000 fields of one entry": lambda: (
        "@misc{a, " + ", ".join(f"f{n} = {{v}}" for n in range(DEPTH)) + "}\n"
    ),
    "100,000 times the same field": lambda: (
        "@misc{a, " + ", ".join(f"note = {{v{n}}}" for n in range(DEPTH)) + "}\n"
    ),
    "100,000 `@` without an entry": lambda: "@ " * DEPTH,
    "100,000 commas": lambda: "@article{a" + "," * DEPTH + "}\n",
    "1 MB of one value": lambda: _one("{" + "word " * 200_000 + "}"),
    "1 MB of LaTeX in one value": lambda: _one("{" + r"{\'e} \& " * 125_000 + "}"),
    "1 MB of names": lambda: (
        f"@book{{a, author = {{{' and '.join(['Doe, Jane Q.'] * 60_000)}}}}}\n"
    ),
    "1 MB of one name": lambda: f"@book{{a, author = {{{'de la ' * 170_000}}}}}\n",
    "1 MB of spaces": lambda: _one("{a" + " " * 1_000_000 + "b}"),
    "10,000 strings, each made of the one before": _chain,
    "100 strings, each twice the one before": _doubling,
    "10,000 strings joined in one value": lambda: (
        '@string{s = "abc"}\n' + _one(" # ".join(["s"] * 10_000))
    ),
    "10,000 entries, each the `crossref` of the next": lambda: "".join(
        f"@book{{k{n}, crossref = {{k{n + 1}}}}}\n" for n in range(10_000)
    ),
    "10,000 entries, all of one `crossref`": lambda: (
        "".join(f"@inbook{{k{n}, crossref = {{p}}}}\n" for n in range(10_000))
        + "@book{p, title = {T}}\n"
    ),
}

_ENTRY: Final = (
    "@article{{k{0}, title = {{A title}}, year = 2020, author = {{A, B}}}}\n\n"
)


def _entries(pattern: str) -> str:
    return "".join(map(pattern.format, range(DEPTH)))


# Each of so many entries is wrong; what no entry is wrong in comes first.
BROKEN: Final[dict[str, Callable[[], str]]] = {
    "nothing wrong": lambda: _entries(_ENTRY),
    "no closing brace of the title": lambda: _entries(_ENTRY.replace("e}},", "e,")),
    "no closing quotation mark": lambda: _entries(
        _ENTRY.replace("{{A title}}", '"A title')
    ),
    "no closing brace of the entry": lambda: _entries(_ENTRY.replace("}}}}", "}}")),
    "ends in the title": lambda: _entries("@article{{k{0}, title = {{\n"),
    "no comma between fields": lambda: _entries(_ENTRY.replace("}},", "}}")),
    "no key": lambda: _entries(_ENTRY.replace("k{0},", "")),
    "the same key": lambda: _entries(_ENTRY.replace("{0}", "")),
    "a brace too many": lambda: _entries(_ENTRY.replace("e}},", "e}}}},")),
    "an unknown string": lambda: _entries(_ENTRY.replace("2020", "y{0}")),
}
