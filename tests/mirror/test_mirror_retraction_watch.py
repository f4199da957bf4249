"""Retraction Watch's CSV -> retractions.parquet."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lupusrefs.compare.notices import Kind, kind_of_type
from lupusrefs.errors import InputError, MirrorError
from lupusrefs.mirror import retraction_watch
from lupusrefs.mirror.retraction_watch import Notice, parse_date, read_csv, write
from lupusrefs.model.work import Update
from unprivileged import shared_folder, without_privileges

HEADER = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,"
    "ArticleType,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDate,"
    "OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes"
)


def row(
    doi: str,
    nature: str = "Retraction",
    notice: str = "10.1000/notice",
    day: str = "2/29/2024 0:00",
    title: str = "On Jets",
) -> str:
    """One line of the file."""
    before = f'1,"{title}",(PHY),"Univ, X",J,P,USA,"Müller, A;B",,Article'
    return f'{before},{day},{notice},0,1/5/2020 0:00,{doi},0,{nature},"+Error;",No,'


def csv_of(*rows: str) -> bytes:
    """The file, as it is published."""
    return ("\r\n".join([HEADER, *rows]) + "\r\n").encode("utf-8-sig")


def test_what_is_read_and_written(tmp_path: Path) -> None:
    """Sorted, each notice once, by the names that Crossref has for the types."""
    data = csv_of(
        row("10.1000/B", "Expression of concern", "unavailable", "13/1/2024 0:00"),
        row("https://doi.org/10.1000/a", title='The ""best""\nof two lines'),
        row("10.1000/A"),
        row("10.1000/A", "Reinstatement", day="2024-03-01"),
        row("Unavailable"),
        row("", "Correction"),
        "",
    )
    read = read_csv(data, "rw.csv")
    assert read.notices == [
        Notice("10.1000/a", "10.1000/notice", "retraction", date(2024, 2, 29)),
        Notice("10.1000/a", "10.1000/notice", "reinstatement", date(2024, 3, 1)),
        Notice("10.1000/b", "", "expression_of_concern", None),
    ]
    assert (read.without_doi, read.bad) == (2, 0)
    described = write(tmp_path, read.notices)
    path = tmp_path / "retractions.parquet"
    assert described.rows == 3
    assert described.as_of == date(2024, 3, 1)
    assert described.bytes == path.stat().st_size
    assert described.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    table = pq.read_table(path)
    assert table.schema.equals(retraction_watch.retractions_schema())
    assert table.column("doi").to_pylist() == ["10.1000/a", "10.1000/a", "10.1000/b"]
    assert table.column("date").to_pylist()[2] is None


def test_comparison_knows_the_types() -> None:
    """They mean what Retraction Watch means."""
    data = csv_of(
        *(
            row(f"10.1000/{number}", nature)
            for number, nature in enumerate(
                ["Retraction", "Expression of Concern", "Correction", "Reinstatement"]
            )
        )
    )
    kinds = [
        kind_of_type(Update(doi=one.notice, type=one.type))
        for one in read_csv(data, "rw.csv").notices
    ]
    assert kinds == [
        Kind.RETRACTION,
        Kind.CONCERN,
        Kind.CORRECTION,
        Kind.REINSTATEMENT,
    ]


def test_several_dois_in_one_row() -> None:
    """Between semicolons; but one that belongs to a DOI does not part it."""
    sici = "10.1002/1096-9861(20010212)430:3<283::aid-cne1031>3.0.co;2-v"
    read = read_csv(csv_of(row(f"{sici};10.1000/x; 10.1000/y;")), "rw.csv")
    assert {one.doi for one in read.notices} == {sici, "10.1000/x", "10.1000/y"}


def test_bad_rows_are_counted_and_the_first_shown() -> None:
    """The rest is read."""
    data = csv_of(
        row("10.1000/a"),
        row("n o n e"),
        row("10.1000/b", "Celebration"),
        "7,only,a,few",
        row("10.1000/c", nature="?"),
    )
    read = read_csv(data, "rw.csv")
    assert [one.doi for one in read.notices] == ["10.1000/a"]
    assert read.bad == 4
    assert read.problems == [
        "line 3: OriginalPaperDOI is `n o n e`, which is none",
        "line 4: RetractionNature is `Celebration`",
        "line 5: the row ends early",
    ]


def test_a_field_without_end_is_one_bad_row() -> None:
    """As a quotation mark that is never closed makes it."""
    data = csv_of(row("10.1000/a"), row("10.1000/b", title="x" * 200_000))
    read = read_csv(data, "rw.csv")
    assert [one.doi for one in read.notices] == ["10.1000/a"]
    assert read.bad >= 1
    assert "field larger" in read.problems[0]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_any_encoding_will_do(encoding: str) -> None:
    """It is published with faults in its UTF-8."""
    text = f"{HEADER}\n{row('10.1000/a', title='Über Mäuse')}\n"
    read = read_csv(text.encode(encoding), "rw.csv")
    assert [one.doi for one in read.notices] == ["10.1000/a"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<!doctype html><title>Sign in</title>", "no column OriginalPaperDOI"),
        (b"", "no column OriginalPaperDOI"),
        (csv_of(row("unavailable")), "no notice that can be used: 1 rows without"),
        (b"\x00\xff" * 50, "no column"),
    ],
)
def test_another_file_is_refused(data: bytes, message: str) -> None:
    """With where the right one is, or that nothing was lost."""
    with pytest.raises(MirrorError, match=message) as caught:
        read_csv(data, "rw.csv")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/31/1999 0:00", date(1999, 12, 31)),
        ("12/31/1999", date(1999, 12, 31)),
        ("1999-12-31T00:00:00", date(1999, 12, 31)),
        ("31/12/1999 0:00", None),
        ("", None),
        ("0/0/0000 0:00", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    """American, or ISO 8601; others are not guessed."""
    assert parse_date(text) == day


def test_a_folder_that_cannot_be_written_keeps_what_it_had() -> None:
    """An error of the input, with its place."""
    with shared_folder() as folder:
        write(folder, [Notice("10.1000/a", "", "retraction", None)])
        before = (folder / "retractions.parquet").read_bytes()
        with without_privileges(), pytest.raises(InputError):
            write(folder, [])
        assert (folder / "retractions.parquet").read_bytes() == before
