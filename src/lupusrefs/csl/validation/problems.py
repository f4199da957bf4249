"""Where a validation gathers what it finds, and what it says of misspelt names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from lupusrefs.csl.xml import Element
from lupusrefs.model.location import Diagnostic, Location, Severity

# More are of no use to a reader, and a file of ten megabytes may have a million.
MAX_LISTED: Final = 1_000
# A comparison takes some 5 us: misspelt names cost half a second at most.
_MAX_COMPARISONS: Final = 100_000
_LONGEST_NAME: Final = 40
_LONGEST_SHOWN: Final = 60
_LONGEST_READ: Final = 1_000
_MOST_NAMES: Final = 8


def quoted(text: str) -> str:
    """A value as a message shows it: on one line, and not all of a long one.

    >>> quoted("et  al")
    '`et al`'
    """
    line = " ".join(text[:_LONGEST_READ].split())
    line = "".join(char if char.isprintable() else "\ufffd" for char in line)
    if len(line) > _LONGEST_SHOWN:
        line = f"{line[:_LONGEST_SHOWN]}…"
    return f"`{line}`"


def tagged(tag: str) -> str:
    """An element as a message shows it.

    >>> tagged("date-part")
    '<date-part>'
    """
    return f"<{quoted(tag)[1:-1]}>"


def listed(names: Iterable[str], conjunction: str = "or") -> str:
    """Names in a sentence.

    >>> listed(["`a`", "`b`", "`c`"])
    '`a`, `b` or `c`'
    """
    *others, last = names
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def possible(names: Collection[str]) -> str:
    """A hint at all the names that there are, if they are few.

    >>> possible(("text", "symbol"))
    'it can be `symbol` or `text`'
    """
    if 0 < len(names) <= _MOST_NAMES:
        return f"it can be {listed(f'`{name}`' for name in sorted(names))}"
    return "the specification of CSL 1.0.2 lists what there is"


class Deprecated(NamedTuple):
    """A value that is to be written otherwise today."""

    attribute: str
    word: str


class Problems:
    """What is wrong with one file.

    Args:
        name: of the file.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: dict[Severity, list[Diagnostic]] = {one: [] for one in Severity}
        self._unlisted = dict.fromkeys(Severity, 0)
        self._near: dict[tuple[str, frozenset[str]], str | None] = {}
        self._comparisons = 0
        # What is deprecated -> where it was used first, and what to do.
        self.deprecated: dict[Deprecated, tuple[Element, str]] = {}

    def error(self, element: Element, message: str, hint: str | None = None) -> None:
        """Note what keeps the style from being rendered as meant."""
        self.add(element, message, hint)

    def warning(self, element: Element, message: str, hint: str | None = None) -> None:
        """Note what does no harm here."""
        self.add(element, message, hint, grave=False)

    def add(
        self,
        element: Element,
        message: str,
        hint: str | None = None,
        *,
        grave: bool = True,
    ) -> None:
        """Note a problem of an element: an error if it is grave, else a warning."""
        severity = Severity.ERROR if grave else Severity.WARNING
        if len(self._found[severity]) >= MAX_LISTED:
            self._unlisted[severity] += 1
            return
        place = Location(self._name, element.line, element.column)
        self._found[severity].append(Diagnostic(message, place, hint, severity))

    def did_you_mean(
        self, word: str, known: Collection[str], otherwise: str | None = None
    ) -> str:
        """A hint at a known name that looks like a word.

        Args:
            word: what was written.
            known: what could be meant.
            otherwise: the hint if nothing looks like it; if None, the names themselves
                where they are few.
        """
        near = self.near(word, frozenset(known))
        if near is not None:
            return f"did you mean `{near}`?"
        return otherwise or possible(known)

    def near(self, word: str, known: frozenset[str]) -> str | None:
        """The known name that looks most like a word, if one does."""
        if len(word) > _LONGEST_NAME:
            return None
        key = (word, known)
        if key not in self._near:
            self._comparisons += len(known)
            if self._comparisons > _MAX_COMPARISONS:
                return None
            self._near[key] = _nearest(word, known)
        return self._near[key]

    def sorted(self) -> list[Diagnostic]:
        """All that was found, in the order of the file."""
        found = [one for several in self._found.values() for one in several]
        found.sort(key=lambda one: (one.location.line, one.location.column))
        for severity, count in self._unlisted.items():
            if count:
                message = f"there are {count:,} more {severity}s, which are not listed"
                place = Location.of_file(self._name)
                found.append(Diagnostic(message, place, severity=severity))
        return found


def _nearest(word: str, known: frozenset[str]) -> str | None:
    import difflib  # noqa: PLC0415 - of use after a slip only

    # In the order of the alphabet: what a set gives first differs from run to run.
    by_fold: dict[str, str] = {}
    for name in sorted(known):
        by_fold.setdefault(_folded(name), name)
    folded = _folded(word)
    near = difflib.get_close_matches(folded, by_fold, n=1, cutoff=0.7)
    return by_fold[near[0]] if near else None


def _folded(name: str) -> str:
    """A name without what is mistaken most often: capitals, blanks, underscores."""
    return "-".join(name.casefold().replace("_", " ").replace("-", " ").split())
