"""Severities and ignores."""

from __future__ import annotations

from datetime import date

import pytest

from findings_made import found
from lupusrefs.findings import RULES, Severity
from lupusrefs.policy import (
    NAMED_ONLY,
    PROFILES,
    FailOn,
    Ignore,
    Level,
    Policy,
    Profile,
)

DAY = date(2026, 11, 25)


def test_a_finding_counts_as_it_is_without_a_policy() -> None:
    """The default policy changes nothing."""
    counting, ignored = Policy(today=DAY).apply([found()])
    assert counting == [found()]
    assert ignored == []


def test_a_rule_can_be_set_to_another_severity_or_off() -> None:
    """The setting of a rule goes above all else."""
    policy = Policy(
        severities={"year-mismatch": Level.ERROR, "volume-mismatch": Level.OFF},
        today=DAY,
    )
    counting, ignored = policy.apply([found(), found("volume-mismatch")])
    assert [one.severity for one in counting] == [Severity.ERROR]
    assert ignored == []


def test_profiles_move_the_usual_case_only() -> None:
    """A finding that says itself how bad it is keeps that in every profile."""
    policy = Policy(Profile.STRICT, today=DAY)
    usual, weak = (
        found("issue-mismatch"),
        found("year-mismatch", severity=Severity.INFO),
    )
    counting, _ = policy.apply([usual, weak])
    assert [one.severity for one in counting] == [Severity.WARNING, Severity.INFO]
    lenient, _ = Policy(Profile.LENIENT, today=DAY).apply([found("volume-mismatch")])
    assert [one.severity for one in lenient] == [Severity.INFO]


def test_profiles_name_rules_that_there_are() -> None:
    """No profile sets a rule that does not exist, or one to what it is anyway."""
    for severities in PROFILES.values():
        for rule, level in severities.items():
            assert RULES[rule].severity != level.value
    assert set(RULES) >= NAMED_ONLY


def test_an_ignore_needs_key_and_rule_to_fit() -> None:
    """What is ignored is given back with the reason, and nothing else is."""
    ignore = Ignore("year-mismatch", "the reprint is meant", "doe*")
    policy = Policy(ignores=(ignore,), today=DAY)
    counting, ignored = policy.apply(
        [found(), found(key="roe2001"), found("volume-mismatch")]
    )
    assert [(one.key, one.rule.id) for one in counting] == [
        ("roe2001", "year-mismatch"),
        ("doe2001", "volume-mismatch"),
    ]
    assert [(one.finding.key, one.reason, one.source) for one in ignored] == [
        ("doe2001", "the reprint is meant", "config")
    ]


def test_a_wildcard_never_hides_a_retraction() -> None:
    """A retracted work that is cited knowingly is acknowledged by name."""
    any_rule = Policy(ignores=(Ignore("*", "old list"),), today=DAY)
    counting, ignored = any_rule.apply([found("retracted"), found()])
    assert [one.rule.id for one in counting] == ["retracted"]
    assert [one.finding.rule.id for one in ignored] == ["year-mismatch"]
    named = Policy(ignores=(Ignore("retracted", "cited as an example"),), today=DAY)
    assert named.apply([found("retracted")])[0] == []


def test_an_expired_ignore_ignores_nothing() -> None:
    """The last day counts, the day after does not."""
    ignore = Ignore("year-mismatch", "until proofs", until=DAY)
    assert Policy(ignores=(ignore,), today=DAY).apply([found()])[0] == []
    after = Policy(ignores=(ignore,), today=date(2026, 11, 26))
    assert after.apply([found()])[0] == [found()]
    assert list(after.stale()) == [(ignore, True)]


def test_an_ignore_that_was_of_no_use_is_told() -> None:
    """Of use is one that has ignored something; those of entries are asked for."""
    used, idle = Ignore("year-mismatch", "a"), Ignore("volume-mismatch", "b")
    beside = Ignore("page-mismatch", "c", "doe2001", source="entry")
    policy = Policy(ignores=(used, idle), today=DAY)
    policy.apply([found()], [beside])
    assert list(policy.stale([beside])) == [(idle, False), (beside, False)]


@pytest.mark.parametrize(
    ("fail_on", "fails"),
    [
        (FailOn.ERROR, [True, False, False]),
        (FailOn.WARNING, [True, True, False]),
        (FailOn.INFO, [True, True, True]),
        (FailOn.NEVER, [False, False, False]),
    ],
)
def test_fail_on_counts_from_a_severity_upwards(
    fail_on: FailOn, fails: list[bool]
) -> None:
    """``never`` is for those who read the report."""
    assert [fail_on.fails(severity) for severity in Severity] == fails


def test_an_outage_makes_no_ignore_superfluous() -> None:
    """Ignorance is never a verdict: what could not be looked at spares its ignores."""
    fitting, other = Ignore("retracted", "a", "doe*"), Ignore("retracted", "b", "roe")
    beside = Ignore("page-mismatch", "c", "doe2001", source="entry")
    policy = Policy(ignores=(fitting, other), today=DAY)
    policy.spare("doe2001", [beside])
    assert list(policy.stale([beside])) == [(other, False)]


def test_a_rule_that_was_not_asked_about_makes_no_ignore_superfluous() -> None:
    """Unless it has expired: that is so whatever was asked."""
    idle = Ignore("landing-page-gone", "a")
    old = Ignore("landing-page-gone", "b", until=date(2020, 1, 1))
    policy = Policy(ignores=(idle, old), today=DAY)
    assert list(policy.stale(unasked={"landing-page-gone"})) == [(old, True)]
