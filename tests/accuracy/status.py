"""Retractions and other updates, recorded or made from the rows of public lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from accuracy.case import Case, cite
from accuracy.rates import Rate
from accuracy.records import FETCHED, Json, Recorded, shown
from accuracy.subject import findings
from lupusrefs.findings import Severity
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Update, Work

RETRACTED: Final = frozenset(
    ("retracted", "retracted-and-replaced", "withdrawn", "partially-retracted")
)
_CALLED: Final = frozenset(("retracted", "retracted-and-replaced", "withdrawn"))
# What a notice's title says before, or behind, the title of the work.
_NOUNS: Final = (
    r"retract\w*|errat\w*|corrigend\w*|correct\w*|withdraw\w*|addend\w*"
    r"|publisher['’]s note|expression of concern|berichtigung|fe de errores"
    r"|corigendum"
)
_BEFORE: Final = re.compile(
    rf"^[^:“\"]{{0,40}}?(?:{_NOUNS})(?:\s+(?:note|notice|article))?\s*"
    r"(?:to|:|for|—|–)?\s*[:“\"‘]?\s*",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    rf"(?:[.:—–]|\s-)\s*(?:an?\s)?(?:{_NOUNS})\s*$", re.IGNORECASE
)
_BARE_NOTICE: Final = re.compile(
    r"statement of|errata|department of error|issue information|removal notice",
    re.IGNORECASE,
)
_MARKED: Final = re.compile(r"\W*(?:retracted|withdrawn)\b", re.IGNORECASE)
_NOTICE: Final = re.compile(
    r"\W*(?:editorial |statement of )?retraction\b", re.IGNORECASE
)
_CORRECTION: Final = re.compile(
    r"\W*(?:correction|erratum|corrigendum)\b", re.IGNORECASE
)
_REMOVAL: Final = re.compile(r"\W*removal\b", re.IGNORECASE)
_NATURES: Final = {
    "Retraction": "retraction",
    "Expression of concern": "expression_of_concern",
    "Correction": "correction",
    "Reinstatement": "reinstatement",
}
# Recorded traps whose answer comparison.md, section 6, states: what has to be said of
# the work cited by its bare title, and what must not.
_TRAPS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "10.1016/s0140-6736(97)11096-0": (frozenset({"retracted"}), frozenset()),
    "10.1016/s0140-6736(20)31180-6": (frozenset({"retracted"}), frozenset()),
    "10.1371/journal.pone.0064723": (frozenset({"expression-of-concern"}), _CALLED),
    "10.1073/pnas.1414271111": (frozenset({"corrected"}), RETRACTED),
    "10.29328/journal.jcmhs.1001023": (frozenset({"partially-retracted"}), _CALLED),
    "10.1371/journal.pgen.1006779": (frozenset(), RETRACTED | {"new-version-exists"}),
    "10.1016/s0140-6736(20)31324-6": (frozenset(), _CALLED),
    "10.1016/s0140-6736(10)60175-4": (frozenset(), _CALLED),
    "10.1155/2015/369087": (frozenset({"doi-is-notice"}), _CALLED),
    "10.1155/2019/3954675": (frozenset({"doi-is-notice"}), _CALLED),
}


@dataclass(slots=True)
class Question:
    """One thing that has to be said, or must not: how often it is right."""

    asked: int = 0
    failed: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, work: Work, said: Iterable[str], *, right: bool) -> None:
        """Count one answer."""
        self.asked += 1
        if not right:
            text = ", ".join(sorted(said)) or "nothing"
            self.failed.append((work.id, work.title or "", text))

    @property
    def rate(self) -> Rate:
        """Right answers."""
        return Rate(self.asked - len(self.failed), self.asked)


Status: TypeAlias = dict[str, Question]


def measure(corpus: Path, records: Sequence[Recorded]) -> Status:
    """Every question on every row that answers it."""
    status: Status = {}
    _ask_updates(status, corpus / "retractions" / "open_retractions.jsonl")
    _ask_natures(status, corpus / "retractions" / "retractionwatch_doi_nature.jsonl")
    _ask_titles(status, corpus / "retractions" / "calibration_corpus.jsonl")
    _ask_recorded(status, records)
    return status


def _rules(case: Case, related: Mapping[str, Work]) -> dict[str, Severity]:
    return {one.rule.id: one.severity for one in findings(case, related)}


def _work(doi: str, title: str, **fields: object) -> Work:
    return Work.model_validate(
        {
            "id": doi,
            "type": "article-journal",
            "doi": doi,
            "title": title,
            "titles": (title,),
            "author": (Name(family="Miller", given="Anna"),),
            "issued": Date(PartialDate(2010)),
            "page": "10-19",
            "provenance": Provenance(answered_by="crossref", fetched=FETCHED),
            **fields,
        }
    )


def _ask(
    status: Status,
    question: str,
    work: Work,
    *,
    forbidden: frozenset[str] = frozenset(),
    needed: frozenset[str] = frozenset(),
    related: Iterable[Work] = (),
    title: str | None = None,
) -> None:
    """Cite the work by its title, and see what is said."""
    reference: Reference = cite(work)
    if title is not None:
        reference = reference.model_copy(update={"title": title})
    known = {one.id.lower(): one for one in related}
    said = _rules(Case(reference, work), known)
    right = not (forbidden & said.keys()) and (not needed or bool(needed & said.keys()))
    status.setdefault(question, Question()).note(work, said, right=right)


def _ask_updates(status: Status, file: Path) -> None:
    """Rows with the notice's title, the updated DOI and the notice's type and DOI."""
    for row in _rows(file):
        doi, title = str(row["doi"]), shown(str(row["title"] or ""))
        for update in _objects(row["updates"]):
            notice, type_ = str(update["doi"]), str(update["type"])
            if notice.lower() == doi.lower():
                _ask_self(status, row, type_)
            else:
                _ask_pair(status, row, notice, type_, title)


def _ask_self(status: Status, row: Json, type_: str) -> None:
    """An update of itself: only the title can tell that it is retracted."""
    doi, title = str(row["doi"]), shown(str(row["title"] or ""))
    own = (Update(doi=doi, type=type_),)
    work = _work(doi, title, updates=own, updated_by=own)
    bare = re.sub(r"^\W*\w+(?: article)?:\s*", "", title, flags=re.IGNORECASE)
    if _MARKED.match(title):
        question = "marked in its own title: called retracted or withdrawn"
        _ask(status, question, work, needed=RETRACTED, title=bare)
    elif not row["retracted"] and type_ not in {"removal", "withdrawal"}:
        question = "corrects itself: not called retracted"
        _ask(status, question, work, forbidden=RETRACTED)


def _ask_pair(status: Status, row: Json, notice: str, type_: str, title: str) -> None:
    doi = str(row["doi"])
    bare = _bare(title)
    update = Update(doi=notice, type=type_)
    work = _work(doi, bare, updated_by=(update,))
    holder = _work(
        notice, title, updates=(Update(doi=doi, type=type_),), author=(), page="20"
    )
    is_withdrawal = type_ in {"removal", "withdrawal"}
    if not _MARKED.match(title):
        question = "notice cited as itself: not called retracted"
        _ask(status, question, holder, forbidden=_CALLED, related=(work,))
    if type_ == "retraction" and _CORRECTION.match(title):
        # A correction that was registered as a retraction: either can be defended.
        return
    if type_ == "retraction" and row["retracted"]:
        question = "retraction registered: called retracted"
        _ask(status, question, work, needed=RETRACTED, related=(holder,))
        question = "retraction registered, notice not known: called retracted"
        _ask(status, question, work, needed=RETRACTED)
    elif is_withdrawal:
        question = "withdrawal registered: called withdrawn"
        _ask(status, question, work, needed=RETRACTED, related=(holder,))
    elif row["retracted"] and _NOTICE.match(title):
        question = "retraction by the notice's title alone: called retracted"
        _ask(status, question, work, needed=RETRACTED, related=(holder,))
    elif not (row["retracted"] or _REMOVAL.match(title)):
        question = "correction registered: not called retracted"
        _ask(status, question, work, forbidden=RETRACTED, related=(holder,))
        question = "correction registered: called corrected"
        told = frozenset({"corrected", "expression-of-concern"})
        _ask(status, question, work, needed=told, related=(holder,))


def _bare(title: str) -> str:
    """The title of the work that a notice's title names."""
    before = ""
    while before != title:
        before, title = title, _BEHIND.sub("", _BEFORE.sub("", title))
    title = title.strip("“”\"' ")
    is_none = not title or _BARE_NOTICE.match(title)
    return "A study of something" if is_none else title


def _ask_natures(status: Status, file: Path) -> None:
    """Retraction Watch's natures, as Crossref carries them."""
    for row in _rows(file):
        natures = str(row["nature"]).split(";")
        updates = tuple(
            Update(
                doi=f"10.5555/notice{n}",
                type=_NATURES[nature],
                source="retraction-watch",
            )
            for n, nature in enumerate(natures)
        )
        work = _work(str(row["doi"]), "A study of something", updated_by=updates)
        if "Retraction" in natures:
            question = "Retraction Watch: retracted"
            _ask(status, question, work, needed=RETRACTED)
        elif "Reinstatement" in natures:
            question = "Retraction Watch: reinstated, not called retracted"
            _ask(status, question, work, forbidden=RETRACTED)
        elif "Expression of concern" in natures:
            question = "Retraction Watch: expression of concern"
            needed = frozenset({"expression-of-concern"})
            _ask(status, question, work, needed=needed, forbidden=RETRACTED)
        else:
            question = "Retraction Watch: corrected, not called retracted"
            _ask(status, question, work, forbidden=RETRACTED)


def _ask_titles(status: Status, file: Path) -> None:
    """Titles of ordinary works: nothing is registered of them."""
    for row in _rows(file):
        if row["label"] == "clean":
            work = _work(str(row["doi"]), str(row["title"]))
            question = "no update registered: nothing said"
            _ask(status, question, work, forbidden=RETRACTED | {"corrected"})


def _ask_recorded(status: Status, records: Sequence[Recorded]) -> None:
    """Recorded works with an update entry, or that are marked in their titles."""
    works = {one.doi: one.work for one in records if one.source == "crossref"}
    for doi, work in works.items():
        related = [works[end] for end in sorted(_others(work)) if end in works]
        if doi in _TRAPS:
            needed, forbidden = _TRAPS[doi]
            question = "recorded trap: told as comparison.md says"
            bare = re.sub(
                r"^retracted:\s*", "", shown(work.title or ""), flags=re.IGNORECASE
            )
            _ask(
                *(status, question, work),
                needed=needed,
                forbidden=forbidden,
                related=related,
                title=bare,
            )
        types = {end.type for end in work.updated_by if end.doi.lower() != doi}
        if work.updates and not work.updated_by and not _MARKED.match(work.title or ""):
            question = "recorded notice or update: not called retracted"
            _ask(status, question, work, forbidden=_CALLED, related=related)
        elif types and not types & {"retraction", "withdrawal", "removal"}:
            question = "recorded correction: not called retracted"
            _ask(status, question, work, forbidden=_CALLED, related=related)


def _others(work: Work) -> set[str]:
    """The other ends of its updates."""
    ends = {end.doi.lower() for end in (*work.updates, *work.updated_by)}
    return ends - {work.id.lower()}


def _rows(file: Path) -> Iterator[Json]:
    for line in file.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            row: Json = json.loads(line)
            yield row


def _objects(value: object) -> Iterator[Json]:
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            yield one
