"""What in a line of text speaks for a reference, and what against.

The weights are set by hand from what references of every style have in common; they
are added up, as logarithms of odds would be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from lupusrefs.documents.reference_list.heads import (
    CITING,
    UPPER,
    YEAR,
    begins_with_given_name,
    label_of,
    start_weight,
)

_LOOKED_AT: Final = 1200  # characters of a line: no reference is much longer

_Signs: TypeAlias = tuple[tuple[float, re.Pattern[str]], ...]

# Years, volumes, pages, as references have them; looked for where there are digits.
_NUMBERS: Final[_Signs] = (
    # (1999). (1999a): (2003, May 1). (2001-2004) (1983 [1976]).
    (
        2.0,
        re.compile(rf"\({YEAR}[a-z]?(?:[-–/, ][^()]{{0,20}})?(?: ?\[[^]]*\])?\)[.:,]"),
    ),
    # Miller, J., 1999:
    (2.0, re.compile(rf"[\w.)], ?\(?{YEAR}[a-z]?(?: ?\[\d{{4}}\])?\)?:")),
    # Miller (1999) "Title
    (1.5, re.compile(rf"[\w.)] \({YEAR}[a-z]?\),? [{UPPER}„“\"»']")),
    # Berlin 1999. / Sage, 1999
    (
        1.0,
        re.compile(
            rf"[{UPPER}][\w.]+(?: [aA]\. ?[MdD]\.?)?,? {YEAR}[a-z]?(?:[.;,]|\s*\Z)"
        ),
    ),
    # 2007;107(1) / 2007, 12: 3
    (1.5, re.compile(rf"{YEAR}[;:.,]? ?\d{{1,4}} ?(?:\(|[:,] ?\d)")),
    (0.5, re.compile(YEAR)),
    # 107(1):204 / 23 (2), S. 101
    (
        2.0,
        re.compile(
            r"\b\d{1,4} ?\(\d{1,3}(?:[-–/]\d{1,3})?\)[:,]? ?(?:[Ss]\.|pp?\.)?"
            r" ?[eA-Z]?\d"
        ),
    ),
    # 23, 101-117 / 23: S. 101–117
    (
        2.0,
        re.compile(r"\d{1,4} ?[:,] ?(?:pp?\. ?|S\. ?)?\d{1,5} ?[-–—] ?\d{1,5}(?!\d)"),
    ),
    (1.5, re.compile(r"\b(?:[Ss]\.|pp?\.|Seiten?|pages?) ?[A-Z]?\d{1,5}")),
    (1.0, re.compile(r"(?<![\d.])\d{1,5}[-–—]\d{1,5}\.?\s*\Z")),
    (
        1.0,
        re.compile(
            r"\b(?:[Vv]ol\.|[Nn]os?\. ?\d|Nr\. ?\d|Bd\. ?\d|Jg\.|H\. ?\d|Heft \d"
            r"|Jahrgang|Band \d|Issue \d|Art\. ?\d|Volume \d|\d\. Aufl"
            r"|\d(?:nd|rd|th) [Ee]d)"
        ),
    ),
)
# What stands beside the numbers.
_WORDS: Final[_Signs] = (
    # Title. In: Smith, J. / Title", in Smith & Jones
    (
        2.0,
        re.compile(
            r"(?:\A|[.,;“\"»”)] ?|[-–] )[Ii]n:? "
            rf"(?=[{UPPER}][\w'-]*(?:[,.:/&]| [&{UPPER}/]))"
        ),
    ),
    (1.5, re.compile(rf"\b[Ii]n: ?[{UPPER}„“\"»]?")),
    (
        2.0,
        re.compile(
            r"\((?:[Hh]gg?|[Hh]rsge?|[Ee]d(?:s|itors?)?|[Cc]oords?|[Dd]irs?|[Üü]bers)"
            r"\.?(?:, ?\d[^()]{0,10})?\)|\b(?:Hrsg|Hgg?|hrsg|eds?)\.(?: von| v\.)?"
        ),
    ),
    # Publishers
    (
        1.5,
        re.compile(
            r"\b(?:University Press|Verlag|Press(?=[.,;]|\s*\Z)|Wiley|Springer|Sage"
            r"|Routledge|Elsevier|Campus|Suhrkamp|Leske|Opladen|Palgrave|Macmillan"
            r"|Blackwell|Publish(?:ers?|ing)|Oldenbourg|Beltz|Juventa|Nomos|Hogrefe"
            r"|Mohr|Éditions|Presses|Univ\. Press|McGraw|Gallimard)\b"
        ),
    ),
    # New York: Wiley.
    (
        1.0,
        re.compile(
            rf"[{UPPER}][\w.'/ -]{{2,30}}(?:, [A-Z]{{2}})?: ?"
            rf"[{UPPER}][\w&.' -]{{2,40}}[.,]?\s*\Z"
        ),
    ),
    # Words of titles of journals and series
    (
        0.7,
        re.compile(
            r"\b(?:Journal|Zeitschrift|Review|Proceedings|Annals|Quarterly|Jahrbuch"
            r"|Archiv|Bulletin|Beiträge|Studien|Handbook|Handbuch|Dissertation"
            r"|Working Papers?|Discussion Papers?|Arbeitspapiere?|Conference|Rev\.|J\."
            r"|Int\.|Sci\.|Am|Proc)\b"
        ),
    ),
    (
        1.5,
        re.compile(
            r"\b(?:[Aa]ccessed|[Rr]etrieved|[Aa]bruf|[Aa]bgerufen|[Vv]erfügbar unter"
            r"|Stand:|[Zz]ugriff|Available (?:at|from)|[Ll]etzter|consulté|Zuletzt"
            r"|Online unter)\b"
        ),
    ),
    (
        1.0,
        re.compile(
            r"\b(?:in press|im Erscheinen|forthcoming|im Druck|Epub|ahead of print"
            r"|et al\b\.?|unveröffentlicht|unpublished|Ph\.? ?D\.?|zit\. n(?:ach|\.)"
            r"|a\. ?a\. ?O\.)"
        ),
    ),
    # A title in quotation marks
    (0.5, re.compile(r"[„“\"»«”][^„“\"»«”]{8,}[„“\"»«”]")),
)
_LINKS: Final = ("://", "www.", "doi:", "DOI:", "doi.org", "DOI 10.", "arXiv:")
_NUMBERED: Final = re.compile(r"\[\d{1,3}\]\Z")  # as few but references are
_NUMBER: Final = 0.8
_LINK: Final = 1.5
_SENTENCE: Final = 1.6  # against a line: without a number it is part of a sentence
_DIGIT: Final = re.compile(r"\d")
_DATES: Final = re.compile(rf"{YEAR}|\b10\.\d{{4,9}}/")
_UNDATED: Final = re.compile(
    r"\b(?:n\. ?d\.|[os]\. ?[JaD]\.|in press|forthcoming|im Druck|im Erscheinen"
    r"|submitted|ahead of print|à paraître|arXiv:)"
)
_INITIALS: Final = re.compile(rf"(?<!\w)[{UPPER}]\.(?=[ ,;:&(/{UPPER}-]|\Z)")
# Words of sentences, rare in titles.
_PROSE: Final = frozenset(
    "aber als also are auch avait be because been bei being between both bzw can"  # noqa: SIM905 - a list of words
    " ces cette como could dabei damit dans dass daß denn did dies diese diesem"
    " diesen dieser dieses does durch einem einen einer elles er es est esta este"
    " está fue fueron habe haben had han has hat hatte hatten have he hier however"
    " if ihr ihre ihren ihrer ils is ist it its jedoch kann konnte konnten können"
    " man may mehr might more most muss muß más müssen nicht noch not nous nur oder"
    " ont our pero que qui se sei sein seine seiner she should sich sie sind so soll"
    " sollen sollte son sont sowie such than that their then there therefore these"
    " they this those thus une war waren was we weil wenn werden were which while"
    " who will wir wird worden would wurde wurden était été".split()
)
# What is said of people, and where they can be reached.
_PERSONAL: Final = re.compile(
    r"\b(?:[Pp]rofessor(?:in)?|[Ee]-?[Mm]ail|Department of|wissenschaftliche[rn]?"
    r"|Mitarbeiter(?:in)?|MD\b|PhD\b|[Rr]esearch (?:[Aa]ssociate|[Ff]ellow)|lecturer"
    r"|[Cc]andidate|Address|Tel\.|Telefon|Phone|Received:?|Accepted:|Dozent(?:in)?)\b"
)


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


def signs(line: str) -> LineSigns:
    """Weigh a line."""
    text = line[:_LOOKED_AT].strip()
    label = label_of(text)
    against = _prose(text)
    has_digit = _DIGIT.search(text) is not None
    if against >= _SENTENCE and not (has_digit or label):  # most lines are such
        return LineSigns(-against, 0.0, "", cites=False, dated=_is_undated(text))
    rest = text[len(label) :]
    cites = CITING.match(rest)
    if cites:
        rest = rest[cites.end() :].lstrip(" :")
    start = start_weight(rest)
    if not start and (label or cites) and begins_with_given_name(rest):
        start = 1.5
    weight = start + (1.0 if cites else 0.0) + _words(text) - against
    dated = _is_undated(text)
    if _NUMBERED.match(label.strip()):
        weight += _NUMBER
    if has_digit:
        weight += sum(value for value, sign in _NUMBERS if sign.search(text))
        dated = dated or _DATES.search(text) is not None
    return LineSigns(weight, start, label.strip(), bool(cites), dated)


def _words(text: str) -> float:
    """What names, words and links in a text weigh together."""
    weight = sum(value for value, sign in _WORDS if sign.search(text))
    if any(link in text for link in _LINKS):
        weight += _LINK
    if "." in text:
        weight += min(0.4 * len(_INITIALS.findall(text)), 1.6)
    return weight


def _is_undated(text: str) -> bool:
    """Whether a text has what stands for a year."""
    return "://" in text or _UNDATED.search(text) is not None


def _prose(text: str) -> float:
    """What speaks against a reference: words of sentences, and of people."""
    words = text.lower().split()
    persons = len(_PERSONAL.findall(text))
    return 0.8 * sum(map(_PROSE.__contains__, words)) + 1.5 * persons
