"""Mend BibTeX and BibLaTeX: the fields that would be written otherwise are replaced.

The writer (``bibtex.fields``) says which fields a reference has before and after. What
differs is set in the fields that the entry has for it, be they BibTeX's or BibLaTeX's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from lupusrefs.formats.bibtex import dates
from lupusrefs.formats.bibtex.encode_latex import in_ascii
from lupusrefs.formats.bibtex.fields import Dialect, fields
from lupusrefs.formats.bibtex.languages import is_english
from lupusrefs.formats.bibtex.record import MONTHS
from lupusrefs.formats.bibtex.scan import scan
from lupusrefs.formats.bibtex.syntax import (
    Delimiter,
    Entry,
    Field,
    StringDefinition,
)
from lupusrefs.formats.mend.bibtex_layout import EntryEdits
from lupusrefs.formats.mend.bibtex_values import renamed, repaged, retitled
from lupusrefs.formats.mend.cannot import cannot_mend
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.dates import Date
from lupusrefs.model.edit import Edit
from lupusrefs.model.reference import Reference

# Fields of the one and the other dialect that mean the same, the writer's first.
_ALIASES: Final = (
    ("journal", "journaltitle"),
    ("address", "location"),
    ("school", "institution", "organization", "publisher"),
    ("annote", "annotation"),
    ("archiveprefix", "eprinttype"),
    ("primaryclass", "eprintclass"),
    ("keywords", "keyword"),
    ("langid", "hyphenation", "language"),
    ("number", "issue"),
    ("author", "holder"),
)
_SUBTITLES: Final = {
    "title": ("subtitle", "titleaddon"),
    "booktitle": ("booksubtitle", "booktitleaddon"),
    "journal": ("journalsubtitle", "journaltitleaddon"),
    "journaltitle": ("journalsubtitle", "journaltitleaddon"),
    "maintitle": ("mainsubtitle", "maintitleaddon"),
}
_TITLES: Final = frozenset(("title", "shorttitle", "maintitle"))
_NAMES: Final = frozenset(
    ("author", "editor", "translator", "bookauthor", "editora", "editorb", "editorc")
)
_VERBATIM: Final = frozenset(("doi", "url", "eprint"))
_DATES: Final = frozenset(("date", "year", "month", "day"))
_INHERITING: Final = ("crossref", "xdata")
# A file in ASCII that spells accents by commands keeps to that.
_ACCENT: Final = re.compile(r"\\(?:[\"'`^~=.][{\\A-Za-z]|[Hcvuk]\{|ss\b|o\b|aa\b)")
_BIBLATEX: Final = frozenset(("date", "journaltitle", "location", "eprinttype"))
_BIBTEX: Final = frozenset(("journal", "address", "year", "school"))
_NEIGHBOURS: Final = 20


class BibtexMender:
    """The edits of the entries of one file."""

    def __init__(self, source: SourceText, name: FormatName) -> None:
        self._source = source
        self._is_biblatex = name is FormatName.BIBLATEX
        blocks = scan(source.text, Diagnostics(source))
        self._entries = [block for block in blocks if isinstance(block, Entry)]
        self._places = {entry.start: at for at, entry in enumerate(self._entries)}
        self._strings = {
            one.name.lower()
            for block in blocks
            if isinstance(block, StringDefinition)
            for one in block.fields
        }
        self._spells_accents = source.text.isascii() and bool(
            _ACCENT.search(source.text)
        )
        if not self._is_biblatex:
            votes = sum(map(_vote, self._entries))
            self._usually_biblatex = votes > 0

    def edits(self, old: Reference, new: Reference) -> list[Edit]:
        """What makes one of the other, in the entry that the old one was read from.

        Raises:
            CannotMend: it cannot be done in this entry.
        """
        span = old.location.span if old.location else None
        at = self._places.get(span.start) if span else None
        if at is None:
            raise cannot_mend("its entry is not found in the file any more", old)
        entry = self._entries[at]
        if not (entry.key and entry.closed):
            raise cannot_mend("the entry has no key, or no end", old)
        around = self._entries[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]
        edits = EntryEdits(
            self._source.text, entry, [one for one in around if one.closed]
        )
        dialect = Dialect.BIBLATEX if self._reads_biblatex(entry) else Dialect.BIBTEX
        return _Entry(self, entry, edits, dialect).mended(old, new)

    def _reads_biblatex(self, entry: Entry) -> bool:
        """In which dialect the reader takes an entry to be."""
        if self._is_biblatex:
            return True
        vote = _vote(entry)
        return vote > 0 if vote else self._usually_biblatex

    def is_string(self, name: str) -> bool:
        """Whether the file defines such a string."""
        return name.lower() in self._strings

    def spelt(self, latex: str) -> str:
        """A LaTeX source with commands where the file needs or has them."""
        if self._spells_accents:
            return in_ascii(latex)
        if self._source.unencodable(latex) is None:
            return latex
        return "".join(
            in_ascii(char) if self._source.unencodable(char) else char for char in latex
        )


def _vote(entry: Entry) -> int:
    names = {one.name.lower() for one in entry.fields}
    return len(names & _BIBLATEX) - len(names & _BIBTEX)


class _Entry:
    """One entry on its way from an old reference to a new one."""

    def __init__(
        self, file: BibtexMender, entry: Entry, edits: EntryEdits, dialect: Dialect
    ) -> None:
        self._file = file
        self._kind = entry.kind.lower()
        self._edits = edits
        self._fields = edits.fields
        self._dialect = dialect

    def mended(self, old: Reference, new: Reference) -> list[Edit]:
        self._old, self._new = old, new
        before, after = self._written(old), self._written(new)
        if old.doi != new.doi and "doi" in after:
            # Two spellings of a DOI are written as one.
            before.pop("doi", None)
        gone = [name for name in before if name not in after]
        if old.issued != new.issued:
            # Also a month that was passed over because of the year beside it.
            others = sorted(_DATES & self._fields.keys() - before.keys() - after.keys())
            gone += others
        for name in gone:
            self._remove(name)
        order = list(after)
        for place, name in enumerate(order):
            if before.get(name) == after[name]:
                continue
            # The writer's, for styles that do not print the publisher of a `misc`.
            is_twin = (
                after.get("publisher") == after[name] and self._field(name) is None
            )
            if not (name == "howpublished" and is_twin):
                self._put(name, after[name], before, order[:place])
        return self._edits.edits()

    def _written(self, reference: Reference) -> dict[str, str]:
        """Name and value, delimiters included, of what would be written."""
        written: dict[str, str] = {}
        for name, value in fields(reference, self._kind, self._dialect):
            if name in _DATES:
                written |= self._dates(reference.issued)
            else:
                written[name.lower()] = value
        return written | self._dates(reference.issued)

    def _dates(self, issued: Date | None) -> dict[str, str]:
        """The date in the fields that the entry has for it, or in its dialect's."""
        if issued is None:
            return {}
        has = _DATES & self._fields.keys()
        is_biblatex = self._dialect is Dialect.BIBLATEX
        in_one = "date" in has if has else is_biblatex
        found = dates.biblatex(issued) if in_one else dates.bibtex(issued)
        parts = [*found]
        if in_one:
            # The same again, for programs that read only the old fields.
            parts += [one for one in dates.bibtex(issued) if one[0] in has - {"date"}]
        return {
            name: text if name == "month" else f"{{{text}}}"
            for name, text in parts
            if text
        }

    # -- one field

    def _field(self, name: str) -> tuple[str, Field] | None:
        """The field that has what the writer would put into ``name``."""
        if name in self._fields:
            return name, self._fields[name]
        for group in _ALIASES:
            if name in group:
                for other in group:
                    if other in self._fields:
                        return other, self._fields[other]
        return None

    def _remove(self, name: str) -> None:
        found = self._field(name)
        if found is None:
            self._refuse_inherited(name)
            return
        self._refuse_string(*found)
        self._edits.remove(found[0])
        for part in _SUBTITLES.get(found[0], ()):
            if part in self._fields:
                self._edits.remove(part)

    def _put(
        self, name: str, value: str, before: Mapping[str, str], order: Sequence[str]
    ) -> None:
        found = self._field(name)
        is_bare = name == "month"
        text = value if is_bare else value[1:-1]
        if name not in _VERBATIM and not is_bare:
            text = self._file.spelt(text)
        if found is None:
            if name in before:
                self._refuse_inherited(name)
            delimited = text if is_bare else self._edits.delimited(text, None)
            self._edits.insert(name, delimited, self._known(order))
            return
        own, field = found
        self._refuse_string(own, field)
        if is_bare:
            self._edits.replace(own, text)
            return
        text = self._split_title(own, text)
        text = self._like_before(own, field, text)
        self._edits.replace(own, self._edits.delimited(text, field))

    def _known(self, order: Sequence[str]) -> list[str]:
        return [found[0] if (found := self._field(one)) else one for one in order]

    def _like_before(self, name: str, field: Field, text: str) -> str:
        """A new value in the spelling of the old one, as far as it stays."""
        if field.delimiter not in {Delimiter.BRACES, Delimiter.QUOTES}:
            return text
        old = field.text
        if name in _NAMES:
            return renamed(old, text)
        if name in _TITLES:
            return retitled(old, text, english=is_english(self._new.language))
        if name == "pages":
            return repaged(old, text)
        return text

    def _split_title(self, name: str, text: str) -> str:
        """Title and subtitle in the fields that the entry has for them."""
        parts = [part for part in _SUBTITLES.get(name, ()) if part in self._fields]
        if not parts:
            return text
        main, colon, sub = text.partition(": ")
        for part in parts:
            field = self._fields[part]
            if part == parts[0] and part.endswith("subtitle") and colon:
                text = main
                sub = sub[:1].upper() + sub[1:]
                self._edits.replace(
                    part,
                    self._edits.delimited(
                        self._like_before("title", field, sub), field
                    ),
                )
            else:
                self._edits.remove(part)
        return text

    # -- what is not the entry's own

    def _refuse_string(self, name: str, field: Field) -> None:
        """Refuse to replace a string by its text.

        Raises:
            CannotMend: the value is a string that the file defines.
        """
        for piece in field.pieces:
            if piece.delimiter is not Delimiter.MACRO or piece.text.lower() in MONTHS:
                continue
            if self._file.is_string(piece.text):
                reason = (
                    f"`{name}` is the string `{piece.text}`, which other entries may "
                    f"have, too: mend its definition, or write the value here"
                )
                raise cannot_mend(reason, self._old)

    def _refuse_inherited(self, name: str) -> None:
        """Refuse to change what an entry has from another one.

        Raises:
            CannotMend: the entry inherits.
        """
        for parent in _INHERITING:
            if parent in self._fields:
                key = self._fields[parent].text
                reason = f"`{name}` is that of `{key}` ({parent}): mend it there"
                raise cannot_mend(reason, self._old)
