"""Works of a mirror by words, in any order: what a reference says, as it says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, Self

from lupusrefs.errors import MirrorError
from lupusrefs.extras import extra
from lupusrefs.mirror import search_index
from lupusrefs.mirror.layout import Description
from lupusrefs.mirror.location import Place
from lupusrefs.mirror.lookup import Mirror
from lupusrefs.mirror.search_words import search_words
from lupusrefs.model.work import Work

if TYPE_CHECKING:
    import tantivy

# The rarest words of a query find what all of them find, in a part of the time.
_TERMS: Final = 24
# Whatever is cited wrongly, the work that is meant has at least this share of what the
# best one has of the words; and what is found costs a look at its record.
_SHARE: Final = 0.5
# Works of the same rank are taken in the order of their DOIs, so that two indexes of
# the same records find the same: so many more than wanted are looked at at most.
_TIES: Final = 1000
_DIGITS: Final = 3


class Searched(Protocol):
    """A mirror, as far as its index and what that finds are concerned."""

    @property
    def location(self) -> str:
        """Where it is, as the user named it."""
        ...

    @property
    def description(self) -> Description:
        """What there is."""
        ...

    def find(self, keys: Iterable[str]) -> Mapping[str, Work]:
        """The works of DOIs, by folded DOI."""
        ...


class MirrorSearch:
    """A mirror's index, open for reading, and the records behind it.

    An index of other buckets than the mirror has now serves all the same: what it finds
    is looked up, and judged by its fields; it may miss what is new.

    Attributes:
        mirror: whose index it is.
        location: where that is, as the user named it.
        warnings: that the index is out of date, where it is.
    """

    def __init__(self, mirror: Searched, searcher: tantivy.Searcher) -> None:
        self.location = mirror.location
        self.warnings: list[str] = []
        if not search_index.is_current(mirror.description):
            self.warnings.append(
                f"the search index of {mirror.location} is older than its records: it "
                f"may miss new ones; {_REMEDY.format(mirror.location)} makes it anew"
            )
        self.mirror = mirror
        self._searcher = searcher
        self._schema = search_index.schema()

    @classmethod
    def open(cls, location: str) -> Self:
        """Open a mirror and its index.

        Args:
            location: the mirror's folder.

        Raises:
            MirrorError: there is no mirror, or it cannot be searched.
            MissingPackage: a package that is needed is not installed.
        """
        return cls.of(Mirror.open(location))

    @classmethod
    def of(cls, mirror: Searched) -> Self:
        """Open the index of a mirror.

        Raises:
            MirrorError: it has none, none that can be read, or is not in a folder.
            MissingPackage: a package that is needed is not installed.
        """
        with extra("mirror", "searching a mirror"):
            import tantivy  # noqa: F401, PLC0415 - an extra
        index, where = mirror.description.search, mirror.location
        if index is None:
            raise MirrorError(
                f"the mirror {where} cannot be searched: it has no index",
                hint=f"{_REMEDY.format(where)} makes one",
            )
        place = Place.of(where)
        if place.system is not None:
            raise MirrorError(
                f"the mirror {where} cannot be searched: an index is read in a folder "
                "of this machine only",
                hint="copy the mirror into a folder, and name that",
            )
        try:
            folder = Path(place.path(search_index.name_of(index)))
            return cls(mirror, search_index.open_index(folder))
        # tantivy raises a ValueError for whatever happens.
        except (OSError, ValueError) as error:
            raise _unreadable(where, error) from None

    def search(self, query: str, rows: int) -> tuple[Work, ...]:
        """The works that have the most telling words of a query, the best first.

        What the best one beats by far is left out. Where the index cannot be read,
        nothing is found, and a warning tells of it.

        Args:
            query: any text.
            rows: how many works at most.
        """
        try:
            keys = self.find_keys(query, rows)
        # What tantivy raises whatever happens.
        except ValueError as error:
            damage = _unreadable(self.location, error)
            warning = f"{damage}; {damage.hint}"
            if warning not in self.warnings:
                self.warnings.append(warning)
            return ()
        found = self.mirror.find(keys)
        return tuple(found[key] for key in keys if key in found)

    def find_keys(self, query: str, rows: int) -> list[str]:
        """The same, as folded DOIs, be they in the mirror still or not.

        Raises:
            ValueError: the index cannot be read.
        """
        import tantivy  # noqa: PLC0415 - an extra

        terms = self._telling(query)
        if not terms or rows <= 0:
            return []
        any_of = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, self._has(term)) for term in terms]
        )
        limit, is_cut = rows + 1, True
        while is_cut and limit <= _TIES:
            hits = self._searcher.search(any_of, limit, count=False).hits
            ranks = [_rank(score) for score, _ in hits]
            is_cut = len(hits) == limit and ranks[-1] == ranks[rows - 1]
            limit *= 4
        least = _SHARE * max(ranks, default=0.0)
        found = sorted(
            (-rank, str(self._searcher.doc(place)[search_index.DOI][0]))
            for rank, (_, place) in zip(ranks, hits, strict=True)
            if rank >= least
        )
        return [key for _, key in found[:rows]]

    def _has(self, term: str) -> tantivy.Query:
        import tantivy  # noqa: PLC0415 - an extra

        return tantivy.Query.term_query(self._schema, search_index.WORDS, term, "freq")

    def _telling(self, query: str) -> list[str]:
        """The rarest words of a query that occur at all."""
        occur = {
            word: number
            for word in search_words([query])
            if (number := self._searcher.doc_freq(search_index.WORDS, word))
        }
        return sorted(occur, key=lambda word: (occur[word], word))[:_TERMS]


_REMEDY: Final = "`lupusrefs mirror build --to {} --search`"


def _unreadable(location: str, error: Exception) -> MirrorError:
    reason = " ".join(str(error).split())
    return MirrorError(
        f"the search index of {location} cannot be read: {reason}",
        hint=f"{_REMEDY.format(location)} makes it anew",
    )


def _rank(score: float) -> float:
    """A score in which the order of its sum does not show."""
    return round(score, _DIGITS)
