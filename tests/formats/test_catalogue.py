"""Which format a file is in: by its content where that is plain, else by its name."""

from __future__ import annotations

import pytest

from lupusrefs.formats.catalogue import FORMATS, recognise
from lupusrefs.formats.names import FormatName


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("refs.yaml", "references:\n- id: a\n  type: book\n", FormatName.CSL_YAML),
        ("refs.yaml", "- id: a\n  type: book\n", FormatName.CSL_YAML),
        ("refs.yml", "harry:\n  type: Book\n  title: T\n", FormatName.HAYAGRIVA),
        (
            "refs.yml",
            "# mine\nharry:\n    # his\n    type: Book\n",
            FormatName.HAYAGRIVA,
        ),
        ("refs.yaml", "a:\r\n  title: T\r\n  type: book\r\n", FormatName.HAYAGRIVA),
        ("refs.yaml", "", FormatName.CSL_YAML),
        ("-", '[{"id": "a"}]', FormatName.CSL_JSON),
        ("refs.txt", '{"items": []}', FormatName.CSL_JSON),
        ("-", "@article{a,\n title={T}}", FormatName.BIBTEX),
        ("refs.txt", "My references\n\n  @Book(a, title={T})", FormatName.BIBTEX),
        ("refs.bib", "@misc{a, note={x\nTY  - JOUR\n}}", FormatName.BIBTEX),
        ("refs.bib", "TY  - JOUR\nER  - \n", FormatName.RIS),
        ("refs.bib", "", FormatName.BIBTEX),
        ("refs.biblatex", "@misc{a,}", FormatName.BIBLATEX),
        ("-", "\r\nTY  - JOUR\r\nER  - \r\n", FormatName.RIS),
        ("refs.txt", "TY - JOUR\n", FormatName.RIS),
        ("-", "%0 Journal Article\n%T T\n", FormatName.ENW),
        ("-", "PMID- 123\nOWN - NLM\n", FormatName.NBIB),
        ("savedrecs.txt", "FN Clarivate Analytics Web of Science\n", FormatName.ISI),
        ("-", "<?xml version='1.0'?><xml><records>", FormatName.ENDNOTE_XML),
        ("x.xml", "<?xml version='1.0'?>\n<PubmedArticleSet>", FormatName.PUBMED_XML),
        ("x.ris", "nothing at all", FormatName.RIS),
        ("-", "nothing at all", FormatName.CSL_YAML),
    ],
)
def test_a_format_is_recognised(file: str, text: str, name: FormatName) -> None:
    """Content first; the name where the content does not say; YAML as a last resort."""
    assert recognise(file, text) == name


@pytest.mark.parametrize("name", FormatName)
def test_every_format_has_a_row(name: FormatName) -> None:
    """The command line offers all of them."""
    assert name in FORMATS


@pytest.mark.parametrize("name", FormatName)
def test_every_format_survives_nothing(name: FormatName) -> None:
    """An empty text is no crash in any format."""
    from lupusrefs.formats.text import SourceText  # noqa: PLC0415 - only here

    loaded = FORMATS[name].load(SourceText("empty", ""))
    assert loaded.references == ()


@pytest.mark.parametrize(
    "name", [name for name in FormatName if FORMATS[name].dump is not None]
)
def test_what_is_written_is_recognised(name: FormatName) -> None:
    """Without a name, too; BibLaTeX is BibTeX then."""
    from lupusrefs.model.item import Item  # noqa: PLC0415 - only here

    dump = FORMATS[name].dump
    assert dump is not None
    text = dump([Item(id="a", type="book", title="T")])
    found = recognise("-", text)
    assert found == (FormatName.BIBTEX if name is FormatName.BIBLATEX else name)
