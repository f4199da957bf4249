"""PubMed's XML: sets of articles and books, or bare ones, as E-utilities send them.

Each record becomes the fields of MEDLINE's display format, which one module maps to
CSL for both; the origin of a reference therefore has MEDLINE's tags. Only reading.

Source: PubMed DTD 2019 to 2025 (NLM); MEDLINE PubMed XML Element Descriptions.
"""

from __future__ import annotations

from typing import Final

from lupusrefs.formats.keys import keyed
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.medline.pubmed_fields import record_fields
from lupusrefs.formats.medline.record import read_record
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.xml_tree import Element, xml_records
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Reference

_BOOKS: Final = ("PubmedBookArticle", "BookDocument")
_RECORDS: Final = ("PubmedArticle", "MedlineCitation", *_BOOKS)
_SETS: Final = ("<PubmedArticleSet", "<PubmedBookArticleSet", "<MedlineCitationSet")


def load(source: SourceText) -> Loaded:
    """The references of a file, each with its place; the keys are made.

    Where the XML breaks, the records around the break are read.
    """
    diagnostics = Diagnostics(source)
    references: list[Reference] = []
    found = False
    for element in xml_records(source, diagnostics, *_RECORDS):
        found = True
        reference = _reference(element, source, diagnostics)
        references += [reference] if reference else []
    if not found and source.text.strip():
        _nothing(source, diagnostics)
    return Loaded(keyed(references, diagnostics), diagnostics.collected())


def _reference(
    element: Element, source: SourceText, diagnostics: Diagnostics
) -> Reference | None:
    start = Span(element.start, element.start + 1)
    if not element.complete:
        diagnostics.error("this record is cut off; it was left out", start)
        return None
    fields = record_fields(element)
    if not fields:
        diagnostics.warning("this record is empty; it was left out", start)
        return None
    is_book = element.name in _BOOKS
    return read_record(fields, element.span, source, "pubmed-xml", is_book=is_book)


def _nothing(source: SourceText, diagnostics: Diagnostics) -> None:
    if any(name in source.text for name in _SETS):
        diagnostics.warning("there is no record in this file", Span(0, 0))
        return
    hint = "PubMed's records are `<PubmedArticle>` or `<PubmedBookArticle>`"
    diagnostics.error("there is no PubMed record in this file", Span(0, 0), hint)
