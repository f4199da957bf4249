"""HTML as the small tree that XML is read into, whatever the file is like.

What browsers make of it, as far as text and links go: end tags that are left out are
understood, those that close nothing are passed over, and nothing is an error.

Source: HTML Living Standard, 13.1.2 (elements, optional tags) and 13.2 (parsing).
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from lupusrefs.documents.markup.tags import TAG, attributes
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.xml_tree import Element
from lupusrefs.model.location import Span

# Deeper than any page is meant; what is nested deeper stands side by side.
_DEEPEST: Final = 160
_MOST_ELEMENTS: Final = 1_500_000
_VOID: Final = frozenset(
    "area base basefont bgsound br col embed frame hr img input link meta param source"  # noqa: SIM905 - a list of words
    " track wbr".split()
)
# Their text is no markup; some of it is read for its entities.
_RAW: Final = frozenset(
    ("script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title")
)
_CODE: Final = frozenset(("script", "style"))
_WITH_ENTITIES: Final = frozenset(("textarea", "title"))
BLOCKS: Final = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt"  # noqa: SIM905 - a list of words
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main"
    " menu nav ol p pre search section summary table ul".split()
)
_CELLS: Final = frozenset(("td", "th", "caption", "table"))
_TABLE_TAGS: Final = frozenset(("td", "th", "tr", "tbody", "thead", "tfoot"))
# A start tag -> the open elements that it closes, and those beyond which it does not.
_CLOSES: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    **dict.fromkeys(
        BLOCKS - {"body", "li", "dd", "dt"},
        (frozenset(("p", "head")), _CELLS | {"li"}),
    ),
    "body": (frozenset(("head",)), frozenset()),
    "li": (frozenset(("li",)), _CELLS | {"ul", "ol", "menu", "dir"}),
    "dd": (frozenset(("dd", "dt")), _CELLS | {"dl"}),
    "dt": (frozenset(("dd", "dt")), _CELLS | {"dl"}),
    "td": (frozenset(("td", "th")), frozenset(("table", "tr"))),
    "th": (frozenset(("td", "th")), frozenset(("table", "tr"))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    **dict.fromkeys(
        ("tbody", "thead", "tfoot"),
        (frozenset(("tbody", "thead", "tfoot")), frozenset(("table",))),
    ),
    "option": (frozenset(("option",)), frozenset(("select",))),
    "a": (frozenset(("a",)), _CELLS | BLOCKS),
}
_MARKUP: Final = re.compile(rf"<!--|(?P<other><[!?]|</(?![A-Za-z]))|{TAG}")


def parse_html(source: SourceText, diagnostics: Diagnostics) -> Element:
    """The tree of a file: an element without a name that has the whole of it.

    The names of elements and attributes are in lower case. A text may stand beside
    another one. ``complete`` says whether an element has an end tag of its own.
    """
    return _Parser(source.text, diagnostics).parse()


class _Parser:
    """One reading of one file."""

    def __init__(self, text: str, diagnostics: Diagnostics) -> None:
        self._text = text
        self._diagnostics = diagnostics
        self._root = Element("", {}, [], 0, len(text))
        self._stack = [self._root]
        self._count = 0
        self._beneath = 0  # elements that are too deep, and open
        self._unfound: set[str] = set()  # what does not come any more
        self._open_names: dict[str, int] = {}

    def parse(self) -> Element:
        text, position = self._text, 0
        while match := _MARKUP.search(text, position):
            self._add_text(position, match.start())
            if not match["name"]:
                position = self._passed(match)
            elif match["closing"]:
                position = match.end()
                self._close(match["name"].lower(), match.start(), position)
            else:
                position = self._open(match)
            if self._count > _MOST_ELEMENTS:
                self._too_many(position)
                break
        else:
            self._add_text(position, len(text))
            position = len(text)
        self._pop_to(1, position)
        return self._root

    def _too_many(self, position: int) -> None:
        self._root.end = position
        message = f"the page has more than {_MOST_ELEMENTS} elements"
        hint = "what follows was not read: divide the file"
        self._diagnostics.error(message, Span(position, position), hint)

    def _add_text(self, start: int, end: int) -> None:
        if start < end:
            self._stack[-1].children.append(unescape(self._text[start:end]))

    def _passed(self, match: re.Match[str]) -> int:
        """Behind a comment, a declaration or what looks like one."""
        if match["other"] is None:
            end = self._find("-->", match.end() - len("--"))
            if end is not None:
                return end
        return self._find(">", match.end()) or match.end()

    def _find(self, what: str, start: int) -> int | None:
        """Behind the next one; what was missed once is not looked for again."""
        if what in self._unfound:
            return None
        found = self._text.find(what, start)
        if found < 0:
            self._unfound.add(what)
            return None
        return found + len(what)

    # --- tags ----------------------------------------------------------------

    def _open(self, match: re.Match[str]) -> int:
        name = match["name"].lower()
        start, end = match.span()
        if name in _CLOSES:
            self._close_implied(name, start)
        element = Element(name, attributes(match["attributes"]), [], start, end)
        self._stack[-1].children.append(element)
        self._count += 1
        if name in _VOID or match["attributes"].endswith("/"):
            element.complete = True
            return end
        if name in _RAW:
            return self._raw(element)
        if len(self._stack) > _DEEPEST:
            self._beneath += 1
        else:
            self._stack.append(element)
            self._open_names[name] = self._open_names.get(name, 0) + 1
        return end

    def _raw(self, element: Element) -> int:
        """Behind an element whose text is no markup."""
        name, start = element.name, element.end
        closing = None
        if name not in self._unfound:
            closing = _end_tag(name).search(self._text, start)
        element.complete = True
        if closing is None:
            self._unfound.add(name)
            # A script goes on to the end; a title that does is a slip of the pen.
            element.end = len(self._text) if name in _CODE else start
            return element.end
        text = self._text[start : closing.start()]
        if text:
            element.children.append(unescape(text) if name in _WITH_ENTITIES else text)
        element.end = closing.end()
        return element.end

    def _close_implied(self, name: str, at: int) -> None:
        names, barriers = _CLOSES[name]
        depth = self._depth_of(names, barriers - names)
        if depth is not None:
            self._pop_to(depth, at)

    def _close(self, name: str, start: int, end: int) -> None:
        if self._beneath:
            self._beneath -= 1
            return
        barriers = _CELLS - {"caption"} - {name}
        if name in _TABLE_TAGS:
            barriers = frozenset(("table",))
        elif name in {"table", "body", "html"}:
            barriers = frozenset()
        depth = self._depth_of(frozenset((name,)), barriers)
        if depth is None:
            return
        element = self._stack[depth]
        self._pop_to(depth, start)
        element.end, element.complete = end, True

    def _depth_of(self, names: frozenset[str], barriers: frozenset[str]) -> int | None:
        """How many elements are open around the innermost with one of these names."""
        if names.isdisjoint(self._open_names):
            return None
        for depth in range(len(self._stack) - 1, 0, -1):
            name = self._stack[depth].name
            if name in names:
                return depth
            if name in barriers:
                break
        return None

    def _pop_to(self, depth: int, at: int) -> None:
        """Close the elements within; they end where what closes them begins."""
        while len(self._stack) > depth:
            element = self._stack.pop()
            element.end = at
            if self._open_names[element.name] == 1:
                del self._open_names[element.name]
            else:
                self._open_names[element.name] -= 1


def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])[^>]*>", re.IGNORECASE)
