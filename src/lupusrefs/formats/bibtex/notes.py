"""What BibTeX's standard styles print nowhere else: ``note`` and ``howpublished``.

The same values also stand in fields of their own, for programs that know them; reading
an entry takes out of ``note`` what it has from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from lupusrefs.formats.bibtex import dates, latex
from lupusrefs.formats.bibtex import entry_types as entries
from lupusrefs.model.dates import Date
from lupusrefs.model.item import Item

LEGAL: Final = frozenset(
    ("bill", "hearing", "legal_case", "legislation", "regulation", "treaty")
)
SEPARATOR: Final = "; "
UNPUBLISHED: Final = "Unpublished"


def notes(item: Item, entry: str) -> str:
    """The ``note`` of an entry, in LaTeX."""
    return SEPARATOR.join(dict.fromkeys(filter(None, _notes(item, entry))))


def _notes(item: Item, entry: str) -> Iterator[str | None]:
    """What the standard styles print nowhere else, and what the user noted."""
    if entry in {entries.MISC, entries.UNPUBLISHED}:
        yield latex.value(item.genre or "")
        # A note is required for what is unpublished (btxdoc, section 3.1).
        if entry == entries.UNPUBLISHED and not (item.genre or item.note):
            yield UNPUBLISHED
    if entry == entries.MISC and item.version:
        yield latex.value(version_words(item.version))
    yield latex.value(item.status or "")
    yield dates.words(item.issued) if item.issued else None
    yield latex.rich(item.note or "")
    if entry == entries.MISC and item.url and not item.doi:
        yield accessed_words(item.accessed)


def version_words(version: str) -> str:
    """A version, said so that it is understood in a note."""
    return version if version.lower().startswith("v") else f"Version {version}"


def accessed_words(date: Date | None) -> str:
    """When a page was seen, in a note; "" where that is not known."""
    return f"Accessed {date.start}" if date and date.start else ""


def how_published(item: Item) -> str:
    """Site, server, event or reporter: all that the standard styles print of a misc."""
    if item.type in LEGAL and item.container_title:
        parts = (item.volume, item.container_title, item.page)
        return latex.rich(" ".join(part for part in parts if part))
    if item.type == "patent":
        return latex.value(f"{item.genre or 'Patent'} {item.number or ''}")
    place = item.container_title or item.event_title
    return latex.rich(place or item.publisher or item.medium or "")


def without_repetitions(note: str, values: Mapping[str, object], kind: str) -> str:
    """A note without what also has a field of its own, as it is read.

    Args:
        note: the note, in CSL rich text.
        values: field of Item -> value, of the other fields.
        kind: the entry type.
    """
    version, accessed = values.get("version"), values.get("accessed")
    said = {str(values[name]) for name in ("genre", "status") if name in values}
    if isinstance(version, str):
        said.add(version_words(version))
    if isinstance(accessed, Date):
        said.add(accessed_words(accessed))
    issued = values.get("issued")
    if isinstance(issued, Date) and issued.literal:
        said.add(issued.literal)
    if kind == entries.UNPUBLISHED:
        said.add(UNPUBLISHED)
    if not said:
        return note
    # In a field of its own an apostrophe may have stayed what it was.
    said = {text.replace("'", "’") for text in said}
    return SEPARATOR.join(part for part in note.split(SEPARATOR) if part not in said)
