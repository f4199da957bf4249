"""CSL-YAML: the house format, as pandoc and citeproc read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import yaml
from pydantic import JsonValue

from lupusrefs.formats.csl_items import LIST_KEYS, read_items
from lupusrefs.formats.loaded import Loaded, load_all
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.yaml_tree import yaml_parts
from lupusrefs.model.item import Item
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import DATES, NUMBERS, field_name

_Dumper: Final[type[yaml.CSafeDumper | yaml.SafeDumper]] = getattr(
    yaml, "CSafeDumper", yaml.SafeDumper
)
_LINE_WIDTH: Final = 88
_PLAIN_NUMBER: Final = re.compile("[1-9][0-9]{0,8}")


def load(source: SourceText) -> Loaded:
    """The references of a CSL-YAML file, each with its place."""
    return load_all(stream, source)


def stream(source: SourceText, diagnostics: Diagnostics) -> Iterator[Reference]:
    """The same, one by one."""
    parts = yaml_parts(source, diagnostics, LIST_KEYS)
    return read_items(parts, source, diagnostics)


def dump(items: Iterable[Item]) -> str:
    """A CSL-YAML file of the items, dates in EDTF."""
    return dump_data({"references": [yaml_data(item) for item in items]})


def dump_data(data: JsonValue) -> str:
    """YAML text of plain data; what YAML would misread gets quotes."""
    text: str = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=_LINE_WIDTH,
    )
    return text


def yaml_data(item: Item) -> dict[str, JsonValue]:
    """The item as CSL-YAML has it: CSL-JSON with readable dates."""
    data = item.to_csl()
    for variable in DATES:
        date = getattr(item, field_name(variable))
        if date is not None and date.start is not None and date.literal is None:
            data[variable] = str(date)
    for variable in (*NUMBERS, *DATES, "PMID"):
        value = data.get(variable)
        # A plain number needs no quotes: it reads back as the same characters.
        if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value):
            data[variable] = int(value)
    return data
