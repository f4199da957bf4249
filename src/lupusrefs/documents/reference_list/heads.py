"""How a reference begins: its label, its names, the words of a citing footnote."""

from __future__ import annotations

import re
from typing import Final

UPPER: Final = "A-ZÀ-ÖØ-ÞĀ-ŽȘȚА-ЯЁІЇЄΑ-ΩΆΈΉΊΌΎΏ"
_PARTICLES: Final = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e[rnlst]?|[Dd][aiou]s?|[Ll][aeo]s?|[Tt]e[rn]|[Zz]u[rm]?"
    r"|[Vv]om|[Ee]l|[Aa]l|[Dd]el(?:la)?|[Bb]in|[Bb]en|Graf|Freiherr)[ -]){0,3}"
)
_WORD: Final = rf"(?:[dDlLO]['’])?[{UPPER}][\w'’`´]*(?:[-‐‑][\w'’]+){{0,2}}"
FAMILY: Final = rf"{_PARTICLES}{_WORD}(?: {_WORD}){{0,2}}"
_INITIAL: Final = rf"[{UPPER}](?:h|j|u)?\."
YEAR: Final = r"(?<![\d-])(?:1[5-9]|20)\d\d(?![\d])"

# How the names at the head of a reference are written.
_STARTS: Final[tuple[tuple[float, re.Pattern[str]], ...]] = (
    # Miller, J.
    (2.5, re.compile(rf"{FAMILY}(?: \([^()]{{1,40}}\))?, ?-?{_INITIAL}")),
    # Miller, John / Miller, John and / Miller, John (ed.):
    (
        2.0,
        re.compile(
            rf"{FAMILY}, {_WORD}(?: {_WORD})?(?: [{UPPER}]\.?){{0,2}}"
            r"(?: ?\((?:[Hh]gg?|[Hh]rsg|[Ee]ds?|coord|dir)s?\.?\))?"
            r"(?: ?[;/&(,:.]| and | und | [uye] | et )"
        ),
    ),
    # Miller J, Smith AB. / Miller JA (1999)
    (
        2.5,
        re.compile(
            rf"{FAMILY},? [{UPPER}](?:-?[{UPPER}]){{0,3}}"
            r"(?:[,:;.]|,? et al| \(| (?:&|and|und) )"
        ),
    ),
    # J. A. Miller, Title / J.-P. Miller & ...
    (
        1.5,
        re.compile(
            rf"(?:{_INITIAL}[ -]?){{1,3}}{FAMILY}"
            r"(?:[,.]| (?:&|and|und|et|al)\b| ?[/:(])"
        ),
    ),
    # Miller A. B., Smith C. D.
    (2.0, re.compile(rf"{FAMILY} (?:{_INITIAL} ?){{1,3}}(?:[,;:(]|et al|[&{UPPER}])")),
    # Miller/Smith (1999) / Miller & Smith 1999. / Miller et al. (1999)
    (
        2.0,
        re.compile(
            rf"{FAMILY}(?: ?(?:/|&|and|und|et) ?{FAMILY})?(?:,? et al\.?)?,?"
            rf" \(?{YEAR}[a-z]?(?:/\d\d)?\)?[:.,]"
        ),
    ),
    # World Health Organization. (2020). / A Society (Hg.), 2003a:
    (
        2.0,
        re.compile(
            rf"[{UPPER}][^.!?;:()\d]{{1,70}}(?:\([^()]{{1,20}}\)[.,]? ?){{0,2}}[.,]? ?"
            rf"(?:\((?:{YEAR}[a-z]?[^()]{{0,20}}|n\.? ?d\.?(?:-[a-z])?|[oO]\. ?J\."
            rf"|in press)\)|, {YEAR}[a-z]?:)"
        ),
    ),
    # ———. / -, 1999: the same author again, whose name may even be lost
    (2.5, re.compile(r"[-–—_―]{1,8} ?(?:[.,:;(]|[A-Z]|\d{4})|[-–—_]{3,}")),
    (2.0, re.compile(rf", {YEAR}[a-z]?:")),
    (
        2.0,
        re.compile(
            r"(?:[Dd]ers(?:elbe)?|[Dd]ies(?:elbe)?|[Ii]bid|[Ee]bd|[Ee]benda)"
            r"(?:\.|\b[,:])"
        ),
    ),
)
_MAY_START: Final = re.compile(rf"[{UPPER}dlvDL–—―,_-]|t[er]|zu|al |el |bin |ben ")
# In notes: John A. Miller, Title / John Miller / Jane Smith (eds.): Title
_GIVEN_FIRST: Final = re.compile(
    rf"{_WORD}(?: {_INITIAL}){{0,2}} {_PARTICLES}{_WORD}"
    r"(?:,|:| \((?:[HEhe]|\d{4})| ?/ ?)"
)
# What a footnote that cites begins with: words that point to a work, or the same work.
_POINTING: Final = (
    r"(?:[Vv]gl|[Cc]f|[Ss]iehe|[Ss]\.(?= (?:hierzu|dazu|auch))|[Ss]ee(?=[ ,]|\Z)"
    r"|[Zz]it(?:iert)?|[Vv]oir)(?:\b\.?|(?<=\.)),?"
    r"(?: (?:hierzu|dazu|auch|z\. ?B\.|etwa|u\. ?a\.|also|e\.g\.,?|for example,?"
    r"|insbesondere|nur|ferner|zum Beispiel|ausführlich))*"
)
_POINTED: Final = re.compile(rf"{_POINTING}:? ")
CITING: Final = re.compile(rf"{_POINTING}|(?:[Ee]bd|[Ee]benda|[Ii]bid)\b\.?,?")
LABEL: Final = re.compile(
    r"\s*(?:\[(?P<key>[^\[\]\n]{1,24})\]|\((?P<round>\d{1,3})\)"
    r"|(?P<number>\d{1,3})(?:[.)\]]{1,2}(?!\d)|(?=[\s\u00a0]))"
    r"|(?P<bullet>[•●▪◦‣⁃∙·*+–—−-])(?=\s)"
    r"|\\bibitem(?:\[[^\[\]]*\])?\{(?P<bibitem>[^{}]*)\})[\s\u00a0]*"
)

# From U+0590 on there are no capitals.
_BEGINNING: Final = re.compile(
    rf"[{UPPER}\u0590-\uffff„“\"»«”‚‘'(\[{{*_<\\—–-]"
    r"|(?:van|von|de[rnlst]?|d[aiou]s?|l[aeo]s?|te[rn]|zu[rm]?|vom|el|al|ibn|bin|ben)\b"
    r"|d['’]|https?:|www\.|doi:|e[A-Z]|i[A-Z]"
)


def start_weight(text: str) -> float:
    """How much the beginning of a text is that of a reference; 0 where it is not."""
    if not _MAY_START.match(text):
        return 0.0
    return max((weight for weight, sign in _STARTS if sign.match(text)), default=0.0)


def begins_with_given_name(text: str) -> bool:
    """Whether a text begins as many notes do: ``John A. Miller, Title``."""
    return _GIVEN_FIRST.match(text) is not None


def label_of(text: str) -> str:
    """The number, bracketed key or bullet at the head of a reference, with its blanks.

    Empty where there is none: "2001." and "23 of it" end a reference; behind the
    number of one it begins.
    """
    found = LABEL.match(text)
    if found is None or not _BEGINNING.match(text, found.end()):
        return ""
    # "86 (2012) 33": a number without a dot goes before a name or a title.
    is_bare = found["number"] is not None and found[0].strip().isdigit()
    return "" if is_bare and text[found.end()] in "([{—–-" else found[0]


def pointing_words(note: str) -> str:
    """The words before the work that a note points to: ``Vgl. auch ``, ``See ``.

    Empty where there are none, or where a sentence begins so.
    """
    found = _POINTED.match(note)
    return found[0] if found and note[found.end() :][:1].isupper() else ""
