"""The JSON contract of ``scan``, of which ``scan.schema.json`` is generated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from lupusrefs.documents.scan import Scan, ScannedReference
from lupusrefs.model.identifier_text import IdentifierKind
from lupusrefs.model.location import Location
from lupusrefs.reports.wire import LocationWire


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class MentionWire(_Wire):
    """An identifier that the document mentions.

    Attributes:
        kind: `doi`, `arxiv`, `pmid`, `pmcid` or `isbn`.
        value: the identifier in its usual form.
        location: where it stands.
        text: as the document has it.
        candidates: of a DOI, the names that may be meant, the likeliest first.
    """

    kind: IdentifierKind
    value: str
    location: LocationWire
    text: str
    candidates: tuple[str, ...]


class ReadFieldWire(_Wire):
    """What a part of a reference was taken for.

    Attributes:
        variable: the CSL variable.
        text: the part.
        start: where it begins in the text of the reference, in characters, from 0.
        end: behind its last character.
        confidence: from 0 to 1.
    """

    variable: str
    text: str
    start: int
    end: int
    confidence: float


class ScannedReferenceWire(_Wire):
    """One entry of the reference list.

    Attributes:
        text: as it is read.
        location: where it begins.
        reference: what it means, as CSL-JSON.
        confidence: how sure the reading is, from 0 to 1; null where the markup of the
            document says what it means.
        parts: what each part of the text was taken for.
    """

    text: str
    location: LocationWire
    reference: dict[str, JsonValue]
    confidence: float | None
    parts: tuple[ReadFieldWire, ...]


class OwnWorkWire(_Wire):
    """The document itself.

    Attributes:
        location: where it says so.
        reference: title, authors and what else it says, as CSL-JSON.
    """

    location: LocationWire
    reference: dict[str, JsonValue]


class CitationWire(_Wire):
    """A key that the text cites.

    Attributes:
        key: the key.
        location: where it is cited.
    """

    key: str
    location: LocationWire


class DocumentWire(_Wire):
    """What was found in one document.

    Attributes:
        file: the document.
        kind: its format.
        work: what it says of itself; null where that is nothing.
        mentions: the identifiers in it.
        references: its reference list.
        citations: the keys that its text cites.
        libraries: the files of references that it names.
    """

    file: str
    kind: str
    work: OwnWorkWire | None
    mentions: tuple[MentionWire, ...]
    references: tuple[ScannedReferenceWire, ...]
    citations: tuple[CitationWire, ...]
    libraries: tuple[str, ...]


class ScanReport(_Wire):
    """``lupusrefs scan --format json``.

    Attributes:
        schema: name and version of this contract.
        documents: in the order given.
    """

    schema_: Annotated[Literal["lupusrefs.scan/1"], Field(alias="schema")] = (
        "lupusrefs.scan/1"
    )
    documents: tuple[DocumentWire, ...]


def to_json(scans: Iterable[Scan]) -> str:
    """One JSON document, as ``docs/schemas/scan.schema.json`` describes it."""
    report = ScanReport(documents=tuple(map(_document, scans)))
    return report.model_dump_json(by_alias=True, indent=2) + "\n"


def _document(scan: Scan) -> DocumentWire:
    work = scan.work
    document = scan.document
    return DocumentWire(
        file=scan.file,
        kind=document.kind,
        work=OwnWorkWire(
            location=LocationWire.of(work.location or Location.of_file(scan.file)),
            reference=work.to_csl(),
        )
        if work
        else None,
        mentions=tuple(
            MentionWire(
                kind=one.kind,
                value=one.value,
                location=LocationWire.of(one.location),
                text=one.text,
                candidates=one.candidates,
            )
            for one in scan.mentions
        ),
        references=tuple(_reference(one, scan.file) for one in scan.references),
        citations=tuple(
            CitationWire(key=one.key, location=LocationWire.of(one.location))
            for one in document.citations
        ),
        libraries=tuple(one.path for one in document.libraries),
    )


def _reference(scanned: ScannedReference, file: str) -> ScannedReferenceWire:
    reference = scanned.reference
    return ScannedReferenceWire(
        text=scanned.text,
        location=LocationWire.of(reference.location or Location.of_file(file)),
        reference=reference.to_csl(),
        confidence=_rounded(scanned.confidence),
        parts=tuple(
            ReadFieldWire(
                variable=one.variable,
                text=one.text,
                start=one.span.start,
                end=one.span.end,
                confidence=round(one.confidence, 3),
            )
            for one in scanned.fields
        ),
    )


def _rounded(confidence: float | None) -> float | None:
    return None if confidence is None else round(confidence, 3)
