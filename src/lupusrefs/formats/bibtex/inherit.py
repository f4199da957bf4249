"""``crossref`` and ``xdata``: the fields that an entry has from another one.

Source: the biblatex manual, section 2.4.1 and appendix B ("Default Inheritance Setup");
``btxdoc``, section 4, item 5, for BibTeX, where a field keeps its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from lupusrefs.formats.bibtex.record import Record, records
from lupusrefs.formats.text import Diagnostics, Silence, SourceText

_PARTS: Final = ("title", "subtitle", "titleaddon")
# Parent types -> child types -> what the parent's title is to the child.
_IN_BOOK: Final = frozenset(("inbook", "bookinbook", "suppbook"))
_IN_COLLECTION: Final = frozenset(
    ("incollection", "inreference", "suppcollection", "inbook")
)
_IN_PROCEEDINGS: Final = frozenset(("inproceedings", "conference"))
_TITLES: Final = {
    "mvbook": (_IN_BOOK | {"book"}, "main"),
    "mvcollection": (_IN_COLLECTION | {"collection", "reference"}, "main"),
    "mvreference": (_IN_COLLECTION | {"collection", "reference"}, "main"),
    "mvproceedings": (_IN_PROCEEDINGS | {"proceedings"}, "main"),
    "book": (_IN_BOOK | _IN_COLLECTION | _IN_PROCEEDINGS, "book"),
    "collection": (_IN_COLLECTION, "book"),
    "reference": (_IN_COLLECTION, "book"),
    "proceedings": (_IN_PROCEEDINGS | _IN_COLLECTION, "book"),
    "periodical": (frozenset(("article", "suppperiodical")), "journal"),
}
# What an entry says of itself alone.
_OWN: Final = frozenset(
    "crossref xref xdata entryset entrysubtype execute ids keywords label options"  # noqa: SIM905 - a list of words
    " presort related relatedoptions relatedstring relatedtype shorthand shorthandintro"
    " sortkey sorttitle sortname sortyear indextitle indexsorttitle shorttitle"
    " abstract annotation annote note file url urldate doi eprint eprinttype"
    " eprintclass archiveprefix primaryclass".split()
)
# Who a book is by, is also who the book that a chapter stands in is by.
_BY_AUTHOR: Final = frozenset(("mvbook", "book"))


_DEEPEST: Final = 50
_REFERRING: Final = ("xdata", "crossref")
# A field that refers, as it is usually written, or in some other way.
_REFERENCE: Final = re.compile(
    rf"""(?:{"|".join(_REFERRING)})\s*+
    (?: =\s*+ (?: \{{ (?P<braced>[^{{}}]*+) \}} | "(?P<quoted>[^{{}}"]*+)" )
        (?!\s*+[\#%])
      | (?P<other>[=%])
    )""",
    re.IGNORECASE | re.VERBOSE,
)


class Inheritance:
    """Gives the records of a file, as they come, what they have not.

    Args:
        parents: folded key -> record, of those that others refer to.
        diagnostics: told of keys that are not there.
        done: the places of the entries that have been completed.
    """

    def __init__(
        self,
        parents: dict[str, Record],
        diagnostics: Diagnostics,
        done: Iterable[int] = (),
    ) -> None:
        self._tell = diagnostics
        self._by_key = parents
        # Entries by their places: records of entries that are done are gone.
        self._by_place = {one.entry.start: one for one in parents.values()}
        self._done = set(done)

    @classmethod
    def of(cls, source: SourceText, diagnostics: Diagnostics) -> Inheritance:
        """In a file; the records that others refer to are looked for in all of it."""
        return cls(_parents(source), diagnostics)

    def copy(self, diagnostics: Diagnostics) -> Inheritance:
        """The same for another look at the file."""
        parents = {
            key: replace(one, fields=dict(one.fields))
            for key, one in self._by_key.items()
        }
        return Inheritance(parents, diagnostics, self._done)

    def completed(self, one: Record) -> Record:
        """The record with what it has from others."""
        one = self._by_place.get(one.entry.start, one)
        if _refers(one):
            self._inherit(one)
        return one

    def _inherit(self, start: Record) -> None:
        """Parents first; a chain of any length, and one that closes to a ring ends."""
        done, path = self._done, [start]
        while path:
            child = path[-1]
            if child.entry.start in done:
                path.pop()
                continue
            parents = self._parents_of(child)
            waiting = next(
                (
                    parent
                    for parent, _ in parents
                    if parent.entry.start not in done
                    and not any(parent is one for one in path)
                ),
                None,
            )
            if waiting is not None and len(path) < _DEEPEST:
                path.append(waiting)
                continue
            for parent, is_data in parents:
                _take(child, parent, renamed=not is_data)
            done.add(child.entry.start)
            path.pop()

    def _parents_of(self, child: Record) -> list[tuple[Record, bool]]:
        """(record, whether it is only data) for each key that an entry refers to."""
        parents: list[tuple[Record, bool]] = []
        for name, key in _keys(child):
            parent = self._by_key.get(key.casefold())
            if parent is None:
                node = child.nodes.get(name)
                span = node.span if node else child.entry.key_span
                message = f"`{name}` names `{key}`, which is not in this file"
                self._tell.warning(message, span)
            elif parent is not child:
                parents.append((parent, name == "xdata"))
        return parents


def _refers(one: Record) -> bool:
    return "crossref" in one.fields or "xdata" in one.fields


def _keys(child: Record) -> Iterator[tuple[str, str]]:
    """Each key that an entry refers to, behind the name of the field that has it."""
    for name in _REFERRING:
        for key in _split(child.fields.get(name, "")):
            yield name, key


def _split(keys: str) -> Iterator[str]:
    return (stripped for key in keys.split(",") if (stripped := key.strip()))


def _parents(source: SourceText) -> dict[str, Record]:
    """Folded key -> the first record that has it, of those that others refer to."""
    wanted = {key.casefold() for key in _wanted(source)}
    parents: dict[str, Record] = {}
    for one in records(source.text, Silence(source)) if wanted else ():
        folded = one.key.casefold()
        if folded in wanted:
            parents.setdefault(folded, one)
    return parents


def _wanted(source: SourceText) -> set[str]:
    """The keys that entries refer to, and perhaps some that only comments have."""
    keys: set[str] = set()
    for match in _REFERENCE.finditer(source.text):
        if match["other"]:
            # A macro, a joined value or the like: only the entries themselves tell.
            return {
                key
                for one in records(source.text, Silence(source))
                for _, key in _keys(one)
            }
        keys.update(_split(match["braced"] or match["quoted"] or ""))
    return keys


def _take(child: Record, parent: Record, *, renamed: bool) -> None:
    """Give a child what it has not; ``xdata`` lends its fields under their names."""
    if not renamed:
        for name, text in parent.fields.items():
            child.fields.setdefault(name, text)
        return
    children, title = _TITLES.get(parent.kind, (frozenset(), ""))
    as_title = title if child.kind in children else ""
    # BibTeX's books have their own title in `booktitle` for this.
    if f"{as_title}title" not in parent.fields:
        for name in _PARTS if as_title else ():
            if name in parent.fields:
                child.fields.setdefault(f"{as_title}{name}", parent.fields[name])
    if as_title and "author" in parent.fields:
        _take_author(child, parent)
    for name, text in parent.fields.items():
        if name in _OWN or name in _PARTS or name == "author":
            continue
        # An entry's own year goes before a date that it inherits.
        if name != "date" or "year" not in child.fields:
            child.fields.setdefault(name, text)


def _take_author(child: Record, parent: Record) -> None:
    """Whose the book is, may be whose the chapter is, too."""
    author = parent.fields["author"]
    if parent.kind in _BY_AUTHOR and child.kind != "book":
        child.fields.setdefault("bookauthor", author)
    if parent.kind not in _BY_AUTHOR or child.kind in _IN_BOOK | {"book"}:
        child.fields.setdefault("author", author)
