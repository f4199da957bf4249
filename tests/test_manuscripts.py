"""The works that a document cites, and the keys by which it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from lupusrefs.api import check
from lupusrefs.sources import Sources, read_sources

LIBRARY = """\
@article{ficta2022, author={Ficta, Clara}, title={Echoes of a Silent Bell}, year=2022}
@article{umbra2019, author={Umbra, Vera}, title={On Absent Things}, year=2019}
"""
MANUSCRIPT = """\
---
title: On bells
bibliography: refs.bib
---

Nobody heard the bell [@ficta2022].
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and a store of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LUPUSREFS_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def write(name: str, text: str) -> str:
    """Write a file here."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


def keys(sources: Sources) -> list[str]:
    """The keys of what was read."""
    return [one.id for one in sources.references]


def test_a_manuscript_gives_what_it_cites_of_its_library() -> None:
    """The place of each is in the library, which can be mended."""
    write("refs.bib", LIBRARY)
    read = read_sources([write("m.md", MANUSCRIPT)])
    assert keys(read) == ["ficta2022"]
    assert str(read.references[0].location) == "refs.bib:1:1"
    assert list(read.files) == ["refs.bib"]
    assert not read.errors
    assert not read.diagnostics


def test_the_library_lies_beside_the_manuscript() -> None:
    """Wherever the command is run from."""
    write("paper/refs.bib", LIBRARY)
    read = read_sources([write("paper/m.md", MANUSCRIPT)])
    assert keys(read) == ["ficta2022"]
    assert list(read.files) == ["paper/refs.bib"]


def test_without_a_cited_key_all_entries_are_meant() -> None:
    """As with a list that is printed in full."""
    write("refs.bib", LIBRARY)
    read = read_sources([write("m.md", "---\nbibliography: refs.bib\n---\nBells.\n")])
    assert keys(read) == ["ficta2022", "umbra2019"]


def test_a_library_that_is_named_too_is_read_once_and_in_full() -> None:
    """Whichever comes first."""
    write("refs.bib", LIBRARY)
    write("m.md", MANUSCRIPT)
    for order in (["m.md", "refs.bib"], ["refs.bib", "m.md"]):
        read = read_sources(order)
        assert keys(read) == ["ficta2022", "umbra2019"]
        assert not read.diagnostics


def test_a_library_that_is_not_there_is_an_error_where_it_is_named() -> None:
    """And proves nothing about the keys."""
    read = read_sources([write("m.md", MANUSCRIPT)])
    (found,) = read.diagnostics
    assert found.is_error
    assert (found.location.file, found.location.line) == ("m.md", 3)
    assert "refs.bib" in found.message
    assert not list(read.manuscripts.findings)


def test_what_bibtex_made_of_the_library_is_no_second_source() -> None:
    """The .bbl is read where the library is not at hand, and only there."""
    write("m.tex", "\\begin{document}\\cite{ficta2022}\\bibliography{refs}\n")
    write(
        "m.bbl",
        "\\begin{thebibliography}{1}\n\\bibitem{ficta2022} Clara Ficta. Echoes of a "
        "silent bell. 2022.\n\\end{thebibliography}\n",
    )
    alone = read_sources(["m.tex"])
    assert [str(one.location) for one in alone.references] == ["m.bbl:2:1"]
    write("refs.bib", LIBRARY)
    beside = read_sources(["m.tex"])
    assert [str(one.location) for one in beside.references] == ["refs.bib:1:1"]


def test_a_reference_file_by_another_name_stays_one() -> None:
    """A text that is RIS, BibTeX or YAML is no prose."""
    write("refs.txt", LIBRARY)
    write("more.txt", "TY  - JOUR\nTI  - On Absent Things\nER  - \n")
    write("last.txt", "references:\n- id: bell\n  title: Echoes\n")
    read = read_sources(["refs.txt", "more.txt", "last.txt"])
    assert len(read.references) == 4
    assert len(read.files) == 3
    assert not read.manuscripts.files


def test_prose_that_begins_with_a_bracket_is_no_json() -> None:
    """``[1] Ficta`` is a list of references."""
    text = "[1] Ficta C. Echoes of a silent bell. J Invent Med. 2022;17(2):118-26.\n"
    read = read_sources([write("refs.txt", text)])
    assert [one.text for one in read.references] == [text[4:].strip()]


def test_a_broken_document_costs_the_others_nothing() -> None:
    """It is an error with its name."""
    write("refs.bib", LIBRARY)
    Path("broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    read = read_sources(["broken.pdf", "refs.bib"])
    assert len(read.references) == 2
    assert "broken.pdf" in str(getattr(read.errors[0], "location", ""))


def test_check_says_what_is_cited_without_an_entry() -> None:
    """At its place in the text, with the entries that nobody cites."""
    write("refs.bib", LIBRARY)
    text = MANUSCRIPT.replace("@ficta2022", "@ficta2022; @ficta2002")
    run = check([write("m.md", text)], offline=True)
    assert [one.reference.id for one in run.checked] == ["ficta2022"]
    found = {one.rule.id: str(one.location) for one in run.general}
    assert found == {
        "citation-without-entry": "m.md:6:37",
        "entry-never-cited": "refs.bib:2:1",
    }


def test_an_ignore_covers_a_citation() -> None:
    """By its key, as that of a reference."""
    write("lupusrefs.toml", '[[ignore]]\nkey = "ficta2002"\nrule = "*"\nreason = "x"\n')
    write("refs.bib", LIBRARY)
    text = MANUSCRIPT.replace("@ficta2022", "@ficta2022; @ficta2002")
    run = check([write("m.md", text)], offline=True)
    assert [one.rule.id for one in run.general] == ["entry-never-cited"]
