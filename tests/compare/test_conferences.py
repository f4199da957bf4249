"""Conferences by their many names."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs.compare.comparison import State
from lupusrefs.compare.conferences import own_codes
from lupusrefs.compare.containers import compare_container
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work

WOLVES = "2016 IEEE Conference on Wolf Vision and Howling (CWVH)"
PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
)


def compared(cited: str, registered: str) -> tuple[State, list[str]]:
    """The state, and the rules that report something."""
    work = Work(
        id="10.1234/x",
        type="paper-conference",
        registered_type="proceedings-article",
        container_title=registered,
        container_titles=(registered,),
        provenance=PROVENANCE,
    )
    reference = Reference(id="key", type="paper-conference", container_title=cited)
    found = compare_container(reference, work)
    return found.state, [one.rule.id for one in found.findings]


@pytest.mark.parametrize(
    ("cited", "registered"),
    [
        ("Proceedings of the IEEE conference on wolf vision and howling", WOLVES),
        ("In Proc. IEEE Conf. Wolf Vision and Howling", WOLVES),
        ("Proc. CWVH", WOLVES),
        ("CWVH 2016", WOLVES),
        ("Symposium on Elk", "Proceedings of the 22nd Symposium on Elk - ELK '03"),
        ("Wolf Conference on Snow", "Proceedings of the Wolf Conference on Snow"),
        ("ECWS", "Wolf Snow – ECWS 2014"),
    ],
)
def test_one_conference(cited: str, registered: str) -> None:
    """B105: number, year, acronym and "Proceedings of the" may be left out."""
    assert compared(cited, registered) == (State.EQUIVALENT, [])


def test_the_acronym_of_another_conference() -> None:
    """Initials that fit by chance do not count beside the acronym that is given."""
    assert compared("ICWV", "2016 IEEE Conference on Wolf Vision")[1] == []
    state, rules = compared("ICWV", WOLVES)
    assert state is State.NOT_COMPARABLE
    assert rules == ["container-unrecognised"]


def test_other_conferences_are_reported() -> None:
    """Another meeting is another one, whatever stands in front of both."""
    cited = "Proceedings of the International Symposium on Glacier Ice"
    assert compared(cited, WOLVES) == (State.DIFFERENT, ["container-mismatch"])


def test_a_name_that_was_cut_proves_nothing() -> None:
    """Of "Conference of the North" the registry has lost the better half."""
    state, rules = compared(
        "NAWW-HLT", "Proceedings of the 2019 Conference of the North"
    )
    assert state is State.NOT_COMPARABLE
    assert rules == ["container-unrecognised"]


def test_own_acronyms_are_capitals() -> None:
    """A place or a remark in brackets is no acronym."""
    assert own_codes("Elk Society (London)") == frozenset()
    assert own_codes("Meeting of Elk Society - ES '03") == {"es"}
