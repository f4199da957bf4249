"""Tags in the text of an HTML or XML file: where they end, what stands in them where.

The trees of both keep an element's begin and end; what lies in its start tag is looked
up here, when a place is wanted.

Source: HTML Living Standard, 13.1.2.3 (attributes); W3C, XML 1.0, 3.1 (start tags).
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from lupusrefs.formats.text import SourceText
from lupusrefs.formats.xml_tree import Element
from lupusrefs.model.location import Location

# A quotation mark delimits only behind "="; elsewhere it is somebody's slip. Outside of
# quotation marks a tag ends before the next "<", and what is none is seen to be none
# soon: a file of nothing but broken tags stays linear.
_ATTRIBUTE: Final = (
    r"[^\s<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\s<>]++))?+"
)
TAG: Final = (
    r"<(?P<closing>/?)(?P<name>[^\W\d][^\s<>/]{0,100})"
    rf"(?P<attributes>(?:[\s/=]++|{_ATTRIBUTE})*+)>"
)
_TAG: Final = re.compile(TAG)
_EACH: Final = re.compile(
    r"(?P<name>[^\s<>/=]++)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'"
    r"|(?P<bare>(?![\"'])[^\s<>]++)))?+"
)
_CUT_OFF: Final = re.compile(r"</?[\w:.-]*\Z")
_NEAR: Final = 100  # characters
_VALUES: Final = ("double", "single", "bare")
# Entities of query strings need their semicolon: "?a=1&lt=2" has none.
_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|\w{2,31});")


def decoded_value(value: str) -> str:
    """The value of an attribute, its entities decoded."""
    if "&" not in value:
        return value
    return _REFERENCE.sub(lambda found: unescape(found[0]), value)


def attributes(text: str) -> dict[str, str]:
    """The attributes of a tag by name, in lower case; of a repeated one the first."""
    found: dict[str, str] = {}
    for one in _EACH.finditer(text):
        value = next((one[name] for name in _VALUES if one[name] is not None), "")
        found.setdefault(one["name"].lower(), decoded_value(value))
    return found


def end_of_start_tag(text: str, element: Element) -> int:
    """Behind the ``>`` of an element's start tag."""
    tag = _TAG.match(text, element.start)
    return tag.end() if tag else element.start


def content_end(text: str, element: Element) -> int:
    """Before an element's end tag, or the begin of the tag in which the file breaks."""
    if not element.complete:
        cut = _CUT_OFF.search(
            text, max(element.start, element.end - _NEAR), element.end
        )
        return cut.start() if cut else element.end
    return max(text.rfind("</", element.start, element.end), element.start)


def attribute_place(source: SourceText, element: Element, name: str) -> Location:
    """Where the value of an attribute stands; the element, where it has none."""
    tag = _TAG.match(source.text, element.start)
    start, end = tag.span("attributes") if tag else (element.start, element.start)
    for one in _EACH.finditer(source.text, start, end):
        if one["name"].lower() == name.lower():
            group = next((v for v in _VALUES if one[v] is not None), "name")
            return source.location(*one.span(group))
    return source.location(element.start, element.end)
