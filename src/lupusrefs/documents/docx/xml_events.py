"""The XML of a part as events, piece by piece: nothing of it is kept.

The namespaces of both editions of the standard, transitional and strict, become the
prefixes that Word writes: ``w:p``, ``r:id``.

Source: ECMA-376, part 1, annex A, and part 4 (namespaces); part 2, 6.2.5: no part has
a DTD.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias
from xml.parsers import expat

Attributes: TypeAlias = dict[str, str]

_TRANSITIONAL: Final = "http://schemas.openxmlformats.org/"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_PREFIXES: Final = {
    f"{_TRANSITIONAL}wordprocessingml/2006/main": "w:",
    f"{_STRICT}wordprocessingml/main": "w:",
    f"{_TRANSITIONAL}officeDocument/2006/relationships": "r:",
    f"{_STRICT}officeDocument/relationships": "r:",
    f"{_TRANSITIONAL}officeDocument/2006/math": "m:",
    f"{_STRICT}officeDocument/math": "m:",
    f"{_TRANSITIONAL}drawingml/2006/main": "a:",
    f"{_STRICT}drawingml/main": "a:",
    f"{_TRANSITIONAL}markup-compatibility/2006": "mc:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
# Those of the standard, and those that expat knows besides.
_ENCODINGS: Final = frozenset(("utf-8", "utf-16", "us-ascii", "iso-8859-1"))
# Word's own nesting, tables in text boxes in tables, stays below a hundred.
_DEEPEST: Final = 512
# The longest tag: one with a citation of Mendeley's in its attribute.
_LONGEST_TAG: Final = 8 << 20  # bytes


class BrokenXml(Exception):  # noqa: N818 - caught where it becomes a diagnostic
    """The XML is broken, or is more than is read."""


class _Names(dict[str, str]):
    """Name with namespace -> name with prefix, each found out once."""

    def __missing__(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        short = f"{_PREFIXES.get(namespace, '')}{local}"
        if len(self) < 10_000:  # noqa: PLR2004 - names that somebody made up
            self[name] = short
        return short


def read_xml(
    chunks: Iterable[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Go through a part.

    Args:
        chunks: its bytes.
        start: told of each start tag.
        end: told of each end tag.
        text: told of text, as long as it is in one piece.

    Raises:
        BrokenXml: it breaks, has a DTD, or nests deeper than any document does.
    """
    names, depth = _Names(), 0
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def started(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise BrokenXml(f"the XML nests more than {_DEEPEST} elements deep")
        if attributes:
            attributes = {names[key]: value for key, value in attributes.items()}
        start(names[name], attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(names[name])

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    parser.XmlDeclHandler = _check_encoding
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk)
            fed += len(chunk)
            # A tag that does not end is gone through again with each chunk.
            if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
                raise BrokenXml("the XML has a tag of more than 8 MB")
        parser.Parse(b"", True)  # noqa: FBT003 - positional only
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, "syntax")
        raise BrokenXml(f"the XML breaks: {reason}") from None


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.casefold() not in _ENCODINGS:
        raise BrokenXml(f"the XML is in {encoding[:40]}, not in UTF-8 or UTF-16")


def _refuse(*_: object) -> None:
    raise BrokenXml("the XML has a DTD, which no Word document has")
