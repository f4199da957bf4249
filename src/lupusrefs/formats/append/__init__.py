"""Append references to a file: one edit that leaves every other character alone.

A module for each syntax; all keep the file's own layout where it has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final

from lupusrefs.errors import InputError
from lupusrefs.formats.append.place import NOTHING_ADDED
from lupusrefs.formats.loaded import Loaded, refuse_errors
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import Item
from lupusrefs.model.reference import Reference

__all__ = ["NOTHING_ADDED", "append_items", "check_appendable", "keys_beside"]

_MODULES: Final = {
    FormatName.CSL_YAML: "csl_yaml",
    FormatName.HAYAGRIVA: "hayagriva",
    FormatName.CSL_JSON: "csl_json",
    FormatName.BIBTEX: "bibtex",
    FormatName.BIBLATEX: "bibtex",
    FormatName.RIS: "tagged",
    FormatName.NBIB: "tagged",
    FormatName.ENW: "tagged",
    FormatName.ENDNOTE_XML: "endnote_xml",
}
# Their entries stand one behind the other: a broken one does not hide where it ends.
_INDEPENDENT: Final = frozenset(
    (
        *(FormatName.BIBTEX, FormatName.BIBLATEX),
        *(FormatName.RIS, FormatName.NBIB, FormatName.ENW),
    )
)


def check_appendable(source: SourceText, name: FormatName, loaded: Loaded) -> None:
    """Refuse a file in which the end of the entries may not be what it seems.

    In YAML, JSON and XML that is every file with an error. Entries of BibTeX and tagged
    records are independent of each other: only bytes that are no text count.

    Raises:
        InputError: there is no way to append, or the first error, with its place.
    """
    if name not in _MODULES:
        raise InputError(
            f"nothing can be added to a file of the format {name}",
            location=source.location(0),
            hint="`lupusrefs export FILE --to ris --output NEW.ris` makes one that can",
        )
    lenient = name in _INDEPENDENT
    refuse_errors(source.diagnostics if lenient else loaded.diagnostics, NOTHING_ADDED)


def append_items(
    source: SourceText,
    name: FormatName,
    items: Sequence[Item],
    references: Sequence[Reference] = (),
) -> Edit:
    """The edit that puts ``items`` behind the last entry of the file.

    Line ends, indentation and layout are the file's own.

    Args:
        source: the file.
        name: its format.
        items: with the keys that they are to have.
        references: what is in the file, where that is known: saves reading it again.

    Raises:
        InputError: there is no place where they could be put, and why.
    """
    check_appendable(source, name, Loaded())
    module = import_module(f"lupusrefs.formats.append.{_MODULES[name]}")
    edit: Edit = module.append(source, name, items, references)
    return edit


def keys_beside(source: SourceText, name: FormatName) -> set[str]:
    """The keys in the file that no reference may have: of broken entries, aliases."""
    if name not in {FormatName.BIBTEX, FormatName.BIBLATEX}:
        return set()
    from lupusrefs.formats.append.bibtex import all_keys  # noqa: PLC0415 - only then

    return all_keys(source.text)
