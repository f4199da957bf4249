"""EndNote's tagged export, known as refer or BibIX, and by its suffix ``.enw``.

Source: EndNote's manual, "Creating a Tagged EndNote Import File"; refer(1) for files
that have no ``%0``, whose records are told apart by blank lines alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.formats.endnote.doi import find_doi
from lupusrefs.formats.endnote.field import SlotField
from lupusrefs.formats.endnote.meanings import JOURNALS, has_series_editor, variable
from lupusrefs.formats.endnote.record import Record
from lupusrefs.formats.endnote.types import GENERIC, Kind, find_kind, kind_of, near_name
from lupusrefs.formats.endnote.write import PROSE, item_fields, kept_fields, lines
from lupusrefs.formats.keys import key_each
from lupusrefs.formats.loaded import Loaded, load_all
from lupusrefs.formats.tagged import TaggedField, tagged_fields
from lupusrefs.formats.text import Diagnostics, Silence, SourceText
from lupusrefs.model.item import Item
from lupusrefs.model.key_syntax import is_usable
from lupusrefs.model.keys import citation_keys
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Origin, Reference

FAMILY: Final = "enw"
_TYPE: Final = "%0"
_KEY: Final = "%F"
_TAG: Final = re.compile(
    r"\ufeff?(?P<tag>%[0-9A-Z?@!#$&()*+^<>=~\[\]])(?:[ \t\u00a0]+|$)"
)
_DOI: Final = re.compile(r"(?:https?://)?(?:dx\.)?doi\b|10\.", re.IGNORECASE)
_SHOWN: Final = 60  # characters of a bad text that a message quotes
_TELLING: Final = frozenset(("author", "title", "electronic-number", "url"))
# Kinds whose title of the whole is in ``%J``.
_PERIODICALS: Final = JOURNALS | {"JFULL", "MGZN", "NEWS"}
_SLOTS: Final = {
    "%A": "author",
    "%B": "secondary-title",
    "%C": "place",
    "%D": "year",
    "%E": "secondary-author",
    "%F": "label",
    "%G": "language",
    "%I": "publisher",
    "%J": "secondary-title",
    "%K": "keywords",
    "%L": "call-number",
    "%M": "accession",
    "%N": "number",
    "%O": "alternate-title",
    "%P": "pages",
    "%R": "electronic-number",
    "%S": "tertiary-title",
    "%T": "title",
    "%U": "url",
    "%V": "volume",
    "%W": "provider",
    "%X": "abstract",
    "%Y": "tertiary-author",
    "%Z": "notes",
    "%1": "custom-1",
    "%2": "custom-2",
    "%3": "custom-3",
    "%6": "number-of-volumes",
    "%7": "edition",
    "%8": "date",
    "%9": "type-of-work",
    "%?": "subsidiary-author",
    "%@": "serial",
    "%!": "short-title",
    "%]": "custom-7",
    "%&": "section",
    "%*": "reviewed-item",
    "%>": "link",
    "%<": "research-notes",
    "%[": "access-date",
    "%~": "database",
}
_WRITTEN: Final = (
    ("%A", "author"),
    ("%E", "secondary-author"),
    ("%Y", "tertiary-author"),
    ("%?", "subsidiary-author"),
    ("%D", "year"),
    ("%T", "title"),
    ("%!", "short-title"),
    ("%3", "custom-3"),
    ("%B", "secondary-title"),
    ("%B", "event-title"),
    ("%S", "tertiary-title"),
    ("%O", "alternate-title"),
    ("%*", "reviewed-item"),
    ("%1", "custom-1"),
    ("%C", "place"),
    ("%C", "event-place"),
    ("%I", "publisher"),
    ("%V", "volume"),
    ("%N", "number"),
    ("%N", "issue"),
    ("%N", "series-volume"),
    ("%6", "number-of-volumes"),
    ("%P", "pages"),
    ("%&", "section"),
    ("%7", "edition"),
    ("%8", "date"),
    ("%9", "type-of-work"),
    ("%]", "custom-7"),
    ("%@", "serial"),
    ("%R", "doi"),
    ("%2", "pmcid"),
    ("%U", "url"),
    ("%[", "access-date"),
    ("%X", "abstract"),
    ("%K", "keywords"),
    ("%G", "language"),
    ("%L", "call-number"),
    ("%~", "database"),
    ("%W", "provider"),
    ("%Z", "notes"),
    ("%<", "research-notes"),
)


def load(source: SourceText) -> Loaded:
    """The references of the file, each with its place.

    The label ``%F`` is the citation key where each record has a label of its own;
    otherwise keys are made of author, year and title.
    """
    return load_all(stream, source)


def stream(source: SourceText, diagnostics: Diagnostics) -> Iterator[Reference]:
    """The same, one by one."""
    return key_each(_references(source, diagnostics), diagnostics)


def _references(source: SourceText, diagnostics: Diagnostics) -> Iterator[Reference]:
    has_keys = _has_keys(source)
    found = False
    for raw in _records(source.text, diagnostics):
        found = True
        yield _reference(raw, source, diagnostics, has_keys=has_keys)
    if not found and not diagnostics.collected():
        hint = "a record begins with a line such as `%0 Journal Article`"
        diagnostics.warning("the file has no records", Span(0, 0), hint)


def dump(items: Iterable[Item]) -> str:
    """A file of the items, in their order. No items give an empty file.

    Rich text keeps its tags, which the format has no others for.
    """
    items = list(items)
    keys = citation_keys(items)
    return "\n".join(_record(*pair) for pair in zip(items, keys, strict=True))


# --- reading ------------------------------------------------------------------


@dataclass(slots=True)
class _Raw:
    """The fields of one record, without its type."""

    start: int
    end: int = 0
    type: TaggedField | None = None
    fields: list[TaggedField] = field(default_factory=list)


def _records(text: str, diagnostics: Diagnostics) -> Iterator[_Raw]:
    has_types = any(one.tag == _TYPE for one in tagged_fields(text, _TAG))
    raw: _Raw | None = None
    for one in tagged_fields(text, _TAG):
        if not one.tag:
            hint = "a record begins with a line such as `%0 Journal Article`"
            diagnostics.warning("text outside a record is ignored", one.span, hint)
            continue
        is_type = one.tag == _TYPE
        if raw is not None and _begins(raw, one, has_types=has_types):
            yield from _closed(raw, diagnostics)
            raw = None
        raw = raw or _Raw(one.tag_span.start)
        raw.end = one.span.end
        if is_type:
            raw.type = one
        else:
            raw.fields.append(one)
    if raw is not None:
        yield from _closed(raw, diagnostics)


def _closed(raw: _Raw, diagnostics: Diagnostics) -> Iterator[_Raw]:
    """The record, if it is one: it has a type, or says what work it is."""
    if raw.type or any(_SLOTS.get(one.tag) in _TELLING for one in raw.fields):
        yield raw
        return
    for one in raw.fields:
        diagnostics.error(
            f"`{one.tag}` stands outside a record; it is ignored",
            one.tag_span,
            "begin each record with its type, such as `%0 Journal Article`",
        )


def _begins(raw: _Raw, one: TaggedField, *, has_types: bool) -> bool:
    """Whether a field begins a new record.

    A blank line does so in refer; in EndNote's files one may stand inside a text.
    """
    if one.tag == _TYPE:
        return True
    is_second_title = one.tag == "%T" and any(has.tag == "%T" for has in raw.fields)
    return one.after_blank and (not has_types or is_second_title)


def _has_keys(source: SourceText) -> bool:
    """Whether each record has a label of its own."""
    labels: set[str] = set()
    for raw in _records(source.text, Silence(source)):
        label = _label(raw)
        key = label.text.casefold() if label is not None else None
        if key is None or key in labels:
            return False
        labels.add(key)
    return True


def _label(raw: _Raw) -> TaggedField | None:
    return next(
        (one for one in raw.fields if one.tag == _KEY and is_usable(one.text)), None
    )


def _reference(
    raw: _Raw, source: SourceText, diagnostics: Diagnostics, *, has_keys: bool
) -> Reference:
    kind = _kind(raw, diagnostics)
    record = Record(kind, diagnostics, reading_order=True)
    key = _label(raw) if has_keys else None
    if key is not None:
        record.set_id(SlotField("", key.tag, key.lines, key.span))
    fields = [
        _numbered(kind, SlotField(_slot(one.tag, kind), one.tag, one.lines, one.span))
        for one in raw.fields
        if one is not key
    ]
    if raw.type is None:
        # refer's "other commentary"
        fields = [one.in_slot("notes") if one.tag == "%O" else one for one in fields]
    record.read(_people(kind, fields))
    origin = Origin(FAMILY, raw.type.text if raw.type else "")
    return record.reference(source, Span(raw.start, raw.end), origin)


def _kind(raw: _Raw, diagnostics: Diagnostics) -> Kind:
    if raw.type is None or not raw.type.text:
        return _guessed(raw)
    text = raw.type.text
    kind = find_kind(text)
    if kind is None:
        near = near_name(text)
        diagnostics.warning(
            f"`{text[:_SHOWN]}` is not a type of EndNote; it is read as a document",
            raw.type.span,
            f"did you mean `{near}`?" if near else "write `Generic` for any other",
        )
    return kind or GENERIC


def _guessed(raw: _Raw) -> Kind:
    """The kind of a record without one, as refer's macros guess it."""
    tags = {one.tag for one in raw.fields}
    for tag, name in (
        ("%J", "Journal Article"),
        ("%B", "Book Section"),
        ("%R", "Report"),
        ("%I", "Book"),
    ):
        if tag in tags and (known := find_kind(name)):
            return known
    return GENERIC


def _slot(tag: str, kind: Kind) -> str:
    """The slot of a tag; the one for "Number" is RIS's issue in some kinds."""
    slot = _SLOTS.get(tag, "")
    if tag == "%N" and kind.code in {"CHAP", "ECHAP"}:
        return "series-volume"
    if tag == "%N" and variable(kind, slot) is None:
        return "issue"
    return slot


def _numbered(kind: Kind, one: SlotField) -> SlotField:
    """``%R`` is EndNote's DOI, and was refer's report number."""
    if one.slot != "electronic-number":
        return one
    if _DOI.match(one.text) or find_doi([one]) is not None:
        return one.in_slot("doi")
    return one.in_slot("number" if kind.code == "RPRT" else "")


def _people(kind: Kind, fields: list[SlotField]) -> list[SlotField]:
    """The people of a book without a series.

    EndNote has its editor in ``%Y``; libraries have the editor in ``%E``, and then the
    translator in ``%Y``.
    """
    slots = {one.slot for one in fields if one.text}
    is_plain = not slots & {"secondary-title", "tertiary-title"}
    is_edited = {"secondary-author", "tertiary-author"} <= slots
    if kind.code == "BOOK" and has_series_editor(kind) and is_plain and is_edited:
        return [
            one.in_slot("subsidiary-author") if one.slot == "tertiary-author" else one
            for one in fields
        ]
    return fields


# --- writing ------------------------------------------------------------------


def _record(item: Item, key: str) -> str:
    kind, kind_text = kind_of(item, FAMILY)
    tags = {slot: tag for tag, slot in _WRITTEN}
    if kind.code in _PERIODICALS:
        tags["secondary-title"] = "%J"
    fields: list[tuple[str, str]] = []
    for slot, text in item_fields(item, kind, _writable(kind, tags)):
        whole = "\n".join(lines(text)) if slot in PROSE else " ".join(lines(text))
        fields.append((tags[slot], whole))
    kept = [
        one
        for one in kept_fields(item, FAMILY)
        if _TAG.fullmatch(one[0]) and one not in fields
    ]
    # The first key counts: others that the file had come behind it.
    others = any(tag == _KEY for tag, _ in kept)
    kept.insert(0 if others else len(kept), (_KEY, key))
    written = [(_TYPE, kind_text or kind.name), *fields, *kept]
    return "".join(_field(*one) for one in written)


def _writable(kind: Kind, tags: dict[str, str]) -> list[str]:
    """The slots that this kind is read from: ``%N`` is one of them."""
    return [
        slot for slot, tag in tags.items() if tag != "%N" or _slot("%N", kind) == slot
    ]


def _field(tag: str, text: str) -> str:
    first, *rest = lines(text) or [""]
    more = (f" {line}" if line.startswith(("%", "\ufeff")) else line for line in rest)
    return "\n".join((f"{tag} {first}".rstrip(), *more, ""))
