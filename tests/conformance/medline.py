"""MEDLINE, PubMed's XML and the Web of Science against other programs' importers.

What is evened out, because each format has its own habit of it: dots and blanks of
initials, MEDLINE's abbreviated last page, the full stop behind its titles, a language's
code or English name, sections of an abstract on lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from conformance.jabref import bibtex_entries
from conformance.score import Difference, SuiteResult, rows
from conformance.zotero import compared, is_reference, reference_fields, shown
from lupusrefs.errors import InvalidDoi
from lupusrefs.formats import isi, nbib, pubmed_xml
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.medline.languages import language_tag
from lupusrefs.formats.text import SourceText, decode
from lupusrefs.model.doi import Doi
from lupusrefs.model.pages import split_range
from lupusrefs.model.reference import Reference

Load = Callable[[SourceText], Loaded]
_FILES: Final[Mapping[str, Load]] = {
    "nbib": nbib.load,
    "ciw": isi.load,
    "isi": isi.load,
}
_ZOTERO: Final[Mapping[str, Load]] = {
    "MEDLINEnbib": nbib.load,
    "PubMed XML": pubmed_xml.load,
    "Web of Science Tagged": isi.load,
}
_JABREF: Final[Mapping[str, Load]] = {
    "Medline": pubmed_xml.load,
    "MedlinePlain": nbib.load,
    "Nbib": nbib.load,
    "Isi": isi.load,
}


def measure_files(corpus: Path) -> SuiteResult:
    """Records and DOIs of real files: each record and each DOI counts as a field."""
    result = SuiteResult("files: records and DOIs of NBIB, CIW and ISI")
    for row in rows(corpus / "formats" / "files.jsonl"):
        load = _FILES.get(str(row["format"]))
        if load is None:
            continue
        name = str(row["file"])
        source = decode((corpus / "formats" / name).read_bytes(), name)
        references = load(source).references
        expected, dois = int(str(row["records"])), row["dois"]
        assert isinstance(dois, list)
        found = {_doi_key(one.doi) for one in references if one.doi}
        differences = [
            Difference(name, "DOI", str(doi), "")
            for doi in dois
            if _doi_key(str(doi)) not in found
        ]
        if len(references) != expected:
            count = str(len(references))
            differences.append(Difference(name, "records", str(expected), count))
        result.add(expected + len(dois), differences)
    return result


def _doi_key(text: str) -> str:
    try:
        return Doi.parse(text).key
    except InvalidDoi:
        return text.casefold()


def measure_zotero(corpus: Path) -> SuiteResult:
    """Zotero's import of MEDLINE, PubMed XML and the Web of Science's export."""
    result = SuiteResult("Zotero import: MEDLINE, PubMed XML, Web of Science")
    for row in rows(corpus / "formats" / "zotero_import_other.jsonl"):
        load = _ZOTERO.get(str(row["format"]))
        if load is None:
            continue
        references = load(SourceText("x", str(row["input"]))).references
        expected = row["expected_zotero_items"]
        assert isinstance(expected, list)
        items = [one for one in expected if isinstance(one, dict) and is_reference(one)]
        assert len(items) == len(references), row["id"]
        for item, reference in zip(items, references, strict=True):
            case = f"{row['id']} {reference.id}"
            count, differences = compared(case, item, reference)
            result.add(count, _explained(differences, _zotero_cause))
    return result


def _zotero_cause(one: Difference) -> str:
    if one.field in {"URL", "DOI"} and not one.expected:
        return "convention of the suite: a link is an attachment, or left out"
    if one.got.endswith("; others"):
        return 'convention of the suite: leaves out "et al."'
    if one.expected.casefold() == one.got.casefold():
        return "convention of the suite: changes capitals"
    if one.field == "issued":
        return "convention of the suite: takes an article number for a month"
    if one.field == "title" and not one.expected:
        return "convention of the suite: leaves out the title of one record"
    if one.field == "container-author":
        return "convention of the suite: leaves out group authors of a book"
    return ""


def measure_jabref(corpus: Path) -> SuiteResult:
    """JabRef's import of the same formats, where its tests have an expectation."""
    result = SuiteResult("JabRef import: MEDLINE, PubMed XML, ISI")
    for row in rows(corpus / "formats" / "jabref_importers.jsonl"):
        load, expected = _JABREF.get(str(row["format"])), row["expected_bibtex"]
        if load is None or not isinstance(expected, str):
            continue
        references = load(SourceText("x", str(row["input"]))).references
        entries = bibtex_entries(expected)
        assert len(entries) == len(references), row["id"]
        for entry, reference in zip(entries, references, strict=True):
            case = f"{row['id']} {reference.id}"
            if load is pubmed_xml.load:
                # JabRef calls all of PubMed's records articles, books too.
                del entry["type"]
            count, differences = _compared(case, entry, reference)
            result.add(count, _explained(differences, _jabref_cause))
    return result


def _compared(
    case: str, expected: Mapping[str, JsonValue], reference: Reference
) -> tuple[int, list[Difference]]:
    got = reference_fields(reference) | {"PMID": reference.pmid}
    # JabRef's months have no days.
    issued, known = str(got.get("issued", "")), str(expected.get("issued", ""))
    if issued.startswith(known):
        got["issued"] = known
    return len(expected), [
        Difference(case, variable, shown(expected, variable), shown(got, variable))
        for variable in expected
        if expected[variable] != got.get(variable)
    ]


def _jabref_cause(one: Difference) -> str:
    if "Book" in one.case:
        return "convention of the suite: part and book are one record"
    if one.field == "type":
        return "convention of the suite: a journal's article about a congress"
    if one.field == "abstract":
        if "$" in one.expected:
            return "convention of the suite: formulas in TeX"
        return "convention of the suite: copyright out of the abstract"
    if one.field == "author":
        return 'convention of the suite: leaves out "Jr"'
    if one.field == "editor":
        return "convention of the suite: a name without a comma is a person's"
    return ""


# The shape that Zotero's words are compared in has no seasons.
_SEASON: Final = re.compile(r"(?<=^[0-9]{4})-2[1-4]$")

# --- habits of the formats ----------------------------------------------------


def _explained(
    differences: Iterable[Difference], cause: Callable[[Difference], str]
) -> Iterator[Difference]:
    """Without those that are a habit of the format, each with its cause."""
    for one in differences:
        if _plain(one.field, one.expected) != _plain(one.field, one.got):
            yield replace(one, cause=cause(one))


def _plain(variable: str, text: str) -> str:
    match variable:
        case "author" | "editor" | "container-author":
            return re.sub(r"[\s.]", "", text)
        case "title":
            return text.rstrip(".")
        case "language":
            return language_tag(text)
        case "issued":
            return _SEASON.sub("", text)
        case "page":
            return _full_range(text)
        case "abstract":
            return " ".join(text.split())
        case _:
            return text


def _full_range(text: str) -> str:
    """Pages with the last one in full: "132-42" is "132-142"."""
    split = split_range(text)
    if split is None:
        return text
    first, last = split
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first if first == last else f"{first}-{last}"
