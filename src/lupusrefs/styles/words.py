"""The words of titles and queries, in the form in which they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lupusrefs.model.latin import unaccented

_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHE: Final = re.compile("(?<=[^\\W_])['’ʼ´`](?=[^\\W_])")
_ISSN: Final = re.compile(r"([0-9]{4})[-–]?([0-9]{3}[0-9Xx])")
# What the abbreviation of a title leaves out (ISO 4, 4.2: articles, conjunctions and
# prepositions), and who quotes one from memory gets wrong.
_SMALL_WORDS: Final = frozenset(
    "a an and at by for from in of on the to with "  # noqa: SIM905 - a list of words
    "au aux d de des du el en et l la las le les los un une y "
    "am das dem den der die fur im und von zu zur "
    "da do dos e i o os para".split()
)


def words(text: str) -> list[str]:
    """The words of a text, without accents, case and punctuation.

    >>> words("Lupus Science & Medicine"), words("Ann. Rheum. Dis.")
    (['lupus', 'science', 'and', 'medicine'], ['ann', 'rheum', 'dis'])
    """
    letters = unaccented(text.replace("&", " and ")).casefold()
    return _WORD.findall(letters)


def key(text: str) -> str:
    """What two spellings of one name have in common.

    >>> key("Chicago-Author-Date") == key("Chicago (author–date)")
    True
    """
    return " ".join(words(text))


def keys(text: str) -> Iterator[str]:
    """The keys under which a name is found: an apostrophe is written, or not.

    >>> list(keys("Children's Health"))
    ['children s health', 'childrens health']
    """
    yield key(text)
    joined = _APOSTROPHE.sub("", text)
    if joined != text:
        yield key(joined)


def significant(found: Iterable[str]) -> list[str]:
    """Without articles, conjunctions and prepositions, if anything is left then.

    >>> significant(words("Annals of the Rheumatic Diseases"))
    ['annals', 'rheumatic', 'diseases']
    """
    found = list(found)
    return [word for word in found if word not in _SMALL_WORDS] or found


def issn(text: str) -> str | None:
    """The text as an ISSN in its canonical form (ISO 3297), if it is one.

    >>> issn("1468 2060"), issn("0003-4967"), issn("0028083x")
    (None, '0003-4967', '0028-083X')
    """
    match = _ISSN.fullmatch(text.strip())
    return f"{match[1]}-{match[2].upper()}" if match else None
