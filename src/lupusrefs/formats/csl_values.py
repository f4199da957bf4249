"""The values of CSL variables: tree node -> text, names, date, list."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Final

from pydantic import JsonValue

from lupusrefs.formats.tree import Mapping, Node, Scalar, Sequence, kind, plain
from lupusrefs.model.dates import Date, date_from_csl, parse_edtf
from lupusrefs.model.location import Span
from lupusrefs.model.names import NAME_PARTS, Name
from lupusrefs.model.variables import CROSSREF_TYPES, TYPES

_FLAGS: Final = frozenset({"comma-suffix", "static-ordering"})
# Members that registries add to names, and CSL's switch for unparsed names.
_IGNORED_PARTS: Final = frozenset(
    {
        "parse-names",
        "isInstitution",
        "ORCID",
        "authenticated-orcid",
        "affiliation",
        "sequence",
        "role",
        "prefix",
    }
)


class ValueProblem(Exception):  # noqa: N818 - caught where it becomes a diagnostic
    """A value that is not what its variable takes."""

    def __init__(self, message: str, span: Span, hint: str | None = None) -> None:
        super().__init__(message)
        self.span = span
        self.hint = hint


def read_type(text: str, span: Span) -> str:
    """A type of CSL; Crossref's are understood.

    Raises:
        ValueProblem: there is no such type.
    """
    name = CROSSREF_TYPES.get(text, text)
    if name in TYPES:
        return name
    near = difflib.get_close_matches(name, TYPES, n=1)
    hint = f"did you mean `{near[0]}`?" if near else "CSL 1.0.2 lists the types"
    message = f"`{name[:60]}` is not a CSL type; read as `document`"
    raise ValueProblem(message, span, hint)


def read_text(node: Node) -> str | None:
    """A string or number variable, exactly as written.

    Registries serve a few of them as lists (``ISSN``, ``title``) or objects
    (``license`` with its ``URL``, ``event`` with its ``name``): one entry counts as
    the text itself, several texts are joined with a comma.
    """
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return node.text  # the usual case
    node = _served(node)
    match node:
        case Scalar(value=bool()):
            raise ValueProblem("must be text, not true or false", node.span)
        case Scalar(value=None):
            return None
        case Scalar():
            return node.text
        case Sequence(items=()):
            return None
        case Sequence() if all(isinstance(item, Scalar) for item in node.items):
            return ", ".join(
                item.text for item in node.items if isinstance(item, Scalar)
            )
        case _:
            hint = "a text with ': ' in it needs quotes around it"
            raise ValueProblem(f"must be text, not {kind(node)}", node.span, hint)


def _served(node: Node) -> Node:
    """What a registry's object says in words, in the object's place."""
    first = node.items[0] if isinstance(node, Sequence) and node.items else node
    if isinstance(first, Mapping):
        return first.get("URL") or first.get("name") or node
    return node


def read_list(node: Node) -> tuple[str, ...]:
    """A list of texts; a single text is a list of one."""
    nodes = node.items if isinstance(node, Sequence) else (node,)
    return tuple(text for item in nodes if (text := read_text(item)) is not None)


def read_custom(node: Node) -> dict[str, JsonValue]:
    """The user's own data, untouched."""
    if not isinstance(node, Mapping):
        hint = "write `custom:` and your keys indented below it"
        raise ValueProblem(f"must be a mapping, not {kind(node)}", node.span, hint)
    return {key.text: plain(value) for key, value in node}


def read_names(
    node: Node, warn: Callable[[ValueProblem], None] = lambda _: None
) -> tuple[Name, ...]:
    """A name variable: a list of mappings; a bare text is a literal name.

    Args:
        node: the value.
        warn: told of parts that no name has; the other parts still count.
    """
    nodes = node.items if isinstance(node, Sequence) else (node,)
    return tuple([name for item in nodes if (name := _name(item, warn))])


def _name(node: Node, warn: Callable[[ValueProblem], None]) -> Name | None:
    match node:
        case Mapping():
            return _name_of_parts(node, warn)
        case Scalar(value=str(text)) if text.strip() and not text.isdigit():
            return Name(literal=text)
        case Scalar(value=None | ""):
            return None
        case _:
            hint = "write `- family: ...` and `given: ...`, or `- literal: ...`"
            what = "a number" if isinstance(node, Scalar) else kind(node)
            raise ValueProblem(f"a name cannot be {what}", node.span, hint)


def _name_of_parts(node: Mapping, warn: Callable[[ValueProblem], None]) -> Name | None:
    parts: dict[str, str] = {}
    flags: dict[str, bool] = {}
    for key, value in node:
        # Crossref calls a group's name `name` (registries.md 2.5).
        part = "literal" if key.text == "name" else key.text
        if part in _IGNORED_PARTS:
            continue
        if part not in NAME_PARTS:
            hint = "parts of a name are: " + ", ".join(NAME_PARTS)
            message = f"a name has no part `{key.text[:60]}`; it is ignored"
            warn(ValueProblem(message, key.span, hint))
            continue
        if part in _FLAGS:
            flags[NAME_PARTS[part]] = _truth(value)
        elif text := read_text(value):
            parts[NAME_PARTS[part]] = text
    if not parts:
        return None
    return Name(
        family=parts.get("family"),
        given=parts.get("given"),
        dropping_particle=parts.get("dropping_particle"),
        non_dropping_particle=parts.get("non_dropping_particle"),
        suffix=parts.get("suffix"),
        literal=parts.get("literal"),
        comma_suffix=flags.get("comma_suffix", False),
        static_ordering=flags.get("static_ordering", False),
    )


def _truth(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text.casefold() in {"true", "yes", "1"}


_DATE_KEYS: Final = frozenset(
    {"date-parts", "season", "circa", "literal", "raw", "edtf"}
)
# What registries add to a date object.
_IGNORED_DATE_KEYS: Final = frozenset({"date-time", "timestamp", "version"})
_YEAR_KEYS: Final = ("year", "month", "day")
_DATE_HINT: Final = "write `2021-08-05`, `2021-08`, `2021`, or date-parts: [[2021, 8]]"


def read_date(node: Node) -> Date | None:
    """A date variable in any of its spellings.

    CSL-JSON's object, EDTF text, pandoc's ``year/month/day`` mapping or a list of
    two such, ``[2021, 8]``; other text is a literal date ("in press").
    """
    match node:
        case Scalar(value=None):
            return None
        case Scalar(value=bool()):
            raise ValueProblem("must be a date, not true or false", node.span)
        case Scalar():
            return parse_edtf(node.text) or Date(literal=node.text)
        case Mapping():
            return _guarded(node, lambda: date_from_csl(_date_object(node)))
        case Sequence():
            return _guarded(node, lambda: date_from_csl({"date-parts": _rows(node)}))


def _guarded(node: Node, read: Callable[[], Date | None]) -> Date | None:
    try:
        return read()
    except ValueError as error:
        raise ValueProblem(str(error), node.span, _DATE_HINT) from None


def _date_object(node: Mapping) -> dict[str, object]:
    if node.get("year") is not None:
        rest = {k.text: plain(v) for k, v in node if k.text not in _YEAR_KEYS}
        return {**rest, "date-parts": [_row(node)]}
    for key, _ in node:
        if key.text not in _DATE_KEYS and key.text not in _IGNORED_DATE_KEYS:
            message = f"a date has no part `{key.text}`"
            raise ValueProblem(message, key.span, _DATE_HINT)
    return {k.text: plain(v) for k, v in node if k.text in _DATE_KEYS}


def _rows(node: Sequence) -> JsonValue:
    """A list as date-parts: of mappings, of lists, or one date's own numbers."""
    if node.items and all(isinstance(item, Scalar) for item in node.items):
        return [plain(node)]
    return [
        _row(item) if isinstance(item, Mapping) else plain(item) for item in node.items
    ]


def _row(node: Mapping) -> list[JsonValue]:
    return [plain(value) for key in _YEAR_KEYS if (value := node.get(key)) is not None]
