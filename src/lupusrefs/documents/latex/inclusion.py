r"""The files of a LaTeX document, in the order in which they are read.

Sources: latexref, 24 (``\input``, ``\include``); the manuals of import and subfiles.
TeX looks for a file from the folder of the main one; import and subfiles also look
beside the file that they read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from lupusrefs.documents.document import DocumentFile
from lupusrefs.documents.latex.source import LatexView, view
from lupusrefs.model.location import Diagnostic, Location, Severity, Span

_COMMAND: Final = re.compile(
    r"\\(?P<name>input|include|subfile|subfileinclude|InputIfFileExists"
    r"|(?:sub)?(?:import|includefrom|inputfrom))\*?(?![A-Za-z@])"
)
# Plain TeX's form, ended by a space.
_BARE: Final = re.compile(r"[ \t]+([^\s\\{}%\[\]=]{1,200})")
_FOLDERED: Final = re.compile("import|from")
_MAX_DEPTH: Final = 15
_MAX_FILES: Final = 500
_MAX_CHARACTERS: Final = 50_000_000
# What need not be there.
_OPTIONAL: Final = "InputIfFileExists"
# What comes with TeX.
_DISTRIBUTED: Final = frozenset(
    "glyphtounicode glyphtounicode.tex epsf xy xypic insbox pstricks amssym.def"  # noqa: SIM905 - a list of words
    " amssym.tex binhex ushyphex dashbox".split()
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a file in which no other file is read.

    Attributes:
        view: the file.
        start: where it begins.
        end: where it ends.
        is_body: whether it is printed, and not before the document's begin.
    """

    view: LatexView
    start: int
    end: int
    is_body: bool


@dataclass(frozen=True, slots=True)
class _Inclusion:
    """A command that reads a file.

    Attributes:
        name: the command.
        path: the file, as it is named.
        folder: the folder in which it is looked for first, as it is named.
        span: the command with its arguments.
    """

    name: str
    path: str
    folder: str
    span: Span


class Inclusions:
    """Reads a document's files as they are named.

    Attributes:
        diagnostics: what could not be read.
        paths: every file that was read, as it is named from the main file's folder.
    """

    def __init__(self, main: DocumentFile) -> None:
        self.diagnostics: list[Diagnostic] = list(main.source.diagnostics)
        self.paths: set[str] = set()
        self._main = main
        self._name = PurePosixPath(main.file.replace("\\", "/")).name
        self._views: dict[str, LatexView | None] = {}
        self._told: set[tuple[str, Location]] = set()
        self._files = 0
        self._characters = 0

    def segments(self) -> list[Segment]:
        """All of the document, in reading order."""
        root = view(self._main.source)
        return list(self._read(root, "", (self._name,), is_body=True))

    def beside(self, path: str) -> LatexView | None:
        """Another file of the document, if there is such a file."""
        if path not in self._views:
            found = self._main.beside(path)
            self._views[path] = view(found.source) if found else None
            self.diagnostics += found.source.diagnostics if found else ()
        if self._views[path] is not None:
            self.paths.add(path)
        return self._views[path]

    def _read(
        self, seen: LatexView, folder: str, stack: tuple[str, ...], *, is_body: bool
    ) -> Iterator[Segment]:
        at = 0
        for one in _inclusions(seen, PurePosixPath(self._name).stem):
            yield from _parts(seen, at, one.span.start, is_body=is_body)
            at = one.span.end
            inner = is_body and one.span.start >= seen.body
            yield from self._follow(one, seen, folder, stack, is_body=inner)
        yield from _parts(seen, at, len(seen.code), is_body=is_body)

    def _follow(
        self,
        one: _Inclusion,
        seen: LatexView,
        folder: str,
        stack: tuple[str, ...],
        *,
        is_body: bool,
    ) -> Iterator[Segment]:
        place = seen.source.location(one.span.start, one.span.end)
        for path in _candidates(one, folder):
            if path in stack or (found := self.beside(path)) is None:
                if path in stack:
                    self._warn(f"`{path}` includes itself", place, "take it out here")
                    return
                continue
            if refusal := self._refusal(found, stack):
                self._warn(refusal, place, "name that file itself")
                return
            inner = _folder_of(one, path, folder)
            yield from self._read(found, inner, (*stack, path), is_body=is_body)
            return
        if one.name != _OPTIONAL and one.path not in _DISTRIBUTED:
            hint = "what it cites is not known; put it there, or correct its name"
            self._warn(f"there is no file `{one.path}`", place, hint)

    def _refusal(self, found: LatexView, stack: tuple[str, ...]) -> str | None:
        """Why a file is not read; None where it is."""
        self._files += 1
        self._characters += len(found.code)
        if len(stack) > _MAX_DEPTH:
            return f"files are included more than {_MAX_DEPTH} deep; this one is left"
        if self._files > _MAX_FILES:
            return f"more than {_MAX_FILES} files are included; this one is left"
        if self._characters > _MAX_CHARACTERS:
            return "the included files are too much text; this one is left"
        return None

    def _warn(self, message: str, place: Location, hint: str) -> None:
        # A file that is included again says the same again.
        if (message, place) not in self._told:
            self._told.add((message, place))
            told = Diagnostic(message, place, hint, Severity.WARNING)
            self.diagnostics.append(told)


def _parts(
    seen: LatexView, start: int, end: int, *, is_body: bool
) -> Iterator[Segment]:
    """A stretch, cut where the document begins."""
    if start < seen.body < end:
        yield Segment(seen, start, seen.body, is_body=False)
        start = seen.body
    if start < end:
        yield Segment(seen, start, end, is_body=is_body and start >= seen.body)


def _inclusions(seen: LatexView, job: str) -> Iterator[_Inclusion]:
    arguments = seen.arguments
    for match in _COMMAND.finditer(seen.code):
        name, folder, at = match["name"], "", match.end()
        if _FOLDERED.search(name):
            group = arguments.group(at)
            if group is None:
                continue
            folder, at = arguments.written(group).strip(), group.end + 1
        group = arguments.group(at)
        if group is not None:
            path, end = arguments.written(group), group.end + 1
        elif name == "input" and (bare := _BARE.match(seen.code, match.end())):
            path, end = bare[1], bare.end()
        else:
            continue
        path = path.replace("\\jobname", job).strip().strip('"')
        # The argument of a macro, the name of a macro, or the output of a program.
        if path and not re.search(r"[#\\|]", path + folder):
            yield _Inclusion(name, path, folder, Span(match.start(), end))


def _candidates(one: _Inclusion, folder: str) -> Iterator[str]:
    """Where the file may be, the likeliest first."""
    is_nested = one.name.startswith("sub") and bool(one.folder)
    named = _joined(folder if is_nested else "", one.folder)
    folders = [named] if one.folder else [folder, ""]
    suffix = PurePosixPath(one.path).suffix
    paths = [f"{one.path}.tex", one.path]
    if suffix in {".tex", ".ltx", ".bbl", ".sty", ".cls", ".tikz", ".pgf"}:
        paths.reverse()
    yield from dict.fromkeys(_joined(one, path) for one in folders for path in paths)


def _folder_of(one: _Inclusion, path: str, folder: str) -> str:
    """The folder beside which the files that this one names are looked for."""
    if one.folder or one.name.startswith("subfile"):
        parent = str(PurePosixPath(path).parent)
        return "" if parent == "." else parent
    return folder


def _joined(folder: str, path: str) -> str:
    joined = str(PurePosixPath(folder) / path) if folder else path
    return joined.removeprefix("./")
