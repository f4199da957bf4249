"""The labels that the model gives to the words of a reference.

They are CSL variables, and a few more for what CSL has no single variable for.
"""

from __future__ import annotations

from typing import Final

OTHER: Final = "other"
AUTHOR: Final = "author"
EDITOR: Final = "editor"
TRANSLATOR: Final = "translator"
TITLE: Final = "title"
CONTAINER: Final = "container-title"
COLLECTION: Final = "collection-title"
ISSUED: Final = "issued"
VOLUME: Final = "volume"
ISSUE: Final = "issue"
PAGE: Final = "page"
PUBLISHER: Final = "publisher"
PLACE: Final = "publisher-place"
EDITION: Final = "edition"
GENRE: Final = "genre"
NUMBER: Final = "number"
ACCESSED: Final = "accessed"
STATUS: Final = "status"
NOTE: Final = "note"
CITATION_NUMBER: Final = "citation-number"
DOI: Final = "DOI"
URL: Final = "URL"
# Identifiers of other kinds; which one it is, is told by their spelling.
IDENTIFIER: Final = "identifier"

NAMES: Final = frozenset({AUTHOR, EDITOR, TRANSLATOR})

LABELS: Final = (
    OTHER,
    AUTHOR,
    EDITOR,
    TRANSLATOR,
    TITLE,
    CONTAINER,
    COLLECTION,
    ISSUED,
    VOLUME,
    ISSUE,
    PAGE,
    PUBLISHER,
    PLACE,
    EDITION,
    GENRE,
    NUMBER,
    ACCESSED,
    STATUS,
    NOTE,
    CITATION_NUMBER,
    DOI,
    URL,
    IDENTIFIER,
)
