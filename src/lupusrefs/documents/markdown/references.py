"""Reference lists that Markdown shows to be one: the ``refs`` block of pandoc.

Source: pandoc's manual ("Placement of the bibliography"): a ``div`` with the id
``refs``, and in it one with the id ``ref-KEY`` for each entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final, NamedTuple

from lupusrefs.formats.bibtex.lookahead import NextMatch

_ENTRY: Final = re.compile(
    r"^[ \t]*(?P<colons>:{3,})[ \t]*\{[^{}\r\n]*#ref-[^{}\r\n]*\}"
    r"[ \t:]*\r?$"
    r"|<div\b[^<>]{0,300}\bid=[\"']ref-[^<>]{0,300}>",
    re.MULTILINE,
)
_END: Final = {
    "fence": re.compile(r"^[ \t]*:{3,}[ \t]*\r?$", re.MULTILINE),
    "tag": re.compile(r"</div>"),
}
_ID: Final = re.compile(r"#ref-(?P<fence>[^\s{}]+)|\bid=[\"']ref-(?P<tag>[^\"'<>]+)")
_LABEL: Final = re.compile(r"\A\s*\\?[\[(]?\d{1,4}(?:\\?[\])]|\.(?=\s))\s*")
_LINK: Final = re.compile(
    r"!?\[(?P<text>[^\[\]]{0,500})\]\((?P<target>[^()\s]{0,2000})[^()]{0,300}\)"
)
_SPAN: Final = re.compile(r"\[(?P<text>[^\[\]]{0,2000})\]\{[^{}\r\n]{0,200}\}")
_ADDRESS: Final = re.compile(r"<(?P<url>[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+)>")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_EMPHASIS: Final = re.compile(
    r"(?<![\w*\\])(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<text>[^*\r\n]{1,1000}?)(?<=\S)(?P=mark)"
    r"(?![\w*])"
)
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_MAX_ENTRY: Final = 20_000  # characters


class FoundEntry(NamedTuple):
    """An entry of the list.

    Attributes:
        key: by what it is cited.
        text: as it is read, in one line.
        start: where its block begins.
        end: where its text ends.
    """

    key: str
    text: str
    start: int
    end: int


def find_entries(prose: str) -> Iterator[FoundEntry]:
    """The entries of a list that pandoc wrote, or somebody for pandoc.

    Args:
        prose: the text, without code and comments.
    """
    ends = {kind: NextMatch(pattern, prose) for kind, pattern in _END.items()}
    found = list(_ENTRY.finditer(prose))
    for match, follower in zip_longest(found, found[1:]):
        kind = "fence" if match["colons"] else "tag"
        key = _ID.search(match[0])
        end = ends[kind].at(match.end())
        if follower is not None:
            end = min(end, follower.start())
        if key is not None and end - match.end() <= _MAX_ENTRY:
            text = reading_text(prose[match.end() : end])
            yield FoundEntry(key[kind], text, match.start(), end)


def reading_text(markdown: str) -> str:
    """What Markdown shows, in one line, without a number before it.

    >>> reading_text("1. Doe. *Lupus*. <https://doi.org/10.1000/1>")
    'Doe. Lupus. https://doi.org/10.1000/1'
    """
    text = _SPAN.sub(r"\g<text>", _LABEL.sub("", markdown))
    text = _LINK.sub(r"\g<text>", text)
    text = _ADDRESS.sub(r"\g<url>", text)
    text = _EMPHASIS.sub(r"\g<text>", _TAG.sub("", text))
    return " ".join(_ESCAPED.sub(r"\1", text).split())
