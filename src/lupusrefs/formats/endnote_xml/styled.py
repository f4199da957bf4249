"""EndNote's runs of styled text, and CSL's rich text.

``<style face="italic">`` is CSL's ``<i>``; several faces of one run are separated by
blanks. Greek in old libraries is Latin in the font "Symbol".

Source: EndNote's document type definition for its XML, ``style``; Adobe, "Symbol
Encoding", for the font.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.formats.xml_tree import Element, inline_style
from lupusrefs.model.markup import Close, Open, Text, parse

_TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "subscript": "sub",
    "superscript": "sup",
    "underline": "u",
}
# Names of the tokens of CSL's rich text -> faces.
_FACES: Final = {
    "emph": "italic",
    "textbf": "bold",
    "textsubscript": "subscript",
    "textsuperscript": "superscript",
    "underline": "underline",
}
_SYMBOL: Final = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
)
_JOIN: Final = re.compile(r"</(b|i|sub|sup|u)>( *)<\1>")
# A line break with an indentation is a pretty printer's; EndNote's is a bare "\r".
_INDENTED: Final = re.compile(r"\n[ \t]{2,}")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def element_lines(element: Element, *, rich: bool) -> tuple[str, ...]:
    """The text of an element, line by line, without blanks around the lines.

    Args:
        element: with runs of styled text in it, or text alone.
        rich: whether styles count.
    """
    text = _INDENTED.sub(" ", _text(element, rich=rich))
    return tuple(line.strip() for line in _LINE_END.split(text))


def _text(element: Element, *, rich: bool) -> str:
    has_runs = any(element.elements)
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, Element):
            parts.append(_run(child, rich=rich))
        elif child.strip() or not (has_runs and "\n" in child):
            parts.append(child)
    text = "".join(parts)
    return _JOIN.sub(r"\2", text) if rich else text


def _run(child: Element, *, rich: bool) -> str:
    text = _text(child, rich=rich)
    if child.attributes.get("font", "").casefold() == "symbol":
        text = text.translate(_SYMBOL)
    if not rich or not text.strip():
        return text
    faces = child.attributes.get("face", "").split()
    tags = [tag for face in faces if (tag := _TAGS.get(face.casefold()))]
    if child.name != "style" and (tag := inline_style(child)):
        tags.append(tag)
    # A blank at the end of a run belongs to the sentence.
    inner = text.strip()
    before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
    for tag in reversed(tags):
        inner = f"<{tag}>{inner}</{tag}>"
    return before + inner + after


def runs(text: str) -> Iterator[tuple[str, str]]:
    """CSL's rich text as runs of (face, text); the face of a plain one is ``normal``.

    Styles that EndNote has not are left out.

    >>> list(runs("of <i>H. pylori</i>"))
    [('normal', 'of '), ('italic', 'H. pylori')]
    """
    tokens = parse(text, math=False)
    if not any(isinstance(token, Open) for token in tokens):
        # Only what has markup is tidied up.
        has_entity = "&" in text
        plain = "".join(token.text for token in tokens if isinstance(token, Text))
        yield "normal", plain if has_entity else text
        return
    commands: list[str] = []
    for token in tokens:
        match token:
            case Open(command):
                commands.append(command)
            case Close():
                commands.pop()
            case Text(piece) if piece:
                faces = dict.fromkeys(
                    face for one in commands if (face := _FACES.get(one))
                )
                yield " ".join(faces) or "normal", piece
