"""The list of items in the tree of a CSL file, YAML or JSON."""

from __future__ import annotations

from lupusrefs.errors import InputError
from lupusrefs.formats.csl_items import LIST_KEYS
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.tree import Mapping, Node, Sequence


def item_list(root: Node) -> Sequence | None:
    """The list that holds the items, or None."""
    if isinstance(root, Sequence):
        return root
    if isinstance(root, Mapping):
        for key in LIST_KEYS:
            node = root.get(key)
            if isinstance(node, Sequence):
                return node
    return None


def no_list(source: SourceText, hint: str | None = None) -> InputError:
    """The error that a file has nothing to add to."""
    return InputError(
        "there is no list of references here that could be added to",
        location=source.location(0),
        hint=hint or "a reference file has a list `references:` of entries with `id:`",
    )
