"""Titles of Zotero's tests of sentence case: no bar, but no worse than it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conformance.score import rows
from lupusrefs.model.casing import sentence_case

pytestmark = pytest.mark.corpus

# Zotero lowers the first word of a subtitle, pandoc and CSL's styles do not.
_OPENING = re.compile(r"([:?!.–—-]\s+[“\"'‘(]?|^[“\"]|^<i>[^<]*</i> “?)(\w)")


def _without_openings(text: str) -> str:
    return _OPENING.sub(lambda match: match[1] + match[2].lower(), text)


def test_sentence_case(corpus: Path) -> None:
    """Nineteen of twenty are Zotero's but for the first word of a subtitle."""
    equal = count = 0
    for row in rows(corpus / "titles" / "zotero_sentence_case.jsonl"):
        got = sentence_case(str(row["input"]))
        assert sentence_case(got) == got
        equal += _without_openings(got) == _without_openings(str(row["expected"]))
        count += 1
    assert count >= 370
    assert equal / count >= 0.95
