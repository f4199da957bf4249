"""Whether a mirror still holds what was written."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest

from lupusrefs.errors import MirrorError
from lupusrefs.mirror import layout, retraction_watch
from lupusrefs.mirror.layout import Description, SearchIndex
from lupusrefs.mirror.retraction_watch import Notice
from lupusrefs.mirror.search_index import digest_of, name_of
from lupusrefs.mirror.verify import verify
from mirror.written import (
    described,
    row,
    with_bucket,
    write_bucket,
    write_description,
    write_mirror,
)
from unprivileged import shared_folder, without_privileges

DOIS = [f"10.5555/{number}" for number in range(40)]
ROWS = [row(doi, "datacite" if doi.endswith("7") else "crossref") for doi in DOIS]


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """Forty records and an alias in four buckets."""
    folder = tmp_path / "mirror"
    write_mirror(folder, [*ROWS, row("10.5555/alias", is_alias=True)])
    return folder


def description_of(folder: Path) -> Description:
    """What ``mirror.json`` says."""
    return Description.model_validate_json((folder / layout.DESCRIPTION).read_bytes())


def damage(folder: Path, *, quick: bool = False) -> dict[str, str]:
    """What is wrong with which file."""
    found = verify(str(folder), quick=quick).damaged
    return {one.name: one.what for one in found}


def of_bucket(folder: Path, number: int) -> list[dict[str, object]]:
    """The rows that belong to a bucket."""
    buckets = len(description_of(folder).buckets)
    return [one for one in ROWS if layout.bucket_of(str(one["doi"]), buckets) == number]


@pytest.mark.parametrize("quick", [False, True])
def test_a_sound_mirror(mirror: Path, *, quick: bool) -> None:
    """Nothing is found; every byte is told to who waits."""
    told: list[int] = []
    found = verify(str(mirror), quick=quick, progress=told.append)
    assert (found.files, found.damaged, found.strays) == (4, (), ())
    assert (found.search, found.unfinished) == (None, False)
    assert sum(told) == found.bytes > 0


def test_at_a_url(mirror: Path) -> None:
    """Where fsspec reads it, too."""
    assert not verify(f"file://{mirror}").damaged
    (mirror / "buckets/0002.parquet").write_bytes(b"x")
    (found,) = verify(f"file://{mirror}").damaged
    assert (found.name, found.bucket) == ("buckets/0002.parquet", 2)


def test_what_can_happen_to_files(mirror: Path) -> None:
    """One is gone, one cut short, in one a byte flipped; the fourth is sound."""
    names = [mirror / layout.bucket_name(number) for number in range(4)]
    size = names[2].stat().st_size
    names[1].unlink()
    names[2].write_bytes(names[2].read_bytes()[:-100])
    flipped = bytearray(names[3].read_bytes())
    flipped[len(flipped) // 2] ^= 1
    names[3].write_bytes(flipped)
    found = verify(str(mirror))
    assert found.buckets == (1, 2, 3)
    assert [one.what for one in found.damaged] == [
        "is missing",
        f"has {size - 100:,} bytes instead of {size:,}",
        "has other content than was written (SHA-256)",
    ]
    assert list(damage(mirror, quick=True)) == [
        "buckets/0001.parquet",
        "buckets/0002.parquet",
    ]


def test_rows_that_were_written_wrongly(mirror: Path) -> None:
    """Of what the description itself says: twice, unsorted, elsewhere, no DOI."""
    description = description_of(mirror)
    rows = [of_bucket(mirror, number) for number in range(4)]
    description = with_bucket(mirror, description, 0, [*rows[0][:2], *rows[0][1:]])
    description = with_bucket(mirror, description, 1, rows[1][::-1])
    description = with_bucket(mirror, description, 2, [*rows[3][:1], *rows[2]])
    with_bucket(mirror, description, 3, [{**rows[3][0], "doi": None}])
    first = [str(one[0]["doi"]) for one in rows]
    assert damage(mirror) == {
        "buckets/0000.parquet": f"has {rows[0][1]['doi']} twice",
        "buckets/0001.parquet": f"is not sorted at {rows[1][-2]['doi']}",
        "buckets/0002.parquet": f"has {first[3]}, which belongs to bucket 3",
        "buckets/0003.parquet": "has a row without a DOI",
    }
    assert damage(mirror, quick=True) == {}


def test_across_batches(mirror: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A DOI is compared with the one before, also where that was read earlier."""
    monkeypatch.setattr("lupusrefs.mirror.verify._ROWS", 1)
    assert damage(mirror) == {}
    rows = of_bucket(mirror, 0)
    with_bucket(mirror, description_of(mirror), 0, [*rows[:3], rows[2]])
    assert damage(mirror) == {"buckets/0000.parquet": f"has {rows[2]['doi']} twice"}


def test_files_that_are_something_else(mirror: Path) -> None:
    """With the digest that the description has: no Parquet, other columns or rows."""
    description = description_of(mirror)
    (mirror / layout.bucket_name(0)).write_bytes(b"PAR1 and no more")
    files = [
        described(mirror, layout.bucket_name(0), 1),
        write_bucket(mirror, 1, [{"doi": "10.1/1"}], pa.schema({"doi": pa.string()})),
        description.buckets[2].model_copy(update={"rows": 5}),
        description.buckets[3],
    ]
    write_description(mirror, description.model_copy(update={"buckets": tuple(files)}))
    found = damage(mirror)
    assert found.pop("buckets/0000.parquet").startswith("cannot be read: ")
    assert found == {
        "buckets/0001.parquet": "has other columns than a file of a mirror",
        "buckets/0002.parquet": f"has {description.buckets[2].rows} rows instead of 5",
    }


def test_sums_that_do_not_add_up(mirror: Path) -> None:
    """Where each file is sound, the description may still be wrong."""
    description = description_of(mirror)
    registries = dict(description.registries)
    registries["crossref"] = registries["crossref"].model_copy(update={"records": 99})
    changed = {"registries": registries, "aliases": 7}
    write_description(mirror, description.model_copy(update=changed))
    found = verify(str(mirror)).damaged
    assert [(one.name, one.what, one.bucket) for one in found] == [
        ("mirror.json", "says 99 records of crossref; there are 36", None),
        ("mirror.json", "says 7 aliases; there are 1", None),
    ]


def test_retractions(mirror: Path) -> None:
    """They are a file like the others."""
    retractions = retraction_watch.write(
        mirror, [Notice("10.5555/1", "10.5555/n", "retraction", None)]
    )
    changed = {"retractions": retractions}
    write_description(mirror, description_of(mirror).model_copy(update=changed))
    assert verify(str(mirror)).files == 5
    assert damage(mirror) == {}
    (mirror / layout.RETRACTIONS).unlink()
    (found,) = verify(str(mirror)).damaged
    assert (found.name, found.what) == ("retractions.parquet", "is missing")
    assert found.bucket is None


def test_strays_and_a_build_that_goes_on(mirror: Path) -> None:
    """What nobody described is told, and does no harm."""
    for name in ("buckets/0009.parquet", "notes.txt", "work/plan.json", "build.lock"):
        (mirror / name).parent.mkdir(exist_ok=True)
        (mirror / name).write_bytes(b"1")
    found = verify(str(mirror))
    assert found.strays == ("buckets/0009.parquet", "notes.txt")
    assert found.unfinished
    assert not found.damaged


def test_the_state_of_the_index(mirror: Path) -> None:
    """Of these buckets, gone, or of others."""
    description = description_of(mirror)
    index = SearchIndex(documents=40, of=digest_of(description.buckets))
    description = description.model_copy(update={"search": index})
    write_description(mirror, description)
    assert verify(str(mirror)).search is False
    (mirror / name_of(index)).mkdir(parents=True)
    (mirror / name_of(index) / "meta.json").write_text("{}")
    assert verify(str(mirror)).search is True
    with_bucket(mirror, description, 0, of_bucket(mirror, 0)[:1])
    assert verify(str(mirror)).search is False


def test_a_name_that_leads_out_of_the_folder(mirror: Path) -> None:
    """No file is looked at that is no bucket."""
    told = json.loads((mirror / layout.DESCRIPTION).read_text())
    told["buckets"][1]["name"] = "../../secret"
    (mirror / layout.DESCRIPTION).write_text(json.dumps(told))
    with pytest.raises(MirrorError, match=r"names `.*secret`") as caught:
        verify(str(mirror))
    assert caught.value.hint


def test_no_mirror(tmp_path: Path) -> None:
    """An empty folder, one whose first build is not finished, none, a bad file."""
    with pytest.raises(MirrorError, match="is no mirror: it has no"):
        verify(str(tmp_path))
    with pytest.raises(MirrorError, match="is no mirror: it has no"):
        verify(str(tmp_path / "nowhere"))
    (tmp_path / "work").mkdir()
    with pytest.raises(MirrorError, match="first build is not finished"):
        verify(str(tmp_path))
    (tmp_path / layout.DESCRIPTION).write_bytes(b'{"schema": "lupusrefs.mi')
    with pytest.raises(MirrorError, match="cannot be read") as caught:
        verify(str(tmp_path))
    assert caught.value.hint


def test_a_file_that_may_not_be_read() -> None:
    """It is damaged as far as anybody here can say; the others are looked at."""
    with shared_folder() as folder:
        mirror = folder / "mirror"
        write_mirror(mirror, ROWS)
        (mirror / layout.bucket_name(1)).chmod(0)
        with without_privileges():
            (found,) = verify(str(mirror)).damaged
        assert found.bucket == 1
        assert found.what.startswith("cannot be read: ")
