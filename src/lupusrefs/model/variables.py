"""The vocabulary of CSL 1.0.2: item types and variables by kind.

Source: CSL 1.0.2 specification, appendices III (types) and IV (variables), and
``csl-data.json`` of the same release. Names are spelled as on the wire; the
Python field is the same in lower case with ``_`` for ``-``.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

ItemType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]

TYPES: Final[frozenset[str]] = frozenset(get_args(ItemType))

# Crossref's type names, also in the CSL-JSON it serves (registries.md 1.4, 2.5). A
# component or a journal issue has no CSL type: it stays a document.
CROSSREF_TYPES: Final[dict[str, ItemType]] = {
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "book-track": "chapter",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-set": "book",
    "proceedings": "book",
    "reference-entry": "entry",
    "dissertation": "thesis",
    "peer-review": "review",
    "journal": "periodical",
    "report-component": "report",
}

_NUMBERED: Final = ("volume", "issue", "page", "number")
# What a reader needs to find a work of a type; a book needs no volume.
NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "article-journal": (*_NUMBERED, "container-title", "issued", "author"),
    "article-magazine": (*_NUMBERED, "container-title", "issued", "author"),
    "article-newspaper": ("container-title", "issued"),
    "paper-conference": (*_NUMBERED, "container-title", "issued", "author"),
    "chapter": ("page", "container-title", "issued", "author"),
    "entry-encyclopedia": ("container-title", "issued"),
    "entry-dictionary": ("container-title", "issued"),
    "entry": ("container-title", "issued"),
    "book": ("issued", "author"),
    "report": ("issued", "author"),
    "thesis": ("issued", "author"),
    "article": ("issued", "author"),
    "dataset": ("issued",),
}

NAMES: Final = (
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
    "translator",
)

DATES: Final = (
    "issued",
    "accessed",
    "available-date",
    "event-date",
    "original-date",
    "submitted",
)

NUMBERS: Final = (
    "volume",
    "issue",
    "page",
    "page-first",
    "number",
    "number-of-pages",
    "number-of-volumes",
    "chapter-number",
    "citation-number",
    "collection-number",
    "edition",
    "first-reference-note-number",
    "locator",
    "part-number",
    "printing-number",
    "section",
    "supplement-number",
    "version",
)

STRINGS: Final = (
    "title",
    "title-short",
    "container-title",
    "container-title-short",
    "collection-title",
    "volume-title",
    "part-title",
    "original-title",
    "reviewed-title",
    "reviewed-genre",
    "publisher",
    "publisher-place",
    "original-publisher",
    "original-publisher-place",
    "event-title",
    "event-place",
    "genre",
    "medium",
    "status",
    "DOI",
    "URL",
    "PMID",
    "PMCID",
    "ISBN",
    "ISSN",
    "archive",
    "archive_collection",
    "archive_location",
    "archive-place",
    "authority",
    "call-number",
    "citation-key",
    "citation-label",
    "dimensions",
    "division",
    "jurisdiction",
    "keyword",
    "language",
    "license",
    "references",
    "scale",
    "source",
    "year-suffix",
    "abstract",
    "annote",
    "note",
)

# Older spellings that CSL-JSON still allows, and the variable they mean now
# (csl-data.json 1.0.2 keeps them "for compatibility").
SYNONYMS: Final = {
    "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short",
    "event": "event-title",
}

# The order in which an item is written: identity first, then who, what, where,
# when, identifiers, the rest. Deterministic, and pleasant to read in a diff.
ORDER: Final = (
    "id",
    "type",
    *NAMES,
    "title",
    "title-short",
    "container-title",
    "container-title-short",
    "collection-title",
    *DATES,
    *NUMBERS,
    *(name for name in STRINGS if "title" not in name or name == "event-title"),
    "volume-title",
    "part-title",
    "original-title",
    "reviewed-title",
    "categories",
    "custom",
)

VARIABLES: Final[frozenset[str]] = frozenset(ORDER)


def field_name(variable: str) -> str:
    """The Python field of a CSL variable: ``container-title`` -> ``container_title``.

    >>> field_name("DOI")
    'doi'
    """
    return variable.replace("-", "_").lower()


#: Member of an item in JSON or YAML -> variable, and the Python field of it. A table,
#: for it is asked for every member of every entry.
MEMBERS: Final[dict[str, tuple[str, str]]] = {
    name: (variable, field_name(variable))
    for name, variable in ({one: one for one in ORDER} | SYNONYMS).items()
}
