"""HTML that cannot be broken by what is in it: text goes in only through ``text``."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Final, NewType
from urllib.parse import quote

from lupusrefs.reports.marking import Pieces, one_line, shortened

Markup = NewType("Markup", str)

NOTHING: Final = Markup("")
# Elements without content and end tag (HTML, "Void elements").
_VOID: Final = frozenset(("br", "input", "meta", "link", "hr"))
_SCHEMES: Final = ("https://", "http://")


def text(value: object) -> Markup:
    """A text in one line, with every character that means something escaped.

    A blank at either end stays: there may be another text beside it.
    """
    said = str(value)
    before, behind = " " * said.startswith(" "), " " * said.endswith(" ")
    return Markup(html.escape(f"{before}{one_line(said)}{behind}"))


def sentence(value: str) -> Markup:
    """A sentence of ours, what it has between backticks as code."""
    parts = value.split("`")
    if len(parts) % 2 == 0:
        return text(value)
    return joined(
        element("code", text(part)) if number % 2 else text(part)
        for number, part in enumerate(parts)
    )


def element(tag: str, /, *children: Markup, **attributes: str | bool) -> Markup:
    """An element.

    Args:
        tag: its name.
        children: what is in it.
        attributes: by name, ``_`` for ``-`` and a trailing one dropped (``class_``);
            True means that it is there, False that it is not.
    """
    opening = tag
    for key, value in attributes.items():
        attribute = key.rstrip("_").replace("_", "-")
        if value is True:
            opening += f" {attribute}"
        elif value is not False:
            clean = value if value.isprintable() else one_line(value)
            opening += f' {attribute}="{html.escape(clean)}"'
    if tag in _VOID:
        return Markup(f"<{opening}>")
    return Markup(f"<{opening}>{''.join(children)}</{tag}>")


def joined(parts: Iterable[Markup], between: str = "") -> Markup:
    """The parts, one after another."""
    return Markup(text(between).join(parts))


def lines(parts: Iterable[Markup]) -> Markup:
    """The parts, each in a line of its own."""
    return Markup("".join(f"{part}\n" for part in parts if part))


def link(address: str, words: str) -> Markup:
    """A link to the web; anything else, such as ``javascript:``, stays text."""
    if not address.startswith(_SCHEMES):
        return text(words)
    return element("a", text(words), href=one_line(address), rel="noreferrer noopener")


def doi_address(doi: str) -> str:
    """Where the resolver has a DOI."""
    return f"https://doi.org/{quote(doi, safe='/')}"


def side(pieces: Pieces, kind: str) -> Markup:
    """A cited or registered value with its differing words marked.

    Args:
        pieces: the value.
        kind: ``cited`` or ``registered``.
    """
    return joined(
        element("mark", _plain(piece.text), class_=kind)
        if piece.differs
        else _plain(piece.text)
        for piece in shortened(pieces)
    )


def _plain(value: str) -> Markup:
    """A piece of a text, with the blanks at its ends."""
    return Markup(html.escape(value))
