"""Recorded titles, cited in other ways and wrongly: no false alarm, no miss.

The bars are those of comparison.md, 5.3 and 7.4, for the title alone.
"""

from __future__ import annotations

import html
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import pytest

from lupusrefs.compare.comparison import FieldComparison, Grade, State
from lupusrefs.compare.text import clean, joined
from lupusrefs.compare.titles import compare_title
from lupusrefs.findings import Severity
from lupusrefs.formats.bibtex.latex import escape
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work
from lupusrefs.services.crossref_record import read_record

pytestmark = pytest.mark.corpus

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
Dialect = Callable[[str], str]


@lru_cache(maxsize=1)
def recorded(corpus: Path) -> tuple[Work, ...]:
    """Every Crossref record that has a title."""
    works = (
        read_record(json.loads(path.read_text(encoding="utf-8")), "x", NOW)
        for path in sorted((corpus / "registry" / "crossref").glob("*.json"))
    )
    return tuple(work for work in works if work.title and clean(work.title))


def compared(cited: str, work: Work) -> FieldComparison:
    """What becomes of a title, where author and year agree."""
    return compare_title(Reference(id="k", title=cited), work, corroborated=True)


def is_warned(found: FieldComparison) -> bool:
    """Whether somebody is told of it as of a mistake."""
    return any(finding.severity is not Severity.INFO for finding in found.findings)


def _titled(text: str) -> str:
    return " ".join(w[:1].upper() + w[1:] if len(w) > 3 else w for w in text.split(" "))


def _sentence(text: str) -> str:
    return re.sub(r"(?<= )[A-Z](?=[a-z]+\b)", lambda m: m[0].lower(), text)


def _braced(text: str) -> str:
    return re.sub(r"\b\w*[a-z]?[A-Z]\w*\b", r"{\g<0>}", escape(text))


def _ascii(text: str) -> str:
    for mark, plain in (("’", "'"), ("“", '"'), ("”", '"'), ("ß", "ss"), ("ø", "o")):
        text = text.replace(mark, plain)
    text = re.sub("[‐‑–—−]", "-", text)
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _without_subtitle(text: str) -> str:
    head, colon, _ = text.partition(": ")
    return head if colon and len(head.split()) >= 3 else text


DIALECTS: Final[dict[str, Dialect]] = {
    "as cleaned": lambda t: t,
    "upper case": str.upper,
    "title case": _titled,
    "sentence case": _sentence,
    "decomposed": lambda t: unicodedata.normalize("NFD", t),
    "ASCII": _ascii,
    "LaTeX": escape,
    "braces": _braced,
    "entities": lambda t: html.escape(t).encode("ascii", "xmlcharrefreplace").decode(),
    "entities twice": lambda t: html.escape(html.escape(t)),
    "final stop": lambda t: f"{t}.",
    "footnote mark": lambda t: f"{t}†",
    "colon to dash": lambda t: t.replace(": ", " – "),
    "colon to stop": lambda t: t.replace(": ", ". "),
    "no subtitle": _without_subtitle,
    "hyphens open": lambda t: t.replace("-", " "),
    "hyphens closed": lambda t: t.replace("-", ""),
    "en dashes": lambda t: t.replace("-", "–"),
    "ampersand": lambda t: t.replace(" and ", " & "),
    "no article": lambda t: re.sub(r"\A(?:The|An?) ", "", t),
    "status": lambda t: f"RETRACTED: {t}",
    "number": lambda t: f"AB1107 {t}",
    "ahead of print": lambda t: f"{t} [Epub ahead of print]",
    "no-break spaces": lambda t: t.replace(" ", "\u00a0"),
    "broken lines": lambda t: t.replace(" ", "\r\n  "),
    "American": lambda t: t.replace("isation", "ization").replace("aviour", "avior"),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_dialect_gives_no_false_alarm(corpus: Path, dialect: str) -> None:
    """At most one title in five hundred; over all dialects it is far less."""
    works = recorded(corpus)
    change = DIALECTS[dialect]
    wrong = [w for w in works if is_warned(compared(change(clean(w.title or "")), w))]
    assert len(works) >= 2000
    assert len(wrong) <= len(works) / 500


def test_all_dialects_together_give_almost_none(corpus: Path) -> None:
    """Three hundredths of a percent, as comparison.md has it."""
    works = recorded(corpus)
    pairs = [(change(clean(w.title or "")), w) for w in works for change in ALL]
    wrong = [w.doi for cited, w in pairs if is_warned(compared(cited, w))]
    assert len(wrong) <= 0.0003 * len(pairs)


ALL: Final = tuple(DIALECTS.values())


def _content(words: list[str]) -> list[int]:
    return [n for n, word in enumerate(words) if re.fullmatch("[A-Za-z]{4,}", word)]


def _replaced(words: list[str], number: int, other: str) -> list[str]:
    return [*words[:number], other, *words[number + 1 :]]


def _deleted(words: list[str], number: int, other: str) -> list[str]:
    return words[:number] + words[number + 1 :]


def _inserted(words: list[str], number: int, other: str) -> list[str]:
    return [*words[:number], other, *words[number:]]


def _exchanged(words: list[str], number: int, other: str) -> list[str]:
    rest = [n for n in _content(words) if words[n].lower() != words[number].lower()]
    changed = list(words)
    if rest:
        changed[number], changed[rest[0]] = words[rest[0]], words[number]
    return changed


def _plural(words: list[str], number: int, other: str) -> list[str]:
    word = words[number]
    changed = word[:-1] if word.endswith("s") else f"{word}s"
    return _replaced(words, number, changed)


ERRORS: Final = {
    "replaced": _replaced,
    "deleted": _deleted,
    "inserted": _inserted,
    "exchanged": _exchanged,
    "plural": _plural,
}


def planted(works: tuple[Work, ...], error: str) -> Iterator[tuple[str, Work]]:
    """A wrong title for each work that has a comparable one."""
    chance = random.Random(error)
    vocabulary = sorted(
        {
            word
            for work in works
            for word in re.findall("[A-Za-z]{5,}", clean(work.title or ""))
        }
    )
    for work in works:
        words = clean(work.title or "").split()
        content = _content(words)
        if len(words) < 4 or not content:
            continue
        number, other = chance.choice(content), chance.choice(vocabulary)
        wrong = " ".join(ERRORS[error](words, number, other))
        if joined(wrong) != joined(work.title or ""):
            yield wrong, work


@pytest.mark.parametrize("error", ERRORS)
def test_a_planted_error_is_found(corpus: Path, error: str) -> None:
    """In 995 of 1,000 titles, of those that can be compared at all."""
    found = [compared(wrong, work) for wrong, work in planted(recorded(corpus), error)]
    found = [one for one in found if one.state is not State.NOT_COMPARABLE]
    assert len(found) >= 1500
    assert sum(map(is_warned, found)) >= 0.995 * len(found)


def test_a_changed_digit_is_found(corpus: Path) -> None:
    """In 99 of 100 titles that have one."""
    found = []
    for work in recorded(corpus):
        title = clean(work.title or "")
        digits = re.findall(r"(?<=[ -])\d", title)
        if digits and len(title.split()) >= 4:
            other = str((int(digits[-1]) + 3) % 10)
            wrong = re.sub(r"(?<=[ -])\d", other, title, count=1)
            if joined(wrong) != joined(title):
                found.append(compared(wrong, work))
    assert len(found) >= 200
    assert sum(map(is_warned, found)) >= 0.99 * len(found)


def test_the_title_of_another_work_is_another_title(corpus: Path) -> None:
    """In 998 of 1,000 pairs that are in one script."""
    works = recorded(corpus)
    chance = random.Random(1)
    found = []
    for work in works:
        other = chance.choice(works).title or ""
        if joined(other) != joined(work.title or "") and len(clean(other).split()) > 3:
            found.append(compared(clean(other), work))
    comparable = [one for one in found if one.differs or one.agrees]
    assert len(comparable) >= 1500
    assert sum(one.grade is Grade.WHOLE for one in comparable) >= (
        0.998 * len(comparable)
    )


def test_near_misses_are_found(corpus: Path) -> None:
    """Every changed content word; hyphens, articles and -ize are none (5.3)."""
    path = corpus / "matching" / "hallmark.jsonl"
    provenance = Provenance(answered_by="crossref", fetched=NOW)
    missed, count = 0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        original = re.search(r"\(original: '(.*)'\)", row.get("explanation") or "")
        if row.get("hallucination_type") != "near_miss_title" or not original:
            continue
        title = original[1]
        work = Work(id="x", title=title, titles=(title,), provenance=provenance)
        missed += not is_warned(compared(row["fields"]["title"], work))
        count += 1
    assert count >= 50
    assert missed <= 8
