"""Appending to BibTeX: one entry in the layout of the file, and nothing else.

The layouts are those of common programs: JabRef, Zotero, BibDesk, Emacs, DBLP,
MathSciNet, BibTeX Tidy.
"""

from __future__ import annotations

import pytest

from lupusrefs.errors import InputError
from lupusrefs.formats import bibtex
from lupusrefs.formats.append import append_items, keys_beside
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import decode
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name

NEW = Item(
    id="new",
    type="article-journal",
    title="A title",
    author=(Name("Ng", "Ann"),),
    container_title="Journal",
    volume="7",
    issued=Date(PartialDate(2021, 8)),
)


def appended(
    text: str | bytes, *items: Item, name: FormatName = FormatName.BIBTEX
) -> str:
    """The file with the items: all that was there before is there still."""
    data = text if isinstance(text, bytes) else text.encode()
    source = decode(data, "refs.bib")
    loaded = bibtex.load(source)
    added = list(items) or [NEW]
    edit = append_items(source, name, added, loaded.references)
    assert edit.span.start == edit.span.end
    assert edit == append_items(source, name, added)
    result = source.edited([edit])
    after = bibtex.load(decode(result, "refs.bib"))
    ids = [item.id for item in added]
    new = [one for one in after.references if one.id in ids]
    assert sorted(one.id for one in new) == sorted(ids)
    kept = [one.to_csl() for one in after.references if one.id not in ids]
    assert kept == [one.to_csl() for one in loaded.references]
    errors = [found.message for found in after.diagnostics if found.is_error]
    assert errors == [found.message for found in loaded.diagnostics if found.is_error]
    return decode(result, "refs.bib").text


# -- layout ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            "@Article{Oh2001,\n"
            "  author    = {Oh, Bo},\n"
            "  title     = {T},\n"
            "  publisher = {P},\n"
            "}\n",
            "@Article{new,\n"
            "  author  = {Ng, Ann},\n"
            "  title   = {A title},\n"
            "  journal = {Journal},\n"
            "  volume  = {7},\n"
            "  year    = {2021},\n"
            "  month   = aug,\n"
            "}",
            id="JabRef: each entry aligned for itself",
        ),
        pytest.param(
            "@article{DBLP:journals/x/Oh01,\n"
            "  author       = {Bo Oh},\n"
            "  title        = {T},\n"
            "  year         = {2001},\n"
            "  bibsource    = {dblp}\n"
            "}\n",
            "@article{new,\n"
            "  author       = {Ng, Ann},\n"
            "  title        = {A title},\n"
            "  journal      = {Journal},\n"
            "  volume       = {7},\n"
            "  year         = {2021},\n"
            "  month        = aug\n"
            "}",
            id="DBLP: one column, no comma at the end",
        ),
        pytest.param(
            "@article{oh_title_2001,\n"
            "\ttitle = {T},\n"
            "\tauthor = {Oh, Bo},\n"
            "\tyear = {2001},\n"
            "}\n",
            "@article{new,\n"
            "\tauthor = {Ng, Ann},\n"
            "\ttitle = {A title},\n"
            "\tjournal = {Journal},\n"
            "\tvolume = {7},\n"
            "\tyear = {2021},\n"
            "\tmonth = aug,\n"
            "}",
            id="Zotero: tabs",
        ),
        pytest.param(
            "@article{Oh:2001,\n"
            "\tAuthor = {Bo Oh},\n"
            "\tDate-Added = {2010-08-05 09:54:07 +0200},\n"
            "\tYear = {2001}}\n",
            "@article{new,\n"
            "\tAuthor = {Ng, Ann},\n"
            "\tTitle = {A title},\n"
            "\tJournal = {Journal},\n"
            "\tVolume = {7},\n"
            "\tYear = {2021},\n"
            "\tMonth = aug}",
            id="BibDesk: capitals, the brace behind the last field",
        ),
        pytest.param(
            "@Article{oh01,\n"
            '  author =       "Bo Oh",\n'
            '  title =        "T",\n'
            "  year =         2001,\n"
            '  note =         "{N}"\n'
            "}\n",
            "@Article{new,\n"
            '  author =       "Ng, Ann",\n'
            '  title =        "A title",\n'
            '  journal =      "Journal",\n'
            "  volume =       7,\n"
            "  year =         2021,\n"
            "  month =        aug\n"
            "}",
            id="Emacs: values in one column, quotes, bare numbers",
        ),
        pytest.param(
            "@article {MR123,\n"
            "    AUTHOR = {Oh, Bo},\n"
            "     TITLE = {T},\n"
            "   JOURNAL = {J},\n"
            "  FJOURNAL = {Journal},\n"
            "      YEAR = {2001},\n"
            "}\n",
            "@article {new,\n"
            "    AUTHOR = {Ng, Ann},\n"
            "     TITLE = {A title},\n"
            "   JOURNAL = {Journal},\n"
            "    VOLUME = {7},\n"
            "      YEAR = {2021},\n"
            "     MONTH = aug,\n"
            "}",
            id="MathSciNet: names end in one column",
        ),
        pytest.param(
            "@article{a, author={Oh, Bo}, title={T}, year={2001}}\n",
            "@article{new, author={Ng, Ann}, title={A title}, journal={Journal}, "
            "volume={7}, year={2021}, month=aug}",
            id="one line",
        ),
        pytest.param(
            "@ARTICLE{a\n  , author = {Oh, Bo}\n  , title = {T}\n  }\n",
            "@ARTICLE{new\n  , author = {Ng, Ann}\n  , title = {A title}\n"
            "  , journal = {Journal}\n  , volume = {7}\n  , year = {2021}\n"
            "  , month = aug\n  }",
            id="commas first",
        ),
        pytest.param(
            '@article(a,\n author = "Oh, Bo",\n year = 2001\n)\n',
            '@article(new,\n author = "Ng, Ann",\n title = "A title",\n'
            ' journal = "Journal",\n volume = 7,\n year = 2021,\n month = aug\n)',
            id="parentheses",
        ),
    ],
)
def test_the_layout_of_the_file_is_followed(old: str, new: str) -> None:
    """Indentation, alignment, delimiters, commas, case."""
    assert appended(old) == f"{old}\n{new}\n"


def test_the_layout_of_most_entries_is_followed() -> None:
    """One odd entry is none."""
    one = "@book{%s,\n  title = {T},\n  year = {2001}\n}\n\n"
    odd = '@BOOK{odd, TITLE="T",}\n\n'
    result = appended(one % "a" + odd + one % "b" + one % "c")
    assert "@article{new,\n  author = {Ng, Ann},\n  title" in result


def test_a_file_without_entries_gets_the_usual_layout() -> None:
    """Also one whose entries have nothing in them."""
    usual = (
        "@article{new,\n  author = {Ng, Ann},\n  title = {A title},\n"
        "  journal = {Journal},\n  volume = {7},\n  year = {2021},\n  month = aug,\n}"
    )
    assert appended("") == f"{usual}\n"
    assert appended("% my references\n") == f"% my references\n\n{usual}\n"
    assert appended("% mine\n\n") == f"% mine\n\n{usual}\n"
    assert appended("@book{a,}") == f"@book{{a,}}\n\n{usual}"


@pytest.mark.parametrize("lines", [1, 2, 3])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_blank_lines_and_line_ends_are_the_file_s(lines: int, newline: str) -> None:
    """Between old entries, and between new ones."""
    gap = "\n" * lines
    old = f"@book{{a,\n title = {{A}},\n}}{gap}@book{{b,\n title = {{B}},\n}}\n"
    other = Item(id="other", type="book", title="O")
    result = appended(
        old.replace("\n", newline), Item(id="n", type="book", title="N"), other
    )
    expected = (
        f"{old.rstrip()}{gap}@book{{n,\n title = {{N}},\n}}"
        f"{gap}@book{{other,\n title = {{O}},\n}}\n"
    )
    assert result == expected.replace("\n", newline)


def test_a_file_that_ends_without_a_newline_still_does() -> None:
    """It is the last thing that stands there, and stays so."""
    book = Item(id="b", type="book", title="B")
    assert appended("@book{a,\n title = {A}\n}", book) == (
        "@book{a,\n title = {A}\n}\n\n@book{b,\n title = {B}\n}"
    )


def test_a_value_with_a_quotation_mark_keeps_its_braces() -> None:
    """In quotes it would end there; inside braces it does not."""
    old = '@book{a,\n title = "A",\n note = "n"\n}\n'
    book = Item(id="b", type="book", title='Say "when"', note="x")
    assert '\n title = {Say "when"},\n note = "x"\n}' in appended(old, book)


def test_names_and_types_are_spelled_as_in_the_file() -> None:
    """Also where its spelling follows no rule; others follow the usual one."""
    old = "@inProceedings{a,\n Title = {A},\n DOI = {10.1/a},\n Year = {2001}\n}\n"
    paper = Item(id="b", type="paper-conference", title="B", doi="10.1/b", note="n")
    result = appended(old, paper)
    assert "@inProceedings{b,\n Title = {B},\n DOI = {10.1/b},\n Note = {n}" in result
    report = Item(id="c", type="report", title="C")
    assert "@TechReport{c" in appended("@Article{a,\n title = {A}\n}\n", report)


# -- place -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "tail",
    [
        "\n@Comment{jabref-meta: databaseType:bibtex;}\n",
        "\n\n% Local Variables:\n% coding: utf-8\n% End:\n",
        "\n% @book{old,\n%  title = {Old}}\n",
        "\n</pre>\n</body>\n",
        "\n@string{jan = {January}}\n",
        "\n\n\n \t\n",
    ],
)
def test_what_stands_behind_the_last_entry_stays_there(tail: str) -> None:
    """Settings, comments, entries that are no more."""
    book = Item(id="b", type="book", title="B")
    assert appended("@book{a,\n title = {A}\n}" + tail, book) == (
        "@book{a,\n title = {A}\n}\n\n@book{b,\n title = {B}\n}" + tail
    )


def test_a_remark_in_the_line_of_the_last_brace_stays_in_it() -> None:
    """It belongs to that entry."""
    book = Item(id="b", type="book", title="B")
    result = appended("@book{a, title={A}} % check this\n% end\n", book)
    assert result == (
        "@book{a, title={A}} % check this\n\n@book{b, title={B}}\n% end\n"
    )


def test_before_another_block_in_the_line_of_the_last_brace() -> None:
    """It is pushed into a line of its own."""
    book = Item(id="b", type="book", title="B")
    result = appended("@book{a, title={A}} @comment{c}\n", book)
    assert result == "@book{a, title={A}}\n\n@book{b, title={B}}\n @comment{c}\n"


def test_before_the_settings_of_a_file_without_entries() -> None:
    """JabRef writes them, too, into a new library."""
    head, settings = "% Encoding: UTF-8\n\n", "@Comment{jabref-meta: saveActions;}\n"
    book = Item(id="b", type="book", title="B")
    assert appended(head + settings, book) == (
        f"{head}@book{{b,\n  title = {{B}},\n}}\n\n{settings}"
    )


def test_broken_entries_elsewhere_are_no_reason_to_refuse() -> None:
    """Real files have them; what is appended stands behind a whole entry."""
    old = (
        "@book{a,\n title = {A},\n}\n\n@book{a,\n title = {Again},\n}\n\n"
        "@book{b,\n title = {B,\n year = 2000\n}\n\n@book{c,\n title = {C},\n}\n"
    )
    result = appended(old, Item(id="n", type="book", title="N"))
    assert result == f"{old}\n@book{{n,\n title = {{N}},\n}}\n"


def test_before_an_entry_at_the_end_that_is_not_closed() -> None:
    """Behind it, nothing would be read."""
    source = decode(b"@book{a,\n title = {A}\n}\n\n@book{b,\n title = {B", "refs.bib")
    edit = append_items(
        source, FormatName.BIBTEX, [Item(id="n", type="book", title="N")]
    )
    assert edit.span.start == len("@book{a,\n title = {A}\n}")


def test_a_file_that_ends_inside_an_entry_is_refused() -> None:
    """There is no place outside of it; the message says which entry."""
    source = decode(b"% mine\n@book{b,\n title = {B,\n", "refs.bib")
    with pytest.raises(InputError, match="`b`, has no end; nothing was") as caught:
        append_items(source, FormatName.BIBTEX, [NEW])
    assert str(caught.value.location) == "refs.bib:2:1"
    assert caught.value.hint is not None


# -- dialect ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "is_biblatex"),
    [
        ("@article{a,\n date = {2001},\n journaltitle = {J}\n}\n", True),
        ("@book{a,\n title = {T},\n location = {L}\n}\n", True),
        ("@article{a,\n year = {2001},\n journal = {J}\n}\n", False),
        ("@book{a,\n title = {T}\n}\n", False),
        ("@book{a, title = {}}\n@Comment{jabref-meta: databaseType:biblatex;}\n", True),
        (
            "@book{a,\n year = 1}\n@book{b,\n year = 1}\n@book{c,\n date = 1}\n",
            False,
        ),
    ],
)
def test_the_dialect_is_that_of_most_entries(old: str, is_biblatex: bool) -> None:
    """Or what JabRef says of the file."""
    result = appended(old).partition("@article{new")[2]
    assert ("journaltitle" in result) is is_biblatex
    assert ("date = " in result) is is_biblatex
    assert ("year = " in result) is not is_biblatex


def test_a_new_biblatex_file() -> None:
    """By its name."""
    assert "journaltitle = {Journal}" in appended("", name=FormatName.BIBLATEX)


# -- encodings and keys ----------------------------------------------------------


def test_letters_that_an_old_encoding_has_not_are_written_as_commands() -> None:
    """Those it has stay letters."""
    old = "@book{a,\n title = {Müller},\n}\n".encode("latin-1")
    book = Item(id="b", type="book", title="Łódź – “größer” ≤ α")
    result = appended(old, book)
    assert r"title = {{\L}ód{\'z} {\textendash} {\textquotedblleft}größer" in result
    assert r"{\textquotedblright} {\ensuremath{\leq}} {\ensuremath{\alpha}}}" in result


def test_a_letter_that_latex_has_no_command_for_is_refused() -> None:
    """With the way out."""
    source = decode("@book{a,\n title = {Müller},\n}\n".encode("latin-1"), "refs.bib")
    book = Item(id="b", type="book", title="漢字")
    edit = append_items(source, FormatName.BIBTEX, [book])
    with pytest.raises(InputError, match="“漢” cannot be written here") as caught:
        source.edited([edit])
    assert "convert the file to UTF-8" in str(caught.value.hint)


def test_every_key_in_the_file_is_known() -> None:
    """Of entries that are broken, commented out or only data; of other names, too."""
    source = decode(
        b"@book{a, title = {A}}\n@xdata{X1, year=2000}\n% @book{gone,\n"
        b"@book{broken, title = {B\n@comment{@misc(inside, x=1)}\n"
        b"@book{main, ids = {alias1, Alias2}}\n",
        "refs.bib",
    )
    assert keys_beside(source, FormatName.BIBTEX) == {
        *("a", "X1", "gone", "broken", "inside", "main", "alias1", "Alias2")
    }
    assert keys_beside(source, FormatName.RIS) == set()


# -- large files -----------------------------------------------------------------


def test_of_a_large_file_only_the_end_is_looked_at() -> None:
    """Its newest entries show the layout of today."""
    old = "".join(f"@book{{a{n}, title={{A}}}}\n" for n in range(300))
    new = "".join(f"@book{{b{n},\n  title = {{A}},\n}}\n\n" for n in range(300))
    source = decode((old + new).encode(), "refs.bib")
    references = bibtex.load(source).references
    book = Item(id="n", type="book", title="N")
    edit = append_items(source, FormatName.BIBTEX, [book], references)
    assert edit.text == "\n\n@book{n,\n  title = {N},\n}"
    assert source.text[edit.span.start :] == "\n\n"
