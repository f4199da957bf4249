"""Names of BibTeX: the parts that namae, bibtex-ruby and biber find in them.

namae and bibtex-ruby give First, von, Last and Jr as LaTeX source, biber gives them as
biblatex reads them, with ``~`` for the spaces that no line may break at.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from conformance.score import Difference, Row, SuiteResult, rows
from lupusrefs.formats.bibtex.parse_latex import plain
from lupusrefs.formats.bibtex.parse_names import name_parts, parse_names

_BIBTEX = "bibtex first/von/last/jr"
_BIBER = "biblatex given/prefix/family/suffix"


def measure_bibtex_names(corpus: Path) -> SuiteResult:
    """Namae's and bibtex-ruby's rows, part by part."""
    result = SuiteResult("namae, bibtex-ruby: names in BibTeX")
    for row in _rows(corpus, _BIBTEX):
        parts = name_parts(str(row["input"]))
        got = {
            "first": parts.first,
            "von": parts.von,
            "last": parts.last,
            "jr": parts.jr,
        }
        _add(result, row, got)
    return result


def measure_biber_names(corpus: Path) -> SuiteResult:
    """Biber's rows, part by part, without braces and with plain spaces."""
    result = SuiteResult("biber: names in BibLaTeX")
    for row in _rows(corpus, _BIBER):
        (name,) = parse_names(str(row["input"]))
        got = {
            "given": name.given or "",
            "prefix": name.non_dropping_particle or "",
            "family": name.literal or name.family or "",
            "suffix": name.suffix or "",
        }
        _add(result, row, got)
    return result


def _rows(corpus: Path, scheme: str) -> list[Row]:
    path = corpus / "names" / "name_parts.jsonl"
    return [row for row in rows(path) if row["scheme"] == scheme]


def _add(result: SuiteResult, row: Row, got: Mapping[str, str]) -> None:
    expected = row["expected"]
    assert isinstance(expected, dict)
    # A part that the suite does not list is a part that there is not.
    wanted = {part: str(expected.get(part) or "") for part in got}
    found = [
        Difference(str(row["id"]), part, wanted[part], got[part], _cause(row))
        for part in got
        if _comparable(row, wanted[part]) != _comparable(row, got[part])
    ]
    result.add(sum(bool(wanted[part] or got[part]) for part in got), found)


def _comparable(row: Row, part: str) -> str:
    return part if row["scheme"] == _BIBTEX else " ".join(plain(part).split())


def _cause(row: Row) -> str:
    del row
    return ""
