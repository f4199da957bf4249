r"""Citation commands that a document defines for itself.

Sources: latexref, 12.1 (``\newcommand``); multibib's manual (``\newcites``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.latex.inclusion import Segment

_DEFINITION: Final = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?[ \t]*"
    r"(?:\{[ \t]*\\(?P<name>[A-Za-z]+)[ \t]*\}|\\(?P<bare>[A-Za-z]+)[ \t]*)"
    r"[ \t]*\[(?P<count>[12])\][ \t]*(?P<default>\[[^\[\]{}]{0,80}\])?(?=\s{0,20}\{)"
)
# Its last argument is what is cited.
_CITES: Final = {
    number: re.compile(
        r"\\[A-Za-z]{0,30}[cC]ite[A-Za-z]{0,30}\*?(?:\[[^\[\]]{0,80}\]){0,2}"
        rf"\{{#{number}\}}"
    )
    for number in (1, 2)
}
_WITH_OPTIONAL: Final = 2
_FAMILIES: Final = re.compile(r"\\newcites[ \t]*\{(?P<names>[A-Za-z, \t]{1,200})\}")
_OF_FAMILY: Final = ("cite", "citep", "citet", "citealt", "citealp", "nocite")
_MAX_BODY: Final = 500  # characters of a definition


def own_citation_commands(segments: list[Segment]) -> frozenset[str]:
    """The commands that take keys as the usual ones do, in small letters."""
    names = {f"{one}{family}" for family in families(segments) for one in _OF_FAMILY}
    for segment in segments:
        names.update(_defined(segment))
    return frozenset(name.lower() for name in names)


def families(segments: list[Segment]) -> tuple[str, ...]:
    r"""The further bibliographies of multibib: ``\newcites{sec}{…}`` gives "sec"."""
    return tuple(
        name
        for segment in segments
        for match in _FAMILIES.finditer(segment.view.code, segment.start, segment.end)
        for name in re.findall(r"[A-Za-z]+", match["names"])
    )


def _defined(segment: Segment) -> Iterator[str]:
    arguments = segment.view.arguments
    for match in _DEFINITION.finditer(arguments.text, segment.start, segment.end):
        body = arguments.group(match.end())
        count = int(match["count"])
        # With two arguments the first has to be optional: \mine[p. 3]{key}.
        if body is None or (count == _WITH_OPTIONAL) != bool(match["default"]):
            continue
        if body.end - body.start <= _MAX_BODY and _CITES[count].search(
            arguments.text, body.start, body.end
        ):
            yield match["name"] or match["bare"]
