"""References that cite one work twice, found one after the other in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final, NamedTuple

from lupusrefs.compare.comparison import finding
from lupusrefs.compare.family_names import first_family
from lupusrefs.compare.notices import own_doi
from lupusrefs.compare.preprints import is_preprint, names_preprint_server
from lupusrefs.compare.recognise import place_of
from lupusrefs.compare.relations import preprints, published_versions
from lupusrefs.compare.text import words
from lupusrefs.compare.title_generic import is_generic
from lupusrefs.errors import InvalidDoi
from lupusrefs.findings import Confidence, Finding
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.item import Item
from lupusrefs.model.location import Location
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Work

# Titles of fewer words are shared by works of many kinds.
_TELLING: Final = 4
# Parts of a book may be cited with the DOI of the whole.
_PARTS: Final = frozenset(
    ("chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia")
)
_PREPRINT_YEARS: Final = 5
_NOTHING: Final = 0


class _Entry(NamedTuple):
    """What is kept of a reference: digests, 0 where there is nothing."""

    doi: int
    title: int
    family: int
    year: int
    volume: int
    page: int
    locator: int
    is_preprint: int


class Duplicates:
    """Remembers every reference by a few numbers, and tells which come again.

    References are given one at a time, in the order of the files; what is found goes
    to the later one, and its ``related`` is the place of the first.
    """

    def __init__(self) -> None:
        self._keys: dict[int, int] = {}
        self._dois: dict[int, int] = {}
        self._titles: dict[int, int] = {}
        # DOI of an article or preprint -> the reference whose other form it is.
        self._forms: dict[int, int] = {}
        self._entries = array("Q")
        self._places = array("L")
        self._names: list[str] = []
        self._files: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._names)

    def seen(self, reference: Item, work: Work | None) -> tuple[Finding, ...]:
        """What this reference repeats; it is remembered for those to come.

        Args:
            reference: what is cited.
            work: what it was resolved or recognised as; None where that is unknown.
        """
        number = len(self)
        entry = _entry(reference, work)
        found = tuple(self._findings(reference, work, entry))
        self._remember(reference, work, entry, number)
        return found

    def _remember(
        self, reference: Item, work: Work | None, entry: _Entry, number: int
    ) -> None:
        self._names.append(reference.id)
        self._entries.extend(entry)
        self._places.extend(self._place(reference))
        self._keys.setdefault(_digest(reference.id), number)
        if entry.doi:
            self._dois.setdefault(entry.doi, number)
        if entry.title and entry.family:
            self._titles.setdefault(_mixed(entry.title, entry.family), number)
        if work is not None and work.relations:
            for doi in (*published_versions(work), *preprints(work)):
                self._forms.setdefault(_digest(fold(doi)), number)

    def _place(self, reference: Item) -> tuple[int, int, int]:
        location = reference.location if isinstance(reference, Reference) else None
        if location is None:
            return 0, 0, 0
        file = self._files.setdefault(location.file, len(self._files) + 1)
        return file, location.line, location.column

    def _location(self, number: int) -> tuple[Location, ...]:
        file, line, column = self._places[3 * number : 3 * number + 3]
        if not file:
            return ()
        return (Location(list(self._files)[file - 1], line, column),)

    def _get(self, number: int) -> _Entry:
        width = len(_Entry._fields)
        return _Entry(*self._entries[width * number : width * (number + 1)])

    # -- what comes again -------------------------------------------------------

    def _findings(
        self, reference: Item, work: Work | None, entry: _Entry
    ) -> Iterator[Finding]:
        same_key = self._keys.get(_digest(reference.id))
        if same_key is not None:
            yield self._same_key(reference, same_key)
        same_doi = self._dois.get(entry.doi) if entry.doi else None
        if same_doi is not None:
            if same_doi != same_key and not _are_parts(
                reference, entry, self._get(same_doi)
            ):
                yield self._same_doi(reference, work, same_doi)
            return
        other_form = self._other_form(work, entry)
        if other_form is not None and other_form != same_key:
            yield self._both_forms(reference, other_form, Confidence.CERTAIN)
            return
        same_title = self._titles.get(_mixed(entry.title, entry.family))
        if same_title is not None and same_title != same_key:
            yield from self._same_title(reference, entry, same_title)

    def _same_key(self, reference: Item, first: int) -> Finding:
        return finding(
            "duplicate-key",
            reference,
            f"the key `{reference.id}` is used again",
            cited=reference.id,
            related=self._location(first),
            hint="rename one of the two, or remove it",
        )

    def _same_doi(self, reference: Item, work: Work | None, first: int) -> Finding:
        doi = work.doi if work and work.doi else (reference.doi or "").strip()
        return finding(
            "duplicate-doi",
            reference,
            f"the DOI {doi} is also that of `{self._names[first]}`",
            field="DOI" if reference.doi else None,
            cited=reference.doi,
            registered=doi,
            forms=(self._names[first], reference.id),
            related=self._location(first),
            hint="cite one of the two, and remove the other",
        )

    def _other_form(self, work: Work | None, entry: _Entry) -> int | None:
        """An earlier reference that is the preprint of this one, or the reverse."""
        if entry.doi and (number := self._forms.get(entry.doi)) is not None:
            return number
        if work is None or not work.relations:
            return None
        for doi in (*published_versions(work), *preprints(work)):
            if (number := self._dois.get(_digest(fold(doi)))) is not None:
                return number
        return None

    def _both_forms(
        self, reference: Item, first: int, confidence: Confidence
    ) -> Finding:
        return finding(
            "preprint-and-article",
            reference,
            f"`{self._names[first]}` is the same work, one a preprint of the other",
            field="title",
            cited=reference.title,
            forms=(self._names[first], reference.id),
            confidence=confidence,
            related=self._location(first),
            hint="where both are not needed, cite the article",
        )

    def _same_title(
        self, reference: Item, entry: _Entry, number: int
    ) -> Iterator[Finding]:
        first = self._get(number)
        if entry.is_preprint != first.is_preprint:
            if _are_near(entry, first):
                yield self._both_forms(reference, number, Confidence.LIKELY)
            return
        if not _are_same_work(reference, entry, first):
            return
        two_dois = bool(entry.doi and first.doi)
        also = ", under another DOI" if two_dois else ""
        yield finding(
            "duplicate-reference",
            reference,
            f"`{self._names[number]}` has the same title, first author and year{also}",
            field="title",
            cited=reference.title,
            forms=(self._names[number], reference.id),
            confidence=Confidence.LIKELY if two_dois else Confidence.CERTAIN,
            related=self._location(number),
            hint="cite one of the two, and remove the other",
        )


def _are_parts(reference: Item, one: _Entry, other: _Entry) -> bool:
    """Whether two references with one DOI mean different parts of it."""
    if _differ(one.locator, other.locator):
        return True
    return (
        reference.type in _PARTS
        and one.title != other.title
        and not (one.page and one.page == other.page)
    )


def _are_near(one: _Entry, other: _Entry) -> bool:
    """Whether a preprint and an article can be one work by their years."""
    if not one.year or not other.year:
        return True
    return abs(one.year - other.year) <= _PREPRINT_YEARS


def _are_same_work(reference: Item, one: _Entry, other: _Entry) -> bool:
    """Title and first author are equal; what else is cited must not deny it.

    A meeting abstract has its article's title, and an editor's yearly preface that of
    the year before. Two DOIs are two works unless volume and page are one.
    """
    same_place = (
        bool(one.page) and one.page == other.page and one.volume == other.volume
    )
    if one.doi and other.doi:
        return same_place and bool(one.volume) and one.year == other.year
    if one.year != other.year or not one.year:
        return same_place and bool(one.volume)
    if _differ(one.volume, other.volume) or _differ(one.page, other.page):
        return False
    if _differ(one.locator, other.locator):
        return False
    return same_place or len(words(reference.title or "")) >= _TELLING


def _differ(one: int, other: int) -> bool:
    return bool(one and other and one != other)


def _entry(reference: Item, work: Work | None) -> _Entry:
    title = "".join(words(reference.title or ""))
    if is_generic(title):
        title = ""
    volume, page = place_of(reference)
    year = reference.issued.year if reference.issued else None
    locator = reference.locator or reference.chapter_number or reference.section
    return _Entry(
        doi=_doi(reference, work),
        title=_digest(title),
        family=_digest(first_family(reference)),
        year=max(year or 0, 0),
        volume=_digest(volume),
        page=_digest(page),
        locator=_digest("".join(words(locator or ""))),
        is_preprint=int(_is_preprint(reference, work)),
    )


def _doi(reference: Item, work: Work | None) -> int:
    """The registered DOI; where nobody was asked, the cited one."""
    if work is not None and work.doi:
        return _digest(own_doi(work))
    if not reference.doi:
        return _NOTHING
    try:
        return _digest(Doi.parse(reference.doi).key)
    except InvalidDoi:
        return _NOTHING


def _is_preprint(reference: Item, work: Work | None) -> bool:
    if work is not None and work.doi:
        return is_preprint(work)
    named = (reference.archive, reference.container_title, reference.publisher)
    return any(map(names_preprint_server, named))


def _digest(text: str) -> int:
    """Eight bytes of a text, the same in every run; 0 of an empty one."""
    if not text:
        return _NOTHING
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) or 1


def _mixed(title: int, family: int) -> int:
    return (
        (title * 31 + family) & 0xFFFF_FFFF_FFFF_FFFF if title and family else _NOTHING
    )
