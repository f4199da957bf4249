"""Lists of people: which differences are none, and which are reported."""

from __future__ import annotations

from datetime import UTC, datetime
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.compare.comparison import FieldComparison, Grade, State
from lupusrefs.compare.people import compare_people, family_key, first_author_state
from lupusrefs.compare.people_style import NameStyle
from lupusrefs.findings import Change, Confidence, Severity
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
)


def people(text: str) -> tuple[Name, ...]:
    """Names from "Family, Given; =Literal; others"."""
    return tuple(map(person, text.split("; "))) if text else ()


def person(text: str) -> Name:
    """One name; a literal has "=" in front, a family name with a comma a "|" behind."""
    if text == "others":
        return OTHERS
    if text.startswith("="):
        return Name(literal=text[1:])
    family, _, given_name = text.partition("|" if "|" in text else ", ")
    return Name(family=family, given=given_name or None)


def work(authors: str, editors: str = "", **fields: object) -> Work:
    """A Crossref record with these people."""
    return Work.model_validate(
        {
            "id": "10.1234/x",
            "type": "article-journal",
            "agency": "Crossref",
            "author": people(authors),
            "editor": people(editors),
            "provenance": PROVENANCE,
            **fields,
        }
    )


def reference(authors: str, editors: str = "") -> Reference:
    """A reference that cites these people."""
    return Reference(
        id="key",
        type="article-journal",
        author=people(authors),
        editor=people(editors),
    )


def compared(cited: str, registered: str) -> FieldComparison:
    """A cited list beside a registered one."""
    return compare_people(reference(cited), work(registered))


def rules(cited: str, registered: str) -> list[tuple[str, Severity]]:
    """What is reported."""
    found = compared(cited, registered).findings
    return [(one.rule.id, one.severity) for one in found]


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
TAIL = "; Berg, Ann; Cole, Bea; Dorn, Cy"
MANY = "; ".join(f"Family{letter}, {letter}na" for letter in ascii_uppercase)


def first(count: int) -> str:
    """The first so many of MANY."""
    return "; ".join(MANY.split("; ")[:count])


@pytest.mark.parametrize(
    ("cited", "registered"),
    [
        # B31: a part of a compound surname
        ("Aghl, P.", "Piran Aghl, Payam"),
        ("Darestani, Y. M.", "Mohammadi Darestani, Yousef"),
        ("García, J.", "García Márquez, José"),
        ("Pérez-Ruiz, J.", "Ruiz, J."),
        # B32, B33, B34: what belongs to the other part of the name
        ("Polyzos, S. A.", "A. Polyzos, Stergios"),
        ("Polyzos, A.", "A. Polyzos"),
        ("Pereira da Silva, Fátima", "Silva, Fátima Pereira da"),
        ("da Silva, Fátima", "Silva, Fátima da"),
        ("van der Ven, A.", "Van der Ven, Anton"),
        ("Ven, A.", "Van der Ven, Anton"),
        ("Vanderven, A.", "Van der Ven, Anton"),
        ("El Sayed, M.", "Elsayed, Mona"),
        # B35, B36: capitals
        ("PARRISH, J.", "parrish, John"),
        ("Paterson, J.", "aterson, John"),
        # B37, B38: parts exchanged or not told apart
        ("Iimura, Yasushi", "Yasushi, Iimura"),
        ("Iimura, Y.", "Yasushi, Iimura"),
        ("Han, Cheol-Ho", "Han Cheol-Ho"),
        ("Han, C.-H.", "=Cheol-Ho Han"),
        ("Kim, C.-S.", "KimChin-Shik"),
        ("Yoo, H.", "Yoo,Ho-Sik|"),
        ("DeAngelis, Margaret M.", "=DeAngelis MM"),
        ("van den Brink, M. E.", "=van den Brink ME"),
        # B39: several people in one field
        ("Hohn, M. E.; Neal, D. W.", "Michael E. Hohn, Donald W. Neal|"),
        ("Lee, Ann; Ek, Bo; Ohm, Cy", "=Ann Lee, Bo Ek, Cy Ohm"),
        ("Lee, Ann; Ek, Bo", "=Ann Lee and Bo Ek"),
        ("Lee, Ann; Ek, Bo", "=Ann Lee, Bo Ek"),
        ("Lee, Ann; Ek, Bo" + TAIL, "=Ann Lee, Bo Ek" + TAIL),
        ("Lee, A.; Ek, B.", "=Lee, A., Ek, B."),
        ("Gómez Muñoz, Carlos Quiterio", "=Gómez Muñoz, Carlos Quiterio"),
        # B40, B41, B42: suffixes, degrees, titles
        ("Gschneidner, K. A.", "Gschneidner, Jr.|Karl A."),
        ("Travis, L. F.", "Travis III, Lawrence F."),
        ("Travis, L. F.", "Travis, Lawrence F., III"),
        ("Saleh, H.", "Saleh, Dr. Hanan"),
        ("Saleh, J.", "Saleh, Dr. J"),
        ("Okure, T.", "Okure, SHCJ|Teresa"),
        ("Tan, L.", "Tan, Ph.D|Lee"),
        ("Rahman, Md.", "Rahman, Md. Abdur"),
        # B43, B44, B45: letters
        ("Müller, Jürgen", "Mueller, Juergen"),
        ("Sorensen, S.", "Sørensen, Søren"),
        ("Soerensen, S.", "Sørensen, Søren"),
        ("Strauss, F.", "Strauß, F."),
        ("O'Connor, D.", "O’Connor, Daniel"),
        ("Al-Bayatti, K.", "AL‐Bayatti, Khalid"),
        ("Castaño-Vinyals, G.", "CastaÃ±o-Vinyals, Gemma"),
        ("Tomás, A.", "Tom\ufffds, Ana"),
        ("Ríos-Rull, J.", "Rı&#x;os-Rull, José"),
        ("D'Souza, D.", "D&#x27;Souza, Del"),
        # B46, B47, B48: initials
        ("Hilbe, W.", "Hilbe, Wolfgang"),
        ("Humrich, JY", "Humrich, Jens"),
        ("Humrich, J", "Humrich, Jens Y."),
        ("Picard, J.-L.", "Picard, Jean-Luc"),
        ("Picard, JL", "Picard, Jean-Luc"),
        ("Picard, J", "Picard, Jean-Luc"),
        ("Wu, XM", "Wu, Xue-Ming"),
        ("Wu, ?ng", "Wu, Xue-Ming"),
        ("Lozoya, S.", "S., Lozoya"),
        ("von Sallmann, L.", "L., von Sallmann"),
        ("Berg-Cole, L. M.", "L. M., Berg-Cole"),
        ("Wu, Xiao Ming", "Wu, Xiaoming"),
        ("Fuchs, J.C.", "Fuchs, J.\u2009C."),
        # B49 to B54: who is no person, or not one more
        ("Lee, Ann", "Lee, Ann; =The ABC Study Group"),
        ("Lee, Ann; =on behalf of the ABC Study Group", "Lee, Ann; =ABC Study Group"),
        ("Lee, Ann", "Lee, Ann; =Department of Physics, University of Oslo, Norway"),
        ("Lee, Ann", "Lee, Ann; =Canada."),
        ("Lee, Ann", "=The PLOS ONE Staff; Lee, Ann"),
        ("Lee, Ann", "Lee, Ann; &NA;"),
        ("Lee, Ann; Ek, Bo", "Lee, Ann; Lee, Ann; Ek, Bo"),
        ("Lee, Ann; Ek, Bo; Ohm, Cy", "Lee, Ann; =et al."),
        ("Lee, Ann", "Lee, Ann; al., et"),
        # B55: cut by a style
        ("Lee, Ann; others", "Lee, Ann" + TAIL),
        ("Lee, Ann; =et al.", "Lee, Ann" + TAIL),
        ("Lee, Ann; al., et", "Lee, Ann" + TAIL),
        ("Lee, A. et al.", "Lee, Ann" + TAIL),
        (f"{first(19)}; =…; FamilyZ, Z.", MANY),
        (f"{first(19)}; FamilyZ, Z.", MANY),
        (first(3), MANY),
        (first(6), MANY),
        (first(10), MANY),
        # B58: the registry leaves out the first author
        ("Lee, Ann" + TAIL, TAIL.removeprefix("; ")),
        # B62: unsplit names of DataCite
        ("Lee, Ann; Ek, Bo", "=Lee, Ann; =Ek, Bo"),
        ("Lee, Ann; Ek, Bo", "=Lee, Ann (Oslo University)  ; =Ek, Bo"),
        # nicknames
        ("Gates, Bill", "Gates, William Henry"),
        ("Kates, Bob", "Kates, Robert"),
        # the second given name is the one in use
        ("Oppenheimer, Robert", "Oppenheimer, J. Robert"),
        # other scripts
        ("Достоевский, Фёдор", "Dostoyevsky, Fyodor"),
        ("Щербаков, Ю.", "Shcherbakov, Yu."),
        ("Чайковский, П.", "Tschaikowski, P."),
        ("Παπαδόπουλος, Γεώργιος", "Papadopoulos, Georgios"),
        ("=Иван Щукин", "Shchukin, I."),
        ("Щукин", "Shchukin, Ivan"),
        ("김은영", "김, 은영"),
        # a letter of another script that looks the same
        ("Kozlov, D. O.", "Kozlov, D. \u041e."),
    ],
)
def test_harmless_differences_are_not_reported(cited: str, registered: str) -> None:
    """The recorded habits of citers and registries say the same people."""
    result = compared(cited, registered)
    assert not result.findings
    assert result.state in {State.EQUAL, State.EQUIVALENT}


@pytest.mark.parametrize(
    ("cited", "registered", "rule", "severity"),
    [
        ("Mackensen, D; others", "Mackensen, Andreas" + TAIL, "given", WARNING),
        ("Lee, A. B.", "Lee, Ann C.", "given", WARNING),
        ("Lee, Anna", "Lee, Alice", "given", INFO),
        ("Lee, Ann; Berg, X.", "Lee, Ann; Berg, Ann", "given", WARNING),
        ("Lee, Ann; Kerg, Ann; Cole, B.", "Lee, A.; Berg, A.; Cole, B.", "f", WARNING),
        ("Mackenson, A.; Ek, B.", "Mackensen, Andreas; Ek, Bo", "family", WARNING),
        ("Mackenesn, A.", "Mackensen, Andreas", "family", WARNING),
        ("Makkenson, A.", "Mackensen, Andreas", "family", WARNING),
        ("Mackensenitz, A.", "Mackensen, Andreas", "first", ERROR),
        ("Lee, Ann", "Ann Lee, Bob", "first", ERROR),
        ("Xi, Yu; Lee, Ann", "Lee, Ann", "first", WARNING),
        ("Lee, Ann; Ohm, Cy", "Lee, Ann; Ek, Bo; Ohm, Cy", "missing", WARNING),
        ("Lee, Ann; Berg, Ann", "Lee, Ann" + TAIL, "missing", WARNING),
        ("Lee, Ann", "Lee, Ann" + TAIL, "missing", INFO),
        ("Lee, Ann; Xi, Yu" + TAIL, "Lee, Ann" + TAIL, "added", WARNING),
        ("Lee, Ann; Xi, Yu; Ek, Bo", "Lee, Ann; Ek, Bo", "added", INFO),
        ("Xi, Yu; Berg, Ann; Cole, Bea", "Lee, Ann" + TAIL, "first", WARNING),
        ("Xi, Yu; others", "Lee, Ann" + TAIL, "first", ERROR),
        ("Xi, Yu; Zou, Wu", "Lee, Ann" + TAIL, "fabricated", ERROR),
        ("Ek, Bo; Lee, Ann", "Lee, Ann; Ek, Bo", "order", INFO),
        ("Author, A.; Berg, Ann", "Lee, Ann; Berg, Ann", "placeholder", WARNING),
        ("Last, First; Berg, Ann", "Lee, Ann; Berg, Ann", "placeholder", WARNING),
        ("=Unknown", "Lee, Ann; Berg, Ann", "placeholder", WARNING),
        ("=Anonymous", "=World Health Organization", "placeholder", WARNING),
    ],
)
def test_each_difference_is_one_finding(
    cited: str, registered: str, rule: str, severity: Severity
) -> None:
    """One cause is one finding, of the rule that names it (P11)."""
    ((found, how_bad),) = rules(cited, registered)
    assert rule in found
    assert how_bad is severity


def test_the_seed_is_an_initial_and_nothing_else() -> None:
    """Mackensen D is cited, Andreas is registered; the rest of 24 is cut."""
    result = compared("Mackensen, D; others", "Mackensen, Andreas; " + first(23))
    (found,) = result.findings
    assert result.state is State.DIFFERENT
    assert result.grade is Grade.SLIGHT
    assert found.rule.id == "author-given-mismatch"
    assert found.confidence is Confidence.CERTAIN
    assert (found.cited, found.registered) == ("Mackensen, D", "Mackensen, Andreas")
    assert found.message == (
        "cited author 1 `Mackensen, D`, registered `Mackensen, Andreas`"
    )
    assert found.evidence is not None
    assert found.evidence.path == "message.author"
    assert (found.evidence.cited, found.evidence.registered) == (
        "mackensen, d",
        "mackensen, andreas",
    )
    assert found.fix is not None
    assert not found.fix.safe
    names = (Name(family="Mackensen", given="A"), OTHERS)
    assert found.fix.changes == (Change("author", names),)


@pytest.mark.parametrize(
    ("cited", "registered", "proposed"),
    [
        (
            "Lee, A.; Ohm, C.",
            "Lee, Ann; Ek, Bo-Li; Ohm, Cy",
            "Lee, A.; Ek, B.-L.; Ohm, C.",
        ),
        ("Lee, A; Ohm, CD", "Lee, Ann; Ek, Bo Li; Ohm, Cy", "Lee, A; Ek, BL; Ohm, CD"),
        ("LEE, Ann; OHM, Cy", "Lee, Ann; Ek, Bo; Ohm, Cy", "LEE, Ann; EK, Bo; OHM, Cy"),
    ],
)
def test_a_proposed_list_is_in_the_style_of_the_cited_one(
    cited: str, registered: str, proposed: str
) -> None:
    """Initials stay initials, capitals capitals, and who is right stays as cited."""
    (found,) = compared(cited, registered).findings
    assert found.fix is not None
    assert found.fix.changes == (Change("author", people(proposed)),)


@pytest.mark.parametrize(
    ("cited", "registered", "state"),
    [
        ("", "Lee, Ann", State.ABSENT_CITED),
        ("Lee, Ann", "", State.ABSENT_REGISTERED),
        ("Lee, Ann", "&NA;", State.ABSENT_REGISTERED),
        ("=et al.", "Lee, Ann", State.ABSENT_CITED),
        ("שלום, א", "Lee, Ann", State.NOT_COMPARABLE),
        ("Kim, Eun-Young", "김은영", State.NOT_COMPARABLE),
        ("Иванов, И.", "Smith, John", State.NOT_COMPARABLE),
        ("Hicks, F.", "H., F. H.", State.NOT_COMPARABLE),
        (
            "Lee, Ann",
            "=Intergovernmental Panel on Climate Change",
            State.NOT_COMPARABLE,
        ),
        ("=The ATLAS Collaboration", "=ATLAS Collaboration", State.EQUIVALENT),
        ("Lee, Ann", "Lee, Ann", State.EQUAL),
    ],
)
def test_silence_has_its_reason(cited: str, registered: str, state: State) -> None:
    """What is absent or cannot be compared is no difference (P3)."""
    result = compared(cited, registered)
    assert result.state is state
    assert not result.findings


@pytest.mark.parametrize(
    ("cited", "registered", "state"),
    [
        ("Lee, Ann; Ek, Bo", "Lee, Ann; Ek, Bo", State.EQUAL),
        ("Lee, A.", "Lee, Ann; Ek, Bo", State.EQUAL),
        ("Lee, X.", "Lee, Ann; Ek, Bo", State.EQUIVALENT),
        ("Ek, Bo; Lee, Ann", "Lee, Ann; Ek, Bo", State.EQUIVALENT),
        ("Mackenson, A.", "Mackensen, Andreas", State.EQUIVALENT),
        ("Xi, Yu; Ek, Bo", "Lee, Ann; Ek, Bo", State.DIFFERENT),
        ("Xi, Yu; Zou, Wu", "Lee, Ann; Ek, Bo", State.DIFFERENT),
        ("Author, A.; Ek, Bo", "Lee, Ann; Ek, Bo", State.NOT_COMPARABLE),
        ("Kim, Eun-Young; Ek, Bo", "김은영; Ek, Bo", State.NOT_COMPARABLE),
        ("", "Lee, Ann", State.ABSENT_CITED),
        ("Lee, Ann", "", State.ABSENT_REGISTERED),
    ],
)
def test_the_first_author_alone(cited: str, registered: str, state: State) -> None:
    """A slip or another place in the list is the same first author still."""
    assert first_author_state(reference(cited), work(registered)) is state


def test_editors_may_be_cited_as_authors() -> None:
    """B59: an edited work is cited by its editors, in either field."""
    edited = work("", editors="Lee, Ann; Ek, Bo")
    for cited in (reference("Lee, A.; Ek, B."), reference("", "Lee, A.; Ek, B.")):
        result = compare_people(cited, edited)
        assert result.state is State.EQUIVALENT
        assert not result.findings
        assert first_author_state(cited, edited).value in {"equal", "equivalent"}
    both = work("Ohm, Cy", editors="Lee, Ann; Ek, Bo")
    result = compare_people(reference("Lee, A.; Ek, B."), both)
    assert result.reason == "matched as editors"
    assert not result.findings


def test_editors_of_the_record_are_not_its_missing_authors() -> None:
    """A journal that registers its academic editor and no author says nothing."""
    record = work("", editors="Smalla, Kornelia")
    cited = reference("Zhang, M.; Yang, P.; van Elsas, J. D.")
    assert compare_people(cited, record).state is State.ABSENT_REGISTERED
    assert first_author_state(cited, record) is State.ABSENT_REGISTERED
    record = work("Lee, Ann")
    result = compare_people(reference("", "Ohm, Cy"), record)
    assert result.state is State.NOT_COMPARABLE
    record = work("Lee, Ann", "Ek, Bo")
    (found,) = compare_people(reference("", "Ohm, Cy"), record).findings
    assert (found.field, found.rule.id) == ("editor", "first-author-mismatch")


def test_the_journal_is_no_author() -> None:
    """B51: the journal's name as a byline, in one field or in two."""
    registered = work(
        "Gastroenterology, Research and Practice; Lee, Ann",
        container_title="Gastroenterology Research and Practice",
    )
    assert not compare_people(reference("Lee, Ann"), registered).findings


def test_a_person_whose_name_looks_like_none() -> None:
    """Denmark, Service, Na and Doe are names where the other side says so."""
    for name in ("Denmark, Scott E.", "Service, Susan K.", "Na, Li", "Doe, John"):
        family, given_name = name.split(", ")
        for cited in (f"={given_name} {family}", f"={name}", family):
            assert not compared(f"Lee, Ann; {cited}", f"Lee, Ann; {name}").findings


def test_paths_name_the_record_of_the_agency() -> None:
    """Creators at DataCite, authors at Crossref, the CSL variable elsewhere."""
    paths = []
    for agency in ("Crossref", "DataCite", None):
        record = work("Lee, Ann", agency=agency)
        (found,) = compare_people(reference("Xi, Yu"), record).findings
        assert found.evidence is not None
        paths.append(found.evidence.path)
    assert paths == ["message.author", "attributes.creators", "author"]


def test_the_family_key_joins_particles() -> None:
    """Duplicates are found by the family name in one folded word."""
    name = Name(family="Spee-Mayer", non_dropping_particle="von", given="C")
    assert family_key(name) == family_key(person("von Spee Mayer, Caroline"))
    assert family_key(name) == "vonspeemayer"
    assert (
        family_key(Name(literal="The ATLAS Collaboration")) == "theatlascollaboration"
    )
    assert family_key(person("Gschneidner, Jr.|Karl")) == "gschneidner"


def test_thousands_of_people_are_compared_at_once() -> None:
    """A missing one, another order, namesakes: none of it is quadratic."""
    names = tuple(
        Name(family=f"{a}{b}ang{c}", given=f"{d}.")
        for a in ascii_uppercase[:13]
        for b in "aeiou"
        for c in ascii_uppercase.lower()
        for d in "ABC"
    )
    namesakes = (Name(family="Wang", given="X"),) * len(names)
    others = (Name(family="Wang", given="Y"),) * len(names)
    for cited, registered, rule in (
        (names[1:], names, "author-missing"),
        (names[::-1], names, "author-order-changed"),
        (namesakes, others, "author-given-mismatch"),
    ):
        record = work("", author=registered)
        result = compare_people(Reference(id="key", author=cited), record)
        assert [found.rule.id for found in result.findings] == [rule]


@pytest.mark.parametrize(
    ("cited", "registered"),
    [("Lee, Ann; Ek, Bo", "Lee, Ann"), ("Lee, A.; Ek, B.; Ohm, C.", "Lee, A.; Ek, B.")],
)
def test_a_short_record_is_an_info(cited: str, registered: str) -> None:
    """B58: who is cited behind a short record is told, as it may be the registry."""
    result = compared(cited, registered)
    assert result.state is State.EQUIVALENT
    assert rules(cited, registered) == [("author-added", INFO)]
    assert result.findings[0].fix is None


@pytest.mark.parametrize(
    ("cited", "has_lead", "severity"),
    [
        ("Ek, Bo; Lee, Ann; Ohm, Cy", True, WARNING),
        ("Ek, Bo; Lee, Ann; Ohm, Cy", False, INFO),
        ("Lee, Ann; Ohm, Cy; Ek, Bo", True, INFO),
    ],
)
def test_another_first_author_of_the_same_people(
    cited: str, severity: Severity, *, has_lead: bool
) -> None:
    """The first place counts where the registry marks one author as the first."""
    record = work("Lee, Ann; Ek, Bo; Ohm, Cy", has_lead=has_lead)
    (found,) = compare_people(reference(cited), record).findings
    assert (found.rule.id, found.severity) == ("author-order-changed", severity)


@pytest.mark.parametrize("cited", ["KM, O'Brien", "MJ, Lesot-Ek", "JGDB, Leite"])
def test_initials_in_the_place_of_the_family_name(cited: str) -> None:
    """BibTeX reads "Leite JGDB" without a comma as a family name JGDB."""
    initials, family = cited.split(", ")
    given_name = " ".join(f"{letter}ea" for letter in initials)
    assert not rules(cited, f"{family}, {given_name}")
    assert rules(cited, f"{family}, Xu") or rules(cited, f"Ohm, {given_name}")


BOMBS = (
    " " * 100_000 + "x",
    "," * 100_000,
    "(" * 50_000,
    "A B" + ", PhD" * 50_000,
    "a b, " * 20_000,
    " and" * 50_000,
    "?" * 3000,
    "<i>" * 30_000,
    "A." * 50_000,
)


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb[:5])
def test_hostile_names_cost_nothing(bomb: str) -> None:
    """Whatever stands in a name, it is compared in linear time."""
    for name in (Name(literal=bomb), Name(family=bomb, given="X")):
        cited = Reference(id="key", author=(name,))
        registered = work("", author=(name,))
        for result in (
            compare_people(cited, work("Lee, Ann; Ek, Bo; Ohm, Cy")),
            compare_people(reference("Lee, Ann"), registered),
        ):
            assert result.field == "author"


_TEXT = st.one_of(
    st.none(), st.text(max_size=12), st.sampled_from(("van", "Jr.", "et al.", "&NA;"))
)
_NAMES = st.lists(
    st.builds(Name, family=_TEXT, given=_TEXT, suffix=_TEXT, literal=_TEXT), max_size=5
).map(tuple)


@given(_NAMES, _NAMES)
def test_any_two_lists_can_be_compared(
    cited: tuple[Name, ...], registered: tuple[Name, ...]
) -> None:
    """No name is so odd that comparing fails, and the same list is never different."""
    one = Reference(id="key", author=cited)
    compare_people(one, work("", author=registered))
    first_author_state(one, work("", author=registered))
    assert not compare_people(one, work("", author=cited)).findings


@pytest.mark.parametrize(
    ("registered", "written"),
    [("Murch, AJ", "A. J."), ("Casson, DM Q", "D. M. Q."), ("EK, ANN", "A.")],
)
def test_registered_initials_in_a_run_are_all_kept(
    registered: str, written: str
) -> None:
    """A proposal has every initial; in capitals throughout, it is a name."""
    (name,) = people(registered)
    assert NameStyle(has_initials=True).write(name).given == written
    assert NameStyle().write(name).given == name.given
