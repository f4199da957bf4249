"""The reference list in running text: where it is, and its references."""

from lupusrefs.documents.reference_list.find import (
    FoundReference,
    find_references,
    split_references,
)

__all__ = ["FoundReference", "find_references", "split_references"]
