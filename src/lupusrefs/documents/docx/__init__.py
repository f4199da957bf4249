"""Word documents: WordprocessingML in a zip file (ISO/IEC 29500, ECMA-376)."""

from lupusrefs.documents.docx.reader import read

__all__ = ["read"]
