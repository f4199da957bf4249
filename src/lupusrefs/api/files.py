"""Files and text: load and export."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.loaded import refuse_errors
from lupusrefs.formats.names import FormatName
from lupusrefs.input_files import load_file
from lupusrefs.model.item import Item
from lupusrefs.model.key_pattern import KeyPattern
from lupusrefs.model.reference import Library
from lupusrefs.selection import InvalidSelection, Selection


def load(path: str | Path, *, read_as: FormatName | str | None = None) -> Library:
    """Read a file of references.

    Args:
        path: the file, or ``-`` for standard input.
        read_as: its format, where it is not to be recognised.

    Raises:
        InputError: it cannot be read, or something in it could not; the error
            names the first place. :func:`lupusrefs.sources.load_file` gives all
            diagnostics and what could be read.
    """
    name = FormatName(read_as) if read_as else None
    loaded = load_file(str(path), read_as=name)
    refuse_errors(loaded.diagnostics)
    return loaded.library


def export(
    items: Iterable[Item] | Library,
    to: FormatName | str,
    *,
    only: Iterable[str] | str = (),
    sort: Iterable[str] | str = (),
    fields: Iterable[str] | str = (),
    keys: KeyPattern | str | None = None,
) -> str:
    """Write items as text of a format.

    What the format cannot hold is what :func:`lupusrefs.formats.loss.losses` tells.

    Args:
        items: references or works.
        to: the format, such as ``bibtex`` or ``ris``.
        only: the ids of those that are wanted; all if empty.
        sort: CSL variables to sort by, the most important first, with ``-`` before
            one from the largest to the smallest; ``year`` and ``key`` are understood.
        fields: the CSL variables to write, or each with ``-`` those to leave out.
        keys: a pattern to make new ids by, such as ``{family}{year}{title-word}``;
            without one they stay as they are.

    Raises:
        ValueError: there is no such format.
        InvalidSelection: the format is only read, there is no such variable, or the
            pattern is none.
        InputError: ``only`` names an id that no item has.
    """
    name = FormatName(to)
    dump = FORMATS[name].dump
    if dump is None:
        writable = ", ".join(known for known in FORMATS if FORMATS[known].dump)
        hint = f"this version writes: {writable}"
        raise InvalidSelection(f"{name} is only read, not written", "to", hint)
    selection = Selection.parse(only=only, sort=sort, fields=fields, keys=keys)
    chosen: Sequence[Item] = list(
        items.values() if isinstance(items, Library) else items
    )
    selected = selection.of(chosen)
    for unknown in selected.unknown:
        raise unknown.error
    return dump(selected.items)
