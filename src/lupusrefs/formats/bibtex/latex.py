"""Unicode text -> the text of a BibTeX field.

UTF-8 stays UTF-8: accents need no macros since LaTeX reads UTF-8 by default (LaTeX News
28, 2018). Every function gives balanced braces, whatever it is given, because BibTeX
counts braces and knows no escape for them (bibtex.web, "scan_balanced_braces").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lupusrefs.model.capitals import Span, protected_spans
from lupusrefs.model.markup import (
    NOCASE,
    Close,
    Math,
    Open,
    Text,
    Token,
    parse,
    plain,
)

# ``\{`` would be fine for LaTeX, but BibTeX counts its brace: hence the long names.
# ``< > |`` are other glyphs in LaTeX's default text encoding (OT1).
_ESCAPES: Final = str.maketrans(
    {
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "\u00a0": "~",
    }
)
# Two of them would be a closing quotation mark.
_APOSTROPHE: Final = re.compile("(?<!['’])’(?!['’])")
# What stands for a formula where only words are looked at.
_FORMULA: Final = "\ufffc"


def escape(text: str) -> str:
    r"""Plain text with LaTeX's special characters escaped.

    >>> escape("R&D, 100 % {sic}")
    'R\\&D, 100 \\% \\textbraceleft{}sic\\textbraceright{}'
    """
    return text.translate(_ESCAPES)


def verbatim(text: str) -> str:
    r"""A DOI, URL or eprint: as it is, except for spaces, braces and backslash.

    ``_ # % & ~`` must *not* be escaped here. Styles that print these fields hand them
    to ``\url`` or ``\href``, which read their argument verbatim (url.sty, hyperref's
    manual), or to ``\doi`` (doi.sty, made for DOIs with ``_ # % < >`` in them); and
    biblatex calls the fields verbatim (its manual, 2.2.1). An escape would become part
    of the link (retorquere/zotero-better-bibtex#2575), and a DOI with ``\_`` is a 404
    at Crossref (registries.md 5). The standard styles of 1988 do not print the fields.
    Braces and the backslash, which would break the file, are percent-encoded.
    """
    text = re.sub(r"\s+", "%20", plain_line(text))
    return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def plain_line(text: str) -> str:
    """A text without control characters and lone surrogates, in one line."""
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "", text)


def _words(text: str) -> str:
    """Plain text escaped, an apostrophe as TeX has it; in names it stays what it is."""
    return _APOSTROPHE.sub("'", escape(text))


def value(text: str) -> str:
    r"""Plain text from a variable that has no markup: markup goes, the rest is escaped.

    >>> value("Taylor &amp; Francis")
    'Taylor \\& Francis'
    """
    return _words(plain(text))


def rich(text: str) -> str:
    r"""Rich text as LaTeX.

    >>> rich("Ca<sup>2+</sup>")
    'Ca\\textsuperscript{2+}'
    """
    return _render(parse(text), ())


def title(text: str, *, english: bool = True) -> str:
    """A title as LaTeX, its capitals protected where a style would lose them.

    Args:
        text: the title, in CSL rich text.
        english: whether it may be in Title Case, as only English titles are.
    """
    tokens = parse(text)
    words = "".join(_as_words(token) for token in tokens)
    return _render(tokens, protected_spans(words, english=english))


def protected(text: str) -> str:
    """A title as LaTeX, all of it in one more pair of braces."""
    return _group(_render(parse(text), ()))


def _as_words(token: Token) -> str:
    match token:
        case Text(text):
            return text
        case Math():
            return _FORMULA
        case _:
            return ""


def _render(tokens: Sequence[Token], spans: Sequence[Span]) -> str:
    """Tokens as LaTeX; ``spans`` of their text get braces.

    What is inside a command is inside braces already, so BibTeX leaves it alone.
    """
    outputs: list[list[str]] = [[]]
    commands: list[str] = []
    position = 0
    for token in tokens:
        match token:
            case Text(text):
                end = position + len(text)
                # A command of no effect opens no brace.
                inside = any(commands)
                outputs[-1].append(
                    _words(text) if inside else _braced(text, position, spans)
                )
                position = end
            case Math(source):
                outputs[-1].append(_formula(source))
                position += len(_FORMULA)
            case Open(command):
                commands.append(command)
                outputs.append([])
            case Close():
                content = "".join(outputs.pop())
                outputs[-1].append(_styled(commands.pop(), content))
    return "".join(outputs[0])


def _braced(text: str, position: int, spans: Sequence[Span]) -> str:
    """The text, escaped, with braces around its part of each span."""
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        first, last = max(start - position, 0), min(end - position, len(text))
        part = text[first:last] if first < last else ""
        if any(char.isupper() for char in part):
            pieces += [_words(text[done:first]), _group(_words(part))]
            done = last
    return "".join(pieces) + _words(text[done:])


def _formula(source: str) -> str:
    # change.case$ would make \delta of \Delta: "$" is no brace to BibTeX.
    formula = f"${source}$"
    return f"{{{formula}}}" if source.lower() != source else formula


def _styled(command: str, content: str) -> str:
    if not content or not command:
        return content
    if command == NOCASE:
        return _group(content)
    return f"\\{command}{_group(content)}"


def _group(content: str) -> str:
    r"""Braces that BibTeX takes for protection.

    A ``{`` followed by a backslash begins a "special character" to BibTeX, whose
    letters do change case (btxhak, "change.case$"); a second pair of braces hides it.
    """
    if content.startswith("\\") and content.lower() != content:
        return f"{{{{{content}}}}}"
    return f"{{{content}}}"
