"""The options of ``cs:name``, with what outer elements set.

Source: CSL 1.0.2 specification, "Name", "Inheritable Name Options".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lupusrefs.csl.numbers import count_of

if TYPE_CHECKING:
    from lupusrefs.csl.environment import Environment

_NEVER: Final = 10**6
# Attribute of cs:style, cs:citation, cs:bibliography and cs:names -> of cs:name.
_INHERITED: Final = {
    "and": "and",
    "delimiter-precedes-et-al": "delimiter-precedes-et-al",
    "delimiter-precedes-last": "delimiter-precedes-last",
    "et-al-min": "et-al-min",
    "et-al-use-first": "et-al-use-first",
    "et-al-use-last": "et-al-use-last",
    "et-al-subsequent-min": "et-al-subsequent-min",
    "et-al-subsequent-use-first": "et-al-subsequent-use-first",
    "initialize": "initialize",
    "initialize-with": "initialize-with",
    "name-as-sort-order": "name-as-sort-order",
    "sort-separator": "sort-separator",
    "name-form": "form",
    "name-delimiter": "delimiter",
}


def inherited_names(*levels: Mapping[str, str]) -> dict[str, str]:
    """The options of ``cs:name`` that outer elements set, the outermost first."""
    options: dict[str, str] = {}
    for attributes in levels:
        for outer, inner in _INHERITED.items():
            if outer in attributes:
                options[inner] = attributes[outer]
        if "names-delimiter" in attributes:
            options["names-delimiter"] = attributes["names-delimiter"]
    return options


@dataclass(frozen=True, slots=True)
class NameOptions:
    """How a list of names is written.

    Attributes:
        delimiter: between names.
        and_text: the word or sign before the last; None for the delimiter.
        precedes_last: ``contextual``, ``always``, ``never``, ``after-inverted-name``:
            whether the delimiter goes before it.
        precedes_et_al: the same of "et al."
        et_al_min: from how many names on the list is cut.
        use_first: how many are shown of one that is cut.
        use_last: the last name is shown after an ellipsis.
        subsequent_min, subsequent_first: the same of cites that are not the first.
        inverted: ``first``, ``all`` or empty: which names have the family name first.
        form: ``long``, ``short`` or ``count``.
    """

    delimiter: str
    and_text: str | None
    precedes_last: str
    precedes_et_al: str
    et_al_min: int
    use_first: int
    use_last: bool
    subsequent_min: int
    subsequent_first: int
    inverted: str
    form: str

    @classmethod
    def of(cls, options: Mapping[str, str], environment: Environment) -> NameOptions:
        """The options that attributes set."""
        least = count_of(options.get("et-al-min"), _NEVER)
        first = count_of(options.get("et-al-use-first"), _NEVER)
        and_text = None
        if "and" in options:
            form = "symbol" if options["and"] == "symbol" else "long"
            and_text = environment.locale.term("and", form)
            if form == "symbol" and not and_text:
                and_text = "&"
        return cls(
            options.get("delimiter", ", "),
            and_text,
            options.get("delimiter-precedes-last", "contextual"),
            options.get("delimiter-precedes-et-al", "contextual"),
            least,
            first,
            options.get("et-al-use-last") == "true",
            count_of(options.get("et-al-subsequent-min"), least),
            count_of(options.get("et-al-subsequent-use-first"), first),
            options.get("name-as-sort-order", ""),
            options.get("form", "long"),
        )
