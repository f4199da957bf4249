"""What is around an element while it is compiled, and the compiling itself.

A style is compiled once for each of its areas, the citation and the bibliography, since
macros inherit the area's options for names.

Source: CSL 1.0.2 specification, "Rendering Elements".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from lupusrefs.csl import texts
from lupusrefs.csl.conditions import compile_condition
from lupusrefs.csl.dates import compile_date
from lupusrefs.csl.formatting import frame_of, framed
from lupusrefs.csl.locale import Locale
from lupusrefs.csl.names import compile_names
from lupusrefs.csl.output_options import DEFAULT_OUTPUT, OutputOptions
from lupusrefs.csl.rendering import Condition, Renderer, Rendering
from lupusrefs.csl.stream import Token
from lupusrefs.csl.xml import Element


class Environment:
    """An area of a style.

    Attributes:
        locale: the language.
        macros: name -> element.
        options: of ``cs:style``.
        names: the attributes that names inherit, the outermost first.
        is_english: whether the style's language is English.
        has_links: identifiers and addresses become links.
        abbreviations: variable -> text -> what stands for it in its short form.
        has_year_suffix: the style shows year suffixes itself, as a variable.
        has_citation_number: it shows the number of an item.
        has_disambiguate: it asks whether a cite is ambiguous.
        has_position: it asks where a cite stands.
    """

    def __init__(
        self,
        locale: Locale,
        macros: Mapping[str, Element],
        options: Mapping[str, str],
        area: Element,
        language: str,
        *,
        options_of_output: OutputOptions = DEFAULT_OUTPUT,
    ) -> None:
        self.has_links = options_of_output.links
        self.abbreviations = options_of_output.abbreviations
        self.locale = locale
        self.macros = macros
        self.options = options
        self.names = (options, area.attributes)
        self.is_english = language[:2].lower() == "en"
        self.has_year_suffix = False
        self.has_citation_number = False
        self.has_disambiguate = False
        self.has_position = False
        self.is_note_citation = (
            area.tag == "citation" and options.get("class") == "note"
        )
        self._compiled: dict[str, Renderer] = {}
        self._find_variables(area)

    def _find_variables(self, area: Element) -> None:
        seen: set[str] = set()
        waiting = [area]
        while waiting:
            for element in waiting.pop().walk():
                if element.tag not in {"text", "number"}:
                    continue
                if element.get("variable") == "year-suffix":
                    self.has_year_suffix = True
                if element.get("variable") == "citation-number":
                    self.has_citation_number = True
                name = element.get("macro")
                if name and name not in seen and name in self.macros:
                    seen.add(name)
                    waiting.append(self.macros[name])

    def compile(self, element: Element, delimiter: str = "") -> Renderer:
        """A renderer of an element.

        Args:
            element: a rendering element.
            delimiter: of the group around it, which also applies in ``cs:choose``.
        """
        if element.tag == "choose":
            return self._choose(element, delimiter)
        compile_ = _COMPILERS.get(element.tag)
        # What CSL does not have shows nothing; validation tells of it.
        return compile_(element, self) if compile_ is not None else _nothing

    def sequence(self, elements: Sequence[Element], delimiter: str = "") -> Renderer:
        """A renderer of elements one after another."""
        renderers = [self.compile(element, delimiter) for element in elements]
        return _sequence(renderers, delimiter)

    def macro(self, name: str) -> Renderer:
        """A renderer of a macro, compiled when it is first wanted."""
        found = self._compiled.get(name)
        if found is None:
            macro = self.macros.get(name)
            children = macro.children if macro is not None else ()
            found = self._compiled[name] = self.sequence(children)
        return found

    def _choose(self, element: Element, delimiter: str) -> Renderer:
        branches: list[tuple[Condition, Renderer]] = []
        otherwise: Renderer | None = None
        for child in element.children:
            if child.tag == "else":
                otherwise = self.sequence(child.children, delimiter)
            elif child.tag in {"if", "else-if"}:
                condition = compile_condition(child, self)
                branches.append((condition, self.sequence(child.children, delimiter)))
        return _choice(branches, otherwise)


def _nothing(_rendering: Rendering) -> None:
    """Shows nothing."""


def _sequence(renderers: Sequence[Renderer], delimiter: str) -> Renderer:
    if len(renderers) == 1:
        return renderers[0]
    if not delimiter:

        def in_order(rendering: Rendering) -> None:
            for render in renderers:
                render(rendering)

        return in_order

    def delimited(rendering: Rendering) -> None:
        out = rendering.out
        is_first = True
        for render in renderers:
            mark = len(out)
            if not is_first:
                out.append(delimiter)
            inner = len(out)
            render(rendering)
            if len(out) == inner:
                del out[mark:]
            else:
                is_first = False

    return delimited


def _choice(
    branches: Sequence[tuple[Condition, Renderer]], otherwise: Renderer | None
) -> Renderer:
    if len(branches) == 1:
        ((condition, render),) = branches

        def either(rendering: Rendering) -> None:
            if condition(rendering):
                render(rendering)
            elif otherwise is not None:
                otherwise(rendering)

        return either

    def first_that_holds(rendering: Rendering) -> None:
        for condition, render in branches:
            if condition(rendering):
                render(rendering)
                return
        if otherwise is not None:
            otherwise(rendering)

    return first_that_holds


def _group(element: Element, environment: Environment) -> Renderer:
    delimiter = element.get("delimiter")
    inner = environment.sequence(element.children, delimiter)
    frame = frame_of(element.attributes, is_english=environment.is_english)

    def render(rendering: Rendering) -> None:
        called, rendered = rendering.called, rendering.rendered
        rendering.called = rendering.rendered = False
        out: list[Token] = rendering.out
        start = len(out)
        inner(rendering)
        if len(out) == start or (rendering.called and not rendering.rendered):
            # Variables were looked at, and all of them are empty.
            del out[start:]
            rendering.called = True
            rendering.rendered = rendered
            return
        frame.close(out, start, rendering.item.language)
        # A group that gives something is a variable to the group around it.
        rendering.called = rendering.rendered = True
        del called

    return render


def _unless_empty(inner: Renderer) -> Renderer:
    """A macro says nothing if all the variables that it looks at are empty."""

    def render(rendering: Rendering) -> None:
        called, rendered = rendering.called, rendering.rendered
        rendering.called = rendering.rendered = False
        start = len(rendering.out)
        inner(rendering)
        out = rendering.out
        if len(out) > start and rendering.called and not rendering.rendered:
            del out[start:]
        if len(out) > start:
            rendering.called = rendering.rendered = True
        else:
            rendering.called = rendering.called or called
            rendering.rendered = rendered

    return render


def _text(element: Element, environment: Environment) -> Renderer:
    name = element.get("macro")
    if name:
        inner = _unless_empty(environment.macro(name))
        frame = frame_of(element.attributes, is_english=environment.is_english)
        return framed(inner, frame)
    return texts.compile_text(element, environment)


_COMPILERS: Final[dict[str, Callable[[Element, Environment], Renderer]]] = {
    "text": _text,
    "number": texts.compile_number,
    "label": texts.compile_label,
    "date": compile_date,
    "names": compile_names,
    "group": _group,
}
