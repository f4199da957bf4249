"""The formats by name, and what holds for each."""

from __future__ import annotations

import subprocess
import sys

import pytest

from csl.output.trees import bold, entries, italic
from lupusrefs.csl.output.formats import OutputFormat, writer
from lupusrefs.csl.output.tree import Inline, Layout, Link

ENTRY: list[Inline] = [
    "Mackensen, A., Müller, F. & Schett, G. (2022). ",
    "Anti-CD19 CAR T cells for refractory systemic lupus erythematosus. ",
    italic("Nature Medicine"),
    ", ",
    bold("28"),
    "(10), 2124–2132. ",
    Link(
        "https://doi.org/10.1038/s41591-022-02017-5",
        ["https://doi.org/10.1038/s41591-022-02017-5"],
    ),
]


@pytest.mark.parametrize("output", OutputFormat)
def test_each_format_has_a_writer(output: OutputFormat) -> None:
    """It writes citations, bibliographies and documents; one line break ends them."""
    found = writer(output)
    assert "Mackensen" in found.inline(ENTRY)
    text = found.bibliography(entries(ENTRY, ENTRY), Layout())
    if output is OutputFormat.HTML:
        assert text.endswith("</div>")
    else:
        assert text.rstrip("\n") == text[:-1]
    assert text in found.standalone(text)


def test_only_the_asked_for_format_is_imported() -> None:
    """Nobody pays for seven formats to get one."""
    code = (
        "import sys\n"
        "from lupusrefs.csl.output.formats import OutputFormat, writer\n"
        "writer(OutputFormat.TEXT)\n"
        "print(*[name for name in sys.modules if 'csl.output' in name])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "lupusrefs.csl.output.text" in run.stdout.split()
    assert "lupusrefs.csl.output.latex" not in run.stdout.split()
