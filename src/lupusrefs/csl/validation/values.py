"""What an attribute may be set to.

Source: CSL 1.0.2 specification, and XML Schema Part 2 for the types that it names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from lupusrefs.csl.validation.problems import (
    Deprecated,
    Problems,
    possible,
    quoted,
)
from lupusrefs.csl.xml import Element


class Value(Protocol):
    """A kind of values."""

    @property
    def hint(self) -> str:
        """What to write."""

    def check(self, attribute: str, element: Element, problems: Problems) -> None:
        """Note what is wrong with an attribute of an element."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Any text, also none."""

    hint: str = "add it"

    def check(self, attribute: str, element: Element, problems: Problems) -> None:
        """Nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A word of a list.

    Attributes:
        noun: what the words are ("an item type"); empty where the attribute says it.
        words: what there is.
        is_list: several words may be given, with blanks between them.
        hints: word -> what to do about it, of words that are not of the list.
        tolerated: words that do no harm, but had better be others -> a hint.
        deprecated: words of the list -> what to use instead.
        grave: whether another word is an error, not only a warning.
    """

    noun: str
    words: frozenset[str]
    is_list: bool = False
    hints: Mapping[str, str] = field(default_factory=dict)
    tolerated: Mapping[str, str] = field(default_factory=dict)
    deprecated: Mapping[str, str] = field(default_factory=dict)
    grave: bool = True

    def check(self, attribute: str, element: Element, problems: Problems) -> None:
        """Note words that there are not."""
        value = element.attributes[attribute]
        words = value.split() if self.is_list else (value,)
        for word in words:
            if word not in self.words:
                self._complain(word, attribute, element, problems)
            elif word in self.deprecated:
                use = Deprecated(attribute, word)
                problems.deprecated.setdefault(use, (element, self.deprecated[word]))
        if not words:
            message = f"`{attribute}` of <{element.tag}> is empty"
            problems.add(element, message, self.hint, grave=self.grave)

    @property
    def hint(self) -> str:
        """What it can be."""
        return f"name {self.noun}" if self.noun else possible(self.words)

    def _complain(
        self, word: str, attribute: str, element: Element, problems: Problems
    ) -> None:
        if self.noun:
            message = f"{quoted(word)} is not {self.noun}"
        else:
            message = f"`{attribute}` of <{element.tag}> cannot be {quoted(word)}"
        if word in self.tolerated:
            problems.warning(element, message, self.tolerated[word])
            return
        if word.strip() in self.words:
            hint = "remove the blanks around it"
        else:
            hint = self.hints.get(word) or problems.did_you_mean(word, self.words)
        problems.add(element, message, hint, grave=self.grave)


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number.

    Attributes:
        least: the smallest that makes sense.
        grave: whether the schema forbids a smaller one.
        hint: what to write.
    """

    least: int = 0
    grave: bool = False
    hint: str = "it is a whole number, such as 3"

    def check(self, attribute: str, element: Element, problems: Problems) -> None:
        """Note what is no number, or is too small."""
        value = element.attributes[attribute]
        message = f"`{attribute}` of <{element.tag}> cannot be {quoted(value)}"
        if not _INTEGER.fullmatch(value):
            problems.error(element, message, self.hint)
        elif value.strip().startswith("-") or (self.least and not value.strip("+0 ")):
            hint = f"the least that makes sense is {self.least}"
            problems.add(element, message, hint, grave=self.grave)


@dataclass(frozen=True, slots=True)
class Matching:
    """A text of a certain form.

    Attributes:
        pattern: that of the whole text.
        hint: what it looks like.
        grave: whether another text is an error, not only a warning.
    """

    pattern: re.Pattern[str]
    hint: str
    grave: bool = True

    def check(self, attribute: str, element: Element, problems: Problems) -> None:
        """Note a text of another form."""
        value = element.attributes[attribute]
        if not self.pattern.fullmatch(value):
            message = f"`{attribute}` of <{element.tag}> cannot be {quoted(value)}"
            problems.add(element, message, self.hint, grave=self.grave)


_INTEGER: Final = re.compile(r"\s*[+-]?[0-9]+\s*", re.ASCII)
# XML Schema Part 2, "language" and "NMTOKEN" (of which XML 1.0 has the characters).
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_NMTOKEN: Final = re.compile(r"[\w.:·-]+")

ANYTHING: Final = Anything()
LANGUAGE: Final = Matching(_LANGUAGE, "it is a language such as `de-DE`")
LANGUAGE_OF_INFO: Final = Matching(
    _LANGUAGE, "it is a language such as `de-DE`", grave=False
)
# A name with blanks works here as well as any other.
MACRO_NAME: Final = Matching(
    _NMTOKEN,
    "names of macros have letters, digits, `-`, `_`, `.` and `:` only",
    grave=False,
)
BOOLEAN: Final = Choice(
    "",
    frozenset(("true", "false")),
    tolerated={"1": "write `true`", "0": "write `false`"},
)
COUNT: Final = Integer()
