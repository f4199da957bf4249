"""The index as SQL: its tables, how styles get in, and what can be asked of it.

Texts are kept as the words in them (:mod:`lupusrefs.styles.words`), which have no
character that means something to ``LIKE``. All words of a style stand in one column,
each behind a blank, so that ``instr(words, ' rheum')`` finds the begin of a word: of
ten thousand rows that takes some ms, and needs no full-text extension of SQLite.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from lupusrefs.styles.info import Style
from lupusrefs.styles.packages import StyleFiles
from lupusrefs.styles.words import issn, keys, significant, words


class NameKind(IntEnum):
    """What a name is to a style, in the order in which one prevails."""

    ISSN = 0
    ID = 1
    ALIAS = 2
    TITLE = 3
    SHORT_TITLE = 4
    # The title without its small words: "Lancet", "Annals of Rheumatic Diseases".
    SIGNIFICANT = 5


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search found.

    Attributes:
        styles: the first of them, best first.
        total: how many there are.
    """

    styles: tuple[Style, ...]
    total: int


_TABLES: Final = """
CREATE TABLE styles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, is_dependent INTEGER NOT NULL,
    title TEXT NOT NULL, title_short TEXT, aliases TEXT NOT NULL, issns TEXT NOT NULL,
    fields TEXT NOT NULL, style_class TEXT, citation_format TEXT, parent TEXT,
    default_locale TEXT, updated TEXT
);
CREATE TABLE texts (
    number INTEGER PRIMARY KEY, words TEXT NOT NULL, title TEXT NOT NULL,
    significant TEXT NOT NULL, significant_count INTEGER NOT NULL
);
CREATE TABLE names (
    key TEXT NOT NULL, kind INTEGER NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (key, kind, number)
) WITHOUT ROWID;
"""
_COLUMNS: Final = (
    "id, is_dependent, title, title_short, aliases, issns, fields, style_class, "
    "citation_format, parent, default_locale, updated"
)
_OF_STYLES: Final = ", ".join(f"styles.{name}" for name in _COLUMNS.split(", "))
# No id, ISSN, field or title has a line end in it: titles have their blanks collapsed.
_SEPARATOR: Final = "\n"
# The category of styles that are no single journal's: APA, Vancouver, Chicago, ...
GENERAL: Final = "generic-base"
# How well a style matches, from the best; then the rules for what matches as well.
_SEARCH: Final = f"""
SELECT {_OF_STYLES}, count(*) OVER ()
FROM styles JOIN texts USING (number) WHERE {{condition}}
ORDER BY CASE
    WHEN (:key, {NameKind.ID:d}, number) IN (SELECT * FROM names) THEN 0
    WHEN number IN (SELECT number FROM names WHERE key = :key) THEN 1
    WHEN texts.significant LIKE :abbreviated AND significant_count = :count THEN 2
    WHEN texts.title LIKE :key || '%' OR texts.significant LIKE :significant || '%'
        OR replace(styles.id, '-', ' ') LIKE :key || '%' THEN 3
    WHEN texts.significant LIKE :abbreviated THEN 4
    WHEN texts.significant LIKE '% ' || :abbreviated THEN 5
    ELSE 6 END,
    is_dependent, instr(fields, '{GENERAL}') = 0, length(styles.title), styles.id
LIMIT :limit
"""


def fill(connection: sqlite3.Connection, found: Iterable[Style]) -> None:
    """Make the tables of an empty database and put styles in."""
    connection.executescript(_TABLES)
    for number, style in enumerate(found, start=1):
        _insert(connection, number, style)
    connection.commit()


def search(
    connection: sqlite3.Connection, files: StyleFiles, text: str, limit: int
) -> Matches:
    """The styles in which every word of a text begins a word; or of an ISSN."""
    wanted = words(text)
    if not wanted:
        return Matches((), 0)
    main = significant(wanted)
    values: dict[str, str | int] = {
        "key": issn(text) or " ".join(wanted),
        "significant": " ".join(main),
        "abbreviated": "% ".join(main) + "%",
        "count": len(main),
        "limit": limit,
    }
    if issn(text):
        condition = "number IN (SELECT number FROM names WHERE key = :key)"
    else:
        condition = " AND ".join(
            f"instr(words, :word{number})" for number in range(len(main))
        )
        values |= {f"word{number}": f" {word}" for number, word in enumerate(main)}
    rows = connection.execute(_SEARCH.format(condition=condition), values).fetchall()
    total = rows[0][-1] if rows else 0
    return Matches(tuple(_style(files, *row[:-1]) for row in rows), total)


def named(
    connection: sqlite3.Connection, files: StyleFiles, text: str
) -> tuple[NameKind, tuple[Style, ...]] | None:
    """The styles of a name, by the kind of name that prevails; by id."""
    plain = issn(text) or " ".join(words(text))
    short = " ".join(significant(words(text)))
    last = NameKind.SIGNIFICANT
    rows = connection.execute(
        f"SELECT kind, {_OF_STYLES} FROM names JOIN styles USING (number) "
        "WHERE (key = ? AND kind < ?) OR (key = ? AND kind = ?) ORDER BY kind, id",
        (plain, last, short, last),
    ).fetchall()
    if not rows:
        return None
    best = rows[0][0]
    styles = tuple(_style(files, *row[1:]) for row in rows if row[0] == best)
    return NameKind(best), styles


def abbreviated(
    connection: sqlite3.Connection, files: StyleFiles, text: str
) -> tuple[Style, ...]:
    """The styles whose title has as many words, each with the begin given; by id."""
    main = significant(words(text))
    rows = connection.execute(
        f"SELECT {_OF_STYLES} FROM styles JOIN texts USING (number) "
        "WHERE texts.significant LIKE ? AND significant_count = ? ORDER BY id",
        ("% ".join(main) + "%", len(main)),
    )
    return tuple(_style(files, *row) for row in rows)


def all_names(connection: sqlite3.Connection) -> Mapping[str, str]:
    """The key of every name but ISSNs, each with the first id that has it."""
    query = (
        "SELECT key, id FROM names JOIN styles USING (number) WHERE kind > ? "
        "ORDER BY kind DESC, is_dependent DESC, id DESC"
    )
    return dict(connection.execute(query, (NameKind.ISSN,)).fetchall())


def _insert(connection: sqlite3.Connection, number: int, style: Style) -> None:
    lists = (style.aliases, style.issns, style.fields)
    many = (_SEPARATOR.join(each) for each in lists)
    cursor = connection.execute(
        f"INSERT OR IGNORE INTO styles (number, {_COLUMNS}) "
        f"VALUES ({','.join('?' * 13)})",
        (
            *(number, style.id, style.parent is not None),
            *(style.title, style.title_short, *many, style.style_class),
            *(style.citation_format, style.parent, style.default_locale, style.updated),
        ),
    )
    if not cursor.rowcount:
        return  # an independent style of the same id is there already
    texts = (style.id, style.title, style.title_short or "", *style.aliases)
    found = dict.fromkeys(
        word for text in texts for one in keys(text) for word in one.split()
    )
    title = words(style.title)
    main = significant(title)
    connection.execute(
        "INSERT INTO texts VALUES (?, ?, ?, ?, ?)",
        (
            *(number, "".join(f" {one}" for one in found)),
            *(" ".join(title), " ".join(main), len(main)),
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO names VALUES (?, ?, ?)",
        ((key, kind, number) for key, kind in _names(style, main)),
    )


def _names(style: Style, main: Sequence[str]) -> Iterator[tuple[str, NameKind]]:
    for number in style.issns:
        yield issn(number) or number, NameKind.ISSN
    for kind, texts in (
        (NameKind.ID, (style.id,)),
        (NameKind.ALIAS, style.aliases),
        (NameKind.TITLE, (style.title,)),
        (NameKind.SHORT_TITLE, (style.title_short or "",)),
    ):
        yield from ((key, kind) for text in texts if text for key in keys(text))
    yield " ".join(main), NameKind.SIGNIFICANT


def _style(
    files: StyleFiles,
    style_id: str,
    is_dependent: int,
    title: str,
    title_short: str | None,
    aliases: str,
    issns: str,
    fields: str,
    style_class: str | None,
    citation_format: str | None,
    parent: str | None,
    default_locale: str | None,
    updated: str | None,
) -> Style:
    return Style(
        id=style_id,
        title=title,
        title_short=title_short,
        aliases=_split(aliases),
        issns=_split(issns),
        fields=_split(fields),
        style_class=style_class,
        citation_format=citation_format,
        parent=parent,
        default_locale=default_locale,
        updated=updated,
        path=files.path(style_id, is_dependent=bool(is_dependent)),
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(_SEPARATOR)) if text else ()
