"""Faults that look like answers: other records, fewer records, broken records."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from registry.messages import dump

if TYPE_CHECKING:
    from registry.messages import Json

_NAMES = ("DOI", "doi", "id", "handle", "requested-id", "uid", "pmid")
_LISTS = ("items", "data", "records", "uids")
_BROKEN: dict[str, Json] = {
    "title": 7,
    "author": "Anonymous",
    "date-parts": [["x"]],
    "titles": 7,
    "creators": "Anonymous",
    "publicationYear": ["x"],
    "values": 7,
    "responseCode": "one",
    "RA": 7,
    "articleids": "x",
    "records": "x",
}
_ATOM_ID = re.compile(rb"(arxiv\.org/abs/)[^<]+")


def _parsed(true: bytes) -> Json:
    try:
        parsed: Json = json.loads(true)
    except ValueError:
        return None
    return parsed


def wrong_records(true: bytes) -> bytes:
    """Every record under another identifier and title; aliases are gone."""
    parsed = _parsed(true)
    if parsed is None:
        return _ATOM_ID.sub(rb"\g<1>1999.00001v1", true)
    return dump(_renamed(parsed))


def _renamed(value: Json) -> Json:
    if isinstance(value, list):
        return [_renamed(one) for one in value]
    if not isinstance(value, dict):
        return value
    renamed: dict[str, Json] = {}
    for key, inner in value.items():
        if key == "aliases":
            continue
        if key in _NAMES and isinstance(inner, str):
            renamed[key] = f"10.5555/not.asked.for.{len(inner)}"
        elif key == "title":
            text = "A record that nobody asked for"
            renamed[key] = [text] if isinstance(inner, list) else text
        elif key.isdigit():
            renamed[f"9{key}"] = _renamed(inner)
        else:
            renamed[key] = _renamed(inner)
    return renamed


def missing_records(true: bytes) -> bytes:
    """Of each list of records every second one, the first not among them."""
    parsed = _parsed(true)
    if parsed is None:
        return re.sub(rb"<entry>.*?</entry>", b"", true, count=1, flags=re.DOTALL)
    return dump(parsed[1::2] if isinstance(parsed, list) else _thinned(parsed))


def _thinned(value: Json) -> Json:
    if not isinstance(value, dict):
        return value
    thinned: dict[str, Json] = {}
    for key, inner in value.items():
        if key in _LISTS and isinstance(inner, list):
            thinned[key] = inner[1::2]
        else:
            thinned[key] = _thinned(inner) if key in ("message", "result") else inner
    return thinned


def broken_types(true: bytes) -> bytes:
    """The same records, their values of types that no registry sends."""
    parsed = _parsed(true)
    return b"<feed><entry/></feed>" if parsed is None else dump(_broken(parsed))


def _broken(value: Json) -> Json:
    if isinstance(value, list):
        return [_broken(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _BROKEN.get(key, _broken(inner)) for key, inner in value.items()}
