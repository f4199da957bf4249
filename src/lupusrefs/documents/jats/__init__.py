"""JATS and its forebears, NLM's DTDs 1 to 3: articles of journals, and BITS' books.

Source: ANSI/NISO Z39.96, JATS: Journal Article Tag Suite, 1.0 to 1.3; Archiving and
Interchange Tag Library; NLM Archiving Tag Library 2.3 and 3.0; BITS 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
    Link,
    Listed,
)
from lupusrefs.documents.jats.citation import CITATIONS, read_citation
from lupusrefs.documents.jats.front import read_work
from lupusrefs.documents.markup.file import read_xml
from lupusrefs.documents.markup.links import (
    MOST,
    cited_keys,
    content_place,
    element_link,
    entry,
    link_target,
    with_ranges,
)
from lupusrefs.documents.markup.tags import attribute_place
from lupusrefs.documents.markup.text import (
    PARAGRAPH,
    Vocabulary,
    each_element,
    read_text,
)
from lupusrefs.formats.garbage import uncollected
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.xml_tree import Element

_VOCABULARY: Final = Vocabulary(
    paragraphs=frozenset(
        "abstract ack app app-group body back bio boxed-text caption"  # noqa: SIM905 - a list of words
        " contrib-group disp-formula disp-quote fn fn-group glossary kwd-group list"
        " notes p preformat ref ref-list sec speech statement table-wrap"
        " title title-group verse-group aff".split()
    ),
    lines=frozenset(("tr", "list-item", "def-item", "verse-line", "thead", "tbody")),
    breaks=frozenset(("break", "hr")),
    skipped=frozenset(("tex-math", "annotation", "annotation-xml", "contrib-id")),
    preformatted=frozenset(("preformat", "code")),
    between={
        **dict.fromkeys(("element-citation", "nlm-citation"), ". "),
        "title-group": PARAGRAPH,
        "contrib-group": ", ",
        "contrib": " ",
        "person-group": ", ",
        "name": " ",
        "string-name": " ",
        "kwd-group": ", ",
        "date": " ",
        "tr": "\t",
        "ref": " ",
        "fn": " ",
        "aff": " ",
        "title": " ",
        "list-item": " ",
    },
    before={"lpage": "–", "fpage": ": ", "issue": ", ", "month": " ", "day": " "},
)
_PARTED: Final = replace(
    _VOCABULARY, between={**_VOCABULARY.between, "citation": ". ", "product": ". "}
)
# Of the front matter this is what a reader sees; the rest are numbers and dates.
_SHOWN: Final = frozenset(
    "title-group contrib-group aff aff-alternatives abstract trans-abstract"  # noqa: SIM905 - a list of words
    " kwd-group product book-title-group".split()
)
_META: Final = ("journal-meta", "article-meta", "front-stub", "book-meta")
_LINKS: Final = ("ext-link", "uri", "related-article", "related-object", "self-uri")
_HREF: Final = "xlink:href"
_PREFIXES: Final = {"doi": "doi:", "pmid": "pmid:", "pmc": "pmcid:", "pmcid": "pmcid:"}
_ALTERNATIVES: Final = "citation-alternatives"


@uncollected()
def read(file: DocumentFile) -> Document:
    """The document of a file; of a broken one what stands before the break."""
    return read_xml(file, DocumentKind.JATS, _document)


def _document(source: SourceText, root: Element, diagnostics: Diagnostics) -> Document:
    return _Reader(source, root).document(source.file, diagnostics)


class _Reader:
    """One file."""

    def __init__(self, source: SourceText, root: Element) -> None:
        self._source = source
        self._root = root
        self._hidden = {
            child
            for meta in root.descendants(*_META)
            for child in meta.elements
            if child.name not in _SHOWN
        }
        for forms in root.descendants(_ALTERNATIVES):
            self._hidden.update(set(forms.elements) - {_shown_form(forms)})
        # The id of a citation in a <ref> -> the key of its entry.
        self._keys: dict[str, str] = {}

    def document(self, file: str, diagnostics: Diagnostics) -> Document:
        """What is in it."""
        articles = self._articles()
        listed = tuple(islice(self._listed(), MOST))
        keys = [one.key for one in listed if one.key]
        return Document(
            file,
            DocumentKind.JATS,
            text=read_text(self._source, self._root, _VOCABULARY, self._is_hidden),
            work=read_work(articles[0]) if len(articles) == 1 else None,
            links=tuple(islice(self._links(), MOST)),
            listed=listed,
            citations=tuple(islice(self._citations(keys), MOST)),
            diagnostics=diagnostics.collected(),
        )

    def _is_hidden(self, element: Element) -> bool:
        return element in self._hidden

    def _articles(self) -> list[Element]:
        """The articles or books of the file; answers to them are parts of them."""
        names = ("article", "book")
        if self._root.name in names:
            return [self._root]
        return list(self._root.descendants(*names)) or [self._root]

    # --- the reference list ----------------------------------------------------

    def _listed(self) -> Iterator[Listed]:
        for ref in self._root.descendants("ref"):
            yield from self._entries(ref)

    def _entries(self, ref: Element) -> Iterator[Listed]:
        """The works of a <ref>: under one number there may be several."""
        key = ref.attributes.get("id")
        found = list(ref.each(*CITATIONS, _ALTERNATIVES))
        for number, citation in enumerate(found or [ref]):
            own = citation.attributes.get("id")
            entry_key = own if number and own else key or own
            if own and entry_key:
                self._keys.setdefault(own, entry_key)
            listed = self._entry(citation, entry_key)
            if listed is not None:
                yield listed

    def _entry(self, citation: Element, key: str | None) -> Listed | None:
        shown, item = citation, None
        if citation.name == _ALTERNATIVES:
            forms = list(citation.each(*CITATIONS))
            items = (read_citation(one, key or "") for one in forms)
            item = next((one for one in items if one is not None), None)
            shown = _shown_form(citation)
        elif citation.name != "ref":
            item = read_citation(citation, key or "")
        placed = read_text(self._source, shown, self._vocabulary_of(shown), _is_label)
        links = tuple(islice(self._links_in(citation, is_entry=True), MOST))
        return entry(self._source, citation, placed, key=key, item=item, links=links)

    def _vocabulary_of(self, citation: Element) -> Vocabulary:
        """NLM's <citation> has text between its elements, or leaves that out."""
        has_text = any(isinstance(c, str) and c.strip() for c in citation.children)
        if has_text or citation.name in _VOCABULARY.between:
            return _VOCABULARY
        return _PARTED

    # --- links and citations ---------------------------------------------------

    def _links(self) -> Iterator[Link]:
        """Those of the article itself, then those of its text."""
        for meta in self._root.descendants(*_META):
            for element in meta.each("article-id", "book-id"):
                yield from self._identifier(element)
        yield from self._links_in(self._root, is_entry=False)

    def _links_in(self, root: Element, *, is_entry: bool) -> Iterator[Link]:
        skipped = frozenset(() if is_entry else ("ref",))
        for element in each_element(root, skipped):
            if element.name in _LINKS:
                yield from self._link(element)
            elif element.name in {"pub-id", "object-id"}:
                yield from self._identifier(element)

    def _link(self, element: Element) -> Iterator[Link]:
        kind = element.attributes.get("ext-link-type", "").lower()
        target = element.attributes.get(_HREF, "").strip()
        if kind in _PREFIXES and target and "://" not in target:
            place = attribute_place(self._source, element, _HREF)
            yield Link(_PREFIXES[kind] + target, place, element.text)
        elif target:
            if (link := element_link(self._source, element, _HREF)) is not None:
                yield link
        elif (written := link_target(element.text)) is not None:
            place = content_place(self._source, element)
            yield Link(written, place, element.text)

    def _identifier(self, element: Element) -> Iterator[Link]:
        kind = element.attributes.get("pub-id-type", "").lower()
        if kind in _PREFIXES and (text := element.text):
            place = content_place(self._source, element)
            yield Link(_PREFIXES[kind] + text, place, text)

    def _citations(self, keys: Sequence[str]) -> Iterator[Citation]:
        cited = (
            (element, tuple(self._keys_in(element)))
            for element in each_element(self._root)
            if element.attributes.get("ref-type") == "bibr"
        )
        return with_ranges(self._source, cited, keys)

    def _keys_in(self, element: Element) -> Iterator[Citation]:
        for one in cited_keys(self._source, element, "rid"):
            yield replace(one, key=self._keys.get(one.key, one.key))


def _is_label(element: Element) -> bool:
    return element.name in {"label", "x-label"}


def _shown_form(alternatives: Element) -> Element:
    """Of several forms of one citation, the one that is written for readers."""
    forms = list(alternatives.each(*CITATIONS))
    texts = [one for one in forms if one.name == "mixed-citation"]
    return next(iter(texts or forms), alternatives)
