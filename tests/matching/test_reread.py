"""A text read again by one who knows the work."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs.compare.comparison import finding
from lupusrefs.compare.work import compare
from lupusrefs.freetext.parse import parse
from lupusrefs.matching.reread import reread
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work

WORK = Work(
    id="10.5555/jim.2022.118",
    type="article-journal",
    title="Echoes of a silent bell in healthy volunteers",
    author=(
        Name(family="Ficta", given="Clara"),
        Name(family="Somnia", given="Petra"),
        Name(family="Umbra", given="Vera"),
    ),
    container_title="Journal of Invented Medicine",
    volume="17",
    issue="2",
    page="118-126",
    issued=Date(PartialDate(2022)),
    doi="10.5555/jim.2022.118",
    provenance=Provenance(answered_by="crossref", fetched=datetime.now(UTC)),
)
TEXT = (
    "Ficta C, Somnia P, et al. Echoes of a silent bell in healthy volunteers. "
    "J Invent Med. 2022;17(2):118-26."
)


def misread(**fields: object) -> Reference:
    """The reference with some fields as nobody should read them."""
    item = parse(TEXT).item.model_copy(update={"id": "a", **fields})
    given = {name: getattr(item, name) for name in item.model_fields_set | set(fields)}
    doubts = ("issued", "volume", "issue", "page")
    return Reference.model_construct(
        **{**given, "id": "a", "text": TEXT}, doubts=doubts
    )


def again(reference: Reference) -> Reference | None:
    """What the text says after all."""
    return reread(reference, WORK, compare(reference, WORK).findings)


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("title", "Echoes of another bell entirely", WORK.title),
        ("volume", "118", "17"),
        ("page", "17", "118-126"),
        ("issued", Date(PartialDate(1926)), Date(PartialDate(2022))),
        ("container_title", "Acta Nihil", "Journal of Invented Medicine"),
    ],
)
def test_what_the_text_has_was_only_misread(
    field: str, wrong: object, right: object
) -> None:
    """The registered value is in the text, so it is cited."""
    found = again(misread(**{field: wrong}))
    assert found is not None
    assert getattr(found, field) == right


def test_people_that_the_text_has_were_only_misread() -> None:
    """The first, and those that follow him; the rest is et al."""
    found = again(misread(author=(Name(family="Bell", given="S"),)))
    assert found is not None
    families = [name.family for name in found.author]
    assert families == ["Ficta", "Somnia", None]


def test_a_wrong_initial_is_the_reference_s_own() -> None:
    """The family name is the same: nothing was misread."""
    wrong = (Name(family="Ficta", given="X"), Name(literal="others"))
    found = again(misread(author=wrong))
    assert found is not None
    assert [str(name) for name in found.author] == [
        "X Ficta",
        "Petra Somnia",
        "others",
    ]


def test_a_name_that_was_torn_apart_is_the_registered_one() -> None:
    """A particle is no given name."""
    work = WORK.model_copy(update={"author": (Name(family="Van den Bell", given="M"),)})
    text = TEXT.replace("Ficta C, Somnia P, et al.", "Van den Bell M.")
    torn = (Name(family="Bell", given="Van den"), Name(family="Y", given="M"))
    reference = misread(author=torn).model_copy(update={"text": text})
    found = reread(reference, work, compare(reference, work).findings)
    assert found is not None
    assert found.author == work.author


def test_two_of_one_family_keep_their_own_initials() -> None:
    """In the order in which they are cited."""
    people = (Name(family="Kim", given="Mi"), Name(family="Kim", given="Eun"))
    work = WORK.model_copy(update={"author": people})
    text = TEXT.replace("Ficta C, Somnia P, et al.", "Kim M, Kim E.")
    read = (Name(family="Kim", given="M"), Name(family="Kim", given="E"))
    reference = misread(author=(*read, Name(family="Med"))).model_copy(
        update={"text": text}
    )
    found = reread(reference, work, compare(reference, work).findings)
    assert found is not None
    assert found.author == read


def test_who_is_not_registered_is_a_finding() -> None:
    """Another name before the title is no misreading."""
    text = TEXT.replace("et al.", "Stranger S.")
    read = (
        Name(family="Ficta", given="C"),
        Name(family="Somnia", given="P"),
        Name(family="Stranger", given="S"),
    )
    reference = misread(author=read).model_copy(update={"text": text})
    found = reread(reference, WORK, compare(reference, WORK).findings)
    assert found is None or found.author == read


def test_what_the_text_does_not_have_stays() -> None:
    """It cites another volume."""
    text = TEXT.replace("17(2)", "71(2)")
    reference = misread(volume="71").model_copy(update={"text": text})
    assert again(reference) is None


def test_only_what_is_found_fault_with_is_looked_at() -> None:
    """What agrees stays as it is written."""
    assert again(misread()) is None


def test_a_reference_of_fields_has_no_text() -> None:
    """Its fields are what its file says."""
    reference = misread(volume="71").model_copy(update={"text": None})
    assert again(reference) is None


def test_a_doubted_doi_has_title_and_people_looked_at() -> None:
    """The judgement that it is another work's rests on them."""
    reference = misread(title="Something else", author=(Name(family="Bell"),))
    doubt = finding("doi-of-another-work", reference, "m", field="DOI")
    found = reread(reference, WORK, [doubt])
    assert found is not None
    assert found.title == WORK.title


def test_a_journal_alone_is_no_title() -> None:
    """Some styles cite without titles; what looks like one is the journal."""
    text = "[1] C. Ficta, P. Somnia, V. Umbra, J. Invent. Med. 17 (2022) 118-126."
    reference = misread(title="J. Invent.", container_title="Med").model_copy(
        update={"text": text}
    )
    doubt = finding("doi-of-another-work", reference, "m", field="DOI")
    found = reread(reference, WORK, [doubt])
    assert found is not None
    assert found.title is None
    assert found.container_title == "Journal of Invented Medicine"


def test_a_number_that_was_read_surely_is_not_looked_for() -> None:
    """Any other may stand in the text for another reason."""
    reference = misread(volume="99").model_copy(update={"doubts": ()})
    assert again(reference) is None


def test_numbers_that_were_mixed_up_are_looked_for() -> None:
    """The page was taken for the volume, however surely."""
    reference = misread(volume="118").model_copy(update={"doubts": ()})
    found = again(reference)
    assert found is not None
    assert found.volume == "17"


def test_a_number_that_was_not_read_at_all_is_looked_for() -> None:
    """Where it stands in the text, it is cited."""
    reference = misread(volume=None).model_copy(update={"doubts": ()})
    found = again(reference)
    assert found is not None
    assert found.volume == "17"


def test_a_year_in_the_name_of_a_journal_is_not_the_date() -> None:
    """The date is the year that stands by itself."""
    work = WORK.model_copy(update={"container_title": "Journal of Bells (1912)"})
    text = TEXT.replace("J Invent Med", "Journal of Bells (1912)")
    reference = misread(
        issued=Date(PartialDate(1912)), container_title="Journal of Bells (1912)"
    ).model_copy(update={"text": text, "doubts": ()})
    found = reread(reference, work, compare(reference, work).findings)
    assert found is not None
    assert found.issued == Date(PartialDate(2022))


def test_a_doubtful_title_is_none_where_the_journal_is_right() -> None:
    """What stands before it may be a department, or an editor."""
    text = "[1] C. Ficta, Dept. of Bells, J. Invent. Med. 17 (2022) 118-126."
    reference = misread(title="Dept. of Bells", container_title="J. Invent. Med.")
    doubtful = reference.model_copy(update={"text": text, "doubts": ("title",)})
    found = reread(
        doubtful, WORK, [finding("doi-of-another-work", doubtful, "m", field="DOI")]
    )
    assert found is not None
    assert found.title is None


def test_behind_an_ellipsis_stands_the_last_author() -> None:
    """Whoever is left out between them is not missing."""
    people = tuple(Name(family=name) for name in ("Ficta", "Somnia", "Umbra", "Vox"))
    work = WORK.model_copy(update={"author": people})
    text = TEXT.replace("et al.", ". . . Vox V.")
    reference = misread(author=(Name(family="Ficta"), Name(family="Vox")))
    cut = reference.model_copy(update={"text": text})
    missing = finding("author-missing", cut, "m", field="author")
    found = reread(cut, work, [missing])
    assert found is not None
    assert [name.family for name in found.author] == ["Ficta", "Somnia", None]
