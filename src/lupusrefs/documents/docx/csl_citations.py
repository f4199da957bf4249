"""Citations that carry CSL-JSON: Zotero's, Mendeley's, Mendeley Cite's.

Source: Citation Style Language, ``csl-citation.json`` (schema of such objects), and
the fields as these programs write them: ``ADDIN ZOTERO_ITEM CSL_CITATION {…}``,
``ADDIN CSL_CITATION {…}``, a content control ``MENDELEY_CITATION_v3_`` with base64.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.docx.cited import CitedWorks
from lupusrefs.documents.docx.paragraphs import FieldCode
from lupusrefs.formats.csl_items import read_items
from lupusrefs.formats.json_tree import parse_json
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Node, Part, Scalar, Sequence
from lupusrefs.model.location import Diagnostic, Severity, Span

_IN_BASE64: Final = re.compile(r"\s*MENDELEY_CITATION_v3_([A-Za-z0-9+/_=-]+)")
_IS_CSL: Final = re.compile(
    r"\s*ADDIN\s+(?:ZOTERO_ITEM\s+)?CSL_CITATION\b", re.IGNORECASE
)
# Numbers of a database, or of this one citation: they name no work to anybody else.
_PRIVATE_ID: Final = re.compile(r"\d+|ITEM-\d+|", re.IGNORECASE)
# The key at the end of http://zotero.org/users/1/items/AB12CD34, or of Mendeley's
# http://www.mendeley.com/documents/?uuid=…
_URI_KEY: Final = re.compile(r"(?:items/|uuid=|/)([\w.-]+)/*\Z")


def read_csl_citation(code: FieldCode, works: CitedWorks) -> bool:
    """Add the works that a citation carries; False where it is of another program."""
    text = _json(code.instruction)
    if text is None:
        return False
    source = SourceText(code.location.file, text)
    diagnostics = Diagnostics(source)
    for entry in _entries(parse_json(source, diagnostics)):
        _read(entry, code, works, source, diagnostics)
    for found in diagnostics.collected():
        works.tell(found, code.location)
    return True


def _json(instruction: str) -> str | None:
    if encoded := _IN_BASE64.match(instruction):
        letters = encoded[1].rstrip("=").replace("-", "+").replace("_", "/")
        try:
            data = base64.b64decode(letters + "=" * (-len(letters) % 4))
        except binascii.Error:
            return ""
        return data.decode("utf-8", "replace")
    if not _IS_CSL.match(instruction):
        return None
    start, end = instruction.find("{"), instruction.rfind("}")
    # Zotero sets an id behind the object; one that is cut off has no end.
    return instruction[start : end + 1 if end > start else None] if start >= 0 else ""


def _entries(nodes: list[Node]) -> Iterator[Mapping]:
    """The cited items; where the JSON is broken, those that could be saved."""
    for node in nodes:
        if not isinstance(node, Mapping):
            continue
        items = node.get("citationItems")
        if isinstance(items, Sequence):
            yield from (one for one in items.items if isinstance(one, Mapping))
        elif node.get("itemData") or node.get("type"):
            yield node


def _read(
    entry: Mapping,
    code: FieldCode,
    works: CitedWorks,
    source: SourceText,
    diagnostics: Diagnostics,
) -> None:
    data = entry.get("itemData") or entry.get("item")
    if not isinstance(data, Mapping):
        # What is left of a broken citation may be an item by itself.
        data = entry if entry.get("type") else Mapping((), entry.span)
    uri = _uri(entry)
    own = _text(data.get("id")) or _text(entry.get("id"))
    identity = uri or (own if not _PRIVATE_ID.fullmatch(own) else "")
    identity = identity or source.text[data.span.start : data.span.end]
    if works.cite(identity, code.location):
        return
    if not data.entries:
        works.tell(_no_data(source, entry), code.location)
        return
    key = _key(data, own, uri)
    part = Part(_with_id(data, key), is_entry=True)
    for work in read_items([part], source, diagnostics):
        works.add(identity, work, code.location)


def _no_data(source: SourceText, entry: Mapping) -> Diagnostic:
    return Diagnostic(
        "the citation does not carry the data of its work",
        source.location(entry.span.start, entry.span.end),
        "refresh the document with the citation program that wrote it",
        Severity.WARNING,
    )


def _uri(entry: Mapping) -> str:
    for name in ("uris", "uri"):
        found = entry.get(name)
        if isinstance(found, Sequence) and found.items:
            found = found.items[0]
        if text := _text(found):
            return text
    return ""


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""


def _key(data: Mapping, own: str, uri: str) -> str:
    if key := _text(data.get("citation-key")) or _text(data.get("citekey")):
        return key
    in_uri = _URI_KEY.search(uri)
    if _PRIVATE_ID.fullmatch(own):
        return in_uri[1] if in_uri else own or "item"
    # Mendeley's and Zotero's ids may be URIs themselves.
    as_uri = _URI_KEY.search(own) if "/" in own else None
    return as_uri[1] if as_uri else own


def _with_id(data: Mapping, key: str) -> Mapping:
    at = Span(data.span.start, data.span.start)
    rest = (entry for entry in data.entries if entry[0].text != "id")
    entries = ((Scalar("id", "id", at), Scalar(key, key, at)), *rest)
    return Mapping(entries, data.span)
