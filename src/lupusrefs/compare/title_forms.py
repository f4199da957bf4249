"""A title taken apart: its words, where a part of it may end, its status."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from lupusrefs.compare.text import (
    WORD,
    clean,
    decode_entities,
    fold_word,
    is_absent,
    spelled,
    words,
)
from lupusrefs.compare.title_status import split_status
from lupusrefs.model.work import Work

# Longer "titles" are abstracts or damage, and are not compared.
MAX_LENGTH: Final = 6000
_CACHED: Final = 2000
_MAX_FORMS: Final = 12
ORIGINAL: Final = "original title"
_WITH_SUBTITLE: Final = ("title and subtitle", "subtitle and title")

FORMULA: Final = "\ufffc"
LOST: Final = "\ufffd"
_FORMULA: Final = re.compile(
    r"<(?:\w+:)?(?P<tag>math|inline-formula|formula|tex-math)\b"
    r".{0,4000}?</(?:\w+:)?(?P=tag)>"
    r"|\$\$[^$]{1,300}\$\$|\$(?!\s)[^$]{1,300}(?<![\s\\])\$(?!\d)",
    re.DOTALL,
)
# Where a part of a title may end: punctuation but the comma and closing brackets, and
# spaced hyphens; a full stop only before a space, so that "0.1" is one.
_BOUNDARY: Final = re.compile(
    r"[:;?!—(\[{/|•]|\s=\s|\.(?=\s|\W*\Z)|\s[-–]+\s|--|\.\.|\s['\"“”]"
)
_SUBTITLE: Final = re.compile(r"<(?:jats:)?subtitle>", re.IGNORECASE)
# A sign in place of a letter that was lost (comparison.md, B30d).
_LOST: Final = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[^\W\d_]['’])|(?<=\s))\?(?=[a-zà-ÿ0-9])|\?{3,}"
)
_LOST_AT_END: Final = re.compile(r"(?<=[^\W\d_])\?(?=\s)")
_CUT: Final = re.compile(r"(?:…|\.\.\.)[\s\])]*\Z")
# What belongs into another field, such as "[Epub ahead of print]".
_STAGE: Final = re.compile(
    r"\s*[\[(]\s*(?:e-?pub\b|online ahead|ahead of print|in press|advance online"
    r"|forthcoming|accepted|early access|preprint|submitted)[^\[\]()]{0,80}[\])]\W*\Z",
    re.IGNORECASE,
)
# What sites of downloads and search engines put in front: "(PDF) On wolves".
_MEDIUM: Final = re.compile(
    r"\A\s*[\[(](?:pdf|html|book|doc|citation|full text)[\])]:?\s+(?=\S)", re.IGNORECASE
)
# Catalogues of medicine put a translated title in brackets, its language behind them.
_TRANSLATED: Final = re.compile(
    r"\A\s*\[(?P<title>[^\[\]]{9,})\][\s.,]+(?:chinese|czech|danish|dutch|french|german"
    r"|hungarian|italian|japanese|korean|norwegian|polish|portuguese|russian|spanish"
    r"|swedish|turkish)\W*\Z",
    re.IGNORECASE,
)
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_CJK_WORD: Final = re.compile(f"{_CJK.pattern}|{WORD.pattern}")
# The same as ``WORD`` in ASCII, and three times as fast.
_ASCII_WORD: Final = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*|[<>](?=\s*\d)|%")
_EDITORIAL: Final = re.compile(
    r"\A(?:editorial|preface|foreword)\s*[\[:(]\s*(?:hot topic\s*:?)?\s*"
    r"(?P<inner>.+?)\s*"
    r"(?:[\[(]?(?:guest|executive|hot topic)\s+editors?\b[^\[\]]*)?[\])]*\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
_LANGUAGES: Final = re.compile(r"\s+[/=|]\s+|\s+\[(?=[^\[\]]+\]\W*\Z)")
_WORDS_OF_A_PART: Final = 3
# A letter that is neither Latin nor Greek.
_FOREIGN: Final = re.compile(r"[\u0400-\u1dff\u2000-\U0010ffff](?<=[^\W\d_])")


class TitleForm(NamedTuple):
    """A title as it is compared.

    Attributes:
        text: in one line, without markup and status.
        status: ``retracted``, ``withdrawn`` ..., if the title says so.
        shown: its words as written, for messages.
        words: the same, folded.
        joined: the same in one, because neighbours are often glued together.
        ends: how many words lie before each place where a part of it may end.
        is_cut: whether it says itself that it goes on, by an ellipsis.
        is_latin: whether most of its letters are Latin or Greek.
        is_whole: whether nothing was taken from it or marked as lost; else it may be
            so all the same.
    """

    text: str
    status: str | None
    shown: tuple[str, ...]
    words: tuple[str, ...]
    joined: str
    ends: frozenset[int]
    is_cut: bool
    is_latin: bool
    is_whole: bool = False

    @property
    def is_damaged(self) -> bool:
        """Whether characters of it were lost."""
        return LOST in self.joined


def title_form(text: str) -> TitleForm:
    """A title, verbatim, as it is compared."""
    return _form(text) if len(text) <= _CACHED else _form.__wrapped__(text)


@lru_cache(maxsize=4096)
def _form(text: str) -> TitleForm:
    verbatim = text
    if "ubtitle" in text:
        text = _SUBTITLE.sub(": ", decode_entities(text))
    whole = clean(text)
    line, status = split_status(whole)
    if "(" in line or "[" in line:
        line = _MEDIUM.sub("", _STAGE.sub("", line))
        line = _TRANSLATED.sub(r"\g<title>", line)
    is_whole = line == whole and text is verbatim
    readable = spelled(line)
    if "?" in readable:
        is_whole = False
        readable = _LOST.sub(LOST, readable)
        if LOST in readable:
            readable = _LOST_AT_END.sub(LOST, readable)
    is_ascii = readable.isascii()
    is_latin = is_ascii or _is_latin(readable)
    pattern = _ASCII_WORD if is_ascii else WORD if is_latin else _CJK_WORD
    shown = pattern.findall(readable)
    if is_ascii:  # as ``fold_word`` does, all at once
        words = tuple(" ".join(shown).replace("'", "").lower().split())
    else:
        words = tuple(map(fold_word, shown))
    # What stands between one word and the next.
    gaps = pattern.split(readable)[1:-1]
    ends = {
        at
        for at, gap in enumerate(gaps, 1)
        if gap != " " and _BOUNDARY.search(gap) is not None
    }
    ends.add(len(words))
    return TitleForm(
        text=line,
        status=status,
        shown=tuple(shown),
        words=words,
        joined="".join(words),
        ends=frozenset(ends),
        is_cut=_CUT.search(line, max(0, len(line) - 10)) is not None,
        is_latin=is_latin,
        is_whole=is_whole and is_latin,
    )


def title_words(text: str) -> tuple[str, ...]:
    """The same as ``words``, of a title whose form is asked for as well."""
    form = title_form(text) if len(text) <= _CACHED else None
    return form.words if form is not None and form.is_whole else words(text)


def _is_latin(text: str) -> bool:
    if _FOREIGN.search(text) is None:
        return True
    letters = [char for char in text if char.isalpha()]
    latin = sum(char < "\u0400" or "\u1e00" <= char < "\u2000" for char in letters)
    return 2 * latin >= len(letters)


def has_formula(text: str) -> bool:
    """Whether a title, verbatim, has a formula in MathML or TeX."""
    return ("<" in text or "$" in text or "&" in text) and _has_formula(text)


@lru_cache(maxsize=1024)
def _has_formula(text: str) -> bool:
    return _FORMULA.search(decode_entities(text)) is not None


@lru_cache(maxsize=1024)
def without_formulas(text: str) -> TitleForm:
    """A title with ``FORMULA`` for a word in place of each formula."""
    text = _FORMULA.sub(" zqformulaqz ", decode_entities(text))
    form = _form.__wrapped__(text)
    words = tuple(FORMULA if "zqformulaqz" in w else w for w in form.words)
    return TitleForm(
        form.text,
        form.status,
        form.shown,
        words,
        "".join(words),
        form.ends,
        form.is_cut,
        form.is_latin,
    )


class Registered(NamedTuple):
    """One registered title, and in words which of several it is."""

    text: str
    which: str | None = None

    @property
    def is_with_subtitle(self) -> bool:
        """Whether it is put together from the main title and a subtitle."""
        return self.which in _WITH_SUBTITLE


@lru_cache(maxsize=1024)
def registered_titles(
    titles: tuple[str, ...],
    subtitles: tuple[str, ...],
    original: str | None,
) -> tuple[Registered, ...]:
    """Every title under which a work is registered, the preferred one first."""
    found: dict[str, str | None] = {}
    given = [title for title in dict.fromkeys(titles) if not is_absent(title)]
    for rank, title in enumerate(given[:_MAX_FORMS]):
        found.setdefault(title, "second title" if rank else None)
    if original and not is_absent(original):
        found.setdefault(original, ORIGINAL)
    subtitles = tuple(s for s in subtitles if not is_absent(s))
    if given and subtitles:
        for subtitle in dict.fromkeys((": ".join(subtitles), *subtitles)):
            found.setdefault(f"{given[0]}: {subtitle}", _WITH_SUBTITLE[0])
            found.setdefault(f"{subtitle}: {given[0]}", _WITH_SUBTITLE[1])
    return tuple(Registered(*entry) for entry in list(found.items())[:_MAX_FORMS])


def titles_of(work: Work) -> tuple[Registered, ...]:
    """Every title under which a work is registered, the preferred one first."""
    titles = (work.title, *work.titles) if work.title else work.titles
    return registered_titles(titles, work.subtitles, work.original_title)


def inner_titles(form: TitleForm) -> tuple[tuple[str, str], ...]:
    """(title, what it is) of titles that stand within another one.

    The topic of an editorial (comparison.md, B30a), and each of two languages.
    """
    inner: list[tuple[str, str]] = []
    if match := _EDITORIAL.match(form.text):
        inner.append((match["inner"], "registered title has extra text"))
    parts = _LANGUAGES.split(form.text, 4)
    if len(parts) > 1 and all(map(_is_long, parts)):
        inner.extend((part, "matched one of two languages") for part in parts)
    return tuple(entry for entry in inner if _is_long(entry[0]))


def _is_long(text: str) -> bool:
    return len(title_form(text).words) >= _WORDS_OF_A_PART
