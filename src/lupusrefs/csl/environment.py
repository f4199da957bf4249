"""What is around an element while it is compiled, and the compiling itself.

A style is compiled once for each of its areas, the citation and the bibliography, since
macros inherit the area's options for names.

Source: CSL 1.0.2 specification, "Rendering Elements".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from lupusrefs.csl import texts
from lupusrefs.csl.combining import choice, grouped, in_sequence, unless_empty
from lupusrefs.csl.conditions import compile_condition
from lupusrefs.csl.dates import compile_date
from lupusrefs.csl.formatting import frame_of, framed
from lupusrefs.csl.locale import Locale
from lupusrefs.csl.names import compile_names
from lupusrefs.csl.output_options import DEFAULT_OUTPUT, OutputOptions
from lupusrefs.csl.rendering import Condition, Renderer, Rendering
from lupusrefs.csl.xml import Element

# The elements that show variables; conditions only look at them.
_SHOWING: Final = frozenset(("date", "key", "names", "number", "text"))
# Compiles the elements in a branch or group.
Make: TypeAlias = Callable[[Sequence[Element]], Renderer]


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
        is_tidy: what readers want goes before what citeproc-js does.
        has_year_suffix: the style shows year suffixes itself, as a variable.
        has_citation_number: it shows the number of an item.
        has_locator: it shows the locator of a cite.
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
        self.is_tidy = options_of_output.is_tidy
        self.locale = locale
        self.macros = macros
        self.options = options
        self.names = (options, area.attributes)
        self.is_english = language[:2].lower() == "en"
        self.has_disambiguate = False
        self.has_position = False
        self.is_note_citation = (
            area.tag == "citation" and options.get("class") == "note"
        )
        self._compiled: dict[str, Renderer] = {}
        layout = area.find("layout")
        shown = self.variables(layout) if layout is not None else set()
        self.has_year_suffix = "year-suffix" in shown
        self.has_citation_number = "citation-number" in shown
        self.has_locator = "locator" in shown

    def variables(self, element: Element) -> set[str]:
        """The variables that an element shows, in macros that it calls, too."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = [element]
        while waiting:
            for one in waiting.pop().walk():
                if one.tag in _SHOWING:
                    found.update(one.get("variable").split())
                name = one.get("macro")
                if name and name not in seen and name in self.macros:
                    seen.add(name)
                    waiting.append(self.macros[name])
        return found

    def compile(self, element: Element, delimiter: str = "") -> Renderer:
        """A renderer of an element.

        Args:
            element: a rendering element.
            delimiter: of the group around it, which also applies in ``cs:choose``.
        """
        if element.tag == "choose":
            return self.choose(element, lambda c: self.sequence(c, delimiter))
        compile_ = _COMPILERS.get(element.tag)
        # What CSL does not have shows nothing; validation tells of it.
        return compile_(element, self) if compile_ is not None else _nothing

    def sequence(self, elements: Sequence[Element], delimiter: str = "") -> Renderer:
        """A renderer of elements one after another."""
        renderers = [self.compile(element, delimiter) for element in elements]
        return in_sequence(renderers, delimiter)

    def macro(self, name: str) -> Renderer:
        """A renderer of a macro, compiled when it is first wanted."""
        found = self._compiled.get(name)
        if found is None:
            macro = self.macros.get(name)
            children = macro.children if macro is not None else ()
            found = self._compiled[name] = self.sequence(children)
        return found

    def choose(self, element: Element, make: Make) -> Renderer:
        """A renderer of ``cs:choose``; ``make`` compiles what is in a branch."""
        branches: list[tuple[Condition, Renderer]] = []
        otherwise: Renderer | None = None
        for child in element.children:
            if child.tag == "else":
                otherwise = make(child.children)
            elif child.tag in {"if", "else-if"}:
                condition = compile_condition(child, self)
                branches.append((condition, make(child.children)))
        return choice(branches, otherwise)

    def group(self, element: Element, make: Make) -> Renderer:
        """A renderer of ``cs:group``; ``make`` compiles what is in it."""
        inner = make(element.children)
        frame = frame_of(element.attributes, is_english=self.is_english)
        return grouped(inner, frame)


def _nothing(_rendering: Rendering) -> None:
    """Shows nothing."""


def _group(element: Element, environment: Environment) -> Renderer:
    delimiter = element.get("delimiter")
    return environment.group(element, lambda c: environment.sequence(c, delimiter))


def _text(element: Element, environment: Environment) -> Renderer:
    name = element.get("macro")
    if name:
        inner = unless_empty(environment.macro(name))
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
