"""The zip file that a Word document is: its parts, and how they hang together.

Nothing that the file says of its own sizes is believed: what comes out of it is
counted while it comes out.

Source: ECMA-376, part 2, "Open Packaging Conventions": 6 (parts, relationships), 7.3
(zip). [MS-CFB], 2.2, for the compound files of old and of locked documents.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Final, NamedTuple
from urllib.parse import unquote

from lupusrefs.documents.docx.xml_events import Attributes, BrokenXml, read_xml
from lupusrefs.errors import InputError
from lupusrefs.model.location import Location

# A document of 300 pages has ten megabytes of XML, a book of 3,000 a hundred.
MOST_OF_PART: Final = 128 << 20  # bytes
_MOST_OF_ALL: Final = 256 << 20
# Markup shrinks to a twentieth, tables of empty cells to a hundredth; a bomb to less.
_MOST_RATIO: Final = 200
_SMALL: Final = 32 << 20  # bytes that are harmless at any ratio
_CHUNK: Final = 1 << 16
_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of the stream that has a locked document, in UTF-16 ([MS-OFFCRYPTO], 2.3.4).
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_ZIP: Final = b"PK"
_IS_ENCRYPTED: Final = 0x1  # general purpose bit flag 0
_METHODS: Final = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
# What the standard library's reader says of a file that is none.
_DAMAGES: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError),
)
_ROOT_RELATIONS: Final = "_rels/.rels"


class PartProblem(Exception):  # noqa: N818 - caught where it becomes a diagnostic
    """A part of the document cannot be read, or not to its end."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class ZipBomb(PartProblem):
    """A part is there to fill the memory."""


class Relation(NamedTuple):
    """What a part refers to.

    Attributes:
        kind: the last word of its type: ``hyperlink``, ``footnotes``, ``styles``.
        target: the name of the part, or the URL.
        is_external: whether it is a URL.
    """

    kind: str
    target: str
    is_external: bool


@dataclass(slots=True)
class _Count:
    """The bytes that have come out of the file."""

    of_all: int = 0


class Package:
    """The parts of a Word document, by name; case does not count.

    Args:
        data: the file.
        file: its path, as the user gave it.

    Raises:
        InputError: it is no Word document, or a locked one.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        self._bytes = BytesIO(data)
        self._zip = _opened(self._bytes, data, file)
        self._members = {one.filename.lower(): one for one in self._zip.infolist()}
        self._count = _Count()

    @property
    def names(self) -> list[str]:
        """The names of the parts, in lower case, in the order of the file."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece.

        Raises:
            PartProblem: it is not there, is broken, or blows up.
        """
        member = self._members.get(name.lower())
        if member is None:
            raise PartProblem(f"the document has no part `{name[:200]}`")
        if member.flag_bits & _IS_ENCRYPTED:
            hint = "open it in the program that locked it, and save it unlocked"
            raise PartProblem(f"`{name[:200]}` is locked with a password", hint)
        if member.compress_type not in _METHODS:
            hint = "open it in Word or LibreOffice, and save it anew"
            raise PartProblem(
                f"`{name[:200]}` is packed in a way Word never uses", hint
            )
        size = 0
        try:
            with self._zip.open(member) as stream:
                start = self._bytes.tell()
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    packed = self._bytes.tell() - start
                    self._check(name, size, packed, len(chunk))
                    yield chunk
        except _DAMAGES as error:
            hint = "open it in Word or LibreOffice, which may mend it, and save it"
            raise PartProblem(f"`{name[:200]}` is damaged: {error}", hint) from None

    def _check(self, name: str, size: int, packed: int, step: int) -> None:
        self._count.of_all += step
        hint = "it is there to fill the memory: delete it, unless you know who made it"
        if size > _SMALL and size > _MOST_RATIO * packed:
            message = (
                f"`{name[:200]}` unpacks to more than {_MOST_RATIO} times its size"
            )
            raise ZipBomb(message, hint)
        if size > MOST_OF_PART:
            message = f"`{name[:200]}` unpacks to more than {MOST_OF_PART >> 20} MB"
            raise PartProblem(message, "split the document")
        if self._count.of_all > _MOST_OF_ALL:
            message = f"the document unpacks to more than {_MOST_OF_ALL >> 20} MB"
            raise PartProblem(message, "split the document")

    def main_part(self) -> str:
        """The name of the part that has the text.

        Raises:
            InputError: there is none.
        """
        for relation in self._relations(_ROOT_RELATIONS, "").values():
            if relation.kind == "officedocument" and relation.target in self:
                return relation.target
        if "word/document.xml" in self:
            return "word/document.xml"
        what, hint = "not a Word document", "name a .docx file"
        if "content.xml" in self:
            what, hint = "an OpenDocument file", "save it as .docx"
        message = f"this is {what}: it has no `word/document.xml`"
        place = Location.of_file(self._file)
        raise InputError(message, location=place, hint=hint)

    def relations(self, part: str) -> dict[str, Relation]:
        """Id -> what a part refers to; empty where that is not told."""
        folder, name = posixpath.split(part)
        return self._relations(posixpath.join(folder, "_rels", f"{name}.rels"), folder)

    def _relations(self, name: str, folder: str) -> dict[str, Relation]:
        found: dict[str, Relation] = {}

        def start(element: str, attributes: Attributes) -> None:
            if element.endswith("Relationship") and "Id" in attributes:
                is_external = attributes.get("TargetMode") == "External"
                target = attributes.get("Target", "")
                if not is_external:
                    target = _part_name(folder, target)
                kind = attributes.get("Type", "").rpartition("/")[2].lower()
                found[attributes["Id"]] = Relation(kind, target, is_external)

        if name in self:
            # What they say is a help; without them the usual names are tried.
            with suppress(PartProblem, BrokenXml):
                read_xml(self.chunks(name), start)
        return found


def _part_name(folder: str, target: str) -> str:
    """The part that a relation of a part in a folder points to."""
    joined = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
    return joined.lstrip("/")


def _opened(stream: BytesIO, data: bytes, file: str) -> zipfile.ZipFile:
    place = Location.of_file(file)
    if data.startswith(_COMPOUND_FILE):
        if _LOCKED in data:
            message = "this document is locked with a password"
            hint = "open it in Word, and save it without a password"
        else:
            message = "this is a document of Word 97 to 2003 (.doc), which is not read"
            hint = "open it in Word or LibreOffice, and save it as .docx"
        raise InputError(message, location=place, hint=hint)
    if not data.startswith(_ZIP):
        raise InputError("not a .docx file", location=place, hint="name a .docx file")
    try:
        return zipfile.ZipFile(stream)
    except _DAMAGES as error:
        message = f"this .docx file is damaged: {error}"
        hint = "get it anew, or open it in Word, which may mend it, and save it"
        raise InputError(message, location=place, hint=hint) from None
