"""``cs:names``: lists of names, their labels, and what stands in for them.

Source: CSL 1.0.2 specification, "Names", "Name", "Et-al", "Substitute", "Label in
cs:names".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lupusrefs.csl import stream
from lupusrefs.csl.combining import in_sequence
from lupusrefs.csl.formatting import Frame, frame_of
from lupusrefs.csl.name_options import NameOptions, inherited_names
from lupusrefs.csl.person import Person
from lupusrefs.csl.person_forms import PersonForm
from lupusrefs.csl.rendering import NamesShown, Position, Renderer, Rendering
from lupusrefs.csl.rich_text import parse
from lupusrefs.csl.stream import Token
from lupusrefs.csl.xml import Element

if TYPE_CHECKING:
    from lupusrefs.csl.environment import Environment

# What starts with a letter of these scripts has a space before it.
_SPACED: Final = re.compile(
    r"[-0-9a-zA-Z&\u00c0-\u024f\u0370-\u052f\u0531-\u05d4\u05d6-\u06ff\u0700-\u0e5b"
    r"\u10a0-\u10ff\u1e00-\u1fff+.…]"
)


@dataclass(frozen=True, slots=True)
class _Label:
    """The label of a list: its terms in a form, in a frame."""

    form: str
    plural: str
    frame: Frame
    is_before: bool


class _Names:
    """A compiled ``cs:names`` without what stands in for it."""

    def __init__(
        self,
        variables: Sequence[str],
        parts: _Parts,
        environment: Environment,
    ) -> None:
        self.variables = variables
        self.environment = environment
        self.options = parts.options
        self.form = parts.form
        self.name_frame = parts.name_frame
        self.et_al = parts.et_al
        self.label = parts.label
        self.delimiter = parts.delimiter
        self.frame = parts.frame
        self.sort_form = parts.form.for_sorting()
        self.and_tokens = _joining(parts.options.and_text)
        self.ellipsis = "… "
        self._labels: dict[tuple[str, bool], tuple[Token, ...]] = {}

    def render(self, rendering: Rendering) -> bool:
        """Append the names; whether there were any."""
        rendering.called = True
        lists = self._lists(rendering)
        if not lists:
            return False
        rendering.rendered = True
        if self.options.form == "count":
            self._count(lists, rendering)
            return True
        suppress = rendering.suppress and rendering.first_names
        rendering.first_names = False
        if suppress:
            # "Author, suppressed": the list is passed by, but it counts.
            rendering.list_index += len(lists)
            return True
        out = rendering.out
        start = len(out)
        is_first = True
        label = self.label if not rendering.sorting else None
        truncated = rendering.item.truncated
        for variable, persons in lists:
            mark = len(out)
            if not is_first:
                out.append(self.delimiter)
            is_cut = variable in truncated
            count = len(persons) + is_cut
            if label is not None and label.is_before:
                self._add_label(variable, count, rendering)
            inner = len(out)
            self._add_list(persons, rendering, cut=is_cut)
            if len(out) == inner:
                del out[mark:]
                continue
            is_first = False
            if label is not None and not label.is_before:
                self._add_label(variable, count, rendering)
        if len(out) == start:
            return True
        self.frame.close(out, start, rendering.item.language)
        out.insert(start, stream.NAMES_OPEN)
        out.append(stream.NAMES_CLOSE)
        return True

    def _lists(self, rendering: Rendering) -> list[tuple[str, tuple[Person, ...]]]:
        names = rendering.names
        lists = []
        for variable in self.variables:
            persons = names.get(variable)
            if persons is not None:
                if rendering.take(variable):
                    lists.append((variable, persons))
            else:
                rendering.lack(variable)
        if len(lists) == 2:  # noqa: PLR2004 - editor, translator
            return self._combined(lists)
        return lists

    def _combined(
        self, lists: list[tuple[str, tuple[Person, ...]]]
    ) -> list[tuple[str, tuple[Person, ...]]]:
        """Editors who are the translators are named once."""
        (first, persons), (second, others) = lists
        if {first, second} != {"editor", "translator"}:
            return lists
        if [one.key for one in persons] != [one.key for one in others]:
            return lists
        label = self.label
        if label is not None and not self.environment.locale.term(
            "editortranslator", label.form
        ):
            return lists
        return [("editortranslator", persons)]

    def _count(
        self, lists: list[tuple[str, tuple[Person, ...]]], rendering: Rendering
    ) -> None:
        total = 0
        for _, persons in lists:
            shown, _ = self._shown(len(persons), rendering)
            total += shown
        if total:
            text = f"{total:06d}" if rendering.sorting else str(total)
            rendering.out.append(text)

    def _shown(self, total: int, rendering: Rendering) -> tuple[int, bool]:
        """How many names are shown by the options, and whether the last one is, too."""
        options = self.options
        least, first, last = options.et_al_min, options.use_first, options.use_last
        if rendering.key_names is not None:
            own_least, own_first, own_last = rendering.key_names
            least = own_least or least
            first = own_first or first
            last = own_last or last
        elif rendering.position is not Position.FIRST:
            least, first = options.subsequent_min, options.subsequent_first
        if total >= least and total > first:
            # Between an ellipsis two names at least are left out.
            return first, last and total >= first + 2
        return total, False

    def _add_list(
        self, persons: tuple[Person, ...], rendering: Rendering, *, cut: bool
    ) -> None:
        options = self.options
        total = len(persons)
        shown, with_last = self._shown(total, rendering)
        givens: list[int] = []
        if not rendering.sorting:
            index = rendering.list_index
            rendering.list_index += 1
            shown = max(shown, min(rendering.more.shown(index), total))
            givens = rendering.more.levels(index)
        form = self.sort_form if rendering.sorting else self.form
        if rendering.names_lists is not None:
            rendering.names_lists.append(
                NamesShown(total, shown, form.base, form.levels, persons)
            )
        if shown == 0:
            return
        out = rendering.out
        inverted = "all" if rendering.sorting else options.inverted
        start = len(out)
        last = shown - 1
        for number in range(shown):
            person = persons[number]
            if number:
                is_last = number == last and shown == total and not cut
                # In a key "and" would part two authors from three.
                if is_last and not rendering.sorting:
                    self._join_last(out, shown, inverted)
                else:
                    out.append(options.delimiter)
            is_inverted = inverted == "all" or (inverted == "first" and number == 0)
            level = givens[number] if number < len(givens) else 0
            out.append(stream.NAME_OPEN)
            out += form.tokens(person, is_inverted=is_inverted, level=level)
            out.append(stream.NAME_CLOSE)
        if shown < total and with_last and not cut:
            out.append(options.delimiter)
            out.append(self.ellipsis)
            out += form.tokens(persons[-1], is_inverted=inverted == "all", level=0)
        elif (shown < total or cut) and not rendering.sorting:
            self._add_et_al(out, shown, inverted)
        self.name_frame.close(out, start, rendering.item.language)
        out.insert(start, stream.LIST_OPEN)
        out.append(stream.LIST_CLOSE)

    def _join_last(self, out: list[Token], count: int, inverted: str) -> None:
        """What goes between the last name and the one before it."""
        options = self.options
        if options.and_text is None:
            out.append(options.delimiter)
            return
        how = options.precedes_last
        precedes = (
            how == "always"
            or (how == "contextual" and count > 2)  # noqa: PLR2004 - three names
            or (how == "after-inverted-name" and _is_inverted(inverted, count - 2))
        )
        if precedes:
            out.append(options.delimiter)
            out += self.and_tokens[1:]
        else:
            out += self.and_tokens

    def _add_et_al(self, out: list[Token], shown: int, inverted: str) -> None:
        term, frame = self.et_al
        if not term:
            return
        how = self.options.precedes_et_al
        precedes = (
            how == "always"
            or (how == "contextual" and shown > 1)
            or (how == "after-inverted-name" and _is_inverted(inverted, shown - 1))
        )
        if precedes:
            out.append(self.options.delimiter)
        elif _SPACED.match(term):
            out.append(" ")
        start = len(out)
        out += parse(term)
        frame.close(out, start)

    def _add_label(self, variable: str, count: int, rendering: Rendering) -> None:
        label = self.label
        if label is None:
            return
        plural = label.plural == "always" or (
            label.plural == "contextual" and count > 1
        )
        key = (variable, plural)
        tokens = self._labels.get(key)
        if tokens is None:
            text = self.environment.locale.term(variable, label.form, plural=plural)
            built: list[Token] = list(parse(text)) if text else []
            label.frame.close(built, 0)
            tokens = self._labels[key] = tuple(built)
        rendering.out.extend(tokens)


def _is_inverted(inverted: str, number: int) -> bool:
    return inverted == "all" or (inverted == "first" and number == 0)


def _joining(and_text: str | None) -> tuple[str, ...]:
    """The word between names: (space before it, the word and the space behind)."""
    if and_text is None:
        return ()
    if not and_text:
        return (" ", "")
    if _SPACED.match(and_text):
        return (" ", f"{and_text} ")
    return ("", and_text)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the elements in a ``cs:names`` say."""

    options: NameOptions
    form: PersonForm
    name_frame: Frame
    et_al: tuple[str, Frame]
    label: _Label | None
    delimiter: str
    frame: Frame


def _parts(element: Element, environment: Environment, outer: Element | None) -> _Parts:
    """Read the elements of ``cs:names``.

    Args:
        element: the ``cs:names``.
        environment: what is around it.
        outer: the ``cs:names`` that this one may stand in for: where this one has no
            elements of its own, those of that one count.
    """
    source = element
    framing: Mapping[str, str] = element.attributes
    if outer is not None and not element.children:
        source = outer
        framing = {**outer.attributes, **element.attributes}
    inherited = inherited_names(*environment.names, element.attributes)
    name = source.find("name")
    options = {**inherited, **(name.attributes if name is not None else {})}
    is_english = environment.is_english
    frames = {
        part.get("name"): frame_of(part.attributes, is_english=is_english)
        for part in (name.all("name-part") if name is not None else ())
    }
    form = PersonForm(options, frames, environment.options)
    name_attributes = name.attributes if name is not None else {}
    et_al = source.find("et-al")
    term = et_al.get("term", "et-al") if et_al is not None else "et-al"
    et_al_frame = frame_of(et_al.attributes if et_al is not None else {})
    label = None
    is_before = True
    for child in source.children:
        if child.tag == "name":
            is_before = False
        if child.tag == "label":
            label = _Label(
                child.get("form", "long"),
                child.get("plural", "contextual"),
                frame_of(child.attributes, is_english=is_english),
                is_before and name is not None,
            )
    delimiter = element.attributes.get(
        "delimiter",
        (source.attributes if source is not element else {}).get(
            "delimiter", inherited.get("names-delimiter", "")
        ),
    )
    return _Parts(
        NameOptions.of(options, environment),
        form,
        frame_of(name_attributes, is_english=is_english),
        (environment.locale.term(term), et_al_frame),
        label,
        delimiter,
        frame_of(framing, is_english=is_english),
    )


def compile_names(
    element: Element, environment: Environment, outer: Element | None = None
) -> Renderer:
    """A renderer of ``cs:names``."""
    variables = element.get("variable").split()
    names = _Names(variables, _parts(element, environment, outer), environment)
    substitute = element.find("substitute")
    if substitute is None:

        def render(rendering: Rendering) -> None:
            names.render(rendering)

        return render
    choices = [_stand_in(child, environment, element) for child in substitute.children]

    def render_or_substitute(rendering: Rendering) -> None:
        lacking = len(rendering.missing) if rendering.missing is not None else 0
        if names.render(rendering):
            return
        if _substitute(choices, rendering) and rendering.missing is not None:
            # What something stands in for is not missed.
            del rendering.missing[lacking:]

    return render_or_substitute


def _stand_in(element: Element, environment: Environment, outer: Element) -> Renderer:
    """A renderer of what stands in for names, also in conditions and groups.

    Args:
        element: a child of ``cs:substitute``.
        environment: what is around it.
        outer: the names for which it stands.
    """

    def each(children: Sequence[Element]) -> list[Renderer]:
        return [_stand_in(child, environment, outer) for child in children]

    if element.tag == "names":
        return compile_names(element, environment, outer)
    if element.tag == "choose":
        return environment.choose(element, lambda c: _first_of(each(c)))
    if element.tag == "group":
        delimiter = element.get("delimiter")
        return environment.group(element, lambda c: in_sequence(each(c), delimiter))
    return environment.compile(element)


def _first_of(choices: Sequence[Renderer]) -> Renderer:
    """The elements of a branch are alternatives, too."""

    def render(rendering: Rendering) -> None:
        start = len(rendering.out)
        begins = rendering.first_names
        for choice in choices:
            choice(rendering)
            suppressed = rendering.suppress and begins and not rendering.first_names
            if len(rendering.out) > start or suppressed:
                return

    return render


def _substitute(choices: Sequence[Renderer], rendering: Rendering) -> bool:
    """The first of the choices that gives something; it is not shown again.

    Returns:
        Whether there was one.
    """
    out = rendering.out
    start = len(out)
    outer = rendering.substituting
    suppress = rendering.suppress and rendering.first_names
    for choice in choices:
        rendering.substituting = True
        choice(rendering)
        rendering.substituting = outer
        if len(out) > start:
            if suppress:
                del out[start:]
            elif out[start] is not stream.NAMES_OPEN:
                out.insert(start, stream.NAMES_OPEN)
                out.append(stream.NAMES_CLOSE)
            rendering.first_names = False
            return True
        if suppress and not rendering.first_names:
            return True
    return False
