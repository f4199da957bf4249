"""From findings to a plan: merging, conflicts, culprits, and writing it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from lupusrefs.compare.comparison import finding, proposal, safe_fix
from lupusrefs.errors import InputError
from lupusrefs.findings import Change, Finding, Fix, Value
from lupusrefs.fixer import Plan, Repair, plan
from lupusrefs.formats.names import FormatName
from lupusrefs.input_files import SourceFile, open_file
from lupusrefs.model.location import Location
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.reports.repairs import annotated_diff, annotated_patch
from lupusrefs.sources import read_identifiers
from mending import references, source_of

BIB = """@string{j = {Journal}}
@article{a,
  title = {A},
  journal = j,
  year = {2001}
}

@article{b,
  title = {B},
  year = {2002}
}
"""


class Library:
    """A file, its references, and what is found about them."""

    def __init__(self, text: str = BIB, path: str = "refs.bib") -> None:
        self.file = SourceFile(source_of(text, path), FormatName.BIBTEX)
        self.references = references(self.file.source, self.file.name)
        self.found: list[tuple[Reference, list[Finding]]] = [
            (one, []) for one in self.references
        ]

    def find(self, place: int, rule: str, fix: Fix | None) -> Finding:
        """Add a finding on one of the references."""
        reference, findings = self.found[place]
        one = finding(rule, reference, f"{rule} of {reference.id}", fix=fix)
        findings.append(one)
        return one

    def plan(self, *, unsafe: bool = False, only: tuple[str, ...] = ()) -> Plan:
        """What can be mended."""
        path = self.file.source.file
        return plan(self.found, {path: self.file}, unsafe=unsafe, only=only)


def change(variable: str, value: Value | None) -> Change:
    """A shorter name."""
    return Change(variable, value)


def test_safe_fixes_are_made_and_proposals_left_out() -> None:
    """Unless they are asked for."""
    library = Library()
    library.find(0, "field-missing", safe_fix(change("volume", "3")))
    left = library.find(1, "volume-mismatch", proposal(change("volume", "4")))
    without = library.find(1, "corrected", None)
    made = library.plan()
    assert [one.findings[0].rule.id for one in made.repairs] == ["field-missing"]
    assert (made.left_out, made.without_fix) == ((left,), (without,))
    assert "+  volume = {3}," in made.diff("refs.bib")
    assert len(library.plan(unsafe=True).repairs) == 2


def test_only_some_rules() -> None:
    """The others are not even spoken of."""
    library = Library()
    library.find(0, "field-missing", safe_fix(change("volume", "3")))
    library.find(0, "corrected", None)
    assert library.plan(only=("corrected",)).repairs == ()
    assert len(library.plan(only=("corrected",)).without_fix) == 1
    assert library.plan(only=("field-missing",)).without_fix == ()


def test_of_two_values_the_safe_one_counts() -> None:
    """And the other finding says who was first."""
    library = Library()
    loser = library.find(0, "retracted", proposal(change("volume", "4")))
    library.find(0, "field-missing", safe_fix(change("volume", "3")))
    made = library.plan(unsafe=True)
    assert [one.changes for one in made.repairs] == [(change("volume", "3"),)]
    (unmade,) = made.unmade
    assert unmade.finding is loser
    assert unmade.reason == "`field-missing` sets `volume` to “3” already"


def test_different_names_of_a_list_are_one_repair() -> None:
    """Each finding knows of its own name only; of one name the worse finding counts."""
    text = "@misc{a,\n  author = {Aa, X and Bb, Y and Cc, Z},\n}\n"
    library = Library(text)
    a, b, c = Name("Aa", "X"), Name("Bb", "Y"), Name("Cc", "Z")
    mended, wrong = Name("Aaron", "X"), Name("Abel", "X")
    library.find(0, "first-author-mismatch", proposal(change("author", (mended, b, c))))
    last = (a, b, Name("Cohn", "Z"))
    library.find(0, "author-family-mismatch", proposal(change("author", last)))
    rival = (wrong, b, c)
    library.find(0, "author-given-mismatch", proposal(change("author", rival)))
    made = library.plan(unsafe=True)
    assert "+  author = {Aaron, X and Bb, Y and Cohn, Z}," in made.diff("refs.bib")
    assert len(made.repairs[0].findings) == 2
    assert [one.finding.rule.id for one in made.unmade] == ["author-given-mismatch"]


def test_findings_that_want_the_same_are_one_repair() -> None:
    """With the changes of both; it is safe if both are."""
    library = Library()
    library.find(0, "field-missing", safe_fix(change("volume", "3")))
    both = proposal(change("volume", "3"), change("page", "7"))
    library.find(0, "page-mismatch", both)
    (repair,) = library.plan(unsafe=True).repairs
    assert len(repair.findings) == 2
    assert not repair.safe
    assert set(repair.changes) == {change("volume", "3"), change("page", "7")}


def test_one_that_cannot_be_made_does_not_cost_the_others() -> None:
    """A journal that is a string of the file stays."""
    library = Library()
    library.find(0, "container-mismatch", safe_fix(change("container-title", "Other")))
    library.find(0, "field-missing", safe_fix(change("volume", "3")))
    library.find(1, "field-missing", safe_fix(change("volume", "4")))
    made = library.plan()
    assert [one.reference.id for one in made.repairs] == ["a", "b"]
    assert "string `j`" in made.unmade[0].reason


def test_culprits_are_found_by_reading_again() -> None:
    """A parent whose volume its chapters would inherit is left alone."""
    entries = "".join(f"@misc{{x{n}, title={{T}}}}\n" for n in range(5))
    text = (
        f"{entries}@inbook{{c, title={{C}}, crossref={{p}}}}\n"
        "@book{p, title={P}, publisher={Q}}\n"
    )
    library = Library(text)
    for place in (0, 2, 4):
        library.find(
            place, "field-missing", safe_fix(change("DOI", f"10.1000/{place}"))
        )
    library.find(6, "publisher-mismatch", safe_fix(change("publisher", "R")))
    made = library.plan()
    assert [one.reference.id for one in made.repairs] == ["x0", "x2", "x4"]
    (unmade,) = made.unmade
    assert "`publisher` of `c`" in unmade.reason


def test_repairs_that_overlap_are_made_together() -> None:
    """The last two fields go, and with them the comma before."""
    text = "@misc{a, title = {A}, volume = {1}, year = {2001}}\n"
    library = Library(text)
    library.find(0, "volume-mismatch", safe_fix(change("volume", None)))
    library.find(0, "year-mismatch", safe_fix(change("issued", None)))
    made = library.plan()
    source = library.file.source
    assert source.edited(made.edits("refs.bib")) == b"@misc{a, title = {A}}\n"


def test_the_order_of_findings_does_not_matter() -> None:
    """Nor that of the references: the file comes out the same."""
    results = set()
    for order in itertools.permutations(range(3)):
        library = Library()
        fixes = [
            (0, "field-missing", change("volume", "3")),
            (0, "doi-missing-but-registered", change("DOI", "10.1000/x")),
            (1, "field-missing", change("page", "7")),
        ]
        for number in order:
            place, rule, one = fixes[number]
            library.find(place, rule, safe_fix(one))
        made = library.plan()
        results.add(library.file.source.edited(made.edits("refs.bib")))
    assert len(results) == 1


def test_what_is_not_in_a_file_is_told() -> None:
    """An identifier of the command line, standard input."""
    (reference,) = read_identifiers(["10.1000/x"])
    found = finding("doi-alias", reference, "m", fix=safe_fix(change("DOI", "10.1/y")))
    made = plan([(reference, [found])], {})
    assert made.unmade[0].reason == (
        "it was named on the command line and stands in no file"
    )
    library = Library(path="-")
    library.find(0, "field-missing", safe_fix(change("volume", "3")))
    assert "standard input" in library.plan().unmade[0].reason


def test_an_entry_that_is_not_there_any_more_is_told() -> None:
    """The file is another one than the one that was checked."""
    library = Library()
    library.find(0, "field-missing", safe_fix(change("volume", "3")))
    other = SourceFile(source_of("% new\n" + BIB, "refs.bib"), FormatName.BIBTEX)
    made = plan(library.found, {"refs.bib": other})
    assert made.unmade[0].reason == "the entry is not in the file any more"


def test_what_is_as_wanted_is_no_repair() -> None:
    """So that a second run proposes nothing."""
    library = Library()
    library.find(0, "title-letter-changed", safe_fix(change("title", "A")))
    made = library.plan()
    assert (made.repairs, made.unmade, made.paths) == ((), (), ())


def on_disk(path: Path) -> Plan:
    """A plan for a file on disk."""
    file = open_file(str(path))
    reference = references(file.source, file.name)[0]
    fix = safe_fix(change("volume", "3"))
    found = finding("field-missing", reference, "no volume", fix=fix)
    return plan([(reference, [found])], {str(path): file})


def test_writing(tmp_path: Path) -> None:
    """The bytes of the file but for what changes, and nothing more to do then."""
    path = tmp_path / "refs.bib"
    text = "﻿@misc{a,\r\n  title = {Ä},\r\n}\r\n"
    path.write_bytes(text.encode())
    on_disk(path).write(str(path))
    assert (
        path.read_bytes()
        == text.replace("},\r\n", "},\r\n  volume = {3},\r\n").encode()
    )
    assert on_disk(path).repairs == ()


def test_a_file_that_has_changed_is_not_written(tmp_path: Path) -> None:
    """Somebody may have edited it while the registries were asked."""
    path = tmp_path / "refs.bib"
    path.write_text("@misc{a, title = {A}}\n", encoding="utf-8")
    made = on_disk(path)
    path.write_text("@misc{a, title = {B}}\n", encoding="utf-8")
    with pytest.raises(InputError, match="changed in the meantime; nothing was mended"):
        made.write(str(path))
    assert path.read_text(encoding="utf-8") == "@misc{a, title = {B}}\n"


def test_keeping_some() -> None:
    """The others are as if they had not been found."""
    library = Library()
    library.find(0, "field-missing", safe_fix(change("volume", "3")))
    library.find(1, "field-missing", safe_fix(change("volume", "4")))
    made = library.plan()
    assert made.keep(lambda _: True) is made
    kept = made.keep(lambda repair: repair.reference.id == "b")
    assert [one.reference.id for one in kept.repairs] == ["b"]
    assert "{3}" not in kept.diff("refs.bib")


def test_a_repair_of_nowhere_has_no_file() -> None:
    """A reference need not have a place."""
    reference = Reference(id="a")
    assert Repair(reference, (), ()).file == "<arguments>"
    made = plan([(reference, [_found(reference)])], {})
    assert made.unmade[0].location is None


def _found(reference: Reference) -> Finding:
    return finding("field-missing", reference, "m", fix=safe_fix(change("volume", "3")))


def test_a_file_that_is_not_known() -> None:
    """Its text is needed."""
    reference = Reference(id="a", location=Location("other.bib", 1, 1))
    made = plan([(reference, [_found(reference)])], {})
    assert made.unmade[0].reason == "it stands in a document: edit it there"


# -- the diff


def test_rules_stand_beside_the_hunks() -> None:
    """Each beside its own; a diff for people and one for programs."""
    text = BIB.replace("\n\n@article{b", "\n\n\n\n\n\n\n@article{b").replace(
        "{B}", "{é}"
    )
    library = Library(text)
    library.find(0, "field-missing", safe_fix(change("volume", "3")))
    library.find(0, "year-mismatch", safe_fix(change("page", "7")))
    library.find(1, "year-in-future", safe_fix(change("volume", "4")))
    made = library.plan()
    diff = annotated_diff(made, "refs.bib")
    heads = [line for line in diff.splitlines() if line.startswith("@@")]
    assert len(heads) == 2
    assert heads[0].endswith(
        "@@ year-mismatch: year-mismatch of a; field-missing: field-missing of a"
    )
    assert heads[1].endswith("@@ year-in-future: year-in-future of b")
    assert annotated_patch(made, "refs.bib").decode() == diff
