"""``lupusrefs scan``: what is found in documents, as table, JSON and library."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from commands.invoke import Invoke
from generate_docs import SCHEMAS, schema

LETTER = """\
The treatment was described before (doi:10.5555/jim.2022.118).

References

1. Ficta C, Somnia P, et al. Echoes of a silent bell in healthy volunteers. J Invent
   Med. 2022;17(2):118-26. doi:10.5555/jim.2022.118
2. Umbra, V. (2019). The colour of absent things. Nowhere: Impossible Press.
"""


def letter(name: str = "letter.txt") -> str:
    """A letter with two references."""
    Path(name).write_text(LETTER, encoding="utf-8")
    return name


def test_a_table_has_every_reference_with_its_place(invoke: Invoke) -> None:
    """Line and column, key, title, and where it was published."""
    shown = invoke("scan", letter())
    assert (shown.code, shown.err) == (0, "")
    assert "letter.txt: 2 references, 2 identifiers" in shown.out
    assert " 5:4    ficta2022echoes  Echoes of a silent bell" in shown.out
    assert "Ficta, Somnia et al. 2022. J Invent Med 17(2):118–26" in shown.out
    assert " 7:4    umbra2019colour" in shown.out


def test_an_identifier_that_no_reference_has_gets_a_row(invoke: Invoke) -> None:
    """What the list shows already is not repeated."""
    Path("a.txt").write_text("As said, see arXiv:2101.00001.\n", encoding="utf-8")
    shown = invoke("scan", "a.txt", letter())
    assert "1:14   arXiv 2101.00001" in shown.out
    assert shown.out.count("10.5555/jim.2022.118") == 1
    assert "a.txt: no references, 1 identifier" in shown.out


def test_the_library_of_a_manuscript_is_named(invoke: Invoke) -> None:
    """Its references are there, and `check` reads them."""
    Path("m.md").write_text(
        "---\nbibliography: refs.bib\nnocite: '@*'\n---\nBells [@umbra2019].\n",
        encoding="utf-8",
    )
    shown = invoke("scan", "m.md")
    assert shown.out == (
        "m.md: no references, no identifiers, 1 cited key; its library is refs.bib\n"
    )


def test_json_keeps_the_contract(invoke: Invoke) -> None:
    """Mentions, references and their parts, as the schema describes them."""
    shown = invoke("scan", letter(), "--format", "json")
    document = json.loads(shown.out)
    jsonschema.validate(document, json.loads(schema(SCHEMAS["scan"])))
    assert document["schema"] == "lupusrefs.scan/1"
    (found,) = document["documents"]
    assert found["file"] == "letter.txt"
    assert [one["kind"] for one in found["mentions"]] == ["doi", "doi"]
    assert found["mentions"][0]["location"] == {
        "file": "letter.txt",
        "line": 1,
        "column": 41,
    }
    first = found["references"][0]
    assert first["reference"]["container-title"] == "J Invent Med"
    assert {"author", "title", "volume"} <= {one["variable"] for one in first["parts"]}


def test_a_library_is_written(invoke: Invoke) -> None:
    """In any format that is written; standard output, or a file."""
    shown = invoke("scan", letter(), "--to", "bibtex", "-o", "refs.bib")
    assert (shown.code, shown.out) == (0, "")
    checked = invoke("export", "refs.bib", "--to", "csl-json")
    titles = [one["title"] for one in json.loads(checked.out)]
    assert "The colour of absent things" in titles


def test_a_bad_document_costs_the_others_nothing(invoke: Invoke) -> None:
    """Exit code 3, a message with the name, and the table of the others."""
    shown = invoke("scan", "missing.docx", letter())
    assert shown.code == 3
    assert "error: missing.docx: no such file" in shown.err
    assert "2 references" in shown.out


def test_one_named_twice_is_read_once(invoke: Invoke) -> None:
    """In the place of the first."""
    name = letter()
    assert invoke("scan", name, name).out == invoke("scan", name).out


def test_standard_input_is_a_document_too(invoke: Invoke) -> None:
    """Plain text, where it looks like nothing else."""
    shown = invoke("scan", "-", stdin=LETTER.encode())
    assert "-: 2 references" in shown.out


def test_what_cannot_steer_a_terminal_is_shown(invoke: Invoke) -> None:
    """Control characters of a document stay out of it."""
    Path("a.txt").write_text("References\n\n1. Umbra V. On \x1b[31mred\x1b[0m. 2019.\n")
    assert "\x1b" not in invoke("scan", "a.txt").out
