r"""What a LaTeX document says of itself: ``\title``, ``\author``, ``\date``, its DOI.

Sources: latexref, 18.1 (``\maketitle``); the manuals of authblk, REVTeX 4.2, acmart
(``\acmDOI``), elsarticle, llncs, IEEEtran (``\IEEEauthorblockN``) and sn-jnl.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.bylines import names_of_byline
from lupusrefs.documents.latex.arguments import Arguments
from lupusrefs.documents.latex.inclusion import Segment
from lupusrefs.errors import InvalidDoi
from lupusrefs.formats.bibtex.parse_dates import parse_date
from lupusrefs.formats.bibtex.parse_latex import plain, rich
from lupusrefs.model.dates import Date
from lupusrefs.model.doi import Doi
from lupusrefs.model.item import Item
from lupusrefs.model.location import Span
from lupusrefs.model.names import Name

_COMMAND: Final = re.compile(
    r"\\(?P<name>title|author|date|acmDOI|doi|subtitle)\*?(?![A-Za-z@])"
)
# What is said of an author, or in a note below: not the name itself.
_ASIDE: Final = re.compile(
    r"\\(?:thanks|footnote|footnotemark|inst|corref|fnref|orcidID|orcid|orcidlink|email"
    r"|textsuperscript|affil|affiliation|institute|IEEEauthorblockA|IEEEmembership"
    r"|thanksref|authormark|corresp|href|tnoteref|label|altaffiliation|fnmsep|tnotetext"
    r"|icmlauthor|textsuperscript)(?![A-Za-z])"
)
_MARKS: Final = re.compile(r"\$[^$]{0,80}\$|\\(?:textdagger|dag|ddag)(?![A-Za-z])")
_BETWEEN: Final = re.compile(
    r"\\(?:and|And|AND|quad|qquad)(?![A-Za-z])|\\IEEEauthorblockN(?![A-Za-z])"
)
_LINE_END: Final = re.compile(r"\\\\|\\newline(?![A-Za-z])")
_PLACEHOLDER: Final = re.compile(r"n{4,}|x{4,}", re.IGNORECASE)
_MAX_TITLE: Final = 3000  # characters
_MAX_AUTHORS: Final = 100_000


def front_matter(segments: list[Segment]) -> Item | None:
    """The work that the document is; None where it says nothing of itself."""
    found = _Found()
    for segment in segments:
        arguments = segment.view.arguments
        for match in _COMMAND.finditer(arguments.text, segment.start, segment.end):
            group = arguments.group(arguments.behind_optionals(match.end()))
            if group is not None:
                is_body = segment.is_body
                found.take(match["name"], arguments, group, in_text=is_body)
    return found.item()


class _Found:
    """What has been found of it so far; the first of each counts, of authors all."""

    def __init__(self) -> None:
        self._title: str | None = None
        self._subtitle: str | None = None
        self._authors: list[Name] = []
        self._date: Date | None = None
        self._doi: str | None = None

    def take(
        self, name: str, arguments: Arguments, group: Span, *, in_text: bool
    ) -> None:
        r"""Take one command; in the text a ``\doi`` is somebody else's."""
        length = group.end - group.start
        written = arguments.written(group)
        if name == "author" and length <= _MAX_AUTHORS:
            self._authors += _authors(written)
        elif length > _MAX_TITLE or "#" in written:
            return
        elif name == "title":
            self._title = self._title or rich(_without_asides(written)) or None
        elif name == "subtitle":
            self._subtitle = self._subtitle or rich(_without_asides(written)) or None
        elif name == "date":
            date = parse_date(plain(_without_asides(written)))
            if self._date is None and date is not None and date.start is not None:
                self._date = date
        elif self._doi is None and not (name == "doi" and in_text):
            self._doi = _doi(written)

    def item(self) -> Item | None:
        """All of it, if there is any of it."""
        title = self._title
        if title and self._subtitle:
            title = f"{title.rstrip(':')}: {self._subtitle}"
        if not (title or self._authors or self._doi):
            return None
        return Item(
            id="",
            title=title,
            author=tuple(self._authors),
            issued=self._date,
            doi=self._doi,
        )


def _doi(written: str) -> str | None:
    text = plain(written)
    if _PLACEHOLDER.search(text):  # a template's 10.1145/nnnnnnn.nnnnnnn
        return None
    try:
        return Doi.parse(text).name
    except InvalidDoi:
        return None


def _without_asides(written: str) -> str:
    r"""Without ``\thanks{…}`` and its kin, arguments and all."""
    if "\\" not in written:
        return written
    arguments = Arguments(written)
    pieces: list[str] = []
    done = 0
    for match in _ASIDE.finditer(written):
        if match.start() < done:
            continue
        pieces.append(written[done : match.start()])
        group = arguments.group(arguments.behind_optionals(match.end()))
        done = group.end + 1 if group else match.end()
    return "".join([*pieces, written[done:]])


def _authors(written: str) -> Iterator[Name]:
    r"""The names between ``\and``, each without the lines of its address."""
    if "#" in written:
        return
    source = " ".join(_MARKS.sub("", _without_asides(written)).split())
    for part in _BETWEEN.split(source):
        line = _LINE_END.split(part.strip(" \t\r\n{},;"), maxsplit=1)[0]
        yield from names_of_byline(plain(line))
