"""What fuzzing has found, and files of its kind: the laws hold for each of them.

The laws are those of ``scripts/fuzz_targets.py``: nothing is raised, blocks cover the
text, an unedited file is its bytes, and what is written is read again and stays so.
"""

from __future__ import annotations

import pytest

from fuzz_targets import TARGETS, seeds
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import decode

# Written back, a field that stands twice was read as the field, or went into it.
REPEATED = [
    b"@c{{\nhowpublished=Q howpublished=,howpublished=http://",
    b"@A{howpublished=t howpublished=\x00",
    b"@article{{},issue=\x19 issue=5 number=6",
    b"@n{title==\ntitle=\xd0\x1b",
    b"@article{{\njournaltitle={\njournaltitle=J journaltitle=o",
    b"@k{=,issue=,issue=0",
]
FINDINGS = [
    *(("bibtex", data) for data in REPEATED),
    # A name of control characters made the written file look like no text at all.
    ("bibtex", b"%" * 900 + b"\n@a{k,\n b\0\0\0\0\0\0\0c = {v}}"),
    ("nbib", b"AU- \x00\x00\x00"),
    # An apostrophe of the literal date was another one in the note, which grew.
    ("bibtex", b"@e{year={'\nnote=p"),
    # What was left over of a repeated tag became the key.
    ("ris", b"ID  -s\nID  -5\nID  -2\nER"),
]
# A long run of one thing inside a value, which a careless search goes through again
# and again: then it takes minutes, and pytest's own limit stops it.
RUNS = [b" ", b"-", b"\\", b"{}", b"$", b"1", b".", b"<i>", b"; ", b"a: B ", b"et al. "]


@pytest.mark.parametrize("name", TARGETS)
def test_whole_files_keep_the_laws(name: str) -> None:
    """What the search begins with is as right as a file can be."""
    for seed in (b"", *seeds(name)):
        TARGETS[name](seed)


@pytest.mark.parametrize(("name", "data"), FINDINGS)
def test_what_was_found_keeps_the_laws(name: str, data: bytes) -> None:
    """Each broke one of them once."""
    TARGETS[name](data)


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("field", ["title", "author", "date", "pages", "doi", "url"])
def test_long_runs_are_read_in_time(field: str, run: bytes) -> None:
    """A value of BibTeX with a hundred thousand of anything is no work at all."""
    value = b"a" + run * 100_000 + b"b"
    source = decode(b"@article{a, %s = {%s}}" % (field.encode(), value), "x.bib")
    assert len(FORMATS[FormatName.BIBTEX].load(source).references) == 1
