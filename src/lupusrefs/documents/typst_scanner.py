"""A Typst file gone through once: what it cites, names, includes, and what is no text.

Typst changes between markup, code and formulas: ``#`` leads from markup into code,
``[…]`` back, ``$…$`` into a formula. What a sign means depends on where it stands, so
the scanner keeps a stack of what is open. It does not run the program.

Source: the Typst reference (typst.app/docs/reference): "Syntax", "Scripting", ``cite``,
``ref``, ``label``, ``bibliography``, ``link``, ``document``, ``raw``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from lupusrefs.documents.light_markup import ADDRESS, trimmed_address
from lupusrefs.model.location import Span

_NAME: Final = r"[^\W\d][\w-]*(?:\.[^\W\d][\w-]*)*"
_LABEL: Final = r"<(?P<label>\w[\w.:-]{0,200})>"
_COMMENTS: Final = r"(?P<line>//[^\r\n]*)|(?P<block>/\*)"
_STRING: Final = r"\"(?P<string>(?:[^\"\\]|\\.)*+)\"?"
_MARKUP: Final = re.compile(
    rf"\\.|(?P<address>\b{ADDRESS})|{_COMMENTS}|(?P<raw>`+)"
    rf"|(?<!\w)@(?P<ref>\w(?:[\w.:-]{{0,200}}[\w-])?)|{_LABEL}"
    r"|(?P<math>\$)|(?P<code>#)|(?P<open>\[)|(?P<close>\])",
    re.DOTALL,
)
_CODE: Final = re.compile(
    rf"{_COMMENTS}|(?P<raw>`+)|{_STRING}|{_LABEL}|(?P<math>\$)"
    rf"|(?P<name>{_NAME})(?P<after>[ \t]*:(?!:)|\()?"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)|(?P<end>[\r\n;])",
    re.DOTALL,
)
_MATH: Final = re.compile(
    rf"\\.|{_COMMENTS}|{_STRING}|(?P<math>\$)|(?P<code>#)", re.DOTALL
)
_EXPRESSION: Final = re.compile(
    r"(?P<keyword>let|set|show|import|include|if|for|while|context|return)(?![\w-])"
    rf"|(?P<name>{_NAME})(?P<call>\()?|(?P<open>[({{])|{_STRING}",
    re.DOTALL,
)
_METHOD: Final = re.compile(rf"\.(?P<name>{_NAME})\(")
_BLOCK_MARK: Final = re.compile(r"/\*|\*/")
_CONTENT: Final = re.compile(r"\[([^\[\]]{0,300}+)\]")
_ELSE: Final = re.compile(r"\s*else(?![\w-])")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_CLOSERS: Final = {"(": ")", "[": "]", "{": "}"}
# Statements that are over when their block is.
_BLOCKS: Final = frozenset(("if", "for", "while", "context"))
# Statements that show nothing, unless there is markup in them.
_SILENT: Final = frozenset(("let", "set", "show", "import", "include"))
# Calls that only hand on what they are given.
_TRANSPARENT: Final = frozenset(("", "bytes", "read"))
_DEEPEST: Final = 1000
_LIBRARY: Final = (".bib", ".yml", ".yaml")
_AUTHORS: Final = frozenset(("author", "authors"))


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


class _Mode(Enum):
    MARKUP = _MARKUP
    CODE = _CODE
    MATH = _MATH


@dataclass(slots=True)
class _Frame:
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

    mode: _Mode
    closer: str
    start: int
    name: str = ""
    key: str = ""
    shows: bool = False
    link: int | None = None

    @property
    def is_statement(self) -> bool:
        return self.mode is _Mode.CODE and not self.closer


def scan(text: str) -> Scan:
    """Go through a file."""
    return _Scanner(text).scan()


class _Scanner:
    """One pass over a file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._result = Scan()
        self._stack = [_Frame(_Mode.MARKUP, "", 0)]
        # Signs without a partner are text: a price in dollars is no formula.
        self._last_dollar = text.rfind("$")
        self._word = ""  # the name before a string: ``include "a.typ"``

    def scan(self) -> Scan:
        at: int | None = 0
        while at is not None:
            at = self._step(at)
        while len(self._stack) > 1:
            self._pop(len(self._text))
        self._result.found.sort(key=lambda one: one.span)
        return self._result

    def _step(self, at: int) -> int | None:
        """Read the next sign; where to go on is the result, None at the end."""
        mode = self._stack[-1].mode
        match = mode.value.search(self._text, at)
        if match is None:
            return None
        sign = match.lastgroup
        if sign == "line":
            self._result.unseen.append(Span(*match.span()))
        elif sign == "block":
            return self._comment(match.start())
        elif sign == "raw":
            return self._raw(match)
        elif sign == "math":
            return self._dollar(match)
        elif sign == "code":
            return self._expression(match.end())
        elif mode is _Mode.MARKUP:
            return self._markup(match)
        elif mode is _Mode.CODE:
            return self._code(match)
        return match.end()

    # --- in all modes --------------------------------------------------------

    def _comment(self, start: int) -> int:
        """A comment over lines, which may have others in it."""
        depth, end = 0, len(self._text)
        for mark in _BLOCK_MARK.finditer(self._text, start):
            depth += 1 if mark[0] == "/*" else -1
            if depth == 0:
                end = mark.end()
                break
        self._result.unseen.append(Span(start, end))
        return end

    def _raw(self, match: re.Match[str]) -> int:
        ticks = match["raw"]
        if len(ticks) == 2:  # noqa: PLR2004 - two are raw text of nothing
            return match.end()
        end = self._text.find(ticks, match.end())
        return end + len(ticks) if end >= 0 else len(self._text)

    def _dollar(self, match: re.Match[str]) -> int:
        if self._stack[-1].mode is _Mode.MATH:
            self._pop(match.start())
        elif match.start() < self._last_dollar:
            self._push(_Frame(_Mode.MATH, "$", match.end()))
        return match.end()

    def _push(self, frame: _Frame) -> None:
        if len(self._stack) >= _DEEPEST:
            return
        if frame.mode is _Mode.MARKUP:
            for outer in reversed(self._stack):
                if outer.is_statement:
                    outer.shows = True
                    break
        self._stack.append(frame)

    def _pop(self, end: int) -> None:
        """What is open innermost is over."""
        frame = self._stack.pop()
        if frame.is_statement:
            if frame.name in _SILENT and not frame.shows:
                self._result.unseen.append(Span(frame.start, end))
        elif frame.mode is _Mode.MARKUP:
            self._give(_plain(self._text[frame.start : end]))

    def _close(self, sign: str, at: int) -> int:
        """A closing bracket: what it closes is over, and what was left open in it."""
        stack = self._stack
        depth = len(stack) - 1
        while depth and stack[depth].closer != sign:
            depth -= 1
        if depth == 0:
            return at + 1
        link = stack[depth].link
        while len(stack) > depth:
            self._pop(at)
        if link is not None and (shown := _CONTENT.match(self._text, at + 1)):
            self._show(link, _plain(shown[1]))
        return self._after(sign, at + 1)

    def _show(self, link: int, text: str) -> None:
        """What a reader sees of a link."""
        found = self._result.found
        found[link] = replace(found[link], text=text or found[link].text)

    def _after(self, sign: str, at: int) -> int:
        """Behind a closing bracket: a method, or the end of a statement."""
        top = self._stack[-1]
        if top.mode is not _Mode.CODE:
            if sign == ")" and (method := _METHOD.match(self._text, at)):
                name = method["name"]
                self._push(_Frame(_Mode.CODE, ")", method.end(), name))
                return method.end()
            return self._content(at)
        is_over = top.is_statement and top.name in _BLOCKS and sign != ")"
        if is_over and not _ELSE.match(self._text, at):
            self._pop(at)
        return at

    # --- markup --------------------------------------------------------------

    def _markup(self, match: re.Match[str]) -> int:
        match match.lastgroup:
            case "address":
                start = match.start()
                length = _balanced(match["address"])
                address = trimmed_address(match["address"][:length])
                end = start + len(address)
                self._add(Kind.LINK, address, (start, end), address)
                return end
            case "ref":
                self._add(Kind.REFERENCE, match["ref"], match.span("ref"))
            case "label":
                self._result.labels.add(match["label"])
            case "open":
                self._push(_Frame(_Mode.MARKUP, "]", match.end()))
            case "close":
                return self._close("]", match.start())
        return match.end()

    def _expression(self, at: int) -> int:
        """Code in markup or in a formula, behind its ``#``."""
        match = _EXPRESSION.match(self._text, at)
        if match is None:
            return self._content(at)
        if match["keyword"]:
            self._word = match["keyword"]
            self._push(_Frame(_Mode.CODE, "", at - 1, match["keyword"]))
        elif match["call"]:
            self._push(_Frame(_Mode.CODE, ")", match.end(), match["name"]))
        elif match["open"]:
            closer = _CLOSERS[match["open"]]
            self._push(_Frame(_Mode.CODE, closer, match.end()))
        return self._content(match.end())

    def _content(self, at: int) -> int:
        """Markup that is given to a function in a formula; brackets are signs there."""
        if self._stack[-1].mode is _Mode.MATH and self._text.startswith("[", at):
            self._push(_Frame(_Mode.MARKUP, "]", at + 1))
            return at + 1
        return at

    # --- code ----------------------------------------------------------------

    def _code(self, match: re.Match[str]) -> int:
        top = self._stack[-1]
        word, self._word = self._word, ""
        match match.lastgroup:
            case "name" | "after":
                self._named(match, top)
            case "string":
                self._string(match, word)
            case "label":
                self._label(match)
            case "open":
                sign = match["open"]
                mode = _Mode.MARKUP if sign == "[" else _Mode.CODE
                self._push(_Frame(mode, _CLOSERS[sign], match.end()))
            case "close":
                return self._close(match["close"], match.start())
            case "comma":
                top.key = ""
            case _ if top.is_statement:
                self._pop(match.start())
        return match.end()

    def _named(self, match: re.Match[str], top: _Frame) -> None:
        name, after = match["name"], match["after"]
        self._word = name
        if after == "(":
            self._push(_Frame(_Mode.CODE, ")", match.end(), name))
        elif after and top.closer == ")":
            top.key = name

    def _call(self, depth: int) -> tuple[str, tuple[str, ...], _Frame]:
        """The function to which a value is given, and the names under which.

        Args:
            depth: of the frame in which it stands.

        Returns:
            The last part of its name, the names of the arguments from the innermost
            on, and its frame.
        """
        keys: list[str] = []
        while True:
            frame = self._stack[depth]
            if frame.key:
                keys.append(frame.key)
            is_call = frame.mode is _Mode.CODE and not frame.is_statement
            if not is_call or frame.name not in _TRANSPARENT or depth == 0:
                name = frame.name if is_call else ""
                return name.rpartition(".")[2], tuple(keys), frame
            depth -= 1

    def _string(self, match: re.Match[str], word: str) -> None:
        value = _ESCAPE.sub(r"\1", match["string"])
        span = match.span("string")
        if word in {"include", "import"}:
            if word == "include":
                self._add(Kind.INCLUDE, value, span)
            return
        name, keys, frame = self._call(len(self._stack) - 1)
        if name == "label":
            self._labelled(value, span)
        elif name == "cite" and not keys:
            self._add(Kind.CITATION, value, span)
        elif name == "link" and not keys:
            self._link(value, span, frame)
        elif (name == "bibliography" and not keys) or (
            any(key.startswith("bibliography") for key in keys)
            and value.endswith(_LIBRARY)
        ):
            self._add(Kind.LIBRARY, value, span)
        else:
            self._give(value)

    def _link(self, value: str, span: tuple[int, int], frame: _Frame) -> None:
        """The address in ``link("…")``, or its text behind it."""
        if frame.link is None:
            frame.link = len(self._result.found)
            self._add(Kind.LINK, value, span, value)
        else:
            self._show(frame.link, value)

    def _labelled(self, value: str, span: tuple[int, int]) -> None:
        """The string in ``label("…")``."""
        name, keys, _ = self._call(len(self._stack) - 2)
        if name in {"cite", "ref"} and not keys:
            kind = Kind.CITATION if name == "cite" else Kind.REFERENCE
            self._add(kind, value, span)
        elif not name:
            self._result.labels.add(value)

    def _label(self, match: re.Match[str]) -> None:
        name, keys, _ = self._call(len(self._stack) - 1)
        if name in {"cite", "ref"} and not keys:
            kind = Kind.CITATION if name == "cite" else Kind.REFERENCE
            self._add(kind, match["label"], match.span("label"))
        elif self._stack[-1].closer == "}":
            self._result.labels.add(match["label"])

    # --- what is found -------------------------------------------------------

    def _add(
        self, kind: Kind, value: str, span: tuple[int, int], text: str = ""
    ) -> None:
        self._result.found.append(Found(kind, value, Span(*span), text))

    def _give(self, value: str) -> None:
        """A text that is given to a function: perhaps what the document says of itself.

        ``#set document(title: …)``, and the templates of ``#show: paper.with(…)``.
        """
        name, keys, frame = self._call(len(self._stack) - 1)
        if name == "link" and frame.link is not None:
            self._show(frame.link, value)
        elif not keys or (name != "document" and not frame.name.endswith(".with")):
            pass
        elif keys == ("title",):
            self._result.title = self._result.title or value
        elif keys[-1] in _AUTHORS and keys[0] in {"name", keys[-1]}:
            self._result.authors.append(value)


_MARKS: Final = re.compile(
    r"\\([^\w\s])|\\(?=\s)|//[^\r\n]*|#[\w.-]+(?:\([^()]{0,200}+\))?|[*_\[\]]"
)


def _balanced(address: str) -> int:
    """How much of it is an address: a bracket that it has not opened ends it."""
    is_open: list[str] = []
    for at, char in enumerate(address):
        if char in "[(":
            is_open.append(_CLOSERS[char])
        elif char in "])" and (not is_open or is_open.pop() != char):
            return at
    return len(address)


def _plain(markup: str) -> str:
    """Markup as it is read, in one line."""
    return " ".join(_MARKS.sub(lambda mark: mark[1] or "", markup[:_MOST]).split())


_MOST: Final = 2000  # characters of a title
