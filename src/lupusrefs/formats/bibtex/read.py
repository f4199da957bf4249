"""A BibTeX or BibLaTeX file -> references."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cached_property, partial
from typing import Final

from lupusrefs.formats.bibtex.convert import Converted, convert
from lupusrefs.formats.bibtex.entry_types import DATA_ONLY, FAMILY, is_known
from lupusrefs.formats.bibtex.inherit import Inheritance
from lupusrefs.formats.bibtex.record import Record, blocks_and_records, records
from lupusrefs.formats.bibtex.syntax import Block, Comment, Text
from lupusrefs.formats.loaded import Loaded, load_all
from lupusrefs.formats.places import Places
from lupusrefs.formats.text import Diagnostics, Silence, SourceText
from lupusrefs.model.item import WIRE_NAMES
from lupusrefs.model.location import Location, Span
from lupusrefs.model.reference import Origin, Reference

# Fields and types that only BibLaTeX has, and those that only BibTeX has.
_BIBLATEX_FIELDS: Final = frozenset(("date", "journaltitle", "location", "eprinttype"))
_BIBTEX_FIELDS: Final = frozenset(("journal", "address", "year", "school"))
_BIBLATEX_KINDS: Final = frozenset(
    "mvbook mvcollection mvproceedings mvreference bookinbook suppbook collection"  # noqa: SIM905 - a list of words
    " suppcollection reference inreference online report thesis suppperiodical".split()
)
# Fields whose effect is in the others.
_SPENT: Final = frozenset(("crossref", "xdata"))
# An entry inside a comment.
_COMMENTED: Final = re.compile(
    r"@\s*(?!comment|string|preamble)[A-Za-z]+\s*[{(]\s*(?P<key>[^\s,{}()=\"]+)\s*,"
)


def load(source: SourceText, *, biblatex: bool | None = None) -> Loaded:
    """The references of a file, each with its place.

    Args:
        source: the file.
        biblatex: whether it is BibLaTeX; None to tell by its fields.
    """
    return load_all(partial(stream, biblatex=biblatex), source)


def load_biblatex(source: SourceText) -> Loaded:
    """The same of a file that is known to be BibLaTeX."""
    return load(source, biblatex=True)


def stream(
    source: SourceText, diagnostics: Diagnostics, *, biblatex: bool | None = None
) -> Iterator[Reference]:
    """The same as ``load``, one by one."""
    inheritance = Inheritance.of(source, diagnostics)
    dialect = _Dialect(source, inheritance, biblatex)
    reader = _Reader(source, diagnostics, dialect)
    unread = _Unread(source)
    is_empty = True
    for block, one in blocks_and_records(source.text, diagnostics):
        is_empty = False
        if one is None:
            unread.see(block)
        elif one.kind in DATA_ONLY:
            unread.see_data(inheritance.completed(one))
        else:
            yield reader.reference(inheritance.completed(one))
    unread.tell(diagnostics)
    if is_empty and not source.text.strip():
        hint = "a BibTeX file has entries `@article{key, ...}`"
        diagnostics.empty(hint)


def stream_biblatex(
    source: SourceText, diagnostics: Diagnostics
) -> Iterator[Reference]:
    """The same of a file that is known to be BibLaTeX."""
    return stream(source, diagnostics, biblatex=True)


class _Dialect:
    """Which of the two data models an entry follows."""

    def __init__(
        self, source: SourceText, inheritance: Inheritance, given: bool | None
    ) -> None:
        self._source = source
        self._inheritance = inheritance
        self._given = given

    @cached_property
    def _usual(self) -> bool:
        """Of all entries of the file: only asked where one says nothing itself."""
        silence = Silence(self._source)
        inheritance = self._inheritance.copy(silence)
        votes = (
            self._vote(inheritance.completed(one))
            for one in records(self._source.text, silence)
        )
        return sum(votes) > 0

    def is_biblatex(self, one: Record) -> bool:
        """Of an entry that says nothing, what most of the others are."""
        if self._given is not None:
            return self._given
        vote = self._vote(one)
        return vote > 0 if vote else self._usual

    @staticmethod
    def _vote(one: Record) -> int:
        names = one.fields.keys()
        biblatex = len(names & _BIBLATEX_FIELDS) + (one.kind in _BIBLATEX_KINDS)
        return biblatex - len(names & _BIBTEX_FIELDS)


class _Reader:
    """Makes the references of one file; remembers their keys."""

    def __init__(
        self, source: SourceText, diagnostics: Diagnostics, dialect: _Dialect
    ) -> None:
        self._source = source
        self._tell = diagnostics
        self._dialect = dialect
        self._lines: dict[str, int] = {}
        self._folded: dict[str, str] = {}

    def reference(self, one: Record) -> Reference:
        """The reference of one entry."""
        found = convert(one, biblatex=self._dialect.is_biblatex(one))
        entry = one.entry
        location = self._source.location(entry.start, entry.end)
        if not is_known(one.kind):
            self._tell_unknown(one)
        return Reference.model_validate(
            {
                **found.values,
                "id": self._key(one, location),
                "location": location,
                "places": self._places(one, found),
                "origin": _origin(one, found),
            }
        )

    def _places(self, one: Record, found: Converted) -> Places:
        spans: dict[str, tuple[int, int]] = {}
        for variable, name in found.sources.items():
            node = one.nodes.get(name)
            if node is not None:
                spans[WIRE_NAMES[variable]] = (node.value_start, node.end)
        return Places(self._source, spans)

    def _key(self, one: Record, location: Location) -> str:
        key, span = one.key, one.entry.key_span
        if not key:
            key = f"entry-{len(self._lines) + 1}"
            hint = "write the key you cite it with behind the brace: `@article{key,`"
            self._tell.warning(f"no key; called `{key}` here", span, hint)
        first = self._lines.get(key)
        if first is not None:
            self._tell.error(
                f"the key `{key}` stands twice; the first is in line {first}",
                span,
                "give one of them another key",
            )
            return key
        self._lines[key] = location.line
        folded = key.casefold()
        # A large file has many keys: each text is kept once.
        other = self._folded.setdefault(key if folded == key else folded, key)
        if other != key:
            self._tell.warning(
                f"BibTeX takes `{key}` and `{other}` for the same key",
                span,
                "give one of them another key",
            )
        return key

    def _tell_unknown(self, one: Record) -> None:
        near = difflib.get_close_matches(one.kind, _KNOWN_KINDS, n=1, cutoff=0.8)
        hint = f"did you mean `@{near[0]}`?" if near else None
        span = Span(one.entry.start, one.entry.start + 1 + len(one.entry.kind))
        message = f"`@{one.entry.kind[:60]}` is no usual entry type; read as `document`"
        self._tell.warning(message, span, hint)


_KNOWN_KINDS: Final = (
    *("article", "book", "booklet", "inbook", "incollection", "inproceedings"),
    *("manual", "mastersthesis", "misc", "phdthesis", "proceedings", "techreport"),
    *("unpublished", "online", "thesis", "report", "collection", "patent", "dataset"),
)


def _origin(one: Record, found: Converted) -> Origin:
    left = [
        (node.name, one.fields[name])
        for name, node in one.nodes.items()
        if name not in found.used and name not in _SPENT and one.fields[name]
    ]
    return Origin(FAMILY, one.entry.kind, (*left, *one.repeated), dict(found.titles))


class _Unread:
    """The entries that are no references: commented out, or only data."""

    def __init__(self, source: SourceText) -> None:
        self._text = source.text
        self._commented: list[str] = []
        self._data: list[str] = []
        self._first_comment = self._first_data = Span(0, 0)

    def see(self, block: Block) -> None:
        """Look for entries in what is no entry."""
        if not isinstance(block, Comment | Text):
            return
        for match in _COMMENTED.finditer(self._text, block.start + 1, block.end):
            if not self._commented:
                self._first_comment = Span(*match.span())
            self._commented.append(match["key"])

    def see_data(self, one: Record) -> None:
        """Remember an entry that only lends its fields."""
        if not self._data:
            self._first_data = one.entry.key_span
        self._data.append(one.key)

    def tell(self, diagnostics: Diagnostics) -> None:
        """Name them all."""
        if self._commented:
            number = len(self._commented)
            what = "1 entry is" if number == 1 else f"{number} entries are"
            message = f"{what} commented out and not read: {_listed(self._commented)}"
            diagnostics.warning(message, self._first_comment)
        if self._data:
            message = "`@xdata` and `@set` are no references of their own"
            diagnostics.warning(f"{message}: {_listed(self._data)}", self._first_data)


def _listed(keys: list[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)
