"""The keys that a text cites beside the entries that it has."""

from __future__ import annotations

from lupusrefs.documents.citations import Bibliography, Entry, identifier_of
from lupusrefs.documents.document import Citation, Document, DocumentKind
from lupusrefs.findings import Severity
from lupusrefs.model.location import Location


def bibliography(
    cited: list[str], entries: list[str], *, is_whole: bool = True
) -> Bibliography:
    """A manuscript that cites one key a line, with a library."""
    citations = tuple(
        Citation(key, Location("m.md", line, 1))
        for line, key in enumerate(cited, start=1)
    )
    document = Document("m.md", DocumentKind.MARKDOWN, citations=citations)
    known = tuple(
        Entry(key, Location("refs.bib", line, 1))
        for line, key in enumerate(entries, start=1)
    )
    return Bibliography(document, known, is_whole)


def rules(found: Bibliography) -> list[str]:
    """The ids of the rules that find something."""
    return [one.rule.id for one in found.findings]


def test_a_key_without_an_entry_is_an_error_at_its_first_place() -> None:
    """The other places belong to it, and the nearest key is offered."""
    found = list(bibliography(["smith2002", "smith2002"], ["smith2020"]).findings)
    assert found[0].rule.id == "citation-without-entry"
    assert found[0].severity is Severity.ERROR
    assert str(found[0].location) == "m.md:1:1"
    assert [str(one) for one in found[0].related] == ["m.md:2:1"]
    assert found[0].hint == "did you mean `smith2020`?"


def test_no_key_is_near_where_none_is() -> None:
    """A guess would mislead."""
    found = list(bibliography(["smith2002", "jones"], ["jones"]).findings)
    assert [one.hint for one in found] == [None]


def test_entries_never_cited_are_one_finding() -> None:
    """It stands at the first of them and names them."""
    found = list(bibliography(["a"], ["a", "b", "c"]).findings)
    assert [one.message for one in found] == ["2 entries are never cited: `b`, `c`"]
    assert str(found[0].location) == "refs.bib:2:1"
    assert [str(one) for one in found[0].related] == ["refs.bib:3:1"]


def test_of_many_entries_the_first_are_named() -> None:
    """A library of thousands is no reason for a message of thousands of words."""
    found = list(bibliography(["a"], ["a", *map(str, range(20))]).findings)
    assert found[0].message.endswith("`7` and 12 more")


def test_who_lists_everything_leaves_nothing_uncited() -> None:
    """With ``*`` all entries are in the list."""
    assert rules(bibliography(["a", "*"], ["a", "b"])) == []


def test_a_text_without_keys_cites_in_another_way() -> None:
    """A list of references under prose is not uncited."""
    assert rules(bibliography([], ["a", "b"])) == []


def test_a_library_that_cannot_be_read_proves_nothing() -> None:
    """The key may well be in there."""
    assert rules(bibliography(["a", "x"], ["a"], is_whole=False)) == []


def test_keys_that_are_identifiers_need_no_entry() -> None:
    """Manubot cites by DOI."""
    assert rules(bibliography(["a", "doi:10.1000/182"], ["a"])) == []


def test_identifiers_as_keys() -> None:
    """Each prefix of Manubot; a key that only looks like one is a key."""
    assert identifier_of("doi:10.1000/182") == ("doi", "10.1000/182")
    assert identifier_of("pmid:34347960") == ("pmid", "34347960")
    assert identifier_of("pmc:PMC2806746") == ("pmcid", "PMC2806746")
    assert identifier_of("arxiv:2101.00001") == ("arxiv", "2101.00001")
    assert identifier_of("isbn:9780306406157") == ("isbn", "9780306406157")
    assert identifier_of("doi:nothing") is None
    assert identifier_of("fig:one") is None
    assert identifier_of("smith2020") is None
