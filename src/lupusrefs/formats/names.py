"""The formats' names, apart from the formats: the command line lists them often."""

from __future__ import annotations

from enum import StrEnum


class FormatName(StrEnum):
    """The formats of reference files, as the command line names them."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"
    CSL_JSON = "csl-json"
    CSL_YAML = "csl-yaml"
    RIS = "ris"
    NBIB = "nbib"
    ENW = "enw"
    ISI = "isi"
    ENDNOTE_XML = "endnote-xml"
    PUBMED_XML = "pubmed-xml"
    HAYAGRIVA = "hayagriva"
