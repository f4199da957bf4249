r"""What the instructions of fields mean: links, citations, reference lists.

Sources: ISO/IEC 29500-1, 17.16.5 (``HYPERLINK``, ``CITATION``, ``BIBLIOGRAPHY``) and
17.16.3 (their syntax); the codes of Zotero, Mendeley and EndNote as their add-ins write
them.
"""

from __future__ import annotations

import re
from typing import Final

_LIST: Final = re.compile(
    r"\s*(?:BIBLIOGRAPHY\b|ADDIN\s+(?:ZOTERO_BIBL|EN\.REFLIST|CSL_BIBLIOGRAPHY"
    r"|Mendeley\s+Bibliography)|MENDELEY_BIBLIOGRAPHY)",
    re.IGNORECASE,
)
_CITATION: Final = re.compile(
    r"\s*(?:CITATION\s|BIBLIOGRAPHY\b|ADDIN\s+(?:ZOTERO_ITEM|CSL_CITATION|EN\.CITE)"
    r"|MENDELEY_CITATION_v3_)",
    re.IGNORECASE,
)
_SOURCES: Final = re.compile(r"\s*(?:CITATION|BIBLIOGRAPHY)\b", re.IGNORECASE)
# An argument in quotation marks, where a backslash protects, or without, or a switch.
_PART: Final = re.compile(
    r'"((?:[^"\\]|\\.)*+)"?|(\\[A-Za-z!@#*])|([^\s"]+)', re.DOTALL
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_MOST_PARTS: Final = 1000
_MOST: Final = 20_000  # characters; no instruction for Word itself is longer


def is_list(instruction: str) -> bool:
    """Whether the result is a reference list."""
    return _LIST.match(instruction) is not None


def is_citation(instruction: str) -> bool:
    """Whether it carries citations, or shows the works that are cited."""
    return _CITATION.match(instruction) is not None


def uses_sources(instruction: str) -> bool:
    """Whether it is of Word's own sources."""
    return _SOURCES.match(instruction) is not None


def link_target(instruction: str) -> str:
    r"""Where a ``HYPERLINK`` points to; empty for none, or a place in the document.

    >>> link_target(r'HYPERLINK "https://doi.org/10.1000/1" \l "a" \o "a tip"')
    'https://doi.org/10.1000/1#a'
    """
    word, parts = _parts(instruction)
    if word != "HYPERLINK":
        return ""
    target, switch, anchor = "", "", ""
    for part in parts:
        if part[0]:
            switch = part[1]
        elif switch == "\\l":
            anchor, switch = part[1], ""
        elif switch in {"\\o", "\\t", "\\s"}:
            switch = ""
        elif not target:
            target = part[1]
    return f"{target}#{anchor}" if target and anchor else target


def source_tags(instruction: str) -> tuple[str, ...]:
    r"""The tags of Word's own sources that a ``CITATION`` names.

    >>> source_tags(r"CITATION Smi20 \p 12 \l 1033 \m Jon19")
    ('Smi20', 'Jon19')
    """
    word, parts = _parts(instruction)
    if word != "CITATION":
        return ()
    tags: list[str] = []
    switch = "\\m"  # the first argument is a tag as well
    for is_switch, text in parts:
        if is_switch:
            switch = text
        elif switch == "\\m":
            tags.append(text)
            switch = ""
    return tuple(tags)


def _parts(instruction: str) -> tuple[str, list[tuple[bool, str]]]:
    """The name of a field, and (whether it is a switch, text) of each part."""
    parts: list[tuple[bool, str]] = []
    for match in _PART.finditer(instruction[:_MOST]):
        quoted, switch, bare = match.groups()
        if switch:
            parts.append((True, switch.lower()))
        else:
            text = bare if quoted is None else _ESCAPED.sub(r"\1", quoted)
            parts.append((False, text))
        if len(parts) > _MOST_PARTS:
            break
    if not parts:
        return "", []
    return parts[0][1].upper(), parts[1:]
