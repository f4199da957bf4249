"""The law of mending: read again, the file says what it is to say, and no more changed.

Nobody's file is written to because an edit looks right: the whole file is read again as
it would be, and every value of every reference is compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from lupusrefs.errors import InputError
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.mend.cannot import CannotMend, cannot_mend
from lupusrefs.formats.mend.values import is_same, shown
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText, decode
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.edit import Edit, ImpossibleEdits
from lupusrefs.model.item import WIRE_NAMES
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference

# Formats in which every entry has its key; in the others one may be made up.
_KEYED: Final = frozenset(
    (FormatName.BIBTEX, FormatName.BIBLATEX, FormatName.HAYAGRIVA, FormatName.CSL_YAML)
)
_FIELDS: Final = tuple(
    (field, variable) for field, variable in WIRE_NAMES.items() if field != "id"
)


def check(
    source: SourceText,
    name: FormatName,
    before: Loaded,
    edits: Iterable[Edit],
    wanted: Mapping[int, Reference],
) -> None:
    """Make the edits, read the result, and compare it with what was wanted.

    Args:
        source: the file.
        name: its format.
        before: what is in it now.
        edits: what is to change.
        wanted: place in ``before.references`` -> that reference as it is to be.

    Raises:
        CannotMend: the edits overlap, cannot be written, or do something else.
    """
    try:
        data = source.edited(edits)
    except (InputError, ImpossibleEdits) as error:
        raise CannotMend(f"the changes cannot be written: {error}") from None
    after = FORMATS[name].load(decode(data, source.file))
    _compare_problems(before, after)
    if len(after.references) != len(before.references):
        raise CannotMend("the file would not have the same entries any more")
    pairs = zip(before.references, after.references, strict=True)
    for place, (old, new) in enumerate(pairs):
        if place in wanted:
            _compare(_derived(wanted[place], old, new), new, name, is_mended=True)
            _compare_rest(old, new)
        else:
            _compare(old, new, name, is_mended=False)


def _derived(wanted: Reference, old: Reference, new: Reference) -> Reference:
    """The wanted reference, with what readers make of the variables that change.

    Some types depend on whether there is a DOI or a URL, and the short title may be
    the begin of the title.
    """
    update: dict[str, object] = {}
    if wanted.type == old.type and (wanted.doi, wanted.url) != (old.doi, old.url):
        update["type"] = new.type
    is_begin = "title-short" not in old.places
    if wanted.title != old.title and wanted.title_short == old.title_short and is_begin:
        update["title_short"] = new.title_short
    return wanted.model_copy(update=update) if update else wanted


def _compare_problems(before: Loaded, after: Loaded) -> None:
    known = sum(found.is_error for found in before.diagnostics)
    errors = [found for found in after.diagnostics if found.is_error]
    if len(errors) > known:
        raise CannotMend(f"the file would have a new error: {errors[-1].message}")


def _compare(
    wanted: Reference, found: Reference, name: FormatName, *, is_mended: bool
) -> None:
    """Compare one reference, variable by variable.

    Raises:
        CannotMend: something differs.
    """
    has_key = name in _KEYED or "id" in wanted.places
    if has_key and wanted.id != found.id:
        raise cannot_mend(f"the key `{wanted.id}` would become `{found.id}`", wanted)
    old, new = wanted.__dict__, found.__dict__
    for field, variable in _FIELDS:
        before, after = old[field], new[field]
        if before == after or (is_mended and is_same(variable, before, after)):
            continue
        if is_mended and _is_finer(before, after):
            continue
        whose = "" if is_mended else f" of `{wanted.id}`, which nothing is wrong with,"
        raise cannot_mend(
            f"`{variable}`{whose} would read “{_short(after)}”, not “{_short(before)}”",
            wanted,
            variable,
        )
    if not is_mended and wanted.origin != found.origin:
        raise cannot_mend(f"other fields of `{wanted.id}` would change", wanted)


def _is_finer(wanted: object, found: object) -> bool:
    """Whether a date has the wanted year, and a month that stood elsewhere in the file.

    RIS and ``.enw`` have the year by itself and again in the date (``PY`` and ``DA``);
    where the two disagreed, only the year was read.
    """
    return (
        isinstance(wanted, Date)
        and isinstance(found, Date)
        and found.year is not None
        and wanted == Date(PartialDate(found.year))
    )


def _compare_rest(old: Reference, new: Reference) -> None:
    """Compare what CSL has no variable for; what repeats a changed value may go.

    Raises:
        CannotMend: something else is lost.
    """
    if old.origin is None or new.origin is None:
        return
    left = Counter(new.origin.fields)
    changed = [
        str(value)
        for field, _ in _FIELDS
        if old.__dict__[field] != new.__dict__[field]
        for value in _texts(old.__dict__[field]) + _texts(new.__dict__[field])
    ]
    is_redated = old.issued != new.issued
    for name, text in (Counter(old.origin.fields) - left).elements():
        if is_redated and name.lower() in _PARTS_OF_DATE:
            continue
        if not any(text in value or value in text for value in changed):
            raise cannot_mend(f"the field `{name}` would be lost", old)


_PARTS_OF_DATE: Final = frozenset(("month", "day", "da"))


def _texts(value: object) -> list[str]:
    """What a value says, in pieces: years of dates, family names."""
    match value:
        case Date():
            return [str(value.year or value.literal)]
        case tuple():
            names = (one for one in value if isinstance(one, Name))
            return [*map(str, value), *(one.family_with_particle for one in names)]
        case None | "":
            return []
        case _:
            return [str(value)]


_SHOWN: Final = 80  # characters of a value in a message


def _short(value: object) -> str:
    text = shown(value) if isinstance(value, str | tuple) else str(value or "nothing")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
