"""The scripts that train and measure: labels of two sources, and works written out."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from freetext_corpus import aligned, fields_as_annotated, load
from freetext_example import Example
from freetext_facts import read_facts
from freetext_styles import rendered
from lupusrefs.freetext import labels as l
from lupusrefs.freetext.model import Model
from lupusrefs.freetext.parse import parse_with
from measure_freetext import Score, as_annotated, by_meaning, folded, strictly
from train_freetext import train


def _rows(folder: Path, source: str, *rows: list[list[str | None]]) -> list[Example]:
    """A corpus of one file; segments are joined by blanks."""
    (folder / "freetext").mkdir(parents=True, exist_ok=True)
    lines = [
        json.dumps(
            {
                "subset": "gold",
                "text": " ".join(str(text) for _, text in segments),
                "segments": segments,
            }
        )
        for segments in rows
    ]
    path = folder / "freetext" / f"{source}.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return load(folder, source)


def _labelled(example: Example) -> list[tuple[str, str]]:
    pairs = zip(example.tokens, example.labels, strict=True)
    return [(token.text, label) for token, label in pairs]


@pytest.mark.parametrize(
    ("volume", "expected"),
    [
        ("vol. 42, no. 2,", [l.VOLUME, l.VOLUME, l.ISSUE, l.ISSUE]),
        ("22 (11),", [l.VOLUME, l.ISSUE]),
        ("52.1", [l.VOLUME, l.ISSUE]),
        ("5:497–525,", [l.VOLUME, l.PAGE]),
        ("12(3):45", [l.VOLUME, l.ISSUE, l.PAGE]),
        ("2009;5", [l.ISSUED, l.VOLUME]),
        ("10, 39", [l.VOLUME, l.ISSUE]),
        ("n° 63", [l.ISSUE, l.ISSUE]),
        ("12 p. 5", [l.VOLUME, l.PAGE, l.PAGE]),
        ("12 Bis", [l.VOLUME, l.VOLUME]),
    ],
)
def test_a_volume_of_anystyle_is_divided(
    tmp_path: Path, volume: str, expected: list[str]
) -> None:
    """Volume, issue and pages that were one segment."""
    (row,) = _rows(tmp_path, "anystyle", [["volume", volume]])
    assert list(row.labels) == expected


def test_pages_of_their_own_are_not_looked_for_in_a_volume(tmp_path: Path) -> None:
    """Where pages are annotated, what stands behind a colon is the issue."""
    (row,) = _rows(tmp_path, "anystyle", [["volume", "33:10:"], ["pages", "2265."]])
    assert list(row.labels) == [l.VOLUME, l.ISSUE, l.PAGE]


def test_notes_and_links_of_anystyle_are_told_apart(tmp_path: Path) -> None:
    """What a note says decides its label; an "in" goes to the book."""
    (row,) = _rows(
        tmp_path,
        "anystyle",
        [
            ["title", "Lupus in"],
            ["container-title", "Handbook"],
            ["note", "Retrieved 3 May 2010 from"],
            ["url", "at: http://example.org"],
            ["note", "forthcoming book"],
            ["note", "2nd edition"],
            ["note", "Mimeo."],
            ["note", "Hello there"],
            ["date", "in press soon"],
            ["genre", "Web."],
            ["doi", "doi number"],
        ],
    )
    assert _labelled(row) == [
        ("Lupus", l.TITLE),
        ("in", l.CONTAINER),
        ("Handbook", l.CONTAINER),
        *((word, l.ACCESSED) for word in ("Retrieved", "3", "May", "2010", "from")),
        ("at", l.ACCESSED),
        ("http://example.org", l.URL),
        ("forthcoming", l.STATUS),
        ("book", l.STATUS),
        ("2nd", l.EDITION),
        ("edition", l.EDITION),
        ("Mimeo", l.GENRE),
        ("Hello", l.NOTE),
        ("there", l.NOTE),
        ("in", l.STATUS),
        ("press", l.STATUS),
        ("soon", l.STATUS),
        ("Web", l.NOTE),
        ("doi", l.DOI),
        ("number", l.DOI),
    ]


def test_words_without_a_label_of_grobid_get_that_of_their_field(
    tmp_path: Path,
) -> None:
    """What names a field belongs to it, before or behind."""
    (row,) = _rows(
        tmp_path,
        "grobid",
        [
            ["author", "Lee, A."],
            [None, "et al."],
            ["title.a", "Lupus"],
            [None, ". In"],
            ["editor", "Wu B"],
            [None, "(eds.)"],
            ["title.m", "Handbook"],
            [None, ", vol."],
            ["scope.volume", "3"],
            [None, ", pp."],
            ["scope.page", "5-7"],
            [None, "see also"],
            ["orgName", "CERN"],
            ["note", "unpublished"],
        ],
    )
    assert _labelled(row) == [
        *((word, l.AUTHOR) for word in ("Lee", "A", "et", "al")),
        ("Lupus", l.TITLE),
        *((word, l.EDITOR) for word in ("In", "Wu", "B", "eds")),
        ("Handbook", l.CONTAINER),
        *(("vol", l.VOLUME), ("3", l.VOLUME), ("pp", l.PAGE), ("5-7", l.PAGE)),
        *(("see", l.OTHER), ("also", l.OTHER), ("CERN", l.PUBLISHER)),
        ("unpublished", l.STATUS),
    ]


def test_books_and_volumes_of_grobid_are_mended(tmp_path: Path) -> None:
    """A journal beside a publisher is a book; of two pages the first is the volume."""
    book, article, listed = _rows(
        tmp_path,
        "grobid",
        [["title.j", "Mechanics"], [None, "("], ["pubPlace", "Moscow"]],
        [
            ["title.j", "J. Phys."],
            ["scope.page", "41"],
            [None, "("],
            ["date", "2014"],
            [None, ")"],
            ["scope.page", "93001"],
        ],
        [["orgName", "CERN"], [None, ", accessed"], ["title.m", "Beams"]],
    )
    assert _labelled(book)[0] == ("Mechanics", l.TITLE)
    assert ("41", l.VOLUME) in _labelled(article)
    assert _labelled(listed) == [
        *(("CERN", l.AUTHOR), ("accessed", l.ACCESSED), ("Beams", l.TITLE))
    ]


def test_segments_that_do_not_fit_the_text_are_told() -> None:
    """Only blanks may differ."""
    assert aligned("a b", [("x", "ab")]) is not None
    assert aligned("a b", [("x", "a"), ("y", " ")]) is None
    assert aligned("a b", [("x", "c")]) is None


def test_near_duplicates_are_in_one_half(tmp_path: Path) -> None:
    """Number, case and punctuation of a reference do not decide its half."""
    first, second = _rows(
        tmp_path,
        "anystyle",
        [["author", "[12] Lee A."], ["title", "Lupus"]],
        [["author", "LEE, A"], ["title", "lupus"]],
    )
    assert first.half == second.half


def test_both_comparisons(tmp_path: Path) -> None:
    """By meaning "vol." is no part of a field; strictly it is AnyStyle's."""
    (row,) = _rows(tmp_path, "anystyle", [["volume", "vol. 5(2),"], ["pages", "p. 7."]])
    assert by_meaning(row, row.labels) == {
        (l.VOLUME, "5"): 1,
        (l.ISSUE, "2"): 1,
        (l.PAGE, "7"): 1,
    }
    assert strictly(row, row.labels) == as_annotated(row)
    (other,) = _rows(
        tmp_path, "grobid", [["title.a", "A"], ["title.m", "B"], [None, "C"]]
    )
    assert list(fields_as_annotated(other)) == [(l.TITLE, "A"), (l.CONTAINER, "B")]
    assert strictly(other, other.labels) - as_annotated(other) == {("other", "C"): 1}


def test_scores_are_harmonic_means() -> None:
    """One of two found, one of two right."""
    score = Score()
    assert score.f1("title") == 1.0
    gold = by_count(("title", "a"), ("title", "b"))
    score.add(gold, by_count(("title", "a"), ("title", "c")))
    assert score.f1("title") == 0.5
    assert folded(" “A  <i>b</i>.” ") == "A b"


def by_count(*fields: tuple[str, str]) -> Counter[tuple[str, str]]:
    """Fields, each once."""
    return Counter(fields)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A registry of a few works."""
    folder = tmp_path / "registry" / "crossref"
    folder.mkdir(parents=True)
    for number in range(30):
        record = {
            "title": [f"Lupus and the kidney, part {number}"],
            "author": [{"family": "Lee", "given": "Ann B."}, {"family": "Wu"}],
            "issued": {"date-parts": [[2000 + number, 3]]},
            "container-title": ["Journal of Lupus"],
            "short-container-title": ["J. Lupus"],
            "volume": str(number + 1),
            "issue": "2",
            "page": "100-119",
            "DOI": f"10.1234/{number}",
            "publisher": "Kidney Press",
        }
        path = folder / f"{number:02}.json"
        path.write_text(json.dumps(record), encoding="utf-8")
    (folder / "x.json").write_text('{"title": []}', encoding="utf-8")
    return tmp_path


def test_works_are_written_out_the_same_way_each_time(corpus: Path) -> None:
    """Chance is seeded; every word has a label, and the fields are the record's."""
    facts = read_facts(corpus)
    assert len(facts) == 30
    examples = list(rendered(facts, 12))
    assert examples == list(rendered(facts, 12))
    taught = {label for one in examples for label in one.labels}
    assert set(l.LABELS) - taught <= {l.OTHER}
    assert all(len(one.tokens) == len(one.labels) for one in examples)


def test_a_model_learns_what_it_is_shown(corpus: Path, tmp_path: Path) -> None:
    """Trained twice, it is the same to the byte, and reads what it has seen."""
    examples = list(rendered(read_facts(corpus), 2))
    for name in ("a", "b"):
        train(examples, tmp_path / name, {"max_iterations": 15})
    data = (tmp_path / "a").read_bytes()
    assert data == (tmp_path / "b").read_bytes()
    text = "Lee AB, Wu. Lupus and the kidney. J Lupus. 2003;4(2):7"
    assert parse_with(Model(data), text).item.volume == "4"
