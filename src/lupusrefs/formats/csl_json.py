"""CSL-JSON: what Zotero exports and citeproc-js reads."""

from __future__ import annotations

import json
from collections.abc import Iterable

from lupusrefs.formats.csl_items import read_items
from lupusrefs.formats.json_tree import parse_json
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.item import Item


def load(source: SourceText) -> Loaded:
    """The references of a CSL-JSON file, each with its place."""
    diagnostics = Diagnostics(source)
    roots = parse_json(source, diagnostics) if source.text.strip() else []
    references = read_items(roots, source, diagnostics)
    return Loaded(references, diagnostics.collected())


def dump(items: Iterable[Item]) -> str:
    """A CSL-JSON file of the items."""
    data = [item.to_csl() for item in items]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
