"""What an export had to leave out, as notes on standard error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from lupusrefs.formats.loss import Loss, LossKind
from lupusrefs.formats.names import FormatName
from lupusrefs.model.variables import ORDER

# What programs write for themselves: whoever exports to another seldom misses it.
# BibTeX's are of JabRef, BibDesk, Mendeley, Zotero, CiteULike, BibSonomy and DBLP;
# RIS's are links to files; MEDLINE's say who processed the record and when, and repeat
# authors and source in short ("MEDLINE/PubMed Data Element Descriptions", NLM).
_HOUSEKEEPING: Final = {
    "bibtex": re.compile(
        r"bdsk-.*|biburl|bibsource|citeulike-.*|creationdate|date-?added|date-?modified"
        r"|__markedentry|file|groups|interhash|intrahash|localfile|local-url|mendeley-.*"
        r"|modificationdate|owner|posted-at|priority|qualityassured|ranking|rating|read"
        r"|readstatus|timestamp|username|zotero.*",
        re.IGNORECASE,
    ),
    "ris": re.compile("L[1-4]"),
    "nbib": re.compile(
        "AU|CRDT|DA|DCOM|EDAT|JID|LR|MHDA|OTO|OWN|PHST|PST|SB|SFM|SO|STAT"
    ),
}
_LONGEST: Final = 60  # characters of a value that are shown
_CONTEXT: Final = 15  # characters before the first that differs
_MOST_FOREIGN: Final = 10  # foreign fields that one sentence names
_ORDER: Final = {variable: place for place, variable in enumerate(ORDER)}


def summary(losses: Sequence[Loss], name: FormatName) -> Iterator[str]:
    """A sentence for each kind of loss: how many, which fields, whose."""
    for kind, verb in ((LossKind.LOST, "cannot hold"), (LossKind.ALTERED, "changes")):
        some = [loss for loss in losses if loss.kind is kind]
        if some:
            fields = _by_field(some, lambda field, _: (_ORDER[field], field))
            yield f"{name} {verb} {_counted(some)}: {', '.join(fields)}"
    foreign = [loss for loss in losses if loss.kind is LossKind.FOREIGN]
    for family in sorted({loss.family or "" for loss in foreign}):
        yield _foreign([one for one in foreign if one.family == family], name, family)


def details(losses: Sequence[Loss]) -> Iterator[str]:
    """A line for each value: as it was, and what became of it."""
    for loss in losses:
        what = f"{loss.key}: `{loss.field}` is"
        if loss.became is None:
            yield f"{what} lost: {_short(loss.value)}"
        else:
            yield f"{what} altered: {_difference(loss.value, loss.became)}"


def _foreign(losses: Sequence[Loss], name: FormatName, family: str) -> str:
    """Fields of another family; housekeeping is only named."""
    telling = [one for one in losses if not _is_housekeeping(one)]
    names = {one.field.lower(): one.field for one in losses if _is_housekeeping(one)}
    housekeeping = ", ".join(f"`{names[field]}`" for field in sorted(names))
    beginning = f"{name} has no place for"
    if not telling:
        return f"{beginning} what programs keep in {family}: {housekeeping}"
    # The most frequent first.
    fields = _by_field(telling, lambda field, number: (-number, field))
    if (more := len(fields) - _MOST_FOREIGN) > 1:
        fields[_MOST_FOREIGN:] = [f"{more} more"]
    rest = f"; nor for {housekeeping}" if names else ""
    return f"{beginning} {_counted(telling, f'{family} ')}: {', '.join(fields)}{rest}"


def _is_housekeeping(loss: Loss) -> bool:
    names = _HOUSEKEEPING.get(loss.family or "")
    return names is not None and names.fullmatch(loss.field) is not None


def _counted(losses: Sequence[Loss], whose: str = "") -> str:
    """How many fields of how many references."""
    references = len({loss.key for loss in losses})
    fields = _number(len(losses), f"{whose}field")
    return f"{fields} of {_number(references, 'reference')}"


def _by_field(
    losses: Sequence[Loss], place: Callable[[str, int], tuple[int, str]]
) -> list[str]:
    """Each field, with its reference if there is one, else with how many there are.

    Args:
        losses: all of one kind.
        place: (field, number of losses) -> its place among the others.
    """
    spellings: dict[str, str] = {}
    keys: dict[str, list[str]] = {}
    for loss in losses:
        # BibTeX's fields have no case.
        field = spellings.setdefault(loss.field.lower(), loss.field)
        keys.setdefault(field, []).append(loss.key)
    order = sorted(keys, key=lambda field: place(field, len(keys[field])))
    return [f"{field} ({_whose(keys[field])})" for field in order]


def _whose(keys: Sequence[str]) -> str:
    different = list(dict.fromkeys(keys))
    if len(different) == 1:
        return different[0]
    return _number(len(different), "reference")


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _difference(before: str, after: str) -> str:
    """Both texts, from a little before they differ."""
    before, after = " ".join(before.split()), " ".join(after.split())
    pairs = enumerate(zip(before, after, strict=False))
    start = next((place for place, (one, other) in pairs if one != other), len(before))
    start -= _CONTEXT
    if start <= 0 or max(len(before), len(after)) <= _LONGEST:
        return f"{_short(before)} -> {_short(after)}"
    # From the begin of a word, unless it is as long as a URL.
    word = before.rfind(" ", max(0, start - _CONTEXT), start) + 1
    start = word or start
    return f"…{_short(before[start:])} -> …{_short(after[start:])}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
