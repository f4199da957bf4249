"""DataCite's resources as works (registries.md 3)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.names import Name
from lupusrefs.model.work import RegisteredDate, Relation, Work
from lupusrefs.services.datacite_record import read_doi, read_resource
from registry.records import Records
from services.replies import FETCHED

URL = "https://api.datacite.org/dois/10.5072%2Fa"
DOI = "10.5072/a"


def read(**attributes: object) -> Work:
    """Read a resource with some attributes."""
    resource = {"id": DOI, "attributes": {"doi": DOI, **attributes}}
    return read_resource(resource, URL, FETCHED)


def test_a_whole_resource() -> None:
    """The invented software, field by field."""
    resource = Records().datacite.record("10.5072/software.lupuscount")
    work = read_resource(resource, URL, FETCHED)
    assert work.id == work.doi == "10.5072/software.lupuscount"
    assert work.title == "lupuscount: counts invented cells"
    assert work.author == (Name(family="Beispiel", given="Jens Y."),)
    assert str(work.issued) == "2024-10-01"
    assert work.publisher == "Invented Repository"
    assert work.version == "v0.3.0"
    assert (work.type, work.registered_type) == ("software", "Software")
    assert (work.agency, work.state) == ("DataCite", "findable")
    assert work.provenance.answered_by == "datacite"
    assert work.provenance.url == URL


@pytest.mark.parametrize("publisher", ["Zenodo", {"name": "Zenodo", "lang": "en"}])
def test_the_publisher_is_a_string_or_an_object(publisher: object) -> None:
    """An object when asked with ``publisher=true``, and on record without (3)."""
    assert read(publisher=publisher).publisher == "Zenodo"


@pytest.mark.parametrize("publisher", [None, {}, {"name": None}, [], "(:unav)"])
def test_a_publisher_may_be_missing(publisher: object) -> None:
    """``(:unav)`` is DataCite's code for unknown."""
    assert read(publisher=publisher).publisher is None


@pytest.mark.parametrize("state", ["findable", "registered", "draft", None])
def test_the_state_is_kept(state: str | None) -> None:
    """Sixteen old records of the corpus have none."""
    assert read(state=state).state == state


@pytest.mark.parametrize(
    ("creator", "name"),
    [
        (
            {"name": "Ng, A.", "nameType": "Personal", "familyName": "Ng",
             "givenName": "A."},
            Name(family="Ng", given="A."),
        ),
        ({"name": "Ng, A.", "nameType": "Personal"}, Name(family="Ng", given="A.")),
        ({"name": "Ng A", "nameType": "Personal"}, Name(literal="Ng A")),
        ({"name": ", Climate", "nameType": "Personal"}, Name(literal=", Climate")),
        ({"name": "Ng, ", "nameType": "Personal"}, Name(literal="Ng,")),
        ({"name": "CERN", "nameType": "Organizational"}, Name(literal="CERN")),
        (
            {"name": "Fund, The", "nameType": "Organizational", "familyName": "Fund"},
            Name(literal="Fund, The"),
        ),
        ({"name": "Bureau, Statistics"}, Name(literal="Bureau, Statistics")),
        ({"givenName": "Suharto"}, Name(literal="Suharto")),
    ],
)  # fmt: skip
def test_names_of_people_and_of_groups(creator: object, name: Name) -> None:
    """A personal name without parts is "Family, Given" (Metadata Schema, Creator)."""
    assert read(creators=[creator]).author == (name,)


def test_a_name_that_is_not_there_is_nobody() -> None:
    """``(:Unav)`` is on record for six of the corpus's resources."""
    assert read(creators=[{"name": "(:Unav)"}, {}, None, "x"]).author == ()


def test_editors_are_contributors() -> None:
    """Of one type; the other contributors have no CSL variable here."""
    work = read(
        contributors=[
            {"name": "A", "contributorType": "Editor"},
            {"name": "B", "contributorType": "DataCollector"},
        ]
    )
    assert work.editor == (Name(literal="A"),)


def test_the_main_title_goes_first() -> None:
    """Translated titles and subtitles carry a type, the main title none."""
    work = read(
        titles=[
            {"title": "Übersetzt", "titleType": "TranslatedTitle"},
            {"title": " The\n title ", "lang": "en"},
        ]
    )
    assert work.title == "The title"
    assert work.titles == ("The title", "Übersetzt")


@pytest.mark.parametrize(
    ("attributes", "issued"),
    [
        ({"publicationYear": 2021}, "2021"),
        ({"publicationYear": "2021"}, "2021"),
        (
            {
                "publicationYear": 2021,
                "dates": [
                    {"date": "2021-08-05", "dateType": "Issued"},
                    {"date": "2020-01-01", "dateType": "Created"},
                ],
            },
            "2021-08-05",
        ),
        (
            {
                "publicationYear": 2021,
                "dates": [{"date": "2019-08-05", "dateType": "Issued"}],
            },
            "2021",
        ),
        ({"dates": [{"date": "2018-03", "dateType": "Available"}]}, "2018-03"),
        ({"publicationYear": 0}, None),
        (
            {"publicationYear": None, "dates": [{"date": "x", "dateType": "Issued"}]},
            None,
        ),
    ],
)
def test_the_year_is_the_publication_year(
    attributes: dict[str, object], issued: str | None
) -> None:
    """Made precise by an ``Issued`` date of the same year, contradicted by none."""
    work = read(**attributes)
    assert (str(work.issued) if work.issued else None) == issued


def test_all_dates_are_kept_by_their_type() -> None:
    """A range is one date (DataCite uses RKMS-ISO8601, with a slash)."""
    work = read(dates=[{"date": "2019/2020-05", "dateType": "Collected"}])
    span = Date(PartialDate(2019), PartialDate(2020, 5))
    assert work.dates == (RegisteredDate(kind="Collected", date=span),)


@pytest.mark.parametrize(
    ("types", "csl"),
    [
        ({"resourceTypeGeneral": "Dataset", "citeproc": "dataset"}, "dataset"),
        ({"resourceTypeGeneral": "Software", "citeproc": "article"}, "software"),
        ({"resourceTypeGeneral": "Preprint", "citeproc": "article"}, "article"),
        ({"resourceTypeGeneral": "Text", "citeproc": "thesis"}, "thesis"),
        ({"resourceTypeGeneral": "Text", "citeproc": "article"}, "document"),
        ({"resourceTypeGeneral": "Dissertation"}, "thesis"),
        (None, "document"),
        (7, "document"),
    ],
)
def test_types_in_csl(types: object, csl: str) -> None:
    """``citeproc`` says "article" of every text, so it decides only what else is."""
    assert read(types=types).type == csl


def test_a_container() -> None:
    """Journal, volume, issue and pages of an article."""
    work = read(
        container={
            "type": "Journal", "title": "Inv J", "identifier": "0000-0000",
            "identifierType": "ISSN", "volume": "4", "issue": "2",
            "firstPage": "12", "lastPage": "19",
        }
    )  # fmt: skip
    assert (work.container_title, work.issn) == ("Inv J", "0000-0000")
    assert (work.volume, work.issue, work.page) == ("4", "2", "12-19")


@pytest.mark.parametrize(
    ("first", "last", "page"),
    [("12", None, "12"), ("o940", "o940", "o940"), (None, "19", "19"), ("", "-", None)],
)
def test_pages_of_a_container(first: str, last: str, page: str | None) -> None:
    """The same page twice is one page (recorded of crystallography reports)."""
    assert read(container={"firstPage": first, "lastPage": last}).page == page


def test_relations_but_no_reference_list() -> None:
    """Versions are relations, citations are not (3)."""
    ends = [
        {"relationType": kind, "relatedIdentifier": "10.5072/b",
         "relatedIdentifierType": "DOI"}
        for kind in ("IsVersionOf", "References", "IsCitedBy")
    ]  # fmt: skip
    assert read(relatedIdentifiers=ends).relations == (
        Relation(type="IsVersionOf", id="10.5072/b", id_type="doi"),
    )


def test_fields_of_wrong_types_are_absent() -> None:
    """Nothing in a resource costs the others."""
    work = read(
        titles=7, creators="Anonymous", publicationYear=["x"], dates={}, types=[],
        container="x", relatedIdentifiers=7, version=[], publisher="kept",
    )  # fmt: skip
    assert work.publisher == "kept"
    assert (work.title, work.author, work.issued, work.relations) == (
        None,
        (),
        None,
        (),
    )


@pytest.mark.parametrize("bad", [None, 7, [], {}, {"attributes": {}}, {"id": DOI}])
def test_a_resource_without_a_doi_is_no_record(bad: object) -> None:
    """It is the one attribute that cannot be missing."""
    with pytest.raises(ValidationError):
        read_resource(bad, URL, FETCHED)


def test_the_doi_of_a_resource_alone() -> None:
    """To tell whose record could not be read."""
    assert read_doi({"id": DOI}) == DOI
    assert [read_doi(bad) for bad in ({}, {"id": 7}, {"id": ""}, 7, None)] == [None] * 5


# --- the recorded resources ---------------------------------------------------------

Json = dict[str, object]


@pytest.fixture(scope="module")
def recorded(corpus: Path) -> list[tuple[str, Json, Work]]:
    """Every recorded resource: its file, the attributes, and the work it becomes."""
    return [
        (path.name, loaded["attributes"], read_resource(loaded, URL, FETCHED))
        for path in sorted((corpus / "registry" / "datacite").iterdir())
        for loaded in [json.loads(path.read_bytes())]
    ]


def plain(value: object) -> str | None:
    """A text with white space collapsed, or None where it says nothing."""
    text = " ".join(str(value).split()) if value is not None else ""
    return None if text.casefold() in {"", "-", "null", "(:unav)"} else text


def entries(attributes: Json, name: str) -> list[Json]:
    """A list of objects."""
    value = attributes.get(name)
    return (
        [one for one in value if isinstance(one, dict)]
        if isinstance(value, list)
        else []
    )


def main_title(attributes: Json) -> str | None:
    """The first title without a type, else the first."""
    titles = entries(attributes, "titles")
    ranked = [t for t in titles if not t.get("titleType")] or titles
    return next((text for t in ranked if (text := plain(t.get("title")))), None)


def said(name: Name) -> str:
    """A name as DataCite's ``name`` has it."""
    return name.literal or ", ".join(filter(None, (name.family, name.given)))


def expected_name(creator: Json) -> str | None:
    """The parts where there are parts, else the name."""
    family, given = plain(creator.get("familyName")), plain(creator.get("givenName"))
    if family and creator.get("nameType") != "Organizational":
        return ", ".join(filter(None, (family, given)))
    return plain(creator.get("name"))


@pytest.mark.corpus
def test_every_recorded_resource_can_be_read(
    recorded: list[tuple[str, Json, Work]],
) -> None:
    """Under the DOI as registered."""
    assert len(recorded) >= 600
    assert [name for name, a, work in recorded if work.doi != a["doi"]] == []


@pytest.mark.corpus
def test_recorded_attributes(recorded: list[tuple[str, Json, Work]]) -> None:
    """Title, year, volume and issue are the resource's; placeholders are absent."""
    wrong = []
    for name, attributes, work in recorded:
        found = attributes.get("container")
        container = found if isinstance(found, dict) else {}
        pairs = (
            ("title", plain(work.title), main_title(attributes)),
            (
                "year",
                work.issued and work.issued.year,
                attributes.get("publicationYear"),
            ),
            ("volume", work.volume, plain(container.get("volume"))),
            ("issue", work.issue, plain(container.get("issue"))),
            ("container", work.container_title, plain(container.get("title"))),
            ("state", work.state, attributes.get("state")),
        )
        wrong += [(name, *pair) for pair in pairs if pair[1] != pair[2]]
    assert wrong == []


@pytest.mark.corpus
def test_recorded_creators_in_order(recorded: list[tuple[str, Json, Work]]) -> None:
    """All of them; ``(:Unav)`` is nobody."""
    wrong = [
        name
        for name, attributes, work in recorded
        if [plain(said(one)) for one in work.author]
        != list(filter(None, map(expected_name, entries(attributes, "creators"))))
    ]
    assert wrong == []


@pytest.mark.corpus
def test_recorded_works_survive_the_store(
    recorded: list[tuple[str, Json, Work]],
) -> None:
    """Work -> JSON -> Work is the same work (10.5281/zenodo.7276017: ", Climate")."""
    wrong = [
        name
        for name, _, work in recorded
        if Work.model_validate_json(
            work.model_dump_json(by_alias=True, exclude_defaults=True)
        )
        != work
    ]
    assert wrong == []
