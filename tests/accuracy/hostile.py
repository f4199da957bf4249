"""Records that are broken or malicious: no crash, no finding.

No time is measured: what does not come back within the limit of a test fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from accuracy.case import Case, cite
from accuracy.records import Recorded
from accuracy.subject import findings
from lupusrefs.findings import Finding, Severity
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.work import Work

Attack: TypeAlias = Callable[[Case], Case]

_MANY: Final = 5_000
_BOMB: Final = 20_000


def _work(**fields: object) -> Attack:
    return lambda case: Case(case.reference, case.work.model_copy(update=fields))


def _title(make: Callable[[str], str]) -> Attack:
    def attack(case: Case) -> Case:
        title = make(case.work.title or "")
        fields = {"title": title, "titles": (title,)}
        return Case(case.reference, case.work.model_copy(update=fields))

    return attack


def _crowd() -> tuple[Name, ...]:
    return tuple(Name(family=f"Person{n}", given="A. B.") for n in range(_MANY))


def _crowd_registered(case: Case) -> Case:
    """The cited first authors, "and others", of five thousand."""
    people = (*case.work.author, *_crowd())
    reference = case.reference.model_copy(
        update={"author": (*case.reference.author, OTHERS)}
    )
    return Case(reference, case.work.model_copy(update={"author": people}))


def _crowd_on_both_sides(case: Case) -> Case:
    people = {"author": (*case.work.author, *_crowd())}
    return Case(
        case.reference.model_copy(update=people), case.work.model_copy(update=people)
    )


def _long_lists(case: Case) -> Case:
    """A thousand titles, containers and ISSNs, the right ones among them."""
    noise = tuple(f"Noise number {n}" for n in range(_MANY // 5))
    work = case.work
    return Case(
        case.reference,
        work.model_copy(
            update={
                "titles": (*work.titles, *noise),
                "container_titles": (*work.container_titles, *noise),
                "issn": ", ".join([work.issn or "", *("1234-5679" for _ in noise)]),
            }
        ),
    )


_NO_CONTAINER: Final[dict[str, object]] = {
    "container_title": None,
    "container_titles": (),
    "container_title_short": None,
}
ATTACKS: Final[dict[str, Attack]] = {
    "no title": _work(title=None, titles=()),
    "empty title": _work(title="", titles=("",)),
    "title of spaces": _work(title="   ", titles=("   ",)),
    "title null": _work(title="null", titles=("null",)),
    "title of marks": _work(title="?!…", titles=("?!…",)),
    "no dates": _work(issued=None, dates=()),
    "no authors": _work(author=()),
    "empty author": _work(author=(Name(family=""), Name(literal=""))),
    "no container": _work(**_NO_CONTAINER),
    "empty container": _work(
        container_title="", container_titles=("",), container_title_short=""
    ),
    "null numbers": _work(volume="null", issue="null", page="null"),
    "marks for numbers": _work(volume="-", issue="?", page="-"),
    "nothing but the DOI": _work(
        title=None,
        titles=(),
        author=(),
        issued=None,
        dates=(),
        **_NO_CONTAINER,
        volume=None,
        issue=None,
        page=None,
        publisher=None,
    ),
    "5,000 authors": _crowd_registered,
    "5,000 authors on both sides": _crowd_on_both_sides,
    "1,000 titles and containers": _long_lists,
    "nested tags": _title(lambda t: "<i>" * _BOMB + t + "</i>" * _BOMB),
    "tags left open": _title(lambda t: "<sub>" * _BOMB + t),
    "closing tags": _title(lambda t: t + "</b>" * _BOMB),
    "escaped tags": _title(lambda t: "&lt;i&gt;" * _BOMB + t + "&lt;/i&gt;" * _BOMB),
    "braces": _title(lambda t: "{" * _BOMB + t + "}" * _BOMB),
    "spaces": _title(lambda t: t.replace(" ", " " * _BOMB, 1)),
    "zero-width spaces": _title(lambda t: t + "\u200b" * _BOMB),
    "100 kB of noise in the page": _work(page="1-" * 50_000),
    "100 kB of noise in the volume": _work(volume="(" * 100_000),
}


@dataclass(slots=True)
class Hostile:
    """The result: what was said by attack."""

    cases: int = 0
    alarms: list[tuple[str, str, str]] = field(default_factory=list)


def measure(records: Sequence[Recorded]) -> Hostile:
    """Every attack on some records; an exception is not caught."""
    result = Hostile()
    for record in records:
        case = Case(cite(record.work), record.work)
        for name, attack in ATTACKS.items():
            _attack(result, name, attack(case))
    return result


def _attack(result: Hostile, name: str, case: Case) -> None:
    result.cases += 1
    result.alarms += _alarms(name, case.work, findings(case))


def _alarms(
    name: str, work: Work, found: Iterable[Finding]
) -> Iterable[tuple[str, str, str]]:
    for one in found:
        if one.severity is not Severity.INFO:
            yield name, work.id, one.message
