"""What a style says about itself: the ``cs:info`` element at its begin.

The rest of the file is neither read nor parsed: there are ten thousand of them.

Source: CSL 1.0.2, "Info" and "Style - Structure" ("cs:style").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

from lupusrefs.errors import InputError
from lupusrefs.model.location import Location

NAMESPACE: Final = "http://purl.org/net/xbiblio/csl"
_CHUNK: Final = 8192  # bytes; the longest cs:info of the official styles has 5,000
_STYLE_DEPTH: Final = 1
_INFO_DEPTH: Final = 2
_TEXTS: Final = ("title", "title-short", "id", "issn", "eissn", "issnl", "updated")
_ISSNS: Final = ("issn", "eissn", "issnl")


@dataclass(frozen=True, slots=True)
class Style:
    """A style and what it says about itself.

    Attributes:
        id: by which users call it, the stem of its file name: ``apa``.
        title: its title.
        title_short: a short one, often of a journal.
        aliases: ids that it had in the past.
        issns: of the journal, print, online and linking.
        fields: of study: ``medicine``, ``generic-base``, ...
        style_class: ``in-text`` or ``note``; None of a dependent style.
        citation_format: ``author-date``, ``numeric``, ``note``, ``label``, ``author``.
        parent: the id of the independent style that a dependent one stands for.
        default_locale: the language it is for: ``de-DE``.
        updated: when it was changed last, ISO 8601.
        path: its file.
    """

    id: str
    title: str
    title_short: str | None
    aliases: tuple[str, ...]
    issns: tuple[str, ...]
    fields: tuple[str, ...]
    style_class: str | None
    citation_format: str | None
    parent: str | None
    default_locale: str | None
    updated: str | None
    path: Path


def read_style(path: Path, aliases: tuple[str, ...] = ()) -> Style:
    """The style of a file, of which only the begin is read.

    Args:
        path: the file.
        aliases: ids that it had in the past; the file does not know them.

    Raises:
        OSError: the file cannot be read.
        InputError: it is no style.
    """
    with path.open("rb", buffering=0) as file:
        return parse_style(iter(lambda: file.read(_CHUNK), b""), path, aliases)


def parse_style(
    chunks: Iterable[bytes], path: Path, aliases: tuple[str, ...] = ()
) -> Style:
    """The style in a text, which is taken only as far as it is needed.

    Args:
        chunks: the text in UTF-8, whatever it says of its encoding.
        path: of its file.
        aliases: as of :func:`read_style`.

    Raises:
        InputError: it is no style, or not well-formed up to the end of ``cs:info``.
    """
    reader = _Reader()
    try:
        for chunk in chunks:
            reader.parser.Parse(chunk, False)  # noqa: FBT003 - expat's way
        reader.parser.Parse(b"", True)  # noqa: FBT003
    except _Complete:
        return reader.style(path, aliases)
    except _Refused as error:
        place = Location(str(path), reader.parser.CurrentLineNumber, 1)
        raise InputError(str(error), location=place, hint=_HINT) from None
    except expat.ExpatError as error:
        place = Location(str(path), error.lineno, error.offset + 1)
        message = f"this is no CSL style: {expat.ErrorString(error.code)}"
        raise InputError(message, location=place, hint=_HINT) from None
    raise InputError(
        "this CSL style has no `info` with its title",
        location=Location.of_file(str(path)),
        hint=_HINT,
    )


def style_id(link: str) -> str:
    """The id in a link to a style: ``http://www.zotero.org/styles/apa`` -> ``apa``."""
    return link.strip().rstrip("/").rpartition("/")[2].removesuffix(".csl")


_HINT: Final = "a style is an XML file whose root element is `style`, such as apa.csl"


class _Complete(Exception):  # noqa: N818 - caught where expat is started
    """The end of ``cs:info``."""


class _Refused(Exception):  # noqa: N818 - as _Complete
    """The file is no style."""


class _Reader:
    """Collects what expat tells."""

    def __init__(self) -> None:
        # A name comes as "namespace name": styles may write "cs:info".
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._entity
        self._depth = 0
        self._tag = ""
        self._text: list[str] = []
        self._root: Mapping[str, str] = {}
        self._texts: dict[str, list[str]] = {tag: [] for tag in _TEXTS}
        self._fields: list[str] = []
        self._format: str | None = None
        self._parent: str | None = None

    def style(self, path: Path, aliases: tuple[str, ...]) -> Style:
        """What was told, as a value."""
        texts = self._texts
        issns = (one for tag in _ISSNS for one in texts[tag])
        title = next(iter(texts["title"]), "")
        return Style(
            id=path.stem,
            title=title or path.stem,
            title_short=next(iter(texts["title-short"]), None),
            aliases=aliases,
            issns=tuple(dict.fromkeys(issns)),
            fields=tuple(dict.fromkeys(self._fields)),
            style_class=self._root.get("class"),
            citation_format=self._format,
            parent=self._parent,
            default_locale=self._root.get("default-locale"),
            updated=next(iter(texts["updated"]), None),
            path=path,
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        depth = self._depth = self._depth + 1
        if depth == _STYLE_DEPTH:
            self._begin(name, attributes)
        elif depth == _INFO_DEPTH:
            self._tag = name.rpartition(" ")[2]
        elif self._tag == "info" and depth == _INFO_DEPTH + 1:
            tag = name.rpartition(" ")[2]
            if tag in self._texts:
                self._text = []
                self.parser.CharacterDataHandler = self._text.append
            elif tag == "category":
                self._categorise(attributes)
            elif tag == "link" and attributes.get("rel") == "independent-parent":
                self._parent = style_id(attributes.get("href", "")) or None

    def _end(self, name: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        if self._tag != "info":
            return
        if depth == _INFO_DEPTH:
            raise _Complete
        tag = name.rpartition(" ")[2]
        if depth == _INFO_DEPTH + 1 and tag in self._texts:
            self.parser.CharacterDataHandler = None
            if text := " ".join("".join(self._text).split()):
                self._texts[tag].append(text)

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if tag != "style" or namespace != NAMESPACE:
            where = f" of {namespace}" if namespace not in {"", NAMESPACE} else ""
            raise _Refused(f"this is no CSL style: its root element is `{tag}`{where}")
        self._root = attributes

    def _categorise(self, attributes: Mapping[str, str]) -> None:
        self._format = attributes.get("citation-format", self._format)
        if field := attributes.get("field"):
            self._fields.append(field)

    def _entity(self, *_declared: object) -> None:
        # They are how a small file becomes a large one, and CSL needs none.
        raise _Refused("the file declares entities, and CSL has none")
