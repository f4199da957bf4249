"""Crossref's records as works (registries.md 2.4, 2.5)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.names import Name
from lupusrefs.model.work import RegisteredDate, Relation, Update, Work
from lupusrefs.services.crossref_record import read_doi, read_record
from registry.records import Records
from services.replies import FETCHED

URL = "https://api.crossref.org/works/10.5555%2Fa"


def read(**fields: object) -> Work:
    """Read a record with some fields; ``_`` stands for ``-`` in their names."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return read_record({"DOI": "10.5555/a", **named}, URL, FETCHED)


def day(*parts: int | None) -> dict[str, object]:
    """A Crossref date."""
    return {"date-parts": [list(parts)]}


def own(doi: str) -> Work:
    """One of the loopback registry's invented records."""
    return read_record(Records().crossref.record(doi), URL, FETCHED)


# --- what becomes a work ------------------------------------------------------------


def test_a_whole_record() -> None:
    """The invented article, field by field."""
    work = own("10.5555/lupus.2021.101")
    assert work.id == work.doi == "10.5555/lupus.2021.101"
    assert work.type == "article-journal"
    assert work.registered_type == "journal-article"
    assert work.title == "Depletion of <i>B</i> cells in an invented cohort with lupus"
    assert work.container_title == "Invented Journal of Lupus Research"
    families = [name.family for name in work.author]
    assert families == ["Müller-Krönke", "Beispiel", "van der Probe"]
    assert (work.volume, work.issue, work.page) == ("12", "3", "204-209")
    assert str(work.issued) == "2021-11-28"
    assert work.agency == "Crossref"
    assert work.provenance.answered_by == "crossref"
    assert work.provenance.url == URL
    assert work.provenance.fetched == FETCHED


def test_print_and_online_years_are_both_kept() -> None:
    """They differ on 595 records; accept either (2.5)."""
    kinds = {one.kind: str(one.date) for one in own("10.5555/lupus.2021.101").dates}
    assert kinds["print"] == "2022-01"
    assert kinds["online"] == "2021-11-28"


def test_a_component_has_no_title_author_or_date() -> None:
    """Most lack them (2.5), and ``[[null]]`` is no date."""
    work = own("10.5555/lupus.2021.101.g001")
    assert work.registered_type == "component"
    assert (work.title, work.author, work.issued) == (None, (), None)


@pytest.mark.parametrize(
    ("registered", "csl"),
    [
        ("journal-article", "article-journal"),
        ("proceedings-article", "paper-conference"),
        ("book-chapter", "chapter"),
        ("monograph", "book"),
        ("dissertation", "thesis"),
        ("posted-content", "article"),
        ("dataset", "dataset"),
        ("report", "report"),
        ("something-new", "document"),
    ],
)
def test_types_in_csl_and_as_registered(registered: str, csl: str) -> None:
    """The registered type stays beside the CSL type."""
    work = read(type=registered)
    assert (work.type, work.registered_type) == (csl, registered)


def test_names_of_every_kind() -> None:
    """Family alone (258), groups (84), suffixes (69) are on record (2.5)."""
    work = read(
        author=[
            {"family": "Kim", "sequence": "first"},
            {"name": "The Consortium", "sequence": "additional"},
            {"family": "Sammes", "given": "P. G.", "suffix": "Jr."},
            {"given": "Suharto"},
            {"sequence": "additional"},
            {"family": "KRÖNKE", "given": "Gerhard", "role": [{"role": "author"}]},
        ]
    )
    assert work.author == (
        Name(family="Kim"),
        Name(literal="The Consortium"),
        Name(family="Sammes", given="P. G.", suffix="Jr."),
        Name(literal="Suharto"),
        Name(family="KRÖNKE", given="Gerhard"),
    )


def test_titles_are_verbatim_but_for_white_space() -> None:
    """Markup and double escapes are evidence (2.5)."""
    title = "Wireless\n   <i>in vivo</i> &lt;scp&gt;RNA&lt;/scp&gt; $\\alpha$."
    work = read(title=[title, "A second one"], original_title=["Der Titel"])
    plain = "Wireless <i>in vivo</i> &lt;scp&gt;RNA&lt;/scp&gt; $\\alpha$."
    assert work.title == plain
    assert work.titles == (plain, "A second one", "Der Titel")
    assert work.original_title == "Der Titel"


@pytest.mark.parametrize("title", [[], None, ["null"], [""], [{}], {}])
def test_a_title_may_be_missing(title: object) -> None:
    """734 records have none (2.5)."""
    assert read(title=title).title is None


@pytest.mark.parametrize(
    ("dates", "issued"),
    [
        ({"issued": day(2021, 8, 5)}, PartialDate(2021, 8, 5)),
        ({"issued": day(None), "published": day(2020)}, PartialDate(2020)),
        ({"published-print": day(2019, 2)}, PartialDate(2019, 2)),
        ({"published-online": day(2018)}, PartialDate(2018)),
        ({"posted": day(2017, 1, 2)}, PartialDate(2017, 1, 2)),
    ],
)
def test_issued_or_what_stands_for_it(
    dates: dict[str, object], issued: PartialDate
) -> None:
    """``issued`` is the earlier of print and online, of any precision (2.5)."""
    assert read_record({"DOI": "10.5555/a", **dates}, URL, FETCHED).issued == Date(
        issued
    )


def test_registry_dates_are_never_publication_dates() -> None:
    """``created``, ``deposited`` and ``indexed`` (2.5)."""
    work = read(created=day(2021, 1, 1), deposited=day(2022), indexed=day(2023))
    assert work.issued is None
    assert work.dates == (
        RegisteredDate(kind="created", date=Date(PartialDate(2021, 1, 1))),
    )


def test_an_article_number_without_pages() -> None:
    """631 records have one (2.5, 10.1103/physrevlett.87.198301)."""
    work = read(article_number="198301")
    assert (work.number, work.page, work.article_number) == ("198301", None, "198301")


def test_an_article_number_beside_pages() -> None:
    """The pages are the locator then; the number is kept as registered."""
    work = read(article_number="e1", page="1-9")
    assert (work.number, work.page, work.article_number) == (None, "1-9", "e1")


@pytest.mark.parametrize(
    "page", ["A33.1-A33", "29-5410-29-5410", "1-5, 9, 11", "7-7, 12"]
)
def test_odd_pages_are_kept(page: str) -> None:
    """All four are on record (2.5)."""
    assert read(page=page).page == page


def test_numbers_of_journals_and_books_without_their_url() -> None:
    """Records of 2015-16 have them as URLs (2.5)."""
    work = read(
        ISSN=["http://id.crossref.org/issn/0028-4793", "0028-4793", "1533-4406"],
        ISBN=["http://id.crossref.org/isbn/9780306406157"],
    )
    assert work.issn == "0028-4793, 1533-4406"
    assert work.isbn == "9780306406157"


def test_updates_in_both_directions() -> None:
    """A notice has ``update-to``, the updated work ``updated-by`` (2.4)."""
    notice, article = own("10.5555/lupus.2020.302"), own("10.5555/lupus.2019.301")
    entry = Update(
        doi="10.5555/lupus.2019.301",
        type="retraction",
        label="Retraction",
        source="retraction-watch",
        date=Date(PartialDate(2020, 7, 7)),
    )
    assert notice.updates == (entry,)
    assert notice.updated_by == ()
    assert [one.doi for one in article.updated_by] == ["10.5555/lupus.2020.302"]
    assert article.updates == ()


def test_an_update_without_a_source_or_a_target() -> None:
    """Old records have no source; what names no DOI says nothing (2.4)."""
    work = read(update_to=[{"DOI": "10.5555/b", "type": "erratum"}, {"type": "err"}])
    assert work.updates == (Update(doi="10.5555/b", type="erratum"),)


def test_relations_but_no_reference_list() -> None:
    """``cites`` is no identity (2.4)."""
    end = {"id": "10.5555/b", "id-type": "doi", "asserted-by": "subject"}
    work = read(
        relation={"is-preprint-of": [end], "cites": [end], "is-cited-by": [end]}
    )
    assert work.relations == (
        Relation(
            type="is-preprint-of", id="10.5555/b", id_type="doi", asserted_by="subject"
        ),
    )


def test_a_relation_with_one_end() -> None:
    """Older records give an object where newer ones give a list."""
    work = read(relation={"has-preprint": {"id": "10.5555/b", "id-type": "doi"}})
    assert [(one.type, one.id) for one in work.relations] == [
        ("has-preprint", "10.5555/b")
    ]


def test_aliases_are_dois_merged_into_this_one() -> None:
    """Recorded of 10.26434/chemrxiv.5406907.v5 (2.2)."""
    assert own("10.5555/preprint.77.v5").aliases == ("10.5555/preprint.77",)


def test_fields_of_wrong_types_are_absent() -> None:
    """Nothing in a record costs the others."""
    work = read(
        title="x", author="Anonymous", issued=7, volume=[], page={}, relation=[],
        update_to="x", event=[], ISSN=None, degree=7, type=7,
    )  # fmt: skip
    assert work.title == "x"
    assert (work.author, work.issued, work.volume, work.page) == ((), None, None, None)
    assert (work.relations, work.updates) == ((), ())


@pytest.mark.parametrize("bad", [None, 7, [], "x", {}, {"DOI": None}, {"DOI": "x"}])
def test_a_record_without_a_doi_is_no_record(bad: object) -> None:
    """It is the one field that cannot be missing."""
    with pytest.raises(ValidationError):
        read_record(bad, URL, FETCHED)


def test_the_doi_of_a_record_alone() -> None:
    """To tell whose record could not be read."""
    assert read_doi({"DOI": "10.5555/a"}) == "10.5555/a"
    assert [read_doi(bad) for bad in ({}, {"DOI": 7}, {"DOI": ""}, 7, None)] == [
        None
    ] * 5


# --- the recorded records -----------------------------------------------------------

Json = dict[str, object]


@pytest.fixture(scope="module")
def recorded(corpus: Path) -> list[tuple[str, Json, Work]]:
    """Every recorded record: its file, the record, and the work it becomes."""
    return [
        (path.name, loaded, read_record(loaded, URL, FETCHED))
        for path in sorted((corpus / "registry" / "crossref").iterdir())
        for loaded in [json.loads(path.read_bytes())]
    ]


def plain(value: object) -> str | None:
    """A text with white space collapsed, or None where it says nothing."""
    if value is None:
        return None
    text = " ".join(str(value).replace("\t", " ").replace("\n", " ").split(" ")).strip()
    while "  " in text:
        text = text.replace("  ", " ")
    return None if text.casefold() in {"", "null", "n/a", "-"} else text


def first_text(record: Json, name: str) -> str | None:
    """The first of several texts that says something; a few are no list."""
    values = record.get(name)
    if isinstance(values, str):
        return plain(values)
    texts = [plain(one) for one in values] if isinstance(values, list) else []
    return next((text for text in texts if text), None)


def authors(record: Json) -> Iterator[tuple[str | None, ...]]:
    """Family, given name and suffix of each author, or a group's name."""
    people = record.get("author")
    for person in people if isinstance(people, list) else []:
        parts = {name: plain(person.get(name)) for name in person if person.get(name)}
        if parts.get("family"):
            yield parts["family"], parts.get("given"), parts.get("suffix"), None
        elif literal := parts.get("name") or parts.get("given"):
            yield None, None, None, literal


def year(record: Json) -> object:
    """The year of ``issued``."""
    issued = record.get("issued")
    rows = issued.get("date-parts") if isinstance(issued, dict) else None
    return rows[0][0] if rows and rows[0] else None


@pytest.mark.corpus
def test_every_recorded_record_can_be_read(
    recorded: list[tuple[str, Json, Work]],
) -> None:
    """Under the DOI as registered."""
    assert len(recorded) >= 2500
    assert [name for name, record, work in recorded if work.doi != record["DOI"]] == []


@pytest.mark.corpus
def test_recorded_fields(recorded: list[tuple[str, Json, Work]]) -> None:
    """Title, volume, issue and pages are the record's; placeholders are absent."""
    wrong = [
        (name, field, value, expected)
        for name, record, work in recorded
        for field, value, expected in (
            ("title", work.title, first_text(record, "title")),
            ("volume", work.volume, plain(record.get("volume"))),
            ("issue", work.issue, plain(record.get("issue"))),
            ("page", work.page, plain(record.get("page"))),
            ("container", work.container_title, first_text(record, "container-title")),
            ("number", work.article_number, plain(record.get("article-number"))),
        )
        if value != expected
    ]
    assert wrong == []


@pytest.mark.corpus
def test_recorded_authors_in_order(recorded: list[tuple[str, Json, Work]]) -> None:
    """All of them, of 10.1103/physrevd.65.052004 too, which has more than fifty."""
    wrong = [
        name
        for name, record, work in recorded
        if [(n.family, n.given, n.suffix, n.literal) for n in work.author]
        != list(authors(record))
    ]
    assert wrong == []


@pytest.mark.corpus
def test_recorded_years(recorded: list[tuple[str, Json, Work]]) -> None:
    """The year of ``issued``, or none."""
    wrong = [
        name
        for name, record, work in recorded
        if (work.issued.year if work.issued else None) != year(record)
    ]
    assert wrong == []


@pytest.mark.corpus
def test_recorded_works_survive_the_store(
    recorded: list[tuple[str, Json, Work]],
) -> None:
    """Work -> JSON -> Work is the same work."""
    wrong = [
        name
        for name, _, work in recorded
        if Work.model_validate_json(
            work.model_dump_json(by_alias=True, exclude_defaults=True)
        )
        != work
    ]
    assert wrong == []
