"""``lupusrefs export`` and ``add``: a writer's commands."""

from __future__ import annotations

import json
from pathlib import Path

from commands.invoke import Invoke
from lupusrefs import load
from lupusrefs.sources import seed_path
from registry.server import Registry

KNOWN = "10.5555/lupus.2021.101"


def test_the_seeds_as_bibtex(invoke: Invoke) -> None:
    """As they were cited, errors included; keys kept."""
    shown = invoke("export", str(seed_path()), "--to", "bibtex")
    assert shown.code == 0
    assert shown.err == ""
    assert shown.out.count("\n@") == 5
    assert "@article{mackensen2022,\n  author = {Mackensen, D and others}," in shown.out
    assert "pages = {204--209}" in shown.out
    assert "von Spee-Mayer, C and others" in shown.out


def test_a_doi_becomes_an_entry(invoke: Invoke, registry: Registry) -> None:
    """BibTeX without asking for it, under a key of author, year and title."""
    shown = invoke("export", KNOWN, environment=registry.environment)
    assert shown.code == 0
    assert shown.out.startswith("@article{")
    assert f"doi = {{{KNOWN}}}" in shown.out


def test_formats_follow_the_name_of_the_output(invoke: Invoke) -> None:
    """And all of them read back as the same references."""
    for name in ("out.json", "out.yaml"):
        assert invoke("export", str(seed_path()), "-o", name).code == 0
    from_json, from_yaml = load("out.json"), load("out.yaml")
    assert [one.to_csl() for one in from_json.values()] == [
        one.to_csl() for one in from_yaml.values()
    ]
    assert len(from_json) == 6


def test_what_is_not_registered_is_told_and_the_rest_exported(
    invoke: Invoke, registry: Registry
) -> None:
    """On standard error, with the code of a finding."""
    shown = invoke(
        "export",
        "10.5555/nobody",
        KNOWN,
        "--to",
        "csl-json",
        environment=registry.environment,
    )
    assert shown.code == 1
    assert "error: 10.5555/nobody: it is not-registered" in shown.err
    assert [item["DOI"] for item in json.loads(shown.out)] == [KNOWN]


def test_ids_of_files_are_kept(invoke: Invoke) -> None:
    """Even where BibTeX could not have them: CSL can."""
    Path("zotero.json").write_text(
        '[{"id": "http://zotero.org/1", "title": "T"}]', encoding="utf-8"
    )
    shown = invoke("export", "zotero.json", "--to", "csl-json")
    assert json.loads(shown.out)[0]["id"] == "http://zotero.org/1"


def test_add_appends_and_touches_nothing_else(
    invoke: Invoke, registry: Registry
) -> None:
    """Comments, order and quoting of the old entries stay."""
    before = (
        "# my library\nreferences:\n\n"
        "- id: meyer2001\n  author: [{family: Meyer}]\n  issued: '2001'  # really\n\n"
        "- id: kurz1999\n  author: [{family: Kurz}]\n  issued: 1999\n"
    )
    Path("refs.yaml").write_text(before, encoding="utf-8")
    shown = invoke("add", KNOWN, "--to", "refs.yaml", environment=registry.environment)
    assert shown.code == 0
    after = Path("refs.yaml").read_text(encoding="utf-8")
    assert after.startswith(before + "\n- id: ")
    added = list(load("refs.yaml").values())[-1]
    assert added.doi == KNOWN
    # Family name and year, as the keys there; Müller-Krönke in ASCII.
    assert added.id == "mullerkronke2021"


def test_add_leaves_out_what_is_there(invoke: Invoke, registry: Registry) -> None:
    """In whatever spelling the DOI stands in the file."""
    text = f"- id: a\n  DOI: https://doi.org/{KNOWN.upper()}\n"
    Path("refs.yaml").write_text(text, encoding="utf-8")
    shown = invoke(
        "add", f"doi:{KNOWN}", "--to", "refs.yaml", environment=registry.environment
    )
    assert shown.code == 0
    assert "is already in refs.yaml" in shown.err
    assert Path("refs.yaml").read_text(encoding="utf-8") == text


def test_add_refuses_a_file_it_does_not_understand(
    invoke: Invoke, registry: Registry
) -> None:
    """What cannot be read must not be written to."""
    text = "- id: a\n  title: x: y\n"
    Path("refs.yaml").write_text(text, encoding="utf-8")
    shown = invoke("add", KNOWN, "--to", "refs.yaml", environment=registry.environment)
    assert shown.code == 3
    assert "nothing was added" in shown.err
    assert Path("refs.yaml").read_text(encoding="utf-8") == text


def test_add_begins_a_new_library(invoke: Invoke, registry: Registry) -> None:
    """In the format that its name says."""
    invoke("add", KNOWN, "--to", "new.json", environment=registry.environment)
    invoke("add", KNOWN, "--to", "new.yaml", environment=registry.environment)
    assert [one.doi for one in load("new.json").values()] == [KNOWN]
    assert [one.doi for one in load("new.yaml").values()] == [KNOWN]
