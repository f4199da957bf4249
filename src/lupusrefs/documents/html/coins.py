"""COinS: a work in the ``title`` of an empty ``<span class="Z3988">``.

Source: OpenURL COinS: A Convention to Embed Bibliographic Metadata in HTML (2006);
ANSI/NISO Z39.88, KEV formats of journal, book, dissertation and Dublin Core.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

from lupusrefs.documents.document import Link
from lupusrefs.documents.markup.item_fields import ItemFields
from lupusrefs.documents.markup.tags import attribute_place
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.xml_tree import Element
from lupusrefs.model.item import Item
from lupusrefs.model.variables import ItemType

_LONGEST: Final = 20_000  # characters
_MOST: Final = 2000  # fields
_GENRES: Final[dict[str, ItemType]] = {
    "article": "article-journal",
    "preprint": "article",
    "proceeding": "paper-conference",
    "conference": "paper-conference",
    "book": "book",
    "bookitem": "chapter",
    "report": "report",
    "dissertation": "thesis",
    "unknown": "document",
}
_TEXTS: Final = {
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "pub": "publisher",
    "inst": "publisher",
    "publisher": "publisher",
    "place": "publisher_place",
    "series": "collection_title",
    "stitle": "container_title_short",
    "artnum": "number",
    "degree": "genre",
}


def is_coins(element: Element) -> bool:
    """Whether an element is a COinS."""
    classes = element.attributes.get("class", "").split()
    return "Z3988" in classes and "title" in element.attributes


def coins_item(element: Element) -> Item | None:
    """The work that a COinS is about; None where it says nothing."""
    title = element.attributes.get("title", "")
    if len(title) > _LONGEST:
        return None
    try:
        pairs = parse_qsl(title.strip(), max_num_fields=_MOST, errors="replace")
    except ValueError:  # more fields than any work has
        return None
    values: dict[str, list[str]] = {}
    for key, value in pairs:
        values.setdefault(key.removeprefix("rft."), []).append(" ".join(value.split()))
    return _item(values)


def coins_link(source: SourceText, element: Element) -> Link | None:
    """The DOI of a COinS, as a link; None where it has none."""
    item = coins_item(element)
    if item is None or item.doi is None:
        return None
    return Link(f"doi:{item.doi}", attribute_place(source, element, "title"))


def _item(values: dict[str, list[str]]) -> Item | None:
    first = {key: texts[0] for key, texts in values.items()}
    fields = ItemFields()
    is_journal = "journal" in first.get("rft_val_fmt", "") or "jtitle" in first
    container = first.get("jtitle") or (
        first.get("btitle") if "atitle" in first else ""
    )
    own = first.get("atitle") or first.get("btitle") or first.get("title")
    if is_journal and "atitle" in first:
        container = container or first.get("title")
    fields.text("title", own)
    fields.text("container_title", container)
    _read_names(values, first, fields)
    fields.date("issued", first.get("date"))
    fields.pages(first.get("pages") or first.get("spage"), first.get("epage"))
    for key, field in _TEXTS.items():
        fields.text(field, first.get(key))
    for serial in ("issn", "eissn", "isbn"):
        for text in values.get(serial, ()):
            fields.serial(serial.removeprefix("e"), text)
    for identifier in (*values.get("rft_id", ()), *values.get("identifier", ())):
        _read_identifier(identifier, fields)
    usual: ItemType = "article-journal" if is_journal else "document"
    return fields.item(_GENRES.get(first.get("genre", ""), usual))


def _read_names(
    values: dict[str, list[str]], first: dict[str, str], fields: ItemFields
) -> None:
    """The first author in parts, and all of them as they are read."""
    family, given = first.get("aulast"), first.get("aufirst") or first.get("auinit")
    if family:
        fields.person("author", family, given, suffix=first.get("ausuffix"))
    seen = {f"{family}, {given}", f"{given} {family}", f"{family} {given}", family}
    for text in (*values.get("au", ()), *values.get("creator", ())):
        if text not in seen:
            seen.add(text)
            fields.written_name("author", text)
    for text in values.get("aucorp", ()):
        fields.literal("author", text)


def _read_identifier(text: str, fields: ItemFields) -> None:
    lower = text.lower()
    if lower.startswith("info:pmid/"):
        fields.pmid(text[len("info:pmid/") :])
    elif lower.startswith("info:pmc/"):
        fields.pmcid(text[len("info:pmc/") :])
    elif lower.startswith("info:arxiv/"):
        fields.arxiv(text[len("info:arxiv/") :])
    elif lower.startswith("urn:isbn:"):
        fields.serial("isbn", text[len("urn:isbn:") :])
    else:
        fields.url(text)
