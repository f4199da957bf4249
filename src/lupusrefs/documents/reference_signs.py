"""What in a line of text speaks for a reference, and what against.

The weights are set by hand from what references of every style have in common; they
are added up, as logarithms of odds would be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LOOKED_AT: Final = 1200  # characters of a line: no reference is much longer

_UPPER: Final = "A-ZÀ-ÖØ-ÞĀ-ŽȘȚА-ЯЁІЇЄΑ-ΩΆΈΉΊΌΎΏ"
_PARTICLES: Final = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e[rnlst]?|[Dd][aiou]s?|[Ll][aeo]s?|[Tt]e[rn]|[Zz]u[rm]?"
    r"|[Vv]om|[Ee]l|[Aa]l|[Dd]el(?:la)?|[Bb]in|[Bb]en|Graf|Freiherr)[ -]){0,3}"
)
_WORD: Final = rf"(?:[dDlLO]['’])?[{_UPPER}][\w'’`´]*(?:[-‐‑][\w'’]+){{0,2}}"
FAMILY: Final = rf"{_PARTICLES}{_WORD}(?: {_WORD}){{0,2}}"
_INITIAL: Final = rf"[{_UPPER}](?:h|j|u)?\."
YEAR: Final = r"(?<![\d-])(?:1[5-9]|20)\d\d(?![\d])"

# How the names at the head of a reference are written.
STARTS: Final = (
    # Miller, J. / Miller, John / Miller, J and
    (2.5, re.compile(rf"{FAMILY}(?: \([^()]{{1,40}}\))?, ?-?{_INITIAL}")),
    (
        2.0,
        re.compile(
            rf"{FAMILY}, {_WORD}(?: {_WORD})?(?: [{_UPPER}]\.?){{0,2}}"
            r"(?: ?\((?:[Hh]gg?|[Hh]rsg|[Ee]ds?|coord|dir)s?\.?\))?"
            r"(?: ?[;/&(,:.]| and | und | [uye] | et )"
        ),
    ),
    # Miller J, Smith AB. / Miller JA (1999)
    (
        2.5,
        re.compile(
            rf"{FAMILY},? [{_UPPER}](?:-?[{_UPPER}]){{0,3}}"
            r"(?:[,:;.]|,? et al| \(| (?:&|and|und) )"
        ),
    ),
    # J. A. Miller, J.-P. Miller & ...
    (
        1.5,
        re.compile(
            rf"(?:{_INITIAL}[ -]?){{1,3}}{FAMILY}(?:[,.]| (?:&|and|und|et|al)\b| ?[/:(])"
        ),
    ),
    # Miller A. B., Smith C. D.
    (2.0, re.compile(rf"{FAMILY} (?:{_INITIAL} ?){{1,3}}(?:[,;:(]|et al|[&{_UPPER}])")),
    # Two names at least: Miller/Smith (1999), Miller & Smith (1999), Miller (1999)
    (
        2.0,
        re.compile(
            rf"{FAMILY}(?: ?(?:/|&|and|und|et) ?{FAMILY})?(?:,? et al\.?)?,?"
            rf" \(?{YEAR}[a-z]?(?:/\d\d)?\)?[:.,]"
        ),
    ),
    # A body: World Health Organization. (2020). / TA-Swiss (Hg.), 2003a:
    (
        2.0,
        re.compile(
            rf"[{_UPPER}][^.!?;:()\d]{{1,70}}(?:\([^()]{{1,20}}\)[.,]? ?){{0,2}}[.,]?"
            rf" ?(?:\((?:{YEAR}[a-z]?[^()]{{0,20}}|n\.? ?d\.?(?:-[a-z])?|[oO]\. ?J\."
            rf"|in press)\)|, {YEAR}[a-z]?:)"
        ),
    ),
    # The same author again.
    (2.5, re.compile(r"[-–—_―]{1,8} ?(?:[.,:;(]|[A-Z]|\d{4})|[-–—_]{3,}")),
    (
        2.0,
        re.compile(
            r"(?:[Dd]ers(?:elbe)?|[Dd]ies(?:elbe)?|[Ii]bid|[Ee]bd|[Ee]benda)(?:\.|\b[,:])"
        ),
    ),
    (2.0, re.compile(rf", {YEAR}[a-z]?:")),
)
# In notes: John A. Miller, Title / John Miller / Jane Smith (eds.): Title
_GIVEN_FIRST: Final = re.compile(
    rf"{_WORD}(?: {_INITIAL}){{0,2}} {_PARTICLES}{_WORD}(?:,|:| \((?:[HEhe]|\d{{4}})| ?/ ?)"
)
# What a footnote that cites begins with.
_CITING: Final = re.compile(
    r"(?:(?:[Vv]gl|[Cc]f|[Ss]iehe|[Ss]\.|[Ss]ee(?=[ ,]|\Z)|[Zz]it(?:iert)?|[Aa]us|"
    r"[Ee]bd|[Ee]benda|[Ii]bid|[Vv]oir|[Ss]o)\b\.?,?"
    r"(?: (?:hierzu|dazu|auch|z\. ?B\.|etwa|u\. ?a\.|also|e\.g\.,?|for example,?"
    r"|insbesondere|nur|ferner|zum Beispiel|ausführlich))*)"
)
LABEL: Final = re.compile(
    r"\s*(?:\[(?P<key>[^\[\]\n]{1,24})\]|\((?P<round>\d{1,3})\)"
    r"|(?P<number>\d{1,3})(?:[.)\]]{1,2}(?!\d)|(?=[\s\u00a0]))"
    r"|(?P<bullet>[•●▪◦‣⁃∙·*+–—−-])(?=\s)"
    r"|\\bibitem(?:\[[^\[\]]*\])?\{(?P<bibitem>[^{}]*)\})[\s\u00a0]*"
)

# From U+0590 on there are no capitals.
_BEGINNING: Final = re.compile(
    rf"[{_UPPER}\u0590-\uffff„“\"»«”‚‘'(\[{{*_<\\—–-]"
    r"|(?:van|von|de[rnlst]?|d[aiou]s?|l[aeo]s?|te[rn]|zu[rm]?|vom|el|al|ibn|bin|ben)\b"
    r"|d['’]|https?:|www\.|doi:|e[A-Z]|i[A-Z]"
)

_SIGNS: Final = (
    # The year where references have it.
    (
        2.0,
        re.compile(rf"\({YEAR}[a-z]?(?:[-–/, ][^()]{{0,20}})?(?: ?\[[^]]*\])?\)[.:,]"),
    ),
    (2.0, re.compile(rf"[\w.)], ?\(?{YEAR}[a-z]?(?: ?\[\d{{4}}\])?\)?:")),
    (1.5, re.compile(rf"[\w.)] \({YEAR}[a-z]?\),? [{_UPPER}„“\"»']")),
    (
        1.0,
        re.compile(
            rf"[{_UPPER}][\w.]+(?: [aA]\. ?[MdD]\.?)?,? {YEAR}[a-z]?(?:[.;,]|\s*\Z)"
        ),
    ),
    (1.5, re.compile(rf"(?:\b|\){{1}} ?){YEAR}[;:.,]? ?\d{{1,4}} ?(?:\(|[:,] ?\d)")),
    (0.5, re.compile(YEAR)),
    # Volume, issue, pages.
    (
        2.0,
        re.compile(
            r"\b\d{1,4} ?\(\d{1,3}(?:[-–/]\d{1,3})?\)[:,]? ?(?:[Ss]\.|pp?\.)? ?[eA-Z]?\d"
        ),
    ),
    (
        2.0,
        re.compile(r"\d{1,4} ?[:,] ?(?:pp?\. ?|S\. ?)?\d{1,5} ?[-–—] ?\d{1,5}(?!\d)"),
    ),
    (1.5, re.compile(r"\b(?:[Ss]\.|pp?\.|Seiten?|pages?) ?[A-Z]?\d{1,5}")),
    (1.0, re.compile(r"(?<![\d.])\d{1,5}[-–—]\d{1,5}\.?\s*\Z")),
    (
        1.0,
        re.compile(
            r"\b(?:[Vv]ol\.|[Nn]os?\. ?\d|Nr\. ?\d|Bd\. ?\d|Jg\.|H\. ?\d|Heft \d|Jahrgang"
            r"|Band \d|Issue \d|Art\. ?\d|Volume \d|\d\. Aufl|\d(?:nd|rd|th) [Ee]d)"
        ),
    ),
    # Containers and editors.
    (
        2.0,
        re.compile(
            rf"(?:\A|[.,;“\"»”)] ?|[-–] )[Ii]n:? (?=[{_UPPER}][\w'-]*(?:[,.:/&]| [&{_UPPER}/]))"
        ),
    ),
    (1.5, re.compile(rf"\b[Ii]n: ?[{_UPPER}„“\"»]?")),
    (
        2.0,
        re.compile(
            r"\((?:[Hh]gg?|[Hh]rsge?|[Ee]d(?:s|itors?)?|[Cc]oords?|[Dd]irs?|[Üü]bers)\.?(?:, ?\d[^()]{0,10})?\)|\b(?:Hrsg|Hgg?|hrsg|eds?)\.(?: von| v\.)?"
        ),
    ),
    # Publishers, places, journals.
    (
        1.5,
        re.compile(
            r"\b(?:University Press|Verlag|Press(?=[.,;]|\s*\Z)|Wiley|Springer|Routledge|Sage"
            r"|Elsevier|Campus|Suhrkamp|Leske|Opladen|VS[ -]Verlag|Palgrave|Macmillan"
            r"|Blackwell|Publish(?:ers?|ing)|Oldenbourg|Beltz|Juventa|Nomos|Hogrefe|Mohr"
            r"|Éditions|Presses|Univ\. Press|McGraw|Academic Press|Gallimard)\b"
        ),
    ),
    (
        1.0,
        re.compile(
            rf"[{_UPPER}][\w.'/ -]{{2,30}}(?:, [A-Z]{{2}})?: ?[{_UPPER}][\w&.' -]{{2,40}}[.,]?\s*\Z"
        ),
    ),
    (
        0.7,
        re.compile(
            r"\b(?:Journal|Zeitschrift|Review|Proceedings|Annals|Quarterly|Jahrbuch|Archiv"
            r"|Bulletin|Beiträge|Studien|Handbook|Handbuch|Dissertation|Working Papers?"
            r"|Discussion Papers?|Arbeitspapiere?|Conference|Rev\.|J\.|Int\.|Sci\.|Am|Proc)\b"
        ),
    ),
    # Where it is on line.
    (
        1.5,
        re.compile(
            r"https?://|www\.\w|\bdoi:? ?(?:10\.)?|\b10\.\d{4,9}/", re.IGNORECASE
        ),
    ),
    (
        1.5,
        re.compile(
            r"\b(?:[Aa]ccessed|[Rr]etrieved|[Aa]bruf|[Aa]bgerufen|[Vv]erfügbar unter|Stand:"
            r"|[Zz]ugriff|Available (?:at|from)|[Ll]etzter|consulté|Zuletzt|Online unter)\b"
        ),
    ),
    (
        1.0,
        re.compile(
            r"\b(?:in press|im Erscheinen|forthcoming|im Druck|Epub|ahead of print|et al\b\.?"
            r"|unveröffentlicht|unpublished|Ph\.? ?D\.?|zit\. n(?:ach|\.)|a\. ?a\. ?O\.)"
        ),
    ),
)
_DATED: Final = re.compile(
    rf"{YEAR}|\b(?:n\. ?d\.|[oOsS]\. ?[JaD]\.|in press|forthcoming|im Druck|im Erscheinen"
    r"|[Ss]ubmitted|ahead of print|à paraître)|\b10\.\d{4,9}/|https?://|arXiv:"
)
_INITIALS: Final = re.compile(rf"(?<![\w]){_INITIAL}(?=[ ,;:&(/{_UPPER}-]|\Z)")
_QUOTED: Final = re.compile(r"[„“\"»«”][^„“\"»«”]{8,}[„“\"»«”]")
# Words of sentences, rare in titles.
_PROSE: Final = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "been",
        "be",
        "being",
        "we",
        "they",
        "he",
        "she",
        "it",
        "its",
        "our",
        "their",
        "this",
        "these",
        "those",
        "that",
        "which",
        "who",
        "would",
        "could",
        "should",
        "can",
        "may",
        "might",
        "will",
        "did",
        "does",
        "not",
        "also",
        "however",
        "therefore",
        "thus",
        "there",
        "then",
        "more",
        "most",
        "such",
        "than",
        "if",
        "while",
        "because",
        "between",
        "both",
        "ist",
        "sind",
        "war",
        "waren",
        "wird",
        "werden",
        "wurde",
        "wurden",
        "hat",
        "haben",
        "hatte",
        "hatten",
        "kann",
        "können",
        "konnte",
        "konnten",
        "soll",
        "sollen",
        "sollte",
        "muss",
        "müssen",
        "muß",
        "sich",
        "nicht",
        "auch",
        "noch",
        "nur",
        "dass",
        "daß",
        "weil",
        "wenn",
        "aber",
        "jedoch",
        "diese",
        "dieser",
        "dieses",
        "diesem",
        "diesen",
        "sie",
        "er",
        "es",
        "wir",
        "ihr",
        "ihre",
        "ihren",
        "ihrer",
        "man",
        "sein",
        "seine",
        "seiner",
        "werden",
        "worden",
        "habe",
        "sei",
        "bei",
        "einem",
        "einen",
        "einer",
        "so",
        "als",
        "durch",
        "dabei",
        "damit",
        "denn",
        "dies",
        "hier",
        "sowie",
        "bzw",
        "oder",
        "mehr",
        "est",
        "sont",
        "été",
        "était",
        "dans",
        "cette",
        "ces",
        "qui",
        "que",
        "nous",
        "ils",
        "elles",
        "ont",
        "avait",
        "une",
        "es",
        "son",
        "fue",
        "fueron",
        "está",
        "han",
        "esta",
        "este",
        "como",
        "más",
        "pero",
        "se",
    ]
)
# What is said of people, and where they can be reached.
_PERSONAL: Final = re.compile(
    r"\b(?:[Pp]rofessor(?:in)?|[Ee]-?[Mm]ail|Department of|wissenschaftliche[rn]?"
    r"|Mitarbeiter(?:in)?|MD\b|PhD\b|[Rr]esearch (?:[Aa]ssociate|[Ff]ellow)|lecturer"
    r"|[Cc]andidate|Address|Tel\.|Telefon|Phone|Received:?|Accepted:|Dozent(?:in)?)\b"
)
_CLEAN: Final = str.maketrans("", "", '.,;:()[]„“"»«”!?*_')


@dataclass(frozen=True, slots=True)
class LineSigns:
    """What one line shows.

    Attributes:
        weight: for (positive) or against a reference.
        start: how much its beginning is one of a reference; 0 where it is not.
        label: it begins with a number, a bracketed label or a bullet.
        cites: it begins as a citing footnote does.
        dated: it has a year, or what stands for one, or an identifier.
    """

    weight: float
    start: float
    label: str
    cites: bool
    dated: bool


def start_weight(text: str) -> float:
    """How much the beginning of a text is that of a reference."""
    return max((weight for weight, sign in STARTS if sign.match(text)), default=0.0)


def label_of(text: str) -> str:
    """The number, bracketed key or bullet at the head of a reference, with its blanks.

    Empty where there is none: "2001." and "23 of it" end a reference; behind the
    number of one it begins.
    """
    found = LABEL.match(text)
    return found[0] if found and _BEGINNING.match(text, found.end()) else ""


def signs(line: str) -> LineSigns:
    """Weigh a line."""
    text = line[:_LOOKED_AT].strip()
    label = label_of(text)
    rest = text[len(label) :]
    cites = _CITING.match(rest)
    if cites:
        rest = rest[cites.end() :].lstrip(" :")
    start = start_weight(rest)
    if not start and (label or cites) and _GIVEN_FIRST.match(rest):
        start = 1.5
    weight = start + (1.0 if cites else 0.0)
    if has_digits(text) or ":" in text or "." in text:
        weight += sum(value for value, sign in _SIGNS if sign.search(text))
        weight += min(0.4 * len(_INITIALS.findall(text)), 1.6)
    if _QUOTED.search(text):
        weight += 0.5
    weight -= _prose(text) + 1.5 * len(_PERSONAL.findall(text))
    return LineSigns(
        weight, start, label.strip(), bool(cites), _DATED.search(text) is not None
    )


_DIGIT: Final = re.compile(r"\d")


def has_digits(text: str) -> bool:
    """Whether there is a number in it."""
    return _DIGIT.search(text) is not None


def _prose(text: str) -> float:
    words = text.casefold().translate(_CLEAN).split()
    return 0.8 * sum(word in _PROSE for word in words)
