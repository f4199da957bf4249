"""Patterns of citation keys: what fields and modifiers give, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.errors import LupusrefsError
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.key_fields import FIELDS
from lupusrefs.model.key_pattern import (
    DEFAULT,
    MODIFIERS,
    InvalidKeyPattern,
    KeyPattern,
)
from lupusrefs.model.key_syntax import is_usable
from lupusrefs.model.names import Name
from strategies import items

PAGE = Path(__file__).parents[2] / "docs" / "export.md"

ITEM = Item(
    id="M22",
    type="article-journal",
    author=(
        Name("Mackensen", "Andreas"),
        Name("Müller", "JRR"),
        Name("Spee-Mayer", "C.", non_dropping_particle="von"),
        Name(literal="others"),
    ),
    title="The <i>Anti-CD19</i> CAR T cell therapy for refractory lupus",
    container_title="New England Journal of Medicine",
    issued=Date(PartialDate(2022, 10)),
    volume="28",
    issue="10 Suppl",
    number="R-7",
    page="e2124–e2132",
    doi="https://doi.org/10.1038/S41591-022-(02)",
)
NOBODY = Item(id="10.1/x")


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{family}", "mackensen"),
        ("{families}", "mackensenmullerspeemayer"),
        ("{families:2}", "mackensenmuller"),
        ("{families:9}", "mackensenmullerspeemayer"),
        ("{given}", "andreas"),
        ("{family}{etal}", "mackensenetal"),
        ("{year}", "2022"),
        ("{year2}", "22"),
        ("{title-word}", "anti"),
        ("{title-words}", "anticd19car"),
        ("{title-words:2}", "anticd19"),
        ("{journal}", "newenglandjournalmedicine"),
        ("{journal:2}", "newengland"),
        ("{volume}", "28"),
        ("{issue}", "10suppl"),
        ("{number}", "r7"),
        ("{page}", "e2124"),
        ("{doi}", "10.1038_s41591-022-_02"),
        ("{type}", "article-journal"),
        ("{id}", "M22"),
    ],
)
def test_every_field(pattern: str, key: str) -> None:
    """Words in lower-case ASCII; the id is the user's."""
    assert KeyPattern.parse(pattern).key(ITEM) == key


def test_every_field_has_a_case_above() -> None:
    """A field that comes needs an example."""
    marks = test_every_field.pytestmark  # type: ignore[attr-defined]  # pytest's own
    patterns = " ".join(pattern for pattern, _ in marks[0].args[1])
    assert all(f"{{{name}" in patterns for name in FIELDS)


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{family:3}", "mac"),
        ("{year:2}", "22"),
        ("{family:upper}", "MACKENSEN"),
        ("{family:capital}", "Mackensen"),
        ("{id:lower}", "m22"),
        ("{families:capital}", "MackensenMullerSpeemayer"),
        ("{families:initials:upper}", "MMS"),
        ("{family:3:capital}{year2}", "Mac22"),
        ("{journal:initials}", "nejm"),
        ("{title-words:4:-}", "anti-cd19-car-t"),
        ("{families:2:_:capital}", "Mackensen_Muller"),
        ("{family}{etal:capital}", "mackensenEtAl"),
        ("{families:2}{etal:2}", "mackensenmulleretal"),
        ("{families:4}+{etal:4}", "mackensenmullerspeemayer+etal"),
        ("{family}:{year}:{title-word:1}", "mackensen:2022:a"),
        ("Ref-{volume}.{page}", "Ref-28.e2124"),
    ],
)
def test_modifiers_and_text(pattern: str, key: str) -> None:
    """Number, initials, case and joiner, in any order; text between the fields."""
    assert KeyPattern.parse(pattern).key(ITEM) == key


@pytest.mark.parametrize(
    ("names", "key"),
    [
        ((Name("Ng", "K"),), "ng_2020"),
        ((Name("Ng", "K"), Name("Oh", "A")), "ng_etal_2020"),
        ((Name("Ng", "K"), Name(literal="others")), "ng_etal_2020"),
    ],
)
def test_et_al_and_its_separator_come_together(
    names: tuple[Name, ...], key: str
) -> None:
    """A work of one author has neither."""
    item = Item(id="x", author=names, issued=Date(PartialDate(2020)))
    assert KeyPattern.parse("{family}_{etal}_{year}").key(item) == key


@pytest.mark.parametrize(
    ("given", "initials"),
    [
        ("Jens Y.", "jy"),
        ("JY", "jy"),
        ("J.-Y.", "jy"),
        ("JENS", "j"),
        ("Jean-Pierre", "jp"),
        ("Ílker", "i"),
        ("王", ""),
        (None, ""),
    ],
)
def test_initials_of_given_names(given: str | None, initials: str) -> None:
    """PubMed's run of capitals is as many names."""
    item = Item(id="x", author=(Name("Ng", given),))
    assert KeyPattern.parse("{family}{given:initials}").key(item) == f"ng{initials}"


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{family}_{year}_{title-word}", "anon"),
        ("{year}-{family}", "anon"),
        ("{journal}_{volume}_{family}", "anon"),
        ("x{volume}y", "xy"),
        ("{volume}{page}", "anon"),
        ("*{volume}", "anon"),
    ],
)
def test_what_is_missing_takes_its_separator_along(pattern: str, key: str) -> None:
    """And where nothing is left, the usual key is made."""
    assert KeyPattern.parse(pattern).key(NOBODY) == key


@pytest.mark.parametrize("pattern", ["{doi}", "{id}", "10.1/{year}", "x://{year}"])
def test_no_key_is_a_doi_or_a_url(pattern: str) -> None:
    """Writers would replace it: nobody cites with one."""
    item = ITEM.model_copy(update={"id": "https://doi.org/10.1/x"})
    assert is_usable(KeyPattern.parse(pattern).key(item))


def test_an_id_that_is_a_key_stays() -> None:
    """Also with letters beyond ASCII, which BibTeX and biber take."""
    item = ITEM.model_copy(update={"id": "DBLP:conf/müller-14"})
    assert KeyPattern.parse("{id}").key(item) == "DBLP:conf/müller-14"
    assert KeyPattern.parse("my-{id}").key(item) == "my-DBLP:conf/müller-14"


@pytest.mark.parametrize(
    ("pattern", "position", "message", "hint"),
    [
        ("", 0, "no field", "{family}{year}"),
        ("refs", 0, "no field", "{family}{year}"),
        # JabRef writes its patterns so.
        ("[auth][year]", 0, "no field", "{family}{year}"),
        ("{auth}", 1, "`auth` is not a field", "`family`"),
        ("{family}{shortyear}", 9, "`shortyear` is not a field", "`year2`"),
        ("{veryshorttitle}", 1, "is not a field", "`title-word`"),
        ("{container-title}", 1, "is not a field", "`journal`"),
        ("{Family}", 1, "`Family` is not a field", "`family`"),
        ("{titleword}", 1, "is not a field", "`title-word`"),
        ("{xyzzy}", 1, "`xyzzy` is not a field", "families"),
        ("{}", 1, "`` is not a field", "families"),
        ("{year:uper}", 6, "`uper` is not a modifier", "`upper`"),
        ("{year:0}", 6, "`0` is not a modifier", "1 to 99"),
        ("{year:100}", 6, "`100` is not a modifier", "1 to 99"),
        ("{year:}", 6, "`` is not a modifier", "capital"),
        ("{year:lower:upper}", 12, "a second case", None),
        ("{family:1:2}", 10, "a second number", None),
        ("{families:_:-}", 12, "a second joiner", None),
        ("{year:initials:initials}", 15, "a second initials", None),
        ("{family", 0, "no `}`", None),
        ("{family{year}", 0, "no `}`", None),
        ("a}{year}", 1, "without its `{`", None),
        ("{family} {year}", 8, "' ' cannot stand", "white space"),
        ("{family},{year}", 8, "',' cannot stand", "white space"),
        ("{family}\\{year}", 8, "cannot stand", "white space"),
    ],
)
def test_a_bad_pattern_is_refused_with_its_place(
    pattern: str, position: int, message: str, hint: str | None
) -> None:
    """And with what was probably meant, also in the words of other programs."""
    with pytest.raises(InvalidKeyPattern, match=re.escape(message)) as caught:
        KeyPattern.parse(pattern)
    assert caught.value.pattern == pattern
    assert caught.value.position == position
    assert str(caught.value).startswith(f"character {position + 1}: ")
    assert (hint or "") in (caught.value.hint or "")
    assert isinstance(caught.value, LupusrefsError)
    assert isinstance(caught.value, ValueError)


# -- laws ------------------------------------------------------------------------------

_MODIFIERS = st.tuples(
    st.none() | st.integers(1, 99).map(str),
    st.none() | st.just("initials"),
    st.none() | st.sampled_from(["lower", "upper", "capital"]),
    st.none() | st.sampled_from(["_", "-", ".", "+"]),
).flatmap(lambda found: st.permutations([one for one in found if one]))
_FIELD = st.builds(
    lambda name, modifiers: "{" + ":".join([name, *modifiers]) + "}",
    st.sampled_from(sorted(FIELDS)),
    _MODIFIERS,
)
_LITERAL = st.text(st.sampled_from("aZ09_-:.+/*é!?|"), max_size=4)
PATTERNS = st.builds(
    lambda start, fields: start + "".join(f + text for f, text in fields),
    _LITERAL,
    st.lists(st.tuples(_FIELD, _LITERAL), min_size=1, max_size=4),
)


@given(PATTERNS)
def test_a_pattern_is_what_it_says(text: str) -> None:
    """parse(str(pattern)) == pattern."""
    pattern = KeyPattern.parse(text)
    assert KeyPattern.parse(str(pattern)) == pattern


@given(PATTERNS, items())
def test_every_key_can_be_used(text: str, item: Item) -> None:
    """By BibTeX, LaTeX and biber, whatever the item has in it."""
    assert is_usable(KeyPattern.parse(text).key(item))


@given(st.text() | st.text(st.sampled_from("{}:year12 lower_")))
def test_any_text_is_a_pattern_or_refused(text: str) -> None:
    """With a place inside the text, or right at its end."""
    try:
        KeyPattern.parse(text)
    except InvalidKeyPattern as error:
        assert 0 <= error.position <= len(text)  # noqa: PT017 - either answer is right


@given(items())
def test_the_usual_key(item: Item) -> None:
    """In ASCII, and never empty."""
    assert re.fullmatch("[a-z0-9]+", DEFAULT.key(item))


# -- the documentation -----------------------------------------------------------------


def test_every_field_and_modifier_is_documented() -> None:
    """Each has a row of its own."""
    page = PAGE.read_text(encoding="utf-8")
    for name, field in FIELDS.items():
        assert f"| `{{{name}}}` | {field.meaning} |" in page
    assert all(f"`:{modifier}`" in page for modifier in MODIFIERS)
