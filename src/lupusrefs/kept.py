"""Files that one run keeps for later ones, as baselines and locks are.

They are committed beside a paper, merged and edited by hand: what no longer fits is a
clear message, never a silent pass.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from lupusrefs.errors import InputError
from lupusrefs.model.location import Location


class KeptPart(BaseModel):
    """A part of such a file: it has the members that it is known to have."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class KeptFile(KeptPart):
    """The whole of such a file.

    Attributes:
        name: what it is called in messages.
        version: its member ``schema``.
        hint: how it is written anew.
    """

    name: ClassVar[str]
    version: ClassVar[str]
    hint: ClassVar[str]


File = TypeVar("File", bound=KeptFile)


def read_kept(path: Path, kind: type[File]) -> File:
    """Read a file of a kind.

    Raises:
        InputError: there is none, or it is none of this kind and version.
    """
    try:
        text = path.read_text(encoding="utf-8")
        schema = _schema(text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise _refused(
            path, kind, f"the {kind.name} cannot be read: {reason}"
        ) from None
    except ValueError as error:
        raise _refused(path, kind, f"the {kind.name} is not JSON: {error}") from None
    if schema != kind.version:
        message = f"no {kind.name} of this version: its schema is {schema!r:.60}"
        raise _refused(path, kind, message)
    try:
        return kind.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        at = ".".join(map(str, first["loc"]))
        message = f"the {kind.name} is damaged at `{at}`: {first['msg']}"
        raise _refused(path, kind, message) from None


def _refused(path: Path, kind: type[KeptFile], message: str) -> InputError:
    return InputError(message, location=Location.of_file(str(path)), hint=kind.hint)


def _schema(text: str) -> object:
    """What the file says it is.

    Raises:
        ValueError: it is not JSON.
    """
    try:
        loaded = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return loaded.get("schema") if isinstance(loaded, dict) else None
