"""RIS and EndNote's tagged export against other programs' importers, and real files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from conformance.jabref import bibtex_entries
from conformance.score import Difference, Row, SuiteResult, rows
from conformance.zotero import (
    compared,
    is_reference,
    reference_fields,
    shown,
)
from lupusrefs.errors import InvalidDoi
from lupusrefs.formats import enw, ris
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import SourceText, decode
from lupusrefs.model.doi import Doi
from lupusrefs.model.reference import Reference

_LOADERS: Final[Mapping[str, Callable[[SourceText], Loaded]]] = {
    "ris": ris.load,
    "enw": enw.load,
}


def measure_files(corpus: Path) -> SuiteResult:
    """Records and DOIs of real files: each record and each DOI counts as a field."""
    result = SuiteResult("files: records and DOIs of RIS and ENW")
    for row in rows(corpus / "formats" / "files.jsonl"):
        load = _LOADERS.get(str(row["format"]))
        if load is None:
            continue
        name = str(row["file"])
        source = decode((corpus / "formats" / name).read_bytes(), name)
        references = load(source).references
        expected, dois = int(str(row["records"])), row["dois"]
        assert isinstance(dois, list)
        differences = list(_missing_dois(name, map(str, dois), references))
        if len(references) != expected:
            count = str(len(references))
            differences.append(Difference(name, "records", str(expected), count))
        result.add(expected + len(dois), differences)
    return result


def _missing_dois(
    case: str, dois: Iterable[str], references: Iterable[Reference]
) -> Iterable[Difference]:
    references = list(references)
    found = {_doi_key(one.doi) for one in references if one.doi}
    second = {
        _doi_key(text)
        for one in references
        if one.origin
        for tag, text in one.origin.fields
        if tag == "DO"
    }
    for doi in dois:
        key = _doi_key(doi)
        if key in found:
            continue
        cause = ""
        if key in second:
            cause = "second DOI of one record (the book's beside the chapter's): aside"
        elif whole := next((one for one in found if one.startswith(key)), ""):
            cause = "the manifest cuts a SICI at its bracket"
            yield Difference(case, "DOI", doi, whole, cause)
            continue
        yield Difference(case, "DOI", doi, "", cause)


def _doi_key(text: str) -> str:
    try:
        return Doi.parse(text).key
    except InvalidDoi:
        return text.casefold()


def measure_zotero(corpus: Path) -> SuiteResult:
    """Zotero's import of RIS and refer/BibIX."""
    result = SuiteResult("Zotero import: RIS and refer/BibIX")
    formats = {"RIS": ris.load, "ReferBibIX": enw.load}
    for row in rows(corpus / "formats" / "zotero_import_other.jsonl"):
        load = formats.get(str(row["format"]))
        if load is None:
            continue
        references = load(SourceText("x", str(row["input"]))).references
        expected = row["expected_zotero_items"]
        assert isinstance(expected, list)
        items = [one for one in expected if isinstance(one, dict) and is_reference(one)]
        assert len(items) == len(references)
        for item, reference in zip(items, references, strict=True):
            case = f"{row['id']} {reference.id}"
            count, differences = compared(case, item, reference)
            causes = [
                replace(one, cause=_zotero_cause(one, item, reference))
                for one in differences
            ]
            result.add(count, causes)
    return result


def _zotero_cause(one: Difference, item: Row, reference: Reference) -> str:
    kind = reference.origin.kind if reference.origin else ""
    creators = {"author", "director", "composer", "performer", "producer", "editor"}
    works_of_art = {"ADVS", "DATA", "GEN", "MUSIC", "SOUND", "VIDEO"}
    if one.field == "type":
        return f"convention of the suite: {kind} is its {item['itemType']}"
    if "Subsidiary" in one.expected or "Monographic" in one.expected:
        return "convention of the suite: reads names out of ProCite's notes"
    if one.field in creators | {"collection-editor"} and kind in works_of_art:
        return "convention of the suite: other roles of people in works of art and data"
    if kind == "UNBILL":
        return "convention of the suite: UNBILL is its manuscript"
    if one.expected and one.got and one.field in {"container-title", "volume"}:
        return "convention of the suite: other one of two values for one field"
    if one.got and not one.expected and one.field not in creators:
        return "convention of the suite: leaves a field of the record out"
    return ""


def measure_jabref(corpus: Path) -> SuiteResult:
    """JabRef's import of RIS; its rows of EndNote's export have no expectation."""
    result = SuiteResult("JabRef import: RIS")
    for row in rows(corpus / "formats" / "jabref_importers.jsonl"):
        expected = row["expected_bibtex"]
        if row["format"] != "Ris" or not isinstance(expected, str):
            continue
        (reference,) = ris.load(SourceText("x.ris", str(row["input"]))).references
        (entry,) = bibtex_entries(expected)
        count, differences = _compared(str(row["id"]), entry, reference)
        result.add(count, differences)
    return result


def _compared(
    case: str, expected: Mapping[str, JsonValue], reference: Reference
) -> tuple[int, list[Difference]]:
    got = reference_fields(reference)
    # JabRef's import has no days.
    issued, known = str(got.get("issued", "")), str(expected.get("issued", ""))
    if issued.startswith(known):
        got["issued"] = known
    # Its `number` is whatever number there is.
    got["issue"] = got.get("issue") or reference.number or ""
    if len(str(expected.get("ISSN", ""))) > len("12345678"):
        got["ISSN"] = got.get("ISBN", "")
    differences = [
        Difference(case, variable, shown(expected, variable), shown(got, variable))
        for variable in expected
        if _plain(expected[variable]) != _plain(got.get(variable))
    ]
    return len(expected), [
        replace(one, cause=_jabref_cause(one)) for one in differences
    ]


def _plain(value: JsonValue) -> JsonValue:
    """A value without what BibTeX writes in its own way: dashes, dots of initials."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: str(part).replace(".", "") for key, part in value.items()}
    return re.sub("[\u2013\u2014]", "-", value) if isinstance(value, str) else value


def _jabref_cause(one: Difference) -> str:
    if one.field == "author":
        return "convention of the suite: a name without a comma is a person's"
    if one.field == "issue":
        return "convention of the suite: `number` is the accession number, or M1"
    if one.field == "container-title":
        return "convention of the suite: takes the last of several journal names"
    if one.field == "URL":
        return "convention of the suite: takes the last of several links"
    if one.field == "ISSN":
        return "convention of the suite: takes the last of several ISSNs"
    return ""
