"""Titles: what is the same by another name, and what differs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.compare.comparison import FieldComparison, Grade, State
from lupusrefs.compare.notices import Kind, kind_of_title
from lupusrefs.compare.title_status import split_status
from lupusrefs.compare.titles import compare_title, same_title, title_key
from lupusrefs.findings import Change, Confidence, Severity
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
)
WOLVES = "Survival of grey wolves in the Alps: a twelve-year study"


def registered(*titles: str, **fields: object) -> Work:
    """A Crossref record with some titles."""
    return Work.model_validate(
        {
            "id": "10.1234/x",
            "doi": "10.1234/x",
            "agency": "Crossref",
            "title": titles[0] if titles else None,
            "titles": titles,
            "provenance": PROVENANCE,
            **fields,
        }
    )


def compared(
    cited: str | None, *titles: str, corroborated: bool = False, **fields: object
) -> FieldComparison:
    """What becomes of a cited title beside the registered ones."""
    reference = Reference(id="k", title=cited)
    work = registered(*titles, **fields)
    return compare_title(reference, work, corroborated=corroborated)


@pytest.mark.parametrize(
    ("cited", "title"),
    [
        ("On wolves", "ON WOLVES"),
        ("On {Wolves} and Men", "On wolves and men"),
        ("Growth of Canis lupus in packs", "Growth of<i>Canis lupus</i>in packs"),
        ("Cats & dogs", "Cats &amp;amp; dogs"),
        ("The wolf’s “voice”", "The wolf's 'voice'"),
        ("Wolf-sheep data base", "Wolf sheep database"),
        ("Erythroderma in wolves", "Erythroder- ma in wolves"),
        ("The wolf.", "The wolf"),
        ("Wolves and enterprises", "Wolves and enterprises*"),
        ("Mortality in wolves: a study", "Mortality in wolves - a study"),
        (r"M{\"u}nchen and $\alpha$-wolves", "München and α-wolves"),
        ("Role of Bcl-2δ in wolves", "Role of Bcl-2∆ in wolves"),
        ("Growth of alpha wolves", "Growth of α wolves"),
        ("Wolves under stress [Epub ahead of print]", "Wolves under stress"),
        ("Die Wölfe", "Die Wo\u0308lfe"),
    ],
)
def test_the_same_in_other_letters_is_equal(cited: str, title: str) -> None:
    """B01 to B15: nothing to say, on whichever side it is."""
    for one, other in ((cited, title), (title, cited)):
        found = compared(one, other)
        assert found.state is State.EQUAL
        assert not found.findings


@pytest.mark.parametrize(
    ("cited", "title", "reason"),
    [
        ("Randomised wolves vs sheep", "Randomized wolves versus sheep", "spelling"),
        ("Wolf behaviour in phase II", "Wolf behavior in phase 2", "spelling"),
        ("Ueber die Woelfe im Osten", "Über die Wölfe im Osten", "spelling"),
        ("Role of Bcl-2D in wolves", "Role of Bcl-2∆ in wolves", "spelling"),
        ("New wolf from Spain", "A new wolf from Spain", "article"),
        ("Wolves of the Alps", "AB1107 Wolves of the Alps", "number omitted"),
        ("Wolves of the Alps", "Abstract 060: Wolves of the Alps", "number omitted"),
        ("Wolves of the Alps", "Chapter 1 Wolves of the Alps", "number omitted"),
        ("Wolves of the Alps", "307-OR: Wolves of the Alps", "number omitted"),
        ("Die Wölfe im Säugetierpark", "Die Wölfe im Säugetierpark1", "footnote"),
        ("Survival of grey wolves in the Alps", WOLVES, "subtitle omitted"),
        (WOLVES, "Survival of gray wolves in the Alps", "registry has short title"),
        ("The colour of wol?es", "The colour of wolves", "lost"),
        ("The colour of wolves", "The col\ufffdur of wolves", "lost"),
        ("Role of TNF- in wolves", "Role of TNF-α in wolves", "lost"),
        (WOLVES, f"RETRACTED: {WOLVES}", "retracted"),
        (f"{WOLVES} (Withdrawn)", WOLVES, "withdrawn"),
        (WOLVES[:30] + "...", WOLVES, "ellipsis"),
        ("Review of wolves", "ReviewsReview of wolves", "extra text"),
        (
            "Wolves in motion again",
            "Editorial [Hot Topic: Wolves in motion again (Guest Editor: A. Wolf)]",
            "extra text",
        ),
        (
            "Gene maps of wolves",
            "Gene maps of wolves. By A. Wolf. 1995. 300 pages. £40",
            "review of cited title",
        ),
        ("Wölfe in den Bergen", "Wolves of the Alps = Wölfe in den Bergen", "langu"),
        ("PSYCHOLOGY. Why wolves in packs howl", "Why wolves in packs howl", "subject"),
        (
            "Decay of B0 mesons into wolves",
            "Decay of <math><mi>B</mi><mo>X</mo></math> mesons into wolves",
            "formula",
        ),
    ],
)
def test_a_benign_difference_has_a_reason_and_no_finding(
    cited: str, title: str, reason: str
) -> None:
    """Section 3.1: every accepted difference says what it is."""
    found = compared(cited, title)
    assert found.state is State.EQUIVALENT
    assert reason in (found.reason or "")
    assert not found.findings


def test_any_registered_title_will_do() -> None:
    """B25 to B27: second titles, original titles, short titles, subtitles."""
    wolves, woelfe = "Wolves of the Alps", "Die Wölfe der Alpen"
    assert compared(woelfe, wolves, woelfe).reason == "matched second title"
    original = compared(woelfe, wolves, original_title=woelfe)
    assert original.reason == "matched original title"
    assert compared("Wolves", wolves, title_short="Wolves").agrees
    assert compared(wolves, "", wolves).state is State.EQUAL
    whole = compared(f"{wolves}. A survey", wolves, subtitles=("A survey",))
    assert whole.reason == "matched title and subtitle"


def test_the_original_title_of_the_reference_counts_too() -> None:
    """A citation that translates the title, and says what it was."""
    reference = Reference(id="k", title="The wolves", original_title="Die Wölfe da")
    work = registered("Die Wölfe da")
    assert compare_title(reference, work, corroborated=False).agrees


def test_a_short_main_title_counts_only_with_author_and_year() -> None:
    """B20: "Dandelion" may be any of a dozen works."""
    title = "Dandelion: privacy for wolves"
    assert compared("Dandelion", title, corroborated=True).agrees
    assert compared("Dandelion", title).grade is Grade.PART


@pytest.mark.parametrize(
    ("cited", "title", "rule", "message"),
    [
        (
            "Comparative learning of wolves",
            "Contrastive learning of wolves",
            "title-word-changed",
            "cited `Comparative`, registered `Contrastive`",
        ),
        (
            "Maize stalk lodging in wolves",
            "Maize lodging in wolves",
            "title-word-changed",
            "cited with `stalk`, registered without",
        ),
        (
            "Maize in wolves and men",
            "Maize lodging in wolves and men",
            "title-word-changed",
            "cited without `lodging`, registered with it",
        ),
        (
            "Effects of type 2 wolves on sheep",
            "Effects of type 1 wolves on sheep",
            "title-number-changed",
            "cited `2`, registered `1`",
        ),
        (
            "A snapshopt of wolves",
            "A snapshot of wolves",
            "title-letter-changed",
            "cited `snapshopt`, registered `snapshot`",
        ),
        (
            "The wolf and the lambs",
            "The wolf and the lamb",
            "title-letter-changed",
            "cited `lambs`, registered `lamb`",
        ),
        (
            "Wolves with age ≥ 65 years",
            "Wolves with age < 65 years",
            "title-word-changed",
            "cited `≥`, registered `<`",
        ),
    ],
)
def test_a_changed_word_is_named(
    cited: str, title: str, rule: str, message: str
) -> None:
    """The finding says which words differ, and of which rule it is."""
    found = compared(cited, title)
    (finding,) = found.findings
    assert found.state is State.DIFFERENT
    assert finding.rule.id == rule
    assert finding.message == message
    assert finding.severity is Severity.WARNING
    assert (finding.cited, finding.registered) == (cited, title)
    assert finding.evidence is not None
    assert finding.evidence.path == "message.title"


def test_grades_tell_a_letter_from_a_word_and_a_word_from_a_title() -> None:
    """The identity of the work is decided by them."""
    title = "Survival of grey wolves in the Alps"
    assert compared("Survival of grey wolwes in the Alps", title).grade is Grade.SLIGHT
    assert compared("Survival of grey foxes in the Alps", title).grade is Grade.PART
    other = compared("Contrastive learning of representations", title)
    assert other.grade is Grade.WHOLE
    assert [finding.severity for finding in other.findings] == [Severity.INFO]
    assert other.findings[0].fix is None


def test_words_in_another_order_are_the_same_title_changed() -> None:
    """Two words exchanged in a short title leave little in its place."""
    found = compared("Metastasis to Bone Pathways", "Pathways to Bone Metastasis")
    assert found.grade is Grade.PART


def test_the_proposal_keeps_what_did_not_differ() -> None:
    """The user's capitals and markup stay; a lost word takes the whole title."""
    found = compared("The <i>Snapshopt</i> of Wolves", "THE SNAPSHOT OF WOLVES")
    fix = found.findings[0].fix
    assert fix is not None
    assert not fix.safe
    assert fix.changes == (Change("title", "The <i>Snapshot</i> of Wolves"),)
    lost = compared("The howl of packs", "RETRACTED: The loud howl of <i>packs</i>")
    fix = lost.findings[0].fix
    assert fix is not None
    assert fix.changes == (Change("title", "The loud howl of packs"),)


def test_confidence_follows_the_evidence() -> None:
    """Author and year make it certain; a letter never is; damage supports nothing."""
    sure = compared("Grey foxes eat", "Grey wolves eat", corroborated=True)
    assert sure.findings[0].confidence is Confidence.CERTAIN
    likely = compared("The snapshopt again", "The snapshot again", corroborated=True)
    assert likely.findings[0].confidence is Confidence.LIKELY
    damaged = compared("Grey foxes eat caf\u00e9", "Grey wolves eat caf\ufffd")
    assert damaged.findings[0].severity is Severity.INFO


@pytest.mark.parametrize(
    ("cited", "title", "other"),
    [
        ("Reactions of bromostyrene", "Reactions of brornostyrene", ()),
        ("Erythematosus in wolves", "Erithematosus in wolves", ("Erythematosus",)),
    ],
)
def test_a_slip_of_the_registry_is_no_warning(
    cited: str, title: str, other: tuple[str, ...]
) -> None:
    """B30c: a scanner's "rn", or a word that the record spells right elsewhere."""
    found = compared(cited, title, subtitles=other)
    assert [finding.severity for finding in found.findings] == [Severity.INFO]


def test_a_title_that_ends_in_a_phrase_is_told() -> None:
    """T8: an info; where a single word is missing, that word may be lost."""
    title = "Survival of grey wolves in the high Alps of Italy"
    (finding,) = compared("Survival of grey wolves in the high", title).findings
    assert finding.rule.id == "title-truncated-wrongly"
    assert finding.severity is Severity.INFO
    (finding,) = compared(title.rpartition(" ")[0], title).findings
    assert finding.rule.id == "title-word-changed"


def test_the_journal_behind_the_title_is_told() -> None:
    """T8: a parser took the journal for part of the title."""
    found = compared(
        "Approximation of wolves, Mathematics of Control",
        "Approximation of wolves",
        container_titles=("Mathematics of Control, Signals and Systems",),
    )
    assert found.agrees
    assert found.findings[0].rule.id == "title-truncated-wrongly"


@pytest.mark.parametrize("behind", ["Reply", "the authors’ reply", "Erratum"])
def test_a_reply_is_no_subtitle(behind: str) -> None:
    """T9: a reply is another work than what it replies to."""
    title = "Survival of grey wolves in the Alps"
    assert compared(title, f"{title}: {behind}").differs
    assert compared(f"{title}: {behind}", title).differs
    assert compared(title, f"Correction to: {title}").differs


@pytest.mark.parametrize(
    ("cited", "title", "reason"),
    [
        ("Wolves of the Alps", "Introduction", "generic registered title"),
        ("Wolves of the Alps", "Editorial", "generic registered title"),
        ("Editorial", "Editorial wolves of the Alps", "generic cited title"),
        ("Wolves of the Alps", "알프스의 늑대 이야기", "other script"),
        ("Wolves of the Alps", "Волки в Альпах", "other script"),
        ("???", "Wolves of the Alps", "a title without words"),
        ("Wolves", "wolves " * 2000, "title too long to be one"),
    ],
)
def test_what_cannot_be_compared_is_said(cited: str, title: str, reason: str) -> None:
    """T1 and T4: no finding, but no agreement either."""
    found = compared(cited, title)
    assert found.state is State.NOT_COMPARABLE
    assert found.reason == reason
    assert not found.findings


def test_a_generic_title_may_be_equal() -> None:
    """An introduction cited as such."""
    assert compared("Introduction.", "INTRODUCTION").state is State.EQUAL


def test_titles_in_chinese_are_compared_sign_by_sign() -> None:
    """No spaces tell the words."""
    assert compared("阿尔卑斯山的狼群研究", "阿尔卑斯山的狼群研究。").agrees
    assert compared("阿尔卑斯山的羊群研究", "阿尔卑斯山的狼群研究").grade is Grade.PART
    assert compared("Волки в Альпах летом", "Волки в Альпах зимой").grade is Grade.PART


def test_absence_is_no_difference() -> None:
    """P3, B28: nothing cited, nothing registered, or only the DOI as a title."""
    assert compared(None, "Wolves").state is State.ABSENT_CITED
    assert compared("null", "Wolves").state is State.ABSENT_CITED
    assert compared("Wolves").state is State.ABSENT_REGISTERED
    assert compared("Wolves", "10.1234/X").state is State.ABSENT_REGISTERED


def test_the_status_of_a_title_needs_a_mark() -> None:
    """U11: what is retracted in an ordinary title is no work."""
    assert split_status("WITHDRAWN: On wolves").status == "withdrawn"
    assert split_status("RETRACTED ARTICLE: On wolves").status == "retracted"
    assert split_status("Retraction—On wolves").status == "retraction"
    assert split_status("[Retracted] On wolves").status == "retracted"
    kept = split_status("On wolves (Retracted article. See vol. 3)")
    assert kept.status == "retracted"
    assert kind_of_title("Expression of Concern") is Kind.CONCERN
    for title in (
        "Retraction of the nictitating membrane",
        "Expression of HLA-E in wolves",
        "Withdrawal symptoms",
        "Removed wolves: a study",
    ):
        assert split_status(title).status is None


def test_a_key_finds_what_may_be_the_same_title() -> None:
    """For duplicates: with or without subtitle and status."""
    assert title_key(WOLVES) == title_key("Survival of Grey Wolves in the Alps")
    assert title_key(f"RETRACTED: {WOLVES}") == title_key(WOLVES)
    assert title_key("Wolves: a study") != title_key("Wolves: a survey")
    assert same_title(WOLVES, "Survival of gray wolves in the Alps")
    assert not same_title(WOLVES, WOLVES.replace("twelve", "thirty"))


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_titles_can_be_compared(cited: str, title: str) -> None:
    """Nothing makes it fail, and a title agrees with itself."""
    compared(cited, title, corroborated=True)
    assert not compared(title, title).findings


WORDS = st.lists(
    st.sampled_from(("wolves", "packs", "of", "in", "grey", "Alps", "food", "and")),
    min_size=4,
    max_size=8,
    unique=True,
)


@given(WORDS, st.data())
def test_a_word_in_place_of_another_is_always_found(
    words: list[str], data: st.DataObject
) -> None:
    """Whatever the place, there is a warning."""
    place = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:place], "elephants", *words[place + 1 :]]
    found = compared(" ".join(changed), " ".join(words))
    assert found.differs
    assert found.findings


@pytest.mark.parametrize(
    "title",
    ["<math>" * 900, "a: " * 1900, "\ufffda" * 2900, "$a" * 2900, "[x" * 2900],
)
def test_a_hostile_title_takes_no_time(title: str) -> None:
    """A registry may send what it likes."""
    found = compared("Survival of grey wolves in the Alps", title)
    assert found.field == compared(title[1:] + "x", title).field == "title"


@pytest.mark.parametrize(
    "cited",
    [
        "(PDF) On the wolves of Uppsala",
        "[HTML] On the wolves of Uppsala",
        "[On the wolves of Uppsala]. Swedish",
    ],
)
def test_marks_of_search_engines_and_catalogues(cited: str) -> None:
    """What sites put in front, and the language of a translated title, are no title."""
    assert same_title(cited, "On the wolves of Uppsala")
