"""The work that is meant, among what a search has found."""

from __future__ import annotations

import pytest

from lupusrefs.findings import Confidence
from lupusrefs.matching.choice import Choice
from lupusrefs.matching.query import (
    MAX_LENGTH,
    query_of,
    query_of_text,
    telling_words,
)
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.work import Update, Work
from matching.index import Index
from matching.look_alikes import look_alikes
from matching.works import TEXT, TITLE, chosen, chosen_for, reference, work

LOOK_ALIKES = dict(look_alikes(work()))
# The same work under the DOIs of two registrants.
TWINS = work(id="10.2307/9999"), work(id="10.1000/howl")


def test_the_work_is_chosen() -> None:
    """For a text and for fields, with evidence and a reason."""
    for verdict in (chosen(TEXT, work()), chosen_for(reference(), work())):
        assert verdict.choice is Choice.MATCHED
        assert verdict.work == work()
        assert verdict.confidence is Confidence.CERTAIN
        assert {one.field for one in verdict.evidence} >= {"title", "author", "page"}
        assert verdict.reason


@pytest.mark.parametrize("kind", LOOK_ALIKES)
def test_look_alikes_are_not_the_work(kind: str) -> None:
    """Where the work itself was not found, none of them is taken for it."""
    other = LOOK_ALIKES[kind]
    for verdict in (chosen(TEXT, other), chosen_for(reference(), other)):
        assert verdict.choice is Choice.NONE, kind
        assert verdict.work is None
    beside = chosen(TEXT, other, work())
    assert beside.work is not None
    assert beside.work.id == "10.1000/howl"


@pytest.mark.parametrize("kind", ["correction", "erratum", "retraction"])
def test_a_notice_may_be_meant(kind: str) -> None:
    """Then the text says so."""
    notice = LOOK_ALIKES[kind]
    text = f"Brandt K. {notice.title}. J Mammal Behav 2014;31(2):9007"
    verdict = chosen(text, notice, work())
    assert verdict.work is not None
    assert verdict.work.id == notice.id
    cited = reference(title=notice.title, page="9007")
    assert chosen_for(cited, notice).work is not None


def test_the_same_title_in_the_proceedings_of_a_meeting() -> None:
    """The seed's case: an abstract by fewer people in a supplement of another journal.

    It must not be chosen, be the article found or not.
    """
    text = (
        "Brandt K, et al. Howling at dusk: territorial signals of grey wolves. Proc "
        "Arct Acad Sci USA. 2011;107(1):204–209"
    )
    abstract = work(
        id="10.1000/abstract.a43",
        author=work().author[:2],
        container_title="Annals of the Wolf Society",
        volume="69",
        issue="Suppl 2",
        page="A43.2-A43",
    )
    article = work(
        container_title="Proceedings of the Arctic Academy of Sciences",
        volume="107",
        issue="1",
        page="204-209",
    )
    assert chosen(text, abstract).choice is Choice.NONE
    verdict = chosen(text, abstract, article)
    assert verdict.work == article
    assert [one.work for one in verdict.candidates] == [abstract]


def test_without_title_the_place_is_enough() -> None:
    """First author, journal, volume, page, year; less is not."""
    text = "K. Brandt, L. Ek, J. Mammal. Behav. 31, 145 (2014)"
    assert chosen(text, work()).confidence is Confidence.CERTAIN
    assert chosen(text.replace("145", "146"), work()).work is None
    assert chosen(text.replace("K. Brandt", "Q. Zander"), work()).work is None
    cited = reference(title=None)
    assert chosen_for(cited, work()).work is not None
    assert chosen_for(reference(title=None, page="146"), work()).work is None
    no_journal = chosen_for(reference(title=None, container_title=None), work())
    assert no_journal.confidence is Confidence.LIKELY


def test_a_place_without_anybody_is_only_likely() -> None:
    """Journal, volume, both pages and year."""
    text = "Journal of Mammalian Behaviour 2014, 31, 145–159"
    verdict = chosen(text, work(author=()))
    assert verdict.confidence is Confidence.LIKELY
    assert (
        chosen("Journal of Mammalian Behaviour 2014, 31", work(author=())).work is None
    )


def test_all_authors_and_the_proceedings_are_likely() -> None:
    """Where nothing has a page: styles without titles cite papers so."""
    paper = work(
        author=(*work().author, Name(family="Ny", given="Ole")),
        container_title="Proceedings of the 4th Wolf Conference",
        registered_type="proceedings-article",
        **dict.fromkeys(("volume", "issue", "page")),
    )
    who = "K. Brandt, L. Ek, M. Søby, O. Ny"
    text = f"{who}, Proceedings of the 4th Wolf Conference (2014)."
    assert chosen(text, paper).confidence is Confidence.LIKELY
    assert chosen(text.replace(", O. Ny", ""), paper).work is None


def test_the_title_alone_never_suffices() -> None:
    """Somebody, somewhere or some time has to agree with it."""
    assert chosen(f"{TITLE}.", work()).work is None
    assert chosen(f"Zander Q. {TITLE}. J Mammal Behav 2014", work()).work is None
    everything_else = f"Zander Q. {TITLE}. J Mammal Behav 2014;31:145-159"
    assert chosen(everything_else, work()).confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    ("tail", "confidence"),
    [
        ("2014.", Confidence.CERTAIN),
        ("", Confidence.LIKELY),
        ("1988.", None),
        ("J Mammal Behav.", Confidence.LIKELY),
        ("J Mammal Behav. 2014.", Confidence.CERTAIN),
        ("J Mammal Behav. 1988.", None),
        ("J Mammal Behav. 1988;31.", Confidence.CERTAIN),
        ("J Mammal Behav. 2014;77:900.", None),
        ("J Mammal Behav. 1988;77:900.", None),
        ("Acta Lupi Borealis. 2014;77:900.", None),
        ("Acta Lupi Borealis. 2014;145.", Confidence.LIKELY),
    ],
)
def test_title_and_author_and(tail: str, confidence: Confidence | None) -> None:
    """What else there has to be, and what is against it."""
    assert chosen(f"Brandt K. {TITLE}. {tail}", work()).confidence is confidence


def test_a_short_title_needs_more() -> None:
    """It is soon found by chance."""
    one = work(title="Grey wolves")
    assert chosen("Brandt K. Grey wolves. 2014", one).confidence is Confidence.LIKELY
    assert chosen("Brandt K. Grey wolves.", one).work is None
    assert chosen("Grey wolves. J Mammal Behav. 2014", one).work is None
    assert chosen("Grey wolves. J Mammal Behav. 2014;31:145", one).work is not None


def test_a_chapter_of_another_edition() -> None:
    """The same title in the same book, on other pages and a year later."""
    chapter = work(
        type="chapter",
        registered_type="book-chapter",
        container_title="The Book of Wolves",
        volume=None,
        issue=None,
    )
    text = f"Brandt K. {TITLE}. In: The Book of Wolves. {{}}. p. 301-320."
    assert chosen(text.format(2013), chapter).work is None
    assert chosen(text.format(2014), chapter).confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    ("tail", "is_found"),
    [
        ("J Mammal Behav 2014;31:145", True),
        ("J Mammal Behav 2014", True),
        ("2014", True),
        ("1988", False),
        ("Acta Lupi Borealis 2014;7:9", False),
    ],
)
def test_a_title_with_a_letter_wrong(tail: str, *, is_found: bool) -> None:
    """Year, or volume and page, have to agree with it."""
    text = f"Brandt K. {TITLE.replace('signals', 'sgnals')}. {tail}"
    assert (chosen(text, work()).work is not None) is is_found


def test_a_title_with_a_word_changed() -> None:
    """Volume and page say that it is a slip."""
    changed = TITLE.replace("territorial", "nocturnal")
    text = f"Brandt K. {changed}. J Mammal Behav {{}}"
    assert chosen(text.format("2014;31:145"), work()).work is not None
    assert chosen(text.format("2014;31"), work()).confidence is Confidence.LIKELY
    assert chosen(text.format("2014;32:7"), work()).work is None


def test_a_translated_title() -> None:
    """All else agrees."""
    text = (
        "Brandt K, Ek L. Heulen in der Dämmerung als Zeichen im Revier der Wölfe. "
        "J Mammal Behav 2014;31(2):145-159"
    )
    assert chosen(text, work()).confidence is Confidence.LIKELY
    assert chosen(text.replace("31(2):145-159", "31(2):7"), work()).work is None


def test_two_works_that_agree_equally_are_none() -> None:
    """Both are shown."""
    series = work(), work(id="10.1000/other", page="300-311")
    verdict = chosen(f"Brandt K. {TITLE}. 2014", *series)
    assert verdict.choice is Choice.AMBIGUOUS
    assert verdict.work is None
    assert {one.work.id for one in verdict.candidates} == {one.id for one in series}
    assert "2 works" in verdict.reason


def test_one_more_field_decides() -> None:
    """The page of the one is cited, that of the other is not."""
    series = work(), work(id="10.1000/other", page="300-311")
    verdict = chosen(TEXT, *reversed(series))
    assert verdict.work == series[0]


def test_two_dois_of_one_work_are_no_ambiguity() -> None:
    """The publisher's is taken, not the archive's, and the other one shown."""
    for order in (TWINS, TWINS[::-1]):
        verdict = chosen(TEXT, *order)
        assert verdict.work is not None
        assert verdict.work.id == "10.1000/howl"
        assert [one.work.id for one in verdict.candidates] == ["10.2307/9999"]


def test_the_order_of_the_answers_does_not_matter() -> None:
    """Nor does a work that is there twice."""
    found = [*LOOK_ALIKES.values(), work(), work()]
    assert chosen(TEXT, *found) == chosen(TEXT, *reversed(found))


def test_nothing_found_is_none() -> None:
    """Without evidence or candidates."""
    verdict = chosen(TEXT)
    assert (verdict.choice, verdict.evidence, verdict.candidates) == (
        *(Choice.NONE, (), ()),
    )


def test_the_year_for_a_volume_and_page_1_say_nothing() -> None:
    """Thousands of works of a journal have them."""
    one = work(volume="2014", issue=None, page="1-10")
    text = "K. Brandt, J. Mammal. Behav. 2014 (2014) 1–10."
    assert chosen(text, one).work is None
    assert chosen(text.replace("K. Brandt", "K. Brandt, L. Ek, M. Søby"), one).work
    cited = reference(title=None, volume="2014", page="1-10")
    assert chosen_for(cited, work(volume="2014", page="1-10", author=())).work is None


def test_an_article_with_a_doi_like_that_of_a_figure() -> None:
    """Its registry says what it is."""
    article = work(id="10.1152/ajp.1986.251.2.e178")
    assert chosen(TEXT, article).work == article
    other = work(id="10.1371/journal.x.0000001.g001", registered_type="other")
    assert chosen(TEXT, other).work is None


def test_authors_whom_the_registry_lacks() -> None:
    """Their names are no title that differs."""
    one = work(author=work().author[:1])
    text = "K. Brandt, L. Ekholm, M. Søbygaard, J. Mammal. Behav. 31 (2014) 145."
    assert chosen(text, one).work == one


@pytest.mark.parametrize("lead", ["Data from:", "Supplementary data for", "Review for"])
def test_what_is_about_the_work_may_be_meant(lead: str) -> None:
    """Where the reference has its very title, and not else."""
    other = work(id="10.1000/other", title=f"{lead} {TITLE}", registered_type="dataset")
    assert chosen(TEXT, other).work is None
    text = f"Brandt K. {lead} {TITLE}. J Mammal Behav. 2014"
    assert chosen(text, other).work == other


def test_article_and_preprint_without_a_place_are_ambiguous() -> None:
    """Nothing says which of the two is meant."""
    verdict = chosen(f"Brandt K. {TITLE}. 2014", work(), LOOK_ALIKES["preprint"])
    assert verdict.choice in {Choice.AMBIGUOUS, Choice.MATCHED}
    same_year = work(
        id="10.1000/pre",
        registered_type="posted-content",
        container_title=None,
        **dict.fromkeys(("volume", "issue", "page")),
    )
    assert chosen(f"Brandt K. {TITLE}. 2014", work(), same_year).work is None


def test_a_preprint_cited_in_a_journal() -> None:
    """Volume and page are those of the article."""
    same_year = work(
        id="10.1000/pre",
        registered_type="posted-content",
        container_title=None,
        **dict.fromkeys(("volume", "issue", "page")),
    )
    assert chosen(TEXT, same_year).work is None
    assert chosen(TEXT, same_year, work()).work == work()
    assert chosen_for(reference(), same_year).work is None


def test_an_own_notice_is_the_article() -> None:
    """A retracted article keeps its DOI, and has the notice's mark in its title."""
    one = work(
        title=f"RETRACTED: {TITLE}",
        updated_by=(Update(doi="10.1000/notice", type="retraction"),),
    )
    assert chosen(TEXT, one).work == one


# --- structured references


def test_the_volume_may_be_the_year() -> None:
    """That excuses a citer, and proves no work."""
    cited = reference(volume="2014", page=None, container_title="Acta Lupi")
    assert chosen_for(cited, work()).work is None


def test_a_preprint_for_those_who_cite_it() -> None:
    """The server in place of the journal."""
    preprint = LOOK_ALIKES["preprint"]
    cited = reference(container_title="bioRxiv", volume=None, page=None)
    assert chosen_for(cited, preprint).work is not None
    assert chosen_for(reference(volume=None, page=None), preprint).work is None


def test_names_that_are_not_taken_apart() -> None:
    """Half of a double name, and the others without the first."""
    one = work(author=(Name(family="Brandt Vega", given="K."), *work().author[1:]))
    assert chosen_for(reference(author=(Name(family="Vega"),)), one).work is not None
    others = (Name(family="Xu"), Name(family="Ek"), Name(family="Søby"))
    assert chosen_for(reference(author=others), work()).work is not None
    strangers = (Name(family="Xu"), Name(family="Li"))
    assert chosen_for(reference(author=strangers, page="9"), work()).work is None


def test_years_of_structured_references() -> None:
    """One beside the registered one is no hindrance, another is one."""
    near = reference(issued=Date(PartialDate(2016)), volume=None, page=None)
    assert chosen_for(near, work()).work is None
    beside = reference(issued=Date(PartialDate(2013)), volume=None, page=None)
    assert chosen_for(beside, work()).work is not None


def test_a_journal_with_something_around_its_name() -> None:
    """It is found in it."""
    cited = reference(container_title="publ. in: Journal of Mammalian Behaviour, Oslo")
    assert chosen_for(cited, work()).confidence is Confidence.CERTAIN


# --- queries


def test_the_query_of_fields() -> None:
    """The first three people, title, place and year; no placeholders."""
    item = reference(author=(*work().author, Name(family="Ny"), OTHERS), issue="null")
    query = query_of(item)
    assert query == f"Brandt Ek Søby {TITLE} J. Mammal. Behav. 2014 31 145"
    assert query_of(Item(id="x")) == ""
    assert query_of(Item(id="x", author=(OTHERS,), number="7")) == "7"


@pytest.mark.parametrize("label", ["[12] ", "(3) ", "4. ", "• ", "– ", ""])
def test_the_query_of_a_text(label: str) -> None:
    """Without its number in the list, and without addresses."""
    assert query_of_text(f"{label}{TEXT} https://x.example/1") == TEXT


def test_queries_are_bounded() -> None:
    """Cut between words."""
    query = query_of_text("wolves " * 500)
    assert len(query) <= MAX_LENGTH
    assert query.endswith("wolves")
    assert query_of_text("x" * 900) == "x" * MAX_LENGTH


def test_telling_words_are_the_longest() -> None:
    """In their order, each once, without numbers."""
    assert telling_words("of the wolves, wolves and 2014 foxes") == ("wolves", "foxes")
    assert len(telling_words(" ".join(f"w{'o' * n}lf" for n in range(2, 40)))) == 12


# --- the index of the measure


def test_the_index_ranks_by_shared_words() -> None:
    """Rare words weigh more; what is hidden is not found."""
    works: list[Work] = [
        work(),
        work(id="10.1000/b", title="Foxes", author=(Name(family="Ny"),)),
    ]
    index = Index([*works, works[0]])
    assert [one.id for one in index.search("foxes, Ny")] == ["10.1000/b"]
    assert index.search(TEXT)[0].id == "10.1000/howl"
    found = index.search(TEXT, without=["10.1000/HOWL"])
    assert "10.1000/howl" not in [one.id for one in found]
    assert index.search("") == []
