"""The fields of a reference as a CSL item."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from lupusrefs.freetext import labels as l
from lupusrefs.freetext.dates import ReadDate, parse_date
from lupusrefs.freetext.kinds import item_type
from lupusrefs.freetext.parsed import ReadField
from lupusrefs.freetext.people import parse_people
from lupusrefs.model.dates import Date
from lupusrefs.model.item import Item
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.variables import field_name

_NAMES: Final = (l.AUTHOR, l.EDITOR, l.TRANSLATOR)
_ONCE: Final = (
    l.COLLECTION,
    l.VOLUME,
    l.ISSUE,
    l.PAGE,
    l.PUBLISHER,
    l.PLACE,
    l.EDITION,
    l.GENRE,
    l.NUMBER,
    l.STATUS,
    l.CITATION_NUMBER,
    l.DOI,
    l.URL,
    "PMID",
    "PMCID",
    "ISBN",
    "ISSN",
    "number-of-pages",
    "number-of-volumes",
)
_MARKUP: Final = re.compile(r"</?[A-Za-z]{1,12}>")
_DIRECTOR: Final = re.compile(
    r"[\s,(]{0,4}\b(?:directors?|dir\.|regie)[\s).,]*\Z", re.IGNORECASE
)
_EDITION: Final = re.compile(
    r"\A(\d+)(?:st|nd|rd|th|e|\.)?[\s.ªº]*(?:rev(?:ised)?\.?\s*)?"
    r"(?:ed(?:ition|n|\.)?|éd(?:ition|\.)?|aufl(?:age|\.)?)?\.?\Z",
    re.IGNORECASE,
)


def build_item(fields: Sequence[ReadField], *, is_in: bool) -> Item:
    """The item that the fields of a reference make.

    Of a field that comes twice the first one counts; names are joined.

    Args:
        fields: what was read, in the order of the string.
        is_in: the container is introduced by "In".
    """
    first: dict[str, str] = {}
    for one in fields:
        first.setdefault(one.variable, one.text)
    values: dict[str, object] = {"id": "", "type": item_type(first, is_in=is_in)}
    for variable in _ONCE:
        if variable in first:
            values[field_name(variable)] = first[variable]
    for variable in (l.TITLE, l.CONTAINER):
        if variable in first:
            values[field_name(variable)] = _clean(first[variable])
    _add_names(values, fields)
    _add_dates(values, fields)
    if l.EDITION in first:
        values["edition"] = _EDITION.sub(r"\1", first[l.EDITION])
    if "arXiv" in first:
        values |= {"archive": "arXiv", "archive_location": first["arXiv"]}
    notes = [one.text for one in fields if one.variable == l.NOTE]
    if notes:
        values["note"] = "; ".join(notes)
    return Item(**values)  # type: ignore[arg-type]


def _clean(text: str) -> str:
    """A title without markup, hyphens of line ends, and breaks."""
    return " ".join(_MARKUP.sub("", text).replace("\u00ad", "").split())


def _add_names(values: dict[str, object], fields: Sequence[ReadField]) -> None:
    for variable in _NAMES:
        names: list[Name] = []
        target = variable
        for one in fields:
            if one.variable == variable:
                written = _DIRECTOR.sub("", one.text)
                if written != one.text and variable == l.AUTHOR:
                    target = "director"
                names += parse_people(written)
        if OTHERS in names:
            # However often it is said, it ends the list.
            names = [*(name for name in names if name != OTHERS), OTHERS]
        if names:
            values[target] = tuple(names)


def _add_dates(values: dict[str, object], fields: Sequence[ReadField]) -> None:
    dated = _first_date(fields, l.ISSUED, lambda found: found.date.start is not None)
    dated = dated or _first_date(fields, l.ISSUED, lambda _: True)
    status = values.get("status")
    if dated is not None:
        values["issued"] = dated.date
        if dated.suffix:
            values["year_suffix"] = dated.suffix
    elif isinstance(status, str):
        values["issued"] = Date(literal=status)
    accessed = _first_date(
        fields, l.ACCESSED, lambda found: found.date.start is not None
    )
    if accessed is not None:
        values["accessed"] = accessed.date


def _first_date(
    fields: Sequence[ReadField], variable: str, fits: Callable[[ReadDate], bool]
) -> ReadDate | None:
    for one in fields:
        if one.variable == variable:
            found = parse_date(one.text)
            if found is not None and fits(found):
                return found
    return None
