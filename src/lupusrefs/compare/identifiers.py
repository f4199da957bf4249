"""ISBN and ISSN: whether they can be right, and are those of the work (B107)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lupusrefs.compare.comparison import (
    FieldComparison,
    Grade,
    State,
    finding,
    proposal,
)
from lupusrefs.compare.container_kinship import Kinship, relate
from lupusrefs.compare.container_names import read_name
from lupusrefs.compare.record_path import record_path
from lupusrefs.compare.text import is_absent
from lupusrefs.errors import InvalidIdentifier
from lupusrefs.findings import Change, Confidence, Finding
from lupusrefs.model.identifiers import Isbn
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

_LONGEST: Final = 2000  # characters of a field that are looked at
_NOTE: Final = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|isbn(?:-?1[03])?|e?issn(?:-?l)?|[:=]", re.IGNORECASE
)
_SEPARATOR: Final = re.compile(r"[,;/|]|\band\b")
_GAPS: Final = re.compile("[\\s\u00ad\u2010-\u2015\u2212-]+")
# What begins like a number of that kind, so that a word in the field is no number.
_ISBN: Final = re.compile(r"(?:97[89])?[0-9]{9}[0-9X]", re.IGNORECASE)
_DIGITS: Final = re.compile(r"[0-9]{6,16}X?", re.IGNORECASE)
_ISSN: Final = re.compile(r"[0-9]{7}[0-9X]", re.IGNORECASE)
_ISBN_AT: Final = re.compile(
    r"(?<![0-9])(?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx](?![0-9])"
)
_BOOKISH: Final = frozenset(("book", "chapter", "entry", "paper-conference", "report"))


def compare_identifiers(
    reference: Item, work: Work | None
) -> tuple[FieldComparison, ...]:
    """Compare ISBN and ISSN; without a work only their checksums are looked at."""
    return _compare_isbn(reference, work), _compare_issn(reference, work)


def identifier_findings(reference: Item) -> tuple[Finding, ...]:
    """What is to be reported of ISBN and ISSN without any work."""
    compared = compare_identifiers(reference, None)
    return tuple(found for one in compared for found in one.findings)


# --- ISBN ---------------------------------------------------------------------


def _compare_isbn(reference: Item, work: Work | None) -> FieldComparison:
    cited = "" if is_absent(reference.isbn) else reference.isbn or ""
    registered = (work.isbn or "") if work else ""
    if not cited:
        return _absent("ISBN", State.ABSENT_CITED, cited, registered)
    mine, invalid = read_isbns(cited)
    # What the registry has as well is no error of the citation's.
    invalid = tuple(text for text in invalid if text not in registered)
    findings = tuple(_isbn_invalid(reference, text) for text in invalid)
    theirs = read_isbns(registered)[0]
    if work is None or not mine or not theirs:
        state = State.NOT_COMPARABLE if findings else State.ABSENT_REGISTERED
        return _compared("ISBN", state, cited, registered, findings=findings)
    forms = " ".join(one.isbn13 for one in mine), " ".join(t.isbn13 for t in theirs)
    if not set(mine).isdisjoint(theirs):
        state = State.EQUAL if cited == registered else State.EQUIVALENT
        return _compared("ISBN", state, cited, registered, forms, findings=findings)
    if _may_be_another_edition(reference, work, mine, theirs):
        reason = "another edition or format"
        state = State.NOT_COMPARABLE
        return _compared("ISBN", state, cited, registered, forms, reason, findings)
    findings += (_of_another_work(reference, work, forms),)
    return _compared(
        "ISBN", State.DIFFERENT, cited, registered, forms, findings=findings
    )


@lru_cache(maxsize=1024)
def read_isbns(text: str) -> tuple[tuple[Isbn, ...], tuple[str, ...]]:
    """The valid numbers of a field, and those whose digits cannot be right."""
    valid, invalid = [], []
    for part in _numbers(text, _ISBN_AT):
        digits = _GAPS.sub("", part).upper()
        if not _DIGITS.fullmatch(digits):
            continue
        try:
            valid.append(Isbn.parse(digits))
        except InvalidIdentifier:
            # Eight digits are an ISSN in the wrong field, nine an SBN (0 in front);
            # "10" and "13" may be the rest of "ISBN-10".
            others = f"0{digits}", digits[2:]
            if not _is_issn(digits) and not any(map(_is_isbn, others)):
                invalid.append(part)
    return tuple(dict.fromkeys(valid)), tuple(dict.fromkeys(invalid))


def _is_isbn(digits: str) -> bool:
    try:
        Isbn.parse(digits)
    except InvalidIdentifier:
        return False
    return True


def _numbers(text: str, shape: re.Pattern[str]) -> list[str]:
    """The numbers of a field, however they are separated, as written."""
    text = _NOTE.sub(" ", text[:_LONGEST])
    numbers = []
    for part in filter(None, map(str.strip, _SEPARATOR.split(text))):
        several = [found[0].strip() for found in shape.finditer(part)]
        numbers += several if len(several) > 1 else [part]
    return numbers


def _isbn_invalid(reference: Item, text: str) -> Finding:
    hint = None
    try:
        Isbn.parse(text)
    except InvalidIdentifier as error:
        hint = error.hint
    return finding(
        "isbn-invalid",
        reference,
        f"cited ISBN {text}, which cannot be one: {_why(text)}",
        field="ISBN",
        cited=text,
        hint=hint,
    )


def _why(text: str) -> str:
    digits = _GAPS.sub("", text)
    if _ISBN.fullmatch(digits):
        return "its check digit is wrong"
    return f"it has {len(digits)} digits, and not ten or thirteen"


def _may_be_another_edition(
    reference: Item, work: Work, mine: tuple[Isbn, ...], theirs: tuple[Isbn, ...]
) -> bool:
    """Hardback, paperback and e-book of one book, also from another house (B107).

    A number of the same publisher is taken for another format. One of another
    publisher is, too, if the book is registered under the cited title.
    """
    if work.type not in _BOOKISH or reference.type not in _BOOKISH:
        return True
    if any(
        _publisher_part(one) == _publisher_part(two) for one in mine for two in theirs
    ):
        return True
    if reference.edition or work.edition:
        return True
    cited = reference.title if work.type == "book" else reference.container_title
    titles = work.titles if work.type == "book" else work.container_titles
    if not cited or not titles:
        return True
    name = read_name(cited)
    if not name.tokens:
        return True
    return any(
        relate(name, other).kinship < Kinship.SISTER
        for other in map(read_name, titles)
        if other.tokens
    )


def _publisher_part(isbn: Isbn) -> str:
    """Group and the first digits of the publisher: enough to tell houses apart.

    Publisher elements have two to seven digits; those of two, three and four begin
    with lower digits (ISBN Users' Manual, 5.3), which two digits tell apart.
    """
    return isbn.isbn13[3:6]


def _of_another_work(reference: Item, work: Work, forms: tuple[str, str]) -> Finding:
    first = (work.isbn or "").split(", ")[0]
    return finding(
        "isbn-of-another-work",
        reference,
        f"cited ISBN {reference.isbn}, registered {work.isbn} for another title",
        field="ISBN",
        cited=reference.isbn,
        registered=work.isbn,
        forms=forms,
        path=record_path(work, "ISBN"),
        confidence=Confidence.LIKELY,
        fix=proposal(Change("ISBN", first)),
    )


# --- ISSN ---------------------------------------------------------------------


def _compare_issn(reference: Item, work: Work | None) -> FieldComparison:
    cited = "" if is_absent(reference.issn) else reference.issn or ""
    registered = (work.issn or "") if work else ""
    if not cited:
        return _absent("ISSN", State.ABSENT_CITED, cited, registered)
    mine, invalid = read_issns(cited)
    theirs, as_wrong = read_issns(registered)
    # Whoever cites what is registered does not err, even if the registry does (P2).
    known = {_GAPS.sub("", text) for text in as_wrong}
    invalid = tuple(text for text in invalid if _GAPS.sub("", text) not in known)
    right = theirs[0] if theirs and not set(theirs) & set(mine) else None
    invalid = tuple(text for text in invalid if text not in registered)
    findings = tuple(_issn_invalid(reference, text, right) for text in invalid)
    if not mine or not theirs:
        state = State.NOT_COMPARABLE if findings else State.ABSENT_REGISTERED
        return _compared("ISSN", state, cited, registered, findings=findings)
    forms = " ".join(mine), " ".join(theirs)
    if not set(mine).isdisjoint(theirs):
        state = State.EQUAL if cited == registered else State.EQUIVALENT
        return _compared("ISSN", state, cited, registered, forms, findings=findings)
    # Of several ISSNs of a journal, of its former names and other media, registries
    # have one or two: another one proves nothing.
    reason = "another ISSN, which may be of another medium"
    state = State.NOT_COMPARABLE
    return _compared("ISSN", state, cited, registered, forms, reason, findings)


@lru_cache(maxsize=4096)
def read_issns(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The valid numbers of a field, with hyphens, and those that cannot be right."""
    valid, invalid = [], []
    for part in _NOTE.sub(" ", text[:_LONGEST]).replace(",", " ").split():
        digits = _GAPS.sub("", part.strip(".;/|")).upper()
        if not _ISSN.fullmatch(digits):
            continue
        if _is_issn(digits):
            valid.append(f"{digits[:4]}-{digits[4:]}")
        else:
            invalid.append(part)
    return tuple(dict.fromkeys(valid)), tuple(dict.fromkeys(invalid))


def _is_issn(digits: str) -> bool:
    """Whether the check digit is right (ISO 3297, 4.3: weights 8 to 2, modulus 11)."""
    if not _ISSN.fullmatch(digits):
        return False
    weights = range(8, 1, -1)
    total = sum(w * int(d) for w, d in zip(weights, digits[:7], strict=True))
    return digits[7].upper() == "0123456789X"[-total % 11]


def _issn_invalid(reference: Item, text: str, right: str | None) -> Finding:
    message = f"cited ISSN {text}, whose check digit is wrong"
    return finding(
        "issn-invalid",
        reference,
        f"{message}, registered {right}" if right else message,
        field="ISSN",
        cited=text,
        registered=right,
        fix=proposal(Change("ISSN", right)) if right else None,
    )


# --- both ---------------------------------------------------------------------


# Of most works and references: an article has no ISBN.
_NEITHER: Final = {
    field: FieldComparison(field=field, state=State.ABSENT_CITED)
    for field in ("ISBN", "ISSN")
}


def _absent(field: str, state: State, cited: str, registered: str) -> FieldComparison:
    if state is State.ABSENT_CITED and not (cited or registered):
        return _NEITHER[field]
    return FieldComparison(field=field, state=state, cited=cited, registered=registered)


def _compared(
    field: str,
    state: State,
    cited: str,
    registered: str,
    forms: tuple[str, str] = ("", ""),
    reason: str | None = None,
    findings: tuple[Finding, ...] = (),
) -> FieldComparison:
    return FieldComparison(
        field=field,
        state=state,
        grade=Grade.WHOLE if state is State.DIFFERENT else Grade.NONE,
        cited=cited,
        registered=registered,
        cited_form=forms[0],
        registered_form=forms[1],
        reason=reason,
        findings=findings,
    )
