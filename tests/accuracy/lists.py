"""Lists of references: what is cited twice; and DOIs that are none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Final

from accuracy.case import Case, cite
from accuracy.dialects import DIALECTS
from accuracy.records import Recorded
from accuracy.status import Question, Status
from lupusrefs.compare.duplicates import Duplicates
from lupusrefs.compare.outcomes import outcome_findings
from lupusrefs.findings import Finding, Severity
from lupusrefs.identify import identify
from lupusrefs.model.outcome import Malformed
from lupusrefs.model.reference import Reference

# Ways to spoil a DOI so that no reading of it is one.
_SPOILT: Final[dict[str, Callable[[str], str]]] = {
    "prefix without 10": lambda doi: doi.removeprefix("10."),
    "only the prefix": lambda doi: doi.partition("/")[0],
    "letters for the prefix": lambda doi: f"IO.{doi.removeprefix('10.')}",
    "words": lambda _: "available from the publisher",
}
_TELLING: Final = 5  # words of a title that two works hardly share
_DUPLICATES: Final = frozenset(("duplicate-doi", "duplicate-reference"))


def measure(records: Sequence[Recorded]) -> Status:
    """Duplicates in one long list without any, and in many short ones with one."""
    status: Status = {}
    _ask_long_list(status, records)
    for record in records:
        case = Case(cite(record.work), record.work)
        _ask_duplicates(status, case, record)
        for name, spoil in _SPOILT.items():
            _ask_malformed(status, case, name, spoil)
    return status


def _note(
    status: Status, question: str, case: Case, said: Iterable[str], *, right: bool
) -> None:
    status.setdefault(question, Question()).note(case.work, said, right=right)


def _ask_long_list(status: Status, records: Sequence[Recorded]) -> None:
    """Every work once: nothing comes again."""
    seen = Duplicates()
    dois = set[str]()
    for number, record in enumerate(records):
        if record.doi in dois:
            continue
        dois.add(record.doi)
        reference = cite(record.work).model_copy(update={"id": f"key{number}"})
        said = _rules(seen.seen(reference, record.work))
        question = "list of different works: no duplicate told"
        case = Case(reference, record.work)
        _note(status, question, case, said, right=not _DUPLICATES & said)


def _ask_duplicates(status: Status, case: Case, record: Recorded) -> None:
    random = Random(f"{record.doi} twice")
    again = _in_a_dialect(case, random, "identifier", "author", "character")
    said = _second(case.reference, again.reference, case)
    question = "same DOI twice, in other spellings: told"
    _note(status, question, case, said, right="duplicate-doi" in said)
    if (
        len((case.reference.title or "").split()) < _TELLING
        or not case.reference.author
    ):
        return
    again = _in_a_dialect(case, random, "title", "container", "numbers")
    bare = again.reference.model_copy(update={"doi": None})
    said = _second(case.reference, bare, None)
    question = "same work twice, once without DOI: told"
    _note(status, question, case, said, right="duplicate-reference" in said)


def _in_a_dialect(case: Case, random: Random, *groups: str) -> Case:
    """The case in any dialect of some groups that does not shorten the title."""
    known = [
        one for one in DIALECTS if one.group in groups and "omitted" not in one.name
    ]
    changed = random.choice(known).apply(case, random)
    return changed or case


def _second(first: Reference, second: Reference, case: Case | None) -> set[str]:
    """What is said of the second of two references."""
    seen = Duplicates()
    work = case.work if case else None
    seen.seen(first, work)
    return _rules(seen.seen(second.model_copy(update={"id": "again"}), work))


def _rules(found: Iterable[Finding]) -> set[str]:
    return {one.rule.id for one in found if one.severity is not Severity.INFO}


def _ask_malformed(
    status: Status, case: Case, name: str, spoil: Callable[[str], str]
) -> None:
    text = spoil(case.work.id)
    reference = case.reference.model_copy(update={"doi": text})
    outcome = identify(reference)
    said: set[str] = set()
    if isinstance(outcome, Malformed):
        said = _rules(outcome_findings(reference, outcome))
    question = f"malformed DOI, {name}: told"
    _note(status, question, Case(reference, case.work), said, right=bool(said))
