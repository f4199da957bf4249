"""The DOI as a value: any spelling in, one identity out.

Syntax and comparison after the DOI Handbook, 2.2; encoding after "Encoding rules for
URLs" of doi.info.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lupusrefs.errors import InvalidDoi
from lupusrefs.model import doi_spelling as spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

RESOLVER = "https://doi.org/"

# Most DOIs, bare or behind the usual leads: nothing to decode, nothing to doubt.
# (bioRxiv's 10.1101 may have a version behind the DOI.)
_CLEAN = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|[Dd][Oo][Ii]: ?)?"
    r"(?P<name>(?!10\.1101/)10(?:\.[0-9]+)+/[A-Za-z0-9._:-]*)"
)
_QUERY = re.compile(r"\?.*", re.DOTALL)
_FRAGMENT = re.compile(r"(?<!-)#.*", re.DOTALL)  # a SICI may end in "-#"
_BLANK = re.compile(r"\s")
_URL_UNSAFE = re.compile(r"[^A-Za-z0-9._~!$&'()*,;=:@/-]")
_UNSAFE = re.compile(r"[^A-Za-z0-9._~-]")
_DOT_SEGMENT = re.compile(r"/(\.{1,2})(/|\Z)")
_LOOKALIKES = str.maketrans("oOlI", "0011")
_WRONG_DOT = re.compile(r"10[,_-](?=[0-9.]+/.)")
_CITESEER = re.compile(r"10\.1\.1(?:\.[0-9]+){1,3}")
_NUMBER = re.compile(r"[1-9][0-9]{0,7}")
_SHAPE = "a DOI has the shape 10.1000/182: '10.', numbers, a slash, and what follows"
_SHOWN = 80  # characters of a bad text that a message quotes


def quote_name(name: str) -> str:
    """Percent-encode a DOI name as one path segment, slash and comma included.

    Crossref accepts every character encoded (recorded); doiRA takes a bare comma for
    a separator of DOIs (doi.info, "Which RA?").
    """
    return _UNSAFE.sub(_escape, name)


def resolver_url(name: str, resolver: str = RESOLVER) -> str:
    """Return the URL of a DOI name at a resolver, percent-encoded.

    Encodes what doi.info calls mandatory and recommended, all beyond ASCII, and the
    slash of ``/./`` and ``/../``, which a client would otherwise normalise away.
    """
    path = _URL_UNSAFE.sub(_escape, name)
    return resolver + _DOT_SEGMENT.sub(_protect_dots, path)


def _protect_dots(segment: re.Match[str]) -> str:
    # doi.info encodes the slash behind the dots; at the end there is only that before.
    dots, behind = segment.groups()
    return f"/{dots}%2F" if behind else f"%2F{dots}"


def _escape(char: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in char[0].encode())


@dataclass(frozen=True, slots=True, eq=False)
class Doi:
    """A DOI name, with the readings that a registry may have to choose from.

    Two DOIs are equal if their names differ in the case of ASCII letters only.

    Attributes:
        name: the DOI name in the user's own case, such as ``10.1056/NEJMc2107725``.
        original: the text that was read, as it was given.
        candidates: DOI names to try in this order. The first is ``name``; then come
            readings without doubtful trailing punctuation, and other guesses. Which
            of them is a DOI, only a registry knows.
    """

    name: str
    original: str
    candidates: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Doi:
        """Read a text that is one DOI, in any spelling.

        Raises:
            InvalidDoi: it is not, or there is other text around it.
        """
        clean = text.strip()
        if "0" <= clean[-1:] <= "9" and (plain := _CLEAN.fullmatch(clean)):
            name = plain["name"]
            return cls(name, text, (name,))
        candidates = spelling.distinct_names(_readings(clean))
        if not candidates:
            raise _complaint(text)
        return cls(candidates[0], text, candidates)

    @classmethod
    def registered(cls, name: str) -> Doi:
        """Take over a DOI name from a registry, letter by letter.

        Raises:
            InvalidDoi: it has not the shape of a DOI name.
        """
        if not spelling.is_doi_name(name):
            raise _complaint(name)
        return cls(name, name, (name,))

    @property
    def prefix(self) -> str:
        """The part before the first slash: ``10.1056``."""
        return self.name.partition("/")[0]

    @property
    def suffix(self) -> str:
        """The part after the first slash: ``NEJMc2107725``."""
        return self.name.partition("/")[2]

    @property
    def key(self) -> str:
        """The name with ASCII letters folded, to compare and to store by."""
        return spelling.fold(self.name)

    @property
    def is_short(self) -> bool:
        """Whether this is a shortDOI (``10/abc``), which only doi.org knows."""
        return self.prefix == "10"

    @property
    def url(self) -> str:
        """The link to show: ``https://doi.org/`` and the encoded name."""
        return resolver_url(self.name)

    def __str__(self) -> str:
        return self.name

    def __eq__(self, other: object) -> bool:
        return self.key == other.key if isinstance(other, Doi) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.key)


class _Bare(NamedTuple):
    """A text without its lead."""

    text: str
    host: str | None  # of the resolver in front of it


def _bare(text: str) -> _Bare:
    rest, host = spelling.strip_lead(text)
    if _BLANK.search(rest):
        joined = _joined(text, rest, host)
        if joined is not None:
            rest, host = spelling.strip_lead(joined)
    return _Bare(rest, host)


def _joined(text: str, rest: str, host: str | None) -> str | None:
    """Drop the blanks if they stand where no text could end.

    ``https : / / doi.org / 10 .1109 /V LHCC``: whatever set blanks inside the URL's
    beginning set those behind it too. ``10. 1126/science.1138595`` has them in the
    prefix only. But a blank in the suffix may well be the end of the DOI.
    """
    joined = "".join(text.split())
    if host is None and spelling.strip_lead(joined)[1] is not None:
        return joined
    prefix, _, suffix = rest.partition("/")
    return joined if _BLANK.search(prefix) and not _BLANK.search(suffix) else None


def _readings(text: str) -> Iterator[str]:
    """Yield what the text may mean: the first is as written, without encodings."""
    bare, host = _bare(text)
    shortest = bare
    if host is not None:
        shortest = _FRAGMENT.sub("", _QUERY.sub("", bare))
        if spelling.is_short_path(shortest.rstrip("/"), host):
            yield f"10/{shortest.rstrip('/')}"
            return
    name = spelling.undo_encodings(shortest)
    if name is None:
        return
    if not spelling.is_doi_name(name):
        if "://" in name:  # it is strewn with another link, not with stray characters
            return
        yield spelling.undo_encodings(spelling.without_strays(name)) or ""
        return
    yield name
    yield shortest  # a DOI may truly hold an en dash, or "%3C"
    yield bare
    yield from spelling.further_readings(name)


def _complaint(text: str) -> InvalidDoi:
    """Say exactly what keeps the text from being a DOI, and what may help."""
    bare = _bare(text.strip()).text
    plain = spelling.undo_encodings(bare)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    if plain is None:
        return InvalidDoi(f"{shown!r} is encoded over and over: not a DOI", hint=_SHAPE)
    reason, hint = _diagnosis(plain)
    hint = hint or _inside(text) or _SHAPE
    return InvalidDoi(f"{shown!r} is not a DOI: {reason}", hint=hint)


def _diagnosis(text: str) -> tuple[str, str | None]:
    prefix, slash, suffix = text.partition("/")
    if not text:
        return "there is no text", None
    if blank := _BLANK.search(text):
        return _blank_diagnosis(text, blank)
    digits = prefix.translate(_LOOKALIKES)
    if not prefix.startswith("10") and not digits.startswith("10."):
        return _directory_diagnosis(text, prefix)
    if not slash:
        return "there is no slash between prefix and suffix", _number_hint(text)
    if not spelling.is_doi_name(f"{prefix}/x"):
        return _prefix_diagnosis(text, prefix, suffix)
    if not suffix:
        return f"there is nothing behind the slash of {prefix!r}", None
    if prefix == "10":
        return "a shortDOI has only letters and digits behind '10/'", None
    return "it holds a control character or half a character", None


def _prefix_diagnosis(text: str, prefix: str, suffix: str) -> tuple[str, str | None]:
    if _WRONG_DOT.match(text):
        hint = f"is it {_WRONG_DOT.sub('10.', text)}?"
        return f"there is no dot behind the '10' of {prefix!r}", hint
    digits = prefix.translate(_LOOKALIKES)
    if digits != prefix and spelling.is_doi_name(f"{digits}/{suffix}"):
        hint = f"is it {digits}/{suffix}, with digits for letters?"
        return f"the prefix {prefix!r} has letters in it", hint
    return f"the prefix {prefix[:_SHOWN]!r} is not '10.' and numbers", None


def _blank_diagnosis(text: str, blank: re.Match[str]) -> tuple[str, str | None]:
    where = text[max(0, blank.start() - 20) : blank.start()]
    reason = f"there is a blank behind {where!r}"
    joined = "".join(text.split())
    if not spelling.is_doi_name(joined) or len(joined) > 4 * _SHOWN:
        return reason, None
    found = _inside(text)
    return reason, f"without blanks it is {joined}" + (f"; {found}" if found else "")


def _directory_diagnosis(text: str, prefix: str) -> tuple[str, str | None]:
    if spelling.is_doi_name(f"1{text}"):
        return f"it begins with {prefix[:_SHOWN]!r}, not '10.'", f"is it 1{text}?"
    return "it does not begin with '10.'", _number_hint(text)


def _number_hint(text: str) -> str | None:
    if _CITESEER.fullmatch(text):
        return "numbers like 10.1.1.143.1555 are CiteSeerX's, which are not DOIs"
    if _NUMBER.fullmatch(text):
        return f"a number alone may be a PubMed id: PMID:{text}"
    return None


def _inside(text: str) -> str | None:
    """Look for a DOI with other text around it, such as a publisher's URL."""
    # Only a text that failed pays for the finder, which itself needs this module.
    from lupusrefs.model.doi_text import find_dois  # noqa: PLC0415

    found = find_dois(text[: 100 * _SHOWN])
    return f"found {found[0].doi} inside: did you mean that?" if found else None
