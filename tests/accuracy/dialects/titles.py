"""How citers write a title."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from accuracy.case import Case, Step, cited, cited_text, dialects
from accuracy.records import shown

# British and American spelling; own list, whole words in lower case.
_SPELLINGS: Final = (
    "color:colour tumor:tumour tumors:tumours behavior:behaviour labor:labour "
    "behavioral:behavioural randomized:randomised analyzing:analysing fiber:fibre "
    "fibers:fibres center:centre centers:centres estrogen:oestrogen anemia:anaemia "
    "hemoglobin:haemoglobin leukemia:leukaemia pediatric:paediatric fetal:foetal "
    "edema:oedema aluminum:aluminium sulfur:sulphur defense:defence gray:grey "
    "modeling:modelling labeled:labelled signaling:signalling program:programme "
    "optimization:optimisation organization:organisation ischemia:ischaemia "
    "ischemic:ischaemic characterization:characterisation esophageal:oesophageal "
    "catalog:catalogue neighbor:neighbour neighborhood:neighbourhood "
    "utilization:utilisation polymerization:polymerisation favor:favour "
    "localization:localisation realization:realisation hemorrhage:haemorrhage "
    "visualization:visualisation generalized:generalised crystallization:"
    "crystallisation ionization:ionisation sulfate:sulphate sulfide:sulphide "
    "diarrhea:diarrhoea gynecology:gynaecology orthopedic:orthopaedic"
)
_BRITISH: Final = dict(pair.split(":") for pair in _SPELLINGS.split())
_AMERICAN: Final = {british: american for american, british in _BRITISH.items()}
_GREEK_NAMES: Final = (
    "alpha beta gamma delta epsilon kappa lambda mu pi sigma omega Delta Gamma Omega"
)
_GREEK: Final = dict(zip("αβγδεκλμπσωΔΓΩ", _GREEK_NAMES.split(), strict=True))
_LATIN_OF_GREEK: Final = {name: letter for letter, name in _GREEK.items()}
_SMALL_WORDS: Final = "a an and as at by for from in of on or the to with"
_SMALL: Final = frozenset(_SMALL_WORDS.split())
_ARTICLE: Final = re.compile(r"(?:The|A|An)\s+(?=\w)")
_ABSTRACTS: Final = frozenset(("article-journal", "paper-conference"))
# Without these words it is another title (comparison.md, T9).
_REPLIES: Final = re.compile(
    "reply|rejoinder|response|comment|discussion|errat|note", re.IGNORECASE
)
_SHORT: Final = 3  # words of a main title that may stand alone


def _sentence_case(text: str) -> str:
    """As reference managers do it: words with capitals inside stay."""
    first, *rest = text.split(" ")
    return " ".join([first, *(w if _has_capitals(w) else w.lower() for w in rest)])


def _has_capitals(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:])


def _title_case(text: str) -> str:
    words = text.split(" ")
    return " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in words)


def _protected(text: str) -> str:
    """Every word with a capital in braces, as BibTeX exporters do."""
    return re.sub(r"\b\w*[A-Z]\w*", r"{\g<0>}", text)


def _numbered(pattern: str) -> Step:
    """A number as abstracts of meetings have it; corrections have none."""

    def step(case: Case, _: Random) -> Case | None:
        title = case.reference.title or ""
        is_notice = re.search(
            "corrig|errat|correction|retract|report", title, re.IGNORECASE
        )
        if is_notice or case.reference.type not in _ABSTRACTS:
            return None
        return cited(case, title=pattern.format(title))

    return step


def _main_title(text: str) -> str | None:
    main, _, sub = text.partition(": ")
    if not sub or _REPLIES.search(sub):
        return None
    return main if len(main.split()) >= _SHORT else None


def _short_main_title(text: str) -> str | None:
    main, _, sub = text.partition(": ")
    if not sub or _REPLIES.search(sub):
        return None
    return main if len(main.split()) < _SHORT < len(main) else None


def _swapped(text: str, table: dict[str, str]) -> str:
    def other(found: re.Match[str]) -> str:
        word = found[0]
        swap = table.get(word.lower(), word)
        return swap.capitalize() if word[0].isupper() else swap

    return re.sub(r"[A-Za-z]+", other, text)


def _greek_names(text: str) -> str:
    return "".join(_GREEK.get(letter, letter) for letter in text)


def _greek_letters(text: str) -> str:
    return re.sub(
        r"(?<![A-Za-z])(?:alpha|beta|gamma|delta|kappa|lambda)(?![A-Za-z])",
        lambda found: _LATIN_OF_GREEK[found[0]],
        text,
    )


def _open_compound(text: str) -> str:
    return re.sub(r"(?<=[a-z]{3})-(?=[a-z]{3})", " ", text)


def _closed_compound(text: str) -> str:
    return re.sub(r"(?<=[a-z]{3})-(?=[a-z]{3})", "", text)


def _without_article(text: str) -> str | None:
    found = _ARTICLE.match(text)
    return text[found.end() :].capitalize() if found else None


def _italics(text: str) -> str:
    """A name of two words, such as a species, in italics."""
    return re.sub(r"\b([A-Z][a-z]{3,} [a-z]{4,})\b", r"<i>\1</i>", text, count=1)


def _versus(text: str) -> str:
    text = re.sub(r"\bversus\b", "vs.", text)
    return re.sub(r"\bvs\b\.?(?! )", "versus", text)


def _verbatim(case: Case, _: Random) -> Case | None:
    """The registered title with its tags and entities, as tools copy it."""
    return cited(case, title=case.work.title)


def _with_subtitle(case: Case, _: Random) -> Case | None:
    """The registered subtitle added, where it is one (comparison.md 2.2)."""
    title = case.reference.title or ""
    for subtitle in map(shown, case.work.subtitles):
        is_junk = subtitle.isupper() or subtitle.lower() in title.lower()
        if len(subtitle.split()) >= _SHORT and not is_junk and subtitle != title:
            return cited(case, title=f"{title.rstrip('.: ')}: {subtitle}")
    return None


def _in_place(pattern: str, by: str) -> Step:
    return cited_text("title", lambda text: re.sub(pattern, by, text))


DIALECTS: Final = dialects(
    "title",
    {
        "sentence case": cited_text("title", _sentence_case),
        "title case": cited_text("title", _title_case),
        "upper case": cited_text("title", str.upper),
        "lower case": cited_text("title", str.lower),
        "capitals in braces": cited_text("title", _protected),
        "title in braces": cited_text("title", lambda t: f"{{{t}}}"),
        "final stop": cited_text("title", lambda t: t.rstrip(".") + "."),
        "final comma": cited_text("title", lambda t: t.rstrip(".,") + ","),
        "no final stop": cited_text("title", lambda t: t.rstrip(".")),
        "quoted title": cited_text("title", lambda t: f"“{t}”"),
        "title in brackets": cited_text("title", lambda t: f"[{t}]"),
        "colon as dash": _in_place(r"(?<=\w): ", " – "),
        "colon as full stop": _in_place(r"(?<=\w): ", ". "),
        "colon with space before": _in_place(r"(?<=\w): ", " : "),
        "dash as colon": _in_place(r"(?<=\w)\s*[–—]\s*(?=[A-Z])", ": "),
        "subtitle omitted": cited_text("title", _main_title),
        "subtitle omitted, short main title": cited_text("title", _short_main_title),
        "registered subtitle added": _with_subtitle,
        "abstract number added": _numbered("Abstract 123: {}"),
        "poster number added": _numbered("P-123 {}"),
        "footnote mark added": cited_text("title", lambda t: t.rstrip(".") + "*"),
        "British spelling": cited_text("title", lambda t: _swapped(t, _BRITISH)),
        "American spelling": cited_text("title", lambda t: _swapped(t, _AMERICAN)),
        "Greek letters by name": cited_text("title", _greek_names),
        "Greek names as letters": cited_text("title", _greek_letters),
        "tags as registered": _verbatim,
        "italics added": cited_text("title", _italics),
        "and as &": _in_place(r"(?<= )and(?= )", "&"),
        "& as and": _in_place(r" & ", " and "),
        "versus and vs": cited_text("title", _versus),
        "compounds open": cited_text("title", _open_compound),
        "compounds closed": cited_text("title", _closed_compound),
        "leading article dropped": cited_text("title", _without_article),
        "no question mark": cited_text("title", lambda t: t.rstrip("?")),
    },
)
