"""Laws of the DOI value, on generated texts."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from lupusrefs.errors import InvalidDoi, InvalidIdentifier
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.doi_text import find_dois
from lupusrefs.model.identifiers import parse_identifier

REGISTRANTS = st.lists(st.from_regex(r"[0-9]{1,9}", fullmatch=True), min_size=1)
# Weighted towards what encodings and trimming look at.
SUFFIXES = st.text(
    st.sampled_from("aZ09%23C25;&lt#\\_{}[]()<>/.?+ -–\u200b\u00a0ﬁü\"'$|")
    | st.characters(),
    min_size=1,
)
TEXTS = st.builds(
    "{}10.{}/{}".format,
    st.sampled_from(["", "doi:", "https://doi.org/", "see "]),
    REGISTRANTS.map(".".join),
    SUFFIXES,
)


def parsed(text: str) -> Doi | None:
    """Return the DOI of a text, or ``None`` where it is refused as it should be."""
    try:
        return Doi.parse(text)
    except InvalidDoi:
        return None


@given(TEXTS | st.text())
@example("https://doi.org/10.1/a%2525b")
@example("10.1/%%32%35")
@example("10.1/&l^t;")
def test_a_name_and_a_url_read_as_the_doi_they_came_from(text: str) -> None:
    """parse(str(doi)) == doi and parse(doi.url) == doi, or the text was refused."""
    doi = parsed(text)
    if doi is not None:
        assert Doi.parse(str(doi)).name == doi.name
        assert Doi.parse(doi.url).name == doi.name
        assert doi.url.isascii()


@given(TEXTS)
def test_the_case_of_ascii_letters_does_not_count(text: str) -> None:
    """Two spellings that differ in ASCII case are equal, in all their candidates."""
    doi = parsed(text)
    if doi is not None:
        shouted = "".join(c.upper() if c.isascii() else c for c in doi.name)
        other = Doi.registered(shouted)
        assert other == doi
        assert hash(other) == hash(doi)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """A key is its own key, and differs from the name in ASCII letters only."""
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) == len(text)


@given(TEXTS | st.text())
def test_candidates_are_distinct_dois_and_the_name_is_first(text: str) -> None:
    """Every candidate can be asked for, and none is asked twice."""
    doi = parsed(text)
    if doi is not None:
        assert doi.candidates[0] == doi.name
        assert len({fold(name) for name in doi.candidates}) == len(doi.candidates) <= 10
        assert all(Doi.registered(name) for name in doi.candidates)


@given(st.text() | TEXTS)
def test_any_text_is_an_identifier_or_refused(text: str) -> None:
    """Nothing but InvalidIdentifier comes out of bad text."""
    try:
        assert str(parse_identifier(text))
    except InvalidIdentifier as error:
        assert str(error)  # noqa: PT017 - either answer is right, a crash is not


@given(st.lists(TEXTS | st.text()).map(" ".join))
def test_mentions_stand_in_order_without_overlap(text: str) -> None:
    """Each mention is a piece of the text, behind the one before it."""
    end = 0
    for mention in find_dois(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.doi.original == text[mention.start : mention.end]
        assert Doi.parse(mention.doi.name) == mention.doi
        end = mention.end
