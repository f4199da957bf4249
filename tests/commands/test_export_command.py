"""``lupusrefs export`` and ``add``: a writer's commands."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from commands.invoke import Invoke
from lupusrefs import load
from lupusrefs.commands.export import Target
from lupusrefs.formats import csl_json
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.sources import seed_path
from registry.server import Registry

KNOWN = "10.5555/lupus.2021.101"
THREE = """references:
- id: ng2020
  author: [{family: Ng}]
  issued: 2020
  title: On things
  medium: Print
- id: oh2021
  author: [{family: Oh}]
  issued: 2021
  title: Of things
  custom: {read: "yes", page: 3}
- id: http://example.org/3
  author: [{family: Ng}]
  issued: 2020-05
  title: For things
"""


def test_the_seeds_as_bibtex(invoke: Invoke) -> None:
    """As they were cited, errors included; keys kept."""
    shown = invoke("export", str(seed_path()), "--to", "bibtex", "--quiet")
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


# --- what is exported -----------------------------------------------------------------


@pytest.fixture
def three(invoke: Invoke) -> str:  # it stands in the folder that invoke makes
    """A file of three references."""
    Path("three.yaml").write_text(THREE, encoding="utf-8")
    return "three.yaml"


def written(text: str) -> list[str]:
    """The ids of a CSL-JSON text."""
    return [item["id"] for item in json.loads(text)]


def test_only_sort_fields_and_keys(invoke: Invoke, three: str) -> None:
    """Keys are those of the whole file; ``--only`` means the ones it has."""
    shown = invoke(
        *("export", three, "--to", "csl-json", "--keys", "{family:capital}{year2}"),
        *("--only", "ng2020", "--only", "http://example.org/3,oh2021"),
        *("--sort", "-year,title", "--fields", "title"),
    )
    assert shown.code == 0
    assert shown.err == ""
    assert json.loads(shown.out) == [
        {"id": "Oh21", "type": "document", "title": "Of things"},
        {"id": "Ng20a", "type": "document", "title": "For things"},
        {"id": "Ng20", "type": "document", "title": "On things"},
    ]


def test_a_sort_may_begin_with_a_minus(invoke: Invoke, three: str) -> None:
    """It is no option of its own; neither are fields to leave out."""
    for arguments in (
        ("--sort", "-issued", "--fields", "-medium,-custom"),
        ("--sort=-issued", "--fields=-medium,-custom"),
    ):
        shown = invoke("export", three, "--to", "csl-json", *arguments)
        assert written(shown.out) == ["oh2021", "http://example.org/3", "ng2020"]
        assert "medium" not in shown.out


def test_an_unknown_key_is_told_and_the_others_exported(
    invoke: Invoke, three: str
) -> None:
    """As a file that is not there: code 3, with the keys that are like it."""
    shown = invoke("export", three, "--to", "csl-json", "--only", "ng2021,oh2021")
    assert shown.code == 3
    assert written(shown.out) == ["oh2021"]
    error, hint = shown.err.splitlines()
    assert error == "error: no reference has the key `ng2021`"
    assert hint.startswith("  hint: did you mean `ng2020`")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--keys", "{auth}{year}", "`auth` is not a field; did you mean `family`?"),
        ("--keys", "{family", "character 1: this `{` has no `}`"),
        ("--sort", "titel", "`titel` is not a CSL variable; did you mean `title`?"),
        ("--fields", "titel", "`titel` is not a CSL variable; did you mean `title`?"),
        ("--only", "", "there is no key in it"),
        ("--to", "isi", "is not one of 'bibtex', 'biblatex', 'csl-json', 'csl-yaml'"),
        ("--output", "x.ciw", "isi is only read, not written"),
    ],
)
def test_a_wrong_option_is_told_with_the_usage(
    invoke: Invoke, option: str, value: str, said: str
) -> None:
    """Code 2, before any file is read."""
    shown = invoke("export", "no-such-file.yaml", option, value)
    assert shown.code == 2
    assert shown.out == ""
    assert "lupusrefs export [OPTIONS]" in shown.err
    assert said in " ".join(shown.err.split())
    assert option in shown.err


def test_what_can_be_written_can_be_named() -> None:
    """``--to`` has every format with a writer, and no other."""
    assert {str(name) for name in Target} == {
        str(name) for name, known in FORMATS.items() if known.dump
    }


def test_a_name_that_two_formats_have_means_the_one_that_is_written(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PubMed's XML is only read."""
    named = {name: known for name, known in FORMATS.items() if ".xml" in known.suffixes}
    assert len(named) == 2
    Path("none.yaml").write_text("references: []\n", encoding="utf-8")
    for name, known in named.items():
        if known.dump:
            fake = replace(known, dump=lambda _: "written\n", load=csl_json.load)
            monkeypatch.setitem(FORMATS, name, fake)
    assert invoke("export", "none.yaml", "-o", "x.xml").code == 0
    assert Path("x.xml").read_text(encoding="utf-8") == "written\n"


# --- what a format cannot hold --------------------------------------------------------


def test_what_bibtex_cannot_hold_is_told(invoke: Invoke, three: str) -> None:
    """In a line, on standard error; the code stays 0."""
    arguments = ("export", three, "--to", "bibtex", "--fields", "title,custom")
    shown = invoke(*arguments)
    assert shown.code == 0
    assert shown.err == (
        "note: bibtex cannot hold 1 field of 1 reference: custom (oh2021)\n"
        "hint: --verbose shows each value\n"
    )
    assert invoke(*arguments, "--quiet").err == ""


def test_each_value_is_shown_if_asked_for(invoke: Invoke, three: str) -> None:
    """With its reference."""
    shown = invoke(
        *("export", three, "--to", "bibtex", "--fields", "custom", "--verbose")
    )
    assert 'note: oh2021: `custom` is lost: {"read": "yes", "page": "3"}\n' in shown.err
    assert "hint" not in shown.err


def test_csl_holds_everything(invoke: Invoke, three: str) -> None:
    """And says nothing."""
    for target in ("csl-json", "csl-yaml"):
        assert invoke("export", three, "--to", target).err == ""


# --- add ------------------------------------------------------------------------------


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
