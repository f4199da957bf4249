r"""Typeset reference lists: ``\bibitem`` in ``thebibliography`` and its kin.

Sources: latexref, 8.24.2 (``thebibliography``); natbib's reference sheet for its
labels; harvard's manual (``\harvarditem``); REVTeX 4.2's author guide and its BibTeX
styles (``\bibinfo``, ``\bibfield``, ``\BibitemShut``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.document import Listed
from lupusrefs.documents.latex.inclusion import Segment
from lupusrefs.documents.latex.links import links
from lupusrefs.formats.bibtex.parse_latex import plain

_ITEM: Final = re.compile(
    r"\\(?P<name>bibitem|harvarditem)(?![A-Za-z@])"
    r"|\\end[ \t]*\{[A-Za-z]*(?:bibliography|references)\*?\}"
    r"|\\(?:section|chapter|appendix)\*?(?![A-Za-z@])"
)
_NO_KEY: Final = re.compile(r"[#\\]|\A\s*\Z")
# What says nothing to a reader: REVTeX's names of fields, and commands about
# commands; the names of what is in the braces behind them.
_SILENT: Final = re.compile(
    r"\\(?:bibinfo|bibfield)[ \t]*\{[^{}]*\}\s*"
    r"|\\href@noop[ \t]*\{[^{}]*\}"
    r"|\\Eprint[ \t]*\{[^{}]*\}"
    r"|\\(?:BibitemShut|bibitemShut|providecommand\*?|csname\s+\w+\s*\\endcsname)"
    r"[ \t]*(?:\{[^{}]*\})?"
    r"|\\penalty\s?-?[0-9]{1,6} ?"
    r"|\\(?:BibitemOpen|bibitemOpen|bibitemStop|bibitemNoStop|EOS|natexlab\{\})"
    r"(?![A-Za-z])"
    r"|\\BIBentry[A-Za-z]+"
)
# "The same author", as amsplain prints it.
_SAME: Final = re.compile(
    r"\\bysame(?:same)?(?![A-Za-z])|\\leavevmode\\vrule[^,]{0,60}"
)
_REVIEW: Final = re.compile(r"\\MR(?:eview)?[ \t]*\{[^{}]*\}")
# acmart's and others' way to name a preprint.
_EPRINT: Final = re.compile(r"\\showeprint(?:\[[^\[\]]{0,20}\])?[ \t]*\{")
# As doi.sty and natbib's styles print it.
_DOI: Final = re.compile(r"(?<!doi:)(?<!doi: )\\doi[ \t]*\{(?=10\.)", re.IGNORECASE)
_MAX_ITEM: Final = 20_000  # characters: what is longer is no entry of a list


def bibitems(segment: Segment) -> Iterator[Listed]:
    r"""The entries of the reference lists in a stretch of a file."""
    seen, arguments = segment.view, segment.view.arguments
    found = list(_ITEM.finditer(seen.code, segment.start, segment.end))
    borders = (*(match.start() for match in found[1:]), segment.end)
    for match, border in zip(found, borders, strict=False):
        if match["name"] is None:
            continue
        at = arguments.behind_optionals(match.end())
        if match["name"] == "harvarditem":
            at = arguments.skip(2, at)  # names and year
        group = arguments.group(at)
        if group is None or _NO_KEY.search(arguments.written(group)):
            continue
        start = group.end + 1
        end = min(border, start + _MAX_ITEM)
        while end > start and seen.code[end - 1].isspace():
            end -= 1
        yield Listed(
            entry_text(seen.code[start:end]),
            seen.source.location(match.start(), max(end, start)),
            key=" ".join(arguments.written(group).split()),
            links=tuple(links(seen, start, end)),
        )


def entry_text(latex: str) -> str:
    r"""What LaTeX prints, in one line.

    >>> entry_text(r"A.~M\"uller. \emph{Nature}, 1\penalty0 (2):3--4.")
    'A. Müller. Nature, 1(2):3–4.'
    """
    shown = _EPRINT.sub("{arXiv:", _REVIEW.sub("", _SILENT.sub("", latex)))
    shown = _DOI.sub(r"doi:\\doi{", _SAME.sub("———", shown))
    text = plain(shown)
    text = re.sub(r"\s+", " ", text)  # plain() keeps a no-break space
    return re.sub(r" (?=[,.;:])", "", text).strip()
