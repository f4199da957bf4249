"""BibTeX and BibLaTeX: read without loss, written for both.

Sources: Oren Patashnik's "BibTeXing" (``btxdoc``, 1988) and "Designing BibTeX Styles"
(``btxhak``), ``bibtex.web``; the biblatex manual and biber's.
"""

from lupusrefs.formats.bibtex.read import load, load_biblatex, stream, stream_biblatex
from lupusrefs.formats.bibtex.write import dump_biblatex, dump_bibtex

__all__ = [
    "dump_biblatex",
    "dump_bibtex",
    "load",
    "load_biblatex",
    "stream",
    "stream_biblatex",
]
