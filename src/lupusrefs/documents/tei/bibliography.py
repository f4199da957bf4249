"""A ``biblStruct`` or ``bibl`` of TEI -> an item.

Source: TEI P5 Guidelines, 3.12 (bibliographic citations and references); GROBID's
documentation, "TEI encoding of results".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.markup.item_fields import ItemFields
from lupusrefs.formats.xml_tree import Element
from lupusrefs.model.item import Item
from lupusrefs.model.variables import ItemType

# What Zotero's export, and journals, call a reference; ``type`` of the element.
_TYPES: Final[dict[str, ItemType]] = {
    **dict.fromkeys(("journalarticle", "journal", "article"), "article-journal"),
    "magazinearticle": "article-magazine",
    "newspaperarticle": "article-newspaper",
    **dict.fromkeys(("book", "monograph"), "book"),
    **dict.fromkeys(("booksection", "chapter", "inbook"), "chapter"),
    **dict.fromkeys(
        ("conferencepaper", "inproceedings", "conference"), "paper-conference"
    ),
    **dict.fromkeys(("thesis", "phdthesis", "dissertation"), "thesis"),
    **dict.fromkeys(("report", "techreport"), "report"),
    **dict.fromkeys(("webpage", "website", "web"), "webpage"),
    "blogpost": "post-weblog",
    "preprint": "article",
    "patent": "patent",
    "manuscript": "manuscript",
    "dataset": "dataset",
    **dict.fromkeys(("computerprogram", "software"), "software"),
    "encyclopediaarticle": "entry-encyclopedia",
}
# Unit of a <biblScope> -> field of an item.
_SCOPES: Final = {
    **dict.fromkeys(("volume", "vol"), "volume"),
    **dict.fromkeys(("issue", "number", "no", "fasc"), "issue"),
    **dict.fromkeys(("page", "pages", "pp", "p", "fpage"), "page"),
    **dict.fromkeys(("chapter", "chap"), "chapter_number"),
    "part": "part_number",
    "articleid": "number",
}
_ROLES: Final = {
    **dict.fromkeys(("translator", "trl"), "translator"),
    **dict.fromkeys(("compiler", "com"), "compiler"),
    **dict.fromkeys(("illustrator", "ill"), "illustrator"),
    **dict.fromkeys(("series", "serieseditor"), "collection_editor"),
}
_PEOPLE: Final = ("author", "editor", "respStmt")
# A name, as TEI tags the parts of it.
_FAMILY: Final = ("surname",)
_GIVEN: Final = ("forename",)
_ET_AL: Final = re.compile(r"\bet\.? al\.?\W*\Z", re.IGNORECASE)


def read_struct(struct: Element, key: str = "") -> Item | None:
    """The item of a ``<biblStruct>``; None where there is nothing in it."""
    fields = ItemFields()
    analytic = struct.find("analytic")
    parts = list(struct.each("monogr"))
    kind = _given_type(struct)
    inner = (analytic,) if analytic is not None else ()
    for part in (*inner, *parts, *struct.each("series"), struct):
        _read_identifiers(part, fields)
    if analytic is not None:
        _read_people(analytic, fields, "author")
        fields.text("title", title_of(analytic))
    for monograph in parts:
        _read_monograph(monograph, fields)
    for series in struct.each("series"):
        fields.text("collection_title", title_of(series))
        for scope in series.each("biblScope"):
            fields.text("collection_number", scope.text)
    return fields.item(kind or _type_of(struct, fields), key)


def _read_monograph(monograph: Element, fields: ItemFields) -> None:
    titles = _titles(monograph)
    if "title" in fields or "j" in titles:
        fields.text("container_title", titles.get("j") or title_of(monograph))
        fields.text("container_title_short", titles.get("abbreviated"))
        _read_people(monograph, fields, "container_author")
    else:
        fields.text("title", title_of(monograph))
        _read_people(monograph, fields, "author")
    fields.text("collection_title", titles.get("s"))
    fields.text("edition", monograph.get("edition"))
    if (meeting := monograph.find("meeting")) is not None:
        address = meeting.find("address")
        words = (c if isinstance(c, str) else "" for c in meeting.children)
        fields.text("event_title", " ".join(" ".join(words).split()))
        fields.text("event_place", address.text if address is not None else None)
    for imprint in monograph.each("imprint"):
        _read_imprint(imprint, fields)
    _read_imprint(monograph, fields)


def _read_imprint(imprint: Element, fields: ItemFields) -> None:
    fields.text("publisher", imprint.get("publisher"))
    fields.text("publisher_place", imprint.get("pubPlace"))
    for scope in imprint.each("biblScope"):
        _read_scope(scope, fields)
    for date in imprint.each("date"):
        _read_date(date, fields)


def _read_date(date: Element, fields: ItemFields) -> None:
    use = date.attributes.get("type", "published").lower()
    field = "accessed" if use.startswith("access") or use == "retrieved" else "issued"
    given = date.attributes.get("when") or date.attributes.get("notBefore")
    fields.date(field, given or date.text)


def _read_scope(scope: Element, fields: ItemFields) -> None:
    unit = scope.attributes.get("unit") or scope.attributes.get("type") or ""
    field = _SCOPES.get(unit.lower())
    first, last = scope.attributes.get("from"), scope.attributes.get("to")
    if field == "page":
        fields.pages(first or scope.text, last if first else None)
    elif field:
        fields.text(field, scope.text or first)


# --- <bibl> ---------------------------------------------------------------------


def read_bibl(bibl: Element, key: str = "") -> Item | None:
    """The item of a ``<bibl>``; None where no title is tagged in it."""
    if (struct := next(bibl.descendants("biblStruct"), None)) is not None:
        return read_struct(struct, key)
    fields = ItemFields()
    parts = list(_tagged(bibl))
    for part in parts:
        _read_part(part, fields)
    _read_people(bibl, fields, "author", parts)
    if "container_title" in fields and not ("title" in fields or "volume" in fields):
        fields.move("container_title", "title")
    if not ("title" in fields or "container_title" in fields):
        return None
    return fields.item(_given_type(bibl) or _type_of(bibl, fields), key)


def _read_part(part: Element, fields: ItemFields) -> None:
    match part.name:
        case "title":
            level = part.attributes.get("level", "")
            fields.text(_FIELDS_OF_LEVEL.get(level, "title"), part.rich_text)
        case "date":
            _read_date(part, fields)
        case "biblScope":
            _read_scope(part, fields)
        case "idno" | "ptr" | "ref":
            read_identifier(part, fields)
        case name if name in _TEXTS:
            fields.text(_TEXTS[name], part.text)


_FIELDS_OF_LEVEL: Final = {
    "a": "title",
    "u": "title",
    "j": "container_title",
    "m": "container_title",
    "s": "collection_title",
}
_TEXTS: Final = {
    "publisher": "publisher",
    "pubPlace": "publisher_place",
    "edition": "edition",
    "meeting": "event_title",
}


def _tagged(element: Element) -> Iterator[Element]:
    """The elements in a <bibl> that are parts of the reference."""
    for child in element.elements:
        yield child
        if child.name not in {*_PEOPLE, "title", "date", "biblScope", "persName"}:
            yield from _tagged(child)


# --- what both have ---------------------------------------------------------------


def _given_type(element: Element) -> ItemType | None:
    for name in ("subtype", "type"):
        if kind := _TYPES.get(element.attributes.get(name, "").lower()):
            return kind
    return None


def _type_of(element: Element, fields: ItemFields) -> ItemType:
    """The type that the levels of the titles tell."""
    levels = {one.attributes.get("level") for one in element.descendants("title")}
    has_container = "container_title" in fields
    if "j" in levels:
        return "article-journal"
    if "event_title" in fields:
        return "paper-conference"
    if has_container:
        return "chapter"
    if "volume" in fields and "publisher" not in fields:
        return "article-journal"
    if "m" in levels or "isbn" in fields or "publisher" in fields:
        return "book"
    return "webpage" if "url" in fields and "doi" not in fields else "document"


def _titles(element: Element) -> dict[str, str]:
    """The titles of an element by level, and the abbreviated one of a journal."""
    found: dict[str, str] = {}
    for title in element.each("title"):
        level = title.attributes.get("level", "m")
        use = title.attributes.get("type", "main")
        found.setdefault("abbreviated" if use.startswith("abbr") else level, title.text)
    return found


def title_of(element: Element) -> str:
    """The main title of an element, with its subtitle."""
    titles = [t for t in element.each("title") if t.text]
    subtitles = [t for t in titles if t.attributes.get("type") in {"sub", "subtitle"}]
    mains = [t for t in titles if t not in subtitles]
    text = mains[0].rich_text if mains else ""
    for one in subtitles[:1] if text else ():
        between = " " if text.endswith(("?", "!", ":")) else ": "
        text += between + one.rich_text
    return text


def _read_people(
    element: Element,
    fields: ItemFields,
    author: str,
    people: list[Element] | None = None,
) -> None:
    for person in element.elements if people is None else people:
        role = person.attributes.get("role", "").lower()
        if person.name == "author":
            _read_person(person, author, fields)
        elif person.name == "editor":
            _read_person(person, _ROLES.get(role, "editor"), fields)
        elif person.name == "respStmt":
            words = (person.get("resp") or "").lower()
            field = "translator" if "transl" in words else "contributor"
            _read_person(person, field, fields)


def read_authors(element: Element, fields: ItemFields) -> None:
    """The authors and editors among the children of an element."""
    _read_people(element, fields, "author")


def _read_person(person: Element, field: str, fields: ItemFields) -> None:
    named = list(person.descendants("persName")) or [person]
    for name in named:
        family = _joined(name, *_FAMILY)
        if family:
            fields.person(
                field,
                family,
                _joined(name, *_GIVEN),
                suffix=_joined(name, "genName"),
                particle=_joined(name, "nameLink"),
            )
            continue
        group = next(person.descendants("orgName"), None)
        if group is not None and name is person:
            fields.literal(field, group.text)
            continue
        text = _joined(name, "name") or name.text
        if ends := _ET_AL.search(text):
            text = text[: ends.start()].rstrip(" ,;")
        fields.written_name(field, text)
        if ends:
            fields.others(field)


def _joined(element: Element, *names: str) -> str | None:
    texts = [one.text for one in element.descendants(*names)]
    return " ".join(text for text in texts if text) or None


def _read_identifiers(element: Element, fields: ItemFields) -> None:
    for child in element.elements:
        if child.name in {"idno", "ptr", "ref"}:
            read_identifier(child, fields)
        elif child.name in {"imprint", "note", "availability"}:
            _read_identifiers(child, fields)


def read_identifier(element: Element, fields: ItemFields) -> None:
    """An ``<idno>`` by its type, or a pointer."""
    kind = element.attributes.get("type", "").lower()
    if element.name != "idno":
        fields.url(element.attributes.get("target") or element.text)
    elif kind == "doi":
        fields.doi(element.text)
    elif kind == "pmid":
        fields.pmid(element.text)
    elif kind in {"pmcid", "pmc"}:
        fields.pmcid(element.text)
    elif kind == "arxiv":
        fields.arxiv(element.text)
    elif kind.endswith(("issn", "issne", "issnp")):
        fields.serial("issn", element.text)
    elif kind.startswith("isbn"):
        fields.serial("isbn", element.text)
    else:
        fields.url(element.text)
