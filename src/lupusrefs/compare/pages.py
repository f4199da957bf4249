"""Pages and article numbers beside the registered ones (comparison.md, 3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lupusrefs.compare.comparison import (
    FieldComparison,
    Grade,
    State,
    finding,
    proposal,
)
from lupusrefs.compare.locators import (
    Locator,
    Page,
    is_page_count,
    page_in_doi,
    parse_locator,
)
from lupusrefs.compare.numbering import agreement, parse_numbering
from lupusrefs.compare.record_path import record_path
from lupusrefs.compare.text import is_absent
from lupusrefs.findings import Change, Confidence, Severity
from lupusrefs.model.pages import split_range

if TYPE_CHECKING:
    from lupusrefs.findings import Finding
    from lupusrefs.model.item import Item
    from lupusrefs.model.work import Work

_PAGE: Final = "page"
_FIRST: Final = "page-first"
_NUMBER: Final = "number"
# Kinds of work that have their pages in something larger. Of a book the pages are
# those that are meant, or all of them; of a report its number is no article's.
_PARTS: Final = frozenset(
    (
        "article",
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "chapter",
        "document",
        "entry",
        "entry-dictionary",
        "entry-encyclopedia",
        "paper-conference",
        "review",
        "review-book",
    )
)
_PERIODICAL: Final = frozenset(("article-journal", "paper-conference"))


class _Cited(NamedTuple):
    """What is cited: the text of one variable, and the article's number beside it."""

    variable: str
    text: str
    locator: Locator | None
    number: Locator | None = None


class _Registered(NamedTuple):
    """What is registered: pages, and the numbers the article has."""

    text: str
    locator: Locator | None
    variable: str
    work: Work

    @property
    def numbers(self) -> tuple[Page, ...]:
        """The numbers of the article; most pages agree, and nobody asks for them."""
        return _numbers(self.work)


class _Pair(NamedTuple):
    reference: Item
    work: Work
    cited: _Cited
    registered: _Registered


def compare_pages(reference: Item, work: Work) -> FieldComparison:
    """Compare pages or the article's number, wherever either side has it."""
    pair = _Pair(reference, work, _cited(reference, work), _registered(work))
    result = _compare_text(pair)
    if result.differs or pair.cited.number is None:
        return result
    return _other_number(pair, pair.cited.number) or result


def _compare_text(pair: _Pair) -> FieldComparison:
    cited, registered = pair.cited, pair.registered
    if not cited.text:
        return _result(pair, State.ABSENT_CITED)
    if cited.text == registered.text:
        return _result(pair, State.EQUAL)
    if cited.locator is None:
        return _result(pair, State.NOT_COMPARABLE, _why_unread(cited.text))
    if reason := _number_agrees(pair):
        return _result(pair, State.EQUIVALENT, reason)
    if registered.locator is None:
        return _result(pair, State.ABSENT_REGISTERED)
    return _compare_locators(pair, cited.locator, registered.locator)


def _cited(reference: Item, work: Work) -> _Cited:
    number = _article_number(reference, work)
    for variable, text in (
        (_PAGE, reference.page),
        (_FIRST, reference.page_first),
    ):
        if text is not None and not is_absent(text):
            return _Cited(variable, text, parse_locator(text), number)
    if number is None:
        return _Cited(_PAGE, "", None)
    return _Cited(_NUMBER, reference.number or "", number)


def _article_number(reference: Item, work: Work) -> Locator | None:
    """``number`` where it is an article's; in many files it is that of the issue."""
    text = reference.number
    if text is None or is_absent(text) or reference.type not in _PARTS:
        return None
    locator = parse_locator(text)
    if reference.issue is None and work.issue is not None:
        issue = agreement(parse_numbering(text), parse_numbering(work.issue))
        if issue is not None:
            return None
    elif work.article_number is not None:
        return locator
    return locator if locator and locator.is_article_like else None


def _registered(work: Work) -> _Registered:
    if work.page is not None and not is_absent(work.page):
        return _Registered(work.page, parse_locator(work.page), _PAGE, work)
    article = work.article_number or work.number or ""
    return _Registered(article, _number_locator(work), _NUMBER, work)


def _number_locator(work: Work) -> Locator | None:
    article = work.article_number or work.number
    return parse_locator(article) if article and not is_absent(article) else None


def _numbers(work: Work) -> tuple[Page, ...]:
    numbers: list[Page] = []
    if locator := _number_locator(work):
        numbers.append(locator.first)
    # The DOI of a chapter ends in the number of the chapter.
    in_doi = page_in_doi(work.doi or work.id) if work.type != "chapter" else None
    if in_doi:
        numbers.append(in_doi)
    return tuple(numbers)


def _why_unread(text: str) -> str:
    return "number of pages cited" if is_page_count(text) else "no page to compare"


def _number_agrees(pair: _Pair) -> str | None:
    """Whether the article's number is cited (comparison.md B86, B88, B93)."""
    locator, number = pair.cited.locator, pair.cited.number
    if locator is None or _is_first(locator.first, pair.registered):
        return None
    pages = [locator.first]
    # Beside its number, pages are those of the file, or those in print.
    if number is not None and not locator.is_article_like:
        pages.append(number.first)
    numbers = pair.registered.numbers
    if any(page.agreement(one) is not None for page in pages for one in numbers):
        return "article number cited"
    return None


def _is_first(page: Page, registered: _Registered) -> bool:
    locator = registered.locator
    return locator is not None and page.agreement(locator.first) is not None


def _other_number(pair: _Pair, number: Locator) -> FieldComparison | None:
    """The pages are right, and the article's number is not."""
    article, locator = pair.work.article_number or "", pair.registered.locator
    if is_absent(article) or locator is None:
        return None
    if _is_first(number.first, pair.registered):
        return None
    # Beside pages, the registered number may be a piece of the DOI (B93).
    is_number = locator.is_article_like or locator.is_of_file
    if pair.registered.variable == _PAGE and not is_number:
        return None
    numbers = pair.registered.numbers
    if any(number.first.agreement(one) is not None for one in numbers):
        return None
    pair = pair._replace(
        cited=_Cited(_NUMBER, pair.reference.number or "", number),
        registered=_Registered(article, parse_locator(article), _NUMBER, pair.work),
    )
    found = _finding(pair, "article-number-mismatch")
    return _result(pair, State.DIFFERENT, findings=(found,), grade=Grade.SLIGHT)


def _compare_locators(
    pair: _Pair, cited: Locator, registered: Locator
) -> FieldComparison:
    reason = cited.first.agreement(registered.first)
    if reason is None:
        return _other_first(pair, cited, registered)
    if registered.last is None or cited.last is None:
        if registered.is_reversed and cited.last is not None:
            reason = "registered last page impossible"
        elif (cited.last is None) != (registered.last is None):
            reason = reason or "first page only"
        state = State.EQUIVALENT if reason else State.EQUAL
        return _result(pair, state, reason or None)
    same = cited.last.agreement(registered.last)
    # Of a list, as "1-5, 9, 11", only the first page counts (B92).
    if same is not None or cited.is_list or registered.is_list:
        reason = reason or same or ""
        state = State.EQUIVALENT if reason else State.EQUAL
        return _result(pair, state, reason or None)
    found = _finding(pair, "last-page-mismatch", "last page differs")
    return _result(pair, State.DIFFERENT, findings=(found,), grade=Grade.SLIGHT)


def _other_first(pair: _Pair, cited: Locator, registered: Locator) -> FieldComparison:
    if reason := _reason_for_other(pair, cited, registered):
        return _result(pair, State.NOT_COMPARABLE, reason)
    if _are_of_two_kinds(cited, registered):
        found = _finding(
            pair,
            "page-mismatch",
            "one is the number of an article",
            confidence=Confidence.POSSIBLE,
        )
        return _result(pair, State.DIFFERENT, findings=(found,), grade=Grade.SLIGHT)
    if registered.holds(cited.first):
        return _within(pair, cited, registered)
    by_number = cited.last is None and registered.last is None
    numbered = by_number and (
        pair.registered.variable == _NUMBER or registered.is_article_like
    )
    rule = "article-number-mismatch" if numbered else "page-mismatch"
    found = _finding(pair, rule)
    return _result(pair, State.DIFFERENT, findings=(found,), grade=Grade.WHOLE)


def _reason_for_other(pair: _Pair, cited: Locator, registered: Locator) -> str | None:
    """Why another first page says nothing, or None."""
    work = pair.work
    if pair.reference.type == "book" or work.type == "book":
        return "pages of a whole book"
    early = registered.is_of_file and not work.volume and work.type in _PERIODICAL
    if early and not registered.holds(cited.first):
        return "registered before issue assignment"
    if cited.is_of_file and cited.last and registered.is_article_like:
        return "pages of the file cited"
    return None


def _are_of_two_kinds(cited: Locator, registered: Locator) -> bool:
    """A number beside pages: some journals have both, and few records."""
    if cited.is_article_like:
        return registered.last is not None and not registered.first.is_article_like
    if registered.is_article_like:
        return cited.last is not None and not cited.first.is_article_like
    return False


def _within(pair: _Pair, cited: Locator, registered: Locator) -> FieldComparison:
    """The cited page lies within: a place is meant, or the first page is mistaken."""
    ends_alike = (
        cited.last is not None
        and registered.last is not None
        and cited.last.agreement(registered.last) is not None
    )
    if ends_alike:
        found = _finding(pair, "page-mismatch", confidence=Confidence.LIKELY)
    else:
        found = _finding(
            pair,
            "page-mismatch",
            "a page within the registered ones",
            severity=Severity.INFO,
        )
    return _result(pair, State.DIFFERENT, findings=(found,), grade=Grade.SLIGHT)


def _finding(
    pair: _Pair,
    rule: str,
    remark: str | None = None,
    *,
    severity: Severity | None = None,
    confidence: Confidence = Confidence.CERTAIN,
) -> Finding:
    cited, registered = pair.cited, pair.registered
    noun = "article number" if rule == "article-number-mismatch" else "pages"
    message = f"cited {noun} {cited.text}, registered {registered.text}"
    return finding(
        rule,
        pair.reference,
        f"{message}: {remark}" if remark else message,
        field=cited.variable,
        cited=cited.text,
        registered=registered.text,
        forms=(str(cited.locator or ""), str(registered.locator or "")),
        path=record_path(pair.work, registered.variable),
        severity=severity,
        confidence=confidence,
        fix=proposal(Change(cited.variable, _proposed(pair))),
    )


def _proposed(pair: _Pair) -> str:
    """The registered pages without what says nothing: ``460-460``, ``998-100``."""
    registered = pair.registered
    ends = split_range(registered.text)
    if ends is None or registered.locator is None:
        return registered.text
    only_first = pair.cited.variable == _FIRST or registered.locator.last is None
    return ends[0] if only_first else registered.text


def _result(
    pair: _Pair,
    state: State,
    reason: str | None = None,
    findings: tuple[Finding, ...] = (),
    grade: Grade = Grade.NONE,
) -> FieldComparison:
    cited, registered = pair.cited, pair.registered
    form = str(cited.locator or "")
    return FieldComparison(
        field=_PAGE,
        state=state,
        grade=grade,
        cited=cited.text,
        registered=registered.text,
        cited_form=form,
        registered_form=(
            form
            if registered.locator is cited.locator
            else str(registered.locator or "")
        ),
        reason=reason,
        findings=findings,
    )
