"""Records of a mirror by their DOI."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import fsspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lupusrefs.errors import MirrorError, MissingPackage
from lupusrefs.mirror import layout, lookup
from lupusrefs.mirror.lookup import Mirror, Row, read_work
from lupusrefs.mirror.retraction_watch import Notice
from lupusrefs.mirror.retraction_watch import write as write_notices
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.work import Provenance, Update, Work
from lupusrefs.services import crossref_record, datacite_record
from mirror.samples import crossref, datacite
from mirror.written import INDEXED, row, write_description, write_mirror
from registry.records import Records

# The day of the mirrors that are written here.
DAY = datetime(2026, 3, 31, tzinfo=UTC)
MERGED = "10.5555/preprint.1.v1"


def key_of(index: int) -> str:
    """The DOI of a made-up record of Crossref."""
    return f"10.5555/bench.{index:04d}"


def of_crossref(index: int) -> dict[str, object]:
    """A row with a record of Crossref."""
    key = key_of(index)
    return row(key) | {"record": json.dumps(crossref(index, doi=key))}


def of_datacite(index: int) -> dict[str, object]:
    """A row with a resource of DataCite."""
    key = f"10.5555/data.{index}"
    return row(key, "datacite") | {"record": json.dumps(datacite(index, doi=key))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A mirror of 200 works, every other number, a data set, and a merged DOI."""
    rows = [of_crossref(index) for index in range(0, 400, 2)]
    merged = row(MERGED, is_alias=True) | {"record": rows[7]["record"]}
    place = tmp_path / "mirror"
    write_mirror(place, [*rows, of_datacite(1), merged], buckets=4)
    return place


def buckets_of(folder: Path) -> list[Path]:
    """The files of records."""
    return sorted((folder / layout.BUCKETS).iterdir())


def spoil(file: Path, *, footer: bool) -> None:
    """Zeros in place of a file's pages, or of its last bytes."""
    content = file.read_bytes()
    half = len(content) // 4
    spoilt = content[:-half] + bytes(half) if footer else content[:4] + bytes(half)
    file.write_bytes(spoilt + content[len(spoilt) :])


# -- what is there ---------------------------------------------------------------


def test_all_that_is_there_is_found_and_nothing_else(folder: Path) -> None:
    """Whatever the row group and its edges: 200 are there, 200 between them are not."""
    mirror = Mirror.open(str(folder))
    asked = [key_of(index) for index in range(400)]
    beyond = ["10.1/before-all", "10.9999/behind-all", "10.5555/data.1x"]
    found = mirror.rows([*asked, *beyond])
    assert sorted(found) == [key_of(index) for index in range(0, 400, 2)]
    for key, one in found.items():
        assert json.loads(one.record)["DOI"] == key
    assert mirror.warnings == []


@given(
    st.sets(st.text(st.characters(codec="utf-8"), max_size=6), max_size=40),
    st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=10),
)
@settings(max_examples=25)
def test_whatever_the_dois_those_that_are_there_are_found(
    there: set[str], others: list[str]
) -> None:
    """Beyond ASCII, too: the order of the file is that of the lookup."""
    with TemporaryDirectory() as name:
        write_mirror(Path(name), [row(f"10.1/{one}") for one in there], buckets=2)
        mirror = Mirror.open(name)
        found = mirror.rows(f"10.1/{one}" for one in [*there, *others])
        assert found.keys() == {f"10.1/{one}" for one in there}
        assert mirror.warnings == []


def test_one_and_none_are_found_alone(folder: Path) -> None:
    """A single DOI reads a single row group; duplicates are one question."""
    mirror = Mirror.open(str(folder))
    for index in range(0, 400, 2):
        key = key_of(index)
        assert mirror.rows(iter([key, key])).keys() == {key}
        assert mirror.rows([f"{key}x"]) == {}
    assert mirror.rows([]) == {}
    assert mirror.find([]) == {}


def test_a_work_is_the_registrys_record_and_the_mirrors_word(folder: Path) -> None:
    """Who registered it is told as ever; who says so is the mirror, of its day."""
    work = Mirror.open(str(folder)).find([key_of(4)])[key_of(4)]
    assert work.id == key_of(4)
    assert work.title == crossref(4)["title"][0]  # type: ignore[index]
    assert work.agency == "Crossref"
    assert work.provenance.answered_by == "mirror"
    assert work.provenance.url is None
    assert work.provenance.fetched == DAY


def test_a_resource_of_datacite_is_read_as_one(folder: Path) -> None:
    """The column of a row says whose record it is."""
    work = Mirror.open(str(folder)).find(["10.5555/data.1"])["10.5555/data.1"]
    assert work.agency == "DataCite"
    assert work.title == "Measurements of invented cells, part 1"
    assert work.provenance.answered_by == "mirror"


def test_a_merged_doi_has_the_work_of_its_successor(folder: Path) -> None:
    """As the registry's own redirect has."""
    mirror = Mirror.open(str(folder))
    assert mirror.rows([MERGED])[MERGED].is_alias
    assert mirror.find([MERGED])[MERGED].id == key_of(14)


@pytest.mark.parametrize(
    "record",
    ["", "{", '{"DOI": 1}', "[]", '{"title": ["No DOI"]}', "[" * 5000 + "]" * 5000],
    ids=lambda record: record[:8],
)
def test_a_record_that_cannot_be_read_is_absent(tmp_path: Path, record: str) -> None:
    """It says nothing about its DOI; the others are found."""
    bad = row("10.5555/bad") | {"record": record}
    write_mirror(tmp_path, [of_crossref(0), bad])
    found = Mirror.open(str(tmp_path)).find(["10.5555/bad", key_of(0)])
    assert found.keys() == {key_of(0)}


def test_a_mirror_of_nothing_finds_nothing(tmp_path: Path) -> None:
    """No buckets, or empty ones."""
    write_mirror(tmp_path / "empty", [])
    assert Mirror.open(str(tmp_path / "empty")).find([key_of(0)]) == {}
    (tmp_path / "none").mkdir()
    write_mirror(tmp_path / "none", [], buckets=0)
    assert Mirror.open(str(tmp_path / "none")).find([key_of(0)]) == {}


def test_what_no_file_can_have_is_absent(folder: Path) -> None:
    """Half a surrogate pair is no text; it is no damage of the bucket either."""
    mirror = Mirror.open(str(folder))
    odd = ["10.5555/\udc80", "10.5555/é", "", "\0"]
    assert mirror.rows([*odd, key_of(0)]).keys() == {key_of(0)}
    assert mirror.warnings == []


def test_a_very_long_doi_hides_no_other(tmp_path: Path) -> None:
    """Parquet has no statistics of a column with a value of so many bytes."""
    longest = "10.5555/" + "a" * 6000
    rows = [of_crossref(index) for index in range(0, 60, 2)]
    rows.append(row(longest) | {"record": json.dumps(crossref(1, doi=longest))})
    write_mirror(tmp_path, rows, buckets=1)
    mirror = Mirror.open(str(tmp_path))
    asked = [longest, *(key_of(index) for index in range(60))]
    assert len(mirror.rows(asked)) == 31
    assert mirror.rows([longest]).keys() == {longest}
    assert mirror.rows([key_of(58)]).keys() == {key_of(58)}


def test_few_files_are_open_and_few_groups_read_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same is found with bounds so tight that everything is read in pieces."""
    monkeypatch.setattr(lookup, "_MOST_FILES", 1)
    monkeypatch.setattr(lookup, "_GROUPS_AT_ONCE", 1)
    with Mirror.open(str(folder)) as mirror:
        asked = [key_of(index) for index in range(400)]
        for _ in range(2):
            assert len(mirror.rows(asked)) == 200
            assert len(mirror._buckets) == 1


@pytest.mark.corpus
def test_recorded_answers_come_back_as_they_were(
    corpus_records: Records, tmp_path: Path
) -> None:
    """Every field of every work; only who says so, and when, is the mirror's word."""
    rows = []
    live: dict[str, Work] = {}
    fetched = datetime(2026, 11, 1, tzinfo=UTC)
    for registry, folder_, read in (
        ("crossref", corpus_records.crossref, crossref_record.read_record),
        ("datacite", corpus_records.datacite, datacite_record.read_resource),
    ):
        for doi in folder_.dois():
            raw = folder_.raw(doi)
            if raw is None or fold(doi) in live:
                continue
            live[fold(doi)] = read(json.loads(raw), "https://registry.example", fetched)
            rows.append(row(fold(doi), registry) | {"record": raw.decode()})
    write_mirror(tmp_path, rows, buckets=16)
    mirror = Mirror.open(str(tmp_path))
    found = mirror.find(live)
    assert len(found) == len(live) > 2500
    said = Provenance(answered_by="mirror", fetched=DAY)
    for key, work in live.items():
        assert found[key] == work.model_copy(update={"provenance": said})


# -- its day ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "indexed", "fetched"),
    [
        (date(2026, 4, 2), INDEXED, datetime(2026, 4, 2, tzinfo=UTC)),
        (None, INDEXED, INDEXED),
        (None, None, datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_moment_of_a_row(
    as_of: date | None, indexed: datetime | None, fetched: datetime
) -> None:
    """The day up to which it is complete, else when it was indexed, else long ago."""
    one = Row("crossref", indexed, as_of, False, '{"DOI": "10.5555/1"}')  # noqa: FBT003
    assert one.fetched == fetched
    work = read_work(one)
    assert work is not None
    assert work.provenance.fetched == one.fetched


def test_the_later_day_counts_of_a_row_and_of_its_registry(tmp_path: Path) -> None:
    """An update makes the whole complete to its day, and some rows even later."""
    days = {
        "10.5555/later": (date(2026, 5, 1), date(2026, 5, 1)),
        "10.5555/older": (date(2025, 5, 1), date(2026, 3, 31)),
        "10.5555/without": (None, date(2026, 3, 31)),
    }
    write_mirror(tmp_path, [row(doi) | {"as_of": day[0]} for doi, day in days.items()])
    rows = Mirror.open(str(tmp_path)).rows(days)
    assert {doi: rows[doi].as_of for doi in days} == {
        d: w for d, (_, w) in days.items()
    }


def test_a_registry_without_a_day_leaves_a_row_its_own(tmp_path: Path) -> None:
    """A file whose day nobody knows."""
    description = write_mirror(tmp_path, [row("10.5555/1") | {"as_of": None}])
    part = description.registries["crossref"].model_copy(update={"as_of": None})
    changed = description.model_copy(update={"registries": {"crossref": part}})
    write_description(tmp_path, changed)
    found = Mirror.open(str(tmp_path)).rows(["10.5555/1"])["10.5555/1"]
    assert found.as_of is None
    assert found.fetched == found.indexed == INDEXED


# -- Retraction Watch ------------------------------------------------------------


def with_notices(folder: Path, *notices: Notice) -> Mirror:
    """The mirror, opened, with what Retraction Watch says."""
    description = Mirror.open(str(folder)).description
    written = write_notices(folder, list(notices))
    changed = description.model_copy(update={"retractions": written})
    write_description(folder, changed)
    return Mirror.open(str(folder))


def test_notices_of_retraction_watch_are_added(folder: Path) -> None:
    """Each once, under the DOI that was cited or that it was merged into."""
    day = date(2026, 5, 4)
    mirror = with_notices(
        folder,
        Notice(key_of(14), "10.5555/notice", "expression_of_concern", day),
        Notice(key_of(14), "", "retraction", None),
        Notice(key_of(15), "10.5555/other", "retraction", day),
    )
    found = mirror.find([key_of(14), MERGED, key_of(16)])
    concern = Update(
        doi="10.5555/notice",
        type="expression_of_concern",
        label="Expression of concern",
        source="retraction-watch",
        date=Date(PartialDate(2026, 5, 4)),
    )
    assert found[key_of(14)].updated_by[0] == concern
    retraction = found[key_of(14)].updated_by[1]
    # There is no notice to look at: the entry stands under the work's own DOI.
    assert (retraction.doi, retraction.type) == (key_of(14), "retraction")
    assert retraction.date is None
    assert found[MERGED].updated_by == found[key_of(14)].updated_by
    assert found[key_of(16)].updated_by == ()
    assert mirror.warnings == []


def test_a_notice_that_the_record_has_is_not_added_again(tmp_path: Path) -> None:
    """In whatever case its DOI is written; another type is another notice."""
    record = {
        "DOI": "10.5555/1",
        "updated-by": [{"DOI": "10.5555/NOTICE", "type": "retraction"}],
    }
    write_mirror(tmp_path, [row("10.5555/1") | {"record": json.dumps(record)}])
    mirror = with_notices(
        tmp_path,
        Notice("10.5555/1", "10.5555/notice", "retraction", None),
        Notice("10.5555/1", "10.5555/notice", "reinstatement", None),
    )
    found = mirror.find(["10.5555/1"])["10.5555/1"].updated_by
    assert [(one.doi, one.type, one.source) for one in found] == [
        ("10.5555/NOTICE", "retraction", None),
        ("10.5555/notice", "reinstatement", "retraction-watch"),
    ]


def test_damaged_notices_are_told_and_the_works_found(folder: Path) -> None:
    """Once, however often they are missed."""
    mirror = with_notices(folder, Notice(key_of(0), "", "retraction", None))
    (folder / layout.RETRACTIONS).write_bytes(b"PAR1 and no more")
    for index in (0, 2):
        assert mirror.find([key_of(index)])[key_of(index)].updated_by == ()
    (warning,) = mirror.warnings
    assert layout.RETRACTIONS in warning
    assert "Retraction Watch" in warning


# -- what is no mirror, and what is damaged --------------------------------------


def refusal(folder: Path) -> str:
    """Message and hint, in one text."""
    with pytest.raises(MirrorError) as caught:
        Mirror.open(str(folder))
    return f"{caught.value} | {caught.value.hint}"


def test_a_folder_without_a_description_is_no_mirror(tmp_path: Path) -> None:
    """Nor is a folder that is not there, or a file."""
    for place in (tmp_path, tmp_path / "missing", Path(__file__)):
        said = refusal(place)
        assert f"{place} is no mirror: it has no mirror.json" in said
        assert f"`lupusrefs mirror build SOURCE... --to {place}`" in said


@pytest.mark.parametrize("place", ["~nobody-of-this-name/x", "a\0b", "x" * 5000])
def test_what_is_no_path_is_no_mirror(place: str) -> None:
    """A message, whatever was typed."""
    with pytest.raises(MirrorError):
        Mirror.open(place)


def test_a_build_that_is_not_finished_is_told_apart(tmp_path: Path) -> None:
    """The same command goes on where it stopped."""
    (tmp_path / layout.WORK).mkdir()
    said = refusal(tmp_path)
    assert "its first build is not finished" in said
    assert "again" in said


def test_a_mirror_of_another_version_names_it(folder: Path) -> None:
    """It is not damaged, and nobody should think so."""
    text = (folder / layout.DESCRIPTION).read_text().replace("mirror/1", "mirror/2")
    (folder / layout.DESCRIPTION).write_text(text)
    said = refusal(folder)
    assert "lupusrefs.mirror/2" in said
    assert "lupusrefs.mirror/1" in said


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "lupusrefs.mirror/1"}'])
def test_a_damaged_description_is_named(folder: Path, text: str) -> None:
    """With what is wrong with it."""
    (folder / layout.DESCRIPTION).write_text(text)
    assert f"{folder}/mirror.json cannot be read" in refusal(folder)


@pytest.mark.parametrize("damage", ["footer", "pages", "missing", "no bucket"])
def test_a_damaged_bucket_costs_its_own_dois_only(folder: Path, damage: str) -> None:
    """They count as not there, which says nothing of them; one warning names it."""
    file = buckets_of(folder)[2]
    if damage == "missing":
        file.unlink()
    elif damage == "no bucket":
        write_notices(folder, [Notice(key_of(0), "", "retraction", None)])
        (folder / layout.RETRACTIONS).replace(file)
    else:
        spoil(file, footer=damage == "footer")
    mirror = Mirror.open(str(folder))
    asked = [key_of(index) for index in range(0, 400, 2)]
    sound = [key for key in asked if layout.bucket_of(key, 4) != 2]
    for _ in range(2):
        assert sorted(mirror.find(asked)) == sound
    (warning,) = mirror.warnings
    assert f"{folder}/buckets/0002.parquet cannot be read" in warning
    assert f"`lupusrefs mirror verify {folder}`" in warning


# -- elsewhere, and without the packages -----------------------------------------


def test_a_mirror_at_a_url_is_the_same(folder: Path) -> None:
    """Any file system that fsspec knows."""
    system = fsspec.filesystem("memory")
    system.put(str(folder), "/mirrors/one", recursive=True)
    try:
        with Mirror.open("memory://mirrors/one") as mirror:
            asked = [key_of(index) for index in range(400)]
            assert mirror.rows(asked) == Mirror.open(str(folder)).rows(asked)
        with pytest.raises(MirrorError, match="it has no mirror"):
            Mirror.open("memory://mirrors/none")
        system.rm("/mirrors/one/buckets/0001.parquet")
        damaged = Mirror.open("memory://mirrors/one")
        assert 0 < len(damaged.rows(asked)) < 200
        (warning,) = damaged.warnings
        assert "memory://mirrors/one/buckets/0001.parquet" in warning
    finally:
        system.rm("/mirrors", recursive=True)


def test_a_url_of_an_unknown_kind_is_refused() -> None:
    """By its kind, and not as a folder that is not there."""
    with pytest.raises(MirrorError, match="carrier-pigeon"):
        Mirror.open("carrier-pigeon://mirror")


def test_a_missing_package_names_the_extra(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the run comes to need it."""
    monkeypatch.setattr(lookup, "find_spec", lambda _: None)
    with pytest.raises(MissingPackage) as caught:
        Mirror.open(str(folder))
    assert caught.value.package == "pyarrow"
    assert caught.value.hint == '`pip install "lupusrefs[mirror]"`'


def test_opening_imports_none_of_the_packages(folder: Path) -> None:
    """A run whose answers are all in the store needs none of them."""
    program = (
        "import sys; from lupusrefs.mirror.lookup import Mirror; "
        "Mirror.open(sys.argv[1]).find([]); "
        "print([m for m in ('pyarrow', 'msgspec', 'fsspec') if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "[]\n"
