"""The formats' names, apart from the formats: the command line lists them often."""

from __future__ import annotations

from enum import StrEnum


class FormatName(StrEnum):
    """The formats of reference files, as the command line names them."""

    CSL_YAML = "csl-yaml"
    CSL_JSON = "csl-json"
    BIBTEX = "bibtex"
