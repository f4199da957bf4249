"""Every format by name: how to recognise it, read it and write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import Final, TypeAlias

from lupusrefs.formats.loaded import Load, Loaded, Reading, Stream
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.item import Item
from lupusrefs.model.reference import Reference

Dump: TypeAlias = Callable[[Iterable[Item]], str]


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        suffixes: file name endings, lower case; the first is the usual one.
        load: reads it.
        dump: writes it; None where it is only read.
        sign: what the beginning of every such file has, and of no other; None where
            the content does not tell.
        stream: reads it reference by reference, in memory that does not grow with
            their number; None where the format has to be read at once.
    """

    suffixes: tuple[str, ...]
    load: Load
    dump: Dump | None
    sign: re.Pattern[str] | None = None
    stream: Stream | None = None

    def read(self, source: SourceText) -> Reading:
        """The references of a file one by one; the same as ``load`` gives."""
        if self.stream is None:
            return Reading.of_load(self.load, source)
        return Reading.of_stream(self.stream, source)


def _load(module: str, name: str = "load") -> Load:
    """The module's ``load``, imported when it is first called: most are not needed."""

    def load(source: SourceText) -> Loaded:
        read = getattr(import_module(f"lupusrefs.formats.{module}"), name)
        loaded: Loaded = read(source)
        return loaded

    return load


def _stream(module: str, name: str = "stream") -> Stream:
    """The module's ``stream``, imported when it is first called."""

    def stream(source: SourceText, diagnostics: Diagnostics) -> Iterator[Reference]:
        read = getattr(import_module(f"lupusrefs.formats.{module}"), name)
        references: Iterator[Reference] = read(source, diagnostics)
        return references

    return stream


def _dump(module: str, name: str = "dump") -> Dump:
    """The module's ``dump``, imported when it is first called."""

    def dump(items: Iterable[Item]) -> str:
        text: str = getattr(import_module(f"lupusrefs.formats.{module}"), name)(items)
        return text

    return dump


def _sign(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


FORMATS: Final = {
    FormatName.CSL_JSON: Format(
        (".json",),
        _load("csl_json"),
        _dump("csl_json"),
        _sign(r"\A\s*(?:\[(?!@)|\{)"),
        _stream("csl_json"),
    ),
    FormatName.ENDNOTE_XML: Format(
        (".xml",),
        _load("endnote_xml"),
        _dump("endnote_xml"),
        _sign(r"<records\b"),
    ),
    FormatName.PUBMED_XML: Format(
        (".xml",),
        _load("pubmed_xml"),
        None,
        _sign(r"<(?:Pubmed(?:Book)?Article|MedlineCitation)(?:Set)?\b"),
    ),
    FormatName.RIS: Format(
        (".ris",), _load("ris"), _dump("ris"), _sign(r"^TY  ?-"), _stream("ris")
    ),
    FormatName.NBIB: Format(
        (".nbib",),
        _load("nbib"),
        _dump("nbib"),
        _sign(r"^(?:PMID|OWN |STAT|PT  |FAU |TI  |BTI )- *\S"),
        _stream("nbib"),
    ),
    FormatName.ENW: Format(
        (".enw",), _load("enw"), _dump("enw"), _sign(r"^%0 \S"), _stream("enw")
    ),
    FormatName.ISI: Format(
        (".isi", ".ciw"),
        _load("isi"),
        None,
        _sign(r"^(?:FN (?:ISI|Clar|Thom)|PT \w$)"),
        _stream("isi"),
    ),
    FormatName.BIBTEX: Format(
        (".bib", ".bibtex"),
        _load("bibtex"),
        _dump("bibtex", "dump_bibtex"),
        stream=_stream("bibtex"),
    ),
    FormatName.BIBLATEX: Format(
        (".biblatex",),
        _load("bibtex", "load_biblatex"),
        _dump("bibtex", "dump_biblatex"),
        stream=_stream("bibtex", "stream_biblatex"),
    ),
    FormatName.HAYAGRIVA: Format(
        (),
        _load("hayagriva"),
        _dump("hayagriva"),
        _sign(
            r"^(?!references:)[^\s#\-][^\n]*:[ \t]*(?:\n[ \t]+[^\n]*)*?\n[ \t]+type:"
        ),
    ),
    FormatName.CSL_YAML: Format(
        (".yaml", ".yml"),
        _load("csl_yaml"),
        _dump("csl_yaml"),
        stream=_stream("csl_yaml"),
    ),
}
# Hayagriva's files are YAML: only the content tells.
_YAML: Final = frozenset((".yaml", ".yml"))
_BIBTEX: Final = re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_HEAD: Final = 4000  # characters that are looked at
# What prose does not begin with: "[1] Smith" is no JSON.
_JSON: Final = re.compile(r"\A\s*(?:\[\s*\{|\{\s*\")")
_YAML_LIST: Final = re.compile(r"^references:\s*$", re.MULTILINE)


def recognise(file: str, text: str) -> FormatName:
    """The format of a file: by its content where that is plain, else by its name.

    YAML is the last resort: it is the house format, and its reader says best what
    is wrong with a file that is nothing at all.
    """
    # The signs know one line end.
    head = text[:_HEAD].replace("\r\n", "\n").replace("\r", "\n")
    suffix = PurePath(file).suffix.lower()
    by_name = [name for name, known in FORMATS.items() if suffix in known.suffixes]
    if suffix in _YAML:
        by_name = [FormatName.HAYAGRIVA, FormatName.CSL_YAML]
    # A name is believed where the content does not say otherwise: a BibTeX abstract
    # may well contain a line that begins as one of RIS.
    for name in by_name:
        sign = FORMATS[name].sign
        if sign is not None and sign.search(head):
            return name
    if not (FormatName.BIBTEX in by_name and "@" in head):
        for name, known in FORMATS.items():
            if known.sign is not None and known.sign.search(head):
                return name
    plain = [name for name in by_name if FORMATS[name].sign is None]
    if plain:
        return plain[0]
    if _BIBTEX.search(head):
        return FormatName.BIBTEX
    return by_name[0] if by_name else FormatName.CSL_YAML


def recognise_by_content(text: str) -> FormatName | None:
    """The format of a file that might as well be prose; None where it is that."""
    head = text[:_HEAD].replace("\r\n", "\n").replace("\r", "\n")
    for name, known in FORMATS.items():
        sign = _JSON if name is FormatName.CSL_JSON else known.sign
        if sign is not None and sign.search(head):
            return name
    if _BIBTEX.search(head):
        return FormatName.BIBTEX
    return FormatName.CSL_YAML if _YAML_LIST.search(head) else None
