"""Every element of a file against its pattern."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from lupusrefs.csl.validation import dialects
from lupusrefs.csl.validation.constraints import CONSTRAINTS, PARENT
from lupusrefs.csl.validation.patterns import PATTERNS, Pattern
from lupusrefs.csl.validation.problems import Problems, listed, quoted, tagged
from lupusrefs.csl.xml import Element


def _places() -> dict[str, str]:
    """Element -> a hint at where it may stand."""
    parents: dict[str, dict[str, None]] = {}
    for key, pattern in PATTERNS.items():
        for tag in pattern.children:
            parents.setdefault(tag, {})[f"<{_TAGS.get(key, key)}>"] = None
    places = {tag: f"it belongs in {listed(names)}" for tag, names in parents.items()}
    return {**places, "style": "a file has one <style>, around all the rest"}


# Name of a pattern -> the element, where it is another name.
_TAGS: Final = {
    "dependent style": "style",
    "locale file": "locale",
    "dependent info": "info",
    "locale info": "info",
    "dependent link": "link",
    "locale date": "date",
    "localized date": "date",
    "localized date-part": "date-part",
    "citation layout": "layout",
    "names label": "label",
}
_PLACES: Final = _places()


def check_elements(
    root: Element, pattern: str, terms: Collection[str], problems: Problems
) -> None:
    """Note what the elements of a file have that they may not have, or lack.

    Args:
        root: of the file.
        pattern: the name of its pattern.
        terms: that there are.
        problems: gathers what is found.
    """
    stack: list[tuple[Element, str]] = [(root, pattern)]
    while stack:
        element, key = stack.pop()
        if key == "date" and "form" in element.attributes:
            key = "localized date"
        found = PATTERNS.get(key)
        if found is None:
            # Unknown, which has been noted; what is in it may be known.
            stack += [(child, child.tag) for child in reversed(element.children)]
            continue
        _check_attributes(element, found, problems)
        _check_children(element, key, problems)
        constraint = CONSTRAINTS.get(key)
        if constraint is not None:
            constraint(element, terms, problems)
        children = found.children
        stack += [
            (child, children.get(child.tag, child.tag))
            for child in reversed(element.children)
        ]


def _check_attributes(element: Element, pattern: Pattern, problems: Problems) -> None:
    known = pattern.attributes
    for name in element.attributes:
        value = known.get(name)
        if value is not None:
            value.check(name, element, problems)
        else:
            hint = problems.did_you_mean(name, known, "it has no effect")
            kind = dialects.of_attribute(name)
            if kind is not None:
                hint = f"it is of {kind}, and has no effect"
            message = f"<{element.tag}> has no attribute {quoted(name)}"
            problems.warning(element, message, hint)
    for name in pattern.required:
        if name not in element.attributes:
            shown = "xml:lang" if name == "lang" else name
            message = f"<{element.tag}> needs the attribute `{shown}`"
            problems.add(element, message, known[name].hint, grave=not pattern.is_info)


def _check_children(element: Element, key: str, problems: Problems) -> None:
    pattern = PATTERNS[key]
    is_grave = not pattern.is_info
    if not pattern.is_text and element.text and not element.text.isspace():
        message = f"<{element.tag}> holds no text: {quoted(element.text)} is not shown"
        problems.warning(element, message, 'text is written <text value="..."/>')
    first: dict[str, Element] = {}
    for child in element.children:
        tag = child.tag
        if tag not in pattern.children:
            _misplaced(child, element, key, problems)
            continue
        if tag in first and tag in pattern.single:
            hint = "write <else-if>" if tag == "if" else "remove one of them"
            message = f"<{element.tag}> has a second <{tag}>"
            problems.add(child, message, hint, grave=is_grave)
        if tag in pattern.before:
            _check_order(child, first, pattern, problems)
        first.setdefault(tag, child)
    _check_lacks(element, pattern, first, problems)


def _check_lacks(
    element: Element, pattern: Pattern, there: Collection[str], problems: Problems
) -> None:
    """Note elements that are not there."""
    for tag in pattern.needed:
        if tag not in there:
            message = f"<{element.tag}> needs <{tag}>"
            hint = f"put <{tag}> in it"
            problems.add(element, message, hint, grave=not pattern.is_info)
    for tag in pattern.wanted:
        if tag not in there:
            message = f"<{element.tag}> should have <{tag}>"
            problems.warning(element, message, f"put <{tag}> in it")
    if pattern.is_filled and not element.children:
        # Nothing is rendered of it, but that a layout has nothing cannot be meant.
        message = f"<{element.tag}> is empty"
        grave = element.tag == "layout"
        problems.add(element, message, f"put {_some(pattern)} in it", grave=grave)


def _check_order(
    child: Element, first: dict[str, Element], pattern: Pattern, problems: Problems
) -> None:
    """Note an element that stands behind one that it has to stand before."""
    passed = next((tag for tag in first if tag in pattern.before[child.tag]), None)
    if passed is not None:
        line = first[passed].line
        message = f"<{child.tag}> has to stand before <{passed}> of line {line}"
        problems.warning(child, message, "move it there")


def _misplaced(child: Element, parent: Element, key: str, problems: Problems) -> None:
    """Note an element that cannot stand where it does."""
    pattern = PATTERNS[key]
    tag, is_grave = child.tag, not pattern.is_info
    if key == "dependent style" and tag in PATTERNS["style"].children:
        message = f"a dependent style has no <{tag}>: that of its parent counts"
        problems.error(child, message, f"remove it, or the link of `{PARENT}`")
        return
    if tag in _PLACES:
        message = f"<{tag}> cannot stand in <{parent.tag}>"
        problems.add(child, message, _PLACES[tag], grave=is_grave)
        return
    kind = dialects.of_element(tag)
    if kind is not None:
        hint = f"it is of {kind}, not of CSL 1.0.2"
    else:
        here = problems.near(tag, frozenset(pattern.children))
        near = here or problems.near(tag, frozenset(_PLACES))
        hint = f"did you mean <{near}>?" if near else "remove it"
    message = f"there is no element {tagged(tag)} in CSL 1.0.2"
    problems.add(child, message, hint, grave=is_grave)


def _some(pattern: Pattern) -> str:
    """What can be put in an element: one or two of many."""
    tags = sorted(pattern.children)
    shown = tags if len(tags) < 3 else ["text", "group"]  # noqa: PLR2004 - a few
    return listed(f"<{tag}>" for tag in shown)
