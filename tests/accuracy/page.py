"""The results as a page of Markdown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from accuracy.baselines import JUDGES, Baselines
from accuracy.citations import Citations
from accuracy.clean import AS_IS, THREE, Alarm, Clean
from accuracy.hostile import ATTACKS, Hostile
from accuracy.markdown import code, quoted, table
from accuracy.measure import Accuracy
from accuracy.mistakes import Miss, Mistakes
from accuracy.planted import CORRUPTIONS
from accuracy.rates import Rate
from accuracy.repairs import Repairs
from accuracy.status import Status

_SHOWN: Final = 5  # examples of one kind
_PREFIXES: Final = 12
_ALARM_LIMIT: Final = 0.3  # references with a warning or error, of 100
_ERROR_LIMIT: Final = 0.05
_INTRODUCTION: Final = """\
# Accuracy

<!-- Written by scripts/generate_accuracy.py (make accuracy); not by hand. -->

Measured on {date}.

How often `lupusrefs check` is right, on {records:,} recorded answers of Crossref,
DataCite and doi.org's content negotiation. Of {citable:,} of them a clean reference can
be made: they have a title with a word in it that is not their own DOI, a personal
author and a year, are no part, journal, review or test, and no notice is registered of
them.
Every such reference is then written in every harmless way that applies to it, and
spoilt by every mistake that can be made in it. What is compared is a reference with the
record of its DOI; what a registry would be asked for in addition is not.

A rate is followed by its 95 % interval (Wilson's; for no event 0 to 3/n). **Even**
and **odd** are halves by the hash of the DOI's prefix, so that a publisher is in one of
them only: what was learned from one publisher does not help in the other half.
"""


def page(result: Accuracy, date: str) -> str:
    """The whole page."""
    head = _INTRODUCTION.format(
        date=date, records=result.records, citable=result.citable
    )
    part = result.part
    sections = (
        ("The bars", _bars(result)),
        ("Clean references", _clean(part.clean)),
        ("False alarms", _alarms(part.clean.alarms)),
        ("Planted mistakes", _planted(part.mistakes)),
        ("Mistakes that were missed", _misses(part.mistakes)),
        ("Beside simpler programs", _baselines(part.baselines)),
        ("Real citations", _citations(result.citations)),
        ("Retractions and other updates", _status(result.status)),
        ("Duplicates and malformed DOIs", _status(result.lists)),
        ("Fixes", _repairs(part.repairs)),
        ("Broken and hostile records", _hostile(result.hostile)),
        ("Every dialect", _dialects(part.clean)),
    )
    lines = [head]
    for title, body in sections:
        lines += [f"## {title}\n", *body, ""]
    return "\n".join(lines).rstrip() + "\n"


def _bars(result: Accuracy) -> Iterator[str]:
    total = result.part.clean.total()
    errors = Rate(total.errors, total.references)
    safe = result.part.repairs.rate(safe=True)
    rows = [
        _at_most(
            "clean references with a warning or error", total.alarms, _ALARM_LIMIT
        ),
        _at_most("clean references with an error", errors, _ERROR_LIMIT),
        *_recall_bars(result.part.mistakes),
        _at_most("safe fixes that are wrong", safe, 0.0),
        _all_right("questions on retractions and updates", result.status),
        _all_right("questions on DOIs that are none, or cited twice", _dois(result)),
        (
            "real citations: labelled errors of citers that are reported",
            "all",
            f"{_told(result.citations)} of {result.citations.expected}",
            _mark(not result.citations.missed),
        ),
        (
            "broken and hostile records: findings",
            "0",
            str(len(result.hostile.alarms)),
            _mark(not result.hostile.alarms),
        ),
    ]
    yield from table(("bar", "at", "measured", ""), rows)


def _all_right(name: str, status: Status) -> tuple[str, str, str, str]:
    """Whether every question has the right answer every time."""
    right = sum(not question.failed for question in status.values())
    asked = sum(question.asked for question in status.values())
    measured = f"{right} of {len(status)}, asked {asked:,} times"
    return f"{name}: all answers right", "all", measured, _mark(right == len(status))


def _dois(result: Accuracy) -> Status:
    """Those of which nothing may be missed; a work without a DOI may."""
    return {name: q for name, q in result.lists.items() if "without DOI" not in name}


def _told(citations: Citations) -> int:
    return citations.expected - len(citations.missed)


def _at_most(name: str, rate: Rate, limit: float) -> tuple[str, str, str, str]:
    measured = f"{rate.per_hundred()} per 100, n = {rate.n:,}"
    return name, f"≤ {limit} per 100", measured, _mark(100 * rate.share <= limit)


def _mark(met: bool) -> str:
    return "met" if met else "**missed**"


def _recall_bars(mistakes: Mistakes) -> Iterator[tuple[str, str, str, str]]:
    for name, (bar, rate) in mistakes.bars().items():
        measured = f"{rate.percent()}, n = {rate.n:,}"
        yield name, f"≥ {bar:.0%}", measured, _mark(rate.share >= bar)


def _clean(clean: Clean) -> Iterator[str]:
    groups = dict.fromkeys(group for group, _, _ in sorted(clean.tallies))
    for last in (AS_IS, THREE):
        groups.pop(last, None)
    rows = [_clean_row(clean, name, group=name) for name in (AS_IS, *groups, THREE)]
    rows.append(_clean_row(clean, "**all**", group=None))
    columns = (
        "group",
        "references",
        "warned, of 100",
        "even",
        "odd",
        "errors",
        "infos",
    )
    yield from table(columns, rows)
    yield (
        "\nInfos are facts, not alarms: that a field is left out (absence, style) or "
        "a DOI is written in another form (identifier) is so, and is said. By rule, "
        "of 100 references:\n"
    )
    total = clean.total().references
    counts = sorted(clean.info_rules.items(), key=lambda item: (-item[1], item[0]))
    rows = [(code(rule), f"{100 * count / total:.2f}") for rule, count in counts]
    yield from table(("rule", "of 100"), rows)


def _clean_row(clean: Clean, name: str, *, group: str | None) -> tuple[str, ...]:
    all_, even, odd = (
        clean.total(group=group, even=half) for half in (None, True, False)
    )
    n = max(all_.references, 1)
    return (
        name,
        f"{all_.references:,}",
        all_.alarms.per_hundred(),
        f"{100 * even.alarms.share:.2f}",
        f"{100 * odd.alarms.share:.2f}",
        f"{100 * all_.errors / n:.3f}",
        f"{100 * all_.infos / n:.1f}",
    )


def _alarms(alarms: Sequence[Alarm]) -> Iterator[str]:
    yield f"{len(alarms):,} findings. By rule, with examples from different records:\n"
    by_rule: dict[str, list[Alarm]] = defaultdict(list)
    for one in alarms:
        by_rule[one.rule].append(one)
    for rule in sorted(by_rule, key=lambda key: (-len(by_rule[key]), key)):
        found = by_rule[rule]
        dialects = Counter(one.dialect for one in found)
        common = ", ".join(f"{name} {count}" for name, count in _most(dialects, _SHOWN))
        yield f"- {code(rule)}: {len(found)} ({common})"
        for one in _different(found):
            yield (
                f"  - {code(one.doi)}, {one.dialect}: cited {quoted(one.cited)}, "
                f"registered {quoted(one.registered)}"
            )
    prefixes = Counter(one.doi.partition("/")[0] for one in alarms)
    rows = [(code(name), str(count)) for name, count in _most(prefixes, _PREFIXES)]
    yield "\nBy prefix:\n"
    yield from table(("prefix", "findings"), rows)


def _most(counts: Counter[str], limit: int) -> list[tuple[str, int]]:
    """The most frequent, ties by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _different(found: Iterable[Alarm]) -> list[Alarm]:
    """A few from different records and dialects."""
    chosen: dict[str, Alarm] = {}
    for one in found:
        if one.dialect not in {other.dialect for other in chosen.values()}:
            chosen.setdefault(one.doi, one)
    return list(chosen.values())[:_SHOWN]


def _planted(mistakes: Mistakes) -> Iterator[str]:
    rows = []
    for one in CORRUPTIONS:
        all_, even, odd = (
            mistakes.total(one.name, even=half) for half in (None, True, False)
        )
        told = Rate(all_.told, all_.planted)
        rows.append(
            (
                *(one.group, one.name, f"{all_.planted:,}", all_.rate.percent()),
                *(f"{even.rate.share:.1%}", f"{odd.rate.share:.1%}"),
                *(f"{told.share:.1%}", str(all_.skipped)),
            )
        )
    yield (
        "Found is a mistake if a finding of the expected rule names its field, as a "
        "warning at least (exchanged authors, issue and last page: as an info). "
        "Skipped are those that give another registered value.\n"
    )
    yield from table(
        (
            "about",
            "mistake",
            "planted",
            "found",
            "even",
            "odd",
            "at any level",
            "skipped",
        ),
        rows,
    )


def _misses(mistakes: Mistakes) -> Iterator[str]:
    by_name: dict[str, list[Miss]] = defaultdict(list)
    for one in mistakes.misses:
        by_name[one.name].append(one)
    for corruption in CORRUPTIONS:
        found = by_name[corruption.name]
        if not found:
            continue
        yield f"- {corruption.name}: {len(found)}"
        said = Counter(one.said.replace("None", "-") for one in found)
        for text, count in _most(said, 3):
            yield f"  - said {count} times: {text}"
        # Evenly from the whole list, not all from one publisher.
        for one in found[:: max(1, len(found) // _SHOWN)][:_SHOWN]:
            yield (
                f"  - {code(one.doi)}: cited {quoted(one.cited)}, registered "
                f"{quoted(one.registered)}"
            )


def _baselines(baselines: Baselines) -> Iterator[str]:
    yield "Reported of 100 references, on a part of the records.\n"
    for title, rates in (
        ("clean, by dialect", baselines.clean),
        ("spoilt, by mistake", baselines.planted),
    ):
        groups = sorted({group for group, _ in rates})
        rows = []
        for group in groups:
            ours = [rates[group, judge] for judge in JUDGES]
            shares = (f"{100 * rate.share:.2f}" for rate in ours)
            rows.append((group, f"{ours[0].n:,}", *shares))
        yield from table((title, "n", *JUDGES), rows)
        yield ""


def _citations(citations: Citations) -> Iterator[str]:
    precision = citations.precision
    yield (
        f"{citations.pairs} entries of reference lists inside recorded works cite a "
        f"recorded work. Reported as a warning or error: {len(citations.reports)}; "
        f"errors of the citer by our reading: {precision.percent()}.\n"
    )
    rows = [
        (
            *(code(one.citing), code(one.cited), code(one.rule), quoted(one.value)),
            *(quoted(one.registered), one.label or "not labelled"),
        )
        for one in citations.reports
    ]
    columns = ("citing", "cited", "rule", "cited value", "registered", "who errs")
    yield from table(columns, rows)
    for citing, cited, field in citations.missed:
        yield f"\n- missed: {code(citing)} on {code(cited)}, {field}"


def _status(status: Status) -> Iterator[str]:
    rows = [
        (name, f"{question.asked:,}", question.rate.percent())
        for name, question in sorted(status.items())
    ]
    yield from table(("question", "asked", "right"), rows)
    for name, question in sorted(status.items()):
        if question.failed:
            yield f"\n- {name}: {len(question.failed)}"
            for doi, title, said in question.failed[: 2 * _SHOWN]:
                yield f"  - {code(doi)}, {quoted(title)}: said {said}"


def _repairs(repairs: Repairs) -> Iterator[str]:
    rows = [
        (name, f"{repairs.made[safe]:,}", repairs.rate(safe=safe).per_hundred(3))
        for name, safe in (("safe", True), ("proposed", False))
    ]
    yield (
        "Each fix is made, and the reference compared again: the finding has to be "
        "gone, and after a safe one nothing new said, after a proposed one no new "
        "warning. "
        f"{repairs.unchecked:,} put in a DOI whose record is not here.\n"
    )
    yield from table(("fixes", "made", "wrong, of 100"), rows)
    kinds = Counter((not one.safe, one.rule, one.why[:60]) for one in repairs.wrong)
    first = {(not one.safe, one.rule, one.why[:60]): one for one in repairs.wrong[::-1]}
    for key in sorted(kinds, key=lambda key: (key[0], -kinds[key], key))[:20]:
        one = first[key]
        yield (
            f"- {'safe' if one.safe else 'proposed'}, {code(one.rule)}: {kinds[key]}, "
            f"such as {code(one.doi)} ({one.case}): {one.why}"
        )


def _hostile(hostile: Hostile) -> Iterator[str]:
    yield (
        f"{len(ATTACKS)} kinds of broken or hostile records, {hostile.cases:,} cases: "
        f"{len(hostile.alarms)} findings of a warning or more, no crash."
    )
    counts = Counter(name for name, _, _ in hostile.alarms)
    first = {name: (doi, message) for name, doi, message in hostile.alarms[::-1]}
    for name, count in _most(counts, 20):
        doi, message = first[name]
        yield f"- {name}: {count}, such as {code(doi)}: {quoted(message)}"


def _dialects(clean: Clean) -> Iterator[str]:
    names = dict.fromkeys((group, name) for group, name, _ in clean.tallies)
    rows = []
    for group, name in sorted(names):
        tally = clean.total(group=group, name=name)
        rate = tally.alarms.per_hundred()
        infos = f"{100 * tally.infos / max(tally.references, 1):.1f}"
        rows.append((group, name, f"{tally.references:,}", rate, infos))
    columns = ("group", "dialect", "references", "warned, of 100", "infos")
    yield from table(columns, rows)
