"""A mirror among the registries: before whom it is asked, and what is believed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from asking import Asker
from commands.invoke import Invoke, invoke
from lupusrefs import api
from lupusrefs.config import Settings
from lupusrefs.errors import MirrorError
from lupusrefs.memory import Memory
from lupusrefs.mirror import layout
from lupusrefs.mirror.lookup import Mirror
from lupusrefs.model.outcome import (
    NoMetadata,
    NotRegistered,
    Resolved,
    Unavailable,
)
from lupusrefs.model.work import Provenance, Work
from lupusrefs.sources import seed_path
from lupusrefs.store import Store
from mirror.written import row, write_mirror
from registry.server import Registry

__all__ = ["invoke"]

# The day of the mirrors that are written here.
DAY = datetime(2026, 3, 31, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHELVED = "10.5555/shelved"
NO_NETWORK = {
    f"LUPUSREFS_{name}_URL": "http://127.0.0.1:1"
    for name in ("CROSSREF", "DATACITE", "DOI", "PUBMED", "PMC", "ARXIV")
}
# Of the loopback registry (tests/registry/own/crossref.json).
AT_CROSSREF = "10.5555/lupus.2021.101"
WITH_FULL_STOP = "10.5555/lupus.2014.12.36."


class Counted(Mirror):
    """A mirror that knows what it was asked."""

    asked: list[list[str]]

    def find(self, keys: Iterable[str]) -> dict[str, Work]:
        """As ever."""
        listed = list(keys)
        self.asked = [*getattr(self, "asked", []), listed]
        return super().find(listed)


def shelf(folder: Path, **titles: str) -> Path:
    """A mirror with a record for every name, ``10.5555/<name>``."""
    return shelf_of(folder, {f"10.5555/{name}": one for name, one in titles.items()})


def shelf_of(folder: Path, titles: dict[str, str]) -> Path:
    """A mirror with a record for every DOI."""
    records = {
        doi: json.dumps({"DOI": doi, "title": [title]}) for doi, title in titles.items()
    }
    write_mirror(folder, [row(doi) | {"record": records[doi]} for doi in titles])
    return folder


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store that lives in memory only."""
    with Store(None) as opened:
        yield opened


@pytest.fixture
def mirror(tmp_path: Path) -> Counted:
    """A mirror that has one work."""
    return Counted.open(str(shelf(tmp_path / "mirror", shelved="Of the mirror")))


def stored(fetched: datetime) -> Resolved:
    """Another word on the work that the mirror has."""
    said = Provenance(answered_by="crossref", fetched=fetched)
    return Resolved(Work(id=SHELVED, title="Of the store", provenance=said))


def title_of(memory: Memory, **options: bool) -> str | None:
    """Whose word counts."""
    verdict = memory.recall([f"doi:{SHELVED}"], **options).get(f"doi:{SHELVED}")
    return verdict.work.title if isinstance(verdict, Resolved) else None


# -- the store and the mirror ----------------------------------------------------


def test_a_mirror_is_asked_for_what_the_store_does_not_know(
    store: Store, mirror: Counted
) -> None:
    """Each DOI once; what it answers is not stored; other identifiers are not asked."""
    memory = Memory(store, NOW, mirrors=[mirror])
    subjects = [f"doi:{SHELVED}", "doi:10.5555/none", "pmid:1"]
    for _ in range(2):
        assert memory.recall(subjects).keys() == {f"doi:{SHELVED}"}
        assert memory.last_resort("doi:10.5555/none") is None
    assert mirror.asked == [[SHELVED, "10.5555/none"], [SHELVED]]
    assert list(store) == []


def test_a_fresh_answer_of_the_store_stands(store: Store, mirror: Counted) -> None:
    """The mirror is not even asked."""
    memory = Memory(store, NOW, mirrors=[mirror])
    memory.remember({f"doi:{SHELVED}": stored(NOW - timedelta(days=1))})
    assert title_of(memory) == "Of the store"
    none = NoMetadata(SHELVED, "mEDRA", "doi.org", NOW)
    memory.remember({f"doi:{SHELVED}": none})
    assert memory.recall([f"doi:{SHELVED}"]) == {f"doi:{SHELVED}": none}
    assert not hasattr(mirror, "asked")


@pytest.mark.parametrize("stale", [False, True])
@pytest.mark.parametrize(("days", "whose"), [(-1, "mirror"), (1, "store")])
def test_of_a_stale_answer_and_a_mirror_the_younger_stands(
    store: Store, mirror: Counted, days: int, whose: str, *, stale: bool
) -> None:
    """For whoever believes the mirror believes what is younger than it."""
    memory = Memory(store, NOW, mirrors=[mirror])
    memory.remember({f"doi:{SHELVED}": stored(DAY + timedelta(days=days))})
    assert title_of(memory, stale=stale) == f"Of the {whose}"


@pytest.mark.parametrize("age", [timedelta(), timedelta(days=30)])
def test_a_record_proves_that_a_doi_is_registered(
    store: Store, mirror: Counted, age: timedelta
) -> None:
    """Whatever the store says, today or before: registries only ever gain DOIs."""
    memory = Memory(store, NOW, mirrors=[mirror])
    denied = NotRegistered(SHELVED, "doi.org", NOW - age)
    memory.remember({f"doi:{SHELVED}": denied})
    assert title_of(memory) == "Of the mirror"


def test_to_ask_again_is_to_ask_the_mirror_too(store: Store, mirror: Counted) -> None:
    """But not to go back to what is older than what is known."""
    memory = Memory(store, NOW, refresh=True, mirrors=[mirror])
    assert title_of(memory) == "Of the mirror"
    memory.remember({f"doi:{SHELVED}": stored(DAY - timedelta(days=1))})
    assert title_of(memory) == "Of the mirror"
    memory.remember({f"doi:{SHELVED}": stored(DAY + timedelta(days=1))})
    assert title_of(memory) is None
    assert title_of(memory, stale=True) == "Of the store"
    last = memory.last_resort(f"doi:{SHELVED}")
    assert isinstance(last, Resolved)
    assert last.work.title == "Of the store"


def test_mirrors_are_asked_in_their_order(store: Store, tmp_path: Path) -> None:
    """The first that has a DOI answers; the next is asked for the rest only."""
    first = Counted.open(str(shelf(tmp_path / "1", a="first", b="first")))
    second = Counted.open(str(shelf(tmp_path / "2", b="second", c="second")))
    memory = Memory(store, NOW, mirrors=[first, second])
    found = memory.recall([f"doi:10.5555/{name}" for name in "abcd"])
    titles = {
        subject: verdict.work.title
        for subject, verdict in found.items()
        if isinstance(verdict, Resolved)
    }
    assert titles == {
        "doi:10.5555/a": "first",
        "doi:10.5555/b": "first",
        "doi:10.5555/c": "second",
    }
    assert second.asked == [["10.5555/c", "10.5555/d"]]
    assert memory.mirrors == (first.location, second.location)


# -- the registries behind it ----------------------------------------------------


@pytest.fixture
def ask(registry: Registry, tmp_path: Path) -> Asker:
    """Resolves at the loopback registry, with a mirror that has two works."""
    place = tmp_path / "mirror"
    # Another DOI than the one with a full stop at its end, which Crossref has.
    shelf_of(place, {SHELVED: "Of the mirror", WITH_FULL_STOP[:-1]: "Another work"})
    folder = tmp_path / "store"
    folder.mkdir()
    return Asker(registry, folder, flags={"mirror": [str(place)]})


def test_only_what_the_mirror_lacks_is_asked_for(ask: Asker) -> None:
    """One request, for one DOI."""
    first, second = ask.outcomes(SHELVED.upper(), AT_CROSSREF)
    assert isinstance(first, Resolved)
    assert first.work.provenance == Provenance(answered_by="mirror", fetched=DAY)
    assert isinstance(second, Resolved)
    assert second.work.provenance.answered_by == "crossref"
    assert ask.asked == {"crossref": 1}
    assert ask.listed("crossref") == [[AT_CROSSREF]]
    # Of the two the registry's answer is stored, and asked for no more.
    ask.outcomes(SHELVED, AT_CROSSREF)
    assert ask.asked == {}
    with Store(ask.folder / "store.sqlite") as kept:
        assert {one.subject for one in kept if one.subject.startswith("doi:")} == {
            f"doi:{AT_CROSSREF}"
        }


def test_a_better_reading_is_asked_for_before_a_worse_one_counts(ask: Asker) -> None:
    """That the mirror lacks it does not say that it is not registered."""
    outcome = ask.outcome(WITH_FULL_STOP)
    assert isinstance(outcome, Resolved)
    assert outcome.work.doi == WITH_FULL_STOP
    assert ask.asked == {"crossref": 1}


def test_offline_a_worse_reading_stands_in(ask: Asker) -> None:
    """Nobody can be asked about the better one, and this one is known."""
    outcome = ask.outcome(WITH_FULL_STOP, offline=True)
    assert isinstance(outcome, Resolved)
    assert outcome.work.title == "Another work"
    assert ask.asked == {}


def test_offline_what_a_mirror_lacks_is_unavailable(ask: Asker) -> None:
    """It is never "not registered"; the message has both places."""
    outcome = ask.outcome(AT_CROSSREF, offline=True)
    assert isinstance(outcome, Unavailable)
    assert str(outcome.error) == (
        f"neither in the store nor in the mirror {ask.settings.mirrors[0]}, "
        "and --offline forbids to ask"
    )
    assert "lupusrefs mirror update" in (outcome.error.hint or "")


def test_a_damaged_bucket_is_asked_for_at_the_registries(ask: Asker) -> None:
    """The run warns of it and goes on."""
    (place,) = ask.settings.mirrors
    number = layout.bucket_of(SHELVED, 4)
    (Path(place) / layout.bucket_name(number)).write_bytes(b"PAR1")
    run = ask.run(SHELVED)
    # It is made up, so that the authority does not know it.
    assert isinstance(run.resolutions[0].outcome, NotRegistered)
    (warning,) = run.warnings
    assert layout.bucket_name(number) in warning


def test_what_is_no_mirror_is_told_before_references_are_read(tmp_path: Path) -> None:
    """Nothing has been done by then."""
    settings = Settings.load({"mirror": [str(tmp_path)]}, {}, tmp_path)
    never: Iterator[str] = iter(())
    for call in (api.resolve, api.check, api.match):
        with pytest.raises(MirrorError, match="is no mirror"):
            call(never, settings=settings)


# -- commands --------------------------------------------------------------------


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A mirror that has a little of one of the seed references."""
    record = {
        "DOI": "10.1056/NEJMc2107725",
        "type": "journal-article",
        "title": ["CD19-Targeted CAR T Cells in Refractory Systemic Lupus"],
        "author": [{"family": "Mougiakakos", "given": "Dimitrios"}],
        "container-title": ["New England Journal of Medicine"],
        "issued": {"date-parts": [[2021, 8, 5]]},
        "volume": "385",
        "issue": "6",
        "page": "567-569",
    }
    one = row("10.1056/nejmc2107725") | {"record": json.dumps(record)}
    write_mirror(tmp_path / "seeds", [one])
    return tmp_path / "seeds"


def test_a_check_says_what_is_from_the_mirror_and_of_which_day(
    invoke: Invoke, seeds: Path
) -> None:
    """The rest is from the snapshot, as ever."""
    arguments = ("check", str(seed_path()), "--mirror", str(seeds), "--offline")
    shown = invoke(*arguments, "--format", "json", environment=NO_NETWORK)
    report = {one["key"]: one for one in json.loads(shown.out)["references"]}
    first = report.pop("mougiakakos2021")
    assert (first["answered_by"], first["fetched"]) == (
        "mirror",
        "2026-03-31T00:00:00Z",
    )
    assert first["agency"] == "Crossref"
    assert {one["answered_by"] for one in report.values()} == {"snapshot"}
    assert "title-mismatch" not in {found["rule"] for found in first["findings"]}
    text = invoke(*arguments, "--verbose", environment=NO_NETWORK).out
    assert "as of 2026-03-31 to 2026-11-22 (mirror 1, snapshot " in text


def test_a_table_says_of_which_day_a_mirror_is(invoke: Invoke, seeds: Path) -> None:
    """As of the snapshot."""
    shown = invoke(
        "resolve",
        "10.1056/NEJMc2107725",
        "--offline",
        environment=NO_NETWORK | {"LUPUSREFS_MIRROR": str(seeds)},
    )
    assert shown.code == 0
    assert "mirror of 2026-03-31" in shown.out


@pytest.mark.parametrize(
    "command",
    [
        ("explain", "mougiakakos2021", "--in", str(seed_path())),
        ("export", "10.1056/NEJMc2107725", "--to", "bibtex", "--offline"),
        ("render", "10.1056/NEJMc2107725", "--offline"),
        ("fix", str(seed_path()), "--offline"),
        ("match", str(seed_path()), "--offline"),
        ("add", "10.1056/NEJMc2107725", "--to", "new.bib", "--offline"),
    ],
    ids=lambda command: command[0],
)
def test_every_command_that_asks_takes_a_mirror(
    invoke: Invoke, seeds: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """The store is empty: those of one DOI have its work from there."""
    shown = invoke(*command, "--mirror", str(seeds), environment=NO_NETWORK)
    assert shown.code in {0, 1}
    written = shown.out + "".join(
        path.read_text() for path in (tmp_path / "work").iterdir()
    )
    if command[0] not in {"fix", "match"}:
        assert "Mougiakakos" in written
    if command[0] == "explain":
        assert "(mirror, 2026-03-31)" in written
    refused = invoke(*command, "--mirror", "none", environment=NO_NETWORK)
    assert refused.code == 3
    assert "none is no mirror: it has no mirror.json" in refused.err
    assert "lupusrefs mirror build" in refused.err
    assert refused.out == ""


def test_a_mirror_of_the_configuration_is_found_from_its_folder(
    invoke: Invoke, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever below it the command is run; and --mirror goes before it."""
    (tmp_path / "work" / "lupusrefs.toml").write_text(
        'registries = ["mirror:../seeds", "crossref"]\n'
    )
    below = tmp_path / "work" / "paper"
    below.mkdir()
    monkeypatch.chdir(below)
    arguments = ("resolve", "10.1056/NEJMc2107725", "--offline", "--format", "json")
    (found,) = json.loads(invoke(*arguments).out)["references"]
    assert found["answered_by"] == "mirror"
    other = shelf_of(tmp_path / "other", {"10.1056/nejmc2107725": "Another title"})
    (found,) = json.loads(invoke(*arguments, "--mirror", str(other)).out)["references"]
    assert found["work"]["title"] == "Another title"
    assert seeds.is_dir()


def test_what_asks_nobody_needs_no_mirror(invoke: Invoke, tmp_path: Path) -> None:
    """A mirror that has been moved does not keep one from citing or scanning."""
    (tmp_path / "work" / "lupusrefs.toml").write_text('registries = ["mirror:gone"]\n')
    assert invoke("cite", "humrich2016", "--in", str(seed_path())).code == 0
    assert invoke("explain", "retracted").code == 0
    assert invoke("resolve", str(seed_path())).code == 3
