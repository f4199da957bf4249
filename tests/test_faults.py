"""Every fault of every registry: ignorance is never a verdict, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from lupusrefs import api
from lupusrefs.config import Settings
from lupusrefs.model.outcome import (
    NoMetadata,
    NotRegistered,
    Outcome,
    Resolved,
    Unavailable,
)
from registry.faults import FAULTS
from registry.server import Registry

# From the loopback registry's own records (tests/registry/own/SOURCES.md).
REGISTERED = (
    "10.5555/lupus.2021.101",
    "10.5555/(sici)1521-4141(199904)29:4<1117::aid-lup7>3.0.co;2-p",
    "10.5555/lupus.2014.12.36.",
    "10.5555/lupus.2016.a,b.7",
    "10.5555/preprint.77",
    "10.5555/medra.8105",
    "10.5555/medra.empty",
    "10.5072/data.4001",
)
UNREGISTERED = "10.5555/nobody.registered.this"


def resolve(registry: Registry, folder: Path, *more: str) -> dict[str, Outcome]:
    """Resolve all DOIs at the loopback registry, with little patience."""
    settings = Settings.load(
        {"cache_dir": folder, "timeout_s": 0.4},
        {**registry.environment, "LUPUSREFS_MAILTO": "reader@example.org"},
        folder,
    )
    dois = [*REGISTERED, UNREGISTERED, *more]
    run = api.resolve(dois, settings=settings)
    assert len(run.resolutions) == len(dois)
    return {one.reference.id: one.outcome for one in run.resolutions}


def test_without_a_fault_all_is_answered(registry: Registry, tmp_path: Path) -> None:
    """What the faults take away is there without them."""
    outcomes = resolve(registry, tmp_path)
    kinds = {doi: type(outcome) for doi, outcome in outcomes.items()}
    assert kinds.pop(UNREGISTERED) is NotRegistered
    assert kinds.pop("10.5555/medra.empty") is NoMetadata
    assert set(kinds.values()) == {Resolved}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_no_fault_makes_a_verdict(
    registry: Registry, tmp_path: Path, name: str
) -> None:
    """All registries misbehave: nothing registered is called unregistered."""
    registry.set_fault(None, FAULTS[name])
    outcomes = resolve(registry, tmp_path)
    wrong = [doi for doi in REGISTERED if isinstance(outcomes[doi], NotRegistered)]
    assert wrong == []
    assert isinstance(outcomes[UNREGISTERED], NotRegistered | Unavailable)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_what_can_be_answered_is_answered(
    registry: Registry, tmp_path: Path, name: str
) -> None:
    """Crossref alone misbehaves: the others' DOIs, and the unregistered, are known."""
    registry.set_fault("crossref", FAULTS[name])
    outcomes = resolve(registry, tmp_path)
    wrong = [doi for doi in REGISTERED if isinstance(outcomes[doi], NotRegistered)]
    assert wrong == []
    assert isinstance(outcomes["10.5072/data.4001"], Resolved)
    assert isinstance(outcomes["10.5555/medra.8105"], Resolved | Unavailable)
    assert isinstance(outcomes[UNREGISTERED], NotRegistered)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_lists_are_enough_while_the_resolver_is_down(
    registry: Registry, tmp_path: Path, name: str
) -> None:
    """doi.org alone misbehaves: what the lists have is resolved all the same."""
    registry.set_fault("doi", FAULTS[name])
    outcomes = resolve(registry, tmp_path)
    for doi in (*REGISTERED[:4], "10.5072/data.4001"):
        assert isinstance(outcomes[doi], Resolved), doi
    wrong = [doi for doi in REGISTERED if isinstance(outcomes[doi], NotRegistered)]
    assert wrong == []


def test_an_outage_is_not_remembered(registry: Registry, tmp_path: Path) -> None:
    """After the outage everything is asked again, and answered."""
    registry.set_fault(None, FAULTS["error-503"])
    during = resolve(registry, tmp_path)
    assert {type(outcome) for outcome in during.values()} == {Unavailable}
    registry.fault = None
    registry.set_fault(None, None)
    after = resolve(registry, tmp_path)
    assert isinstance(after[REGISTERED[0]], Resolved)


def test_an_older_answer_stands_in_for_a_registry_that_is_down(
    registry: Registry, tmp_path: Path
) -> None:
    """It is marked with the reason why nobody could be asked now."""
    resolve(registry, tmp_path)
    registry.set_fault(None, FAULTS["reset"])
    settings = Settings.load(
        {"cache_dir": tmp_path, "timeout_s": 0.4}, registry.environment, tmp_path
    )
    run = api.resolve([REGISTERED[0]], settings=settings, refresh=True)
    (outcome,) = (one.outcome for one in run.resolutions)
    assert isinstance(outcome, Resolved)
    assert outcome.error is not None
    assert outcome.work.provenance.answered_by == "crossref"
