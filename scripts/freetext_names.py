"""Ways to write a list of names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

Form = Callable[[tuple[str, str]], str]


def _letters(given: str) -> list[str]:
    return [part[0].upper() for part in re.split(r"[\s.-]+", given) if part]


def _vancouver(name: tuple[str, str]) -> str:
    return " ".join((name[0], "".join(_letters(name[1])))).strip()


def _dotted(given: str, between: str) -> str:
    return between.join(f"{letter}." for letter in _letters(given))


def _family_comma(between: str) -> Form:
    return lambda name: ", ".join(filter(None, (name[0], _dotted(name[1], between))))


def _family_plain(between: str) -> Form:
    return lambda name: " ".join(filter(None, (name[0], _dotted(name[1], between))))


def _initials_first(between: str) -> Form:
    return lambda name: " ".join(filter(None, (_dotted(name[1], between), name[0])))


def full_name(name: tuple[str, str]) -> str:
    """The given names in full, then the family name."""
    return " ".join(filter(None, (name[1], name[0])))


def _inverted(name: tuple[str, str]) -> str:
    return ", ".join(filter(None, (name[0], name[1])))


def _capitals(name: tuple[str, str]) -> str:
    return " ".join(filter(None, (name[0].upper(), name[1])))


def _spaced(name: tuple[str, str]) -> str:
    return " ".join((name[0], *_letters(name[1])))


@dataclass(frozen=True, slots=True)
class NameStyle:
    """How a list of names is written."""

    first: Form
    rest: Form
    between: str = ", "
    last: str = ", "
    et_al: str = ", et al."


NAME_STYLES: Final = (
    NameStyle(_vancouver, _vancouver),
    NameStyle(_vancouver, _vancouver),
    NameStyle(_vancouver, _vancouver, last=" and ", et_al=" et al."),
    NameStyle(_family_comma(" "), _family_comma(" "), last=", & "),
    NameStyle(_family_comma(" "), _family_comma(" "), last=" & ", et_al=" et al."),
    NameStyle(_family_comma(""), _family_comma(""), last=" and ", et_al=" et al."),
    NameStyle(_family_comma(""), _family_comma("")),
    NameStyle(
        _family_comma(" "),
        _family_comma(" "),
        between="; ",
        last="; ",
        et_al="; et al.",
    ),
    NameStyle(_family_plain(""), _family_plain("")),
    NameStyle(_family_plain(" "), _family_plain(" "), last=" and ", et_al=" et al."),
    NameStyle(
        _initials_first(" "), _initials_first(" "), last=", and ", et_al=" et al."
    ),
    NameStyle(_initials_first(""), _initials_first("")),
    NameStyle(
        _initials_first(" "), _initials_first(" "), last=" and ", et_al=" et al."
    ),
    NameStyle(full_name, full_name, last=" and ", et_al=" et al."),
    NameStyle(full_name, full_name, last=", and "),
    NameStyle(_inverted, full_name, last=", and "),
    NameStyle(_inverted, _inverted, between="; ", last="; ", et_al="; et al."),
    NameStyle(_capitals, _capitals, last=" et ", et_al=" et al."),
    NameStyle(_spaced, _spaced, last=" and ", et_al=" et al"),
    NameStyle(_inverted, _inverted, between=" / ", last=" / ", et_al=" u. a."),
)


def names(style: NameStyle, people: Sequence[tuple[str, str]], most: int) -> str:
    """A list of names; cut where it has more than ``most``."""
    shown = people[:most]
    written = [style.first(shown[0]), *(style.rest(name) for name in shown[1:])]
    if len(people) > most:
        return style.between.join(written) + style.et_al
    if len(written) == 1:
        return written[0]
    return style.between.join(written[:-1]) + style.last + written[-1]
