"""What has happened to a work since it was published (comparison.md, section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from lupusrefs.compare.updates import compare_status, related_dois
from lupusrefs.findings import Confidence, Finding, Severity
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.work import Provenance, Relation, Update, Work

FETCHED = datetime(2026, 11, 22, tzinfo=UTC)
WOLVES = Item(id="lupin", title="On wolves", doi="10.1000/wolves")
WATCH = "retraction-watch"
PEOPLE = (Name(family="Lupin", given="R"),)


def work(doi: str = "10.1000/wolves", **fields: object) -> Work:
    """A registered work, by one person."""
    title = fields.setdefault("title", "On wolves")
    base = {"id": doi, "doi": doi, "agency": "Crossref", "titles": (title,)}
    by = {"provenance": Provenance(answered_by="crossref", fetched=FETCHED)}
    return Work.model_validate({"author": PEOPLE} | base | by | fields)


def update(type_: str, doi: str = "10.1000/notice", **fields: object) -> Update:
    """An entry of ``updated-by`` or ``update-to``."""
    return Update.model_validate({"doi": doi, "type": type_} | fields)


def on(year: int, month: int = 1) -> Date:
    """A date of a notice."""
    return Date(PartialDate(year, month))


def status(
    of: Work, related: Mapping[str, Work] | None = None, cited: Item = WOLVES
) -> Finding | None:
    """The one finding on the status of a work, or None."""
    found = compare_status(cited, of, related or {})
    assert len(found) <= 1
    return found[0] if found else None


def rule(of: Work, related: Mapping[str, Work] | None = None) -> str | None:
    """Its rule."""
    found = status(of, related)
    return found.rule.id if found else None


def test_a_work_of_which_nothing_is_registered_is_silent() -> None:
    """Absence of entries proves nothing, and says nothing (U8)."""
    assert status(work()) is None
    assert related_dois(work()) == ()


def test_a_retraction_by_another_doi_is_an_error() -> None:
    """The finding names the notice, its date and who says so (U1, U7, U14)."""
    entry = update("retraction", source=WATCH, date=on(2010, 2))
    found = status(work(updated_by=(entry,)))
    assert found is not None
    assert found.rule.id == "retracted"
    assert found.severity is Severity.ERROR
    assert found.confidence is Confidence.CERTAIN
    assert "10.1000/notice (2010-02), says Retraction Watch" in found.message
    assert found.evidence is not None
    assert found.evidence.path == "message.updated-by"


def test_a_publisher_alone_is_believed_less() -> None:
    """Without a look at the notice it is likely, and certain with one."""
    of = work(updated_by=(update("retraction", source="publisher"),))
    found = status(of)
    assert found is not None
    assert found.confidence is Confidence.LIKELY
    assert found.severity is Severity.ERROR
    assert related_dois(of) == ("10.1000/notice",)
    notice = work("10.1000/notice", title="Retraction: On wolves")
    sure = status(of, {"10.1000/notice": notice})
    assert sure is not None
    assert sure.confidence is Confidence.CERTAIN


def test_a_comment_linked_as_a_retraction_is_at_most_possible() -> None:
    """A comment says by its title that it is no notice (U4)."""
    of = work(updated_by=(update("retraction", source="publisher"),))
    comment = work("10.1000/notice", title="Wolves and what to make of them")
    found = status(of, {"10.1000/notice": comment})
    assert found is not None
    assert found.severity is Severity.INFO
    assert found.confidence is Confidence.POSSIBLE


def test_two_works_that_retract_each_other_contradict() -> None:
    """Without Retraction Watch or a title, no verdict follows (registries.md 2.4)."""
    both = update("retraction", source="publisher")
    found = status(work(updated_by=(both,), updates=(both,)))
    assert found is not None
    assert found.severity is Severity.INFO


def test_the_retracted_side_of_a_mutual_link_is_retracted() -> None:
    """Retraction Watch's link is the true one; the notice is never retracted (U3)."""
    article = work(
        title="RETRACTED: On wolves",
        updates=(update("retraction", source="publisher"),),
        updated_by=(
            update("retraction", source=WATCH),
            update("erratum", source="publisher"),
            update("retraction", "10.1000/comment", source="publisher"),
            update("expression_of_concern", "10.1000/concern", source=WATCH),
        ),
    )
    notice = work(
        "10.1000/notice",
        title="Retraction—On wolves",
        updates=(update("retraction", "10.1000/wolves", source=WATCH),),
        updated_by=(update("retraction", "10.1000/wolves", source="publisher"),),
    )
    found = status(article, {"10.1000/notice": notice})
    assert found is not None
    assert found.rule.id == "retracted"
    assert found.registered == "10.1000/notice"
    assert found.hint is not None
    assert "expression of concern 10.1000/concern" in found.hint
    assert rule(notice, {"10.1000/wolves": article}) is None
    assert related_dois(article) == ()


def test_entries_of_a_retracted_work_prove_nothing_of_others() -> None:
    """A retracted article may name others by ``update-to`` (U2)."""
    retracted = work(
        "10.1000/other",
        title="RETRACTED: Foxes",
        updates=(update("retraction", "10.1000/wolves", source="publisher"),),
    )
    assert rule(work(), {"10.1000/other": retracted}) is None


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("new_version", None),
        ("correction", ("corrected", Severity.INFO)),
        ("partial_retraction", ("partially-retracted", Severity.WARNING)),
        ("retraction", ("retracted", Severity.WARNING)),
    ],
)
def test_a_record_that_updates_itself_has_no_notice(
    type_: str, expected: tuple[str, Severity] | None
) -> None:
    """What it says is a possibility; a new version of itself is nothing (U6)."""
    itself = update(type_, "10.1000/WOLVES", source="publisher")
    found = status(work(updates=(itself,), updated_by=(itself,)))
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert (found.rule.id, found.severity) == expected
        assert found.confidence is Confidence.POSSIBLE


def test_retraction_watch_knows_notices_without_a_doi() -> None:
    """Its entry then names the work itself, which is no slip (U6, U7)."""
    told = update("retraction", "10.1000/wolves", source="retraction-watch")
    found = status(work(updated_by=(told,)))
    assert found is not None
    assert (found.rule.id, found.severity) == ("retracted", Severity.ERROR)
    assert found.confidence is Confidence.LIKELY
    assert "is retracted, says Retraction Watch" in found.message
    assert found.message.endswith("the notice has no DOI")


def test_a_self_retraction_with_the_title_of_one_is_certain() -> None:
    """Elsevier and Springer register the retraction on the article's own DOI."""
    itself = update("retraction", "10.1000/wolves")
    found = status(work(title="RETRACTED ARTICLE: On wolves", updates=(itself,)))
    assert found is not None
    assert found.rule.id == "retracted"
    assert found.severity is Severity.ERROR
    assert found.confidence is Confidence.CERTAIN


def test_a_title_alone_makes_it_likely() -> None:
    """Old records say it in the title only (U8)."""
    found = status(work(title="WITHDRAWN: On wolves"))
    assert found is not None
    assert found.rule.id == "withdrawn"
    assert found.severity is Severity.ERROR
    assert found.confidence is Confidence.LIKELY


def test_an_erratum_that_is_a_retraction_notice_is_one() -> None:
    """Some publishers type every notice as an erratum; its title says more (U5)."""
    of = work(updated_by=(update("erratum"),))
    assert rule(of) == "corrected"
    notice = work("10.1000/notice", title="Retraction notice to “On wolves”")
    assert rule(of, {"10.1000/notice": notice}) == "retracted"
    concern = work("10.1000/notice", title="Expression of Concern: On wolves")
    assert rule(of, {"10.1000/notice": concern}) == "expression-of-concern"


def test_a_retraction_under_the_title_of_a_correction_is_likely() -> None:
    """The type is chosen by hand, the title may be the journal's for all notices."""
    of = work(updated_by=(update("retraction"),))
    notice = work("10.1000/notice", title="Correction: On wolves")
    found = status(of, {"10.1000/notice": notice})
    assert found is not None
    assert found.rule.id == "retracted"
    assert found.confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (("correction", "retraction_and_replacement"), "retracted-and-replaced"),
        (("withdrawal", "correction"), "withdrawn"),
        (("removal",), "withdrawn"),
        (("expression_of_concern", "partial_retraction"), "partially-retracted"),
        (
            ("new_version", "correction", "expression_of_concern"),
            "expression-of-concern",
        ),
        (("new_version", "err"), "corrected"),
        (("new_version",), "new-version-exists"),
        (("surprise",), "corrected"),
    ],
)
def test_the_gravest_of_several_is_told(types: tuple[str, ...], expected: str) -> None:
    """The order of comparison.md, section 6."""
    entries = tuple(update(t, f"10.1000/n{i}") for i, t in enumerate(types))
    assert rule(work(updated_by=entries)) == expected


def test_a_reinstated_work_is_not_retracted() -> None:
    """Unless it was retracted again afterwards."""
    retraction = update("retraction", source=WATCH, date=on(2010))
    back = update("reinstatement", "10.1000/back", source=WATCH, date=on(2012))
    again = update("retraction", "10.1000/again", source=WATCH, date=on(2014))
    assert rule(work(updated_by=(retraction, back))) == "reinstated"
    assert rule(work(updated_by=(retraction, back, again))) == "retracted"


@pytest.mark.parametrize(
    ("label", "severity"),
    [
        ("Author Correction", Severity.INFO),
        ("Correction", Severity.INFO),
        ("Author Name Correction", Severity.WARNING),
        ("Correction of authorship", Severity.WARNING),
        ("Data correction", Severity.WARNING),
    ],
)
def test_a_correction_of_authors_or_data_is_a_warning(
    label: str, severity: Severity
) -> None:
    """An "Author Correction" is one by the authors, not of them."""
    found = status(work(updated_by=(update("correction", label=label),)))
    assert found is not None
    assert found.severity is severity


def test_the_subject_of_a_corrected_article_is_not_what_is_corrected() -> None:
    """``Correction: Data on wolves" is about an article on data."""
    notice = work("10.1000/notice", title="Correction: Data on the names of authors")
    found = status(work(updated_by=(update("correction"),)), {"10.1000/notice": notice})
    assert found is not None
    assert found.severity is Severity.INFO


def test_a_retraction_that_the_citation_states_is_an_info() -> None:
    """A prefix that a program copied from the registry states nothing."""
    of = work(updated_by=(update("retraction", source=WATCH),))
    knowing = WOLVES.model_copy(update={"note": "Retracted in 2010"})
    copied = WOLVES.model_copy(update={"title": "RETRACTED: On wolves"})
    found, other = status(of, cited=knowing), status(of, cited=copied)
    assert found is not None
    assert other is not None
    assert found.severity is Severity.INFO
    assert other.severity is Severity.ERROR


def test_to_cite_a_notice_as_such_is_an_info() -> None:
    """It is legitimate (U13); cited by mistake it is another rule's."""
    notice = work(
        title="Retraction—On wolves", updates=(update("retraction", "10.1/w"),)
    )
    cited = WOLVES.model_copy(update={"title": "Retraction: On wolves"})
    found = status(notice, cited=cited)
    assert found is not None
    assert found.rule.id == "notice-cited-instead-of-work"
    assert found.severity is Severity.INFO
    assert "retraction of 10.1/w" in found.message
    assert status(notice) is None


def test_a_newer_version_is_proposed_and_a_family_is_not() -> None:
    """Zenodo's concept DOI and figshare's DOI without version are silent (U16)."""

    def related_by(type_: str, other: str, doi: str = "10.1000/wolves") -> Work:
        relation = Relation(type=type_, id=other, id_type="doi")
        return work(doi, agency="DataCite", relations=(relation,))

    found = status(related_by("IsPreviousVersionOf", "10.1000/wolves2"))
    assert found is not None
    assert found.rule.id == "new-version-exists"
    assert found.fix is not None
    assert not found.fix.safe
    assert found.fix.changes[0].value == "10.1000/wolves2"
    assert rule(related_by("IsNewVersionOf", "10.1000/wolves0")) is None
    assert rule(related_by("IsVersionOf", "10.1000/concept")) is None
    assert rule(related_by("HasVersion", "10.1000/one")) is None
    family = related_by("IsPreviousVersionOf", "10.1000/w", "10.1000/w.v1")
    assert rule(family) is None


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("findable", None),
        ("draft", None),
        ("registered", (Severity.INFO, Confidence.POSSIBLE)),
        ("withdrawn", (Severity.ERROR, Confidence.LIKELY)),
    ],
)
def test_a_record_that_is_no_longer_shown_may_be_withdrawn(
    state: str, expected: tuple[Severity, Confidence] | None
) -> None:
    """DataCite's state `registered` says that nobody finds it, not why (U16)."""
    found = status(work(agency="DataCite", state=state))
    assert (found and (found.severity, found.confidence)) == expected


def test_only_what_can_change_a_verdict_is_fetched() -> None:
    """Corrections may be retractions; settled retractions and self-updates are not."""
    names = related_dois(
        work(
            updated_by=(
                update("erratum", "10.1000/a"),
                update("erratum", "10.1000/A"),
                update("new_version", "10.1000/b"),
                update("correction", "10.1000/wolves"),
            )
        )
    )
    assert names == ("10.1000/a",)
    article = Relation(type="is-preprint-of", id="10.1000/article", id_type="doi")
    assert related_dois(work(relations=(article,))) == ("10.1000/article",)
    untitled = work(updates=(update("correction", "10.1000/target"),))
    assert related_dois(untitled) == ("10.1000/target",)
    notice = work(title="Erratum: On wolves", updates=untitled.updates)
    assert related_dois(notice) == ()


def test_a_notice_in_the_place_of_its_article_retracts_it() -> None:
    """Some records become their own retraction notice; the DOI is the article's."""
    itself = update("retraction", "10.1000/wolves")
    of = work(title="Retraction Note: On wolves", updates=(itself,))
    found = status(of)
    assert found is not None
    assert found.rule.id == "retracted"
    assert found.confidence is Confidence.LIKELY
    named = status(of, cited=WOLVES.model_copy(update={"title": of.title}))
    assert named is not None
    assert named.rule.id == "notice-cited-instead-of-work"


def test_a_notice_may_have_the_status_for_its_title() -> None:
    """``RETRACTED: On wolves`` updates On wolves: only the other record can tell."""
    entry = update("erratum", "10.1000/wolves")
    notice = work("10.1000/notice", title="RETRACTED: On wolves", updates=(entry,))
    article = work(updated_by=(update("erratum"),))
    assert related_dois(notice) == ("10.1000/wolves",)
    assert rule(notice) == "retracted"
    assert rule(notice, {"10.1000/wolves": article}) is None
    assert rule(article, {"10.1000/notice": notice}) == "retracted"
    backwards = work(title="Statement of Retraction")
    assert rule(notice, {"10.1000/wolves": backwards}) == "retracted"


def test_a_notice_under_the_title_of_its_article_is_believed() -> None:
    """It names the article as retracted, and nobody retracts it in turn."""
    of = work(updated_by=(update("retraction"),))
    entry = update("retraction", "10.1000/wolves")
    notice = work("10.1000/notice", updates=(entry,))
    found = status(of, {"10.1000/notice": notice})
    assert found is not None
    assert found.severity is Severity.ERROR
    assert found.confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Expression of Concern: On wolves", "expression-of-concern"),
        ("Partial Retraction: On wolves", "partially-retracted"),
        ("Statement of Removal", "retracted"),
        ("Retraction and republication—On wolves", "retracted-and-replaced"),
    ],
)
def test_the_title_of_the_notice_makes_its_type_precise(
    title: str, expected: str
) -> None:
    """A type `retraction` is given to much that is less, and to more."""
    of = work(updated_by=(update("retraction"),))
    assert rule(of, {"10.1000/notice": work("10.1000/notice", title=title)}) == expected
