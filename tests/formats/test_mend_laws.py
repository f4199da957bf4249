"""Laws of mending: the rest of the file stays, what is set is read, twice is once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lupusrefs.findings import Change, Value
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.mend import CannotMend, Mender, check, edits
from lupusrefs.formats.mend.values import changed, says
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import decode
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.edit import apply_edits
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from mending import day, mended, references, source_of
from strategies import TEXTS, libraries, names

WRITTEN = [name for name, known in FORMATS.items() if known.dump is not None]
KEYLESS = {FormatName.RIS, FormatName.NBIB, FormatName.ENW, FormatName.ENDNOTE_XML}
WORDS = st.sampled_from(
    [
        "T cell",
        "DNA: a story",
        "Über",
        "a & b",
        "x_1",
        "50 %",
        "{",
        "é",
        "no",
        "12",
        "A",
    ]
)
TITLES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join) | TEXTS
DATES = st.builds(
    Date,
    st.builds(PartialDate, st.integers(1800, 2030))
    | st.builds(PartialDate, st.integers(1800, 2030), st.integers(1, 12)),
)
VALUES: dict[str, st.SearchStrategy[Value | None]] = {
    "title": TITLES,
    "container-title": TITLES | st.none(),
    "publisher": TITLES | st.none(),
    "volume": st.integers(1, 999).map(str) | TEXTS | st.none(),
    "page": st.sampled_from(["1-5", "e7", "S1-S9", "7"]) | st.none(),
    "issued": DATES | st.none(),
    "DOI": st.sampled_from(["10.1000/x", "10.1002/(SICI)1<2::A>3;4", "10.1/a_b"]),
    "author": st.lists(names(), max_size=3).map(tuple),
}
CHANGES = st.sampled_from(sorted(VALUES)).flatmap(
    lambda variable: st.builds(
        Change, st.just(variable), VALUES[variable].map(lambda one: one or None)
    )
)


def test_a_month_that_stood_elsewhere_in_the_file_comes_with_the_year() -> None:
    """The year alone was wrong, and so the date beside it was not read (RIS)."""
    text = "TY  - JOUR\nID  - a\nDA  - 2013/12//\nPY  - 2008\nER  - \n"
    source = source_of(text)
    before = FORMATS[FormatName.RIS].load(source)
    old = before.references[0]
    changes = (Change("issued", day(2013)),)
    made = edits(source, FormatName.RIS, old, changes)
    check(source, FormatName.RIS, before, made, {0: changed(old, changes)})
    assert apply_edits(text, made) == text.replace("2008", "2013")
    wrong = {0: changed(old, (Change("issued", day(2014)),))}
    with pytest.raises(CannotMend):
        check(source, FormatName.RIS, before, made, wrong)


@pytest.mark.parametrize("name", WRITTEN)
@settings(max_examples=40)
@given(
    library=libraries(),
    changes=st.lists(CHANGES, min_size=1, max_size=3, unique_by=lambda c: c.variable),
    place=st.integers(0, 3),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_mended_is_read(
    name: FormatName,
    library: list[Item],
    changes: list[Change],
    place: int,
    newline: str,
) -> None:
    """In every format that is written, whatever stands in it; or it is refused."""
    dump = FORMATS[name].dump
    assert dump is not None
    text = dump(library).replace("\n", newline).encode("utf-8", "replace")
    source = decode(text, "refs")
    before = references(source, name)
    if place >= len(before):
        return
    try:
        made = edits(source, name, before[place], changes)
    except CannotMend:
        return
    data = source.edited(made)
    after = references(decode(data, "refs"), name)
    for change in changes:
        assert says(after[place], change.variable, change.value)
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        if number != place:
            # A key that was made may depend on those of the others.
            made_up = "id" not in old.places and name in KEYLESS
            assert old.to_csl() == {
                **new.to_csl(),
                **({"id": old.id} if made_up else {}),
            }
    # Twice is once.
    again = decode(data, "refs")
    assert edits(again, name, after[place], changes) == ()


SAMPLES = {
    FormatName.BIBTEX: "@misc{a,\n  title = {é},\n  volume = 3,\n}\n@misc{b, year=1}",
    FormatName.CSL_YAML: "- id: a\n  title: é\n  volume: 3\n- {id: b, title: x}\n",
    FormatName.CSL_JSON: '[\n {"id": "a", "title": "é", "volume": 3},\n {"id": "b"}\n]',
    FormatName.RIS: "TY  - JOUR\nID  - a\nTI  - é\nVL  - 3\nER  -\nTY  - GEN\nER  -\n",
    FormatName.ENW: "%0 Journal Article\n%T é\n%V 3\n\n%0 Book\n%T x\n",
    FormatName.NBIB: "PMID- 1\nTI  - é.\nVI  - 3\nTA  - J\n\nPMID- 2\nTI  - x.\n",
    FormatName.HAYAGRIVA: "a:\n  type: book\n  title: é\n  volume: 3\nb: {type: web}\n",
    FormatName.ENDNOTE_XML: '<xml><records><record><ref-type name="Journal Article">17'
    "</ref-type><titles><title>é</title></titles><volume>3</volume></record><record>"
    '<ref-type name="Book">6</ref-type></record></records></xml>',
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_bytes_outside_stay(name: FormatName, encoding: str, newline: str) -> None:
    """With and without a byte order mark, in old encodings, with Windows' line ends."""
    text = SAMPLES[name].replace("\n", newline)
    source = source_of(text.encode(encoding))
    reference = references(source, name)[0]
    made = edits(source, name, reference, [Change("volume", "12")])
    assert source.edited(made) == text.replace("3", "12", 1).encode(encoding)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_order_of_edits_does_not_matter(name: FormatName) -> None:
    """Those of several changes, made one by one, are those made together."""
    source = source_of(SAMPLES[name])
    loaded = FORMATS[name].load(source)
    mender = Mender(source, name)
    first, second = loaded.references[:2]
    changes = [Change("volume", "12"), Change("title", "Other")]
    made = [
        *mender.edits(first, changes[:1]),
        *mender.edits(first, changes[1:]),
        *mender.edits(second, changes[1:]),
    ]
    wanted = {0: changed(first, changes), 1: changed(second, changes[1:])}
    check(source, name, loaded, made, wanted)
    assert apply_edits(source.text, made) == apply_edits(source.text, made[::-1])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_false_edit_is_not_let_through(name: FormatName) -> None:
    """The law looks at every reference, also those that nothing was to happen to."""
    source = source_of(SAMPLES[name])
    loaded = FORMATS[name].load(source)
    made = Mender(source, name).edits(loaded.references[0], [Change("volume", "12")])
    wrong = changed(loaded.references[0], [Change("volume", "13")])
    with pytest.raises(CannotMend, match="`volume` would read “12”, not “13”"):
        check(source, name, loaded, made, {0: wrong})
    with pytest.raises(CannotMend, match="which nothing is wrong with"):
        check(source, name, loaded, made, {1: loaded.references[1]})


def test_a_new_error_is_not_let_through() -> None:
    """A file is never worse than before."""
    name = FormatName.BIBTEX
    source = source_of(SAMPLES[name])
    loaded = FORMATS[name].load(source)
    made = Mender(source, name).edits(loaded.references[0], [Change("volume", "12")])
    broken = [type(one)(one.span, "{12") for one in made]
    with pytest.raises(CannotMend):
        check(source, name, loaded, broken, {0: loaded.references[0]})


def test_names_that_are_given_as_they_are_change_nothing() -> None:
    """Nor does the removal of what is not there."""
    text = SAMPLES[FormatName.CSL_YAML]
    assert mended(text, FormatName.CSL_YAML, "author", None) == text
    both = mended(text, FormatName.CSL_YAML, "author", (Name("Oh", "Bo"),))
    assert mended(both, FormatName.CSL_YAML, "author", (Name("Oh", "Bo"),)) == both
    assert mended(text, FormatName.CSL_YAML, "issued", day(2001)) != text
