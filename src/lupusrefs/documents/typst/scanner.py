"""A Typst file gone through once: what it cites, names, includes, and what is no text.

Typst changes between markup, code and formulas: ``#`` leads from markup into code,
``[…]`` back, ``$…$`` into a formula. What a sign means depends on where it stands, so
the scanner keeps a stack of what is open. It does not run the program.

Source: the Typst reference (typst.app/docs/reference): "Syntax", "Scripting", ``cite``,
``ref``, ``label``, ``bibliography``, ``link``, ``document``, ``raw``.
"""

from __future__ import annotations

import re
from typing import Final

from lupusrefs.documents.light_markup import ADDRESS, trimmed_address
from lupusrefs.documents.typst.calls import Calls, Frame, Kind, Mode, Scan, plain
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
_SIGNS: Final = {Mode.MARKUP: _MARKUP, Mode.CODE: _CODE, Mode.MATH: _MATH}
_EXPRESSION: Final = re.compile(
    r"(?P<keyword>let|set|show|import|include|if|for|while|context|return)(?![\w-])"
    rf"|(?P<name>{_NAME})(?P<call>\()?|(?P<open>[({{])|{_STRING}",
    re.DOTALL,
)
_METHOD: Final = re.compile(rf"\.(?P<name>{_NAME})\(")
_BLOCK_MARK: Final = re.compile(r"/\*|\*/")
_CONTENT: Final = re.compile(r"\[([^\[\]]{0,300}+)\]")
_ELSE: Final = re.compile(r"\s*else(?![\w-])")
_CLOSERS: Final = {"(": ")", "[": "]", "{": "}"}
# Statements that are over when their block is.
_BLOCKS: Final = frozenset(("if", "for", "while", "context"))
# Statements that show nothing, unless there is markup in them.
_SILENT: Final = frozenset(("let", "set", "show", "import", "include"))
_DEEPEST: Final = 200


def scan(text: str) -> Scan:
    """Go through a file."""
    return _Scanner(text).scan()


class _Scanner:
    """One pass over a file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._calls = Calls()
        # Signs without a partner are text: a price in dollars is no formula.
        self._last_dollar = text.rfind("$")
        self._word = ""  # the name before a string: ``include "a.typ"``

    def scan(self) -> Scan:
        at: int | None = 0
        while at is not None:
            at = self._step(at)
        while len(self._calls.stack) > 1:
            self._pop(len(self._text))
        return self._calls.result

    def _step(self, at: int) -> int | None:
        """Read the next sign; where to go on is the result, None at the end."""
        mode = self._calls.stack[-1].mode
        match = _SIGNS[mode].search(self._text, at)
        if match is None:
            return None
        sign = match.lastgroup
        if sign == "line":
            self._calls.result.unseen.append(Span(*match.span()))
        elif sign == "block":
            return self._comment(match.start())
        elif sign == "raw":
            return self._raw(match)
        elif sign == "math":
            return self._dollar(match)
        elif sign == "code":
            return self._expression(match.end())
        elif mode is Mode.MARKUP:
            return self._markup(match)
        elif mode is Mode.CODE:
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
        self._calls.result.unseen.append(Span(start, end))
        return end

    def _raw(self, match: re.Match[str]) -> int:
        ticks = match["raw"]
        if len(ticks) == 2:  # noqa: PLR2004 - two are raw text of nothing
            return match.end()
        end = self._text.find(ticks, match.end())
        return end + len(ticks) if end >= 0 else len(self._text)

    def _dollar(self, match: re.Match[str]) -> int:
        if self._calls.stack[-1].mode is Mode.MATH:
            self._pop(match.start())
        elif match.start() < self._last_dollar:
            self._push(Frame(Mode.MATH, "$", match.end()))
        return match.end()

    def _push(self, frame: Frame) -> None:
        if len(self._calls.stack) >= _DEEPEST:
            return
        if frame.mode is Mode.MARKUP:
            for outer in reversed(self._calls.stack):
                if outer.is_statement:
                    outer.shows = True
                    break
        self._calls.stack.append(frame)

    def _pop(self, end: int) -> None:
        """What is open innermost is over."""
        frame = self._calls.stack.pop()
        if frame.is_statement:
            if frame.name in _SILENT and not frame.shows:
                self._calls.result.unseen.append(Span(frame.start, end))
        elif frame.mode is Mode.MARKUP:
            self._calls.give(plain(self._text[frame.start : end]))

    def _close(self, sign: str, at: int) -> int:
        """A closing bracket: what it closes is over, and what was left open in it."""
        stack = self._calls.stack
        depth = len(stack) - 1
        while depth and stack[depth].closer != sign:
            depth -= 1
        if depth == 0:
            return at + 1
        link = stack[depth].link
        while len(stack) > depth:
            self._pop(at)
        if link is not None and (shown := _CONTENT.match(self._text, at + 1)):
            self._calls.show(link, plain(shown[1]))
        return self._after(sign, at + 1)

    def _after(self, sign: str, at: int) -> int:
        """Behind a closing bracket: a method, or the end of a statement."""
        top = self._calls.stack[-1]
        if top.mode is not Mode.CODE:
            if sign == ")" and (method := _METHOD.match(self._text, at)):
                name = method["name"]
                self._push(Frame(Mode.CODE, ")", method.end(), name))
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
                self._calls.add(Kind.LINK, address, (start, end), address)
                return end
            case "ref":
                self._calls.add(Kind.REFERENCE, match["ref"], match.span("ref"))
            case "label":
                self._calls.result.labels.add(match["label"])
            case "open":
                self._push(Frame(Mode.MARKUP, "]", match.end()))
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
            self._push(Frame(Mode.CODE, "", at - 1, match["keyword"]))
        elif match["call"]:
            self._push(Frame(Mode.CODE, ")", match.end(), match["name"]))
        elif match["open"]:
            closer = _CLOSERS[match["open"]]
            self._push(Frame(Mode.CODE, closer, match.end()))
        return self._content(match.end())

    def _content(self, at: int) -> int:
        """Markup that is given to a function in a formula; brackets are signs there."""
        if self._calls.stack[-1].mode is Mode.MATH and self._text.startswith("[", at):
            self._push(Frame(Mode.MARKUP, "]", at + 1))
            return at + 1
        return at

    # --- code ----------------------------------------------------------------

    def _code(self, match: re.Match[str]) -> int:
        top = self._calls.stack[-1]
        word, self._word = self._word, ""
        match match.lastgroup:
            case "name" | "after":
                self._named(match, top)
            case "string":
                self._calls.string(match, word)
            case "label":
                self._calls.label(match)
            case "open":
                sign = match["open"]
                mode = Mode.MARKUP if sign == "[" else Mode.CODE
                self._push(Frame(mode, _CLOSERS[sign], match.end()))
            case "close":
                return self._close(match["close"], match.start())
            case "comma":
                top.key = ""
            case _ if top.is_statement:
                self._pop(match.start())
        return match.end()

    def _named(self, match: re.Match[str], top: Frame) -> None:
        name, after = match["name"], match["after"]
        self._word = name
        if after == "(":
            self._push(Frame(Mode.CODE, ")", match.end(), name))
        elif after and top.closer == ")":
            top.key = name


def _balanced(address: str) -> int:
    """How much of it is an address: a bracket that it has not opened ends it."""
    is_open: list[str] = []
    for at, char in enumerate(address):
        if char in "[(":
            is_open.append(_CLOSERS[char])
        elif char in "])" and (not is_open or is_open.pop() != char):
            return at
    return len(address)
