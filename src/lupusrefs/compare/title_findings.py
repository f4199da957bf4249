"""What is reported of two titles that differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lupusrefs.compare.comparison import FieldComparison, Grade, finding, proposal
from lupusrefs.compare.text import words
from lupusrefs.compare.title_alignment import Alignment, Block
from lupusrefs.compare.title_differences import Difference, Kind
from lupusrefs.findings import Change, Confidence, Finding, Severity
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

_RULES: Final = {
    Kind.CUT: "title-truncated-wrongly",
    Kind.LETTER: "title-letter-changed",
    Kind.NUMBER: "title-number-changed",
    Kind.WORD: "title-word-changed",
}
_PATHS: Final = {"Crossref": "message.title", "DataCite": "attributes.titles"}
_MAX_BLOCKS: Final = 4
_MAX_SHOWN: Final = 80
# What a scanner takes for what: read in a registered word -> the letters it may be.
_SCANS: Final = (
    ("rn", "m"),
    ("m", "rn"),
    ("cl", "d"),
    ("li", "h"),
    ("ii", "u"),
    ("vv", "w"),
    ("1", "l"),
    ("0", "o"),
    ("tli", "th"),
    ("fi", "h"),
    ("rii", "m"),
)


def title_findings(
    told: FieldComparison,
    alignment: Alignment,
    differences: tuple[Difference, ...],
    reference: Item,
    work: Work,
    corroborated: bool,
) -> tuple[Finding, ...]:
    """The finding on a title that differs, by the worst of its differences."""
    kind = max(difference.kind for difference in differences)
    blocks = [
        block
        for block, difference in zip(alignment.blocks, differences, strict=True)
        if difference.kind >= Kind.CUT
    ]
    rule = _RULES[kind]
    is_other = told.grade is Grade.WHOLE
    message = _other_title(told) if is_other else _message(alignment, blocks)
    return (
        finding(
            rule,
            reference,
            message,
            field="title",
            cited=told.cited,
            registered=told.registered,
            forms=(told.cited_form, told.registered_form),
            path=_PATHS.get(work.agency or ""),
            confidence=_confidence(
                kind, alignment, blocks, work, is_other=is_other, sure=corroborated
            ),
            severity=Severity.INFO if kind is Kind.CUT else None,
            fix=None if is_other else proposal(_mended(told, alignment, blocks)),
        ),
    )


def _confidence(
    kind: Kind,
    alignment: Alignment,
    blocks: list[Block],
    work: Work,
    *,
    is_other: bool,
    sure: bool,
) -> Confidence:
    """A damaged registered title supports no warning (comparison.md, P2)."""
    if is_other or alignment.registered.is_damaged:
        return Confidence.POSSIBLE
    if kind is Kind.LETTER:
        suspect = all(_is_suspect(alignment, block, work) for block in blocks)
        return Confidence.POSSIBLE if suspect else Confidence.LIKELY
    return Confidence.CERTAIN if sure else Confidence.LIKELY


def _is_suspect(alignment: Alignment, block: Block, work: Work) -> bool:
    """Whether the registered word looks like the misspelt one (comparison.md, B30c).

    The scanner took letters for others that look like them, or the record itself has
    the cited word elsewhere.
    """
    cited, registered = ("".join(side) for side in alignment.keys(block))
    for read, meant in _SCANS:
        start = registered.find(read)
        while start >= 0:
            if registered[:start] + meant + registered[start + len(read) :] == cited:
                return True
            start = registered.find(read, start + 1)
    if cited[:-2] == registered[: len(cited) - 2]:
        return False  # of two endings both are words
    elsewhere = _words_elsewhere(work)
    return cited in elsewhere and registered not in elsewhere


def _words_elsewhere(work: Work) -> frozenset[str]:
    texts = (*work.subtitles, *work.titles[1:], *work.container_titles)
    return frozenset(word for text in texts for word in words(text))


def _message(alignment: Alignment, blocks: list[Block]) -> str:
    shown = list(_differing(alignment, blocks[:_MAX_BLOCKS]))
    if len(blocks) > _MAX_BLOCKS:
        shown.append("and more")
    return "; ".join(shown)


def _differing(alignment: Alignment, blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        cited, registered = (_short(" ".join(side)) for side in alignment.shown(block))
        if cited and registered:
            yield f"cited `{cited}`, registered `{registered}`"
        elif cited:
            yield f"cited with `{cited}`, registered without"
        else:
            yield f"cited without `{registered}`, registered with it"


def _other_title(told: FieldComparison) -> str:
    return f"cited `{_short(told.cited)}`, registered `{_short(told.registered)}`"


def _short(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"


def _mended(told: FieldComparison, alignment: Alignment, blocks: list[Block]) -> Change:
    """The registered words in place of the cited ones, else the registered title.

    Capitals and markup of the rest stay as the user has them.
    """
    mended = told.cited
    for block in blocks:
        cited, registered = (" ".join(side) for side in alignment.shown(block))
        if not cited or not registered or mended.count(cited) != 1:
            return Change("title", alignment.registered.text)
        mended = mended.replace(cited, _in_case_of(cited, registered))
    return Change("title", mended)


def _in_case_of(cited: str, registered: str) -> str:
    if registered.isupper() and not cited.isupper() and len(registered) > 1:
        registered = registered.lower()
    if cited[:1].isupper():
        return registered[:1].upper() + registered[1:]
    if cited.islower() and registered.istitle():
        return registered.lower()
    return registered
