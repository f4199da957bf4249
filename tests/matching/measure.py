"""How often references are matched rightly, wrongly, or not, by set."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from accuracy.rates import Rate
from accuracy.records import FETCHED, can_be_cited
from lupusrefs.compare.family_names import family_key, first_family
from lupusrefs.compare.notices import notice_kind
from lupusrefs.compare.titles import title_key
from lupusrefs.formats import bibtex
from lupusrefs.formats.text import SourceText
from lupusrefs.matching.choice import Verdict, choose
from lupusrefs.matching.cited_text import CitedText
from lupusrefs.matching.evidence import Facts
from lupusrefs.matching.fields import facts_of_reference
from lupusrefs.matching.found import facts_of_text
from lupusrefs.matching.kinds import same_work
from lupusrefs.matching.query import query_of, query_of_text
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.work import Provenance, Work
from matching.index import Index, Searched
from matching.look_alikes import look_alikes
from matching.strings import STYLES, item_of, structured, styled, variants

_TEXT_SETS: Final = (
    "crossref_unstructured_real",
    "crossref_unstructured_existing",
    "crossref_styled_strings",
)
_INITIALS: Final = re.compile(r"(?:[A-Z]\.?-?){1,3}")
_ALIKE: Final = 0.8
_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Case:
    """One reference, and the work that it means if that can be found.

    Attributes:
        name: the set it belongs to.
        query: what is searched for.
        facts_of: the evidence of the reference on a work.
        shown: the reference, for people.
        work: what it means; None where that is not registered.
        cited: a reference that is wrong in something: the work of just its title and
            its first author is what it means, and all other works are not.
    """

    name: str
    query: str
    facts_of: Callable[[Work], Facts]
    shown: str
    work: Work | None = None
    cited: Item | None = None

    @classmethod
    def of_text(cls, name: str, text: str, work: Work | None = None) -> Case:
        """A reference that is only text."""
        cited = CitedText.of(text)
        query = query_of_text(text)
        return cls(name, query, lambda one: facts_of_text(cited, one), text, work)

    @classmethod
    def of_item(cls, name: str, item: Item, work: Work | None = None) -> Case:
        """A reference with fields."""
        shown = json.dumps(item.to_csl(), ensure_ascii=False)
        query = query_of(item)
        return cls(name, query, lambda one: facts_of_reference(item, one), shown, work)

    def verdict(self, works: Iterable[Work]) -> Verdict:
        """What is chosen among some works."""
        return choose(works, self.facts_of)

    def is_right(self, verdict: Verdict) -> bool:
        """Whether the work that is meant was chosen, be it by its other DOI."""
        if verdict.work is None:
            return False
        if self.cited is not None:
            return _is_as_cited(self.cited, verdict.work)
        if self.work is None:
            return False
        mine, theirs = self.work, verdict.work
        is_same = mine.id.lower() == theirs.id.lower() or same_work(mine, theirs)
        return is_same or _is_twin(mine, theirs)


@dataclass(slots=True)
class Score:
    """What became of the cases of a set.

    Attributes:
        counts: ``right``, ``wrong``, ``missed`` of those whose work can be found;
            ``none``, ``false`` of those whose work cannot.
        failures: what went wrong, with the case.
    """

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, Case, Verdict]] = field(default_factory=list)

    def add(self, case: Case, verdict: Verdict, *, present: bool) -> None:
        """Count one verdict."""
        if not present:
            said = "none" if verdict.work is None or case.is_right(verdict) else "false"
        elif case.is_right(verdict):
            said = "right"
        else:
            said = "missed" if verdict.work is None else "wrong"
        self.counts[said] += 1
        if said not in {"right", "none"}:
            self.failures.append((said, case, verdict))

    @property
    def recall(self) -> Rate:
        """Of the works that can be found, how many are."""
        counts = self.counts
        return Rate(
            counts["right"], counts["right"] + counts["wrong"] + counts["missed"]
        )

    @property
    def precision(self) -> Rate:
        """Of what is matched, how much rightly."""
        counts = self.counts
        matched = counts["right"] + counts["wrong"] + counts["false"]
        return Rate(counts["right"], matched)

    @property
    def honesty(self) -> Rate:
        """Of the works that cannot be found, of how many that is said."""
        return Rate(self.counts["none"], self.counts["none"] + self.counts["false"])


def measure(cases: Iterable[Case], index: Searched) -> dict[str, Score]:
    """Search and judge: each case whose work is there with it, and without it."""
    scores: dict[str, Score] = {}
    for case in cases:
        score = scores.setdefault(case.name, Score())
        if case.work is not None:
            score.add(case, case.verdict(index.search(case.query)), present=True)
            hidden = [case.work.id]
            rest = index.search(case.query, without=hidden)
            score.add(case, case.verdict(rest), present=False)
        else:
            score.add(case, case.verdict(index.search(case.query)), present=False)
    return scores


def found_first(cases: Iterable[Case], index: Searched) -> Rate:
    """Of the works that are meant, how many are among the first that are found."""
    hits = [
        any(one.id.lower() == case.work.id.lower() for one in index.search(case.query))
        for case in cases
        if case.work is not None
    ]
    return Rate(sum(hits), len(hits))


def whole(scores: Iterable[Score]) -> Score:
    """All sets as one."""
    total = Score()
    for one in scores:
        total.counts += one.counts
        total.failures += one.failures
    return total


def citable(index: Index, step: int) -> list[Work]:
    """The works that references can be made of, every so-manieth."""
    works = (
        work
        for work in index.works.values()
        if can_be_cited(work) and work.doi and notice_kind(work) is None
    )
    return list(works)[::step]


def made_cases(works: Sequence[Work]) -> Iterator[Case]:
    """Strings and fields made of works."""
    for name, work, text in variants(works):
        yield Case.of_text(f"made {name}", text, work)
    for work in works:
        for titled in (True, False):
            fields = structured(work, titled=titled)
            placed = "first-page" in fields and "volume" in fields
            if titled or placed:
                name = f"made structured{'' if titled else ' without title'}"
                yield Case.of_item(name, item_of_fields(fields), work)
        yield Case.of_item("made full fields", item_of(work, "x"), work)


def look_alike_scores(works: Sequence[Work]) -> dict[str, Score]:
    """Each kind of look-alike in place of the work, and beside it."""
    scores: dict[str, Score] = {}
    articles = [work for work in works if work.volume and work.page]
    for case in _cases_of_articles(articles):
        if case.work is None:
            continue
        for kind, other in look_alikes(case.work):
            score = scores.setdefault(kind, Score())
            score.add(case, case.verdict([other]), present=False)
            score.add(case, case.verdict([other, case.work]), present=True)
    return scores


def _cases_of_articles(works: Sequence[Work]) -> Iterator[Case]:
    for style in STYLES[:5]:
        for work, text in styled(works, style):
            yield Case.of_text(style, text, work)
    for work in works:
        yield Case.of_item("fields", item_of(work, "x"), work)


def corpus_cases(corpus: Path, step: int) -> Iterator[Case]:
    """The sets of the corpus: none of their works is among the recorded ones."""
    for name in _TEXT_SETS:
        for row in _rows(corpus, name, step):
            yield Case.of_text(name, str(row["text"]))
    for row in _rows(corpus, "crossref_structured", step):
        fields = row["reference"]
        if isinstance(fields, dict):
            yield Case.of_item("crossref_structured", item_of_fields(fields))


def hallmark_cases(corpus: Path, step: int) -> tuple[Index, list[Case]]:
    """An index of the works that valid entries cite, and the entries.

    A hallucinated entry may only be matched to the work of the very title and first
    author that it cites.
    """
    index, cases = Index(()), []
    rows = list(_rows(corpus, "hallmark", 1))
    for number, row in enumerate(rows):
        fields = row["fields"]
        if row["label"] == "VALID" and isinstance(fields, dict) and fields.get("doi"):
            item = _bibtex_item(str(row["bibtex_type"]), fields)
            work = _work_of(item, str(fields["doi"]))
            index.add(work)
            bare = item.model_copy(update={"doi": None, "url": None})
            if number % step == 0:
                cases.append(Case.of_item("hallmark VALID", bare, work))
    for row in rows[::step]:
        fields = row["fields"]
        if row["label"] != "VALID" and isinstance(fields, dict):
            item = _bibtex_item(str(row["bibtex_type"]), fields)
            bare = item.model_copy(update={"doi": None, "url": None})
            name = f"hallmark {row['hallucination_type']}"
            cases.append(replace(Case.of_item(name, bare), cited=bare))
    return index, cases


def _is_twin(one: Work, other: Work) -> bool:
    """Whether two records are of one work, registered twice: reports often are."""
    return (
        title_key(one.title or "") == title_key(other.title or "")
        and list(map(family_key, one.author)) == list(map(family_key, other.author))
        and one.container_title == other.container_title
        and one.publisher == other.publisher
        and (one.issued and one.issued.year) == (other.issued and other.issued.year)
    )


def _is_as_cited(cited: Item, work: Work) -> bool:
    """Whether title, but for a word, and somebody of the first author's name agree."""
    ours, theirs = title_key(cited.title or ""), title_key(work.title or "")
    alike = SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= _ALIKE
    return alike and first_family(cited) == first_family(work)


def _work_of(item: Item, doi: str) -> Work:
    registered = "journal-article" if item.container_title else "posted-content"
    given = {name: getattr(item, name) for name in item.model_fields_set}
    given = {k: v for k, v in given.items() if k in Work.model_fields and v}
    return Work.model_validate(
        {
            **given,
            "id": doi,
            "doi": doi,
            "registered_type": registered,
            "provenance": Provenance(answered_by="made", fetched=FETCHED),
        }
    )


def _bibtex_item(kind: str, fields: Mapping[str, object]) -> Item:
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    source = SourceText("made.bib", f"@{kind}{{x,\n{lines}\n}}\n")
    return bibtex.load(source).references[0]


def _rows(corpus: Path, name: str, step: int) -> Iterator[Mapping[str, object]]:
    path = corpus / "matching" / f"{name}.jsonl"
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % step == 0:
                yield json.loads(line)


def item_of_fields(fields: Mapping[str, str]) -> Item:
    """The item of the fields that Crossref keeps of a structured reference."""
    title, volume_title = fields.get("article-title"), fields.get("volume-title")
    container = fields.get("journal-title") or fields.get("series-title")
    data: dict[str, object] = {"id": "x", "type": "article-journal"}
    if volume_title and not title:
        title, data["type"] = volume_title, "book"
    elif volume_title:
        container = volume_title
    year = _YEAR.match(fields.get("year", ""))
    data |= {
        "author": (_author(fields["author"]),) if fields.get("author") else (),
        "title": title,
        "container_title": container,
        "issued": Date(PartialDate(int(year[0]))) if year else None,
        "volume": fields.get("volume"),
        "issue": fields.get("issue"),
        "page": fields.get("first-page"),
    }
    return Item.model_validate({name: value for name, value in data.items() if value})


def _author(text: str) -> Name:
    family, comma, given = text.strip(" ,").partition(",")
    if comma:
        return Name(family=family, given=given.strip())
    parts = family.split()
    if len(parts) > 1 and _INITIALS.fullmatch(parts[-1]):
        return Name(family=" ".join(parts[:-1]), given=parts[-1])
    if len(parts) > 1 and _INITIALS.fullmatch(parts[0]):
        return Name(family=parts[-1], given=" ".join(parts[:-1]))
    return Name(family=family)
