"""The registered fields in the text of a reference."""

from __future__ import annotations

import pytest

from lupusrefs.matching.approximate import nearest
from lupusrefs.matching.cited_text import CitedText
from lupusrefs.matching.evidence import Agreement
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.work import RegisteredDate
from matching.works import TEXT, TITLE, agreement, chosen, of_text, work

AGREES, SLIGHT, PART = Agreement.AGREES, Agreement.SLIGHT, Agreement.PART
ABSENT, DIFFERS = Agreement.ABSENT, Agreement.DIFFERS


def test_everything_is_found() -> None:
    """Title, people, journal, year, volume, issue, page."""
    facts = of_text(TEXT, work())
    fields = ("title", "author", "container-title", "issued", "volume", "issue", "page")
    assert [facts.of(one) for one in fields] == [AGREES] * len(fields)
    assert (facts.others, facts.more) == (2, 2)
    assert facts.digits == len("31145159")
    assert facts.is_placed
    assert facts.against == 0


# --- the title


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (TITLE.upper(), AGREES),
        ("Howling at dusk : territorial <i>signals</i> of grey wolves", AGREES),
        ("Howlingat dusk: territorial signals of grey wol ves", AGREES),
        ("Howling at dusk: territorial signals of gray wolves", SLIGHT),
        ("Howling at dusk: territorial signals of grey wolves in Lapland", PART),
        ("Howling at dusk in the forest: territorial signals of grey wolves", PART),
        ("Signals of grey wolves: howling territorial at dusk", SLIGHT),
        ("The chemistry of tin", DIFFERS),
    ],
)
def test_titles(title: str, expected: Agreement) -> None:
    """Letters, spaces and marks may be wrong; a word more makes another title of it."""
    assert agreement(TEXT, work(title=title), "title") is expected


def test_the_subtitle_may_be_left_out() -> None:
    """The main title alone is not quite the title."""
    text = TEXT.replace("Howling at dusk", "Howling at dusk in packs")
    longer = TITLE.replace("Howling at dusk", "Howling at dusk in packs")
    cut = text.replace(": territorial signals of grey wolves", "")
    assert agreement(cut, work(title=longer), "title") is SLIGHT
    numbered = "Howling at dusk in packs: part 2, on the hunt in winter and in spring"
    assert agreement(cut, work(title=numbered), "title") is PART


def test_a_number_in_a_title_is_no_trifle() -> None:
    """Type 1 is not type 2."""
    one = work(title="Signals of type 1 in packs of grey wolves")
    text = "Brandt K. Signals of type 2 in packs of grey wolves. 2014."
    assert agreement(text, one, "title") is PART


@pytest.mark.parametrize(
    "before", ["Erratum to:", "Reply to", "Review of the", "Data from:", "Comment on"]
)
def test_a_text_about_the_work_is_not_the_work(before: str) -> None:
    """The word before its title says so."""
    text = f"Brandt K. {before} {TITLE}. J Mammal Behav 2014;31:900."
    assert agreement(text, work(), "title") is DIFFERS
    worn = text.replace("territorial signals", "teritorial sgnals")
    assert agreement(worn, work(), "title") is DIFFERS


def test_a_text_without_title_does_not_differ() -> None:
    """Chemists leave it out; a title that is another one differs."""
    text = "K. Brandt, L. Ek, M. Søby, J. Mammal. Behav. 31, 145 (2014)"
    assert agreement(text, work(), "title") is ABSENT
    other = text.replace(
        "J. Mammal", "Moonlight hunting among coastal foxes. J. Mammal"
    )
    assert agreement(other, work(), "title") is DIFFERS


def test_a_generic_title_says_nothing() -> None:
    """Every journal has an editorial."""
    facts = of_text(
        "Brandt K. Editorial. J Mammal Behav 31:145", work(title="Editorial")
    )
    assert facts.is_generic
    assert facts.title is ABSENT


def test_any_registered_title_will_do() -> None:
    """Also the second one, in another language."""
    one = work(title="Heulen", titles=("Heulen in der Dämmerung", TITLE))
    assert agreement(TEXT, one, "title") is AGREES
    assert agreement(TEXT, work(title=None), "title") is ABSENT


def test_titles_in_other_scripts() -> None:
    """They are found, and what has nothing in common with them is not."""
    one = work(title="Вой волков на закате")
    assert agreement("Брандт К. Вой волков на закате. 2014", one, "title") is AGREES
    assert agreement(TEXT, one, "title") is DIFFERS


def test_a_text_about_the_main_title() -> None:
    """Its subtitle left out, and a word before it: that is another work."""
    longer = TITLE.replace("Howling at dusk", "Howling at dusk in packs")
    text = "Brandt K. Reply to Howling at dusk in packs. J Mammal Behav. 2014"
    assert chosen(text, work(title=longer)).work is None


def test_what_is_no_title_is_not_looked_for() -> None:
    """An abstract in its place."""
    assert agreement(TEXT, work(title="wolves " * 1000), "title") is ABSENT


# --- the people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[3] K. Brandt and others, On wolves, 2014", AGREES),
        ("von Brandt K. On wolves. 2014", AGREES),
        ("Brandr K. On wolves. 2014", SLIGHT),
        ("Ek L, Søby M. On wolves. 2014", SLIGHT),
        ("Zander Q, Ulrich P, Vogel R, Xaver S, Brandt K. On wolves. 2014", PART),
        ("Zander Q. On wolves. 2014", DIFFERS),
        ("12 (2014) 34", ABSENT),
    ],
)
def test_the_first_author(text: str, expected: Agreement) -> None:
    """In the first place, misspelt, behind others, replaced by the other ones."""
    assert agreement(text, work(title="Nil"), "author") is expected


@pytest.mark.parametrize(
    ("registered", "cited"),
    [
        ("Müller", "Mueller"),
        ("Mueller", "Müller"),
        ("Piran Aghl", "Aghl"),
        ("de la Cruz", "Cruz"),
        ("O’Connor", "O'Connor"),
    ],
)
def test_family_names_have_several_spellings(registered: str, cited: str) -> None:
    """Umlauts, particles, half of a double name."""
    one = work(author=(Name(family=registered, given="A."),))
    assert agreement(f"{cited} A. {TITLE}. 2014", one, "author") is AGREES


def test_a_name_within_the_title_is_nobody() -> None:
    """Only outside of it somebody is looked for; styles may begin with the title."""
    one = work(
        title="The wolf of Brandt and its howling", author=(Name(family="Brandt"),)
    )
    assert (
        agreement("Ek L. The wolf of Brandt and its howling", one, "author") is DIFFERS
    )
    title_first = "The wolf of Brandt and its howling / Brandt. 2014"
    assert agreement(title_first, one, "author") is not DIFFERS


def test_groups_and_nobodies() -> None:
    """A consortium counts wherever it stands; "others" is nobody."""
    one = work(author=(Name(literal="The Wolf Consortium"), OTHERS))
    assert agreement(f"The Wolf Consortium. {TITLE}", one, "author") is AGREES
    assert agreement(TEXT, work(author=(OTHERS,)), "author") is ABSENT
    assert agreement(TEXT, work(author=()), "author") is ABSENT


# --- the place


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("Journal of Mammalian Behaviour", AGREES),
        ("J. Mammal. Behav.", AGREES),
        ("JMB", AGREES),
        ("Journalof Mammalian Behavioor", SLIGHT),
        ("Journal of Foxes and Martens", DIFFERS),
        ("Proceedings of the Fox Society", DIFFERS),
        ("", ABSENT),
    ],
)
def test_the_journal(cited: str, expected: Agreement) -> None:
    """In full, cut short, as an acronym, with letters wrong; or another one."""
    text = f"Brandt K. {TITLE}. {cited} 2014;31:145"
    assert agreement(text, work(), "container-title") is expected


def test_a_part_of_a_long_name_is_nearly_it() -> None:
    """What stands behind the main name is left out."""
    one = work(container_title="Journal of Mammalian Behaviour and Ecology Letters")
    assert agreement(TEXT, one, "container-title") is SLIGHT


def test_a_journal_of_one_word() -> None:
    """It is never cut short."""
    text = f"Brandt K. {TITLE}. Nature 31, 145 (2014)"
    assert agreement(text, work(container_title="Nature"), "container-title") is AGREES
    assert agreement(text, work(container_title="Naturen"), "container-title") is ABSENT


def test_initials_of_authors_are_no_journal() -> None:
    """J. P. may be Journal of Physics only behind the authors."""
    one = work(container_title="Journal of Physics")
    text = f"Brandt J. P. {TITLE}. Acta Lupi Borealis 31, 145"
    assert agreement(text, one, "container-title") is DIFFERS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, DIFFERS),
        (f"Brandt K. {TITLE}. bioRxiv, 2014", ABSENT),
        (f"Brandt K. {TITLE}. 2014", ABSENT),
    ],
)
def test_a_preprint_is_not_what_stands_in_a_journal(
    text: str, expected: Agreement
) -> None:
    """Unless the text says nothing of a journal."""
    one = work(
        registered_type="posted-content",
        container_title=None,
        **dict.fromkeys(("volume", "issue", "page")),
    )
    assert agreement(text, one, "container-title") is expected


def test_a_book_needs_no_journal() -> None:
    """Its publisher and place are not held against it."""
    one = work(registered_type="book", container_title=None, volume=None, page=None)
    text = f"Brandt K. {TITLE}. 2nd ed. Oslo: North Star Press; 2014"
    facts = of_text(text, one)
    assert facts.container is ABSENT
    assert facts.is_whole


@pytest.mark.parametrize(
    "text",
    [
        f"Ny L. Foxes of the north. In: Brandt K. {TITLE}. Oslo: Star; 2014. p. 5-9",
        f"Brandt K. On the hearing of foxes in packs. In {TITLE}. 2014. p. 5-9",
        f"Brandt K. On the hearing of foxes in packs. {TITLE}, pp. 5-9",
    ],
)
def test_a_chapter_is_not_its_book(text: str) -> None:
    """Although the title of the book is there."""
    one = work(registered_type="book", container_title=None, volume=None, page=None)
    assert chosen(text, one).work is None


# --- the numbers


@pytest.mark.parametrize(
    ("numbers", "year", "volume", "page"),
    [
        ("2014;31(2):145-59", AGREES, AGREES, AGREES),
        ("31, 145 (2014)", AGREES, AGREES, AGREES),
        ("vol. 31, no. 2, pp145-159, 2014a", AGREES, AGREES, AGREES),
        ("2013;31:145", SLIGHT, AGREES, AGREES),
        ("1999;30:15", DIFFERS, DIFFERS, DIFFERS),
        ("31:145", ABSENT, AGREES, AGREES),
        ("2014;31", AGREES, AGREES, ABSENT),
        ("2014;145", AGREES, ABSENT, AGREES),
        ("XXXI, 145 (2014)", AGREES, AGREES, AGREES),
        ("in press", ABSENT, ABSENT, ABSENT),
    ],
)
def test_numbers(
    numbers: str, year: Agreement, volume: Agreement, page: Agreement
) -> None:
    """In whatever order, each of them one thing only."""
    text = f"Brandt K. {TITLE}. J Mammal Behav {numbers}"
    facts = of_text(text, work())
    assert (facts.year, facts.volume, facts.page) == (year, volume, page)


def test_a_volume_is_no_shortened_page() -> None:
    """The 17 before the year is not the end of 1108–1117."""
    one = work(volume="17", page="1108-1117")
    for pages in ("1108–1117", "1108–17", "1108"):
        facts = of_text(f"K. Brandt, J. Mammal. Behav. 17 (2014) {pages}.", one)
        assert (facts.volume, facts.page) == (AGREES, AGREES)


def test_a_year_far_off_is_a_page() -> None:
    """Of 1647 and 2014 only one is a year."""
    text = f"Brandt K. {TITLE}. J Mammal Behav 2014;31:1647"
    assert agreement(text, work(), "page") is DIFFERS
    assert agreement(text, work(page="1647-1650"), "page") is AGREES


def test_the_number_of_a_reference_is_no_volume() -> None:
    """Nor is the ordinal of an edition a page."""
    text = f"31. Brandt K. {TITLE}. J Mammal Behav, 145th ed. 2014"
    facts = of_text(text, work())
    assert facts.volume is ABSENT
    assert facts.page is ABSENT


def test_any_date_and_any_number_of_the_article() -> None:
    """Online and in print; the number in place of pages, and within the DOI."""
    one = work(
        id="10.1000/howl.e012345",
        page=None,
        article_number="e012345",
        dates=(RegisteredDate(kind="online", date=Date(PartialDate(2013))),),
    )
    text = f"Brandt K. {TITLE}. J Mammal Behav 2013;31:12345"
    facts = of_text(text, one)
    assert (facts.year, facts.page) == (AGREES, AGREES)


def test_pages_of_the_file_are_none() -> None:
    """Before an article is in an issue it begins with page 1."""
    one = work(volume=None, issue=None, page="1-13")
    assert agreement(TEXT, one, "page") is ABSENT
    assert agreement(TEXT, work(volume="Spring"), "volume") is ABSENT


def test_roman_pages() -> None:
    """A preface has them."""
    text = f"Brandt K. {TITLE}. J Mammal Behav 2014;31:iii-viii"
    assert agreement(text, work(page="iii-viii"), "page") is AGREES


# --- the text


def test_a_text_is_bounded_and_bare() -> None:
    """Addresses, markup and entities go; what is too long is cut."""
    cited = CitedText.of("A &amp; <i>B</i>  http://x.example/2014/31 doi:10.1000/145")
    assert cited.text == "A & B"
    assert len(CitedText.of("wolf " * 10_000).words) < 1000
    assert CitedText.of("").words == ()
    assert of_text("", work()).title is ABSENT


def test_short_words_are_found_whole_only() -> None:
    """The "art" of "artist" is none."""
    assert CitedText.of("an artist").find("art") is None
    assert CitedText.of("an artist of art").find("art") == range(3, 4)
    assert CitedText.of("an artist").find("") is None
    assert CitedText.of("an artist").word_at(100) == 2


def test_the_nearest_part_of_a_text() -> None:
    """As many letters as have to be changed, and where it ends."""
    assert nearest("", "abc") == (0, 0)
    assert nearest("abc", "") == (3, 0)
    assert nearest("abc", "xxabdxx")[0] == 1
    assert nearest("abc", "xabcx") == (0, 4)
