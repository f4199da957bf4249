"""What is registered and not cited: fields, and the DOI itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lupusrefs.compare.comparison import finding, proposal, safe_fix
from lupusrefs.compare.notices import own_doi
from lupusrefs.compare.registered_numbers import RegisteredNumbers
from lupusrefs.compare.relations import ARXIV_DOI
from lupusrefs.compare.text import clean, is_absent
from lupusrefs.findings import Change, Finding
from lupusrefs.model.dates import Date
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.doi_text import find_dois
from lupusrefs.model.item import Item
from lupusrefs.model.location import Location
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import NEEDED
from lupusrefs.model.work import Work

_SPOKEN: Final = {
    "container-title": "journal or book",
    "issued": "year",
    "number": "article number",
}
_HAVING_DOIS: Final = frozenset(("article-journal", "paper-conference", "chapter"))
_MANY: Final = 100  # authors that a fix would add


def compare_missing(
    reference: Item,
    work: Work,
    *,
    certain: bool,
    already: Iterable[Finding] = (),
) -> tuple[Finding, ...]:
    """One finding that names every registered field which is not cited (P11).

    Args:
        reference: what is cited.
        work: what is registered.
        certain: whether it is surely the same work; only then is the fix safe.
        already: findings whose fixes add fields already, such as
            ``ahead-of-print-now-in-issue``.
    """
    relevant = NEEDED.get(reference.type) or NEEDED.get(work.type)
    if relevant is None:
        return ()
    added = {
        change.variable
        for one in already
        if one.fix is not None
        for change in one.fix.changes
    }
    missing = [
        change
        for change in _missing(reference, work)
        if change.variable in relevant and change.variable not in added
    ]
    return (_field_missing(reference, missing, certain=certain),) if missing else ()


def _missing(reference: Item, work: Work) -> Iterator[Change]:
    if not reference.volume or not reference.issue or not reference.page:
        yield from RegisteredNumbers.of(work).missing_in(reference)
    if is_absent(reference.container_title) and not reference.container_title_short:
        titles = (work.container_title, *work.container_titles)
        named = next((title for title in titles if not is_absent(title)), None)
        if named is not None:
            yield Change("container-title", clean(named))
    if reference.issued is None and (date := _date(work)):
        yield Change("issued", date)
    if not reference.creators and _are_clean(work.author):
        yield Change("author", work.author)


def _date(work: Work) -> Date | None:
    """The date of the issue: that is what is cited, where both are registered."""
    in_print = next((one.date for one in work.dates if one.kind == "print"), None)
    date = in_print or work.issued
    return date if date is not None and date.year is not None else None


def _are_clean(names: tuple[Name, ...]) -> bool:
    return 0 < len(names) <= _MANY and all(name.family for name in names)


def _field_missing(reference: Item, missing: list[Change], *, certain: bool) -> Finding:
    named = [_SPOKEN.get(one.variable, one.variable) for one in missing]
    values = "; ".join(
        f"{name} {_shown(change)}" for name, change in zip(named, missing, strict=True)
    )
    return finding(
        "field-missing",
        reference,
        f"not cited: {', '.join(named)}; registered: {values}",
        field=missing[0].variable if len(missing) == 1 else None,
        registered=values,
        forms=("", ", ".join(one.variable for one in missing)),
        fix=(safe_fix if certain else proposal)(*missing),
    )


def _shown(change: Change) -> str:
    value = change.value
    if not isinstance(value, tuple):
        return str(value)
    more = f" and {len(value) - 1} more" if len(value) > 1 else ""
    return f"{value[0]}{more}"


# -- the DOI ------------------------------------------------------------------------


def compare_doi_missing(
    reference: Item, work: Work, *, certain: bool
) -> tuple[Finding, ...]:
    """Whether the DOI of a work that is known is not cited as such.

    Args:
        reference: what is cited.
        work: the work, known by the DOI in the URL or by other means.
        certain: whether it is surely the same work.
    """
    if reference.doi or work.doi is None:
        return ()
    own = own_doi(work)
    fix = (safe_fix if certain else proposal)(Change("DOI", work.doi))
    if reference.url and _names(reference.url, own):
        found = finding(
            "url-instead-of-doi",
            reference,
            f"the URL holds the DOI {work.doi}, which is not cited as such",
            field="URL",
            cited=reference.url,
            registered=work.doi,
            forms=(own, own),
            fix=fix,
        )
        return (found,)
    # An arXiv id is as good as its DOI, and most styles print nothing else.
    if own.startswith(ARXIV_DOI):
        return ()
    found = finding(
        "doi-missing-but-registered",
        reference,
        f"no DOI is cited, registered is {work.doi}",
        registered=work.doi,
        forms=("", own),
        fix=fix,
    )
    return (found,)


def _names(url: str, doi: str) -> bool:
    return any(
        doi in map(fold, mention.doi.candidates) for mention in find_dois(url[:2000])
    )


def missing_doi(reference: Item, work: Work | None = None) -> tuple[Finding, ...]:
    """Whether an article or chapter has no identifier at all.

    Books, pages, software and reports often have none: nothing is said of them.

    Args:
        reference: what is cited.
        work: what it was recognised as, where that has no DOI either.
    """
    if reference.type not in _HAVING_DOIS or not is_from_file(reference):
        return ()
    named = (reference.doi, reference.pmid, reference.pmcid, reference.url)
    if any(text and text.strip() for text in (*named, reference.isbn)):
        return ()
    known = work.pmcid or work.pmid or work.url if work else None
    about = f"; the work is known as {known}" if known else ""
    found = finding(
        "doi-missing",
        reference,
        f"the reference has no DOI{about}",
        registered=known,
        hint="`lupusrefs match` looks for it",
    )
    return (found,)


def is_from_file(reference: Item) -> bool:
    """Whether a reference stands in a file, and can be mended."""
    location: Location | None = None
    if isinstance(reference, Reference):
        location = reference.location
    return location is not None and location.line > 0
