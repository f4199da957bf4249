"""What a Typst file gives to functions: what is cited, named, said of the document.

Source: the Typst reference (typst.app/docs/reference): ``cite``, ``ref``, ``label``,
``bibliography``, ``link``, ``document``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from lupusrefs.model.location import Span

_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
# Calls that only hand on what they are given.
_TRANSPARENT: Final = frozenset(("", "bytes", "read"))
_LIBRARY: Final = (".bib", ".yml", ".yaml")
_AUTHORS: Final = frozenset(("author", "authors"))
_MOST: Final = 2000  # characters of a title
_MARKS: Final = re.compile(
    r"\\([^\w\s])|\\(?=\s)|//[^\r\n]*|#[\w.-]+(?:\([^()]{0,200}+\))?|[*_\[\]]"
)


class Kind(Enum):
    """What was found."""

    CITATION = "cite: it is a citation"
    REFERENCE = "a citation, unless the document has such a label"
    LIBRARY = "a file of references"
    LINK = "an address"
    INCLUDE = "a file that is part of the document"


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found.

    Attributes:
        kind: what it is.
        value: the key, the path, the address.
        span: where it stands.
        text: what a reader sees of a link.
    """

    kind: Kind
    value: str
    span: Span
    text: str = ""


@dataclass(slots=True)
class Scan:
    """What is in a file.

    Attributes:
        found: in the order of the file.
        labels: that it defines.
        unseen: what no reader sees: comments, and statements that show nothing.
        title: of the document.
        authors: of it.
    """

    found: list[Found] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    unseen: list[Span] = field(default_factory=list)
    title: str = ""
    authors: list[str] = field(default_factory=list)


class Mode(Enum):
    """How a part of a file is read."""

    MARKUP = "text"
    CODE = "a program"
    MATH = "a formula"


@dataclass(slots=True)
class Frame:
    """What is open.

    Attributes:
        mode: how it is read.
        closer: the sign that ends it; empty for a statement, which a line's end ends.
        start: where its content begins.
        name: of the function that is called, or of the statement.
        key: the name of the argument that is being given.
        shows: whether there is markup in it.
        link: of the call of a link, which of the things found it is.
    """

    mode: Mode
    closer: str
    start: int
    name: str = ""
    key: str = ""
    shows: bool = False
    link: int | None = None

    @property
    def is_statement(self) -> bool:
        """Whether the end of a line ends it."""
        return self.mode is Mode.CODE and not self.closer


class Calls:
    """The functions that are being called, and what they are given.

    Attributes:
        stack: what is open, the innermost last.
        result: what was found.
    """

    def __init__(self) -> None:
        self.stack = [Frame(Mode.MARKUP, "", 0)]
        self.result = Scan()

    def _call(self, depth: int) -> tuple[str, tuple[str, ...], Frame]:
        """The function to which a value is given, and the names under which.

        Args:
            depth: of the frame in which it stands.

        Returns:
            The last part of its name, the names of the arguments from the innermost
            on, and its frame.
        """
        keys: list[str] = []
        while True:
            frame = self.stack[depth]
            if frame.key:
                keys.append(frame.key)
            is_call = frame.mode is Mode.CODE and not frame.is_statement
            if not is_call or frame.name not in _TRANSPARENT or depth == 0:
                name = frame.name if is_call else ""
                return name.rpartition(".")[2], tuple(keys), frame
            depth -= 1

    def string(self, match: re.Match[str], word: str) -> None:
        """A string, behind a word such as ``include``."""
        value = _ESCAPE.sub(r"\1", match["string"])
        span = match.span("string")
        if word in {"include", "import"}:
            if word == "include":
                self.add(Kind.INCLUDE, value, span)
            return
        name, keys, frame = self._call(len(self.stack) - 1)
        if name == "label":
            self._labelled(value, span)
        elif name == "cite" and not keys:
            self.add(Kind.CITATION, value, span)
        elif name == "link" and not keys:
            self._link(value, span, frame)
        elif (name == "bibliography" and not keys) or (
            any(key.startswith("bibliography") for key in keys)
            and value.endswith(_LIBRARY)
        ):
            self.add(Kind.LIBRARY, value, span)
        else:
            self.give(value)

    def _link(self, value: str, span: tuple[int, int], frame: Frame) -> None:
        """The address in ``link("…")``, or its text behind it."""
        if frame.link is None:
            frame.link = len(self.result.found)
            self.add(Kind.LINK, value, span, value)
        else:
            self.show(frame.link, value)

    def _labelled(self, value: str, span: tuple[int, int]) -> None:
        """The string in ``label("…")``."""
        name, keys, _ = self._call(len(self.stack) - 2)
        if name in {"cite", "ref"} and not keys:
            kind = Kind.CITATION if name == "cite" else Kind.REFERENCE
            self.add(kind, value, span)
        elif not name:
            self.result.labels.add(value)

    def label(self, match: re.Match[str]) -> None:
        """A label in code."""
        name, keys, _ = self._call(len(self.stack) - 1)
        if name in {"cite", "ref"} and not keys:
            kind = Kind.CITATION if name == "cite" else Kind.REFERENCE
            self.add(kind, match["label"], match.span("label"))
        elif self.stack[-1].closer == "}":
            self.result.labels.add(match["label"])

    # --- what is found -------------------------------------------------------

    def add(
        self, kind: Kind, value: str, span: tuple[int, int], text: str = ""
    ) -> None:
        """Something was found."""
        self.result.found.append(Found(kind, value, Span(*span), text))

    def show(self, link: int, text: str) -> None:
        """What a reader sees of a link."""
        found = self.result.found
        found[link] = replace(found[link], text=text or found[link].text)

    def give(self, value: str) -> None:
        """A text that is given to a function: perhaps what the document says of itself.

        ``#set document(title: …)``, and the templates of ``#show: paper.with(…)``.
        """
        name, keys, frame = self._call(len(self.stack) - 1)
        if name == "link" and frame.link is not None:
            self.show(frame.link, value)
        elif not keys or (name != "document" and not frame.name.endswith(".with")):
            pass
        elif keys == ("title",):
            self.result.title = self.result.title or value
        elif keys[-1] in _AUTHORS and keys[0] in {"name", keys[-1]}:
            self.result.authors.append(value)


def plain(markup: str) -> str:
    """Markup as it is read, in one line."""
    return " ".join(_MARKS.sub(lambda mark: mark[1] or "", markup[:_MOST]).split())
