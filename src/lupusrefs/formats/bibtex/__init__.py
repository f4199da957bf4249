"""BibTeX, as Oren Patashnik's "BibTeXing" (``btxdoc``, 1988) describes it."""

from lupusrefs.formats.bibtex.write import dump

__all__ = ["dump"]
