"""BibTeX and BibLaTeX against what other programs make of the same files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from pydantic import JsonValue

from conformance.score import Difference, Row, SuiteResult, compare, rows
from conformance.zotero import (
    compared,
    is_reference,
    reference_fields,
    zotero_fields,
)
from lupusrefs.formats.bibtex import load
from lupusrefs.formats.bibtex.languages import tag_of_babel
from lupusrefs.formats.text import SourceText
from lupusrefs.model.reference import Reference


def read(text: str, *, biblatex: bool | None = None) -> list[Reference]:
    """The references of a BibTeX text."""
    return list(load(SourceText("x.bib", text), biblatex=biblatex).references)


def measure_pandoc(corpus: Path) -> SuiteResult:
    """Pandoc's BibLaTeX to CSL-JSON."""
    result = SuiteResult("pandoc: BibLaTeX to CSL")
    for row in rows(corpus / "bibtex" / "pandoc_biblatex_to_csl.jsonl"):
        if row.get("expected_csl") and row["from_format"] in {"biblatex", "bibtex"}:
            _add_csl(result, row, biblatex=row["from_format"] == "biblatex")
    return result


def measure_citationjs(corpus: Path) -> SuiteResult:
    """citation-js's BibTeX and BibLaTeX to CSL-JSON."""
    result = SuiteResult("citation-js: BibTeX and BibLaTeX to CSL")
    for dialect in ("bibtex", "biblatex"):
        for row in rows(corpus / "bibtex" / f"citationjs_{dialect}_to_csl.jsonl"):
            is_biblatex = dialect == "biblatex"
            _add_csl(result, row, biblatex=is_biblatex, mapped_only=True)
    return result


def measure_zotero(corpus: Path) -> SuiteResult:
    """Zotero's import of BibTeX."""
    result = SuiteResult("Zotero: BibTeX to items")
    for row in rows(corpus / "bibtex" / "zotero_bibtex_import.jsonl"):
        _add_items(result, row, "input", "expected_zotero_items")
    return result


def measure_better_bibtex(corpus: Path) -> SuiteResult:
    """Better BibTeX: its imports, and its exports read back to the items."""
    result = SuiteResult("Better BibTeX: BibTeX and BibLaTeX to items")
    folder = corpus / "bibtex"
    for row in rows(folder / "bbt_import_to_zotero.jsonl"):
        _add_items(result, row, "input", "expected_zotero_items")
    for row in rows(folder / "bbt_export_bib_with_zotero_source.jsonl"):
        _add_items(result, row, "input_bib", "zotero_items")
    return result


def _add_items(result: SuiteResult, row: Row, text: str, items: str) -> None:
    """One case: its items that are references, each with the entry that it is.

    Of an item that was exported only that is compared which is in the export: the suite
    turns off fields, and BibTeX has none for some.
    """
    expected, source = row[items], str(row[text])
    assert isinstance(expected, list)
    wanted = [one for one in expected if isinstance(one, dict) and is_reference(one)]
    case, count, differences = str(row["id"]), 0, list[Difference]()
    for item, reference in _paired(wanted, read(source)):
        if reference is None:
            count += 1
            title = str(item.get("title"))
            differences.append(_explained(Difference(case, "item", title, "")))
            continue
        fields, found = compared(case, item, reference)
        left_out = [one for one in found if _is_left_out(one, source)]
        count += fields - len(left_out)
        differences += [
            _explained(one) for one in found if one not in left_out and not _same(one)
        ]
    result.add(count, differences)


def _is_left_out(one: Difference, source: str) -> bool:
    """Whether the file says nothing of it, or of a date only the year or the month."""
    if one.field == "issued" and one.got and one.expected not in source:
        return one.expected.startswith(one.got)
    return not one.got and one.expected not in source


def _same(one: Difference) -> bool:
    """Whether two texts differ in typography alone, or two languages in their name."""
    if one.field == "language":
        tags = [tag_of_babel(text) or text for text in (one.expected, one.got)]
        return len({tag.lower()[:2] for tag in tags}) == 1
    return _typography(one.expected) == _typography(one.got)


def _typography(text: str) -> str:
    return _QUOTES.sub("'", re.sub(r"\s", " ", text)).replace("-", "–")


_QUOTES = re.compile("[’‘`´]")


def _paired(
    items: Sequence[Row], ours: Sequence[Reference]
) -> list[tuple[Row, Reference | None]]:
    """Each item with the reference that looks most like it: order means nothing."""
    left = list(ours)
    pairs: list[tuple[Row, Reference | None]] = []
    for item in items:
        fields = zotero_fields(item)
        best = max(left, key=lambda one: _likeness(fields, one), default=None)
        if best is not None:
            left.remove(best)
        pairs.append((item, best))
    return pairs


def _likeness(fields: Row, reference: Reference) -> float:
    ours = reference_fields(reference)
    same = sum(ours.get(name) == value for name, value in fields.items())
    wanted, got = (str(one.get("title", "")).casefold() for one in (fields, ours))
    return same + 5 * SequenceMatcher(None, wanted, got).ratio()


def _add_csl(
    result: SuiteResult, row: Row, *, biblatex: bool, mapped_only: bool = False
) -> None:
    """One case: its items by their keys.

    Args:
        result: the suite.
        row: the case.
        biblatex: which of the two dialects it is.
        mapped_only: only what the suite has is compared, else what either side has.
    """
    expected = row["expected_csl"]
    assert isinstance(expected, list)
    ours = {one.id: one.to_csl() for one in read(str(row["input"]), biblatex=biblatex)}
    compared_fields, differences = 0, list[Difference]()
    for item in expected:
        assert isinstance(item, dict)
        wanted = _comparable(item)
        got = _comparable(ours.pop(str(item["id"]), {}))
        if mapped_only:
            got = {name: value for name, value in got.items() if name in wanted}
        count, found = compare(str(row["id"]), wanted, got)
        compared_fields += count
        differences += [_explained(one) for one in found if not _same(one)]
    result.add(compared_fields, differences)


def _comparable(item: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """An item without what is no statement of its source."""
    kept = {k: v for k, v in item.items() if k not in {"citation-key", "id"}}
    # pandoc leaves the type of @misc empty, which CSL does not allow.
    kept["type"] = kept.get("type") or "document"
    for name, value in kept.items():
        if isinstance(value, list):
            kept[name] = [_whole_name(one) for one in value]
    return kept


def _whole_name(name: JsonValue) -> JsonValue:
    """A name of one part is the same as literal and as family name."""
    if isinstance(name, dict) and name.keys() == {"literal"}:
        return {"family": name["literal"]}
    return name


_FORMULA = re.compile(r"[$^_\\{}₀-₉⁰-⁹]|<su[bp]>")
# By field, what the suites and we take for right; looked at one by one.
_CAUSES: Mapping[str, str] = {
    "title-short": "short title: pandoc takes the words before a colon for one",
    "volume": "part: pandoc joins it to the volume; CSL has part-number",
    "part-number": "part: pandoc joins it to the volume; CSL has part-number",
    "citation-label": "shorthand: it is CSL's citation-label, which pandoc leaves out",
    "issued": "date: the suite has no season, no 1 BC, or words of the original item",
    "volume-title": "main title: pandoc's reading against citation-js's; @periodical",
    "type": "type: one the entry does not tell, or CSL has a better one (periodical)",
    "edition": "edition: citation-js keeps ordinal words, CSL wants a number",
    "issue": "number: with a series it counts the series, not an issue",
    "genre": "genre: citation-js keeps localization keys, and implies them",
    "language": "language: a name against a tag, or one that the file does not have",
    "publisher": "publisher: an organization or archive counts as one, or does not",
    "publisher-place": "place: the venue of an event against the publisher's place",
    "container-title": "container: abbreviated in the file, or in another field",
    "URL": "link: made from the eprint, or left out of the file",
    "author": "names: capitals of institutions, particles and quotes of Zotero",
    "editor": "names: capitals of institutions, particles and quotes of Zotero",
    "contributor": "roles: Zotero's that BibTeX has no field for",
    "translator": "roles: Zotero's that BibTeX has no field for",
    "reviewed-author": "roles: Zotero's that BibTeX has no field for",
    "director": "roles: Zotero's that BibTeX has no field for",
    "container-author": "roles: Zotero's that BibTeX has no field for",
    "abstract": "markup: HTML and formulas of the original item",
    "item": "an item without a counterpart in the file",
}


def _explained(one: Difference) -> Difference:
    """The difference with its cause."""
    cause = _CAUSES.get(one.field, "other fields of the original item")
    if one.field == "title":
        formula = _FORMULA.search(one.expected + one.got)
        cause = "title: a formula or markup" if formula else "title: subtitles, quotes"
    return replace(one, cause=cause)
