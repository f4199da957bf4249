"""Mend EndNote's XML: the elements of a record that would be written otherwise.

The runs of styled text (``<style ...>``) that EndNote puts around every text stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from lupusrefs.formats.append.place import dumped
from lupusrefs.formats.endnote_xml.elements import OF_EXPORT, ORDER
from lupusrefs.formats.mend.cannot import cannot_mend
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.xml_tree import Element, parse_xml
from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Reference

_RECORD: Final = re.compile(r"<record\b.*?</record>", re.DOTALL)
_RUN: Final = re.compile(r"\s*(<style\b[^<>]*>)([^<>]*)(</style>)\s*")
_START: Final = re.compile(r"<[^<>]*>")
_RANKS: Final = {name: rank for rank, name in enumerate(ORDER)}


class EndnoteXmlMender:
    """The edits of the records of one file."""

    def __init__(self, source: SourceText, name: FormatName) -> None:
        self._source = source
        self._name = name

    def edits(self, old: Reference, new: Reference) -> list[Edit]:
        """What makes one of the other, in the record that the old one was read from.

        Raises:
            CannotMend: it cannot be done in this record.
        """
        span = old.location.span if old.location else None
        if span is None:
            raise cannot_mend("its record is not found in the file", old)
        record = _Tree.of(self._source.text[span.start : span.end])
        before, after = (self._written(one) for one in (old, new))
        if record is None or before is None or after is None:
            raise cannot_mend("its record is not found in the file", old)
        edits = _RecordEdits(record, after)
        for path in dict.fromkeys([*after.leaves, *before.leaves]):
            if path.partition("/")[0] in OF_EXPORT or path == "label":
                continue
            has, wanted = before.texts(path), after.texts(path)
            if has != wanted and not edits.set_texts(path, has, wanted):
                raise cannot_mend(f"`{path}` is not written as it is read", old)
        return [
            Edit(
                Span(one.span.start + span.start, one.span.end + span.start),
                self._encodable(one.text),
            )
            for one in edits.made()
        ]

    def _written(self, reference: Reference) -> _Tree | None:
        match = _RECORD.search(dumped(self._name, [reference]))
        return _Tree.of(match[0]) if match else None

    def _encodable(self, text: str) -> str:
        encoding = self._source.encoding
        return text.encode(encoding, "xmlcharrefreplace").decode(encoding)


@dataclass(frozen=True, slots=True)
class _Tree:
    """A record.

    Attributes:
        text: as written.
        root: its element.
        leaves: path -> the elements that have a text.
        parents: element -> the one it is in, by identity.
    """

    text: str
    root: Element
    leaves: dict[str, list[Element]]
    parents: dict[int, Element]

    @classmethod
    def of(cls, text: str) -> _Tree | None:
        """The tree of a text; None where it is not well-formed."""
        source = SourceText("", text)
        diagnostics = Diagnostics(source)
        root = parse_xml(source, diagnostics)
        if root is None or any(one.is_error for one in diagnostics.collected()):
            return None
        leaves: dict[str, list[Element]] = {}
        parents: dict[int, Element] = {}
        for path, element, parent in _walk(root, ""):
            parents[id(element)] = parent
            if all(child.name == "style" for child in element.elements):
                leaves.setdefault(path, []).append(element)
        return cls(text, root, leaves, parents)

    def texts(self, path: str) -> list[str]:
        """The texts of the elements at the end of a path."""
        return [_text(one) for one in self.leaves.get(path, ())]

    def raw(self, element: Element) -> str:
        """An element as it is written."""
        return self.text[element.start : element.end]

    def inner(self, element: Element) -> Span | None:
        """What is between its tags; None where it has but one."""
        match = _START.match(self.text, element.start)
        if match is None or match[0].endswith("/>"):
            return None
        return Span(match.end(), self.text.rindex("</", 0, element.end))


def _walk(parent: Element, path: str) -> Iterator[tuple[str, Element, Element]]:
    """Elements with paths and parents; inside styled text there are none."""
    for child in parent.elements:
        if child.name == "style":
            continue
        here = f"{path}/{child.name}" if path else child.name
        yield here, child, parent
        yield from _walk(child, here)


def _text(element: Element) -> str:
    parts = (
        _text(child) if isinstance(child, Element) else child
        for child in element.children
    )
    return " ".join("".join(parts).split())


class _RecordEdits:
    """Makes the edits of one record, places counted from its begin."""

    def __init__(self, record: _Tree, after: _Tree) -> None:
        self._record = record
        self._after = after
        self._edits: list[Edit] = []
        self._removed: list[Element] = []
        self._inserted: set[int] = set()

    def set_texts(self, path: str, old: Sequence[str], new: Sequence[str]) -> bool:
        """Make the texts at the end of a path others.

        Returns:
            whether the elements were found.
        """
        found = self._record.leaves.get(path, [])
        written = self._after.leaves.get(path, [])
        if not found:
            for one in written:
                self._insert(one, None)
            return True
        if len(found) != len(old):
            found = self._matching(found, old)
            if len(found) != len(old):
                return False
        matcher = SequenceMatcher(None, list(old), list(new), autojunk=False)
        for kind, start, end, first, last in matcher.get_opcodes():
            if kind == "equal":
                continue
            both = min(end - start, last - first)
            for at in range(both):
                self._replace(found[start + at], written[first + at])
            self._removed += found[start + both : end]
            anchor = found[start + both - 1] if start + both else None
            for one in written[first + both : last]:
                self._insert(one, anchor)
        return True

    @staticmethod
    def _matching(found: Sequence[Element], texts: Sequence[str]) -> list[Element]:
        """The elements that have the texts, one each."""
        rest = list(found)
        matching: list[Element] = []
        for text in texts:
            one = next((one for one in rest if _text(one) == text), None)
            if one is not None:
                rest.remove(one)
                matching.append(one)
        return matching

    def _replace(self, element: Element, written: Element) -> None:
        inner, new = self._record.inner(element), self._after.inner(written)
        if inner is None or new is None:
            self._edits.append(Edit(element.span, self._after.raw(written)))
            return
        old_text = self._record.text[inner.start : inner.end]
        new_text = self._after.text[new.start : new.end]
        run, new_run = _RUN.fullmatch(old_text), _RUN.fullmatch(new_text)
        bare = new_run[2] if new_run else new_text
        is_plain = "<" not in bare
        if run is not None and is_plain:
            start = inner.start + run.start(2)
            self._edits.append(Edit(Span(start, inner.start + run.end(2)), bare))
        elif "<" not in old_text and is_plain:
            self._edits.append(Edit(inner, bare))
        else:
            self._edits.append(Edit(inner, new_text))

    def _insert(self, written: Element, anchor: Element | None) -> None:
        """Put a new element in, with those around it that are missing as well."""
        chain = [written]
        while (parent := self._after.parents[id(chain[0])]) is not self._after.root:
            chain.insert(0, parent)
        place = self._record.root
        for one in chain:
            inside = next(place.each(one.name), None)
            if inside is None or one is written:
                self._put(place, one, anchor)
                return
            place = inside

    def _put(self, parent: Element, written: Element, anchor: Element | None) -> None:
        if id(written) in self._inserted:
            return
        self._inserted.add(id(written))
        siblings = list(parent.elements)
        rank = _RANKS.get(written.name, len(_RANKS))
        if anchor is None and parent is self._record.root:
            earlier = [one for one in siblings if _RANKS.get(one.name, -1) <= rank]
            anchor = earlier[-1] if earlier else None
        elif anchor is None and siblings:
            anchor = siblings[-1]
        raw = self._after.raw(written)
        if anchor is None:
            match = _START.match(self._record.text, parent.start)
            at = match.end() if match else parent.end
            self._edits.append(Edit(Span(at, at), raw))
            return
        gap = self._gap(anchor)
        self._edits.append(Edit(Span(anchor.end, anchor.end), gap + raw))

    def _gap(self, element: Element) -> str:
        """The white space before an element that is in a line of its own."""
        before = self._record.text[: element.start]
        gap = before[len(before.rstrip()) :]
        return gap if "\n" in gap or "\r" in gap else ""

    def made(self) -> list[Edit]:
        """All edits."""
        return self._edits + [self._removal(one) for one in self._outermost()]

    def _outermost(self) -> list[Element]:
        """The elements to remove, and those that nothing would be left in."""
        gone = {id(one): one for one in self._removed}
        queue = list(gone.values())
        while queue:
            parent = self._record.parents[id(queue.pop())]
            is_empty = all(id(child) in gone for child in parent.elements)
            if parent is not self._record.root and is_empty and id(parent) not in gone:
                gone[id(parent)] = parent
                queue.append(parent)
        return [
            one
            for one in gone.values()
            if id(self._record.parents[id(one)]) not in gone
        ]

    def _removal(self, element: Element) -> Edit:
        start = element.start - len(self._gap(element))
        return Edit(Span(start, element.end), "")
