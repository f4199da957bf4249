"""Laws of the CSL processor: nothing lost, nothing doubled, everything in order."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from csl.making import entries, item, processor, style
from lupusrefs.csl import Citation, CiteItem, Document
from lupusrefs.csl.dates import year_suffix
from lupusrefs.csl.output.tree import Tag, text_of
from lupusrefs.csl.page_ranges import page_ranges
from lupusrefs.csl.punctuation import Quotes, settled, tree
from lupusrefs.csl.rich_text import parse
from lupusrefs.csl.sort import collation_key
from lupusrefs.csl.stream import CLOSE, JOIN, OPEN, Kind, Mark, Token, plain
from lupusrefs.csl.text_case import convert

_OUTSIDE = Quotes(("“", "”"), ("‘", "’"), takes_punctuation=False)
_INSIDE = Quotes(("“", "”"), ("‘", "’"), takes_punctuation=True)
_TAG = re.compile(r"</?(?:i|b|sup|sub|sc)>|<span[^<>]*>|</span>")
# Raised letters that Unicode does not decompose.
_MODIFIERS = str.maketrans("ˀˁ\u06e5\u06e6", "ʔʕ\u0648\u064a")
_OPENING = frozenset((Kind.OPEN, Kind.QUOTE_OPEN, Kind.SINGLE_OPEN, Kind.NOCASE_OPEN))
_PARTNERS = {
    Kind.OPEN: Kind.CLOSE,
    Kind.QUOTE_OPEN: Kind.QUOTE_CLOSE,
    Kind.SINGLE_OPEN: Kind.SINGLE_CLOSE,
    Kind.NOCASE_OPEN: Kind.NOCASE_CLOSE,
}

# Texts full of what looks like markup, between letters that show where it was.
_ATOMS = [
    *("a", "B", "ß", "é", "毛", "1", " ", "\u00a0", ".", ",", "?", "²", "ʳ", "™", "-"),
    *("<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", "<sub>", "</sub>", "<sc>"),
    *("</sc>", '<span class="nocase">', "</span>", '<span style="font-variant'),
    *(':small-caps;">', "<", ">", "'", '"', "“", "”", "‘", "’", "«", "»", "„", "‚"),
]
MARKED = st.lists(st.sampled_from(_ATOMS), max_size=12).map("".join) | st.text(
    max_size=20
)
WORDS = st.lists(
    st.sampled_from(["the", "of", "DNA", "iPhone", "two-thirds", "l’été", "straße:"])
    | st.sampled_from(["<i>E.", "coli</i>", "(see)", "a<b>b</b>c", "2<sup>nd</sup>"])
    | st.text("aZ'’-<i>/é:", min_size=1, max_size=6),
    max_size=8,
).map(" ".join)
KINDS = st.sampled_from(
    [
        *("lowercase", "uppercase", "capitalize-first", "capitalize-all"),
        *("sentence", "title"),
    ]
)


def _letters(text: str) -> list[str]:
    """Letters and digits, of raised ones those that they are of."""
    known = unicodedata.normalize("NFKC", text.translate(_MODIFIERS))
    return [char for char in known if char.isalnum()]


def _is_in(few: list[str], many: list[str]) -> bool:
    """Whether some things are among others, in the same order."""
    rest = iter(many)
    return all(one in rest for one in few)


@given(MARKED)
def test_rich_text_keeps_the_letters(text: str) -> None:
    """What is no tag comes out; nothing comes out that was not there."""
    found = _letters(plain(list(parse(text))))
    assert _is_in(found, _letters(text))
    assert _is_in(_letters(_TAG.sub("", text)), found)


@given(MARKED)
def test_rich_text_is_properly_nested(text: str) -> None:
    """Each mark that opens something is closed by its own, innermost first."""
    opened: list[Mark] = []
    for token in parse(text):
        if isinstance(token, str) or token is JOIN:
            continue
        if token.kind in _OPENING:
            opened.append(token)
        else:
            last = opened.pop()
            assert (_PARTNERS[last.kind], last.tag) == (token.kind, token.tag)
    assert opened == []


@given(MARKED)
def test_strings_of_a_value_are_parted_by_marks(text: str) -> None:
    """No two in a row, none empty: what meets at a seam is of two values."""
    tokens = parse(text)
    assert "" not in tokens
    pairs = itertools.pairwise(tokens)
    assert not any(isinstance(a, str) and isinstance(b, str) for a, b in pairs)


@given(MARKED)
def test_a_tree_has_the_text_of_its_tokens(text: str) -> None:
    """Alone, a value is what it is: no punctuation of its own is lost."""
    tokens = parse(text)
    shown = text_of(tree(tokens, _OUTSIDE))
    assert _letters(shown) == _letters(plain(list(tokens)))


_PIECES = st.tuples(
    st.sampled_from(["", ".", ",", ";", ":", "?", "!", ". ", ", ", " "]),
    st.sampled_from(["a", "B c", "d’e"]),
    st.sampled_from(["", ".", ",", ";", ":", "?", "!", "?.", " "]),
).map("".join)
_SIGNS = st.sampled_from([".", ",", "?", "!", ". ", ", ", " "])
_MARKS = st.sampled_from([OPEN[Tag.ITALIC], CLOSE[Tag.ITALIC], OPEN[Tag.BOLD]])
TOKENS = st.lists(_PIECES | _SIGNS | _MARKS, max_size=10)


@given(TOKENS)
def test_settled_never_doubles_punctuation(tokens: list[Token]) -> None:
    """Where strings meet, whatever marks are between them."""
    strings = [one for one in settled(tokens, _OUTSIDE) if isinstance(one, str)]
    for before, behind in itertools.pairwise(strings):
        assert not (before[-1] == behind[0] and behind[0] in ".,;:?! ")


@given(TOKENS)
def test_settled_keeps_the_words(tokens: list[Token]) -> None:
    """Only punctuation and spaces go, and never all between two words."""
    found = plain(settled(tokens, _OUTSIDE))
    assert _letters(found) == _letters(plain(tokens))
    assert found.count(" ") <= plain(tokens).count(" ")


@given(TOKENS, st.sampled_from([_OUTSIDE, _INSIDE]))
def test_what_is_settled_stays_so(tokens: list[Token], quotes: Quotes) -> None:
    """Settling is done once."""
    once = settled(tokens, quotes)
    assert settled(once, quotes) == once


@given(st.integers(0, 20_000), st.integers(0, 20_000))
def test_year_suffixes_are_told_apart_and_ordered(one: int, other: int) -> None:
    """By length, then by letter, as the numbers are."""
    first, second = year_suffix(one), year_suffix(other)
    assert first.isascii()
    assert first.islower()
    order = (len(first), first), (len(second), second)
    assert (one < other) == (order[0] < order[1])
    assert (one == other) == (first == second)


@given(st.lists(st.text(max_size=8) | MARKED, max_size=6))
def test_collation_is_a_total_order(texts: list[str]) -> None:
    """Any texts can be compared, and only one way."""
    keys = [collation_key(text) for text in texts]
    for one, other in itertools.combinations(keys, 2):
        assert (one < other) + (one == other) + (one > other) == 1
    assert sorted(sorted(keys, reverse=True)) == sorted(keys)


@given(st.text(max_size=8), st.sampled_from([str.upper, str.lower, str.title]))
def test_letters_count_before_case(text: str, change: Callable[[str], str]) -> None:
    """Texts of the same folded letters are beside each other."""
    changed = change(text)
    assume(text.casefold() == changed.casefold())
    assert collation_key(text)[0] == collation_key(changed)[0]


def _words(tokens: list[Token]) -> int:
    return len(plain(tokens).split())


@given(KINDS, WORDS | MARKED, st.booleans())
def test_text_case_keeps_the_number_of_words(
    kind: str, text: str, is_english: bool
) -> None:
    """And every mark; only letters change."""
    tokens = list(parse(text))
    changed = convert(kind, tokens, is_english=is_english)
    assert _words(changed) == _words(tokens)
    assert [one for one in changed if not isinstance(one, str)] == [
        one for one in tokens if not isinstance(one, str)
    ]


@given(st.sampled_from(["lowercase", "uppercase", "capitalize-all"]), WORDS)
def test_text_case_changes_once(kind: str, text: str) -> None:
    """What is in a case stays in it."""
    once = convert(kind, parse(text), is_english=True)
    assert convert(kind, once, is_english=True) == once


PAGES = st.lists(
    st.integers(1, 99_999).map(str)
    | st.sampled_from(
        ["S12", "e7", "xii", "-", "–", "--", " - ", ", ", " & ", "n", "8"]
    ),
    max_size=8,
).map("".join)


@given(PAGES, st.sampled_from(["expanded", "", "chicago-16", "minimal", "unknown"]))
def test_expanded_ranges_stay_expanded(text: str, form: str) -> None:
    """Expanding is done once, whatever was there before."""
    once = page_ranges(page_ranges(text, form, "–"), "expanded", "–")
    assert page_ranges(once, "expanded", "–") == once


@given(st.integers(1, 99_999), st.integers(0, 2_000))
def test_ranges_that_are_abbreviated_can_be_expanded(low: int, more: int) -> None:
    """No form of a range loses its end."""
    whole = f"{low}–{low + more}"
    for form in ("minimal", "minimal-two", "chicago-15", "chicago-16", "expanded"):
        short = page_ranges(whole, form, "–")
        assert page_ranges(short, "expanded", "–") == whole


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from(["A Doe", "B Roe", ""]), st.integers(1990, 1995)),
        min_size=1,
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_a_sorted_bibliography_depends_on_no_order(
    works: list[tuple[str, int]], random: Random
) -> None:
    """Entries that differ come in one order, however the items did."""
    made = style(
        bibliography='<bibliography><sort><key variable="author"/>'
        '<key variable="issued"/></sort><layout><names variable="author" suffix=" "/>'
        '<date variable="issued" form="text"/></layout></bibliography>'
    )
    items = [
        item(str(number), issued=year, **({"author": author} if author else {}))
        for number, (author, year) in enumerate(works)
    ]
    shuffled = list(items)
    random.shuffle(shuffled)
    assert entries(made, *shuffled) == entries(made, *items)


_SHOWN = (
    '<group delimiter=" "><choose><if position="ibid"><text term="ibid"/></if><else>'
    '<names variable="author"><name form="short" et-al-min="2" et-al-use-first="1"/>'
    '</names><date variable="issued"><date-part name="year"/></date></else></choose>'
    '<choose><if position="near-note"><text value="near"/></if></choose>'
    '<text variable="first-reference-note-number" prefix="n."/>'
    '<text variable="locator" prefix="p."/>{}</group>'
)
_TELLING = (
    'disambiguate-add-names="true" disambiguate-add-givenname="true"'
    ' disambiguate-add-year-suffix="true" near-note-distance="1"'
)
# What a cite shows besides: nothing, its number, or something only where it must.
_BESIDES = (
    "",
    '<text variable="citation-number" prefix="no."/>',
    '<choose><if disambiguate="true"><text variable="title"/></if></choose>',
)
_CITED = {
    "a": item("a", author="John Doe", issued=2020, title="A"),
    "b": item("b", author="Jane Doe", issued=2020, title="B"),
    "c": item("c", author="John Doe", issued=2020, title="C"),
    "d": item("d", author="A Roe; B Poe", issued=2019, title="D"),
    "e": item("e", author="A Roe; C Poe", issued=2019, title="D"),
    "f": item("f", author="Jane Doe", issued=2021, title="F"),
}
CITES = st.lists(
    st.builds(CiteItem, st.sampled_from("abcdef"), st.sampled_from(["", "5", "6"])),
    min_size=1,
    max_size=3,
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["add", "change", "remove"]), st.integers(0, 9), CITES),
    max_size=10,
)


def _changing(besides: str) -> Document:
    made = style(
        f'<citation {_TELLING}><sort><key variable="title"/></sort>'
        f'<layout delimiter="; ">{_SHOWN.format(besides)}</layout></citation>',
        '<bibliography><sort><key variable="author"/></sort><layout>'
        '<names variable="author"/></layout></bibliography>',
        attributes='class="note"',
    )
    return Document(processor(made, _CITED.values()))


@settings(max_examples=80, deadline=None)
@given(CHANGES, st.sampled_from(_BESIDES), st.integers(0, 2))
def test_a_document_that_was_changed_is_as_a_fresh_one(
    changes: list[tuple[str, int, list[CiteItem]]], besides: str, per_note: int
) -> None:
    """Whatever was cited, changed and taken out before; each change tells all of it."""
    document = _changing(besides)
    order: list[str] = []
    cited: dict[str, Citation] = {}
    seen: dict[str, object] = {}
    for number, (kind, place, cites) in enumerate(changes):
        if kind == "remove" and order:
            key = order.pop(place % len(order))
            seen.pop(key)
            seen.update(document.remove(key))
        else:
            key = str(number)
            if kind == "change" and order:
                key = order[place % len(order)]
            else:
                order.insert(place % (len(order) + 1), key)
            notes = [at // per_note + 1 if per_note else 0 for at in range(len(order))]
            at = order.index(key)
            places = list(zip(order, notes, strict=True))
            cited[key] = Citation(key, cites, notes[at])
            cited |= {one: replace(cited[one], note=note) for one, note in places}
            seen.update(document.update(cited[key], places[:at], places[at + 1 :]))
        assert seen == dict(document.citations())
    fresh = _changing(besides)
    before: list[tuple[str, int]] = []
    for key in order:
        fresh.update(cited[key], before)
        before.append((key, cited[key].note))
    assert list(document.citations()) == list(fresh.citations())
    assert document.registry.numbers == fresh.registry.numbers
    assert document.registry.more == fresh.registry.more
