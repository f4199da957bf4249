"""British and American spelling, and other words that are one (comparison.md, B13-14).

Every rule names the stems or endings it is for; both sides go through it, so that it
never matters which of two spellings is whose.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_NUMERALS: Final = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
    "xi": "11",
    "xii": "12",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
}
_SYNONYMS: Final = {
    **_NUMERALS,
    "vs": "versus",
    "percent": "%",
    "und": "and",
    "et": "and",
    "st": "saint",
    "whilst": "while",
    "amongst": "among",
    "towards": "toward",
    "grey": "gray",
    "aluminium": "aluminum",
    "ageing": "aging",
    "programme": "program",
    "programmes": "programs",
    "defence": "defense",
    "offence": "offense",
    "licence": "license",
    "pretence": "pretense",
    "practise": "practice",
    "practised": "practiced",
    "practising": "practicing",
    "judgement": "judgment",
    "judgements": "judgments",
    "acknowledgement": "acknowledgment",
    "artefact": "artifact",
    "artefacts": "artifacts",
    "mould": "mold",
    "moulds": "molds",
    "moulding": "molding",
    "moulded": "molded",
    "moult": "molt",
    "moulting": "molting",
    "smouldering": "smoldering",
    "plough": "plow",
    "ploughing": "plowing",
    "tyre": "tire",
    "tyres": "tires",
    "kerb": "curb",
    "cheque": "check",
    "sceptic": "skeptic",
    "sceptical": "skeptical",
    "scepticism": "skepticism",
    "skilful": "skillful",
    "fulfil": "fulfill",
    "fulfilment": "fulfillment",
    "enrol": "enroll",
    "enrolment": "enrollment",
    "instalment": "installment",
    "jewellery": "jewelry",
    "aeroplane": "airplane",
    "yoghurt": "yogurt",
    "neurone": "neuron",
    "neurones": "neurons",
    "dyke": "dike",
    "dykes": "dikes",
    "disc": "disk",
    "discs": "disks",
    "gauge": "gage",
    "gauges": "gages",
    "connexion": "connection",
    "connexions": "connections",
    "inflexion": "inflection",
    "orientated": "oriented",
    "leucocyte": "leukocyte",
    "leucocytes": "leukocytes",
    "storey": "story",
    "cosy": "cozy",
    "pyjamas": "pajamas",
    "draught": "draft",
    "focussed": "focused",
    "focussing": "focusing",
    "biassed": "biased",
    "benefitted": "benefited",
    "enquiry": "inquiry",
    "enquiries": "inquiries",
    "learnt": "learned",
    "spelt": "spelled",
}

_OUR: Final = (
    "behavi|col|tum|fav|flav|harb|hum|lab|neighb|od|rum|vap|vig|hon|endeav|arm|sav|"
    "splend|ferv|clam|cand|parl|rig|val|ard|demean|arb|succ|ranc"
)
_RE: Final = (
    "cent|fib|lit|met|theat|calib|tit|spect|lust|meag|somb|sab|och|goit|nit|sepulch"
)
_LL: Final = (
    "label|model|travel|signal|cancel|channel|tunnel|fuel|level|counsel|panel|total|"
    "marshal|equal|ravel|dial|initial|funnel|spiral|tinsel|quarrel|rival|marvel|pencil|"
    "parcel|barrel|chisel|shovel|bevel|duel|jewel|pedal|libel|stencil|tranquil"
)
_PATTERNS: Final = (
    # -ise, -yse: the stem has three letters, as in "randomise".
    (r"(?<=\w{3})is(?=(?:e|ed|es|er|ers|ing|able|ation|ations|ational)\Z)", "iz"),
    (r"(?<=\w\w)ys(?=(?:e|ed|es|er|ers|ing)\Z)", "yz"),
    (rf"({_OUR})our", r"\1or"),
    (rf"({_RE})re(s|d|)\Z", r"\1er\2"),
    (r"fibre(?=optic|glass|board)", "fiber"),
    (rf"({_LL})l(?=(?:ed|ing|ings|er|ers|or|ors|ous|ist|ity)\Z)", r"\1"),
    (r"(cata|dia|ana|homo|mono|pro|epi|ortho|para)logue(s?)\Z", r"\1log\2"),
    (r"aem(?=i[ac]|ato|o[a-z]|angi)", "em"),
    (r"haem", "hem"),
    (r"(?<=rr)hoea", "hea"),
    (r"pnoea", "pnea"),
    (r"oedem", "edem"),
    (r"oesoph", "esoph"),
    (r"oestr", "estr"),
    (r"\A(f)oet", r"\1et"),
    (r"(?<=p)aed(?=i|o|a)", "ed"),
    (r"gynaec", "gynec"),
    (r"\A(c|f)aec", r"\1ec"),
    (r"\A(c)ae(?=sar|sium)", r"\1e"),
    (r"aetiol", "etiol"),
    (r"aesth(?=e)", "esth"),
    (r"(arch|pal)aeo", r"\1eo"),
    (r"mediaeval", "medieval"),
    (r"homoeo", "homeo"),
    (r"amoeb", "ameb"),
    (r"coeli", "celi"),
    (r"manoeuv(re|er)", "maneuver"),
    (r"sulph", "sulf"),
    (r"leuc(?=o|aem|em)", "leuk"),
)
# Most words are of no rule, which one search shows.
_ANY: Final = re.compile("|".join(pattern for pattern, _ in _PATTERNS))
_RULES: Final = tuple(
    (re.compile(pattern), replacement) for pattern, replacement in _PATTERNS
)
_SHORTEST: Final = 5


@lru_cache(maxsize=8192)
def canonical(word: str) -> str:
    """The one spelling that stands for all spellings of a folded word.

    >>> canonical("randomised"), canonical("oesophageal"), canonical("vs")
    ('randomized', 'esophageal', 'versus')
    """
    if known := _SYNONYMS.get(word):
        return known
    if len(word) < _SHORTEST or not word.isascii():
        return word
    if _ANY.search(word) is None:
        return word
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    return word
