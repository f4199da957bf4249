"""CSL-JSON: what Zotero exports and citeproc-js reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from lupusrefs.formats.csl_items import entry_list, read_items
from lupusrefs.formats.json_tree import json_parts
from lupusrefs.formats.loaded import Loaded, load_all
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.item import Item
from lupusrefs.model.reference import Reference


def load(source: SourceText) -> Loaded:
    """The references of a CSL-JSON file, each with its place."""
    return load_all(stream, source)


def stream(source: SourceText, diagnostics: Diagnostics) -> Iterator[Reference]:
    """The same, one by one."""
    parts = json_parts(source, diagnostics, entry_list) if source.text.strip() else ()
    return read_items(parts, source, diagnostics)


def dump(items: Iterable[Item]) -> str:
    """A CSL-JSON file of the items."""
    data = [item.to_csl() for item in items]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
