"""What a format cannot hold of items, found by writing and reading them again.

No table of what each format can do, which would soon be wrong: the text that its writer
made is read by its own reader, and the values of the two are compared.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lupusrefs.formats.catalogue import FORMATS, Format
from lupusrefs.formats.equivalence import is_same_doi, same_text, same_value
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import ORDER, field_name

# They hold every variable as it is (tests/formats/test_loss.py); only fields that no
# variable holds can be lost.
HOLDS_ALL: Final = frozenset((FormatName.CSL_JSON, FormatName.CSL_YAML))
# Both dialects share their fields.
# Whose foreign fields a writer gives back, besides those of its own name.
_FAMILIES: Final = {
    FormatName.BIBLATEX: frozenset(("bibtex",)),
    # PubMed's XML is read into the same tags.
    FormatName.NBIB: frozenset(("nbib", "pubmed-xml")),
}
# Writers may rewrite an id, because not all formats can have every key.
_COMPARED: Final = {
    variable: field_name(variable) for variable in ORDER if variable != "id"
}


class LossKind(StrEnum):
    """What became of a value.

    ``lost``: it is gone. ``altered``: it is another. ``foreign``: it is gone, and was a
    field of a file's own format, that no CSL variable holds.
    """

    LOST = "lost"
    ALTERED = "altered"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Loss:
    """One value that a format cannot hold, or not as it is.

    Attributes:
        key: the id of the item.
        kind: what became of it.
        field: the CSL variable; of a foreign one its name in the file.
        value: as it was, in words.
        became: as it is now; None if it is gone.
        family: of a foreign one, whose field it was, such as ``bibtex``.
    """

    key: str
    kind: LossKind
    field: str
    value: str
    became: str | None = None
    family: str | None = None


def losses(
    items: Iterable[Item], name: FormatName, *, text: str | None = None
) -> list[Loss]:
    """What a format cannot hold, in the order of the items and of their variables.

    Args:
        items: what is to be written.
        name: the format; one that is only read can hold nothing.
        text: what its writer has made of the items, where that is at hand.
    """
    items = list(items)
    known = FORMATS[name]
    families = _FAMILIES.get(name, frozenset((str(name),)))
    if name in HOLDS_ALL or known.dump is None:
        return [loss for item in items for loss in _foreign(item, None, families)]
    read = _read_again(items, known, text)
    return [
        loss
        for item, other in zip(items, read, strict=True)
        for loss in (*_compared(item, other), *_foreign(item, other, families))
    ]


def _read_again(
    items: Sequence[Item], known: Format, text: str | None
) -> list[Reference | None]:
    """What the format's own reader makes of each item; None if it finds none."""
    if known.dump is None:
        return [None] * len(items)
    written = known.dump(items) if text is None else text
    references = known.load(SourceText("", written)).references
    if len(references) == len(items):
        return list(references)
    # The reader or the writer has left one out: keys tell which, where they are kept.
    by_key: dict[str, deque[Reference]] = defaultdict(deque)
    for reference in references:
        by_key[reference.id].append(reference)
    return [by_key[item.id].popleft() if by_key[item.id] else None for item in items]


def _compared(item: Item, other: Reference | None) -> Iterator[Loss]:
    for variable, field in _COMPARED.items():
        value: object = getattr(item, field)
        if not value or (isinstance(value, str) and not value.strip()):
            continue
        found: object = getattr(other, field) if other else None
        if same_value(variable, value, found):
            continue
        if other and _is_kept_elsewhere(variable, value, other):
            continue
        if found:
            before, after = _told_apart(value, found)
            yield Loss(item.id, LossKind.ALTERED, variable, before, after)
        else:
            yield Loss(item.id, LossKind.LOST, variable, _words(value))


def _is_kept_elsewhere(variable: str, value: object, other: Reference) -> bool:
    """Whether the file holds it, though the reader says it in another way."""
    if not isinstance(value, str):
        return False
    if variable == "URL" and other.doi:
        return is_same_doi(value, other.doi)
    # Readers of formats with title case make it sentence case, and keep what was there.
    title = other.origin.titles.get(variable) if other.origin else None
    return title is not None and same_text(value, title)


def _foreign(
    item: Item, other: Reference | None, families: frozenset[str]
) -> Iterator[Loss]:
    """Fields beyond CSL that the file had: only its own family may have them, too."""
    origin = item.origin if isinstance(item, Reference) else None
    if origin is None:
        return
    kept: set[str] = set()
    if origin.family in families and other is not None and other.origin is not None:
        kept = {name.casefold() for name, _ in other.origin.fields}
    for name, text in origin.fields:
        if name.casefold() not in kept and text.strip():
            yield Loss(
                item.id, LossKind.FOREIGN, name, text.strip(), family=origin.family
            )


def _told_apart(before: object, after: object) -> tuple[str, str]:
    """Both values in words; names that only differ in what is which, part by part."""
    first, second = _words(before), _words(after)
    if first == second and isinstance(before, tuple) and isinstance(after, tuple):
        both = {*before} & {*after}
        first = "; ".join(_parts(one) for one in before if one not in both)
        second = "; ".join(_parts(one) for one in after if one not in both)
    return first, second


def _parts(part: object) -> str:
    if not isinstance(part, Name):
        return str(part)
    return ", ".join(f"{key}: {value}" for key, value in part.to_csl().items())


def _words(value: object) -> str:
    """A value in one text, for people."""
    match value:
        case str():
            return value
        case dict():
            return json.dumps(value, ensure_ascii=False)
        case tuple():
            separator = "; " if any(isinstance(part, Name) for part in value) else ", "
            return separator.join(map(str, value))
        case _:
            return str(value)
