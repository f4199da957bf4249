"""From what the user names to references: identifiers, files, what cannot be read."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from lupusrefs.errors import InputError
from lupusrefs.formats.names import FormatName
from lupusrefs.input_files import load_file, read_text
from lupusrefs.sources import read_identifiers, read_sources, seed_path, stream_sources
from unprivileged import shared_folder, without_privileges

YAML = "references:\n- id: a\n  DOI: 10.1000/1\n- id: b\n"
# In the order of the seed documents.
SEED_KEYS = [
    *("mougiakakos2021", "mackensen2022", "humrich2016"),
    *("humrich2007", "humrich2015", "vonspeemayer2015"),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(error: InputError) -> str:
    """Place, message and hint of an error, as one line."""
    return f"{error.location}: {error} ({error.hint})"


# -- identifiers -----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "10.1056/NEJMc2107725",
        "doi:10.1056/NEJMc2107725",
        "DOI: 10.1056/NEJMc2107725",
        "https://doi.org/10.1056/NEJMc2107725",
        "http://dx.doi.org/10.1056/NEJMc2107725",
        "  10.1056/NEJMc2107725 ",
    ],
)
def test_a_doi_in_every_spelling(here: Path, text: str) -> None:
    """The id is the DOI; the field keeps what was written."""
    (reference,) = read_sources([text]).references
    assert reference.id == "10.1056/NEJMc2107725"
    assert reference.doi == text
    assert reference.location is not None
    assert reference.location.file == "<arguments>"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("34347960", "pmid", "34347960"),
        ("PMID: 34347960", "pmid", "34347960"),
        ("https://pubmed.ncbi.nlm.nih.gov/34347960/", "pmid", "34347960"),
        ("PMC2806746", "pmcid", "PMC2806746"),
        ("pmcid:PMC2806746", "pmcid", "PMC2806746"),
        ("arXiv:2301.01234v2", "doi", "10.48550/arXiv.2301.01234"),
        (
            "https://arxiv.org/abs/hep-th/9901001",
            "doi",
            "10.48550/arXiv.hep-th/9901001",
        ),
        ("ISBN 978-0-306-40615-7", "isbn", "9780306406157"),
    ],
)
def test_other_identifiers(here: Path, text: str, field: str, value: str) -> None:
    """The id is what was written, the field what was meant."""
    sources = read_sources([text])
    assert sources.errors == []
    (reference,) = sources.references
    assert reference.id == text
    assert getattr(reference, field) == value


@pytest.mark.parametrize("text", ["10.1000", "doi:nonsense", "https://example.org/x"])
def test_what_is_meant_as_an_identifier_and_is_none_is_kept(
    here: Path, text: str
) -> None:
    """It is reported as malformed later, with the others, and not as a missing file."""
    sources = read_sources([text])
    assert sources.errors == []
    assert [(one.id, one.doi) for one in sources.references] == [(text, text)]


def test_identifiers_stand_in_the_order_of_the_arguments(here: Path) -> None:
    """Files and identifiers may be mixed."""
    Path("refs.yaml").write_text(YAML, encoding="utf-8")
    sources = read_sources(["10.1/x", "refs.yaml", "PMID:1"])
    assert [one.id for one in sources.references] == ["10.1/x", "a", "b", "PMID:1"]
    places = [str(one.location) for one in sources.references]
    assert places == [
        *("<arguments>:1:1", "refs.yaml:2:3"),
        *("refs.yaml:4:3", "<arguments>:1:3"),
    ]


def test_a_file_that_exists_goes_before_an_identifier(here: Path) -> None:
    """Whoever calls a file `12345678` means it."""
    Path("12345678").write_text(YAML, encoding="utf-8")
    assert [one.id for one in read_sources(["12345678"]).references] == ["a", "b"]


def test_identifiers_alone_are_never_taken_for_files(here: Path) -> None:
    """`lupusrefs add 12345678` does not read a file."""
    Path("12345678").write_text(YAML, encoding="utf-8")
    first, second = read_identifiers(["12345678", "no identifier"])
    assert first.pmid == "12345678"
    assert second.doi == "no identifier"


# -- files -----------------------------------------------------------------------


def test_standard_input(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is read as bytes, recognised and placed like a file."""
    data = '[{"id": "ä"}]'.encode()
    stdin = io.TextIOWrapper(io.BytesIO(data), encoding="ascii")
    monkeypatch.setattr(sys, "stdin", stdin)
    (reference,) = read_sources(["-"]).references
    assert reference.id == "ä"
    assert str(reference.location) == "-:1:2"


def test_a_missing_file(here: Path) -> None:
    """The hint names what else it could have been."""
    (error,) = read_sources(["refs.yaml"]).errors
    assert told(error) == (
        "refs.yaml: no such file, and no identifier either (check the path; "
        "identifiers are DOIs (10.…), arXiv ids, PMIDs and PMCIDs)"
    )


def test_a_dangling_link_is_a_missing_file(here: Path) -> None:
    """It is there as a name, and so meant as a file."""
    Path("10.1000").symlink_to("nowhere")
    (error,) = read_sources(["10.1000"]).errors
    assert "no such file" in str(error)


def test_a_folder(here: Path) -> None:
    """Even one that is called like an identifier."""
    Path("10.1000").mkdir()
    (error,) = read_sources(["10.1000"]).errors
    assert told(error) == (
        "10.1000: this is a folder (name the reference file inside it)"
    )


@pytest.mark.usefixtures("here")
def test_an_empty_name() -> None:
    """Mostly a variable of the shell that is not set."""
    (error,) = read_sources([""]).errors
    assert told(error) == "'': an empty name (name a reference file)"


def test_an_unreadable_file() -> None:
    """The owner is asked, not the network."""
    with shared_folder() as folder:
        path = folder / "refs.yaml"
        path.write_text(YAML, encoding="utf-8")
        path.chmod(0o000)
        with without_privileges():
            (error,) = read_sources([str(path)]).errors
    assert str(error) == "no permission to read it"
    assert error.hint == "check who owns the file"


def test_another_trouble_is_told_in_the_system_s_words(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails has no hint of ours."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    Path("refs.yaml").write_text(YAML, encoding="utf-8")
    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(InputError, match="Input/output error") as caught:
        read_text("refs.yaml", 100)
    assert str(caught.value.location) == "refs.yaml"


def test_the_largest_file_is_read_and_the_next_larger_is_not(here: Path) -> None:
    """Of the other nothing is taken: half a file would be a lie."""
    Path("refs.yaml").write_text(YAML, encoding="utf-8")
    size = len(YAML)
    assert read_text("refs.yaml", size).text == YAML
    sources = read_sources(["refs.yaml", "10.1/x"], max_bytes=size - 1)
    assert [one.id for one in sources.references] == ["10.1/x"]
    (error,) = sources.errors
    assert "larger than" in str(error)
    assert "`max_file_mb`" in str(error.hint)


def test_standard_input_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program may write for ever."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 100)))
    with pytest.raises(InputError, match="larger than"):
        read_text("-", 99)


def test_bytes_of_an_old_encoding_are_told_and_read(here: Path) -> None:
    """Two Latin-1 letters: two places, both references."""
    Path("refs.yaml").write_bytes(b"- id: a\n  title: M\xfcller\n- id: b\xe9\n")
    sources = read_sources(["refs.yaml"])
    assert [one.id for one in sources.references] == ["a", "b\xe9"]
    assert sources.references[0].title == "Müller"
    assert not any(one.is_error for one in sources.diagnostics)
    places = [str(one.location) for one in sources.diagnostics]
    assert places == ["refs.yaml:2:11", "refs.yaml:3:8"]
    assert "0xfc" in sources.diagnostics[0].message
    assert "iconv" in str(sources.diagnostics[0].hint)


def test_invalid_utf16_is_told(here: Path) -> None:
    """Half a surrogate pair; replaced without a word, it would be lost on writing."""
    Path("refs.yaml").write_bytes(
        b"\xff\xfe" + "- id: a".encode("utf-16-le") + b"\0\xd8"
    )
    (found,) = read_sources(["refs.yaml"]).diagnostics
    assert found.message == "not valid UTF-16"


def test_a_bad_file_costs_the_others_nothing(here: Path) -> None:
    """Every trouble is told, everything else is read."""
    Path("a.yaml").write_text("- id: a\n- id: [}\n- id: c\n", encoding="utf-8")
    Path("b.json").write_text('[{"id": "b"}]', encoding="utf-8")
    sources = read_sources(["missing.yaml", "a.yaml", "b.json", "10.1/x"])
    assert [one.id for one in sources.references] == ["a", "c", "b", "10.1/x"]
    assert [str(one.location) for one in sources.errors] == ["missing.yaml"]
    assert [one.location.line for one in sources.diagnostics] == [2]


def test_a_file_that_is_named_twice_is_read_once(here: Path) -> None:
    """In whatever spelling: else each of its entries would repeat itself."""
    Path("refs.yaml").write_text(YAML, encoding="utf-8")
    sources = read_sources(["refs.yaml", "./refs.yaml"])
    assert [one.id for one in sources.references] == ["a", "b"]
    (found,) = sources.diagnostics
    assert str(found.location) == "./refs.yaml"
    assert found.message == "named twice, and read once"
    assert not found.is_error


def test_several_formats_at_once(here: Path) -> None:
    """Each file is read as what it is."""
    Path("refs.bib").write_text("@article{a, title = {T}}\n", encoding="utf-8")
    Path("more").write_text("TY  - JOUR\nID  - b\nER  - \n", encoding="utf-8")
    sources = read_sources(["refs.bib", "more"])
    assert [one.id for one in sources.references] == ["a", "b"]
    assert not sources.errors


def test_the_format_may_be_named(here: Path) -> None:
    """It goes before what the content looks like: flow-style YAML begins like JSON."""
    Path("refs.txt").write_text("[{id: a}]\n", encoding="utf-8")
    assert load_file("refs.txt").has_errors
    loaded = load_file("refs.txt", read_as=FormatName.CSL_YAML)
    assert [one.id for one in loaded.references] == ["a"]


# -- one by one ------------------------------------------------------------------


def test_a_stream_opens_a_file_when_its_turn_comes(here: Path) -> None:
    """What is known of a file is known when its references are."""
    Path("a.bib").write_text("@book{a}\n@bok{b}\n", encoding="utf-8")
    Path("b.json").write_text('[{"id": "c"}]', encoding="utf-8")
    stream = stream_sources(["10.1/x", "a.bib", "missing.yaml", "b.json"])
    assert (stream.files, stream.note) == ({}, None)
    references = iter(stream)
    assert next(references).id == "10.1/x"
    assert stream.files == {}
    assert next(references).id == "a"
    assert (list(stream.files), stream.diagnostics) == (["a.bib"], [])
    # To iterate again goes on.
    assert [one.id for one in stream] == ["b", "c"]
    assert list(stream.files) == ["a.bib", "b.json"]
    assert [str(one.location) for one in stream.errors] == ["missing.yaml"]
    assert len(stream.diagnostics) == 1
    assert list(stream) == []


def test_a_stream_gives_what_reading_at_once_gives(here: Path) -> None:
    """Of files in two formats, one of them named by its format alone."""
    Path("a.bib").write_text("@bok{a}\n@book{a}\n", encoding="utf-8")
    Path("b.yaml").write_text(YAML, encoding="utf-8")
    arguments = ["a.bib", "10.1/x", "b.yaml", "missing.bib"]
    stream = stream_sources(arguments)
    at_once = read_sources(arguments)
    assert list(stream) == at_once.references
    assert stream.files == at_once.files
    assert stream.diagnostics == at_once.diagnostics
    assert list(map(told, stream.errors)) == list(map(told, at_once.errors))


def test_a_stream_of_nothing_named_says_what_it_reads(here: Path) -> None:
    """Before anything is read."""
    Path("refs.yaml").write_text(YAML, encoding="utf-8")
    stream = stream_sources([])
    assert stream.note == "reading refs.yaml"
    assert len(list(stream)) == 2
    assert stream_sources([], configured=["refs.yaml"]).note is None


# -- nothing named ---------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["refs.yaml", "references.yaml", "references.yml", "references.json"]
)
def test_a_file_of_a_usual_name_is_the_default(here: Path, name: str) -> None:
    """And the note says which one."""
    Path(name).write_text('[{"id": "a"}]', encoding="utf-8")
    sources = read_sources([])
    assert [one.id for one in sources.references] == ["a"]
    assert sources.note == f"reading {name}"


def test_else_all_bibtex_files_are_the_default(here: Path) -> None:
    """In the order of their names (DESIGN.md, section 4)."""
    for name in ("b.bib", "a.bib"):
        Path(name).write_text(f"@misc{{{name[0]}, title = {{T}}}}", encoding="utf-8")
    sources = read_sources([])
    assert [one.id for one in sources.references] == ["a", "b"]
    assert sources.note == "reading a.bib, b.bib"


def test_of_several_usual_names_the_first_is_read(here: Path) -> None:
    """One file, so that nothing is read twice."""
    for name in ("references.json", "refs.yaml"):
        Path(name).write_text(f'[{{"id": "{name}"}}]', encoding="utf-8")
    sources = read_sources([])
    assert [one.id for one in sources.references] == ["refs.yaml"]
    assert sources.note == "reading refs.yaml"


def test_configured_files_go_before_usual_names(here: Path) -> None:
    """Without a note: the user chose them."""
    for name in ("refs.yaml", "a.yaml", "b.yaml"):
        Path(name).write_text(f"- id: {name}\n", encoding="utf-8")
    sources = read_sources([], configured=["b.yaml", "a.yaml"])
    assert [one.id for one in sources.references] == ["b.yaml", "a.yaml"]
    assert sources.note is None
    named = read_sources(["refs.yaml"], configured=["b.yaml", "a.yaml"])
    assert [one.id for one in named.references] == ["refs.yaml"]


def test_a_folder_of_a_usual_name_is_passed_by(here: Path) -> None:
    """Only a file can be meant."""
    Path("refs.yaml").mkdir()
    Path("references.yml").write_text("- id: a\n", encoding="utf-8")
    assert read_sources([]).note == "reading references.yml"


def test_the_seeds_are_shown_where_there_is_nothing(here: Path) -> None:
    """The six references that the project started from, and a note that says so."""
    sources = read_sources([])
    assert [one.id for one in sources.references] == SEED_KEYS
    assert "bundled seed references" in str(sources.note)
    assert sources.errors == []
    assert sources.diagnostics == []
    assert seed_path().name == "seed_refs.yaml"
