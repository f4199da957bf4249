"""Places in SARIF: files as relative addresses, regions in lines and in characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from pydantic import JsonValue

from lupusrefs.formats.text import SourceText
from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Location, Span

Json = dict[str, JsonValue]
# Relative addresses are relative to this one: the name that code hosts use for the
# folder that was checked out.
BASE: Final = "%SRCROOT%"
# Beside letters and digits, what a path segment may hold (RFC 3986, "pchar"), except
# the colon: in the first segment it would end a scheme.
_SAFE: Final = "/!$&'()*+,;=@~"
_NO_FILE: Final = "<"
_STANDARD_INPUT: Final = "-"


class Places:
    """The artifacts of a run, numbered in the order in which they come.

    Args:
        sources: path -> text of the file, for lines and columns of what has only
            offsets.
    """

    def __init__(self, sources: Mapping[str, SourceText]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def artifacts(self) -> list[JsonValue]:
        """Every file that was named (SARIF 2.1.0, 3.24)."""
        return [
            {"location": self._address(file), "roles": ["analysisTarget"]}
            for file in self._numbers
        ]

    def location(self, location: Location | None, key: str) -> Json:
        """Where a result is: in the file, and in which reference (3.28)."""
        place: Json = {
            "logicalLocations": [{"name": key, "fullyQualifiedName": key}],
        }
        if location is not None and is_file(location.file):
            place["physicalLocation"] = self._physical(location)
        return place

    def related(self, number: int, location: Location) -> Json:
        """Another place that belongs to a result."""
        return {"id": number, "physicalLocation": self._physical(location)}

    def change(self, file: str, edits: Sequence[Edit]) -> Json:
        """What a fix changes in one file (3.56)."""
        return {
            "artifactLocation": self._artifact(file),
            "replacements": [
                {
                    "deletedRegion": self._region(file, edit.span),
                    "insertedContent": {"text": edit.text},
                }
                for edit in sorted(edits, key=lambda edit: edit.span)
            ],
        }

    def _physical(self, location: Location) -> Json:
        place: Json = {"artifactLocation": self._artifact(location.file)}
        # A line of a page is none of the file.
        if location.line and not location.page:
            region: Json = {
                "startLine": location.line,
                "startColumn": location.column,
            }
            if location.span is not None:
                region |= self._region(location.file, location.span)
            place["region"] = region
        return place

    def _artifact(self, file: str) -> Json:
        number = self._numbers.setdefault(file, len(self._numbers))
        return {**self._address(file), "index": number}

    @staticmethod
    def _address(file: str) -> Json:
        path = PurePath(file)
        if path.is_absolute():
            return {"uri": path.as_uri()}
        return {"uri": quote(path.as_posix(), safe=_SAFE), "uriBaseId": BASE}

    def _region(self, file: str, span: Span) -> Json:
        """Offsets; with the text of the file also lines and columns, from 1 (3.30)."""
        region: Json = {}
        if source := self._sources.get(file):
            start, end = source.location(span.start), source.location(span.end)
            region = {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            }
        return {
            **region,
            "charOffset": span.start,
            "charLength": span.end - span.start,
        }


def is_file(file: str) -> bool:
    """Whether a name is that of a file, not of standard input or of the arguments."""
    return file != _STANDARD_INPUT and not file.startswith(_NO_FILE)
