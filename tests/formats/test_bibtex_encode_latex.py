"""Unicode in ASCII: every spelling says what it was made from (latexref, 22)."""

from __future__ import annotations

import pytest

from lupusrefs.formats.bibtex.encode_latex import ascii_latex, in_ascii
from lupusrefs.formats.bibtex.parse_latex import rich


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Gödel & Erdős", r"G{\"o}del \& Erd{\H{o}}s"),
        ("Šafařík, í, ĵ", r"{\v{S}}afa{\v{r}}{\'{\i}}k, {\'{\i}}, {\^{\j}}"),
        ("1–2 — a\u00a0b", "1--2 --- a~b"),
        ("“α” ß", r"``{\ensuremath{\alpha}}'' {\ss}"),
        ("a--b", "a-{}-b"),
        ("漢", "漢"),
    ],
)
def test_spellings(text: str, written: str) -> None:
    """Accents, commands, ligatures; what has no command stays."""
    assert ascii_latex(text) == written


@pytest.mark.parametrize(
    "text",
    ["Ấ ữ ǭ ģ ș", "a--b, c---d, ``e'f, ,,g", "Ω ℝ → ½ ® ≤ ∞ ℓ ²", "{x} ~ ^ \\ $5"],
)
def test_read_again(text: str) -> None:
    """Reading gives the text back, but for the form of an apostrophe."""
    assert rich(ascii_latex(text)).replace("’", "'") == text


def test_latex_keeps_its_commands() -> None:
    """A value that is LaTeX already is only spelt."""
    assert in_ascii(r"\emph{Erdős}") == r"\emph{Erd{\H{o}}s}"
    assert in_ascii(r"\emph{x}") == r"\emph{x}"
