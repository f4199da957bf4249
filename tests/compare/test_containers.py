"""Journals, books and proceedings: other names of the same, and names of others."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.compare.abbreviations import abbreviates, align, is_acronym, is_near
from lupusrefs.compare.comparison import FieldComparison, Grade, State
from lupusrefs.compare.container_names import read_name
from lupusrefs.compare.containers import compare_container
from lupusrefs.compare.identifiers import read_issns
from lupusrefs.compare.journals import is_known, is_preprint_server, names_of
from lupusrefs.compare.text import is_absent, words
from lupusrefs.findings import Change, Confidence, Severity
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
)


def registered(*titles: str, **fields: object) -> Work:
    """A Crossref record that has appeared in something."""
    return Work.model_validate(
        {
            "id": "10.1234/x",
            "agency": "Crossref",
            "type": "article-journal",
            "container_title": titles[0] if titles else None,
            "container_titles": titles,
            "provenance": PROVENANCE,
            **fields,
        }
    )


def compared(cited: str | None, *titles: str, **fields: object) -> FieldComparison:
    """What becomes of a cited name beside the registered ones."""
    reference = Reference(id="k", container_title=cited)
    return compare_container(reference, registered(*titles, **fields))


def rule(found: FieldComparison) -> str | None:
    """The rule that speaks, if one does."""
    return found.findings[0].rule.id if found.findings else None


SAME = [
    ("Nature", "Nature"),
    # B95: cut off, contracted, with and without dots, as in the Web of Science.
    ("J. Clin. Gastroenterol.", "Journal of Clinical Gastroenterology"),
    ("IEEE Comm Surv Tutor", "IEEE Communications Surveys & Tutorials"),
    ("Nachr. Chem.", "Nachrichten aus der Chemie"),
    ("Proc Natl Acad Sci U S A", "Proceedings of the National Academy of Sciences"),
    ("P. Natl. Acad. Sci. U.S.A.", "Proceedings of the National Academy of Sciences"),
    ("ANN NY ACAD SCI", "Annals of the New York Academy of Sciences"),
    ("Ann. N. Y. Acad. Sci.", "Annals of the New York Academy of Sciences"),
    ("IEEE Power Energy M.", "IEEE Power and Energy Magazine"),
    ("Mol Cell Biochem", "Molecular and Cellular Biochemistry"),
    ("Ned. Tijdschr. Geneeskd.", "Nederlands Tijdschrift voor Geneeskunde"),
    ("Ber. Dtsch. Chem. Ges.", "Berichte der deutschen chemischen Gesellschaft"),
    ("Bio Med Letters", "BioMed Letters"),
    ("Phys.Rev.Lett.", "Physical Review Letters"),
    ("Journal of Clinical Psychology", "J. Clin. Psychol."),
    # B96, B97, B103: articles, places, entities, capitals.
    ("Lancet", "The Lancet"),
    ("Lancet (London, England)", "The Lancet"),
    ("Clin Endocrinol (Oxf)", "Clinical Endocrinology"),
    ("Clin Endocrinol Oxf", "Clinical Endocrinology"),
    ("Science (New York, N.Y.)", "Science"),
    ("Light: Science and Applications", "Light: Science &amp; Applications"),
    ("ARCHIV DER MATHEMATIK", "Archiv der Mathematik"),
    ("Comptes rendus de l'Académie", "Comptes Rendus de l’Academie"),
    # B100, B101: official names, former names.
    ("PNAS", "Proceedings of the National Academy of Sciences"),
    ("JAMA", "JAMA: The Journal of the American Medical Association"),
    ("J. Am. Med. Assoc.", "JAMA: The Journal of the American Medical Association"),
    ("Archives of Dermatology", "JAMA Dermatology"),
    ("Arch Dermatol", "JAMA Dermatology"),
    ("Br Med J", "BMJ"),
    ("Web Semantics", "Journal of Web Semantics"),
    # Acronyms, by their letters.
    ("ApJ", "The Astrophysical Journal"),
    ("A&A", "Astronomy & Astrophysics"),
    ("MNRAS", "Monthly Notices of the Royal Astronomical Society"),
    ("JINST", "Journal of Instrumentation"),
    ("ResPsy", "Research in Psychotherapy"),
    ("AJN, American Journal of Nursing", "American Journal of Nursing"),
    # Subtitles, sections and editions.
    ("Industrial Robot", "Industrial Robot: An International Journal"),
    ("Brain", "Brain: A Journal of Neurology"),
    ("J. Phys. A: Math. Gen.", "Journal of Physics A: Mathematical and Theoretical"),
    ("Physica A", "Physica A: Statistical Mechanics and its Applications"),
    ("Acta Crystallogr D", "Acta Crystallographica Section D Structural Biology"),
    ("Angew. Chem. Int. Ed. Engl.", "Angewandte Chemie International Edition"),
    # B104: one letter.
    ("Japanese Journal of Physiology", "JAPANES JOURNAL OF PHYSIOLOGY"),
    ("Nucleic Acid Research", "Nucleic Acids Research"),
    ("Annals of the Pysiology of Plants", "Annals of Physiology of Plants, The"),
    ("IRE Trans. Inf. Theory", "IEEE Transactions on Information Theory"),
    ("IEEE Trans. Plasma Sci.", "Plasma Science, IEEE Transactions on"),
    ("Journal für Praktische Chemie", "Journal f\ufffdr Praktische Chemie"),
    ("Revista Española de Óptica", "Revista Espa\ufffdola de Optica"),
]


@pytest.mark.parametrize(("cited", "title"), SAME)
def test_one_container_under_two_names_agrees_in_silence(
    cited: str, title: str
) -> None:
    """Abbreviated, renamed, or with what catalogues add: it is the same."""
    found = compared(cited, title)
    assert found.agrees, found
    assert not found.findings
    assert (found.state is State.EQUAL) == (words(cited) == words(title))


@pytest.mark.parametrize(
    ("cited", "title"),
    [
        # No word in common, or words on both sides that the other has not.
        ("Cell", "Nature"),
        ("BMJ", "The Lancet"),
        ("PeerJ", "Journal of Immunology"),
        ("J. Biol. Chem.", "Journal of Organic Chemistry"),
        ("International Journal of Ecology", "International Journal of Endocrinology"),
        ("Journal of Ecology", "Journal of Ethnopharmacology"),
        ("J. Ecol.", "Journal of Endocrinology"),
        ("Environmental Science: Nano", "Environmental Science: Water Research"),
        ("Plant Letters", "Plant Research"),
        ("Discrete Dynamics in Nature and Society", "Nature"),
        ("Lab on a Chip", "Lab on a Plate"),
        ("Revista de Gestão e Avaliação", "Revista de Gestão e Organizações"),
    ],
)
def test_another_journal_is_a_mismatch(cited: str, title: str) -> None:
    """Positive evidence: each name has something that the other one lacks."""
    found = compared(cited, title)
    assert found.state is State.DIFFERENT
    assert found.grade is Grade.WHOLE
    assert rule(found) == "container-mismatch"
    assert found.findings[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("cited", "title"),
    [
        ("The Lancet", "The Lancet Oncology"),
        ("Cancer Letters", "Cancer Research"),
        ("Lancet Neurol", "The Lancet Oncology"),
        ("Nature", "Nature Communications"),
        ("Cell Metabolism", "Cell"),
        ("Journal of Hydrology", "Journal of Hydrology: Regional Studies"),
        ("Physical Review A", "Physical Review B"),
        ("Phys. Rev. A", "Physical Review Applied"),
        ("Circulation", "Circulation: Heart Failure"),
        ("J. Phys. Chem. B", "The Journal of Physical Chemistry C"),
    ],
)
def test_a_sister_journal_is_told_apart(cited: str, title: str) -> None:
    """Parent for daughter, or one daughter for another."""
    found = compared(cited, title)
    assert found.state is State.DIFFERENT
    assert rule(found) == "container-is-offshoot"
    assert found.findings[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("cited", "title"),
    [
        # All words of one are in the other.
        ("Signals and Systems", "Mathematics of Control, Signals, and Systems"),
        ("European Journal of Immunology", "Journal of Immunology"),
        ("Phys. Rev.", "Physical Review D"),
        ("Evolutionary Ecology", "Trends in Ecology & Evolution"),
        # A slip of the pen, a wrong abbreviation, an acronym of unknown origin.
        ("Climate Change", "Climatic Change"),
        ("Biological Conversation", "Biological Conservation"),
        ("Clin Chem Acta", "Clinica Chimica Acta"),
        ("Geolgy", "Geology"),
        ("Medicine International", "Medicina International"),
        ("Ann. Rev. Entomol", "Annual Review of Emtomology"),
        ("CSUR", "Acta Materialia"),
        # A translation, or a name in its own language.
        ("Revista Española de Cardiología", "Spanish Journal of Cardiology"),
        ("Edelweiss", "Edelweiss: Psychiatry Open Access"),
    ],
)
def test_what_is_neither_proved_is_an_info(cited: str, title: str) -> None:
    """Neither the same nor certainly another: the reader is told, not warned."""
    found = compared(cited, title)
    assert found.state is State.NOT_COMPARABLE
    assert rule(found) == "container-unrecognised"
    assert found.findings[0].severity is Severity.INFO
    assert found.reason


def test_a_finding_says_what_is_cited_and_what_is_registered() -> None:
    """With both normal forms, the place in the record, and a change to look at."""
    [told] = compared("Cell", "Journal of Plants &amp; Soil").findings
    assert told.message == "cited in “Cell”, registered in “Journal of Plants & Soil”"
    assert (told.cited, told.registered) == ("Cell", "Journal of Plants &amp; Soil")
    assert told.evidence is not None
    assert told.evidence.cited == "cell"
    assert told.evidence.registered == "journal of plants and soil"
    assert told.evidence.path == "message.container-title"
    assert told.fix is not None
    assert not told.fix.safe
    assert told.fix.changes == (Change("container-title", "Journal of Plants & Soil"),)
    assert told.confidence is Confidence.CERTAIN


@pytest.mark.parametrize(
    ("agency", "path"),
    [("DataCite", "attributes.container.title"), ("JaLC", "container-title")],
)
def test_the_path_is_that_of_the_agency(agency: str, path: str) -> None:
    """Each registry has a place of its own for the container."""
    [told] = compared("Cell", "Journal of Plants", agency=agency).findings
    assert told.evidence is not None
    assert told.evidence.path == path


def test_a_mismatch_of_names_with_common_words_is_likely_only() -> None:
    """Renamed journals share words with their former names."""
    [told] = compared("Plant Soil Letters", "Plant Soil Research").findings
    assert told.confidence is Confidence.LIKELY


def test_any_registered_title_will_do() -> None:
    """Series or book, full or short, in any order (B98, B99, B102)."""
    for cited in ("LNCS", "Lecture Notes in Computer Science", "Secure IT Systems"):
        found = compared(
            cited,
            "Secure IT Systems",
            "Lecture Notes in Computer Science",
            type="chapter",
        )
        assert found.agrees, cited
    assert compared("CMM", "Current Molecular Medicine", "CMM").agrees
    assert compared("seoultaxlawreview", "Seoul Tax Law Review").agrees


def test_a_code_that_is_registered_beside_the_name_hides_no_mismatch() -> None:
    """Codes and short titles agree at most; of a difference they prove nothing."""
    found = compared("Nature Methods", "ACM Computing Surveys", "CSUR")
    assert rule(found) == "container-mismatch"
    only_code = compared("Nature Methods", "CSUR")
    assert rule(only_code) == "container-unrecognised"


def test_a_short_title_excuses_no_other_title() -> None:
    """The title is what is printed; its short form may help to recognise it."""
    work = registered("Acta Materialia")
    both = Reference(
        id="k", container_title="Cell", container_title_short="Acta Mater."
    )
    assert rule(compare_container(both, work)) == "container-mismatch"
    help_ = Reference(
        id="k", container_title="Materialia", container_title_short="Acta Mater."
    )
    assert compare_container(help_, work).agrees


def test_names_are_found_by_issn_where_a_code_is_registered() -> None:
    """The ISSN says which journal a code is (comparison.md 2.3)."""
    assert compared("PNAS", "procnas", issn="0027-8424, 1091-6490").agrees


def test_a_proceedings_paper_may_be_cited_by_its_conference() -> None:
    """The event, the book or the series, and a shortened name is not warned of."""
    work = {"type": "paper-conference", "event_title": "Conference on Wolves 2020"}
    title = "Proceedings of the 12th ACM Workshop on Sensor Networks"
    assert compared("Conference on Wolves", title, **work).agrees
    assert rule(compared("Workshop on Sensors", title, **work)) in {
        None,
        "container-unrecognised",
    }
    series = compared("Lecture Notes in Statistics", title, **work)
    assert rule(series) == "container-unrecognised"
    assert rule(compared("Gothic Architecture", title, **work)) == "container-mismatch"


def test_a_conference_is_known_by_its_acronym() -> None:
    """In brackets, or by the initials of a part of its name (B105)."""
    title = "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)"
    assert compared("CVPR", title, type="paper-conference").agrees
    title = "Proceedings of the Conference on Knowledge Discovery and Data Mining"
    assert compared("KDD", title, type="paper-conference").agrees


def test_a_book_of_a_series_is_cited_by_both() -> None:
    """Where the registry has the series only, the book title is no mismatch."""
    reference = Reference(
        id="k",
        type="chapter",
        container_title="Wolves of the Alps",
        collection_title="Advances in Botany",
    )
    work = registered("Advances in Botany", type="chapter")
    found = compare_container(reference, work)
    assert found.agrees
    assert found.reason == "matched series"
    other = compare_container(reference, registered("Algebra", type="chapter"))
    assert rule(other) == "container-mismatch"


def test_the_section_may_stand_in_the_volume() -> None:
    """``Phys. Rev.`` **D45**, as high-energy physicists cite."""
    reference = Reference(id="k", container_title="Phys. Rev.", volume="D45")
    found = compare_container(reference, registered("Physical Review D"))
    assert found.agrees
    assert compare_container(reference, registered("Physical Review C")).findings


def test_preprint_servers_are_never_a_mismatch() -> None:
    """They are cited as containers, and registered as none."""
    posted = registered(type="article", publisher="Cold Spring Harbor Laboratory")
    cited = Reference(id="k", container_title="bioRxiv")
    assert compare_container(cited, posted).state is State.ABSENT_REGISTERED
    assert compared("arXiv preprint arXiv:1706.03762", "Nature").findings == ()
    assert compared("SSRN", "SSRN Electronic Journal").agrees
    own = registered(type="article", publisher="arXiv")
    assert compare_container(Reference(id="k", container_title="arXiv"), own).agrees
    assert is_preprint_server("ChemRxiv")
    assert not is_preprint_server("Archives of Surgery")


def test_absence_and_other_scripts_are_no_difference() -> None:
    """What one side does not say, or says in other letters, cannot be compared."""
    assert compared(None, "Nature").state is State.ABSENT_CITED
    assert compared("n/a", "Nature").state is State.ABSENT_CITED
    assert compared("Nature").state is State.ABSENT_REGISTERED
    assert compared("Nature", "null").state is State.ABSENT_REGISTERED
    found = compared("Nature", "社会科学研究")
    assert found.state is State.NOT_COMPARABLE
    assert not found.findings
    assert compared("!!!", "Nature").state is State.ABSENT_CITED


def test_abbreviations_by_word() -> None:
    """Cut off or contracted; whole words and long words are no contractions."""
    assert abbreviates("comm", "communications")
    assert abbreviates("jnl", "journal")
    assert not abbreviates("ecology", "endocrinology")
    assert not abbreviates("gene", "genealogical")
    assert not abbreviates("bone", "biochemistone")
    assert is_acronym("pnas", words("Proceedings of the National Academy of Sciences"))
    assert not is_acronym("cells", words("Celestial Law"))
    assert is_near("immunol", "immunity")
    assert not is_near("organic", "oncology")


def test_journal_tables_hold_what_they_should() -> None:
    """ISSNs have right check digits, and all names of a journal find each other."""
    text = "0027-8424 1091-6490 0098-7484 0959-8138 2168-6068 2168-622X 1570-8268"
    for issn in text.split():
        assert read_issns(issn) == ((issn,), ())
        assert names_of((), (issn,))
    assert names_of(words("Archives of Surgery")) == names_of(words("JAMA Surgery"))
    assert is_known(words("The Lancet"))
    assert not is_known(words("Journal of Wolves"))


NAMES = st.text(max_size=60)


@given(NAMES)
def test_a_name_is_its_own(name: str) -> None:
    """Whatever is cited agrees with the same registered, or says nothing."""
    found = compared(name, name)
    assert found.agrees or is_absent(name) or not read_name(name).tokens


@given(NAMES, NAMES)
def test_any_two_names_are_compared(cited: str, title: str) -> None:
    """No text breaks the comparison, and only a difference speaks of one."""
    found = compared(cited, title)
    assert found.differs == any(
        told.severity is not Severity.INFO for told in found.findings
    )


@given(st.lists(st.sampled_from("ab abc of the journal x cell".split()), max_size=6))  # noqa: SIM905 - a list of words
def test_an_alignment_leaves_nothing_of_equal_names(name: list[str]) -> None:
    """Its pairs are in order, and equal names align completely."""
    alignment = align(tuple(name), tuple(name))
    assert alignment.complete
    assert all(a < b for a, b in pairwise(alignment.pairs))


def test_hostile_names_cost_little() -> None:
    """Names of many words, and many of them, are compared in bounded time."""
    long = " ".join(f"a{number}b (c{number})" for number in range(20_000))
    found = compared("a " * 50_000, *(f"{long} {number}" for number in range(50)))
    assert not found.agrees
