"""What a title says of the state of its work (comparison.md, U10 and U11)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_KINDS: Final = r"(?:\s+(?:article|paper|chapter|manuscript|preprint|publication))?"
_NOTICES: Final = r"(?:\s+(?:notice|note|statement|letter))?"
_DASH: Final = r"[:–—―|]|\s-+\s|--+|\.\.?\.?(?=\s)"
# A status word needs a colon, dash or bracket: "Retraction of the heart muscle" and
# "Expression of HLA-E" are ordinary titles (comparison.md, U11).
_STATE: Final = (
    rf"(?P<state>retracted\s+and\s+replaced|partially\s+retracted|retracted|withdrawn"
    rf"|removed|temporary\s+removal|reinstated){_KINDS}"
)
_NOTICE: Final = (
    rf"(?P<notice>(?:partial\s+)?retraction|withdrawal|removal"
    rf"|(?:editorial\s+)?expression\s+of\s+concern"
    rf"|violation\s+of\s+ieee\s+publication\s+principles){_NOTICES}"
)
_WORD: Final = rf"(?:{_STATE}|{_NOTICE})"
_PREFIX: Final = re.compile(
    # The number of an abstract may stand in front.
    rf"\W{{0,3}}(?:[a-z]{{0,4}}-?\d[\w.-]{{0,20}}:?\s+)?(?:notice\s+of\s+)?{_WORD}\s*"
    rf"(?:\s(?:to|of|for|on)\s*)?"
    rf"(?:{_DASH}|[\])}}]\s*[:–—-]*|(?<=retraction)[-‐‑](?-i:(?=[A-Z])))\s*",
    re.IGNORECASE,
)
# Of a bracket only the beginning counts: "(Retracted article. See vol. 3, 2001)".
_SUFFIX: Final = re.compile(
    rf"\s*[\[(]\s*{_WORD}\b[^\[\]()]{{0,200}}[\])]\W{{0,2}}\Z", re.IGNORECASE
)
_OPENING: Final = 60  # characters in which a prefix has to end


class Split(NamedTuple):
    """A title, and the status that stood before or behind it."""

    title: str
    status: str | None


def split_status(text: str) -> Split:
    """Take the status from a clean title.

    >>> split_status("RETRACTED: On wolves")
    Split(title='On wolves', status='retracted')
    >>> split_status("Expression of HLA-E on wolves").status
    """
    if match := _PREFIX.match(text[:_OPENING]):
        rest = text[match.end() :]
        if rest.strip():
            # "Retracted: RETRACTED: ..." says it twice.
            again = _PREFIX.match(rest[:_OPENING])
            if again and rest[again.end() :].strip():
                match, rest = again, rest[again.end() :]
            return Split(_without_brackets(rest), _status(match))
    tail = max(0, len(text) - 4 * _OPENING)
    has_brackets = "(" in text or "[" in text
    if has_brackets and (match := _SUFFIX.search(text, tail)):
        return Split(text[: match.start()], _status(match))
    return Split(text, None)


def _without_brackets(text: str) -> str:
    """``[Retracted: On wolves]`` has lost one of its two."""
    if text.endswith("]") and "[" not in text:
        return text[:-1]
    return text


def _status(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return " ".join((groups["state"] or groups["notice"] or "").lower().split())
