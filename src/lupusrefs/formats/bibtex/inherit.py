"""``crossref`` and ``xdata``: the fields that an entry has from another one.

Source: the biblatex manual, section 2.4.1 and appendix B ("Default Inheritance Setup");
``btxdoc``, section 4, item 5, for BibTeX, where a field keeps its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lupusrefs.formats.bibtex.record import Record
from lupusrefs.formats.text import Diagnostics

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


def inherit(records: list[Record], diagnostics: Diagnostics) -> None:
    """Give each record what it has not from those it refers to."""
    by_key: dict[str, Record] = {}
    for one in records:
        by_key.setdefault(one.key.casefold(), one)
    done: set[int] = set()
    for one in records:
        if "crossref" in one.fields or "xdata" in one.fields:
            _inherit(one, by_key, done, diagnostics)


def _inherit(
    start: Record,
    by_key: Mapping[str, Record],
    done: set[int],
    diagnostics: Diagnostics,
) -> None:
    """Parents first; a chain of any length, and one that closes to a ring ends."""
    path = [start]
    while path:
        child = path[-1]
        if id(child) in done:
            path.pop()
            continue
        parents = _parents(child, by_key, diagnostics)
        waiting = next(
            (
                parent
                for parent, _ in parents
                if id(parent) not in done and not any(parent is one for one in path)
            ),
            None,
        )
        if waiting is not None and len(path) < _DEEPEST:
            path.append(waiting)
            continue
        for parent, is_data in parents:
            _take(child, parent, renamed=not is_data)
        done.add(id(child))
        path.pop()


_DEEPEST: Final = 50


def _parents(
    child: Record, by_key: Mapping[str, Record], diagnostics: Diagnostics
) -> list[tuple[Record, bool]]:
    """(record, whether it is only data) for each key that an entry refers to."""
    parents: list[tuple[Record, bool]] = []
    for name in ("xdata", "crossref"):
        for key in child.fields.get(name, "").split(","):
            if not key.strip():
                continue
            parent = by_key.get(key.strip().casefold())
            if parent is None:
                node = child.nodes.get(name)
                span = node.span if node else child.entry.key_span
                message = f"`{name}` names `{key.strip()}`, which is not in this file"
                diagnostics.warning(message, span)
            elif parent is not child:
                parents.append((parent, name == "xdata"))
    return parents


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
