"""What was found in a document."""

from __future__ import annotations

from dataclasses import dataclass

from lupusrefs.documents.document import Document
from lupusrefs.documents.mentions import Mention
from lupusrefs.freetext.parsed import ReadField
from lupusrefs.model.reference import Reference


@dataclass(frozen=True, slots=True)
class ScannedReference:
    """One entry of a document's reference list.

    Attributes:
        text: as it is read, in one line.
        reference: what it means, with the place where it stands.
        fields: what each part of the text was taken for; empty where the markup of
            the document says what it means.
        confidence: how sure the whole reading is, from 0 to 1; None where it is the
            markup's.
    """

    text: str
    reference: Reference
    fields: tuple[ReadField, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in a document.

    Attributes:
        document: the document.
        mentions: the identifiers in it, in its order.
        references: its reference list.
        work: the document itself, as far as it says what it is.
    """

    document: Document
    mentions: tuple[Mention, ...] = ()
    references: tuple[ScannedReference, ...] = ()
    work: Reference | None = None

    @property
    def file(self) -> str:
        """The path of the document, as the user gave it."""
        return self.document.file
