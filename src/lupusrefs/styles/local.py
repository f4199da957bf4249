"""A style in a file: of the user's own, or of an installed distribution."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from lupusrefs.errors import InputError
from lupusrefs.model.location import Location

# The largest style of the official repository has 170 kB.
MAX_BYTES: Final = 10_000_000
_MEGABYTE: Final = 1_000_000
_SUFFIX: Final = ".csl"
_PATH_LIKE: Final = re.compile(
    r"[./\\~]|[A-Za-z]:[/\\]|.*[/\\].*\.(?:csl|xml)\Z", re.DOTALL
)
_REASONS: Final[Mapping[type[Exception], tuple[str, str]]] = {
    FileNotFoundError: (
        "there is no such file",
        "check the path; `lupusrefs styles WORDS` finds the styles that come along",
    ),
    IsADirectoryError: ("this is a folder", "name the style file in it"),
    PermissionError: ("no permission to read it", "check who owns the file"),
}


def local_path(name: str) -> Path | None:
    """The file that a name means; None if it is the name of a style.

    A file that exists comes first, if the name has a separator or ends with ``.csl``.
    What only a path looks like (``./mine``, ``../a/b.csl``) means a file even if there
    is none, but a title may have a slash in it ("author-date/Harvard").
    """
    has_separator = "/" in name or os.sep in name
    if not (has_separator or name.lower().endswith(_SUFFIX)) or "\0" in name:
        return None
    if os.path.lexists(name):
        return Path(name)
    return Path(name) if has_separator and _PATH_LIKE.match(name) else None


def read_text(path: Path) -> str:
    """The text of a style file.

    Raises:
        InputError: it cannot be read, is no text, or has more than 10 MB.
    """
    from lupusrefs.formats.encoding import binary_kind, decoded  # noqa: PLC0415 - slow

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from None
    place = Location.of_file(str(path))
    if len(data) > MAX_BYTES:
        raise InputError(
            f"larger than {MAX_BYTES // _MEGABYTE} MB, the most that a style may have",
            location=place,
            hint="is this a CSL style? The largest has 170 kB",
        )
    if kind := binary_kind(data):
        hint = "a CSL style is an XML file, such as apa.csl"
        raise InputError(f"this is {kind}, no CSL style", location=place, hint=hint)
    return decoded(data).text


def unreadable(path: Path, error: OSError) -> InputError:
    """What the system has to say about a file, for users."""
    reason = error.strerror or str(error)
    what, hint = _REASONS.get(type(error), (reason, "check the file"))
    return InputError(what, location=Location.of_file(str(path)), hint=hint)
