"""Generated items with every variable of CSL, for the laws of the formats."""

from __future__ import annotations

from hypothesis import strategies as st
from pydantic import JsonValue

from lupusrefs.model.dates import OPEN_END, Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.variables import (
    DATES,
    NAMES,
    NUMBERS,
    STRINGS,
    TYPES,
    field_name,
)

# What YAML or JSON read as something else, fold, trim or escape.
TRICKY = (
    *("no", "Yes", "on", "null", "~", "true", "NaN", ".inf", "<<", "=", "?", "-"),
    *("1:20", "012", "0x1F", "1_000", "1e3", "10.1000", "+1", "2021-08-05", "0"),
    *("a: b", "a #b", "# a", "- a", "? a", ": a", "a:", "[a", "{a", "a]", "a, b"),
    *("*a", "&a", "!a", "%a", "@a", "`a", "|", ">", "|+\n a", "'", '"', "''", "\\"),
    *(" a", "a ", "  ", "\ta", "a\t", "a\nb", "\na", "a\n", "a\n\n\nb", "\n", "a\n b"),
    *("a \n b", "a\r\nb", "\r", "\x85", "\u2028", "a\u2029b", "\ufeff", "\xa0", "…"),
    *("...", "---", "--- a", "a\n---\nb", "a\n- id: b", "references:", "id: x"),
    *("<i>T</i> cell", "\U0001f600", "e\u0301", "\x00", "\x1b[0m", "\x7f", "\ufffe"),
    *("in press", "et al.", "others", "10.1000/<a>;b", "x" * 200, "a b " * 50),
)
# Lone surrogates are no text: nothing can encode them.
TEXTS = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    st.lists(st.sampled_from(TRICKY), min_size=1, max_size=4).map(" ".join),
)
YEARS = st.integers(-9999, 9999) | st.integers(-(10**9) + 1, 10**9 - 1)


def partial_dates() -> st.SearchStrategy[PartialDate]:
    """Years, seasons, months and days that there are."""
    return st.one_of(
        st.builds(PartialDate, YEARS),
        st.builds(PartialDate, YEARS, season=st.integers(1, 4)),
        st.builds(PartialDate, YEARS, st.integers(1, 12)),
        st.builds(PartialDate, YEARS, st.integers(1, 12), st.integers(1, 28)),
        st.builds(PartialDate, YEARS, st.sampled_from([1, 12]), st.just(31)),
    )


def dates() -> st.SearchStrategy[Date]:
    """Dates, ranges and words; never nothing, which is no date."""
    flag = st.booleans()
    end = st.none() | partial_dates() | st.just(OPEN_END)
    words = st.none() | TEXTS
    return st.one_of(
        st.builds(Date, partial_dates(), end, flag, words),
        st.builds(Date, partial_dates(), end, flag),
        st.builds(Date, literal=TEXTS, circa=flag),
    )


def names() -> st.SearchStrategy[Name]:
    """Persons and literals; never nobody."""
    part = st.none() | TEXTS
    flag = st.booleans()
    return st.one_of(
        st.builds(Name, TEXTS, part, part, part, part, flag, flag),
        st.builds(Name, given=TEXTS, suffix=part),
        st.builds(Name, literal=TEXTS, static_ordering=flag),
    )


def custom_data() -> st.SearchStrategy[dict[str, JsonValue]]:
    """Nested data whose leaves are text: YAML knows no other."""
    leaves: st.SearchStrategy[JsonValue] = st.none() | TEXTS | st.just("")
    values = st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(TEXTS | st.just(""), inner, max_size=3)
        ),
        max_leaves=6,
    )
    return st.dictionaries(TEXTS, values, max_size=3)


@st.composite
def items(draw: st.DrawFn, ids: st.SearchStrategy[str] = TEXTS) -> Item:
    """An item of a few variables, out of all there are; none is empty."""
    of_kind: list[tuple[tuple[str, ...], st.SearchStrategy[object]]] = [
        (NAMES, st.lists(names(), min_size=1, max_size=3).map(tuple)),
        (DATES, dates()),
        (NUMBERS, TEXTS),
        (STRINGS, TEXTS),
        (("categories",), st.lists(TEXTS, min_size=1, max_size=3).map(tuple)),
        (("custom",), custom_data()),
    ]
    fields: dict[str, object] = {"id": draw(ids)}
    if draw(st.booleans()):
        fields["type"] = draw(st.sampled_from(sorted(TYPES)))
    for variables, values in of_kind:
        chosen = draw(st.lists(st.sampled_from(variables), max_size=2, unique=True))
        fields |= {field_name(variable): draw(values) for variable in chosen}
    return Item.model_validate(fields)


def libraries(max_size: int = 4) -> st.SearchStrategy[list[Item]]:
    """Items whose ids differ."""
    return st.lists(items(), max_size=max_size, unique_by=lambda item: item.id)
