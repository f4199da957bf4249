"""Scalars of YAML in the style of those that they replace."""

from __future__ import annotations

import re
from typing import Final

import yaml

from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Scalar, Sequence
from lupusrefs.formats.yaml_tree import parse_yaml

_WIDTH: Final = 88
_BREAKS: Final = re.compile(r"[\n\r\x85\u2028\u2029]")
# What double quotes need an escape for (YAML 1.1, section 5.6), and what hides.
_ESCAPED: Final = re.compile(
    '["\\\\\x00-\x1f\x7f-\xa0\xad\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]'
)
_ESCAPES: Final = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
# The one space between two words, where a line may be folded.
_FOLD: Final = re.compile(r"(?<=[^ ]) (?=[^ ])")
_HEADER: Final = re.compile(r"[|>][-+1-9]*[ \t]*(?:#[^\r\n]*)?")


class Plain(str):
    """A text that is written without quotes: a number, or a date."""

    __slots__ = ()


class Yaml:
    """Writes scalars.

    Args:
        source: the file they are for, whose characters they must be.
    """

    def __init__(self, source: SourceText) -> None:
        self._source = source

    def scalar(self, text: str, *, flow: bool = False) -> str:
        """A new scalar in one line, without quotes where that says the same."""
        if isinstance(text, Plain):
            return str(text)
        if self._is_plain(text, flow=flow):
            return text
        return self._quoted(text, "'")

    def like(self, text: str, old: str, *, flow: bool, column: int) -> str:
        """A scalar in the style of the one that it replaces.

        Args:
            text: what it is to say.
            old: as that one stands in the file.
            flow: inside brackets or braces.
            column: where it begins in its line.
        """
        style = old[:1]
        if style in {"|", ">"}:
            return self._block(text, old) or self._quoted(text, '"')
        if style in {'"', "'"}:
            token = self._quoted(text, style)
        elif (
            isinstance(text, Plain)
            or self._is_plain(text, flow=flow)
            or _same_kind(text, old)
        ):
            token = text
        else:
            token = self._quoted(text, "'")
        return _wrapped(token, old, column)

    def _quoted(self, text: str, mark: str) -> str:
        hidden = _ESCAPED.sub("", text.replace('"', "").replace("\\", ""))
        bare = hidden == text.replace('"', "").replace("\\", "")
        if mark == "'" and bare and self._source.unencodable(text) is None:
            return "'" + text.replace("'", "''") + "'"
        escaped = _ESCAPED.sub(lambda char: _escape(char[0]), text)
        return '"' + self._encodable(escaped) + '"'

    def _encodable(self, text: str) -> str:
        if self._source.unencodable(text) is None:
            return text
        return "".join(
            _escape(char) if self._source.unencodable(char) else char for char in text
        )

    def _is_plain(self, text: str, *, flow: bool) -> bool:
        if not text or _ESCAPED.search(text.replace('"', "").replace("\\", "")):
            return False
        if self._source.unencodable(text) is not None or not _reads_as(text, flow=flow):
            return False
        return _resolved(text) == text

    def _block(self, text: str, old: str) -> str | None:
        """A literal or folded scalar with the header of the old one."""
        header = _HEADER.match(old)
        body = old[header.end() :] if header else ""
        indented = re.search(r"(?m)^([ ]+)\S", body)
        if header is None or indented is None or text != text.strip():
            return None
        if _ESCAPED.search(re.sub(r'["\\\n]', "", text)) or re.search(
            r"\d", header[0].partition("#")[0]
        ):
            return None
        if self._source.unencodable(text) is not None:
            return None
        is_folded = old.startswith(">")
        if is_folded and "\n" in text:
            return None
        indent = indented[1]
        width = max(_WIDTH, *map(len, body.splitlines()))
        lines = _folded(text, width - len(indent)) if is_folded else text.split("\n")
        if any(line[:1].isspace() for line in lines):
            return None
        body = "\n".join(indent + line if line else "" for line in lines)
        return f"{header[0]}\n{body}"


def _escape(char: str) -> str:
    code = ord(char)
    if char in _ESCAPES:
        return _ESCAPES[char]
    if code <= 0xFF:  # noqa: PLR2004 - two digits
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004


def _reads_as(token: str, *, flow: bool) -> bool:
    """Whether a plain scalar is read as itself where it stands."""
    whole = f"[{token}, a]\n" if flow else f"k: {token}\n"
    source = SourceText("", whole)
    diagnostics = Diagnostics(source)
    roots = parse_yaml(source, diagnostics)
    if diagnostics.collected() or len(roots) != 1:
        return False
    match roots[0]:
        case Sequence(items=(Scalar(value=found), Scalar())):
            return found == token
        case Mapping(entries=((_, Scalar(value=found)),)):
            return found == token
        case _:
            return False


def _resolved(token: str) -> object:
    """What other programs make of a plain scalar."""
    try:
        return yaml.safe_load(token)
    except (yaml.YAMLError, ValueError):
        return None


def _same_kind(text: str, old: str) -> bool:
    """Whether both are numbers or both are dates, in the plainest spelling."""
    if not text or _BREAKS.search(text):
        return False
    new, before = _resolved(text), _resolved(old)
    if new is None or isinstance(new, bool) or type(new) is not type(before):
        return False
    return isinstance(new, str) or str(new) == text


def _wrapped(token: str, old: str, column: int) -> str:
    """A token in several lines, if that in its place was and it is too long for one."""
    lines = old.splitlines()
    if len(lines) < len(("first", "second")) or column + len(token) <= _WIDTH:
        return token
    indent = lines[1][: len(lines[1]) - len(lines[1].lstrip())]
    first, *rest = _folded(token, _WIDTH - column)
    more = _folded(" ".join(rest), _WIDTH - len(indent)) if rest else []
    return f"\n{indent}".join([first, *more])


def _folded(text: str, width: int) -> list[str]:
    """The text in lines, broken at single spaces only."""
    lines: list[str] = []
    for word in _FOLD.split(text):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
