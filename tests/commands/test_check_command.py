"""``lupusrefs check`` as its users meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands.invoke import Invoke, Shown
from lupusrefs.sources import seed_path
from registry.server import Registry

# Nobody listens on port 1 of this machine: the network is off.
NO_NETWORK = {
    f"LUPUSREFS_{name}_URL": "http://127.0.0.1:1"
    for name in ("CROSSREF", "DATACITE", "DOI", "PUBMED", "PMC", "ARXIV")
}
RIGHT = """\
@article{right,
  author = {N{\\'i} Bhriain, A.},
  title = {A work whose DOI contains a comma},
  journal = {Invented J. Lupus Res.},
  year = 2016,
  volume = 6,
  pages = {7--9},
  doi = {10.5555/lupus.2016.a,b.7},
}
"""
# Retracted by 10.5555/lupus.2020.302.
RETRACTED = """\
@article{cure,
  author = {Schwindel, O.},
  title = {A cure that was never there},
  journal = {Invented Journal of Lupus Research},
  year = 2019,
  volume = 9,
  number = 2,
  pages = {A33},
  doi = {10.5555/lupus.2019.301},
}
"""
MISSPELT = """\
@article{misspelt,
  title = {A work that nobody has registered},
  doi = {10.5555/none},
}
"""


def rules_of(shown: Shown) -> list[tuple[str, str, str]]:
    """Key, rule and severity of every finding of a JSON report."""
    return [
        (one["key"], found["rule"], found["severity"])
        for one in json.loads(shown.out)["references"]
        for found in one["findings"]
    ]


def test_the_seeds_have_these_defects_and_no_others(invoke: Invoke) -> None:
    """What the documents of the seeds get wrong, from the bundled snapshot alone."""
    shown = invoke("check", str(seed_path()), "--offline", "--format", "json")
    assert shown.code == 0
    assert rules_of(shown) == [
        ("mackensen2022", "ahead-of-print-now-in-issue", "warning"),
        ("mackensen2022", "author-given-mismatch", "warning"),
        ("mackensen2022", "corrected", "info"),
        ("humrich2016", "field-missing", "info"),
        ("humrich2016", "doi-missing", "info"),
        ("humrich2007", "year-mismatch", "warning"),
        ("humrich2007", "doi-missing", "info"),
        ("humrich2015", "field-missing", "info"),
        ("vonspeemayer2015", "ahead-of-print-now-in-issue", "warning"),
    ]
    found = {
        (one["key"], two["rule"]): two
        for one in json.loads(shown.out)["references"]
        for two in one["findings"]
    }
    year = found["humrich2007", "year-mismatch"]
    assert (year["cited"], year["registered"]) == ("2007", "2010-01")
    missing = found["humrich2015", "field-missing"]
    assert missing["message"] == (
        "not cited: volume, issue, page; registered: volume 74; issue 4; page 791"
    )
    notice = found["mackensen2022", "corrected"]
    assert notice["registered"] == "10.1038/s41591-022-02091-9"


def test_a_clean_list_says_so_in_one_line(invoke: Invoke, registry: Registry) -> None:
    """Silence is not agreement: the line says what was compared."""
    Path("refs.bib").write_text(RIGHT, encoding="utf-8")
    shown = invoke("check", "refs.bib", environment=registry.environment)
    assert shown.code == 0
    assert shown.out.startswith("1 reference, compared; nothing found")
    assert shown.out.count("\n") == 1


def test_a_retracted_work_is_an_error(invoke: Invoke, registry: Registry) -> None:
    """The exit code of CI, and the notice in the report."""
    Path("refs.bib").write_text(RETRACTED, encoding="utf-8")
    shown = invoke("check", "refs.bib", environment=registry.environment)
    assert shown.code == 1
    assert "refs.bib:9:9: error: retracted" in shown.out
    assert "10.5555/lupus.2020.302" in shown.out


def test_fail_on_decides_about_the_exit_code(invoke: Invoke) -> None:
    """By default errors fail, and the seeds have none."""
    for fail_on, code in [("error", 0), ("warning", 1), ("info", 1), ("never", 0)]:
        shown = invoke("check", str(seed_path()), "--offline", "--fail-on", fail_on)
        assert shown.code == code, fail_on


def test_an_outage_is_no_finding_against_a_reference(invoke: Invoke) -> None:
    """Ignorance is never a verdict, and has an exit code of its own."""
    Path("refs.bib").write_text(MISSPELT, encoding="utf-8")
    shown = invoke("check", "refs.bib", "-f", "json", environment=NO_NETWORK)
    assert shown.code == 4
    assert rules_of(shown) == [("misspelt", "doi-unverifiable", "info")]


def test_a_finding_wins_over_an_outage(invoke: Invoke) -> None:
    """What is wrong stays true however the outage ends."""
    bad = "@article{bad,\n  doi = {none at all}\n}\n"
    Path("refs.bib").write_text(MISSPELT + bad, encoding="utf-8")
    shown = invoke("check", "refs.bib", environment=NO_NETWORK)
    assert shown.code == 1
    assert "refs.bib:6:9: error: doi-malformed" in shown.out


def test_a_doi_that_nobody_registered(invoke: Invoke, registry: Registry) -> None:
    """Under a known prefix it is the DOI, under an unknown one the prefix."""
    other = MISSPELT.replace("10.5555", "10.99999").replace("{misspelt", "{prefix")
    Path("refs.bib").write_text(MISSPELT + other, encoding="utf-8")
    shown = invoke("check", "-f", "json", environment=registry.environment)
    assert shown.code == 1
    assert rules_of(shown) == [
        ("misspelt", "doi-not-found", "error"),
        ("prefix", "doi-prefix-unknown", "error"),
    ]


def test_a_broken_file_does_not_cost_the_others(
    invoke: Invoke, registry: Registry
) -> None:
    """What can be read is checked; the exit code says that not all could be."""
    Path("broken.bib").write_text("@article{a, title = {never closed", "utf-8")
    Path("good.bib").write_text(RETRACTED, encoding="utf-8")
    shown = invoke(
        "check", "broken.bib", "good.bib", "none.bib", environment=registry.environment
    )
    assert shown.code == 3
    assert "good.bib:9:9: error: retracted" in shown.out
    assert "error: broken.bib:1:" in shown.err
    assert "error: none.bib: no such file" in shown.err


def test_only_what_is_new_counts_beside_a_baseline(
    invoke: Invoke, registry: Registry
) -> None:
    """Written once with exit code 0; then known findings pass and new ones fail."""
    online = registry.environment
    Path("refs.bib").write_text(RETRACTED, encoding="utf-8")
    written = invoke("check", "--write-baseline", "b.json", environment=online)
    assert written.code == 0
    assert "1 finding is known from now on: b.json" in written.err
    known = invoke("check", "--baseline", "b.json", environment=online)
    assert known.code == 0
    assert "ignored: 1 by the baseline" in known.out
    # Lines may move, for a finding is known by what it says.
    Path("refs.bib").write_text("\n\n" + MISSPELT + RETRACTED, encoding="utf-8")
    new = invoke("check", "--baseline", "b.json", "-f", "json", environment=online)
    assert new.code == 1
    assert rules_of(new) == [("misspelt", "doi-not-found", "error")]
    Path("refs.bib").write_text(RIGHT, encoding="utf-8")
    gone = invoke("check", "--baseline", "b.json", environment=online)
    assert gone.code == 0
    assert "1 finding of b.json did not come again" in gone.err


def test_a_baseline_that_does_not_fit_is_a_message(invoke: Invoke) -> None:
    """Never a silent pass."""
    Path("b.json").write_text("{}", encoding="utf-8")
    shown = invoke("check", str(seed_path()), "--offline", "--baseline", "b.json")
    assert shown.code == 3
    assert "error: b.json: no baseline of this version" in shown.err
    assert "Traceback" not in shown.err


def test_ignores_of_the_configuration_and_beside_the_entry(
    invoke: Invoke, registry: Registry
) -> None:
    """Each with its reason in the report; what ignores nothing is told."""
    Path("refs.bib").write_text(
        "% lupusrefs-ignore: retracted: cited as an example\n" + RETRACTED + MISSPELT,
        encoding="utf-8",
    )
    Path("lupusrefs.toml").write_text(
        '[[ignore]]\nkey = "mis*"\nrule = "doi-not-found"\nreason = "in proof"\n'
        '[[ignore]]\nrule = "volume-mismatch"\nreason = "old"\nuntil = 2020-01-01\n'
        '[[ignore]]\nkey = "gone"\nrule = "page-mismatch"\nreason = "removed"\n',
        encoding="utf-8",
    )
    shown = invoke("check", "-f", "json", environment=registry.environment)
    report = json.loads(shown.out)
    assert rules_of(shown) == []
    ignored = [
        (one["key"], two["finding"]["rule"], two["reason"], two["source"])
        for one in report["references"]
        for two in one["ignored"]
    ]
    assert ignored == [
        ("cure", "retracted", "cited as an example", "entry"),
        ("misspelt", "doi-not-found", "in proof", "config"),
    ]
    assert [one["rule"] for one in report["general"]] == [
        "ignore-expired",
        "ignore-unused",
    ]
    assert shown.code == 0


def test_an_ignore_without_a_reason_ignores_nothing(
    invoke: Invoke, registry: Registry
) -> None:
    """The entry is reported, and the ignore is an error with its place."""
    Path("refs.bib").write_text("% lupusrefs-ignore: retracted\n" + RETRACTED, "utf-8")
    shown = invoke("check", environment=registry.environment)
    assert shown.code == 3
    assert "error: refs.bib:1:1: the ignore of `retracted` has no reason" in shown.err
    assert "error: retracted" in shown.out


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('[[ignore]]\nrule = "year-mismach"\nreason = "x"\n', "did you mean"),
        ('[[ignore]]\nrule = "year-mismatch"\nreason = ""\n', "must say why"),
        ('[severity]\nno-such-rule = "off"\n', "there is no rule `no-such-rule`"),
        ('[severity]\nretracted = "loud"\n', "`severity.retracted`"),
        ('[severity]\n"*" = "off"\n', "there is no rule `*`"),
        ('profile = "harsh"\n', "`profile`"),
    ],
)
def test_a_policy_that_cannot_be_is_a_message(
    invoke: Invoke, toml: str, message: str
) -> None:
    """A slip in the configuration must not switch a rule off, or on."""
    Path("lupusrefs.toml").write_text(toml, encoding="utf-8")
    shown = invoke("check", str(seed_path()), "--offline")
    assert shown.code == 3
    assert message in shown.err


def test_severities_and_profiles(invoke: Invoke) -> None:
    """A rule that is off is not there; strict makes warnings of what is incomplete."""
    Path("lupusrefs.toml").write_text(
        '[severity]\ndoi-missing = "off"\nyear-mismatch = "error"\n', encoding="utf-8"
    )
    seeds = str(seed_path())
    shown = invoke("check", seeds, "--offline", "-f", "json", "--profile", "strict")
    found = {(key, rule): severity for key, rule, severity in rules_of(shown)}
    assert ("humrich2007", "doi-missing") not in found
    assert found["humrich2007", "year-mismatch"] == "error"
    assert found["humrich2015", "field-missing"] == "warning"
    assert shown.code == 1


def test_the_lock_file_stands_in_for_the_registries(
    invoke: Invoke, registry: Registry
) -> None:
    """After one look, a check needs no network; what is not locked is an error."""
    Path("refs.bib").write_text(RETRACTED + RIGHT, encoding="utf-8")
    written = invoke("resolve", "--write-lock", environment=registry.environment)
    assert written.code == 0
    assert "2 references locked in refs.lock" in written.err
    locked = invoke("check", "--locked", "-f", "json", environment=NO_NETWORK)
    assert rules_of(locked) == [("cure", "retracted", "error")]
    assert locked.code == 1
    changed = RIGHT.replace("a,b.7", "other")
    Path("refs.bib").write_text(changed + MISSPELT, encoding="utf-8")
    shown = invoke("check", "--locked", "-f", "json", environment=NO_NETWORK)
    assert rules_of(shown) == [
        ("right", "lock-differs", "error"),
        ("misspelt", "lock-missing", "error"),
    ]


def test_a_lock_file_that_is_missing_or_damaged(invoke: Invoke) -> None:
    """``--locked`` without a lock never passes."""
    missing = invoke("check", str(seed_path()), "--locked")
    assert missing.code == 3
    assert "error: refs.lock: the lock file cannot be read" in missing.err
    Path("refs.lock").write_text("{}", encoding="utf-8")
    damaged = invoke("check", str(seed_path()), "--offline")
    assert damaged.code == 3
    assert "error: refs.lock: no lock file of this version" in damaged.err


def test_a_dismissed_conflict_stays_dismissed(
    invoke: Invoke, registry: Registry
) -> None:
    """It is kept in the lock file, with the reason, until either side changes."""
    online = registry.environment
    Path("refs.bib").write_text(RETRACTED + MISSPELT, encoding="utf-8")
    dismissed = invoke(
        *("check", "--dismiss", "cure:retracted", "--reason", "an example"),
        environment=online,
    )
    assert dismissed.code == 1, "the other finding still counts"
    again = invoke("check", "-f", "json", environment=online)
    assert rules_of(again) == [("misspelt", "doi-not-found", "error")]
    (ignored,) = json.loads(again.out)["references"][0]["ignored"]
    assert (ignored["reason"], ignored["source"]) == ("an example", "lock")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--dismiss", "cure:retracted"),
        ("--dismiss", "cure:no-rule", "--reason", "x"),
        ("--dismiss", "retracted", "--reason", "x"),
        ("--reason", "x"),
        ("--fail-on", "loud"),
        ("--format", "pdf"),
    ],
)
def test_a_wrong_command_line_is_a_usage_error(
    invoke: Invoke, arguments: tuple[str, ...]
) -> None:
    """Before anything is asked or written."""
    assert invoke("check", str(seed_path()), "--offline", *arguments).code == 2
    assert not Path("refs.lock").exists()


def test_what_cannot_be_dismissed_is_told(invoke: Invoke) -> None:
    """A slip in the key must not look like a success."""
    shown = invoke(
        *("check", str(seed_path()), "--offline"),
        *("--dismiss", "humrich2007:retracted", "--reason", "x"),
    )
    assert shown.code == 3
    assert "`humrich2007` has no finding `retracted` to dismiss" in shown.err
    assert "wrote" not in shown.err
    assert not Path("refs.lock").exists()


def test_update_lock_tells_what_has_changed(invoke: Invoke, registry: Registry) -> None:
    """Field by field, what was registered and what is now; then it is locked."""
    online = registry.environment
    Path("refs.bib").write_text(RETRACTED, encoding="utf-8")
    invoke("resolve", "--write-lock", environment=online)
    lock = json.loads(Path("refs.lock").read_text(encoding="utf-8"))
    work = lock["works"]["10.5555/lupus.2019.301"]
    work["title"] = "A cure that was there"
    work["updated-by"] = []
    Path("refs.lock").write_text(json.dumps(lock), encoding="utf-8")
    shown = invoke("check", "--update-lock", "-f", "json", environment=online)
    changes = [
        (found["field"], found["cited"])
        for found in json.loads(shown.out)["references"][0]["findings"]
        if found["rule"] == "registry-changed"
    ]
    assert changes == [("title", "A cure that was there"), ("updated-by", None)]
    after = invoke("check", "--update-lock", "-f", "json", environment=online)
    assert [rule for _, rule, _ in rules_of(after)] == ["retracted"]


def test_handles_and_landing_pages_are_asked_about(
    invoke: Invoke, registry: Registry
) -> None:
    """Both only when they are wanted, and a page that is there is no finding."""
    Path("refs.bib").write_text(RIGHT, encoding="utf-8")
    shown = invoke(
        *("check", "--handles", "--landing", "-v"), environment=registry.environment
    )
    assert shown.code == 0
    asked = [one.path_and_query for one in registry.log]
    assert any("/api/handles/" in path for path in asked)
    assert any("/landing/" in path for path in asked)


def test_sarif_does_not_fail_by_findings_unless_asked(
    invoke: Invoke, registry: Registry
) -> None:
    """What reads SARIF takes a failure for a crash of the tool."""
    Path("refs.bib").write_text(RETRACTED, encoding="utf-8")
    online = registry.environment
    assert invoke("check", "-f", "sarif", environment=online).code == 0
    asked = invoke("check", "-f", "sarif", "--fail-on", "error", environment=online)
    assert asked.code == 1


@pytest.mark.parametrize(
    "report",
    ["console", "json", "jsonl", "csv", "sarif", "junit", "github", "markdown", "html"],
)
def test_every_report_is_the_same_from_run_to_run(invoke: Invoke, report: str) -> None:
    """Byte by byte, on standard output and in a file."""
    arguments = ("check", str(seed_path()), "--offline", "-f", report)
    first = invoke(*arguments)
    assert first.out
    assert invoke(*arguments).out == first.out
    invoke(*arguments, "-o", "report")
    assert Path("report").read_text(encoding="utf-8") == first.out


def test_an_outage_fails_nothing_however_bad_it_is_set(invoke: Invoke) -> None:
    """And no ignore is called unused, for nobody has looked."""
    Path("refs.bib").write_text(MISSPELT, encoding="utf-8")
    Path("lupusrefs.toml").write_text(
        'fail_on = "info"\nprofile = "strict"\n'
        '[severity]\ndoi-unverifiable = "error"\n'
        '[[ignore]]\nkey = "mis*"\nrule = "retracted"\nreason = "an example"\n',
        encoding="utf-8",
    )
    shown = invoke("check", "-f", "json", environment=NO_NETWORK)
    assert shown.code == 4
    assert json.loads(shown.out)["general"] == []


def test_an_unused_ignore_obeys_severities_and_baseline(
    invoke: Invoke, registry: Registry
) -> None:
    """It is a finding as others are, at the file that it is written in."""
    online = registry.environment
    Path("refs.bib").write_text(RIGHT, encoding="utf-8")
    ignores = (
        '[[ignore]]\nkey = "gone"\nrule = "page-mismatch"\nreason = "removed"\n'
        '[[ignore]]\nkey = "right"\nrule = "landing-page-gone"\nreason = "moved"\n'
    )
    Path("lupusrefs.toml").write_text(ignores, encoding="utf-8")
    failing = ("check", "--fail-on", "warning")
    shown = invoke(*failing, environment=online)
    assert shown.code == 1
    assert "lupusrefs.toml: warning: ignore-unused" in shown.out
    assert "landing-page-gone" not in shown.out, "nobody has asked"
    assert invoke(*failing, "--write-baseline", "b.json", environment=online).code == 0
    known = invoke(*failing, "--baseline", "b.json", environment=online)
    assert known.code == 0
    assert "did not come again" not in known.err
    off = '[severity]\nignore-unused = "off"\n' + ignores
    Path("lupusrefs.toml").write_text(off, encoding="utf-8")
    assert invoke(*failing, environment=online).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--locked", "--landing"),
        ("--locked", "--handles"),
        ("--locked", "--update-lock"),
    ],
)
def test_what_is_asked_for_is_not_left_out_without_a_word(
    invoke: Invoke, arguments: tuple[str, ...]
) -> None:
    """A clean report must not rest on a question that was never asked."""
    shown = invoke("check", str(seed_path()), *arguments)
    assert shown.code == 2
    assert "asks the registries" in shown.err


def test_offline_says_what_it_leaves_out(invoke: Invoke) -> None:
    """Whoever always looks at the pages may still look at the rest without network."""
    shown = invoke("check", str(seed_path()), "--offline", "--landing")
    assert shown.code == 0
    assert "warning: --landing asks nobody with --offline" in shown.err


def test_a_broken_file_does_not_cost_its_part_of_the_lock(
    invoke: Invoke, registry: Registry
) -> None:
    """Nobody knows which of its references are still there."""
    online = registry.environment
    Path("a.bib").write_text(RETRACTED, encoding="utf-8")
    Path("b.bib").write_text(RIGHT, encoding="utf-8")
    invoke("resolve", "a.bib", "b.bib", "--write-lock", environment=online)
    before = Path("refs.lock").read_text(encoding="utf-8")
    Path("b.bib").unlink()
    for command in (("check", "--update-lock"), ("resolve", "--write-lock")):
        shown = invoke(*command, "a.bib", "b.bib", environment=online)
        assert shown.code == 3
        after = json.loads(Path("refs.lock").read_text(encoding="utf-8"))
        assert after["references"] == json.loads(before)["references"]


def test_explain_of_a_file_that_cannot_be_read(invoke: Invoke) -> None:
    """The key may be in there: that is not a wrong command line."""
    assert invoke("explain", "cure", "--in", "nowhere.bib").code == 3
    assert invoke("explain", "no-such-key-or-rule").code == 2


def test_explain_knows_what_was_dismissed(invoke: Invoke, registry: Registry) -> None:
    """It gives the verdict that `check` gives, and why."""
    online = registry.environment
    Path("refs.bib").write_text(RETRACTED, encoding="utf-8")
    invoke(
        *("check", "--dismiss", "cure:retracted", "--reason", "an example"),
        environment=online,
    )
    assert "an example" in invoke("explain", "cure", environment=online).out
