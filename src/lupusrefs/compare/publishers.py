"""The publisher: cited beside registered (comparison.md 2.2 and B106)."""

from __future__ import annotations

from typing import Final

from lupusrefs.compare.abbreviations import STOP_WORDS, Tokens, abbreviates
from lupusrefs.compare.comparison import FieldComparison, Grade, State, finding
from lupusrefs.compare.container_names import read_name
from lupusrefs.compare.record_path import record_path
from lupusrefs.compare.text import is_absent
from lupusrefs.findings import Confidence, Finding
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

FIELD: Final = "publisher"

# Nobody cites the publisher of an article in order to be understood.
_TOLD_OF: Final = frozenset(("book", "report", "thesis", "collection"))
# Legal forms, and what nearly all publishers call themselves.
_EMPTY: Final = frozenset(
    "ab ag and association bv books co company corp corporation department dept ed eds"  # noqa: SIM905 - a list of words
    " editions edition editora editorial foundation gmbh group inc informa institute"
    " international kg limited llc ltd media nv oy plc pp press presses pty pub"
    " publisher publishers publications publishing sa sarl school science sciences"
    " services society sons spa srl the uk univ universitat universite university us"
    " usa verlag".split()
)
# Houses that go by the names of their imprints, or were bought.
_HOUSES: Final = """
springer birkhauser apress palgrave macmillan nature kluwer plenum vieweg teubner \
humana adis biomed bmc spektrum steinkopff gabler metzler
elsevier academic pergamon north holland saunders mosby butterworth heinemann \
morgan kaufmann churchill livingstone masson cell lancet woodhead gulf jai
wiley blackwell jossey bass interscience vch munksgaard ernst sohn hindawi verlag
informa taylor francis routledge crc chapman hall psychology lawrence erlbaum \
ashgate garland marcel dekker haworth swets zeitlinger auerbach dove cavendish
gruyter mouton oldenbourg niemeyer saur birkhauser sciendo akademie
sage corwin pine forge
brill nijhoff hotei rodopi schoningh fink
acm association computing machinery
ieee institute electrical electronics engineers
lippincott williams wilkins wolters kluwer ovid
oup oxford clarendon
cup cambridge
pearson addison wesley prentice hall longman allyn bacon
mcgraw hill osborne
penguin random house knopf vintage doubleday viking
harper collins row perennial
mit massachusetts technology
"""
_BY_WORD: Final = {
    word: number
    for number, house in enumerate(_HOUSES.splitlines())
    for word in house.split()
}


def compare_publisher(reference: Item, work: Work) -> FieldComparison:
    """Compare who is said to have published a work with who registered it.

    Publishers are bought, renamed and abbreviated: only of books and reports is a
    difference worth an info, and only if no word is common.
    """
    cited, registered = reference.publisher, work.publisher
    if is_absent(cited) or is_absent(registered) or not cited or not registered:
        state = State.ABSENT_CITED if is_absent(cited) else State.ABSENT_REGISTERED
        return FieldComparison(
            field=FIELD, state=state, cited=cited or "", registered=registered or ""
        )
    mine, theirs = read_name(cited), read_name(registered)
    state, reason = _judged(mine.tokens, theirs.tokens)
    findings: tuple[Finding, ...] = ()
    if state is State.DIFFERENT and {reference.type, work.type} <= _TOLD_OF:
        told = finding(
            "publisher-mismatch",
            reference,
            f"cited as published by {cited}, registered by {registered}",
            field=FIELD,
            cited=cited,
            registered=registered,
            forms=(mine.form, theirs.form),
            path=record_path(work, "publisher"),
            confidence=Confidence.POSSIBLE,
        )
        findings = (told,)
    elif state is State.DIFFERENT:
        state, reason = State.NOT_COMPARABLE, "the publisher of this is of no account"
    return FieldComparison(
        field=FIELD,
        state=state,
        grade=Grade.SLIGHT if state is State.DIFFERENT else Grade.NONE,
        cited=cited,
        registered=registered,
        cited_form=mine.form,
        registered_form=theirs.form,
        reason=reason,
        findings=findings,
    )


def _judged(cited: Tokens, registered: Tokens) -> tuple[State, str | None]:
    if cited == registered:
        return State.EQUAL, None
    mine, theirs = _telling(cited), _telling(registered)
    if not mine or not theirs:
        return State.NOT_COMPARABLE, "the name of the publisher says too little"
    if mine == theirs:
        return State.EQUIVALENT, "legal form omitted"
    if any(_are_alike(one, two) for one in mine for two in theirs):
        return State.EQUIVALENT, "the publisher's name is shortened"
    if _stands_for(mine, registered) or _stands_for(theirs, cited):
        return State.EQUIVALENT, "acronym"
    houses = {_BY_WORD[word] for word in mine if word in _BY_WORD}
    if not houses.isdisjoint(_BY_WORD[word] for word in theirs if word in _BY_WORD):
        return State.EQUIVALENT, "an imprint of the same house"
    return State.DIFFERENT, None


def _telling(name: Tokens) -> Tokens:
    rest = (t for t in name[:30] if t not in _EMPTY and t not in STOP_WORDS)
    return tuple(token for token in rest if len(token) > 1)


def _are_alike(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    return abbreviates(short, long) or (len(short) > 2 and short in long)  # noqa: PLR2004


def _stands_for(short: Tokens, long: Tokens) -> bool:
    """Whether one word of a name has the initials of the other name."""
    for words in (long, tuple(t for t in long if t not in STOP_WORDS)):
        initials = "".join(word[0] for word in words[:30])
        if any(len(token) > 1 and token in initials for token in short):
            return True
    return False
