"""Zotero items and our references in one shape, so that they compare by ``==``.

Source: Zotero's schema (item types, their base fields and creator types) and its
mapping to CSL. A shape is CSL-named: ``type``, one list per kind of creator,
``title``, ``container-title``, ``issued`` as "YYYY-MM-DD" of the (first) date,
``volume``, ``issue``, ``page``, ``DOI``, ``ISBN``, ``ISSN``, ``URL``, ``publisher``,
``publisher-place``, ``abstract``, ``language``.

What both shapes even out, because neither format can tell it apart: dashes and blanks
in pages, white space, case of a DOI, hyphens of an ISBN, a name of one part as
literal or as family name, particles and suffix inside family and given name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from conformance.score import Difference, Row
from lupusrefs.errors import InvalidDoi
from lupusrefs.model.dates import Date
from lupusrefs.model.doi import Doi
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name

# Item types that are no references.
_PARTS: Final = frozenset(("note", "attachment", "annotation"))
_TYPES: Final = {
    "artwork": "graphic",
    "audioRecording": "song",
    "bill": "bill",
    "blogPost": "post-weblog",
    "book": "book",
    "bookSection": "chapter",
    "case": "legal_case",
    "computerProgram": "software",
    "conferencePaper": "paper-conference",
    "dataset": "dataset",
    "dictionaryEntry": "entry-dictionary",
    "document": "document",
    "email": "personal_communication",
    "encyclopediaArticle": "entry-encyclopedia",
    "film": "motion_picture",
    "forumPost": "post",
    "hearing": "hearing",
    "instantMessage": "personal_communication",
    "interview": "interview",
    "journalArticle": "article-journal",
    "letter": "personal_communication",
    "magazineArticle": "article-magazine",
    "manuscript": "manuscript",
    "map": "map",
    "newspaperArticle": "article-newspaper",
    "patent": "patent",
    "podcast": "broadcast",
    "preprint": "article",
    "presentation": "speech",
    "radioBroadcast": "broadcast",
    "report": "report",
    "standard": "standard",
    "statute": "legislation",
    "thesis": "thesis",
    "tvBroadcast": "broadcast",
    "videoRecording": "motion_picture",
    "webpage": "webpage",
}
# A type's first creator is CSL's author, whatever Zotero calls it.
_CREATORS: Final = {
    **dict.fromkeys(
        (
            "author",
            "artist",
            "cartographer",
            "interviewee",
            "inventor",
            "podcaster",
            "presenter",
            "programmer",
            "sponsor",
        ),
        "author",
    ),
    "bookAuthor": "container-author",
    "castMember": "performer",
    "commenter": "contributor",
    "composer": "composer",
    "contributor": "contributor",
    "cosponsor": "contributor",
    "counsel": "contributor",
    "director": "director",
    "editor": "editor",
    "guest": "guest",
    "interviewer": "interviewer",
    "performer": "performer",
    "producer": "producer",
    "recipient": "recipient",
    "reviewedAuthor": "reviewed-author",
    "scriptwriter": "script-writer",
    "seriesEditor": "collection-editor",
    "translator": "translator",
    "wordsBy": "contributor",
}
# CSL variable -> the fields of Zotero that mean it; the first that is there counts.
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "caseName", "nameOfAct", "subject"),
    "container-title": (
        "publicationTitle",
        "bookTitle",
        "proceedingsTitle",
        "encyclopediaTitle",
        "dictionaryTitle",
        "blogTitle",
        "forumTitle",
        "websiteTitle",
        "programTitle",
        "reporter",
        "code",
    ),
    "issued": ("date", "dateDecided", "dateEnacted", "issueDate"),
    "volume": ("volume", "codeVolume", "reporterVolume"),
    "issue": ("issue",),
    "page": ("pages", "firstPage", "codePages"),
    "DOI": ("DOI",),
    "ISBN": ("ISBN",),
    "ISSN": ("ISSN",),
    "URL": ("url",),
    "publisher": (
        "publisher",
        "label",
        "studio",
        "distributor",
        "university",
        "institution",
        "network",
        "company",
        "repository",
    ),
    "publisher-place": ("place", "repositoryLocation"),
    "abstract": ("abstractNote",),
    "language": ("language",),
}
# Zotero's schema: the item types that have no field for a variable.
_CONTAINED: Final = frozenset(
    "bill blogPost bookSection case conferencePaper dictionaryEntry encyclopediaArticle"  # noqa: SIM905 - a list of words
    " forumPost journalArticle magazineArticle newspaperArticle radioBroadcast statute"
    " tvBroadcast webpage".split()
)
_IN_VOLUMES: Final = frozenset(
    "audioRecording bill book bookSection case conferencePaper dictionaryEntry"  # noqa: SIM905 - a list of words
    " encyclopediaArticle journalArticle magazineArticle videoRecording".split()
)
_PAGED: Final = frozenset(
    "bill bookSection case conferencePaper dictionaryEntry encyclopediaArticle hearing"  # noqa: SIM905 - a list of words
    " journalArticle magazineArticle newspaperArticle patent preprint report"
    " statute".split()
)
_WITH_ISBN: Final = frozenset(
    "audioRecording book bookSection computerProgram conferencePaper dictionaryEntry"  # noqa: SIM905 - a list of words
    " encyclopediaArticle map videoRecording".split()
)
_PUBLISHED: Final = frozenset(
    "audioRecording book bookSection computerProgram conferencePaper dataset"  # noqa: SIM905 - a list of words
    " dictionaryEntry document encyclopediaArticle film hearing map preprint"
    " radioBroadcast report standard thesis tvBroadcast videoRecording".split()
)
_PLACED: Final = _PUBLISHED - {"film", "preprint"} | {
    *("manuscript", "newspaperArticle", "patent", "presentation"),
}
_PERIODICALS: Final = frozenset(
    ("journalArticle", "magazineArticle", "newspaperArticle")
)
_WITHOUT: Final[Mapping[str, frozenset[str]]] = {
    variable: frozenset(_TYPES) - with_it
    for variable, with_it in (
        ("container-title", _CONTAINED),
        ("volume", _IN_VOLUMES),
        ("issue", frozenset(("journalArticle", "magazineArticle"))),
        ("page", _PAGED),
        ("ISBN", _WITH_ISBN),
        ("ISSN", _PERIODICALS),
        ("publisher", _PUBLISHED),
        ("publisher-place", _PLACED),
    )
}
_NAMES: Final = tuple(dict.fromkeys(_CREATORS.values()))
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_NO_DATE: Final = "words"
_EXTRA: Final = re.compile(r"^(DOI|ISBN|ISSN)\s*:\s*(.+)$", re.MULTILINE)


def is_reference(item: Row) -> bool:
    """Whether a Zotero item is a reference, and not a note or an attachment."""
    return item.get("itemType") not in _PARTS


def zotero_fields(item: Row) -> dict[str, JsonValue]:
    """The compared fields of a Zotero item; nothing empty."""
    fields: dict[str, JsonValue] = {
        "type": _TYPES.get(str(item.get("itemType")), str(item.get("itemType")))
    }
    creators = item.get("creators")
    for creator in creators if isinstance(creators, list) else []:
        if isinstance(creator, dict) and (name := _creator(creator)):
            role = _CREATORS.get(str(creator.get("creatorType", "author")), "author")
            names = fields.setdefault(role, [])
            if isinstance(names, list):
                names.append(name)
    for variable, sources in _FIELDS.items():
        for source in sources:
            value = item.get(source)
            if isinstance(value, str | int) and str(value).strip():
                fields[variable] = normalised(variable, str(value))
                break
    extra = item.get("extra")
    lines = "\n".join(map(str, extra)) if isinstance(extra, list) else str(extra or "")
    for variable, value in _EXTRA.findall(lines):
        fields.setdefault(variable, normalised(variable, value))
    return fields


def reference_fields(reference: Item) -> dict[str, JsonValue]:
    """The compared fields of one of our references; nothing empty."""
    csl = reference.to_csl()
    fields: dict[str, JsonValue] = {"type": reference.type}
    for variable in _NAMES:
        names = getattr(reference, variable.replace("-", "_"))
        if names:
            fields[variable] = [_name(name) for name in names]
    for variable in _FIELDS:
        value = csl.get(variable)
        if variable == "issued" and reference.issued is not None:
            fields[variable] = date_text(reference.issued)
        elif isinstance(value, str) and value.strip():
            fields[variable] = normalised(variable, value)
    return fields


def compared(case: str, item: Row, reference: Item) -> tuple[int, list[Difference]]:
    """How many fields were compared with a Zotero item, and those that differ.

    All that the item has, and what we have of the fields that its type could have had.
    """
    expected, got = zotero_fields(item), reference_fields(reference)
    item_type = str(item.get("itemType"))
    variables = [
        variable
        for variable in dict.fromkeys((*expected, *got))
        if variable in expected or item_type not in _WITHOUT.get(variable, ())
    ]
    return len(variables), [
        Difference(case, variable, shown(expected, variable), shown(got, variable))
        for variable in variables
        if expected.get(variable) != got.get(variable)
    ]


def shown(fields: Mapping[str, JsonValue], variable: str) -> str:
    """A field's value as text: names as "Family, Given; Literal"."""
    value = fields.get(variable)
    if isinstance(value, list):
        return "; ".join(
            str(name.get("literal") or f"{name.get('family')}, {name.get('given', '')}")
            for name in value
            if isinstance(name, dict)
        )
    return "" if value is None else str(value)


def normalised(variable: str, text: str) -> str:
    """A text as it is compared."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    match variable:
        case "DOI":
            return _doi(text)
        case "ISBN" | "ISSN":
            return " ".join(text.replace("-", "").upper().replace(",", " ").split())
        case "page":
            return re.sub(r"\s*[-\u2010-\u2015\u2212]+\s*", "-", text)
        case "issued":
            return _zotero_date(text)
        case _:
            return text


def _doi(text: str) -> str:
    """A DOI without the URL or label around it."""
    try:
        return Doi.parse(text).key
    except InvalidDoi:
        return text.lower()


def date_text(date: Date) -> str:
    """Our date as it is compared: ISO 8601 of its begin, or the words."""
    return str(date.start) if date.start else _zotero_date(date.literal or "")


def _zotero_date(text: str) -> str:
    """The begin of one of Zotero's dates, most of which are words of the source.

    "2011-05-12", "2011/5/12", "05/2011", "12 May 2011", "May 12, 2011", "2010 Sep-Oct".
    Zotero writes the year 0000 before words without one; words without any digit are
    no date here, whatever they are.
    """
    text = " ".join(text.lower().strip("[] ").split())
    if text.startswith("0000") or not any(char.isdigit() for char in text):
        return _NO_DATE
    if iso := re.match(r"(-?\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)", text):
        year, month, day = iso.groups()
        parts = [part for part in (month, day) if part and int(part)]
        month_word = _month(text) if not parts else None
        if month_word is None or iso.end() == len(text):
            return "-".join((year, *(part.zfill(2) for part in parts)))
    numbers = re.findall(r"(?<!\d)\d{1,4}(?!\d)", text)
    year = next((number for number in numbers if len(number) == len("2011")), "")
    rest = [number.zfill(2) for number in numbers if number != year]
    if not year:
        return text
    if month := _month(text):
        return "-".join((year, month, *rest[:1]))
    # Two numbers before the year: month first, unless that cannot be.
    if len(rest) > 1 and int(rest[0]) > len(_MONTHS):
        rest = [rest[1], rest[0]]
    return "-".join((year, *rest[:2]))


def _month(text: str) -> str | None:
    for word in re.findall(r"[^\W\d_]+", text):
        for number, month in enumerate(_MONTHS, start=1):
            if word.startswith(month):
                return f"{number:02d}"
    return None


def _creator(creator: Row) -> dict[str, JsonValue] | None:
    name, last, first = (
        normalised("", str(creator.get(key) or ""))
        for key in ("name", "lastName", "firstName")
    )
    return _parts(last or name, first)


def _name(name: Name) -> dict[str, JsonValue] | None:
    """Particles go where Zotero has them: into family and given name."""
    if name.literal is not None:
        return _parts(normalised("", name.literal), "")
    given = " ".join(filter(None, (name.given, name.dropping_particle, name.suffix)))
    particle = name.non_dropping_particle or ""
    glue = "" if particle.endswith(("'", "’", "-")) or not particle else " "
    family = f"{particle}{glue}{name.family or ''}"
    return _parts(normalised("", family), normalised("", given))


def _parts(family: str, given: str) -> dict[str, JsonValue] | None:
    # "John, Jr." and "John Jr." are one name.
    given = given.replace(",", "")
    if family and given:
        return {"family": family, "given": given}
    return {"literal": family or given} if family or given else None
