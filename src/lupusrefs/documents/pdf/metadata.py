"""What a PDF says of itself: its document information, and its XMP.

Both are often left over: from a template, from the paper before, from a program. So a
title or a name is believed only where the first pages show it, too, if they have text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from lupusrefs.documents.markup.item_fields import ItemFields
from lupusrefs.documents.pdf.xmp import Packet
from lupusrefs.errors import InvalidDoi
from lupusrefs.formats.endnote.names import parse_name
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_text import find_dois
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name

#: The keys of the document information that are read: the standard's, and those in
#: which publishers write the DOI.
INFO_KEYS: Final = ("Title", "Author", "Subject", "doi", "DOI", "WPS-ARTICLEDOI")

_LONGEST: Final = 4000  # characters of a value
# Leftovers of programs, and names of files.
_NO_TITLE: Final = re.compile(
    r"(?:untitled|unbenannt|sans titre|title|titel|document|dokument|manuscript|draft"
    r"|template|layout|article|paper|slide|pii|print|powerpoint presentation)?"
    r"[\s\d._:#()-]*|(?:microsoft |powerpoint |latex )?"
    r"(?:word|powerpoint|excel|template)\b.*|pii:.*|doi:?\s*10\..*|.*[/\\].*\.\w{2,4}"
    r"|\S*\.(?:docx?|odt|rtf|tex|dvi|ps|pdf|indd|qx[dp]|fm|pptx?|txt|eps|3d)(?:\s.*)?"
    r"|[^\W_]{1,20}(?:[_-][^\W_]{1,20})*",
    re.IGNORECASE | re.DOTALL,
)
_SHOWN: Final = 0.7  # of the words of a title that the first pages show
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_FAMILY: Final = re.compile(r"[^\W\d_]{3,}|[^\W\d_]{2}(?=\Z)")
_NO_NAME: Final = re.compile(
    r"\[[^\]]{0,1000}\]|\([^)]{0,1000}\)|<[^>]{0,200}>|[\w.+-]{1,64}@[\w.-]{1,64}"
)
_BETWEEN: Final = re.compile(r"\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?[\s-]?){1,4}")

_DOI_PROPERTIES: Final = (
    "prism:doi",
    "crossmark:DOI",
    "pdfx:doi",
    "pdfx:DOI",
    "pdfx:WPS-ARTICLEDOI",
    "dc:identifier",
    "prism:url",
)
_TEXTS: Final = {
    "prism:publicationName": "container_title",
    "prism:volume": "volume",
    "prism:number": "issue",
    "dc:publisher": "publisher",
}
_DATES: Final = ("prism:coverDate", "prism:publicationDate")


def work_of(
    info: Mapping[str, str], packets: Sequence[Packet], front: str
) -> Item | None:
    """What a document says of itself; None where that is nothing to believe.

    Args:
        info: texts of the document information, by their keys.
        packets: of its XMP; the later ones are the newer.
        front: the text of the first pages.
    """
    properties: dict[str, list[str]] = {}
    for packet in packets:
        properties.update(packet.properties)
    titles = [*properties.get("dc:title", ()), info.get("Title", "")]
    creators = [*properties.get("dc:creator", ())]
    fields = ItemFields()
    fields.text("title", next(_titles(titles, front), None))
    for name in _names(creators, front) or _names([info.get("Author", "")], front):
        fields.name("author", name)
    fields.doi(_doi(info, packets))
    for key, field in _TEXTS.items():
        fields.text(field, _first(properties, key))
    for key in _DATES:
        fields.date("issued", _first(properties, key))
    for key in ("prism:issn", "prism:eIssn"):
        fields.serial("issn", _first(properties, key))
    fields.pages(
        _first(properties, "prism:startingPage"),
        _first(properties, "prism:endingPage"),
    )
    is_article = "container_title" in fields and "issn" in fields
    return fields.item("article-journal" if is_article else "document")


def _first(properties: Mapping[str, Sequence[str]], key: str) -> str | None:
    return next(iter(properties.get(key, ())), None)


# --- titles ----------------------------------------------------------------------


def _titles(texts: Iterable[str], front: str) -> Iterator[str]:
    """The titles that may be believed, as the first pages part their words."""
    shown_words = set(_WORD.findall(front.casefold()))
    for text in texts:
        title = " ".join(text[:_LONGEST].split())
        if _NO_TITLE.fullmatch(title):
            continue
        parted = _as_shown(title, front)
        words = _WORD.findall(title.casefold())
        shown = sum(word in shown_words for word in words)
        if parted or not front.strip() or (words and shown >= _SHOWN * len(words)):
            yield parted or title


def _as_shown(title: str, front: str) -> str | None:
    """The title, if the page has it letter by letter.

    Where the page begins a line, it has a blank: that one is often missing.
    """
    places = [at for at, char in enumerate(front) if not char.isspace()]
    run = _folded("".join(front[at] for at in places))
    letters = [at for at, char in enumerate(title) if not char.isspace()]
    start = run.find(_folded("".join(title.split())))
    if start < 0 or not letters:
        return None
    spelled = [title[0]]
    shown = places[start : start + len(letters)]
    for (before, here), (last, at) in zip(
        pairwise(letters), pairwise(shown), strict=True
    ):
        if here - before > 1 or "\n" in front[last:at]:
            spelled.append(" ")
        spelled.append(title[here])
    return "".join(spelled)


def _folded(text: str) -> str:
    """Small letters, one for each letter."""
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


# --- names -------------------------------------------------------------------------


def _names(texts: Sequence[str], front: str) -> list[Name]:
    """The names in some texts; none where one of them is not to be believed."""
    parts = [
        part
        for text in texts
        for part in (_split(text[:_LONGEST]) if len(texts) == 1 else [text])
    ]
    names = [parse_name(part, reading_order=True) for part in parts]
    found = [name for name in names if name is not None]
    shown = front.casefold()
    for name in found:
        words = _FAMILY.findall((name.family or name.literal or "").casefold())
        if not words or (shown.strip() and not any(word in shown for word in words)):
            return []
    return found


def _split(text: str) -> list[str]:
    """The names in a text that has all of them."""
    text = _NO_NAME.sub(" , ", text)
    if ";" in text:
        return [part for part in text.split(";") if part.strip()]
    parts = [part for part in _BETWEEN.split(text.strip(" ,")) if part.strip()]
    if text.count(",") == 1 and len(parts[0].split()) == 1:
        return [text]
    firsts, seconds = parts[::2], parts[1::2]
    if len(firsts) == len(seconds) and all(map(_INITIALS.fullmatch, seconds)):
        return [
            f"{family}, {given}" for family, given in zip(firsts, seconds, strict=True)
        ]
    return parts


# --- the DOI -----------------------------------------------------------------------


def _doi(info: Mapping[str, str], packets: Sequence[Packet]) -> str | None:
    """The DOI of the document, if its metadata name one, and no other."""
    written = [info.get(key, "") for key in INFO_KEYS[3:]]
    written.append(re.sub(r"(?i)^\s*doi:?\s*", "", info.get("Title", "")))
    for packet in packets:
        for key in _DOI_PROPERTIES:
            written += packet.properties.get(key, ())
    found = {doi for text in written if (doi := _parsed(text)) is not None}
    found.update(
        mention.doi for mention in find_dois(info.get("Subject", "")[:_LONGEST])
    )
    return found.pop().name if len(found) == 1 else None


def _parsed(text: str) -> Doi | None:
    if "10." not in text[:_LONGEST]:
        return None
    try:
        return Doi.parse(text[:_LONGEST])
    except InvalidDoi:
        return None
