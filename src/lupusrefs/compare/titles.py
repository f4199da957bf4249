"""The title cited beside every title registered (comparison.md, 3.1 and 5.2)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from lupusrefs.compare.comparison import FieldComparison, Grade, State
from lupusrefs.compare.text import is_absent, joined, words
from lupusrefs.compare.title_alignment import Alignment, align
from lupusrefs.compare.title_differences import Context, Difference, Kind, judge
from lupusrefs.compare.title_findings import title_findings
from lupusrefs.compare.title_forms import (
    MAX_LENGTH,
    ORIGINAL,
    Registered,
    TitleForm,
    has_formula,
    inner_titles,
    title_form,
    titles_of,
    without_formulas,
)
from lupusrefs.compare.title_generic import is_column, is_generic
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

_FIELD: Final = "title"
_MAX_ALIGNED: Final = 6
_WORDS_OF_A_PART: Final = 3
_GRADES: Final = {
    Kind.LETTER: Grade.SLIGHT,
    Kind.NUMBER: Grade.PART,
    Kind.WORD: Grade.PART,
    Kind.WHOLE: Grade.WHOLE,
}


class _Texts(NamedTuple):
    """The title as it is cited, and the preferred one of the registered."""

    cited: str
    registered: str

    def came_to(
        self, state: State, reason: str | None = None, cited_form: str = ""
    ) -> FieldComparison:
        """What comparing came to where there is nothing to compare."""
        return FieldComparison(
            field=_FIELD,
            state=state,
            cited=self.cited,
            registered=self.registered,
            cited_form=cited_form,
            reason=reason,
        )


class _Match(NamedTuple):
    """What comparing with one registered title came to."""

    kind: Kind
    reason: str | None
    alignment: Alignment
    differences: tuple[Difference, ...]
    title: Registered


def compare_title(
    reference: Item, work: Work, *, corroborated: bool
) -> FieldComparison:
    """What became of the title.

    Args:
        reference: what is cited.
        work: what is registered.
        corroborated: whether the first author and the year agree; a main title of one
            or two words counts for the whole only then (comparison.md, B20).
    """
    cited = reference.title or ""
    titles = titles_of(work)
    registered = titles[0].text if titles else ""
    base = _Texts(cited, registered)
    if is_absent(cited):
        return base.came_to(State.ABSENT_CITED)
    if work.doi:
        titles = _without_doi(titles, work.doi)
    if not titles:
        return base.came_to(State.ABSENT_REGISTERED, "registry has no title")
    for title in titles:
        if title.text == cited:
            return _settled(base, title, " ".join(words(cited)))
    titles = tuple(one for one in titles if len(one.text) <= MAX_LENGTH)
    if not titles or len(cited) > MAX_LENGTH:
        return _not_comparable(base, "title too long to be one")
    return _compared(base, reference, work, titles, corroborated=corroborated)


def _without_doi(titles: tuple[Registered, ...], doi: str) -> tuple[Registered, ...]:
    """B28: a title that is the DOI says nothing, nor does a subtitle behind it."""
    kept = tuple(one for one in titles if not _is_doi(one.text, doi))
    if len(kept) < len(titles) and _is_doi(titles[0].text, doi):
        kept = tuple(one for one in kept if not one.is_with_subtitle)
    return kept


def _is_doi(title: str, doi: str) -> bool:
    return title.strip().lower().endswith(doi.lower()) and len(title) < len(doi) + 20


def _settled(
    base: _Texts, title: Registered, form: str, reason: str | None = None
) -> FieldComparison:
    """Both say the same; what is worth saying of it is the reason."""
    if reason is None and title.which is not None:
        reason = f"matched {title.which}"
    return FieldComparison(
        field=_FIELD,
        state=State.EQUIVALENT if reason else State.EQUAL,
        cited=base.cited,
        registered=title.text,
        cited_form=form,
        registered_form=form,
        reason=reason,
    )


def _not_comparable(base: _Texts, reason: str) -> FieldComparison:
    form = " ".join(words(base.cited)) if len(base.cited) < MAX_LENGTH else ""
    return base.came_to(State.NOT_COMPARABLE, reason, form)


def _compared(
    base: _Texts,
    reference: Item,
    work: Work,
    titles: tuple[Registered, ...],
    *,
    corroborated: bool,
) -> FieldComparison:
    form = title_form(base.cited)
    if equal := _equal(base, form, titles):
        return equal
    if equal := _equal_to_less_usual(base, form, reference, work, titles):
        return equal
    forms = [(one, title_form(one.text)) for one in titles]
    if not form.words or not any(other.words for _, other in forms):
        return _not_comparable(base, "a title without words")
    if all(is_generic(other.joined) for _, other in forms):
        return _not_comparable(base, "generic registered title")
    if is_generic(form.joined) and any(_begins(other, form) for _, other in forms):
        return _not_comparable(base, "generic cited title")
    same_script = [pair for pair in forms if pair[1].is_latin == form.is_latin]
    if not same_script:
        return _not_comparable(base, "other script")
    if all(title.which == ORIGINAL for title, _ in same_script):
        # B26: the title itself is missing, and may be another language's.
        return _not_comparable(base, "only an original title registered")
    context = Context(corroborated, frozenset(map(joined, _containers(work))))
    match = _best(form, same_script, context)
    if match.kind >= Kind.LETTER:
        match = _best_without_formulas(base.cited, match, same_script, context)
    return _told(base, match, reference, work, context)


def _begins(longer: TitleForm, shorter: TitleForm) -> bool:
    return longer.words[: len(shorter.words)] == shorter.words


def _containers(work: Work) -> tuple[str, ...]:
    return work.container_titles or tuple(filter(None, (work.container_title,)))


def _equal(
    base: _Texts, form: TitleForm, titles: tuple[Registered, ...]
) -> FieldComparison | None:
    """T2: equal without spaces, whichever registered title it is."""
    for title in titles:
        other = title_form(title.text)
        if form.joined and other.joined == form.joined:
            reason = None
            if (form.status or None) != other.status:
                reason = f"marked as {form.status or other.status} on one side"
            return _settled(base, title, " ".join(form.words), reason)
    return None


def _equal_to_less_usual(
    base: _Texts,
    form: TitleForm,
    reference: Item,
    work: Work,
    titles: tuple[Registered, ...],
) -> FieldComparison | None:
    """Equal to a short title, to one within another one, or the original to one."""
    if work.title_short and joined(work.title_short) == form.joined:
        title = Registered(work.title_short, "short title")
        return _settled(base, title, " ".join(form.words))
    for title in titles[:_MAX_ALIGNED]:
        if _is_fused(title_form(title.text), form):
            which = "registered title has extra text"
            return _settled(base, title, " ".join(form.words), which)
        for inner, which in inner_titles(title_form(title.text)):
            if joined(inner) == form.joined:
                return _settled(base, title, " ".join(form.words), which)
    keys = {title_form(title.text).joined: title for title in titles}
    inner_cited = [(inner, which) for inner, which in inner_titles(form)]
    if reference.original_title and not is_absent(reference.original_title):
        inner_cited.append((reference.original_title, "original title cited"))
    for inner, which in inner_cited:
        if found := keys.get(joined(inner)):
            return _settled(base, found, " ".join(words(inner)), which)
    return None


def _is_fused(registered: TitleForm, cited: TitleForm) -> bool:
    """B30: the name of a column is glued to the title, as in "ReviewsA new ..."."""
    if len(cited.words) < _WORDS_OF_A_PART:
        return False
    column = registered.joined.removesuffix(cited.joined)
    return len(column) < len(registered.joined) and is_column(column)


def _best(
    form: TitleForm,
    titles: list[tuple[Registered, TitleForm]],
    context: Context,
) -> _Match:
    main = len(titles[0][1].words)
    matches = [
        _match(form, other, title, context)
        for title, other in titles[:_MAX_ALIGNED]
        # Who cites no more than the main title has not cut the subtitle short.
        if not title.is_with_subtitle or len(form.words) > main
    ]
    return min(matches, key=lambda match: (match.kind, -match.alignment.common))


def _match(
    cited: TitleForm, registered: TitleForm, title: Registered, context: Context
) -> _Match:
    alignment = align(cited, registered)
    if alignment.is_same:
        return _Match(Kind.SPELLING, "spelling variant", alignment, (), title)
    differences = judge(alignment, context)
    worst = max(differences, key=lambda difference: difference.kind)
    kind = worst.kind
    numbers_only = kind is Kind.NUMBER and alignment.common > 0
    if kind > Kind.LETTER and not alignment.is_related and not numbers_only:
        kind = Kind.WHOLE
    return _Match(kind, worst.reason, alignment, differences, title)


def _best_without_formulas(
    cited: str,
    match: _Match,
    titles: list[tuple[Registered, TitleForm]],
    context: Context,
) -> _Match:
    """B08: what a formula is made of is not compared."""
    for title, form in titles[:_MAX_ALIGNED]:
        if has_formula(title.text):
            form = without_formulas(title.text)  # noqa: PLW2901
        elif not has_formula(cited):
            continue
        ours = without_formulas(cited) if has_formula(cited) else title_form(cited)
        other = _match(ours, form, title, context)
        if other.kind < match.kind:
            match = other
    return match


def _told(
    base: _Texts, match: _Match, reference: Item, work: Work, context: Context
) -> FieldComparison:
    alignment, title = match.alignment, match.title
    told = FieldComparison(
        field=_FIELD,
        state=State.EQUIVALENT,
        cited=base.cited,
        registered=title.text,
        cited_form=" ".join(alignment.cited_keys),
        registered_form=" ".join(alignment.registered_keys),
        reason=match.reason,
    )
    if match.kind >= Kind.LETTER:
        told = replace(
            told, state=State.DIFFERENT, grade=_GRADES[match.kind], reason=None
        )
    if match.kind < Kind.CUT:
        return told
    found = title_findings(
        told, alignment, match.differences, reference, work, context.corroborated
    )
    return replace(told, findings=found)


def title_key(text: str) -> str:
    """A key that equal titles share, whether or not the subtitle is cited.

    It is the main title, joined and without a status, where that has three words, and
    else the whole. Titles with one key may still be two: ask ``same_title``.

    >>> title_key("RETRACTED: The wolves of Yellowstone: a survey")
    'thewolvesofyellowstone'
    """
    form = title_form(text)
    first = min((end for end in form.ends if end >= _WORDS_OF_A_PART), default=None)
    return "".join(form.words[:first])


def same_title(one: str, other: str) -> bool:
    """Whether two titles differ in nothing that matters (comparison.md, 3.1).

    >>> same_title("The colour of wolves: a survey", "The color of wolves")
    True
    """
    first, second = title_form(one), title_form(other)
    if first.joined == second.joined:
        return True
    context = Context(corroborated=False, containers=frozenset())
    for ours, theirs in ((first, second), (second, first)):
        if _match(ours, theirs, Registered(other), context).kind < Kind.CUT:
            return True
    return False
