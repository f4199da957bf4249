"""What shows once something is mended is mended at once."""

from __future__ import annotations

from collections.abc import Sequence

from lupusrefs.compare.comparison import finding, proposal, safe_fix
from lupusrefs.findings import Change, Finding, Fix
from lupusrefs.fixer import wanted_repairs
from lupusrefs.foresight import foreseen
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference

WRONG = (Name("Oh", "Xa"), Name("Mackensen", "Xo"))
HALF = (Name("Oh", "Bo"), Name("Mackensen", "Xo"))
RIGHT = (Name("Oh", "Bo"), Name("Mackensen", "Andreas"))


def found(
    reference: Reference, fix: Fix, rule: str = "author-given-mismatch"
) -> Finding:
    """A finding with a fix."""
    return finding(rule, reference, "differs", fix=fix)


def names(reference: Reference) -> list[Finding]:
    """The first wrong name, as a check tells only one of them."""
    steps: dict[object, tuple[Name, ...]] = {WRONG: HALF, HALF: RIGHT}
    then = steps.get(reference.author)
    return [found(reference, proposal(Change("author", then)))] if then else []


def look(references: Sequence[Reference]) -> list[list[Finding]]:
    """Check references again."""
    return [names(one) for one in references]


def test_the_second_name_is_mended_with_the_first() -> None:
    """Both findings want the list that is right in the end: one repair."""
    cited = Reference(id="a", author=WRONG)
    ((same, findings),) = foreseen([(cited, names(cited))], look, unsafe=True)
    assert same is cited
    (repair,) = wanted_repairs(cited, findings, unsafe=True)
    assert repair.changes == (Change("author", RIGHT),)
    assert len(repair.findings) == 2


def test_only_what_would_be_mended_is_looked_at_again() -> None:
    """Without --unsafe a proposal changes nothing, and nothing new can show."""
    cited = Reference(id="a", author=WRONG)
    findings = names(cited)
    assert foreseen([(cited, findings)], lambda _: [], unsafe=False) == [
        (cited, findings)
    ]
    other = foreseen(
        [(cited, findings)], lambda _: [], unsafe=True, only=("corrected",)
    )
    assert other == [(cited, findings)]


def test_a_value_that_has_lost_does_not_come_back() -> None:
    """Two findings that never agree end after one round."""
    cited = Reference(id="a", volume="1")
    safe = found(cited, safe_fix(Change("volume", "2")), "field-missing")
    other = found(cited, proposal(Change("volume", "3")), "volume-mismatch")
    rounds: list[int] = []

    def again(references: Sequence[Reference]) -> list[list[Finding]]:
        rounds.append(len(references))
        return [[other]]

    ((_, findings),) = foreseen([(cited, [safe, other])], again, unsafe=True)
    assert list(findings) == [safe, other]
    assert rounds == [1]


def test_what_never_ends_is_given_up() -> None:
    """A rule that always wants another value does not hang the run."""
    cited = Reference(id="a", volume="1")

    def ever(reference: Reference) -> list[Finding]:
        after = str(int(reference.volume or "0") + 1)
        return [found(reference, proposal(Change("volume", after)), "volume-mismatch")]

    ((_, findings),) = foreseen(
        [(cited, ever(cited))], lambda ones: [ever(one) for one in ones], unsafe=True
    )
    assert len(findings) == 6
