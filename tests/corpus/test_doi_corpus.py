"""The DOI spellings of a dozen other projects' tests, and recorded DOIs."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, NamedTuple

import pytest

from lupusrefs.errors import InvalidDoi
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_text import find_dois

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.corpus

PARSED = {"normalise", "normalise-dirty", "validate"}


class Row(NamedTuple):
    """One line of pairs.tsv."""

    id: str
    kind: str
    text: str
    expected: list[str]
    form: str
    policy: str
    source: str
    network: bool


def rows(corpus: Path) -> Iterator[Row]:
    """Read pairs.tsv."""
    with (corpus / "doi" / "pairs.tsv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Row(
                line["id"],
                line["kind"],
                json.loads(line["text_json"]),
                json.loads(line["expected_json"]),
                line["expected_form"],
                line["policy"],
                line["source"],
                line["network"] == "y",
            )


def declined(row: Row) -> str | None:
    """Say why a row's expectation is its source's own habit, or return ``None``."""
    if row.network:
        return "expands a shortDOI, which only doi.org can"
    if row.policy.startswith("jabref-quirk"):
        return "JabRef takes 10%x for a shortDOI: no resolver does"
    if row.policy.startswith("source keeps percent-encoding"):
        return "JabRef does not decode when it searches: the name would be a 404"
    if "strict mode keeps trailing dots" in row.policy:
        return "another mode of the source; the default mode's rows say the opposite"
    if "rejects non-ASCII" in row.policy and not row.text.isascii():
        return "fatcat refuses non-ASCII; the Handbook allows any printable character"
    if row.source == "datacite/bolognese" and "10.506123/" in row.text:
        return "bolognese takes four or five digits; registrants may be of any length"
    return None


def as_expected(row: Row) -> bool:
    """Compare with the expectation, ignoring ASCII case."""
    if row.kind not in PARSED:
        found = [mention.doi.name for mention in find_dois(row.text)]
        return list(map(str.lower, found)) == list(map(str.lower, row.expected))
    try:
        doi = Doi.parse(row.text)
    except InvalidDoi:
        return row.expected == []
    if not row.expected:
        return False
    (expected,) = row.expected
    if row.kind == "normalise-dirty":  # the registry would decide
        return Doi.parse(expected).key in map(str.lower, doi.candidates)
    return expected.lower() == (doi.url if row.form == "url" else doi.name).lower()


def test_the_spellings_of_other_projects_are_read_as_they_expect(corpus: Path) -> None:
    """All rows but the listed habits of single projects agree."""
    judged = [row for row in rows(corpus) if declined(row) is None]
    wrong = [row for row in judged if not as_expected(row)]
    assert not wrong
    assert len(judged) >= 700


def test_real_doi_fields_are_read_or_refused(corpus: Path) -> None:
    """Fields of bibliographies in the wild: a DOI that means itself, or a reason."""
    path = corpus / "doi" / "bib_doi_fields_unusual_no_gold.jsonl"
    read = refused = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            doi = Doi.parse(json.loads(line)["raw"])
        except InvalidDoi:
            refused += 1
        else:
            assert Doi.parse(doi.url) == doi == Doi.parse(doi.name)
            read += 1
    assert read > 3 * refused


def test_recorded_dois_mean_themselves_in_every_surrounding(corpus: Path) -> None:
    """Crossref's own names, SICI and brackets at the end among them, come back."""
    count = 0
    for path in sorted((corpus / "registry" / "crossref").glob("*.json")):
        name = json.loads(path.read_text(encoding="utf-8"))["DOI"]
        doi = Doi.parse(name)
        assert doi.name == name
        assert Doi.parse(doi.url).name == name
        if "http:" in name:  # in prose this reads as two: 10.5424/http://dx.doi.org/...
            continue
        for around in ("See {}, and", "({}).", "<p>doi:{}</p>", "doi = {{{}}},"):
            found = [m.doi.name for m in find_dois(around.format(name))]
            assert found == [name]
        count += 1
    assert count >= 2400
