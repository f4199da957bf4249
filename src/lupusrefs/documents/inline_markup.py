"""Markup between the words of light formats: what is there for a program alone.

Text keeps its length, so that every character stays where it is: blanks take the place
of what no reader sees.
"""

from __future__ import annotations

import re
from typing import Final

from lupusrefs.documents.document import DocumentKind

# Runs beside a word; a bullet has a blank behind it, and an underscore within a word or
# a DOI is its own.
_STARS: Final = r"(?<=\S)\*{1,3}|\*{1,3}(?=[^\s*])"
_LINES: Final = r"(?<![^\W_])_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?![^\W_])"
_TICKS: Final = r"`{1,2}"
_URL: Final = r"(?:https?|ftp|mailto):[^\s\[\]<>\"]{1,500}"
_ESCAPE: Final = r"\\(?=[!-/:-@\[-`{-~])"
_TAG: Final = r"</?(?:[aibpu]|em|strong|su[bp]|span|div|br)(?:\s[^<>\r\n]{0,300})?/?>"
_PATTERNS: Final = {
    DocumentKind.MARKDOWN: (
        # Of a link the text stays: "[" and "](address)" go.
        r"\[(?=[^\[\]]{1,300}\]\()"
        r"|\]\([^()\s]{1,500}(?:\([^()\s]{0,200}\)[^()\s]{0,200}){0,3}\)"
        rf"|<(?={_URL}>)|(?<=[^\s<>])>(?!\w)|\{{[.#][^{{}}\r\n]{{0,200}}\}}"
        rf"|{_TAG}|{_ESCAPE}|{_STARS}|{_LINES}|{_TICKS}"
    ),
    DocumentKind.RST: (
        rf"{_TICKS}_{{0,2}}|\s<{_URL}>(?=`_)|{_ESCAPE}|{_STARS}|(?<=\w)__?(?=\W)"
        r"|:[a-z]{2,20}:(?=`)"
    ),
    DocumentKind.ASCIIDOC: (
        r"\[\[\[?[^\[\]\r\n]{1,200}\]\]\]?|\[[.#%][^\[\]\r\n]{0,200}\]"
        rf"|(?:link:)?{_URL}\[(?=[^\[\]\r\n]{{1,300}}\])|(?<=[^\s\]])\](?=[.,;:)\s]|\Z)"
        rf"|\+{{2,3}}|{_STARS}|{_LINES}|{_TICKS}"
    ),
    DocumentKind.TYPST: (
        r"#(?:emph|strong|smallcaps|box|block|super|sub|underline)(?:\([^()\r\n]{0,200}"
        r"\))?\[|#link\((?:\"[^\"\r\n]{0,500}\"|<[^<>\r\n]{0,200}>)\)\[?|\]"
        rf"|<[A-Za-z][\w.:-]{{0,200}}>|{_ESCAPE}|{_STARS}|{_LINES}"
    ),
}
_OF: Final = {
    kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _PATTERNS.items()
} | {DocumentKind.NOTEBOOK: re.compile(_PATTERNS[DocumentKind.MARKDOWN], re.IGNORECASE)}
_NO_LINE_END: Final = re.compile(r"[^\r\n]")


def without_markup(text: str, kind: DocumentKind) -> str:
    """The text with blanks where it has markup; of other formats, as it is."""
    pattern = _OF.get(kind)
    if pattern is None:
        return text
    return pattern.sub(lambda match: _NO_LINE_END.sub(" ", match[0]), text)
