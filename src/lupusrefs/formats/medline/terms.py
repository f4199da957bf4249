"""MEDLINE's vocabulary and what it means in CSL: types, names, titles, identifiers.

PubMed's XML shares it. Source: MEDLINE/PubMed Data Element (Field) Descriptions (NLM);
MEDLINE PubMed XML Element Descriptions; MeSH, category V (publication types); ERIC's
thesaurus of publication types, for its own exports in this format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, cast

from lupusrefs.errors import InvalidDoi
from lupusrefs.model.doi import Doi
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.variables import TYPES, ItemType

# --- publication types --------------------------------------------------------

JOURNAL_ARTICLE: Final = "Journal Article"
# The type that is written; types beyond MeSH are written by their own names, so that
# they can be read again.
PUBLICATION_TYPES: Final[dict[str, str]] = {
    **{name: re.sub("[-_]", " ", name).title() for name in sorted(TYPES)},
    "article": "Preprint",
    "article-journal": JOURNAL_ARTICLE,
    "article-newspaper": "Newspaper Article",
    "article-magazine": "Magazine Article",
    "chapter": "Book Chapter",
    "entry-dictionary": "Dictionary",
    "entry-encyclopedia": "Encyclopedia",
    "motion_picture": "Video-Audio Media",
    "paper-conference": "Congress",
    "personal_communication": "Correspondence",
    "post-weblog": "Blog",
    "report": "Technical Report",
    # MeSH's "Review" is an article that surveys its field; CSL's is of a work.
    "review": "Critical Review",
    "review-book": "Book Review",
    "speech": "Lecture",
    "thesis": "Academic Dissertation",
    "webpage": "Web Archive",
}
_TYPES: Final[dict[str, ItemType]] = {
    **{name.lower(): cast("ItemType", key) for key, name in PUBLICATION_TYPES.items()},
    "address": "speech",
    "books": "book",
    "collected work": "book",
    "database": "dataset",
    "handbook": "book",
    "monograph": "book",
    "textbook": "book",
    "unpublished work": "manuscript",
    "webcast": "broadcast",
    # ERIC's.
    "journal articles": "article-journal",
    "numerical/quantitative data": "dataset",
}
_ERIC_GROUPS: Final[tuple[tuple[str, ItemType], ...]] = (
    ("dissertations/theses", "thesis"),
    ("reports - ", "report"),
    ("speeches/meeting papers", "speech"),
)
# What stands in a journal without being a journal article: MeSH's other types say what
# an article is about ("Congress", "Interview", "Dataset"), and it stays one.
IN_JOURNALS: Final = frozenset(
    (
        *("article", "article-journal", "article-newspaper", "article-magazine"),
        *("review", "review-book"),
    )
)


def csl_type(name: str) -> ItemType | None:
    """The CSL type of one publication type, None for those that are properties."""
    name = name.lower()
    if name in _TYPES:
        return _TYPES[name]
    return next((kind for lead, kind in _ERIC_GROUPS if name.startswith(lead)), None)


def item_type(names: Iterable[str], *, in_journal: bool, in_book: bool) -> ItemType:
    """The CSL type of a record.

    Args:
        names: its publication types.
        in_journal: it names a journal.
        in_book: it has a title of its own, and names a book.
    """
    known = [kind for name in names if (kind := csl_type(name)) is not None]
    if not in_book and (in_journal or "article-journal" in known):
        known = [kind for kind in known if kind in IN_JOURNALS]
    # "Journal Article" stands beside what says more, such as "Preprint".
    special = (kind for kind in known if kind != "article-journal")
    return next(special, "chapter" if in_book else "article-journal")


# --- names --------------------------------------------------------------------

_ET_AL: Final = re.compile(r"et\.? al\.?", re.IGNORECASE)
_SUFFIX: Final = re.compile(r"(?:Jr|Sr)\.?|(?:2n?d|3r?d|[4-9]th)|II|III|IV")
_INITIALS: Final = 4  # letters
_WORD: Final = re.compile(r"[^\W\d_]+")


def person(text: str) -> Name:
    """A name in full: "Family, Given", "Family, Given Jr", "Family".

    >>> person("Smith, John D Jr").suffix, person("de la Cruz").family
    ('Jr', 'de la Cruz')
    """
    if _ET_AL.fullmatch(text):
        return OTHERS
    family, _, rest = (part.strip() for part in text.partition(","))
    given, _, suffix = (part.strip() for part in rest.partition(","))
    head, _, last = given.rpartition(" ")
    if not suffix and _SUFFIX.fullmatch(last):
        given, suffix = head.rstrip(), last
    if not family or not (given or suffix):
        return Name(family=family or given or text)
    return Name(family=family, given=given or None, suffix=suffix or None)


def short_person(text: str) -> Name:
    """A name as MEDLINE abbreviates it: "Family AB", "Family AB Jr", "et al.".

    ERIC has names in full in the same field.

    >>> str(short_person("van der Berg JD 2nd"))
    'JD van der Berg 2nd'
    """
    if "," in text or _ET_AL.fullmatch(text):
        return person(text)
    words = text.split()
    suffix = None
    if len(words) > len(("family", "initials")) and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    if len(words) == 1:
        return Name(family=words[0])
    if len(words) > 1 and _is_initials(words[-1]):
        return Name(family=" ".join(words[:-1]), given=words[-1], suffix=suffix)
    return Name(literal=text)


def _is_initials(word: str) -> bool:
    letters = re.sub(r"[-.]", "", word)
    return letters.isalpha() and letters.isupper() and len(letters) <= _INITIALS


def family_with_particles(name: Name) -> str:
    """The family name as MEDLINE has it, particles included."""
    parts = (name.dropping_particle, name.non_dropping_particle, name.family)
    return " ".join(part for part in parts if part)


def full_name(name: Name) -> str:
    """The name in full, as it is written in FAU."""
    family = family_with_particles(name)
    if name.suffix and not _SUFFIX.fullmatch(name.suffix):
        return f"{family}, {name.given or ''}, {name.suffix}"
    given = " ".join(part for part in (name.given, name.suffix) if part)
    return ", ".join(part for part in (family, given) if part)


def short_name(name: Name) -> str:
    """The name with initials, as it is written in AU.

    >>> short_name(Name(family="Wagener", given="Jan-Robin P"))
    'Wagener JRP'
    """
    words = (name.given or "").split()
    initials = "".join(map(_initials, words)).upper()
    parts = (family_with_particles(name), initials, (name.suffix or "").strip("."))
    return " ".join(part for part in parts if part)


def _initials(word: str) -> str:
    # "JD" is initials already.
    if _is_initials(word):
        return re.sub(r"[-.]", "", word)
    return "".join(part[0] for part in _WORD.findall(word))


# --- titles -------------------------------------------------------------------

# MEDLINE ends a title with a full stop of its own, unless there is another mark.
_OWN_STOP: Final = re.compile(r"\b[A-Z]\.[A-Z]\.|\bet al\.|\.{3,}", re.IGNORECASE)
_LONGEST_STOP: Final = 16  # characters that the pattern looks at
_MARKS: Final = ".?!"


def title_without_stop(text: str) -> str:
    """A title without MEDLINE's full stop; that of "U.S." and an ellipsis stay.

    >>> title_without_stop("Health in the city."), title_without_stop("[Wann?]")
    ('Health in the city', '[Wann?]')
    """
    text = text.strip()
    tail = text[-_LONGEST_STOP:]
    if not text.endswith(".") or any(
        found.end() == len(tail) for found in _OWN_STOP.finditer(tail)
    ):
        return text
    return text[:-1].rstrip()


def title_with_stop(text: str) -> str:
    """A title with MEDLINE's full stop, so that it reads back."""
    with_stop = f"{text}."
    has_end = text[-1:] in tuple(_MARKS) and title_without_stop(text) == text
    return text if has_end or title_without_stop(with_stop) != text else with_stop


# --- identifiers --------------------------------------------------------------

_DOI_LEAD: Final = re.compile(
    r"doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/", re.IGNORECASE
)
_ISSN: Final = re.compile(r"(?<![0-9])[0-9]{4}-?[0-9]{3}[0-9Xx](?![0-9])")


def identifier_kind(text: str) -> tuple[str, str]:
    """The identifier of an AID or LID field, and its kind: "doi", "pii", "url", "".

    >>> identifier_kind("10.1000/a [doi]"), identifier_kind("https://doi.org/10.1000/a")
    (('10.1000/a', 'doi'), ('10.1000/a', 'doi'))
    """
    value, bracket, kind = text.rpartition("[")
    if bracket and kind.endswith("]") and kind[:-1].isalpha():
        return value.strip(), kind[:-1]
    if _DOI_LEAD.match(text):
        try:
            return Doi.parse(text).name, "doi"
        except InvalidDoi:
            pass
    if text.startswith(("http://", "https://")):
        return text, "url"
    return text, "doi" if text.startswith("10.") else ""


def issn_of(text: str) -> str:
    """The ISSN in "0955-2359 (Print)"; the text itself where there is none."""
    found = _ISSN.search(text)
    return found[0] if found else text
