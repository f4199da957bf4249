"""Real BibTeX files: nothing is lost without a word, and writing keeps every value."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from conformance.score import rows
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.equivalence import same_value
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import decode
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import NAMES, ORDER, field_name

_FOLDER: Final = Path(os.environ.get("LUPUSREFS_CORPUS", "")) / "realbib"
# What begins an entry, found in the simplest way there is.
_HEAD: Final = re.compile(
    r"^[ \t]*@[ \t]*(\w+)\s*[{(]\s*([^,\s{}()=\"]+)", re.MULTILINE
)
_NO_ENTRIES: Final = frozenset(("comment", "string", "preamble"))
_EXACT: Final = (FormatName.CSL_JSON, FormatName.CSL_YAML)
_LATEX: Final = (FormatName.BIBTEX, FormatName.BIBLATEX)
# What does not come back from BibTeX as it was, by the end of the file's name.
KNOWN: Final = {
    # "and others" between two names: it is written where BibTeX's styles expect it.
    "resources_unix.bib": {("Colon:1992:VTV", "author")},
    # A grave accent on nothing is a quotation mark when it stands alone.
    "__etc_tugboat.bib": {("Laguna:TB26-2-125", "title")},
    # A soft hyphen, which is what a byte of GBK happens to be in Latin-1.
    "resources_gbk_test.bib": {("¿\xadÈö2013", "author")},
}


class File(NamedTuple):
    """One line of the manifest."""

    name: str
    entries: int


def _manifest() -> list[File]:
    index = _FOLDER / "index.jsonl"
    if not index.is_file():
        return []
    return [File(str(r["file"]), int(str(r["approx_entries"]))) for r in rows(index)]


FILES: Final = _manifest()
pytestmark = [
    pytest.mark.corpus,
    # Without the corpus there is no file, and pytest skips what has no parameters.
    pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES]),
]


@lru_cache(maxsize=2)
def load(name: str) -> Loaded:
    """What the reader makes of a file."""
    source = decode((_FOLDER / name).read_bytes(), name)
    return FORMATS[FormatName.BIBTEX].load(source)


def written_and_read(
    references: tuple[Reference, ...], name: FormatName
) -> tuple[Reference, ...]:
    """The references as a format gives them back."""
    known = FORMATS[name]
    assert known.dump is not None
    data = known.dump(references).encode()
    return known.load(decode(data, "x")).references


def test_no_entry_is_lost_without_a_word(file: File) -> None:
    """All that the manifest counts are read, or named in a diagnostic."""
    loaded = load(file.name)
    text = decode((_FOLDER / file.name).read_bytes(), file.name).text
    read = {one.id for one in loaded.references}
    missing = {
        key
        for kind, key in _HEAD.findall(text)
        if kind.lower() not in _NO_ENTRIES and key not in read
    }
    messages = "\n".join(found.message for found in loaded.diagnostics)
    if len(loaded.references) != file.entries:
        assert len(loaded.references) + len(missing) >= file.entries
    assert not {key for key in missing if f"`{key}`" not in messages}


def test_every_entry_has_its_place(file: File) -> None:
    """The text at an entry's place begins it, and every value is inside of it."""
    loaded = load(file.name)
    text = decode((_FOLDER / file.name).read_bytes(), file.name).text
    for one in loaded.references:
        assert one.location is not None
        assert one.location.span is not None
        start, end = one.location.span.start, one.location.span.end
        assert text[start] == "@"
        for place in one.places.values():
            assert place.span is not None
            assert start < place.span.start <= place.span.end <= end


def test_csl_gives_every_value_back(file: File) -> None:
    """Written as CSL-JSON and CSL-YAML and read again, every value is what it was."""
    references = load(file.name).references
    before = [one.to_csl() for one in references]
    for name in _EXACT:
        assert [one.to_csl() for one in written_and_read(references, name)] == before


def different(before: Reference, after: Reference) -> set[str]:
    """The variables that do not say the same."""
    values = [
        (variable, getattr(before, field_name(variable)), getattr(after, name))
        for variable in ORDER
        if variable != "id" and (name := field_name(variable))
    ]
    return {
        variable
        for variable, was, became in values
        if not same_value(variable, was, became)
        and not (variable in NAMES and _people(was) == _people(became))
    }


def _people(names: Iterable[Name]) -> list[tuple[str, str, str]]:
    """Names as BibTeX can tell them apart: who has no given name is one text."""
    found = []
    for one in names:
        parts = (one.dropping_particle, one.non_dropping_particle, one.family)
        last = " ".join(part for part in (*parts, one.literal) if part)
        found.append((last, one.given or "", one.suffix or ""))
    return found


@pytest.mark.parametrize("name", _LATEX)
def test_bibtex_gives_every_value_back(file: File, name: FormatName) -> None:
    """Written as BibTeX or BibLaTeX and read again, every value says the same."""
    before = load(file.name).references
    after = written_and_read(before, name)
    assert len(after) == len(before)
    found = {
        (one.id, variable)
        for one, other in zip(before, after, strict=True)
        for variable in different(one, other)
    }
    known = [ids for end, ids in KNOWN.items() if file.name.endswith(end)]
    assert found == (known[0] if known else set())
