"""What kind of thing a DOI stands for, and how it is spelt.

DOIs of figures, issues, books, reviews and notices resolve well, and are wrong
citations of an article (registries.md 2.5).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from lupusrefs.compare.comparison import finding, proposal, safe_fix
from lupusrefs.compare.family_names import first_family
from lupusrefs.compare.notices import (
    FATAL,
    Kind,
    claimed_kind,
    has_notice_words,
    is_own_notice,
    notice_kind,
    others,
    own_doi,
    status_of_title,
)
from lupusrefs.compare.relations import reviewed_works, whole_works
from lupusrefs.compare.text import clean, words
from lupusrefs.compare.title_forms import title_words
from lupusrefs.compare.title_generic import is_generic
from lupusrefs.errors import InvalidDoi
from lupusrefs.findings import Change, Confidence, Finding, Fix
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.item import Item
from lupusrefs.model.pages import split_range
from lupusrefs.model.work import Work

#: Rules by which the DOI is not that of the cited work at all: whatever the fields
#: differ in follows from it, and need not be told (comparison.md, P6 and P11).
NOT_THE_WORK: Final = frozenset(
    (
        "doi-is-component",
        "doi-is-journal",
        "doi-is-container",
        "doi-is-review",
        "doi-is-notice",
        "doi-is-fragment",
    )
)
_SERIALS: Final = frozenset(
    (
        *("journal", "journal-issue", "journal-volume", "Journal"),
        *("book-series", "report-series", "proceedings-series"),
    )
)
_BOOKS: Final = frozenset(
    (
        *("book", "monograph", "edited-book", "reference-book", "book-set", "Book"),
        *("proceedings", "ConferenceProceeding"),
    )
)
_REVIEWS: Final = frozenset(("peer-review", "PeerReview"))
_WHOLE_WORKS: Final = frozenset(
    (
        *("journal-article", "book-chapter", "proceedings-article", "report"),
        *("reference-entry", "dissertation"),
        *("JournalArticle", "BookChapter", "ConferencePaper"),
    )
)
_PART_TYPES: Final = frozenset(
    ("chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia")
)
# Figures, tables and supplements of PLOS, Elementa, ACS, IUCr and others (recorded).
_PART: Final = re.compile(
    r"(?P<whole>10\.[0-9.]+/.{3,}?)(?:\.(?:[gtsef]|sd|st|sg|tab|fig)\d{3,4}"
    r"|/[^/]*sup\d[^/]*)",
    re.IGNORECASE,
)
_ELIFE_PART: Final = re.compile(
    r"(?P<whole>10\.7554/elife\.\d{5,6})\.\w{2,8}", re.IGNORECASE
)
_PART_TITLE: Final = re.compile(
    r"\W*(?:supplement(?:al|ary)\b|additional\s+file|supporting\s+information"
    r"|figure\s|fig\.|table\s|scheme\s|appendix|multimedia|movie\s|video\s|data\s(?:from|for)\b)",
    re.IGNORECASE,
)
_REVIEW_TITLE: Final = re.compile(
    r"\W*(?:decision\s+letter|author['’]?s?['’]?\s+response|review\s+for|peer\s+review\s+of"
    r"|(?:referee|reviewer)(?:\s+\d)?\s+(?:report|comments?)|editor['’]s\s+evaluation"
    r"|evaluation\s+summary|elife\s+assessment|acceptance\s+letter)\b",
    re.IGNORECASE,
)
_ABOUT_ISSUE: Final = frozenset(
    (
        *("vol", "volume", "no", "nr", "number", "issue", "part", "special"),
        *("suppl", "supplement", "the", "of", "and"),
    )
)
_MANY_PAGES: Final = 3  # what a heading's page is much less than
_FEW_WORDS: Final = 3


def compare_doi_kind(
    reference: Item, work: Work, related: Mapping[str, Work]
) -> tuple[Finding, ...]:
    """How the DOI is written, and whether it is that of an article, book or data set.

    A finding by one of :data:`NOT_THE_WORK` says that the DOI is not that of the cited
    work; :func:`is_of_another_kind` tells.

    Args:
        reference: what is cited.
        work: what is registered under its DOI.
        related: works that the record names, by folded DOI, as far as they are known.
    """
    return (*_spelling(reference, work), *_kind(reference, work, related))


def is_of_another_kind(findings: Iterable[Finding]) -> bool:
    """Whether the DOI is that of a part, a whole, a review or a notice of the work."""
    return any(one.rule.id in NOT_THE_WORK for one in findings)


# -- the spelling -------------------------------------------------------------------


def _spelling(reference: Item, work: Work) -> Iterator[Finding]:
    cited = (reference.doi or "").strip()
    if not cited or work.doi is None:
        return
    own = fold(work.doi)
    if fold(cited) == own:
        return
    try:
        doi = Doi.parse(cited)
    except InvalidDoi:
        # An arXiv id or a PubMed address has led to the work.
        yield _not_canonical(reference, cited, work.doi, proposal)
        return
    reading = next((name for name in doi.candidates if fold(name) == own), None)
    if reading is not None:
        yield _not_canonical(reference, cited, reading, safe_fix)
    elif doi.is_short or _is_version_of(doi.key, own):
        yield _not_canonical(reference, cited, work.doi, proposal)
    else:
        yield _alias(reference, cited, work, doi)


def _is_version_of(cited: str, own: str) -> bool:
    """``10.48550/arXiv.2101.00001v2`` is no DOI: that of arXiv has no version."""
    return (
        cited.startswith(own)
        and re.fullmatch(r"v\d{1,3}", cited[len(own) :]) is not None
    )


def _not_canonical(
    reference: Item, cited: str, name: str, fix: Callable[[Change], Fix]
) -> Finding:
    return finding(
        "doi-not-canonical",
        reference,
        f"cited {cited}, in canonical form {name}",
        field="DOI",
        cited=cited,
        registered=name,
        forms=(fold(cited), fold(name)),
        fix=fix(Change("DOI", name)),
    )


def _alias(reference: Item, cited: str, work: Work, doi: Doi) -> Finding:
    stated = doi.key in map(fold, work.aliases)
    return finding(
        "doi-alias",
        reference,
        f"cited {doi}, which has been merged into {work.doi}",
        field="DOI",
        cited=cited,
        registered=work.doi,
        forms=(doi.key, own_doi(work)),
        path="message.aliases" if stated else None,
        confidence=Confidence.CERTAIN if stated else Confidence.LIKELY,
        fix=proposal(Change("DOI", work.doi)),
    )


# -- the kind -----------------------------------------------------------------------


def _kind(
    reference: Item, work: Work, related: Mapping[str, Work]
) -> Iterator[Finding]:
    if not reference.title or not reference.doi:
        return
    if _is_named(reference, work):
        if found := _same_title_notice(reference, work, related):
            yield found
        return
    if found := _notice(reference, work, related):
        yield found
        return
    for rule in (_component, _serial, _review, _fragment, _container):
        if found := rule(reference, work):
            yield found
            return


def _is_named(reference: Item, work: Work) -> bool:
    """Whether the citation has the title of just this thing: it is meant."""
    cited, titles = reference.title or "", _titles(work)
    if cited in titles:
        return True
    # The forms are known already: the titles have been compared.
    own = title_words(cited)
    return any(own == title_words(title) for title in titles)


def _titles(work: Work) -> tuple[str, ...]:
    return work.titles or ((work.title,) if work.title else ())


def _part_of(cited: str, registered: str) -> bool:
    """Whether the words of the cited title all stand in a row in the registered one."""
    inner, outer = " ".join(words(cited)), " ".join(words(registered))
    return len(words(cited)) >= _FEW_WORDS and f" {inner} " in f" {outer} "


def _component(reference: Item, work: Work) -> Finding | None:
    name = work.doi or work.id
    part = _PART.fullmatch(name) or _ELIFE_PART.fullmatch(name)
    registered = work.registered_type
    if _PART_TITLE.match(reference.title or ""):
        return None
    wholes = whole_works(work)
    by_name = part and registered not in _WHOLE_WORKS | _REVIEWS | _BOOKS | _SERIALS
    by_relation = wholes and _is_supplement(reference, work)
    if registered != "component" and not by_name and not by_relation:
        return None
    whole = wholes[0] if wholes else part["whole"] if part else None
    about = f", which belongs to {whole}" if whole else ""
    return _other_kind("doi-is-component", reference, work, "a part" + about, whole)


def _is_supplement(reference: Item, work: Work) -> bool:
    """``Supplementary Figure 5 from <the cited title>``, unless the data are cited."""
    title = clean(work.title or "")
    return (
        reference.type not in {"dataset", "figure", "graphic", "software"}
        and _PART_TITLE.match(title) is not None
        and _part_of(reference.title or "", title)
    )


def _serial(reference: Item, work: Work) -> Finding | None:
    if work.registered_type not in _SERIALS or work.author:
        return None
    names = " ".join((*_titles(work), *work.container_titles))
    rest = set(words(reference.title or "")) - set(words(names)) - _ABOUT_ISSUE
    if not any(word.isalpha() for word in rest) or reference.type == "periodical":
        return None
    kind = work.registered_type.replace("-", " ").lower()
    return _other_kind("doi-is-journal", reference, work, f"a whole {kind}")


def _review(reference: Item, work: Work) -> Finding | None:
    title = clean(work.title or "")
    if work.registered_type not in _REVIEWS and not _REVIEW_TITLE.match(title):
        return None
    if _REVIEW_TITLE.match(clean(reference.title or "")):
        return None
    targets = reviewed_works(work)
    target = targets[0] if targets else None
    about = f" of {target}" if target else ""
    return _other_kind("doi-is-review", reference, work, f"a review{about}", target)


def _notice(reference: Item, work: Work, related: Mapping[str, Work]) -> Finding | None:
    kind = notice_kind(work, related)
    if kind is None or has_notice_words(reference.title):
        return None
    if kind in FATAL and is_own_notice(work):
        return None  # the article's own DOI: that it is retracted is what counts
    # "RETRACTED: ..." is how an article is cited; some notices are titled so too (U10).
    if status_of_title(reference.title) and status_of_title(work.title):
        return None
    return _of_notice(reference, work, kind, Confidence.CERTAIN)


def _of_notice(
    reference: Item, work: Work, kind: Kind, confidence: Confidence
) -> Finding:
    targets = list(dict.fromkeys(update.doi for update in others(work)))
    target = targets[0] if len(targets) == 1 else None
    about = f" of {', '.join(targets[:_MANY_PAGES])}" if targets else ""
    what = f"a notice: {kind.name.lower().replace('_', ' ')}{about}"
    return _other_kind("doi-is-notice", reference, work, what, target, confidence)


def _same_title_notice(
    reference: Item, work: Work, related: Mapping[str, Work]
) -> Finding | None:
    """Some publishers register an erratum under the very title of its article."""
    kind = claimed_kind(work) if work.updates else None
    if kind is None or notice_kind(work) is not None:
        return None
    for update in others(work):
        target = related.get(fold(update.doi))
        if target is not None and words(target.title or "") == words(work.title or ""):
            return _of_notice(reference, work, kind, Confidence.LIKELY)
    return None


def _fragment(reference: Item, work: Work) -> Finding | None:
    title = "".join(words(work.title or ""))
    if not title or not is_generic(title):
        return None
    if is_generic("".join(words(reference.title or ""))):
        return None
    if not _is_near(reference, work):
        return None
    cited, registered = _span(reference.page), _span(work.page)
    if registered is None:
        # A heading with an author may be a whole editorial (comparison.md, B29).
        if work.page or work.author or cited is None:
            return None
    elif cited is None or cited < _MANY_PAGES * registered:
        return None
    return _other_kind("doi-is-fragment", reference, work, "a part of a work")


def _is_near(reference: Item, work: Work) -> bool:
    """Whether both are of one year, volume and author: else it is another work."""
    cited, registered = reference.issued, work.issued
    if not cited or not registered or cited.year != registered.year:
        return False
    if reference.volume and work.volume and reference.volume != work.volume:
        return False
    ours, theirs = first_family(reference), first_family(work)
    return not (ours and theirs) or ours == theirs


def _span(page: str | None) -> int | None:
    """How many pages a range has."""
    pair = split_range(page) if page else None
    if pair is None:
        return 1 if page and page.isdigit() else None
    first, last = pair
    if not (first.isdecimal() and last.isdecimal()):
        return None
    if len(last) < len(first):
        last = first[: -len(last)] + last
    return int(last) - int(first) + 1 if int(last) >= int(first) else None


def _container(reference: Item, work: Work) -> Finding | None:
    if work.registered_type not in _BOOKS:
        return None
    cited = reference.container_title or reference.event_title
    if not cited or reference.type not in _PART_TYPES:
        return None
    if not any(_is_like(cited, title) for title in _titles(work)):
        return None
    if any(_part_of(reference.title or "", title) for title in _titles(work)):
        return None
    kind = work.registered_type.replace("-", " ").lower()
    return _other_kind("doi-is-container", reference, work, f"the whole {kind}")


def _is_like(cited: str, registered: str) -> bool:
    """Whether one is a part of the other, or they share most of their long words."""
    if _part_of(cited, registered) or _part_of(registered, cited):
        return True
    first, second = (
        {word for word in words(text) if len(word) >= len("book")}
        for text in (cited, registered)
    )
    shared = len(first & second)
    return bool(shared) and shared * 5 >= 3 * min(len(first), len(second))


def _other_kind(
    rule: str,
    reference: Item,
    work: Work,
    what: str,
    target: str | None = None,
    confidence: Confidence = Confidence.CERTAIN,
) -> Finding:
    name = work.doi or work.id
    fix: Fix | None = proposal(Change("DOI", target)) if target else None
    return finding(
        rule,
        reference,
        f"{name} is the DOI of {what}",
        field="DOI",
        cited=reference.title,
        registered=work.title or work.registered_type,
        forms=(reference.type, work.registered_type or ""),
        path="message.type" if work.agency == "Crossref" else None,
        confidence=confidence,
        fix=fix,
        hint="cite the DOI of the work itself",
    )
