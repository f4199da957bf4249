"""The lock file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from findings_made import found
from lupusrefs.errors import InputError
from lupusrefs.lock import Lock
from lupusrefs.model.outcome import NoIdentifier, NoMetadata, Resolved
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Update, Work

DOI = "10.5555/locked"
PROVENANCE = Provenance(
    answered_by="crossref", url=None, fetched=datetime(2026, 11, 22, 10, tzinfo=UTC)
)


def work(**fields: object) -> Work:
    """A registered work."""
    return Work.model_validate(
        {"id": DOI, "doi": DOI, "provenance": PROVENANCE, **fields}
    )


def reference(doi: str = f"https://doi.org/{DOI.upper()}") -> Reference:
    """A reference that cites it."""
    return Reference(id="doe2001", doi=doi)


def locked(path: Path, **fields: object) -> Lock:
    """A lock file with one work, as it is read again."""
    lock = Lock(path)
    lock.take(reference(), work(**fields))
    lock.write()
    return Lock.load(path)


def test_what_was_locked_is_read_again(tmp_path: Path) -> None:
    """The work comes back whole: an update decides about a verdict."""
    update = Update(doi="10.5555/notice", type="retraction")
    lock = locked(tmp_path / "refs.lock", title="A title", updated_by=(update,))
    expected = work(title="A title", updated_by=(update,))
    assert lock.outcome(reference()) == Resolved(expected)


def test_requests_are_not_locked(tmp_path: Path) -> None:
    """One request names forty works: the file would be mostly that, and never rest."""
    said = PROVENANCE.model_copy(update={"url": "https://example.org/works?filter=…"})
    lock = locked(tmp_path / "refs.lock", provenance=said)
    assert "example.org" not in (tmp_path / "refs.lock").read_text(encoding="utf-8")
    assert lock.outcome(reference()) == Resolved(work())


def test_another_spelling_of_the_doi_is_the_same(tmp_path: Path) -> None:
    """What is locked is the identifier, not how it is written."""
    lock = locked(tmp_path / "refs.lock")
    assert isinstance(lock.outcome(reference(f"doi:{DOI}")), Resolved)


def test_another_doi_is_not_what_is_locked(tmp_path: Path) -> None:
    """A DOI that was changed has not been looked at."""
    lock = locked(tmp_path / "refs.lock")
    changed = reference("10.5555/other")
    assert lock.outcome(changed) is None
    mismatch = lock.mismatch(changed)
    assert mismatch.rule.id == "lock-differs"
    assert mismatch.message == "cited 10.5555/other, locked 10.5555/locked"


def test_a_reference_that_is_not_locked_is_told(tmp_path: Path) -> None:
    """A new entry needs a new lock; one without identifier needs none."""
    lock = locked(tmp_path / "refs.lock")
    new = Reference(id="new", doi="10.5555/new")
    assert lock.outcome(new) is None
    assert lock.mismatch(new).rule.id == "lock-missing"
    assert isinstance(lock.outcome(Reference(id="book")), NoIdentifier)


def test_changes_are_told_field_by_field(tmp_path: Path) -> None:
    """What came, what went and what is another value."""
    lock = locked(tmp_path / "refs.lock", title="A title", volume="1")
    now = work(
        title="A new title",
        issue="2",
        updated_by=(Update(doi="10.5555/notice", type="retraction"),),
    )
    told = [one.message for one in lock.changes(reference(), now)]
    assert told == [
        "title: was A title on 2026-11-22, is A new title now",
        "volume: was 1 on 2026-11-22, is nothing now",
        "issue: was nothing on 2026-11-22, is 2 now",
        "updated-by: was nothing on 2026-11-22, is retraction 10.5555/notice now",
    ]


def test_a_dismissed_conflict_counts_again_when_a_side_changes(tmp_path: Path) -> None:
    """What was looked at once need not be looked at again while it stays the same."""
    lock = locked(tmp_path / "refs.lock")
    lock.dismiss(found(), "the reprint is meant")
    lock.write()
    lock = Lock.load(tmp_path / "refs.lock")
    changed = found(registered="2004")
    counting, ignored = lock.apply([found(), changed])
    assert counting == [changed]
    assert [(one.finding, one.reason, one.source) for one in ignored] == [
        (found(), "the reprint is meant", "lock")
    ]
    lock.take(reference(), work())
    assert lock.apply([found()])[0] == []


def test_the_file_is_the_same_whatever_the_order(tmp_path: Path) -> None:
    """It is committed: what did not change must not show as a change."""
    others = [Reference(id=key, doi=f"10.5555/{key}") for key in "cab"]
    works = [work(id=one.doi, doi=one.doi) for one in others]
    for name, step in (("one", 1), ("two", -1)):
        lock = Lock(tmp_path / name)
        for pair in list(zip(others, works, strict=True))[::step]:
            lock.take(*pair)
        lock.write()
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "the lock file is not JSON"),
        ("[]", "no lock file of this version: its schema is None"),
        ("[" * 100_000, "the lock file is not JSON: nested too deeply"),
        ('{"schema": "lupusrefs.lock/7"}', "no lock file of this version"),
        (
            '{"schema": "lupusrefs.lock/1", "references": {}, "works": {"a": {}}}',
            "the lock file is damaged at `works.a.id`",
        ),
    ],
)
def test_a_file_that_is_no_lock_is_an_error(
    tmp_path: Path, text: str, message: str
) -> None:
    """A damaged lock is told, never taken for an empty one."""
    path = tmp_path / "refs.lock"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Lock.load(path)
    assert str(caught.value).startswith(message)
    assert caught.value.hint


def test_a_doi_without_metadata_can_be_locked(tmp_path: Path) -> None:
    """It is registered, and that is all there is to know: no error for ever."""
    bare = NoMetadata(DOI, "KISTI", "doi.org", PROVENANCE.fetched)
    lock = Lock(tmp_path / "refs.lock")
    lock.take_without_metadata(reference(), bare)
    lock.write()
    lock = Lock.load(lock.path)
    lock.prune(["doe2001"])
    assert lock.outcome(reference()) == bare
    changed = reference("10.5555/other")
    assert lock.outcome(changed) is None
    assert lock.mismatch(changed).rule.id == "lock-differs"
    lock.take(reference(), work())
    lock.take_without_metadata(reference(), bare)
    assert lock.outcome(reference()) == Resolved(work()), "what was said once stays"


def test_a_dismissal_alone_locks_nothing(tmp_path: Path) -> None:
    """Whoever dismisses a finding has not yet locked the reference."""
    lock = Lock(tmp_path / "refs.lock")
    lock.dismiss(found(), "so be it")
    assert lock.outcome(reference()) is None
    assert lock.mismatch(reference()).rule.id == "lock-missing"
