r"""DOI, URL and eprint fields: verbatim to biblatex, escaped by many exporters.

The biblatex manual (2.2.1, "Verbatim field") takes them as they are. BibTeX's styles
print them as LaTeX, so that exporters write ``\_``, ``\%``, ``{\_}`` or ``\~{}``, none
of which can be part of a DOI or URL. Nothing else is LaTeX here: ``~`` and ``--`` are
themselves.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# Spellings of one character, in braces or not, however often it was escaped.
_ESCAPED: Final = re.compile(
    r"\{\\*(?:\\string)?([_%&#$~^])\}|\{\\+([{}])\}"
    r"|(?<!\\)\\++(?:([_%&#${}/])|([~^])(?:\{\})?)"
)
_CHARACTERS: Final = {
    "textasciitilde": "~",
    "sim": "~",
    "textasciicircum": "^",
    "textunderscore": "_",
    "textless": "<",
    "textgreater": ">",
    "slash": "/",
    "textendash": "–",
    "textemdash": "—",
    "textbar": "|",
    "textquotesingle": "'",
    "textdollar": "$",
    "textpercent": "%",
    # Where a line may break, and what keeps "~" from being a space.
    "allowbreak": "",
    "string": "",
}
_NAMES: Final = "|".join(_CHARACTERS)
_NAMED: Final = re.compile(
    rf"\{{\\(?P<braced>{_NAMES})(?:\{{\}})?[ ]?\}}"
    rf"|\\(?P<bare>{_NAMES})(?![A-Za-z])(?:\{{\}}|[ ])?"
    r"|(?:\$|\\ensuremath\{)(?P<math>\\sim|<|>)(?:\$|\})"
)
_CHAR: Final = re.compile(r"\{\\char *(\d{2,3}) *\}|\\char *(\d{2,3}) ?")
_COMMAND: Final = re.compile(
    r"\\(?P<name>url|path|nolinkurl|doi|texttt|href|burl)[ ]*(?=\{)"
)
_GROUP: Final = re.compile(r"(?<!\\)(?<![A-Za-z~^])\{([A-Za-z0-9/._-]*)\}")
_SPECIAL: Final = re.compile(r"[\\${]")
_SPACES: Final = re.compile(r"[ \t\r\n\f\v]+")
# Each round makes the text shorter; what needs more of them is no identifier.
_MAX_ROUNDS: Final = 6


@lru_cache(maxsize=2048)
def verbatim(source: str) -> str:
    r"""A DOI, URL or eprint: the escapes of exporters taken back, nothing else.

    Reading the result again changes nothing.

    >>> verbatim(r"{10.1007/978-3-319-10590-1{\_}53}")
    '10.1007/978-3-319-10590-1_53'
    """
    trimmed = _SPACES.sub(" ", source).strip()
    if not _SPECIAL.search(trimmed):
        return trimmed
    text = trimmed
    for _ in range(_MAX_ROUNDS):
        shorter = _round(text)
        if shorter == text:
            return text
        text = shorter
    return trimmed


def _round(text: str) -> str:
    text = _unwrapped(text)
    if not _SPECIAL.search(text):
        return text
    # Neither a URL nor a DOI has braces of its own: these protect capitals.
    text = _GROUP.sub(r"\1", text)
    text = _NAMED.sub(_character, _CHAR.sub(_numbered, text))
    return _SPACES.sub(" ", _ESCAPED.sub(_unescaped, text)).strip()


def _numbered(match: re.Match[str]) -> str:
    return chr(int(match[1] or match[2]))


def _character(match: re.Match[str]) -> str:
    name = match["braced"] or match["bare"]
    return _CHARACTERS[name] if name else match["math"].replace(r"\sim", "~")


def _unescaped(match: re.Match[str]) -> str:
    return next(filter(None, match.groups()), "")


def _unwrapped(text: str) -> str:
    r"""Without the braces, or the ``\url{...}``, around the whole."""
    if match := _COMMAND.match(text):
        end = _first_end(text, match.end())
        if match["name"] == "href" or end == len(text) - 1:
            return text[match.end() + 1 : end].strip()
    layers = _layers(text)
    return text[layers : len(text) - layers].strip() if layers else text


def _layers(text: str) -> int:
    """How many pairs of braces are around the whole text."""
    leading = len(text) - len(text.lstrip("{"))
    trailing = len(text) - len(text.rstrip("}"))
    if not leading or not trailing:
        return 0
    depth = least = leading
    for brace in _braces(text, leading, len(text) - trailing):
        depth += 1 if brace == "{" else -1
        least = min(least, depth)
    # What the text's own groups need of the braces at its end is not around it.
    return max(min(least, trailing - max(depth - leading, 0)), 0)


def _first_end(text: str, start: int) -> int:
    """Where the group that begins here ends."""
    depth = 0
    for match in _BRACE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.start()
    return len(text)


_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)


def _braces(text: str, start: int, end: int) -> list[str]:
    found = (match[0] for match in _BRACE.finditer(text, start, end))
    return [brace for brace in found if brace in "{}"]
