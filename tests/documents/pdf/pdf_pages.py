"""Pages of a PDF whose lines tell where they stand, and how they are read."""

from __future__ import annotations

from documents.pdf.pdf_builder import Pdf
from lupusrefs.documents.document import Document, DocumentFile
from lupusrefs.documents.pdf import read as read_pdf

LEFT, RIGHT = 60, 320  # of two columns of 40 letters of 6 points
WORDS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota")


def document(pdf: Pdf) -> Document:
    """Read what was built."""
    return read_pdf(DocumentFile("paper.pdf", pdf.build()))


def text_of(pdf: Pdf) -> str:
    """The text of what was built."""
    return document(pdf).text.text


def prose(mark: str, count: int, width: int = 40) -> list[str]:
    """Full lines of a column, each with its mark and number in it."""
    lines = []
    for number in range(count):
        line = f"{mark}{number}"
        step = number
        while len(line) + 1 + len(WORDS[step % len(WORDS)]) <= width:
            line += f" {WORDS[step % len(WORDS)]}"
            step += 3
        lines.append(line + "x" * (width - len(line)))
    return lines


def marks(text: str) -> str:
    """The marks of the lines of a text, in its order."""
    return " ".join(line.split()[0] for line in text.splitlines() if line)


def numbered(mark: str, count: int) -> str:
    """The marks of so many lines."""
    return " ".join(f"{mark}{number}" for number in range(count))
