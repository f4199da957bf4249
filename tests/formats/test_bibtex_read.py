"""BibTeX and BibLaTeX, read: what the fields mean in CSL, and what is told.

Cases follow ``btxdoc``, section 3, and the biblatex manual, sections 2.1 to 2.4, unless
a test names another source.
"""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from lupusrefs.formats.bibtex import dump_biblatex, dump_bibtex, load, load_biblatex
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import SourceText
from lupusrefs.model.reference import Reference


def _load(text: str) -> Loaded:
    return load(SourceText("refs.bib", text))


def _one(text: str) -> Reference:
    (reference,) = _load(text).references
    return reference


def _csl(fields: str, kind: str = "article") -> dict[str, JsonValue]:
    csl = _one(f"@{kind}{{k, {fields}}}").to_csl()
    del csl["id"], csl["type"]
    return csl


def _told(text: str) -> list[str]:
    return [
        f"{one.location.line}:{one.location.column} {one.message}"
        for one in _load(text).diagnostics
    ]


def test_a_whole_article() -> None:
    """The usual entry, and where its values stand."""
    text = (
        "@article{mackensen2022,\n"
        '  author  = {Mackensen, Andreas and M{\\"u}ller, Fabian and others},\n'
        "  title   = {Anti-{CD19} {CAR} {T} cell therapy for refractory {SLE}},\n"
        "  journal = {Nature Medicine},\n"
        "  year    = 2022, month = oct,\n"
        "  volume  = 28, number = 10, pages = {2124--2132},\n"
        "  doi     = {10.1038/s41591-022-02017-5},\n"
        "}\n"
    )
    reference = _one(text)
    assert reference.to_csl() == {
        "id": "mackensen2022",
        "type": "article-journal",
        "author": [
            {"family": "Mackensen", "given": "Andreas"},
            {"family": "Müller", "given": "Fabian"},
            {"literal": "others"},
        ],
        "title": "Anti-CD19 CAR T cell therapy for refractory SLE",
        "container-title": "Nature Medicine",
        "issued": {"date-parts": [[2022, 10]]},
        "volume": "28",
        "issue": "10",
        "page": "2124-2132",
        "DOI": "10.1038/s41591-022-02017-5",
    }
    assert str(reference.location) == "refs.bib:1:1"
    doi = reference.places["DOI"].span
    assert doi is not None
    assert text[doi.start : doi.end] == "{10.1038/s41591-022-02017-5}"
    assert str(reference.places["issued"]) == "refs.bib:5:13"


@pytest.mark.parametrize(
    ("kind", "item_type"),
    [
        ("article", "article-journal"),
        ("book", "book"),
        ("mvbook", "book"),
        ("inbook", "chapter"),
        ("incollection", "chapter"),
        ("inproceedings", "paper-conference"),
        ("conference", "paper-conference"),
        ("proceedings", "book"),
        ("booklet", "pamphlet"),
        ("manual", "report"),
        ("techreport", "report"),
        ("phdthesis", "thesis"),
        ("thesis", "thesis"),
        ("unpublished", "manuscript"),
        ("online", "webpage"),
        ("patent", "patent"),
        ("dataset", "dataset"),
        ("software", "software"),
        ("inreference", "entry-encyclopedia"),
        ("MISC", "document"),
    ],
)
def test_entry_types(kind: str, item_type: str) -> None:
    """Types of BibTeX and BibLaTeX (biblatex manual, section 2.1)."""
    assert _one(f"@{kind}{{k, title={{x}}}}").type == item_type


def test_a_subtype_may_say_more() -> None:
    """``entrysubtype`` (biblatex manual, 2.2.3): magazines, newspapers, a CSL type."""
    magazine = _one("@article{k, title={x}, entrysubtype={magazine}}")
    assert magazine.type == "article-magazine"
    assert _one("@misc{k, title={x}, entrysubtype={map}}").type == "map"


def test_an_unknown_type_is_a_document_and_told() -> None:
    """With the type that was perhaps meant."""
    (found,) = _load("@inproceeding{k, title={x}}").diagnostics
    assert found.message == (
        "`@inproceeding` is no usual entry type; read as `document`"
    )
    assert found.hint == "did you mean `@inproceedings`?"


def test_strings_and_concatenation() -> None:
    """``@string`` names texts; case does not count; months are defined already."""
    text = (
        "@string{acm = {ACM}, press = acm # { Press}}\n"
        "@book{k, title={x}, publisher = PRESS, year = 1999, month = mar}"
    )
    csl = _one(text).to_csl()
    assert csl["publisher"] == "ACM Press"
    assert csl["issued"] == {"date-parts": [[1999, 3]]}


def test_a_string_that_is_not_defined_is_text_and_told() -> None:
    """Nothing is dropped, as BibTeX would."""
    text = "@article{k,\n journal = cacm}"
    assert _one(text).container_title == "cacm"
    assert _told(text) == ["2:12 the string `cacm` is not defined; read as text"]


def test_strings_cannot_fill_memory() -> None:
    """Thirty doublings of a text would be a thousand million characters."""
    definitions = "".join(
        f"@string{{s{n} = s{n - 1} # s{n - 1}}}" for n in range(1, 60)
    )
    loaded = _load("@string{s0 = {abcdefgh}}" + definitions + "@misc{k, title = s59}")
    (first, *_) = [one for one in loaded.diagnostics if one.is_error]
    assert "grows beyond all bounds" in first.message


def test_a_repeated_field_is_told_and_kept() -> None:
    """BibTeX takes the first one; an export tells of the other, which is kept aside."""
    text = "@misc{k,\n  title = {One},\n  title = {Two}}"
    reference = _one(text)
    assert reference.title == "One"
    assert reference.origin is not None
    assert reference.origin.fields == (("title (repeated)", "Two"),)
    assert _told(text) == [
        "3:3 the field `title` stands twice in `k`; the first counts"
    ]


def test_a_repeated_key_is_an_error_and_both_are_read() -> None:
    """As in every format; keys that differ in case only are a warning."""
    text = "@misc{k, title={One}}\n@misc{k, title={Two}}\n@misc{K, title={Three}}"
    loaded = _load(text)
    assert [one.title for one in loaded.references] == ["One", "Two", "Three"]
    assert _told(text) == [
        "2:7 the key `k` stands twice; the first is in line 1",
        "3:7 BibTeX takes `K` and `k` for the same key",
    ]


def test_an_entry_without_a_key_gets_one() -> None:
    """Its fields are no less worth reading."""
    assert _one("@misc{title={x}}").id == "entry-1"
    assert _told("@misc{, title={x}}") == ["1:7 no key; called `entry-1` here"]


def test_entries_that_are_no_references_are_named() -> None:
    """Commented-out entries stay comments; ``xdata`` only lends its fields."""
    text = (
        "@comment{@article{old, title={x}}}\n"
        "%@book{older, title={x}}\n"
        "@xdata{house, publisher={ACM}}\n"
        "@book{k, title={x}, xdata={house}}"
    )
    assert _one(text).publisher == "ACM"
    assert _told(text) == [
        "1:10 2 entries are commented out and not read: `old`, `older`",
        "3:8 `@xdata` and `@set` are no references of their own: `house`",
    ]


def test_an_empty_file_is_told() -> None:
    """Nothing at all is hardly what was meant."""
    assert _told("") == ["1:1 the file is empty"]


# --- inheritance


def test_a_chapter_inherits_from_its_book() -> None:
    """Titles are renamed, the rest is taken over (biblatex manual, appendix B)."""
    text = (
        "@incollection{in, crossref = {Col}, title = {A Part}, pages = {1--2}}\n"
        "@collection{col, title = {The Whole}, subtitle = {Of It}, date = {2000},\n"
        "  editor = {Ng, Ann}, publisher = {ACM}, note = {mine alone}}"
    )
    csl = _load(text).references[0].to_csl()
    assert csl["title"] == "A part"
    assert csl["container-title"] == "The Whole: Of It"
    assert csl["issued"] == {"date-parts": [[2000]]}
    assert csl["editor"] == [{"family": "Ng", "given": "Ann"}]
    assert csl["publisher"] == "ACM"
    assert "note" not in csl


def test_bibtex_inherits_by_name() -> None:
    """``booktitle`` of the parent is the child's (btxdoc, section 4, item 5)."""
    text = (
        "@inproceedings{in, crossref = {p}, title = {A Paper}}\n"
        "@proceedings{p, title = {Proc. of X}, booktitle = {Proceedings of X},\n"
        "  year = 1999}"
    )
    paper, book = _load(text).references
    assert paper.container_title == "Proceedings of X"
    assert paper.issued is not None
    assert paper.issued.year == 1999
    assert book.container_title == "Proceedings of X"


def test_a_volume_inherits_the_title_of_the_work() -> None:
    """And its chapter that of both."""
    text = (
        "@inbook{c, crossref = {v}, title = {Chapter}}\n"
        "@book{v, crossref = {w}, title = {Volume Title}, volume = 2}\n"
        "@mvbook{w, title = {Whole Work}, author = {Ng, Ann}, date = 1990}"
    )
    chapter, volume, _ = _load(text).references
    assert (volume.title, volume.volume_title) == ("Whole work", "Volume title")
    assert chapter.container_title == "Whole Work"
    assert chapter.volume_title == "Volume Title"
    assert chapter.container_author == volume.author


def test_references_in_a_ring_and_into_nothing() -> None:
    """Neither hangs; what is missing is told where it is named."""
    text = "@book{a, crossref={b}, title={x}}\n@book{b, crossref={a}, volume=1}"
    assert [one.volume for one in _load(text).references] == ["1", "1"]
    assert _told("@book{a,\n crossref = {nobody}, title={x}}") == [
        "2:13 `crossref` names `nobody`, which is not in this file"
    ]


# --- fields


def test_publishers_and_places_are_lists_in_biblatex_only() -> None:
    """Biblatex manual, section 2.2.1 ("literal lists"); in BibTeX "and" is a word."""
    field = "publisher = {Simon and Schuster}, title = {x}"
    assert _csl(field, "book")["publisher"] == "Simon and Schuster"
    assert _csl(field + ", date = 1999", "book")["publisher"] == "Simon; Schuster"
    source = SourceText("x", f"@book{{k, {field}}}")
    assert load_biblatex(source).references[0].publisher == "Simon; Schuster"
    braced = "publisher = {Simon {and} Schuster}, date = 1999"
    assert _csl(braced, "book")["publisher"] == "Simon and Schuster"


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("article", "number = 3, issue = {Spring}", {"issue": "3, Spring"}),
        ("article", "volume = 3, number = {4--5}", {"volume": "3", "issue": "4-5"}),
        ("article", "eid = {e1}, pages = {e1}", {"number": "e1"}),
        ("techreport", "number = {TR-7}", {"number": "TR-7"}),
        (
            "inproceedings",
            "number = 7, series = {LNCS}",
            {"collection-number": "7", "collection-title": "LNCS"},
        ),
        ("article", "series = 3, date = 1999", {"collection-title": "3rd series"}),
        ("article", "series = {newseries}", {"collection-title": "New series"}),
        ("book", "edition = {Second}", {"edition": "2"}),
        ("book", "edition = {2nd}", {"edition": "2"}),
        ("article", "pages = {1 – 3, 5---7}", {"page": "1-3, 5-7"}),
        ("misc", "howpublished = {\\url{https://a.b/c_d}}", {"URL": "https://a.b/c_d"}),
        ("misc", "howpublished = {CD-ROM}", {"publisher": "CD-ROM"}),
        (
            "mastersthesis",
            "school = {MIT}",
            {"publisher": "MIT", "genre": "Master’s thesis"},
        ),
        ("thesis", "type = {phdthesis}", {"genre": "PhD thesis"}),
        ("patent", "type = {patentus}", {"genre": "U.S. patent"}),
        (
            "patent",
            "location = {countryfr and countryde}, date = 1999",
            {"jurisdiction": "France; Germany"},
        ),
        ("online", "pubstate = {inpress}", {"status": "inpress"}),
        ("book", "shorthand = {KpV}", {"citation-label": "KpV"}),
        ("book", "note = {A note.}, addendum = {More.}", {"note": "A note. More."}),
        ("book", "langid = {british}", {"language": "en-GB"}),
        ("book", "hyphenation = {ngerman}, language = {german}", {"language": "de-DE"}),
        ("book", "language = {de-AT}", {"language": "de-AT"}),
        ("book", "keywords = {a, b}", {"keyword": "a, b"}),
        ("book", "annotation = {x}", {"annote": "x"}),
        ("book", "doi = {10.1000/a\\_b\\%c}", {"DOI": "10.1000/a_b%c"}),
        ("book", "doi = {https://doi.org/10.1000/x}", {"DOI": "10.1000/x"}),
        ("book", "url = {http://a.b/~x--y\\_z}", {"URL": "http://a.b/~x--y_z"}),
        (
            "book",
            "pagetotal = 12, volumes = 3",
            {"number-of-pages": "12", "number-of-volumes": "3"},
        ),
        (
            "periodical",
            "title = {T}, issuetitle = {I}",
            {"title": "T", "volume-title": "I"},
        ),
    ],
)
def test_fields(kind: str, fields: str, expected: dict[str, JsonValue]) -> None:
    """What single fields mean, by entry type where it depends on that."""
    csl = _csl(fields, kind)
    csl.pop("issued", None)
    assert csl == expected


def test_titles_are_joined() -> None:
    """Subtitle and addition; a mark at the end stands for the colon."""
    assert _csl("title = {What Now?}, subtitle = {A Talk}, titleaddon = {Part 1}") == {
        "title": "What now? A talk. Part 1",
        "title-short": "What now?",
    }


def test_english_titles_are_in_sentence_case_and_keep_what_is_in_braces() -> None:
    """CSL wants sentence case; the file's own capitals come back when it is written."""
    text = "@book{k,\n  title = {On the Growth of {Lake Como} and {DNA}},\n}\n"
    reference = _one(text)
    assert reference.title == "On the growth of Lake Como and DNA"
    for dump in (dump_bibtex, dump_biblatex):
        assert "title = {On the Growth of {Lake Como} and {DNA}}" in dump([reference])
    german = _csl("title = {Das Ende der Welt}, langid = {ngerman}")
    assert german["title"] == "Das Ende der Welt"


def test_names_with_their_roles() -> None:
    """``editortype`` says what an editor did (biblatex manual, section 2.2.2)."""
    fields = (
        "editor = {Ng, Ann}, editortype = {compiler}, "
        "editora = {Oz, Bo}, editoratype = {collaborator}, bookauthor = {Xu, Cy}"
    )
    assert _csl(fields, "inbook") == {
        "compiler": [{"family": "Ng", "given": "Ann"}],
        "contributor": [{"family": "Oz", "given": "Bo"}],
        "container-author": [{"family": "Xu", "given": "Cy"}],
    }


def test_eprints() -> None:
    """An arXiv id is a link unless one is there; alone it makes a preprint."""
    arxiv = "eprint = {2101.00001}, eprinttype = {arXiv}"
    reference = _one(f"@misc{{k, {arxiv}}}")
    assert reference.type == "article"
    assert reference.url == "https://arxiv.org/abs/2101.00001"
    both = _csl(f"{arxiv}, url = {{https://a.b/c}}")
    assert (both["archive"], both["archive_location"]) == ("arXiv", "2101.00001")
    assert _csl("eprint = {123}, eprinttype = {jstor}") == {
        "URL": "https://www.jstor.org/stable/123"
    }
    assert _csl("eprint = {123}, eprinttype = {elsewhere}") == {}


def test_what_csl_has_no_place_for_comes_back() -> None:
    """Foreign fields are kept as written, and written again by this family."""
    text = "@article{k, title={x}, file = {a:b}, Groups = {My {G}}, related={other}}"
    reference = _one(text)
    assert reference.origin is not None
    assert reference.origin.fields == (
        ("file", "a:b"),
        ("Groups", "My {G}"),
        ("related", "other"),
    )
    written = dump_biblatex([reference])
    assert "  file = {a:b},\n  Groups = {My {G}},\n  related = {other},\n" in written


def test_the_entry_type_comes_back() -> None:
    """A type that CSL does not tell from others is the user's own again."""
    for kind in ("manual", "mvbook", "conference", "electronic"):
        reference = _one(f"@{kind}{{k, title={{x}}}}")
        assert dump_bibtex([reference]).startswith(f"@{kind}{{k,")


def test_a_note_says_nothing_twice() -> None:
    """What is in ``note`` only for old styles is not the user's note."""
    fields = (
        "note = {PhD thesis; in press; mine}, type={PhD thesis}, pubstate={in press}"
    )
    assert _csl(fields, "misc")["note"] == "mine"


def test_places_come_in_the_same_order_in_every_run() -> None:
    """Texts hash differently in each process: no set of names may decide an order."""
    fields = "issn={1}, isbn={2}, part={3}, version={4}, library={5}, chapter={6}"
    places = _one(f"@book{{k, {fields}}}").places
    assert list(places) == [
        *("chapter-number", "version", "part-number", "ISBN", "ISSN", "call-number"),
    ]
