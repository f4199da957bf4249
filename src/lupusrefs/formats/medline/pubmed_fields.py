"""An element of PubMed's XML -> the fields of MEDLINE's display format.

Source: PubMed DTD 2019 to 2025 (NLM); MEDLINE PubMed XML Element Descriptions, which
name the display format's tag of most elements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from lupusrefs.formats.medline.people import MedlineField
from lupusrefs.formats.medline.pubmed_people import (
    EDITORS,
    author_fields,
    book_author_fields,
    person_fields,
)
from lupusrefs.formats.xml_tree import Element

# Path from MedlineCitation, or from BookDocument, and the tag; in MEDLINE's order.
_CITATION: Final = (
    (("PMID",), "PMID"),
    (("DateCreated",), "DA"),
    (("DateCompleted",), "DCOM"),
    (("DateRevised",), "LR"),
    (("Article", "Journal", "ISSN"), "IS"),
    (("MedlineJournalInfo", "ISSNLinking"), "IS"),
    (("Article", "Journal", "JournalIssue", "Volume"), "VI"),
    (("Article", "Journal", "JournalIssue", "Issue"), "IP"),
    (("Article", "Journal", "JournalIssue", "PubDate"), "DP"),
    (("Article", "ArticleTitle"), "TI"),
    (("Article", "Pagination"), "PG"),
    (("Article", "ELocationID"), "LID"),
    (("Article", "Abstract", "AbstractText"), "AB"),
    (("Article", "Abstract", "CopyrightInformation"), "CI"),
    (("OtherAbstract", "AbstractText"), "OAB"),
    (("Article", "AuthorList"), "FAU"),
    (("InvestigatorList", "Investigator"), "FIR"),
    (("PersonalNameSubjectList", "PersonalNameSubject"), "FPS"),
    (("Article", "Language"), "LA"),
    (("Article", "DataBankList", "DataBank"), "SI"),
    (("Article", "GrantList", "Grant"), "GR"),
    (("Article", "PublicationTypeList", "PublicationType"), "PT"),
    (("Article", "ArticleDate"), "DEP"),
    (("Article", "VernacularTitle"), "TT"),
    (("MedlineJournalInfo", "Country"), "PL"),
    (("MedlineJournalInfo", "MedlineTA"), "TA"),
    (("Article", "Journal", "Title"), "JT"),
    (("MedlineJournalInfo", "NlmUniqueID"), "JID"),
    (("ChemicalList", "Chemical"), "RN"),
    (("SupplMeshList", "SupplMeshName"), "NM"),
    (("CitationSubset",), "SB"),
    (("CommentsCorrectionsList", "CommentsCorrections"), "CIN"),
    (("GeneSymbolList", "GeneSymbol"), "GS"),
    (("GeneralNote",), "GN"),
    (("MeshHeadingList", "MeshHeading"), "MH"),
    (("NumberOfReferences",), "RF"),
    (("SpaceFlightMission",), "SFM"),
    (("OtherID",), "OID"),
    (("CoiStatement",), "COIS"),
    (("KeywordList", "Keyword"), "OT"),
)
_BOOK: Final = (
    (("PMID",), "PMID"),
    (("DateRevised",), "LR"),
    (("Book", "Isbn"), "ISBN"),
    (("Book", "Volume"), "VI"),
    (("Book", "PubDate"), "DP"),
    (("ContributionDate",), "CTDT"),
    (("ArticleTitle",), "TI"),
    (("Book", "BookTitle"), "BTI"),
    (("Book", "CollectionTitle"), "CTI"),
    (("Book", "VolumeTitle"), "VTI"),
    (("Book", "Edition"), "EN"),
    (("Pagination",), "PG"),
    (("ELocationID",), "LID"),
    (("Abstract", "AbstractText"), "AB"),
    (("Abstract", "CopyrightInformation"), "CI"),
    (("AuthorList",), "FAU"),
    (("InvestigatorList", "Investigator"), "FIR"),
    (("Language",), "LA"),
    (("GrantList", "Grant"), "GR"),
    (("PublicationType",), "PT"),
    (("VernacularTitle",), "TT"),
    (("Book", "Publisher", "PublisherName"), "PB"),
    (("Book", "Publisher", "PublisherLocation"), "PL"),
    (("KeywordList", "Keyword"), "OT"),
    (("ArticleIdList", "ArticleId"), "AID"),
)
_ABBREVIATION: Final = ((("Article", "Journal", "ISOAbbreviation"), "TA"),)
_DATA: Final = (
    (("History", "PubMedPubDate"), "PHST"),
    (("ArticleIdList", "ArticleId"), "AID"),
    (("PublicationStatus",), "PST"),
)
_RICH: Final = frozenset(("TI", "TT", "BTI", "CTI", "VTI", "AB", "OAB"))
_REF_TYPES: Final = {
    "AssociatedDataset": "DDIN",
    "AssociatedPublication": "DRIN",
    "CommentIn": "CIN",
    "CommentOn": "CON",
    "CorrectedandRepublishedFrom": "CRF",
    "CorrectedandRepublishedIn": "CRI",
    "ErratumFor": "EFR",
    "ErratumIn": "EIN",
    "ExpressionOfConcernFor": "ECF",
    "ExpressionOfConcernIn": "ECI",
    "OriginalReportIn": "ORI",
    "RepublishedFrom": "RPF",
    "RepublishedIn": "RPI",
    "RetractionIn": "RIN",
    "RetractionOf": "ROF",
    "SummaryForPatientsIn": "SPIN",
    "UpdateIn": "UIN",
    "UpdateOf": "UOF",
}
# Each work that the article cites: no field of MEDLINE has them.
_CITES: Final = "Cites"
# Identifiers with a tag of their own; of the PMID there is one already.
_ID_TAGS: Final = {"pmc": "PMC", "mid": "MID", "pubmed": ""}
_DOI: Final = "doi"
_NO_LABELS: Final = frozenset(("", "UNLABELLED"))

_Table: TypeAlias = tuple[tuple[tuple[str, ...], str], ...]


def record_fields(record: Element) -> list[MedlineField]:
    """The fields of a PubmedArticle, PubmedBookArticle, or what is in them."""
    fields: list[MedlineField] = []
    if (citation := _inner(record, "MedlineCitation")) is not None:
        fields += _attributes(citation)
        fields += _fields(citation, _CITATION)
        if citation.get("MedlineJournalInfo", "MedlineTA") is None:
            fields += _fields(citation, _ABBREVIATION)
    if (book := _inner(record, "BookDocument")) is not None:
        fields += _book_fields(book)
    for name in ("PubmedData", "PubmedBookData"):
        if (data := record.find(name)) is not None:
            fields += _fields(data, _DATA)
    return [one for one in fields if one.text]


def _inner(record: Element, name: str) -> Element | None:
    return record if record.name == name else record.find(name)


def _book_fields(book: Element) -> Iterator[MedlineField]:
    """Of a part, the book's own DOI and authors are not the part's."""
    yield from _fields(book, _BOOK)
    is_part = book.find("ArticleTitle") is not None
    yield from _fields(
        book, ((("Book", "ELocationID"), "BookELocationID" if is_part else "LID"),)
    )
    has_authors = book.find("AuthorList") is not None
    for names in book.find_all("Book", "AuthorList"):
        is_other = has_authors and names.attributes.get("Type") != EDITORS
        yield from book_author_fields(names) if is_other else author_fields(names)


def _attributes(citation: Element) -> Iterator[MedlineField]:
    for tag, name in (("OWN", "Owner"), ("STAT", "Status")):
        yield MedlineField(tag, citation.attributes.get(name, ""), citation.span)
    if (article := citation.find("Article")) is not None:
        model = article.attributes.get("PubModel", "")
        yield MedlineField("PUBM", model, article.span)


def _fields(element: Element, table: _Table) -> Iterator[MedlineField]:
    for path, tag in table:
        convert = _CONVERTERS.get(tag, _text)
        for found in element.find_all(*path):
            yield from convert(tag, found)


# --- one element --------------------------------------------------------------


def _text(tag: str, element: Element) -> Iterator[MedlineField]:
    text = element.rich_text if tag in _RICH else element.text
    yield MedlineField(tag, text, element.span)


def _joined(tag: str, element: Element, *names: str) -> Iterator[MedlineField]:
    """The texts of some children, with slashes, as MEDLINE has them."""
    texts = (child.text for child in element.each(*names))
    yield MedlineField(tag, "/".join(text for text in texts if text), element.span)


def _digits(tag: str, element: Element) -> Iterator[MedlineField]:
    """20210805; what has no day is written in words."""
    year, month, day = map(element.get, ("Year", "Month", "Day"))
    if year and month and day and month.isdecimal():
        yield MedlineField(tag, f"{year}{month:>02}{day:>02}", element.span)
    else:
        yield from _publication_date(tag, element)


def _publication_date(tag: str, element: Element) -> Iterator[MedlineField]:
    names = ("MedlineDate", "Year", "Season", "Month", "Day")
    texts = (element.get(name) for name in names)
    yield MedlineField(tag, " ".join(text for text in texts if text), element.span)


def _issn(tag: str, element: Element) -> Iterator[MedlineField]:
    kind = element.attributes.get("IssnType", "Linking")
    yield MedlineField(tag, f"{element.text} ({kind})", element.span)


def _pages(tag: str, element: Element) -> Iterator[MedlineField]:
    """The pages as MEDLINE abbreviates them, else from first to last."""
    if (pages := element.find("MedlinePgn")) is not None and pages.text:
        yield from _text(tag, pages)
        return
    ends = map(element.get, ("StartPage", "EndPage"))
    yield MedlineField(tag, "-".join(end for end in ends if end), element.span)


def _identifier(tag: str, element: Element) -> Iterator[MedlineField]:
    kind = element.attributes.get("EIdType") or element.attributes.get("IdType", "")
    if not element.text:
        return
    if kind in _ID_TAGS:
        if own_tag := _ID_TAGS[kind]:
            yield MedlineField(own_tag, element.text, element.span)
    elif element.attributes.get("ValidYN") == "N" and kind == _DOI:
        yield MedlineField("invalid DOI", element.text, element.span)
    else:
        text = f"{element.text} [{kind}]" if kind else element.text
        yield MedlineField(tag, text, element.span)


def _section(tag: str, element: Element) -> Iterator[MedlineField]:
    """A paragraph of an abstract, with its label as PubMed shows it."""
    label, text = element.attributes.get("Label", "").strip(), element.rich_text
    has_label = text and label.upper() not in _NO_LABELS
    labelled = f"{label}: {text}" if has_label else text
    yield MedlineField(tag, labelled, element.span)


def _data_bank(tag: str, element: Element) -> Iterator[MedlineField]:
    name = element.get("DataBankName") or ""
    numbers = element.find_all("AccessionNumberList", "AccessionNumber")
    for number in numbers:
        yield MedlineField(tag, f"{name}/{number.text}", number.span)
    if not numbers:
        yield MedlineField(tag, name, element.span)


def _grant(tag: str, element: Element) -> Iterator[MedlineField]:
    yield from _joined(tag, element, "GrantID", "Acronym", "Agency", "Country")


def _chemical(tag: str, element: Element) -> Iterator[MedlineField]:
    number, name = element.get("RegistryNumber"), element.get("NameOfSubstance")
    text = f"{number or 0} ({name})" if name else number or ""
    yield MedlineField(tag, text, element.span)


def _correction(_: str, element: Element) -> Iterator[MedlineField]:
    kind = element.attributes.get("RefType", "")
    if kind == _CITES:
        return
    source, pmid = element.get("RefSource"), element.get("PMID")
    source = f"{source}." if source and not source.endswith(".") else source
    parts = (source, f"PMID: {pmid}" if pmid else None, element.get("Note"))
    text = " ".join(part for part in parts if part)
    yield MedlineField(_REF_TYPES.get(kind, kind), text, element.span)


def _heading(tag: str, element: Element) -> Iterator[MedlineField]:
    """A descriptor and its qualifiers; a star stands before what is a main topic."""
    parts = (
        ("*" if part.attributes.get("MajorTopicYN") == "Y" else "") + part.text
        for part in element.each("DescriptorName", "QualifierName")
    )
    yield MedlineField(tag, "/".join(parts), element.span)


def _other_id(tag: str, element: Element) -> Iterator[MedlineField]:
    source = element.attributes.get("Source")
    text = f"{source}: {element.text}" if source else element.text
    yield MedlineField(tag, text, element.span)


def _history(tag: str, element: Element) -> Iterator[MedlineField]:
    day = [element.get(name) for name in ("Year", "Month", "Day")]
    date = "/".join(f"{part:>02}" for part in day if part)
    hour, minute = element.get("Hour"), element.get("Minute")
    time = f" {hour:>02}:{minute or '0':>02}" if hour else ""
    kind = element.attributes.get("PubStatus", "")
    if date:
        yield MedlineField(tag, f"{date}{time} [{kind}]", element.span)


def _authors(_: str, element: Element) -> Iterator[MedlineField]:
    yield from author_fields(element)


def _person(tag: str, element: Element) -> Iterator[MedlineField]:
    yield from person_fields(tag, element)


_CONVERTERS: Final[Mapping[str, Callable[[str, Element], Iterator[MedlineField]]]] = {
    **dict.fromkeys(("DA", "DCOM", "LR", "DEP"), _digits),
    **dict.fromkeys(("DP", "CTDT"), _publication_date),
    **dict.fromkeys(("AID", "LID", "BookELocationID"), _identifier),
    **dict.fromkeys(("AB", "OAB"), _section),
    **dict.fromkeys(("FIR", "FPS"), _person),
    "CIN": _correction,
    "FAU": _authors,
    "GR": _grant,
    "IS": _issn,
    "MH": _heading,
    "OID": _other_id,
    "PG": _pages,
    "PHST": _history,
    "RN": _chemical,
    "SI": _data_bank,
}
