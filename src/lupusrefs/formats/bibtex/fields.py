"""The fields of an entry: CSL variables by BibTeX's names (btxdoc, section 3.2).

Beyond Patashnik's fields there are those that today's styles and programs read:
``doi url urldate isbn issn pmid pmcid eprint archiveprefix abstract keywords language
version shorttitle translator``. BibTeX ignores a field that a style does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.formats.bibtex import dates, latex
from lupusrefs.formats.bibtex import entry_types as entries
from lupusrefs.formats.bibtex.names import name_list
from lupusrefs.model.dates import Date
from lupusrefs.model.item import Item
from lupusrefs.model.markup import plain
from lupusrefs.model.names import Name
from lupusrefs.model.pages import with_dash
from lupusrefs.model.work import Work

Field = tuple[str, str | None]

# Who made what has no author: films, music, maps, exhibitions.
_MAKERS: Final = (
    "author",
    "director",
    "composer",
    "performer",
    "script_writer",
    "host",
    "producer",
    "series_creator",
    "organizer",
    "curator",
    "compiler",
    "contributor",
)
# What is dated to the day.
_DAILY: Final = frozenset(
    (
        "article-newspaper",
        "article-magazine",
        "broadcast",
        "personal_communication",
        "post",
        "post-weblog",
        "speech",
        "webpage",
    )
)
_LEGAL: Final = frozenset(
    ("bill", "hearing", "legal_case", "legislation", "regulation", "treaty")
)
_PUBLISHER_FIELDS: Final = {
    entries.TECHREPORT: "institution",
    entries.PHDTHESIS: "school",
    entries.MASTERSTHESIS: "school",
    entries.MANUAL: "organization",
    entries.BOOKLET: "howpublished",
}
_ORDINALS: Final = (
    *("First", "Second", "Third", "Fourth", "Fifth"),
    *("Sixth", "Seventh", "Eighth", "Ninth", "Tenth"),
)
_EDITION: Final = re.compile(
    r"(\d{1,3})(?:\.|st|nd|rd|th)?(?:\s*ed(?:ition|n)?\.?)?", re.IGNORECASE
)
_NUMBER_RANGE: Final = re.compile(r"(\d+)\s*[-‐‑–]\s*(\d+)")
_RESOLVER: Final = re.compile(
    r"\s*(?:https?://)?(?:dx\.|www\.)?doi\.org/|\s*doi:\s*", re.IGNORECASE
)
_ARXIV: Final = re.compile(
    r"(?:10\.48550/arXiv\.|arxiv\.org/(?:abs|pdf)/|^\s*arXiv:\s*)"
    r"(?P<id>[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?P<version>v\d+)?"
    r"(?:\s*\[(?P<primary>[\w.-]+)\])?",
    re.IGNORECASE,
)


def fields(item: Item, entry: str) -> Iterator[tuple[str, str]]:
    """Names and values, delimiters included, of all that is known, in their order."""
    for group in (_who_and_what, _where, _when, _identifiers, _remarks):
        for name, text in group(item, entry):
            if text and name == "month":
                yield name, text
            elif text:
                yield name, f"{{{text}}}"


def _who_and_what(item: Item, entry: str) -> Iterator[Field]:
    english = not item.language or item.language.lower().startswith("en")
    yield "author", name_list(_makers(item))
    yield "editor", name_list(item.editor or item.editorial_director)
    yield "translator", name_list(item.translator)
    yield "title", item.title and latex.title(item.title, english=english)
    yield (
        "shorttitle",
        item.title_short and latex.title(item.title_short, english=english),
    )
    if entry in entries.IN_A_BOOK:
        yield "booktitle", _rich(item.container_title or item.event_title)
    elif entry == entries.ARTICLE:
        yield "journal", _rich(item.container_title)


def _where(item: Item, entry: str) -> Iterator[Field]:
    yield "volume", _number(item.volume)
    if entry == entries.ARTICLE:
        yield "number", _issue(item)
    else:
        yield "number", _number(item.number or item.collection_number or item.issue)
    yield "series", _rich(item.collection_title)
    yield "edition", item.edition and _edition(item.edition)
    if item.type != "chapter" or item.container_title:
        yield "chapter", _value(item.chapter_number)
    yield "pages", _pages(item, entry)
    if entry in entries.THESES or entry == entries.TECHREPORT:
        yield "type", _kind(item)
    publisher = item.publisher or (item.authority if item.type in _LEGAL else None)
    yield _PUBLISHER_FIELDS.get(entry, "publisher"), _rich(publisher)
    yield "address", _value(item.publisher_place or item.event_place)
    if entry == entries.MISC:
        # Beside the publisher, which the standard styles do not print of a misc.
        yield "howpublished", _how_published(item)


def _when(item: Item, entry: str) -> Iterator[Field]:
    del entry
    date = item.issued or (item.event_date if item.event_title else None)
    if date is None:
        return
    yield "year", dates.year(date)
    yield "month", dates.month(date)
    if item.type in _DAILY and date.start and date.end is None:
        yield "day", str(date.start.day or "")


def _identifiers(item: Item, entry: str) -> Iterator[Field]:
    del entry
    doi = latex.verbatim(_RESOLVER.sub("", item.doi or "", count=1))
    yield "doi", doi
    if match := _arxiv(item):
        yield "eprint", match["id"] + (match["version"] or "")
        yield "archiveprefix", "arXiv"
        yield "primaryclass", latex.value(match["primary"] or "")
    if item.url and not _is_link_of(item.url, item.doi):
        yield "url", latex.verbatim(item.url)
        yield "urldate", str(item.accessed.start or "") if item.accessed else None
    for name in ("isbn", "issn", "pmid", "pmcid"):
        yield name, _value(getattr(item, name))


def _remarks(item: Item, entry: str) -> Iterator[Field]:
    yield "version", _value(item.version)
    yield "language", _value(item.language)
    yield "note", "; ".join(dict.fromkeys(filter(None, _notes(item, entry))))
    yield "annote", _rich(item.annote)
    yield "keywords", _value(item.keyword)
    yield "abstract", _rich(item.abstract)


def _notes(item: Item, entry: str) -> Iterator[str | None]:
    """What the standard styles print nowhere else, and what the user noted."""
    if entry in {entries.MISC, entries.UNPUBLISHED}:
        yield _value(item.genre)
        # A note is required for what is unpublished (btxdoc, section 3.1).
        if entry == entries.UNPUBLISHED and not (item.genre or item.note):
            yield "Unpublished"
    if entry == entries.MISC and item.version:
        version = latex.value(item.version)
        yield version if version.lower().startswith("v") else f"Version {version}"
    yield _value(item.status)
    yield dates.words(item.issued) if item.issued else None
    yield _rich(item.note)
    if entry == entries.MISC and item.url and not item.doi:
        yield _accessed(item.accessed)


def _accessed(date: Date | None) -> str | None:
    return f"Accessed {date.start}" if date and date.start else None


def _makers(item: Item) -> tuple[Name, ...]:
    for role in _MAKERS:
        makers: tuple[Name, ...] = getattr(item, role)
        # An edited volume has its editors, and no author.
        if makers and (role == "author" or not item.editor):
            return makers
    return ()


def _issue(item: Item) -> str | None:
    """Issue and supplement of a journal: "4", "4 (Suppl. 1)"."""
    issue, supplement = _number(item.issue), _value(item.supplement_number)
    if not supplement:
        return issue
    supplement = f"Suppl. {supplement}" if supplement.isalnum() else supplement
    return f"{issue} ({supplement})" if issue else supplement


def _pages(item: Item, entry: str) -> str | None:
    """Pages with ``--`` in ranges; an article number stays what it is."""
    pages = item.page or item.page_first
    if not pages and isinstance(item, Work):
        pages = item.article_number
    if not pages and entry == entries.ARTICLE:
        pages = item.number
    return latex.escape(with_dash(plain(pages), "--")) if pages else None


def _number(text: str | None) -> str | None:
    """A volume, issue or number; double ones get an en dash, as in ``12--13``."""
    if text is None:
        return None
    double = _NUMBER_RANGE.fullmatch(text.strip())
    return f"{double[1]}--{double[2]}" if double else latex.value(text)


def _edition(text: str) -> str:
    """An ordinal word with a capital, such as "Second" (btxdoc, section 3.2)."""
    match = _EDITION.fullmatch(text.strip())
    if match is None or not int(match[1]):
        return latex.value(text)
    number = int(match[1])
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    teen = number % 100 in (11, 12, 13)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if teen else ending}"


def _kind(item: Item) -> str | None:
    """``type``, which replaces the words of the style ("PhD thesis")."""
    if item.type == "standard" and not item.genre:
        return "Standard"
    return _value(item.genre)


def _how_published(item: Item) -> str | None:
    """Site, server, event or reporter: all that the standard styles print of a misc."""
    if item.type in _LEGAL and item.container_title:
        parts = (item.volume, item.container_title, item.page)
        return _rich(" ".join(part for part in parts if part))
    if item.type == "patent":
        return _value(f"{item.genre or 'Patent'} {item.number or ''}")
    place = item.container_title or item.event_title
    return _rich(place or item.publisher or item.medium)


def _arxiv(item: Item) -> re.Match[str] | None:
    for text in (item.doi, item.url, item.number, item.archive_location):
        if text and (match := _ARXIV.search(text)):
            return match
    return None


def _is_link_of(url: str, doi: str | None) -> bool:
    """Whether the URL only repeats the DOI: styles would print it twice."""
    bare = _RESOLVER.sub("", url, count=1)
    return bare != url and (
        doi is not None
        and bare.replace("%2F", "/").casefold()
        == _RESOLVER.sub("", doi, count=1).strip().casefold()
    )


def _value(text: str | None) -> str | None:
    return latex.value(text) if text else None


def _rich(text: str | None) -> str | None:
    return latex.rich(text) if text else None
