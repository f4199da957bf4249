r"""reStructuredText, whose inline markup neither nests nor touches a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from lupusrefs.csl.output.lines import lines
from lupusrefs.csl.output.runs import Run
from lupusrefs.csl.output.tree import Inline, Tag
from lupusrefs.csl.output.urls import encoded
from lupusrefs.csl.output.writer import LineWriter

# "Inline Markup" in the specification: emphasis, literals and roles, substitutions, and
# underscores at the edge of a word, where they make references.
_MARKUP: Final = re.compile(r"[\\*`|]|(?<![^\W_])_|_(?![^\W_])")
# The first of these that holds is written; nested markup is not to be had.
_MARKS: Final = {
    Tag.SUPERSCRIPT: (":sup:`", "`"),
    Tag.SUBSCRIPT: (":sub:`", "`"),
    Tag.BOLD: ("**", "**"),
    Tag.ITALIC: ("*", "*"),
    Tag.OBLIQUE: ("*", "*"),
}
# "Lists", "Enumerated Lists": arabic, alphabetic and roman, in three forms of brackets.
_ENUMERATOR: Final = re.compile(
    r"\(?(?:[0-9]+|#|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)[.)](?=\s|$)"
)
# After inline markup: blanks and punctuation that end it ("Inline markup recognition
# rules", 7).
_ENDS: Final = " .,;:!?)]}'\"/\\-"
# Bullets, field and option lists, explicit markup, doctests, tables; a transition.
_BLOCK_MARK: Final = re.compile(r"[-+=.:>/•‣⁃]|([^\w\s])\1{3,}$")


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    mark: Tag | None = None
    href: str | None = None


class RstWriter(LineWriter):
    """A paragraph for each entry, a line block for one with several lines."""

    def phrase(self, runs: Sequence[Run]) -> str:
        """The runs, each in one markup."""
        text = ""
        marked = False
        for piece in _pieces(runs):
            written = _written(piece)
            is_marked = bool(piece.mark or piece.href)
            if text and (
                (is_marked and text[-1] != " ") or (marked and written[0] not in _ENDS)
            ):
                text += "\\ "
            elif not text and not is_marked:
                written = _line_start(written)
            text += written
            marked = is_marked
        # Two colons at its end would make what follows the paragraph literal.
        return re.sub("::$", r":\\:", text) if not marked else text

    def inline(self, content: Sequence[Inline]) -> str:
        """A citation, or the content of an entry."""
        found = lines(content)
        if len(found) < 2:  # noqa: PLR2004 - one line is no block
            return "".join([self.line(line) for line in found])
        return "\n".join(
            [f"|{'   ' if line.indented else ' '}{self.line(line)}" for line in found]
        )


def _pieces(runs: Sequence[Run]) -> Iterator[_Piece]:
    """The runs by what is written of their formatting, with the blanks around it."""
    for (mark, href), alike in groupby(runs, key=_written_as):
        text = "".join([run.text for run in alike])
        bare = text.strip()
        if not (mark or href) or not bare:
            yield _Piece(text)
            continue
        before, _, after = text.partition(bare)
        if before:
            yield _Piece(before)
        yield _Piece(bare, mark, href)
        if after:
            yield _Piece(after)


def _written_as(run: Run) -> tuple[Tag | None, str | None]:
    if run.href:
        return None, run.href
    return next((mark for mark in _MARKS if mark in run.marks), None), None


def _written(piece: _Piece) -> str:
    text = _MARKUP.sub(r"\\\g<0>", piece.text)
    if piece.href:
        # "Embedded URIs": an underscore at the end would name another target.
        target = re.sub("_$", r"\\_", encoded(piece.href))
        return f"`{text.replace('<', chr(92) + '<')} <{target}>`__"
    begin, end = _MARKS[piece.mark] if piece.mark else ("", "")
    return f"{begin}{text}{end}"


def _line_start(text: str) -> str:
    """Plain text that does not begin a list or another block."""
    text = text.lstrip()
    if _ENUMERATOR.match(text) or _BLOCK_MARK.match(text):
        # One more backslash would not make a line of backslashes another.
        return f"\\ {text}" if text[0] == "\\" else f"\\{text}"
    return text
