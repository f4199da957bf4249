"""CSL rich text, and what registries send instead, as a list of tokens.

CSL-JSON allows ``<i> <b> <sup> <sub>``, small capitals and ``nocase`` spans
(citeproc-js manual, "HTML-like formatting tags"). Registries add JATS, MathML and TeX,
line breaks of their pretty printers, and entities, some escaped twice (registries.md
2.5).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

NOCASE: Final = "nocase"

_COMMANDS: Final = {
    **dict.fromkeys(("i", "em", "emph", "italic"), "emph"),
    **dict.fromkeys(("b", "strong", "bold"), "textbf"),
    **dict.fromkeys(("sup", "superscript"), "textsuperscript"),
    **dict.fromkeys(("sub", "inf", "subscript"), "textsubscript"),
    **dict.fromkeys(("sc", "scp", "small-caps"), "textsc"),
    **dict.fromkeys(("tt", "code", "monospace"), "texttt"),
    **dict.fromkeys(("u", "underline"), "underline"),
}
# Wrappers whose text counts; block elements stand for a space.
_WRAPPERS: Final = frozenset(
    "a alternatives ext-link formula inline-formula math named-content roman span"  # noqa: SIM905 - a list of words
    " styled-content tex xref".split()
)
_BLOCKS: Final = frozenset(("br", "div", "li", "list", "p", "sec", "subtitle", "title"))
# The same formula again in another language.
_REPETITIONS: Final = frozenset(("annotation", "annotation-xml", "tex-math"))
_PREFIXES: Final = frozenset(("mml", "m", "jats"))

_ENTITY: Final = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z0-9]{2,31});"
)
# What pretty printers put in; no-break and thin spaces are meant.
_SPACES: Final = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
# What of it is not a single space already: to look for it is quicker than to replace
# every space by itself.
_UNEVEN: Final = re.compile(r"  |[\t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]")
# Controls, lone surrogates (no UTF-8 for them), soft hyphen, zero-width characters.
_INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff]"
)
_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w:.-]*)((?:\s[^<>]*?)?)/?>")
# pandoc's rule for "$": math opens before and closes after a non-space, and no digit
# follows, so that "$5 and $10" are prices. Springer's "$$...$$" is inline, too.
_MATH: Final = re.compile(
    r"\$\$([^$]{1,300})\$\$|(?<!\\)\$(?!\s)([^$]{1,300})(?<![\s\\])\$(?!\d)"
)
# Without these there is neither tag nor entity.
_MARKS: Final = re.compile("[<>&]")
_UNSAFE_IN_MATH: Final = re.compile(r"(?<!\\)[%#&]|\\$")


@dataclass(frozen=True, slots=True)
class Text:
    """A run of plain Unicode text."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """TeX math, without its dollars."""

    source: str


@dataclass(frozen=True, slots=True)
class Open:
    """The begin of a style: the name of a LaTeX command, or ``NOCASE``."""

    command: str


@dataclass(frozen=True, slots=True)
class Close:
    """The end of the style that was opened last."""


Token = Text | Math | Open | Close


def plain(text: str) -> str:
    """The text in one line, without markup: for names, keys and numbers."""
    if _MARKS.search(text) is None:
        # As most texts are: nothing but spaces and what is invisible.
        text = unicodedata.normalize("NFC", text)
        if _UNEVEN.search(text) is not None:
            text = _SPACES.sub(" ", text)
        if _INVISIBLE.search(text) is not None:
            text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
        return text.strip()
    parts = (t.text for t in parse(text, math=False) if isinstance(t, Text))
    return _SPACES.sub(" ", "".join(parts)).strip()


def parse(text: str, *, math: bool = True) -> list[Token]:
    """Tokens of a text; styles are properly nested, whatever the tags were.

    >>> parse("of <i>H. pylori</i>")
    [Text(text='of '), Open(command='emph'), Text(text='H. pylori'), Close()]
    """
    tokens: list[Token] = []
    open_tags: list[str] = []
    for piece in _pieces(_one_line(text)):
        if isinstance(piece, str):
            tokens.extend(_formulas(piece) if math else [Text(piece)])
            continue
        name, command, closing = piece
        if not closing:
            open_tags.append(name)
            tokens.append(Open(command))
        elif name in open_tags:
            while open_tags:
                tokens.append(Close())
                if open_tags.pop() == name:
                    break
    tokens.extend(Close() for _ in open_tags)
    return _trimmed(tokens)


def _one_line(text: str) -> str:
    """Entities decoded, invisible characters gone, pretty printers' breaks settled."""
    for _ in range(3):
        decoded = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
        if decoded == text:
            break
        text = decoded
    text = unicodedata.normalize("NFC", text)
    text = _SPACES.sub(lambda run: "\n" if "\n" in run[0] else " ", text)
    text = _INVISIBLE.sub("", text)
    # A break beside a tag may have been made by a pretty printer in the middle of a
    # word: ``Hg\n<sub>3</sub>\nSe\n<sub>2</sub>`` or ``(\n<i>Tridacna</i>\n)``.
    text = re.sub(r"\n(?=<su[bp]>)", "", text)
    text = re.sub(r"(?<=</su[bp]>)\n(?=[A-Z][a-z]?<su[bp]>)", "", text)
    text = re.sub(r"(?<=>)\n(?=[-.,;:)\]/])|(?<=[(\[/-])\n(?=<)", "", text)
    return text.replace("\n", " ")


def _pieces(text: str) -> Iterator[str | tuple[str, str, bool]]:
    """Text, and (tag, command, whether it closes) for each tag that has a style."""
    end = 0
    repetition: str | None = None
    for tag in _TAG.finditer(text):
        prefix, _, local = tag[2].lower().rpartition(":")
        known = prefix in _PREFIXES or local in _COMMANDS.keys() | _WRAPPERS | _BLOCKS
        # "<La captive>" and "p <b and c> d" are no tags.
        if not (known or local in _REPETITIONS) or (tag[3] and "=" not in tag[3]):
            continue
        if repetition is None and end < tag.start():
            yield text[end : tag.start()]
        end = tag.end()
        closing = bool(tag[1])
        if repetition is not None:
            repetition = None if closing and local == repetition else repetition
        elif local in _REPETITIONS and not closing:
            repetition = local
        elif local in _BLOCKS:
            yield " "
        elif local == "span" or local in _COMMANDS:
            # A span without a style is still paired, so that </span> finds <span>.
            yield local, _COMMANDS.get(local) or _span(tag[3]), closing
    if end < len(text) and repetition is None:
        yield text[end:]


def _span(attributes: str) -> str:
    if re.search(r"class\s*=\s*[\"']?nocase\b", attributes):
        return NOCASE
    return "textsc" if re.search(r"small-caps", attributes) else ""


def _formulas(text: str) -> Iterator[Token]:
    end = 0
    for match in _MATH.finditer(text):
        source = (match[1] or match[2]).strip()
        if not source or not _is_math(source):
            continue
        if end < match.start():
            yield Text(text[end : match.start()])
        yield Math(source)
        end = match.end()
    if end < len(text):
        yield Text(text[end:])


def _is_math(source: str) -> bool:
    """Whether it is safe to hand on: balanced for BibTeX, and for TeX."""
    return not _UNSAFE_IN_MATH.search(source) and all(
        balanced(braces) for braces in (source, re.sub(r"\\.", "", source))
    )


def balanced(text: str) -> bool:
    """Whether every brace has its partner, as BibTeX counts them."""
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _trimmed(tokens: list[Token]) -> list[Token]:
    """The same without spaces at the ends, and never two of them in a row."""
    trimmed: list[Token] = []
    after_space = True
    for token in tokens:
        if isinstance(token, Text):
            text = _SPACES.sub(" ", token.text)
            text = text.lstrip() if after_space else text
            if text:
                after_space = text.endswith(" ")
                trimmed.append(Text(text))
        else:
            after_space = after_space and not isinstance(token, Math)
            trimmed.append(token)
    for index in range(len(trimmed) - 1, -1, -1):
        match trimmed[index]:
            case Text(text):
                trimmed[index] = Text(text.rstrip())
                break
            case Math():
                break
    return trimmed
