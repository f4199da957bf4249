"""The six seed references, as they were cited; and the snapshot, with its sources."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from lupusrefs import snapshot
from lupusrefs.formats import csl_yaml
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import decode
from lupusrefs.input_files import load_file
from lupusrefs.model.identifiers import Pmcid, Pmid
from lupusrefs.model.names import OTHERS
from lupusrefs.model.reference import Reference
from lupusrefs.sources import seed_path

KEYS = [
    *("mougiakakos2021", "mackensen2022", "humrich2016"),
    *("humrich2007", "humrich2015", "vonspeemayer2015"),
]
SEEDS = load_file(str(seed_path()))
# The abstract cites three works and is itself the sixth.
DOCUMENTS = {
    "mougiakakos2021": "000_8350a5e89e1ac635.txt",
    "mackensen2022": "000_8350a5e89e1ac635.txt",
    "humrich2016": "004_6e2430a06db212f5.txt",
    "humrich2007": "004_6e2430a06db212f5.txt",
    "humrich2015": "004_6e2430a06db212f5.txt",
    "vonspeemayer2015": "004_6e2430a06db212f5.txt",
}


@pytest.fixture(scope="module")
def documents(corpus: Path) -> dict[str, str]:
    """The seed documents by file name, white space collapsed."""
    folder = corpus.parent / "seeds"
    if not folder.is_dir():
        pytest.skip("no seed documents beside the corpus")
    return {
        path.name: _collapsed(path.read_text(encoding="utf-8"))
        for path in folder.iterdir()
    }


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def seed(key: str) -> Reference:
    """One seed reference."""
    return SEEDS.library[key]


# -- the seeds -------------------------------------------------------------------


def test_the_six_seeds_stand_in_their_order() -> None:
    """The first document's two, the second one itself, and its three."""
    assert [one.id for one in SEEDS.references] == KEYS


def test_nothing_is_wrong_with_the_seed_file() -> None:
    """It is the example of the house format."""
    assert SEEDS.diagnostics == ()


@pytest.mark.parametrize("key", KEYS)
def test_every_seed_says_what_it_was_taken_from(key: str) -> None:
    """The text as it was, and the document it stands in."""
    custom = seed(key).custom
    assert custom.keys() == {"literal", "source"}
    assert DOCUMENTS[key] in str(custom["source"])


@pytest.mark.corpus
@pytest.mark.parametrize("key", [key for key in KEYS if key != "humrich2016"])
def test_the_text_of_a_seed_stands_in_its_document(
    key: str, documents: dict[str, str]
) -> None:
    """Word for word, white space apart."""
    literal = _collapsed(str(seed(key).custom["literal"]))
    assert literal in documents[DOCUMENTS[key]]


@pytest.mark.corpus
def test_the_text_of_the_abstract_is_put_together_from_its_lines(
    documents: dict[str, str],
) -> None:
    """It does not cite itself: title and author lines, in the document's order."""
    document = documents[DOCUMENTS["humrich2016"]]
    literal = _collapsed(str(seed("humrich2016").custom["literal"]))
    title = "A7.06 Low-dose IL-2 therapy in refractory sle: Insights from a phase"
    title += " I/IIA clinical trial"
    assert literal.startswith(f"{title} JY Humrich1,3,4, ")
    assert title in document
    position = 0
    for author in literal.removeprefix(f"{title} ").split(", "):
        position = document.index(author, position)


@pytest.mark.parametrize(
    ("key", "doi"),
    [
        ("mougiakakos2021", "10.1056/NEJMc2107725"),
        ("mackensen2022", "10.1038/s41591-022-02017-5"),
        ("humrich2016", None),
        ("humrich2007", None),
        ("humrich2015", "10.1136/annrheumdis-2014-206506"),
        ("vonspeemayer2015", "10.1136/annrheumdis-2015-207776"),
    ],
)
def test_a_seed_has_the_doi_that_was_cited(key: str, doi: str | None) -> None:
    """Four of them; that there is one for another is for the tool to find."""
    assert seed(key).doi == doi


@pytest.mark.parametrize("key", KEYS)
def test_what_a_seed_claims_stands_in_its_text(key: str) -> None:
    """Nothing is corrected and nothing added: titles, names, numbers as cited."""
    reference = seed(key)
    literal = _collapsed(str(reference.custom["literal"]))
    claims = [reference.title, reference.container_title, reference.status]
    claims += [reference.volume, reference.issue, reference.page, reference.doi]
    for name in reference.author:
        claims.append("et al" if name == OTHERS else name.family_with_particle)
        claims.append(name.given)
    assert [claim for claim in claims if claim and claim not in literal] == []
    if reference.issued:
        assert str(reference.issued.year) in literal


def test_the_errors_of_the_sources_are_kept() -> None:
    """The reason for the tool (DESIGN.md): they must not be mended by accident."""
    assert seed("mackensen2022").author[0].given == "D"  # Andreas
    assert str(seed("humrich2007").issued) == "2007"  # volume 107 is 2010
    assert seed("mackensen2022").status == "Online ahead of print"
    assert seed("vonspeemayer2015").status == "Epub ahead of print"
    assert seed("humrich2015").volume is None
    assert seed("humrich2016").doi is None


# -- the snapshot ----------------------------------------------------------------


def entries() -> Loaded:
    """The snapshot as the file has it."""
    data = files("lupusrefs.data").joinpath("snapshot.yaml").read_bytes()
    return csl_yaml.load(decode(data, "snapshot.yaml"))


def test_nothing_is_wrong_with_the_snapshot() -> None:
    """Read like any other file; every entry becomes a work that says what it is."""
    loaded = entries()
    assert loaded.diagnostics == ()
    works = snapshot.works()
    assert [work.id for work in works] == [one.id for one in loaded.references]
    assert len(works) == 6
    assert {work.provenance.answered_by for work in works} == {"snapshot"}
    assert {work.provenance.url for work in works} == {None}


@pytest.mark.parametrize("entry", entries().references, ids=lambda entry: entry.id)
def test_every_field_of_the_snapshot_has_a_source(entry: Reference) -> None:
    """And there is no source of a field that is not there."""
    sources = entry.custom["sources"]
    assert isinstance(sources, dict)
    assert all(isinstance(source, str) and source for source in sources.values())
    named = [field for fields in sources for field in fields.split()]
    assert len(named) == len(set(named))
    facts = {*entry.to_csl(), *entry.custom} - {"id", "type", "custom"}
    assert set(named) == facts - {"sources", "date"}


@pytest.mark.parametrize(
    "value",
    [
        "pnas.0903158107",
        "26324847",
        "Valor-Méndez",
        "A43",
        "A3.11",
        "NEJMoa2110855",
        "209124",
        "1407",
        "Klaus",
        "Sawitzki",
    ],
)
def test_nothing_unverified_is_in_the_snapshot(value: str) -> None:
    """Recalled or wrong values and look-alikes (registries.md 6)."""
    text = files("lupusrefs.data").joinpath("snapshot.yaml").read_text("utf-8")
    assert value not in text


@pytest.mark.parametrize(
    ("doi", "absent"),
    [
        (
            "10.1136/annrheumdis-2015-207776",
            {"volume", "issue", "page", "page-first", "issued", "PMID"},
        ),
        ("10.1136/annrheumdis-2014-206506", {"page"}),
    ],
)
def test_what_no_source_states_is_left_out(doi: str, absent: set[str]) -> None:
    """The unverified column of registries.md 6."""
    (work,) = snapshot.find([f"doi:{doi}"]).values()
    assert absent & work.to_csl().keys() == set()


def test_authors_that_no_source_states_are_left_out() -> None:
    """The first three of the letter, the first of the article (registries.md 6)."""
    works = snapshot.find(
        ["doi:10.1056/nejmc2107725", "doi:10.1136/annrheumdis-2015-207776"]
    )
    letter, article = works.values()
    assert [one.family for one in letter.author[:-1]] == [
        *("Mougiakakos", "Krönke", "Völkl"),
    ]
    assert [one.family for one in article.author[:-1]] == ["Spee-Mayer"]
    assert letter.author[-1] == article.author[-1] == OTHERS


def test_the_snapshot_is_found_by_every_identifier_it_has() -> None:
    """As the store names its subjects: the DOI's key, PMID and PMCID."""
    subjects = [
        *("doi:10.1056/nejmc2107725", "doi:10.1038/s41591-022-02017-5"),
        *("doi:10.1136/annrheumdis-2014-206506",),
        *("doi:10.1136/annrheumdis-2015-207776",),
        f"pmid:{Pmid.parse('PMID: 34347960')}",
        f"pmid:{Pmid.parse('36109639')}",
        f"pmcid:{Pmcid.parse('PMC2806746')}",
    ]
    assert list(snapshot.find(subjects)) == subjects
    assert snapshot.find(["doi:10.1056/NEJMc2107725", "doi:10.1000/1"]) == {}


def test_the_correction_of_a_seed_is_known() -> None:
    """It has appeared since the work was cited (registries.md 6)."""
    (work,) = snapshot.find(["doi:10.1038/s41591-022-02017-5"]).values()
    (update,) = work.updated_by
    assert update.doi == "10.1038/s41591-022-02091-9"
    assert update.type == "correction"
    assert str(update.date) == "2023-11"
    assert [(one.kind, str(one.date)) for one in work.dates] == [
        ("online", "2022-09-15")
    ]
    assert len(work.author) == 24
    assert (work.author[0].given, work.author[0].family) == ("Andreas", "Mackensen")
