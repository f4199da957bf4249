"""Searching a mirror: its words, its index, and matching by way of it."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from asking import Asker
from lupusrefs import api
from lupusrefs.cli import app
from lupusrefs.errors import MirrorError, Offline
from lupusrefs.matcher import Match, Status
from lupusrefs.mirror import layout, search_index
from lupusrefs.mirror.build import BuildOptions, BuildProgress
from lupusrefs.mirror.lookup import Mirror, Row, read_work
from lupusrefs.mirror.search import MirrorSearch
from lupusrefs.mirror.search_index import build_index, is_current, name_of
from lupusrefs.mirror.search_texts import texts_of_record, texts_of_work
from lupusrefs.mirror.search_words import search_words
from mirror import written
from mirror.samples import crossref, datacite, write_lines
from registry.server import Registry
from unprivileged import shared_folder, without_privileges

if TYPE_CHECKING:
    from registry.messages import Record

WOLVES = "10.5555/wolves.1"


def made(doi: str, title: str, **fields: object) -> Record:
    """A made-up record of Crossref."""
    record = crossref(1, doi=doi)
    record |= {"title": [title], "container-title": ["Invented Annals"]}
    record |= {"author": [{"family": "Müller-Krönke", "given": "Ada"}]}
    record |= {"volume": "31", "page": "204-209"}
    record |= {"issued": {"date-parts": [[2019]]}}
    return json.loads(json.dumps(record | fields))  # type: ignore[no-any-return]


def rows_of(*records: Record) -> written.Rows:
    """The rows of records of both registries."""
    rows = []
    for record in records:
        doi = str(record.get("DOI") or record.get("id")).lower()
        row = written.row(doi, "crossref" if "DOI" in record else "datacite")
        rows.append({**row, "record": json.dumps(record)})
    return rows


def searched(folder: Path, *records: Record) -> MirrorSearch:
    """A mirror of records, with its index."""
    written.write_mirror(folder, rows_of(*records))
    build_index(folder, jobs=1)
    return MirrorSearch.open(str(folder))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The <i>wolf&rsquo;s</i> den &amp; lair", "the wolfs den and lair"),
        ("12(3):204-209", "12 3 204 209"),
        ("Müller Mueller Muller", "muller mueller"),
        ("TGFβ in Łódź", "tgfbeta in lodz"),
        ("狼の研究", "狼の の研 研究"),
        ("狼", "狼"),
        ("Волки и люди", "волки и люди"),
        ('+-&&||!(){}[]^"~*?:\\/ \ud800\x00', ""),
        ("title:foo AND", "title foo and"),
    ],
)
def test_words(text: str, words: str) -> None:
    """Folded as what is compared, each once; signs of query languages mean nothing."""
    assert sorted(search_words([text])) == sorted(words.split())


def test_a_record_is_found_by_its_words(tmp_path: Path) -> None:
    """In any order, with others around them, and with its markup gone."""
    search = searched(
        tmp_path,
        made(WOLVES, "On the <i>wolves</i> of R&amp;D parks"),
        made("10.5555/bears.1", "On the bears of parks", volume="9", page="1-2"),
        datacite(7),
    )
    (found,) = search.search("31, 204. Mueller: parks wolves; nonsense", 20)
    assert (found.doi, found.provenance.answered_by) == (WOLVES, "mirror")
    assert set(search.find_keys("parks", 20)) == {WOLVES, "10.5555/bears.1"}
    (data,) = search.search("Measurements Fiction", 20)
    assert data.doi == "10.5555/data.7"
    assert len(search.search("parks", 1)) == 1
    assert not search.warnings


def test_scripts_without_spaces(tmp_path: Path) -> None:
    """A part of a Japanese title finds it, and another one does not."""
    search = searched(
        tmp_path,
        made(WOLVES, "日本の狼の生態学的研究"),
        made("10.5555/bears.1", "熊について"),
    )
    assert search.find_keys("狼の生態", 20) == [WOLVES]


@pytest.mark.parametrize("query", ["", "  ", "()", "\x00", "zzz", "AND OR NOT"])
def test_a_query_that_finds_nothing(tmp_path: Path, query: str) -> None:
    """Nothing is found, and nothing goes wrong."""
    search = searched(tmp_path, made(WOLVES, "On wolves"))
    assert search.search(query, 20) == ()
    assert search.search("wolves", 0) == ()


def test_equals_come_in_the_order_of_their_dois(tmp_path: Path) -> None:
    """Whichever was indexed first, also where not all of them are wanted."""
    names = [f"10.5555/same.{at:02}" for at in range(40)]
    search = searched(tmp_path, *(made(one, "On wolves") for one in names))
    assert search.find_keys("wolves", 20) == names[:20]


def test_an_index_that_breaks_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is found, once it cannot be read any more, and one warning says so."""
    search = searched(tmp_path, made(WOLVES, "On wolves"))

    def fail(query: str, rows: int) -> list[str]:
        del query, rows
        raise ValueError("the disk is gone")

    monkeypatch.setattr(search, "find_keys", fail)
    assert search.search("wolves", 20) == search.search("bears", 20) == ()
    (warning,) = search.warnings
    assert "the disk is gone" in warning
    assert "--search` makes it anew" in warning


def test_a_mirror_elsewhere_is_not_searched(tmp_path: Path) -> None:
    """An index is read where it lies: in a folder of this machine."""
    searched(tmp_path, made(WOLVES, "On wolves"))
    with pytest.raises(MirrorError, match="in a folder of this machine"):
        MirrorSearch.open(f"file://{tmp_path}")


def test_an_unknown_year(tmp_path: Path) -> None:
    """Crossref writes it so; another date may know it."""
    unknown: Record = {"issued": {"date-parts": [[None]]}}
    known: Record = {"published": {"date-parts": [[2017, 3]]}}
    search = searched(tmp_path, made(WOLVES, "On wolves", **unknown, **known))
    assert search.find_keys("2017", 20) == [WOLVES]


def test_aliases_are_not_indexed(tmp_path: Path) -> None:
    """The record is there under its own name."""
    rows = rows_of(made(WOLVES, "On wolves"))
    alias = written.row("10.5555/old", is_alias=True)
    rows.append({**alias, "record": rows[0]["record"]})
    written.write_mirror(tmp_path, rows)
    assert build_index(tmp_path).documents == 1
    assert MirrorSearch.open(str(tmp_path)).find_keys("wolves", 20) == [WOLVES]


@pytest.mark.parametrize(
    "odd",
    [
        {"container-title": "Invented Annals"},
        {"author": [None, {"family": "Müller-Krönke"}]},
        {"volume": 31},
        {"issued": {"date-parts": [["2019"]]}},
    ],
)
def test_odd_records(tmp_path: Path, odd: Record) -> None:
    """A field that is not what it should be costs nothing else."""
    record = made(WOLVES, "On wolves", **odd)
    assert texts_of_record("crossref", json.dumps(record)) is None
    search = searched(tmp_path, record)
    assert search.find_keys("Müller 2019 annals 31", 20) == [WOLVES]


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    """It is not in the index, and the others are."""
    broken = {**written.row("10.5555/broken"), "record": "{"}
    written.write_mirror(tmp_path, [broken, *rows_of(made(WOLVES, "On wolves"))])
    assert build_index(tmp_path).documents == 1


@pytest.mark.corpus
def test_both_ways_to_read_a_record_agree(corpus: Path) -> None:
    """The quick one and the careful one give the same words, or nearly so.

    The careful one leaves out what says nothing, such as "N/A".
    """
    differ = total = 0
    for registry in ("crossref", "datacite"):
        for file in sorted((corpus / "registry" / registry).glob("*.json")):
            record = file.read_text(encoding="utf-8")
            quick = texts_of_record(registry, record)
            work = read_work(Row(registry, None, None, is_alias=False, record=record))
            if quick is None or work is None:
                continue
            total += 1
            lacking = set(search_words(texts_of_work(work))) - set(search_words(quick))
            differ += bool(lacking)
    assert total > 3000
    assert differ / total < 0.01


def test_an_index_is_kept_until_the_records_change(tmp_path: Path) -> None:
    """It is not made again; of other records it serves with a warning."""
    written.write_mirror(tmp_path, rows_of(made(WOLVES, "On wolves")))
    assert not is_current(Mirror.open(str(tmp_path)).description)
    first = build_index(tmp_path)
    kept = written.contents(tmp_path)
    assert build_index(tmp_path) == first
    assert written.contents(tmp_path) == kept
    both = rows_of(made(WOLVES, "On wolves"), made("10.5555/bears.1", "On bears"))
    changed = written.write_mirror(tmp_path, both)
    described = changed.model_copy(update={"search": first})
    written.write_description(tmp_path, described)
    old = MirrorSearch.open(str(tmp_path))
    assert old.find_keys("wolves", 20) == [WOLVES]
    assert old.find_keys("bears", 20) == []
    (warning,) = old.warnings
    assert f"`lupusrefs mirror build --to {tmp_path} --search`" in warning
    second = build_index(tmp_path)
    assert second != first
    assert (second.documents, is_current(_described(tmp_path))) == (2, True)
    new = MirrorSearch.open(str(tmp_path))
    assert new.find_keys("bears", 20) == ["10.5555/bears.1"]
    assert not new.warnings
    assert [one.name for one in (tmp_path / layout.SEARCH).iterdir()] == [
        Path(name_of(second)).name
    ]


def test_an_index_that_is_not_finished_is_never_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old one serves, and what was left behind by a kill is no hindrance."""
    written.write_mirror(tmp_path, rows_of(made(WOLVES, "On wolves")))
    first = build_index(tmp_path)
    written.write_mirror(tmp_path, rows_of(made(WOLVES, "On bears")))
    described = _described(tmp_path).model_copy(update={"search": first})
    written.write_description(tmp_path, described)
    with monkeypatch.context() as patch:
        patch.setattr(search_index, "_documents", _stop)
        with pytest.raises(KeyboardInterrupt):
            build_index(tmp_path, jobs=1)
    assert _described(tmp_path) == described
    assert MirrorSearch.open(str(tmp_path)).find_keys("wolves", 20) == [WOLVES]
    left = tmp_path / layout.SEARCH / "new"
    left.mkdir()
    (left / "meta.json").write_text("{")
    build_index(tmp_path)
    assert not left.exists()
    assert MirrorSearch.open(str(tmp_path)).find_keys("bears", 20) == [WOLVES]


def _stop(batch: object) -> Iterator[tuple[str, str]]:
    del batch
    raise KeyboardInterrupt


def _described(folder: Path) -> layout.Description:
    return Mirror.open(str(folder)).description


def test_a_damaged_index_is_told_and_made_anew(tmp_path: Path) -> None:
    """By the command that makes one."""
    searched(tmp_path, made(WOLVES, "On wolves"))
    index = _described(tmp_path).search
    assert index is not None
    place = tmp_path / name_of(index)
    for file in place.iterdir():
        file.write_bytes(b"")
    with pytest.raises(MirrorError, match="cannot be read") as caught:
        MirrorSearch.open(str(tmp_path))
    assert "--search" in str(caught.value.hint)
    shutil.rmtree(place)
    with pytest.raises(MirrorError, match="cannot be read"):
        MirrorSearch.open(str(tmp_path))
    build_index(tmp_path)
    assert MirrorSearch.open(str(tmp_path)).find_keys("wolves", 20) == [WOLVES]


def test_a_damaged_bucket_is_named(tmp_path: Path) -> None:
    """There is no index of half a mirror."""
    described = written.write_mirror(tmp_path, rows_of(made(WOLVES, "On wolves")))
    name = next(one.name for one in described.buckets if one.rows)
    (tmp_path / name).write_bytes(b"PAR1")
    with pytest.raises(MirrorError, match=name) as caught:
        build_index(tmp_path)
    assert f"mirror verify {tmp_path}`" in str(caught.value.hint)
    assert _described(tmp_path).search is None
    assert not list((tmp_path / layout.SEARCH).iterdir())


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """A message and a hint; the index that is there stays as it is."""
    resource = pytest.importorskip("resource")
    searched(tmp_path, made(WOLVES, "On wolves"))
    many = [made(f"10.5555/w.{at}", f"On wolves, part {at}") for at in range(300)]
    before = _described(tmp_path)
    changed = written.write_mirror(tmp_path, rows_of(*many))
    described = changed.model_copy(update={"search": before.search})
    written.write_description(tmp_path, described)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # An error in place of SIGXFSZ: files must not grow, as on a disk that is full.
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limits[1]))
    try:
        with pytest.raises(MirrorError, match="cannot be made") as caught:
            build_index(tmp_path, jobs=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert "make room" in str(caught.value.hint)
    assert _described(tmp_path) == described
    assert MirrorSearch.open(str(tmp_path)).find_keys("wolves", 20) == [WOLVES]


def test_several_processes_make_the_same_index(tmp_path: Path) -> None:
    """What each of them reads is taken in the order of the buckets."""
    records = [made(f"10.5555/w.{at}", f"On wolves, part {at}") for at in range(30)]
    for jobs in (1, 2):
        written.write_mirror(tmp_path / str(jobs), rows_of(*records))
        read: list[int] = []
        index = build_index(tmp_path / str(jobs), jobs=jobs, progress=read.append)
        assert (index.documents, sum(read)) == (30, 30)
    one, two = (MirrorSearch.open(str(tmp_path / name)) for name in "12")
    assert one.find_keys("wolves 17", 20) == two.find_keys("wolves 17", 20)


def test_a_mirror_that_may_only_be_read(tmp_path: Path) -> None:
    """Somebody else's, on a shared disk: it is searched all the same."""
    with shared_folder() as folder:
        expected = searched(folder, made(WOLVES, "On wolves")).search("wolves", 20)
        with without_privileges():
            found = MirrorSearch.open(str(folder)).search("wolves", 20)
        assert found == expected != ()


def test_the_index_of_a_mirror_that_was_built(tmp_path: Path) -> None:
    """With its records, or later without sources; after more of them anew."""
    one = write_lines(tmp_path / "1.jsonl", [made(WOLVES, "On wolves")])
    two = write_lines(tmp_path / "2.jsonl", [made("10.5555/bears.1", "On bears")])
    folder = tmp_path / "mirror"
    told: list[BuildProgress] = []
    runner = CliRunner()
    api.build_mirror([str(one)], folder)
    outcome = runner.invoke(app, ["mirror", "build", "--to", str(folder), "--search"])
    assert (outcome.exit_code, outcome.stdout) == (0, "")
    assert "an index of 1 record" in outcome.stderr
    assert MirrorSearch.open(str(folder)).find_keys("wolves", 20) == [WOLVES]
    api.build_mirror([str(two)], folder)
    assert not is_current(_described(folder))
    options = BuildOptions(search=True)
    api.build_mirror([], folder, options=options, progress=told.append)
    assert (told[-1].phase, told[-1].done, told[-1].total) == ("indexing", 2, 2)
    search = MirrorSearch.open(str(folder))
    assert search.find_keys("bears", 20) == ["10.5555/bears.1"]
    assert search.find_keys("wolves", 20) == [WOLVES]


def test_neither_sources_nor_an_index_are_wanted(tmp_path: Path) -> None:
    """A message, and nothing is begun; without a mirror there is nothing to index."""
    folder = tmp_path / "mirror"
    outcome = CliRunner().invoke(app, ["mirror", "build", "--to", str(folder)])
    assert outcome.exit_code == 2
    assert "name data files" in outcome.stderr
    assert not folder.exists()
    with pytest.raises(MirrorError, match="no data files to read"):
        api.build_mirror([], folder, options=BuildOptions(search=True))


@pytest.fixture
def ask(registry: Registry, tmp_path: Path) -> Asker:
    """The loopback registry behind a mirror without an index."""
    written.write_mirror(
        tmp_path / "mirror",
        rows_of(
            made(WOLVES, "The return of invented wolves to imaginary parks"),
            made("10.5555/part.1", "A tale of two invented parts", page="1-9"),
            made("10.5555/part.2", "A tale of two invented parts", page="33-41"),
        ),
    )
    flags: dict[str, object] = {"registries": [f"mirror:{tmp_path / 'mirror'}"]}
    return Asker(registry, tmp_path, flags=flags)


IN_MIRROR = (
    "Müller-Krönke A. The return of invented wolves to imaginary parks. "
    "Invented Annals. 2019;31:204-209."
)
# The loopback registry's own (tests/registry/own).
AT_CROSSREF = (
    "Müller-Krönke A, et al. Depletion of B cells in an invented cohort with lupus. "
    "Invented J Lupus Res. 2021;12(3):204-209"
)
NOWHERE = "Nobody N. On nothing that was ever written down. Journal of Nil 1:1 (1900)"


def matches(
    ask: Asker, *sources: str, offline: bool = False
) -> tuple[list[Match], list[str]]:
    """Match; the log of the registry holds the requests of this run only."""
    ask.registry.reset()
    run = api.match(sources, settings=ask.settings, offline=offline)
    return run.matches, run.warnings


def test_a_mirror_is_searched_before_anybody_is_asked(ask: Asker) -> None:
    """What it finds needs no request, and is not stored."""
    build_index(ask.folder / "mirror")
    for offline in (False, True):
        (match,), warnings = matches(ask, IN_MIRROR, offline=offline)
        assert (match.status, match.doi, match.error) == (Status.MATCHED, WOLVES, None)
        assert not warnings
        assert ask.asked == {}
    shutil.rmtree(ask.folder / "mirror")
    bare = Asker(ask.registry, ask.folder)
    (match,), _ = matches(bare, IN_MIRROR, offline=True)
    assert match.status is Status.UNAVAILABLE


def test_what_the_mirror_does_not_have_the_registries_may(ask: Asker) -> None:
    """They are asked as ever."""
    build_index(ask.folder / "mirror")
    (found, none), _ = matches(ask, AT_CROSSREF, NOWHERE)
    assert (found.status, found.doi) == (Status.MATCHED, "10.5555/lupus.2021.101")
    assert none.status is Status.NONE
    assert ask.asked == {"crossref": 2, "datacite": 1}


def test_ignorance_is_no_verdict(ask: Asker) -> None:
    """A mirror is never all that is registered."""
    build_index(ask.folder / "mirror")
    (match,), _ = matches(ask, NOWHERE, offline=True)
    assert match.status is Status.UNAVAILABLE
    assert isinstance(match.error, Offline)
    place = ask.folder / "mirror"
    assert str(match.error) == (
        f"not found in the mirror {place}, and --offline forbids to search further"
    )


def test_two_equals_in_a_mirror_are_ambiguous(ask: Asker) -> None:
    """Nobody else is asked: more of them would not make it clearer."""
    build_index(ask.folder / "mirror")
    text = "Müller-Krönke A. A tale of two invented parts. Invented Annals. 2019."
    (match,), _ = matches(ask, text)
    assert match.status is Status.AMBIGUOUS
    assert ask.asked == {}


def test_a_mirror_without_an_index(ask: Asker) -> None:
    """One note says how to make one; the registries are searched meanwhile."""
    found, warnings = matches(ask, AT_CROSSREF, IN_MIRROR)
    assert [one.status for one in found] == [Status.MATCHED, Status.NONE]
    (warning,) = warnings
    place = ask.folder / "mirror"
    assert f"{place} cannot be searched: it has no index" in warning
    assert f"`lupusrefs mirror build --to {place} --search` makes one" in warning
    (match,), _ = matches(ask, "Zyx A. Another one, never searched for", offline=True)
    assert "not in the store" in str(match.error)


def test_check_searches_the_mirror(ask: Asker) -> None:
    """By the same matcher: the DOI that is missing is named without any request."""
    build_index(ask.folder / "mirror")
    bib = ask.folder / "lacking.bib"
    bib.write_text(
        "@article{a, author={Ada Müller-Krönke}, year=2019, volume=31, "
        "title={The return of invented wolves to imaginary parks}, "
        "journal={Invented Annals}, pages={204--209}}\n"
    )
    ask.registry.reset()
    options = api.CheckOptions(searches="all")
    run = api.check([str(bib)], settings=ask.settings, options=options)
    (checked,) = run.checked
    rules = {one.rule.id for one in checked.findings}
    assert "doi-missing-but-registered" in rules
    assert ask.asked == {}
