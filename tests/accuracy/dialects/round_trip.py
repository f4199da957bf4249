"""References written into a file of each format, and read back."""

from __future__ import annotations

from random import Random
from typing import Final

from accuracy.case import Case, Step, dialects
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import decode


def _through(name: FormatName) -> Step:
    """A step that writes one reference and reads it."""
    known = FORMATS[name]

    def step(case: Case, _: Random) -> Case | None:
        if known.dump is None:
            return None
        text = known.dump([case.reference])
        file = f"refs{known.suffixes[0] if known.suffixes else '.yaml'}"
        references = known.load(decode(text.encode(), file)).references
        return Case(references[0], case.work) if references else None

    return step


DIALECTS: Final = dialects(
    "format",
    {str(name): _through(name) for name, known in FORMATS.items() if known.dump},
)
