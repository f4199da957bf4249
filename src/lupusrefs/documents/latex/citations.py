r"""The keys that LaTeX's citation commands name.

Sources: latexref, 8.24.3 (``\cite``); natbib's reference sheet; the biblatex manual,
3.9 ("Citation Commands"); the manuals of apacite, harvard, cite, bibentry, csquotes
(``\textcquote``) and abntex2cite (``\citeonline``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lupusrefs.documents.latex.arguments import Arguments
from lupusrefs.model.location import Span

_PREFIXES: Final = (
    *("foot", "paren", "text", "nptext", "up", "smart", "super", "auto", "full"),
    *("footfull", "no", "note", "pnote", "fnote", "online", "inline", "short", "poss"),
    *("possessive", "mask", "new", "vol", "pvol", "fvol", "ftvol", "svol", "tvol"),
    *("avol", "foots"),
)
_SUFFIXES: Final = (
    "p t alt alp author author* year yearpar yearnp title date url num n np a altp"  # noqa: SIM905 - a list of words
    " online field name list fullauthor talias palias text affixed asnoun alias"
    " authoryear authornp super ref".split()
)
_SINGLE: Final = frozenset(
    (
        "cite",
        *(f"{prefix}cite" for prefix in _PREFIXES),
        *(f"cite{suffix}" for suffix in _SUFFIXES if suffix != "text"),
        *("footcitetext", "bibentry", "fullcitea", "shortcitea", "shortciten"),
        *("shortcitenp", "fullciten", "fullcitenp", "citeauthorp", "citeyearp"),
        *("posscitet", "possessivecitet", "parencitep", "citetp", "mcite", "citep*"),
        *("textcquote", "parencquote", "blockcquote", "foreigntextcquote", "citeb"),
    )
)
_MULTIPLE: Final = frozenset(
    (
        "cites",
        *(f"{prefix}cites" for prefix in _PREFIXES if prefix not in {"no", "new"}),
        *("footcitetexts", "citeps", "citets"),
    )
)
# They have other arguments before the one with the keys: how many.
_BEFORE: Final = {"foreigntextcquote": 1}
_COMMAND: Final = re.compile(
    r"\\(?P<name>[A-Za-z]*?(?:[cC]ite|bibentry|cquote)[A-Za-z]*)\*?"
)
_ANY_COMMAND: Final = re.compile(r"\\(?P<name>[A-Za-z]+)\*?")
_OVERLAY: Final = re.compile(r"<[^<>\r\n]{0,60}>")
_KEY: Final = re.compile(r"[^,]+")
# Of a macro's own text: ``\cite{#1}``, ``\cite{\key}``.
_NO_KEY: Final = re.compile(r"[#\\{}]|.\*\Z")


class CitedKey(NamedTuple):
    """A key, and where it stands."""

    key: str
    start: int
    end: int


class CitationCommand(NamedTuple):
    """A command that cites, with all its arguments.

    Attributes:
        span: from the backslash to the end of the last argument.
        keys: what it cites, in order.
    """

    span: Span
    keys: tuple[CitedKey, ...]


def citation_commands(
    arguments: Arguments,
    start: int = 0,
    end: int | None = None,
    own: frozenset[str] = frozenset(),
) -> Iterator[CitationCommand]:
    """The citation commands of a text, in order.

    Args:
        arguments: the text, without comments and verbatim text.
        start: where to begin.
        end: where to stop; the end of the text without one.
        own: further commands, in small letters, that take keys as the usual ones do.
    """
    stop = len(arguments.text) if end is None else end
    commands = _ANY_COMMAND if own else _COMMAND
    for match in commands.finditer(arguments.text, start, stop):
        name = match["name"].lower()
        if name in _MULTIPLE:
            groups = list(_many(arguments, match.end()))
        elif name in _SINGLE or name in own:
            groups = list(_one(arguments, match.end(), name))
        else:
            continue
        if groups:
            keys = tuple(key for group in groups for key in _keys(arguments, group))
            yield CitationCommand(Span(match.start(), groups[-1].end + 1), keys)


def _one(arguments: Arguments, position: int, name: str) -> Iterator[Span]:
    """The group with the keys of a command that has one."""
    if overlay := _OVERLAY.match(arguments.text, position):
        position = overlay.end()
    before = 1 if "volcite" in name else _BEFORE.get(name, 0)
    position = arguments.skip(before, position)
    group = arguments.group(arguments.behind_optionals(position))
    if group is not None:
        yield group


def _many(arguments: Arguments, position: int) -> Iterator[Span]:
    r"""The groups of ``\cites(pre)(post)[pre][post]{key}[pre][post]{key}…``."""
    while found := arguments.parenthesis(position):
        position = found.end + 1
    while group := arguments.group(arguments.behind_optionals(position)):
        yield group
        position = group.end + 1


def _keys(arguments: Arguments, group: Span) -> Iterator[CitedKey]:
    for match in _KEY.finditer(arguments.text, group.start, group.end):
        key = match[0].strip()
        if key and not _NO_KEY.search(key):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield CitedKey(key, start, start + len(key))
