"""Manubot's manuscripts: the DOIs that they cite, as their own markup says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lupusrefs.documents.document import Document, DocumentFile
from lupusrefs.documents.markdown.read import read
from lupusrefs.model.doi_text import find_dois

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.corpus


def found_dois(document: Document) -> set[str]:
    """The DOIs of its text and its links."""
    texts = [document.text.text, *(link.target for link in document.links)]
    return {found.doi.key for text in texts for found in find_dois(text)}


def test_the_cited_dois_are_found(corpus: Path) -> None:
    """At least 98 % of them, and at least 98 % of what is found is one of them."""
    right = told = wanted = 0
    for line in (corpus / "docs" / "index.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if not row["file"].endswith(".md"):
            continue
        data = (corpus / "docs" / row["file"]).read_bytes()
        found, gold = (
            found_dois(read(DocumentFile(row["file"], data))),
            set(row["gold_dois"]),
        )
        right, told, wanted = (
            right + len(found & gold),
            told + len(found),
            wanted + len(gold),
        )
    assert wanted
    assert right / wanted >= 0.98
    assert right / told >= 0.98
