"""What the first lines of a document say of it: its title, its authors, its DOI.

There is no rule for a first page. This module believes only what is plain: a block of
names that carry the marks of affiliations, or that an abstract or an affiliation
follows, and the lines before them as the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final, NamedTuple

from lupusrefs.documents.headings import plain_heading
from lupusrefs.documents.placed_text import lines as line_spans
from lupusrefs.documents.reference_list.heads import label_of
from lupusrefs.documents.reference_list.joined_lines import join_lines
from lupusrefs.documents.reference_list.signs import signs
from lupusrefs.freetext.people import parse_people
from lupusrefs.model.doi_text import find_dois
from lupusrefs.model.item import Item
from lupusrefs.model.location import Span
from lupusrefs.model.names import Name

_HEAD: Final = 8_000  # characters of a text that are looked at
_LINES: Final = 60  # lines of it that are not blank
_NEAR: Final = 12  # lines behind the authors, in which an abstract begins
_TITLE_LINES: Final = 5
_TITLE: Final = range(12, 400)  # characters
_TITLE_WORDS: Final = 3
_NAME: Final = 60  # characters of one
_DOI_LINE: Final = 160  # characters
_PROSE: Final = -3.0  # a line whose weight is below is one of sentences


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document says of itself.

    Attributes:
        item: its title, authors and DOI, as far as they are plain.
        span: where the title stands in the text.
    """

    item: Item
    span: Span


class _Line(NamedTuple):
    text: str
    span: Span
    after_blank: bool


class _Authors(NamedTuple):
    """The names of a line, and whether marks of affiliations stand behind them."""

    names: tuple[str, ...]
    marked: int


def front_matter(text: str) -> FrontMatter | None:
    """Read the first lines of a document; None where they are not plain."""
    lines = _first_lines(text)
    found = _author_block(lines)
    if found is None:
        return None
    first, last, names = found
    title = _title_lines(lines[:first])
    if not title:
        return None
    span = Span(title[0].span.start, title[-1].span.end)
    values: dict[str, object] = {
        "title": join_lines(line.text for line in title).rstrip("*†‡§¶#∗⋆ "),
        "author": tuple(_parsed(names)),
    }
    if doi := _own_doi(lines, last):
        values["doi"] = doi
    return FrontMatter(Item.model_validate({"id": "", **values}), span)


def _first_lines(text: str) -> list[_Line]:
    """The lines of the head that are not blank."""
    lines: list[_Line] = []
    after_blank = True
    for span in line_spans(text[:_HEAD]):
        line = text[span.start : span.end]
        bare = line.strip()
        if bare:
            start = span.start + len(line) - len(line.lstrip())
            place = Span(start, start + len(bare))
            lines.append(_Line(bare, place, after_blank))
        after_blank = not bare
        if len(lines) == _LINES:
            break
    return lines


# --- authors --------------------------------------------------------------------

_CAPITAL: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶŁĹĽŃŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚА-ЯЁІЇЄΑ-Ω"
_SMALL_WORDS: Final = (
    r"(?:[Vv]an|[Vv]on|[Dd]e[rnls]?|[Dd][aiou]s?|[Ll][aeo]s?|[Tt]e[rn]|[Zz]u[rm]?|vom"
    r"|y|e|bin|ibn|al|el)"
)
_NAME_WORD: Final = (
    rf"(?:[dDO]['’])?[{_CAPITAL}][^\W\d_]*(?:['’.-]{{1,2}}[^\W\d_]+)*\.?"
)
_PERSON: Final = re.compile(
    rf"{_NAME_WORD}(?: {_NAME_WORD}){{0,3}}(?: {_SMALL_WORDS}){{0,3}} {_NAME_WORD}"
    rf"(?: (?:Jr\.?|Sr\.?|I{{2,3}}|IV))?"
)
_INVERTED: Final = re.compile(
    rf"(?:{_SMALL_WORDS} ){{0,3}}{_NAME_WORD}(?: {_NAME_WORD})?, {_NAME_WORD}"
    rf"(?: {_NAME_WORD}){{0,2}}"
)
_MARKS: Final = re.compile(
    r"\s*[\d¹²³⁰-⁹*†‡§¶#∗⋆✉|]+(?:[\s,]*[\d¹²³⁰-⁹*†‡§¶#∗⋆✉|]+)*"
    r"|(?<=[a-z]{2}) [a-h](?:,[a-h])*(?=[,;]|\Z)"
)
_DEGREES: Final = re.compile(
    r",? ?\b(?:M\.?D\.?|Ph\.? ?D\.?|M\.?Sc\.?|B\.?Sc\.?|M\.?P\.?H\.?|M\.?A\.?|R\.?N\.?"
    r"|P\.?T\.?|D\.?Phil\.?|F\.?R\.?C\.?P\.?|Dr\. ?(?:med\.|phil\.|rer\. nat\.)?"
    r"|Prof\.(?: ?Dr\.)?)"
    r"(?=[\s,;&]|\Z)"
)
_BETWEEN: Final = re.compile(
    # The dot between names of some journals is extracted as "Æ".
    r"\s*(?:[,;&]|\b(?:and|und|et|y|e)\b(?=\s)|(?<!\w)Æ(?!\w))\s*"
)
_LEADING: Final = re.compile(r"\s*(?:[&,;]|(?:and|und|et)\b)")
# Words of titles and institutions, which no person is called.
_NO_NAME: Final = re.compile(
    r"\b(?:University|Universität|Universit[éà]|Institut[eo]?|Department|Journal|Review"
    r"|Research|Press|Studies|Science|Sciences|Social|Article|Text|Report|Center|Centre"
    r"|Hospital|School|Faculty|College|Abstract|The|Of|And|In|For|Working|Paper|Papers"
    r"|Key|Volume|International|Society|Association|Therapy|Therapies|Analysis|Germany"
    r"|USA|Der|Die|Das|Und|Im|Zur|Zum|Für|Open|Access|Original|Citation)\b"
)


def _author_block(lines: Sequence[_Line]) -> tuple[int, int, list[str]] | None:
    """The first block of lines that are plainly the authors.

    Returns:
        The index of its first line, that behind its last, and the names.
    """
    for first in range(1, len(lines)):
        if _ABSTRACT.match(lines[first].text):
            return None
        block = list(_following(lines, first))
        if not block or (any(line.marked for line in block) and not block[0].marked):
            continue  # a title may end in two words that look like a name
        names = [name for authors in block for name in authors.names]
        marked = sum(authors.marked for authors in block)
        behind = first + len(block)
        if _is_plain(names, marked, lines[behind : behind + _NEAR]):
            return first, behind, names
    return None


def _following(lines: Sequence[_Line], first: int) -> Iterator[_Authors]:
    """The lines of authors from ``first`` on."""
    return (
        authors
        for authors in takewhile(bool, (_authors(line.text) for line in lines[first:]))
        if authors is not None
    )


def _authors(line: str) -> _Authors | None:
    """The names of a line that has nothing but names; else None."""
    text = line[len(label_of(line)) :]
    if len(text) > _TITLE.stop or _NO_NAME.search(text):
        return None
    if ";" in text:
        inverted = [piece.strip() for piece in text.split(";") if piece.strip()]
        if all(_INVERTED.fullmatch(piece) for piece in inverted):
            return _Authors(tuple(inverted), 0)
    text = _DEGREES.sub("", text)
    marked = sum(1 for _ in _MARKS.finditer(text))
    bare = _MARKS.sub(",", text)
    names = [piece.strip() for piece in _BETWEEN.split(bare)]
    names = [name for name in names if name]
    if not names or _LEADING.match(text) or not all(map(_is_person, names)):
        return None
    return _Authors(tuple(names), marked)


def _is_person(name: str) -> bool:
    return len(name) <= _NAME and _PERSON.fullmatch(name) is not None


_ABSTRACT: Final = re.compile(
    r"(?:abstract|summary|zusammenfassung|résumé|resumen|resumo|kurzfassung"
    r"|key ?words|schlüsselwörter|schlagw[oö]rter|mots[- ]clés|palabras clave)"
    r"\b(?:\W|\Z)",
    re.IGNORECASE,
)
_CHAPTER: Final = re.compile(r"[IVX]{1,4}\. ")
_AFFILIATION: Final = re.compile(
    r"\b(?:Universit|Institut|Department|Dept\.|Klinik|Hospital|Facult|School of"
    r"|College"
    r"|Cent(?:er|re)\b|Max[- ]Planck|Laborator|Hochschule|Academ|Division of|Fakultät)"
)


def _is_plain(names: Sequence[str], marked: int, behind: Sequence[_Line]) -> bool:
    """Whether a block of names is that of the authors."""
    has_abstract = any(_ABSTRACT.match(line.text) for line in behind)
    has_affiliation = bool(behind) and _AFFILIATION.search(behind[0].text) is not None
    if len(names) == 1:
        if _CHAPTER.match(names[0]):
            return False
        next_two = any(_ABSTRACT.match(line.text) for line in behind[:2])
        return next_two or (bool(marked) and has_affiliation)
    return has_abstract or has_affiliation or marked * 2 >= len(names)


def _parsed(names: Sequence[str]) -> Iterator[Name]:
    for name in names:
        yield from parse_people(name)


# --- title ----------------------------------------------------------------------

_LABELS: Final = re.compile(
    r"(?:(?:original|research|review|full|short|brief|concise|extended|case"
    r"|working) ?)?"
    r"(?:articles?|article text|papers?|reviews?|reports?|communications?|research"
    r"|contributions?)(?: text)?|editorials?|letters?|commentary|preprint|poster"
    r"|originalarbeit|übersicht|aufsatz|aufsätze(?: / articles)?|beitrag|open access"
    r"|free|conference paper|full text|menu|download|skip to main content|home"
    r"|abstract|special issue|arbeitspapier|diskussionspapier"
)
_NO_TITLE: Final = re.compile(
    r"\b(?:1[89]|20)\d\d\b.*\d|\b(?:[Vv]ol\.|[Vv]olume|[Nn]o\.|Nr\.|Issue|ISSN|ISBN|DOI"
    r"|doi|Received|Accepted|Published|Veröffentlichungsversion|Heft|Jg\.)(?:\W|\Z)"
    r"|https?://|www\.|@|©|\A\W*\d+\W*\Z|\A\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    r"|\A(?:\d{1,2}\.? )?[^\W\d]{3,9} (?:1[89]|20)\d\d\Z"
)


def _title_lines(before: Sequence[_Line]) -> list[_Line]:
    """The lines of the title, which stand right before the authors."""
    title: list[_Line] = []
    for line in before:
        may_be_title = _may_be_title(line.text)
        if line.after_blank or not may_be_title:
            title = []
        if may_be_title:
            title.append(line)
    text = " ".join(line.text for line in title)
    is_title = (
        len(title) <= _TITLE_LINES
        and len(text) in _TITLE
        and len(text.split()) >= _TITLE_WORDS
        and text[-1] not in ",;:("
        and signs(text).weight > _PROSE
    )
    return title if is_title else []


def _may_be_title(line: str) -> bool:
    return (
        _LABELS.fullmatch(plain_heading(line)) is None
        and _NO_TITLE.search(line) is None
        and (_authors(line) is None or len(line.split()) > _TITLE_WORDS)
    )


# --- DOI ------------------------------------------------------------------------

_DOI_PRINTED: Final = re.compile(
    r"(?:.{0,80}[\s|·,])?(?:\(?doi\b[:\s]*|(?:https?://)?(?:dx\.)?doi\.org/).*",
    re.IGNORECASE,
)


def _own_doi(lines: Sequence[_Line], behind: int) -> str | None:
    """The one DOI printed in the head, by itself or behind the journal's name."""
    head = list(lines[: behind + _NEAR])
    for index, line in enumerate(head):
        if _ABSTRACT.match(line.text):
            head = head[:index]
            break
    printed = [
        mention.doi
        for line in head
        if len(line.text) <= _DOI_LINE and _DOI_PRINTED.fullmatch(line.text)
        for mention in find_dois(line.text)
    ]
    return printed[0].name if len(set(printed)) == 1 else None
