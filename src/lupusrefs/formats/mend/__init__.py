"""Mend a reference in its file: edits that set variables and leave all else alone.

A module for each syntax. What they make is only right once ``law.check`` has read the
result: do not write a file without that.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final, Protocol

from lupusrefs.findings import Change
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.mend.cannot import CannotMend, cannot_mend
from lupusrefs.formats.mend.law import check
from lupusrefs.formats.mend.values import changed, needed
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText
from lupusrefs.model.edit import Edit
from lupusrefs.model.reference import Reference

__all__ = ["CannotMend", "Mender", "check", "edits"]


class _Mends(Protocol):
    """The edits of one file."""

    def edits(self, old: Reference, new: Reference) -> list[Edit]:
        """What makes one reference of the other."""
        ...


_MODULES: Final = {
    FormatName.BIBTEX: ("bibtex", "BibtexMender"),
    FormatName.BIBLATEX: ("bibtex", "BibtexMender"),
    FormatName.CSL_YAML: ("csl", "CslMender"),
    FormatName.CSL_JSON: ("csl", "CslMender"),
    FormatName.HAYAGRIVA: ("hayagriva", "HayagrivaMender"),
    FormatName.RIS: ("tagged", "TaggedMender"),
    FormatName.ENW: ("tagged", "TaggedMender"),
    FormatName.NBIB: ("tagged", "TaggedMender"),
    FormatName.ENDNOTE_XML: ("endnote_xml", "EndnoteXmlMender"),
}


class Mender:
    """Makes edits for the references of one file, which is looked through once.

    Args:
        source: the file.
        name: its format.
    """

    def __init__(self, source: SourceText, name: FormatName) -> None:
        self._source = source
        self._name = name
        self._mends: _Mends | None = None

    def edits(
        self, reference: Reference, changes: Sequence[Change]
    ) -> tuple[Edit, ...]:
        """The edits that make all changes; none where the file says so already.

        Raises:
            CannotMend: they cannot be made, and why.
        """
        wanted = needed(reference, changes)
        if not wanted:
            return ()
        if self._mends is None:
            self._mends = self._opened(reference)
        made = self._mends.edits(reference, changed(reference, wanted))
        for edit in made:
            if char := self._source.unencodable(edit.text):
                reason = f"“{char}” cannot be written in the encoding of the file"
                raise cannot_mend(reason, reference, wanted[0].variable)
        if not made:
            reason = f"there is no place for `{wanted[0].variable}` in such an entry"
            raise cannot_mend(reason, reference, wanted[0].variable)
        return tuple(made)

    def _opened(self, reference: Reference) -> _Mends:
        if self._name not in _MODULES:
            reason = f"files of the format {self._name} are only read"
            raise cannot_mend(reason, reference)
        module, kind = _MODULES[self._name]
        found = import_module(f"lupusrefs.formats.mend.{module}")
        mends: _Mends = getattr(found, kind)(self._source, self._name)
        return mends


def edits(
    source: SourceText,
    name: FormatName,
    reference: Reference,
    changes: Sequence[Change],
    *,
    loaded: Loaded | None = None,
) -> tuple[Edit, ...]:
    """The edits that make the changes, the file as it will be having been read again.

    Args:
        source: the file.
        name: its format.
        reference: one that was read from it.
        changes: all of them or none.
        loaded: what is in the file, where that is known.

    Raises:
        CannotMend: the changes cannot be made, or not without others.
    """
    from lupusrefs.formats.catalogue import FORMATS  # noqa: PLC0415

    made = Mender(source, name).edits(reference, changes)
    if made:
        before = loaded or FORMATS[name].load(source)
        place = _place(before, reference)
        check(source, name, before, made, {place: changed(reference, changes)})
    return made


def _place(before: Loaded, reference: Reference) -> int:
    for place, one in enumerate(before.references):
        if one.location == reference.location:
            return place
    raise cannot_mend("it is not in the file any more", reference)
