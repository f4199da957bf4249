"""Words that names are made of, and what stands among them that is no name."""

from __future__ import annotations

import re
from typing import Final

# Particles in names of Latin script, folded (comparison.md B33, B34).
PARTICLES: Final = frozenset(
    "a af al am an ap av aw bar ben bin bint d da dal dalla dalle dal das de degli"  # noqa: SIM905 - a list of words
    " dei del dela dele della delle delli dello den der des di do dos du e e el ibn"
    " im in la las le les lo los op o sant st saint t te ten ter to und van vande"
    " vanden vander vom von y zu zum zur".split()
)
# A given name may end with these only in lower case ("Fátima Pereira da").
_SUFFIX: Final = r"j(?:u?n)?r|s(?:en)?r|junior|senior|ii|iii|iv|2nd|3rd|4th|fils"
_SUFFIX_WORD: Final = re.compile(rf"(?:{_SUFFIX})\.?", re.IGNORECASE)
# "V" and "I" are initials more often.
_SUFFIX_AT_END: Final = re.compile(
    r"(?<=[\w.)])(?:,\s*|\s+)(?:Jr|Jnr|Sr|Snr|JR|SR|II|III|IV|2nd|3rd|4th|2d|3d)\.?\s*\Z"
    r"|,\s*(?:V|I|Junior|Senior|fils|jr|sr)\.?\s*\Z"
)
_SUFFIX_AT_START: Final = re.compile(r"(?:Jr|Sr|III?|IV)\.?(?:,\s*|\s+)(?=\w)")
_DEGREE: Final = (
    r"Ph\.?\s?D|M\.?D|D\.?Phil|Dr\.?\s?(?:rer\.?\s?nat|med|phil)|M\.?Sc|B\.?Sc|M\.?Phil"
    r"|D\.?Sc|Sc\.?D|Dr\.?P\.?H|M\.?P\.?H|M\.?B\.?A|R\.?N|B\.?A|M\.?A|M\.?S|D\.?V\.?M"
    r"|Pharm\.?D|Ed\.?D|D\.?D\.?S|D\.?O|F\.?R\.?C\.?[PS]|M\.?B(?:\.?B\.?S)?|Esq|S\.?J"
    r"|FACS|FACC|FACP|FAAP|FRCPC|OBE|CBE|MBE"
)
_DEGREES_AT_END: Final = re.compile(
    rf"(?:\s*,\s*(?:{_DEGREE})\.?)+\s*\Z|\s+(?:Ph\.\s?D|PhD|DPhil|MSc|BSc|MPH)\.?\s*\Z"
)
# A religious order or a post: only capitals behind a comma ("Okure, SHCJ").
_ORDER_AT_END: Final = re.compile(r"\s*,\s*[A-Z]{3,5}\s*\Z")
# "Md" is a given name (comparison.md B42).
_TITLE_AT_START: Final = re.compile(
    r"\A\s*(?:(?:(?:Prof(?:essor)?|Drs?|Doctor|Mrs?|Ms|Sir|Dame)(?:\.\s*|\s+)"
    r"|(?:Dipl\.?-?\s?Ing|Ing|Rev|Fr|PD|Assoc|Asst|Eng|Hon|Capt|Lt|Col|Gen|Maj|Sgt)\.\s*)"
    r"(?:(?:rer|med|phil|nat|habil|h\.\s*c)\.\s*)*)+(?=[^\W\d_])",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"\s*[(\[{][^()\[\]{}]{0,200}[)\]}]?")
_MARKER: Final = re.compile(
    r"\W*(?:(?:and|und|et|y|e|&)\s+)?(?:others|colleagues|co-?workers|et\.?\s*al(?:ii|ia)?"
    r"|al\.?,?\s*et|u\.\s?a|m\.\s?fl|y otros|e outros|autres|и др|и соавт|\.{2,}|…)"
    r"[\s.,…\])]*",
    re.IGNORECASE,
)
_MARKED: Final = 30  # characters that a marker takes at most
_MARKER_AT_END: Final = re.compile(
    r"[\s,;(\[]+(?:et\.?\s*al(?:ii|ia)?|and others|and colleagues|\.{3}|…)"
    r"[\s.,…\])]*\Z",
    re.IGNORECASE,
)
# Each begins with a letter or sign, so that the engine skips all others: it is looked
# for in every name. Of folded text: with IGNORECASE the engine skips nothing.
_MAY_BE_MARKED: Final = re.compile(
    r"al(?<=\bal)|others|colleag|work|\.\.|…|u\.\s?a|fl\b|otros|outros|autres"
    r"|др|соавт"
)
# Neither title, degree, suffix nor particle in it.
_PLAIN_FAMILY: Final = re.compile(r"[A-Za-z]{2,}(?:-[A-Za-z]{2,})?")
_PLAIN_GIVEN: Final = re.compile(r"[A-Z][A-Za-z]*\.?(?:[ -]?[A-Z][A-Za-z]*\.?)*")
_ODD_GIVEN: Final = frozenset(
    "jr jnr sr snr ii iii iv dr drs doctor prof professor mr mrs ms sir dame ph phd"  # noqa: SIM905 - a list of words
    " dphil msc bsc mph junior senior fils ing rev fr pd assoc asst eng hon capt lt col"
    " gen maj sgt".split()
)
_ELLIPSIS: Final = re.compile(r"\W*(?:\.{2,}|…)\W*")

# What a group, an affiliation or a byline of the staff has in its name, folded.
_GROUP: Final = re.compile(
    r"\b(?:(?:universi|facult|institut|laborator|hospital|academ|committ?ee|consorti"
    r"|collaborat|departement|departament|department|associat|organi[sz]ation|ministr"
    r"|gesellschaft|administrati|investigator|foundation|federation|commission"
    r"|conference|corporat|polytech|technolog|initiative|repositor|librar|bibliot"
    r"|ministerio|secretari|societ|servic|newspaper|parliament|bundes|statisti|museu"
    r"|archiv|network|observator|editorial|hochschule|publish|verlag|participant"
    r"|contributor|parliamen|collecti|coleccion|expedition|professorship|coordinator|directorate|program|project|survey)\w*"
    r"|group|groups|team|council|agency|staff|editors|board|study|trial|bureau|press"
    r"|journal|company|inc|ltd|llc|gmbh|cent(?:er|re|ro|rum)|zentrum|school|college"
    r"|union|panel|club|members|community|authors|party|task force|unit|division"
    r"|section|clinic|klinik|office|authority|trust|fund|bank|international|national"
    r"|world|global|european|research|science|sciences|health|database|data|system"
    r"|systems|state|states|garden|gardens|party|government|the|for|of|and|on)\b"
)
# One of these alone does not make a group of two other words: "Li And", "Gu The".
_WEAK: Final = frozenset(
    "the for of and on state data world unit fund trust union party".split()  # noqa: SIM905 - a list of words
)
# Between two words they make one: "Museum of Arts", but not "Li For".
_LINKS: Final = frozenset(("for", "of", "on", "the"))
_COUNTRIES: Final = frozenset(
    "argentina australia austria bangladesh belgium brazil brasil canada chile china"  # noqa: SIM905 - a list of words
    " colombia croatia denmark egypt england finland france germany deutschland greece"
    " hungary india indonesia iran iraq ireland israel italy japan kenya korea malaysia"
    " mexico morocco nederland netherlands nigeria norway pakistan peru philippines"
    " poland portugal romania russia scotland serbia singapore spain sweden switzerland"
    " taiwan thailand tunisia turkey uk ukraine usa uzbekistan vietnam wales".split()
)
_NOBODY: Final = re.compile(
    r"anonym(?:ous|us|e|o)?|anon|unknown(?: authors?)?|unbekannt|nn|n n"
    r"|no name supplied"
    r"|(?:no )?authors?(?: names?)?(?: (?:one|two|three|four|[a-z1-9]))?"
    r"|(?:[a-z] )+author|(?:first|second|third|fourth|last|another|some|other) author"
    r"|author (?:first|second|third|last|[a-z](?: [a-z])?)|(?:first|given) ?names?"
    r"|(?:last|family|sur) ?names?|first ?name (?:last|sur) ?name"
    r"|(?:last|sur) ?name first ?name|first (?:middle )?last|last first|todo|tba|tbd"
    r"|to be (?:added|announced|determined)|placeholder(?: \w+)?|redacted"
    r"|not (?:available|specified|given)|no authors?(?: listed| given)?|none"
    r"|name(?: [a-z]| one| two)?|(?:john|jane|joe) doe|doe (?:john|jane|joe|j)"
    r"|j doe|x(?:xx+| x)?|author [a-z] author [a-z]"
)


def is_plain(family: str, given: str) -> bool:
    """Whether a name has nothing to take off: one family name, and given names."""
    return (
        _PLAIN_FAMILY.fullmatch(family) is not None
        and _PLAIN_GIVEN.fullmatch(given) is not None
        and _ODD_GIVEN.isdisjoint(
            given.lower().replace(".", " ").replace("-", " ").split()
        )
    )


def without_titles(text: str) -> str:
    """A name without titles, degrees and what stands in brackets (B42)."""
    if "(" in text or "[" in text or "{" in text:
        text = _BRACKETS.sub("", text) or text
    text = _DEGREES_AT_END.sub("", text)
    return _TITLE_AT_START.sub("", text, count=1)


def without_suffix(text: str) -> str:
    """A family or given name without "Jr." and its kin (B40)."""
    text = _SUFFIX_AT_END.sub("", text)
    return _SUFFIX_AT_START.sub("", text, count=1)


def without_order(text: str) -> str:
    """A family name without the capitals behind its comma (B42)."""
    return _ORDER_AT_END.sub("", text)


def is_suffix(text: str) -> bool:
    """Whether a text is nothing but a suffix."""
    return _SUFFIX_WORD.fullmatch(text.strip(" ,")) is not None


def may_be_marked(family: str, given: str) -> bool:
    """Whether a look at a name cannot rule out that it has "et al." in it."""
    return _MAY_BE_MARKED.search(f"{given} {family}".casefold()) is not None


def is_marker(text: str) -> bool:
    """Whether a whole name stands for the rest of a list: "et al.", "others", "…"."""
    return len(text) <= _MARKED and _MARKER.fullmatch(text) is not None


def is_ellipsis(text: str) -> bool:
    """Whether a name stands for those between two others."""
    return len(text) <= _MARKED and _ELLIPSIS.fullmatch(text) is not None


def without_marker(text: str) -> str:
    """A name without an "et al." at its end."""
    end = text[-_MARKED:]
    found = _MARKER_AT_END.search(end)
    return text[: -len(end) + found.start()] if found else text


def is_nobody(folded: str) -> bool:
    """Whether folded words are a placeholder, such as "a author" or "first last"."""
    return _NOBODY.fullmatch(folded) is not None


def is_group(folded: tuple[str, ...]) -> bool:
    """Whether folded words without any given name are no person's (B49 to B51)."""
    if not folded:
        return False
    is_long = len(folded) > len(("Ann", "Bea", "Lee"))
    if folded[-1] in _COUNTRIES and (is_long or len(folded) == 1):
        return True
    telling = {found[0] for found in _GROUP.finditer(" ".join(folded))}
    if not telling <= _WEAK or folded[0] == "the":
        return True
    return bool(telling & _LINKS) and len(folded) > len(("Wei", "For"))
