r"""The reference files that a LaTeX document names.

Sources: latexref, 8.24.4 (``\bibliography``); the biblatex manual, 3.8.1
(``\addbibresource``, ``\addglobalbib``, ``\addsectionbib``); bibentry's
``\nobibliography``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.document import NamedLibrary
from lupusrefs.documents.latex.inclusion import Segment

_COMMAND: Final = re.compile(
    r"\\(?P<name>(?:no)?bibliography|addbibresource|addglobalbib|addsectionbib)"
    r"(?P<family>[A-Za-z]*)(?![A-Za-z@*])"
)
_NAME: Final = re.compile(r"[^,]+")
_ENDING: Final = ".bib"
_MACRO: Final = re.compile(r"[#\\{}]")


def libraries(
    segments: list[Segment], job: str, families: tuple[str, ...] = ()
) -> Iterator[NamedLibrary]:
    r"""Each file once for every place where it is named.

    Args:
        segments: the document.
        job: the main file's name without ending, which ``\jobname`` stands for.
        families: what multibib puts behind ``\bibliography``.
    """
    for segment in segments:
        seen, arguments = segment.view, segment.view.arguments
        for command in _COMMAND.finditer(seen.code, segment.start, segment.end):
            group = arguments.group(arguments.behind_optionals(command.end()))
            if group is None or command["family"] not in {"", *families}:
                continue
            for match in _NAME.finditer(seen.code, group.start, group.end):
                path = match[0].strip().strip('"').replace("\\jobname", job)
                if not path or _MACRO.search(path):
                    continue
                # BibTeX adds the ending; biber wants it in the name.
                if "bibliography" in command["name"] and not path.endswith(_ENDING):
                    path += _ENDING
                start = match.start() + len(match[0]) - len(match[0].lstrip())
                end = match.start() + len(match[0].rstrip())
                yield NamedLibrary(path, seen.source.location(start, end))
