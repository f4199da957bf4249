r"""The keys that a Markdown text cites, with their places.

Sources: pandoc's manual ("Citation syntax"); Quarto's guide (cross references, whose
labels look like keys); the R Markdown Cookbook (``\@ref``); the MyST guide and
sphinxcontrib-bibtex (``{cite}`` roles); Manubot's usage (keys that are identifiers).
LaTeX's commands count, too: pandoc hands them on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.latex.arguments import Arguments
from lupusrefs.documents.latex.citations import CitedKey, citation_commands
from lupusrefs.documents.markdown.source import MarkdownView, view

# A letter, digit or "_" begins a key; punctuation inside it stands alone, but for "//".
_PLAIN_KEY: Final = r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*"
_BRACED_KEY: Final = r"\{(?P<braced>(?:[^{}\r\n]|\{[^{}\r\n]{0,300}\}){1,2000})\}"
_SIGN: Final = re.compile(
    rf"(?<![\w@\\])@(?:(?P<key>{_PLAIN_KEY})|{_BRACED_KEY})"
    # What may have an "@" that cites nothing: labels of link definitions, addresses.
    r"|^[ ]{0,3}\[@[^\]\r\n]{1,300}\]:"
    r"|\]\([^()\s]{0,2000}"
    r"|<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]{1,64}@[^\s<>@]{1,255})>"
    r"|</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>=]{0,500}+=[^<>]{0,2000}+|\s{0,9}/?)>"
    r"|\b(?:(?:https?|ftp)://|mailto:|www\.)[^\s<>\"\[\]]*",
    re.MULTILINE,
)
_ROLE: Final = re.compile(
    r"\{(?:[a-z]+:)?(?:foot)?cite(?::[a-zA-Z:]+)?\}(?P<ticks>`+)(?P<keys>[^`]{1,4000})`"
)
# sphinxcontrib-bibtex has a text before and behind a key in braces.
_ROLE_KEY: Final = re.compile(
    r"(?:\{[^{}]*\}|[\s,;])*(?P<key>[^\s,;{}]+)(?:\{[^{}]*\})?"
)
# Quarto's labels of figures, tables, sections, listings, theorems, callouts, and
# those of pandoc-crossref.
_CROSS_REFERENCE: Final = re.compile(
    r"(?:[Ff]ig|[Tt]bl|[Ss]ec|[Ee]q|[Ll]st|[Tt]hm|[Ll]em|[Cc]or|[Pp]rp|[Cc]nj|[Dd]ef"
    r"|[Ee]xm|[Ee]xr|[Ss]ol|[Rr]em|[Aa]lg|[Nn]te|[Tt]ip|[Ww]rn|[Ii]mp|[Cc]au|[Pp]rf"
    r"|[Vv]id|[Ss]upp?(?:fig|tbl)|[Dd]ia)-"
    r"|(?:[Ff]ig|[Tt]bl|[Tt]able|[Ss]ec|[Ee]q|[Ll]st):"
)
# Numbered examples: "(@good)" begins one, "@good." a paragraph, and @good refers to it.
_EXAMPLE: Final = re.compile(
    r"^[ \t]*\(@([\w-]+)\)[ \t]|(?:\A|\n[ \t]*\r?\n)[ ]{0,3}@([\w-]+)[.)][ \t]",
    re.MULTILINE,
)
_TARGET: Final = re.compile(
    r"(?P<kind>doi|pmid|pmcid|arxiv|isbn):(?P<id>.+)|(?:url:)?(?P<url>(?:https?|ftp)://.+)",
    re.IGNORECASE | re.DOTALL,
)


def cited_keys(text: str) -> list[CitedKey]:
    """The keys that a text in Markdown cites, in order, repeated ones too.

    Code, comments and YAML metadata at its begin cite nothing.

    >>> [one.key for one in cited_keys("As [-@doe, p. 3; see @roe:1] says.")]
    ['doe', 'roe:1']
    """
    return keys_of(view(text))


def keys_of(seen: MarkdownView) -> list[CitedKey]:
    """The same of a text that has been looked at."""
    found = [*_keys(seen.prose), *_roles(seen.blocks)]
    if "\\" in seen.prose:
        for command in citation_commands(Arguments(seen.prose)):
            found += command.keys
    return sorted(found, key=lambda one: one.start)


def keys_between(text: str, start: int, end: int) -> Iterator[CitedKey]:
    """The keys in a stretch that is known to be prose, such as ``nocite:``."""
    for one in _keys(text[start:end]):
        yield CitedKey(one.key, one.start + start, one.end + start)


def key_target(key: str) -> str | None:
    """What a key points to that is itself an identifier, as Manubot's are.

    >>> key_target("doi:10.1000/1"), key_target("url:https://a.org"), key_target("doe")
    ('doi:10.1000/1', 'https://a.org', None)
    """
    match = _TARGET.fullmatch(key)
    if match is None:
        return None
    return match["url"] or f"{match['kind'].lower()}:{match['id']}"


def _keys(prose: str) -> Iterator[CitedKey]:
    if "@" not in prose:
        return
    examples = {match[1] or match[2] for match in _EXAMPLE.finditer(prose)}
    for match in _SIGN.finditer(prose):
        group = "key" if match["key"] else "braced"
        key = match[group]
        if not key or (group == "key" and _is_label(key, examples)):
            continue
        yield CitedKey(key, *match.span(group))


def _is_label(key: str, examples: set[str]) -> bool:
    return key in examples or _CROSS_REFERENCE.match(key) is not None


def _roles(blocks: str) -> Iterator[CitedKey]:
    for role in _ROLE.finditer(blocks):
        for match in _ROLE_KEY.finditer(blocks, *role.span("keys")):
            yield CitedKey(match["key"], *match.span("key"))
