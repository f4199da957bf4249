"""Where a Markdown text points to.

Source: CommonMark 0.31.2 (4.7 link reference definitions, 6.3 links, 6.5 autolinks);
pandoc's ``autolink_bare_uris``; Manubot's definitions of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lupusrefs.documents.light_markup import trimmed_address

_LINK: Final = re.compile(
    r"^[ ]{0,3}\[(?!\^)(?P<label>[^\]\r\n]{1,300})\]:[ \t]*"
    r"(?:<(?P<angled>[^<>\r\n]{1,2000})>|(?P<defined>[^\s<]\S{0,2000}))"
    r"|\]\([ \t]*(?:<(?P<bracketed>[^<>\r\n]{1,2000})>"
    r"|(?P<inline>[^()\s<>]{1,2000}(?:\([^()\s]{0,300}\)[^()\s<>]{0,300}){0,10}))"
    r"|<(?P<auto>(?:https?|ftp|doi|info):[^\s<>]{1,2000})>"
    r"|(?P<attribute>\b(?:href|src|cite)[ \t]*=[ \t]*[\"'](?P<html>[^\"'<>\s]{1,2000}))"
    r"|(?P<bare>\b(?:https?|ftp)://[^\s<>\"`|]{1,2000})",
    re.MULTILINE | re.IGNORECASE,
)
_GROUPS: Final = ("angled", "defined", "bracketed", "inline", "auto", "html", "bare")
_MAX_TEXT: Final = 300  # characters of a link's text


class FoundLink(NamedTuple):
    """A link, and where its target stands.

    Attributes:
        target: as written.
        start: where it begins.
        end: where it ends.
        text: what the reader sees of it; of a definition its label.
    """

    target: str
    start: int
    end: int
    text: str


def find_links(prose: str) -> Iterator[FoundLink]:
    """The links of a text, in order.

    Args:
        prose: without code and comments.
    """
    for match in _LINK.finditer(prose):
        group = next(name for name in _GROUPS if match[name])
        target, start = match[group], match.start(group)
        if target.startswith("#"):
            continue  # a place in the text itself
        if group == "bare":
            target = trimmed_address(target)
        text = target
        if group in {"angled", "defined"}:
            text = match["label"]
        elif group in {"bracketed", "inline"}:
            text = _text_before(prose, match.start())
        yield FoundLink(target, start, start + len(target), text)


def _text_before(prose: str, end: int) -> str:
    """The text in brackets that ends here; brackets in it are paired."""
    depth = 0
    for at in range(end - 1, max(end - _MAX_TEXT, -1), -1):
        if prose[at] == "]":
            depth += 1
        elif prose[at] == "[":
            if depth == 0:
                return " ".join(prose[at + 1 : end].split())
            depth -= 1
    return ""
