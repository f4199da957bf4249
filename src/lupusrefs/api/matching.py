"""From references without a DOI to the works that they mean."""

from __future__ import annotations

import asyncio
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lupusrefs.api.access import Progress, opener, references_of
from lupusrefs.api.opening import open_memory
from lupusrefs.config import Settings
from lupusrefs.errors import InvalidIdentifier
from lupusrefs.model.identifiers import parse_identifier
from lupusrefs.model.location import Location
from lupusrefs.model.reference import Library, Reference
from lupusrefs.sources import ARGUMENTS

if TYPE_CHECKING:
    from lupusrefs.matcher import Match

_FEWEST_WORDS: Final = 3
_SUFFIX: Final = re.compile(
    r"\w\.(?:bib|bibtex|ris|nbib|enw|ya?ml|json|xml|txt|md|tex|docx|pdf|html?|ipynb)\s*\Z",
    re.IGNORECASE,
)


@dataclass(slots=True)
class MatchRun:
    """What a call of :func:`match` did.

    Attributes:
        matches: one for each reference, in the order given.
        requests: how many requests were sent, by service; empty if none.
        warnings: what went wrong with the store and the mirrors.
    """

    matches: list[Match] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)


def match(
    sources: Iterable[Reference | str] | Library,
    *,
    settings: Settings | None = None,
    offline: bool = False,
    refresh: bool = False,
    progress: Progress = lambda _: None,
) -> MatchRun:
    """Find the registered works of references that have no DOI.

    Args:
        sources: references, a library, or texts: names of files, else references as
            they are typed.
        settings: default is what environment and configuration file say.
        offline: answer from store, mirrors and the bundled snapshot.
        refresh: search even where the store has an answer.
        progress: called with the number of references settled since the last call.

    Raises:
        ConfigError: a setting is impossible.
        InputError: a text is a file that cannot be read, or not in full.
    """
    return asyncio.run(
        match_async(
            sources,
            settings=settings,
            offline=offline,
            refresh=refresh,
            progress=progress,
        )
    )


async def match_async(
    sources: Iterable[Reference | str] | Library,
    *,
    settings: Settings | None = None,
    offline: bool = False,
    refresh: bool = False,
    progress: Progress = lambda _: None,
) -> MatchRun:
    """:func:`match` for a running event loop.

    Raises:
        ConfigError: a setting is impossible.
        InputError: a text is a file that cannot be read, or not in full.
    """
    # Here, because nothing else needs it.
    from lupusrefs.matcher import Matcher  # noqa: PLC0415

    settings = settings or Settings.load()
    listed = sources.values() if isinstance(sources, Library) else sources
    run = MatchRun()
    with open_memory(settings, refresh=refresh) as memory:
        references = list(references_of(_with_texts(listed), settings))
        matcher = Matcher(memory, None if offline else opener(settings, run), progress)
        run.matches = await matcher.match(references)
        run.warnings = memory.warnings
    return run


def _with_texts(sources: Iterable[Reference | str]) -> Iterator[Reference | str]:
    for position, one in enumerate(sources, start=1):
        is_text = isinstance(one, str) and is_reference_text(one)
        yield text_reference(one, position) if is_text and isinstance(one, str) else one


def is_reference_text(text: str) -> bool:
    """Whether a text is a reference as it is typed: no file, and no identifier."""
    if len(text.split()) < _FEWEST_WORDS or os.path.lexists(text):
        return False
    if _SUFFIX.search(text):  # "my old references.bib", mistyped
        return False
    try:
        parse_identifier(text)
    except InvalidIdentifier:
        return True
    return False


def text_reference(
    text: str, position: int, location: Location | None = None
) -> Reference:
    """A reference that is only text.

    Args:
        text: the reference.
        position: its number, from 1, among others like it.
        location: where it stands; on the command line if nothing is said.
    """
    place = location or Location(ARGUMENTS, 1, position)
    return Reference(id=f"text-{position}", text=text, location=place)
