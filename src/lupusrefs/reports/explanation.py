"""The evidence behind a verdict: what was asked and compared, which rule decided."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from lupusrefs.checker import Checked
from lupusrefs.compare.comparison import FieldComparison, State
from lupusrefs.findings import Finding, Rule
from lupusrefs.identify import identify
from lupusrefs.model.outcome import (
    Malformed,
    NoIdentifier,
    NotRegistered,
    Resolved,
    Unavailable,
)
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Update, Work
from lupusrefs.reports import citation
from lupusrefs.reports.evidence import evidence_line, source_of
from lupusrefs.reports.marking import one_line
from lupusrefs.rule_texts import RuleText

_WIDTH: Final = 88
_LONG_URL: Final = 400
_LABEL: Final = 12
_SILENT: Final = {
    State.ABSENT_CITED: "not cited: absence is no disagreement",
    State.ABSENT_REGISTERED: "not registered: absence is no disagreement",
    State.NOT_COMPARABLE: "cannot be compared",
    State.EQUAL: "the same",
}


def rule_explanation(rule: Rule, text: RuleText) -> str:
    """What a rule means, as a page for a terminal."""
    head = f"{rule.id} ({rule.severity}, {rule.group})"
    parts = [
        f"{head}\n{rule.summary[0].upper()}{rule.summary[1:]}.",
        _paragraph(text.why),
        f"Silent when\n{_paragraph(text.silent, 2)}",
        f"What to do\n{_paragraph(text.mend, 2)}",
        f"Documented in {rule.docs}",
    ]
    return "\n\n".join(parts) + "\n"


def key_explanation(checked: Checked) -> str:
    """Everything that led to the verdict on one reference."""
    return "\n".join(_lines(checked)) + "\n"


def _paragraph(text: str, indent: int = 0) -> str:
    blank = " " * indent
    return textwrap.fill(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=blank,
        subsequent_indent=blank,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _cut(url: str) -> str:
    """A request, without most of the other works that it asked for."""
    return url if len(url) <= _LONG_URL else f"{url[:_LONG_URL]}…"


def _labelled(label: str, text: str) -> Iterator[str]:
    """``label  text``, the further lines under the first."""
    body = textwrap.wrap(
        one_line(text) or "-",
        _WIDTH - _LABEL - 4,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for number, line in enumerate(body):
        head = f"{label:<{_LABEL}}" if number == 0 else " " * _LABEL
        yield f"    {head}{line}"


def _lines(checked: Checked) -> Iterator[str]:
    yield from _heading(checked.reference)
    yield ""
    yield "Asked"
    yield from _asked(checked)
    if checked.comparison is not None:
        work = checked.comparison.work
        if not isinstance(checked.outcome, Resolved):
            yield from _labelled("recognised", _recognised(work))
        yield from _updates(work)
        verdict = checked.comparison.verdict
        yield ""
        yield f"Is it the same work? {verdict.identity} ({verdict.confidence})"
        yield f"    {verdict.reason}"
        yield ""
        yield "Field by field"
        for one in checked.comparison.fields:
            yield from _field(one)
    yield ""
    yield from _verdict(checked)


def _heading(reference: Reference) -> Iterator[str]:
    place = f" ({reference.location})" if reference.location else ""
    yield one_line(f"{reference.id}{place}")
    who = " ".join(
        filter(None, (citation.authors(reference), citation.year(reference)))
    )
    title = citation.title(reference) if reference.title else ""
    said = ". ".join(filter(None, (who.rstrip("."), title, citation.place(reference))))
    if said:
        yield _paragraph(one_line(said), 2)


def _asked(checked: Checked) -> Iterator[str]:
    """Of whom what was asked, and when (what the store knows of it)."""
    match checked.outcome:
        case NoIdentifier(note):
            yield from _labelled("nobody", note or "the reference has no identifier")
        case Malformed(text, message, hint):
            yield from _labelled("nobody", f"`{text}`: {message}")
            if hint:
                yield from _labelled("hint", hint)
        case Unavailable(identifier, error):
            yield from _labelled("identifier", identifier)
            yield from _labelled("no answer", str(error))
        case _:
            yield from _labelled("identifier", str(identify(checked.reference)))
            yield from _labelled("answer", evidence_line(checked) or "")
    source = source_of(checked)
    if source is None:
        return
    yield from _labelled("when", f"{source.fetched:%Y-%m-%d %H:%M} UTC")
    if source.url:
        yield from _labelled("request", _cut(source.url))
    if source.error:
        yield from _labelled("not now", source.error)
    if isinstance(checked.outcome, NotRegistered):
        yield from _labelled("meaning", "an authority says no: this is no outage")


def _recognised(work: Work) -> str:
    """Where a work comes from that no identifier led to."""
    said = work.provenance
    by = "the bundled snapshot" if said.answered_by == "snapshot" else said.answered_by
    where = f"{by}, {said.fetched:%Y-%m-%d}"
    return f"by title, author and place as {work.id} ({where})"


def _updates(work: Work) -> Iterator[str]:
    """What the record says of updates; the rules of status rest on it alone."""
    for label, updates in (("updated by", work.updated_by), ("updates", work.updates)):
        for update in updates:
            yield from _labelled(label, _update(update, work))
    if not (work.updated_by or work.updates):
        yield from _labelled("updates", "none registered: no retraction is known")


def _update(update: Update, work: Work) -> str:
    own = " (itself: there is no notice)" if update.doi == work.doi else ""
    when = f", {update.date}" if update.date else ""
    source = f", says {update.source}" if update.source else ""
    return f"{update.label or update.type} {update.doi}{own}{when}{source}"


def _field(one: FieldComparison) -> Iterator[str]:
    said = one.reason or _SILENT.get(one.state, "")
    rules = ", ".join(dict.fromkeys(found.rule.id for found in one.findings))
    why = "; ".join(filter(None, (said, f"-> {rules}" if rules else "")))
    yield f"  {one.field}: {one.state}{f' ({one_line(why)})' if why else ''}"
    if one.state in {State.ABSENT_CITED, State.ABSENT_REGISTERED} and not one.findings:
        return
    yield from _side("cited", one.cited, one.cited_form)
    yield from _side("registered", one.registered, one.registered_form)


def _side(label: str, value: str, form: str) -> Iterator[str]:
    if not value:
        return
    yield from _labelled(label, value)
    if form and form != value:
        yield from _labelled("  as", form)


def _verdict(checked: Checked) -> Iterator[str]:
    yield "Verdict"
    reported = set(checked.findings)
    for found in checked.findings:
        yield from _finding(found)
    for ignored in checked.ignored:
        reported.add(ignored.finding)
        yield from _finding(ignored.finding)
        yield from _labelled("ignored", f"by the {ignored.source}: {ignored.reason}")
    fields = checked.comparison.fields if checked.comparison else ()
    for found in (found for one in fields for found in one.findings):
        if not any(_is_same(found, other) for other in reported):
            yield f"  {found.rule.id}: not reported"
            yield from _labelled("because", "another finding covers it, or it is off")
    if not reported:
        yield "  nothing to report"


def _is_same(one: Finding, other: Finding) -> bool:
    return (one.rule.id, one.field) == (other.rule.id, other.field)


def _finding(found: Finding) -> Iterator[str]:
    yield f"  {found.severity}: {found.rule.id} ({found.confidence})"
    yield from _labelled("message", found.message)
    if found.evidence and found.evidence.path:
        yield from _labelled("record", found.evidence.path)
    if found.fix:
        kind = "safe" if found.fix.safe else "to be looked at"
        changed = ", ".join(change.variable for change in found.fix.changes)
        yield from _labelled("fix", f"{kind}: {changed}")
