"""Values of JSON in the spelling of those that they replace."""

from __future__ import annotations

import json
import re
from typing import Final

from pydantic import JsonValue

from lupusrefs.formats.text import SourceText

_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,15})", re.ASCII)


class Json:
    """Writes scalars.

    Args:
        source: the file they are for: one in ASCII that has escapes keeps to them.
    """

    def __init__(self, source: SourceText) -> None:
        text = source.text
        self._is_ascii = text.isascii() and "\\u" in text
        self._source = source

    def scalar(self, value: JsonValue) -> str:
        """A new value in one line."""
        token = json.dumps(value, ensure_ascii=self._is_ascii)
        if self._source.unencodable(token) is not None:
            return json.dumps(value)
        return token

    def like(self, value: JsonValue, old: str) -> str:
        """A value that replaces another one: text stays text, a number a number."""
        if isinstance(value, str) and _INTEGER.fullmatch(old):
            return value if _INTEGER.fullmatch(value) else self.scalar(value)
        if (
            old.startswith('"')
            and isinstance(value, int)
            and not isinstance(value, bool)
        ):
            value = str(value)
        token = self.scalar(value)
        return token.replace("/", r"\/") if r"\/" in old else token
