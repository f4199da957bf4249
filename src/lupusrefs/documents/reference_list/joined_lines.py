"""The lines of a paragraph in one line: breaks, hyphens and cut links undone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lupusrefs.model.doi_text import find_dois

_LOOKED_BACK: Final = 300  # characters in which a link that goes on may begin
_LINK: Final = re.compile(r"(?:https?://|www\.)\S*\Z", re.IGNORECASE)
_LINK_OPEN: Final = re.compile(r"[-/_=&?%~+#:]\Z")
# What goes on with a link, not with a sentence: "2008/paper.pdf", "&id=3".
_LINK_ON: Final = re.compile(
    r"[/?&=%#_~]|[a-z0-9][\w%~-]*[/_=&?.][\w/]|[\w-]+\.[a-z]{2,4}\b"
)
_HYPHEN: Final = re.compile(r"[^\W\d_](?P<hyphen>[-\u2010\u00ac\u00ad])\Z")
_WORD_END: Final = re.compile(r"([^\W\d_]+)[-\u2010\u00ac\u00ad]\Z")
# "Kultur- und Sozialgeschichte": the hyphen stands for a word.
_ELLIPTIC: Final = re.compile(r"(?:und|oder|bzw|and|or|et|ou|y|o|e|en|of|to|als|wie)\b")
# Parts of words that keep their hyphen before a small letter.
_KEEPING: Final = frozenset(
    "case cost cross decision evidence first four full half health high large long low"  # noqa: SIM905 - a list of words
    " neo non peer problem quasi second self semi short single small socio third three"
    " time two well whole".split()
)
_SLASH: Final = re.compile(r"\S/\Z")
_RANGE: Final = re.compile(r"\d[-–—]\Z")
_EAST: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")


def join_lines(lines: Iterable[str]) -> str:
    """Put lines together as a reader reads them.

    A word that was cut is one again where that is sure: at a soft hyphen, and at a
    hyphen between small letters, unless it is one of those that stay (``self-``).
    A DOI or URL that was cut goes on without a blank.
    """
    joined: list[str] = []
    before = ""
    for line in lines:
        text = " ".join(line.split())
        if not text:
            continue
        if before:
            before, glue = _joint(before, text)
            joined += (before, glue)
        before = text
    return "".join([*joined, before]).replace("\u00ad", "")


def _joint(before: str, after: str) -> tuple[str, str]:
    """The line before as it goes on, and what comes between it and the next."""
    if before.endswith("\u00ad"):
        return before[:-1], ""
    if _is_cut_link(before, after) or _RANGE.search(before):
        return before, ""
    if _HYPHEN.search(before):
        return _at_hyphen(before, after)
    if _SLASH.search(before) and not _LINK.search(before[-_LOOKED_BACK:]):
        return before, ""
    if _EAST.match(before[-1]) and _EAST.match(after):
        return before, ""
    return before, " "


def _at_hyphen(before: str, after: str) -> tuple[str, str]:
    if _ELLIPTIC.match(after):
        return before, " "
    if not after[0].islower():  # a name: "Miller-Smith"
        return before, ""
    word = _WORD_END.search(before)
    if word and word[1].casefold() in _KEEPING:
        return before, ""
    return before[:-1], ""


def _is_cut_link(before: str, after: str) -> bool:
    """Whether a DOI or URL goes on in the next line."""
    tail = before[-_LOOKED_BACK:]
    if "10." in tail:
        near = f"{tail}\n{after[:_LOOKED_BACK]}"
        if any(doi.start < len(tail) < doi.end for doi in find_dois(near)):
            return True
    if not _LINK.search(tail):
        return False
    if _LINK_OPEN.search(tail):
        return not after[0].isupper() or "/" in after.split(maxsplit=1)[0]
    return _LINK_ON.match(after) is not None and not tail.endswith((">", ")", "]"))
