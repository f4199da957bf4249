r"""Where a LaTeX document points to.

Sources: the manuals of url (``\url``, ``\path``), hyperref (``\href``,
``\nolinkurl``) and doi (``\doi``); REVTeX's ``\doibase``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.document import Link
from lupusrefs.documents.latex.source import LatexView
from lupusrefs.formats.bibtex.parse_latex import plain, verbatim
from lupusrefs.model.doi_text import find_dois
from lupusrefs.model.location import Span

_COMMAND: Final = re.compile(
    r"\\(?P<name>href|url|burl|nolinkurl|path|doi|Doi|eprint|arxiv)(?![A-Za-z@])"
)
_BASE: Final = re.compile(r"\\doibase\s*|\\doiprefix\s*")
_SCHEME: Final = re.compile(r"(?:https?://|doi:)", re.IGNORECASE)
_RESOLVER: Final = "https://doi.org/"
_MAX_TARGET: Final = 4000  # characters


def links(seen: LatexView, start: int, end: int) -> Iterator[Link]:
    """The links of a stretch of a file, in order."""
    arguments = seen.arguments
    for match in _COMMAND.finditer(seen.code, start, end):
        name = match["name"]
        # Addresses may have what begins a comment elsewhere.
        group = arguments.group(arguments.behind_optionals(match.end()))
        if group is None or not _is_short(group):
            continue
        target = _target(name, arguments.written(group))
        if not target:
            continue
        shown, close = target, group.end + 1
        if name == "href" and (text := arguments.group(close)):
            shown = plain(arguments.written(text)) if _is_short(text) else ""
            close = text.end + 1
        yield Link(target, seen.source.location(match.start(), close), shown)


def _is_short(span: Span) -> bool:
    return span.end - span.start <= _MAX_TARGET


def _target(name: str, written: str) -> str:
    """What a link of this kind points to; "" where that is nothing to look at."""
    if _BASE.search(written):
        written = _RESOLVER + _BASE.sub("", written).replace(_RESOLVER, "").strip()
    target = re.sub(r"\s+", "", verbatim(written))
    # In the definition of a macro there is no address.
    if "\\" in target or "#1" in target:
        return ""
    if name in {"doi", "Doi"} and target:
        return target if _SCHEME.match(target) else f"doi:{target}"
    if name in {"eprint", "arxiv"}:
        return f"arxiv:{target}" if re.match(r"[\w.-]+(?:/\d+)?\Z", target) else ""
    if name in {"path", "nolinkurl"}:
        return target if find_dois(target) else ""
    return target
