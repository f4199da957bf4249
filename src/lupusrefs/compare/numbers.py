"""Volume and issue beside the registered ones (comparison.md, 3.4)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from lupusrefs.compare.comparison import (
    FieldComparison,
    Grade,
    State,
    finding,
    proposal,
)
from lupusrefs.compare.numbering import (
    Numbering,
    agreement,
    in_full,
    parse_numbering,
)
from lupusrefs.compare.record_path import record_path
from lupusrefs.compare.text import is_absent
from lupusrefs.compare.years import registered_years
from lupusrefs.findings import Change, Confidence, Severity

if TYPE_CHECKING:
    from lupusrefs.findings import Finding
    from lupusrefs.model.item import Item
    from lupusrefs.model.work import Work

_VOLUME: Final = "volume"
_ISSUE: Final = "issue"
_WITH_ISSUE: Final = re.compile(r"[0-9]{1,9}\s*\(([0-9]{1,9})\)")
# From here on a volume looks like a year.
_FIRST_YEAR: Final = 1500
_LONGEST: Final = 500  # characters of a DOI
_CENTURY: Final = 100


class _Side(NamedTuple):
    """Volume and issue as one side has them, verbatim and read.

    Either reading is None where the side says nothing of it.
    """

    volume_text: str
    issue_text: str
    volume: Numbering | None
    issue: Numbering | None


class _Pair(NamedTuple):
    """What is compared."""

    reference: Item
    work: Work
    cited: _Side
    registered: _Side


def compare_numbers(
    reference: Item, work: Work
) -> tuple[FieldComparison, FieldComparison]:
    """Compare the volume and the issue, in this order."""
    pair = _Pair(reference, work, _cited(reference), _registered(work))
    volume = _compare_volume(pair)
    if volume.differs and _is_exchange(pair):
        return _exchanged(pair)
    return volume, _compare_issue(pair, volume)


def _cited(reference: Item) -> _Side:
    volume = _text(reference.volume)
    issue = _text(reference.issue)
    side = _with_part(_side(volume, issue), _text(reference.part_number))
    text = _text(reference.supplement_number)
    if not text:
        return side
    named = parse_numbering(text)
    supplement = str(named) if named.supplement is None else named.supplement
    return side._replace(issue=in_full(side.issue or Numbering(), supplement))


def _with_part(side: _Side, part: str) -> _Side:
    """Part B of volume 312 is volume 312B."""
    if not part or side.volume is None or side.volume.letters:
        return side
    letters = parse_numbering(part).letters
    return side._replace(volume=replace(side.volume, letters=letters))


def _registered(work: Work) -> _Side:
    """A registered 0 stands for nothing: 10.2504/kds.4.cover1 is of no "issue 0"."""
    side = _side(_text(work.volume), _text(work.issue))
    if side.volume and side.volume.is_zero:
        side = side._replace(volume=None)
    if side.issue and side.issue.is_zero:
        side = side._replace(issue=None)
    return side


def _text(value: str | None) -> str:
    return value if value is not None and not is_absent(value) else ""


def _side(volume_text: str, issue_text: str) -> _Side:
    volume = parse_numbering(volume_text) if volume_text else None
    issue = parse_numbering(issue_text) if issue_text else None
    if volume and volume.spans:
        # "25(Suppl 1)", "132(4)": the issue stands in the field for the volume.
        if volume.supplement is not None:
            issue = in_full(issue or Numbering(), volume.supplement)
            volume = replace(volume, supplement=None)
        elif issue is None and (inner := _WITH_ISSUE.fullmatch(volume_text)):
            issue = parse_numbering(inner[1])
    return _Side(volume_text, issue_text, volume, issue)


def _compare_volume(pair: _Pair) -> FieldComparison:
    cited, registered = pair.cited, pair.registered
    if not cited.volume:
        return _compared(pair, _VOLUME, State.ABSENT_CITED)
    if registered.volume is None:
        if _agree(cited.volume, registered.issue) is not None:
            return _compared(
                pair, _VOLUME, State.EQUIVALENT, "volume registered as issue"
            )
        return _compared(pair, _VOLUME, State.ABSENT_REGISTERED)
    if cited.volume_text == registered.volume_text:
        return _compared(pair, _VOLUME, State.EQUAL)
    if (reason := _agree(cited.volume, registered.volume)) is not None:
        state = State.EQUIVALENT if reason else State.EQUAL
        return _compared(pair, _VOLUME, state, reason or None)
    if not (cited.volume.is_comparable and registered.volume.is_comparable):
        return _compared(pair, _VOLUME, State.NOT_COMPARABLE, "no number to compare")
    if reason := _reason_for_volume(pair):
        return _compared(pair, _VOLUME, State.EQUIVALENT, reason)
    return _compared(
        pair, _VOLUME, State.DIFFERENT, findings=(_volume_mismatch(pair, cited.volume),)
    )


def _agree(one: Numbering | None, other: Numbering | None) -> str | None:
    return agreement(one, other) if one and other else None


def _reason_for_volume(pair: _Pair) -> str | None:
    """Why another volume may be right, or None."""
    cited, registered = pair.cited, pair.registered
    number = _number(cited.volume)
    if _agree(_series(pair.reference), registered.volume) is not None:
        return "number of the series"
    if number is None:
        return None
    years = registered_years(pair.work).years
    if number in years:
        return "the year in place of the volume"
    if _number(registered.volume) not in years:
        return None
    if _agree(cited.volume, registered.issue) is not None:
        return "the year is registered as volume"
    # JHEP and JCAP: "0904" is issue 04 of the volume 2009.
    century, issue = divmod(number, _CENTURY)
    is_year = any(year % _CENTURY == century for year in years)
    if is_year and issue == _number(registered.issue):
        return "year and issue in place of the volume"
    return None


def _series(reference: Item) -> Numbering | None:
    """The number that a series gives the volume."""
    text = _text(reference.collection_number)
    return parse_numbering(text) if text else None


def _number(numbering: Numbering | None) -> int | None:
    """The number, where it is a single one."""
    if numbering is None or len(numbering.spans) != 1:
        return None
    first, last = numbering.spans[0]
    return first if first == last else None


def _volume_mismatch(pair: _Pair, cited: Numbering) -> Finding:
    """A volume that is registered as a year says little against a small one."""
    number = _number(pair.registered.volume)
    named_by_year = number in registered_years(pair.work).years
    small = (_number(cited) or 0) < _FIRST_YEAR
    unsure = named_by_year and small and number is not None and number >= _FIRST_YEAR
    texts = pair.cited.volume_text, pair.registered.volume_text
    return finding(
        "volume-mismatch",
        pair.reference,
        f"cited volume {texts[0]}, registered {texts[1]}",
        field=_VOLUME,
        cited=texts[0],
        registered=texts[1],
        forms=(str(cited), str(pair.registered.volume)),
        path=record_path(pair.work, _VOLUME),
        confidence=Confidence.POSSIBLE if unsure else Confidence.CERTAIN,
        fix=proposal(Change(_VOLUME, texts[1])),
    )


def _compared(
    pair: _Pair,
    field: str,
    state: State,
    reason: str | None = None,
    findings: tuple[Finding, ...] = (),
) -> FieldComparison:
    """The comparison of the volume or of the issue."""
    cited, registered = pair.cited, pair.registered
    if field == _VOLUME:
        differs = Grade.WHOLE
        texts = cited.volume_text, registered.volume_text
        forms = cited.volume, registered.volume
    else:
        differs = Grade.PART
        texts = cited.issue_text, registered.issue_text
        forms = cited.issue, registered.issue
    return FieldComparison(
        field=field,
        state=state,
        grade=differs if state is State.DIFFERENT else Grade.NONE,
        cited=texts[0],
        registered=texts[1],
        cited_form=str(forms[0] or ""),
        registered_form=str(forms[1] or ""),
        reason=reason,
        findings=findings,
    )


def _is_exchange(pair: _Pair) -> bool:
    cited, registered = pair.cited, pair.registered
    if not (cited.volume and cited.issue and registered.volume and registered.issue):
        return False
    return (
        _agree(cited.volume, registered.issue) is not None
        and _agree(cited.issue, registered.volume) is not None
    )


def _exchanged(pair: _Pair) -> tuple[FieldComparison, FieldComparison]:
    """One cause, one finding; none where the DOI sides with the citation (B78)."""
    cited, registered = pair.cited, pair.registered
    if _is_in_doi(pair):
        reason = "volume and issue exchanged in the registry"
        return (
            _compared(pair, _VOLUME, State.EQUIVALENT, reason),
            _compared(pair, _ISSUE, State.EQUIVALENT, reason),
        )
    found = finding(
        "volume-mismatch",
        pair.reference,
        f"cited volume {cited.volume_text} and issue {cited.issue_text}, registered"
        f" volume {registered.volume_text} and issue {registered.issue_text}:"
        " exchanged",
        field=_VOLUME,
        cited=f"{cited.volume_text}({cited.issue_text})",
        registered=f"{registered.volume_text}({registered.issue_text})",
        forms=(
            f"{cited.volume} ({cited.issue})",
            f"{registered.volume} ({registered.issue})",
        ),
        path=record_path(pair.work, _VOLUME),
        fix=proposal(
            Change(_VOLUME, registered.volume_text),
            Change(_ISSUE, registered.issue_text),
        ),
    )
    return (
        _compared(pair, _VOLUME, State.DIFFERENT, "exchanged with the issue", (found,)),
        _compared(pair, _ISSUE, State.DIFFERENT, "exchanged with the volume"),
    )


def _is_in_doi(pair: _Pair) -> bool:
    """Whether the DOI has the cited volume and issue side by side."""
    volume, issue = _number(pair.cited.volume), _number(pair.cited.issue)
    if volume is None or issue is None:
        return False
    suffix = (pair.work.doi or pair.work.id)[:_LONGEST].partition("/")[2]
    pattern = rf"(?<!\d)0*{volume}\D{{1,3}}0*{issue}(?!\d)"
    return re.search(pattern, suffix) is not None


def _compare_issue(pair: _Pair, volume: FieldComparison) -> FieldComparison:
    cited, registered = pair.cited, pair.registered
    if cited.issue is None:
        number = _text(pair.reference.number)
        if number and _agree(parse_numbering(number), registered.issue) is not None:
            return _compared(
                pair, _ISSUE, State.EQUIVALENT, f"number {number} is the issue"
            )
        return _compared(pair, _ISSUE, State.ABSENT_CITED)
    if registered.issue is None:
        if _agree(cited.issue, registered.volume) is not None and not cited.volume:
            return _compared(
                pair, _ISSUE, State.EQUIVALENT, "issue registered as volume"
            )
        return _compared(pair, _ISSUE, State.ABSENT_REGISTERED)
    if cited.issue_text and cited.issue_text == registered.issue_text:
        return _compared(pair, _ISSUE, State.EQUAL)
    reason = agreement(cited.issue, registered.issue)
    if reason is None and agreement(registered.issue, cited.issue) is not None:
        reason = "continuous number"
    if reason is not None:
        state = State.EQUIVALENT if reason else State.EQUAL
        return _compared(pair, _ISSUE, state, reason or None)
    if not (cited.issue.is_comparable and registered.issue.is_comparable):
        return _compared(pair, _ISSUE, State.NOT_COMPARABLE, "no number to compare")
    return _compared(
        pair, _ISSUE, State.DIFFERENT, findings=(_issue_mismatch(pair, volume.differs),)
    )


def _issue_mismatch(pair: _Pair, also_volume: bool) -> Finding:
    texts = pair.cited.issue_text or pair.cited.volume_text, pair.registered.issue_text
    return finding(
        "issue-mismatch",
        pair.reference,
        f"cited issue {texts[0]}, registered {texts[1]}",
        field=_ISSUE,
        cited=texts[0],
        registered=texts[1],
        forms=(str(pair.cited.issue), str(pair.registered.issue)),
        path=record_path(pair.work, _ISSUE),
        severity=Severity.WARNING if also_volume else None,
        fix=proposal(Change(_ISSUE, texts[1])),
    )
