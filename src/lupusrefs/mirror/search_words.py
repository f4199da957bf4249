"""The words by which works are searched: the same of a record and of a query (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lupusrefs.compare.text import clean, fold, readings, spelled

_WORD: Final = re.compile(r"[^\W_]+")
_WITH_UMLAUT: Final = re.compile(r"[^\W_]*[äöüøåÄÖÜØÅ][^\W_]*")
# Scripts that are written without spaces: Thai, Lao, Burmese, Khmer, kana, Han, Hangul.
_UNSPACED: Final = re.compile(
    "[\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u1049\u1780-\u17d3\u3005-\u3007"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_PAIR: Final = 2


def search_words(texts: Iterable[str]) -> list[str]:
    """The words of texts, each once, in their order.

    Folded as all that is compared is (comparison.md, N1 to N8). A word with an umlaut
    counts in both its spellings. What is written without spaces is taken in pairs of
    characters, as is the custom with such scripts, for it has no words that could be
    told without a dictionary.

    >>> search_words(["The wolf's <i>den</i>", "Müller 12(3):204-9", "狼の巣"])
    ['the', 'wolfs', 'den', 'muller', '12', '3', '204', '9', '狼の', 'の巣', 'mueller']
    """
    line = spelled("\n".join(map(clean, texts))).replace("'", "")
    if line.isascii():
        return list(dict.fromkeys(_WORD.findall(line.lower())))
    found = _WORD.findall(_UNSPACED.sub(_in_pairs, fold(line)))
    for shown in _WITH_UMLAUT.findall(line):
        found += readings(shown)
    return list(dict.fromkeys(found))


def _in_pairs(match: re.Match[str]) -> str:
    run = match[0]
    pairs = (run[at : at + _PAIR] for at in range(max(1, len(run) - 1)))
    return f" {' '.join(pairs)} "
