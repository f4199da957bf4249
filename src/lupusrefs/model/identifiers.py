"""Identifiers beside the DOI: arXiv, PubMed, PubMed Central, ISBN.

Each is a value with ``parse``, from any usual spelling or URL.
:func:`parse_identifier` decides by shape which one a command-line argument is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lupusrefs.errors import InvalidDoi, InvalidIdentifier
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import PLAIN_FORM

_SHOWN = 80  # characters of a bad text that a message quotes


def _complaint(text: str, what: str, hint: str | None = None) -> InvalidIdentifier:
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return InvalidIdentifier(f"{shown!r} is not {what}", hint=hint)


def _plain(text: str) -> str:
    """Undo typography, and strip blanks and the brackets around the text."""
    return text.translate(PLAIN_FORM).strip().strip("<>[]()\"'").strip()


#: The prefix of the DOIs that arXiv registers for its papers.
ARXIV_PREFIX = "10.48550"

# --- arXiv --------------------------------------------------------------------

_ARXIV_LEAD = re.compile(
    r"(?:https?://)?(?:(?:www|export|[a-z]{2})\.)?arxiv\.org/"
    r"(?:abs|pdf|html|format|e-print|src|ps)/"
    r"|(?:https?://)?(?:dx\.)?doi\.org/10\.48550/arxiv\."
    r"|(?:doi:\s?)?10\.48550/arxiv\.|arxiv(?:\s?:\s?|\s)",
    re.IGNORECASE,
)
# info.arxiv.org, "Understanding the arXiv identifier": YYMM.NNNN from 0704 to 1412,
# YYMM.NNNNN since 1501; before, archive(.class)/YYMMNNN.
_ARXIV_NEW = re.compile(r"(?P<yymm>[0-9]{2}(?:0[1-9]|1[0-2]))\.(?P<number>[0-9]{4,5})")
_ARXIV_OLD = re.compile(
    r"(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[A-Z]{2}|\.[a-z]{2,3}(?:-[a-z]{2,4})?)?"
    r"/(?P<number>[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})",
    re.IGNORECASE,
)
_ARXIV_VERSION = re.compile(r"v(?P<version>[1-9][0-9]{0,3})\Z")
_ARXIV_TAIL = re.compile(
    r"(?:\.pdf|\.ps|[?#].*|\s\[[a-z.-]{2,20}\]?)\Z", re.IGNORECASE | re.DOTALL
)
_FIVE_DIGITS_SINCE = "1501"
_FIRST_NEW = "0704"


@dataclass(frozen=True, slots=True)
class ArxivId:
    """An arXiv identifier, new (``2301.01234``) or old (``hep-th/9901001``).

    Attributes:
        id: the identifier without version, and without the subject class that old
            ones may carry: ``math.GT/0309136`` is ``math/0309136``, as arXiv shows it.
        version: the version asked for, from 1, or ``None`` for the latest.
    """

    id: str
    version: int | None = None

    @classmethod
    def parse(cls, text: str) -> ArxivId:
        """Read an identifier, ``arXiv:...``, an arXiv URL or arXiv's own DOI.

        Raises:
            InvalidIdentifier: it is none of these.
        """
        rest = _plain(text)
        if lead := _ARXIV_LEAD.match(rest):
            rest = rest[lead.end() :].replace("%2F", "/").replace("%2f", "/")
        rest = _ARXIV_TAIL.sub("", rest).rstrip("/.,;")
        version = None
        if found := _ARXIV_VERSION.search(rest):
            version, rest = int(found["version"]), rest[: found.start()]
        if old := _ARXIV_OLD.fullmatch(rest):
            return cls(f"{old['archive'].lower()}/{old['number']}", version)
        new = _ARXIV_NEW.fullmatch(rest)
        if new is None:
            hint = "they look like 2301.01234, hep-th/9901001 or arXiv:2301.01234v2"
            raise _complaint(text, "an arXiv identifier", hint)
        _check_number(text, new["yymm"], new["number"])
        return cls(rest, version)

    @property
    def doi(self) -> Doi:
        """The DOI that arXiv registered at DataCite; it has no version."""
        return Doi.registered(f"{ARXIV_PREFIX}/arXiv.{self.id}")

    def __str__(self) -> str:
        return self.id if self.version is None else f"{self.id}v{self.version}"


def _check_number(text: str, yymm: str, number: str) -> None:
    if yymm < _FIRST_NEW:
        hint = "the form with a dot began in April 2007 (0704.0001)"
        raise _complaint(text, "an arXiv identifier", hint)
    digits = 5 if yymm >= _FIVE_DIGITS_SINCE else 4
    if len(number) != digits:
        hint = f"in {yymm} the number behind the dot has {digits} digits"
        raise _complaint(text, "an arXiv identifier", hint)


# --- PubMed and PubMed Central ------------------------------------------------

_PMID = re.compile(
    r"(?:https?://)?(?:"
    r"(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/|(?:m\.)?pubmed\.ncbi\.nlm\.nih\.gov/"
    r"|pubmed\.gov/|(?:www\.)?europepmc\.org/(?:abstract|article)/MED/)"
    r"(?P<in_url>[0-9]{1,8})/?(?:[?#].*)?"
    r"|(?:info:pmid/|(?:pmid|pubmed(?:\s?id)?)\s?[:#]?\s?)?0*(?P<bare>[1-9][0-9]{0,7})",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:(?:https?://)?(?:"
    r"(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles/|pmc\.ncbi\.nlm\.nih\.gov/articles/"
    r"|(?:www\.)?europepmc\.org/(?:articles?)/(?:PMC/)?)"
    r"|pmcid\s?[:#]?\s?|pmc\s?[:#]\s?)?"
    r"(?:PMC\s?)?(?P<number>[1-9][0-9]{0,8})(?:\.[0-9]{1,2})?(?:/.*|[?#].*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pmid:
    """A PubMed identifier: a number of one to eight digits, kept as text."""

    id: str

    @classmethod
    def parse(cls, text: str) -> Pmid:
        """Read a bare number, ``PMID: 34347960`` or a PubMed URL.

        Raises:
            InvalidIdentifier: it is none of these.
        """
        found = _PMID.fullmatch(_plain(text))
        if found is None:
            hint = "they are numbers of up to eight digits, such as PMID:34347960"
            raise _complaint(text, "a PubMed identifier", hint)
        # PubMed's own answers have no leading zeros, whatever was asked.
        number = found["in_url"] or found["bare"]
        return cls(number.lstrip("0") or number)

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class Pmcid:
    """A PubMed Central identifier, always with its letters: ``PMC2806746``."""

    id: str

    @classmethod
    def parse(cls, text: str) -> Pmcid:
        """Read ``PMC2806746``, ``PMCID: ...`` or a URL; a version is dropped.

        Raises:
            InvalidIdentifier: it is none of these, or a number without a label.
        """
        plain = _plain(text)
        found = _PMCID.fullmatch(plain)
        if found is None or plain[:1].isdigit():
            hint = "they look like PMC2806746"
            raise _complaint(text, "a PubMed Central identifier", hint)
        return cls(f"PMC{found['number']}")

    def __str__(self) -> str:
        return self.id


# --- ISBN ---------------------------------------------------------------------

_ISBN_LEAD = re.compile(
    r"(?:urn:)?e?-?isbn(?:-?1[03](?![0-9]))?\s?[:=]?\s?", re.IGNORECASE
)
_ISBN_GAPS = re.compile(r"[\s-]+")
_ISBN = re.compile(r"[0-9]{9}[0-9Xx]|[0-9]{13}")
_ISBN10, _ISBN13 = 10, 13  # digits
_MUSIC = "9790"  # ISMN, for printed music


@dataclass(frozen=True, slots=True)
class Isbn:
    """An ISBN with a right checksum (ISBN Users' Manual, 7th edition, 4.5).

    The old and the new number of one book are equal.

    Attributes:
        isbn13: the thirteen digits.
        written: the digits that were given, ten or thirteen, without hyphens.
    """

    isbn13: str
    written: str = field(compare=False)

    @classmethod
    def parse(cls, text: str) -> Isbn:
        """Read ten or thirteen digits, hyphens and blanks and ``ISBN`` allowed.

        Raises:
            InvalidIdentifier: wrong number of digits, or the checksum is wrong.
        """
        plain = _ISBN_LEAD.sub("", _plain(text), count=1)
        digits = _ISBN_GAPS.sub("", plain).upper()
        if not _ISBN.fullmatch(digits):
            raise _complaint(text, "an ISBN", "they have ten or thirteen digits")
        stem = digits[:-1]
        right = _check10(stem) if len(digits) == _ISBN10 else _check13(stem)
        if digits[-1] != right:
            hint = f"with these digits the last would be {right}: one is mistyped"
            raise _complaint(text, "an ISBN: its checksum is wrong", hint)
        if len(digits) == _ISBN10:
            return cls(f"978{stem}{_check13(f'978{stem}')}", digits)
        if digits.startswith(_MUSIC) or not digits.startswith(("978", "979")):
            raise _complaint(
                text, "an ISBN", "they begin with 978 or 979, but not 979-0"
            )
        return cls(digits, digits)

    def __str__(self) -> str:
        return self.written


def _check10(stem: str) -> str:
    weighted = sum(
        weight * int(d) for weight, d in zip(range(10, 1, -1), stem, strict=True)
    )
    return "0123456789X"[-weighted % 11]


def _check13(stem: str) -> str:
    weighted = sum(int(d) * (1, 3)[at % 2] for at, d in enumerate(stem))
    return str(-weighted % 10)


# --- any of them --------------------------------------------------------------

Identifier = Doi | ArxivId | Pmid | Pmcid | Isbn

# Tried in this order, from the start of the text.
_WEB = r"(?:https?://)?(?:www\.|m\.)?"
_SHAPES: tuple[tuple[re.Pattern[str], type[ArxivId | Pmid | Pmcid | Isbn]], ...] = (
    (
        re.compile(
            rf"pmc|{_WEB}(?:pmc\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pmc/"
            r"|europepmc\.org/(?:articles/|article/PMC/))",
            re.IGNORECASE,
        ),
        Pmcid,
    ),
    (
        re.compile(
            rf"(?:info:)?pmid|pubmed|[0-9]{{1,8}}\Z|{_WEB}(?:pubmed\.|europepmc\.org/"
            r"|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/)",
            re.IGNORECASE,
        ),
        Pmid,
    ),
    (
        re.compile(r"(?:urn:)?e?-?isbn|[0-9][0-9\s-]{8,18}[0-9X]\Z", re.IGNORECASE),
        Isbn,
    ),
    (
        re.compile(
            rf"arxiv|{_WEB}(?:[a-z]+\.)?arxiv\.org/|[0-9]{{4}}\.[0-9]{{4,5}}(?:v|\Z)"
            r"|[a-z-]+(?:\.[a-z-]+)?/[0-9]{7}",
            re.IGNORECASE,
        ),
        ArxivId,
    ),
)
_DOI_LIKE = re.compile(r"(?<![0-9])10\.[0-9]|10[,_/-]|\bdoi\b|0\.[0-9]", re.IGNORECASE)


def parse_identifier(text: str) -> Identifier:
    """Read an identifier of any kind, as the command line takes them.

    A label or URL decides; else the shape. A bare number of up to eight digits is a
    PMID, one of ten or thirteen an ISBN. arXiv's DOIs stay DOIs.

    Raises:
        InvalidDoi: it looks like a DOI and is none.
        InvalidIdentifier: it is none of them; says what it comes nearest to.
    """
    plain = _plain(text)
    for shape, kind in _SHAPES:
        if shape.match(plain) and not _DOI_LIKE.match(plain):
            return kind.parse(text)
    try:
        return Doi.parse(text)
    except InvalidDoi:
        if _DOI_LIKE.search(plain):
            raise
    hint = "a DOI, an arXiv id, PMID:..., PMC... or an ISBN is meant"
    raise _complaint(text, "an identifier known here", hint)
