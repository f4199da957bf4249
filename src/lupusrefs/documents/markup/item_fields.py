"""What markup says of a work, field by field -> an item."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from lupusrefs.errors import InvalidIdentifier
from lupusrefs.formats.endnote.dates import parse_date
from lupusrefs.formats.endnote.names import parse_name
from lupusrefs.formats.endnote.pages import read_pages
from lupusrefs.formats.endnote.serials import joined, split_serials
from lupusrefs.formats.medline.terms import short_person, title_without_stop
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import is_resolver
from lupusrefs.model.identifiers import ArxivId, Pmcid, Pmid
from lupusrefs.model.item import Item
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.variables import ItemType

_LONGEST: Final = 20_000  # characters of a value
_MOST_NAMES: Final = 20_000
_PUNCTUATION: Final = " \t\r\n,;:"
# A stop at the end of these belongs to an abbreviation.
_WITH_STOP: Final = frozenset(
    ("container_title", "container_title_short", "collection_title", "publisher")
)
# "2010a" is the year of one of two works of that year.
# A title that is set in italics from its first letter to its last means nothing by it.
_WHOLLY_STYLED: Final = re.compile(
    r"\A<(?P<tag>[bi]|u)>(?P<text>(?:(?!</(?P=tag)>).)*)</(?P=tag)>(?P<stop>\.?)\Z",
    re.DOTALL,
)
# What some have beside a number in its own element: "Vol.106", "No.1", "p.10".
_LABELS: Final = {
    "volume": re.compile(r"\A(?:vol(?:ume)?|bd)\.?\s*(?=\d)", re.IGNORECASE),
    "issue": re.compile(
        r"\A(?:no|nr|issue|number|heft|n°|num)\.?\s*(?=\d)", re.IGNORECASE
    ),
}
_PAGE_LABEL: Final = re.compile(r"\A(?:pp?|pages?|S)\.\s*(?=\w)")
_YEAR: Final = re.compile(r"(?<!\d)([12]\d{3})(?!\d)")
# As MEDLINE has it: "van der Berg JD"; a degree stands behind more than one name.
_SHORT_NAME: Final = re.compile(
    r"(?:[^\W\d_A-Z][^\W\d_]{0,5} ){0,3}[^\W\d_][\w'’-]*[^\W\dA-Z_] [A-Z]{1,3}"
)
_ARXIV_URL: Final = "https://arxiv.org/abs/{}"


class ItemFields:
    """The fields of one work; of a field that comes twice, the first counts.

    Attributes:
        kind: the type that the work says to be of, where it says so.
    """

    def __init__(self) -> None:
        self.kind: ItemType | None = None
        self._values: dict[str, object] = {}
        self._names: dict[str, list[Name]] = {}

    def __contains__(self, field: str) -> bool:
        return field in self._values or field in self._names

    def text(self, field: str, text: str | None) -> None:
        """A text: the name of the field is the one that it has in an item."""
        text = (text or "").strip(_PUNCTUATION)
        if field == "title":
            text = title_without_stop(_WHOLLY_STYLED.sub(r"\g<text>\g<stop>", text))
        elif field not in _WITH_STOP:
            text = _LABELS[field].sub("", text) if field in _LABELS else text
            text = text.removesuffix(".")
        self._keep(field, text)

    def _keep(self, field: str, text: str | None) -> None:
        if text and len(text) <= _LONGEST:
            self._values.setdefault(field, text)

    def move(self, source: str, target: str) -> None:
        """Let a text count as another field, unless that has one."""
        if source in self._values and target not in self._values:
            self._values[target] = self._values.pop(source)

    # --- names -----------------------------------------------------------------

    def name(self, field: str, name: Name | None) -> None:
        """Another name of a list."""
        names = self._names.setdefault(field, [])
        if name is not None and name not in names[-1:] and len(names) < _MOST_NAMES:
            names.append(name)
        if not names:
            del self._names[field]

    def person(
        self,
        field: str,
        family: str | None,
        given: str | None = None,
        suffix: str | None = None,
        particle: str | None = None,
    ) -> None:
        """A name in its parts; one part alone is a literal, unless it is the family."""
        family, given = _name_part(family), _name_part(given)
        if family:
            self.name(
                field,
                Name(
                    family=family,
                    given=given,
                    non_dropping_particle=_name_part(particle),
                    suffix=_name_part(suffix),
                ),
            )
        elif given:
            self.name(field, Name(literal=given))

    def literal(self, field: str, text: str | None) -> None:
        """The name of a group."""
        text = _name_part(text)
        if text:
            self.name(field, Name(literal=text))

    def written_name(self, field: str, text: str | None) -> None:
        """A name as it is read: "Ann Lee", "Lee, Ann", "Lee AB"."""
        text = (text or "").strip(" ;")
        if not text or len(text) > _LONGEST:
            return
        if _SHORT_NAME.fullmatch(text):
            self.name(field, short_person(text))
        else:
            self.name(field, parse_name(text, reading_order=True))

    def others(self, field: str) -> None:
        """The names that the list leaves out."""
        self.name(field, OTHERS)

    # --- dates and numbers -------------------------------------------------------

    def date(self, field: str, text: str | None) -> None:
        """A date as it is written; of words without a calendar date, the words."""
        text = (text or "").strip(_PUNCTUATION + ".()[]")
        if not text or len(text) > _LONGEST or field in self._values:
            return
        years = _YEAR.findall(text)
        date = parse_date(text)
        if date is None and years:
            date = Date(PartialDate(int(years[0])))
        self._values[field] = date or Date(literal=text)

    def date_parts(self, field: str, year: str | None, *rest: str | None) -> None:
        """A date from its year, month (or season) and day."""
        found = _YEAR.search(year or "")
        parts = [part.strip() for part in rest if part and part.strip()]
        if not found or not parts:
            self.date(field, year)
        elif all(part.isdecimal() for part in parts):
            self.date(field, "/".join((found[1], *parts)))
        else:
            self.date(field, " ".join((*reversed(parts), found[1])))

    def pages(self, first: str | None, last: str | None) -> None:
        """The first page, or all of them, and the last one."""
        texts = [
            _PAGE_LABEL.sub("", (text or "").strip(_PUNCTUATION + "."))
            for text in (first, last)
        ]
        pages = read_pages(texts[0], texts[1], is_whole_book=False)
        self.text("page", pages.text if pages else None)

    # --- identifiers -------------------------------------------------------------

    def doi(self, text: str | None) -> None:
        """A DOI in any spelling; what is none is kept as it is written."""
        text = (text or "").strip()
        if text:
            self._keep("doi", _or_written(text, lambda given: Doi.parse(given).name))

    def pmid(self, text: str | None) -> None:
        """A PubMed identifier."""
        self._keep("pmid", _or_written(text, lambda given: str(Pmid.parse(given))))

    def pmcid(self, text: str | None) -> None:
        """A PubMed Central identifier, or its number alone."""
        text = (text or "").strip()
        if text.isdecimal():
            text = f"PMC{text}"
        self._keep("pmcid", _or_written(text, lambda given: str(Pmcid.parse(given))))

    def arxiv(self, text: str | None) -> None:
        """An arXiv identifier; CSL has no variable for it, so it gives the URL."""
        try:
            self._keep("url", _ARXIV_URL.format(ArxivId.parse(text or "")))
        except InvalidIdentifier:
            return

    def serial(self, field: str, text: str | None) -> None:
        """Another ISBN or ISSN."""
        numbers = split_serials(text or "")
        if numbers is not None:
            before = self._values.get(field)
            found = numbers[0] if field == "isbn" else numbers[1]
            both = [*(before.split(", ") if isinstance(before, str) else ()), *found]
            if together := joined(both):
                self._values[field] = together

    def url(self, text: str | None) -> None:
        """A link; one to a resolver of DOIs is a DOI."""
        text = (text or "").strip()
        if (doi := linked_doi(text)) is not None:
            self._keep("doi", doi)
        elif text.startswith(("http://", "https://", "ftp://")):
            self._keep("url", text)

    def item(self, kind: ItemType, key: str = "") -> Item | None:
        """The item; None where nothing is known of it but its type."""
        if not (self._values or self._names):
            return None
        names = {field: tuple(names) for field, names in self._names.items()}
        return Item.model_validate({**self._values, **names, "id": key, "type": kind})


def linked_doi(url: str) -> str | None:
    """The DOI that a link to a resolver, or an ``info:`` or ``doi:`` URI, names."""
    if len(url) > _LONGEST:
        return None
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    if not is_resolver(host) and not url.lower().startswith(("doi:", "info:doi/")):
        return None
    try:
        return Doi.parse(url).name
    except InvalidIdentifier:
        return None


def _or_written(text: str | None, parse: Callable[[str], str]) -> str | None:
    """An identifier in its usual form; as it is written, where it is none."""
    if not text:
        return None
    try:
        return parse(text)
    except InvalidIdentifier:
        return text


def _name_part(text: str | None) -> str | None:
    text = " ".join((text or "").split()).strip(" ,;")
    return text if text and len(text) <= _LONGEST else None
