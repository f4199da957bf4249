"""MathML in one line of CSL rich text: scripts as such, fractions with a slash.

Source: W3C, MathML 3.0, chapter 3 (presentation markup).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lupusrefs.formats.xml_tree import Element

# The same formula again in another language.
_REPETITIONS: Final = frozenset(("annotation", "annotation-xml"))
# Tag of each operand behind the first.
_SCRIPTS: Final = {
    "msub": ("sub",),
    "munder": ("sub",),
    "msup": ("sup",),
    "mover": ("sup",),
    "msubsup": ("sub", "sup"),
    "munderover": ("sub", "sup"),
}


def local_name(element: Element) -> str:
    """The name without the prefix of a namespace."""
    return element.name.rpartition(":")[2].lower()


def flat_formula(element: Element) -> str:
    """The text of a ``<math>`` element, or of one in it."""
    name = local_name(element)
    if name in _REPETITIONS:
        return ""
    operands = [flat_formula(child) for child in element.elements]
    # White space between elements means nothing, and around a token's text neither.
    if not operands:
        return " " if name == "mspace" else " ".join(element.raw_text.split())
    match name:
        case "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover":
            pairs = zip(_SCRIPTS[name], operands[1:], strict=False)
            return operands[0] + "".join(f"<{t}>{text}</{t}>" for t, text in pairs)
        case "mfrac":
            return "/".join(operands)
        case "msqrt":
            return f"√({''.join(operands)})"
        case "mfenced":
            between = element.attributes.get("separators", ",")[:1]
            opening = element.attributes.get("open", "(")
            closing = element.attributes.get("close", ")")
            return opening + between.join(operands) + closing
        case _:
            return "".join(operands)
