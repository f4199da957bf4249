"""Whether a style or locale file is CSL 1.0.2, and what keeps it from being it.

Rendering is lenient: what it does not know it passes by. So that an author learns of a
misspelt name all the same, a file can be validated.

- an error: the style cannot be rendered as meant;
- a warning: it can, but other processors may stumble, or something has no effect.

Source: CSL 1.0.2 specification, and the schema of that release.
"""

from __future__ import annotations

from lupusrefs.csl.validation.macros import (
    MAX_DEPTH,
    MAX_ELEMENTS,
    Extent,
    Macros,
    refuse,
)
from lupusrefs.csl.validation.problems import Problems
from lupusrefs.csl.xml import Element
from lupusrefs.model.location import Diagnostic

__all__ = [
    "MAX_DEPTH",
    "MAX_ELEMENTS",
    "Extent",
    "Macros",
    "refusals",
    "validate",
]


def validate(root: Element, name: str) -> list[Diagnostic]:
    """Everything that is wrong with a style or locale file, in the order of the file.

    Of errors and of warnings a thousand each are listed. Time and memory are linear in
    the size of the file.

    Args:
        root: its root element.
        name: of the file, for locations.
    """
    # The names of all that there is in CSL: whoever only renders has no use for them.
    from lupusrefs.csl.validation.files import check_file  # noqa: PLC0415

    problems = Problems(name)
    check_file(root, problems)
    return problems.sorted()


def refusals(root: Element, name: str) -> list[Diagnostic]:
    """What keeps an independent style from being rendered at all.

    It calls macros that there are not, in a circle, or so that a layout comes to more
    than :data:`MAX_ELEMENTS` elements or :data:`MAX_DEPTH` levels. Time and memory are
    linear in the size of the file.

    Args:
        root: the ``cs:style`` element.
        name: of the file, for locations.
    """
    problems = Problems(name)
    refuse(Macros(root), problems)
    return problems.sorted()
