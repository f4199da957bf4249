"""``lupusrefs resolve`` as its users meet it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import yaml

from commands.invoke import Invoke
from lupusrefs.sources import seed_path
from registry.faults import FAULTS
from registry.server import Registry

# Nobody listens on port 1 of this machine: the network is off.
NO_NETWORK = {
    f"LUPUSREFS_{name}_URL": "http://127.0.0.1:1"
    for name in ("CROSSREF", "DATACITE", "DOI", "PUBMED", "PMC", "ARXIV")
}
KNOWN = "10.5555/lupus.2021.101"


def test_the_seeds_offline_as_json(invoke: Invoke) -> None:
    """The contract's keys, statuses and places, from the bundled snapshot."""
    shown = invoke("resolve", str(seed_path()), "--offline", "--format", "json")
    assert shown.code == 0
    report = json.loads(shown.out)
    assert report["schema"] == "lupusrefs.resolve/1"
    assert {one["key"]: one["status"] for one in report["references"]} == {
        "mougiakakos2021": "resolved",
        "mackensen2022": "resolved",
        "humrich2016": "no-identifier",
        "humrich2007": "no-identifier",
        "humrich2015": "resolved",
        "vonspeemayer2015": "resolved",
    }
    mackensen = report["references"][1]
    assert set(mackensen) == {
        "key",
        "doi",
        "status",
        "agency",
        "answered_by",
        "fetched",
        "work",
        "location",
        "error",
    }
    assert mackensen["answered_by"] == "snapshot"
    assert mackensen["fetched"] == "2026-11-22T00:00:00Z"
    assert mackensen["agency"] == "Crossref"
    assert mackensen["work"]["volume"] == "28"
    assert mackensen["location"]["line"] == 29
    assert mackensen["error"] is None
    assert report["summary"]["resolved"] == 4


def test_no_network_is_incomplete_but_shows_what_is_bundled(invoke: Invoke) -> None:
    """The snapshot never counts as a live answer: exit code 4, and the reason."""
    shown = invoke(
        "resolve", str(seed_path()), "--format", "json", environment=NO_NETWORK
    )
    assert shown.code == 4
    report = json.loads(shown.out)
    assert report["references"][0]["answered_by"] == "snapshot"
    assert report["references"][0]["error"]["kind"] == "service-unreachable"
    assert report["references"][0]["error"]["hint"]


def test_identifiers_in_every_spelling(invoke: Invoke, registry: Registry) -> None:
    """A bare DOI, an encoded resolver URL, a PMID: one work, asked once."""
    shown = invoke(
        "resolve",
        KNOWN,
        "https://dx.doi.org/10.5555%2Flupus.2021.101",
        "doi:10.5072/data.4001",
        "PMID:34999901",
        "--format",
        "jsonl",
        environment=registry.environment,
    )
    rows = [json.loads(line) for line in shown.out.splitlines()]
    assert shown.code == 0
    assert [row["doi"] for row in rows] == [
        KNOWN,
        KNOWN,
        "10.5072/data.4001",
        KNOWN,
    ]
    assert [row["agency"] for row in rows] == [
        "Crossref",
        "Crossref",
        "DataCite",
        "Crossref",
    ]
    assert registry.requests("crossref") == 1


def test_a_second_run_asks_nobody(invoke: Invoke, registry: Registry) -> None:
    """And says the same, to the letter."""
    arguments = ("resolve", KNOWN, "10.5555/nobody", "--format", "json")
    first = invoke(*arguments, environment=registry.environment)
    asked = registry.requests()
    second = invoke(*arguments, environment=registry.environment)
    assert second == first
    assert registry.requests() == asked


def test_refresh_asks_again(invoke: Invoke, registry: Registry) -> None:
    """The store is not believed, but written."""
    registry.limiter.enabled = False
    for _ in range(2):
        invoke("resolve", KNOWN, "--refresh", environment=registry.environment)
    assert registry.requests("crossref") == 2


def test_unregistered_and_malformed_are_findings(
    invoke: Invoke, registry: Registry
) -> None:
    """Exit code 1, with the authority, or what is wrong."""
    shown = invoke(
        "resolve",
        "10.5555/nobody",
        "10.5555",
        "--format",
        "json",
        environment=registry.environment,
    )
    assert shown.code == 1
    unregistered, malformed = json.loads(shown.out)["references"]
    assert unregistered["status"] == "not-registered"
    assert unregistered["answered_by"] == "doi.org"
    assert malformed["status"] == "malformed"
    assert malformed["error"]["kind"] == "malformed"


def test_a_finding_wins_over_an_outage(invoke: Invoke) -> None:
    """It stays true however the outage ends."""
    shown = invoke("resolve", "10.5555", KNOWN, environment=NO_NETWORK)
    assert shown.code == 1


def test_the_table_names_what_a_person_needs(
    invoke: Invoke, registry: Registry
) -> None:
    """Key and place, agency, what is registered, and a summary."""
    Path("refs.yaml").write_text(
        f"references:\n- id: mine\n  DOI: {KNOWN}\n- id: nothing\n", encoding="utf-8"
    )
    shown = invoke("resolve", "refs.yaml", environment=registry.environment)
    assert shown.code == 0
    assert "mine" in shown.out
    assert "refs.yaml:2" in shown.out
    assert "Crossref" in shown.out
    assert KNOWN in shown.out
    assert shown.out.rstrip().endswith("2 references: 1 resolved, 1 no identifier")
    assert "\x1b" not in shown.out
    assert shown.err == ""
    assert max(map(len, shown.out.splitlines())) <= 110


def test_nothing_from_a_registry_steers_the_terminal(
    invoke: Invoke, registry: Registry
) -> None:
    """Neither escape sequences nor rich's own markup."""
    Path("refs.json").write_text(
        json.dumps([{"id": "[bold]x\x1b]0;owned\x07", "DOI": KNOWN}]), encoding="utf-8"
    )
    shown = invoke("resolve", "refs.json", environment=registry.environment)
    assert "\x1b" not in shown.out
    assert "\x07" not in shown.out
    assert "[bold]x" in shown.out


def test_csv_and_yaml(invoke: Invoke, registry: Registry) -> None:
    """The same rows for spreadsheets, and the same document as YAML."""
    shown = invoke(
        "resolve", KNOWN, "--format", "csv", environment=registry.environment
    )
    (row,) = csv.DictReader(io.StringIO(shown.out))
    assert (row["doi"], row["status"], row["agency"]) == (KNOWN, "resolved", "Crossref")
    shown = invoke(
        "resolve", KNOWN, "--format", "yaml", environment=registry.environment
    )
    assert yaml.safe_load(shown.out)["references"][0]["doi"] == KNOWN


def test_output_goes_to_a_file(invoke: Invoke, registry: Registry) -> None:
    """And nothing to standard output."""
    shown = invoke(
        "resolve",
        KNOWN,
        "-f",
        "json",
        "-o",
        "report.json",
        environment=registry.environment,
    )
    assert shown.out == ""
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))


def test_standard_input(invoke: Invoke, registry: Registry) -> None:
    """`-` reads a file from the pipe, recognised by its content."""
    shown = invoke(
        "resolve",
        "-",
        "-f",
        "jsonl",
        stdin=json.dumps([{"id": "a", "DOI": KNOWN}]).encode(),
        environment=registry.environment,
    )
    row = json.loads(shown.out)
    assert row["status"] == "resolved"
    assert row["location"] == {"file": "-", "line": 1, "column": 2}


def test_without_arguments_the_bundled_seeds_are_shown(invoke: Invoke) -> None:
    """And that is said."""
    shown = invoke("resolve", "--offline")
    assert shown.code == 0
    assert "bundled seed references" in shown.err
    assert "mougiakakos2021" in shown.out


def test_without_arguments_a_file_here_is_read(invoke: Invoke) -> None:
    """refs.yaml before anything else."""
    Path("refs.yaml").write_text("references:\n- id: own\n", encoding="utf-8")
    shown = invoke("resolve", "--offline")
    assert "own" in shown.out
    assert "reading refs.yaml" in shown.err


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("tabs.yaml", b"references:\n- id: a\n\ttitle: x\n- id: good\n", ":3:1: "),
        ("twice.yaml", b"- id: good\n  title: a\n  title: b\n", ":3:3: "),
        ("type.yaml", b"- id: good\n  title: {a: b}\n", ":2:10: "),
        ("ids.yaml", b"- id: good\n- id: good\n", ":2:7: "),
        ("broken.json", b'[{"id": "good"}, {"id": }]', ":1:25: "),
        ("prose.yaml", b"nothing of the kind\n", ":1:1: "),
    ],
)
def test_a_broken_file_is_told_and_the_others_are_done(
    invoke: Invoke, name: str, content: bytes, told: str
) -> None:
    """File, line, column and a hint; exit code 3; no traceback; nothing else lost."""
    Path(name).write_bytes(content)
    Path("other.yaml").write_text("- id: elsewhere\n", encoding="utf-8")
    shown = invoke("resolve", name, "other.yaml", "--offline", "-f", "json")
    assert shown.code == 3
    assert f"error: {name}{told}" in shown.err
    assert "hint: " in shown.err
    assert "Traceback" not in shown.err
    keys = [one["key"] for one in json.loads(shown.out)["references"]]
    assert keys[-1] == "elsewhere"
    assert ("good" in keys) is (name != "prose.yaml")


def test_a_file_in_an_old_encoding_is_read_with_a_warning(invoke: Invoke) -> None:
    """Nothing is lost: place, byte, what it was taken for."""
    Path("latin1.yaml").write_bytes(b"- id: good\n  title: caf\xe9\n")
    shown = invoke("resolve", "latin1.yaml", "--offline", "-f", "json")
    assert shown.code == 0
    assert "warning: latin1.yaml:2:13: the byte 0xe9 is not UTF-8" in shown.err
    assert "hint: convert the file to UTF-8, with `iconv " in shown.err


def test_a_malformed_doi_is_told_with_its_place(invoke: Invoke) -> None:
    """File, line and column of the DOI itself, what is wrong, and what to do."""
    Path("refs.yaml").write_text(
        "- id: a\n  title: T\n  DOI: 1O.1000/182\n", encoding="utf-8"
    )
    shown = invoke("resolve", "refs.yaml", "--offline")
    assert shown.code == 1
    assert "error: refs.yaml:3:8: '1O.1000/182' is not a DOI" in shown.err
    assert "hint: " in shown.err


def test_warnings_do_not_fail(invoke: Invoke) -> None:
    """An unknown field loses nothing that could be meant."""
    Path("refs.yaml").write_text("- id: a\n  titel: x\n", encoding="utf-8")
    shown = invoke("resolve", "refs.yaml", "--offline")
    assert shown.code == 0
    assert "warning: refs.yaml:2:3: `titel` is not a CSL variable" in shown.err
    assert "did you mean `title`?" in shown.err


def test_what_cannot_be_opened(invoke: Invoke) -> None:
    """A missing file, a folder: one message each, and the rest is done."""
    Path("folder").mkdir()
    shown = invoke("resolve", "missing.yaml", "folder", "10.5555", "-f", "json")
    assert shown.code == 3
    assert "error: missing.yaml: no such file" in shown.err
    assert "error: folder: this is a folder" in shown.err
    assert len(json.loads(shown.out)["references"]) == 1


def test_a_file_beyond_the_bound_is_refused_unread(invoke: Invoke) -> None:
    """200 MB are no reference list."""
    with Path("huge.yaml").open("wb") as file:
        file.truncate(200_000_000)
    shown = invoke("resolve", "huge.yaml", "--offline")
    assert shown.code == 3
    assert "larger than 100 MB" in shown.err


def test_a_bad_setting_is_one_message(invoke: Invoke) -> None:
    """Exit code 3, naming the variable."""
    shown = invoke(
        "resolve", KNOWN, environment={"LUPUSREFS_CROSSREF_URL": "not a url"}
    )
    assert shown.code == 3
    assert shown.err.startswith("error: the setting `endpoints.crossref`")
    assert "LUPUSREFS_CROSSREF_URL" in shown.err
    assert shown.out == ""


def test_usage_errors_have_their_own_code(invoke: Invoke) -> None:
    """Typer's own: 2."""
    assert invoke("resolve", "--format", "xml").code == 2
    assert invoke("resolve", "--nonsense").code == 2
    assert invoke("nonsense").code == 2


def test_quiet_keeps_errors_only(invoke: Invoke) -> None:
    """Notes and warnings go, errors stay."""
    Path("refs.yaml").write_text("- id: a\n  titel: x\n  title: {}\n", encoding="utf-8")
    shown = invoke("resolve", "refs.yaml", "--offline", "--quiet")
    assert "warning" not in shown.err
    assert "error: refs.yaml:3:10" in shown.err


def test_verbose_counts_requests(invoke: Invoke, registry: Registry) -> None:
    """On standard error."""
    shown = invoke("resolve", KNOWN, "-v", environment=registry.environment)
    assert "requests sent: 1, crossref 1" in shown.err


def test_an_outage_is_told_in_the_table(invoke: Invoke, registry: Registry) -> None:
    """What happened and what to do, in place of the work."""
    registry.set_fault(None, FAULTS["bot-page-html"])
    shown = invoke("resolve", KNOWN, environment=registry.environment)
    assert shown.code == 4
    assert "not asked" in shown.out
    assert "HTML page" in shown.out
