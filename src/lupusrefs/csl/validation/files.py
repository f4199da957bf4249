"""The kinds of files there are: independent and dependent styles, and locale files.

Source: CSL 1.0.2 specification, "File Types".
"""

from __future__ import annotations

from lupusrefs.csl.validation.constraints import PARENT
from lupusrefs.csl.validation.elements import check_elements
from lupusrefs.csl.validation.macros import check_macros
from lupusrefs.csl.validation.problems import Problems, tagged
from lupusrefs.csl.validation.vocabulary import SUCCESSORS, TERMS
from lupusrefs.csl.xml import Element


def check_file(root: Element, problems: Problems) -> None:
    """Note everything that is wrong with a file.

    Args:
        root: its root element.
        problems: gathers what is found.
    """
    if root.tag == "locale":
        check_elements(root, "locale file", TERMS, problems)
    elif root.tag == "style" and _is_dependent(root):
        check_elements(root, "dependent style", TERMS, problems)
    elif root.tag == "style":
        check_elements(root, "style", TERMS | _own_terms(root), problems)
        check_macros(root, problems)
    else:
        message = f"this is a {tagged(root.tag)}, no CSL style or locale file"
        problems.error(root, message, "they begin with <style> or <locale>")
    _note_deprecated(root, problems)


def _is_dependent(root: Element) -> bool:
    info = root.find("info")
    links = info.all("link") if info is not None else ()
    return any(link.get("rel") == PARENT for link in links)


def _own_terms(root: Element) -> frozenset[str]:
    """The terms that a style defines itself."""
    return frozenset(
        term.get("name")
        for locale in root.all("locale")
        for terms in locale.all("terms")
        for term in terms.all("term")
    )


def _note_deprecated(root: Element, problems: Problems) -> None:
    """Note what is deprecated, each once: where it is used first."""
    for (attribute, word), (element, hint) in problems.deprecated.items():
        successor = SUCCESSORS.get(word)
        if successor is None or not _uses(root, successor):
            problems.warning(element, f'`{attribute}="{word}"` is deprecated', hint)


def _uses(root: Element, variable: str) -> bool:
    return any(variable in one.get("variable").split() for one in root.walk())
