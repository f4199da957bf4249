"""The synchronous door to the library."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from asking import Asker
from lupusrefs import api
from lupusrefs.config import Settings
from lupusrefs.errors import ConfigError, InputError
from lupusrefs.formats import csl_json
from lupusrefs.formats.text import decode
from lupusrefs.input_files import load_file
from lupusrefs.model.outcome import NotRegistered, Resolved, Unavailable
from lupusrefs.model.reference import Library, Reference
from lupusrefs.sources import seed_path
from registry.faults import FAULTS
from registry.records import Records, is_findable
from registry.server import Registry

# The loopback registry's own records (tests/registry/own/SOURCES.md).
ARTICLE, NOTICE = "10.5555/lupus.2021.101", "10.5555/lupus.2022.115"
DATA = "10.5072/data.4001"
YAML = f"""references:
- id: article
  type: article-journal
  DOI: {ARTICLE}
- id: data
  DOI: https://doi.org/{DATA}
"""


@pytest.fixture
def ask(registry: Registry, tmp_path: Path) -> Asker:
    """The polite pool, and an empty store."""
    return Asker(registry, tmp_path)


def dois(run: api.Run) -> list[str | None]:
    """The DOIs of what was resolved, in order."""
    outcomes = [one.outcome for one in run.resolutions]
    return [one.work.doi for one in outcomes if isinstance(one, Resolved)]


# --- resolve ------------------------------------------------------------------------


def test_a_file_is_read_and_resolved(ask: Asker, tmp_path: Path) -> None:
    """One resolution for each of its references, in its order."""
    path = tmp_path / "refs.yaml"
    path.write_text(YAML, encoding="utf-8")
    run = ask.run(str(path), NOTICE)
    assert [one.reference.id for one in run.resolutions] == ["article", "data", NOTICE]
    assert dois(run) == [ARTICLE, DATA, NOTICE]


def test_a_library_is_resolved(ask: Asker, tmp_path: Path) -> None:
    """What ``load`` gives."""
    path = tmp_path / "refs.yaml"
    path.write_text(YAML, encoding="utf-8")
    library = api.load(path)
    assert isinstance(library, Library)
    assert dois(api.resolve(library, settings=ask.settings)) == [ARTICLE, DATA]


def test_references_and_texts_may_be_mixed(ask: Asker) -> None:
    """Identifiers in any spelling."""
    reference = Reference(id="mine", doi=NOTICE.upper())
    run = ask.run("PMID:34999901", reference, f"https://doi.org/{DATA}")
    assert dois(run) == [ARTICLE, NOTICE, DATA]
    assert run.resolutions[1].reference is reference


def test_the_requests_are_counted_by_service(ask: Asker) -> None:
    """As many as reached the registries."""
    run = ask.run(ARTICLE, DATA, "10.5555/nobody")
    assert dict(run.requests) == {"crossref": 1, "datacite": 1, "doi.org": 1}
    assert run.requests.total() == ask.registry.requests()
    assert ask.run(ARTICLE, DATA, "10.5555/nobody").requests == {}


def test_nothing_to_resolve(ask: Asker) -> None:
    """No references, no requests."""
    run = ask.run()
    assert (run.resolutions, run.requests, run.warnings) == ([], {}, [])


def test_from_a_running_event_loop(ask: Asker) -> None:
    """``resolve_async``; several at once share the store."""
    settings = ask.settings

    async def twice() -> list[api.Run]:
        calls = [api.resolve_async([doi], settings=settings) for doi in (ARTICLE, DATA)]
        return await asyncio.gather(*calls)

    first, second = asyncio.run(twice())
    assert dois(first) == [ARTICLE]
    assert dois(second) == [DATA]
    assert ask.run(ARTICLE, DATA).requests == {}


def test_settings_come_from_the_environment(
    ask: Asker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where none are given."""
    for name, value in ask.registry.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LUPUSREFS_CACHE_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.chdir(tmp_path)
    assert dois(api.resolve([ARTICLE])) == [ARTICLE]
    assert (tmp_path / "elsewhere" / "store.sqlite").is_file()


def test_an_impossible_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ConfigError, before anything is asked."""
    monkeypatch.setenv("LUPUSREFS_MAILTO", "nobody")
    with pytest.raises(ConfigError, match="mailto"):
        api.resolve([ARTICLE])


def test_a_damaged_store_is_a_warning(ask: Asker) -> None:
    """Nothing that goes wrong with the file ends a run."""
    (ask.folder / "store.sqlite").write_bytes(b"no database, but long enough" * 100)
    run = ask.run(ARTICLE)
    assert dois(run) == [ARTICLE]
    assert "set aside" in run.warnings[0]


def test_an_outage_is_an_outcome_and_no_exception(ask: Asker) -> None:
    """Of every registry at once; the reasons do not tell the mail address."""
    ask.registry.fault = FAULTS["forbidden"]
    (outcome,) = ask.outcomes(ARTICLE)
    assert isinstance(outcome, Unavailable)
    assert "reader@example.org" not in f"{outcome.error} {outcome.error.url}"


def test_the_same_input_gives_the_same_outcomes(ask: Asker, tmp_path: Path) -> None:
    """From another store, too, but for the time of the answers."""
    sources = [
        ARTICLE,
        DATA,
        "10.5555/medra.8105",
        "10.5555/nobody",
        "PMID:1",
        "10/abcd",
    ]
    kinds = [type(outcome) for outcome in ask.outcomes(*sources)]
    other = Asker(ask.registry, tmp_path / "other")
    assert [type(outcome) for outcome in other.outcomes(*sources)] == kinds


# --- input --------------------------------------------------------------------------


def test_a_file_that_is_not_there(ask: Asker, tmp_path: Path) -> None:
    """An InputError; nothing is asked."""
    missing = str(tmp_path / "missing.yaml")
    with pytest.raises(InputError, match="no such file") as caught:
        ask.run(ARTICLE, missing)
    assert caught.value.location is not None
    assert caught.value.location.file == missing
    assert ask.asked == {}


@pytest.mark.parametrize(
    "text",
    ["references: [", "references:\n- id: a\n  type: 7.5\n  issued: {x: [}\n"],
)
def test_a_file_that_cannot_be_read_in_full(
    ask: Asker, tmp_path: Path, text: str
) -> None:
    """No reference is lost without a word."""
    path = tmp_path / "refs.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        api.load(path)
    with pytest.raises(InputError):
        ask.run(str(path))


def test_one_bad_reference_of_a_file_is_an_error(ask: Asker, tmp_path: Path) -> None:
    """With its place; the rest of the file could be read."""
    path = tmp_path / "refs.yaml"
    path.write_text(f"{YAML}- id: article\n  DOI: {NOTICE}\n", encoding="utf-8")
    for read in (lambda: api.load(path), lambda: ask.run(str(path))):
        with pytest.raises(InputError) as caught:
            read()
        assert caught.value.location is not None
        assert caught.value.location.line == 7


def test_a_file_that_is_too_large(ask: Asker, tmp_path: Path) -> None:
    """The setting counts here, too."""
    path = tmp_path / "refs.yaml"
    path.write_text(YAML + "#" * 1_000_001, encoding="utf-8")
    ask.flags["max_file_mb"] = 1
    with pytest.raises(InputError, match="1 MB"):
        ask.run(str(path))


def test_load_as_another_format(tmp_path: Path) -> None:
    """Where the format is not to be recognised."""
    path = tmp_path / "refs.txt"
    path.write_text('[{"id": "a", "type": "book"}]', encoding="utf-8")
    assert [one.id for one in api.load(path, read_as="csl-json").values()] == ["a"]
    with pytest.raises(ValueError, match="nonsense"):
        api.load(path, read_as="nonsense")


# --- store and export ---------------------------------------------------------------


def test_the_store_is_in_the_configured_folder(tmp_path: Path) -> None:
    """Else in the platform's folder for caches."""
    settings = Settings(cache_dir=tmp_path)
    assert api.store_path(settings) == tmp_path / "store.sqlite"
    platform = api.store_path(Settings())
    assert platform.name == "store.sqlite"
    assert "lupusrefs" in platform.parts[-2]


def test_registered_works_are_exported(ask: Asker) -> None:
    """What a registry says, as a file of references says it."""
    run = ask.run(ARTICLE)
    (outcome,) = (one.outcome for one in run.resolutions)
    assert isinstance(outcome, Resolved)
    text = api.export([outcome.work], "csl-json")
    (item,) = json.loads(text)
    assert item["DOI"] == ARTICLE
    assert item["page"] == "204-209"
    (read,) = csl_json.load(decode(text.encode(), "refs.json")).references
    assert read.author == outcome.work.author
    assert read.issued == outcome.work.issued


@pytest.mark.parametrize("to", ["csl-yaml", "csl-json", "bibtex"])
def test_a_library_is_exported(tmp_path: Path, to: str) -> None:
    """In its order."""
    path = tmp_path / "refs.yaml"
    path.write_text(YAML, encoding="utf-8")
    text = api.export(api.load(path), to)
    assert 0 < text.index("article") < text.index(DATA)


def test_an_unknown_format() -> None:
    """Said by name."""
    with pytest.raises(ValueError, match="docx"):
        api.export([], "docx")


# --- the recorded records -----------------------------------------------------------


def fast(registry: Registry, folder: Path) -> Asker:
    """The pace of Crossref's Plus service, for thousands of records."""
    registry.limiter.enabled = False
    token = "plus"  # noqa: S105 - for its pace
    return Asker(registry, folder, flags={"crossref_token": token})


def whole(names: Iterator[str]) -> list[str]:
    """DOIs that are spelled in full, in a fixed order."""
    return sorted(name for name in names if not name.startswith("10.5555/"))


@pytest.mark.corpus
def test_recorded_crossref_dois_are_resolved(
    corpus_registry: Registry, corpus_records: Records, tmp_path: Path
) -> None:
    """All of them, by lists alone but for those with a comma."""
    ask = fast(corpus_registry, tmp_path)
    names = whole(corpus_records.crossref.dois())
    assert len(names) > 2000
    outcomes = ask.outcomes(*(Reference(id=name, doi=name) for name in names))
    wrong = [
        (name, outcome)
        for name, outcome in zip(names, outcomes, strict=True)
        if not (isinstance(outcome, Resolved) and outcome.work.doi == name)
    ]
    assert wrong == []
    commas = sum("," in name for name in names)
    assert ask.asked["crossref"] - commas < len(names) / 50
    again = ask.run(*(Reference(id=name, doi=name) for name in names))
    assert again.requests == {}


@pytest.mark.corpus
def test_recorded_datacite_dois_are_resolved(
    corpus_registry: Registry, corpus_records: Records, tmp_path: Path
) -> None:
    """All that are findable; the drafts of the test server are not registered."""
    ask = fast(corpus_registry, tmp_path)
    names = [
        name
        for name in whole(corpus_records.datacite.dois())
        if name not in corpus_records.crossref
    ]
    assert len(names) > 500
    outcomes = ask.outcomes(*(Reference(id=name, doi=name) for name in names))
    for name, outcome in zip(names, outcomes, strict=True):
        resource = corpus_records.datacite.record(name) or {}
        if is_findable(resource):
            assert isinstance(outcome, Resolved), name
            assert (outcome.work.doi or "").lower() == name
        else:
            assert not isinstance(outcome, Resolved | Unavailable), name
            # Of a few drafts the test server has a handle on record.
            if name not in corpus_records.handles:
                draft = corpus_records.agency(name) is None
                assert isinstance(outcome, NotRegistered) == draft, name


def test_texts_bring_the_ignores_of_their_files(tmp_path: Path) -> None:
    """Who names a file gets the verdict that the command line gives."""
    path = tmp_path / "refs.yaml"
    path.write_text(
        "references:\n# lupusrefs-ignore: doi-missing: it is older than DOIs\n"
        "- id: a\n  type: article-journal\n  title: A first thing\n  issued: 2003\n",
        encoding="utf-8",
    )
    settings = Settings(cache_dir=tmp_path)
    (checked,) = api.check([str(path)], settings=settings, offline=True).checked
    assert "doi-missing" not in [one.rule.id for one in checked.findings]
    assert [one.source for one in checked.ignored] == ["entry"]


def test_fix_refuses_a_rule_that_there_is_not(tmp_path: Path) -> None:
    """A slip must not look like a clean file."""
    with pytest.raises(ValueError, match="there is no rule `year-mismach`"):
        api.fix([tmp_path / "refs.yaml"], only=["year-mismach"])


@pytest.mark.parametrize("name", ["refs.bib", "refs.yaml", "refs.ris", "refs.json"])
def test_a_binary_file_is_not_called_empty(tmp_path: Path, name: str) -> None:
    """What it is says it all."""
    path = tmp_path / name
    path.write_bytes(b"\x7fELF\x02\x01\x01" + b"\0" * 9)
    (found,) = load_file(str(path)).diagnostics
    assert found.message == "this is a binary file, not a text file"


def test_a_file_that_is_named_twice_is_mended_once(tmp_path: Path) -> None:
    """Each repair is made once."""
    path = tmp_path / "refs.yaml"
    path.write_bytes(Path(seed_path()).read_bytes())
    settings = Settings(cache_dir=tmp_path)
    once = api.fix([path], settings=settings, offline=True)
    twice = api.fix([path, path], settings=settings, offline=True)
    assert once.repairs
    assert twice.diff(str(path)) == once.diff(str(path))
