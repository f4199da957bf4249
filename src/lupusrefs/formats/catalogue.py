"""Every format by name: how to recognise it, read it and write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, TypeAlias

from lupusrefs.formats import csl_json, csl_yaml
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText
from lupusrefs.model.item import Item

Load: TypeAlias = Callable[[SourceText], Loaded]
Dump: TypeAlias = Callable[[Iterable[Item]], str]


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        suffixes: file name endings, lower case.
        load: reads it; None where it is only written.
        dump: writes it.
    """

    suffixes: tuple[str, ...]
    load: Load | None
    dump: Dump


def _dump_bibtex(items: Iterable[Item]) -> str:
    from lupusrefs.formats import bibtex  # noqa: PLC0415 - slow, and seldom needed

    return bibtex.dump(items)


FORMATS: Final = {
    FormatName.CSL_YAML: Format((".yaml", ".yml"), csl_yaml.load, csl_yaml.dump),
    FormatName.CSL_JSON: Format((".json",), csl_json.load, csl_json.dump),
    FormatName.BIBTEX: Format((".bib", ".bibtex"), None, _dump_bibtex),
}


def recognise(file: str, text: str) -> FormatName:
    """The format of a file: by its content where that is plain, else by its name.

    YAML is the last resort: it is the house format, and its reader says best what
    is wrong with a file that is nothing at all.
    """
    start = text.lstrip()[:200]
    if start.startswith(("{", "[")) and not start.startswith("[@"):
        return FormatName.CSL_JSON
    suffix = PurePath(file).suffix.lower()
    for name, known in FORMATS.items():
        if suffix in known.suffixes:
            return name
    if start.startswith("@") and "{" in start:
        return FormatName.BIBTEX
    return FormatName.CSL_YAML
