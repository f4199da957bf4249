"""Many DOIs in one URL: packing, halving, giving up (registries.md 2.3)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

import pytest

from lupusrefs.errors import ServiceRejected, ServiceUnreachable
from lupusrefs.model.work import Provenance, Work
from lupusrefs.services.batch import MAX_URL_BYTES, Batching
from lupusrefs.services.protocol import ListAnswer
from services.replies import FETCHED, run

BASE = "https://api.example/works?rows="


def url_for(dois: Sequence[str]) -> str:
    """A URL as Crossref's: the number of rows, and the names one after another."""
    return f"{BASE}{max(len(dois), 1)}&filter={','.join(dois)}"


def rejected(status: int) -> ServiceRejected:
    """The registry's refusal."""
    return ServiceRejected("refused", service="example", url=BASE, status=status)


def a_work(doi: str) -> Work:
    """A work that has no more than a DOI."""
    said = Provenance(answered_by="example", fetched=FETCHED)
    return Work(id=doi, doi=doi, provenance=said)


class Registry:
    """A list that refuses what it is told to, and remembers what it was asked."""

    def __init__(
        self,
        *,
        max_url_bytes: int = 10**6,
        status: int = 414,
        hates: Iterable[str] = (),
        most: int = 1000,
    ) -> None:
        self.max_url_bytes = max_url_bytes
        self.status = status
        self.hates = frozenset(hates)
        self.late: frozenset[str] = frozenset()
        self.asked: list[list[str]] = []
        self.batching = Batching(url_for, self._ask, most)

    async def _ask(self, dois: Sequence[str]) -> ListAnswer:
        self.asked.append(list(dois))
        if self.late == frozenset(dois):
            for _ in range(100):
                await asyncio.sleep(0)
        if len(url_for(dois)) > self.max_url_bytes or self.hates & set(dois):
            raise rejected(self.status)
        return ListAnswer({doi: a_work(doi) for doi in dois})

    def fetch(self, dois: Sequence[str]) -> ListAnswer:
        """Ask for one batch."""
        return run(self.batching.fetch(dois))


def names(count: int, length: int = 14) -> list[str]:
    """Different DOIs of the same length."""
    return [f"10.5555/{i:0{length - 8}}" for i in range(count)]


@pytest.mark.parametrize("length", range(14, 60))
def test_no_url_is_longer_than_the_budget(length: int) -> None:
    """Whatever the length of the DOIs, each batch fits, and nothing is lost."""
    dois = names(900, length)
    batches = Registry().batching.batches(dois)
    assert [doi for batch in batches for doi in batch] == dois
    assert max(len(url_for(batch)) for batch in batches) <= MAX_URL_BYTES


def test_a_batch_is_as_full_as_the_budget_allows() -> None:
    """The next DOI would not have fitted, give or take the digits of ``rows``."""
    dois = names(900, 30)
    first, second, *_ = Registry().batching.batches(dois)
    assert len(url_for([*first, second[0]])) > MAX_URL_BYTES - 5


def test_a_batch_holds_no_more_than_the_list_returns() -> None:
    """Crossref never returns more than 1000 rows (registries.md 2.3)."""
    batches = Registry(most=7).batching.batches(names(20))
    assert [len(batch) for batch in batches] == [7, 7, 6]


def test_a_doi_longer_than_the_budget_goes_alone() -> None:
    """A DOI has no length limit (registries.md 5)."""
    long = "10.5555/" + "x" * MAX_URL_BYTES
    batches = Registry().batching.batches(["10.5555/1", long, "10.5555/2"])
    assert batches == [["10.5555/1"], [long], ["10.5555/2"]]


def test_nothing_to_ask_is_no_batch() -> None:
    """No DOIs, no requests."""
    assert Registry().batching.batches([]) == []


@pytest.mark.parametrize("status", [413, 414])
def test_a_url_that_is_too_long_is_halved(status: int) -> None:
    """Both halves are asked, and together they answer all."""
    registry = Registry(max_url_bytes=300, status=status)
    dois = names(25)
    assert list(registry.fetch(dois).found) == dois
    assert registry.asked[0] == dois
    assert all(len(url_for(batch)) <= 300 for batch in registry.asked[2:])


def test_the_lower_bound_is_learnt() -> None:
    """The batch after a refusal fits at once."""
    registry = Registry(max_url_bytes=300)
    registry.fetch(names(25))
    registry.asked.clear()
    for batch in registry.batching.batches(names(100)):
        assert list(registry.fetch(batch).found) == batch
    assert all(len(url_for(batch)) <= 300 for batch in registry.asked)


def test_a_batch_packed_before_the_refusal_is_not_tried_again_in_full() -> None:
    """What is longer than the learnt bound is halved without asking first."""
    registry = Registry(max_url_bytes=300)
    before = registry.batching.batches(names(25))
    registry.fetch(before[0])
    registry.asked.clear()
    registry.fetch(names(25))
    assert all(len(url_for(batch)) <= 300 for batch in registry.asked)


def test_a_bound_once_learnt_is_never_raised() -> None:
    """A refusal that arrives late costs no further ones."""
    registry = Registry(max_url_bytes=200)
    late, rest = names(200)[:100], names(200)[100:]
    registry.late = frozenset(late)

    async def both() -> None:
        fetch = registry.batching.fetch
        await asyncio.gather(fetch(late), fetch(rest))

    run(both())
    refused = [batch for batch in registry.asked if len(url_for(batch)) > 200]
    assert [batch for batch in refused if set(batch) <= set(late)] == [late]


def test_one_doi_that_a_list_refuses_costs_only_itself() -> None:
    """400 for one bad DOI among eighty: the others are answered."""
    dois = names(80)
    registry = Registry(status=400, hates={dois[33]})
    answer = registry.fetch(dois)
    assert set(answer.found) == set(dois) - {dois[33]}
    assert answer.failed == {}
    assert answer.is_silent_on(dois[33])
    assert len(registry.asked) <= 2 * 7 + 1  # two requests for each halving of 80


def test_a_few_bad_dois_are_not_a_registry_that_refuses_everything() -> None:
    """Each costs some refusals, but in between the registry does answer."""
    dois = names(320)
    bad = dois[::80]
    registry = Registry(status=400, hates=bad)
    found = [
        doi
        for batch in range(4)
        for doi in registry.fetch(dois[batch * 80 :][:80]).found
    ]
    assert sorted(found) == sorted(set(dois) - set(bad))


def test_a_400_teaches_nothing_about_length() -> None:
    """It is one DOI's fault; the next batch is as long as ever."""
    dois = names(80)
    registry = Registry(status=400, hates={dois[0]})
    registry.fetch(dois)
    (batch,) = registry.batching.batches(dois)
    assert batch == dois


def test_a_registry_that_refuses_everything_is_not_asked_for_ever() -> None:
    """After some refusals in a row the rest is given up, each DOI with the reason."""
    registry = Registry(status=400, max_url_bytes=0)
    dois = names(200)
    answer = registry.fetch(dois)
    assert answer.found == {}
    assert len(registry.asked) <= 16 + 8  # and one for each half that still waited
    failed = [doi for doi in dois if doi in answer.failed]
    silent = [doi for doi in dois if answer.is_silent_on(doi)]
    assert len(failed) + len(silent) == 200
    # What was refused alone may still be asked as a single record.
    assert all([doi] in registry.asked for doi in silent)
    registry.asked.clear()
    registry.fetch(names(200))
    assert len(registry.asked) == 1


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_other_refusals_are_not_halved(status: int) -> None:
    """They say nothing about the length: all DOIs have failed."""
    registry = Registry(status=status, max_url_bytes=0)
    dois = names(10)
    answer = registry.fetch(dois)
    assert list(answer.failed) == dois
    assert registry.asked == [dois]


def test_an_outage_fails_every_doi_under_its_key() -> None:
    """The key is the DOI with ASCII letters folded."""

    async def nobody(dois: Sequence[str]) -> ListAnswer:
        raise ServiceUnreachable("no connection", service="example", url=BASE)

    answer = run(Batching(url_for, nobody, 10).fetch(["10.5555/ABC", "10.5555/Ä"]))
    assert list(answer.failed) == ["10.5555/abc", "10.5555/Ä"]
    assert not answer.is_silent_on("10.5555/aBc")
